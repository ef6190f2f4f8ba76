#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QUndoStack>

#include "bridge/format.h"
#include "demo_project.h"
#include "jobs/comparison.h"
#include "jobs/report_job.h"
#include "models/compare/compare_item_model.h"
#include "models/compare/comparison_text.h"
#include "models/compare/override_command.h"
#include "models/compare/stats_table.h"
#include "store/run_repository.h"

namespace wordsight::ui {
namespace {

/// base and tuned × caption and image, in one project for all tests: none changes its answers.
class ComparisonModelTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_project = new test::DemoProject;
    s_project->addBenchmark();
    s_project->addRecorded("base", "caption", 0.5, 1);
    s_project->addRecorded("base", "image", 0.4, 2);
    s_project->addRecorded("tuned", "caption", 0.8, 3);
    s_project->addRecorded("tuned", "image", 0.75, 4);
  }
  static void TearDownTestSuite() { delete s_project; }
  ComparisonModelTest() : project(*s_project) {
    auto connection = project.project().connect();
    auto runs = jobs::latestEvaluations(**connection);
    auto loaded = loadComparison(**connection, project.project(), *runs);
    EXPECT_TRUE(loaded) << loaded.error().message;
    data = *loaded;
  }
  static inline test::DemoProject* s_project = nullptr;
  test::DemoProject& project;
  ComparisonPtr data;
};

TEST_F(ComparisonModelTest, LoadsWhatEvalCounts) {
  ASSERT_EQ(data->cells.size(), 4u);
  EXPECT_EQ(data->benchmark, "demo");
  EXPECT_FALSE(data->published);
  EXPECT_TRUE(data->cells[0].recorded);
  EXPECT_EQ(data->cells[1].arm, Arm::Image);
  EXPECT_FALSE(data->calibration[0]);
  EXPECT_FALSE(data->comparison.pairs[0].intervalKnown);
  const auto whole = withIntervals(*data, {});
  ASSERT_TRUE(whole);
  EXPECT_TRUE(whole->comparison.pairs[0].intervalKnown);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(withIntervals(*data, stop.get_token()));
}

TEST_F(ComparisonModelTest, FiltersAndOrders) {
  ComparisonFilter filter;
  filter.first = 1;
  filter.second = 3;
  const auto pair = directedPair(data->comparison, 1, 3);
  ASSERT_TRUE(pair);
  const auto count = [&] { return static_cast<int>(filteredItems(*data, filter).size()); };
  EXPECT_EQ(count(), 300);
  filter.transition = Transition::WrongToRight;
  EXPECT_EQ(count(), pair->pairs.wr);
  filter.transition = Transition::RightToWrong;
  EXPECT_EQ(count(), pair->pairs.rw);
  filter.transition = Transition::BothRight;
  EXPECT_EQ(count(), pair->pairs.rr);
  filter.transition = Transition::BothWrong;
  EXPECT_EQ(count(), pair->pairs.ww);
  filter.transition.reset();
  int keys = 0;
  for (filter.key = 0; filter.key < 5; ++filter.key) keys += count();
  EXPECT_EQ(keys, 300);
  filter.key = -1;
  int categories = 0;
  for (const auto& category : data->comparison.categories) {
    filter.category = toQt(category);
    categories += count();
  }
  EXPECT_EQ(categories, 300);
  filter.category.reset();
  filter.text = QStringLiteral("  BALL ");
  const int balls = count();
  EXPECT_GT(balls, 0);
  EXPECT_LT(balls, 300);
  filter.text.clear();
  filter.overridden = true;
  EXPECT_EQ(count(), 0);
  filter.overridden = false;
  filter.order = ItemOrder::Disagreement;
  const auto rows = filteredItems(*data, filter);
  ASSERT_EQ(rows.size(), 300u);
  const auto letters = [&](int item) {
    std::set<int> different;
    for (const auto& cell : data->comparison.cells)
      different.insert(cell.answers[static_cast<std::size_t>(item)].choice.option);
    return different.size();
  };
  EXPECT_GE(letters(rows.front()), letters(rows.back()));
  for (std::size_t i = 1; i < rows.size(); ++i) EXPECT_GE(letters(rows[i - 1]), letters(rows[i]));
}

TEST_F(ComparisonModelTest, APairHasTwoDirections) {
  const auto whole = withIntervals(*data, {});
  const auto there = directedPair(whole->comparison, 1, 3);
  const auto back = directedPair(whole->comparison, 3, 1);
  ASSERT_TRUE(there && back);
  EXPECT_EQ(there->pairs.wr, back->pairs.rw);
  EXPECT_DOUBLE_EQ(there->difference, -back->difference);
  EXPECT_DOUBLE_EQ(there->interval.low, -back->interval.high);
  EXPECT_DOUBLE_EQ(there->p, back->p);
  EXPECT_FALSE(directedPair(whole->comparison, 1, 1));
  EXPECT_FALSE(directedPair(whole->comparison, 1, 9));
}

TEST_F(ComparisonModelTest, SentencesClaimNoMoreThanTheTests) {
  const auto whole = withIntervals(*data, {});
  const auto& comparison = whole->comparison;
  const QString better = pairSentence(comparison, *directedPair(comparison, 1, 3));
  EXPECT_TRUE(better.contains(QStringLiteral("tuned · image is right more often than base")))
      << fromQt(better);
  const auto backwards = pairSentence(comparison, *directedPair(comparison, 3, 1));
  EXPECT_TRUE(backwards.contains(QStringLiteral("tuned · image is right more often")));
  eval::Pair even = *directedPair(comparison, 1, 3);
  even.p = 0.02;
  even.pHolm = 0.12;  // significant alone, not after the correction
  EXPECT_TRUE(pairSentence(comparison, even).contains(QStringLiteral("may be chance")));
  even.pairs = {200, 0, 0, 100};
  EXPECT_TRUE(pairSentence(comparison, even).contains(QStringLiteral("nothing differs")));
}

