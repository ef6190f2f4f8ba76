#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>
#include <QThread>

#include "bridge/format.h"
#include "demo_project.h"
#include "models/evaluations/benchmark_view.h"
#include "models/evaluations/evaluation_feed.h"
#include "models/evaluations/evaluation_list_model.h"
#include "models/evaluations/issue_list_model.h"
#include "models/evaluations/prompt_preview.h"
#include "store/run_repository.h"

namespace wordsight::ui {
namespace {

using wordsight::test::DemoProject;
using wordsight::test::spinUntil;
using Fatal = QAbstractItemModelTester::FailureReportingMode;

TEST(Evaluations, TheListFollowsTheProject) {
  DemoProject project;
  project.addBenchmark();
  project.addRecorded("first", "image", 0.4);
  Session session(project.project());
  EvaluationFeed feed;
  EvaluationListModel model(feed);
  QAbstractItemModelTester tester(&model, Fatal::Fatal);
  feed.setSession(&session);
  ASSERT_TRUE(spinUntil([&] { return model.rowCount() == 1; }));
  const QPersistentModelIndex kept = model.index(0, EvaluationListModel::Name);
  EXPECT_EQ(kept.data().toString(), QStringLiteral("first"));
  const auto& entry = feed.entries().front();
  EXPECT_EQ(model.index(0, EvaluationListModel::Accuracy).data().toString(),
            formatInterval(entry.tally.accuracy, entry.tally.low, entry.tally.high));
  project.addRecorded("second", "caption", 0.6);
  session.noteChange(Content::Runs);
  ASSERT_TRUE(spinUntil([&] { return model.rowCount() == 2; }));
  EXPECT_EQ(model.index(0, EvaluationListModel::Name).data().toString(), QStringLiteral("second"));
  EXPECT_EQ(kept.row(), 1) << "new ones push, they do not reset";
  feed.setSession(nullptr);
  EXPECT_EQ(model.rowCount(), 0);
}

TEST(Evaluations, TalliesMoveARowInPlace) {
  DemoProject project;
  const auto world = project.addBenchmark();
  Session session(project.project());
  EvaluationFeed feed;
  EvaluationListModel model(feed);
  QAbstractItemModelTester tester(&model, Fatal::Fatal);
  feed.setSession(&session);
  jobs::EvaluationSpec spec;
  spec.model = world.model;
  spec.benchmark = spec.prompt = "demo";
  spec.label = "base";
  spec.precision = Precision::F32;
  spec.limit = 60;
  spec.batch = 10;
  spec.threads = 1;
  QSignalSpy tallied(&feed, &EvaluationFeed::tallied);
  const auto number = feed.start(QStringLiteral("base"), spec);
  const CellKey key{spec.benchmark, spec.model, {}, spec.arm};
  ASSERT_NE(feed.jobOf(key), nullptr);
  EXPECT_EQ(feed.jobOf(key)->number, number);
  ASSERT_TRUE(spinUntil([&] { return !session.busy(); }, 60'000));
  session.database().waitIdle();
  EXPECT_EQ(tallied.count(), 6);
  const auto* entry = feed.latest(key);
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->status, RunStatus::Done);
  EXPECT_EQ(entry->tally.n, 60);
  EXPECT_EQ(feed.jobOf(key), nullptr);
  auto other = spec;
  other.batch = 1;
  EXPECT_TRUE(entry->sameSettings(other)) << "how fast it went decides no number";
  other.shifts = 5;
  EXPECT_FALSE(entry->sameSettings(other));
  feed.setSession(nullptr);
}

TEST(Evaluations, ThousandsAreListedAtOnce) {
  DemoProject project;
  project.addBenchmark();
  const auto connection = project.project().connect().value();
  store::RunRepository runs(*connection);
  constexpr int kRuns = 3000;
  ASSERT_OK(connection->transaction([&]() -> Status {
    for (int i = 0; i < kRuns; ++i) {
      jobs::EvaluationSpec spec;
      spec.model = "/models/" + std::to_string(i % 50);
      spec.benchmark = "demo";
      spec.label = "base";
      wordsight::Run run;
      run.kind = RunKind::Evaluation;
      run.spec = jobs::toJson(spec);
      WORDSIGHT_TRY(const auto id, runs.create(run));
      WORDSIGHT_CHECK(runs.start(id));
      WORDSIGHT_CHECK(runs.finish(id, RunStatus::Done,
                                  Json{{"right", i % 100}, {"n", 100}, {"accuracy", 0.5}}));
    }
    return {};
  }));
  const Stopwatch watch;
  const auto entries = loadEvaluations(*connection);
  ASSERT_OK(entries);
  EXPECT_EQ(entries->size(), std::size_t(kRuns));
  RecordProperty("seconds", std::to_string(watch.seconds()));  // measured: 0.1
  // And shown without holding the window up.
  Session session(project.project());
  EvaluationFeed feed;
  EvaluationListModel model(feed);
  feed.setSession(&session);
  double longest = 0;
  for (int i = 0; i < 5; ++i) {
    session.noteChange(Content::Runs);
    for (int round = 0; round < 200; ++round) {
      QThread::msleep(1);
      const Stopwatch busy;
      QApplication::processEvents();
      longest = std::max(longest, busy.seconds());
    }
  }
  EXPECT_EQ(model.rowCount(), kRuns);
  RecordProperty("longest_s", std::to_string(longest));  // measured: 1 ms
  RecordProperty("longest_us", static_cast<int>(longest * 1e6));
  feed.setSession(nullptr);
}

TEST(Evaluations, TheNarrowingEndsAtTheSummary) {
  DemoProject project;
  project.addBenchmark();
  const RunId run = project.addRecorded("theirs", "image", 0.5);
  const auto connection = project.project().connect().value();
  const auto summary = store::RunRepository(*connection).get(run).value().summary;
  const auto curve = loadNarrowing(*connection, run);
  ASSERT_OK(curve);
  ASSERT_EQ(curve->size(), 300u);
  EXPECT_EQ(curve->back().right, summary["right"].get<int>());
  EXPECT_DOUBLE_EQ(curve->back().low, summary["low"].get<double>());
  const auto thin = loadNarrowing(*connection, run, 50);
  ASSERT_OK(thin);
  EXPECT_LE(thin->size(), 52u);
  EXPECT_EQ(thin->back().n, 300) << "the end is always there";
}

TEST(Evaluations, BenchmarksTellWhatIsMissing) {
  DemoProject project;
  const auto world = project.addBenchmark();
  const auto connection = project.project().connect().value();
  auto views = loadBenchmarks(*connection);
  ASSERT_OK(views);
  ASSERT_EQ(views->size(), 1u);
  EXPECT_EQ(views->front().picturesThere, 300);
  EXPECT_EQ(views->front().pictureFolder, world.pictures);
  EXPECT_TRUE(views->front().issues.empty());
  EXPECT_GT(views->front().chance, 0.15);
  std::filesystem::remove_all(world.pictures);
  views = loadBenchmarks(*connection);
  ASSERT_OK(views);
  EXPECT_EQ(views->front().picturesThere, 0);
  EXPECT_EQ(views->front().missing.size(), 300u);
  IssueListModel issues;
  QAbstractItemModelTester tester(&issues, Fatal::Fatal);
  issues.setIssues(views->front().issues);
  EXPECT_EQ(issues.rowCount(), 300);
  EXPECT_EQ(issues.copyText({0, 1}).count(u'\n'), 2);
}

TEST(Evaluations, PreviewsAreWhatTheModelReads) {
  DemoProject project;
  const auto world = project.addBenchmark();
  const auto connection = project.project().connect().value();
  const PreviewRequest request{"demo", "demo", {}, Arm::Caption, 3, 0};
  const auto plain = loadPreview(*connection, request);
  ASSERT_OK(plain);
  EXPECT_FALSE(plain->asModel);
  EXPECT_EQ(plain->index, 3);
  EXPECT_EQ(plain->count, 300);
  EXPECT_NE(plain->text.find("[user]"), std::string::npos);
  auto withModel = request;
  withModel.model = world.model;
  withModel.arm = Arm::Image;
  withModel.index = 100'000;
  const auto asModel = loadPreview(*connection, withModel);
  ASSERT_OK(asModel);
  EXPECT_TRUE(asModel->asModel);
  EXPECT_EQ(asModel->index, 299) << "brought into range";
  EXPECT_FALSE(asModel->picture.empty());
  auto unknown = request;
  unknown.prompt = "no-such-wording";
  EXPECT_FALSE(loadPreview(*connection, unknown));
}

}  // namespace
}  // namespace wordsight::ui
