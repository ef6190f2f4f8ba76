// Times of the neural layer: a training step (forward, loss on a quarter of the rows, backward),
// letter log-probabilities and decoding. bench_neural [--model DIR] [--demo DIR] [--dtype f32|bf16]
// [--steps N]. Needs no data. With --prompts FILE (token ids, a prompt a line) instead: letters on
// these prompts and decoding after the first, a line "RESULT NAME NUMBER" each, for
// beside_transformers.py; --clock cpu counts the process's own seconds.
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "base/random.h"
#include "neural/generate.h"
#include "neural/kv_cache.h"
#include "neural/model.h"

namespace {

using namespace wordsight;
using namespace wordsight::neural;

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// CPU seconds of the process: what is left to compare when other work shares the cores.
double cpu() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

struct Work {
  std::string name;
  int sequences;
  std::int64_t shortest, longest;  // tokens
  bool recompute;
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Prompt randomPrompt(const LanguageModel& model, std::int64_t length, Random& random) {
  Prompt prompt;
  const auto most =
      static_cast<std::uint64_t>(std::min<std::int64_t>(model.info().vocabulary, 1300));
  for (std::int64_t i = 0; i < length; ++i)
    prompt.ids.push_back(static_cast<std::int64_t>(random.below(most)));
  return prompt;
}

void trainStep(LanguageModel& model, const Work& work, int steps) {
  LoraSpec spec;
  spec.rank = 16;
  spec.targets = {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"};
  if (const auto status = model.attachLora(spec, 1); !status) {
    std::cerr << status.error().message << "\n";
    return;
  }
  Random random(1);
  std::vector<double> walls, cpus;
  double tokens = 0;
  for (int step = 0; step < steps; ++step) {
    std::vector<std::int64_t> ids, lengths, rows, targets;
    std::vector<torch::Tensor> positions;
    for (int i = 0; i < work.sequences; ++i) {
      const auto length =
          work.shortest + static_cast<std::int64_t>(random.below(
                              static_cast<std::uint64_t>(work.longest - work.shortest + 1)));
      const auto prompt = randomPrompt(model, length, random);
      for (std::int64_t k = length * 3 / 4; k < length; ++k) {
        rows.push_back(static_cast<std::int64_t>(ids.size()) + k);
        targets.push_back(prompt.ids[static_cast<std::size_t>(k)]);
      }
      positions.push_back(model.positionsOf(prompt.ids, {}).positions);
      ids.insert(ids.end(), prompt.ids.begin(), prompt.ids.end());
      lengths.push_back(length);
    }
    const double wall = now(), used = cpu();
    const auto hidden = model.forward(model.embed(torch::tensor(ids, torch::kInt64)),
                                      {torch::cat(positions, -1), lengths}, nullptr, work.recompute,
                                      torch::tensor(rows, torch::kInt64));
    const auto logits = model.head(hidden);
    torch::nn::functional::cross_entropy(logits.to(torch::kFloat32),
                                         torch::tensor(targets, torch::kInt64))
        .backward();
    for (auto& [name, tensor] : model.loraParameters()) tensor.mutable_grad() = torch::Tensor();
    if (step > 0) {
      walls.push_back(now() - wall);
      cpus.push_back(cpu() - used);
      tokens += static_cast<double>(ids.size());
    }
  }
  tokens /= static_cast<double>(walls.size());
  std::cout << work.name << ": " << median(walls) << " s (best "
            << *std::min_element(walls.begin(), walls.end()) << ", cpu " << median(cpus)
            << ") a step, " << tokens / median(walls) << " tokens/s\n";
  model.detachLora();
}

void letters(const LanguageModel& model, std::int64_t length, int batch) {
  Random random(2);
  std::vector<double> walls;
  for (int i = 0; i < 4; ++i) {
    std::vector<Prompt> prompts;
    for (int k = 0; k < batch; ++k) prompts.push_back(randomPrompt(model, length + k % 13, random));
    const double wall = now();
    if (!nextTokenLogProbs(model, prompts, {65, 66, 67, 68, 69})) return;
    if (i > 0) walls.push_back(now() - wall);
  }
  std::cout << "letters, batch " << batch << " of " << length
            << " tokens: " << batch / median(walls) << " items/s\n";
}

void decode(const LanguageModel& model, int streams) {
  Random random(3);
  std::vector<Prompt> prompts;
  for (int k = 0; k < streams; ++k) prompts.push_back(randomPrompt(model, 60, random));
  Sampling sampling;
  sampling.maxTokens = 1;
  double wall = now();
  if (!generate(model, prompts, sampling)) return;
  const double first = now() - wall;
  sampling.maxTokens = 49;
  wall = now();
  if (!generate(model, prompts, sampling)) return;
  std::cout << "decoding, " << streams << " stream(s): " << 48 * streams / (now() - wall - first)
            << " tokens/s\n";
}

/// Prompts of a file: numbers with blanks between them, a prompt a line.
std::vector<Prompt> promptsOf(const std::string& file) {
  std::vector<Prompt> prompts;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::istringstream numbers(line);
    Prompt prompt;
    for (std::int64_t id = 0; numbers >> id;) prompt.ids.push_back(id);
    if (!prompt.ids.empty()) prompts.push_back(std::move(prompt));
  }
  return prompts;
}

int besideOthers(const std::string& folder, torch::ScalarType dtype, const std::string& file,
                 double (*clock)()) {
  const auto prompts = promptsOf(file);
  const double start = clock();
  const auto model = LanguageModel::load(folder, {dtype, false});
  if (!model || prompts.empty()) {
    std::cerr << (model ? file + " holds no prompts" : model.error().message) << "\n";
    return 1;
  }
  std::cout << "RESULT load_seconds " << clock() - start << "\n";
  const std::vector<std::int64_t> letters = {65, 66, 67, 68, 69};
  if (!nextTokenLogProbs(**model, {prompts.front()}, letters)) return 1;  // warm
  for (const std::size_t batch : {1, 8, 32}) {
    const double wall = clock();
    for (std::size_t at = 0; at < prompts.size(); at += batch) {
      const auto end = std::min(prompts.size(), at + batch);
      const std::vector<Prompt> group(prompts.begin() + static_cast<std::ptrdiff_t>(at),
                                      prompts.begin() + static_cast<std::ptrdiff_t>(end));
      if (!nextTokenLogProbs(**model, group, letters)) return 1;
    }
    std::cout << "RESULT letters_" << batch << " "
              << static_cast<double>(prompts.size()) / (clock() - wall) << "\n";
  }
  Sampling sampling;
  double times[2] = {0, 0};
  for (const int tokens : {1, 65}) {
    sampling.maxTokens = tokens;
    const double wall = clock();
    if (!generate(**model, {prompts.front()}, sampling)) return 1;
    times[tokens > 1] = clock() - wall;
  }
  std::cout << "RESULT decode_1 " << 64 / (times[1] - times[0]) << "\n";
  return 0;
}

void measure(const std::string& folder, torch::ScalarType dtype, const std::vector<Work>& works,
             int steps) {
  const double start = now();
  auto model = LanguageModel::load(folder, {dtype, false});
  if (!model) {
    std::cerr << model.error().message << "\n";
    return;
  }
  std::cout << folder << " (" << (dtype == torch::kFloat32 ? "float32" : "bfloat16") << ", "
            << at::get_num_threads() << " threads), loaded in " << now() - start << " s\n";
  for (const Work& work : works) trainStep(**model, work, steps);
  for (const int batch : {1, 8}) letters(**model, 160, batch);
  for (const int streams : {1, 4, 16}) decode(**model, streams);
}

}  // namespace

int main(int argc, char** argv) {
  std::string model, demo, prompts;
  bool byCpu = false;
  auto dtype = torch::kBFloat16;
  int steps = 8;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string option = argv[i], value = argv[i + 1];
    if (option == "--model") model = value;
    if (option == "--demo") demo = value;
    if (option == "--prompts") prompts = value;
    if (option == "--clock") byCpu = value == "cpu";
    if (option == "--dtype" && value == "f32") dtype = torch::kFloat32;
    if (option == "--steps") steps = std::max(2, std::atoi(value.c_str()));
  }
  if (!prompts.empty()) return besideOthers(model, dtype, prompts, byCpu ? cpu : now);
  if (!demo.empty())
    measure(
        demo, dtype,
        {{"16 x 110-150", 16, 110, 150, false}, {"16 x 110-150, recomputed", 16, 110, 150, true}},
        steps * 3);
  if (!model.empty())
    measure(model, dtype,
            {{"2 x 150-250, recomputed", 2, 150, 250, true},
             {"2 x 150-250", 2, 150, 250, false},
             {"8 x 150-250", 8, 150, 250, false}},
            steps);
  return 0;
}
