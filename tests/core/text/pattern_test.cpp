#include "text/pattern.h"

#include <gmock/gmock.h>

#include "support.h"

namespace wordsight::text {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// The pieces of a text, matches in brackets.
std::vector<std::string> pieces(const std::string& pattern, std::string_view text) {
  const auto translated = translatePattern(pattern);
  if (!translated) return {"error: " + translated.error().message};
  const auto compiled = Pattern::compile(*translated);
  if (!compiled) return {"error: " + compiled.error().message};
  std::vector<std::string> out;
  compiled->split(text, [&](std::string_view piece, bool isMatch) {
    out.push_back(isMatch ? "[" + std::string(piece) + "]" : std::string(piece));
  });
  return out;
}

TEST(Pattern, CutsATextIntoMatchesAndTheRest) {
  EXPECT_THAT(pieces("b+", "abbcb"), ElementsAre("a", "[bb]", "c", "[b]"));
  EXPECT_THAT(pieces("x", "abc"), ElementsAre("abc"));
  EXPECT_THAT(pieces("x", ""), ElementsAre());
  EXPECT_THAT(pieces("\\p{L}+|\\s+(?!\\S)|\\s+", "é  ç "),
              ElementsAre("[é]", "[ ]", "[ ]", "[ç]", "[ ]"));
}

// Probed from the reference: an empty match cuts, and the search goes on behind the next character.
TEST(Pattern, CutsAtEmptyMatches) {
  EXPECT_THAT(pieces("b*", "abba"), ElementsAre("a", "[bb]", "a"));
}

TEST(Pattern, MatchesWhiteSpaceAsTheReferenceDoes) {
  EXPECT_THAT(pieces("\\s", "a\u2028b"), ElementsAre("a", "[\u2028]", "b"));
  EXPECT_THAT(pieces("\\s", "a\u0085b"), ElementsAre("a", "[\u0085]", "b"));
  EXPECT_THAT(pieces("\\s", "a\u180eb"), ElementsAre("a\u180eb"))
      << "PCRE2 takes U+180E for white space";
  EXPECT_THAT(pieces("[^\\S]", " "), ElementsAre(HasSubstr("error")));
}

TEST(Pattern, KnowsCharactersThatPcre2DoesNot) {
  EXPECT_THAT(pieces("\\p{L}", "\U0001E5D0"), ElementsAre("[\U0001E5D0]"));         // Unicode 16
  EXPECT_THAT(pieces("[^\\p{L}\\p{N}]", "\U000105C0"), ElementsAre("\U000105C0"));  // Unicode 16
  EXPECT_THAT(pieces("\\P{N}", "\U0001CCF0"), ElementsAre("\U0001CCF0"));           // Unicode 16
}

TEST(Pattern, IgnoresCaseBeyondAscii) {
  EXPECT_THAT(pieces("(?i:'s|'t)", "'ſ'T"), ElementsAre("['ſ]", "['T]"));
}

TEST(Pattern, RefusesWhatTheTwoLibrariesReadDifferently) {
  for (const std::string pattern : {"\\h+",
                                    "\\R",
                                    "\\X",
                                    "\\w+",
                                    "\\bx",
                                    "^a",
                                    "a$",
                                    "a{1,2}+",
                                    "a{,3}",
                                    "a{1}{2}",
                                    "a**",
                                    "[a-z&&[aeiou]]",
                                    "[[:alpha:]]",
                                    "[]a]",
                                    "(?<name>a)",
                                    "(?#x)",
                                    "(?m:.)",
                                    "(?R)",
                                    "(*UTF)",
                                    "\\Ka",
                                    "\\p{Han}",
                                    "\\pL",
                                    "\\x41",
                                    "(?i:ss)",
                                    "(?i:é)",
                                    "[^\\P{L}]",
                                    "a{99999999999}",
                                    "{"})
    EXPECT_FALSE(translatePattern(pattern)) << pattern;
  EXPECT_THAT(translatePattern("\\w+").error().message, HasSubstr("\\w"));
  EXPECT_EQ(translatePattern("\\w+").error().kind, ErrorKind::Unsupported);
}

TEST(Pattern, RefusesBrokenPatterns) {
  for (const std::string pattern : {"(", ")", "[a", "(?i:a", "*", "a)", "[", "\\", "\\p{L", "[\\"})
    EXPECT_FALSE(translatePattern(pattern)) << pattern;
  EXPECT_FALSE(translatePattern(std::string(100'000, 'a')));
  EXPECT_FALSE(Pattern::compile("(("));
}

TEST(Pattern, GivesUpOnEndlessBacktrackingWithoutHanging) {
  const auto translated = translatePattern("(?:a+)+b");
  ASSERT_OK(translated);
  const auto compiled = Pattern::compile(*translated);
  ASSERT_OK(compiled);
  std::string text;
  compiled->split(std::string(64, 'a'), [&](std::string_view piece, bool) { text += piece; });
  EXPECT_EQ(text, std::string(64, 'a'));
}

TEST(Pattern, TakesLiteralsAsTheyAre) {
  EXPECT_EQ(literalPattern("a.b"), "a\\.b");
  const auto compiled = Pattern::compile(literalPattern("é.*"));
  ASSERT_OK(compiled);
  int matches = 0;
  compiled->split("xé.*y é.x", [&](std::string_view, bool isMatch) { matches += isMatch; });
  EXPECT_EQ(matches, 1);
}

}  // namespace
}  // namespace wordsight::text
