// kill -9 at any moment: the project opens, what was acknowledged is there, interrupted work goes
// on where it was.

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

#include "process.h"
#include "support.h"

namespace wordsight {
namespace {

struct World {
  test::TempFolder folder;
  std::string project, model;

  World() {
    project = (folder / "p.wordsight").string();
    model = (test::sourceDir() / "resources/demo/model").string();
    ok({"init", project});
    ok({"bench", project, "demo", "--annotations",
        (test::sourceDir() / "resources/demo/test_items.json").string(), "--images",
        (test::sourceDir() / "resources/demo/pictures").string()});
    ok({"synth", project, "--generator", "demo", "--count", "120", "--seed", "3"});
    ok({"freeze", project, "--name", "d", "--split", "train=1"});
  }
  static Json ok(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin() + 1, "--json");
    const auto result = test::runCli(arguments);
    EXPECT_EQ(result.status, 0) << result.last() << result.errors;
    return result.last();
  }
  /// The newest run of a kind, as `runs show` tells it.
  Json newest(const std::string& kind) const {
    const auto list = test::runCli({"runs", "--json", project, "list", "--kind", kind});
    EXPECT_EQ(list.status, 0) << list.errors;
    const Json row = *parseJson(list.lines.at(0), "row");
    const auto show = test::runCli({"runs", "--json", project, "show", row["run"].dump()});
    return *parseJson(show.lines.at(0), "run");
  }
  Json curve(const std::string& run, const std::string& name) const {
    const auto out = folder / ("run" + run + ".json");
    ok({"runs", project, "export", run, "--overwrite", "--out", out.string()});
    const auto json = readJsonFile(out);
    EXPECT_OK(json);
    return (*json)["metrics"][name]["points"];
  }
  std::vector<double> losses(const std::string& run) const {
    std::vector<double> values;
    for (const auto& point : curve(run, "loss")) values.push_back(point[4].get<double>());
    return values;
  }
};

TEST(Kill, TrainingLosesNothingAndResumesBitForBit) {
  const World world;
  const std::vector<std::string> train = {"train",
                                          "--json",
                                          world.project,
                                          "--model",
                                          world.model,
                                          "--dataset",
                                          "d",
                                          "--prompt",
                                          "demo",
                                          "--max-steps",
                                          "24",
                                          "--batch",
                                          "8",
                                          "--lora-rank",
                                          "4",
                                          "--save-every",
                                          "5",
                                          "--shuffle-options",
                                          "--lora-dropout",
                                          "0.1"};
  const auto unbroken = test::runCli(train);
  ASSERT_EQ(unbroken.status, 0) << unbroken.errors;
  const std::string first = unbroken.last()["run"].dump();

  std::int64_t acknowledged = 0;
  {
    test::Cli killed(train);
    while (acknowledged < 13) {
      const auto step = killed.event("step");
      ASSERT_TRUE(step) << killed.errors();
      acknowledged = (*step)["step"].get<std::int64_t>();
    }
    killed.kill(SIGKILL);
    EXPECT_EQ(killed.wait(), 128 + SIGKILL);
  }
  const Json broken = world.newest("training");
  EXPECT_GE(broken["metrics"]["loss"]["points"].get<std::int64_t>(), acknowledged)
      << "an acknowledged step is gone";
  const std::string second = broken["run"].dump();
  ASSERT_NE(first, second);

  const auto resumed = test::runCli({"train", "--json", world.project, "--resume", second});
  ASSERT_EQ(resumed.status, 0) << resumed.errors << resumed.last();
  EXPECT_EQ(resumed.last()["steps"], 24);
  EXPECT_EQ(world.newest("training")["status"], "done");
  EXPECT_EQ(world.losses(first), world.losses(second)) << "resuming changed the run";
  const auto points = [&](const std::string& run) { return world.curve(run, "lr").size(); };
  EXPECT_EQ(points(first), 24u);
  EXPECT_EQ(points(second), 24u) << "repeated steps stand twice";
}

TEST(Kill, WhatAResumedRunWentBackOverIsNotShown) {
  const World world;
  const std::vector<std::string> train = {
      "train", "--json",      world.project, "--model",      world.model, "--dataset",
      "d",     "--prompt",    "demo",        "--max-steps",  "1000",      "--batch",
      "4",     "--lora-rank", "4",           "--save-every", "5"};
  const auto killAt = [](test::Cli& cli, std::int64_t step, int signal) {
    for (std::int64_t done = 0; done < step;) {
      const auto event = cli.event("step");
      ASSERT_TRUE(event) << cli.errors();
      done = (*event)["step"].get<std::int64_t>();
    }
    cli.kill(signal);
    cli.wait();
  };
  {
    test::Cli killed(train);
    killAt(killed, 9, SIGKILL);
  }
  const std::string run = world.newest("training")["run"].dump();
  EXPECT_GE(world.losses(run).size(), 9u);
  {
    test::Cli resumed({"train", "--json", world.project, "--resume", run});
    killAt(resumed, 6, SIGKILL);
  }
  // Only what the resumed attempt and its checkpoint say, and each step once.
  const auto curve = world.curve(run, "loss");
  std::vector<std::int64_t> steps;
  for (const auto& point : curve) steps.push_back(point[0].get<std::int64_t>());
  EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));
  EXPECT_EQ(std::adjacent_find(steps.begin(), steps.end()), steps.end());
  EXPECT_EQ(steps.front(), 1);
  EXPECT_EQ(steps.back(), static_cast<std::int64_t>(steps.size()));
}

