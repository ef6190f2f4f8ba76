#pragma once
// Reading of the keys that the families' config.json have in common. Each key that changes what a
// model computes is read, or refused by name; sizes are bounded, so that a broken file cannot ask
// for absurd memory.

#include "base/result.h"
#include "domain/config_reader.h"
#include "neural/decoder.h"

namespace wordsight::neural {

/// Sizes, norm and head: everything but rope and biases. `headDim`: whether the family knows the
/// key head_dim.
Result<DecoderConfig> readSizes(const ConfigReader& config, bool headDim);
/// The key must be absent or have this value.
Status onlyText(const ConfigReader& config, const std::string& key, const std::string& value);
Status onlyFalse(const ConfigReader& config, const std::string& key);
Status onlyInteger(const ConfigReader& config, const std::string& key, std::int64_t value);
/// A boolean with a default.
Result<bool> booleanOr(const ConfigReader& config, const std::string& key, bool otherwise);
/// Sliding-window attention (Qwen2's keys) must not come into effect in any of `layers` layers, be
/// it that a window holds all `positions`.
Status refuseSlidingWindow(const ConfigReader& config, std::int64_t layers, std::int64_t positions);
/// quantization_config must be absent.
Status refuseQuantized(const ConfigReader& config);

}  // namespace wordsight::neural
