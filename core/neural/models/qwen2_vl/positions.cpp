#include "neural/models/qwen2_vl/positions.h"

#include <torch/torch.h>

#include <algorithm>
#include <stdexcept>

namespace wordsight::neural {
namespace {

constexpr std::int64_t kMaxGrid = 1 << 16;  // patches a side; keeps products far from overflow

bool gridFits(const PixelPack& picture, std::int64_t merge) {
  const auto inside = [](std::int64_t n) { return n > 0 && n <= kMaxGrid; };
  return merge > 0 && inside(picture.gridT) && inside(picture.gridH) && inside(picture.gridW) &&
         picture.gridH % merge == 0 && picture.gridW % merge == 0;
}

std::int64_t tokensOf(const PixelPack& picture, std::int64_t merge) {
  return picture.gridT * (picture.gridH / merge) * (picture.gridW / merge);
}

std::string countOf(std::int64_t n, const char* thing) {
  return std::to_string(n) + " " + thing + (n == 1 ? "" : "s");
}

}  // namespace

Status checkPlaceholders(const std::vector<std::int64_t>& ids,
                         const std::vector<PixelPack>& pictures, std::int64_t imageToken,
                         std::int64_t merge) {
  std::int64_t needed = 0;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    if (!gridFits(pictures[i], merge))
      return fail("Picture " + std::to_string(i + 1) + " has a grid of " +
                  std::to_string(pictures[i].gridT) + "×" + std::to_string(pictures[i].gridH) +
                  "×" + std::to_string(pictures[i].gridW) +
                  " patches, which this model cannot merge by " + std::to_string(merge) +
                  "; prepare it with the model's own preprocessor_config.json.");
    needed += tokensOf(pictures[i], merge);
  }
  const std::int64_t found = std::count(ids.begin(), ids.end(), imageToken);
  if (found != needed)
    return fail("The prompt has " + countOf(found, "picture placeholder") + ", but its " +
                countOf(static_cast<std::int64_t>(pictures.size()), "picture") + " take" +
                (pictures.size() == 1 ? "s " : " ") + std::to_string(needed) +
                "; expand one placeholder per picture token before asking.");
  std::size_t at = 0;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    while (ids[at] != imageToken) ++at;
    for (std::int64_t n = tokensOf(pictures[i], merge); n > 0; --n, ++at)
      if (ids[at] != imageToken)
        return fail("The placeholders of picture " + std::to_string(i + 1) +
                    " are interrupted at token " + std::to_string(at) +
                    "; a picture's placeholders must stand together.");
  }
  return {};
}

LanguageModel::Positions ropePositions(const std::vector<std::int64_t>& ids,
                                       const std::vector<PixelPack>& pictures,
                                       std::int64_t imageToken, std::int64_t merge) {
  if (auto fits = checkPlaceholders(ids, pictures, imageToken, merge); !fits)
    throw std::invalid_argument(fits.error().message);
  const auto length = static_cast<std::int64_t>(ids.size());
  auto positions_3T = torch::empty({3, length}, torch::kInt64);
  std::int64_t* t = positions_3T.data_ptr<std::int64_t>();
  std::int64_t* h = t + length;
  std::int64_t* w = h + length;
  std::int64_t next = 0;
  std::size_t picture = 0;
  for (std::int64_t at = 0; at < length;) {
    if (pictures.empty() || ids[at] != imageToken) {
      t[at] = h[at] = w[at] = next++;
      ++at;
      continue;
    }
    const PixelPack& grid = pictures[picture++];
    const std::int64_t rows = grid.gridH / merge, columns = grid.gridW / merge;
    for (std::int64_t i = 0; i < tokensOf(grid, merge); ++i, ++at) {
      t[at] = next + i / (rows * columns);
      h[at] = next + i / columns % rows;
      w[at] = next + i % columns;
    }
    next += std::max(rows, columns);
  }
  return {positions_3T, next};
}

}  // namespace wordsight::neural
