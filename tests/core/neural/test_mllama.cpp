// Held against transformers 5.17: tests/oracle/mllama.py. Logits, adapters and training are in
// test_oracle.cpp.
#include <gtest/gtest.h>

#include <functional>
#include <iostream>
#include <sstream>

#include "domain/config_reader.h"
#include "neural/kv_cache.h"
#include "neural/models/mllama/mllama.h"
#include "oracle.h"
#include "support.h"

namespace wordsight::neural::test {
namespace {

using wordsight::test::TempFolder;

constexpr double kTolerance = 1e-4;

class Mllama : public ::testing::Test {
 protected:
  Mllama() : m_case(loadCase("mllama_hub")) {}
  OracleCase m_case;
};

TEST_F(Mllama, FeaturesOfAllArrangements) {
  const auto model = loadModel("mllama_hub");
  EXPECT_TRUE(model->info().hasVision);
  EXPECT_EQ(model->info().imageToken, 272);
  EXPECT_EQ(model->info().vocabulary, 272);
  EXPECT_EQ(model->info().inputTokens, 280);
  EXPECT_EQ(model->info().pictureLayers, 2);
  double worst = 0;
  for (std::size_t i = 0; i < m_case.cases["pictures"].size(); ++i) {
    const auto features = model->see(m_case.picture(i));
    EXPECT_EQ(features.size(0), model->info().pictureRows);
    const double difference =
        largestDifference(features, m_case.expected.at("features." + std::to_string(i)));
    EXPECT_LE(difference, kTolerance) << "picture " << i;
    worst = std::max(worst, difference);
  }
  std::cout << "mllama features: largest difference " << worst << "\n";
}

TEST_F(Mllama, ALastLayerThatLooks) {
  const OracleCase other = loadCase("mllama_last");
  const auto model = loadModel("mllama_last");
  std::vector<Prompt> prompts;
  for (std::size_t i = 0; i < other.prompts(); ++i) {
    prompts.push_back(other.prompt(i));
    const auto logits = allLogits(*model, prompts.back());
    ASSERT_OK(logits);
    const double difference =
        largestDifference(*logits, other.expected.at("logits." + std::to_string(i)));
    EXPECT_LE(difference, kTolerance);
    std::cout << "mllama, last layer looks, prompt " << i << ": " << difference << "\n";
  }
  // Only the last rows are wanted here, and they are picked after that layer.
  const auto scores = nextTokenLogProbs(*model, prompts, {65, 66});
  ASSERT_OK(scores);
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    const auto want = torch::log_softmax(other.expected.at("logits." + std::to_string(i))[-1], -1);
    EXPECT_NEAR((*scores)[i][1], want[66].item<double>(), kTolerance * 10);
  }
}

TEST_F(Mllama, WithoutVisionTextIsTheSameAndPicturesAreRefused) {
  const auto whole = loadModel("mllama_hub"),
             text = loadModel("mllama_hub", torch::kFloat32, false);
  EXPECT_LT(text->info().parameters, whole->info().parameters);
  const auto a = allLogits(*whole, m_case.prompt(0)), b = allLogits(*text, m_case.prompt(0));
  ASSERT_OK(a);
  ASSERT_OK(b);
  EXPECT_TRUE(torch::equal(*a, *b));
  const auto seen = allLogits(*text, m_case.prompt(1));
  ASSERT_FALSE(seen);
  EXPECT_NE(seen.error().message.find("vision part"), std::string::npos) << seen.error().message;
  const auto hashes = text->moduleHashes();
  EXPECT_FALSE(hashes.contains("language.layers.1"));  // looks at pictures: not even read
  EXPECT_TRUE(hashes.contains("language.layers.0"));
  EXPECT_TRUE(whole->moduleHashes().contains("vision.global.1"));
}

TEST_F(Mllama, AdaptersOfLayersThatTextDoesNotReach) {
  const auto text = loadModel("mllama_hub", torch::kFloat32, false);
  ASSERT_OK(text->loadLora(m_case.folder / "adapter"));
  EXPECT_EQ(text->loraParameters().size(), 2U * 7 * 5);
  const TempFolder folder;
  ASSERT_OK(text->saveLora(folder.path() / "saved", "base"));
  const auto whole = loadModel("mllama_hub");
  ASSERT_OK(whole->loadLora(folder.path() / "saved"));
  const auto logits = allLogits(*whole, m_case.prompt(3));
  ASSERT_OK(logits);
  EXPECT_LE(largestDifference(*logits, m_case.expected.at("adapter_logits.3")), kTolerance);
  // A fresh one leaves them out.
  LoraSpec spec;
  spec.targets = {"q_proj", "down_proj"};
  ASSERT_OK(text->attachLora(spec, 1));
  EXPECT_EQ(text->loraParameters().size(), 2U * 2 * 3);
}

TEST_F(Mllama, PromptsWithAndWithoutPicturesRunTogether) {
  const auto model = loadModel("mllama_hub");
  std::vector<Prompt> prompts;
  for (std::size_t i = 0; i < 24; ++i) prompts.push_back(m_case.prompt(i % m_case.prompts()));
  const auto scores = nextTokenLogProbs(*model, prompts, {65, 66, 67});
  ASSERT_OK(scores);
  for (std::size_t i = m_case.prompts(); i < prompts.size(); ++i)
    for (std::size_t k = 0; k < 3; ++k)
      EXPECT_NEAR((*scores)[i][k], (*scores)[i % m_case.prompts()][k], 1e-5);
}

TEST_F(Mllama, WrongPicturesAreErrorsNotCrashes) {
  const auto model = loadModel("mllama_hub");
  const auto refused = [&](const std::function<void(Prompt&)>& change) {
    Prompt prompt = m_case.prompt(1);
    change(prompt);
    const auto result = nextTokenLogProbs(*model, {prompt}, {65});
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().kind, ErrorKind::Internal) << result.error().message;
  };
  refused([](Prompt& p) { p.pictures[0].pixels.pop_back(); });
  refused([](Prompt& p) { p.pictures[0].shape.pop_back(); });
  refused([](Prompt& p) { p.pictures[0].arrangement = 9; });
  refused([](Prompt& p) { p.pictures[0].arrangement = 0; });
  refused([](Prompt& p) { p.pictures[0].tiles = 4; });
  refused([](Prompt& p) { p.pictures[0].placeholders = 17; });
  refused([](Prompt& p) { p.pictures.push_back(p.pictures[0]); });
  refused([](Prompt& p) { p.ids.push_back(280); });
}

