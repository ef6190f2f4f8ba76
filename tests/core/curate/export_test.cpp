#include "curate/export.h"

#include <gmock/gmock.h>

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

TEST(Export, WhatWasExportedIsImportedTheSame) {
  const TempFolder folder;
  const auto file = folder / "out.jsonl";
  std::vector<Scenario> written;
  {
    auto writer = JsonlWriter::open(file);
    ASSERT_OK(writer);
    for (int i = 0; i < 50; ++i) {
      Scenario one;
      one.content = scenario(i, i % 5);
      if (i == 7) one.content.situation = "\"Quotes\", \\ and \xF0\x9F\x98\x80\nover two lines\t.";
      if (i == 8) one.content.key = -1;
      if (i == 9) one.content.options[0] = "A. M. radio is too loud";
      one.provenance = {"reverse", "local:/m", "abc", 0x7fffffffffffffffULL, RunId(3), ""};
      one.status = i % 2 ? ReviewStatus::Accepted : ReviewStatus::Rejected;
      ASSERT_OK(writer->add(exportLine(one)));
      written.push_back(one);
    }
    EXPECT_FALSE(std::filesystem::exists(file)) << "nothing appears before finish";
    ASSERT_OK(writer->finish());
    EXPECT_EQ(writer->lines(), 50u);
    EXPECT_FALSE(writer->add(Json::object()));
    EXPECT_FALSE(writer->finish());
  }
  std::size_t i = 0;
  const auto report = importScenarios(file, {}, [&](ImportedScenario&& read) -> Status {
    EXPECT_EQ(read.content, written[i].content);
    EXPECT_EQ(read.status, written[i].status);
    EXPECT_EQ(read.provenance.strategy, "reverse");
    EXPECT_EQ(read.provenance.generator, "local:/m");
    EXPECT_EQ(read.provenance.promptHash, "abc");
    EXPECT_EQ(read.provenance.seed, 0x7fffffffffffffffULL);
    EXPECT_EQ(read.provenance.source, "out.jsonl:" + std::to_string(i + 1));
    ++i;
    return {};
  });
  ASSERT_OK(report);
  EXPECT_EQ(i, 50u);
}

TEST(Export, AnUnfinishedFileLeavesNothingAndTheOldOneStays) {
  const TempFolder folder;
  const auto file = folder.write("out.jsonl", "old\n");
  {
    auto writer = JsonlWriter::open(file);
    ASSERT_OK(writer);
    const Json big(std::string(2 << 20, 'x'));  // beyond the buffer, so that it reaches the disk
    ASSERT_OK(writer->add(big));
    JsonlWriter moved = std::move(*writer);
    ASSERT_OK(moved.add(big));
    EXPECT_EQ(filesIn(folder.path()), 2u);
  }
  EXPECT_EQ(readFile(file).value(), "old\n");
  EXPECT_EQ(filesIn(folder.path()), 1u);
}

TEST(Export, PlacesThatCannotBeWritten) {
  const TempFolder folder;
  EXPECT_FALSE(JsonlWriter::open(folder.path()));
  EXPECT_FALSE(JsonlWriter::open(folder / "no/such/folder/out.jsonl"));
}

TEST(Export, TrainingDataIsReadBack) {
  const TempFolder folder;
  TrainingExample example;
  example.id = "rev 1";
  example.messages = {Message::text("user", "Hi"), Message::text("assistant", "Ho")};
  auto writer = JsonlWriter::open(folder / "t.jsonl");
  ASSERT_OK(writer);
  ASSERT_OK(writer->add(exportLine(example)));
  ASSERT_OK(writer->finish());
  EXPECT_EQ(readFile(folder / "t.jsonl").value(),
            "{\"id\":\"rev 1\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
            "{\"role\":\"assistant\",\"content\":\"Ho\"}]}\n");
  const auto read = readExamples(folder / "t.jsonl");
  ASSERT_OK(read);
  EXPECT_EQ(read->at(0).messages, example.messages);
}

}  // namespace
}  // namespace wordsight::curate
