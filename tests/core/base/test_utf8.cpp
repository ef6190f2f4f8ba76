#include "base/utf8.h"
#include "support.h"

namespace wordsight {
namespace {

TEST(Utf8, AcceptsWellFormedText) {
  for (const char* text :
       {"", "plain", "Grüße", "日本語", "👩‍👩‍👧", "\xF4\x8F\xBF\xBF", "\xEF\xBF\xBF"})
    EXPECT_TRUE(isValidUtf8(text));
}

TEST(Utf8, RefusesOverlongSurrogatesAndTooLarge) {
  for (const char* text : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                           "\xF8\x88\x80\x80\x80", "\x80", "a\xC3"})
    EXPECT_FALSE(isValidUtf8(text)) << text;
}

TEST(Utf8, ReplacesEachMaximalSubpart) {  // as Unicode 15, table 3-8 and Python's errors="replace"
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(toValidUtf8("a\xC3"), "a" + bad);
  EXPECT_EQ(toValidUtf8("\xE2\x82z"), bad + "z");
  EXPECT_EQ(toValidUtf8("\xF0\x9F\x98"), bad);
  EXPECT_EQ(toValidUtf8("\xED\xA0\x80"), bad + bad + bad);
  EXPECT_EQ(toValidUtf8("\xC0\xAF"), bad + bad);
  EXPECT_EQ(toValidUtf8("ok"), "ok");
}

TEST(Utf8, FindsTheIncompleteEnd) {
  EXPECT_EQ(incompleteUtf8Tail("abc"), 0u);
  EXPECT_EQ(incompleteUtf8Tail("é"), 0u);
  EXPECT_EQ(incompleteUtf8Tail("\xC3"), 1u);
  EXPECT_EQ(incompleteUtf8Tail("x\xE6\x97"), 2u);
  EXPECT_EQ(incompleteUtf8Tail("x\xF0\x9F\x98"), 3u);
  EXPECT_EQ(incompleteUtf8Tail("\x80\x80\x80"), 0u);
  EXPECT_EQ(incompleteUtf8Tail("\xFF"), 0u);
  EXPECT_EQ(incompleteUtf8Tail(""), 0u);
}

TEST(Utf8, TrimsAsciiSpace) {
  EXPECT_EQ(trimmed("  a b\n"), "a b");
  EXPECT_EQ(trimmed(" \t\r\n"), "");
}

}  // namespace
}  // namespace wordsight
