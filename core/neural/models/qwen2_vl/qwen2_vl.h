#pragma once
// Qwen2-VL (arXiv 2409.12191): Qwen2's decoder with M-RoPE, and a vision tower whose features take
// the place of picture placeholders.

#include "neural/language_model.h"
#include "neural/models/qwen2_vl/vision.h"

namespace wordsight::neural {

Result<DecoderConfig> readQwen2VlConfig(const ConfigReader& config);
const NameTable& qwen2VlNames();
Family qwen2VlFamily();

}  // namespace wordsight::neural
