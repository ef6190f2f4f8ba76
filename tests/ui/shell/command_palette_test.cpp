#include "shell/command_palette.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

#include "demo_project.h"
#include "fake_page.h"

namespace wordsight::ui::test {
namespace {

using wordsight::test::spinUntil;

class PaletteTest : public WindowTest {
 protected:
  void popUp() {
    m_window->actionNamed(QStringLiteral("palette"))->trigger();
    m_input = m_window->findChild<QLineEdit*>(QStringLiteral("commandInput"));
    m_list = m_window->findChild<QListView*>(QStringLiteral("commandList"));
  }
  QStringList shown() const {
    QStringList texts;
    for (int i = 0; i < m_list->model()->rowCount(); ++i)
      texts << m_list->model()->index(i, 0).data().toString();
    return texts;
  }
  QLineEdit* m_input = nullptr;
  QListView* m_list = nullptr;
};

TEST_F(PaletteTest, FindsPagesByAFewLetters) {
  QSignalSpy opened(m_window.get(), &MainWindow::sessionChanged);
  m_window->newProjectAt(path("a"));
  ASSERT_TRUE(spinUntil([&] { return !opened.isEmpty(); }));
  popUp();
  ASSERT_TRUE(m_input->isVisible());
  EXPECT_EQ(shown().first(), QStringLiteral("Paint the shed"));  // the page's own come first
  QTest::keyClicks(m_input, QStringLiteral("trn"));
  EXPECT_TRUE(shown().contains(QLatin1String("Train")));
  m_input->clear();
  QTest::keyClicks(m_input, QStringLiteral("Compare"));
  EXPECT_EQ(shown().first(), QStringLiteral("Compare"));
  m_window->resize(1280, 800);
  wordsight::test::screenshots(*m_window, QStringLiteral("window_palette"));
  QTest::keyClick(m_input, Qt::Key_Return);
  EXPECT_FALSE(m_input->isVisible());
  ASSERT_NE(page(PageId::Compare), nullptr);
  EXPECT_TRUE(page(PageId::Compare)->isVisible());
}

TEST_F(PaletteTest, LeavesOutWhatCannotBeDoneAndEscCloses) {
  popUp();
  EXPECT_FALSE(shown().contains(QLatin1String("Train")));
  EXPECT_TRUE(shown().contains(QLatin1String("Open the demo project")));
  QTest::keyClicks(m_input, QStringLiteral("zzzzqq"));
  EXPECT_TRUE(shown().isEmpty());
  auto* none = m_window->findChild<QLabel*>(QStringLiteral("commandNone"));
  EXPECT_TRUE(none->isVisible());
  EXPECT_TRUE(none->text().contains(QLatin1String("zzzzqq")));
  m_input->clear();
  EXPECT_FALSE(none->isVisible());
  EXPECT_TRUE(m_list->isVisible());
  QTest::keyClicks(m_input, QStringLiteral("zzzzqq"));
  QTest::keyClick(m_input, Qt::Key_Return);  // nothing chosen: nothing happens
  popUp();
  QTest::keyClick(m_input, Qt::Key_Escape);
  EXPECT_FALSE(m_input->isVisible());
}

}  // namespace
}  // namespace wordsight::ui::test
