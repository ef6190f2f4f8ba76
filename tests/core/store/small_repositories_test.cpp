#include <algorithm>
#include <cmath>
#include <limits>

#include "base/hash.h"
#include "store/checkpoint_repository.h"
#include "store/metric_repository.h"
#include "store/model_repository.h"
#include "store/prompt_repository.h"
#include "store/reject_repository.h"
#include "store/setting_repository.h"
#include "store_support.h"

namespace wordsight::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

RunId aRun(Connection& connection) {
  Run run;
  run.kind = RunKind::Training;
  return must(RunRepository(connection).create(run));
}

TEST(Metrics, ComeBackInOrderOfSteps) {
  TestProject t;
  MetricRepository metrics(*t.connection);
  const auto run = aRun(*t.connection);
  const auto other = aRun(*t.connection);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<MetricPoint> points = {{"loss", 2, 32, 900, 2.5, 1.5},
                                           {"loss", 1, 16, 450, 1.25, 0.1 + 0.2},
                                           {"lr", 1, 16, 450, 1.25, 1e-4},
                                           {"loss", 3, 48, 1300, 3.5, nan},
                                           {"loss", 4, 64, 1800, 4.5, infinity}};
  ASSERT_OK(metrics.appendMany(run, points));
  const std::vector<MetricPoint> elsewhere = {{"loss", 1, 1, 1, 1, 9}};
  ASSERT_OK(metrics.appendMany(other, elsewhere));
  const auto loss = must(metrics.series(run, "loss"));
  ASSERT_THAT(loss, SizeIs(4));
  EXPECT_EQ(loss[0].step, 1);
  EXPECT_EQ(loss[0].value, 0.1 + 0.2);
  EXPECT_EQ(loss[0].seconds, 1.25);
  EXPECT_EQ(loss[1].samples, 32);
  EXPECT_EQ(loss[1].tokens, 900);
  EXPECT_TRUE(std::isnan(loss[2].value)) << "a diverged loss has to be seen as such";
  EXPECT_EQ(loss[3].value, infinity);
  EXPECT_THAT(must(metrics.names(run)), ElementsAre("loss", "lr"));
  EXPECT_THAT(must(metrics.names(other)), ElementsAre("loss"));
  EXPECT_THAT(must(metrics.series(run, "nothing")), IsEmpty());
  EXPECT_EQ(must(metrics.last(run, "loss"))->step, 4);
  EXPECT_FALSE(must(metrics.last(run, "nothing")));
  EXPECT_FALSE(metrics.appendMany(RunId(99), points));
  EXPECT_OK(metrics.appendMany(run, {}));
}

TEST(Metrics, AResumedStepReplacesTheOldPointInTheCurve) {
  TestProject t;
  MetricRepository metrics(*t.connection);
  const auto run = aRun(*t.connection);
  const std::vector<MetricPoint> before = {
      {"loss", 1, 0, 0, 0, 1.0}, {"loss", 2, 0, 0, 0, 2.0}, {"loss", 3, 0, 0, 0, 3.0}};
  const std::vector<MetricPoint> after = {{"loss", 2, 0, 0, 0, 2.5}, {"loss", 3, 0, 0, 0, 3.5}};
  ASSERT_OK(metrics.appendMany(run, before));
  ASSERT_OK(metrics.appendMany(run, after));
  std::vector<double> values;
  for (const auto& point : must(metrics.series(run, "loss"))) values.push_back(point.value);
  EXPECT_THAT(values, ElementsAre(1.0, 2.5, 3.5));
  EXPECT_EQ(must(metrics.last(run, "loss"))->value, 3.5);
}

TEST(Metrics, AResumeHidesWhatCameAfterItsCheckpoint) {
  TestProject t;
  MetricRepository metrics(*t.connection);
  const auto run = aRun(*t.connection);
  const auto other = aRun(*t.connection);
  const auto curve = [&](RunId of) {
    std::vector<double> values;
    for (const auto& point : must(metrics.series(of, "loss"))) values.push_back(point.value);
    return values;
  };
  const std::vector<MetricPoint> before = {{"loss", 1, 0, 0, 0, 1.0},
                                           {"loss", 2, 0, 0, 0, 2.0},
                                           {"loss", 3, 0, 0, 0, 3.0},
                                           {"eval_loss", 3, 0, 0, 0, 9.0}};
  ASSERT_OK(metrics.appendMany(run, before));
  ASSERT_OK(metrics.appendMany(other, before));
  const std::vector<MetricPoint> after = {{"loss", 2, 0, 0, 0, 2.5}};
  ASSERT_OK(metrics.appendMany(run, after, 1));
  EXPECT_THAT(curve(run), ElementsAre(1.0, 2.5)) << "step 3 belongs to the attempt before";
  EXPECT_THAT(curve(other), ElementsAre(1.0, 2.0, 3.0));
  EXPECT_EQ(must(metrics.last(run, "loss"))->value, 2.5);
  EXPECT_FALSE(must(metrics.last(run, "eval_loss")));
  EXPECT_THAT(must(metrics.sparkline(run, "loss", 10)), ElementsAre(1.0, 2.5));
  EXPECT_THAT(must(metrics.seriesAfter(run, "loss", 0, nullptr)), SizeIs(2));
  EXPECT_THAT(must(metrics.names(run)), ElementsAre("eval_loss", "loss"));
  // Once more, and from the beginning.
  ASSERT_OK(metrics.appendMany(run, before, -1));
  EXPECT_THAT(curve(run), ElementsAre(1.0, 2.0, 3.0));
  EXPECT_THAT(must(metrics.sparkline(run, "loss", 10)), SizeIs(3));
}

