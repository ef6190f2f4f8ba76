// Import, export and checks of scenarios, file to project and back.

#include <gmock/gmock.h>

#include <ctime>
#include <iostream>

#include "base/file.h"
#include "base/time.h"
#include "job_test.h"
#include "jobs/data_jobs.h"
#include "store/dataset_repository.h"

namespace wordsight::jobs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class Files : public test::JobTest {
 protected:
  static ScenarioContent content(int n) {
    ScenarioContent c;
    c.situation = "Thing number " + std::to_string(n) + ", \"seen\"\nfrom afar.";
    c.question = n % 2 ? "What now?" : "";
    c.options = {"Wait", "Call, loudly", "A. M. radio", "Run"};
    if (n % 3 == 0) c.options.pop_back();
    if (n % 10 == 4) c.options.assign(7, "Option " + std::to_string(n));
    c.key = n % 7 == 3 ? -1 : n % 3;
    c.rationale = "Because of " + std::to_string(n) + ".";
    c.category = "Child Safety";
    c.nonIntervention = 0;
    return c;
  }
  std::vector<ScenarioId> add(const store::Project& project, int count) {
    const auto connection = project.connect().value();
    store::ScenarioRepository scenarios(*connection);
    std::vector<store::NewScenario> many;
    for (int i = 0; i < count; ++i)
      many.push_back({content(i), {"context", "demo", "abc", std::uint64_t(i), {}, ""}, "test"});
    auto ids = scenarios.addMany(many).value();
    for (int i = 0; i < count; i += 4)
      EXPECT_OK(scenarios.setStatus(ids[i], i % 8 ? ReviewStatus::Accepted : ReviewStatus::Rejected,
                                    "person"));
    return ids;
  }
  static std::vector<Scenario> all(const store::Project& project) {
    const auto connection = project.connect().value();
    return store::ScenarioRepository(*connection).list({}).value();
  }
};

TEST_F(Files, WhatIsExportedComesBackTheSame) {
  add(m_project, 40);
  const auto before = all(m_project);
  for (const auto format :
       {curate::ExportFormat::Jsonl, curate::ExportFormat::Json, curate::ExportFormat::Csv}) {
    ExportSpec spec;
    spec.format = format;
    spec.file = (m_folder / "out").string();
    const auto written = exportScenarios(context(), spec);
    ASSERT_OK(written);
    EXPECT_EQ(written->written, 40u);
    EXPECT_EQ(written->leftOut, 0u);
    const auto other =
        store::Project::create(m_folder / (toText(format) + std::string(".wordsight"))).value();
    ImportSpec import;
    import.files = {spec.file};
    const auto outcome = importScenarios({other, {}, {}}, import);
    ASSERT_OK(outcome);
    EXPECT_EQ(outcome->summary["imported"], 40);
    const auto after = all(other);
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
      EXPECT_EQ(toJson(after[i].content), toJson(before[i].content));
      EXPECT_EQ(after[i].content, before[i].content);
      EXPECT_EQ(after[i].status, before[i].status);
      EXPECT_EQ(after[i].provenance.generator, "demo");
      EXPECT_EQ(after[i].provenance.seed, before[i].provenance.seed);
    }
  }
}

