#include "eval/report.h"

#include <gmock/gmock.h>

#include <cstring>

#include "base/file.h"
#include "base/time.h"
#include "domain/json.h"
#include "support.h"

namespace wordsight::eval {
namespace {

using testing::HasSubstr;
using testing::Not;

const char* kHostile =
    "</script><script>alert(1)</script><img src=x onerror=alert(2)><!-- & \" ' \xff";

std::vector<BenchmarkItem> hostileItems(int n) {
  std::vector<BenchmarkItem> items(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) {
    auto& item = items[static_cast<std::size_t>(i)];
    item.index = i + 1;
    item.content.situation = kHostile;
    item.content.options = {kHostile, "leave", "stay"};
    item.content.key = 1;
    item.content.category = i % 2 ? kHostile : "plain";
    item.content.rationale = "because";
  }
  return items;
}

Comparison hostile(int n) {
  std::vector<CellInput> cells(2);
  for (std::size_t c = 0; c < 2; ++c) {
    cells[c].model = c ? "tuned" : kHostile;
    cells[c].arm = "image";
    for (int i = 0; i < n; ++i) {
      CellAnswer answer;
      answer.choice = {c ? i % 3 : 1, "letter-only"};
      answer.rawText = kHostile;
      answer.probabilities = {0.2, 0.3, 0.5};
      cells[c].answers.emplace_back(std::move(answer));
    }
  }
  return *compareCells(hostileItems(n), std::move(cells));
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const auto start = text.find(from);
  if (start == text.npos) return {};
  const auto end = text.find(to, start + from.size());
  return text.substr(start + from.size(), end - start - from.size());
}

TEST(Report, escapesEverything) {
  ReportInfo info{.title = kHostile,
                  .project = kHostile,
                  .benchmark = "b",
                  .date = "today",
                  .facts = {{kHostile, kHostile}},
                  .published = false};
  const auto page = renderReport(hostile(4), info, {});
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("<img src=x")));
  EXPECT_THAT(page, HasSubstr("&lt;img src=x onerror"));
  EXPECT_THAT(page, Not(HasSubstr("<!--@"))) << "every marker is filled in";
  EXPECT_THAT(page, Not(HasSubstr("\xff")));
  // Exactly the page's own elements: the data, and the script.
  std::size_t scripts = 0;
  for (auto at = page.find("<script"); at != page.npos; at = page.find("<script", at + 1))
    ++scripts;
  EXPECT_EQ(scripts, 2u);
}

TEST(Report, holdsTheDataAsJson) {
  const auto page = renderReport(
      hostile(5),
      {.title = "t", .project = "", .benchmark = "", .date = "", .facts = {}, .published = true},
      {});
  const auto text = between(page, "id=\"data\">", "</script>");
  const auto json = parseJson(text, "the report's data");
  ASSERT_OK(json);
  EXPECT_EQ((*json)["items"].size(), 5u);
  EXPECT_EQ((*json)["cells"].size(), 2u);
  EXPECT_EQ((*json)["cells"][1]["o"], (Json{0, 1, 2, 0, 1}));
  EXPECT_EQ((*json)["pairs"].size(), 1u);
  EXPECT_EQ((*json)["published"].size(), 5u);
  EXPECT_DOUBLE_EQ((*json)["chance"].get<double>(), 0.3333);
  EXPECT_EQ((*json)["items"][0]["s"].get<std::string>(),
            std::string(kHostile, std::strlen(kHostile) - 1) + "\xef\xbf\xbd");
}

TEST(Report, saysWhatBelongsBesideTheFigures) {
  auto comparison = hostile(3);
  EXPECT_EQ(renderReport(comparison, {}, {}).find("in common."), std::string::npos);
  comparison.cells[0].own.n = 3;
  comparison.cells[1].own.n = 40;
  comparison.leftOutUnanswered = 37;
  comparison.cells[1].settings.recorded = true;
  const auto page = renderReport(comparison, {}, {});
  EXPECT_THAT(between(page, "<pre>", "</pre>"), HasSubstr("over the 3 items in common."));
  const auto data = between(page, "id=\"data\">", "</script>");
  EXPECT_THAT(data, HasSubstr("over the 3 items in common."));
  EXPECT_THAT(data, HasSubstr("\"ownN\":40"));
  EXPECT_THAT(data, HasSubstr("\"recorded\":true"));
}

TEST(Report, picturesOfKnownFormatsOnly) {
  const auto page = renderReport(
      hostile(4),
      {.title = "t", .project = "", .benchmark = "", .date = "", .facts = {}, .published = false},
      [](const BenchmarkItem& item) -> std::string {
        if (item.index == 1) return "\xff\xd8\xff\xe0M";
        if (item.index == 2) return "<svg onload=alert(1)>";
        if (item.index == 3) return std::string("\x89PNG\r\n\x1a\nab", 10);
        return "";
      });
  EXPECT_THAT(page, HasSubstr("id=\"p0\" data-type=\"image/jpeg\">/9j/4E0=</script>"));
  EXPECT_THAT(page, Not(HasSubstr("id=\"p1\"")));
  EXPECT_THAT(page, HasSubstr("id=\"p2\" data-type=\"image/png\">iVBORw0KGgphYg==</script>"));
  EXPECT_THAT(page, Not(HasSubstr("id=\"p3\"")));
}

TEST(Report, needsNothingFromOutside) {
  const auto page = renderReport(
      hostile(2),
      {.title = "t", .project = "", .benchmark = "", .date = "", .facts = {}, .published = true},
      {});
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr("src=\"http")));
  EXPECT_THAT(page, Not(HasSubstr("<link")));
  EXPECT_THAT(page, Not(HasSubstr("@import")));
  EXPECT_THAT(page, HasSubstr("prefers-color-scheme: dark"));
}

TEST(Report, isWrittenWhole) {
  test::TempFolder folder;
  ASSERT_OK(writeReport(
      folder / "r.html", hostile(3),
      {.title = "t", .project = "", .benchmark = "", .date = "", .facts = {}, .published = false},
      {}));
  EXPECT_TRUE(readFile(folder / "r.html")->ends_with("</html>\n"));
  EXPECT_FALSE(writeReport(folder / "no" / "such" / "r.html", hostile(3), {}, {}));
}

TEST(Report, thousandsOfItemsAreQuick) {
  const auto comparison = hostile(1240);
  const std::string jpeg = "\xff\xd8\xff" + std::string(40'000, 'x');
  Stopwatch watch;
  const auto page = renderReport(
      comparison,
      {.title = "t", .project = "", .benchmark = "", .date = "", .facts = {}, .published = false},
      [&](const BenchmarkItem&) { return jpeg; });
  EXPECT_GT(page.size(), 1240u * 53'000u);
  EXPECT_LT(watch.seconds(), 20) << "some 0.3 s on two cores";
}

}  // namespace
}  // namespace wordsight::eval
