#include "text/unicode.h"

#include <gtest/gtest.h>

#include "base/time.h"

namespace wordsight::text {
namespace {

TEST(Unicode, ReadsAndWritesCharacters) {
  for (const char32_t c :
       {U'a', U'\x7F', U'\x80', U'\x7FF', U'\x800', U'\xFFFF', U'\x10000', U'\x10FFFF'}) {
    std::string text;
    appendUtf8(text, c);
    std::size_t length = 0;
    EXPECT_EQ(characterAt(text, 0, &length), c);
    EXPECT_EQ(length, text.size());
  }
}

TEST(Unicode, NormalizesToFormC) {
  EXPECT_EQ(toNfc("e\u0301"), "\u00e9");
  EXPECT_EQ(toNfc("\u212b A\u030a"), "\u00c5 \u00c5");
  EXPECT_EQ(toNfc("q\u0307\u0323"), "q\u0323\u0307");
  EXPECT_EQ(toNfc("\u1112\u1161\u11ab"), "\ud55c");
  EXPECT_EQ(toNfc("\u0958"), "\u0915\u093c");  // excluded from composition
  EXPECT_EQ(toNfc("plain \u00e9"), "plain \u00e9");
  EXPECT_EQ(toNfc(std::string_view("a\0e\u0301", 5)), std::string_view("a\0\u00e9", 4));
  EXPECT_EQ(toNfc(""), "");
}

TEST(Unicode, LeavesAloneWhatTheReferencesNfcDoesNotKnow) {
  EXPECT_EQ(toNfc("\u07fd\u0334"), "\u07fd\u0334");                  // a mark since Unicode 11
  EXPECT_EQ(toNfc("\U00011935\U00011930"), "\U00011935\U00011930");  // composes since Unicode 13
}

TEST(Unicode, OrdersLongRunsOfMarksQuickly) {
  std::string text = "a";
  for (int i = 0; i < 200'000; ++i) text += i % 2 == 0 ? "\u0301" : "\u0316";
  const Stopwatch watch;
  const auto normal = toNfc(text);
  EXPECT_LT(watch.seconds(), 5) << "neighbour by neighbour this takes minutes";
  EXPECT_EQ(normal.substr(0, 4), "\u00e1\u0316");
}

TEST(Unicode, TellsClassesAsTheReferenceDoes) {
  EXPECT_TRUE(isSpace(0x85));
  EXPECT_FALSE(isSpace(0x180E));
  EXPECT_FALSE(isSpace(0x1C));
  EXPECT_TRUE(isNumeric(0x11DE0));  // Unicode 17
  EXPECT_TRUE(isNumeric(U'½'));
  EXPECT_FALSE(isNumeric(U'一'));
  EXPECT_TRUE(isWord('_'));
  EXPECT_TRUE(isWord(0x200D));
  EXPECT_FALSE(isWord('-'));
  EXPECT_FALSE(laterRanges("Han"));
  EXPECT_TRUE(laterRanges("Lt")->empty());
  EXPECT_FALSE(laterRanges("L")->empty());
}

}  // namespace
}  // namespace wordsight::text