TEST(TwoProcesses, DoNotTrainIntoOneFolder) {
  const World world;
  const auto out = (world.folder / "adapter").string();
  const auto train = [&](const std::string& steps) {
    return std::vector<std::string>{
        "train", "--json",      world.project, "--model",      world.model, "--dataset",
        "d",     "--prompt",    "demo",        "--max-steps",  steps,       "--batch",
        "2",     "--lora-rank", "2",           "--save-every", "1000000",   "--out",
        out};
  };
  test::Cli first(train("100000"));
  ASSERT_TRUE(first.event("step")) << first.errors();
  const auto second = test::runCli(train("2"));
  EXPECT_EQ(second.status, 1);
  EXPECT_NE(second.last()["error"].get<std::string>().find("Another training is writing into"),
            std::string::npos)
      << second.last();
  first.kill(SIGKILL);
  first.wait();
  const auto third = test::runCli(train("2"));  // the lock went with its owner
  EXPECT_EQ(third.status, 0) << third.last();
  const auto fourth = test::runCli(train("3"));
  EXPECT_EQ(fourth.status, 1);
  EXPECT_NE(fourth.last()["error"].get<std::string>().find("nothing is overwritten"),
            std::string::npos)
      << fourth.last();
  EXPECT_EQ(world.newest("training")["status"], "done") << "a refused name leaves no run behind";
}

TEST(TwoProcesses, OneOfTwoDemosSaysThatTheOtherIsAtWork) {
  const test::TempFolder folder;
  const auto file = (folder / "new/demo.wordsight").string();
  const std::vector<std::string> demo = {"demo",      "--json", "--project",   file,
                                         "--steps",   "100000", "--scenarios", "60",
                                         "--threads", "1"};
  test::Cli first(demo), second(demo);
  // One of them ends at once, the other one is at work.
  const auto finished = [](test::Cli& cli) {
    const auto event = cli.event("finished");
    return event ? event->value("error", std::string()) : std::string("nothing");
  };
  std::string lost;
  std::thread waiting([&] { lost = finished(first); });
  const std::string other = [&] {
    std::string text;
    std::thread reading([&] { text = finished(second); });
    std::this_thread::sleep_for(std::chrono::seconds(6));
    first.kill(SIGINT);
    second.kill(SIGINT);
    reading.join();
    return text;
  }();
  waiting.join();
  const bool firstLost = lost.find("Another demo is writing") != std::string::npos;
  const bool secondLost = other.find("Another demo is writing") != std::string::npos;
  EXPECT_NE(firstLost, secondLost) << lost << "\n" << other;
  const auto list = test::runCli({"runs", "--json", file, "list", "--kind", "synthesis"});
  EXPECT_EQ(list.status, 0) << list.errors;
  EXPECT_EQ(list.last()["count"], 1) << "they did not both fill it";
}

