#include "store/search_text.h"

#include "base/random.h"
#include "store_support.h"

namespace wordsight::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Search : public ::testing::Test {
 protected:
  TestProject t;
  ScenarioRepository scenarios{*t.connection};

  void SetUp() override {
    add("A firefighter climbs the ladder near a café.");          // 1
    add("The dog's owner calls; the fire-fighting drill ends.");  // 2
    add("两个孩子在河边玩耍，水很深。");                          // 3
    add("Was ist los? 100% der Gäste gehen weg_schnell.");        // 4
    add("เด็กสองคนเล่นน้ำ");                                         // 5
    add("C++ and \"quoted words\" * AND OR NOT NEAR(a b)");       // 6
  }
  void add(const std::string& situation) {
    auto made = scenario(1, situation);
    made.content.question = made.content.rationale = made.content.category = "";
    made.content.options = {"aa", "bb"};
    made.content.key = made.content.nonIntervention = -1;
    must(scenarios.add(made));
  }
  std::vector<int> find(const std::string& text) {
    ScenarioFilter filter;
    filter.text = text;
    std::vector<int> found;
    for (const auto id : must(scenarios.ids(filter))) found.push_back(int(id.value));
    EXPECT_EQ(must(scenarios.count(filter)), std::int64_t(found.size())) << text;
    return found;
  }
};

TEST_F(Search, WordsInAnyOrderWithoutCaseAndAccents) {
  EXPECT_THAT(find("LADDER cafe "), ElementsAre(1));
  EXPECT_THAT(find("café"), ElementsAre(1));
  EXPECT_THAT(find("gaste"), ElementsAre(4));
  EXPECT_THAT(find("ladder dog"), IsEmpty());
}

TEST_F(Search, TheLastWordMayBeABeginning) {
  EXPECT_THAT(find("fire"), ElementsAre(1, 2));
  EXPECT_THAT(find("firef"), ElementsAre(1));
  EXPECT_THAT(find("fire "), ElementsAre(2)) << "white space ends the word";
  EXPECT_THAT(find("f"), ElementsAre(1, 2));
  EXPECT_THAT(find("lad climbs"), IsEmpty());
  EXPECT_THAT(find("climbs lad"), ElementsAre(1));
}

TEST_F(Search, QuotesKeepWordsTogether) {
  EXPECT_THAT(find("\"owner calls\""), ElementsAre(2));
  EXPECT_THAT(find("\"calls owner\""), IsEmpty());
  EXPECT_THAT(find("\"quoted words"), ElementsAre(6)) << "a quote not yet closed, as typed";
  EXPECT_THAT(find("fire-fight"), ElementsAre(2));
  EXPECT_THAT(find("dog's"), ElementsAre(2));
}

TEST_F(Search, ScriptsWithoutSpacesAndSymbolsAreFound) {
  EXPECT_THAT(find("河边"), ElementsAre(3));
  EXPECT_THAT(find("孩子 水"), ElementsAre(3));
  EXPECT_THAT(find("สองคน"), ElementsAre(5));
  EXPECT_THAT(find("?"), ElementsAre(4));
  EXPECT_THAT(find("%"), ElementsAre(4));
  EXPECT_THAT(find("_"), ElementsAre(4));
  EXPECT_THAT(find("++"), ElementsAre(6));
  EXPECT_THAT(find("* AND"), ElementsAre(6));
}

TEST_F(Search, OperatorsAreWords) {
  EXPECT_THAT(find("NOT"), ElementsAre(6));
  EXPECT_THAT(find("AND OR"), ElementsAre(6));
  EXPECT_THAT(find("NEAR(a b)"), ElementsAre(1, 6)) << "near a, and a word that begins with b";
  EXPECT_THAT(find("body : dog"), IsEmpty());
  EXPECT_THAT(find("scenario_fts"), IsEmpty());
}

