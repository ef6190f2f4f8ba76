#include "eval/comparison.h"

#include <gmock/gmock.h>

#include "support.h"

namespace wordsight::eval {
namespace {

using testing::HasSubstr;
using testing::Not;

BenchmarkItem item(int index, const std::string& category, int key,
                   std::vector<int> nothing = {4}) {
  BenchmarkItem out;
  out.index = index;
  out.content.category = category;
  out.content.situation = "something";
  out.content.options = {"a", "b", "c", "d", "e"};
  out.content.key = key;
  out.nonIntervention = std::move(nothing);
  return out;
}

CellInput cell(const std::string& model, const std::string& arm, const std::vector<int>& options) {
  CellInput out{.name = "", .model = model, .arm = arm, .run = 3, .answers = {}};
  for (const int option : options) {
    if (option == -2) {
      out.answers.emplace_back();
    } else {
      CellAnswer answer;
      answer.choice = {option, "letter-only"};
      out.answers.emplace_back(answer);
    }
  }
  return out;
}

std::vector<BenchmarkItem> sixItems() {
  auto items = std::vector<BenchmarkItem>{item(1, "x", 0), item(2, "x", 1),     item(3, "y", 4),
                                          item(4, "y", 4), item(5, "y", 2, {}), item(6, "x", 0)};
  items[5].unusable = "no key";
  return items;
}

TEST(Compare, scoresCommonItems) {
  const auto got = compareCells(sixItems(), {cell("base", "image", {0, 0, 0, 4, 2, 0}),
                                             cell("tuned", "image", {0, 4, 4, 4, -2, 0})});
  ASSERT_OK(got);
  EXPECT_EQ(got->items.size(), 4u);
  EXPECT_EQ(got->leftOutUnusable, 1);
  EXPECT_EQ(got->leftOutUnanswered, 1);
  EXPECT_EQ(got->categories, (std::vector<std::string>{"x", "y"}));
  const auto& base = got->cells[0];
  EXPECT_EQ(base.name, "base · image");
  EXPECT_EQ(base.accuracy.right, 2);
  EXPECT_EQ(base.accuracy.n, 4);
  EXPECT_EQ(base.overIntervention, 1);  // item 3
  EXPECT_EQ(base.underIntervention, 0);
  EXPECT_EQ(base.shouldNot, 2);
  EXPECT_EQ(base.shouldAct, 2);
  EXPECT_EQ(base.letters, (std::vector<int>{3, 0, 0, 0, 1, 0}));
  EXPECT_EQ(base.categories[1].accuracy.right, 1);
  EXPECT_EQ(base.categories[1].accuracy.n, 2);
  const auto& tuned = got->cells[1];
  EXPECT_EQ(tuned.underIntervention, 1);  // item 2
  ASSERT_EQ(got->pairs.size(), 1u);
  const auto& pair = got->pairs[0];
  EXPECT_EQ(pair.pairs.rr, 2);
  EXPECT_EQ(pair.pairs.wr, 1);
  EXPECT_EQ(pair.pairs.rw, 0);
  EXPECT_EQ(pair.pairs.ww, 1);
  EXPECT_DOUBLE_EQ(pair.difference, 0.25);
  EXPECT_EQ(pair.p, 1);
  EXPECT_EQ(pair.categories[1].pairs.wr, 1);
}

TEST(Compare, anUnreadAnswerIsWrongAndCounted) {
  const auto got = compareCells(sixItems(), {cell("base", "image", {-1, 1, 9, 4, 2, 0})});
  ASSERT_OK(got);
  EXPECT_EQ(got->cells[0].unread, 2) << "an option out of range is none";
  EXPECT_EQ(got->cells[0].accuracy.right, 3);
  EXPECT_EQ(got->cells[0].letters.back(), 2);
  EXPECT_EQ(got->cells[0].overIntervention, 0) << "an unread answer did not act";
  EXPECT_TRUE(got->pairs.empty());
}

TEST(Compare, calibrationOnlyWithAllProbabilities) {
  auto input = cell("base", "image", {0, 1, 4, 4, 2, 0});
  EXPECT_FALSE(compareCells(sixItems(), {input})->cells[0].calibrationError);
  for (auto& answer : input.answers) {
    answer->probabilities = {0.1, 0.1, 0.1, 0.1, 0.1};
    answer->probabilities[static_cast<std::size_t>(answer->choice.option)] = 0.6;
  }
  EXPECT_NEAR(*compareCells(sixItems(), {input})->cells[0].calibrationError, 0.4, 1e-12);
}

TEST(Compare, nothingInCommonIsASentence) {
  EXPECT_FALSE(compareCells(sixItems(), {}));
  const auto none = compareCells(sixItems(), {cell("a", "image", {0, 0, -2, -2, -2, -2}),
                                              cell("b", "image", {-2, -2, 0, 0, 0, 0})});
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().message, HasSubstr("all 2 cells"));
  EXPECT_FALSE(compareCells(sixItems(), {cell("a", "image", {0})}));
}

TEST(Compare, json) {
  const auto got = compareCells(sixItems(), {cell("base", "image", {0, 0, 0, 4, 2, 0}),
                                             cell("tuned", "image", {0, 4, 4, 4, 2, 0})});
  ASSERT_OK(got);
  const auto json = toJson(*got);
  EXPECT_EQ(json["cells"][0]["model"], "base");
  EXPECT_EQ(json["cells"][0]["arm"], "image");
  EXPECT_EQ(json["cells"][0]["n"], 5);
  EXPECT_DOUBLE_EQ(json["cells"][0]["accuracy"].get<double>(), 0.6);
  EXPECT_LT(json["cells"][0]["low"].get<double>(), 0.6);
  EXPECT_GT(json["cells"][0]["high"].get<double>(), 0.6);
  EXPECT_EQ(json["pairs"][0]["first"], "base · image");
  EXPECT_EQ(json["pairs"][0]["wr"], 1);
  EXPECT_EQ(json["pairs"][0]["categories"].size(), 2u);
}

CellInput asked(const std::string& model, const std::string& arm, CellSettings settings) {
  auto out = cell(model, arm, {0, 1, 4, 4, 2, 0});
  settings.tuned = model != "base";
  out.settings = std::move(settings);
  return out;
}

std::vector<std::string> pairNames(const Comparison& comparison) {
  std::vector<std::string> names;
  for (const auto& pair : comparison.pairs)
    names.push_back(comparison.cells[pair.first].name + " > " + comparison.cells[pair.second].name);
  return names;
}

TEST(Compare, usualPairsGoFromBaseToTunedAndFromCaptionToImage) {
  const auto of = [](std::vector<CellInput> cells) {
    return pairNames(
        compareCells(sixItems(), std::move(cells), 1, Bootstrap::Later, Pairs::Usual).value());
  };
  EXPECT_EQ(of({asked("tuned", "caption", {}), asked("base", "caption", {}),
                asked("tuned", "image", {}), asked("base", "image", {})}),
            (std::vector<std::string>{
                "base · caption > tuned · caption", "base · image > tuned · image",
                "tuned · caption > tuned · image", "base · caption > base · image"}));
  auto theirs = asked("Llama", "caption", {});
  theirs.settings = {.recorded = true};
  EXPECT_EQ(
      of({theirs, asked("base", "image", {}), asked("tuned", "image", {})}),
      (std::vector<std::string>{"base · image > tuned · image", "Llama · caption > base · image",
                                "Llama · caption > tuned · image"}));
  EXPECT_EQ(of({asked("base", "blind", {}), asked("base", "image", {})}),
            (std::vector<std::string>{"base · blind > base · image"}));
  EXPECT_EQ(of({asked("base", "caption", {}), asked("tuned", "blind", {})}),
            (std::vector<std::string>{"base · caption > tuned · blind"}));
  EXPECT_TRUE(of({asked("base", "caption", {})}).empty());
  std::vector<CellInput> six;
  for (const char* model : {"base", "tuned", "control"})
    for (const char* arm : {"caption", "image"}) six.push_back(asked(model, arm, {}));
  EXPECT_EQ(of(six).size(), 7u) << "of 15";
}

TEST(Compare, aSmallerCellIsSaidAndEachHasItsOwnFigure) {
  const auto got = compareCells(sixItems(), {cell("base", "caption", {0, 1, 4, 0, 2, -2}),
                                             cell("tuned", "caption", {0, -2, 4, -2, -2, -2})});
  ASSERT_OK(got);
  EXPECT_EQ(got->items.size(), 2u);
  EXPECT_EQ(got->cells[0].accuracy.n, 2);
  EXPECT_EQ(got->cells[0].own.n, 5);
  EXPECT_EQ(got->cells[0].own.right, 4);
  EXPECT_EQ(got->cells[1].own.n, 2);
  EXPECT_EQ(remarksOn(*got),
            (std::vector<std::string>{"The cell tuned · caption has 2 of 5 items; all are compared "
                                      "over the 2 items in common."}));
  const auto table = renderTable(got->cells);
  EXPECT_THAT(table, HasSubstr("over all its items"));
  EXPECT_THAT(table, HasSubstr("80.0 %"));
  const Json json = toJson(*got);
  EXPECT_EQ(json["remarks"].size(), 1u);
  EXPECT_EQ(json["cells"][0]["own"]["n"], 5);
  EXPECT_EQ(json["cells"][0]["n"], 2);
  const auto same = compareCells(sixItems(), {cell("base", "caption", {0, -2, 4, -2, -2, -2}),
                                              cell("tuned", "caption", {0, -2, 4, -2, -2, -2})});
  EXPECT_TRUE(remarksOn(*same).empty()) << "they agree on what was asked";
  EXPECT_THAT(renderTable(same->cells), Not(HasSubstr("its n")));
}

TEST(Compare, cellsThatWereAskedInOtherWaysAreNamed) {
  auto theirs = asked("theirs", "image", {});
  theirs.settings = {.recorded = true};
  const auto got =
      compareCells(sixItems(), {asked("base", "image", {"default", "logprob", "bf16", 1}),
                                asked("tuned", "image", {"demo", "generate", "bf16", 5}), theirs});
  ASSERT_OK(got);
  const auto remarks = remarksOn(*got);
  ASSERT_EQ(remarks.size(), 2u);
  EXPECT_EQ(remarks[0],
            "The cells were not asked in the same way: prompt default (base · image) against demo "
            "(tuned · image); scoring logprob (base · image) against generate (tuned · image); "
            "shifts 1 (base · image) against 5 (tuned · image). A difference between them may come "
            "from that.");
  EXPECT_THAT(remarks[1], HasSubstr("theirs · image is recorded"));
  EXPECT_THAT(renderTable(got->cells), HasSubstr("theirs · image (recorded)"));
  EXPECT_EQ(toJson(*got)["cells"][2]["recorded"], true);
  EXPECT_FALSE(toJson(*got)["cells"][2].contains("prompt"));
}

TEST(Table, twoByTwo) {
  const auto items = sixItems();
  const auto got = compareCells(
      items,
      {cell("base", "image", {0, 0, 0, 4, 2, 0}), cell("base", "caption", {0, 1, 0, 4, 2, 0}),
       cell("tuned", "image", {0, 1, 4, 4, 2, 0}), cell("tuned", "caption", {0, 1, 4, 4, -1, 0})});
  ASSERT_OK(got);
  EXPECT_EQ(renderTable(got->cells),
            "n = 5   caption              image\n"
            "─────   ──────────────────   ────────────────────\n"
            "base    80.0 % (37.6–96.4)   60.0 % (23.1–88.2)\n"
            "tuned   80.0 % (37.6–96.4)   100.0 % (56.6–100.0)\n"
            "1 answer of tuned · caption names no option and counts as wrong.\n");
  const auto pairs = renderPairs(*got);
  EXPECT_THAT(pairs, HasSubstr("base · image → tuned · image"));
  EXPECT_THAT(pairs, HasSubstr("+40.0"));
}

TEST(Table, oneLineACellWhenTheyFormNoGrid) {
  const auto got = compareCells(sixItems(), {cell("base", "image", {0, 0, 0, 4, 2, 0}),
                                             cell("evil\x1b[31m\n", "image", {0, 1, 0, 4, 2, 0})});
  ASSERT_OK(got);
  const auto text = renderTable(got->cells);
  EXPECT_THAT(text, HasSubstr("unread"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
  EXPECT_EQ(renderTable({}), "No cells.\n");
}

TEST(Published, figuresOfThePaper) {
  ASSERT_EQ(publishedViva().size(), 5u);
  EXPECT_DOUBLE_EQ(publishedViva()[3].accuracy, 0.8032);
}

}  // namespace
}  // namespace wordsight::eval