TEST_F(Files, ExportOfChoicesDatasetsAndChats) {
  const auto ids = add(m_project, 20);
  ExportSpec spec;
  spec.file = (m_folder / "out").string();
  const std::vector<ScenarioId> some = {ids[5], ids[2]};
  spec.ids = some;
  ASSERT_OK(exportScenarios(context(), spec));
  const auto lines = readFile(m_folder / "out").value();
  EXPECT_LT(lines.find("number 5,"), lines.find("number 2,"));
  spec.ids = {ScenarioId(99)};
  EXPECT_FALSE(exportScenarios(context(), spec));
  EXPECT_EQ(readFile(m_folder / "out").value(), lines) << "the old file stays";

  spec.ids.clear();
  spec.filter.status = ReviewStatus::Accepted;
  EXPECT_EQ(exportScenarios(context(), spec)->written, 2u);
  spec.filter = {};
  for (const auto format : {curate::ExportFormat::Messages, curate::ExportFormat::ShareGpt,
                            curate::ExportFormat::Alpaca}) {
    spec.format = format;
    const auto written = exportScenarios(context(), spec);
    ASSERT_OK(written);
    EXPECT_EQ(written->written, 17u);
    EXPECT_EQ(written->leftOut, 3u) << "without a key there is nothing to learn";
  }
  spec.prompt = "no such prompt";
  EXPECT_FALSE(exportScenarios(context(), spec));
  spec.prompt = "default";

  FreezeSpec freeze;
  freeze.name = "d";
  freeze.shares = {{"train", 0.8}, {"eval", 0.2}};
  ASSERT_OK(freezeDataset(context(), freeze));
  spec.format = curate::ExportFormat::Jsonl;
  spec.dataset = "d";
  const auto whole = exportScenarios(context(), spec);
  ASSERT_OK(whole);
  spec.split = "eval";
  const auto part = exportScenarios(context(), spec);
  ASSERT_OK(part);
  EXPECT_GT(whole->written, part->written);
  EXPECT_THAT(readFile(m_folder / "out").value(), HasSubstr("\"split\":\"eval\""));
  spec.split = "nothing";
  EXPECT_THAT(exportScenarios(context(), spec).error().message, HasSubstr("no split"));
  spec.split.clear();
  spec.dataset = "none";
  EXPECT_FALSE(exportScenarios(context(), spec));
  spec.dataset.clear();
  m_stop.request_stop();
  EXPECT_EQ(exportScenarios(context(), spec).error().kind, ErrorKind::Cancelled);
  spec.file.clear();
  EXPECT_FALSE(exportScenarios(context(), spec));
}

TEST_F(Files, ADryRunSaysWhatWouldHappen) {
  add(m_project, 3);
  std::string csv = "situation,option_a,option_b,answer,colour\n";
  for (int i = 0; i < 30; ++i) csv += "Cell " + std::to_string(i) + ",Run,Wait,A,red\n";
  const auto known = dumpJson(toJson(content(1)));
  const std::string chat =
      R"({"conversations":[{"from":"human","value":"It rains.\nA. Run\nB. Wait"},{"from":"gpt","value":"A"}]})";
  ImportSpec spec;
  spec.files = {m_folder.write("a.csv", csv).string(),
                m_folder.write("b.txt", known + "\n" + chat + "\n" + chat + "\n{oops\n").string(),
                (m_folder / "none").string(), m_folder.write("c", "[]").string()};
  spec.dryRun = true;
  const auto outcome = importScenarios(context(), spec);
  ASSERT_OK(outcome);
  const Json& summary = outcome->summary;
  EXPECT_EQ(summary["imported"], 31);
  EXPECT_EQ(summary["already_there"], 1);
  EXPECT_EQ(summary["would_fail"], true);
  ASSERT_THAT(summary["files"], SizeIs(4));
  const Json& table = summary["files"][0];
  EXPECT_EQ(table["form"], "CSV");
  EXPECT_EQ(table["layouts"], (Json{{"csv", 30}}));
  EXPECT_EQ(table["unknown_columns"], (Json{"colour"}));
  ASSERT_THAT(table["items"], SizeIs(20));
  EXPECT_EQ(table["items"][2]["situation_description"], "Cell 2");
  EXPECT_EQ(table["items"][2]["answer"], "A");
  EXPECT_EQ(table["items"][2]["source"], "a.csv:4");
  EXPECT_FALSE(table.contains("refused"));
  const Json& lines = summary["files"][1];
  EXPECT_EQ(lines["lines"], 4);
  EXPECT_EQ(lines["imported"], 1);
  EXPECT_EQ(lines["already_there"], 1);
  EXPECT_EQ(lines["duplicates"], 1);
  EXPECT_EQ(lines["bad"], 1);
  EXPECT_EQ(lines["bad_lines"][0]["line"], 4);
  EXPECT_EQ(lines["items"][0]["layout"], "sharegpt");
  EXPECT_THAT(lines["refused"].get<std::string>(), HasSubstr("1 bad line"));
  EXPECT_THAT(summary["files"][2]["error"].get<std::string>(), HasSubstr("Cannot read"));
  EXPECT_THAT(summary["files"][3]["refused"].get<std::string>(), HasSubstr("no scenarios"));
  EXPECT_THAT(all(m_project), SizeIs(3)) << "a dry run stores nothing";

  spec.dryRun = false;
  EXPECT_FALSE(importScenarios(context(), spec));
  EXPECT_THAT(all(m_project), SizeIs(3)) << "all or nothing";
  spec.files.resize(2);
  spec.skipBad = true;
  const auto imported = importScenarios(context(), spec);
  ASSERT_OK(imported);
  EXPECT_EQ(imported->summary["imported"], 31) << "as the dry run said";
  EXPECT_FALSE(imported->summary["files"][0].contains("items"));
  EXPECT_THAT(all(m_project), SizeIs(34));
}