TEST_F(Search, EmptyMeansAll) {
  for (const char* text : {"", " ", "\t\n", "\"", "\"\"", "\"  \"  \""})
    EXPECT_THAT(find(text), ::testing::SizeIs(6)) << text;
}

TEST_F(Search, NothingTypedBreaksIt) {
  const std::vector<std::string> nasty = {"'",
                                          "''",
                                          "\"'\"",
                                          "(",
                                          ")",
                                          "(((",
                                          "*",
                                          "**",
                                          "^",
                                          "^dog",
                                          "dog*",
                                          "*dog",
                                          "-dog",
                                          "dog -cat",
                                          "{a b}",
                                          "body:dog",
                                          "a:b:c",
                                          "+",
                                          "dog + cat",
                                          "NEAR",
                                          "NEAR(",
                                          "AND",
                                          "OR dog",
                                          "dog AND",
                                          "NOT NOT",
                                          "\\",
                                          "\\\"",
                                          ";",
                                          "--",
                                          "/*",
                                          "\"a\"\"b\"",
                                          "a\"b",
                                          "\xFF\xFE",
                                          "\xE2\x82",
                                          std::string("a\0b", 3),
                                          std::string("\0", 1),
                                          "🙂",
                                          "—",
                                          "1e999",
                                          "0x",
                                          "?1",
                                          "$1",
                                          ":name",
                                          "@x",
                                          "%s%n",
                                          std::string(100'000, 'a'),
                                          std::string(100'000, '"'),
                                          std::string(50'000, '(')};
  for (const auto& text : nasty) {
    ScenarioFilter filter;
    filter.text = text;
    EXPECT_OK(scenarios.ids(filter));
    EXPECT_OK(scenarios.count(filter));
    filter.sort = ScenarioFilter::Sort::Situation;
    filter.status = ReviewStatus::Undecided;
    filter.limit = 2;
    EXPECT_OK(scenarios.list(filter));
  }
  Random random(7);
  static constexpr std::string_view alphabet = "ab \"'*()^-+:{}\\AND OR NOT\xC3\xA9\xFF\x00?%_";
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    for (std::uint64_t n = random.below(20); n > 0; --n)
      text += alphabet[random.below(alphabet.size())];
    ScenarioFilter filter;
    filter.text = text;
    ASSERT_OK(scenarios.count(filter));
  }
}

TEST_F(Search, TooManyWordsIsAnErrorThatSaysSo) {
  std::string many;
  for (int i = 0; i < 65; ++i) many += "w" + std::to_string(i) + " ";
  ScenarioFilter filter;
  filter.text = many;
  EXPECT_THAT(sentence(scenarios.count(filter), ErrorKind::Invalid), HasSubstr("at most 64 words"));
  filter.text = many.substr(3);
  EXPECT_OK(scenarios.count(filter));
}

TEST_F(Search, FollowsEdits) {
  ASSERT_OK(scenarios.edit(ScenarioId(1), content(9, "Now a heron stands there."), "person"));
  EXPECT_THAT(find("ladder"), IsEmpty());
  EXPECT_THAT(find("heron"), ElementsAre(1));
  EXPECT_THAT(find("laugh loudly"), ElementsAre(1)) << "options are searched too";
  ASSERT_OK(scenarios.edit(ScenarioId(1), content(9, "Back on the ladder."), "person"));
  EXPECT_THAT(find("heron"), IsEmpty());
  EXPECT_THAT(find("ladder"), ElementsAre(1));
  EXPECT_THAT(must(t.connection->check()), IsEmpty());
}

TEST(ParseSearch, QuotesEveryTerm) {
  const auto parsed = must(parseSearch("one \"two three\" fo"));
  EXPECT_EQ(parsed.match, "\"one\" \"two three\" \"fo\"*");
  EXPECT_THAT(parsed.parts, IsEmpty());
  EXPECT_THAT(must(parseSearch("水 ?")).parts, ElementsAre("水", "?"));
}

}  // namespace
}  // namespace wordsight::store
