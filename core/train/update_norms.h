#pragma once
#include <torch/types.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/json.h"

namespace wordsight::train {

/// How far an adapter moves each linear layer: the Frobenius norm of scale · B A, by the layer's
/// name ("layers.3.mlp.up_proj"). `parameters` are pairs "NAME.lora_A" and "NAME.lora_B"; what has
/// no partner is left out. Costs products of rank × rank, never the update itself.
std::map<std::string, double> linearNorms(
    const std::vector<std::pair<std::string, torch::Tensor>>& parameters, double scale);

/// Those of a decoder layer taken together ("layers.3"): the root of their summed squares.
std::map<std::string, double> layerNorms(const std::map<std::string, double>& linear);

/// The same by layer and module: {"modules": ["q", …, "down"], "values": [[…], …]}, one row a layer
/// of the model, null where the adapter has nothing, numbers of five digits. Modules that no layer
/// has are left out.
Json moduleNorms(const std::map<std::string, double>& linear);

}  // namespace wordsight::train
