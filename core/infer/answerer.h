#pragma once
// Whatever answers a query: a local model today; endpoints and recorded answers have the same face.

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/message.h"
#include "domain/pixels.h"

namespace wordsight::infer {

/// One question. Pictures stand in the order of the messages' image parts, already processed for
/// the model.
struct Query {
  std::vector<Message> messages;
  std::vector<PixelPack> pictures;
  int options = 0;  // for letter scoring: how many letters, from A
};

struct Answer {
  std::string text;  // generation; empty for letter scoring
  std::vector<double>
      letterLogProbs;  // letter scoring: log-probability of each letter as the next token
  int promptTokens = 0, newTokens = 0;
  double milliseconds = 0;  // of its batch, divided by the batch's size
};

enum class Scoring { LogProb, Generate };
const char* toText(Scoring scoring);
Result<Scoring> scoringFromText(std::string_view text);

struct GenerateOptions {
  int maxTokens = 256;
  double temperature = 0;  // 0: greedy
  int topK = 0;
  double topP = 1, minP = 0, repetitionPenalty = 1;
  std::uint64_t seed = 1;
  std::vector<std::string> stopStrings;  // an answer ends before the first of them
};

/// One thread at a time.
class Answerer {
 public:
  virtual ~Answerer() = default;
  /// For records: the folder, or URL#MODEL.
  virtual std::string name() const = 0;
  /// One answer a query, in order. A stop gives an error of kind Cancelled; nothing of the batch
  /// counts then.
  virtual Result<std::vector<Answer>> score(std::span<const Query> queries,
                                            std::stop_token stop) = 0;
  /// `onText` (may be empty) gets each piece of text as it comes.
  virtual Result<std::vector<Answer>> generate(
      std::span<const Query> queries, const GenerateOptions& options, std::stop_token stop,
      const std::function<void(std::size_t query, const std::string& piece)>& onText = {}) = 0;
};

}  // namespace wordsight::infer
