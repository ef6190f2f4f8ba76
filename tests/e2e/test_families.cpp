// A checkpoint of each family whose pictures are no grid of patches, from the folder to an answer
// about a picture: the tiny ones of tests/oracle, with a tokenizer of single bytes.

#include <cmath>

#include "base/file.h"
#include "domain/safetensors.h"
#include "process.h"
#include "support.h"

namespace wordsight {
namespace {

namespace fs = std::filesystem;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

struct FamilyFolder {
  const char* family;
  const char* checkpoint;
  const char* preprocessor;
  const char* processor;
  std::vector<std::pair<const char*, const char*>> tokens;  // of the byte tokenizer → the family's
  std::int64_t placeholders;                                // of a picture of 97 × 61 pixels
};
void PrintTo(const FamilyFolder& folder, std::ostream* out) { *out << folder.family; }

class Families : public ::testing::TestWithParam<FamilyFolder> {
 protected:
  void SetUp() override {
    const auto& from = GetParam();
    const auto source = test::data(std::string("models/") + from.checkpoint);
    fs::create_directories(m_model);
    fs::copy_file(source / "model.safetensors", m_model / "model.safetensors");
    // The byte tokenizer's picture token has the id 262, and prompts are long where a byte is a
    // token.
    auto config = *readJsonFile(source / "config.json");
    config["image_token_index"] = 262;
    config["text_config"]["max_position_embeddings"] = 8192;
    m_folder.write("model/config.json", config.dump());
    std::string tokenizer = *readFile(test::data("models/qwen2") / "tokenizer.json");
    for (const auto& [old, now] : from.tokens) tokenizer = replaced(tokenizer, old, now);
    m_folder.write("model/tokenizer.json", tokenizer);
    m_folder.write("model/tokenizer_config.json", R"({"bos_token": "<|begin_of_text|>"})");
    m_folder.write("model/preprocessor_config.json", from.preprocessor);
    if (*from.processor) m_folder.write("model/processor_config.json", from.processor);
  }

  std::vector<std::int64_t> promptIds(const std::string& line) const {
    const auto result = test::runCli({"inspect", "prompt", "--model", m_model.string()}, line);
    EXPECT_EQ(result.status, 0) << result.errors;
    return result.last()["ids"].get<std::vector<std::int64_t>>();
  }

  test::TempFolder m_folder;
  const fs::path m_model = m_folder / "model";
  const std::string m_picture = (test::data("pixels") / "rgb.png").string();
};

TEST_P(Families, IsFoundByAScan) {
  const auto result = test::runCli({"models", "--json", m_folder.path().string()});
  ASSERT_EQ(result.status, 0) << result.errors;
  const Json found = *parseJson(result.lines.at(0), "models");
  EXPECT_EQ(found["family"], GetParam().family);
  EXPECT_TRUE(found["vision"].get<bool>());
  EXPECT_GT(found["parameters"].get<int>(), 10000);
  EXPECT_FALSE(found.contains("problems")) << found;
}

TEST_P(Families, InspectsPixelsPromptsAndLogits) {
  const auto pixels = (m_folder / "pixels.safetensors").string();
  const auto made = test::runCli(
      {"inspect", "pixels", "--model", m_model.string(), "--image", m_picture, "--out", pixels});
  ASSERT_EQ(made.status, 0) << made.errors;
  const auto tensors = SafetensorsFile::open(pixels);
  ASSERT_OK(tensors);
  EXPECT_TRUE(tensors->tensors().contains("pixel_values"));
  const Json image{{"type", "image"}, {"image", m_picture}};
  const Json text{{"type", "text"}, {"text", "What is it?"}};
  const auto line = [](const Json& content) {
    return Json{{"messages", {{{"role", "user"}, {"content", content}}}}}.dump() + "\n";
  };
  const auto seen = promptIds(line({image, text}));
  EXPECT_EQ(std::count(seen.begin(), seen.end(), 262), GetParam().placeholders);
  // Placeholders say that each of two pictures is cut as one alone is.
  std::vector<std::int64_t> ids(static_cast<std::size_t>(2 * GetParam().placeholders), 262);
  ids.push_back(65);
  const Json two{{"ids", ids}, {"images", {m_picture, m_picture}}};
  m_folder.write("prompts.jsonl", line({image, text}) + line(Json::array({text})) +
                                      line({image, image, text}) + two.dump() + "\n");
  const auto out = (m_folder / "logits.safetensors").string();
  const auto computed = test::runCli({"inspect", "logits", "--model", m_model.string(), "--input",
                                      (m_folder / "prompts.jsonl").string(), "--out", out});
  ASSERT_EQ(computed.status, 0) << computed.errors;
  const auto logits = SafetensorsFile::open(out);
  ASSERT_OK(logits);
  ASSERT_EQ(logits->tensors().size(), 4U);
  EXPECT_EQ(logits->tensors().at("3").shape[0], 2 * GetParam().placeholders + 1);
  const auto& first = logits->tensors().at("0");
  EXPECT_EQ(first.shape, (std::vector<std::int64_t>{static_cast<std::int64_t>(seen.size()), 272}));
  const auto* values = reinterpret_cast<const float*>(first.bytes.data());
  for (std::size_t i = 0; i < first.bytes.size() / sizeof(float); ++i)
    ASSERT_TRUE(std::isfinite(values[i]));
}

TEST_P(Families, AnswersAboutPictures) {
  const auto project = (m_folder / "p.wordsight").string();
  const auto demo = test::sourceDir() / "resources/demo";
  const auto ok = [](const std::vector<std::string>& arguments) {
    const auto result = test::runCli(arguments);
    EXPECT_EQ(result.status, 0) << arguments[0] << ": " << result.errors << result.last();
    return result;
  };
  ok({"init", project});
  ok({"bench", project, "viva", "--annotations", (demo / "test_items.json").string(), "--images",
      (demo / "pictures").string()});
  const auto result = ok({"eval", project, "--json", "--model", m_model.string(), "--arm", "image",
                          "--limit", "6", "--precision", "f32"});
  EXPECT_EQ(result.last()["event"], "finished");
}

INSTANTIATE_TEST_SUITE_P(
    All, Families,
    ::testing::Values(
        FamilyFolder{"llava_onevision",
                     "llava_onevision_hub",
                     R"({"image_processor_type": "LlavaOnevisionImageProcessor",
            "size": {"height": 14, "width": 14}, "image_mean": [0.5, 0.5, 0.5],
            "image_std": [0.5, 0.5, 0.5], "resample": 3, "image_grid_pinpoints":
            [[14, 14], [14, 28], [28, 14], [28, 28], [14, 56], [42, 14], [42, 42]]})",
                     R"({"num_image_tokens": 9, "vision_aspect_ratio": "anyres_max_3"})",
                     {{"<|image_pad|>", "<image>"}},
                     30},
        FamilyFolder{"mllama",
                     "mllama_hub",
                     R"({"image_processor_type": "MllamaImageProcessor",
            "size": {"height": 13, "width": 13}, "max_image_tiles": 4, "resample": 2})",
                     "",
                     {{"<|image_pad|>", "<|image|>"},
                      {"<|endoftext|>", "<|begin_of_text|>"},
                      {"<|im_start|>", "<|start_header_id|>"},
                      {"<|vision_start|>", "<|end_header_id|>"},
                      {"<|im_end|>", "<|eot_id|>"}},
                     1}),
    [](const auto& info) { return std::string(info.param.family); });

}  // namespace
}  // namespace wordsight
