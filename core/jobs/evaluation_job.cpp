#include <algorithm>
#include <filesystem>
#include <future>
#include <unordered_map>

#include "eval/choice.h"
#include "eval/recorded.h"
#include "eval/stats.h"
#include "infer/local_model.h"
#include "jobs/commands.h"
#include "jobs/item_answers.h"
#include "jobs/model_jobs.h"
#include "jobs/records.h"
#include "jobs/resources.h"
#include "store/benchmark_repository.h"
#include "store/prediction_repository.h"
#include "store/run_repository.h"
#include "vision/processor.h"

namespace wordsight::jobs {
namespace {

/// One thing to ask: an item with its options moved on by `shift`.
struct Ask {
  const BenchmarkItem* item = nullptr;
  int shift = 0;
};

/// What is left to ask, in the items' order; counts what cannot be asked.
Result<std::vector<Ask>> openQuestions(RunScope& scope, const EvaluationSpec& spec,
                                       const std::vector<BenchmarkItem>& items) {
  WORDSIGHT_TRY(const auto done, store::PredictionRepository(scope.connection()).done(scope.id()));
  std::vector<Ask> open;
  int usable = 0, noPicture = 0;
  for (const auto& item : items) {
    if (!item.unusable.empty()) continue;
    if (spec.limit > 0 && usable >= spec.limit) break;
    if (spec.arm == Arm::Image && item.picture.empty()) {
      ++noPicture;
      continue;
    }
    ++usable;
    for (int shift = 0; shift < spec.shifts; ++shift)
      if (!done.contains({item.id, shift})) open.push_back({&item, shift});
  }
  if (usable == 0)
    return fail(noPicture > 0
                    ? "None of the " + std::to_string(noPicture) +
                          " items has a picture: join a folder of them with `" +
                          joinCommand(scope.project().path(), spec.benchmark) + "`."
                    : "The benchmark \"" + spec.benchmark + "\" has no item that can be scored.");
  if (noPicture > 0)
    scope.log(LogLine::Level::Warning,
              std::to_string(noPicture) + " items have no picture and were not asked; `" +
                  joinCommand(scope.project().path(), spec.benchmark) + "` joins them.");
  scope.summary["no_picture"] = noPicture;
  scope.summary["asked"] = usable;
  return open;
}

struct PreparedBatch {
  std::vector<infer::Query> queries;
  std::vector<Ask> asks;
  std::vector<std::string> broken;  // pictures that do not decode: said, not asked
};

/// Everything of a batch that needs no model: prompts, and pictures decoded and cut into patches.
/// Runs beside the model.
Result<PreparedBatch> prepare(std::span<const Ask> asks, const EvaluationSpec& spec,
                              const DecisionPrompt& prompt,
                              const vision::PictureProcessor* processor) {
  PreparedBatch batch;
  for (const auto& ask : asks) {
    infer::Query query;
    ScenarioContent shown = ask.item->content;
    shown.options = eval::shiftedOptions(shown.options, ask.shift);
    query.messages = renderQuestion(prompt, shown, spec.arm, ask.item->picture);
    query.options = static_cast<int>(shown.options.size());
    if (spec.arm == Arm::Image) {
      auto pixels = processor->processFile(ask.item->picture);
      if (!pixels) {
        batch.broken.push_back("Item " + std::to_string(ask.item->index) + ": " +
                               pixels.error().message);
        continue;
      }
      query.pictures.push_back(std::move(*pixels));
    }
    batch.queries.push_back(std::move(query));
    batch.asks.push_back(ask);
  }
  return batch;
}

/// Asks, reads and stores one batch.
class Asker {
 public:
  Asker(RunScope& scope, const EvaluationSpec& spec, infer::Answerer& model,
        const std::unordered_map<ItemId, int>& keys)
      : m_scope(scope), m_spec(spec), m_model(model), m_keys(keys) {}

