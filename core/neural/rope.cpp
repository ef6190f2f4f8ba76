#include "neural/rope.h"

#include <torch/torch.h>

#include <algorithm>
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
  if (kind == "dynamic") return RopeConfig::Kind::Dynamic;
  if (kind == "yarn") return RopeConfig::Kind::Yarn;
  return fail(config.what() + ": rotary positions of kind \"" + kind + "\" (" + section +
                  ") are not supported; default, linear, dynamic, yarn and llama3 are" +
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

/// The number of positions that the model was trained for before it was stretched: of the section,
/// unless the root names one, or max_position_embeddings.
Status readOriginal(const ConfigReader& config, const std::string& section, RopeConfig& rope) {
  for (const std::string& key :
       {std::string("original_max_position_embeddings"),
        section + ".original_max_position_embeddings", std::string("max_position_embeddings")})
    if (config.has(key)) {
      WORDSIGHT_TRY(rope.originalPositions, positive(config, key));
      return {};
    }
  return fail(config.what() + ": " + section +
              ".original_max_position_embeddings is missing; restore the model's own config.json.");
}

/// Amplitude for a context stretched by `factor` (arXiv 2309.00071, equation 22).
double stretched(double factor, double weight) {
  return factor <= 1 ? 1.0 : 0.1 * weight * std::log(factor) + 1.0;
}

Status readYarn(const ConfigReader& config, const std::string& section, RopeConfig& rope) {
  const auto optional = [&](const char* key, double& into) -> Status {
    if (!config.has(section + key)) return {};
    WORDSIGHT_TRY(into, config.number(section + key));
    return {};
  };
  double fast = 0, slow = 0, scale = 0, scaleAll = 0;
  WORDSIGHT_CHECK(optional(".beta_fast", fast));
  WORDSIGHT_CHECK(optional(".beta_slow", slow));
  WORDSIGHT_CHECK(optional(".mscale", scale));
  WORDSIGHT_CHECK(optional(".mscale_all_dim", scaleAll));
  if (fast != 0) rope.betaFast = fast;
  if (slow != 0) rope.betaSlow = slow;
  if (!(rope.betaSlow > 0 && rope.betaFast >= rope.betaSlow && std::isfinite(rope.betaFast)))
    return fail(config.what() + ": " + section +
                ".beta_fast must be at least beta_slow, and both positive; restore the model's own "
                "config.json.");
  rope.amplitude = scale != 0 && scaleAll != 0
                       ? stretched(rope.factor, scale) / stretched(rope.factor, scaleAll)
                       : stretched(rope.factor, 1);
  if (config.has(section + ".attention_factor")) {
    WORDSIGHT_TRY(rope.amplitude, positive(config, section + ".attention_factor"));
  }
  if (config.has(section + ".truncate")) {
    WORDSIGHT_TRY(rope.truncate, config.boolean(section + ".truncate"));
  }
  return {};
}

/// What a kind needs beside the base.
Status readScaling(const ConfigReader& config, const std::string& section, RopeConfig& rope) {
  using Kind = RopeConfig::Kind;
  if (rope.kind == Kind::Plain) return {};
  if (rope.kind == Kind::Llama3 || rope.kind == Kind::Yarn)
    WORDSIGHT_CHECK(readOriginal(config, section, rope));
  const std::string whole = "max_position_embeddings";
  if (rope.kind == Kind::Yarn && !config.has(section + ".factor") && config.has(whole)) {
    WORDSIGHT_TRY(const double positions, positive(config, whole));
    rope.factor = positions / rope.originalPositions;
  } else {
    WORDSIGHT_TRY(rope.factor, positive(config, section + ".factor"));
  }
  if (rope.factor > 1e6 || (rope.kind == Kind::Dynamic && rope.factor < 1))
    return fail(config.what() + ": " + section +
                ".factor must lie between 1 and 1,000,000; restore the model's own config.json.");
  if (rope.kind == Kind::Dynamic) {
    WORDSIGHT_TRY(rope.originalPositions, positive(config, whole));
  }
  if (rope.kind == Kind::Yarn) return readYarn(config, section, rope);
  if (rope.kind != Kind::Llama3) return {};
  WORDSIGHT_TRY(rope.lowFrequencyFactor, positive(config, section + ".low_freq_factor"));
  WORDSIGHT_TRY(rope.highFrequencyFactor, positive(config, section + ".high_freq_factor"));
  if (rope.highFrequencyFactor <= rope.lowFrequencyFactor)
    return fail(config.what() + ": " + section +
                ".high_freq_factor must be larger than low_freq_factor.");
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
    for (const char* perLayer : {".full_attention", ".sliding_attention"})
      if (config.has(section + perLayer))
        return fail(config.what() + ": " + section + perLayer +
                        " is set, but rotary positions of a layer's own are not supported.",
                    ErrorKind::Unsupported);
    WORDSIGHT_TRY(rope.kind, kindOf(config, section, mrope));
    WORDSIGHT_CHECK(readScaling(config, section, rope));
  }
  if (mrope) WORDSIGHT_CHECK(readSections(config, section, headSize, rope));
  return rope;
}

