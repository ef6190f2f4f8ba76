#pragma once
// Adapters as a set of trainable pairs, and their folders in PEFT's format.

#include <filesystem>
#include <memory>
#include <vector>

#include "base/result.h"
#include "neural/decoder.h"
#include "neural/model.h"
#include "neural/names.h"

namespace wordsight::neural {

struct Adapter {
  LoraSpec spec;
  std::vector<std::shared_ptr<LoraPair>> pairs;  // in the order of the decoder's parts
};

/// A ~ Kaiming uniform with a = sqrt 5, that is uniform in ±1/sqrt(inputs); B = 0. The same seed
/// gives the same numbers on every machine.
Result<Adapter> freshAdapter(const LoraSpec& spec, std::uint64_t seed, const Decoder& decoder);

/// Reads adapter_config.json and adapter_model.safetensors. All name layouts of the family are
/// understood; a tensor for a module that the decoder does not have, a lone A or B and a wrong
/// shape are errors that name it.
Result<Adapter> readAdapter(const std::filesystem::path& folder, const NameTable& names,
                            const Decoder& decoder);

/// One pair of an adapter's file by our module name ("language.layers.0.self_attn.q_proj").
struct AdapterTensors {
  std::string module;
  torch::Tensor a, b;  // float32
  double scale = 1;
  double alpha = 1;
};
/// The file alone, without a model: for merging.
Result<std::vector<AdapterTensors>> readAdapterTensors(const std::filesystem::path& folder,
                                                       const NameTable& names, LoraSpec* spec);

Status writeAdapter(const std::filesystem::path& folder, const Adapter& adapter,
                    const NameTable& names, const Decoder& decoder, const std::string& baseModel);

}  // namespace wordsight::neural
