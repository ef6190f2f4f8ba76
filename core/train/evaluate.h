#pragma once
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/event.h"
#include "neural/generate.h"
#include "neural/model.h"
#include "train/samples.h"

namespace wordsight::train {

/// Mean loss of samples as they stand, weighted as in training: sum(weight * nll) / sum(weight).
/// Dropout is off meanwhile. Cancelled when `stop` is requested (looked at before each pack).
/// Throws c10::Error.
Result<double> meanLoss(neural::LanguageModel& model, const std::vector<TokenSample>& samples,
                        std::int64_t microTokens, double choiceWeight, const std::stop_token& stop);

/// Caption questions with a known answer, ready to be put to the model.
class Probe {
 public:
  struct Item {
    std::string id, question;  // rendered prompt as text, for display
    neural::Prompt prompt;
    std::vector<std::int64_t> letters;  // token ids of its options' letters
    int key = 0;
  };
  /// Errors name the item: no scenario, no key, a letter that is not one token after the prompt.
  static Result<Probe> make(const TrainingData& data, const text::Tokenizer& tokenizer,
                            const text::ChatTemplate& chat);

  bool empty() const { return m_items.empty(); }
  int size() const { return static_cast<int>(m_items.size()); }
  /// Share of items whose key's letter has the highest log-probability as the first token of the
  /// answer; equal ones go to the earlier letter.
  Result<double> accuracy(neural::LanguageModel& model, std::int64_t microTokens,
                          const std::stop_token& stop) const;
  /// Greedy answers to the first `count` items, as events.
  Result<std::vector<Sample>> answers(neural::LanguageModel& model,
                                      const text::Tokenizer& tokenizer,
                                      const text::ChatTemplate& chat, int count, std::int64_t step,
                                      const std::stop_token& stop) const;

 private:
  std::vector<Item> m_items;
};

/// What the model sees of a sample: its text, special tokens included, with runs of counted tokens
/// between ⟦ and ⟧.
std::string markedText(const TokenSample& sample, const text::Tokenizer& tokenizer);

}  // namespace wordsight::train