TEST_F(Files, HostileFilesAreRefusedOrSkipped) {
  const std::string good = dumpJson(toJson(content(1)));
  const std::string text = "{\"situation\":\"" + std::string(10 << 20, 'x') + "\"}\n" + good +
                           "\n" +
                           std::string("{\"situation\":\"a\0b\",\"options\":[\"a\",\"b\"]}\n", 41) +
                           "{\"situation\":\"\xc3\x28\",\"options\":[\"a\",\"b\"]}\n" +
                           std::string(100'000, '[') + "\n\xff\xfe\n";
  ImportSpec spec;
  spec.files = {m_folder.write("f", text).string()};
  const auto refused = importScenarios(context(), spec);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("5 bad lines"));
  spec.skipBad = true;
  const auto taken = importScenarios(context(), spec);
  ASSERT_OK(taken);
  EXPECT_EQ(taken->summary["imported"], 1);
  EXPECT_EQ(taken->summary["files"][0]["bad"], 5);
}

TEST_F(Files, ACheckKeepsWhatChartsShow) {
  const auto ids = add(m_project, 30);
  const auto connection = m_project.connect().value();
  store::ScenarioRepository scenarios(*connection);
  auto same = content(2);
  same.key = 1;
  std::swap(same.options[0], same.options[3]);
  ASSERT_OK(scenarios.edit(ids[5], same, "person"));
  ASSERT_OK(scenarios.edit(ids[7], content(1), "person"));
  const auto outcome = checkScenarios(context(), {});
  ASSERT_OK(outcome);
  const Json& summary = outcome->summary;
  EXPECT_EQ(summary["items"], 26) << "rejected ones are left out";
  EXPECT_EQ(summary["duplicate_groups"], 2);
  EXPECT_EQ(summary["duplicates"],
            (Json{{ids[1].value, ids[7].value}, {ids[2].value, ids[5].value}}));
  EXPECT_EQ(summary["conflicts"], (Json{{ids[2].value, ids[5].value}}));
  std::int64_t bars = 0;
  for (const auto& n : summary["option_lengths"]["key"]) bars += n.get<std::int64_t>();
  EXPECT_EQ(bars, summary["with_key"]);
  EXPECT_GE(summary["option_lengths"]["width"], 1);
  EXPECT_EQ(run(outcome->run).summary["option_lengths"], summary["option_lengths"]);
  store::ScenarioFilter filter;
  filter.issue = "duplicate";
  EXPECT_THAT(scenarios.ids(filter).value(), ElementsAre(ids[5], ids[7]));
  const auto revision = scenarios.get(ids[5])->revision;
  std::string text;
  const auto issues = scenarios.issues(revision).value();
  for (const auto& issue : issues)
    if (issue.code == "duplicate") text = issue.text;
  EXPECT_EQ(text, "Says the same as scenario " + std::to_string(ids[2].value) +
                      ", but they do not agree on the right option.");
}

TEST_F(Files, ACheckCanBeStoppedAndStoresNothingThen) {
  add(m_project, 300);
  m_onEvent = [&](const Event& event) {
    if (std::holds_alternative<Progress>(event.what)) m_stop.request_stop();
  };
  const auto outcome = checkScenarios(context(), {});
  ASSERT_OK(outcome);
  EXPECT_EQ(outcome->status, RunStatus::Cancelled);
  store::ScenarioFilter filter;
  filter.issue = "*";
  const auto connection = m_project.connect().value();
  EXPECT_EQ(store::ScenarioRepository(*connection).count(filter).value(), 0);
}

TEST_F(Files, TwentyThousandAreCheckedInSeconds) {
  add(m_project, 20'000);
  const Stopwatch watch;
  const std::clock_t processor = std::clock();
  ASSERT_OK(checkScenarios(context(), {}));
  std::cout << "[ measured ] check of 20,000: " << watch.seconds() << " s\n";
  EXPECT_LT(static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC, 30);
  EXPECT_GT(count<Progress>(), 2);
}

}  // namespace
}  // namespace wordsight::jobs
