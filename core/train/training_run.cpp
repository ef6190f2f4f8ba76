#include "train/training_run.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <system_error>
#include <thread>

#include "base/file.h"
#include "base/random.h"
#include "base/time.h"
#include "train/estimate.h"
#include "train/schedule.h"
#include "train/update_norms.h"

namespace wordsight::train {
namespace {

constexpr int kShownAnswers = 3;
constexpr std::size_t kShownSamples = 2;
constexpr int kRetriesAnInterval = 10;  // of checkpoints that could not be written

Status checkSpec(const TrainSpec& spec, const TrainInput& input) {
  if (input.data.train.empty())
    return fail(
        "There is nothing to train on: the dataset has no training examples; freeze one that has.");
  if (spec.batch.samples < 1 || spec.batch.microTokens < 1)
    return fail("batch.samples and batch.micro_tokens must be at least 1.");
  if (spec.loss != "answer" && spec.loss != "sequence")
    return fail("loss: '" + spec.loss + "' is not known; choose answer or sequence.");
  if (!(spec.choiceWeight > 0) || !std::isfinite(spec.choiceWeight))
    return fail("choice_weight must be a positive number.");
  WORDSIGHT_CHECK(checkOutput(input.out, input.resume));
  return learningRate(spec, 0, 1).map([](double) {});
}

}  // namespace

TrainingRun::TrainingRun(const TrainSpec& spec, const TrainInput& input, const TrainHooks& hooks)
    : m_spec(spec),
      m_input(input),
      m_hooks(hooks),
      m_maker(spec, input.tokenizer, input.chat, input.data.prompt),
      m_order(spec, input.data.train.size()) {}

Result<std::unique_ptr<TrainingRun>> TrainingRun::prepare(const TrainSpec& spec,
                                                          const TrainInput& input,
                                                          const TrainHooks& hooks,
                                                          const std::stop_token& stop) {
  WORDSIGHT_CHECK(checkSpec(spec, input));
  std::unique_ptr<TrainingRun> run(new TrainingRun(spec, input, hooks));
  if (run->steps() < 1)
    return fail("The spec asks for no step at all: raise epochs or set max_steps.");

  // Faults in the data are found here, not at step 300.
  WORDSIGHT_TRY(run->m_stored, tokeniseAll(run->m_maker, input.data.train));
  WORDSIGHT_TRY(run->m_heldOut, tokeniseAll(run->m_maker, input.data.eval));
  WORDSIGHT_TRY(run->m_probe, Probe::make(input.data, input.tokenizer, input.chat));
  if (!input.chat.warning().empty()) run->say(LogLine::Level::Warning, input.chat.warning());
  run->sayKeptOrders();
  run->m_positions = textPositions(input.model, spec.maxLength);
  if (stop.stop_requested())
    return fail("The training was stopped before its first step.", ErrorKind::Cancelled);

  run->m_identity.spec = toJson(spec);
  run->m_identity.dataHash = dataHash(input.data);
  run->m_identity.baseHashes = input.model.moduleHashes();
  WORDSIGHT_CHECK(run->attachAdapter());
  WORDSIGHT_TRY(run->m_lock, lockOutput(input.out));
  WORDSIGHT_CHECK(checkOutput(input.out, input.resume));  // nobody else came in between
  if (!input.resume.empty()) {
    WORDSIGHT_TRY(run->m_state, loadCheckpoint(input.resume, run->m_identity, *run->m_optimizer));
    // Cancelled before another step, the run needs no new checkpoint where there is this one.
    std::error_code elsewhere;
    if (std::filesystem::equivalent(input.resume, checkpointFolder(input.out, run->step()),
                                    elsewhere))
      run->m_savedStep = run->step();
    run->say(LogLine::Level::Info, "Resumed after step " + std::to_string(run->m_state.step) + ".");
  }
  removeUnfinished(input.out);
  run->decideRecompute();
  return run;
}

Status TrainingRun::attachAdapter() {
  auto& model = m_input.model;
  const auto& lora = m_spec.lora;
  if (!lora.init.empty())
    WORDSIGHT_CHECK(startFromAdapter(lora.init, model, m_spec));
  else
    WORDSIGHT_CHECK(model.attachLora(
        {lora.rank, lora.alpha, lora.rslora, lora.dropout, lora.targets}, m_spec.seed));
  auto parameters = model.loraParameters();
  if (parameters.empty())
    return fail("lora.targets names no layer of this model: choose q_proj, v_proj, ….");

  const auto dtype = m_spec.precision == Precision::BF16 ? torch::kBFloat16 : torch::kFloat32;
  if (const auto loaded = model.embed(torch::zeros({1}, torch::kInt64)).scalar_type();
      loaded != dtype)
    return fail(std::string("The model was loaded in another precision than the spec's ") +
                    toText(m_spec.precision) + ".",
                ErrorKind::Internal);
  m_optimizer = std::make_unique<AdamW>(std::move(parameters), m_spec.optimizer);
  return {};
}

void TrainingRun::decideRecompute() {
  m_recompute = m_spec.recompute == "on";
  if (m_spec.recompute != "auto") return;
  const auto& info = m_input.model.info();
  CostShape shape;
  shape.width = info.width;
  shape.layers = info.layers;
  shape.heads = info.heads;
  shape.kvHeads = info.kvHeads;
  shape.headSize = info.headSize;
  shape.inner = 4 * info.width;  // a guess, unless the adapter's own tensors tell
  shape.vocabulary = info.vocabulary;
  shape.parameters = info.parameters;
  shape.bytesPerValue = m_spec.precision == Precision::BF16 ? 2 : 4;
  for (const auto& [name, tensor] : m_optimizer->parameters()) {
    shape.adapterParameters += tensor.numel();
    if (name.ends_with("up_proj.lora_B")) shape.inner = tensor.size(0);
  }
  double tokens = 0;
  std::int64_t longest = 0;
  for (const auto& sample : m_stored) {
    tokens += static_cast<double>(sample.length());
    longest = std::max(longest, sample.length());
  }
  const double meanLength = tokens / static_cast<double>(m_stored.size());
  const auto packTokens =
      largestPack(m_spec.batch.samples, m_spec.batch.microTokens, meanLength, longest);
  const auto cost = estimateCost(shape, packTokens, meanLength);
  const double available = availableMemoryMiB();
  m_recompute = needsRecompute(cost, available);
  if (m_recompute)
    say(LogLine::Level::Info,
        "Activations of a pack need about " + std::to_string(std::llround(cost.activationsMiB)) +
            " MiB of " + std::to_string(std::llround(available)) +
            " MiB available: they are computed again in the backward pass (recompute).");
}

Result<StepBatch> TrainingRun::batchOf(std::int64_t step) {
  StepBatch batch;
  std::vector<std::int64_t> lengths;
  for (const auto& [index, use] : m_order.step(step)) {
    const auto& example = m_input.data.train[index];
    if (m_maker.reorders(example)) {
      WORDSIGHT_TRY(auto sample, m_maker.atUse(example, index, use));
      batch.samples.push_back(std::move(sample));
    } else {
      batch.samples.push_back(m_stored[index]);
    }
    const auto& sample = batch.samples.back();
    lengths.push_back(sample.length());
    batch.tokens += sample.length();
    batch.counted += sample.counted();
    batch.weights += sample.weightSum(m_spec.choiceWeight);
  }
  for (const auto& chosen : planPacks(lengths, m_spec.batch.microTokens))
    batch.packs.push_back(makePack(batch.samples, chosen, m_positions, m_spec.choiceWeight));
  return batch;
}

void TrainingRun::seedDropout(std::size_t pack) const {
  if (m_spec.lora.dropout <= 0) return;
  const auto purpose =
      "dropout of step " + std::to_string(m_state.step) + " pack " + std::to_string(pack);
  m_input.model.seedDropout(Random(m_spec.seed, purpose).next());
}

void TrainingRun::completed(const StepBatch& batch, double loss, double lr, double gradNorm,
                            double seconds) {
  ++m_state.step;
  m_state.samples += static_cast<std::int64_t>(batch.samples.size());
  m_state.tokens += batch.tokens;
  m_state.countedTokens += batch.counted;
  m_state.losses.push_back(loss);
  m_evalLoss.reset();
  const double memory = processMemoryMiB();
  m_heap.afterStep(memory);
  if (!m_hooks.onStep) return;
  StepMetrics metrics;
  metrics.step = m_state.step;
  metrics.totalSteps = steps();
  metrics.samples = m_state.samples;
  metrics.tokens = m_state.tokens;
  metrics.loss = loss;
  metrics.lr = lr;
  metrics.gradNorm = gradNorm;
  metrics.tokensPerSecond = seconds > 0 ? static_cast<double>(batch.tokens) / seconds : 0;
  metrics.memoryMiB = memory;
  metrics.seconds = this->seconds();
  m_hooks.onStep(metrics);
}

void TrainingRun::waitWhilePaused() {
  if (m_hooks.onBetweenSteps) m_pausedSeconds += m_hooks.onBetweenSteps(m_state.step);
}

Status TrainingRun::begin(const std::stop_token& stop) {
  m_input.model.setTraining(true);
  if (m_state.step > 0) return {};
  if (m_hooks.onSample) {
    WORDSIGHT_TRY(const auto batch, batchOf(0));
    const auto uses = m_order.step(0);
    for (std::size_t i = 0; i < std::min(kShownSamples, batch.samples.size()); ++i)
      m_hooks.onSample({"first batch: " + m_input.data.train[uses[i].example].id,
                        {},
                        markedText(batch.samples[i], m_input.tokenizer),
                        0});
  }
  return evaluate(m_spec.evalEvery > 0, m_spec.probeEvery > 0, stop);
}

Status TrainingRun::whatIsDue(const std::stop_token& stop) {
  const bool last = m_state.step == steps();
  const auto due = [&](int every) { return every > 0 && (last || m_state.step % every == 0); };
  WORDSIGHT_CHECK(evaluate(due(m_spec.evalEvery), due(m_spec.probeEvery), stop));
  if (!last && (due(m_spec.saveEvery) || m_state.step == m_retryStep)) return save(false);
  return {};
}

Status TrainingRun::evaluate(bool loss, bool probe, const std::stop_token& stop) {
  EvalMetrics metrics;
  auto& model = m_input.model;
  if (loss && !m_heldOut.empty()) {
    WORDSIGHT_TRY(metrics.evalLoss,
                  meanLoss(model, m_heldOut, m_spec.batch.microTokens, m_spec.choiceWeight, stop));
    m_evalLoss = metrics.evalLoss;
  }
  if (probe && !m_probe.empty()) {
    WORDSIGHT_TRY(metrics.probeAccuracy, m_probe.accuracy(model, m_spec.batch.microTokens, stop));
    metrics.probeItems = m_probe.size();
    if (m_hooks.onSample) {
      WORDSIGHT_TRY(const auto answers, m_probe.answers(model, m_input.tokenizer, m_input.chat,
                                                        kShownAnswers, m_state.step, stop));
      for (const auto& answer : answers) m_hooks.onSample(answer);
    }
  }
  if (m_hooks.onEval && (metrics.evalLoss || metrics.probeAccuracy)) {
    metrics.step = m_state.step;
    metrics.samples = m_state.samples;
    metrics.tokens = m_state.tokens;
    metrics.seconds = seconds();
    m_hooks.onEval(metrics);
  }
  return {};
}

Status TrainingRun::save(bool mustSucceed) {
  if (m_savedStep == m_state.step) return {};
  const auto folder = checkpointFolder(m_input.out, m_state.step);
  auto state = m_state;
  state.seconds = seconds();
  if (auto saved =
          saveCheckpoint(folder, m_input.model, *m_optimizer, state, m_identity, m_input.baseModel);
      !saved) {
    if (mustSucceed) return saved;
    // A full disk must not cost hours of training: somebody can make room, and soon after there
    // is a checkpoint.
    m_retryStep = m_state.step + std::max(1, m_spec.saveEvery / kRetriesAnInterval);
    if (m_unsaved++ == 0)
      say(LogLine::Level::Warning, "No checkpoint at step " + std::to_string(m_state.step) + ": " +
                                       saved.error().message +
                                       " Training goes on and tries again from time to time.");
    return {};
  }
  m_savedStep = m_state.step;
  m_retryStep = -1;
  if (m_unsaved > 0)
    say(LogLine::Level::Info, "There is a checkpoint at step " + std::to_string(m_state.step) +
                                  ", after " + std::to_string(m_unsaved) +
                                  (m_unsaved == 1 ? " try" : " tries") + " that failed.");
  m_unsaved = 0;
  pruneCheckpoints(m_input.out, m_input.keepCheckpoints);
  if (!m_hooks.onCheckpoint) return {};
  Checkpoint checkpoint;
  checkpoint.step = m_state.step;
  checkpoint.folder = folder.string();
  checkpoint.evalLoss = m_evalLoss;
  checkpoint.createdAt = nowMillis();
  return m_hooks.onCheckpoint(checkpoint);
}

TrainOutcome TrainingRun::outcome() const {
  TrainOutcome out;
  out.steps = m_state.step;
  out.samples = m_state.samples;
  out.tokens = m_state.tokens;
  out.countedTokens = m_state.countedTokens;
  out.seconds = seconds();
  out.losses = m_state.losses;
  out.finalLoss = out.losses.empty() ? 0 : out.losses.back();
  const auto& lora = m_spec.lora;
  const double scale = lora.alpha / (lora.rslora ? std::sqrt(lora.rank) : lora.rank);
  const auto norms = linearNorms(m_optimizer->parameters(), scale);
  out.updateNorms = layerNorms(norms);
  out.moduleNorms = moduleNorms(norms);
  out.hashesBefore = m_identity.baseHashes;
  out.hashesAfter = m_input.model.moduleHashes();
  return out;
}

Result<TrainOutcome> TrainingRun::cancelled() {
  WORDSIGHT_CHECK(save(true));
  auto out = outcome();
  out.cancelled = true;
  return out;
}

Error TrainingRun::diverged(double loss, double gradNorm) {
  const std::string what = std::isfinite(loss)
                               ? "the gradient's norm is " + std::to_string(gradNorm)
                               : "the loss is " + std::to_string(loss);
  std::string message = "Training stopped at step " + std::to_string(m_state.step + 1) + ": " +
                        what + "; lower optimizer.lr or train in f32. ";
  const auto saved = listCheckpoints(m_input.out);
  message += saved.empty() ? "No checkpoint was written before."
                           : "The last good checkpoint is " + saved.back().string() + ".";
  return {message, ErrorKind::Invalid};
}

/// Writes the finished adapter; when the disk is full it waits a while for somebody to make room,
/// since what is in memory is the only copy of the last steps.
Status TrainingRun::saveFinished(const Json& record, const std::stop_token& stop) {
  const auto write = [&] {
    return saveAdapter(m_input.out, m_input.model, m_input.baseModel, record);
  };
  auto saved = write();
  if (!saved && m_input.waitForRoom > 0)
    say(LogLine::Level::Warning,
        "The training is done, but its adapter cannot be written: " + saved.error().message +
            " Make room: it is tried again for " + humanDuration(m_input.waitForRoom) + ".");
  const Stopwatch watch;
  const auto pause = std::chrono::duration<double>(std::min(2.0, m_input.waitForRoom / 20));
  while (!saved && saved.error().kind == ErrorKind::Io && !stop.stop_requested() &&
         watch.seconds() < m_input.waitForRoom) {
    std::this_thread::sleep_for(pause);
    saved = write();
  }
  if (saved) return {};
  const auto left = listCheckpoints(m_input.out);
  return fail(
      inContext("The training is done, but its adapter could not be written" +
                    (left.empty() ? std::string(", and neither could any checkpoint: make room and "
                                                "train again")
                                  : "; the last good checkpoint is " + left.back().string() +
                                        ": make room, and train --resume goes on from there") +
                    ": ",
                saved.error()));
}

Result<TrainOutcome> TrainingRun::finished(const std::stop_token& stop) {
  auto out = outcome();
  if (out.hashesBefore != out.hashesAfter)
    return fail(
        "The base model's weights changed while the adapter was trained: that is a bug, please "
        "report it.",
        ErrorKind::Internal);
  const auto& losses = out.losses;
  const auto tail = std::min<std::size_t>(losses.size(), 10);
  double lastTen = 0;
  for (std::size_t i = losses.size() - tail; i < losses.size(); ++i)
    lastTen += losses[i] / static_cast<double>(tail);
  const Json record = {
      {"format", 1},
      {"base_model", m_input.baseModel},
      {"origin", m_input.origin},
      {"spec", m_identity.spec},
      {"data_hash", m_identity.dataHash},
      {"base_hashes", m_identity.baseHashes},
      {"update_norms", out.updateNorms},
      {"module_norms", out.moduleNorms},
      {"steps", out.steps},
      {"samples", out.samples},
      {"tokens", out.tokens},
      {"counted_tokens", out.countedTokens},
      {"seconds", out.seconds},
      {"loss", {{"first", losses.front()}, {"last", losses.back()}, {"mean_of_last_10", lastTen}}},
      {"eval_loss", m_evalLoss ? Json(*m_evalLoss) : Json()}};
  WORDSIGHT_CHECK(saveFinished(record, stop));
  return out;
}

void TrainingRun::sayKeptOrders() const {
  const auto& examples = m_input.data.train;
  if (!m_spec.shuffleOptions) return;
  const auto kept = std::count_if(examples.begin(), examples.end(), [&](const auto& example) {
    return example.scenario && !m_maker.reorders(example);
  });
  if (kept > 0)
    say(LogLine::Level::Warning,
        std::to_string(kept) + " of " + std::to_string(examples.size()) +
            (kept == 1 ? " examples keeps its" : " examples keep their") +
            " order of options: the text names an option in a way that cannot be moved for sure.");
}

void TrainingRun::say(LogLine::Level level, const std::string& text) const {
  if (m_hooks.onLog) m_hooks.onLog({level, text});
}

}  // namespace wordsight::train
