#include "jobs/train_preview.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <mutex>
#include <thread>

#include "curate/examples.h"
#include "infer/machine_rate.h"
#include "jobs/resources.h"
#include "jobs/train_cost.h"
#include "jobs/training_data.h"
#include "store/run_repository.h"
#include "train/samples.h"

namespace wordsight::jobs {
namespace {

constexpr std::size_t kMostLooked = 12'000;  // of a split; more would take longer than a second
constexpr std::size_t kShownFaults = 20, kShownSamples = 32;
constexpr std::size_t kExamplesAThread = 200;
constexpr std::int64_t kRunsLookedAt = 30;  // for a measured rate
// libtorch, the program and one chunk of logits (train/chunked_loss.h) with its gradient.
constexpr double kProgramMiB = 300;
// Of the bare product's rate that whole training steps reach: a round number until a run has been
// measured. The preview's test, on the demo's model on a busy machine, was told 57 s and took 37 s.
constexpr double kShareOfMatmul = 0.5;

/// Everything about examples that needs tokens.
class Looker {
 public:
  Looker(const TrainingSpec& spec, const DecisionPrompt& prompt, const text::Tokenizer& tokenizer,
         const text::ChatTemplate& chat)
      : m_prompt(prompt),
        m_given(prompt),
        m_maxLength(spec.train.maxLength),
        m_maker(unlimited(spec.train), tokenizer, chat, m_given) {}

  const train::SampleMaker& maker() const { return m_maker; }

  struct Seen {
    std::int64_t tokens = 0, counted = 0, shortest = std::numeric_limits<std::int64_t>::max(),
                 longest = 0, good = 0;
    std::int64_t tooLong = 0, unusable = 0;
    std::vector<std::pair<std::size_t, PreviewFault>> faults;  // by place
  };

  /// The contents at the chosen places, in several threads.
  Seen look(const std::vector<ScenarioContent>& contents, const std::vector<std::string>& ids,
            const std::vector<std::size_t>& chosen, const std::stop_token& stop) const {
    Seen all;
    std::mutex mutex;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      Seen seen;
      constexpr std::size_t kAtOnce = 64;
      for (auto from = next.fetch_add(kAtOnce); from < chosen.size() && !stop.stop_requested();
           from = next.fetch_add(kAtOnce))
        for (auto i = from; i < std::min(from + kAtOnce, chosen.size()); ++i)
          lookAt(contents[chosen[i]], ids[chosen[i]], chosen[i], seen);
      const std::lock_guard lock(mutex);
      add(all, std::move(seen));
    };
    const auto threads = std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()),
                                               chosen.size() / kExamplesAThread + 1);
    {
      std::vector<std::jthread> others;
      for (std::size_t t = 1; t < threads; ++t) others.emplace_back(work);
      work();
    }
    std::sort(all.faults.begin(), all.faults.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    return all;
  }

 private:
  /// The trainer refuses long samples one by one; here all of them are to be found.
  static TrainSpec unlimited(TrainSpec spec) {
    spec.maxLength = std::numeric_limits<int>::max();
    return spec;
  }
  void lookAt(const ScenarioContent& content, const std::string& id, std::size_t place,
              Seen& seen) const {
    const auto fault = [&](std::string problem, bool tooLong) {
      ++(tooLong ? seen.tooLong : seen.unusable);
      if (seen.faults.size() < kShownFaults)
        seen.faults.push_back({place, {id, std::move(problem), tooLong}});
    };
    const auto example = curate::toExample(content, m_prompt, id);
    if (!example) return fault(example.error().message, false);
    const auto sample = m_maker.asStored(*example);
    if (!sample) return fault(sample.error().message, false);
    const auto length = sample->length();
    seen.tokens += length;
    seen.counted += sample->counted();
    seen.shortest = std::min(seen.shortest, length);
    seen.longest = std::max(seen.longest, length);
    ++seen.good;
    if (length > m_maxLength)
      fault("It has " + std::to_string(length) + " tokens, more than max_length (" +
                std::to_string(m_maxLength) + "): shorten it, leave it out, or raise max_length.",
            true);
  }
  static void add(Seen& all, Seen seen) {
    all.tokens += seen.tokens;
    all.counted += seen.counted;
    all.shortest = std::min(all.shortest, seen.shortest);
    all.longest = std::max(all.longest, seen.longest);
    all.good += seen.good;
    all.tooLong += seen.tooLong;
    all.unusable += seen.unusable;
    std::move(seen.faults.begin(), seen.faults.end(), std::back_inserter(all.faults));
  }

