#include "train/evaluate.h"

#include <torch/torch.h>

#include <algorithm>

#include "train/chunked_loss.h"
#include "train/pack.h"

namespace wordsight::train {
namespace {

constexpr int kAnswerTokens = 48;  // enough for a letter, an option and a short reason

Error cancelled() { return {"The evaluation was stopped.", ErrorKind::Cancelled}; }

/// Dropout off while this lives.
struct Evaluating {
  neural::LanguageModel& model;
  torch::NoGradGuard noGrad;
  explicit Evaluating(neural::LanguageModel& m) : model(m) { model.setTraining(false); }
  ~Evaluating() { model.setTraining(true); }
};

}  // namespace

Result<double> meanLoss(neural::LanguageModel& model, const std::vector<TokenSample>& samples,
                        std::int64_t microTokens, double choiceWeight,
                        const std::stop_token& stop) {
  const Evaluating evaluating(model);
  std::vector<std::int64_t> lengths;
  std::int64_t longest = 0;
  double weights = 0, sum = 0;
  for (const auto& sample : samples) {
    lengths.push_back(sample.length());
    longest = std::max(longest, sample.length());
    weights += sample.weightSum(choiceWeight);
  }
  const auto positions = textPositions(model, longest);
  for (const auto& chosen : planPacks(lengths, microTokens)) {
    if (stop.stop_requested()) return fail(cancelled());
    const auto pack = makePack(samples, chosen, positions, choiceWeight);
    const auto rows_ND =
        model.forward(model.embed(pack.ids_T), pack.layout, nullptr, false, pack.wanted_N);
    sum += chunkedLoss(model, rows_ND, pack.targets_N, pack.weights_N, 1, false).sum;
  }
  return weights > 0 ? sum / weights : 0.0;
}

Result<Probe> Probe::make(const TrainingData& data, const text::Tokenizer& tokenizer,
                          const text::ChatTemplate& chat) {
  Probe probe;
  if (!data.probe.empty() && !data.prompt)
    return fail("The data has probe items but no decision prompt to put them into words.");
  for (const auto& example : data.probe) {
    if (!example.scenario || example.scenario->key < 0)
      return fail("Probe item " + example.id +
                  " has no scenario with a key: leave it out of the probe.");
    const auto& scenario = *example.scenario;
    Item item;
    item.id = example.id;
    item.question = chat.render(renderQuestion(*data.prompt, scenario, Arm::Caption), true);
    item.prompt.ids = tokenizer.encode(item.question, false);
    item.key = scenario.key;
    for (std::size_t i = 0; i < scenario.options.size(); ++i) {
      const std::string letter(1, letterOf(static_cast<int>(i)));
      const auto ids = tokenizer.encode(item.question + letter, false);
      if (ids.size() != item.prompt.ids.size() + 1)
        return fail("Probe item " + example.id + ": the letter " + letter +
                    " is not one token after the prompt; this tokenizer cannot be probed, leave "
                    "the probe out.");
      item.letters.push_back(ids.back());
    }
    probe.m_items.push_back(std::move(item));
  }
  return probe;
}

Result<double> Probe::accuracy(neural::LanguageModel& model, std::int64_t microTokens,
                               const std::stop_token& stop) const {
  if (m_items.empty()) return 0.0;
  const Evaluating evaluating(model);
  std::vector<std::int64_t> lengths;
  for (const auto& item : m_items)
    lengths.push_back(static_cast<std::int64_t>(item.prompt.ids.size()));
  int right = 0;
  for (const auto& chosen : planPacks(lengths, microTokens)) {
    if (stop.stop_requested()) return fail(cancelled());
    std::vector<neural::Prompt> prompts;
    std::vector<std::int64_t> candidates;  // of all items of the pack: usually the same five
    for (const auto index : chosen) {
      prompts.push_back(m_items[index].prompt);
      for (const auto letter : m_items[index].letters)
        if (std::find(candidates.begin(), candidates.end(), letter) == candidates.end())
          candidates.push_back(letter);
    }
    WORDSIGHT_TRY(const auto scores, neural::nextTokenLogProbs(model, prompts, candidates));
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const auto& item = m_items[chosen[i]];
      const auto score = [&](std::int64_t letter) {
        return scores[i][static_cast<std::size_t>(
            std::find(candidates.begin(), candidates.end(), letter) - candidates.begin())];
      };
      std::size_t best = 0;
      for (std::size_t k = 1; k < item.letters.size(); ++k)
        if (score(item.letters[k]) > score(item.letters[best])) best = k;
      right += static_cast<int>(best) == item.key;
    }
  }
  return static_cast<double>(right) / static_cast<double>(m_items.size());
}

Result<std::vector<Sample>> Probe::answers(neural::LanguageModel& model,
                                           const text::Tokenizer& tokenizer,
                                           const text::ChatTemplate& chat, int count,
                                           std::int64_t step, const std::stop_token& stop) const {
  const Evaluating evaluating(model);
  std::vector<neural::Prompt> prompts;
  for (std::size_t i = 0; i < m_items.size() && i < static_cast<std::size_t>(count); ++i)
    prompts.push_back(m_items[i].prompt);
  std::vector<Sample> samples;
  if (prompts.empty()) return samples;
  neural::Sampling sampling;
  sampling.maxTokens = kAnswerTokens;
  for (const auto& token : chat.stopTokens())
    if (const auto id = tokenizer.idOf(token); id >= 0) sampling.stopIds.push_back(id);
  WORDSIGHT_TRY(const auto answers, neural::generate(model, prompts, sampling, {}, stop));
  for (std::size_t i = 0; i < answers.size(); ++i)
    samples.push_back(
        {"probe: " + m_items[i].id, m_items[i].question, tokenizer.decode(answers[i], true), step});
  return samples;
}

std::string markedText(const TokenSample& sample, const text::Tokenizer& tokenizer) {
  const auto text = [&](std::int32_t from, std::int32_t to) {
    return tokenizer.decode({sample.ids.begin() + from, sample.ids.begin() + to}, false);
  };
  return text(0, sample.countedBegin) + "⟦" + text(sample.countedBegin, sample.countedEnd) + "⟧" +
         text(sample.countedEnd, static_cast<std::int32_t>(sample.ids.size()));
}

}  // namespace wordsight::train