  Status ask(const PreparedBatch& batch) {
    for (const auto& sentence : batch.broken) m_scope.log(LogLine::Level::Warning, sentence);
    m_broken += static_cast<int>(batch.broken.size());
    if (batch.queries.empty()) return {};
    Result<std::vector<infer::Answer>> answers = std::vector<infer::Answer>{};
    if (m_spec.scoring == infer::Scoring::LogProb)
      answers = m_model.score(batch.queries, m_scope.stop());
    else
      answers = m_model.generate(batch.queries, m_spec.generate, m_scope.stop());
    if (!answers) return fail(answers.error());
    std::vector<Prediction> predictions;
    std::vector<Choice> choices;
    for (std::size_t i = 0; i < batch.asks.size(); ++i) {
      predictions.push_back(predictionOf(batch.asks[i], (*answers)[i]));
      choices.push_back(choiceOf(batch.asks[i], (*answers)[i]));
    }
    return store(predictions, choices);
  }

  /// An item is right or wrong once it was asked in all shifts.
  void count(const Prediction& prediction, const Choice& choice, int key) {
    ++m_answered;
    auto& begun = m_begun[prediction.item];
    begun.shifts.push_back(prediction);
    begun.choices[prediction.id] = choice;
    if (static_cast<int>(begun.shifts.size()) < m_spec.shifts) return;
    m_right += mergedAnswer(begun.shifts, begun.choices, begun.choices).choice.option == key;
    ++m_items;
    m_begun.erase(prediction.item);
  }
  int broken() const { return m_broken; }
  std::int64_t answered() const { return m_answered; }

 private:
  Prediction predictionOf(const Ask& ask, const infer::Answer& answer) const {
    Prediction p;
    p.run = m_scope.id();
    p.item = ask.item->id;
    p.shift = ask.shift;
    p.rawText = answer.text;
    p.letterLogProbs = answer.letterLogProbs;
    p.milliseconds = answer.milliseconds;
    p.promptTokens = answer.promptTokens;
    p.newTokens = answer.newTokens;
    p.createdAt = nowMillis();
    return p;
  }
  Choice choiceOf(const Ask& ask, const infer::Answer& answer) const {
    if (m_spec.scoring == infer::Scoring::LogProb)
      return eval::choiceFromLogProbs(answer.letterLogProbs, ask.shift);
    const auto& options = ask.item->content.options;
    Choice choice = eval::readChoice(answer.text, eval::shiftedOptions(options, ask.shift));
    if (choice.option >= 0)
      choice.option =
          eval::originalOption(choice.option, ask.shift, static_cast<int>(options.size()));
    return choice;
  }
  Status store(std::vector<Prediction>& predictions, const std::vector<Choice>& choices) {
    store::PredictionRepository repository(m_scope.connection());
    WORDSIGHT_CHECK(m_scope.connection().transaction([&]() -> Status {
      WORDSIGHT_TRY(const auto ids, repository.appendMany(predictions));
      std::vector<std::pair<PredictionId, Choice>> rows;
      for (std::size_t i = 0; i < ids.size(); ++i) {
        rows.emplace_back(ids[i], choices[i]);
        predictions[i].id = ids[i];
      }
      return repository.putChoices(rows);
    }));
    for (std::size_t i = 0; i < predictions.size(); ++i)
      count(predictions[i], choices[i], m_keys.at(predictions[i].item));
    const auto share = eval::wilson(static_cast<int>(m_right), static_cast<int>(m_items));
    m_scope.emit(Tally{m_right, m_items, share.value, share.low, share.high});
    return {};
  }

