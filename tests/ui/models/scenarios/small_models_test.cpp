// History, rejects, check reports, what freezing would take.

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QUndoStack>

#include "bridge/format.h"
#include "demo_project.h"
#include "jobs/data_jobs.h"
#include "models/scenarios/check_report.h"
#include "models/scenarios/freeze_preview.h"
#include "models/scenarios/history_model.h"
#include "models/scenarios/reject_model.h"
#include "models/scenarios/scenario_edits.h"
#include "models/scenarios/scenario_line.h"

namespace wordsight::ui {
namespace {

using test::DemoProject;
using test::spinUntil;

ScenarioContent faulty() {
  ScenarioContent content;
  content.situation = "A cat sits on a warm stove.";
  content.options = {"Leave it", "Leave it."};
  return content;
}

TEST(HistoryModel, NewestFirst) {
  HistoryModel model;
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  store::ScenarioHistory history;
  for (int i = 1; i <= 3; ++i) {
    Revision revision;
    revision.id = RevisionId(i);
    revision.number = i;
    revision.author = i == 1 ? "run 7" : "person";
    revision.createdAt = 1000 * i;
    history.revisions.push_back(revision);
  }
  history.decisions.push_back(
      {ScenarioId(1), RevisionId(2), ReviewStatus::Rejected, "person", "too long", 2000});
  model.setHistory(history);
  ASSERT_EQ(model.rowCount(), 4);
  const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
  EXPECT_EQ(text(0, HistoryModel::WhatColumn), QStringLiteral("Revision 3"));
  EXPECT_EQ(text(1, HistoryModel::WhatColumn), QStringLiteral("Rejected"));
  EXPECT_EQ(text(1, HistoryModel::NoteColumn), QStringLiteral("too long"));
  EXPECT_EQ(text(2, HistoryModel::WhatColumn), QStringLiteral("Revision 2"));
  EXPECT_EQ(text(3, HistoryModel::WhoColumn), QStringLiteral("Run 7"));
  EXPECT_EQ(model.rowOfRevision(1), 2);
  EXPECT_EQ(model.rowOfRevision(9), -1);
}

TEST(RejectModel, PagesAndNewOnesAtTheFront) {
  DemoProject demo;
  const auto connection = demo.project().connect();
  store::RejectRepository rejects(**connection);
  const auto add = [&](int count, const char* reason) {
    std::vector<store::Reject> many(static_cast<std::size_t>(count));
    for (auto& reject : many) reject.reason = reason;
    EXPECT_OK(rejects.addMany(many));
  };
  add(450, "old");
  Session session(demo.project());
  RejectModel model;
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.setSession(&session);
  ASSERT_TRUE(spinUntil([&] { return model.rowCount() >= 200; }));
  EXPECT_EQ(model.total(), 450);
  ASSERT_TRUE(spinUntil([&] {
    if (model.canFetchMore({})) model.fetchMore({});
    return model.rowCount() == 450;
  }));
  QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
  add(3, "new");
  model.refresh();
  ASSERT_TRUE(spinUntil([&] { return model.rowCount() == 453; }));
  EXPECT_EQ(inserted.count(), 1);
  EXPECT_EQ(model.index(2, 0).data().toString(), QStringLiteral("new"));
  EXPECT_EQ(model.index(3, 0).data().toString(), QStringLiteral("old"));
  add(500, "many");  // more than a page: all anew
  model.refresh();
  ASSERT_TRUE(spinUntil([&] { return model.total() == 953; }));
  EXPECT_EQ(model.index(0, 0).data().toString(), QStringLiteral("many"));
  model.setRun(RunId(77));
  ASSERT_TRUE(spinUntil([&] { return model.total() == 0; }));
  EXPECT_EQ(model.rowCount(), 0);
}

TEST(CheckReport, OutOfARealCheck) {
  DemoProject demo;
  demo.addScenarios(300);
  const auto connection = demo.project().connect();
  EXPECT_FALSE(latestCheck(**connection)->has_value());
  ASSERT_OK(jobs::checkScenarios(demo.context(), {}));
  auto report = latestCheck(**connection);
  ASSERT_OK(report);
  ASSERT_TRUE(report->has_value());
  EXPECT_EQ((*report)->items, 300);
  EXPECT_EQ((*report)->letters.size(), 5U);
  EXPECT_NEAR((*report)->evenShare(), 0.2, 1e-9);
  EXPECT_FALSE((*report)->stale);
  store::ScenarioRepository scenarios(**connection);
  EXPECT_OK(scenarios.setStatus(ScenarioId(1), ReviewStatus::Rejected, "person"));
  report = latestCheck(**connection);
  EXPECT_TRUE((*report)->stale);
}

TEST(CheckReport, StrangeSummariesAreNoHarm) {
  for (const char* text :
       {"null", "[]", "3", R"({"letters": 5, "letters_expected": {"A": "x"}})",
        R"({"letters": {"A": "many", "AB": 3, "": 1}, "letters_expected": {"A": 2.5}})",
        R"({"duplicates": [[1], "x", [1, "y"], [2, 3]], "conflicts": {"a": 1}})",
        R"({"option_lengths": {"width": -4, "key": [1, null], "others": 9}, "findings": [1]})",
        R"({"items": 1e300, "p_value": "no", "letters_balanced": "yes"})"}) {
    const auto json = parseJson(text, "test");
    ASSERT_OK(json);
    const auto report = checkReportOf(*json);
    EXPECT_GE(report.barWidth, 1);
    EXPECT_LE(report.groups.size(), 1U);
  }
}

TEST(FreezePreview, CountsWhatIsLeftOut) {
  DemoProject demo;
  demo.addScenarios(50);
  const auto connection = demo.project().connect();
  store::ScenarioRepository scenarios(**connection);
  EXPECT_OK(scenarios.add({faulty(), {}, "import"}));
  EXPECT_OK(scenarios.setStatus(ScenarioId(1), ReviewStatus::Rejected, "person"));
  jobs::FreezeSpec spec;
  const auto preview = freezePreview(**connection, spec, {});
  ASSERT_OK(preview);
  EXPECT_EQ(preview->matching, 50);
  EXPECT_EQ(preview->rejected, 1);
  EXPECT_EQ(preview->leftOut, 1);
  EXPECT_EQ(preview->frozen(), 49);
  EXPECT_EQ(preview->reasons.size(), 2U);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(freezePreview(**connection, spec, stop.get_token()));
}

TEST(ScenarioEdits, AddedByHandAndTakenBack) {
  DemoProject demo;
  Session session(demo.project());
  auto* edits = ScenarioEdits::of(&session);
  EXPECT_EQ(edits, ScenarioEdits::of(&session));
  edits->add(faulty(), {});
  session.database().waitIdle();
  const auto connection = demo.project().connect();
  store::ScenarioRepository scenarios(**connection);
  EXPECT_EQ(scenarios.get(ScenarioId(1))->content, faulty());
  EXPECT_EQ(scenarios.issues(scenarios.get(ScenarioId(1))->revision)->size(), 4U);
  session.undoStack().undo();
  session.database().waitIdle();
  EXPECT_EQ(scenarios.get(ScenarioId(1))->status, ReviewStatus::Rejected);
  session.undoStack().redo();
  session.database().waitIdle();
  EXPECT_EQ(scenarios.get(ScenarioId(1))->status, ReviewStatus::Undecided);
  EXPECT_EQ(*scenarios.count({}), 1);
}

TEST(ScenarioWords, TitlesOfGeneratorsAndCodes) {
  EXPECT_EQ(generatorTitle(QStringLiteral("local:/models/Qwen2-VL-2B/")),
            QStringLiteral("Qwen2-VL-2B"));
  EXPECT_EQ(generatorTitle(QStringLiteral("local:/")), QStringLiteral("local:/"));
  EXPECT_EQ(generatorTitle(QStringLiteral("file:a.jsonl")), QStringLiteral("a.jsonl"));
  EXPECT_EQ(issueTitle(QStringLiteral("key-missing")), QStringLiteral("No key"));
  EXPECT_EQ(issueTitle(QStringLiteral("some-new-code")), QStringLiteral("some-new-code"));
  EXPECT_EQ(strategyTitle({}), QStringLiteral("None"));
}

}  // namespace
}  // namespace wordsight::ui
