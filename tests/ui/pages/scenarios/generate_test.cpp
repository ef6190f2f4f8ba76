// Generating: the form, what arrives, what is refused, prompts.

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>

#include "base/file.h"
#include "bridge/format.h"
#include "jobs/resources.h"
#include "page_fixture.h"
#include "pages/scenarios/prompt_view.h"
#include "store/reject_repository.h"
#include "widgets/message_bar.h"
#include "widgets/model_chooser.h"

namespace wordsight::ui {
namespace {

using test::spinUntil;

class GenerateTest : public ScenariosPageTest {
 protected:
  void open(int scenarios) {
    start(scenarios);
    find<QTabWidget>("scenarioTabs")->setCurrentWidget(find<QWidget>("generatePanel"));
    settle();
  }
  bool idle() {
    return spinUntil([&] { return !m_session->busy(); }, 60'000);
  }
};

TEST_F(GenerateTest, DemoScenariosArriveInTheTable) {
  open(0);
  find<QSpinBox>("generateCount")->setValue(60);
  find<QSpinBox>("generateSeed")->setValue(5);
  EXPECT_TRUE(
      find<QLineEdit>("generateCommandText")->text().contains(QStringLiteral("--count 60")));
  click("generateCommandCopy");
  EXPECT_TRUE(QApplication::clipboard()->text().contains(QStringLiteral("--seed 5")));
  shoot("generate_before");
  click("startGenerate");
  EXPECT_FALSE(find<QPushButton>("startGenerate")->isEnabled());
  ASSERT_TRUE(idle());
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 60; }));
  settle();
  auto* arrived = find<QTableWidget>("arrivedList");
  EXPECT_EQ(arrived->rowCount(), 50);
  EXPECT_TRUE(find<QLabel>("generateState")->text().contains(QStringLiteral("60 arrived")));
  Q_EMIT arrived->cellClicked(3, 0);
  EXPECT_EQ(table()->currentId(), ScenarioId(57));
  shoot("generated");
}

TEST_F(GenerateTest, StoppingKeepsWhatCame) {
  open(0);
  find<QSpinBox>("generateCount")->setValue(1'000'000);
  click("startGenerate");
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() > 300; }));
  table()->setCurrentId(ScenarioId(100));
  settle();
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() > 1500; }));
  EXPECT_EQ(table()->currentId(), ScenarioId(100)) << "the place is not lost";
  click("stopGenerate");
  ASSERT_TRUE(idle());
  settle();
  const auto connection = m_demo.project().connect();
  const auto kept = store::ScenarioRepository(**connection).count({}).value();
  EXPECT_GT(kept, 1500);
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == kept; }));
  settle();
  shoot("generate_stopped");
}

TEST_F(GenerateTest, RefusedTextIsMendedAndKept) {
  {
    const auto connection = m_demo.project().connect();
    store::Reject reject;
    reject.strategy = "context";
    reject.reason = "There is no JSON object in the text.";
    reject.rawText = "Sure! Here is a scenario about ice.";
    reject.seed = 17;
    EXPECT_OK(store::RejectRepository(**connection).add(reject));
    reject.reason = "There are 2 options instead of 5.";
    reject.rawText = R"({"situation": "A child stands on thin ice in the park.",
 "question": "What is best?", "options": ["Call it back", "Go away"],
 "answer": "A", "rationale": "The ice may break."})";
    EXPECT_OK(store::RejectRepository(**connection).add(reject));
  }
  open(0);
  auto* list = find<QTableView>("rejectList");
  ASSERT_TRUE(spinUntil([&] { return list->model()->rowCount() == 2; }));
  find<QTabWidget>("generateTabs")->setCurrentIndex(1);
  list->selectRow(0);
  settle();
  auto* text = find<QPlainTextEdit>("rawText");
  EXPECT_TRUE(text->toPlainText().contains(QStringLiteral("thin ice")));
  EXPECT_FALSE(find<QPushButton>("keepReject")->isEnabled());
  EXPECT_FALSE(find<QLabel>("rawVerdict")->text().isEmpty());
  shoot("refused");
  text->setPlainText(text->toPlainText().replace(
      QStringLiteral("\"Go away\""),
      QStringLiteral("\"Go away\", \"Sing\", \"Take a picture\", \"Sit down\"")));
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("keepReject")->isEnabled(); }));
  click("keepReject");
  settle();
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 1; }));
  const auto kept = scenario(1);
  EXPECT_EQ(kept.content.options.size(), 5U);
  EXPECT_EQ(kept.provenance.strategy, "context");
  EXPECT_EQ(kept.provenance.seed, 17U);
  EXPECT_EQ(kept.provenance.source, "reject 2, mended by hand");
}