  RunScope& m_scope;
  const EvaluationSpec& m_spec;
  infer::Answerer& m_model;
  const std::unordered_map<ItemId, int>& m_keys;
  struct Begun {
    std::vector<Prediction> shifts;
    store::PredictionRepository::Choices choices;
  };
  std::unordered_map<ItemId, Begun> m_begun;
  std::int64_t m_right = 0, m_items = 0, m_answered = 0;
  int m_broken = 0;
};

/// What the run answered before it was interrupted.
Status countBefore(RunScope& scope, const std::unordered_map<ItemId, int>& keys, Asker& asker) {
  store::PredictionRepository predictions(scope.connection());
  WORDSIGHT_TRY(const auto before, predictions.list(scope.id()));
  if (before.empty()) return {};
  WORDSIGHT_TRY(const auto choices, predictions.choices(scope.id()));
  for (const auto& p : before) {
    const auto choice = choices.find(p.id);
    const auto key = keys.find(p.item);
    if (key != keys.end())
      asker.count(p, choice == choices.end() ? Choice() : choice->second, key->second);
  }
  scope.log(LogLine::Level::Info, "Going on after " + std::to_string(before.size()) + " answers.");
  return {};
}

Status evaluateInto(RunScope& scope, const EvaluationSpec& spec) {
  store::BenchmarkRepository benchmarks(scope.connection());
  WORDSIGHT_TRY(const auto benchmark, benchmarks.find(spec.benchmark));
  WORDSIGHT_TRY(const auto items, benchmarks.items(benchmark.id));
  WORDSIGHT_CHECK(store::RunRepository(scope.connection()).linkBenchmark(scope.id(), benchmark.id));
  WORDSIGHT_CHECK(rememberModel(scope, spec.model, "base", "base"));
  if (!spec.adapter.empty())
    WORDSIGHT_CHECK(rememberModel(scope, spec.adapter, "adapter", "adapter"));
  WORDSIGHT_TRY(const auto prompt, rememberPrompt(scope, spec.prompt));
  scope.summary["prompt_hash"] = prompt.hash;
  WORDSIGHT_TRY(const auto open, openQuestions(scope, spec, items));
  std::unique_ptr<const vision::PictureProcessor> processor;
  if (spec.arm == Arm::Image) {
    WORDSIGHT_TRY(processor, vision::processorFor(spec.model));
  }
  WORDSIGHT_TRY(const auto model, infer::LocalModel::load({spec.model, spec.adapter, spec.precision,
                                                           spec.arm == Arm::Image, spec.threads}));
  if (spec.arm == Arm::Image && !model->info().hasVision)
    return fail(spec.model + " is a language model without eyes; use --arm caption or blind.");
  for (const auto& warning : model->info().warnings) scope.log(LogLine::Level::Warning, warning);

  std::unordered_map<ItemId, int> keys;
  for (const auto& item : items) keys[item.id] = item.content.key;
  Asker asker(scope, spec, *model, keys);
  WORDSIGHT_CHECK(countBefore(scope, keys, asker));
  const std::string stage = "evaluate " + spec.label + " · " + toText(spec.arm);
  const char* unit = spec.shifts > 1 ? "answers" : "items";
  const auto size = static_cast<std::size_t>(spec.batch);
  const auto slice = [&](std::size_t from) {
    return std::span<const Ask>(open).subspan(from, std::min(size, open.size() - from));
  };
  const auto prepareAt = [&](std::size_t from) {
    return prepare(slice(from), spec, prompt, processor.get());
  };
  const Stopwatch watch;
  std::future<Result<PreparedBatch>> next;
  if (!open.empty()) next = std::async(std::launch::async, prepareAt, std::size_t{0});
  for (std::size_t from = 0; from < open.size(); from += size) {
    scope.progress(stage, static_cast<std::int64_t>(from), static_cast<std::int64_t>(open.size()),
                   unit);
    WORDSIGHT_TRY(const auto batch, next.get());
    if (from + size < open.size()) next = std::async(std::launch::async, prepareAt, from + size);
    scope.waitWhilePaused("after " + std::to_string(asker.answered()) + " answers");
    if (scope.stopRequested()) return fail("Stopped.", ErrorKind::Cancelled);
    WORDSIGHT_CHECK(asker.ask(batch));
  }
  scope.progress(stage, static_cast<std::int64_t>(open.size()),
                 static_cast<std::int64_t>(open.size()), unit);
  if (asker.answered() == 0)
    return fail(
        "No item could be asked: none of the pictures could be read. Join them again with `" +
        joinCommand(scope.project().path(), spec.benchmark) + "`.");
  scope.summary["items_per_s"] = static_cast<double>(open.size()) / spec.shifts /
                                 std::max(1e-9, watch.seconds() - scope.pausedSeconds());
  scope.summary["broken_pictures"] = asker.broken();
  WORDSIGHT_TRY(const auto scores, evaluationSummary(scope.connection(), scope.id()));
  for (const auto& [key, value] : scores.items()) scope.summary[key] = value;
  return {};
}

}  // namespace

Json toJson(const EvaluationSpec& spec) {
  Json json{{"model", spec.model},
            {"adapter", spec.adapter},
            {"label", spec.label},
            {"benchmark", spec.benchmark},
            {"prompt", spec.prompt},
            {"arm", toText(spec.arm)},
            {"scoring", toText(spec.scoring)},
            {"precision", toText(spec.precision)},
            {"shifts", spec.shifts},
            {"limit", spec.limit},
            {"batch", spec.batch},
            {"threads", spec.threads}};
  if (spec.scoring == infer::Scoring::Generate)
    json["generate"] = Json{{"max_tokens", spec.generate.maxTokens},
                            {"temperature", spec.generate.temperature},
                            {"top_k", spec.generate.topK},
                            {"top_p", spec.generate.topP},
                            {"min_p", spec.generate.minP},
                            {"repetition_penalty", spec.generate.repetitionPenalty},
                            {"seed", spec.generate.seed}};
  return json;
}

Result<EvaluationSpec> evaluationSpecFromJson(const Json& json) {
  EvaluationSpec spec;
  std::string arm = toText(spec.arm), scoring = toText(spec.scoring),
              precision = toText(spec.precision);
  ObjectReader in(json, "evaluation spec");
  in.require("model", spec.model)
      .read("adapter", spec.adapter)
      .read("label", spec.label)
      .require("benchmark", spec.benchmark)
      .read("prompt", spec.prompt)
      .readOneOf("arm", arm, {"image", "caption", "blind"})
      .readOneOf("scoring", scoring, {"logprob", "generate"})
      .readOneOf("precision", precision, {"f32", "bf16"})
      .read("shifts", spec.shifts, 1, kMaxOptions)
      .read("limit", spec.limit, 0, 1'000'000'000)
      .read("batch", spec.batch, 1, 4096)
      .read("threads", spec.threads, 0, 4096);
  if (const Json* generate = in.member("generate")) {
    ObjectReader part(*generate, "evaluation spec: generate");
    part.read("max_tokens", spec.generate.maxTokens, 1, 1'000'000)
        .read("temperature", spec.generate.temperature, 0, 100)
        .read("top_k", spec.generate.topK, 0, 1'000'000)
        .read("top_p", spec.generate.topP, 0, 1)
        .read("min_p", spec.generate.minP, 0, 1)
        .read("repetition_penalty", spec.generate.repetitionPenalty, 0.01, 100)
        .read("seed", spec.generate.seed);
    WORDSIGHT_CHECK(part.finish());
  }
  WORDSIGHT_CHECK(in.finish());
  WORDSIGHT_TRY(spec.arm, armFromText(arm));
  WORDSIGHT_TRY(spec.scoring, infer::scoringFromText(scoring));
  spec.precision = precision == "f32" ? Precision::F32 : Precision::BF16;
  return spec;
}

Result<JobOutcome> evaluate(const JobContext& context, const EvaluationSpec& asked,
                            std::optional<RunId> resume) {
  EvaluationSpec spec = asked;
  Run run;
  if (resume) {
    WORDSIGHT_TRY(run, resumableRun(context.project, *resume, RunKind::Evaluation));
    if (run.spec.contains("recorded"))
      return fail("Run " + std::to_string(resume->value) +
                  " holds recorded answers; read the file again instead.");
    WORDSIGHT_TRY(spec, evaluationSpecFromJson(run.spec));
  } else {
    WORDSIGHT_CHECK(checkModelFolder(spec.model));
    if (!spec.adapter.empty()) WORDSIGHT_CHECK(checkAdapterFolder(spec.adapter));
    WORDSIGHT_CHECK(checkBenchmark(context.project, spec.benchmark));
    WORDSIGHT_CHECK(decisionPromptText(spec.prompt));
    if (spec.label.empty()) spec.label = spec.adapter.empty() ? "base" : "tuned";
    run.kind = RunKind::Evaluation;
    run.name = spec.label + " · " + toText(spec.arm);
    run.command = spec.command;
    run.spec = toJson(spec);
  }
  return runJob(context, run, resume, [&](RunScope& scope) { return evaluateInto(scope, spec); });
}

}  // namespace wordsight::jobs
