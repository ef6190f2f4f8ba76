#pragma once
// Llama 2, 3.x and what has their form, SmolLM2 for one: LlamaForCausalLM.

#include "neural/language_model.h"

namespace wordsight::neural {

Result<DecoderConfig> readLlamaConfig(const ConfigReader& config);
const NameTable& llamaNames();
Family llamaFamily();

}  // namespace wordsight::neural