  const DecisionPrompt& m_prompt;
  const std::optional<DecisionPrompt> m_given;
  int m_maxLength;
  train::SampleMaker m_maker;
};

/// All of n places, or kMostLooked evenly spread ones.
std::vector<std::size_t> placesOf(std::size_t n) {
  const auto count = std::min(n, kMostLooked);
  std::vector<std::size_t> places(count);
  for (std::size_t i = 0; i < count; ++i) places[i] = i * n / count;
  return places;
}

/// A sample cut into pieces of whole characters.
std::vector<PreviewPiece> piecesOf(const train::TokenSample& sample,
                                   const text::Tokenizer& tokenizer) {
  std::vector<PreviewPiece> pieces;
  text::StreamDecoder decoder(tokenizer, false);
  PreviewPiece open;
  open.tokens = 0;
  const auto close = [&](std::string text) {
    open.text = std::move(text);
    pieces.push_back(std::move(open));
    open = {};
    open.tokens = 0;
  };
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(sample.ids.size()); ++i) {
    const bool counted = i >= sample.countedBegin && i < sample.countedEnd;
    const bool letter = i == sample.letter;
    // A character never spans what counts and what does not; a broken one ends there.
    if (open.tokens > 0 && (open.counted != counted || open.letter != letter))
      close(decoder.finish());
    open.counted = counted;
    open.letter = letter;
    ++open.tokens;
    if (auto text = decoder.add(sample.ids[static_cast<std::size_t>(i)]); !text.empty())
      close(std::move(text));
  }
  if (open.tokens > 0) close(decoder.finish());
  return pieces;
}

void addFirstBatch(TrainPreview& preview, const TrainingContents& contents,
                   const TrainingSpec& spec, const DecisionPrompt& prompt, const Looker& looker,
                   const text::Tokenizer& tokenizer) {
  train::Order order(spec.train, contents.train.size());
  const auto uses = order.step(0);
  preview.firstBatchSamples = static_cast<std::int64_t>(uses.size());
  for (const auto& [index, use] : uses) {
    if (preview.firstBatch.size() == kShownSamples) break;
    const auto& id = contents.trainIds[index];
    const auto example = curate::toExample(contents.train[index], prompt, id);
    if (!example) continue;  // it is among the faults
    const auto sample = looker.maker().atUse(*example, index, use);
    if (!sample) continue;
    preview.firstBatch.push_back(
        {id, piecesOf(*sample, tokenizer), sample->length(), sample->counted()});
  }
}

void addMemory(TrainPreview& preview, const train::Cost& cost, const TrainSpec& spec) {
  preview.weightsMiB = cost.weightsMiB;
  preview.optimizerMiB = cost.optimizerMiB;
  const double rest = cost.weightsMiB + cost.optimizerMiB + kProgramMiB;
  preview.keptMiB = rest + cost.activationsMiB;
  preview.recomputedMiB = rest + cost.activationsRecomputedMiB;
  preview.availableMiB = train::availableMemoryMiB();
  preview.recompute = spec.recompute == "on" || (spec.recompute == "auto" &&
                                                 train::needsRecompute(cost, preview.availableMiB));
  preview.memoryMiB = preview.recompute ? preview.recomputedMiB : preview.keptMiB;
}

/// How fast trainings went: those on this model first, then those in this precision.
Status findRate(TrainPreview& preview, store::Connection& connection, const TrainingSpec& spec,
                const infer::ModelShape& shape) {
  store::RunRepository runs(connection);
  store::RunFilter filter;
  filter.kind = RunKind::Training;
  filter.limit = kRunsLookedAt;
  WORDSIGHT_TRY(const auto rows, runs.list(filter));
  for (const auto& row : rows) {
    if (!row.summary.is_object()) continue;
    const double rate = row.summary.value("flops_per_s", 0.0);
    if (!(rate > 0)) continue;
    WORDSIGHT_TRY(const auto run, runs.get(row.id));
    const auto other = trainingSpecFromJson(run.spec);
    if (!other || other->train.precision != spec.train.precision) continue;
    const bool same = other->model == spec.model;
    if (preview.flopsPerSecond > 0 && !same) continue;
    preview.flopsPerSecond = rate;
    preview.rate = same ? TrainPreview::Rate::SameModel : TrainPreview::Rate::SamePrecision;
    if (same) return {};
  }
  if (preview.flopsPerSecond > 0) return {};
  preview.rate = TrainPreview::Rate::Calibrated;
  preview.flopsPerSecond =
      kShareOfMatmul * infer::matmulRate(spec.train.precision, shape.width, shape.inner);
  return {};
}

