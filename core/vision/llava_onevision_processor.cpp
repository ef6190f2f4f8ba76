#include "vision/llava_onevision_processor.h"

#include <algorithm>
#include <cmath>

namespace wordsight::vision {
namespace {

constexpr std::int64_t kMostSide = 1 << 14;
constexpr std::size_t kMostResolutions = 4096;

Status readSize(const ConfigReader& config, int& side) {
  if (config.has("size.shortest_edge")) return readInt(config, "size.shortest_edge", 1, 4096, side);
  WORDSIGHT_CHECK(readInt(config, "size.height", 1, 4096, side));
  int width = side;
  WORDSIGHT_CHECK(readInt(config, "size.width", 1, 4096, width));
  if (width != side)
    return fail(config.what() + ": \"size\" must have equal height and width for this family.");
  return {};
}

Status readResolutions(const ConfigReader& config, LlavaOnevisionSettings& out) {
  if (config.has("image_grid_pinpoints")) {
    WORDSIGHT_TRY(const auto pairs, config.integerPairs("image_grid_pinpoints"));
    for (const auto& [height, width] : pairs) out.resolutions.push_back({height, width});
  } else {
    for (std::int64_t height = 384; height <= 2304; height += 384)
      for (std::int64_t width = 384; width <= 2304; width += 384)
        out.resolutions.push_back({height, width});
  }
  const auto fits = [&](std::int64_t n) { return n > 0 && n <= kMostSide && n % out.side == 0; };
  const bool good =
      std::all_of(out.resolutions.begin(), out.resolutions.end(),
                  [&](const GridSize& size) { return fits(size.height) && fits(size.width); });
  if (!good || out.resolutions.empty() || out.resolutions.size() > kMostResolutions)
    return fail(config.what() +
                ": \"image_grid_pinpoints\" must hold pairs of multiples of the size of a tile (" +
                std::to_string(out.side) + "), each at most " + std::to_string(kMostSide) + ".");
  return {};
}

bool isFile(const std::filesystem::path& path) {
  std::error_code code;
  return std::filesystem::is_regular_file(path, code);
}

/// How many placeholders a tile takes.
Status readFeatures(const std::filesystem::path& folder, LlavaOnevisionSettings& out) {
  std::int64_t features = 0;
  if (const auto file = folder / "processor_config.json"; isFile(file)) {
    WORDSIGHT_TRY(const auto config, ConfigReader::fromFile(file));
    WORDSIGHT_CHECK(readInt(config, "num_image_tokens", 1, 1 << 24, features));
    std::string aspect = "anyres_max_9", strategy = "full";
    if (config.has("vision_aspect_ratio")) {
      WORDSIGHT_TRY(aspect, config.text("vision_aspect_ratio"));
    }
    if (config.has("vision_feature_select_strategy")) {
      WORDSIGHT_TRY(strategy, config.text("vision_feature_select_strategy"));
    }
    out.mostTiles = mostTilesOf(aspect);
    if (out.mostTiles < 1 || strategy != "full")
      return fail(config.what() + ": only vision_aspect_ratio \"anyres_max_N\" and " +
                      "vision_feature_select_strategy \"full\" are supported, but they are \"" +
                      aspect + "\" and \"" + strategy + "\".",
                  ErrorKind::Unsupported);
  }
  if (features == 0) {
    WORDSIGHT_TRY(const auto config, ConfigReader::fromFile(folder / "config.json"));
    std::int64_t side = 384, patch = 14;
    WORDSIGHT_CHECK(readInt(config, "vision_config.image_size", 1, 1 << 13, side));
    WORDSIGHT_CHECK(readInt(config, "vision_config.patch_size", 1, 1 << 10, patch));
    features = (side / patch) * (side / patch);
  }
  out.featureSide = static_cast<std::int64_t>(std::sqrt(static_cast<double>(features)));
  if (out.featureSide < 1 || out.featureSide * out.featureSide != features)
    return fail((folder / "processor_config.json").string() +
                ": num_image_tokens must be a square number, but is " + std::to_string(features) +
                "; restore the model's own file.");
  return {};
}

}  // namespace

Result<LlavaOnevisionSettings> llavaOnevisionSettings(const ConfigReader& config,
                                                      const std::filesystem::path& folder) {
  LlavaOnevisionSettings out;
  WORDSIGHT_CHECK(readSize(config, out.side));
  WORDSIGHT_CHECK(readResolutions(config, out));
  WORDSIGHT_CHECK(readFilter(config, out.filter));
  WORDSIGHT_TRY(out.colours, colourSettings(config, out.colours));
  WORDSIGHT_CHECK(onlyBool(config, "do_resize", true));
  WORDSIGHT_CHECK(onlyBool(config, "do_center_crop", false));
  if (config.has("crop_size"))
    return fail(config.what() + ": \"crop_size\" is not supported for this family.",
                ErrorKind::Unsupported);
  WORDSIGHT_CHECK(readFeatures(folder, out));
  return out;
}

Result<PixelPack> LlavaOnevisionProcessor::process(const Picture& picture,
                                                   std::size_t together) const {
  if (picture.width <= 0 || picture.height <= 0) return fail("The picture is empty.");
  const int side = m_settings.side;
  const auto tileValues = static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * 3;
  PixelPack pack;
  pack.height = picture.height;
  pack.width = picture.width;
  if (together > 1) {
    const int longer = std::max(picture.width, picture.height);
    if (static_cast<std::int64_t>(longer) * longer > kMaxPixels)
      return fail("The picture is " + std::to_string(picture.width) + " × " +
                  std::to_string(picture.height) +
                  " pixels, too long to be padded to a square; crop it.");
    std::array<std::uint8_t, 3> mean{};
    for (std::size_t c = 0; c < 3; ++c)
      mean[c] = static_cast<std::uint8_t>(std::clamp(m_settings.colours.mean[c] * 255, 0.0, 255.0));
    const Picture square = canvas(picture, longer, longer, (longer - picture.width) / 2,
                                  (longer - picture.height) / 2, mean);
    pack.pixels.resize(tileValues);
    copyPlanes(resized(square, side, side, m_settings.filter), 0, 0, side, m_table,
               pack.pixels.data());
    pack.shape = {1, 1, 3, side, side};
    pack.placeholders = m_settings.featureSide * m_settings.featureSide + 1;
    return pack;
  }
  const GridSize best = bestResolution({picture.height, picture.width}, m_settings.resolutions);
  const double scaleX = static_cast<double>(best.width) / picture.width;
  const double scaleY = static_cast<double>(best.height) / picture.height;
  auto width = static_cast<int>(best.width), height = static_cast<int>(best.height);
  if (scaleX < scaleY)
    height = std::min(height, static_cast<int>(std::ceil(picture.height * scaleX)));
  else
    width = std::min(width, static_cast<int>(std::ceil(picture.width * scaleY)));
  const Picture padded =
      canvas(resized(picture, width, height, m_settings.filter), static_cast<int>(best.width),
             static_cast<int>(best.height), (static_cast<int>(best.width) - width) / 2,
             (static_cast<int>(best.height) - height) / 2, {0, 0, 0});
  const GridSize tiles{best.height / side, best.width / side};
  pack.pixels.resize(tileValues * static_cast<std::size_t>(tiles.height * tiles.width + 1));
  float* to = pack.pixels.data();
  copyPlanes(resized(picture, side, side, m_settings.filter), 0, 0, side, m_table, to);
  for (int y = 0; y < padded.height; y += side)
    for (int x = 0; x < padded.width; x += side)
      copyPlanes(padded, x, y, side, m_table, to += tileValues);
  pack.shape = {1, tiles.height * tiles.width + 1, 3, side, side};
  pack.placeholders = m_settings.featureSide * m_settings.featureSide +
                      unpaddedFeatures({picture.height, picture.width}, tiles,
                                       m_settings.featureSide, m_settings.mostTiles)
                          .count();
  return pack;
}

std::vector<NumberTensor> LlavaOnevisionProcessor::numbersOf(const PixelPack& pack) const {
  return {{"image_sizes", {1, 2}, {pack.height, pack.width}}, {"batch_num_images", {1}, {1}}};
}

}  // namespace wordsight::vision
