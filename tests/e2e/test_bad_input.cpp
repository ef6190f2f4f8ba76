// One clear sentence for each bad input, no crash, nothing lost.

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "process.h"
#include "support.h"

namespace wordsight {
namespace {

const std::string kModel = (test::sourceDir() / "resources/demo/model").string();

/// The sentence must name `name` and hold `word`; the exit status is 1.
void expectSentence(const std::vector<std::string>& arguments, const std::string& name,
                    const std::string& word, const std::string& input = {}) {
  const auto result = test::runCli(arguments, input);
  std::string all;
  for (const auto& argument : arguments) all += argument + " ";
  EXPECT_EQ(result.status, 1) << all << result.errors;
  EXPECT_NE(result.errors.find("error: "), std::string::npos) << all << result.errors;
  EXPECT_NE(result.errors.find(name), std::string::npos) << all << result.errors;
  EXPECT_NE(result.errors.find(word), std::string::npos) << all << result.errors;
  EXPECT_EQ(result.errors.find("terminate called"), std::string::npos) << result.errors;
}

TEST(BadInput, UsageErrorsExitWithTwo) {
  EXPECT_EQ(test::runCli({"nonsense"}).status, 2);
  EXPECT_EQ(test::runCli({}).status, 2);
  EXPECT_EQ(test::runCli({"synth", "p", "--count", "-1"}).status, 2);
  const auto unknown = test::runCli({"trian", "p"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_NE(unknown.errors.find("did you mean \"train\"? There are: "), std::string::npos)
      << unknown.errors;
  EXPECT_NE(test::runCli({"runs", "p", "lits"}).errors.find("\"list\""), std::string::npos);
  EXPECT_NE(test::runCli({"synth", "p", "--cuont", "3"}).errors.find("did you mean --count"),
            std::string::npos);
  // With --json it is an object like any other error.
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"--json", "nonsense"}, {"synth", "p", "--count", "x", "--json"}, {"--json"}}) {
    const auto result = test::runCli(words);
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.last()["status"], "failed") << result.errors;
    EXPECT_EQ(result.last()["usage"], true);
  }
  EXPECT_EQ(test::runCli({"--help"}).status, 0);
  EXPECT_EQ(test::runCli({"eval", "--help"}).status, 0);
}

TEST(BadInput, ProjectFiles) {
  const test::TempFolder folder;
  const auto text = folder.write("text.wordsight", std::string(5000, 'x')).string();
  const auto empty = folder.write("empty.wordsight", "").string();
  expectSentence({"runs", (folder / "none.wordsight").string(), "list"}, "none.wordsight", "");
  expectSentence({"runs", text, "list"}, "text.wordsight", "");
  expectSentence({"runs", empty, "list"}, "empty.wordsight", "");
  expectSentence({"runs", folder.path().string(), "list"}, folder.path().filename().string(), "");
  const auto project = (folder / "p.wordsight").string();
  ASSERT_EQ(test::runCli({"init", project}).status, 0);
  expectSentence({"init", project}, "p.wordsight", "");
  expectSentence({"init", (folder / "no/folder/p.wordsight").string()}, "no/folder", "");
}

TEST(BadInput, ScenarioFiles) {
  const test::TempFolder folder;
  const auto project = (folder / "p.wordsight").string();
  ASSERT_EQ(test::runCli({"init", project}).status, 0);
  const std::string good =
      R"({"situation":"A long enough situation.","options":["a b","c d"],"answer":"A"})";
  const auto broken =
      folder.write("broken.jsonl", good + "\n{\"situation\": NaN}\n" + good + "{\n").string();
  expectSentence({"import", project, broken}, "broken.jsonl", "2");
  EXPECT_EQ(test::runCli({"scenarios", "--json", project, "list"}).last()["count"], 0)
      << "half a file was imported";
  EXPECT_EQ(test::runCli({"import", project, broken, "--skip-bad"}).status, 0);
  EXPECT_EQ(test::runCli({"scenarios", "--json", project, "list"}).last()["count"], 1);
  const auto binary =
      folder.write("picture.png", "\x89PNG\r\n\x1a\n" + std::string(100, '\0')).string();
  expectSentence({"import", project, binary}, "picture.png", "");
  expectSentence({"import", project, (folder / "missing.jsonl").string()}, "missing.jsonl", "");
  expectSentence({"freeze", project, "--name", "d", "--split", "train=0.9"}, "0.9", "");
  expectSentence({"freeze", project, "--name", "d", "--filter", "colour=red"}, "colour", "status");
}

