#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/example.h"
#include "domain/train_spec.h"
#include "text/chat.h"
#include "text/tokenizer.h"

namespace wordsight::train {

/// One example as token ids, and which of them the loss counts: [countedBegin, countedEnd), of
/// which `letter` (an index, or -1) has the weight of the choice. Index 0 is never counted: nothing
/// predicts it.
struct TokenSample {
  std::vector<std::int32_t> ids;
  std::int32_t countedBegin = 0, countedEnd = 0, letter = -1;
  std::int64_t length() const { return static_cast<std::int64_t>(ids.size()); }
  std::int64_t counted() const { return countedEnd - countedBegin; }
  double weightSum(double choiceWeight) const;
};

/// Turns examples into token samples by one spec's rules. Immutable; may be used by several threads
/// at once. What it refers to must outlive it.
///
/// loss "answer" counts the tokens of the last assistant turn, the token that ends it included;
/// "sequence" counts every token but the first. The letter is the first token of the answer when
/// the answer begins with the key's letter (examples made from scenarios) or with a capital letter
/// followed by '.' or ')' (others).
class SampleMaker {
 public:
  SampleMaker(const TrainSpec& spec, const text::Tokenizer& tokenizer,
              const text::ChatTemplate& chat, const std::optional<DecisionPrompt>& prompt);

  /// Whether the example has its options re-ordered at each use. Those that canReorder() refuses
  /// keep their order.
  bool reorders(const TrainingExample& example) const;
  /// The example as it stands. Errors name the example: a picture in it, no assistant's turn at its
  /// end, too long.
  Result<TokenSample> asStored(const TrainingExample& example) const;
  /// As it is used the `use`-th time (0-based; the epoch): options of a scenario in an order that
  /// depends on the seed, `use` and `index` (the example's place in the data) only, so that neither
  /// batches nor packs can change it.
  Result<TokenSample> atUse(const TrainingExample& example, std::size_t index,
                            std::int64_t use) const;

 private:
  Result<TokenSample> fromMessages(const std::vector<Message>& messages, const std::string& id,
                                   const ScenarioContent* scenario) const;
  Result<std::vector<Message>> render(const ScenarioContent& scenario, const std::string& id) const;

  const text::Tokenizer& m_tokenizer;
  const text::ChatTemplate& m_chat;
  const std::optional<DecisionPrompt>& m_prompt;
  std::uint64_t m_seed;
  bool m_shuffleOptions, m_wholeSequence;
  int m_maxLength;
};

/// All samples of all examples as stored: finds every fault before the first step. In several
/// threads.
Result<std::vector<TokenSample>> tokeniseAll(const SampleMaker& maker,
                                             const std::vector<TrainingExample>& examples);

/// The order of training: an endless sequence of epochs, each a new permutation (or, without
/// `shuffle`, the order of the data). Step s takes the places [s * batch, (s + 1) * batch) of it,
/// so that steps need no state; epochs run into one another inside a batch.
class Order {
 public:
  Order(const TrainSpec& spec, std::size_t examples);
  /// As many steps as the spec asks for: maxSteps, or the epochs' samples divided by the batch,
  /// rounded up.
  std::int64_t steps() const { return m_steps; }
  struct Use {
    std::size_t example;  // index into the data
    std::int64_t use;     // epoch, 0-based
  };
  /// The samples of one step; the last step of an epoch-bound run may have fewer.
  std::vector<Use> step(std::int64_t step);

 private:
  std::uint64_t m_seed;
  bool m_shuffle;
  std::size_t m_examples;
  std::int64_t m_batch, m_steps, m_samples;
  std::int64_t m_epoch = -1;
  std::vector<std::size_t> m_permutation;  // of m_epoch
};

}  // namespace wordsight::train
