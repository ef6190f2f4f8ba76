// Started by kill_test.cpp: appends to a project from two threads, and writes a line for everything
// that was kept, until it is killed. Usage: store_writer PROJECT ROUND   or   store_writer --create
// PROJECT

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>

#include "store/benchmark_repository.h"
#include "store/metric_repository.h"
#include "store/prediction_repository.h"
#include "store/project.h"
#include "store/run_repository.h"
#include "store/scenario_repository.h"

using namespace wordsight;
using namespace wordsight::store;

namespace {

std::mutex g_output;

void say(const std::string& line) {
  const std::lock_guard lock(g_output);
  const std::string text = line + "\n";
  if (::write(STDOUT_FILENO, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
    std::_Exit(3);
}

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "store_writer: %s\n", result.error().message.c_str());
    std::_Exit(2);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// Training: batches of points.
void train(const Project& project, RunId run) {
  const auto connection = must(project.connect());
  MetricRepository metrics(*connection);
  for (std::int64_t step = 0;; step += 20) {
    std::vector<MetricPoint> points;
    for (int i = 0; i < 20; ++i) points.push_back({"loss", step + i, 0, 0, 0, double(step + i)});
    must(metrics.appendMany(run, points));
    say("points " + std::to_string(step + 20));
  }
}

/// Import and evaluation: scenarios, decisions, answers.
void importAndEvaluate(const Project& project, RunId run, const std::string& round) {
  const auto connection = must(project.connect());
  ScenarioRepository scenarios(*connection);
  PredictionRepository predictions(*connection);
  std::vector<BenchmarkItem> items;
  for (const auto& benchmark : must(BenchmarkRepository(*connection).list()))
    items = must(BenchmarkRepository(*connection).items(benchmark.id));
  for (int i = 0;; ++i) {
    std::vector<NewScenario> many;
    const int size = i % 10 == 9 ? 400 : 3;
    for (int k = 0; k < size; ++k) {
      NewScenario made;
      made.content.situation =
          "Round " + round + " number " + std::to_string(i) + " part " + std::to_string(k);
      made.content.options = {"yes", "no"};
      made.provenance.source = round + ":" + std::to_string(i);
      many.push_back(std::move(made));
    }
    const auto ids = must(scenarios.addMany(many));
    say("import " + std::to_string(i) + " " + std::to_string(size));
    must(scenarios.setStatus(ids, ReviewStatus::Accepted, "person"));
    say("accept " + std::to_string(ids.front().value));
    if (static_cast<std::size_t>(i) >= items.size()) continue;
    Prediction prediction;
    prediction.run = run;
    prediction.item = items[static_cast<std::size_t>(i)].id;
    prediction.rawText = "answer " + std::to_string(i);
    must(predictions.append(prediction));
    say("answer " + std::to_string(prediction.item.value));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 1;
  if (std::string(argv[1]) == "--create") {
    say("ready");
    must(Project::create(argv[2]));
    say("created");
    return 0;
  }
  const auto project = Project::open(argv[1], OpenMode::ReadWrite);
  if (!project) {
    std::fprintf(stderr, "store_writer: %s\n", project.error().message.c_str());
    return 2;
  }
  const auto connection = must(project->connect());
  RunRepository runs(*connection);
  Run run;
  run.kind = RunKind::Training;
  const auto id = must(runs.create(run));
  must(runs.start(id));
  say("run " + std::to_string(id.value));
  std::thread trainer([&] { train(*project, id); });
  importAndEvaluate(*project, id, argv[2]);
}
