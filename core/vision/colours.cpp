#include "vision/colours.h"

#include <algorithm>
#include <cmath>

namespace wordsight::vision {
namespace {

Status readThree(const ConfigReader& config, const std::string& key, std::array<double, 3>& out) {
  if (!config.has(key)) return {};
  WORDSIGHT_TRY(const auto values, config.numbers(key));
  if (values.size() != 3)
    return fail(config.what() + ": \"" + key +
                "\" must hold three numbers, one a colour, but it holds " +
                std::to_string(values.size()) + ".");
  std::copy(values.begin(), values.end(), out.begin());
  return {};
}

}  // namespace

Status readInt(const ConfigReader& config, const std::string& key, std::int64_t least,
               std::int64_t most, std::int64_t& out) {
  if (!config.has(key)) return {};
  WORDSIGHT_TRY(out, config.integer(key, least, most));
  return {};
}

Status readInt(const ConfigReader& config, const std::string& key, std::int64_t least,
               std::int64_t most, int& out) {
  std::int64_t value = out;
  WORDSIGHT_CHECK(readInt(config, key, least, most, value));
  out = static_cast<int>(value);
  return {};
}

Status readBool(const ConfigReader& config, const std::string& key, bool& out) {
  if (!config.has(key)) return {};
  WORDSIGHT_TRY(out, config.boolean(key));
  return {};
}

Status onlyBool(const ConfigReader& config, const std::string& key, bool value) {
  bool found = value;
  WORDSIGHT_CHECK(readBool(config, key, found));
  if (found == value) return {};
  return fail(config.what() + ": " + key + " = " + (found ? "true" : "false") +
                  " is not supported for this family; use the model's own file.",
              ErrorKind::Unsupported);
}

Status readFilter(const ConfigReader& config, Filter& out) {
  int number = static_cast<int>(out);
  WORDSIGHT_CHECK(readInt(config, "resample", 0, 5, number));
  if (number != static_cast<int>(Filter::Bilinear) && number != static_cast<int>(Filter::Bicubic))
    return fail(config.what() + ": \"resample\" is " + std::to_string(number) +
                    ", but only 2 (bilinear) and 3 (bicubic) are supported.",
                ErrorKind::Unsupported);
  out = static_cast<Filter>(number);
  return {};
}

Result<ColourSettings> colourSettings(const ConfigReader& config, const ColourSettings& defaults) {
  ColourSettings out = defaults;
  WORDSIGHT_CHECK(readBool(config, "do_rescale", out.rescale));
  WORDSIGHT_CHECK(readBool(config, "do_normalize", out.normalize));
  if (config.has("rescale_factor")) {
    WORDSIGHT_TRY(out.rescaleFactor, config.number("rescale_factor"));
    if (!(out.rescaleFactor > 0) || !std::isfinite(out.rescaleFactor))
      return fail(config.what() + ": \"rescale_factor\" must be above 0.");
  }
  WORDSIGHT_CHECK(readThree(config, "image_mean", out.mean));
  WORDSIGHT_CHECK(readThree(config, "image_std", out.std));
  for (const double value : out.std)
    if (!(value > 0) || !std::isfinite(value))
      return fail(config.what() + ": \"image_std\" must be above 0.");
  return out;
}

ColourTable colourTable(const ColourSettings& settings) {
  ColourTable table;
  const auto unit = static_cast<float>(settings.rescale ? 1 / settings.rescaleFactor : 1.0);
  for (std::size_t c = 0; c < 3; ++c) {
    const float mean = static_cast<float>(settings.mean[c]) * unit;
    const float std = static_cast<float>(settings.std[c]) * unit;
    for (std::size_t v = 0; v < 256; ++v) {
      const auto grey = static_cast<float>(v);
      table[c][v] = settings.normalize ? (grey - mean) / std
                    : settings.rescale ? grey * static_cast<float>(settings.rescaleFactor)
                                       : grey;
    }
  }
  return table;
}

void copyPlanes(const Picture& from, int left, int top, int side, const ColourTable& table,
                float* to) {
  const auto size = static_cast<std::size_t>(side), width = static_cast<std::size_t>(from.width);
  float *red = to, *green = to + size * size, *blue = green + size * size;
  for (std::size_t y = 0; y < size; ++y) {
    const std::uint8_t* row =
        &from.rgb[((static_cast<std::size_t>(top) + y) * width + static_cast<std::size_t>(left)) *
                  3];
    for (std::size_t x = 0; x < size; ++x, row += 3) {
      *red++ = table[0][row[0]];
      *green++ = table[1][row[1]];
      *blue++ = table[2][row[2]];
    }
  }
}

Picture canvas(const Picture& inner, int width, int height, int left, int top,
               std::array<std::uint8_t, 3> colour) {
  Picture out;
  out.width = width;
  out.height = height;
  const std::size_t row = static_cast<std::size_t>(width) * 3;
  out.rgb.resize(row * static_cast<std::size_t>(height));
  if (colour[0] == colour[1] && colour[1] == colour[2])
    std::fill(out.rgb.begin(), out.rgb.end(), colour[0]);
  else
    for (std::size_t i = 0; i < out.rgb.size(); i += 3)
      std::copy(colour.begin(), colour.end(), &out.rgb[i]);
  const std::size_t innerRow = static_cast<std::size_t>(inner.width) * 3;
  for (int y = 0; y < inner.height; ++y)
    std::copy_n(
        &inner.rgb[static_cast<std::size_t>(y) * innerRow], innerRow,
        &out.rgb[static_cast<std::size_t>(top + y) * row + static_cast<std::size_t>(left) * 3]);
  return out;
}

}  // namespace wordsight::vision
