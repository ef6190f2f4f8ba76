#pragma once
// Resampling with antialiasing of RGB pictures. Inside vision only.

#include "vision/picture.h"

namespace wordsight::vision {

/// Numbered as in preprocessor_config.json (Pillow's).
enum class Filter { Bilinear = 2, Bicubic = 3 };

/// Separable triangle or bicubic (Keys 1981, a = -0.5) whose support grows with the scale when a
/// picture shrinks. Horizontal pass first, rounded to eight bits between the passes, 16-bit weights
/// of as many fraction bits as fit: what torchvision does to eight-bit tensors on a CPU, bit for
/// bit, and Pillow's within one grey level. Width and height must be positive. Pure; thread-safe.
Picture resized(const Picture& from, int width, int height, Filter filter);

}  // namespace wordsight::vision
