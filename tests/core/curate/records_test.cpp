#include "curate/records.h"

#include <gmock/gmock.h>

#include "curate/import.h"
#include "curate/import_csv.h"
#include "scenarios.h"
#include "support.h"

namespace wordsight::curate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::wordsight::test::TempFolder;

std::vector<CsvRecord> recordsOf(const std::string& text, char delimiter = ',') {
  const TempFolder folder;
  std::vector<CsvRecord> all;
  EXPECT_OK(forEachCsvRecord(folder.write("f", text), delimiter, [&](CsvRecord&& record) -> Status {
    all.push_back(std::move(record));
    return {};
  }));
  return all;
}

TEST(Csv, AfterRfc4180) {
  const auto all = recordsOf(
      "\xEF\xBB\xBF"
      "a,b,c\r\n\"x, y\",\"say \"\"hi\"\"\",\"two\r\nlines\"\r\n,,\n\nlast,\"\",end");
  ASSERT_THAT(all, SizeIs(5));
  EXPECT_THAT(all[0].fields, ElementsAre("a", "b", "c"));
  EXPECT_THAT(all[1].fields, ElementsAre("x, y", "say \"hi\"", "two\r\nlines"));
  EXPECT_THAT(all[2].fields, ElementsAre("", "", ""));
  EXPECT_TRUE(all[3].blank());
  EXPECT_THAT(all[4].fields, ElementsAre("last", "", "end"));
  EXPECT_EQ(all[1].line, 2u);
  EXPECT_EQ(all[2].line, 4u);
  EXPECT_EQ(all[4].line, 6u);
  EXPECT_THAT(recordsOf(""), IsEmpty());
  EXPECT_THAT(recordsOf("a;b\n", ';')[0].fields, ElementsAre("a", "b"));
  EXPECT_THAT(recordsOf("a \"b\" c,d")[0].fields, ElementsAre("a \"b\" c", "d"));
  EXPECT_THAT(recordsOf("a\rb,c\r\n")[0].fields, ElementsAre("a\rb", "c"));
}

