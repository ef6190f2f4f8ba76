#include "train/trainer.h"

#include <torch/torch.h>

#include <optional>

#include "base/file.h"
#include "fixture.h"
#include "train/checkpoint.h"
#include "train/update_norms.h"

namespace wordsight::train {
namespace {

namespace fs = std::filesystem;

class Trainer : public ::testing::Test {
 protected:
  void SetUp() override {
    m_learner = test::Learner::make();
    m_learner.spec.batch.samples = 3;
    m_learner.spec.shuffle = true;
    m_learner.spec.maxSteps = 8;
  }
  TrainOutcome run(const fs::path& out, const fs::path& resume = {}, const TrainHooks& hooks = {}) {
    m_learner.freshModel();
    auto outcome = train(m_learner.spec, m_learner.input(out, resume), hooks, {});
    EXPECT_OK(outcome);
    return outcome ? *outcome : TrainOutcome{};
  }
  std::string failure(const fs::path& out, const fs::path& resume = {}) {
    m_learner.freshModel();
    const auto outcome = train(m_learner.spec, m_learner.input(out, resume), {}, {});
    EXPECT_FALSE(outcome);
    return outcome ? "" : outcome.error().message;
  }
  static std::string bytes(const fs::path& file) {
    const auto text = readFile(file);
    EXPECT_OK(text);
    return text ? *text : "";
  }

