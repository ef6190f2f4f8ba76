#pragma once
// What tests/oracle wrote: a checkpoint's cases and expected tensors. See tests/oracle/README.md.

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "domain/json.h"
#include "neural/generate.h"
#include "neural/model.h"

namespace wordsight::neural::test {

struct OracleCase {
  std::filesystem::path folder;
  Json cases;
  std::map<std::string, torch::Tensor> expected;

  std::size_t prompts() const { return cases["prompts"].size(); }
  Prompt prompt(std::size_t i) const;
  std::vector<std::int64_t> ids(std::size_t prompt, const char* key) const;
  PixelPack picture(std::size_t i) const;
};

/// tests/data/models/NAME; throws when its files cannot be read (the test then fails with the
/// sentence).
OracleCase loadCase(const std::string& name);
/// All tensors of a safetensors file, copied.
std::map<std::string, torch::Tensor> loadTensors(const std::filesystem::path& file);
/// The model of tests/data/models/NAME; throws with the error's sentence.
std::unique_ptr<LanguageModel> loadModel(const std::string& name,
                                         torch::ScalarType dtype = torch::kFloat32,
                                         bool vision = true);

/// Largest |a - b| / max(1, |b|); infinite when shapes differ or a number is not finite.
double largestDifference(const torch::Tensor& a, const torch::Tensor& b);

/// Sum of cross-entropy over the counted tokens of the training samples `chosen`, divided by their
/// number; the samples laid end to end in one forward pass.
torch::Tensor answerLoss(const LanguageModel& model, const Json& samples,
                         const std::vector<int>& chosen, bool recompute);

}  // namespace wordsight::neural::test
