// What the page draws with: the picture's zoom, the matrix, the bars and badges.
#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include "bridge/format.h"
#include "widgets/letter_badge.h"
#include "widgets/picture_view.h"
#include "widgets/probability_bars.h"
#include "widgets/theme.h"
#include "widgets/transition_matrix.h"

namespace wordsight::ui {
namespace {

QImage picture(int width, int height) {
  QImage image(width, height, QImage::Format_RGB32);
  image.fill(Qt::blue);
  return image;
}

void wheel(QWidget& widget, const QPointF& at, int notches) {
  QWheelEvent event(at, widget.mapToGlobal(at), {}, QPoint(0, 120 * notches), Qt::NoButton,
                    Qt::NoModifier, Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(&widget, &event);
}

class PictureViewTest : public ::testing::Test {
 protected:
  PictureViewTest() {
    applyTheme(ThemeChoice::Light);
    view.resize(400, 300);
    view.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&view));
  }
  QImage shot() { return view.grab().toImage(); }
  PictureView view;
};

TEST_F(PictureViewTest, FitsWithoutStretching) {
  view.setPicture(picture(400, 100), {1600, 400});
  EXPECT_TRUE(view.fitted());
  EXPECT_DOUBLE_EQ(view.zoom(), 0.25);
  const QImage seen = shot();
  EXPECT_EQ(seen.pixelColor(200, 150), QColor(Qt::blue));
  EXPECT_EQ(seen.pixelColor(200, 110), QColor(Qt::blue));
  EXPECT_NE(seen.pixelColor(200, 90), QColor(Qt::blue));  // nothing above: not stretched
}

TEST_F(PictureViewTest, SmallPicturesKeepWholePixels) {
  view.setPicture(picture(64, 64), {64, 64});
  EXPECT_DOUBLE_EQ(view.zoom(), 4);  // 300 / 64 = 4.7
}

TEST_F(PictureViewTest, WheelZoomsAtThePointerAndDraggingMoves) {
  view.setPicture(picture(400, 300), {1600, 1200});
  QSignalSpy whole(&view, &PictureView::wholeWanted);
  wheel(view, {100, 100}, 3);
  EXPECT_FALSE(view.fitted());
  EXPECT_GT(view.zoom(), 0.25);
  EXPECT_EQ(whole.count(), 1);  // larger than the copy at hand, asked once
  wheel(view, {100, 100}, 1);
  EXPECT_EQ(whole.count(), 1);
  view.improve(picture(1600, 1200));
  EXPECT_FALSE(view.fitted());
  EXPECT_EQ(view.image().width(), 1600);
  view.improve(picture(400, 300));  // a fitted copy that comes late
  EXPECT_EQ(view.image().width(), 1600);
  QTest::mousePress(&view, Qt::LeftButton, {}, {200, 150});
  QTest::mouseMove(&view, {150, 150});
  QTest::mouseRelease(&view, Qt::LeftButton, {}, {150, 150});
  for (int i = 0; i < 40; ++i) wheel(view, {200, 150}, 1);
  EXPECT_DOUBLE_EQ(view.zoom(), 8);
  for (int i = 0; i < 60; ++i) wheel(view, {200, 150}, -1);
  EXPECT_TRUE(view.fitted());
}

TEST_F(PictureViewTest, DoubleClickAndKeysGoBetweenFitAndNatural) {
  view.setPicture(picture(400, 300), {1600, 1200});
  QTest::mouseDClick(&view, Qt::LeftButton, {}, {10, 10});
  EXPECT_DOUBLE_EQ(view.zoom(), 1);
  QTest::mouseDClick(&view, Qt::LeftButton, {}, {10, 10});
  EXPECT_TRUE(view.fitted());
  QTest::keyClick(&view, Qt::Key_Space);
  EXPECT_DOUBLE_EQ(view.zoom(), 1);
  QTest::keyClick(&view, Qt::Key_Plus);
  EXPECT_GT(view.zoom(), 1);
  QTest::keyClick(&view, Qt::Key_0);
  EXPECT_TRUE(view.fitted());
  // Another picture begins fitted.
  view.zoomToNatural();
  view.setPicture(picture(400, 300), {1600, 1200});
  EXPECT_TRUE(view.fitted());
}

TEST_F(PictureViewTest, APreviewBecomesSharpAndSaysSo) {
  QSignalSpy shown(&view, &PictureView::shownPicture);
  view.setPicture(picture(160, 120), {1600, 1200}, true);
  shot();
  EXPECT_EQ(shown.count(), 1);
  EXPECT_TRUE(view.preview());
  view.improve(picture(400, 300));
  shot();
  EXPECT_EQ(shown.count(), 2);
  EXPECT_FALSE(view.preview());
  view.setMessage(QStringLiteral("picture-missing"), QStringLiteral("gone"));
  shot();
  EXPECT_EQ(shown.count(), 3);
  EXPECT_FALSE(view.hasPicture());
  view.toggleZoom();  // nothing to zoom
  wheel(view, {10, 10}, 1);
  EXPECT_TRUE(view.fitted());
}

TEST(TransitionMatrixTest, ReachedByTheKeyboardAlone) {
  TransitionMatrix matrix;
  matrix.setNames(QStringLiteral("base"), QStringLiteral("tuned"));
  matrix.setCounts(10, 2, 30, 4);
  matrix.resize(matrix.sizeHint());
  matrix.show();
  using Field = TransitionMatrix::Field;
  std::optional<Field> chosen;
  QObject::connect(&matrix, &TransitionMatrix::fieldChosen, &matrix,
                   [&](std::optional<Field> field) { chosen = field; });
  QTest::keyClick(&matrix, Qt::Key_Right);
  QTest::keyClick(&matrix, Qt::Key_Down);
  QTest::keyClick(&matrix, Qt::Key_Return);
  EXPECT_EQ(chosen, Field::BothWrong);
  QTest::keyClick(&matrix, Qt::Key_Left);
  QTest::keyClick(&matrix, Qt::Key_Space);
  EXPECT_EQ(chosen, Field::WrongToRight);
  QTest::keyClick(&matrix, Qt::Key_Escape);
  EXPECT_FALSE(chosen);
  EXPECT_TRUE(matrix.accessibleDescription().contains(QStringLiteral("wrong → right: 30")));
  // Between the fields there is nothing to click.
  QTest::mouseClick(&matrix, Qt::LeftButton, {}, {2, 2});
  EXPECT_FALSE(chosen);
}

TEST(ProbabilityBarsTest, SaysWhatItShows) {
  ProbabilityBars bars;
  bars.setProbabilities({0.7, 0.2, 0.1}, 0, 1);
  EXPECT_TRUE(bars.accessibleName().contains(QStringLiteral("(key)")));
  EXPECT_TRUE(bars.accessibleName().contains(QStringLiteral("(chosen)")));
  bars.resize(bars.sizeHint());
  EXPECT_FALSE(bars.grab().isNull());
  bars.setProbabilities({}, -1, -1);
  EXPECT_FALSE(bars.grab().isNull());
}

TEST(LetterBadgeTest, SaysLetterAndOutcome) {
  LetterBadge badge;
  badge.setLetter(2, LetterBadge::Outcome::Right);
  EXPECT_EQ(badge.accessibleName(), QStringLiteral("C, right"));
  badge.setLetter(-1, LetterBadge::Outcome::Wrong);
  EXPECT_EQ(badge.accessibleName(), QStringLiteral("no option, wrong"));
  EXPECT_FALSE(badge.grab().isNull());
}

}  // namespace
}  // namespace wordsight::ui
