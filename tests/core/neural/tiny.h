#pragma once
// Tiny checkpoints to change and to break: a copy of one of tests/data/models in a folder of the
// test's own.

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "domain/json.h"
#include "domain/safetensors.h"
#include "neural/model.h"
#include "support.h"

namespace wordsight::neural::test {

class TinyFolder {
 public:
  explicit TinyFolder(const std::string& model);
  const std::filesystem::path& path() const { return m_folder.path(); }

  void editConfig(const std::function<void(Json&)>& edit) const;
  /// Rewrites model.safetensors; `edit` may change, drop and add entries.
  void editTensors(const std::function<void(std::map<std::string, TensorToWrite>&)>& edit) const;
  /// The error's sentence of loading it, or empty when it loads.
  std::string loadError(bool vision = true) const;
  std::unique_ptr<LanguageModel> load(torch::ScalarType dtype = torch::kFloat32,
                                      bool vision = true) const;

 private:
  wordsight::test::TempFolder m_folder;
};

/// Sequences of the given lengths with ids drawn from `seed`, laid end to end.
struct Batch {
  torch::Tensor ids_T;
  Layout layout;
};
Batch randomBatch(const LanguageModel& model, const std::vector<std::int64_t>& lengths,
                  std::uint64_t seed);
/// hidden rows of a batch, without gradients.
torch::Tensor hiddenOf(const LanguageModel& model, const Batch& batch,
                       const torch::Tensor& wanted = {});

/// Fills all adapter weights with small random numbers, so that the adapter does something.
void randomizeAdapter(const LanguageModel& model, std::uint64_t seed);

const std::vector<std::string> kAllTargets = {"q_proj",    "k_proj",  "v_proj",   "o_proj",
                                              "gate_proj", "up_proj", "down_proj"};

}  // namespace wordsight::neural::test
