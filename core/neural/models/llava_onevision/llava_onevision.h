#pragma once
// LLaVA-OneVision (arXiv 2408.03326): Qwen2's decoder, and SigLIP's features of a picture's tiles
// in the place of picture placeholders.

#include "domain/any_resolution.h"
#include "neural/language_model.h"
#include "neural/models/llava_onevision/siglip.h"

namespace wordsight::neural {

/// How features become tokens.
struct LlavaOnevisionConfig {
  SiglipConfig tower;
  std::vector<std::int64_t> states;   // the tower's hidden states that are used, 0 the embedding
  std::vector<GridSize> resolutions;  // pixels
  std::int64_t mostTiles = 9;         // more features than these many tiles have are shrunk
  std::int64_t textWidth = 0;
  bool bias = true;       // of the projector
  bool tanhGelu = false;  // in the projector
};
/// The language part's sizes.
Result<DecoderConfig> readLlavaOnevisionDecoder(const ConfigReader& config);
Result<LlavaOnevisionConfig> readLlavaOnevisionConfig(const ConfigReader& config,
                                                      const DecoderConfig& decoder);
const NameTable& llavaOnevisionNames();
Family llavaOnevisionFamily();

}  // namespace wordsight::neural