TEST_F(ComparisonModelTest, TheItemModelKeepsItsPromises) {
  CompareItemModel model;
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.setComparison(data);
  EXPECT_EQ(model.rowCount(), 300);
  ComparisonFilter filter;
  filter.key = 2;
  model.setFilter(filter);
  EXPECT_LT(model.rowCount(), 300);
  EXPECT_EQ(model.total(), 300);
  const int item = model.itemAt(0);
  EXPECT_EQ(model.rowOf(item), 0);
  EXPECT_EQ(model.itemAt(-1), -1);
  EXPECT_EQ(model.itemAt(300), -1);
  const QString spoken = model.index(0).data(Qt::AccessibleTextRole).toString();
  EXPECT_TRUE(spoken.contains(QStringLiteral("key C"))) << fromQt(spoken);
  EXPECT_TRUE(spoken.contains(QStringLiteral("base · image: "))) << fromQt(spoken);
  model.setComparison(nullptr);
  EXPECT_EQ(model.rowCount(), 0);
  EXPECT_EQ(model.total(), 0);
}

TEST_F(ComparisonModelTest, TablesHaveAValueForEveryColumn) {
  const auto whole = withIntervals(*data, {});
  const auto& comparison = whole->comparison;
  const auto pair = directedPair(comparison, 0, 2);
  for (const auto& table : {cellsTable(comparison), pairsTable(comparison),
                            categoriesTable(comparison, *pair), lettersTable(comparison)}) {
    EXPECT_FALSE(table.rows.empty());
    for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.columns.size());
    StatsTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTable(table);
    EXPECT_EQ(model.rowCount(), static_cast<int>(table.rows.size()));
  }
  // Numbers under their own headings.
  const auto pairs = pairsTable(comparison);
  const auto value = [&](const QString& title) {
    for (std::size_t c = 0; c < pairs.columns.size(); ++c)
      if (pairs.columns[c].title == title) return pairs.rows[0][c].sort.toDouble();
    return -1.0;
  };
  EXPECT_DOUBLE_EQ(value(QStringLiteral("Chance")), comparison.pairs[0].pHolm);
  EXPECT_DOUBLE_EQ(value(QStringLiteral("Chance, this pair alone")), comparison.pairs[0].p);
  EXPECT_DOUBLE_EQ(value(QStringLiteral("wrong → right")), comparison.pairs[0].pairs.wr);
  EXPECT_DOUBLE_EQ(value(QStringLiteral("both wrong")), comparison.pairs[0].pairs.ww);
  const auto letters = lettersTable(comparison);
  int keys = 0;
  for (std::size_t c = 1; c + 1 < letters.columns.size(); ++c)
    keys += letters.rows[0][c].sort.toInt();
  EXPECT_EQ(keys, 300);
}

TEST_F(ComparisonModelTest, AnOverrideThatFailsLeavesTheStack) {
  Session session(project.project());
  Status told;
  int calls = 0;
  session.undoStack().push(new OverrideCommand(
      session, {PredictionId(987'654)}, {}, {true, 1, "person", ""},
      [&](const Status& status) {
        told = status;
        ++calls;
      },
      QStringLiteral("override")));
  ASSERT_TRUE(test::spinUntil([&] { return calls == 1; }));
  EXPECT_FALSE(told);
  session.undoStack().undo();
  EXPECT_EQ(session.undoStack().count(), 0);
  EXPECT_EQ(calls, 1);
}

TEST_F(ComparisonModelTest, AReportThatIsStoppedLeavesNoFile) {
  std::stop_source stop;
  int progress = 0, finished = 0;
  const EventSink sink = [&](const Event& event) {
    progress += std::holds_alternative<Progress>(event.what);
    finished += std::holds_alternative<Finished>(event.what);
    if (progress > 0) stop.request_stop();
  };
  const jobs::ReportSpec spec{
      data->runs(), "Stopped", (project.folder() / "stopped.html").string(), 1, {}};
  const auto outcome = jobs::writeReport({project.project(), sink, stop.get_token()}, spec);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->status, RunStatus::Cancelled);
  EXPECT_EQ(progress, 1);
  EXPECT_EQ(finished, 1);
  EXPECT_FALSE(std::filesystem::exists(spec.file));
}

TEST_F(ComparisonModelTest, ListsEvaluationsWithAnswersOnly) {
  auto connection = project.project().connect();
  store::RunRepository runs(**connection);
  wordsight::Run empty;
  empty.kind = RunKind::Evaluation;
  empty.spec = Json{{"label", "empty"}};
  ASSERT_TRUE(runs.create(empty));
  const auto entries = listEvaluations(**connection);
  ASSERT_TRUE(entries) << entries.error().message;
  ASSERT_EQ(entries->size(), 4u);
  EXPECT_EQ((*entries)[0].label, "tuned");
  EXPECT_EQ((*entries)[0].benchmark, "demo");
  EXPECT_EQ((*entries)[0].answers, 300);
  EXPECT_TRUE((*entries)[0].recorded);
}

}  // namespace
}  // namespace wordsight::ui
