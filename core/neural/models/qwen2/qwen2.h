#pragma once
// Qwen2 and Qwen2.5: Qwen2ForCausalLM. As Llama, with biases on q, k and v.

#include "neural/language_model.h"

namespace wordsight::neural {

Result<DecoderConfig> readQwen2Config(const ConfigReader& config);
const NameTable& qwen2Names();
Family qwen2Family();

}  // namespace wordsight::neural