TEST(Kill, EvaluationGoesOnWhereItWas) {
  const World world;
  const std::vector<std::string> eval = {"eval",      "--json",      world.project, "--model",
                                         world.model, "--benchmark", "demo",        "--prompt",
                                         "demo",      "--arm",       "image",       "--precision",
                                         "f32",       "--batch",     "10"};
  std::int64_t acknowledged = 0;
  {
    test::Cli killed(eval);
    while (acknowledged < 60) {
      const auto tally = killed.event("tally");
      ASSERT_TRUE(tally) << killed.errors();
      acknowledged = (*tally)["n"].get<std::int64_t>();
    }
    killed.kill(SIGKILL);
    killed.wait();
  }
  const std::string run = world.newest("evaluation")["run"].dump();
  test::Cli resumed({"eval", "--json", world.project, "--resume", run});
  const auto firstTally = resumed.event("tally");
  ASSERT_TRUE(firstTally) << resumed.errors();
  EXPECT_GE((*firstTally)["n"].get<std::int64_t>(), acknowledged + 10)
      << "answers were asked for again";
  const auto finished = resumed.event("finished");
  ASSERT_TRUE(finished);
  EXPECT_EQ(resumed.wait(), 0) << resumed.errors();
  EXPECT_EQ((*finished)["n"], 300);
  const Json unbroken =
      World::ok({eval[0], world.project, "--model", world.model, "--benchmark", "demo", "--prompt",
                 "demo", "--arm", "image", "--precision", "f32", "--batch", "10"});
  EXPECT_EQ((*finished)["right"], unbroken["right"]);
}

TEST(Kill, ImportIsAllOrNothing) {
  const World world;
  const auto file = world.folder / "many.jsonl";
  constexpr int kLines = 30'000;
  {
    std::ofstream out(file);
    for (int i = 0; i < kLines; ++i)
      out << R"({"situation":"Somebody number )" << i
          << R"( slips.","options":["Help.","Film it.","Walk on."],"answer":"A","rationale":"r"})"
          << "\n";
  }
  const auto count = [&] {
    const auto result =
        test::runCli({"scenarios", "--json", world.project, "list", "--limit", "1"});
    EXPECT_EQ(result.status, 0) << result.last() << result.errors;
    return result.last().value("count", -1);
  };
  ASSERT_EQ(count(), 120);
  for (const int milliseconds : {60, 250, 600}) {
    test::Cli killed({"import", "--json", world.project, file.string()});
    ::usleep(static_cast<useconds_t>(milliseconds) * 1000);
    killed.kill(SIGKILL);
    const int status = killed.wait();
    const int now = count();
    EXPECT_TRUE(now == 120 || now == 120 + kLines) << now;
    if (status == 0) {
      EXPECT_EQ(now, 120 + kLines);
    }
  }
  const auto whole = World::ok({"import", world.project, file.string()});
  EXPECT_EQ(count(), 120 + kLines);
  EXPECT_EQ(whole["imported"].get<int>() + whole["already_there"].get<int>(), kLines);
}

TEST(Interrupt, CtrlCStopsWithACheckpoint) {
  const World world;
  test::Cli training({"train", "--json", world.project, "--model", world.model, "--dataset", "d",
                      "--prompt", "demo", "--max-steps", "100000", "--batch", "8", "--lora-rank",
                      "4"});
  ASSERT_TRUE(training.event("step")) << training.errors();
  training.kill(SIGINT);
  const auto finished = training.event("finished");
  ASSERT_TRUE(finished);
  EXPECT_EQ((*finished)["status"], "cancelled");
  EXPECT_NE((*finished)["error"].get<std::string>().find("--resume"), std::string::npos);
  EXPECT_EQ(training.wait(), 130);
  const Json run = world.newest("training");
  EXPECT_EQ(run["status"], "cancelled");
  EXPECT_FALSE(run["checkpoints"].empty());
}

TEST(TwoProcesses, WorkOnOneProject) {
  const World world;
  const auto eval = [&](const std::string& arm) {
    return std::vector<std::string>{"eval",      "--json",      world.project, "--model",
                                    world.model, "--benchmark", "demo",        "--prompt",
                                    "demo",      "--arm",       arm,           "--threads",
                                    "1"};
  };
  test::Cli first(eval("caption")), second(eval("image"));
  ASSERT_TRUE(first.event("finished")) << first.errors();
  ASSERT_TRUE(second.event("finished")) << second.errors();
  EXPECT_EQ(first.wait(), 0) << first.errors();
  EXPECT_EQ(second.wait(), 0) << second.errors();
  const Json compared = World::ok({"compare", world.project});
  EXPECT_EQ(compared["cells"].size(), 2u);
}

}  // namespace
}  // namespace wordsight
