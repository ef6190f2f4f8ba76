#include "models/scenarios/scenario_table_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QUndoStack>
#include <algorithm>
#include <cstdio>

#include "demo_project.h"
#include "models/scenarios/scenario_edits.h"
#include "models/scenarios/scenario_facets.h"

namespace wordsight::ui {
namespace {

using test::DemoProject;
using test::spinUntil;

class ScenarioModelTest : public testing::Test {
 protected:
  void make(int scenarios) {
    m_demo.addScenarios(scenarios);
    m_session = std::make_unique<Session>(m_demo.project());
    m_model.setSession(m_session.get());
    ASSERT_TRUE(spinUntil([&] { return m_model.rowCount() == scenarios; }));
  }
  bool loaded(int row) {
    return spinUntil([&] {
      return m_model.data(m_model.index(row, 0), ScenarioTableModel::LoadedRole).toBool();
    });
  }
  QString text(int row, int column) {
    return m_model.data(m_model.index(row, column), Qt::DisplayRole).toString();
  }
  void addOne() {
    ScenarioContent content;
    content.situation = "A zebra stands on the motorway.";
    content.options = {"Stop", "Go on"};
    content.key = 0;
    Provenance provenance;
    provenance.generator = "person";
    ScenarioEdits::of(m_session.get())->add(content, provenance);
  }

