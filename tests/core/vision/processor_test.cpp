#include "vision/processor.h"

#include <cmath>
#include <iostream>

#include "domain/json.h"
#include "support.h"
#include "vision/llava_onevision_processor.h"
#include "vision/mllama_processor.h"
#include "vision/qwen2_vl_processor.h"

namespace wordsight::vision {
namespace {

using test::TempFolder;

Result<std::unique_ptr<const PictureProcessor>> processorWith(const Json& config,
                                                              const TempFolder& folder) {
  folder.write("preprocessor_config.json", config.dump());
  return processorFor(folder.path());
}

std::size_t sampleAt(std::size_t i, std::size_t count, std::size_t size) {
  if (count < 2) return 0;
  return static_cast<std::size_t>(static_cast<double>(i) *
                                  (static_cast<double>(size - 1) / static_cast<double>(count - 1)));
}

struct Difference {
  double worst = 0;
  int packs = 0;
};

/// What the reference's processor with this configuration makes of all pictures.
void compare(const std::string& configName, const Json& config, const Json& pictures,
             Difference& found) {
  TempFolder folder;
  for (const auto& [file, content] : config["folder"].items())
    folder.write(file + "_config.json", content.dump());
  const auto processor = processorFor(folder.path());
  ASSERT_OK(processor);
  const Json& settings = config["folder"]["preprocessor"];
  const double std =
      settings.contains("image_std") ? settings["image_std"][0].get<double>() : 0.2613;
  const auto together = config.value("together", std::size_t{1});
  for (const auto& [name, picture] : pictures.items()) {
    if (!picture["packs"].contains(configName)) continue;
    const auto& want = picture["packs"][configName];
    const auto got = (*processor)->processFile(test::data("pixels/" + name), together);
    ASSERT_OK(got);
    ++found.packs;
    const std::string where = configName + " " + name;
    EXPECT_EQ(got->shape, want["shape"].get<std::vector<std::int64_t>>()) << where;
    EXPECT_EQ(got->placeholders, want["placeholders"].get<std::int64_t>()) << where;
    const auto numbers = (*processor)->numbersOf(*got);
    EXPECT_EQ(numbers.size(), want["numbers"].size()) << where;
    for (const auto& each : numbers)
      EXPECT_EQ(each.values, want["numbers"][each.name].get<std::vector<std::int64_t>>())
          << where << " " << each.name;
    const auto values = want["values"].get<std::vector<double>>();
    const bool lossy = name.ends_with(".jpg") || name == "lossy.webp";
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double grey =
          std::abs(got->pixels[sampleAt(i, values.size(), got->pixels.size())] - values[i]) * std *
          255;
      EXPECT_LE(grey, lossy ? 1.1 : 0.01) << where << " sample " << i;
      found.worst = std::max(found.worst, grey);
    }
    double sum = 0, square = 0;
    for (const double value : got->pixels) {
      sum += value;
      square += value * value;
    }
    const auto n = static_cast<double>(got->pixels.size());
    // 0.1 grey levels on average is 0.0015 here; equal pictures agree to float32's rounding.
    const double slack = lossy ? 0.0015 : 2e-6;
    EXPECT_NEAR(sum / n, want["mean"].get<double>(), slack) << where;
    EXPECT_NEAR(square / n, want["square"].get<double>(), 4 * slack) << where;
  }
}

// transformers 5.17, AutoImageProcessor's default (torchvision backend): tests/oracle/pixels.py.
TEST(Processors, agreeWithTransformers) {
  const auto json = *readJsonFile(test::data("pixels/expected.json"));
  int packs = 0;
  for (const auto& [name, config] : json["configs"].items()) {
    Difference found;
    compare(name, config, json["pictures"], found);
    std::cout << name << ": " << found.packs << " pictures, most " << found.worst
              << " grey levels\n";
    packs += found.packs;
  }
  EXPECT_GE(packs, 150);
}

TEST(Qwen2Vl, smartResizeAsTheReference) {
  // Values from transformers 5.17 smart_resize(height, width, factor, min, max).
  const struct {
    int height, width, factor;
    std::int64_t least, most;
    int h, w;
  } cases[] = {
      {480, 640, 28, 3136, 1003520, 476, 644},      {42, 70, 28, 784, 1003520, 56, 56},
      {14, 14, 28, 784, 1003520, 28, 28},           {4000, 3000, 28, 3136, 12845056, 4004, 2996},
      {448, 448, 28, 12544, 12544, 112, 112},       {1, 200, 28, 3136, 1003520, 28, 812},
      {1080, 1920, 28, 3136, 1003520, 728, 1316},   {98, 126, 28, 784, 9999999, 112, 112},
      {975, 2457, 24, 784, 1003520, 624, 1584},     {2474, 1971, 24, 200704, 300000, 600, 480},
      {2481, 83, 32, 3136, 12845056, 2496, 96},     {960, 815, 24, 3136, 12845056, 960, 816},
      {2252, 1981, 32, 200704, 300000, 576, 512},   {950, 2630, 28, 200704, 1003520, 588, 1652},
      {63, 2780, 28, 784, 12845056, 56, 2772},      {176, 1263, 28, 3136, 1003520, 168, 1260},
      {2437, 2974, 32, 200704, 1003520, 896, 1088}, {1618, 2393, 32, 784, 1003520, 800, 1216},
      {400, 176, 28, 3136, 300000, 392, 168},       {1057, 2782, 32, 200704, 1003520, 608, 1600}};
  for (const auto& each : cases) {
    const auto got = smartResize({each.height, each.width}, each.factor, each.least, each.most);
    ASSERT_OK(got);
    EXPECT_EQ(got->height, each.h) << each.height << " × " << each.width;
    EXPECT_EQ(got->width, each.w) << each.height << " × " << each.width;
  }
  EXPECT_FALSE(smartResize({201, 1}, 28, 3136, 1003520));
  EXPECT_TRUE(smartResize({200, 1}, 28, 3136, 1003520));
  EXPECT_FALSE(smartResize({0, 5}, 28, 3136, 1003520));
}

TEST(ProcessorFor, readsOldAndNewKeys) {
  TempFolder folder;
  const Json kind{{"image_processor_type", "Qwen2VLImageProcessor"}};
  const auto settings = [&](Json changes) {
    Json config = kind;
    config.update(changes);
    const auto got = processorWith(config, folder);
    EXPECT_OK(got);
    return dynamic_cast<const Qwen2VlProcessor&>(**got).settings();
  };
  EXPECT_EQ(settings(Json::object()).minPixels, 56 * 56);
  EXPECT_EQ(settings(Json::object()).maxPixels, 28 * 28 * 1280);
  EXPECT_EQ(settings({{"min_pixels", 784}, {"max_pixels", 7840}}).maxPixels, 7840);
  EXPECT_EQ(settings({{"size", {{"shortest_edge", 785}, {"longest_edge", 7841}}}}).minPixels, 785);
  EXPECT_EQ(
      settings({{"size", {{"shortest_edge", 785}, {"longest_edge", 7841}}}, {"min_pixels", 784}})
          .minPixels,
      784);
}

TEST(ProcessorFor, newerFilesKeepItInProcessorConfig) {
  TempFolder folder;
  folder.write(
      "processor_config.json",
      R"({"image_processor": {"image_processor_type": "Qwen2VLImageProcessorFast", "patch_size": 16}})");
  const auto got = processorFor(folder.path());
  ASSERT_OK(got);
  EXPECT_STREQ((*got)->family(), "qwen2_vl");
}

TEST(ProcessorFor, refusesWithASentence) {
  TempFolder folder;
  const auto none = processorFor(folder.path());
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message.find("preprocessor_config.json"), std::string::npos);
  for (const char* changes :
       {R"({"image_processor_type": "CLIPImageProcessor"})", R"({"patch_size": 0})",
        R"({"patch_size": "x"})", R"({"merge_size": 99})", R"({"min_pixels": 10, "max_pixels": 5})",
        R"({"image_std": [1, 0, 1]})", R"({"image_std": [1, 1]})", R"({"image_mean": "x"})",
        R"({"resample": 0})", R"({"rescale_factor": 0})", R"({"do_resize": 3})"}) {
    Json config{{"image_processor_type", "Qwen2VLImageProcessor"}};
    config.update(Json::parse(changes));
    const auto got = processorWith(config, folder);
    ASSERT_FALSE(got) << changes;
    EXPECT_NE(got.error().message.find("preprocessor_config.json"), std::string::npos)
        << got.error().message;
  }
  folder.write("preprocessor_config.json", "{");
  EXPECT_FALSE(processorFor(folder.path()));
}

