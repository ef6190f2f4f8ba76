#include <gtest/gtest.h>

#include <functional>
#include <iostream>
#include <stdexcept>

#include "domain/config_reader.h"
#include "neural/models/qwen2_vl/positions.h"
#include "neural/models/qwen2_vl/vision.h"
#include "oracle.h"
#include "support.h"

namespace wordsight::neural::test {
namespace {

constexpr std::int64_t kImage = 262;

class Qwen2Vl : public ::testing::Test {
 protected:
  Qwen2Vl() : m_case(loadCase("qwen2_vl_hub")) {}
  OracleCase m_case;
};

TEST_F(Qwen2Vl, FeaturesOfPicturesOfUnequalSizes) {
  const auto model = loadModel("qwen2_vl_hub");
  EXPECT_TRUE(model->info().hasVision);
  EXPECT_EQ(model->info().imageToken, kImage);
  for (std::size_t i = 0; i < m_case.cases["pictures"].size(); ++i) {
    const auto features = model->see(m_case.picture(i));
    const double difference =
        largestDifference(features, m_case.expected.at("features." + std::to_string(i)));
    EXPECT_LE(difference, 1e-4) << "picture " << i;
    EXPECT_FALSE(features.requires_grad());
    std::cout << "features of picture " << i << ": largest difference " << difference << "\n";
  }
}

TEST_F(Qwen2Vl, PositionsOfPromptsWithPictures) {
  int compared = 0;
  for (std::size_t i = 0; i < m_case.prompts(); ++i) {
    const Prompt prompt = m_case.prompt(i);
    const auto got = ropePositions(prompt.ids, prompt.pictures, kImage, 2);
    EXPECT_EQ(got.next, got.positions.max().item<std::int64_t>() + 1);
    const std::string name = "positions." + std::to_string(i);
    if (m_case.expected.contains(name)) {
      EXPECT_TRUE(torch::equal(got.positions, m_case.expected.at(name))) << name << "\n"
                                                                         << got.positions;
      ++compared;
    } else {
      const auto plain = torch::arange(static_cast<std::int64_t>(prompt.ids.size()));
      EXPECT_TRUE(torch::equal(got.positions, plain.unsqueeze(0).expand({3, -1})));
    }
  }
  EXPECT_EQ(compared, 3);
}

TEST_F(Qwen2Vl, PlaceholdersMustFitThePictures) {
  const Prompt two = m_case.prompt(2);
  EXPECT_OK(checkPlaceholders(two.ids, two.pictures, kImage, 2));
  const auto refused = [&](const std::function<void(Prompt&)>& change, const char* says) {
    Prompt prompt = two;
    change(prompt);
    const auto status = checkPlaceholders(prompt.ids, prompt.pictures, kImage, 2);
    ASSERT_FALSE(status) << says;
    EXPECT_NE(status.error().message.find(says), std::string::npos) << status.error().message;
    EXPECT_THROW(ropePositions(prompt.ids, prompt.pictures, kImage, 2), std::invalid_argument);
  };
  refused([](Prompt& p) { p.ids.pop_back(), p.ids.push_back(kImage); }, "10 picture placeholders");
  refused([](Prompt& p) { p.pictures.pop_back(); }, "its 1 picture takes 8");
  refused([](Prompt& p) { p.pictures.clear(); }, "its 0 pictures take 0");
  refused([](Prompt& p) { std::swap(p.ids[5], p.ids[0]); }, "interrupted");
  refused([](Prompt& p) { p.pictures[0].gridH = 3; }, "1×3×4");
  refused([](Prompt& p) { p.pictures[0].gridW = 0; }, "grid");
  refused(
      [](Prompt& p) {
        p.pictures[0].gridT = p.pictures[0].gridH = p.pictures[0].gridW = 1LL << 62;
      },
      "grid");
}

TEST_F(Qwen2Vl, WrongPicturesAreErrorsNotCrashes) {
  const auto model = loadModel("qwen2_vl_hub");
  const auto refused = [&](const std::function<void(Prompt&)>& change) {
    Prompt prompt = m_case.prompt(1);
    change(prompt);
    const auto result = nextTokenLogProbs(*model, {prompt}, {65});
    EXPECT_FALSE(result);
    if (!result) {
      EXPECT_FALSE(result.error().message.empty());
      EXPECT_NE(result.error().kind, ErrorKind::Internal) << result.error().message;
    }
  };
  refused([](Prompt& p) { p.pictures[0].pixels.pop_back(); });
  refused([](Prompt& p) { p.pictures[0].shape[1] += 1; });
  refused([](Prompt& p) { std::swap(p.pictures[0].gridH, p.pictures[0].gridT); });
  refused([](Prompt& p) { p.pictures[0].placeholders = 5; });
  refused([](Prompt& p) { p.pictures[0].placeholders = -1; });
  refused([](Prompt& p) { p.pictures.push_back(p.pictures[0]); });
  refused([](Prompt& p) { p.pictures.clear(); });
}

TEST_F(Qwen2Vl, WithoutVisionTextIsTheSameAndPicturesAreRefused) {
  const auto whole = loadModel("qwen2_vl_hub"),
             text = loadModel("qwen2_vl_hub", torch::kFloat32, false);
  EXPECT_LT(text->info().parameters, whole->info().parameters);
  const auto a = allLogits(*whole, m_case.prompt(0)), b = allLogits(*text, m_case.prompt(0));
  ASSERT_OK(a);
  ASSERT_OK(b);
  EXPECT_TRUE(torch::equal(*a, *b));
  const auto seen = allLogits(*text, m_case.prompt(1));
  ASSERT_FALSE(seen);
  EXPECT_FALSE(seen.error().message.empty());
}

TEST_F(Qwen2Vl, AdapterWithOlderNamesIsTheSame) {
  const auto model = loadModel("qwen2_vl_hub");
  ASSERT_OK(model->loadLora(m_case.folder / "adapter_old_names"));
  for (std::size_t i = 0; i < m_case.prompts(); ++i) {
    const auto logits = allLogits(*model, m_case.prompt(i));
    ASSERT_OK(logits);
    EXPECT_LE(largestDifference(*logits, m_case.expected.at("adapter_logits." + std::to_string(i))),
              1e-4);
  }
}

TEST_F(Qwen2Vl, PromptsWithAndWithoutPicturesRunTogether) {
  const auto model = loadModel("qwen2_vl_hub");
  std::vector<Prompt> prompts;
  for (int i = 0; i < 20; ++i) prompts.push_back(m_case.prompt(static_cast<std::size_t>(i % 4)));
  const auto scores = nextTokenLogProbs(*model, prompts, {65, 66, 67});
  ASSERT_OK(scores);
  for (std::size_t i = 4; i < prompts.size(); ++i)
    for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR((*scores)[i][k], (*scores)[i % 4][k], 1e-5);
}

TEST(VisionConfig, ReadsBothFormsAndRefusesWhatItCannotDo) {
  const auto read = [](const std::string& vision) -> Result<VisionConfig> {
    WORDSIGHT_TRY(const auto root,
                  ConfigReader::fromText("{\"vision_config\": " + vision + "}", "config.json"));
    return readVisionConfig(root);
  };
  const auto hub =
      read(R"({"depth": 32, "embed_dim": 1280, "mlp_ratio": 4, "num_heads": 16, "in_chans": 3,
      "hidden_size": 3584, "patch_size": 14, "spatial_merge_size": 2, "spatial_patch_size": 14,
      "temporal_patch_size": 2})");
  ASSERT_OK(hub);
  EXPECT_EQ(hub->mlpWidth, 5120);
  EXPECT_EQ(hub->patchValues(), 1176);
  EXPECT_EQ(hub->outWidth, 3584);
  EXPECT_TRUE(hub->quickGelu);
  const auto refused = [&](const std::string& vision, const char* says) {
    const auto config = read(vision);
    ASSERT_FALSE(config) << vision;
    EXPECT_NE(config.error().message.find(says), std::string::npos) << config.error().message;
  };
  refused("7", "vision_config");
  refused(R"({"embed_dim": 24, "num_heads": 3, "hidden_size": 8})", "depth");
  refused(R"({"depth": 1, "embed_dim": 24, "num_heads": 5, "hidden_size": 8})", "num_heads");
  refused(R"({"depth": 1, "embed_dim": 24, "num_heads": 4, "hidden_size": 8})", "multiple of 4");
  refused(R"({"depth": 1e9, "embed_dim": 24, "num_heads": 3, "hidden_size": 8})", "depth");
  refused(
      R"({"depth": 1, "embed_dim": 24, "num_heads": 3, "hidden_size": 8, "hidden_act": "relu"})",
      "relu");
  refused(R"({"depth": 1, "embed_dim": 24, "num_heads": 3, "hidden_size": 8, "mlp_ratio": -2})",
          "mlp_ratio");
  refused(R"({"depth": 1, "embed_dim": 24, "num_heads": 3, "hidden_size": 8, "patch_size": 0})",
          "patch_size");
}

}  // namespace
}  // namespace wordsight::neural::test
