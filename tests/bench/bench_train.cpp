// How fast training is: bench_train --model DIR --scenarios FILE [--demo] …
// FILE: scenarios as JSON lines, or VIVA's annotation file. Prints one line a number of steps, and
// the total.
#include <torch/torch.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "base/file.h"
#include "base/time.h"
#include "domain/json.h"
#include "neural/model.h"
#include "train/trainer.h"

namespace {

using namespace wordsight;

int stopWith(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return 1;
}

Result<std::vector<ScenarioContent>> readScenarios(const std::filesystem::path& file) {
  std::vector<ScenarioContent> scenarios;
  const auto add = [&](const Json& json, const std::string& what) -> Status {
    WORDSIGHT_TRY(auto scenario, scenarioContentFromJson(json, what));
    if (scenario.key >= 0) scenarios.push_back(std::move(scenario));
    return {};
  };
  if (file.extension() == ".json") {
    WORDSIGHT_TRY(const auto text, readFile(file));
    int replaced = 0;
    WORDSIGHT_TRY(const Json json, parseJsonWithNaN(text, file.string(), &replaced));
    for (const auto& item : json) (void)add(item, file.string());  // items with faults are left out
    return scenarios;
  }
  WORDSIGHT_CHECK(forEachLine(file, [&](std::string_view line, std::size_t number) -> Status {
    WORDSIGHT_TRY(const Json json, parseJson(line, file.string() + ":" + std::to_string(number)));
    return add(json, file.string() + ":" + std::to_string(number));
  }));
  return scenarios;
}

TrainingData dataOf(const std::vector<ScenarioContent>& scenarios, const DecisionPrompt& prompt,
                    std::size_t probes) {
  TrainingData data;
  data.prompt = prompt;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    TrainingExample example;
    example.id = "scenario " + std::to_string(i + 1);
    example.messages = renderQuestion(prompt, scenarios[i], Arm::Caption);
    example.messages.push_back(Message::text("assistant", renderAnswer(prompt, scenarios[i])));
    example.scenario = scenarios[i];
    (i < scenarios.size() - probes ? data.train : data.probe).push_back(std::move(example));
  }
  return data;
}

/// The demo's setting: 675 steps of 16, r 32, alpha 32, lr 3e-3, letter weighted 10, new orders of
/// options.
TrainSpec demoSpec() {
  TrainSpec spec;
  spec.maxSteps = 675;
  spec.batch.samples = 16;
  spec.lora.rank = 32;
  spec.lora.alpha = 32;
  spec.optimizer.lr = 3e-3;
  spec.schedule.kind = "hold_linear";
  spec.schedule.warmup = 10;
  spec.shuffleOptions = true;
  spec.choiceWeight = 10;
  spec.evalEvery = spec.probeEvery = spec.saveEvery = 0;
  return spec;
}

Result<TrainSpec> specOf(const std::map<std::string, std::string>& options) {
  TrainSpec spec = demoSpec();
  if (!options.count("demo")) {
    WORDSIGHT_TRY(spec, trainSpecPreset("corrected"));
    spec.evalEvery = spec.probeEvery = spec.saveEvery = 0;
    spec.maxSteps = 5;
  }
  const auto number = [&](const char* name, auto& out) {
    if (const auto found = options.find(name); found != options.end())
      out = static_cast<std::decay_t<decltype(out)>>(std::atof(found->second.c_str()));
  };
  number("steps", spec.maxSteps);
  number("samples", spec.batch.samples);
  number("micro-tokens", spec.batch.microTokens);
  number("rank", spec.lora.rank);
  number("lr", spec.optimizer.lr);
  number("seed", spec.seed);
  number("probe-every", spec.probeEvery);
  if (options.count("f32")) spec.precision = Precision::F32;
  if (options.count("sequence")) spec.loss = "sequence";
  if (options.count("recompute")) spec.recompute = "on";
  return spec;
}

