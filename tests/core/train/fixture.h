#pragma once
#include <sys/resource.h>
#include <torch/types.h>

#include <memory>
#include <string>
#include <vector>

#include "domain/json.h"
#include "support.h"
#include "train/adamw.h"
#include "train/pack.h"
#include "train/samples.h"
#include "train/trainer.h"

namespace wordsight::train::test {

/// The tiny checkpoint tests/data/models/NAME, with what its folder says about training.
struct Tiny {
  std::unique_ptr<neural::LanguageModel> model;
  Json cases;  // cases.json
  static Tiny load(const std::string& name, torch::ScalarType dtype = torch::kFloat32);
  /// The samples of cases.json as ids with their counted part.
  std::vector<TokenSample> samples() const;
};

/// tests/data/models/qwen2: tokenizer, chat template, examples of train.jsonl, and a spec that
/// trains it in a second.
struct Learner {
  Tiny tiny;
  std::unique_ptr<text::Tokenizer> tokenizer;
  std::unique_ptr<text::ChatTemplate> chat;
  TrainingData data;
  TrainSpec spec;
  static Learner make(torch::ScalarType dtype = torch::kFloat32);
  /// The same model once more, without an adapter.
  void freshModel();
  TrainInput input(const std::filesystem::path& out,
                   const std::filesystem::path& resume = {}) const;
};

/// Scenarios with keys and a wording for them: examples whose options can be re-ordered.
TrainingData scenarioData(int count);

/// While this lives no file can grow beyond `bytes`: writing fails as it does on a full disk.
class FullDisk {
 public:
  explicit FullDisk(std::uint64_t bytes);
  ~FullDisk();
  FullDisk(const FullDisk&) = delete;

 private:
  struct rlimit m_before;
  void (*m_signal)(int);
};

/// Loss of samples in packs of `microTokens`, divided by all their weights; gradients are left in
/// the optimiser.
double lossAndGradient(const neural::LanguageModel& model, AdamW& optimizer,
                       const std::vector<TokenSample>& samples, std::int64_t microTokens,
                       double choiceWeight = 1, bool recompute = false);

}  // namespace wordsight::train::test
