// Import, export, datasets.

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableWidget>

#include "base/file.h"
#include "bridge/format.h"
#include "domain/json.h"
#include "page_fixture.h"
#include "pages/scenarios/export_panel.h"
#include "pages/scenarios/import_panel.h"
#include "store/dataset_repository.h"
#include "store/run_repository.h"
#include "widgets/message_bar.h"

namespace wordsight::ui {
namespace {

using test::spinUntil;

class FilesTest : public ScenariosPageTest {
 protected:
  void openTab(int index) {
    find<QTabWidget>("scenarioTabs")->setCurrentIndex(index);
    settle();
  }
  std::string line(int number) {
    auto content = broken();
    content.situation = "Imported situation " + std::to_string(number) + ".";
    return dumpJson(toJson(content)) + "\n";
  }
  QString text(const char* name) { return find<QLabel>(name)->text(); }
  QString said(const char* panel) {
    return find<QWidget>(panel)->findChild<MessageBar*>()->sentence();
  }
};

TEST_F(FilesTest, ImportLooksFirstAndThenTakesAll) {
  start(5);
  openTab(4);
  shoot("import_empty");
  const auto good = m_folder.write("good.jsonl", line(1) + line(2) + line(2) + line(3));
  find<ImportPanel>("importPanel")->setPicker([&] { return QStringList{toQt(good.string())}; });
  click("addImportFiles");
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("startImport")->isEnabled(); }));
  settle();
  EXPECT_EQ(model()->rowCount(), 5) << "looking takes nothing";
  EXPECT_TRUE(text("importVerdict").startsWith(QStringLiteral("3 scenarios")));
  EXPECT_EQ(find<QTableWidget>("importItems")->rowCount(), 3);
  shoot("import");
  click("startImport");
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 3; })) << "the new ones are shown";
  settle();
  EXPECT_TRUE(said("importPanel").startsWith(QStringLiteral("3 scenarios were imported")));
  click("clearFilter");
  settle();
  EXPECT_EQ(model()->rowCount(), 8);
}

TEST_F(FilesTest, BadLinesAreToldAndCanBeLeftOut) {
  startSession();
  const auto bad = m_folder.write("bad.jsonl", line(1) + "{\"nothing\": 1}\n" + line(2));
  const auto junk = m_folder.write("junk.jsonl", std::string("\x89PNG\0\0garbage", 13));
  EXPECT_TRUE(m_page->dropped({toQt(bad.string())}));
  auto* start = find<QPushButton>("startImport");
  ASSERT_TRUE(spinUntil([&] { return find<QTableWidget>("importBad")->rowCount() == 1; }));
  EXPECT_FALSE(start->isEnabled());
  find<QTabWidget>("importDetails")->setCurrentIndex(1);
  shoot("import_bad");
  find<QCheckBox>("skipBad")->setChecked(true);
  ASSERT_TRUE(spinUntil([&] { return start->isEnabled(); }));
  EXPECT_TRUE(m_page->dropped({toQt(junk.string()), toQt((m_folder / "none.jsonl").string())}));
  ASSERT_TRUE(spinUntil([&] { return find<QTableWidget>("importFiles")->rowCount() == 3; }));
  QTest::qWait(200);
  settle();
  EXPECT_FALSE(start->isEnabled());
  for (int i = 0; i < 2; ++i) {
    find<QTableWidget>("importFiles")->selectRow(1);
    click("removeImportFile");
  }
  ASSERT_TRUE(spinUntil([&] { return start->isEnabled(); }));
  click("startImport");
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 2; }));
  EXPECT_FALSE(m_page->dropped({QStringLiteral("/some/picture.png")}));
}

