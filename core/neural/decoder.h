#pragma once
// The decoder that Llama, Qwen2 and the text part of Qwen2-VL have in common: pre-norm,
// grouped-query attention with rotary positions, SwiGLU. What differs between them is numbers and
// biases, not code paths. Shapes in names: T rows, D width, V vocabulary, N chosen rows.

#include <torch/types.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "neural/attention.h"
#include "neural/kv_cache.h"
#include "neural/linear.h"
#include "neural/model.h"
#include "neural/rope.h"
#include "neural/weights.h"

namespace wordsight::neural {

struct DecoderConfig {
  std::int64_t vocabulary = 0, width = 0, mlpWidth = 0, layers = 0, maxPositions = 0;
  HeadSizes heads;
  double normEps = 1e-6;
  RopeConfig rope;
  bool qkvBias = false, outBias = false, mlpBias = false, tied = false;
  std::int64_t extraEmbeddings = 0;       // rows of the embedding that the head does not have
  std::vector<std::int64_t> otherLayers;  // of `layers`, those that are no layers of the decoder's
};

struct DecoderLayer {
  torch::Tensor inputNorm, postNorm;
  LinearGroup qkv, out, gateUp, down;
};

/// A layer of another kind among the decoder's (Mllama's cross-attention). Immutable but for the
/// adapters on its parts.
class OtherLayer {
 public:
  virtual ~OtherLayer() = default;
  /// hidden (rows of all sequences, maybe rows of padding at the end) → the same shape.
  virtual torch::Tensor forward(const torch::Tensor& hidden_TD, const Layout& layout,
                                KvCache* cache) const = 0;
  virtual std::vector<LinearGroup::Part*> parts() = 0;
  virtual const std::vector<std::pair<std::string, torch::Tensor>>& tensors() const = 0;
};

/// How a forward pass drops out the input of adapters: nothing when rate is 0.
struct DropoutState {
  double rate = 0;
  std::uint64_t key = 0;
};

/// Weights and forward pass. Weights never change; adapters hang on the parts of `layers`.
class Decoder {
 public:
  /// Takes its tensors from `weights`, by the names "language.…" and "lm_head.…"; what is wrong
  /// shows in weights.finish(), before which the decoder must not be used.
  /// `others`: the layers named by config.otherLayers, in that order.
  Decoder(const DecoderConfig& config, WeightSource& weights,
          std::vector<std::shared_ptr<OtherLayer>> others = {});

  const DecoderConfig& config() const { return m_config; }
  torch::Tensor embed(const torch::Tensor& ids_T) const;
  torch::Tensor forward(const torch::Tensor& hidden_TD, const Layout& layout, KvCache* cache,
                        bool recompute, const torch::Tensor& wanted_N,
                        const DropoutState& dropout) const;
  torch::Tensor head(const torch::Tensor& hidden_ND) const;
  torch::Tensor headAt(const torch::Tensor& hidden_ND, const torch::Tensor& ids_K) const;

  /// Linear layers that can carry an adapter: all parts of all groups, layer by layer.
  std::vector<LinearGroup::Part*> parts();
  std::vector<const LinearGroup::Part*> parts() const;
  /// Inputs of a part: the width of the rows it reads.
  std::int64_t inputsOf(const LinearGroup::Part& part) const;
  /// All tensors by our names, in a fixed order.
  const std::vector<std::pair<std::string, torch::Tensor>>& tensors() const { return m_tensors; }

 private:
  void takeLayer(std::int64_t index, WeightSource& weights);
  void takeEnds(WeightSource& weights);
  LinearGroup takeGroup(const std::string& prefix, const std::vector<std::string>& names,
                        const std::vector<std::int64_t>& sizes, std::int64_t inputs, bool bias,
                        WeightSource& weights);
  torch::Tensor take(const std::string& name, const std::vector<std::int64_t>& shape,
                     WeightSource& weights);

  DecoderConfig m_config;
  std::vector<DecoderLayer> m_layers;
  std::map<std::int64_t, std::shared_ptr<OtherLayer>> m_others;  // by their place among all layers
  torch::Tensor m_embedding_VD, m_norm, m_head_VD;
  torch::Tensor m_inverseFrequencies;
  std::vector<std::pair<std::string, torch::Tensor>> m_tensors;
};

}  // namespace wordsight::neural