  wordsight::test::TempFolder m_folder;
  test::Learner m_learner;
};

TEST_F(Trainer, LearnsAndLeavesAnAdapterThatLoads) {
  m_learner.spec.maxSteps = 30;
  m_learner.spec.optimizer.lr = 1e-2;
  const auto outcome = run(m_folder / "out");
  EXPECT_EQ(outcome.steps, 30);
  EXPECT_EQ(outcome.samples, 90);
  EXPECT_EQ(outcome.losses.size(), 30U);
  EXPECT_LT(outcome.finalLoss, 0.7 * outcome.losses.front());
  EXPECT_EQ(outcome.updateNorms.size(), 4U);
  EXPECT_GT(outcome.updateNorms.at("layers.0"), 0);
  ASSERT_FALSE(outcome.hashesBefore.empty());
  EXPECT_EQ(outcome.hashesBefore, outcome.hashesAfter);

  const auto record = readJsonFile(m_folder / "out" / "wordsight.json");
  ASSERT_OK(record);
  EXPECT_EQ(record->at("steps"), 30);
  EXPECT_EQ(record->at("base_model"), "tiny");
  EXPECT_EQ(record->at("spec"), toJson(m_learner.spec));
  auto tuned = test::Tiny::load("qwen2");
  ASSERT_OK(tuned.model->loadLora(m_folder / "out"));
  EXPECT_EQ(tuned.model->moduleHashes(), outcome.hashesAfter);
  const auto ours = m_learner.tiny.model->loraParameters(), saved = tuned.model->loraParameters();
  ASSERT_EQ(ours.size(), saved.size());
  for (std::size_t i = 0; i < ours.size(); ++i)
    EXPECT_TRUE(torch::equal(ours[i].second, saved[i].second));
}

TEST_F(Trainer, UpdateNormIsThatOfTheProduct) {
  m_learner.spec.lora.rslora = true;
  const auto outcome = run(m_folder / "out");
  std::map<std::string, torch::Tensor> tensors;
  for (const auto& [name, tensor] : m_learner.tiny.model->loraParameters())
    tensors[name] = tensor.detach();
  double square = 0;
  for (const auto& [name, a] : tensors) {
    if (name.rfind("layers.2.", 0) != 0 || !name.ends_with("lora_A")) continue;
    const auto product =
        tensors.at(name.substr(0, name.size() - 1) + "B").mm(a) * (8.0 / std::sqrt(4.0));
    square += product.square().sum().item<double>();
  }
  EXPECT_NEAR(outcome.updateNorms.at("layers.2") / std::sqrt(square), 1, 1e-5);
}

TEST_F(Trainer, ModuleNormsAreThoseOfTheirProducts) {
  const std::map<std::string, std::string> targets = {
      {"q", "self_attn.q_proj"}, {"v", "self_attn.v_proj"}, {"down", "mlp.down_proj"}};
  m_learner.spec.lora.targets = {"down_proj", "v_proj", "q_proj"};
  const auto outcome = run(m_folder / "out");
  std::map<std::string, torch::Tensor> tensors;
  for (const auto& [name, tensor] : m_learner.tiny.model->loraParameters())
    tensors[name] = tensor.detach();
  const auto& norms = outcome.moduleNorms;
  EXPECT_EQ(norms.at("modules"), Json::parse(R"(["q", "v", "down"])"));
  ASSERT_EQ(norms.at("values").size(), outcome.updateNorms.size());
  for (std::size_t layer = 0; layer < norms.at("values").size(); ++layer) {
    double squares = 0;
    for (std::size_t column = 0; column < 3; ++column) {
      const auto name = "layers." + std::to_string(layer) + "." +
                        targets.at(norms.at("modules")[column].get<std::string>());
      const double scale = m_learner.spec.lora.alpha / m_learner.spec.lora.rank;
      const double direct = (tensors.at(name + ".lora_B").mm(tensors.at(name + ".lora_A")) * scale)
                                .norm()
                                .item<double>();
      const double told = norms.at("values")[layer][column].get<double>();
      ASSERT_GT(direct, 0) << name;
      EXPECT_NEAR(told / direct, 1, 6e-5) << name;  // five digits are kept
      squares += told * told;
    }
    const double whole = outcome.updateNorms.at("layers." + std::to_string(layer));
    EXPECT_NEAR(std::sqrt(squares) / whole, 1, 6e-5);
  }
  const auto record = readJsonFile(m_folder / "out" / "wordsight.json");
  ASSERT_OK(record);
  EXPECT_EQ(record->at("module_norms"), norms);
}

TEST(UpdateNorms, LayersWithoutAnAdapterStayEmpty) {
  const auto table = moduleNorms({{"layers.2.mlp.up_proj", 0.5},
                                  {"layers.0.self_attn.k_proj", 2.0},
                                  {"layers.x.mlp.up_proj", 1.0},
                                  {"head", 1.0}});
  EXPECT_EQ(table, Json::parse(R"({"modules": ["k", "up"],
                                   "values": [[2.0, null], [null, null], [null, 0.5]]})"));
  EXPECT_EQ(moduleNorms({}), Json::parse(R"({"modules": [], "values": []})"));
}

TEST_F(Trainer, TheSameSeedGivesTheSameBits) {
  const auto first = run(m_folder / "a"), second = run(m_folder / "b");
  EXPECT_EQ(first.losses, second.losses);
  EXPECT_EQ(bytes(m_folder / "a/adapter_model.safetensors"),
            bytes(m_folder / "b/adapter_model.safetensors"));
  m_learner.spec.seed = 2;
  EXPECT_NE(run(m_folder / "c").losses, first.losses);
}

TEST_F(Trainer, TheSameSeedGivesTheSameBitsInTwoThreads) {
  const auto inTwoThreads = [&](const char* name) {
    m_learner.freshModel();
    at::set_num_threads(2);
    const auto outcome = train(m_learner.spec, m_learner.input(m_folder / name), {}, {});
    at::set_num_threads(1);
    EXPECT_OK(outcome);
    return outcome ? outcome->losses : std::vector<double>{};
  };
  m_learner.spec.maxSteps = 4;
  const auto first = inTwoThreads("a");
  EXPECT_EQ(first.size(), 4U);
  EXPECT_EQ(inTwoThreads("b"), first);
}

TEST_F(Trainer, PackSizeDoesNotChangeTheLoss) {
  const auto whole = run(m_folder / "a");
  for (const int micro : {1, 150}) {
    m_learner.spec.batch.microTokens = micro;
    const auto packed = run(m_folder / ("b" + std::to_string(micro)));
    ASSERT_EQ(packed.losses.size(), whole.losses.size());
    // The first loss is of the same weights; later ones of weights that float32 rounding has made
    // differ a little.
    EXPECT_NEAR(packed.losses[0], whole.losses[0], 1e-6);
    for (std::size_t i = 0; i < whole.losses.size(); ++i)
      EXPECT_NEAR(packed.losses[i], whole.losses[i], 2e-4);
    EXPECT_EQ(packed.countedTokens, whole.countedTokens);
  }
}

void makeItHard(TrainSpec& spec) {
  spec.lora.dropout = 0.1;
  spec.shuffleOptions = true;
  spec.choiceWeight = 10;
  spec.schedule.kind = "cosine";
  spec.schedule.warmup = 2;
  spec.optimizer.weightDecay = 0.01;
}

TEST_F(Trainer, ResumedEqualsUnbrokenBitForBit) {
  for (const auto dtype : {torch::kFloat32, torch::kBFloat16}) {
    m_learner = test::Learner::make(dtype);
    m_learner.data = test::scenarioData(10);
    m_learner.spec.batch.samples = 3;
    m_learner.spec.maxSteps = 9;
    m_learner.spec.saveEvery = 2;
    makeItHard(m_learner.spec);
    const fs::path root = m_folder / (dtype == torch::kFloat32 ? "f32" : "bf16");
    const auto unbroken = run(root / "whole");
    for (const int step : {2, 6}) {
      const auto out = root / ("from" + std::to_string(step));
      const auto resumed = run(out, checkpointFolder(root / "whole", step));
      EXPECT_EQ(resumed.losses, unbroken.losses) << step;
      EXPECT_EQ(resumed.tokens, unbroken.tokens);
      EXPECT_EQ(bytes(out / "adapter_model.safetensors"),
                bytes(root / "whole/adapter_model.safetensors"))
          << step;
    }
  }
}

TEST_F(Trainer, CancelledAtEachStepThenResumedEqualsUnbroken) {
  makeItHard(m_learner.spec);
  m_learner.data = test::scenarioData(7);
  m_learner.spec.maxSteps = 4;
  m_learner.spec.batch.microTokens = 120;  // several packs a step
  const auto unbroken = run(m_folder / "whole");
  for (std::int64_t at = 1; at < 4; ++at) {
    const auto out = m_folder / ("cut" + std::to_string(at));
    m_learner.freshModel();
    std::stop_source stop;
    TrainHooks hooks;
    hooks.onStep = [&](const StepMetrics& metrics) {
      if (metrics.step == at) stop.request_stop();
    };
    const auto cut = train(m_learner.spec, m_learner.input(out), hooks, stop.get_token());
    ASSERT_OK(cut);
    EXPECT_TRUE(cut->cancelled);
    EXPECT_EQ(cut->steps, at);
    EXPECT_FALSE(fs::exists(out / "adapter_config.json"));
    const auto saved = listCheckpoints(out);
    ASSERT_EQ(saved.size(), 1U);
    EXPECT_EQ(run(out, saved.back()).losses, unbroken.losses);
    EXPECT_EQ(bytes(out / "adapter_model.safetensors"),
              bytes(m_folder / "whole/adapter_model.safetensors"));
  }
}

TEST_F(Trainer, CanBeCancelledFromEveryHookAndBeforeItBegins) {
  m_learner.data = test::scenarioData(6);
  m_learner.data.eval = m_learner.data.train;
  m_learner.data.probe = m_learner.data.train;
  m_learner.spec.evalEvery = m_learner.spec.probeEvery = m_learner.spec.saveEvery = 1;
  m_learner.spec.recompute = "on";
  for (int event = 0; event < 12; ++event) {
    m_learner.freshModel();
    std::stop_source stop;
    int seen = 0;
    const auto count = [&] {
      if (++seen == event) stop.request_stop();
    };
    TrainHooks hooks;
    hooks.onStep = [&](const StepMetrics&) { count(); };
    hooks.onEval = [&](const EvalMetrics&) { count(); };
    hooks.onSample = [&](const Sample&) { count(); };
    hooks.onCheckpoint = [&](const Checkpoint&) -> Status { return count(), Status{}; };
    if (event == 0) stop.request_stop();
    const auto out = m_folder / ("out" + std::to_string(event));
    const auto outcome = train(m_learner.spec, m_learner.input(out), hooks, stop.get_token());
    if (event == 0) {
      ASSERT_FALSE(outcome);
      EXPECT_EQ(outcome.error().kind, ErrorKind::Cancelled);
      continue;
    }
    ASSERT_OK(outcome);
    EXPECT_TRUE(outcome->cancelled) << event;
    const auto saved = listCheckpoints(out);
    ASSERT_FALSE(saved.empty());
    EXPECT_EQ(saved.back(), checkpointFolder(out, outcome->steps));
  }
}

TEST_F(Trainer, SaysWhatHappens) {
  m_learner.data = test::scenarioData(6);
  m_learner.data.eval = {m_learner.data.train[0]};
  m_learner.data.probe = {m_learner.data.train[1], m_learner.data.train[2]};
  m_learner.spec.maxSteps = 5;
  m_learner.spec.evalEvery = 2;
  m_learner.spec.probeEvery = 4;
  m_learner.spec.saveEvery = 2;
  std::vector<StepMetrics> steps;
  std::vector<EvalMetrics> evals;
  std::vector<Sample> samples;
  std::vector<Checkpoint> checkpoints;
  TrainHooks hooks;
  hooks.onStep = [&](const StepMetrics& m) { steps.push_back(m); };
  hooks.onEval = [&](const EvalMetrics& m) { evals.push_back(m); };
  hooks.onSample = [&](const Sample& s) { samples.push_back(s); };
  hooks.onCheckpoint = [&](const Checkpoint& c) -> Status {
    EXPECT_TRUE(fs::exists(fs::path(c.folder) / "state.json"));
    checkpoints.push_back(c);
    return {};
  };
  const auto outcome = run(m_folder / "out", {}, hooks);
  ASSERT_EQ(steps.size(), 5U);
  EXPECT_EQ(steps[4].step, 5);
  EXPECT_EQ(steps[4].totalSteps, 5);
  EXPECT_EQ(steps[4].samples, 15);
  EXPECT_EQ(steps[4].tokens, outcome.tokens);
  EXPECT_EQ(steps[4].loss, outcome.finalLoss);
  EXPECT_GT(steps[0].gradNorm, 0);
  EXPECT_GT(steps[0].tokensPerSecond, 0);
  EXPECT_GT(steps[0].memoryMiB, 1);
  std::vector<std::int64_t> evaluated, probed;
  for (const auto& eval : evals) {
    if (eval.evalLoss) evaluated.push_back(eval.step);
    if (eval.probeAccuracy) probed.push_back(eval.step);
  }
  EXPECT_EQ(evaluated, (std::vector<std::int64_t>{0, 2, 4, 5}));
  EXPECT_EQ(probed, (std::vector<std::int64_t>{0, 4, 5}));
  EXPECT_LT(*evals.back().evalLoss, *evals.front().evalLoss);
  ASSERT_EQ(checkpoints.size(), 2U);
  EXPECT_EQ(checkpoints[1].step, 4);
  EXPECT_EQ(checkpoints[1].evalLoss, evals[2].evalLoss);
  ASSERT_EQ(samples.size(), 2U + 3 * 2U);  // two of the first batch, two probe items three times
  EXPECT_NE(samples[0].text.find("⟦"), std::string::npos);
  EXPECT_EQ(samples.back().step, 5);
}

TEST_F(Trainer, KeepsOnlyTheNewestCheckpointsWhenAsked) {
  m_learner.spec.saveEvery = 1;
  m_learner.freshModel();
  auto input = m_learner.input(m_folder / "out");
  input.keepCheckpoints = 2;
  ASSERT_OK(train(m_learner.spec, input, {}, {}));
  const auto saved = listCheckpoints(m_folder / "out");
  ASSERT_EQ(saved.size(), 2U);
  EXPECT_EQ(saved.back(), checkpointFolder(m_folder / "out", 7));
}

TEST_F(Trainer, ALossThatIsNoNumberEndsTheRunAndNamesTheLastCheckpoint) {
  m_learner.spec.optimizer.lr = 1e30;
  m_learner.spec.saveEvery = 1;
  const auto message = failure(m_folder / "out");
  EXPECT_NE(message.find("step 2"), std::string::npos) << message;
  EXPECT_NE(message.find("lower optimizer.lr"), std::string::npos) << message;
  EXPECT_NE(message.find("step-000001"), std::string::npos) << message;
}

TEST_F(Trainer, AFullDiskCostsACheckpointNotTheRun) {
  m_learner.spec.saveEvery = 3;
  std::vector<std::string> warnings;
  std::string again;
  std::vector<std::int64_t> saved;
  std::optional<test::FullDisk> full;
  TrainHooks hooks;
  hooks.onLog = [&](const LogLine& line) {
    if (line.text.rfind("No checkpoint", 0) == 0) warnings.push_back(line.text);
    if (line.text.rfind("There is a checkpoint", 0) == 0) again = line.text;
  };
  hooks.onStep = [&](const StepMetrics& m) {
    if (m.step == 3) full.emplace(1000);
    if (m.step == 5) full.reset();
  };
  hooks.onCheckpoint = [&](const Checkpoint& checkpoint) -> Status {
    saved.push_back(checkpoint.step);
    return {};
  };
  EXPECT_EQ(run(m_folder / "out", {}, hooks).steps, 8);
  ASSERT_EQ(warnings.size(), 1U) << "no flood of them";
  EXPECT_NE(warnings[0].find("step 3"), std::string::npos);
  EXPECT_EQ(saved, (std::vector<std::int64_t>{5, 6})) << "as soon as there was room";
  EXPECT_EQ(again, "There is a checkpoint at step 5, after 2 tries that failed.");
  EXPECT_TRUE(fs::exists(m_folder / "out" / "adapter_config.json"));
}

TEST_F(Trainer, ADiskThatIsFullAtTheEndIsAnErrorThatNamesTheLastCheckpoint) {
  m_learner.spec.saveEvery = 3;
  m_learner.freshModel();
  std::optional<test::FullDisk> full;
  TrainHooks hooks;
  hooks.onStep = [&](const StepMetrics& m) {
    if (m.step == 8) full.emplace(1000);
  };
  auto input = m_learner.input(m_folder / "out");
  input.waitForRoom = 0.2;
  const auto outcome = train(m_learner.spec, input, hooks, {});
  full.reset();
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().message.find("step-000006"), std::string::npos)
      << outcome.error().message;
  EXPECT_NE(outcome.error().message.find("train --resume"), std::string::npos);
  EXPECT_FALSE(fs::exists(m_folder / "out" / "adapter_config.json"));
  EXPECT_EQ(run(m_folder / "out", checkpointFolder(m_folder / "out", 6)).steps, 8);
}

TEST_F(Trainer, ADiskThatWasFullAllTheTimeSaysSo) {
  m_learner.spec.saveEvery = 3;
  m_learner.freshModel();
  int warnings = 0;
  std::optional<test::FullDisk> full;
  TrainHooks hooks;
  hooks.onLog = [&](const LogLine& line) { warnings += line.level == LogLine::Level::Warning; };
  hooks.onStep = [&](const StepMetrics& m) {
    if (m.step != 1) return;
    warnings = 0;  // what was said before the first step
    full.emplace(1000);
  };
  auto input = m_learner.input(m_folder / "out");
  input.waitForRoom = 0.1;
  const auto outcome = train(m_learner.spec, input, hooks, {});
  full.reset();
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().message.find("neither could any checkpoint"), std::string::npos)
      << outcome.error().message;
  EXPECT_EQ(warnings, 2) << "one of checkpoints, one of the end";
}

