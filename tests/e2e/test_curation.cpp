// Curating by command: bring in, change many, mark, look back.

#include <gmock/gmock.h>

#include "base/file.h"
#include "process.h"
#include "support.h"

namespace wordsight {
namespace {

using ::testing::HasSubstr;

std::string joined(const test::CliResult& result) {
  std::string all;
  for (const auto& line : result.lines) all += line + "\n";
  return all;
}

class Curation : public ::testing::Test {
 protected:
  Curation() {
    ok({"init", project});
    ok({"synth", project, "--count", "30", "--generator", "demo"});
  }
  test::CliResult ok(const std::vector<std::string>& arguments) {
    auto result = test::runCli(arguments);
    EXPECT_EQ(result.status, 0) << result.errors;
    return result;
  }
  test::TempFolder folder;
  const std::string project = (folder / "p.wordsight").string();
};

TEST_F(Curation, FilesGoOutAndComeBack) {
  const auto other = (folder / "q.wordsight").string();
  ok({"init", other});
  for (const std::string format : {"jsonl", "json", "csv", "sharegpt", "alpaca"}) {
    const auto file = (folder / ("out." + format)).string();
    EXPECT_EQ(ok({"export", project, "--format", format, "--out", file, "--json"}).last()["lines"],
              30);
    const auto dry = ok({"import", other, file, "--dry-run", "--json"}).last();
    EXPECT_EQ(dry["files"][0]["bad"], 0) << dry;
    EXPECT_EQ(dry["imported"].get<int>() + dry["already_there"].get<int>(), 30) << dry;
    ok({"import", other, file});
  }
  EXPECT_EQ(ok({"scenarios", other, "list", "--json"}).last()["count"], 30)
      << "whatever the format, they are the same scenarios";
}

TEST_F(Curation, ManyAreChangedAtOnce) {
  const auto dry = ok({"scenarios", project, "replace", "--find", "the", "--with", "one",
                       "--whole-words", "--filter", "text=the", "--dry-run", "--json"});
  const auto changed = dry.last()["changed"].get<int>();
  EXPECT_GT(changed, 0);
  EXPECT_EQ(ok({"scenarios", project, "replace", "--find", "the", "--with", "one", "--whole-words",
                "--filter", "text=the", "--json"})
                .last()["changed"],
            changed);
  EXPECT_EQ(ok({"scenarios", project, "replace", "--find", "the", "--with", "one", "--whole-words",
                "--filter", "status=undecided", "--dry-run", "--json"})
                .last()["changed"],
            0);
  ok({"scenarios", project, "reshuffle", "--filter", "status=undecided", "--seed", "3"});
  EXPECT_EQ(ok({"check", project, "--json"}).last()["letters_balanced"], true);
  EXPECT_EQ(
      test::runCli({"scenarios", project, "replace", "--find", "", "--with", "x", "1"}).status, 1);
}

TEST_F(Curation, ASynthesisWithoutAnItemHasFailed) {
  // The demo's tiny model cannot write scenarios.
  const auto model = (test::sourceDir() / "resources/demo/model").string();
  const auto result = test::runCli({"synth", project, "--json", "--generator", "local:" + model,
                                    "--count", "1", "--max-tokens", "4"});
  EXPECT_EQ(result.status, 1);
  const auto error = result.last()["error"].get<std::string>();
  EXPECT_THAT(error, HasSubstr("None of 24 attempts"));
  EXPECT_THAT(error, HasSubstr("rejects --run 2"));
  bool counted = false;
  for (const auto& line : result.lines) counted = counted || line.find("24 rejected") != line.npos;
  EXPECT_TRUE(counted) << "progress tells attempts and rejects";
  const auto tray = ok({"scenarios", project, "rejects", "--run", "2", "--limit", "5", "--json"});
  EXPECT_EQ(tray.last()["count"], 24);
  EXPECT_EQ(tray.last()["shown"], 5);
  EXPECT_FALSE(parseJson(tray.lines.at(0), "reject")->at("reason").get<std::string>().empty());
  EXPECT_EQ(ok({"scenarios", project, "rejects", "--run", "1", "--json"}).last()["count"], 0);
  EXPECT_EQ(test::runCli({"scenarios", project, "rejects", "--run", "9"}).status, 1);
}

TEST_F(Curation, WhatIsWrittenLeavesARun) {
  ok({"export", project, "--format", "csv", "--out", (folder / "out.csv").string()});
  const auto run = parseJson(ok({"runs", project, "--json"}).lines.at(0), "run");
  EXPECT_EQ(run->at("kind"), "export");
  EXPECT_EQ(run->at("summary").at("items"), 30);
}

TEST_F(Curation, RunsAreMarkedAndExplained) {
  ok({"freeze", project, "--name", "d"});
  ok({"runs", project, "mark", "1", "2", "--star", "--tag", "paper", "--tag", "first", "--note",
      "Keep."});
  ok({"runs", project, "mark", "2", "--unstar", "--untag", "first"});
  EXPECT_EQ(ok({"runs", project, "list", "--starred", "--json"}).last()["count"], 1);
  EXPECT_EQ(ok({"runs", project, "list", "--tag", "paper", "--json"}).last()["count"], 2);
  EXPECT_THAT(joined(ok({"runs", project, "list"})), HasSubstr("#paper #first"));
  EXPECT_NE(test::runCli({"runs", project, "mark", "1"}).status, 0);
  EXPECT_NE(test::runCli({"runs", project, "mark", "99", "--star"}).status, 0);
  EXPECT_NE(test::runCli({"runs", project, "mark", "1", "--star", "--unstar"}).status, 0);
  EXPECT_THAT(joined(ok({"runs", project, "lineage", "2"})), HasSubstr("scenarios from run 1"));
  const auto json = ok({"runs", project, "lineage", "1", "--json"}).last();
  EXPECT_EQ(json["results"]["next"][0]["name"], "d");
}

}  // namespace
}  // namespace wordsight
