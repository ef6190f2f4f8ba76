// Benchmarks come in by clicks and by drop, with their report; pictures are joined anew.

#include <QClipboard>
#include <QLabel>
#include <filesystem>

#include "base/file.h"
#include "evaluate_fixture.h"
#include "pages/evaluate/benchmark_import.h"
#include "pages/evaluate/benchmark_report_panel.h"
#include "widgets/elided_label.h"
#include "widgets/path_field.h"

namespace wordsight::ui::test {
namespace {

using EvaluateBenchmark = EvaluateFixture;

/// Two good items, one without a key that says it elsewhere, one without any.
const char* const kFaulty = R"([
 {"index": 1, "image_file": "1.jpg", "situation_description": "A child cries.",
  "action_list": ["A. Comfort it.", "B. Walk on.", "C. Laugh."], "answer": "A"},
 {"index": 2, "image_file": "2.jpg", "situation_description": "A man fell.",
  "action_list": ["A. Help him up.", "B. Take a photo.", "C. Walk on."], "answer": "A"},
 {"index": 3, "image_file": "3.jpg", "situation_description": "Smoke rises.",
  "action_list": ["A. Call for help.", "B. Wait.", "C. Sleep."], "answer": null}
])";

TEST_F(EvaluateBenchmark, AnEmptyProjectSaysHowToBegin) {
  openPage();
  auto* empty = find<QWidget>("noBenchmark");
  ASSERT_TRUE(spinUntil([&] { return empty->isVisible(); }));
  click("actionImportBenchmarkButton");
  EXPECT_TRUE(find<QWidget>("benchmarkImportForm")->isVisible());
  EXPECT_FALSE(find<QAbstractButton>("benchmarkImport")->isEnabled());
}

TEST_F(EvaluateBenchmark, ImportedByClicks) {
  unpack();
  openPage();
  ASSERT_TRUE(spinUntil([&] { return find<QWidget>("noBenchmark")->isVisible(); }));
  click("actionImportBenchmarkButton");
  auto* file = find<PathField>("benchmarkAnnotations");
  QTest::keyClicks(&file->line(), toQt(m_world.items));
  find<PathField>("benchmarkPictures")->setPicker([&](const QString&) {
    return toQt(m_world.pictures);
  });
  QTest::mouseClick(find<PathField>("benchmarkPictures")->findChild<QAbstractButton*>(),
                    Qt::LeftButton);
  auto* name = find<QLineEdit>("benchmarkName");
  name->selectAll();
  QTest::keyClicks(name, QStringLiteral("drawn"));
  click("benchmarkImport");
  ASSERT_TRUE(waitIdle());
  ASSERT_TRUE(spinUntil([&] { return find<QComboBox>("benchmarkChoice")->count() == 1; }));
  EXPECT_EQ(find<QComboBox>("benchmarkChoice")->currentText(), QStringLiteral("drawn"));
  EXPECT_TRUE(find("benchmarkCounts")->accessibleName().startsWith(QStringLiteral("300 item")));
  EXPECT_TRUE(
      find<ElidedLabel>("benchmarkPictureState")->text().startsWith(QStringLiteral("300 of 300")));
  EXPECT_TRUE(find<QWidget>("benchmarkReport")->isVisible());
}

TEST_F(EvaluateBenchmark, TheDemosOwnComesWithItsModelAndWording) {
  openPage();
  ASSERT_TRUE(spinUntil([&] { return find<QWidget>("noBenchmark")->isVisible(); }));
  click("actionDemoBenchmarkButton");
  ASSERT_TRUE(waitIdle());
  ASSERT_TRUE(spinUntil([&] { return find<CellTile>("cell_base_image")->isEnabled(); }))
      << find<CellTile>("cell_base_image")->toolTip().toStdString();
  EXPECT_EQ(find<QComboBox>("prompt")->currentText(), QStringLiteral("demo"));
  EXPECT_EQ(page().form().spec(false, Arm::Caption).precision, Precision::F32);
}

TEST_F(EvaluateBenchmark, ABrokenFileIsRefusedInPlace) {
  openPage();
  ASSERT_TRUE(spinUntil([&] { return find<QWidget>("noBenchmark")->isVisible(); }));
  const auto file = m_project->folder() / "broken.json";
  ASSERT_OK(writeFileAtomically(file, "[{\"index\": 1,"));
  ASSERT_TRUE(page().dropped({toQt(file.string())}));
  click("benchmarkImport");
  ASSERT_TRUE(waitIdle());
  ASSERT_TRUE(spinUntil([&] { return !message("benchmarkImportForm").isEmpty(); }));
  EXPECT_TRUE(message("benchmarkImportForm").contains(QStringLiteral("broken.json")))
      << message("benchmarkImportForm").toStdString();
  EXPECT_TRUE(find<QAbstractButton>("benchmarkImport")->isEnabled()) << "one can try again";
}