namespace {

/// Frequencies that turn fast enough stay, slow ones are divided by the factor, with a ramp between
/// (arXiv 2309.00071, equations 17 to 21).
torch::Tensor yarnFrequencies(const RopeConfig& config, std::int64_t headSize,
                              const torch::Tensor& powers) {
  const auto dimensions = static_cast<double>(headSize);
  const auto dimensionOf = [&](double turns) {
    return dimensions * std::log(config.originalPositions / (turns * 2 * M_PI)) /
           (2 * std::log(config.theta));
  };
  double low = dimensionOf(config.betaFast), high = dimensionOf(config.betaSlow);
  if (config.truncate) {
    low = std::floor(low);
    high = std::ceil(high);
  }
  low = std::max(low, 0.0);
  high = std::min(high, dimensions - 1);
  if (low == high) high += 0.001;
  const auto ramp =
      ((torch::arange(headSize / 2, torch::kFloat32) - low) / (high - low)).clamp(0, 1);
  const auto kept = 1 - ramp;
  return 1.0 / (config.factor * powers) * (1 - kept) + 1.0 / powers * kept;
}

/// Positions [n] or [3, n] times frequencies: [n, headSize / 2].
torch::Tensor anglesOf(const torch::Tensor& positions, const torch::Tensor& inverse,
                       const RopeConfig& config) {
  if (positions.dim() == 1)
    return positions.to(torch::kFloat32).unsqueeze(1) * inverse.unsqueeze(0);
  std::vector<torch::Tensor> parts;
  std::int64_t from = 0;
  for (std::int64_t axis = 0; axis < 3; ++axis) {
    const std::int64_t count = config.sections[static_cast<std::size_t>(axis)];
    parts.push_back(positions[axis].to(torch::kFloat32).unsqueeze(1) *
                    inverse.narrow(0, from, count).unsqueeze(0));
    from += count;
  }
  return torch::cat(parts, 1);
}

}  // namespace

torch::Tensor inverseFrequencies(const RopeConfig& config, std::int64_t headSize,
                                 std::int64_t length) {
  // float32 throughout, in the order of operations of the code that trained the checkpoints: at
  // position 32,768 an error in the last bit of a frequency is already 0.002 of an angle.
  const auto exponents =
      torch::arange(0, headSize, 2, torch::kInt64).to(torch::kFloat32) / headSize;
  double theta = config.theta;
  if (config.kind == RopeConfig::Kind::Dynamic && headSize > 2) {
    const double times = std::max(static_cast<double>(length) / config.originalPositions, 1.0);
    theta *= std::pow(config.factor * times - (config.factor - 1),
                      static_cast<double>(headSize) / static_cast<double>(headSize - 2));
  }
  const auto powers = torch::pow(theta, exponents);
  if (config.kind == RopeConfig::Kind::Yarn) return yarnFrequencies(config, headSize, powers);
  const auto inverse = 1.0 / powers;
  if (config.kind == RopeConfig::Kind::Linear) return inverse / config.factor;
  if (config.kind != RopeConfig::Kind::Llama3) return inverse;
  const auto waves = 2 * M_PI / inverse;
  const double longest = config.originalPositions / config.lowFrequencyFactor;
  const double shortest = config.originalPositions / config.highFrequencyFactor;
  const auto slow = torch::where(waves > longest, inverse / config.factor, inverse);
  const auto smooth = (config.originalPositions / waves - config.lowFrequencyFactor) /
                      (config.highFrequencyFactor - config.lowFrequencyFactor);
  const auto between = (1 - smooth) * slow / config.factor + smooth * slow;
  return torch::where(torch::logical_and(waves >= shortest, waves <= longest), between, slow);
}

kernels::Rotation rotationAt(const torch::Tensor& positions,
                             const std::vector<std::int64_t>& lengths, const torch::Tensor& inverse,
                             const RopeConfig& config) {
  if (config.sections.empty() && positions.dim() != 1)
    throw std::invalid_argument("rotationAt: this family has one position a token");
  torch::Tensor angles;
  if (config.byLength()) {
    // Each sequence by its own last position, whatever company it is computed in.
    std::vector<torch::Tensor> parts;
    std::int64_t from = 0;
    for (const std::int64_t count : lengths) {
      if (count == 0) continue;
      const auto own = positions.narrow(-1, from, count);
      const std::int64_t length = own.max().item<std::int64_t>() + 1;
      const bool stretched = static_cast<double>(length) > config.originalPositions;
      parts.push_back(anglesOf(
          own, stretched ? inverseFrequencies(config, 2 * inverse.size(0), length) : inverse,
          config));
      from += count;
    }
    angles = torch::cat(parts);
  } else {
    angles = anglesOf(positions, inverse, config);
  }
  if (config.amplitude == 1) return {angles.cos(), angles.sin()};
  return {angles.cos() * config.amplitude, angles.sin() * config.amplitude};
}

}  // namespace wordsight::neural