TEST_F(Trainer, AFinishedAdapterWaitsForRoom) {
  m_learner.freshModel();
  std::optional<test::FullDisk> full;
  TrainHooks hooks;
  hooks.onStep = [&](const StepMetrics& m) {
    if (m.step == 8) full.emplace(1000);
  };
  hooks.onLog = [&](const LogLine& line) {  // somebody reads it and makes room
    if (line.text.rfind("The training is done, but", 0) == 0) full.reset();
  };
  auto input = m_learner.input(m_folder / "out");
  input.waitForRoom = 20;
  EXPECT_OK(train(m_learner.spec, input, hooks, {}));
  EXPECT_TRUE(fs::exists(m_folder / "out" / "adapter_config.json"));
}

TEST_F(Trainer, AnErrorOfTheStoreEndsTheRun) {
  m_learner.spec.saveEvery = 2;
  m_learner.freshModel();
  TrainHooks hooks;
  hooks.onCheckpoint = [](const Checkpoint&) -> Status {
    return fail("The project file is full.");
  };
  const auto outcome = train(m_learner.spec, m_learner.input(m_folder / "out"), hooks, {});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().message, "The project file is full.");
}

TEST_F(Trainer, RefusesWhatCannotWork) {
  const auto spec = m_learner.spec;
  const auto data = m_learner.data;
  m_learner.data.train.clear();
  EXPECT_NE(failure(m_folder / "out").find("nothing to train on"), std::string::npos);
  m_learner.data = data;
  m_learner.spec.maxSteps = 0;
  m_learner.spec.epochs = 0;
  EXPECT_NE(failure(m_folder / "out").find("no step"), std::string::npos);
  m_learner.spec = spec;
  m_learner.spec.schedule.kind = "zigzag";
  EXPECT_NE(failure(m_folder / "out").find("zigzag"), std::string::npos);
  m_learner.spec = spec;
  m_learner.spec.lora.targets = {"no_proj"};
  EXPECT_FALSE(failure(m_folder / "out").empty());
  m_learner.spec = spec;
  m_learner.data.train[2].messages.pop_back();
  EXPECT_NE(failure(m_folder / "out").find("train.jsonl:3"), std::string::npos);
  m_learner.data = data;
  EXPECT_NE(failure(m_folder / "out", m_folder / "nowhere").find("no checkpoint"),
            std::string::npos);
  m_learner.freshModel();  // in f32
  m_learner.spec.precision = Precision::BF16;
  const auto other = train(m_learner.spec, m_learner.input(m_folder / "out"), {}, {});
  ASSERT_FALSE(other);
  EXPECT_NE(other.error().message.find("precision"), std::string::npos);
  EXPECT_FALSE(fs::exists(m_folder / "out" / "adapter_config.json"));
}

