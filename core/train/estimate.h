#pragma once
#include <cstdint>

namespace wordsight::train {

/// The sizes that decide what training costs. Plain numbers: no tensor is needed to ask.
struct CostShape {
  std::int64_t width = 0, layers = 0, heads = 0, kvHeads = 0, headSize = 0, inner = 0,
               vocabulary = 0;
  std::int64_t parameters = 0;  // of the base as loaded
  std::int64_t adapterParameters = 0;
  int bytesPerValue = 4;  // of weights and activations: 4 (f32) or 2 (bf16)
};

struct Cost {
  double weightsMiB = 0,
         optimizerMiB = 0;              // optimiser: values, gradients and both moments, float32
  double activationsMiB = 0;            // kept for the backward pass of one pack
  double activationsRecomputedMiB = 0;  // the same when only layer inputs are kept
  double flopsPerToken = 0;             // forward and backward, base frozen, without recomputation
};

/// Rough, by counting the tensors that a decoder layer keeps for its backward pass; attention
/// probabilities by the mean of squared lengths, `meanLength` tokens a sample. Meant to be within a
/// third: enough to decide about recomputation and to tell a person "about 9 GiB".
Cost estimateCost(const CostShape& shape, std::int64_t packTokens, double meanLength);

/// Tokens of a step's largest pack: all of `samples` samples where they fit into `microTokens`, and
/// never less than the longest one.
std::int64_t largestPack(int samples, std::int64_t microTokens, double meanLength,
                         std::int64_t longest);
/// What `recompute: auto` decides: whether a pack's activations would take more of the available
/// memory than is good for the rest.
bool needsRecompute(const Cost& cost, double availableMiB);

/// MiB that this machine could still give out (MemAvailable), or 0 when it cannot be told.
double availableMemoryMiB();
/// MiB that this process holds (resident set).
double processMemoryMiB();

}  // namespace wordsight::train
