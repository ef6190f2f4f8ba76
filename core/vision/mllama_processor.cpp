#include "vision/mllama_processor.h"

#include <algorithm>
#include <cmath>

namespace wordsight::vision {

Result<MllamaSettings> mllamaSettings(const ConfigReader& config) {
  MllamaSettings out;
  WORDSIGHT_CHECK(readInt(config, "size.height", 1, 4096, out.side));
  int width = out.side;
  WORDSIGHT_CHECK(readInt(config, "size.width", 1, 4096, width));
  if (width != out.side || config.has("size.shortest_edge"))
    return fail(config.what() + ": \"size\" must have equal height and width for this family.");
  WORDSIGHT_CHECK(readInt(config, "max_image_tiles", 1, 64, out.mostTiles));
  WORDSIGHT_CHECK(readFilter(config, out.filter));
  WORDSIGHT_TRY(out.colours, colourSettings(config, out.colours));
  WORDSIGHT_CHECK(onlyBool(config, "do_resize", true));
  WORDSIGHT_CHECK(onlyBool(config, "do_pad", true));
  return out;
}

std::vector<std::pair<int, int>> tileArrangements(int mostTiles) {
  std::vector<std::pair<int, int>> out;
  for (int rows = 1; rows <= mostTiles; ++rows)
    for (int columns = 1; rows * columns <= mostTiles; ++columns) out.emplace_back(rows, columns);
  return out;
}

std::size_t MllamaProcessor::best(const Picture& picture) const {
  std::vector<double> scales;
  for (const auto& [rows, columns] : m_arrangements)
    scales.push_back(std::min(static_cast<double>(rows * m_settings.side) / picture.height,
                              static_cast<double>(columns * m_settings.side) / picture.width));
  double chosen = 0;
  for (const double scale : scales)
    if (scale >= 1 ? chosen < 1 || scale < chosen : chosen < 1 && scale > chosen) chosen = scale;
  std::size_t found = scales.size();
  const auto tiles = [&](std::size_t i) {
    return m_arrangements[i].first * m_arrangements[i].second;
  };
  for (std::size_t i = 0; i < scales.size(); ++i)
    if (scales[i] == chosen && (found == scales.size() || tiles(i) < tiles(found))) found = i;
  return found;
}

Result<PixelPack> MllamaProcessor::process(const Picture& picture, std::size_t) const {
  if (picture.width <= 0 || picture.height <= 0) return fail("The picture is empty.");
  const int side = m_settings.side;
  const std::size_t arrangement = best(picture);
  const auto [rows, columns] = m_arrangements[arrangement];
  const int targetWidth = std::clamp(picture.width, side, columns * side);
  const int targetHeight = std::clamp(picture.height, side, rows * side);
  const double scaleX = static_cast<double>(targetWidth) / picture.width;
  const double scaleY = static_cast<double>(targetHeight) / picture.height;
  int width = targetWidth, height = targetHeight;
  const auto fitted = [](double length, int most) {
    return std::min(std::max(1, static_cast<int>(std::floor(length))), most);
  };
  if (scaleX < scaleY)
    height = fitted(picture.height * scaleX, targetHeight);
  else
    width = fitted(picture.width * scaleY, targetWidth);
  const Picture padded = canvas(resized(picture, width, height, m_settings.filter), columns * side,
                                rows * side, 0, 0, {0, 0, 0});
  const auto tileValues = static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * 3;
  PixelPack pack;
  pack.height = picture.height;
  pack.width = picture.width;
  pack.tiles = rows * columns;
  pack.arrangement = static_cast<std::int64_t>(arrangement) + 1;
  pack.placeholders = 1;
  pack.shape = {1, 1, m_settings.mostTiles, 3, side, side};
  pack.pixels.resize(tileValues * static_cast<std::size_t>(m_settings.mostTiles));
  float* to = pack.pixels.data();
  for (int y = 0; y < padded.height; y += side)
    for (int x = 0; x < padded.width; x += side, to += tileValues)
      copyPlanes(padded, x, y, side, m_table, to);
  return pack;
}

std::vector<NumberTensor> MllamaProcessor::numbersOf(const PixelPack& pack) const {
  std::vector<std::int64_t> mask(static_cast<std::size_t>(m_settings.mostTiles), 0);
  std::fill_n(mask.begin(), pack.tiles, 1);
  return {{"aspect_ratio_ids", {1, 1}, {pack.arrangement}},
          {"aspect_ratio_mask", {1, 1, m_settings.mostTiles}, mask},
          {"num_tiles", {1, 1}, {pack.tiles}}};
}

}  // namespace wordsight::vision
