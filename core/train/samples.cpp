#include "train/samples.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <thread>

#include "base/random.h"
#include "domain/scenario_text.h"

namespace wordsight::train {
namespace {

constexpr std::size_t kExamplesAThread = 200;  // fewer are not worth a thread

/// How many leading (or, from the back, trailing) ids two encodings share.
template <class Iterator>
std::size_t shared(Iterator a, Iterator aEnd, Iterator b, Iterator bEnd) {
  return static_cast<std::size_t>(std::mismatch(a, aEnd, b, bEnd).first - a);
}

bool beginsWithLetter(const std::string& answer, const ScenarioContent* scenario) {
  if (answer.size() < 2) return false;
  if (scenario && scenario->key >= 0) return answer[0] == letterOf(scenario->key);
  return answer[0] >= 'A' && answer[0] <= 'Z' && (answer[1] == '.' || answer[1] == ')');
}

}  // namespace

double TokenSample::weightSum(double choiceWeight) const {
  return static_cast<double>(counted()) + (letter >= 0 ? choiceWeight - 1 : 0);
}

SampleMaker::SampleMaker(const TrainSpec& spec, const text::Tokenizer& tokenizer,
                         const text::ChatTemplate& chat,
                         const std::optional<DecisionPrompt>& prompt)
    : m_tokenizer(tokenizer),
      m_chat(chat),
      m_prompt(prompt),
      m_seed(spec.seed),
      m_shuffleOptions(spec.shuffleOptions),
      m_wholeSequence(spec.loss == "sequence"),
      m_maxLength(spec.maxLength) {}

bool SampleMaker::reorders(const TrainingExample& example) const {
  return m_shuffleOptions && example.scenario && canReorder(*example.scenario);
}

Result<std::vector<Message>> SampleMaker::render(const ScenarioContent& scenario,
                                                 const std::string& id) const {
  if (!m_prompt)
    return fail("Example " + id +
                " is a scenario, but the data names no decision prompt to put it into words.");
  if (scenario.key < 0 || static_cast<std::size_t>(scenario.key) >= scenario.options.size())
    return fail("Example " + id + " has no key: set its answer or leave it out of the dataset.");
  auto messages = renderQuestion(*m_prompt, scenario, Arm::Caption);
  messages.push_back(Message::text("assistant", renderAnswer(*m_prompt, scenario)));
  return messages;
}

Result<TokenSample> SampleMaker::asStored(const TrainingExample& example) const {
  const ScenarioContent* scenario = example.scenario ? &*example.scenario : nullptr;
  if (!example.messages.empty() && !reorders(example))
    return fromMessages(example.messages, example.id, scenario);
  if (!scenario)
    return fail("Example " + example.id + " has no messages: leave it out of the data.");
  WORDSIGHT_TRY(const auto messages, render(*scenario, example.id));
  return fromMessages(messages, example.id, scenario);
}

Result<TokenSample> SampleMaker::atUse(const TrainingExample& example, std::size_t index,
                                       std::int64_t use) const {
  if (!reorders(example)) return asStored(example);
  Random random(m_seed,
                "options of example " + std::to_string(index) + " use " + std::to_string(use));
  const auto scenario =
      reordered(*example.scenario, random.permutation(example.scenario->options.size()));
  WORDSIGHT_TRY(const auto messages, render(scenario, example.id));
  return fromMessages(messages, example.id, &scenario);
}

Result<TokenSample> SampleMaker::fromMessages(const std::vector<Message>& messages,
                                              const std::string& id,
                                              const ScenarioContent* scenario) const {
  for (const auto& message : messages)
    for (const auto& part : message.parts)
      if (part.kind == ContentPart::Kind::Image)
        return fail("Example " + id +
                    " holds a picture: training here is on text only, take the picture out.");
  auto cut = m_chat.splitAnswer(messages);
  if (!cut) return fail(inContext("Example " + id + ": ", std::move(cut).error()));

  const auto before = m_tokenizer.encode(cut->before, false);
  const auto answer = m_tokenizer.encode(cut->answer, false);
  const auto after = m_tokenizer.encode(cut->after, false);
  const auto whole = m_tokenizer.encode(cut->before + cut->answer + cut->after, false);
  // The model must see the ids of the whole text, as in use. Where special tokens and line breaks
  // bound the answer its pieces give the same ids; where a token straddles a boundary, what the
  // encodings do not share belongs to the answer.
  const auto begin = shared(whole.begin(), whole.end(), before.begin(), before.end());
  const auto tail = shared(whole.rbegin(), whole.rend() - static_cast<std::ptrdiff_t>(begin),
                           after.rbegin(), after.rend());
  const auto end = whole.size() - tail;
  if (whole.size() > static_cast<std::size_t>(m_maxLength))
    return fail("Example " + id + " has " + std::to_string(whole.size()) +
                " tokens, more than max_length (" + std::to_string(m_maxLength) +
                "): shorten it, leave it out, or raise max_length.");
  if (whole.size() < 2 || answer.empty() || end <= begin)
    return fail("Example " + id + " has no token to learn from: its last turn is empty.");

  TokenSample sample;
  sample.ids.assign(whole.begin(), whole.end());
  sample.countedBegin =
      m_wholeSequence ? 1 : static_cast<std::int32_t>(std::max<std::size_t>(begin, 1));
  sample.countedEnd = static_cast<std::int32_t>(m_wholeSequence ? whole.size() : end);
  if (begin > 0 && beginsWithLetter(cut->answer, scenario))
    sample.letter = static_cast<std::int32_t>(begin);
  return sample;
}

Result<std::vector<TokenSample>> tokeniseAll(const SampleMaker& maker,
                                             const std::vector<TrainingExample>& examples) {
  std::vector<TokenSample> samples(examples.size());
  std::vector<Error> errors(examples.size());
  const auto work = [&](std::size_t from, std::size_t to) {
    for (auto i = from; i < to; ++i) {
      auto sample = maker.asStored(examples[i]);
      if (sample)
        samples[i] = std::move(*sample);
      else
        errors[i] = std::move(sample).error();
    }
  };
  const auto threads = std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()),
                                             examples.size() / kExamplesAThread + 1);
  {
    std::vector<std::jthread> others;
    for (std::size_t t = 1; t < threads; ++t)
      others.emplace_back(work, examples.size() * t / threads, examples.size() * (t + 1) / threads);
    work(0, examples.size() / threads);
  }
  for (auto& error : errors)
    if (!error.message.empty()) return fail(std::move(error));
  return samples;
}

