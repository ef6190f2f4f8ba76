#pragma once

#include <string>

#include "base/result.h"
#include "domain/config_reader.h"

namespace wordsight::neural {

// What several vision towers have in their section of config.json. Errors name the key.

/// Which GELU "hidden_act" names (absent: `fallback`); true: "gelu_pytorch_tanh", false: "gelu".
/// Others are refused.
Result<bool> readTanhGelu(const ConfigReader& config, const std::string& fallback);
/// The epsilon of layer norms under `key` (absent: `fallback`): at least 0 and below 1.
Result<double> readNormEpsilon(const ConfigReader& config, const std::string& key, double fallback);

}  // namespace wordsight::neural