void addTime(TrainPreview& preview, const train::Cost& cost, const TrainingSpec& spec,
             const infer::ModelShape& shape) {
  const auto& t = spec.train;
  const auto forward = 2.0 * static_cast<double>(shape.languageParameters());
  const double samples = t.maxSteps > 0 ? static_cast<double>(preview.steps) * t.batch.samples
                                        : preview.epochs * static_cast<double>(preview.samples);
  const auto times = [&](int every) {  // before the first step, at each mark, after the last step
    return every > 0 ? 1 + std::ceil(static_cast<double>(preview.steps) / every) : 0.0;
  };
  const auto probes = std::min<std::int64_t>(preview.heldOut, spec.probeItems);
  double flops =
      samples * preview.meanLength * (cost.flopsPerToken + (preview.recompute ? forward : 0));
  flops += times(t.evalEvery) * static_cast<double>(preview.heldOut) * preview.meanLength * forward;
  flops += times(t.probeEvery) * static_cast<double>(probes) * preview.meanLength * forward;
  if (preview.flopsPerSecond > 0) preview.seconds = flops / preview.flopsPerSecond;
}

void addData(TrainPreview& preview, const TrainingContents& contents, const TrainSpec& spec,
             Looker::Seen train, Looker::Seen heldOut) {
  preview.samples = static_cast<std::int64_t>(contents.train.size());
  preview.heldOut = static_cast<std::int64_t>(contents.heldOut.size());
  preview.steps = train::Order(spec, contents.train.size()).steps();
  preview.epochs = spec.maxSteps > 0 ? static_cast<double>(spec.maxSteps) * spec.batch.samples /
                                           static_cast<double>(preview.samples)
                                     : spec.epochs;
  preview.tooLong = train.tooLong + heldOut.tooLong;
  preview.unusable = train.unusable + heldOut.unusable;
  for (auto* seen : {&train, &heldOut})
    for (auto& [place, fault] : seen->faults)
      if (preview.faults.size() < kShownFaults) preview.faults.push_back(std::move(fault));
  if (train.good == 0) return;
  const auto tokens = static_cast<double>(train.tokens);
  preview.shortest = train.shortest;
  preview.longest = train.longest;
  preview.meanLength = tokens / static_cast<double>(train.good);
  preview.countedShare = static_cast<double>(train.counted) / tokens;
  preview.tokensPerEpoch =
      preview.looked == preview.samples
          ? train.tokens
          : std::llround(preview.meanLength * static_cast<double>(preview.samples));
}

}  // namespace

Result<TrainPreview> previewTraining(const store::Project& project, const TrainingSpec& spec,
                                     std::stop_token stop) {
  WORDSIGHT_TRY(const auto connection, project.connect());
  WORDSIGHT_TRY(const auto shape, infer::readModelShape(spec.model));
  WORDSIGHT_TRY(const auto prompt, decisionPrompt(spec.prompt));
  WORDSIGHT_TRY(const auto dataset, store::DatasetRepository(*connection).find(spec.dataset));
  WORDSIGHT_TRY(const auto contents, trainingContents(*connection, spec, dataset));
  WORDSIGHT_TRY(const auto tokenizer, text::Tokenizer::load(spec.model));
  WORDSIGHT_TRY(const auto chat, text::ChatTemplate::load(spec.model));
  TrainPreview preview;
  if (!chat.warning().empty()) preview.warnings.push_back(chat.warning());
  const Looker looker(spec, prompt, tokenizer, chat);
  const auto places = placesOf(contents.train.size());
  preview.looked = static_cast<std::int64_t>(places.size());
  auto train = looker.look(contents.train, contents.trainIds, places, stop);
  auto heldOut =
      looker.look(contents.heldOut, contents.heldOutIds, placesOf(contents.heldOut.size()), stop);
  if (stop.stop_requested()) return fail("Stopped.", ErrorKind::Cancelled);
  addData(preview, contents, spec.train, std::move(train), std::move(heldOut));
  if (preview.meanLength > 0) {
    const auto cost = train::estimateCost(
        costShape(shape, spec.train),
        train::largestPack(spec.train.batch.samples, spec.train.batch.microTokens,
                           preview.meanLength, preview.longest),
        preview.meanLength);
    addMemory(preview, cost, spec.train);
    WORDSIGHT_CHECK(findRate(preview, *connection, spec, shape));
    addTime(preview, cost, spec, shape);
  }
  addFirstBatch(preview, contents, spec, prompt, looker, tokenizer);
  return preview;
}

}  // namespace wordsight::jobs