  DemoProject m_demo;
  std::unique_ptr<Session> m_session;
  ScenarioTableModel m_model;
  QAbstractItemModelTester m_tester{&m_model,
                                    QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(ScenarioModelTest, RowsComeInBlocks) {
  make(1000);
  EXPECT_FALSE(m_model.data(m_model.index(900, 0), ScenarioTableModel::LoadedRole).toBool());
  ASSERT_TRUE(loaded(900));
  EXPECT_EQ(text(900, ScenarioTableModel::StatusColumn), QStringLiteral("Undecided"));
  EXPECT_FALSE(text(900, ScenarioTableModel::SituationColumn).isEmpty());
  EXPECT_EQ(text(900, ScenarioTableModel::GeneratorColumn), QStringLiteral("Demo"));
  EXPECT_EQ(m_model.rowOf(m_model.idAt(900)), 900);
  EXPECT_EQ(m_model.rowOf(ScenarioId(99999)), -1);
}

TEST_F(ScenarioModelTest, FilterAndSort) {
  make(500);
  ScenarioView view;
  view.filter.strategy = "context";
  m_model.setView(view);
  ASSERT_TRUE(spinUntil([&] { return m_model.rowCount() == 250; }));
  m_model.sort(ScenarioTableModel::KeyColumn, Qt::DescendingOrder);
  ASSERT_TRUE(spinUntil([&] { return text(0, ScenarioTableModel::KeyColumn) == u"E"; }));
  view.only = std::vector<ScenarioId>{ScenarioId(7), ScenarioId(3)};
  m_model.setView(view);
  ASSERT_TRUE(spinUntil([&] { return m_model.rowCount() == 2; }));
  EXPECT_EQ(m_model.idAt(0), ScenarioId(7));
}

TEST_F(ScenarioModelTest, NewRowsAreInserted) {
  make(300);
  QSignalSpy resets(&m_model, &QAbstractItemModel::modelReset);
  QSignalSpy inserts(&m_model, &QAbstractItemModel::rowsInserted);
  addOne();
  ASSERT_TRUE(spinUntil([&] {
    m_model.refreshSoon();
    return m_model.rowCount() == 301;
  }));
  EXPECT_EQ(resets.count(), 0);
  EXPECT_EQ(inserts.count(), 1);
  ASSERT_TRUE(loaded(300));
  EXPECT_EQ(text(300, ScenarioTableModel::SituationColumn),
            QStringLiteral("A zebra stands on the motorway."));
}

TEST_F(ScenarioModelTest, DecisionsUndoAndRedo) {
  make(50);
  auto* edits = ScenarioEdits::of(m_session.get());
  QObject::connect(edits, &ScenarioEdits::decided, &m_model, &ScenarioTableModel::showStatus);
  const auto status = [&](ScenarioId id) {
    const auto connection = m_demo.project().connect();
    return store::ScenarioRepository(**connection).get(id)->status;
  };
  edits->decide({ScenarioId(1), ScenarioId(2)}, ReviewStatus::Accepted);
  edits->decide({ScenarioId(2)}, ReviewStatus::Rejected);
  m_session->database().waitIdle();
  EXPECT_EQ(status(ScenarioId(1)), ReviewStatus::Accepted);
  EXPECT_EQ(status(ScenarioId(2)), ReviewStatus::Rejected);
  m_session->undoStack().undo();
  m_session->database().waitIdle();
  EXPECT_EQ(status(ScenarioId(2)), ReviewStatus::Accepted);
  m_session->undoStack().undo();
  m_session->undoStack().redo();
  m_session->undoStack().redo();
  m_session->database().waitIdle();
  EXPECT_EQ(status(ScenarioId(1)), ReviewStatus::Accepted);
  EXPECT_EQ(status(ScenarioId(2)), ReviewStatus::Rejected);
  // Somebody else decides in between: an undo leaves that alone and says so.
  QSignalSpy failures(edits, &ScenarioEdits::failed);
  {
    const auto connection = m_demo.project().connect();
    EXPECT_OK(store::ScenarioRepository(**connection)
                  .setStatus(ScenarioId(2), ReviewStatus::Undecided, "other"));
  }
  m_session->undoStack().undo();
  m_session->database().waitIdle();
  EXPECT_EQ(status(ScenarioId(2)), ReviewStatus::Undecided);
  EXPECT_EQ(failures.count(), 1);
}

TEST_F(ScenarioModelTest, EditsUndoAndConflictsAreTold) {
  make(5);
  auto* edits = ScenarioEdits::of(m_session.get());
  const auto connection = m_demo.project().connect();
  store::ScenarioRepository scenarios(**connection);
  const auto first = *scenarios.get(ScenarioId(1));
  auto changed = first.content;
  changed.situation = "Changed.";
  edits->edit({first.id, first.revision, first.content, changed, QStringLiteral("why"), {}});
  m_session->database().waitIdle();
  EXPECT_EQ(scenarios.get(first.id)->content.situation, "Changed.");
  EXPECT_EQ(scenarios.history(first.id)->revisions.back().note, "why");
  m_session->undoStack().undo();
  m_session->database().waitIdle();
  EXPECT_EQ(scenarios.get(first.id)->content, first.content);
  EXPECT_EQ(scenarios.history(first.id)->revisions.size(), 3U);
  m_session->undoStack().redo();
  m_session->database().waitIdle();
  EXPECT_EQ(scenarios.get(first.id)->content.situation, "Changed.");

  QSignalSpy conflicts(edits, &ScenarioEdits::conflict);
  auto mine = first.content;
  mine.situation = "Mine.";
  edits->edit({first.id, first.revision, first.content, mine, {}, {}});
  m_session->database().waitIdle();
  ASSERT_EQ(conflicts.count(), 1);
  EXPECT_EQ(scenarios.get(first.id)->content.situation, "Changed.") << "nothing was overwritten";
  const auto asked = conflicts[0][0].value<ScenarioEdits::Edit>();
  edits->settle(asked, false);
  m_session->database().waitIdle();
  EXPECT_EQ(scenarios.get(first.id)->content.situation, "Changed.");
  const auto history = *scenarios.history(first.id);
  EXPECT_EQ(history.revisions[history.revisions.size() - 2].content.situation, "Mine.");
}

TEST_F(ScenarioModelTest, SessionGoesInTheMiddleOfQuestions) {
  make(2000);
  for (int row = 0; row < 2000; row += 200) m_model.data(m_model.index(row, 0), Qt::DisplayRole);
  m_model.setSession(nullptr);
  m_session.reset();
  EXPECT_EQ(m_model.rowCount(), 0);
  QCoreApplication::processEvents();
}

TEST_F(ScenarioModelTest, FacetsCountWithoutTheirOwnCondition) {
  make(200);
  store::ScenarioFilter filter;
  filter.strategy = "context";
  const auto connection = m_demo.project().connect();
  const auto facets = scenarioFacets(**connection, filter);
  ASSERT_OK(facets);
  EXPECT_EQ(facets->total, 200);
  EXPECT_EQ(facets->strategies.size(), 4U);
  ASSERT_EQ(facets->statuses.size(), 1U);
  EXPECT_EQ(facets->statuses[0].count, 100);
}

/// The budgets of a hundred thousand scenarios, measured; generous limits, since machines differ
/// and others use this one.
TEST(ScenarioModelSpeed, HundredThousand) {
  constexpr int kMany = 100'000;
  DemoProject demo;
  demo.addScenarios(kMany);
  Session session(demo.project());
  ScenarioTableModel model;
  const auto rowThere = [&](int row) {
    return model.data(model.index(row, 0), ScenarioTableModel::LoadedRole).toBool();
  };
  QElapsedTimer timer;
  const auto measured = [&](const char* what, const std::function<bool()>& done) {
    EXPECT_TRUE(spinUntil(done, 20'000)) << what;
    std::printf("%-46s %7.1f ms\n", what, static_cast<double>(timer.nsecsElapsed()) / 1e6);
  };
  timer.start();
  model.setSession(&session);
  measured("open, first rows", [&] { return model.rowCount() == kMany && rowThere(0); });
  timer.restart();
  model.data(model.index(kMany - 1, 0), Qt::DisplayRole);
  measured("scroll to the end", [&] { return rowThere(kMany - 1); });
  const auto filtered = [&](const char* what, const char* text) {
    ScenarioView view;
    view.filter.text = text;
    int lists = 0;
    const auto heard = QObject::connect(&model, &ScenarioTableModel::listChanged, [&] { ++lists; });
    timer.restart();
    model.setView(view);
    measured(what, [&] { return lists > 0 && (model.rowCount() == 0 || rowThere(0)); });
    std::printf("  %d rows\n", model.rowCount());
    QObject::disconnect(heard);
  };
  filtered("filter: one letter", "a");
  filtered("filter: a frequent word", "child");
  filtered("filter: two words", "child street");
  filtered("filter: a rare beginning", "umbr");
  filtered("filter: none", "xyzzy");
  filtered("filter taken away", "");
  for (int column = 0; column < ScenarioTableModel::ColumnCount; ++column) {
    int lists = 0;
    const auto heard = QObject::connect(&model, &ScenarioTableModel::listChanged, [&] { ++lists; });
    timer.restart();
    model.sort(column, Qt::DescendingOrder);
    const QByteArray what =
        "sort by " + model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().toUtf8();
    measured(what.constData(), [&] { return lists > 0 && rowThere(0); });
    QObject::disconnect(heard);
  }
  const auto connection = demo.project().connect();
  timer.restart();
  EXPECT_OK(scenarioFacets(**connection, {}));
  std::printf("%-46s %7.1f ms\n", "counts of all menus",
              static_cast<double>(timer.nsecsElapsed()) / 1e6);
}

}  // namespace
}  // namespace wordsight::ui
