#include "infer/answerer.h"

namespace wordsight::infer {

const char* toText(Scoring scoring) { return scoring == Scoring::LogProb ? "logprob" : "generate"; }

Result<Scoring> scoringFromText(std::string_view text) {
  if (text == "logprob") return Scoring::LogProb;
  if (text == "generate") return Scoring::Generate;
  return fail("Unknown scoring \"" + std::string(text) + "\": use logprob or generate.");
}

}  // namespace wordsight::infer
