#pragma once
// How LLaVA-OneVision (arXiv 2408.03326) cuts a picture of any size into tiles and how many
// features stay of it: arithmetic that the picture processor and the model must do alike. As in
// transformers 5.17, down to its rounding.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace wordsight {

struct GridSize {
  std::int64_t height = 0, width = 0;
  bool operator==(const GridSize&) const = default;
};

/// Of several resolutions the one in which most of the picture's own pixels fit; of equal ones the
/// one that is filled best. `choices` must not be empty, sizes must be positive.
inline GridSize bestResolution(GridSize picture, const std::vector<GridSize>& choices) {
  GridSize best = choices.front();
  std::int64_t most = 0, leastWasted = std::numeric_limits<std::int64_t>::max();
  const auto height = static_cast<double>(picture.height);
  const auto width = static_cast<double>(picture.width);
  for (const GridSize& choice : choices) {
    const double scale = std::min(static_cast<double>(choice.width) / width,
                                  static_cast<double>(choice.height) / height);
    const auto fitted =
        static_cast<std::int64_t>(width * scale) * static_cast<std::int64_t>(height * scale);
    const std::int64_t used = std::min(fitted, picture.height * picture.width);
    const std::int64_t wasted = choice.height * choice.width - used;
    if (used > most || (used == most && wasted < leastWasted)) {
      most = used;
      leastWasted = wasted;
      best = choice;
    }
  }
  return best;
}

/// The N of "anyres_max_N"; 0 for any other text.
inline std::int64_t mostTilesOf(std::string_view aspect) {
  constexpr std::string_view kFront = "anyres_max_";
  if (!aspect.starts_with(kFront) || aspect.size() > kFront.size() + 4) return 0;
  std::int64_t number = 0;
  for (const char digit : aspect.substr(kFront.size())) {
    if (digit < '0' || digit > '9') return 0;
    number = number * 10 + (digit - '0');
  }
  return number;
}

/// What stays of the features of a tiled picture, whose tiles lie side by side as `whole`.
struct UnpaddedFeatures {
  GridSize whole;   // rows and columns of features of all tiles
  GridSize margin;  // cut from each side, because only padding is there
  GridSize cut;     // what is left
  GridSize kept;    // after shrinking: equal to `cut` when that is not too many
  bool shrunk = false;
  /// With one more at the end of each row.
  std::int64_t count() const { return kept.height * (kept.width + 1); }
};

namespace any_resolution {
/// Python's int(round(x, 7)).
inline std::int64_t roundedDown(double x) {
  return static_cast<std::int64_t>(std::nearbyint(x * 1e7)) / 10'000'000;
}
/// Python's int(x // y) of positive numbers: exact where a division would round up.
inline std::int64_t floorDivided(double x, double y) {
  const double quotient = (x - std::fmod(x, y)) / y;
  const double whole = std::floor(quotient);
  return static_cast<std::int64_t>(quotient - whole > 0.5 ? whole + 1 : whole);
}
}  // namespace any_resolution

/// `tiles`: rows and columns of tiles; `side`: features along a tile's edge; `mostTiles`:
/// above 1.21 times as many features as this many tiles have, they are shrunk to that number.
inline UnpaddedFeatures unpaddedFeatures(GridSize picture, GridSize tiles, std::int64_t side,
                                         std::int64_t mostTiles) {
  UnpaddedFeatures out;
  out.whole = {tiles.height * side, tiles.width * side};
  out.cut = out.whole;
  const auto height = static_cast<double>(picture.height);
  const auto width = static_cast<double>(picture.width);
  const auto rows = static_cast<double>(out.whole.height);
  const auto columns = static_cast<double>(out.whole.width);
  if (width / height > columns / rows) {
    const auto used = any_resolution::roundedDown(height * (columns / width));
    out.margin.height = (out.whole.height - used) / 2;
    out.cut.height -= 2 * out.margin.height;
  } else {
    const auto used = any_resolution::roundedDown(width * (rows / height));
    out.margin.width = (out.whole.width - used) / 2;
    out.cut.width -= 2 * out.margin.width;
  }
  out.kept = out.cut;
  const double ratio = std::sqrt(static_cast<double>(out.cut.height * out.cut.width) /
                                 static_cast<double>(mostTiles * side * side));
  if (ratio > 1.1) {
    out.shrunk = true;
    out.kept = {any_resolution::floorDivided(static_cast<double>(out.cut.height), ratio),
                any_resolution::floorDivided(static_cast<double>(out.cut.width), ratio)};
  }
  return out;
}

}  // namespace wordsight