TEST_F(EvaluateBenchmark, TheReportListsFiltersAndCopies) {
  openPage();
  const auto file = m_project->folder() / "faulty.json";
  ASSERT_OK(writeFileAtomically(file, kFaulty));
  ASSERT_OK(makeFolder(m_project->folder() / "some"));
  ASSERT_OK(writeFileAtomically(m_project->folder() / "some" / "2.png", "not looked into"));
  page().dropped({toQt(file.string())});
  page().importForm().setPictures(toQt((m_project->folder() / "some").string()));
  click("benchmarkImport");
  ASSERT_TRUE(waitIdle());
  auto* table = find<QTableView>("issueTable");
  ASSERT_TRUE(spinUntil([&] { return table->model()->rowCount() > 0; }));
  const int all = table->model()->rowCount();
  EXPECT_GE(all, 3) << "a key, and two pictures";
  auto* field = find<QComboBox>("issueField");
  field->setCurrentIndex(field->findData(QStringLiteral("image_file")));
  EXPECT_EQ(table->model()->rowCount(), 2);
  QTest::keyClicks(find<QLineEdit>("issueFilter"), QStringLiteral("3.jpg"));
  EXPECT_EQ(table->model()->rowCount(), 1);
  click("copyIssues");
  EXPECT_EQ(QGuiApplication::clipboard()->text().count(u'\n'), 1);
  click("copyMissing");
  EXPECT_EQ(QGuiApplication::clipboard()->text(), QStringLiteral("1.jpg\n3.jpg"));
}

TEST_F(EvaluateBenchmark, PicturesAreJoinedLaterEvenWithoutTheFile) {
  unpack();
  openPage();
  const auto copy = m_project->folder() / "items.json";
  std::filesystem::copy_file(m_world.items, copy);
  page().dropped({toQt(copy.string())});
  click("benchmarkImport");
  ASSERT_TRUE(waitIdle());
  ASSERT_TRUE(spinUntil([&] { return find<QComboBox>("benchmarkChoice")->count() == 1; }));
  EXPECT_TRUE(
      find<ElidedLabel>("benchmarkPictureState")->text().contains(QStringLiteral("No pictures")));
  EXPECT_EQ(find<QTableView>("issueTable")->model()->rowCount(), 0)
      << "said once, not for every item";
  std::filesystem::remove(copy);
  page().report().setFolderPicker([&](const QString&) { return toQt(m_world.pictures); });
  click("joinPictures");
  ASSERT_TRUE(waitIdle());
  ASSERT_TRUE(spinUntil([&] {
    return find<ElidedLabel>("benchmarkPictureState")
        ->text()
        .startsWith(QStringLiteral("300 of 300"));
  }));
  EXPECT_TRUE(find<QWidget>("noIssues")->isVisible());
  // A folder that is none is refused where it was asked for.
  page().report().setFolderPicker(
      [&](const QString&) { return QStringLiteral("/nowhere/at/all"); });
  click("joinPictures");
  ASSERT_TRUE(waitIdle());
  ASSERT_TRUE(
      spinUntil([&] { return message("benchmarkReport").contains(QStringLiteral("/nowhere")); }));
}

TEST_F(EvaluateBenchmark, PicturesThatVanishedAreSaid) {
  m_world = m_project->addBenchmark();
  openPage();
  const auto moved = m_project->folder() / "moved";
  std::filesystem::rename(m_world.pictures, moved);
  page().shown();
  ASSERT_TRUE(
      spinUntil([&] { return find<QTableView>("issueTable")->model()->rowCount() == 300; }));
  EXPECT_TRUE(page().dropped({toQt(moved.string())}));
  ASSERT_TRUE(spinUntil([&] { return session().busy(); }));
  ASSERT_TRUE(waitIdle());
  ASSERT_TRUE(spinUntil([&] { return find<QTableView>("issueTable")->model()->rowCount() == 0; }));
}

TEST_F(EvaluateBenchmark, RecordedAnswersBecomeAnEvaluation) {
  m_project->addBenchmark();
  openPage();
  std::string lines;
  for (int i = 0; i < 30; ++i)
    lines += "{\"index\": " + std::to_string(i) + ", \"letter\": \"A\"}\n";
  const auto file = m_project->folder() / "theirs.jsonl";
  ASSERT_OK(writeFileAtomically(file, lines));
  ASSERT_TRUE(page().dropped({toQt(file.string())}));
  EXPECT_EQ(find<QLineEdit>("recordedName")->text(), QStringLiteral("theirs"));
  click("recordedImport");
  ASSERT_TRUE(waitIdle());
  const auto entries = stored();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_FALSE(entries[0].recorded.empty());
  EXPECT_GT(entries[0].tally.n, 20);
  ASSERT_TRUE(
      spinUntil([&] { return find<QTableView>("evaluationTable")->model()->rowCount() == 1; }));
  // A file that joins nothing is refused in place.
  const auto bad = m_project->folder() / "bad.jsonl";
  ASSERT_OK(writeFileAtomically(bad, "{\"index\": 99999, \"letter\": \"A\"}\n"));
  page().dropped({toQt(bad.string())});
  click("recordedImport");
  ASSERT_TRUE(waitIdle());
  EXPECT_EQ(stored().size(), 2u);
}

TEST_F(EvaluateBenchmark, ReadOnlyProjectsSayWhyNothingCanBeRun) {
  m_world = m_project->addBenchmark();
  m_project->addRecorded("theirs", "image", 0.5);
  openPage(true);
  ASSERT_TRUE(
      spinUntil([&] { return find<QTableView>("evaluationTable")->model()->rowCount() == 1; }));
  page().form().model().setFolder(worldModel());
  auto* tile = find<CellTile>("cell_base_caption");
  EXPECT_FALSE(tile->isEnabled());
  EXPECT_TRUE(tile->toolTip().contains(QStringLiteral("reading only")))
      << tile->toolTip().toStdString();
  EXPECT_FALSE(find<QAbstractButton>("topImport")->isEnabled());
  EXPECT_FALSE(find<QAbstractButton>("joinPictures")->isEnabled());
  EXPECT_FALSE(page().dropped({QStringLiteral("/tmp/x.json")}));
}

}  // namespace
}  // namespace wordsight::ui::test
