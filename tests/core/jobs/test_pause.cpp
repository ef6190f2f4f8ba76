#include <atomic>
#include <condition_variable>
#include <thread>

#include "job_test.h"
#include "jobs/data_jobs.h"
#include "jobs/model_jobs.h"
#include "jobs/queue.h"
#include "store/checkpoint_repository.h"
#include "store/metric_repository.h"
#include "store/scenario_repository.h"

namespace wordsight::jobs {
namespace {

using namespace std::chrono_literals;

TEST(PauseGateTest, HoldsUntilResumedOrStopped) {
  PauseGate gate;
  gate.wait({});  // open: returns at once
  gate.pause();
  EXPECT_TRUE(gate.paused());
  std::atomic<int> passed = 0;
  std::stop_source stop;
  std::jthread first([&] {
    gate.wait({});
    ++passed;
  });
  std::jthread second([&] {
    gate.wait(stop.get_token());
    ++passed;
  });
  std::this_thread::sleep_for(20ms);
  EXPECT_EQ(passed, 0);
  stop.request_stop();
  second.join();
  EXPECT_EQ(passed, 1);
  gate.resume();
  first.join();
  EXPECT_EQ(passed, 2);
}

using Pausing = test::JobTest;

TEST_F(Pausing, TheQueueTellsNumbersRunsAndPauses) {
  std::mutex mutex;
  std::vector<std::pair<JobNumber, Event>> events;
  std::atomic<int> rounds = 0;
  JobQueue queue(m_project, [&](JobNumber number, const Event& event) {
    const std::lock_guard lock(mutex);
    events.emplace_back(number, event);
  });
  wordsight::Run row;
  row.kind = RunKind::Check;
  row.name = "rounds";
  const JobFunction job = [&](const JobContext& context) {
    return runJob(context, row, {}, [&](RunScope& scope) -> Status {
      for (; rounds < 1'000'000; ++rounds) {
        scope.waitWhilePaused("after round " + std::to_string(rounds));
        if (scope.stopRequested()) return fail("Stopped.", ErrorKind::Cancelled);
        std::this_thread::sleep_for(1ms);
      }
      return {};
    });
  };
  const auto first = queue.submit("cpu", "first", job);
  const auto second = queue.submit("cpu", "second", [](const JobContext&) -> Result<JobOutcome> {
    throw std::runtime_error("no luck");
  });
  const auto logged = [&](const std::string& front) {
    const std::lock_guard lock(mutex);
    for (const auto& [number, event] : events)
      if (const auto* line = std::get_if<LogLine>(&event.what);
          line && line->text.starts_with(front))
        return number;
    return JobNumber(0);
  };
  while (rounds < 3) std::this_thread::sleep_for(1ms);
  EXPECT_TRUE(queue.pause(first));
  EXPECT_FALSE(queue.pause(99));
  while (!logged("Paused after round ")) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(logged("Paused after round "), first);
  const int stands = rounds;
  auto jobs = queue.jobs();
  ASSERT_EQ(jobs.size(), 2u);
  EXPECT_EQ(jobs[0].label, "first");
  EXPECT_EQ(jobs[0].lane, "cpu");
  EXPECT_TRUE(jobs[0].running && jobs[0].paused);
  EXPECT_TRUE(jobs[0].run) << "the run is known from its first event on";
  EXPECT_EQ(jobs[1].number, second);
  EXPECT_FALSE(jobs[1].paused || jobs[1].running);
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(rounds, stands);
  EXPECT_TRUE(queue.resume(first));
  while (rounds < stands + 3) std::this_thread::sleep_for(1ms);
  EXPECT_TRUE(logged("Resumed."));
  queue.pause(first);
  EXPECT_TRUE(queue.cancel(first)) << "a stop ends the pause";
  queue.waitIdle();
  EXPECT_TRUE(queue.jobs().empty());
  EXPECT_EQ(run(jobs[0].run).status, RunStatus::Cancelled);
}

/// A project with a dataset, and a gate that another thread opens or a stop passes.
class PausedTraining : public test::JobTest {
 protected:
  PausedTraining() {
    SynthesisSpec synthesis;
    synthesis.count = 60;
    EXPECT_OK(synthesize(context(), synthesis));
    FreezeSpec freeze;
    freeze.name = "d";
    EXPECT_OK(freezeDataset(context(), freeze));
    m_events.clear();
  }
  TrainingSpec spec(const std::string& out) const {
    TrainingSpec spec;
    spec.model = (test::sourceDir() / "resources/demo/model").string();
    spec.dataset = "d";
    spec.prompt = "demo";
    spec.out = (m_folder / out).string();
    spec.threads = 1;
    spec.train.maxSteps = 6;
    spec.train.batch.samples = 4;
    spec.train.lora.rank = 4;
    spec.train.shuffleOptions = true;
    spec.train.evalEvery = spec.train.probeEvery = spec.train.saveEvery = 0;
    return spec;
  }
  JobContext pausable() {
    auto with = context();
    with.pause = m_gate;
    return with;
  }
  std::vector<MetricPoint> points(RunId id, const std::string& name) {
    const auto connection = m_project.connect().value();
    return store::MetricRepository(*connection).series(id, name).value();
  }
  std::vector<double> losses(RunId id) {
    std::vector<double> values;
    for (const auto& point : points(id, "loss")) values.push_back(point.value);
    return values;
  }
  bool logged(const std::string& text) const {
    return std::any_of(m_events.begin(), m_events.end(), [&](const Event& event) {
      const auto* line = std::get_if<LogLine>(&event.what);
      return line && line->text == text;
    });
  }
  std::shared_ptr<PauseGate> m_gate = std::make_shared<PauseGate>();
};

TEST_F(PausedTraining, ChangesNothingAndIsNoPartOfTheTime) {
  const auto unbroken = trainAdapter(context(), spec("a"));
  ASSERT_OK(unbroken);
  m_events.clear();
  static constexpr double kPause = 1.5;
  std::jthread opener;
  m_onEvent = [&](const Event& event) {
    if (const auto* step = std::get_if<StepMetrics>(&event.what); step && step->step == 3)
      m_gate->pause();
    if (const auto* line = std::get_if<LogLine>(&event.what);
        line && line->text == "Paused after step 3.")
      opener = std::jthread([this] {
        std::this_thread::sleep_for(std::chrono::duration<double>(kPause));
        m_gate->resume();
      });
  };
  const Stopwatch watch;
  const auto paused = trainAdapter(pausable(), spec("b"));
  const double wall = watch.seconds();
  ASSERT_OK(paused);
  EXPECT_TRUE(logged("Paused after step 3."));
  EXPECT_TRUE(logged("Resumed."));
  EXPECT_EQ(losses(paused->run), losses(unbroken->run));
  EXPECT_GE(paused->summary["paused_seconds"].get<double>(), kPause);
  EXPECT_LE(paused->summary["seconds"].get<double>(), wall - kPause + 0.01);
  const auto last = points(paused->run, "loss").back();
  EXPECT_LE(last.seconds, wall - kPause + 0.01);
  for (const auto& point : points(paused->run, "tokens_per_s"))
    EXPECT_GT(point.value, 4 * 50 / kPause) << "a step of a second and a half would be slower";
}

TEST_F(PausedTraining, AStopWhilePausedLeavesACheckpointAndGoesOnBitForBit) {
  const auto unbroken = trainAdapter(context(), spec("a"));
  ASSERT_OK(unbroken);
  m_onEvent = [&](const Event& event) {
    if (const auto* step = std::get_if<StepMetrics>(&event.what); step && step->step == 2)
      m_gate->pause();
    if (const auto* line = std::get_if<LogLine>(&event.what);
        line && line->text == "Paused after step 2.")
      m_stop.request_stop();
  };
  const auto stopped = trainAdapter(pausable(), spec("b"));
  m_onEvent = {};
  ASSERT_OK(stopped);
  EXPECT_EQ(stopped->status, RunStatus::Cancelled);
  EXPECT_FALSE(logged("Resumed."));
  const auto connection = m_project.connect().value();
  const auto checkpoint = store::CheckpointRepository(*connection).newest(stopped->run).value();
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->step, 2);
  m_stop = std::stop_source();
  m_gate->resume();
  const auto resumed = trainAdapter(pausable(), {}, stopped->run);
  ASSERT_OK(resumed);
  EXPECT_EQ(losses(resumed->run), losses(unbroken->run));
}

TEST_F(PausedTraining, EvaluationAndSynthesisWaitToo) {
  BenchmarkSpec benchmark;
  benchmark.name = "demo";
  benchmark.annotations = (test::sourceDir() / "resources/demo/test_items.json").string();
  ASSERT_OK(importBenchmark(context(), benchmark));
  const auto pauseOnce = [&](auto matches) {
    m_events.clear();
    m_onEvent = [this, matches, done = false](const Event& event) mutable {
      if (!done && matches(event)) {
        done = true;
        m_gate->pause();
      }
      if (const auto* line = std::get_if<LogLine>(&event.what);
          line && line->text.starts_with("Paused after "))
        m_gate->resume();
    };
  };
  pauseOnce([](const Event& event) { return std::holds_alternative<Tally>(event.what); });
  EvaluationSpec evaluation;
  evaluation.model = spec("x").model;
  evaluation.benchmark = evaluation.prompt = "demo";
  evaluation.limit = 12;
  evaluation.batch = 5;
  evaluation.threads = 1;
  ASSERT_OK(evaluate(pausable(), evaluation));
  EXPECT_TRUE(logged("Paused after 5 answers."));
  EXPECT_TRUE(logged("Resumed."));

  pauseOnce([](const Event& event) { return std::holds_alternative<Progress>(event.what); });
  SynthesisSpec synthesis;
  synthesis.count = 30;
  synthesis.seed = 5;
  const auto made = synthesize(pausable(), synthesis);
  ASSERT_OK(made);
  EXPECT_EQ(made->summary["items"], 30);
  EXPECT_TRUE(logged("Resumed."));
}

}  // namespace
}  // namespace wordsight::jobs
