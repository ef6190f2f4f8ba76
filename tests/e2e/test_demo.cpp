// The paper's experiment on the demo world, from nothing to the table: the numbers that the project
// promises.

#include "process.h"
#include "support.h"

namespace wordsight {
namespace {

double accuracy(const Json& finished, const std::string& model, const std::string& arm) {
  for (const auto& cell : finished.value("cells", Json::array()))
    if (cell["model"] == model && cell["arm"] == arm) return cell["accuracy"].get<double>();
  ADD_FAILURE() << "no cell " << model << " " << arm;
  return -1;
}

Json demo(const test::TempFolder& folder, const std::string& name, std::vector<std::string> more) {
  std::vector<std::string> arguments = {"demo", "--json", "--project", (folder / name).string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const auto result = test::runCli(arguments);
  EXPECT_EQ(result.status, 0) << result.errors << result.last();
  return result.last();
}

TEST(Demo, TextAloneTeachesDecisionsAboutPictures) {
  const test::TempFolder folder;
  const Json result = demo(folder, "demo.wordsight", {});
  ASSERT_EQ(result.value("event", ""), "finished");
  ASSERT_EQ(result["cells"].size(), 6u);
  for (const auto& cell : result["cells"]) {
    EXPECT_EQ(cell["n"], 300);
    EXPECT_LE(cell["low"].get<double>(), cell["accuracy"].get<double>());
    EXPECT_GE(cell["high"].get<double>(), cell["accuracy"].get<double>());
  }
  EXPECT_GE(accuracy(result, "tuned", "image") - accuracy(result, "base", "image"), 0.40);
  EXPECT_GE(accuracy(result, "tuned", "caption") - accuracy(result, "base", "caption"), 0.50);
  // Options alone must not give the answer away: chance is 20 %, a standard error 2.3 points.
  EXPECT_NEAR(accuracy(result, "tuned", "blind"), 0.20, 0.08);
  std::printf("pictures %.1f -> %.1f %%, captions %.1f -> %.1f %%, trained in %.1f s\n",
              100 * accuracy(result, "base", "image"), 100 * accuracy(result, "tuned", "image"),
              100 * accuracy(result, "base", "caption"), 100 * accuracy(result, "tuned", "caption"),
              result["training_seconds"].get<double>());
  EXPECT_TRUE(std::filesystem::exists(result["report"].get<std::string>()));

  // The record proves that the base did not change: every module's hash is what it was.
  const auto run = test::runCli({"runs", "--json", (folder / "demo.wordsight").string(), "show",
                                 result["training_run"].dump()});
  ASSERT_EQ(run.status, 0) << run.errors;
  const Json training = *parseJson(run.lines.at(0), "run");
  EXPECT_TRUE(training["summary"]["changed_modules"].empty());
  EXPECT_GT(training["summary"]["modules_hashed"].get<int>(), 3);

  // A second call finds everything done and says the same.
  const Json again = demo(folder, "demo.wordsight", {});
  EXPECT_EQ(again["cells"], result["cells"]);
}

TEST(Demo, ShuffledKeysTeachNothing) {
  const test::TempFolder folder;
  const Json result = demo(folder, "control.wordsight", {"--control"});
  for (const char* arm : {"image", "caption", "blind"})
    EXPECT_NEAR(accuracy(result, "control", arm), accuracy(result, "base", arm), 0.08) << arm;
}

TEST(Demo, TheSameSeedGivesTheSameTable) {
  const test::TempFolder folder;
  const std::vector<std::string> few = {"--steps", "40", "--seed", "5", "--scenarios", "200"};
  const Json first = demo(folder, "a.wordsight", few), second = demo(folder, "b.wordsight", few);
  EXPECT_EQ(first["cells"], second["cells"]);
  EXPECT_EQ(first["pairs"], second["pairs"]);
}

}  // namespace
}  // namespace wordsight