Order::Order(const TrainSpec& spec, std::size_t examples)
    : m_seed(spec.seed),
      m_shuffle(spec.shuffle),
      m_examples(examples),
      m_batch(std::max(1, spec.batch.samples)) {
  const auto n = static_cast<double>(examples);
  if (spec.maxSteps > 0) {
    m_steps = spec.maxSteps;
    m_samples = std::numeric_limits<std::int64_t>::max();
  } else {
    m_samples = static_cast<std::int64_t>(std::ceil(std::max(0.0, spec.epochs) * n - 1e-9));
    m_steps = (m_samples + m_batch - 1) / m_batch;
  }
}

std::vector<Order::Use> Order::step(std::int64_t step) {
  std::vector<Use> uses;
  const auto n = static_cast<std::int64_t>(m_examples);
  const auto end = std::min(m_samples, (step + 1) * m_batch);
  for (std::int64_t place = step * m_batch; place < end; ++place) {
    const auto epoch = place / n;
    if (epoch != m_epoch) {
      m_epoch = epoch;
      m_permutation.clear();
      if (m_shuffle)
        m_permutation =
            Random(m_seed, "order of epoch " + std::to_string(epoch)).permutation(m_examples);
    }
    const auto at = static_cast<std::size_t>(place % n);
    uses.push_back({m_shuffle ? m_permutation[at] : at, epoch});
  }
  return uses;
}

}  // namespace wordsight::train
