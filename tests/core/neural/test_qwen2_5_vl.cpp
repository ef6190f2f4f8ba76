#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <numeric>

#include "domain/config_reader.h"
#include "neural/models/qwen2_5_vl/vision.h"
#include "oracle.h"
#include "support.h"
#include "tiny.h"

namespace wordsight::neural::test {
namespace {

using ::testing::HasSubstr;

TEST(Qwen25Vl, FeaturesOfPicturesWhoseWindowsDoNotFill) {
  const auto reference = loadCase("qwen2_5_vl_hub");
  const auto model = loadModel("qwen2_5_vl_hub");
  EXPECT_EQ(model->info().family, "qwen2_5_vl");
  EXPECT_TRUE(model->info().hasVision);
  ASSERT_EQ(reference.cases["pictures"].size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    const double difference = largestDifference(
        model->see(reference.picture(i)), reference.expected.at("features." + std::to_string(i)));
    EXPECT_LE(difference, 1e-4) << "picture " << i;
    std::cout << "features of picture " << i << ": largest difference " << difference << "\n";
  }
}

TEST(Qwen25Vl, FramesDoNotSeeEachOther) {
  const auto reference = loadCase("qwen2_5_vl_hub");
  for (const char* name : {"qwen2_5_vl_hub", "qwen2_vl_hub"}) {
    const auto model = loadModel(name);
    const PixelPack one = reference.picture(3);
    PixelPack two = one;
    two.gridT = 2;
    two.shape[0] *= 2;
    two.placeholders *= 2;
    two.pixels.insert(two.pixels.end(), one.pixels.begin(), one.pixels.end());
    const auto features = model->see(two);
    const auto expected = model->see(one);
    EXPECT_LE(largestDifference(features, torch::cat({expected, expected})), 1e-5) << name;
  }
}

TEST(Qwen25Vl, PositionsOfPromptsWithPictures) {
  const auto reference = loadCase("qwen2_5_vl_hub");
  const auto model = loadModel("qwen2_5_vl_452");
  int compared = 0;
  for (std::size_t i = 0; i < reference.prompts(); ++i) {
    const Prompt prompt = reference.prompt(i);
    const auto expected = reference.expected.find("positions." + std::to_string(i));
    if (expected == reference.expected.end()) continue;
    EXPECT_TRUE(
        torch::equal(model->positionsOf(prompt.ids, prompt.pictures).positions, expected->second));
    ++compared;
  }
  EXPECT_EQ(compared, 4);
}

TEST(Qwen25Vl, TextAloneLeavesTheTowerInTheFile) {
  const auto whole = loadModel("qwen2_5_vl_5x"),
             text = loadModel("qwen2_5_vl_5x", torch::kFloat32, false);
  EXPECT_LT(text->info().parameters, whole->info().parameters);
  for (const auto& [module, hash] : text->moduleHashes())
    EXPECT_FALSE(module.starts_with("vision"));
  const auto reference = loadCase("qwen2_5_vl_hub");
  EXPECT_FALSE(allLogits(*text, reference.prompt(1)));
}

TEST(WindowOrder, TakesEachTokenOnceAndKeepsWindowsTogether) {
  for (std::int64_t rows = 1; rows <= 9; ++rows)
    for (std::int64_t columns = 1; columns <= 9; ++columns) {
      const auto order = windowOrder(rows, columns, 4);
      auto sorted = order.tokens;
      std::sort(sorted.begin(), sorted.end());
      std::vector<std::int64_t> all(static_cast<std::size_t>(rows * columns));
      std::iota(all.begin(), all.end(), 0);
      ASSERT_EQ(sorted, all);
      EXPECT_LE(order.runs.size(), 4u);
      std::size_t at = 0;
      for (const auto& run : order.runs)
        for (std::int64_t w = 0; w < run.windows; ++w) {
          const auto first = order.tokens[at];
          for (std::int64_t i = 0; i < run.tokens; ++i, ++at) {
            EXPECT_EQ(order.tokens[at] / columns / 4, first / columns / 4);
            EXPECT_EQ(order.tokens[at] % columns / 4, first % columns / 4);
          }
        }
      EXPECT_EQ(at, order.tokens.size());
    }
}

TEST(WindowedVisionConfig, ReadsWhatIsPublishedAndRefusesWhatItCannotDo) {
  const auto read = [](const std::string& vision) -> Result<WindowedVisionConfig> {
    WORDSIGHT_TRY(const auto root,
                  ConfigReader::fromText("{\"vision_config\": " + vision + "}", "config.json"));
    return readWindowedVisionConfig(root);
  };
  const auto hub = read(
      R"({"depth": 32, "hidden_act": "silu", "hidden_size": 1280, "intermediate_size": 3420, "num_heads": 16,
      "in_chans": 3, "out_hidden_size": 3584, "patch_size": 14, "spatial_merge_size": 2, "spatial_patch_size": 14,
      "window_size": 112, "fullatt_block_indexes": [7, 15, 23, 31], "tokens_per_second": 2, "temporal_patch_size": 2})");
  ASSERT_OK(hub);
  EXPECT_EQ(hub->window, 4);
  EXPECT_EQ(hub->outWidth, 3584);
  EXPECT_EQ(hub->patchValues(), 1176);
  EXPECT_EQ(hub->wholeBlocks, (std::vector<std::int64_t>{7, 15, 23, 31}));
  const auto refused = [&](const std::string& more, const char* says) {
    const auto config = read(
        R"({"depth": 1, "hidden_size": 24, "intermediate_size": 8, "num_heads": 3, "out_hidden_size": 8, )" +
        more + "}");
    ASSERT_FALSE(config) << more;
    EXPECT_THAT(config.error().message, HasSubstr(says));
  };
  refused(R"("hidden_act": "gelu")", "hidden_act");
  refused(R"("window_size": 27)", "window_size");
  refused(R"("window_size": -1)", "window_size");
  refused(R"("fullatt_block_indexes": "all")", "fullatt_block_indexes");
  refused(R"("patch_size": [14, 7])", "patch_size");
  refused(R"("num_heads": 5)", "num_heads");
  refused(R"("depth": 1e9)", "depth");
  refused(R"("rope_parameters": {"rope_theta": 0})", "rope_theta");
}

}  // namespace
}  // namespace wordsight::neural::test
