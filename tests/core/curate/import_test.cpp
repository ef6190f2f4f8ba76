#include "curate/import.h"

#include <gmock/gmock.h>

#include <ctime>
#include <iostream>

#include "base/file.h"
#include "base/time.h"
#include "domain/json.h"
#include "scenarios.h"
#include "support.h"

namespace wordsight::curate {
namespace {

using test::scenario;
using testing::ElementsAre;
using testing::HasSubstr;
using ::wordsight::test::TempFolder;

std::string lineOf(int n, int key = 1) { return dumpJson(toJson(scenario(n, key))) + "\n"; }

struct Import {
  Result<ImportReport> report = fail("not run");
  std::vector<ImportedScenario> got;
};

Import import(const std::filesystem::path& file, ImportOptions options = {}) {
  Import out;
  out.report = importScenarios(file, options, [&](ImportedScenario&& one) -> Status {
    out.got.push_back(std::move(one));
    return {};
  });
  return out;
}

TEST(DetectForm, ByContentNotByName) {
  const TempFolder folder;
  EXPECT_EQ(detectForm(folder.write("a", "\xEF\xBB\xBF\n " + lineOf(1))).value(),
            FileForm::ScenarioLines);
  EXPECT_EQ(detectForm(folder.write("b", "\n\n[{\"index\":1,\"action_list\":[],\"answer\": NaN}]"))
                .value(),
            FileForm::BenchmarkArray);
  EXPECT_EQ(detectForm(folder.write("b2", "[" + lineOf(1) + "]")).value(), FileForm::ScenarioArray);
  EXPECT_EQ(detectForm(folder.write("b3", "[")).value(), FileForm::ScenarioArray);
  EXPECT_EQ(detectForm(folder.write("i", "\xEF\xBB\xBFSituation,Option A,Option B\n")).value(),
            FileForm::Csv);
  EXPECT_EQ(detectForm(folder.write("j", "\r\n\"option_a\";\"situation\"\r\n")).value(),
            FileForm::Csv);
  EXPECT_FALSE(detectForm(folder.write("k", "the situation, as it is\n")));
  EXPECT_EQ(detectForm(folder.write("c", "{\"messages\":[]}\n")).value(), FileForm::MessageLines);
  EXPECT_EQ(detectForm(folder.write("d", "{broken\n")).value(), FileForm::ScenarioLines);
  EXPECT_FALSE(detectForm(folder.write("e", "")));
  EXPECT_FALSE(detectForm(folder.write("f", " \n\t\n")));
  EXPECT_FALSE(detectForm(folder.write("g", "SQLite format 3\0")));
  EXPECT_FALSE(detectForm(folder.write("h", "\x89PNG\r\n")));
  EXPECT_FALSE(detectForm(folder.path()));
  EXPECT_EQ(detectForm(folder / "none").error().kind, ErrorKind::NotFound);
}

TEST(Import, BothNamesOfTheFields) {
  const TempFolder folder;
  const auto file = folder.write(
      "s.jsonl",
      R"({"situation_description":" It rains. ","action_list":["A. Run","B. Wait"],"answer":"B","reason":"R","category":"[Weather]","non_interven_action":"B","image_url":"u","values":{"positive":[]}})"
      "\n\n"
      R"({"situation":"It snows.","question":"Q?","options":["Run","Wait","Ski"],"key":"C","rationale":"S"})"
      "\r\n");
  const auto done = import(file);
  ASSERT_OK(done.report);
  ASSERT_EQ(done.got.size(), 2u);
  const auto& first = done.got[0];
  EXPECT_EQ(first.content.situation, "It rains.");
  EXPECT_EQ(first.content.options, (std::vector<std::string>{"Run", "Wait"}));
  EXPECT_EQ(first.content.key, 1);
  EXPECT_EQ(first.content.category, "Weather");
  EXPECT_EQ(first.content.nonIntervention, 1);
  EXPECT_EQ(first.provenance.strategy, "imported");
  EXPECT_EQ(first.provenance.generator, "file:s.jsonl");
  EXPECT_EQ(first.provenance.source, "s.jsonl:1");
  EXPECT_EQ(first.status, ReviewStatus::Undecided);
  EXPECT_EQ(done.got[1].content.question, "Q?");
  EXPECT_EQ(done.got[1].content.key, 2);
  EXPECT_EQ(done.got[1].provenance.source, "s.jsonl:3");
  EXPECT_EQ(done.report->lines, 2u);
  EXPECT_EQ(done.report->imported, 2u);
}

TEST(Import, ABadLineRefusesTheFileAndNothingIsDelivered) {
  const TempFolder folder;
  const auto file =
      folder.write("s.jsonl", lineOf(1) + "{oops\n" + lineOf(2) + "[]\n" + "7\n" + "{}\n");
  const auto done = import(file);
  ASSERT_FALSE(done.report);
  EXPECT_TRUE(done.got.empty());
  const auto& message = done.report.error().message;
  EXPECT_THAT(message, HasSubstr("4 bad lines, and nothing was imported"));
  EXPECT_THAT(message, HasSubstr("s.jsonl:2: not valid JSON at column 2"));
  EXPECT_THAT(message, HasSubstr("s.jsonl:4"));
  EXPECT_THAT(message, HasSubstr("s.jsonl:5"));
  EXPECT_THAT(message, testing::Not(HasSubstr("s.jsonl:6")));
  EXPECT_THAT(message, HasSubstr("--skip-bad"));
}

TEST(Import, SkipBadTakesTheGoodLines) {
  const TempFolder folder;
  const auto file = folder.write("s.jsonl", lineOf(1) + "{oops\n" + lineOf(2));
  const auto done = import(file, {.skipBad = true});
  ASSERT_OK(done.report);
  EXPECT_EQ(done.got.size(), 2u);
  EXPECT_EQ(done.report->bad, 1u);
  ASSERT_EQ(done.report->badLines.size(), 1u);
  EXPECT_EQ(done.report->badLines[0].line, 2u);
}

TEST(Import, ADryRunTellsEverythingAndDeliversNothing) {
  const TempFolder folder;
  const auto file =
      folder.write("s.jsonl", lineOf(1) + "{oops\n" + lineOf(2) + lineOf(1) + lineOf(3, -1));
  const auto done = import(file, {.dryRun = true});
  ASSERT_OK(done.report);
  EXPECT_TRUE(done.got.empty());
  EXPECT_EQ(done.report->lines, 5u);
  EXPECT_EQ(done.report->imported, 3u);
  EXPECT_EQ(done.report->duplicates, 1u);
  EXPECT_EQ(done.report->withoutKey, 1u);
  EXPECT_EQ(done.report->bad, 1u);
  const auto json = toJson(*done.report);
  EXPECT_EQ(json["bad_lines"][0]["line"], 2);
}

TEST(Import, DuplicatesInOneFile) {
  const TempFolder folder;
  const auto file = folder.write("s.jsonl", lineOf(1) + lineOf(1) + lineOf(1, 2));
  EXPECT_EQ(import(file).got.size(), 2u) << "another key is another content";
  EXPECT_EQ(import(file, {.skipDuplicates = false}).got.size(), 3u);
}

TEST(Import, LinesThatAreNoScenarios) {
  const auto says = [](const std::string& line) {
    const auto result = scenarioFromLine(line, "f:9");
    EXPECT_FALSE(result) << line;
    return result ? "" : result.error().message;
  };
  EXPECT_THAT(says("null"), HasSubstr("f:9"));
  EXPECT_THAT(says("{\"messages\":[]}"), HasSubstr("messages form"));
  EXPECT_THAT(says(R"({"situation":"x"})"), HasSubstr("the options are missing"));
  EXPECT_THAT(says(R"({"situation":"x","options":{}})"), HasSubstr("\"options\" must be a list"));
  EXPECT_THAT(says(R"({"situation":"x","action_list":{}})"), HasSubstr("\"action_list\" must be"));
  EXPECT_THAT(says(R"({"situation":"x","options":["a","b"],"non_intervention":"E"})"),
              HasSubstr("\"non_intervention\""));
  EXPECT_THAT(says(R"({"situation":"x","options":["a"]})"), HasSubstr("fewer than two"));
  EXPECT_THAT(says(R"({"options":["a","b"]})"), HasSubstr("situation"));
  EXPECT_THAT(says(R"({"situation":"  ","options":["a","b"]})"), HasSubstr("situation"));
  EXPECT_THAT(says(R"({"situation":7,"options":["a","b"]})"), HasSubstr("must be a text"));
  EXPECT_THAT(says(R"({"situation":"x","options":["a",2]})"), HasSubstr("must be a text"));
  EXPECT_THAT(says(R"({"situation":"x","options":["a","b"],"answer":"C"})"),
              HasSubstr("only 2 options"));
  EXPECT_THAT(says(R"({"situation":"x","options":["a","b"],"answer":"maybe"})"),
              HasSubstr("letter"));
  EXPECT_THAT(says(R"({"situation":"x","options":["a","b"],"answer":1})"), HasSubstr("text"));
  EXPECT_THAT(says(R"({"situation":"x","options":["a","b"],"non_interven_action":"E"})"),
              HasSubstr("non_interven_action"));
  EXPECT_THAT(says("{\"situation\":\"x\\u0000\",\"options\":[\"a\",\"b\"]}"), HasSubstr("zero"));
  EXPECT_THAT(says("{\"situation\":\"\xff\",\"options\":[\"a\",\"b\"]}"),
              HasSubstr("not valid JSON"));
  EXPECT_THAT(says(std::string(5000, '[')), HasSubstr("nested"));
  EXPECT_THAT(says("{\"situation\":\"" + std::string(2 << 20, 'x') + "\"}"), HasSubstr("1 MiB"));
  EXPECT_THAT(says(R"({"situation":"x","options":["a","b"],"wordsight":{"status":"great"}})"),
              HasSubstr("great"));
  EXPECT_THAT(says(R"({"situation":"x","options":["a","b"],"wordsight":[]})"),
              HasSubstr("wordsight"));
  EXPECT_THAT(says(R"({"situation":"x","options":["a","b"],"wordsight":{"seed":-1}})"),
              HasSubstr("seed"));
  std::string many = R"({"situation":"x","options":["o")";
  for (int i = 0; i < 26; ++i) many += ",\"o" + std::to_string(i) + "\"";
  EXPECT_THAT(says(many + "]}"), HasSubstr("at most 26"));
}

TEST(Import, FilesOfAnotherKind) {
  const TempFolder folder;
  EXPECT_THAT(import(folder.write("a.jsonl", "{\"messages\":[]}\n")).report.error().message,
              HasSubstr("train --data"));
  EXPECT_EQ(
      import(folder.write("b.json", "[{\"index\":1,\"action_list\":[]}]")).report.error().kind,
      ErrorKind::Unsupported);
  EXPECT_THAT(import(folder.write("b2.json", "[]")).report.error().message,
              HasSubstr("no scenarios"));
  EXPECT_THAT(import(folder.write("c", "")).report.error().message, HasSubstr("empty"));
  EXPECT_FALSE(import(folder / "none").report);
  EXPECT_FALSE(import(folder.path()).report);
}

TEST(Import, TheSinksErrorAndAStopEndIt) {
  const TempFolder folder;
  std::string text;
  for (int i = 0; i < 100; ++i) text += lineOf(i);
  const auto file = folder.write("s.jsonl", text);
  int got = 0;
  const auto full = importScenarios(file, {}, [&](ImportedScenario&&) -> Status {
    if (++got == 3) return fail("The disk is full.", ErrorKind::Io);
    return {};
  });
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().message, "The disk is full.");
  EXPECT_EQ(got, 3);

