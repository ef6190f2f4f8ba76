#pragma once
// A cross-attention layer of Llama 3.2 Vision: text attends to the pictures beside it, and tanh of
// a learned number says how much of that is added (0 at the start of training). Without a picture
// the layer does nothing. Shapes in names: R rows that look, S rows of picture features, D width, H
// heads, K key/value heads, E head size.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "neural/decoder.h"

namespace wordsight::neural {

class CrossLayer final : public OtherLayer {
 public:
  /// `place` among all layers, `slot` among `slots` layers of this kind. Without `load` its weights
  /// are not read: the layer can carry an adapter, but must not be given a picture.
  CrossLayer(const DecoderConfig& config, std::int64_t place, std::size_t slot, std::size_t slots,
             bool load, WeightSource& weights);

  /// std::invalid_argument: a picture while gradients are wanted, or without loaded weights.
  torch::Tensor forward(const torch::Tensor& hidden_TD, const Layout& layout,
                        KvCache* cache) const override;
  std::vector<LinearGroup::Part*> parts() override;
  const std::vector<std::pair<std::string, torch::Tensor>>& tensors() const override {
    return m_tensors;
  }

 private:
  /// Keys and values of one sequence's pictures, and what its rows see of them.
  struct Looking {
    std::int64_t firstRow = 0, rows = 0;
    torch::Tensor keys_KSE, values_KSE;
    std::vector<Sight::Run> runs;
  };
  LinearGroup group(const std::vector<std::string>& names, const std::vector<std::int64_t>& sizes,
                    std::int64_t inputs, bool load, WeightSource& weights);
  std::vector<Looking> lookings(const Layout& layout, KvCache* cache) const;
  void project(const Sight& sight, Looking& looking) const;
  torch::Tensor attend(const torch::Tensor& q_RD, const std::vector<Looking>& lookings) const;

  DecoderConfig m_config;
  std::string m_prefix;
  std::size_t m_slot, m_slots;
  bool m_loaded;
  torch::Tensor m_inputNorm, m_postNorm, m_queryNorm_E, m_keyNorm_E, m_attentionGate, m_mlpGate;
  LinearGroup m_query, m_key, m_value, m_out, m_gateUp, m_down;
  std::vector<std::pair<std::string, torch::Tensor>> m_tensors;
};

}  // namespace wordsight::neural
