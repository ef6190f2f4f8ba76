#include <algorithm>
#include <filesystem>
#include <map>
#include <unordered_set>

#include "base/shell.h"
#include "infer/local_model.h"
#include "jobs/data_jobs.h"
#include "jobs/records.h"
#include "jobs/resources.h"
#include "store/prompt_repository.h"
#include "store/reject_repository.h"
#include "store/run_repository.h"
#include "store/scenario_repository.h"
#include "synth/generate.h"

namespace wordsight::jobs {
namespace {

constexpr std::string_view kLocal = "local:";

/// Stores items as they come. Slow sources are stored one by one; a source that gives hundreds a
/// second (the demo's grammar) in small batches, because each commit waits for the disk.
class Keeper {
 public:
  Keeper(RunScope& scope, std::uint64_t firstAttempt) : m_scope(scope), m_next(firstAttempt) {}

  Status item(const synth::Generated& generated) {
    m_items.push_back(
        {generated.content, generated.provenance, "run " + std::to_string(m_scope.id().value)});
    m_next = generated.attempt + 1;
    if (!generated.rawText.empty())
      m_scope.emit(Sample{"item", generated.prompt, generated.rawText, 0});
    return flushIfDue();
  }
  Status reject(const synth::Reject& reject) {
    store::Reject row;
    row.run = m_scope.id();
    row.strategy = reject.provenance.strategy;
    row.reason = reject.reason;
    row.rawText = reject.rawText;
    row.seed = reject.provenance.seed;
    m_rejects.push_back(std::move(row));
    ++m_reasons[reject.reason];
    m_next = reject.attempt + 1;
    m_scope.emit(Sample{"reject: " + reject.reason, "", reject.rawText, 0});
    return flushIfDue();
  }
  /// " (24 times): " and why most of them were refused; empty: none was.
  std::string mostFrequentReason() const {
    const auto most =
        std::max_element(m_reasons.begin(), m_reasons.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == m_reasons.end()
               ? std::string()
               : " (" + std::to_string(most->second) + " times): " + most->first;
  }
  Status flush() {
    const auto n = m_items.size() + m_rejects.size();
    if (n == 0) return {};
    WORDSIGHT_CHECK(m_scope.connection().transaction([&]() -> Status {
      if (!m_items.empty())
        WORDSIGHT_CHECK(store::ScenarioRepository(m_scope.connection()).addMany(m_items));
      if (!m_rejects.empty())
        WORDSIGHT_CHECK(store::RejectRepository(m_scope.connection()).addMany(m_rejects));
      m_scope.summary["next_attempt"] = m_next;
      return store::RunRepository(m_scope.connection()).setSummary(m_scope.id(), m_scope.summary);
    }));
    m_items.clear();
    m_rejects.clear();
    m_lastFlush.restart();
    return {};
  }

 private:
  Status flushIfDue() {
    constexpr double kLongestWait =
        0.1;  // seconds: more than a commit takes, less than anyone notices
    return m_lastFlush.seconds() > kLongestWait || m_items.size() + m_rejects.size() >= 256
               ? flush()
               : Status{};
  }
  RunScope& m_scope;
  std::vector<store::NewScenario> m_items;
  std::vector<store::Reject> m_rejects;
  std::map<std::string, int> m_reasons;
  std::uint64_t m_next;
  Stopwatch m_lastFlush;
};

Result<synth::GenerateSpec> generateSpec(const SynthesisSpec& spec, RunId run) {
  synth::GenerateSpec out;
  for (const auto& name : spec.strategies) {
    WORDSIGHT_TRY(const auto strategy, synth::strategyFromText(name));
    out.strategies.push_back(strategy);
  }
  out.count = spec.count;
  out.seed = spec.seed;
  out.generator = spec.generator;
  out.run = run;
  return out;
}

/// Hashes of what the run made before it was interrupted.
Result<std::unordered_set<std::string>> madeBefore(RunScope& scope) {
  store::ScenarioFilter filter;
  filter.run = scope.id();
  std::unordered_set<std::string> known;
  WORDSIGHT_CHECK(store::ScenarioRepository(scope.connection())
                      .forEach(filter, [&](const Scenario& s) -> Status {
                        known.insert(contentHash(s.content));
                        return {};
                      }));
  return known;
}

Result<synth::GenerateSummary> generateLocally(const SynthesisSpec& spec,
                                               const synth::GenerateSpec& generate,
                                               const synth::GenerateSinks& sinks, RunScope& scope,
                                               std::unordered_set<std::string> known) {
  WORDSIGHT_TRY(const auto prompts, synthesisPrompts(spec.prompts));
  for (const auto strategy : synth::kStrategies)
    WORDSIGHT_CHECK(
        store::PromptRepository(scope.connection())
            .put(std::string("synth/") + synth::toText(strategy), prompts.of(strategy).text));
  infer::LocalModelOptions options;
  options.folder = spec.generator.substr(kLocal.size());
  options.precision = spec.precision;
  WORDSIGHT_TRY(const auto model, infer::LocalModel::load(options));
  for (const auto& warning : model->info().warnings) scope.log(LogLine::Level::Warning, warning);
  const synth::TextSource source = [&](const std::vector<Message>& messages, std::uint64_t seed,
                                       std::stop_token stop) -> Result<std::string> {
    infer::GenerateOptions sampling;
    sampling.maxTokens = spec.maxTokens;
    sampling.temperature = spec.temperature;
    sampling.topP = spec.topP;
    sampling.seed = seed;
    const infer::Query query{messages, {}, 0};
    WORDSIGHT_TRY(auto answers, model->generate(std::span(&query, 1), sampling, stop, {}));
    return answers[0].text;
  };
  return synth::generate(generate, prompts, source, sinks, scope.stop(), std::move(known));
}

Status synthesizeInto(RunScope& scope, const SynthesisSpec& spec, std::uint64_t firstAttempt) {
  WORDSIGHT_TRY(auto generate, generateSpec(spec, scope.id()));
  WORDSIGHT_TRY(auto known, madeBefore(scope));
  const auto before = static_cast<int>(known.size());
  generate.count = std::max(0, spec.count - before);
  generate.firstAttempt = firstAttempt;
  Keeper keeper(scope, firstAttempt);
  synth::GenerateSinks sinks;
  sinks.onItem = [&](const synth::Generated& item) { return keeper.item(item); };
  sinks.onReject = [&](const synth::Reject& reject) { return keeper.reject(reject); };
  sinks.onProgress = [&](std::uint64_t attempts, int items) {
    const auto rejected = attempts - static_cast<std::uint64_t>(items);
    scope.progress(
        "synthesize", before + items, spec.count, "scenarios",
        std::to_string(attempts) + " attempts, " + std::to_string(rejected) + " rejected");
    // What came is stored before the wait; a full disk is told by the next item.
    if (scope.pauseRequested() && keeper.flush())
      scope.waitWhilePaused("after " + std::to_string(before + items) + " scenarios");
  };
  Result<synth::GenerateSummary> summary = synth::GenerateSummary{};
  if (spec.generator == "demo") {
    WORDSIGHT_TRY(const auto grammar, demoGrammar());
    summary = synth::generateDemo(generate, grammar, sinks, scope.stop(), std::move(known));
  } else {
    summary = generateLocally(spec, generate, sinks, scope, std::move(known));
  }
  WORDSIGHT_CHECK(keeper.flush());  // also after an error: what came is kept
  if (!summary) return fail(summary.error());
  const Json counts = synth::toJson(*summary);
  for (const auto& [key, value] : counts.items()) scope.summary[key] = value;
  scope.summary["items"] = before + summary->items;
  scope.summary.erase("stopped");
  if (summary->stopped) scope.summary["stopped"] = true;
  if (!summary->exhausted) return {};
  const std::string attempts = std::to_string(summary->attempts) + " attempts";
  const std::string reason = keeper.mostFrequentReason();
  const std::string tray = "`wordsight-cli scenarios " +
                           shellWord(scope.project().path().string()) + " rejects --run " +
                           std::to_string(scope.id().value) + "` shows what was written";
  if (before + summary->items == 0)
    return fail("None of " + attempts + " gave a valid scenario. The most frequent reason" +
                reason + " " + tray + "; try another model, more tokens or prompts of your own.");
  scope.log(LogLine::Level::Warning, "Only " + std::to_string(before + summary->items) + " of " +
                                         std::to_string(spec.count) +
                                         " scenarios were valid after " + attempts +
                                         ". The most frequent reason" + reason + " " + tray + ".");
  return {};
}

/// What the run would fail of at once, said before there is a run.
Status checkSpec(SynthesisSpec& spec) {
  if (spec.generator == "demo") {
    if (!spec.prompts.empty())
      return fail(
          "The generator demo draws from its own grammar and reads no prompts: leave --prompts "
          "out, or name a model with --generator local:DIR.");
    return {};
  }
  if (!spec.generator.starts_with(kLocal))
    return fail("Unknown generator \"" + spec.generator +
                "\": use local:DIR (a model folder), or demo.");
  const std::filesystem::path folder = spec.generator.substr(kLocal.size());
  std::error_code code;
  WORDSIGHT_CHECK(checkModelFolder(folder.string()));
  // As it is from everywhere: a run is resumed from other folders too.
  const auto absolute = std::filesystem::absolute(folder, code).lexically_normal();
  if (!code) spec.generator = std::string(kLocal) + absolute.string();
  if (!spec.prompts.empty()) {
    WORDSIGHT_CHECK(synthesisPrompts(spec.prompts));
    if (const auto prompts = std::filesystem::absolute(spec.prompts, code); !code)
      spec.prompts = prompts.lexically_normal().string();
  }
  return {};
}

}  // namespace

Json toJson(const SynthesisSpec& spec) {
  return Json{{"strategies", spec.strategies},
              {"generator", spec.generator},
              {"count", spec.count},
              {"seed", spec.seed},
              {"prompts", spec.prompts},
              {"precision", toText(spec.precision)},
              {"temperature", spec.temperature},
              {"top_p", spec.topP},
              {"max_tokens", spec.maxTokens}};
}

Result<SynthesisSpec> synthesisSpecFromJson(const Json& json) {
  SynthesisSpec spec;
  std::string precision = toText(spec.precision);
  ObjectReader in(json, "synthesis spec");
  in.read("strategies", spec.strategies)
      .read("generator", spec.generator)
      .read("count", spec.count, 1, 100'000'000)
      .read("seed", spec.seed)
      .read("prompts", spec.prompts)
      .readOneOf("precision", precision, {"f32", "bf16"})
      .read("temperature", spec.temperature, 0, 100)
      .read("top_p", spec.topP, 0, 1)
      .read("max_tokens", spec.maxTokens, 1, 1'000'000);
  WORDSIGHT_CHECK(in.finish());
  spec.precision = precision == "f32" ? Precision::F32 : Precision::BF16;
  return spec;
}

Result<JobOutcome> synthesize(const JobContext& context, const SynthesisSpec& asked,
                              std::optional<RunId> resume) {
  SynthesisSpec spec = asked;
  std::uint64_t firstAttempt = 0;
  Run run;
  if (resume) {
    WORDSIGHT_TRY(run, resumableRun(context.project, *resume, RunKind::Synthesis));
    WORDSIGHT_TRY(spec, synthesisSpecFromJson(run.spec));
    if (spec.generator == "demo") spec.prompts.clear();  // never read
    WORDSIGHT_CHECK(checkSpec(spec));
    if (run.summary.contains("next_attempt"))
      firstAttempt = run.summary["next_attempt"].get<std::uint64_t>();
  } else {
    WORDSIGHT_CHECK(checkSpec(spec));
    WORDSIGHT_CHECK(generateSpec(spec, {}));
    run.kind = RunKind::Synthesis;
    run.name =
        std::to_string(spec.count) + " scenarios by " +
        (spec.generator.starts_with(kLocal)
             ? std::filesystem::path(spec.generator.substr(kLocal.size())).filename().string()
             : spec.generator);
    run.command = spec.command;
    run.spec = toJson(spec);
  }
  return runJob(context, run, resume,
                [&](RunScope& scope) { return synthesizeInto(scope, spec, firstAttempt); });
}

}  // namespace wordsight::jobs