TEST_F(FilesTest, ExportWritesWhatIsShown) {
  start(40);
  openTab(4);
  type("filterText", "child");
  settle();
  const int shown = model()->rowCount();
  ASSERT_GT(shown, 0);
  const auto target = m_folder / "out.jsonl";
  QString offered;
  find<ExportPanel>("exportPanel")->setPicker([&](const QString& name) {
    offered = name;
    return toQt(target.string());
  });
  click("startExport");
  ASSERT_TRUE(spinUntil([&] { return !said("exportPanel").isEmpty(); }));
  EXPECT_EQ(offered, QStringLiteral("scenarios.jsonl"));
  int lines = 0;
  EXPECT_OK(forEachLine(target, [&](std::string_view, std::size_t) -> Status {
    ++lines;
    return {};
  }));
  EXPECT_EQ(lines, shown);
  shoot("export");
  find<ExportPanel>("exportPanel")->setPicker([](const QString&) {
    return QStringLiteral("/nowhere/at/all.jsonl");
  });
  click("startExport");
  ASSERT_TRUE(spinUntil([&] { return said("exportPanel").contains(QStringLiteral("nowhere")); }));
}

TEST_F(FilesTest, FreezeSaysWhatIsLeftOutAndDatasetsAreKept) {
  add(broken());
  m_demo.addScenarios(100);
  startSession();
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 101; }));
  openTab(5);
  ASSERT_TRUE(spinUntil([&] {
    return text("freezeVerdict").startsWith(QStringLiteral("100 scenarios would be frozen"));
  }));
  EXPECT_TRUE(text("freezeVerdict").contains(QStringLiteral("Options alike")));
  EXPECT_FALSE(find<QPushButton>("startFreeze")->isEnabled()) << "it has no name yet";
  type("datasetName", "first");
  shoot("freeze");
  click("startFreeze");
  auto* list = find<QTableWidget>("datasetList");
  ASSERT_TRUE(spinUntil([&] { return list->rowCount() == 1; }));
  EXPECT_EQ(list->item(0, 0)->text(), QStringLiteral("first"));
  EXPECT_EQ(list->item(0, 1)->text(), QStringLiteral("100"));
  type("datasetName", "first");
  EXPECT_FALSE(find<QPushButton>("startFreeze")->isEnabled()) << "the name is taken";
  EXPECT_TRUE(text("freezeVerdict").contains(QStringLiteral("already")));
  find<QLineEdit>("datasetName")->clear();
  type("datasetName", "second");
  find<QSpinBox>("shareTrain")->setValue(50);
  EXPECT_FALSE(find<QPushButton>("startFreeze")->isEnabled());
  EXPECT_TRUE(text("shareSum").contains(QStringLiteral("60")));
  EXPECT_TRUE(text("freezeVerdict").contains(QStringLiteral("60")));
  click("showDataset");
  settle();
  EXPECT_EQ(model()->rowCount(), 100);
  shoot("datasets");
}

TEST_F(FilesTest, FreezesTheSelectionAndChoosesWhatWasFrozen) {
  start(30);
  m_demo.addDataset("older");
  m_page->findChild<QAction*>(QStringLiteral("freezeDataset"))->trigger();
  Q_EMIT m_session->contentChanged(Content::Datasets);
  auto* list = find<QTableWidget>("datasetList");
  ASSERT_TRUE(spinUntil([&] { return list->rowCount() == 1; }));
  table()->setCurrentId(ScenarioId(2));
  for (int i = 0; i < 6; ++i) press(Qt::Key_Down, Qt::ShiftModifier);
  m_page->findChild<QAction*>(QStringLiteral("freezeSelected"))->trigger();
  EXPECT_EQ(find<QComboBox>("freezeFrom")->currentText(), QStringLiteral("Selected rows (7)"));
  find<QSpinBox>("shareTrain")->setValue(100);
  find<QSpinBox>("shareEval")->setValue(0);
  ASSERT_TRUE(spinUntil([&] {
    return text("freezeVerdict").startsWith(QStringLiteral("7 scenarios would be frozen"));
  }));
  type("datasetName", "seven");
  shoot("freeze_selection");
  click("startFreeze");
  ASSERT_TRUE(spinUntil([&] { return list->rowCount() == 2; }));
  ASSERT_TRUE(spinUntil([&] {
    return list->currentRow() >= 0 && list->item(list->currentRow(), 0)->text() == u"seven";
  }));
  const auto connection = m_demo.project().connect();
  const auto dataset = store::DatasetRepository(**connection).find("seven");
  ASSERT_OK(dataset);
  EXPECT_EQ(dataset->items, 7);
  EXPECT_EQ(dataset->splits.size(), 1U);
  // A chosen group, here the dataset's own scenarios, is frozen likewise.
  click("showDataset");
  settle();
  ASSERT_EQ(model()->rowCount(), 7);
  find<QComboBox>("freezeFrom")->setCurrentIndex(1);
  type("datasetName", "again");
  ASSERT_TRUE(spinUntil([&] { return find<QPushButton>("startFreeze")->isEnabled(); }));
  click("startFreeze");
  ASSERT_TRUE(spinUntil([&] { return list->rowCount() == 3; }));
  EXPECT_EQ(store::DatasetRepository(**connection).find("again")->hash, dataset->hash);
}

