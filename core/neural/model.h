#pragma once
// A decoder-only language model, with or without a vision part, as the rest of the program sees it.
// Shapes in names: T tokens of all sequences laid end to end (no padding anywhere), D width, V
// vocabulary, N chosen rows.

#include <torch/types.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/pixels.h"

namespace wordsight::neural {

struct ModelInfo {
  std::string family;  // model_type of config.json
  std::filesystem::path folder;
  std::int64_t vocabulary = 0, width = 0, layers = 0, heads = 0, kvHeads = 0, headSize = 0,
               maxPositions = 0;
  std::int64_t parameters = 0;   // of what is loaded
  bool hasVision = false;        // the checkpoint has a vision part (loaded or not)
  std::int64_t imageToken = -1;  // id of the picture placeholder
  bool keysByLength = false;     // a sequence's first keys depend on its length: none can be shared
  std::int64_t inputTokens = 0;  // ids that a prompt may hold: Mllama has more than it answers with
  // Layers that attend to pictures beside the text (Mllama), and rows that each keeps of a picture.
  std::int64_t pictureLayers = 0, pictureRows = 0;
};

/// What layers that attend to pictures beside the text look at: the pictures of one prompt, and
/// which of them each of its tokens sees.
struct Sight {
  torch::Tensor states_SD;  // features of all pictures, one below the other
  struct Range {
    std::int64_t from = 0, to = 0;  // of rows of states
  };
  /// Consecutive tokens that see the same. Without ranges they stand before every picture.
  struct Run {
    std::int64_t tokens = 0;
    std::vector<Range> seen;
  };
  std::vector<Run> runs;  // all tokens of the prompt, in order
};

/// Sequences laid end to end. Sequence i takes lengths[i] rows.
struct Layout {
  torch::Tensor positions;            // int64: [T], or [3, T] for M-RoPE (temporal, height, width)
  std::vector<std::int64_t> lengths;  // sum is T
  /// Families that look beside the text: one a sequence, null where there is no picture; empty:
  /// none has one. A cache keeps what it was given first.
  std::vector<std::shared_ptr<const Sight>> sights = {};
};

/// Keys and values of earlier tokens, one entry a sequence. Made by LanguageModel::makeCache;
/// sequences may have unequal lengths. A prefix computed once can be shared: `fork` makes n
/// sequences that continue it.
class KvCache;

/// A low-rank adapter attached to linear layers of the language part (LoRA; Hu et al. 2021): y = Wx
/// + scale * B(A(x)).
struct LoraSpec {
  int rank = 16;
  double alpha = 32;
  bool rslora = false;  // scale alpha/sqrt(rank) instead of alpha/rank
  double dropout = 0;   // on x, in training only
  std::vector<std::string>
      targets;  // q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj
};

struct LoadOptions {
  torch::ScalarType dtype =
      torch::kFloat32;  // of the weights and of the computation: kFloat32 or kBFloat16
  bool vision = true;   // false: vision tensors are not even read
};

/// One loaded model. Not thread-safe: one thread at a time. Const methods do not change weights.
class LanguageModel {
 public:
  /// Reads config.json and the safetensors of `folder`; unknown model_type, missing, unexpected or
  /// wrongly shaped tensors, unsupported settings are errors that name them.
  static Result<std::unique_ptr<LanguageModel>> load(const std::filesystem::path& folder,
                                                     const LoadOptions& options);
  virtual ~LanguageModel() = default;

  virtual const ModelInfo& info() const = 0;

  /// Token embeddings: ids_T (int64) → hidden_TD.
  virtual torch::Tensor embed(const torch::Tensor& ids_T) const = 0;
  /// A picture's features, one row a placeholder token: → features_ND. Only with vision loaded.
  virtual torch::Tensor see(const PixelPack& picture) const = 0;
  /// Families whose layers attend to pictures (`info().pictureLayers`): what a prompt with pictures
  /// gives them. Null for all others, whose features take the place of placeholders.
  virtual std::shared_ptr<const Sight> look(const std::vector<std::int64_t>& ids,
                                            const std::vector<PixelPack>& pictures) const;
  /// Positions of a prompt: 0, 1, 2 … for plain families; 3-D with pictures for M-RoPE. `next` is
  /// where text goes on.
  struct Positions {
    torch::Tensor positions;
    std::int64_t next = 0;
  };
  virtual Positions positionsOf(const std::vector<std::int64_t>& ids,
                                const std::vector<PixelPack>& pictures) const = 0;

  /// All decoder layers and the last norm: hidden_TD → hidden_TD. With a cache, sequence i
  /// continues entry i of it. Differentiable with respect to LoRA weights when gradients are
  /// enabled. `recompute` keeps only layer inputs and computes the rest again in the backward pass.
  /// `wanted_N` (row numbers, may be undefined: all) names the rows whose output the caller uses:
  /// the result then has these rows only, and the last layer skips the others.
  virtual torch::Tensor forward(const torch::Tensor& hidden_TD, const Layout& layout,
                                KvCache* cache, bool recompute,
                                const torch::Tensor& wanted_N) const = 0;
  /// The output head on chosen rows: hidden_ND → logits_NV (same dtype as the weights).
  virtual torch::Tensor head(const torch::Tensor& hidden_ND) const = 0;
  /// Logits of a few tokens only, computed and given in float32 whatever the weights are:
  /// hidden_ND, ids_K → logits_NK. In bfloat16 two letters of a close decision share one value more
  /// often than not.
  virtual torch::Tensor headAt(const torch::Tensor& hidden_ND,
                               const torch::Tensor& ids_K) const = 0;

  virtual std::shared_ptr<KvCache> makeCache(std::size_t sequences,
                                             std::int64_t capacity) const = 0;

  // ---- LoRA. At most one adapter is attached at a time.
  /// Attaches a fresh adapter: A ~ Kaiming uniform (a = sqrt 5) from `seed`, B = 0. Trainable
  /// weights are float32.
  virtual Status attachLora(const LoraSpec& spec, std::uint64_t seed) = 0;
  /// Attaches an adapter folder in PEFT's format (adapter_config.json, adapter_model.safetensors).
  virtual Status loadLora(const std::filesystem::path& folder) = 0;
  /// Writes the attached adapter in PEFT's format; the names are those that today's PEFT reads for
  /// this family.
  virtual Status saveLora(const std::filesystem::path& folder,
                          const std::string& baseModel) const = 0;
  virtual void detachLora() = 0;
  /// Trainable tensors by name ("layers.0.self_attn.q_proj.lora_A"), in a fixed order; empty when
  /// none is attached.
  virtual std::vector<std::pair<std::string, torch::Tensor>> loraParameters() const = 0;
  virtual void setTraining(bool training) = 0;  // dropout on or off
  /// Restarts the masks of dropout: the k-th forward pass after this drops what follows from (seed,
  /// k) alone. Called before each micro-batch with a number made of the run's seed and the step, a
  /// resumed run drops the same.
  virtual void seedDropout(std::uint64_t seed) = 0;

  /// sha256 per module ("language.layers.0", "vision.blocks.1", "vision.merger") over the bytes of
  /// the loaded weights, adapters not counted: proves afterwards what changed.
  virtual std::map<std::string, std::string> moduleHashes() const = 0;
};

/// Adds an adapter into the base's weights and writes a normal checkpoint folder (other files are
/// copied).
Status mergeLora(const std::filesystem::path& base, const std::filesystem::path& adapter,
                 const std::filesystem::path& out);

}  // namespace wordsight::neural