TEST_F(Mllama, NoGradientThroughPictures) {
  const auto model = loadModel("mllama_hub");
  ASSERT_OK(model->loadLora(m_case.folder / "adapter"));
  const Prompt prompt = m_case.prompt(1);
  const auto hidden = model->embed(torch::tensor(prompt.ids));
  const auto length = static_cast<std::int64_t>(prompt.ids.size());
  const Layout layout{torch::arange(length), {length}, {model->look(prompt.ids, prompt.pictures)}};
  EXPECT_THROW(model->forward(hidden, layout, nullptr, false, {}), std::invalid_argument);
}

TEST(PictureRuns, AsTheReference) {
  constexpr std::int64_t kImage = 9;
  const auto text = [](const std::vector<Sight::Run>& runs) {
    std::ostringstream out;
    for (const auto& run : runs) {
      out << run.tokens << ":";
      for (const auto& range : run.seen) out << " " << range.from << "-" << range.to;
      out << ";";
    }
    return out.str();
  };
  const auto runs = [&](const std::vector<std::int64_t>& ids,
                        const std::vector<std::int64_t>& tiles) {
    return text(pictureRuns(ids, kImage, tiles, 4, 10));
  };
  EXPECT_EQ(runs({1, 2}, {}), "2:;");
  EXPECT_EQ(runs({9}, {2}), "1: 0-20;");
  EXPECT_EQ(runs({1, 9, 2, 3}, {3}), "1:;3: 0-30;");
  EXPECT_EQ(runs({1, 9, 2, 9, 3}, {1, 2}), "1:;2: 0-10;2: 40-60;");
  // Pictures that follow each other are seen together from the second on.
  EXPECT_EQ(runs({1, 9, 9, 2, 9, 3}, {1, 4, 2}), "1:;1: 0-10;2: 0-10 40-80;2: 80-100;");
  EXPECT_EQ(runs({9, 9}, {1, 1}), "1: 0-10;1: 0-10 40-50;");
  EXPECT_THROW(runs({9, 9}, {1}), std::invalid_argument);
}

