#pragma once
// From bytes to the numbers that a model takes: rescaled and normalised. Inside vision only, like
// the readers of preprocessor_config.json that the families share.

#include <array>
#include <cstdint>
#include <string>

#include "base/result.h"
#include "domain/config_reader.h"
#include "vision/picture.h"
#include "vision/resample.h"

namespace wordsight::vision {

constexpr std::array<double, 3> kClipMean{0.48145466, 0.4578275, 0.40821073};
constexpr std::array<double, 3> kClipStd{0.26862954, 0.26130258, 0.27577711};

struct ColourSettings {
  bool rescale = true, normalize = true;
  double rescaleFactor = 1.0 / 255;
  std::array<double, 3> mean{}, std{};
};
/// Reads do_rescale, rescale_factor, do_normalize, image_mean, image_std; absent ones stay as in
/// `defaults`.
Result<ColourSettings> colourSettings(const ConfigReader& config, const ColourSettings& defaults);

/// A value for each byte of each colour, in float32 as the reference computes it (rescaling and
/// normalising fused).
using ColourTable = std::array<std::array<float, 256>, 3>;
ColourTable colourTable(const ColourSettings& settings);

/// A square of the picture as planes of one colour each: to[3, side, side]. The square lies inside.
void copyPlanes(const Picture& from, int left, int top, int side, const ColourTable& table,
                float* to);

/// A picture of one colour into which another is laid.
Picture canvas(const Picture& inner, int width, int height, int left, int top,
               std::array<std::uint8_t, 3> colour);

// ---- Reading of settings: an absent key leaves `out` as it is.
Status readInt(const ConfigReader& config, const std::string& key, std::int64_t least,
               std::int64_t most, std::int64_t& out);
Status readInt(const ConfigReader& config, const std::string& key, std::int64_t least,
               std::int64_t most, int& out);
Status readBool(const ConfigReader& config, const std::string& key, bool& out);
/// The key must be absent or have this value: what the family's processor cannot do otherwise.
Status onlyBool(const ConfigReader& config, const std::string& key, bool value);
Status readFilter(const ConfigReader& config, Filter& out);

}  // namespace wordsight::vision
