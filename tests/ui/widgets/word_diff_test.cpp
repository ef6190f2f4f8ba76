#include "widgets/word_diff.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QElapsedTimer>
#include <random>

#include "widgets/theme.h"

namespace wordsight::ui {
namespace {

using Kind = DiffPart::Kind;

QString side(const std::vector<DiffPart>& parts, Kind without) {
  QString text;
  for (const auto& part : parts)
    if (part.kind != without) text += part.text;
  return text;
}

void expectRebuilds(const QString& before, const QString& after) {
  const auto parts = wordDiff(before, after);
  EXPECT_EQ(side(parts, Kind::Added), before);
  EXPECT_EQ(side(parts, Kind::Removed), after);
}

TEST(WordDiff, OneWordChanged) {
  const auto parts = wordDiff(QStringLiteral("A child fell off the bicycle."),
                              QStringLiteral("A man fell off the bicycle."));
  const std::vector<DiffPart> expected = {{Kind::Same, QStringLiteral("A ")},
                                          {Kind::Removed, QStringLiteral("child")},
                                          {Kind::Added, QStringLiteral("man")},
                                          {Kind::Same, QStringLiteral(" fell off the bicycle.")}};
  EXPECT_EQ(parts, expected);
}

TEST(WordDiff, NeighboursReadAsOne) {
  const auto parts =
      wordDiff(QStringLiteral("the red car stops"), QStringLiteral("the blue van stops"));
  const std::vector<DiffPart> expected = {{Kind::Same, QStringLiteral("the ")},
                                          {Kind::Removed, QStringLiteral("red car")},
                                          {Kind::Added, QStringLiteral("blue van")},
                                          {Kind::Same, QStringLiteral(" stops")}};
  EXPECT_EQ(parts, expected);
}

TEST(WordDiff, EmptyAndEqualTexts) {
  EXPECT_TRUE(wordDiff({}, {}).empty());
  const QString text = QStringLiteral("nothing new");
  EXPECT_EQ(wordDiff(text, text), (std::vector<DiffPart>{{Kind::Same, text}}));
  EXPECT_EQ(wordDiff({}, text), (std::vector<DiffPart>{{Kind::Added, text}}));
  EXPECT_EQ(wordDiff(text, {}), (std::vector<DiffPart>{{Kind::Removed, text}}));
}

TEST(WordDiff, BothSidesComeBackWhole) {
  std::mt19937 random(3);
  const QStringList words = {
      QStringLiteral("ice"),  QStringLiteral("on"),          QStringLiteral("the"),
      QStringLiteral("pond"), QStringLiteral("."),           QStringLiteral("\n"),
      QStringLiteral("孩子"), QStringLiteral("👩‍👧"), QStringLiteral("né")};
  for (int round = 0; round < 300; ++round) {
    QString before, after;
    for (int i = 0; i < 40; ++i) {
      const QString word = words[static_cast<int>(random() % 9)] + u' ';
      if (random() % 4) before += word;
      if (random() % 4) after += word;
    }
    expectRebuilds(before, after);
  }
}

TEST(WordDiff, HugeAndUnlikeTextsEndSoon) {
  std::mt19937 random(5);
  QString before, after;
  for (int i = 0; i < 4000; ++i) {
    before += QString::number(random() % 1000) + u' ';
    after += QString::number(random() % 1000) + u' ';
  }
  QElapsedTimer timer;
  timer.start();
  expectRebuilds(before, after);
  RecordProperty("milliseconds", static_cast<int>(timer.elapsed()));
}

TEST(WordDiff, WidgetShowsChangesOnly) {
  applyTheme(ThemeChoice::Light);
  WordDiff diff;
  diff.setSections(
      {{QStringLiteral("Situation"), QStringLiteral("old text"), QStringLiteral("new text")},
       {QStringLiteral("Question"), QStringLiteral("Why?"), QStringLiteral("Why?")}});
  EXPECT_EQ(diff.changedSections(), 1);
  EXPECT_TRUE(diff.toPlainText().contains(QStringLiteral("oldnew text")));
  EXPECT_TRUE(diff.toPlainText().contains(QStringLiteral("Question (unchanged)")));
  diff.setOnlyChanges(true);
  EXPECT_FALSE(diff.toPlainText().contains(QStringLiteral("Question")));
  const QString same = QStringLiteral("Why?");
  diff.setSections({{QStringLiteral("Question"), same, same}});
  EXPECT_EQ(diff.toPlainText(), QStringLiteral("No difference."));
  diff.setPlain(true);
  EXPECT_EQ(diff.toPlainText(), QStringLiteral("Question\nWhy?"));
  diff.setSections({});
  EXPECT_TRUE(diff.toPlainText().isEmpty())
      << "without anything to compare there is nothing to say";
}

}  // namespace
}  // namespace wordsight::ui
