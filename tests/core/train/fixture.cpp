#include "fixture.h"

#include <torch/torch.h>

#include <csignal>
#include <stdexcept>

#include "base/file.h"
#include "train/chunked_loss.h"

namespace wordsight::train::test {
namespace {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

}  // namespace

Tiny Tiny::load(const std::string& name, torch::ScalarType dtype) {
  // Tests run beside one another: more threads would wait for cores that others hold.
  at::set_num_threads(1);
  const auto folder = wordsight::test::data("models/" + name);
  neural::LoadOptions options;
  options.dtype = dtype;
  options.vision = false;
  return {must(neural::LanguageModel::load(folder, options)),
          must(readJsonFile(folder / "cases.json"))};
}

std::vector<TokenSample> Tiny::samples() const {
  std::vector<TokenSample> samples;
  for (const auto& row : cases.at("training").at("samples")) {
    TokenSample sample;
    sample.ids = row.at("ids").get<std::vector<std::int32_t>>();
    sample.countedBegin = row.at("counted")[0];
    sample.countedEnd = row.at("counted")[1];
    samples.push_back(std::move(sample));
  }
  return samples;
}

Learner Learner::make(torch::ScalarType dtype) {
  const auto folder = wordsight::test::data("models/qwen2");
  Learner learner;
  learner.tiny = Tiny::load("qwen2", dtype);
  learner.tokenizer = std::make_unique<text::Tokenizer>(must(text::Tokenizer::load(folder)));
  learner.chat = std::make_unique<text::ChatTemplate>(must(text::ChatTemplate::load(folder)));
  const auto read =
      forEachLine(folder / "train.jsonl", [&](std::string_view line, std::size_t number) -> Status {
        WORDSIGHT_TRY(const Json json, parseJson(line, "train.jsonl"));
        TrainingExample example;
        example.id = "train.jsonl:" + std::to_string(number);
        WORDSIGHT_TRY(example.messages, messagesFromJson(json.at("messages"), example.id));
        learner.data.train.push_back(std::move(example));
        return {};
      });
  if (!read) throw std::runtime_error(read.error().message);
  learner.spec = must(trainSpecFromJson(must(readJsonFile(folder / "spec.json")), "spec.json"));
  learner.spec.lora.init.clear();
  if (dtype == torch::kBFloat16) learner.spec.precision = Precision::BF16;
  return learner;
}

void Learner::freshModel() {
  tiny =
      Tiny::load("qwen2", spec.precision == Precision::BF16 ? torch::kBFloat16 : torch::kFloat32);
}

TrainInput Learner::input(const std::filesystem::path& out,
                          const std::filesystem::path& resume) const {
  return {*tiny.model, *tokenizer, *chat, data, out, "tiny", resume, 0};
}

TrainingData scenarioData(int count) {
  TrainingData data;
  DecisionPrompt prompt;
  prompt.name = "test";
  prompt.question = "What is best?";
  prompt.caption = "Situation: {situation}\nQuestion: {question}\n{options}";
  prompt.image = "{image}Question: {question}\n{options}";
  prompt.blind = "Question: {question}\n{options}";
  prompt.answer = "{letter}. {option} {rationale}";
  prompt.answerNoRationale = "{letter}. {option}";
  prompt.hash = "hash of the wording";
  for (int i = 0; i < count; ++i) {
    TrainingExample example;
    example.id = "rev " + std::to_string(i + 1);
    ScenarioContent scenario;
    scenario.situation = "Case " + std::to_string(i) + ": smoke rises from a bin.";
    scenario.options = {"Call for help.", "Walk on.", "Open the lid.", "Wait."};
    scenario.key = i % 4;
    scenario.rationale = "It is the safest.";
    example.messages = renderQuestion(prompt, scenario, Arm::Caption);
    example.messages.push_back(Message::text("assistant", renderAnswer(prompt, scenario)));
    example.scenario = scenario;
    data.train.push_back(std::move(example));
  }
  data.prompt = prompt;
  return data;
}

FullDisk::FullDisk(std::uint64_t bytes) : m_before{}, m_signal(std::signal(SIGXFSZ, SIG_IGN)) {
  ::getrlimit(RLIMIT_FSIZE, &m_before);
  const struct rlimit limit = {bytes, m_before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

FullDisk::~FullDisk() {
  ::setrlimit(RLIMIT_FSIZE, &m_before);
  std::signal(SIGXFSZ, m_signal);
}

double lossAndGradient(const neural::LanguageModel& model, AdamW& optimizer,
                       const std::vector<TokenSample>& samples, std::int64_t microTokens,
                       double choiceWeight, bool recompute) {
  std::vector<std::int64_t> lengths;
  double weights = 0;
  for (const auto& sample : samples) {
    lengths.push_back(sample.length());
    weights += sample.weightSum(choiceWeight);
  }
  const auto positions = textPositions(model, 256);
  optimizer.zeroGradients();
  double sum = 0;
  for (const auto& chosen : planPacks(lengths, microTokens)) {
    const auto pack = makePack(samples, chosen, positions, choiceWeight);
    const auto rows =
        model.forward(model.embed(pack.ids_T), pack.layout, nullptr, recompute, pack.wanted_N);
    const auto loss = chunkedLoss(model, rows, pack.targets_N, pack.weights_N, weights, true);
    rows.backward(loss.gradient_ND);
    sum += loss.sum;
  }
  optimizer.clipGradients(0);
  return sum / weights;
}

}  // namespace wordsight::train::test
