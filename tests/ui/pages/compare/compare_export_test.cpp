#include "pages/compare/compare_export.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QMenu>
#include <QSignalSpy>

#include "base/file.h"
#include "bridge/format.h"
#include "compare_fixture.h"
#include "eval/export_table.h"
#include "widgets/message_bar.h"

namespace wordsight::ui {
namespace {

class CompareExportTest : public ComparePageTest {
 protected:
  /// Chooses an entry of the menu and answers its question with a file.
  std::string save(const char* action, const std::filesystem::path& file) {
    QSignalSpy saved(page->exporter(), &CompareExport::saved);
    QSignalSpy failed(page->exporter(), &CompareExport::failed);
    page->exporter()->setAskFile(
        [file](const QString&, const QString&, const QString&) { return toQt(file.string()); });
    page->exporter()->menu()->findChild<QAction*>(QString::fromLatin1(action))->trigger();
    EXPECT_TRUE(test::spinUntil([&] { return saved.count() + failed.count() > 0; }, 60'000));
    if (failed.count() > 0) return fromQt(failed[0][0].toString());
    return {};
  }
  std::string text(const std::filesystem::path& file) {
    return readFile(file).value_or("unreadable");
  }
};

TEST_F(CompareExportTest, TablesAreEvalsOwn) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  const auto at = [this](const char* name) { return project.folder() / name; };
  EXPECT_EQ(save("exportItems", at("items.csv")), "");
  EXPECT_EQ(text(at("items.csv")), eval::itemsCsv(shown()));
  EXPECT_EQ(save("exportCells", at("cells.csv")), "");
  EXPECT_EQ(text(at("cells.csv")), eval::cellsCsv(shown()));
  EXPECT_EQ(save("exportPairs", at("pairs.csv")), "");
  EXPECT_EQ(text(at("pairs.csv")), eval::pairsCsv(shown()));
  EXPECT_EQ(save("exportLatex", at("tables.tex")), "");
  EXPECT_NE(text(at("tables.tex")).find("\\toprule"), std::string::npos);
  EXPECT_EQ(save("exportPicture", at("statistics.png")), "");
  EXPECT_GT(QImage(toQt(at("statistics.png").string())).width(), 2000);
}

TEST_F(CompareExportTest, TheReportIsAJob) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  const auto file = project.folder() / "report.html";
  EXPECT_EQ(save("exportReport", file), "");
  const std::string html = text(file);
  EXPECT_NE(html.find("tuned · image"), std::string::npos);
  EXPECT_GT(html.size(), 3'000'000u) << "pictures are inside";
  EXPECT_TRUE(part<MessageBar>("messageBar")->sentence().contains(QStringLiteral("report.html")));
}

TEST_F(CompareExportTest, WhatCannotBeWrittenIsSaidInPlace) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  const auto nowhere = project.folder() / "no" / "such" / "folder" / "items.csv";
  EXPECT_NE(save("exportItems", nowhere), "");
  auto* message = part<MessageBar>("messageBar");
  EXPECT_EQ(message->kind(), MessageBar::Kind::Error);
  EXPECT_TRUE(message->sentence().contains(QStringLiteral("items.csv")))
      << fromQt(message->sentence());
  EXPECT_NE(save("exportReport", nowhere), "");
}

TEST_F(CompareExportTest, CopiesTheCommand) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  page->exporter()->menu()->findChild<QAction*>(QStringLiteral("copyCommand"))->trigger();
  const QString command = QGuiApplication::clipboard()->text();
  EXPECT_TRUE(command.contains(QStringLiteral("compare"))) << fromQt(command);
}

}  // namespace
}  // namespace wordsight::ui