TEST(Metrics, CurvesAreReadOnFromWhereTheyWere) {
  TestProject t;
  MetricRepository metrics(*t.connection);
  const auto run = aRun(*t.connection);
  const auto other = aRun(*t.connection);
  const auto append = [&](RunId to, std::vector<MetricPoint> points) {
    ASSERT_OK(metrics.appendMany(to, points));
  };
  std::int64_t row = 0;
  const auto next = [&] {
    std::vector<double> values;
    for (const auto& point : must(metrics.seriesAfter(run, "loss", row, &row)))
      values.push_back(point.value);
    return values;
  };
  EXPECT_THAT(next(), IsEmpty());
  EXPECT_EQ(row, 0);
  append(run, {{"loss", 2, 0, 0, 0, 2.0}, {"lr", 2, 0, 0, 0, 9.0}, {"loss", 1, 0, 0, 0, 1.0}});
  append(other, {{"loss", 1, 0, 0, 0, 7.0}});
  EXPECT_THAT(next(), ElementsAre(2.0, 1.0)) << "in the order of arrival";
  EXPECT_THAT(next(), IsEmpty());
  append(other, {{"loss", 2, 0, 0, 0, 7.0}});
  append(run, {{"lr", 3, 0, 0, 0, 9.0}});
  EXPECT_THAT(next(), IsEmpty());
  append(run, {{"loss", 2, 16, 99, 1.5, 2.5}});
  const auto again = must(metrics.seriesAfter(run, "loss", row, &row));
  ASSERT_THAT(again, SizeIs(1)) << "a step that was gone through again comes again";
  EXPECT_EQ(again[0].step, 2);
  EXPECT_EQ(again[0].samples, 16);
  EXPECT_EQ(again[0].tokens, 99);
  EXPECT_EQ(again[0].seconds, 1.5);
  EXPECT_THAT(next(), IsEmpty());
  EXPECT_THAT(must(metrics.seriesAfter(run, "loss", 0, nullptr)), SizeIs(3));
  EXPECT_THAT(must(metrics.seriesAfter(run, "nothing", 0, nullptr)), IsEmpty());
}

TEST(Metrics, ThumbnailsKeepEverySpike) {
  TestProject t;
  MetricRepository metrics(*t.connection);
  const auto run = aRun(*t.connection);
  EXPECT_THAT(must(metrics.sparkline(run, "loss", 10)), IsEmpty());
  std::vector<MetricPoint> points;
  for (int step = 0; step < 20; ++step) points.push_back({"short", step, 0, 0, 0, step * 1.0});
  points[3].value = std::numeric_limits<double>::quiet_NaN();
  for (int step = 0; step < 5000; ++step) points.push_back({"long", step, 0, 0, 0, 1.0});
  points[20 + 1234].value = 50;
  points[20 + 4321].value = -50;
  points[20 + 4322].value = std::numeric_limits<double>::infinity();
  std::reverse(points.begin(), points.end());  // order is that of steps
  ASSERT_OK(metrics.appendMany(run, points));
  const auto whole = must(metrics.sparkline(run, "short", 10));
  ASSERT_THAT(whole, SizeIs(19));
  EXPECT_TRUE(std::is_sorted(whole.begin(), whole.end()));
  EXPECT_EQ(whole.back(), 19);
  const auto thin = must(metrics.sparkline(run, "long", 40));
  ASSERT_THAT(thin, SizeIs(80));
  const auto high = std::max_element(thin.begin(), thin.end());
  const auto low = std::min_element(thin.begin(), thin.end());
  EXPECT_EQ(*high, 50);
  EXPECT_EQ(*low, -50);
  EXPECT_EQ((high - thin.begin()) / 2, 1234 * 40 / 4999);
  EXPECT_EQ((low - thin.begin()) / 2, 4321 * 40 / 4999);
  EXPECT_FALSE(metrics.sparkline(run, "long", 0));
}

