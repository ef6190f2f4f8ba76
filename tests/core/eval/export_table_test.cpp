#include "eval/export_table.h"

#include <gmock/gmock.h>

#include <clocale>

#include "support.h"

namespace wordsight::eval {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Two items, two cells: base right on the first, tuned right on both.
Comparison comparison() {
  std::vector<BenchmarkItem> items(2);
  for (int i = 0; i < 2; ++i) {
    items[i].index = i + 1;
    items[i].content.category = i ? "Danger, \"real\"" : "Help";
    items[i].content.options = {"a", "b", "c"};
    items[i].content.key = 1;
  }
  const auto cell = [](const std::string& model, const std::vector<int>& options,
                       std::vector<double> shares, const std::string& text) {
    CellInput out{.name = "", .model = model, .arm = "image", .run = 7, .answers = {}};
    for (const int option : options) {
      CellAnswer answer;
      answer.choice = answer.byRule = {option, "letter-only"};
      answer.probabilities = shares;
      answer.rawText = text;
      answer.milliseconds = 1.5;
      out.answers.emplace_back(answer);
    }
    return out;
  };
  auto got = compareCells(items, {cell("base_1 & co", {1, 0}, {0.25, 0.5, 0.25}, "B.\nYes, \"B\""),
                                  cell("tuned", {1, 1}, {}, "B")});
  EXPECT_OK(got);
  got->cells[1].answers[1].overridden = true;
  got->cells[1].answers[1].byRule = {-1, "none"};
  return *got;
}

TEST(ExportTable, itemsHaveARowForEachCell) {
  EXPECT_EQ(
      itemsCsv(comparison()),
      "item,category,key,cell,model,arm,run,choice,right,rule,overridden,by_rule,confidence,p_A,p_"
      "B,"
      "p_C,ms,text\r\n"
      "1,Help,B,base_1 & co · image,base_1 & co,image,7,B,1,letter-only,0,B,0.5,0.25,0.5,0.25,1.5,"
      "\"B.\nYes, \"\"B\"\"\"\r\n"
      "1,Help,B,tuned · image,tuned,image,7,B,1,letter-only,0,B,,,,,1.5,B\r\n"
      "2,\"Danger, \"\"real\"\"\",B,base_1 & co · image,base_1 & "
      "co,image,7,A,0,letter-only,0,A,0.25,"
      "0.25,0.5,0.25,1.5,\"B.\nYes, \"\"B\"\"\"\r\n"
      "2,\"Danger, \"\"real\"\"\",B,tuned · image,tuned,image,7,B,1,letter-only,1,,,,,,1.5,B\r\n");
}

TEST(ExportTable, cellsSayWhatWasMeasuredAndWhatPublished) {
  const auto measured = cellsCsv(comparison());
  EXPECT_THAT(measured, HasSubstr("\r\nmeasured,tuned · image,tuned,image,7,2,2,1,"));
  EXPECT_THAT(measured, Not(HasSubstr("published")));
  const auto both = cellsCsv(comparison(), true);
  EXPECT_TRUE(both.starts_with(measured));
  EXPECT_THAT(both,
              HasSubstr("published,Qwen2-VL 7B · image (published),Qwen2-VL 7B,image,,,,0.8032,"
                        ",,,,,,,\r\n"));
}

TEST(ExportTable, pairsHaveTheTests) {
  auto both = comparison();
  EXPECT_THAT(pairsCsv(both), HasSubstr("base_1 & co · image,tuned · image,2,1,0,1,0,0.5,"));
  both.pairs[0].intervalKnown = false;
  EXPECT_THAT(pairsCsv(both), HasSubstr("1,0,0.5,,,1,1\r\n"));
}

TEST(ExportTable, latexIsEscapedAndMarksPublishedRows) {
  LatexOptions options;
  options.caption = "100 % of {base}";
  options.label = "tab:it's_{x}";
  const auto plain = cellsLatex(comparison(), options);
  EXPECT_THAT(plain, HasSubstr("\\caption{100 \\% of \\{base\\}}"));
  EXPECT_THAT(plain, HasSubstr("\\label{tab:it'sx}"));
  EXPECT_THAT(plain, HasSubstr("    base\\_1 \\& co & image & 50.0 & 9.5--90.5 & 2 \\\\\n"));
  EXPECT_THAT(plain, HasSubstr("\\toprule"));
  EXPECT_THAT(plain, Not(HasSubstr("Published")));
  options.published = true;
  const auto both = cellsLatex(comparison(), options);
  EXPECT_THAT(both, HasSubstr("not measured here"));
  EXPECT_THAT(both, HasSubstr("Qwen2-VL 7B$^{\\dagger}$ & image & 80.3 & -- & -- \\\\"));
  const auto tests = pairsLatex(comparison());
  EXPECT_THAT(tests, HasSubstr("tuned \\textperiodcentered{} image & +50.0 & "));
  EXPECT_EQ(escapedLatex("a\\b{c}$d&e#f_g%h~i^j<k>l\nm"),
            "a\\textbackslash{}b\\{c\\}\\$d\\&e\\#f\\_g\\%h\\textasciitilde{}i\\textasciicircum{}j"
            "\\textless{}k\\textgreater{}l m");
}

TEST(ExportTable, twoRunsOfOneModelAreToldApart) {
  auto both = comparison();
  both.cells[1].model = both.cells[0].model;
  both.cells[1].run = 9;
  EXPECT_THAT(cellsLatex(both), HasSubstr("co (run 9) & image"));
}

TEST(ExportTable, numbersHaveAPointInEveryLanguage) {
  const char* set = std::setlocale(LC_ALL, "de_DE.UTF-8");
  const auto items = itemsCsv(comparison()), cells = cellsLatex(comparison());
  std::setlocale(LC_ALL, "C");
  EXPECT_THAT(items, HasSubstr(",0.25,0.5,0.25,"));
  EXPECT_THAT(cells, HasSubstr("50.0"));
  if (!set) GTEST_SKIP() << "this machine has no German locale; only the plain one was looked at";
}

}  // namespace
}  // namespace wordsight::eval
