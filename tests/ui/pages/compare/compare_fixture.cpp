#include "compare_fixture.h"

#include "widgets/theme.h"

namespace wordsight::ui {

ComparePageTest::ComparePageTest()
    : settings(QString::fromStdString((project.folder() / "settings.ini").string())),
      catalog(settings) {
  applyTheme(ThemeChoice::Light);
}

ComparePageTest::~ComparePageTest() {
  if (page) page->setSession(nullptr);
  page.reset();
  session.reset();
}

void ComparePageTest::addCells() {
  project.addBenchmark();
  int percent = 45;
  for (const char* name : {"base", "tuned"})
    for (const char* arm : {"caption", "image", "blind"}) {
      percent += 6;
      project.addRecorded(name, arm, percent / 100.0, static_cast<std::uint64_t>(percent));
    }
}

void ComparePageTest::openPage(store::OpenMode mode) {
  auto opened = store::Project::open(project.project().path(), mode);
  ASSERT_TRUE(opened) << opened.error().message;
  session = std::make_unique<Session>(std::move(*opened));
  page = std::make_unique<ComparePage>(Services{settings, catalog});
  page->resize(1180, 760);
  page->setSession(session.get());
  page->show();
  EXPECT_TRUE(QTest::qWaitForWindowExposed(page.get()));
}

bool ComparePageTest::waitForComparison() {
  return test::spinUntil([this] {
    return page->comparison() && (shown().pairs.empty() || shown().pairs.back().intervalKnown);
  });
}

void ComparePageTest::settle() {
  EXPECT_TRUE(test::spinUntil([this] { return page->loader()->idle(); }));
  QTest::qWait(1);
}

std::size_t ComparePageTest::cell(const std::string& name) const {
  for (std::size_t c = 0; c < shown().cells.size(); ++c)
    if (shown().cells[c].name == name) return c;
  ADD_FAILURE() << "no cell " << name;
  return 0;
}

}  // namespace wordsight::ui
