#include "curate/export.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "base/file.h"
#include "curate/examples.h"
#include "curate/import.h"
#include "scenarios.h"
#include "support.h"

namespace wordsight::curate {
namespace {

using test::scenario;
using ::wordsight::test::TempFolder;

std::size_t filesIn(const std::filesystem::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    (void)entry;
    ++count;
  }
  return count;
}

std::vector<Scenario> someScenarios() {
  std::vector<Scenario> all;
  for (int i = 0; i < 50; ++i) {
    Scenario one;
    one.content = scenario(i, i % 5);
    if (i == 7) one.content.situation = "\"Quotes\", \\ and \xF0\x9F\x98\x80\nover two; lines\t.";
    if (i == 8) one.content.key = -1;
    if (i == 9) one.content.options[0] = "A. M. radio is too loud";
    if (i == 10) one.content.options[4] = "";
    if (i == 11) one.content.options = {"", "B", "C. and D."};
    if (i == 12) one.content.rationale = "=SUM(A1), \r\n\"\"";
    if (i == 13) one.content.question = "";
    if (i == 14) one.content.category = "[x]";
    if (i == 15) one.content.nonIntervention = -1;
    if (i == 16) one.content.options.assign(26, "one of many");
    one.provenance = {"reverse", "local:/m, n", "abc", 0xffffffffffffffffULL, RunId(3), ""};
    one.status = i % 2 ? ReviewStatus::Accepted : ReviewStatus::Rejected;
    all.push_back(one);
  }
  return all;
}

class ScenarioFiles : public ::testing::TestWithParam<ExportFormat> {};

TEST_P(ScenarioFiles, WhatWasExportedIsImportedTheSame) {
  const TempFolder folder;
  const auto file = folder / "out.txt";
  const auto written = someScenarios();
  {
    auto writer = ScenarioWriter::open(file, {GetParam(), nullptr, 26});
    ASSERT_OK(writer);
    for (const auto& one : written) ASSERT_OK(writer->add(one, "train"));
    EXPECT_FALSE(std::filesystem::exists(file)) << "nothing appears before finish";
    ASSERT_OK(writer->finish());
    EXPECT_EQ(writer->written(), 50u);
    EXPECT_FALSE(writer->add({}));
    EXPECT_FALSE(writer->finish());
  }
  std::size_t i = 0;
  const auto report = importScenarios(file, {}, [&](ImportedScenario&& read) -> Status {
    EXPECT_EQ(toJson(read.content), toJson(written[i].content));
    EXPECT_EQ(read.content, written[i].content);
    EXPECT_EQ(read.status, written[i].status);
    EXPECT_EQ(read.provenance.strategy, "reverse");
    EXPECT_EQ(read.provenance.generator, "local:/m, n");
    EXPECT_EQ(read.provenance.promptHash, "abc");
    EXPECT_EQ(read.provenance.seed, 0xffffffffffffffffULL);
    if (GetParam() != ExportFormat::Csv) {
      const std::string place = GetParam() == ExportFormat::Jsonl ? "out.txt:" : "out.txt, item ";
      EXPECT_EQ(read.provenance.source, place + std::to_string(i + 1));
    }
    ++i;
    return {};
  });
  ASSERT_OK(report);
  EXPECT_EQ(i, 50u);
}

INSTANTIATE_TEST_SUITE_P(Export, ScenarioFiles,
                         ::testing::Values(ExportFormat::Jsonl, ExportFormat::Json,
                                           ExportFormat::Csv),
                         [](const auto& info) { return std::string(toText(info.param)); });

TEST(Export, NothingIsAFileTooAndReadsAsNothing) {
  const TempFolder folder;
  for (const auto format : {ExportFormat::Json, ExportFormat::Csv}) {
    auto writer = ScenarioWriter::open(folder / "out", {format});
    ASSERT_OK(writer);
    ASSERT_OK(writer->finish());
    const auto report = importScenarios(folder / "out", {.dryRun = true}, {});
    ASSERT_OK(report);
    EXPECT_EQ(report->lines, 0u);
  }
}

TEST(Export, AnUnfinishedFileLeavesNothingAndTheOldOneStays) {
  const TempFolder folder;
  const auto file = folder.write("out.jsonl", "old\n");
  {
    auto writer = ScenarioWriter::open(file, {});
    ASSERT_OK(writer);
    Scenario big;  // beyond the buffer, so that it reaches the disk
    big.content.situation.assign(2 << 20, 'x');
    ASSERT_OK(writer->add(big));
    ScenarioWriter moved = std::move(*writer);
    ASSERT_OK(moved.add(big));
    EXPECT_EQ(filesIn(folder.path()), 2u);
  }
  EXPECT_EQ(readFile(file).value(), "old\n");
  EXPECT_EQ(filesIn(folder.path()), 1u);
}

TEST(Export, PlacesThatCannotBeWritten) {
  const TempFolder folder;
  EXPECT_FALSE(ScenarioWriter::open(folder.path(), {}));
  EXPECT_FALSE(ScenarioWriter::open(folder / "no/such/folder/out.jsonl", {}));
  EXPECT_FALSE(ScenarioWriter::open(folder / "out", {ExportFormat::Messages}));
}

TEST(Export, FormatsHaveNames) {
  for (const char* name : {"jsonl", "json", "csv", "messages", "sharegpt", "alpaca"})
    EXPECT_STREQ(toText(exportFormatFromText(name).value()), name);
  EXPECT_FALSE(exportFormatFromText("xml"));
}

DecisionPrompt somePrompt() {
  DecisionPrompt prompt;
  prompt.system = "Decide.";
  prompt.caption = "### Situation\n{situation}\n\n### Question\n{question}\n{options}\n\nAnswer.";
  prompt.answer = "{letter}. {option}\n{rationale}";
  prompt.answerNoRationale = "{letter}. {option}";
  return prompt;
}

TEST(Export, ChatsInTheLayoutsOfOthers) {
  const TempFolder folder;
  const auto prompt = somePrompt();
  Scenario one;
  one.revision = RevisionId(9);
  one.content = scenario(1);
  const auto written = [&](ExportFormat format) {
    auto writer = ScenarioWriter::open(folder / "out", {format, &prompt});
    EXPECT_OK(writer);
    EXPECT_OK(writer->add(one));
    EXPECT_OK(writer->add(one));
    EXPECT_OK(writer->finish());
    return readFile(folder / "out").value();
  };
  const auto messages = written(ExportFormat::Messages);
  EXPECT_EQ(std::count(messages.begin(), messages.end(), '\n'), 2);
  const auto shareGpt = Json::parse(written(ExportFormat::ShareGpt));
  ASSERT_EQ(shareGpt.size(), 2u);
  EXPECT_EQ(shareGpt[0]["id"], "revision 9");
  ASSERT_EQ(shareGpt[0]["conversations"].size(), 3u);
  EXPECT_EQ(shareGpt[0]["conversations"][0]["from"], "system");
  EXPECT_EQ(shareGpt[0]["conversations"][1]["from"], "human");
  EXPECT_EQ(shareGpt[0]["conversations"][2]["value"],
            "B. Stop the cars 1\nThe dog is in danger 1.");
  const auto alpaca = Json::parse(written(ExportFormat::Alpaca));
  EXPECT_EQ(alpaca[0]["system"], "Decide.");
  EXPECT_EQ(alpaca[0]["instruction"], shareGpt[0]["conversations"][1]["value"]);
  EXPECT_EQ(alpaca[0]["input"], "");
  EXPECT_EQ(alpaca[0]["output"], shareGpt[0]["conversations"][2]["value"]);
  auto writer = ScenarioWriter::open(folder / "keyless", {ExportFormat::Alpaca, &prompt});
  one.content.key = -1;
  EXPECT_FALSE(writer->add(one)) << "nothing to learn";
}

TEST(Export, ChatsAreReadBackAsScenarios) {
  const TempFolder folder;
  const auto prompt = somePrompt();
  for (const auto format : {ExportFormat::ShareGpt, ExportFormat::Alpaca}) {
    auto writer = ScenarioWriter::open(folder / "out", {format, &prompt});
    for (int i = 0; i < 5; ++i) {
      Scenario one;
      one.content = scenario(i, i % 5);
      ASSERT_OK(writer->add(one));
    }
    ASSERT_OK(writer->finish());
    int i = 0;
    const auto report = importScenarios(folder / "out", {}, [&](ImportedScenario&& read) -> Status {
      auto expected = scenario(i, i % 5);
      expected.category.clear();  // chats do not say them
      expected.nonIntervention = -1;
      EXPECT_EQ(toJson(read.content), toJson(expected));
      EXPECT_EQ(read.layout, toText(format));
      ++i;
      return {};
    });
    ASSERT_OK(report);
    EXPECT_EQ(i, 5);
  }
}

TEST(Export, TrainingDataIsReadBack) {
  const TempFolder folder;
  TrainingExample example;
  example.id = "rev 1";
  example.messages = {Message::text("user", "Hi"), Message::text("assistant", "Ho")};
  ASSERT_OK(writeFileAtomically(folder / "t.jsonl", dumpJson(exportLine(example)) + "\n"));
  EXPECT_EQ(readFile(folder / "t.jsonl").value(),
            "{\"id\":\"rev 1\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
            "{\"role\":\"assistant\",\"content\":\"Ho\"}]}\n");
  const auto read = readExamples(folder / "t.jsonl");
  ASSERT_OK(read);
  EXPECT_EQ(read->at(0).messages, example.messages);
}

}  // namespace
}  // namespace wordsight::curate
