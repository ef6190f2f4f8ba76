#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QToolButton>
#include <QUndoStack>

#include "bridge/format.h"
#include "compare_fixture.h"
#include "pages/compare/cell_row.h"
#include "pages/compare/cells_bar.h"
#include "store/prediction_repository.h"
#include "widgets/letter_badge.h"

namespace wordsight::ui {
namespace {

class CompareOverrideTest : public ComparePageTest {
 protected:
  /// Goes to the first item that a cell got wrong.
  std::size_t goToWrong(std::size_t of) {
    const auto& right = shown().cells[of].right;
    const auto item =
        static_cast<std::size_t>(std::find(right.begin(), right.end(), 0) - right.begin());
    auto* list = part<QListView>("itemList");
    list->setCurrentIndex(list->model()->index(static_cast<int>(item), 0));
    return item;
  }
  template <class T>
  T* of(CellRow* row, const QString& name) {
    T* found = row->findChild<T*>(name);
    if (!found) ADD_FAILURE() << "no " << fromQt(name);
    return found;
  }
  std::vector<store::ChoiceOverride> history(PredictionId prediction) {
    auto connection = project.project().connect();
    return store::PredictionRepository(**connection).overrides(prediction).value();
  }
};

TEST_F(CompareOverrideTest, ScoresFollowAndUndoRestores) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  const std::size_t c = cell("base · image");
  const std::size_t item = goToWrong(c);
  const int right = shown().cells[c].accuracy.right;
  const int key = shown().items[item].content.key;
  const auto prediction = shown().cells[c].answers[item].predictions.at(0);
  const std::string raw = shown().cells[c].answers[item].rawText;
  const Choice before = shown().cells[c].answers[item].choice;

  auto* row = part<CellRow>(qPrintable(QStringLiteral("cellRow%1").arg(c)));
  QTest::mouseClick(of<QToolButton>(row, QStringLiteral("overrideButton")), Qt::LeftButton);
  QTest::mouseClick(of<QToolButton>(row, QStringLiteral("override%1").arg(letterText(key))),
                    Qt::LeftButton);
  auto* note = of<QLineEdit>(row, QStringLiteral("overrideNote"));
  QTest::keyClicks(note, QStringLiteral("it says so further down"));
  settle();
  test::screenshots(*page, QStringLiteral("page_compare_override"));
  QTest::mouseClick(of<QPushButton>(row, QStringLiteral("overrideApply")), Qt::LeftButton);
  ASSERT_TRUE(test::spinUntil([&] { return shown().cells[c].accuracy.right == right + 1; }));
  EXPECT_EQ(shown().cells[c].answers[item].rawText, raw);
  EXPECT_EQ(shown().cells[c].answers[item].byRule.option, before.option);
  EXPECT_EQ(static_cast<std::size_t>(page->currentItem()), item);
  const auto* badge = of<LetterBadge>(row, QStringLiteral("cellLetter"));
  EXPECT_EQ(badge->letter(), key);
  EXPECT_EQ(badge->outcome(), LetterBadge::Outcome::Right);
  const auto chips = page->findChildren<CellChip*>();
  const auto& accuracy = shown().cells[c].accuracy;
  EXPECT_EQ(chips[static_cast<qsizetype>(c)]->score(),
            formatInterval(accuracy.value, accuracy.low, accuracy.high));
  ASSERT_EQ(history(prediction).size(), 1u);
  EXPECT_EQ(history(prediction)[0].note, "it says so further down");
  EXPECT_FALSE(history(prediction)[0].person.empty());

  session->undoStack().undo();
  ASSERT_TRUE(test::spinUntil([&] { return shown().cells[c].accuracy.right == right; }));
  EXPECT_EQ(shown().cells[c].answers[item].choice.option, before.option);
  EXPECT_EQ(history(prediction).size(), 2u);  // appended, never overwritten
  session->undoStack().redo();
  ASSERT_TRUE(test::spinUntil([&] { return shown().cells[c].accuracy.right == right + 1; }));

  // Withdrawn by hand: the rule's reading holds again.
  QTest::mouseClick(of<QToolButton>(row, QStringLiteral("overrideButton")), Qt::LeftButton);
  QTest::mouseClick(of<QPushButton>(row, QStringLiteral("overrideWithdraw")), Qt::LeftButton);
  ASSERT_TRUE(test::spinUntil([&] { return shown().cells[c].accuracy.right == right; }));
  EXPECT_EQ(history(prediction).size(), 4u);
}

TEST_F(CompareOverrideTest, TypingANoteIsNoShortcut) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  auto* list = part<QListView>("itemList");
  list->setFocus();
  QTest::keyClick(list, Qt::Key_O);
  auto* row = part<CellRow>("cellRow0");
  auto* note = of<QLineEdit>(row, QStringLiteral("overrideNote"));
  ASSERT_TRUE(note->isVisible());
  note->setFocus();
  QTest::keyClicks(note, QStringLiteral("jfko"));
  EXPECT_EQ(note->text(), QStringLiteral("jfko"));
  EXPECT_EQ(page->currentItem(), 0);
  QTest::keyClick(note, Qt::Key_Escape);
  EXPECT_FALSE(note->isVisible());
  EXPECT_TRUE(list->hasFocus()) << "the keyboard goes on with the items";
  // Asked for again while one is open: the next cell's.
  QTest::keyClick(list, Qt::Key_O);
  EXPECT_TRUE(note->isVisible());
  QTest::keyClick(page->focusWidget(), Qt::Key_O);
  EXPECT_FALSE(note->isVisible());
  EXPECT_TRUE(
      of<QLineEdit>(part<CellRow>("cellRow1"), QStringLiteral("overrideNote"))->isVisible());
}

TEST_F(CompareOverrideTest, NoAnswerCountsAsWrong) {
  addCells();
  openPage();
  ASSERT_TRUE(waitForComparison());
  const int unread = shown().cells[0].unread;
  auto* row = part<CellRow>("cellRow0");
  of<QToolButton>(row, QStringLiteral("overrideButton"))->click();
  of<QToolButton>(row, QStringLiteral("overrideNone"))->click();
  of<QPushButton>(row, QStringLiteral("overrideApply"))->click();
  ASSERT_TRUE(test::spinUntil([&] { return shown().cells[0].unread == unread + 1; }));
  EXPECT_FALSE(shown().cells[0].right[0]);
}

TEST_F(CompareOverrideTest, ReadingOnlyDecidesNothing) {
  addCells();
  openPage(store::OpenMode::ReadOnly);
  ASSERT_TRUE(waitForComparison());
  auto* button = of<QToolButton>(part<CellRow>("cellRow0"), QStringLiteral("overrideButton"));
  EXPECT_FALSE(button->isEnabled());
  EXPECT_TRUE(button->toolTip().contains(QStringLiteral("reading")));
  QTest::keyClick(part<QListView>("itemList"), Qt::Key_O);
  EXPECT_FALSE(page->findChild<QWidget*>(QStringLiteral("overrideEditor")));
}

}  // namespace
}  // namespace wordsight::ui
