#include "neural/models/qwen2_vl/patches.h"

#include <torch/torch.h>

namespace wordsight::neural {
namespace {

constexpr std::int64_t kMaxSide = 1
                                  << 12;  // patches a side that are accepted: 57,344 px at patch 14
constexpr std::int64_t kMaxPatches = 1 << 20;

/// (-second half, first half) of the last dimension.
torch::Tensor rotateHalf(const torch::Tensor& x) {
  const auto halves = x.chunk(2, -1);
  return torch::cat({-halves[1], halves[0]}, -1);
}

/// A size may be written as a number or as a list of equal numbers.
Result<std::int64_t> sizeOr(const ConfigReader& config, const std::string& key,
                            std::int64_t fallback, std::int64_t most) {
  if (!config.has(key)) return fallback;
  const auto list = config.integers(key);
  if (!list || list->empty()) return config.integer(key, 1, most);
  for (const std::int64_t side : *list)
    if (side != list->front() || side < 1 || side > most)
      return fail(config.what() + ": \"vision_config." + key +
                      "\" must be one size for all sides; other patches are not supported.",
                  ErrorKind::Unsupported);
  return list->front();
}

}  // namespace

Result<PatchSizes> readPatchSizes(const ConfigReader& config) {
  PatchSizes out;
  WORDSIGHT_TRY(out.patch, sizeOr(config, "patch_size", 14, 256));
  WORDSIGHT_TRY(out.temporalPatch, sizeOr(config, "temporal_patch_size", 2, 16));
  WORDSIGHT_TRY(out.merge, sizeOr(config, "spatial_merge_size", 2, 16));
  // The hub's files say "in_chans", the library's "in_channels"; where both stand they agree.
  const std::string channels = config.has("in_channels") ? "in_channels" : "in_chans";
  WORDSIGHT_TRY(out.channels, sizeOr(config, channels, 3, 16));
  return out;
}

Result<double> readVisionTheta(const ConfigReader& config) {
  const std::string key = "rope_parameters.rope_theta";
  if (!config.has(key)) return 10000.0;
  WORDSIGHT_TRY(const double theta, config.number(key));
  if (!(theta > 0))
    return fail(config.what() + ": \"vision_config." + key + "\" must be positive.");
  return theta;
}

Status checkPatches(const PixelPack& picture, const PatchSizes& sizes) {
  const std::string grid = std::to_string(picture.gridT) + "×" + std::to_string(picture.gridH) +
                           "×" + std::to_string(picture.gridW);
  const auto inside = [](std::int64_t n) { return n > 0 && n <= kMaxSide; };
  if (!inside(picture.gridT) || !inside(picture.gridH) || !inside(picture.gridW) ||
      picture.gridH % sizes.merge != 0 || picture.gridW % sizes.merge != 0 ||
      picture.gridT * picture.gridH * picture.gridW > kMaxPatches)
    return fail("A picture's grid of " + grid +
                " patches does not fit this model (sides must be multiples of " +
                std::to_string(sizes.merge) +
                "); prepare it with the model's own preprocessor_config.json.");
  const std::int64_t patches = picture.gridT * picture.gridH * picture.gridW;
  const std::int64_t tokens = patches / (sizes.merge * sizes.merge);
  const std::vector<std::int64_t> shape = {patches, sizes.patchValues()};
  if (picture.shape != shape ||
      picture.pixels.size() != static_cast<std::size_t>(patches * sizes.patchValues()) ||
      picture.placeholders != tokens)
    return fail("A picture of " + grid + " patches must come as " + std::to_string(patches) + "×" +
                std::to_string(sizes.patchValues()) + " values and " + std::to_string(tokens) +
                " placeholders; prepare it with the model's own preprocessor_config.json.");
  return {};
}

torch::Tensor visionAngles(std::int64_t rows, std::int64_t columns, std::int64_t merge,
                           std::int64_t headSize, double theta) {
  const std::int64_t m = merge, quarter = headSize / 4;
  // [h/m, m, w/m, m] → [h/m, w/m, m, m]: the order in which the patches come.
  const auto blocks = [&](const torch::Tensor& index_hw) {
    return index_hw.reshape({rows / m, m, columns / m, m}).transpose(1, 2).reshape({-1});
  };
  const auto rows_P = blocks(torch::arange(rows).unsqueeze(1).expand({rows, columns}).contiguous());
  const auto columns_P =
      blocks(torch::arange(columns).unsqueeze(0).expand({rows, columns}).contiguous());
  const auto exponents = torch::arange(quarter, torch::kFloat32) / static_cast<double>(quarter);
  const auto inverse = 1.0 / torch::pow(torch::scalar_tensor(theta, torch::kFloat32), exponents);
  return torch::cat({torch::outer(rows_P.to(torch::kFloat32), inverse),
                     torch::outer(columns_P.to(torch::kFloat32), inverse)},
                    -1);
}

PatchRotation patchRotation(const torch::Tensor& angles_PF) {
  const auto whole_PE = torch::cat({angles_PF, angles_PF}, -1);
  return {whole_PE.cos().unsqueeze(1), whole_PE.sin().unsqueeze(1)};
}

torch::Tensor rotatePatches(const torch::Tensor& x_PHE, const PatchRotation& rotation) {
  const auto x = x_PHE.to(torch::kFloat32);
  return (x * rotation.cos_P1E + rotateHalf(x) * rotation.sin_P1E).to(x_PHE.scalar_type());
}

Status TensorTaker::take(torch::Tensor& into, const std::string& name,
                         const std::vector<std::int64_t>& shape) {
  WORDSIGHT_TRY(into, m_source(name, shape));
  taken.emplace_back(name, into);
  return {};
}

Status TensorTaker::takeLinear(torch::Tensor& weight, torch::Tensor& bias, const std::string& name,
                               std::int64_t outputs, std::int64_t inputs) {
  WORDSIGHT_CHECK(take(weight, name + ".weight", {outputs, inputs}));
  return take(bias, name + ".bias", {outputs});
}

}  // namespace wordsight::neural
