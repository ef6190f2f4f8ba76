#include "synth/generate.h"

#include <utility>

#include "base/random.h"

namespace wordsight::synth {
namespace {

constexpr int kMostSourceErrors = 3;  // in a row: then it is the source, not the item

/// One attempt's outcome: an item, a refusal, or an error of the source.
struct Attempt {
  std::optional<ScenarioContent> content;
  std::string prompt, rawText, reason;
  std::optional<Error> sourceError;
  Provenance provenance;
};
using Try = std::function<Attempt(std::uint64_t attempt)>;

/// Both generators: attempts one after another, valid items out at once, duplicates refused.
class Loop {
 public:
  Loop(const GenerateSpec& spec, const GenerateSinks& sinks, std::unordered_set<std::string> known)
      : m_spec(spec), m_sinks(sinks), m_known(std::move(known)) {}

  Result<GenerateSummary> run(const Try& tryOne, const std::stop_token& stop) {
    if (m_spec.count < 1) return fail("The count of scenarios must be 1 or more.");
    if (!m_sinks.onItem) return fail("There is nowhere to put the items.", ErrorKind::Internal);
    const std::uint64_t most = m_spec.maxAttempts > 0
                                   ? m_spec.maxAttempts
                                   : 4 * static_cast<std::uint64_t>(m_spec.count) + 20;
    m_summary.nextAttempt = m_spec.firstAttempt;
    while (m_summary.items < m_spec.count) {
      if (stop.stop_requested()) {
        m_summary.stopped = true;
        break;
      }
      if (m_summary.attempts == most) {
        m_summary.exhausted = true;
        break;
      }
      const std::uint64_t index = m_summary.nextAttempt;
      Attempt attempt = tryOne(index);
      // Cut off by the stop: the attempt is not counted, and a resumed run makes it again.
      if (attempt.sourceError &&
          (attempt.sourceError->kind == ErrorKind::Cancelled || stop.stop_requested())) {
        m_summary.stopped = true;
        break;
      }
      WORDSIGHT_CHECK(settle(std::move(attempt), index));
      ++m_summary.attempts;
      m_summary.nextAttempt = index + 1;
      if (m_sinks.onProgress) m_sinks.onProgress(m_summary.attempts, m_summary.items);
    }
    return m_summary;
  }

 private:
  Status settle(Attempt attempt, std::uint64_t index) {
    if (attempt.sourceError) {
      if (++m_sourceErrors >= kMostSourceErrors)
        return fail(inContext(
            m_spec.generator + " failed " + std::to_string(kMostSourceErrors) + " times in a row: ",
            *attempt.sourceError));
      attempt.reason = attempt.sourceError->message;
    } else {
      m_sourceErrors = 0;
    }
    if (attempt.content) {
      if (m_known.insert(contentHash(*attempt.content)).second) {
        Generated item{std::move(*attempt.content), std::move(attempt.provenance), index,
                       std::move(attempt.prompt), std::move(attempt.rawText)};
        WORDSIGHT_CHECK(m_sinks.onItem(item));
        ++m_summary.items;
        return {};
      }
      ++m_summary.duplicates;
      attempt.reason = "It is the same as an earlier item of this run.";
      if (attempt.rawText.empty()) attempt.rawText = dumpJson(toJson(*attempt.content));
    }
    ++m_summary.rejected;
    if (!m_sinks.onReject) return {};
    return m_sinks.onReject({std::move(attempt.reason), std::move(attempt.rawText),
                             std::move(attempt.provenance), index});
  }

  const GenerateSpec& m_spec;
  const GenerateSinks& m_sinks;
  std::unordered_set<std::string> m_known;
  GenerateSummary m_summary;
  int m_sourceErrors = 0;
};

}  // namespace

Json toJson(const GenerateSummary& summary) {
  Json json;
  json["items"] = summary.items;
  json["attempts"] = summary.attempts;
  json["rejected"] = summary.rejected;
  json["duplicates"] = summary.duplicates;
  json["next_attempt"] = summary.nextAttempt;
  json["stopped"] = summary.stopped;
  json["exhausted"] = summary.exhausted;
  return json;
}

Result<GenerateSummary> generate(const GenerateSpec& spec, const PromptSet& prompts,
                                 const TextSource& source, const GenerateSinks& sinks,
                                 std::stop_token stop, std::unordered_set<std::string> known) {
  std::vector<Strategy> strategies = spec.strategies;
  if (strategies.empty()) strategies.assign(kStrategies.begin(), kStrategies.end());
  const auto tryOne = [&](std::uint64_t index) {
    const Strategy strategy = strategies[index % strategies.size()];
    // One number an attempt: it draws the prompt's parts, and the source samples with it. 63 bits,
    // so that it fits a signed column.
    const std::uint64_t seed = Random(spec.seed, "attempt " + std::to_string(index)).next() >> 1;
    Attempt attempt;
    attempt.provenance = {
        toText(strategy), spec.generator, prompts.of(strategy).hash, seed, spec.run, {}};
    const auto messages = renderPrompt(prompts, strategy, seed);
    for (const auto& message : messages)
      attempt.prompt += (attempt.prompt.empty() ? "" : "\n\n") + message.plainText();
    auto text = source(messages, seed, stop);
    if (!text) {
      attempt.sourceError = std::move(text).error();
      return attempt;
    }
    attempt.rawText = std::move(*text);
    auto content = parseScenario(attempt.rawText, spec.limits);
    if (content)
      attempt.content = std::move(*content);
    else
      attempt.reason = content.error().message;
    return attempt;
  };
  return Loop(spec, sinks, std::move(known)).run(tryOne, stop);
}

Result<GenerateSummary> generateDemo(const GenerateSpec& spec, const DemoGrammar& grammar,
                                     const GenerateSinks& sinks, std::stop_token stop,
                                     std::unordered_set<std::string> known) {
  const auto tryOne = [&](std::uint64_t index) {
    std::optional<Strategy> strategy;
    if (!spec.strategies.empty()) strategy = spec.strategies[index % spec.strategies.size()];
    auto item = grammar.item(strategy, spec.seed, index);
    Attempt attempt;
    attempt.provenance = {
        toText(item.strategy), spec.generator, grammar.hash(), spec.seed, spec.run, {}};
    attempt.content = std::move(item.content);
    return attempt;
  };
  return Loop(spec, sinks, std::move(known)).run(tryOne, stop);
}

}  // namespace wordsight::synth