TEST(Qwen2Vl, picturesThatItCannotTake) {
  const Qwen2VlProcessor processor{Qwen2VlSettings{}};
  EXPECT_FALSE(processor.process(Picture{}));
  const Picture line{201, 1, std::vector<std::uint8_t>(603)};
  EXPECT_FALSE(processor.process(line));
  Qwen2VlSettings fixed;
  fixed.resize = false;
  EXPECT_FALSE(Qwen2VlProcessor{fixed}.process(line));
  const Picture square{28, 28, std::vector<std::uint8_t>(28 * 28 * 3, 255)};
  const auto got = Qwen2VlProcessor{fixed}.process(square);
  ASSERT_OK(got);
  EXPECT_EQ(got->shape, (std::vector<std::int64_t>{4, 1176}));
  EXPECT_NEAR(got->pixels[0], (1 - 0.48145466) / 0.26862954, 1e-6);
}

TEST(LlavaOnevision, settingsAndRefusals) {
  TempFolder folder;
  const Json kind{{"image_processor_type", "LlavaOnevisionImageProcessorFast"}};
  folder.write("config.json", R"({"vision_config": {"image_size": 384, "patch_size": 14}})");
  const auto plain = processorWith(kind, folder);
  ASSERT_OK(plain);
  EXPECT_STREQ((*plain)->family(), "llava_onevision");
  const auto& settings = dynamic_cast<const LlavaOnevisionProcessor&>(**plain).settings();
  EXPECT_EQ(settings.featureSide, 27);
  EXPECT_EQ(settings.resolutions.size(), 36U);
  const Picture line{20000, 1, std::vector<std::uint8_t>(60000)};
  EXPECT_FALSE((*plain)->process(line, 2));
  EXPECT_OK((*plain)->process(line));
  EXPECT_FALSE((*plain)->process(Picture{}));
  for (const char* changes :
       {R"({"size": {"height": 384, "width": 300}})", R"({"image_grid_pinpoints": [[384, 500]]})",
        R"({"image_grid_pinpoints": [[384, 38400]]})", R"({"image_grid_pinpoints": 3})",
        R"({"do_resize": false})", R"({"do_center_crop": true})", R"({"crop_size": 3})",
        R"({"resample": 1})"}) {
    Json config = kind;
    config.update(Json::parse(changes));
    const auto got = processorWith(config, folder);
    ASSERT_FALSE(got) << changes;
    EXPECT_NE(got.error().message.find("preprocessor_config.json"), std::string::npos)
        << got.error().message;
  }
  for (const char* wrong :
       {R"({"num_image_tokens": 10})", R"({"num_image_tokens": 0})",
        R"({"vision_aspect_ratio": "pad"})", R"({"vision_feature_select_strategy": "default"})"}) {
    folder.write("processor_config.json", wrong);
    const auto got = processorWith(kind, folder);
    ASSERT_FALSE(got) << wrong;
    EXPECT_NE(got.error().message.find("processor_config.json"), std::string::npos);
  }
}

