#include "pages/compare/compare_page.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include "bridge/model_catalog.h"
#include "demo_project.h"
#include "widgets/theme.h"

namespace wordsight::ui {
namespace {

class ComparePageTest : public ::testing::Test {
 protected:
  ComparePageTest()
      : settings(QString::fromStdString((project.folder() / "settings.ini").string())),
        catalog(settings) {
    applyTheme(ThemeChoice::Light);
  }
  void addCells() {
    project.addBenchmark();
    int percent = 45;
    for (const char* name : {"base", "tuned"})
      for (const char* arm : {"caption", "image", "blind"}) {
        percent += 6;
        project.addRecorded(name, arm, percent / 100.0, static_cast<std::uint64_t>(percent));
      }
  }
  void openPage() {
    session = std::make_unique<Session>(project.project());
    page = std::make_unique<ComparePage>(Services{settings, catalog});
    page->resize(1180, 760);
    page->setSession(session.get());
    page->show();
  }
  bool waitForComparison() {
    return test::spinUntil([this] {
      return page->comparison() && (page->comparison()->comparison.pairs.empty() ||
                                    page->comparison()->comparison.pairs.back().intervalKnown);
    });
  }
  template <class T>
  T* part(const char* name) {
    T* found = page->findChild<T*>(QString::fromLatin1(name));
    if (!found) ADD_FAILURE() << "no " << name;
    return found;
  }
  void TearDown() override {
    if (page) page->setSession(nullptr);
    page.reset();
    session.reset();
  }

  test::DemoProject project;
  Settings settings;
  ModelCatalog catalog;
  std::unique_ptr<Session> session;
  std::unique_ptr<ComparePage> page;
};

TEST_F(ComparePageTest, ShowsTheLatestCellsSideBySide) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  EXPECT_EQ(page->comparison()->cells.size(), 6u);
  EXPECT_TRUE(test::spinUntil([this] { return page->loader()->idle(); }));
  test::screenshots(*page, QStringLiteral("page_compare_list"));
}

}  // namespace
}  // namespace wordsight::ui