TEST(BadInput, MessagesNameTheColumnsOfTheFile) {
  const test::TempFolder folder;
  const auto project = (folder / "p.wordsight").string();
  ASSERT_EQ(test::runCli({"init", project}).status, 0);
  const auto csv = folder.write("t.csv", "Scenario,Option A,Option B,Answer\nOne,a,b,A or B\n");
  const auto said = test::runCli({"import", project, csv.string(), "--skip-bad"}).errors;
  EXPECT_NE(said.find("left out: t.csv:2: \"Answer\" must be a letter"), std::string::npos) << said;
  EXPECT_EQ(said.find("t.csv:2"), said.rfind("t.csv:2")) << said;
  const auto lines = folder.write("t.jsonl", "{\"situation\":\"One\",\"options\":\"no\"}\n");
  expectSentence({"import", project, lines.string()}, "t.jsonl:1", "\"options\" must be a list");
}

// What is named wrong is refused before there is a run.
TEST(BadInput, WrongNamesLeaveNoRun) {
  const test::TempFolder folder;
  const auto project = (folder / "p.wordsight").string();
  const auto nowhere = (folder / "nowhere").string();
  ASSERT_EQ(test::runCli({"init", project}).status, 0);
  expectSentence({"synth", project}, "--generator local:DIR", "demo");
  expectSentence({"synth", project, "--generator", "gpt"}, "gpt", "local:DIR");
  expectSentence({"synth", project, "--generator", "local:" + nowhere}, nowhere, "model");
  expectSentence({"synth", project, "--generator", "demo", "--prompts", nowhere}, "prompts",
                 "demo");
  expectSentence({"import", project, nowhere}, nowhere, "");
  expectSentence({"check", project, "--dataset", "none"}, "none", "");
  expectSentence({"bench", project, "viva"}, "viva", "--annotations");
  expectSentence({"bench", project, "viva", "--annotations", nowhere}, nowhere, "");
  expectSentence({"bench", project, "viva", "--images", folder.path().string()}, "viva", "");
  expectSentence({"eval", project, "--model", kModel}, "viva", "bench");
  expectSentence({"eval", project, "--model", nowhere}, nowhere, "model");
  expectSentence({"train", project, "--model", kModel, "--dataset", "none"}, "none", "");
  expectSentence({"export", project, "--dataset", "none", "--out", nowhere}, "none", "");
  expectSentence({"compare", project, "7"}, "7", "");
  EXPECT_EQ(test::runCli({"runs", "--json", project}).last()["count"], 0);
}

TEST(BadInput, FilesThatAreThereStay) {
  const test::TempFolder folder;
  const auto project = (folder / "p.wordsight").string();
  ASSERT_EQ(test::runCli({"init", project}).status, 0);
  ASSERT_EQ(test::runCli({"synth", project, "--generator", "demo", "--count", "3"}).status, 0);
  const auto file = folder.write("mine.jsonl", "mine").string();
  for (const auto& verb : std::vector<std::vector<std::string>>{
           {"export", project, "--out", file}, {"runs", project, "export", "1", "--out", file}}) {
    expectSentence(verb, file, "--overwrite");
    EXPECT_EQ(readFile(file).value(), "mine");
  }
  expectSentence({"inspect", "pixels", "--model", kModel, "--image", file, "--out", file}, file,
                 "--overwrite");
  EXPECT_EQ(test::runCli({"export", project, "--out", file, "--overwrite"}).status, 0);
  EXPECT_NE(readFile(file).value(), "mine");
  EXPECT_EQ(test::runCli({"runs", project, "export", "1", "--out", "-"}).status, 0);
}

