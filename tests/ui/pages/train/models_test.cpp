#include <QAbstractItemModelTester>
#include <QMimeData>
#include <cmath>
#include <limits>

#include "bridge/format.h"
#include "models/jobs/queue_model.h"
#include "models/jobs/training_list_model.h"
#include "pages/train/answers_model.h"
#include "pages/train/module_heat.h"
#include "pages/train/training_record.h"
#include "train_fixture.h"

namespace wordsight::ui::test {
namespace {

using Tester = QAbstractItemModelTester;

Sample answer(const char* item, std::int64_t step, const char* text) {
  return {std::string("probe: ") + item, "<|im_start|>user\nWhat now?<|im_end|>\n", text, step};
}

TEST(AnswersModelTest, GrowsByStepAndKeepsItsOrder) {
  AnswersModel model;
  const Tester tester(&model, Tester::FailureReportingMode::Fatal);
  model.setSamples({answer("a", 0, "A. go"), answer("b", 0, "B."), {"first batch: x", "", "y", 0}});
  EXPECT_EQ(model.rowCount(), 1);
  EXPECT_EQ(model.columnCount(), 2);
  model.add(answer("a", 40, "C. call"));
  model.add(answer("a", 20, "B. stay"));
  model.add(answer("b", 20, "B. wait"));
  ASSERT_EQ(model.rowCount(), 3);
  EXPECT_EQ(model.step(1), 20);
  EXPECT_EQ(model.answer(1, 1), QStringLiteral("B. wait"));
  EXPECT_EQ(model.answer(2, 1), QString());
  EXPECT_EQ(model.question(0), QStringLiteral("What now?"));
  // A resumed run answers again; a question that was not there before is another column.
  model.add(answer("a", 20, "D. other"));
  model.add(answer("c", 20, "E."));
  EXPECT_EQ(model.answer(1, 0), QStringLiteral("D. other"));
  EXPECT_EQ(model.columnCount(), 3);
}

TEST(UpdateNormsTest, AreInTheOrderOfLayers) {
  wordsight::Run run;
  run.summary = Json::parse(
      R"({"update_norms": {"layers.10": 1.0, "layers.2": 2.0, "head": 3.0, "layers.x": "no"}})");
  const auto norms = updateNorms(run);
  ASSERT_EQ(norms.size(), 3u);
  EXPECT_EQ(norms[0].first, "head");
  EXPECT_EQ(norms[1].first, "layers.2");
  EXPECT_EQ(norms[2].first, "layers.10");
  run.summary = Json();
  EXPECT_TRUE(updateNorms(run).empty());
}

TEST(ModuleNormsTest, AreReadAsTheyWereWrittenOrNotAtAll) {
  wordsight::Run run;
  EXPECT_TRUE(moduleNorms(run).layers.empty());
  run.summary = Json::parse(
      R"({"module_norms": {"modules": ["q", "up"], "values": [[0.5, null], [1, "x"]]}})");
  const auto norms = moduleNorms(run);
  EXPECT_EQ(norms.modules, (std::vector<std::string>{"q", "up"}));
  ASSERT_EQ(norms.layers.size(), 2u);
  EXPECT_EQ(norms.layers[0][0], 0.5);
  EXPECT_TRUE(std::isnan(norms.layers[0][1]));
  EXPECT_EQ(norms.layers[1][0], 1);
  EXPECT_TRUE(std::isnan(norms.layers[1][1]));
  for (const char* broken :
       {R"([1])", R"({"modules": ["q"]})", R"({"modules": ["q"], "values": [[1, 2]]})",
        R"({"modules": [3], "values": [[1]]})", R"({"modules": [], "values": []})",
        R"({"modules": ["q"], "values": []})", R"({"modules": ["q"], "values": {"a": 1}})"}) {
    run.summary = Json{{"module_norms", Json::parse(broken)}};
    EXPECT_TRUE(moduleNorms(run).layers.empty()) << broken;
  }
}

TEST(ModuleHeatTest, SaysWhatMovedMostAndIsWalkedByArrows) {
  ModuleHeat heat;
  EXPECT_TRUE(heat.strongest().isEmpty());
  const double none = std::numeric_limits<double>::quiet_NaN();
  heat.setNorms({{"q", "up", "down"}, {{none, 3, 1}, {4, 3, 0}}});
  EXPECT_EQ(heat.strongest(),
            QStringLiteral("Strongest: q of layer 1, by %1. Over all layers together up moved "
                           "most, by %2.")
                .arg(formatNumber(4), formatNumber(std::sqrt(18))));
  heat.resize(400, heat.sizeHint().height());
  heat.show();
  EXPECT_EQ(heat.current(), (ModuleHeat::Cell{1, 0}));
  QTest::keyClick(&heat, Qt::Key_Left);
  EXPECT_EQ(heat.current(), (ModuleHeat::Cell{0, 0}));
  EXPECT_EQ(heat.accessibleDescription(),
            QStringLiteral("Layer 0, q: the adapter has nothing here."));
  for (const auto key : {Qt::Key_Left, Qt::Key_Up, Qt::Key_Down, Qt::Key_End, Qt::Key_Right})
    QTest::keyClick(&heat, key);
  EXPECT_EQ(heat.current(), (ModuleHeat::Cell{1, 1}));
  QTest::mouseClick(&heat, Qt::LeftButton, {}, heat.cellRect({0, 2}).center());
  EXPECT_EQ(heat.accessibleDescription(),
            QStringLiteral("Layer 0, down: %1.").arg(formatNumber(1)));
  heat.setNorms({{"q"}, {{0}, {none}}});
  EXPECT_EQ(heat.strongest(), QStringLiteral("Nothing was moved: every update is 0."));
  heat.setNorms({});
  heat.grab();
  QTest::keyClick(&heat, Qt::Key_Left);
}

class TrainModelsTest : public TrainFixture {};

TEST_F(TrainModelsTest, TheListFollowsRuns) {
  TrainingListModel model;
  const Tester tester(&model, Tester::FailureReportingMode::Fatal);
  model.setSession(&session());
  ASSERT_TRUE(spinUntil([&] { return model.known(); }));
  EXPECT_EQ(model.rowCount(), 0);
  const auto train = [&](int steps) {
    session().submit(Session::kModelLane, QStringLiteral("train"),
                     [spec = shortSpec(m_model, steps)](const jobs::JobContext& c) {
                       return jobs::trainAdapter(c, spec);
                     });
  };
  train(3);
  train(3);
  ASSERT_TRUE(waitForEnd());
  ASSERT_TRUE(spinUntil([&] {
    return model.rowCount() == 2 && model.row(0).run.status == RunStatus::Done &&
           model.row(1).run.status == RunStatus::Done;
  }));
  EXPECT_GT(model.row(0).run.id.value, model.row(1).run.id.value);
  const RunId older = model.row(1).run.id;
  QSignalSpy ticks(&model, &TrainingListModel::tickedChanged);
  EXPECT_TRUE(model.setData(model.index(1, 0), Qt::Checked, Qt::CheckStateRole));
  EXPECT_EQ(ticks.size(), 1);
  model.setFilter(QStringLiteral("nothing has this name"));
  ASSERT_TRUE(spinUntil([&] { return model.rowCount() == 0; }));
  EXPECT_TRUE(model.ticked().contains(older));  // its curves stay
  model.setFilter({});
  ASSERT_TRUE(spinUntil([&] { return model.rowCount() == 2; }));
  model.untickAll();
  EXPECT_TRUE(model.ticked().empty());
  model.setSession(nullptr);
  EXPECT_EQ(model.rowCount(), 0);
}

TEST_F(TrainModelsTest, WaitingJobsAreDraggedRunningOnesStay) {
  QueueModel model(Session::kModelLane);
  const Tester tester(&model, Tester::FailureReportingMode::Fatal);
  model.setSession(&session());
  std::vector<jobs::JobNumber> numbers;
  for (int i = 0; i < 4; ++i)
    numbers.push_back(
        session().submit(Session::kModelLane, QString::number(i), [](const jobs::JobContext& c) {
          std::mutex mutex;
          std::unique_lock lock(mutex);
          std::condition_variable_any stopped;
          stopped.wait(lock, c.stop, [] { return false; });
          return Result<jobs::JobOutcome>(fail("stopped", ErrorKind::Cancelled));
        }));
  ASSERT_TRUE(spinUntil([&] { return model.rowCount() == 4; }));
  const auto drag = [&](int from, int to) {
    const std::unique_ptr<QMimeData> data(model.mimeData({model.index(from, 0)}));
    model.dropMimeData(data.get(), Qt::MoveAction, to, 0, {});
  };
  drag(3, 1);  // above the second
  EXPECT_EQ(model.number(1), numbers[3]);
  EXPECT_EQ(model.number(2), numbers[1]);
  drag(1, 4);  // below all
  EXPECT_EQ(model.number(3), numbers[3]);
  drag(3, 0);  // above the running one: next after it
  EXPECT_EQ(model.number(0), numbers[0]);
  EXPECT_EQ(model.number(1), numbers[3]);
  EXPECT_FALSE(model.move(0, 1));
  EXPECT_EQ(model.flags(model.index(0, 0)) & Qt::ItemIsDragEnabled, Qt::NoItemFlags);
  QMimeData other;
  EXPECT_FALSE(model.dropMimeData(&other, Qt::MoveAction, 1, 0, {}));
  session().stopAll();
  ASSERT_TRUE(waitForEnd());
  EXPECT_EQ(model.rowCount(), 0);
}

}  // namespace
}  // namespace wordsight::ui::test
