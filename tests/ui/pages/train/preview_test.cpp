#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>

#include "bridge/format.h"
#include "pages/train/preview_panel.h"
#include "pages/train/token_view.h"
#include "train_fixture.h"
#include "widgets/message_bar.h"

namespace wordsight::ui::test {
namespace {

class PreviewTest : public TrainFixture {
 protected:
  const jobs::TrainPreview* preview() { return find<PreviewPanel>("previewPanel")->preview(); }
};

TEST_F(PreviewTest, SaysWhatTheTrainingWouldBe) {
  fillShort(30);
  ASSERT_TRUE(spinUntil([&] { return preview() && preview()->steps == 30; }));
  EXPECT_EQ(find<QLabel>("previewExamples")->text(), formatCount(preview()->samples));
  EXPECT_EQ(find<QLabel>("previewSteps")->text(), formatCount(30));
  EXPECT_NE(find<QLabel>("previewMemory")->text(), QStringLiteral("–"));
  const QString command = find<QPlainTextEdit>("trainCommand")->toPlainText();
  EXPECT_TRUE(command.startsWith(QLatin1String("wordsight-cli train "))) << fromQt(command);
  EXPECT_TRUE(command.contains(QLatin1String("--max-steps 30"))) << fromQt(command);

  auto* samples = find<QComboBox>("batchSample");
  EXPECT_EQ(samples->count(), 2);
  const auto& first = preview()->firstBatch.front();
  auto* view = find<TokenView>("batchTokens");
  EXPECT_EQ(view->sample().id, first.id);
  std::size_t letters = 0, counted = 0;
  for (const auto& piece : first.pieces) {
    letters += piece.letter;
    counted += piece.counted;
  }
  EXPECT_EQ(letters, 1u);
  EXPECT_GT(counted, 1u);
  click("nextSample");
  EXPECT_EQ(view->sample().id, preview()->firstBatch[1].id);

  // Another way to learn: every token counts.
  find<QComboBox>("loss")->setCurrentIndex(1);
  const double share = preview()->countedShare;
  ASSERT_TRUE(spinUntil([&] { return preview() && preview()->countedShare > share; }));
}

TEST_F(PreviewTest, TrainedTokensAreMarkedOnTheScreen) {
  fillShort(30);
  ASSERT_TRUE(spinUntil([&] { return preview() != nullptr; }));
  auto* view = find<TokenView>("batchTokens");
  const auto& pieces = view->sample().pieces;
  const QImage image = view->viewport()->grab().toImage();
  const auto ground = [&](std::size_t piece) {
    const QRectF box = view->pieceRect(piece);
    // The line below what is learned.
    return image.pixelColor(int(box.center().x()), int(box.bottom()));
  };
  const QColor base = view->palette().color(QPalette::Base);
  int marked = 0, plain = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const QRectF box = view->pieceRect(i);
    if (box.width() < 4 || box.bottom() > view->viewport()->height() - 4) continue;
    if (pieces[i].counted) {
      EXPECT_NE(ground(i), base) << pieces[i].text;
      ++marked;
    } else if (box.left() > 20) {
      ++plain;
    }
  }
  EXPECT_GT(plain, 5);
  view->setSample(
      {"x", {{"one ", 1, false, false}, {"B", 1, true, true}, {" two", 1, true, false}}, 3, 2});
  EXPECT_LT(view->pieceRect(0).right(), view->pieceRect(1).right());
  EXPECT_EQ(view->pieceRect(0).top(), view->pieceRect(2).top());
}

TEST_F(PreviewTest, HostileTextIsLaidOut) {
  auto* view = find<TokenView>("batchTokens");
  jobs::PreviewSample sample;
  sample.id = "bad";
  sample.pieces = {{std::string(50'000, 'x'), 1, true, false},
                   {"\n\n\n", 1, false, false},
                   {"", 1, false, false},
                   {"\xff\xfe", 1, true, true}};
  view->setSample(sample);
  view->resize(30, 30);
  view->grab();
  sample.pieces.assign(20'000, {"ab\n", 1, true, false});
  QElapsedTimer timer;
  timer.start();
  view->setSample(sample);
  RecordProperty("ms_to_lay_out", static_cast<int>(timer.elapsed()));
  EXPECT_LE(view->sample().pieces.size(), 2001u);
}

TEST_F(PreviewTest, FaultyDataIsToldBeforeTheStart) {
  fillShort(30);
  ASSERT_TRUE(spinUntil([&] { return preview() != nullptr; }));
  type("maxLength", QStringLiteral("12"));
  auto* message = find<MessageBar>("previewMessage");
  ASSERT_TRUE(spinUntil([&] {
    return message->kind() == MessageBar::Kind::Error && !message->sentence().isEmpty();
  }));
  EXPECT_TRUE(message->sentence().contains(QLatin1String("Longest example")));
}

TEST_F(PreviewTest, ThePageMayGoWhileThePreviewIsComputed) {
  chooseModel();
  for (int i = 0; i < 5; ++i) {
    type("rank", QString::number(3 + i));
    spinUntil([] { return false; }, 310);  // just begun
    page().setSession(nullptr);
    m_page.reset();
    makePage();
  }
}

}  // namespace
}  // namespace wordsight::ui::test