TEST(Csv, BrokenRecordsSaySo) {
  const auto after = recordsOf("\"a\"b,c\nd,e\n");
  ASSERT_THAT(after, SizeIs(2));
  EXPECT_THAT(after[0].problem, HasSubstr("closing quote"));
  EXPECT_THAT(after[1].problem, IsEmpty()) << "the next one is read";
  const auto open = recordsOf("a,b\n\"c,d\ne,f\n");
  ASSERT_THAT(open, SizeIs(2));
  EXPECT_THAT(open[1].problem, HasSubstr("opens in line 2 is never closed"));
  const auto endless = recordsOf("a\n\"" + std::string(3 << 20, 'x') + "\"\nb\n");
  ASSERT_THAT(endless, SizeIs(2));
  EXPECT_THAT(endless[1].problem, HasSubstr("not closed within 1 MiB"));
  const auto longLine = recordsOf("a\n" + std::string(10 << 20, 'x') + "\nb\n");
  ASSERT_THAT(longLine, SizeIs(3));
  EXPECT_THAT(longLine[1].problem, HasSubstr("longer than 1 MiB"));
  EXPECT_EQ(longLine[2].fields[0], "b");
  EXPECT_THAT(recordsOf(std::string(100'000, ','))[0].problem, HasSubstr("1000 fields"));
}

TEST(Csv, FieldsAreQuotedWhereTheyMustBe) {
  for (const char* plain : {"", "plain", "with 'single'", "ä"}) EXPECT_EQ(csvField(plain), plain);
  for (const char* text : {"a,b", "a;b", "\"", "a\nb", " a", "a ", "a\r"}) {
    const auto field = csvField(text);
    EXPECT_EQ(field.front(), '"');
    EXPECT_THAT(recordsOf(field)[0].fields, ElementsAre(std::string(text)));
  }
}

struct Import {
  Result<ImportReport> report = fail("not run");
  std::vector<ImportedScenario> got;
};
Import import(const std::string& text, bool skipBad = true) {
  const TempFolder folder;
  Import out;
  out.report = importScenarios(folder.write("f", text), {.skipBad = skipBad},
                               [&](ImportedScenario&& one) -> Status {
                                 out.got.push_back(std::move(one));
                                 return {};
                               });
  return out;
}

TEST(ImportCsv, NamesOfColumns) {
  const auto done = import(
      "Situation,Question,Option A,option-b,OPTION_C,Key,Reason,Category,Seen by,split\n"
      "It rains.,What now?,Run,B. Wait,Sing,b,Because.,[Weather],me,train\n"
      "It snows.,,Run,Wait,,,,,,\n");
  ASSERT_OK(done.report);
  EXPECT_EQ(done.report->form, "CSV");
  EXPECT_THAT(done.report->unknownColumns, ElementsAre("Seen by"));
  EXPECT_EQ(done.report->layouts.at("csv"), 2u);
  ASSERT_THAT(done.got, SizeIs(2));
  const auto& first = done.got[0];
  EXPECT_EQ(first.content.situation, "It rains.");
  EXPECT_THAT(first.content.options, ElementsAre("Run", "Wait", "Sing"));
  EXPECT_EQ(first.content.key, 1);
  EXPECT_EQ(first.content.rationale, "Because.");
  EXPECT_EQ(first.content.category, "Weather");
  EXPECT_EQ(first.provenance.source, "f:2");
  EXPECT_EQ(first.provenance.strategy, "imported");
  EXPECT_THAT(done.got[1].content.options, ElementsAre("Run", "Wait"));
  EXPECT_EQ(done.got[1].content.key, -1);
  EXPECT_EQ(done.report->withoutKey, 1u);
}

TEST(ImportCsv, OptionsInOneColumnAndOtherDelimiters) {
  const auto done = import(
      "situation;options;answer\nIt rains.;\"A. Run\nB. Wait\";A\n"
      "It snows.;\"[\"\"Run\"\", \"\"Wait\"\"]\";B\nIt hails.;Run or wait;A\n");
  ASSERT_OK(done.report);
  ASSERT_THAT(done.got, SizeIs(2));
  EXPECT_THAT(done.got[0].content.options, ElementsAre("Run", "Wait"));
  EXPECT_THAT(done.got[1].content.options, ElementsAre("Run", "Wait"));
  ASSERT_THAT(done.report->badLines, SizeIs(1));
  EXPECT_EQ(done.report->badLines[0].line, 5u);
  EXPECT_THAT(done.report->badLines[0].reason, HasSubstr("neither a JSON list"));
  EXPECT_THAT(import("situation\ta\tb\nIt rains.\tRun\tWait\n").got, SizeIs(1));
}

TEST(ImportCsv, BadRecordsAndHeaders) {
  const std::string header = "situation,option_a,option_b,answer,seed,status\n";
  const auto done = import(header +
                           "x,Run,Wait\n"            // too few
                           "x,Run,Wait,Z,,\n"        // no such option
                           "x,Run,Wait,maybe,,\n"    // no letter
                           "x,Run,Wait,A,-1,\n"      // no seed
                           "x,Run,Wait,A,,great\n"   // no status
                           ",Run,Wait,A,,\n"         // nothing said
                           "x,Run,,A,,\n"            // one option
                           "x\xff,Run,Wait,A,,\n" +  // not UTF-8
                           std::string("x\0y,Run,Wait,A,,\n", 17) +
                           "good,Run,Wait,A,7,accepted\n\"open,Run,Wait,A,,\n");
  ASSERT_OK(done.report);
  ASSERT_THAT(done.got, SizeIs(1));
  EXPECT_EQ(done.got[0].provenance.seed, 7u);
  EXPECT_EQ(done.got[0].status, ReviewStatus::Accepted);
  EXPECT_EQ(done.report->bad, 10u);
  std::string reasons;
  for (const auto& bad : done.report->badLines) reasons += bad.reason + "\n";
  for (const char* reason :
       {"3 fields", "only 2 options", "must be a letter", "whole number", "great",
        "situation is missing", "fewer than two", "not UTF-8", "zero character", "never closed"})
    EXPECT_THAT(reasons, HasSubstr(reason));
  EXPECT_FALSE(import(header + "x,Run,Wait\n", false).report);

  EXPECT_THAT(import("situation,answer\nx,A\n").report.error().message, HasSubstr("option_a"));
  EXPECT_THAT(import("situation,a,c\nx,A,B\n").report.error().message, HasSubstr("option_b"));
  EXPECT_THAT(import("situation,a,b,a\nx,A,B,C\n").report.error().message,
              HasSubstr("two columns for \"option_a\""));
  EXPECT_THAT(import("situation,a,b,key,answer\nx,A,B,A,A\n").report.error().message,
              HasSubstr("two columns for \"key\""));
}

std::vector<std::string> elementsOf(const std::string& text, Status* status = nullptr) {
  const TempFolder folder;
  std::vector<std::string> all;
  Status got = forEachArrayElement(folder.write("f", text),
                                   [&](std::string_view element, std::size_t number) -> Status {
                                     all.emplace_back(element);
                                     EXPECT_EQ(number, all.size());
                                     return {};
                                   });
  if (status)
    *status = got;
  else
    EXPECT_OK(got);
  return all;
}

TEST(JsonArray, IsCutIntoItsElements) {
  EXPECT_THAT(elementsOf("[]"), IsEmpty());
  EXPECT_THAT(elementsOf("\xEF\xBB\xBF [ {\"a\":[1,{}]} ,\n{\"b\":\"],}\\\"[\"},7]\n"),
              ElementsAre("{\"a\":[1,{}]} ", "{\"b\":\"],}\\\"[\"}", "7"));
  const auto cut = elementsOf("[\"" + std::string(10 << 20, 'x') + "\",2]");
  ASSERT_THAT(cut, SizeIs(2));
  EXPECT_EQ(cut[0].size(), kMostRecord + 1);
  Status status;
  for (const auto& [text, reason] : {std::pair{"[{\"a\":1}", "closing bracket is missing"},
                                     {"[\n{\"a\":\"1}]", "begins in line 2 is not complete"},
                                     {"[1] 2", "after the end of its array, in line 1"},
                                     {"{}", "not a JSON array"},
                                     {"", "ends inside"}}) {
    elementsOf(text, &status);
    ASSERT_FALSE(status) << text;
    EXPECT_THAT(status.error().message, HasSubstr(reason)) << text;
  }
  EXPECT_THAT(elementsOf("[1,]"), ElementsAre("1", "")) << "the parser says what is wrong";
}

TEST(ImportArray, ElementsAreReadLikeLines) {
  const auto one = dumpJson(toJson(test::scenario(1)));
  const auto two = dumpJsonPretty(toJson(test::scenario(2)));
  const auto done = import("[" + one + ",\n{\"oops\":}," + two + ",7," + one + "]");
  ASSERT_OK(done.report);
  EXPECT_EQ(done.report->form, "JSON array");
  ASSERT_THAT(done.got, SizeIs(2));
  EXPECT_EQ(done.got[1].content, test::scenario(2));
  EXPECT_EQ(done.got[1].provenance.source, "f, item 3");
  EXPECT_EQ(done.report->lines, 5u);
  EXPECT_EQ(done.report->bad, 2u);
  EXPECT_EQ(done.report->duplicates, 1u);
  EXPECT_EQ(done.report->badLines[0].line, 2u);
  const auto broken = import("[" + one + "," + two.substr(0, 40), true);
  ASSERT_FALSE(broken.report);
  EXPECT_THAT(broken.report.error().message, HasSubstr("is not complete"));
}

TEST(ImportLines, EachLineHasItsOwnLayout) {
  const auto done = import(
      dumpJson(toJson(test::scenario(1))) + "\n" +
      R"({"conversations":[{"from":"human","value":"It rains.\nA. Run\nB. Wait"},{"from":"gpt","value":"A"}]})" +
      "\n" + R"({"instruction":"It snows.\nA. Run\nB. Wait","output":"B. Wait"})" + "\n" +
      R"({"instruction":"Write a poem.","output":"Roses"})" + "\n");
  ASSERT_OK(done.report);
  EXPECT_THAT(done.report->layouts, SizeIs(3));
  EXPECT_EQ(done.got[1].layout, "sharegpt");
  EXPECT_EQ(done.got[1].content.key, 0);
  EXPECT_EQ(done.got[2].layout, "alpaca");
  ASSERT_THAT(done.report->badLines, SizeIs(1));
  EXPECT_THAT(done.report->badLines[0].reason, HasSubstr("f:4: no list of options"));
}

}  // namespace
}  // namespace wordsight::curate
