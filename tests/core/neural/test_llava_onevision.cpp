// Held against transformers 5.17: tests/oracle/llava_onevision.py. Logits, adapters and training
// are in test_oracle.cpp.
#include <gtest/gtest.h>

#include <functional>
#include <iostream>

#include "domain/any_resolution.h"
#include "domain/config_reader.h"
#include "neural/models/llava_onevision/llava_onevision.h"
#include "oracle.h"
#include "support.h"

namespace wordsight::neural::test {
namespace {

constexpr double kTolerance = 1e-4;

class LlavaOnevision : public ::testing::Test {
 protected:
  LlavaOnevision() : m_case(loadCase("llava_onevision_hub")) {}
  OracleCase m_case;
};

TEST_F(LlavaOnevision, TowerAndFeaturesOfPicturesOfAllShapes) {
  const auto model = loadModel("llava_onevision_hub");
  EXPECT_TRUE(model->info().hasVision);
  EXPECT_EQ(model->info().imageToken, 262);
  const auto root = ConfigReader::fromFile(m_case.folder / "config.json");
  ASSERT_OK(root);
  const auto config = readSiglipConfig(*root);
  ASSERT_OK(config);
  auto weights = WeightSource::open(m_case.folder, llavaOnevisionNames(), torch::kFloat32);
  ASSERT_OK(weights);
  const SiglipTower tower(*config, config->depth, *weights);
  double worstTower = 0, worst = 0;
  for (std::size_t i = 0; i < m_case.cases["pictures"].size(); ++i) {
    const PixelPack picture = m_case.picture(i);
    const auto pixels =
        m_case.expected.at("pixels." + std::to_string(i)).to(torch::kFloat32).squeeze(0);
    worstTower =
        std::max(worstTower, largestDifference(tower.forward(pixels, {config->depth}),
                                               m_case.expected.at("tower." + std::to_string(i))));
    const auto features = model->see(picture);
    EXPECT_EQ(features.size(0), picture.placeholders) << "picture " << i;
    worst = std::max(
        worst, largestDifference(features, m_case.expected.at("features." + std::to_string(i))));
  }
  EXPECT_LE(worstTower, kTolerance);
  EXPECT_LE(worst, kTolerance);
  std::cout << "llava_onevision tower: largest difference " << worstTower << ", features " << worst
            << "\n";
}

TEST_F(LlavaOnevision, SeveralFeatureLayersAndATiedHead) {
  const OracleCase other = loadCase("llava_onevision_layers");
  const auto model = loadModel("llava_onevision_layers");
  const double features =
      largestDifference(model->see(other.picture(0)), other.expected.at("features.0"));
  EXPECT_LE(features, kTolerance);
  const auto logits = allLogits(*model, other.prompt(0));
  ASSERT_OK(logits);
  const double difference = largestDifference(*logits, other.expected.at("logits.0"));
  EXPECT_LE(difference, kTolerance);
  std::cout << "llava_onevision layers: features " << features << ", logits " << difference << "\n";
}

TEST_F(LlavaOnevision, WithoutVisionTextIsTheSameAndPicturesAreRefused) {
  const auto whole = loadModel("llava_onevision_hub"),
             text = loadModel("llava_onevision_hub", torch::kFloat32, false);
  EXPECT_LT(text->info().parameters, whole->info().parameters);
  const auto a = allLogits(*whole, m_case.prompt(0)), b = allLogits(*text, m_case.prompt(0));
  ASSERT_OK(a);
  ASSERT_OK(b);
  EXPECT_TRUE(torch::equal(*a, *b));
  EXPECT_FALSE(allLogits(*text, m_case.prompt(1)));
  for (const auto& [module, hash] : text->moduleHashes())
    EXPECT_FALSE(module.starts_with("vision")) << module;
}

TEST_F(LlavaOnevision, WrongPicturesAreErrorsNotCrashes) {
  const auto model = loadModel("llava_onevision_hub");
  const auto refused = [&](const std::function<void(Prompt&)>& change) {
    Prompt prompt = m_case.prompt(1);
    change(prompt);
    const auto result = nextTokenLogProbs(*model, {prompt}, {65});
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().kind, ErrorKind::Internal) << result.error().message;
  };
  refused([](Prompt& p) { p.pictures[0].pixels.pop_back(); });
  refused([](Prompt& p) { p.pictures[0].shape = {5, 3, 14, 14}; });
  refused([](Prompt& p) { p.pictures[0].shape[1] = -1; });
  refused([](Prompt& p) { p.pictures[0].height = 0; });
  refused([](Prompt& p) { p.pictures[0].width = std::int64_t{1} << 62; });
  refused([](Prompt& p) { std::swap(p.pictures[0].height, p.pictures[0].width); });
  refused([](Prompt& p) { p.pictures.push_back(p.pictures[0]); });
}

TEST(LlavaOnevisionConfig, RefusesWhatItCannotDo) {
  const auto read = [](const std::string& changes) -> Result<LlavaOnevisionConfig> {
    const std::string text =
        R"({"model_type": "llava_onevision", "text_config": {"vocab_size": 10, "hidden_size": 8,
        "intermediate_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2},
        "vision_config": {"hidden_size": 8, "num_attention_heads": 2, "num_hidden_layers": 3,
        "image_size": 384, "patch_size": 14, "intermediate_size": 8)";
    WORDSIGHT_TRY(const auto root, ConfigReader::fromText(text + changes + "}", "config.json"));
    WORDSIGHT_TRY(const auto decoder, readLlavaOnevisionDecoder(root));
    return readLlavaOnevisionConfig(root, decoder);
  };
  const auto plain = read("}");
  ASSERT_OK(plain);
  EXPECT_EQ(plain->resolutions.size(), 36U);
  EXPECT_EQ(plain->states, (std::vector<std::int64_t>{3}));
  EXPECT_EQ(plain->mostTiles, 9);
  EXPECT_TRUE(plain->tower.tanhGelu);
  const auto layers = read(R"(}, "vision_feature_layer": [-2, 0])");
  ASSERT_OK(layers);
  EXPECT_EQ(layers->states, (std::vector<std::int64_t>{2, 0}));
  const struct {
    const char *changes, *says;
  } cases[] = {{R"(, "model_type": "clip_vision_model"})", "clip_vision_model"},
               {R"(, "hidden_act": "relu"})", "relu"},
               {R"(, "image_size": 7})", "patch_size"},
               {R"(}, "vision_feature_layer": 4)", "vision_feature_layer"},
               {R"(}, "vision_feature_layer": "x")", "vision_feature_layer"},
               {R"(}, "vision_feature_select_strategy": "default")", "default"},
               {R"(}, "vision_aspect_ratio": "pad")", "pad"},
               {R"(}, "vision_aspect_ratio": "anyres_max_")", "anyres_max_"},
               {R"(}, "projector_hidden_act": "silu")", "silu"},
               {R"(}, "image_grid_pinpoints": [[384, 500]])", "image_grid_pinpoints"},
               {R"(}, "image_grid_pinpoints": [])", "image_grid_pinpoints"},
               {R"(}, "image_grid_pinpoints": [[384]])", "image_grid_pinpoints"},
               {R"(}, "quantization_config": {})", "quantization_config"}};
  for (const auto& each : cases) {
    const auto got = read(each.changes);
    ASSERT_FALSE(got) << each.changes;
    EXPECT_NE(got.error().message.find(each.says), std::string::npos) << got.error().message;
  }
}

TEST(AnyResolution, AsTheReference) {
  // transformers 5.17: select_best_resolution, and LlavaOnevisionProcessor's number of features.
  std::vector<GridSize> published;
  for (std::int64_t h = 384; h <= 2304; h += 384)
    for (std::int64_t w = 384; w <= 2304; w += 384) published.push_back({h, w});
  const struct {
    GridSize picture, best;
    std::int64_t tokens;
  } cases[] = {
#include "any_resolution_cases.inc"
  };
  for (const auto& each : cases) {
    const auto best = bestResolution(each.picture, published);
    EXPECT_EQ(best, each.best) << each.picture.height << " × " << each.picture.width;
    const auto kept = unpaddedFeatures(each.picture, {best.height / 384, best.width / 384}, 27, 9);
    EXPECT_EQ(729 + kept.count(), each.tokens)
        << each.picture.height << " × " << each.picture.width;
  }
}

}  // namespace
}  // namespace wordsight::neural::test
