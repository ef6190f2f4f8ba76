#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "domain/train_spec.h"
#include "infer/answerer.h"

namespace wordsight::infer {

struct LocalModelOptions {
  std::filesystem::path folder;
  std::filesystem::path adapter;  // PEFT folder; empty: the base alone
  Precision precision = Precision::BF16;
  bool vision = false;  // load the vision part too
  int threads = 0;      // torch's own threads; 0: as many as there are cores
};

/// What is known of a loaded model, for records.
struct LocalModelInfo {
  std::string family;
  std::int64_t parameters = 0, vocabulary = 0, layers = 0;
  bool hasVision = false;
  std::int64_t imageToken = -1;       // id of the picture placeholder
  std::vector<std::string> warnings;  // e.g. a chat template that is not the one we know
};

/// A checkpoint folder with its tokenizer and chat template, ready to answer. One thread at a time.
class LocalModel final : public Answerer {
 public:
  static Result<std::unique_ptr<LocalModel>> load(const LocalModelOptions& options);
  ~LocalModel() override;

  std::string name() const override;
  const LocalModelInfo& info() const;
  Result<std::vector<Answer>> score(std::span<const Query> queries, std::stop_token stop) override;
  Result<std::vector<Answer>> generate(
      std::span<const Query> queries, const GenerateOptions& options, std::stop_token stop,
      const std::function<void(std::size_t, const std::string&)>& onText) override;

  /// The prompt as text and as ids, picture placeholders expanded.
  struct Rendered {
    std::string text;
    std::vector<std::int64_t> ids;
  };
  Result<Rendered> render(const Query& query, bool addGenerationPrompt = true) const;

  /// Prompts given as ids (placeholders already expanded): for `inspect`.
  struct IdPrompt {
    std::vector<std::int64_t> ids;
    std::vector<PixelPack> pictures;
  };
  struct Logits {
    std::vector<float> values;  // [tokens, vocabulary]
    std::int64_t tokens = 0, vocabulary = 0;
  };
  Result<Logits> logits(const IdPrompt& prompt) const;
  struct Generated {
    std::vector<std::int64_t> ids;
    std::string text;
    double tokensPerSecond = 0;
  };
  Result<std::vector<Generated>> generateIds(const std::vector<IdPrompt>& prompts,
                                             const GenerateOptions& options,
                                             std::stop_token stop = {}) const;

 private:
  struct Impl;
  explicit LocalModel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

}  // namespace wordsight::infer