TEST(Mllama, settingsAndRefusals) {
  TempFolder folder;
  const Json kind{{"image_processor_type", "MllamaImageProcessor"}};
  const auto plain = processorWith(kind, folder);
  ASSERT_OK(plain);
  EXPECT_STREQ((*plain)->family(), "mllama");
  EXPECT_FALSE((*plain)->process(Picture{}));
  EXPECT_EQ(tileArrangements(4),
            (std::vector<std::pair<int, int>>{
                {1, 1}, {1, 2}, {1, 3}, {1, 4}, {2, 1}, {2, 2}, {3, 1}, {4, 1}}));
  for (const char* changes :
       {R"({"size": {"height": 384, "width": 300}})", R"({"size": {"shortest_edge": 224}})",
        R"({"max_image_tiles": 0})", R"({"max_image_tiles": 1000})", R"({"do_pad": false})",
        R"({"do_resize": false})"}) {
    Json config = kind;
    config.update(Json::parse(changes));
    const auto got = processorWith(config, folder);
    ASSERT_FALSE(got) << changes;
    EXPECT_NE(got.error().message.find("preprocessor_config.json"), std::string::npos)
        << got.error().message;
  }
}

TEST(ProcessorFor, theDemoModel) {
  const auto folder = test::shared("demo/model");
  if (folder.empty()) GTEST_SKIP() << "no shared/demo beside the project";
  const auto processor = processorFor(folder);
  ASSERT_OK(processor);
  const auto pack = (*processor)->processFile(test::shared("demo/pictures/1.png"));
  ASSERT_OK(pack);
  EXPECT_EQ(pack->gridH, 8);
  EXPECT_EQ(pack->gridW, 8);
  EXPECT_EQ(pack->placeholders, 16);
  EXPECT_EQ(pack->shape, (std::vector<std::int64_t>{64, 1176}));
}

}  // namespace
}  // namespace wordsight::vision