  std::stop_source stop;
  got = 0;
  const auto stopped = importScenarios(
      file, {.skipBad = true},
      [&](ImportedScenario&&) -> Status {
        if (++got == 5) stop.request_stop();
        return {};
      },
      stop.get_token());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(got, 5);
}

TEST(ScenariosFromItems, LeavesOutWhatCannotBeScored) {
  std::vector<BenchmarkItem> items(4);
  for (int i = 0; i < 4; ++i) {
    items[i].index = i + 1;
    items[i].content = scenario(i);
  }
  items[1].unusable = "no key could be recovered";
  items[2].content = items[0].content;
  items[3].content.options.clear();
  ImportReport report;
  const auto scenarios = scenariosFromItems(items, "VIVA.json", &report);
  ASSERT_EQ(scenarios.size(), 1u);
  EXPECT_EQ(scenarios[0].provenance.source, "VIVA.json, item 1");
  EXPECT_EQ(scenarios[0].hash, contentHash(scenario(0)));
  EXPECT_EQ(report.imported, 1u);
  EXPECT_EQ(report.duplicates, 1u);
  EXPECT_EQ(report.bad, 2u);
  EXPECT_EQ(report.badLines[0].line, 2u);
  EXPECT_THAT(report.badLines[0].reason, HasSubstr("no key could be recovered"));
}

TEST(Import, AHundredThousandScenariosInSeconds) {
  const TempFolder folder;
  std::string text;
  const std::string filler(600, 'x');  // about a scenario's real size
  for (int i = 0; i < 100000; ++i) {
    auto content = scenario(i);
    content.rationale += filler;
    text += dumpJson(toJson(content)) + "\n";
  }
  const auto file = folder.write("big.jsonl", text);
  std::size_t got = 0;
  const Stopwatch watch;
  const std::clock_t processor = std::clock();
  const auto report = importScenarios(file, {}, [&](ImportedScenario&&) -> Status {
    ++got;
    return {};
  });
  const double seconds = watch.seconds();
  ASSERT_OK(report);
  EXPECT_EQ(got, 100000u);
  std::cout << "[ measured ] " << text.size() / 1000000
            << " MB, 100,000 scenarios, two passes: " << seconds << " s\n";
  // Processor time, so that a busy machine fails nothing; sanitizers take about ten times as long.
  EXPECT_LT(static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC, 60)
      << "a guard against a quadratic slip; 2 s are usual";
}

}  // namespace
}  // namespace wordsight::curate