TEST_F(GenerateTest, LocalModelNeedsAModel) {
  open(3);
  find<QComboBox>("generator")->setCurrentIndex(1);
  EXPECT_FALSE(find<QPushButton>("startGenerate")->isEnabled());
  EXPECT_FALSE(find<QLabel>("generateProblem")->text().isEmpty());
  find<QTabWidget>("generateTabs")->setCurrentIndex(2);
  click("generateMore");
  settle();
  EXPECT_FALSE(find<QPlainTextEdit>("promptText")->toPlainText().isEmpty());
  shoot("generate_local");
}

TEST_F(GenerateTest, PromptsAreCopiedToAFolderAndUsed) {
  open(3);
  find<QComboBox>("generator")->setCurrentIndex(1);
  find<QTabWidget>("generateTabs")->setCurrentIndex(2);
  settle();
  const auto folder = m_folder / "prompts";
  auto* view = m_page->findChild<PromptView*>();
  view->setPicker([&] { return toQt(folder.string()); });
  click("copyPrompts");
  settle();
  EXPECT_TRUE(find<QLineEdit>("generateCommandText")->text().contains(QStringLiteral("--prompts")));
  const auto copy = jobs::synthesisPrompts(folder.string());
  ASSERT_OK(copy);
  const auto own = jobs::synthesisPrompts();
  for (std::size_t i = 0; i < own->prompts.size(); ++i)
    EXPECT_EQ(copy->prompts[i].hash, own->prompts[i].hash);
  EXPECT_EQ(copy->topics, own->topics);
  EXPECT_EQ(copy->examples, own->examples);
  // A second copy overwrites nothing.
  EXPECT_FALSE(writePrompts(*own, folder));
}

TEST_F(GenerateTest, WhatALocalModelWritesBadlyGoesToTheTray) {
  const auto world = m_demo.addBenchmark();
  open(0);
  find<QComboBox>("generator")->setCurrentIndex(1);
  m_page->findChild<ModelChooser*>()->setFolder(toQt(world.model));
  find<QSpinBox>("generateCount")->setValue(1);
  click("generateMore");
  find<QSpinBox>("generateLength")->setValue(50);
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("startGenerate")->isEnabled(); }))
      << find<QLabel>("generateProblem")->text().toStdString();
  click("startGenerate");
  // The tray fills while the model writes; its 24 attempts take a minute on a busy machine.
  ASSERT_TRUE(
      spinUntil([&] { return find<QTableView>("rejectList")->model()->rowCount() > 0; }, 60'000));
  click("stopGenerate");
  ASSERT_TRUE(idle());
  settle();
  EXPECT_GT(find<QTableView>("rejectList")->model()->rowCount(), 0);
  shoot("tray_of_a_model");
}

TEST_F(GenerateTest, PageGoesWhileScenariosArrive) {
  open(0);
  find<QSpinBox>("generateCount")->setValue(200'000);
  click("startGenerate");
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() > 100; }));
  m_page.reset();
  QTest::qWait(50);
  // Another page takes the running job up.
  m_page = std::make_unique<ScenariosPage>(Services{m_settings, m_catalog});
  m_page->resize(1208, 760);
  m_page->show();
  m_page->setSession(m_session.get());
  ASSERT_TRUE(
      spinUntil([&] { return find<QPushButton>("stopGenerate")->isVisibleTo(m_page.get()); }));
  m_session->stopAll();
  ASSERT_TRUE(idle());
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("startGenerate")->isEnabled(); }));
}

}  // namespace
}  // namespace wordsight::ui