TEST(Checkpoints, TheHighestStepIsTheNewest) {
  TestProject t;
  CheckpointRepository checkpoints(*t.connection);
  const auto run = aRun(*t.connection);
  EXPECT_FALSE(must(checkpoints.newest(run)));
  const auto folder = t.project->filesFolder() / "run-1" / "step-100";
  ASSERT_OK(checkpoints.add({{}, run, 100, folder.string(), 1.25, 0}));
  ASSERT_OK(checkpoints.add({{}, run, 50, "/elsewhere/step-50", {}, 0}));
  const auto all = must(checkpoints.list(run));
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].step, 50);
  EXPECT_FALSE(all[0].evalLoss);
  EXPECT_EQ(all[0].folder, "/elsewhere/step-50");
  const auto newest = must(checkpoints.newest(run));
  EXPECT_EQ(newest->folder, folder.string());
  EXPECT_EQ(newest->evalLoss, 1.25);
  EXPECT_FALSE(checkpoints.add({{}, RunId(9), 1, "/x", {}, 0}));
}

TEST(Prompts, TheSameTextIsOneRow) {
  TestProject t;
  PromptRepository prompts(*t.connection);
  const auto first = must(prompts.put("complexity", "Write {count} items.\n"));
  EXPECT_EQ(first.hash, sha256Hex("Write {count} items.\n"));
  EXPECT_EQ(must(prompts.put("renamed", "Write {count} items.\n")).id, first.id);
  EXPECT_NE(must(prompts.put("complexity", "Write {count} items!\n")).id, first.id);
  EXPECT_EQ(must(prompts.find(first.hash)).text, "Write {count} items.\n");
  EXPECT_EQ(must(prompts.find(first.hash)).name, "complexity");
  EXPECT_THAT(must(prompts.list()), SizeIs(2));
  sentence(prompts.find("none"), ErrorKind::NotFound);
}

TEST(Models, AChangedFolderIsAnotherRow) {
  TestProject t;
  ModelRepository models(*t.connection);
  ModelRecord model;
  model.name = "tiny";
  model.location = "/models/tiny";
  model.family = "qwen2_vl";
  model.hash = "aaa";
  model.details = Json{{"parameters", 2600000}};
  const auto first = must(models.remember(model));
  EXPECT_EQ(must(models.remember(model)), first);
  model.hash = "bbb";
  EXPECT_NE(must(models.remember(model)), first);
  ModelRecord adapter;
  adapter.kind = "adapter";
  adapter.location = (t.project->filesFolder() / "adapters" / "1").string();
  const auto second = must(models.remember(adapter));
  EXPECT_EQ(must(models.get(second)).location, adapter.location);
  ModelRecord endpoint;
  endpoint.kind = "endpoint";
  endpoint.location = "http://localhost:8000#gpt";
  EXPECT_EQ(must(models.get(must(models.remember(endpoint)))).location, endpoint.location);
  EXPECT_EQ(must(models.get(first)).details, (Json{{"parameters", 2600000}}));
  EXPECT_THAT(must(models.list()), SizeIs(4));

  RunRepository runs(*t.connection);
  const auto run = aRun(*t.connection);
  ASSERT_OK(runs.linkModel(run, first, "base"));
  ASSERT_OK(runs.linkModel(run, second, "output"));
  EXPECT_EQ(must(models.ofRun(run, "base"))->id, first);
  EXPECT_FALSE(must(models.ofRun(run, "adapter")));
  EXPECT_THAT(must(runs.models(run)), SizeIs(2));
  sentence(models.get(ModelId(99)), ErrorKind::NotFound);
}

TEST(Rejects, KeepWhatWasWritten) {
  TestProject t;
  RejectRepository rejects(*t.connection);
  const auto run = aRun(*t.connection);
  const std::vector<Reject> some = {
      {0, run, "context", "two keys", "{\"broken\": ", 0xFFFFFFFFFFFFFFFFull, 0},
      {0, run, "context", "no options", "words\nwords", 2, 0},
      {0, {}, "", "line 3", "raw", 0, 0}};
  ASSERT_OK(rejects.addMany(some));
  const auto all = must(rejects.list());
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[2].rawText, "{\"broken\": ");
  EXPECT_EQ(all[2].seed, 0xFFFFFFFFFFFFFFFFull);
  EXPECT_EQ(all[2].run, run);
  EXPECT_FALSE(all[0].run);
  EXPECT_THAT(must(rejects.list(run)), SizeIs(2));
  EXPECT_THAT(must(rejects.list({}, 1, 1)), SizeIs(1));
  EXPECT_EQ(must(rejects.count()), 3);
  EXPECT_EQ(must(rejects.count(run)), 2);
}

TEST(Settings, AreReplaced) {
  TestProject t;
  SettingRepository settings(*t.connection);
  EXPECT_FALSE(must(settings.get("title")));
  ASSERT_OK(settings.put("title", "One"));
  ASSERT_OK(settings.put("title", Json{{"text", "Two"}}));
  EXPECT_EQ(*must(settings.get("title")), (Json{{"text", "Two"}}));
  ASSERT_OK(settings.remove("title"));
  EXPECT_FALSE(must(settings.get("title")));
  EXPECT_OK(settings.remove("title"));
}

}  // namespace
}  // namespace wordsight::store