TEST(MllamaConfig, RefusesWhatItCannotDo) {
  const std::string kText =
      R"({"text_config": {"vocab_size": 10, "hidden_size": 8, "intermediate_size": 8,
      "num_hidden_layers": 5, "num_attention_heads": 2, "cross_attention_layers": [1, 3])";
  const std::string kVision =
      R"(}, "vision_config": {"hidden_size": 8, "attention_heads": 2, "num_hidden_layers": 3,
      "image_size": 28, "patch_size": 14, "intermediate_layers_indices": [1],
      "vision_output_dim": 16)";
  const auto decoder = [&](const std::string& changes) -> Result<DecoderConfig> {
    WORDSIGHT_TRY(const auto root, ConfigReader::fromText(kText + changes + "}}", "config.json"));
    return readMllamaConfig(root);
  };
  const auto vision = [&](const std::string& changes) -> Result<MllamaVisionConfig> {
    WORDSIGHT_TRY(const auto root,
                  ConfigReader::fromText(kText + kVision + changes + "}}", "config.json"));
    return readMllamaVisionConfig(root);
  };
  const auto plain = decoder("");
  ASSERT_OK(plain);
  EXPECT_EQ(plain->otherLayers, (std::vector<std::int64_t>{1, 3}));
  EXPECT_EQ(plain->extraEmbeddings, 8);
  EXPECT_EQ(plain->normEps, 1e-5);
  EXPECT_EQ(plain->rope.theta, 500000);
  const auto tower = vision("");
  ASSERT_OK(tower);
  EXPECT_EQ(tower->arrangements.size(), 8U);
  EXPECT_EQ(tower->rows(), 4 * 5);
  const auto refused = [](const auto& got, const char* says) {
    ASSERT_FALSE(got) << says;
    EXPECT_NE(got.error().message.find(says), std::string::npos) << got.error().message;
  };
  refused(decoder(R"(, "cross_attention_layers": [5])"), "cross_attention_layers");
  refused(decoder(R"(, "cross_attention_layers": [0, 1, 2, 3, 4])"), "cross_attention_layers");
  refused(decoder(R"(, "cross_attention_layers": [1, 1])"), "cross_attention_layers");
  refused(decoder(R"(, "hidden_act": "gelu")"), "hidden_act");
  refused(decoder(R"(, "model_type": "llama")"), "model_type");
  refused(vision(R"(, "vision_output_dim": 8)"), "vision_output_dim");
  refused(vision(R"(, "intermediate_layers_indices": [3])"), "intermediate_layers_indices");
  refused(vision(R"(, "supported_aspect_ratios": [[2, 3]])"), "supported_aspect_ratios");
  refused(vision(R"(, "max_num_tiles": 1000000)"), "max_num_tiles");
  refused(vision(R"(, "hidden_act": "relu")"), "relu");
  refused(vision(R"(, "attention_heads": 3)"), "attention_heads");
  refused(vision(R"(, "num_channels": 4)"), "num_channels");
}

}  // namespace
}  // namespace wordsight::neural::test