TEST_F(Trainer, DoesNotMixTwoRunsInOneFolder) {
  m_learner.spec.saveEvery = 4;
  run(m_folder / "out");
  const auto adapter = bytes(m_folder / "out/adapter_model.safetensors");
  EXPECT_NE(failure(m_folder / "out").find("nothing is overwritten"), std::string::npos);
  // From its own checkpoint it may go on; from another folder's it may not write here.
  run(m_folder / "out", m_folder / "out/checkpoints/step-000004/");
  EXPECT_EQ(bytes(m_folder / "out/adapter_model.safetensors"), adapter);
  fs::rename(m_folder / "out/checkpoints", m_folder / "elsewhere");
  EXPECT_NE(failure(m_folder / "out").find("nothing is overwritten"), std::string::npos);
  EXPECT_NE(failure(m_folder / "out", m_folder / "elsewhere/step-000004").find("overwritten"),
            std::string::npos);
  fs::create_directories(m_folder / "third");
  fs::copy(m_folder / "elsewhere", m_folder / "third/checkpoints", fs::copy_options::recursive);
  EXPECT_NE(failure(m_folder / "third").find("earlier run"), std::string::npos);
}

TEST_F(Trainer, TwoAtOnceDoNotShareAFolder) {
  std::string said;
  TrainHooks hooks;
  hooks.onStep = [&](const StepMetrics& m) {
    if (m.step != 3) return;
    auto other = test::Learner::make();
    const auto outcome = train(m_learner.spec, other.input(m_folder / "out"), {}, {});
    if (!outcome && outcome.error().kind == ErrorKind::Busy) said = outcome.error().message;
  };
  EXPECT_EQ(run(m_folder / "out", {}, hooks).steps, 8);
  EXPECT_NE(said.find("Another training"), std::string::npos) << said;
  EXPECT_FALSE(fs::exists(m_folder / "out" / ".training.lock"));
}

}  // namespace
}  // namespace wordsight::train