TEST(BadInput, SpecsAndModels) {
  const test::TempFolder folder;
  const auto data =
      folder
          .write(
              "d.jsonl",
              R"({"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"A. yes"}]})"
              "\n")
          .string();
  const auto spec = folder.write("spec.json", R"({"optimiser":{"lr":1e-3}})").string();
  const auto out = (folder / "out").string();
  expectSentence({"train", "--spec", spec, "--data", data, "--model", kModel, "--out", out},
                 "spec.json", "optimizer");
  expectSentence({"train", "--data", data, "--model", (folder / "nowhere").string(), "--out", out},
                 "nowhere", "");
  // A model folder without a tokenizer, without weights, with weights cut short, of unknown family,
  // with wrong shapes.
  const auto copyModel = [&](const std::string& name) {
    std::filesystem::copy(kModel, folder / name);
    return (folder / name).string();
  };
  const auto noTokenizer = copyModel("no-tokenizer");
  std::filesystem::remove(folder / "no-tokenizer/tokenizer.json");
  expectSentence({"train", "--data", data, "--model", noTokenizer, "--out", out}, "no-tokenizer",
                 "tokenizer.json");
  const auto cut = copyModel("cut");
  std::filesystem::resize_file(folder / "cut/model.safetensors", 1'000'000);
  expectSentence({"train", "--data", data, "--model", cut, "--out", out}, "cut", "");
  const auto unknown = copyModel("unknown");
  auto config = *readJsonFile(folder / "unknown/config.json");
  config["model_type"] = "mamba";
  folder.write("unknown/config.json", dumpJson(config));
  expectSentence({"train", "--data", data, "--model", unknown, "--out", out}, "mamba", "qwen2");
  const auto shapes = copyModel("shapes");
  config["model_type"] = "qwen2_vl";
  config["intermediate_size"] = 512;
  folder.write("shapes/config.json", dumpJson(config));
  expectSentence({"train", "--data", data, "--model", shapes, "--out", out}, "shapes", "mlp");
  EXPECT_FALSE(std::filesystem::exists(folder / "out/adapter_model.safetensors"));
}

TEST(BadInput, Pictures) {
  const test::TempFolder folder;
  const auto notPicture = folder.write("a.png", "no picture").string();
  expectSentence({"inspect", "pixels", "--model", kModel, "--image", notPicture, "--out",
                  (folder / "o.safetensors").string()},
                 "a.png", "");
  expectSentence({"inspect", "pixels", "--model", kModel, "--image", (folder / "b.png").string(),
                  "--out", (folder / "o").string()},
                 "b.png", "");
  // One broken picture among good ones is said and left out; the others are asked.
  const auto project = (folder / "p.wordsight").string();
  ASSERT_EQ(test::runCli({"init", project}).status, 0);
  std::filesystem::create_directory(folder / "pictures");
  for (const char* name : {"1.png", "2.png"})
    std::filesystem::copy(test::sourceDir() / "resources/demo/pictures" / name,
                          folder / "pictures" / name);
  folder.write("pictures/3.png", "broken");
  ASSERT_EQ(test::runCli({"bench", project, "demo", "--annotations",
                          (test::sourceDir() / "resources/demo/test_items.json").string(),
                          "--images", (folder / "pictures").string()})
                .status,
            0);
  const auto result = test::runCli({"eval", "--json", project, "--model", kModel, "--benchmark",
                                    "demo", "--prompt", "demo", "--arm", "image"});
  EXPECT_EQ(result.status, 0) << result.errors << result.last();
  EXPECT_EQ(result.last()["n"], 2);
  EXPECT_EQ(result.last()["no_picture"], 297);
  EXPECT_EQ(result.last()["broken_pictures"], 1);
}

TEST(BadInput, Inspect) {
  expectSentence({"inspect", "tokens", "--model", kModel}, "line 2", "string", "\"good\"\n17\n");
  expectSentence({"inspect", "choice"}, "line 1", "options", "{\"text\":\"A\"}\n");
  expectSentence({"inspect", "generate", "--model", kModel, "--max-tokens", "2"}, "99999999",
                 "vocabulary", "{\"ids\":[99999999]}\n");
  const test::TempFolder folder;
  expectSentence({"inspect", "logits", "--model", kModel, "--input", "/nowhere.jsonl", "--out",
                  (folder / "logits").string()},
                 "/nowhere.jsonl", "");
}

TEST(BadInput, ReadOnlyPlaces) {
  if (::access("/proc/version", F_OK) != 0) GTEST_SKIP() << "needs /proc";
  expectSentence({"init", "/proc/p.wordsight"}, "/proc/p.wordsight", "");
}

}  // namespace
}  // namespace wordsight