Status bench(const std::map<std::string, std::string>& options) {
  const auto option = [&](const char* name, const char* otherwise) {
    const auto found = options.find(name);
    return found == options.end() ? std::string(otherwise) : found->second;
  };
  if (const int threads = std::atoi(option("threads", "0").c_str()); threads > 0)
    at::set_num_threads(threads);
  WORDSIGHT_TRY(const auto spec, specOf(options));
  const std::filesystem::path folder = option("model", "");
  neural::LoadOptions load;
  load.dtype = spec.precision == Precision::BF16 ? torch::kBFloat16 : torch::kFloat32;
  load.vision = false;
  WORDSIGHT_TRY(const auto model, neural::LanguageModel::load(folder, load));
  WORDSIGHT_TRY(const auto tokenizer, text::Tokenizer::load(folder));
  WORDSIGHT_TRY(const auto chat, text::ChatTemplate::load(folder));
  const auto promptFile =
      option("prompt", options.count("demo") ? "resources/prompts/decision/demo.json"
                                             : "resources/prompts/decision/default.json");
  WORDSIGHT_TRY(const auto promptText, readFile(promptFile));
  WORDSIGHT_TRY(const auto prompt, decisionPromptFromJson(promptText, promptFile));
  WORDSIGHT_TRY(const auto scenarios, readScenarios(option("scenarios", "")));
  const auto data =
      dataOf(scenarios, prompt, static_cast<std::size_t>(std::atoi(option("probes", "0").c_str())));

  const std::filesystem::path out = option("out", "/tmp/wordsight-bench-train");
  std::filesystem::remove_all(out);
  train::TrainHooks hooks;
  const auto every = std::max<std::int64_t>(1, spec.maxSteps / 9);
  hooks.onStep = [&](const StepMetrics& m) {
    if (m.step % every == 0 || m.step == m.totalSteps)
      std::printf(
          "step %4lld  loss %.4f  norm %7.3f  lr %.2e  %6.0f tokens/s  %5.0f MiB  %6.1f s\n",
          static_cast<long long>(m.step), m.loss, m.gradNorm, m.lr, m.tokensPerSecond, m.memoryMiB,
          m.seconds);
  };
  hooks.onEval = [](const EvalMetrics& m) {
    if (m.probeAccuracy)
      std::printf("step %4lld  probe %.3f\n", static_cast<long long>(m.step), *m.probeAccuracy);
  };
  hooks.onSample = [&](const Sample& s) {
    if (options.count("samples-shown"))
      std::printf("--- %s (step %lld)\n%s\n", s.label.c_str(), static_cast<long long>(s.step),
                  s.text.c_str());
  };
  const Stopwatch clock;
  WORDSIGHT_TRY(
      const auto outcome,
      train::train(spec, {*model, tokenizer, chat, data, out, folder.string(), {}, 0}, hooks, {}));
  const double steps = static_cast<double>(outcome.steps);
  std::printf(
      "%lld steps in %.2f s (with start and end %.2f s): %.4f s/step, %.0f tokens/s, %.0f counted "
      "tokens/s, "
      "%.1f tokens a sample, last loss %.4f\n",
      static_cast<long long>(outcome.steps), outcome.seconds, clock.seconds(),
      outcome.seconds / steps, static_cast<double>(outcome.tokens) / outcome.seconds,
      static_cast<double>(outcome.countedTokens) / outcome.seconds,
      static_cast<double>(outcome.tokens) / static_cast<double>(outcome.samples),
      outcome.finalLoss);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  std::map<std::string, std::string> options;
  for (int i = 1; i < argc; ++i) {
    std::string name = argv[i];
    if (name.rfind("--", 0) != 0) return stopWith("Unknown argument '" + name + "'.");
    const bool value = i + 1 < argc && std::string(argv[i + 1]).rfind("--", 0) != 0;
    options[name.substr(2)] = value ? argv[++i] : "";
  }
  if (!options.count("model") || !options.count("scenarios"))
    return stopWith(
        "usage: bench_train --model DIR --scenarios FILE [--demo] [--steps N] [--samples N] "
        "[--rank R] "
        "[--lr X] [--seed S] [--threads N] [--micro-tokens N] [--f32] [--sequence] [--recompute] "
        "[--prompt FILE] [--probes N --probe-every N] [--samples-shown] [--out DIR]");
  const auto done = bench(options);
  return done ? 0 : stopWith(done.error().message);
}
