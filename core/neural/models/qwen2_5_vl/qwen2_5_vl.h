#pragma once
// Qwen2.5-VL (arXiv 2502.13923): Qwen2-VL's decoder, positions and names, and a tower of its own
// with windows.

#include "neural/language_model.h"

namespace wordsight::neural {

Family qwen25VlFamily();

}  // namespace wordsight::neural
