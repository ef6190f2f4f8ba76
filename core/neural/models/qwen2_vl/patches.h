#pragma once
// What the towers of Qwen2-VL and Qwen2.5-VL have in common: patches of any grid, laid out merge ×
// merge block by block, with 2-D rotary positions. Shapes in names: P patches of one frame, H
// heads, E head size.

#include <torch/types.h>

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/config_reader.h"
#include "domain/pixels.h"

namespace wordsight::neural {

/// How a picture is cut.
struct PatchSizes {
  std::int64_t channels = 3, patch = 14, temporalPatch = 2, merge = 2;

  std::int64_t patchValues() const { return channels * temporalPatch * patch * patch; }
};
/// Reads them from the section `vision_config`.
Result<PatchSizes> readPatchSizes(const ConfigReader& config);
/// rope_parameters.rope_theta of the same section, or 10,000.
Result<double> readVisionTheta(const ConfigReader& config);

/// Whether grid, shape and number of values of a picture agree with each other and with the sizes.
Status checkPatches(const PixelPack& picture, const PatchSizes& sizes);

/// Angles of 2-D rotary positions, float32 [P, E/2]: the first quarter of the head turns with the
/// patch's row, the second with its column. rows × columns patches come merge × merge block by
/// block.
torch::Tensor visionAngles(std::int64_t rows, std::int64_t columns, std::int64_t merge,
                           std::int64_t headSize, double theta);

/// cos and sin over the whole head, ready for rotatePatches: float32 [P, 1, E].
struct PatchRotation {
  torch::Tensor cos_P1E, sin_P1E;
};
PatchRotation patchRotation(const torch::Tensor& angles_PF);
/// Turned in float32 whatever the dtype, as the reference does.
torch::Tensor rotatePatches(const torch::Tensor& x_PHE, const PatchRotation& rotation);

/// Where a module gets its tensors: by name below the module's own root ("blocks.0.norm1.weight")
/// and expected shape, in the dtype of computation. An absent or wrongly shaped tensor is an error,
/// or an undefined tensor when the source collects what is wrong and the caller asks it afterwards.
using TensorSource = std::function<Result<torch::Tensor>(const std::string& name,
                                                         const std::vector<std::int64_t>& shape)>;

/// Tensors of a tower as they are taken, by name: for hashes and counts.
class TensorTaker {
 public:
  explicit TensorTaker(const TensorSource& source) : m_source(source) {}
  Status take(torch::Tensor& into, const std::string& name, const std::vector<std::int64_t>& shape);
  /// `name`.weight of [outputs, inputs] and `name`.bias.
  Status takeLinear(torch::Tensor& weight, torch::Tensor& bias, const std::string& name,
                    std::int64_t outputs, std::int64_t inputs);
  std::vector<std::pair<std::string, torch::Tensor>> taken;

 private:
  const TensorSource& m_source;
};

}  // namespace wordsight::neural