TEST_F(FilesTest, DatasetsThatRunsUseStay) {
  m_demo.addScenarios(60);
  m_demo.addDataset("used");
  m_demo.addDataset("free");
  {
    const auto connection = m_demo.project().connect();
    store::RunRepository runs(**connection);
    wordsight::Run run;
    run.kind = RunKind::Training;
    run.name = "training";
    const auto id = runs.create(run);
    ASSERT_OK(id);
    const auto used = store::DatasetRepository(**connection).find("used");
    EXPECT_OK(runs.linkDataset(*id, used->id));
  }
  startSession();
  openTab(5);
  auto* list = find<QTableWidget>("datasetList");
  ASSERT_TRUE(spinUntil([&] { return list->rowCount() == 2; }));
  const int used = list->item(0, 0)->text() == u"used" ? 0 : 1;
  list->selectRow(used);
  EXPECT_FALSE(find<QPushButton>("deleteDataset")->isEnabled());
  list->selectRow(1 - used);
  click("deleteDataset");
  EXPECT_EQ(list->rowCount(), 2) << "asked first";
  shoot("delete_dataset");
  click("confirmDeleteButton");
  ASSERT_TRUE(spinUntil([&] { return list->rowCount() == 1; }));
  QVariantMap asked;
  QObject::connect(m_page.get(), &Page::navigate,
                   [&](PageId, const QVariantMap& what) { asked = what; });
  click("trainDataset");
  EXPECT_EQ(asked.value(QStringLiteral("dataset")).toString(), QStringLiteral("used"));
}

TEST_F(FilesTest, ReadOnlyProjectsAreLookedAtOnly) {
  m_demo.addScenarios(30);
  m_demo.addDataset("d");
  auto project = store::Project::open(m_demo.project().path(), store::OpenMode::ReadOnly);
  ASSERT_OK(project);
  m_session = std::make_unique<Session>(*project);
  m_page = std::make_unique<ScenariosPage>(Services{m_settings, m_catalog});
  m_page->resize(1208, 760);
  m_page->show();
  m_page->setSession(m_session.get());
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == 30; }));
  settle();
  table()->setFocus();
  press(Qt::Key_A);
  press(Qt::Key_1);
  settle();
  EXPECT_EQ(scenario(1).status, ReviewStatus::Undecided);
  EXPECT_TRUE(find<QPlainTextEdit>("situation")->isReadOnly());
  for (const char* name :
       {"newScenarioButton", "bulkAccept", "bulkReplace", "acceptButton", "startCheck",
        "startGenerate", "startFreeze", "deleteDataset", "addImportFiles"})
    EXPECT_FALSE(find<QAbstractButton>(name)->isEnabled()) << name;
  shoot("read_only");
}

}  // namespace
}  // namespace wordsight::ui
