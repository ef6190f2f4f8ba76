#include "neural/rope.h"

#include <torch/torch.h>

#include <cmath>
#include <stdexcept>

namespace wordsight::neural {
namespace {

Result<double> positive(const ConfigReader& config, const std::string& key) {
  WORDSIGHT_TRY(const double value, config.number(key));
  if (!(value > 0) || !std::isfinite(value))
    return fail(config.what() + ": " + key +
                " must be a positive number; restore the model's own config.json.");
  return value;
}

Result<RopeConfig::Kind> kindOf(const ConfigReader& config, const std::string& section,
                                bool mrope) {
  std::string kind = "default";
  for (const char* key : {".rope_type", ".type"}) {
    if (!config.has(section + key)) continue;
    WORDSIGHT_TRY(kind, config.text(section + key));
    break;
  }
  if (kind == "default" || (mrope && kind == "mrope")) return RopeConfig::Kind::Plain;
  if (kind == "linear") return RopeConfig::Kind::Linear;
  if (kind == "llama3") return RopeConfig::Kind::Llama3;
  return fail(config.what() + ": rotary positions of kind \"" + kind + "\" (" + section +
                  ") are not supported; default, linear and llama3 are" +
                  (mrope ? ", and mrope." : "."),
              ErrorKind::Unsupported);
}

Status readSections(const ConfigReader& config, const std::string& section, std::int64_t headSize,
                    RopeConfig& rope) {
  rope.sections = {16, 24, 24};
  if (!section.empty() && config.has(section + ".mrope_section")) {
    WORDSIGHT_TRY(rope.sections, config.integers(section + ".mrope_section"));
  }
  std::int64_t sum = 0;
  bool fits = rope.sections.size() == 3;
  for (const std::int64_t n : rope.sections) {
    fits = fits && n >= 0 && n <= headSize;
    sum += fits ? n : 0;
  }
  if (!fits || sum != headSize / 2)
    return fail(config.what() + ": mrope_section must hold three numbers whose sum is " +
                std::to_string(headSize / 2) +
                ", half the head size; restore the model's own config.json.");
  return {};
}

}  // namespace

Result<RopeConfig> readRope(const ConfigReader& config, double defaultTheta, bool mrope,
                            std::int64_t headSize) {
  RopeConfig rope;
  rope.theta = defaultTheta;
  std::string section;
  for (const char* name : {"rope_scaling", "rope_parameters"})
    if (section.empty() && config.has(name)) {
      if (!config.isObject(name))
        return fail(config.what() + ": " + name +
                    " must be an object; restore the model's own config.json.");
      section = name;
    }
  for (const std::string& key : {section + ".rope_theta", std::string("rope_theta")})
    if ((key != ".rope_theta") && config.has(key)) {
      WORDSIGHT_TRY(rope.theta, positive(config, key));
      break;
    }
  for (const std::string& key :
       {section + ".partial_rotary_factor", std::string("partial_rotary_factor")})
    if ((key != ".partial_rotary_factor") && config.has(key)) {
      WORDSIGHT_TRY(const double share, config.number(key));
      if (share != 1)
        return fail(config.what() + ": partial_rotary_factor other than 1 is not supported.",
                    ErrorKind::Unsupported);
    }
  if (!section.empty()) {
    WORDSIGHT_TRY(rope.kind, kindOf(config, section, mrope));
    if (rope.kind != RopeConfig::Kind::Plain) {
      WORDSIGHT_TRY(rope.factor, positive(config, section + ".factor"));
    }
    if (rope.kind == RopeConfig::Kind::Llama3) {
      WORDSIGHT_TRY(rope.lowFrequencyFactor, positive(config, section + ".low_freq_factor"));
      WORDSIGHT_TRY(rope.highFrequencyFactor, positive(config, section + ".high_freq_factor"));
      WORDSIGHT_TRY(rope.originalPositions,
                    positive(config, section + ".original_max_position_embeddings"));
      if (rope.highFrequencyFactor <= rope.lowFrequencyFactor)
        return fail(config.what() + ": " + section +
                    ".high_freq_factor must be larger than low_freq_factor.");
    }
  }
  if (mrope) WORDSIGHT_CHECK(readSections(config, section, headSize, rope));
  return rope;
}

torch::Tensor inverseFrequencies(const RopeConfig& config, std::int64_t headSize) {
  // float32 throughout, in the order of operations of the code that trained the checkpoints: at
  // position 32,768 an error in the last bit of a frequency is already 0.002 of an angle.
  const auto exponents =
      torch::arange(0, headSize, 2, torch::kInt64).to(torch::kFloat32) / headSize;
  auto inverse = 1.0 / torch::pow(config.theta, exponents);
  if (config.kind == RopeConfig::Kind::Linear) return inverse / config.factor;
  if (config.kind == RopeConfig::Kind::Plain) return inverse;
  const auto waves = 2 * M_PI / inverse;
  const double longest = config.originalPositions / config.lowFrequencyFactor;
  const double shortest = config.originalPositions / config.highFrequencyFactor;
  const auto slow = torch::where(waves > longest, inverse / config.factor, inverse);
  const auto smooth = (config.originalPositions / waves - config.lowFrequencyFactor) /
                      (config.highFrequencyFactor - config.lowFrequencyFactor);
  const auto between = (1 - smooth) * slow / config.factor + smooth * slow;
  return torch::where(torch::logical_and(waves >= shortest, waves <= longest), between, slow);
}

kernels::Rotation rotationAt(const torch::Tensor& positions, const torch::Tensor& inverse,
                             const RopeConfig& config) {
  if (config.sections.empty() && positions.dim() != 1)
    throw std::invalid_argument("rotationAt: this family has one position a token");
  torch::Tensor angles;
  if (positions.dim() == 1) {
    angles = positions.to(torch::kFloat32).unsqueeze(1) * inverse.unsqueeze(0);
  } else {
    std::vector<torch::Tensor> parts;
    std::int64_t from = 0;
    for (std::int64_t axis = 0; axis < 3; ++axis) {
      const std::int64_t count = config.sections[static_cast<std::size_t>(axis)];
      parts.push_back(positions[axis].to(torch::kFloat32).unsqueeze(1) *
                      inverse.narrow(0, from, count).unsqueeze(0));
      from += count;
    }
    angles = torch::cat(parts, 1);
  }
  return {angles.cos(), angles.sin()};
}

}  // namespace wordsight::neural
