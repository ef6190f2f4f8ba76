#include "train/checkpoint.h"

#include <torch/torch.h>

#include <fstream>

#include "fixture.h"

namespace wordsight::train {
namespace {

namespace fs = std::filesystem;

class CheckpointTest : public ::testing::Test {
 protected:
  void SetUp() override {
    m_learner = test::Learner::make();
    ASSERT_OK(m_learner.tiny.model->attachLora({4, 8, false, 0, {"q_proj", "up_proj"}}, 1));
    m_optimizer =
        std::make_unique<AdamW>(m_learner.tiny.model->loraParameters(), TrainSpec::Optimizer{});
    m_identity = {toJson(m_learner.spec), "data", {{"language.layers.0", "hash"}}};
    for (int step = 0; step < 2; ++step) {
      m_optimizer->zeroGradients();
      for (std::size_t i = 0; i < m_optimizer->parameters().size(); ++i)
        m_optimizer->gradient(i).normal_();
      m_optimizer->step(1e-3);
    }
    m_state = {2, 4, 100, 40, 1.5, {3.25, 0.1 + 0.2}};
  }
  Status save(std::int64_t step = 2) {
    return saveCheckpoint(checkpointFolder(m_folder.path(), step), *m_learner.tiny.model,
                          *m_optimizer, m_state, m_identity, "tiny");
  }
  Result<RunState> loadInto(AdamW& optimizer) {
    return loadCheckpoint(checkpointFolder(m_folder.path(), 2), m_identity, optimizer);
  }
  std::string messageOfLoad() {
    const auto loaded = loadInto(*m_optimizer);
    EXPECT_FALSE(loaded);
    return loaded ? "" : loaded.error().message;
  }

  wordsight::test::TempFolder m_folder;
  test::Learner m_learner;
  std::unique_ptr<AdamW> m_optimizer;
  RunIdentity m_identity;
  RunState m_state;
};

TEST_F(CheckpointTest, GivesBackEveryBit) {
  ASSERT_OK(save());
  const auto folder = checkpointFolder(m_folder.path(), 2);
  for (const char* name :
       {"adapter_config.json", "adapter_model.safetensors", "optimizer.safetensors", "state.json"})
    EXPECT_TRUE(fs::exists(folder / name)) << name;
  auto other = test::Learner::make();
  ASSERT_OK(other.tiny.model->attachLora({4, 8, false, 0, {"q_proj", "up_proj"}}, 99));
  AdamW optimizer(other.tiny.model->loraParameters(), {});
  const auto state = loadInto(optimizer);
  ASSERT_OK(state);
  EXPECT_EQ(state->step, 2);
  EXPECT_EQ(state->tokens, 100);
  EXPECT_EQ(state->losses, m_state.losses);
  EXPECT_EQ(optimizer.steps(), 2);
  EXPECT_TRUE(torch::equal(optimizer.flatParameters(), m_optimizer->flatParameters()));
  for (std::size_t i = 0; i < optimizer.parameters().size(); ++i) {
    EXPECT_TRUE(torch::equal(optimizer.firstMoment(i), m_optimizer->firstMoment(i)));
    EXPECT_TRUE(torch::equal(optimizer.secondMoment(i), m_optimizer->secondMoment(i)));
  }
}

TEST_F(CheckpointTest, RefusesAnotherSpecOrDataOrBase) {
  ASSERT_OK(save());
  auto spec = m_learner.spec;
  spec.optimizer.lr = 5;
  m_identity.spec = toJson(spec);
  EXPECT_NE(messageOfLoad().find("optimizer.lr"), std::string::npos);
  m_identity.spec = toJson(m_learner.spec);
  m_identity.dataHash = "other";
  EXPECT_NE(messageOfLoad().find("data"), std::string::npos);
  m_identity.dataHash = "data";
  m_identity.baseHashes["language.layers.0"] = "other";
  EXPECT_NE(messageOfLoad().find("language.layers.0"), std::string::npos);
}

TEST_F(CheckpointTest, HowOftenItSavesMayChange) {
  ASSERT_OK(save());
  auto spec = m_learner.spec;
  spec.saveEvery = 7;
  spec.probeEvery = 3;
  m_identity.spec = toJson(spec);
  EXPECT_OK(loadInto(*m_optimizer));
}

TEST_F(CheckpointTest, DamageIsAnErrorThatNamesTheFile) {
  EXPECT_NE(messageOfLoad().find("no checkpoint"), std::string::npos);
  ASSERT_OK(save());
  const auto folder = checkpointFolder(m_folder.path(), 2);
  const auto state = folder / "state.json";
  std::ofstream(state) << "{\"version\": 1, \"step\": ";
  EXPECT_NE(messageOfLoad().find("state.json"), std::string::npos);
  std::ofstream(state) << "{\"version\": 99}";
  EXPECT_NE(messageOfLoad().find("version"), std::string::npos);
  std::ofstream(state) << "[]";
  EXPECT_NE(messageOfLoad().find("state.json"), std::string::npos);
  ASSERT_OK(save());
  fs::resize_file(folder / "optimizer.safetensors", 100);
  EXPECT_NE(messageOfLoad().find("optimizer.safetensors"), std::string::npos);
}

TEST_F(CheckpointTest, TensorsOfOtherTargetsAreRefused) {
  ASSERT_OK(save());
  m_learner.freshModel();
  ASSERT_OK(m_learner.tiny.model->attachLora({2, 8, false, 0, {"q_proj", "up_proj"}}, 1));
  AdamW narrower(m_learner.tiny.model->loraParameters(), {});
  const auto loaded = loadInto(narrower);
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("belongs to another run"), std::string::npos);
}

TEST_F(CheckpointTest, AFullDiskLeavesNothingBehindAndOldOnesWhole) {
  ASSERT_OK(save());
  const auto before = m_optimizer->flatParameters().clone();
  // From a limit that no file fits in to one that only the largest does not.
  const std::uint64_t largest =
      fs::file_size(checkpointFolder(m_folder.path(), 2) / "optimizer.safetensors");
  for (const std::uint64_t bytes : {std::uint64_t{0}, std::uint64_t{1000}, largest - 1}) {
    const test::FullDisk full(bytes);
    for (const std::int64_t step : {2, 3}) {
      const auto status = save(step);
      ASSERT_FALSE(status) << bytes;
      EXPECT_EQ(status.error().kind, ErrorKind::Io) << status.error().message;
    }
  }
  int entries = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(m_folder / "checkpoints"))
    ++entries;
  EXPECT_EQ(entries, 1);
  EXPECT_OK(loadInto(*m_optimizer));
  EXPECT_TRUE(torch::equal(m_optimizer->flatParameters(), before));
}

TEST_F(CheckpointTest, AFileInTheWayIsAnError) {
  m_folder.write("blocked/checkpoints", "a file");
  const auto status =
      saveCheckpoint(checkpointFolder(m_folder / "blocked", 3), *m_learner.tiny.model, *m_optimizer,
                     m_state, m_identity, "tiny");
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().message.find("checkpoints"), std::string::npos)
      << status.error().message;
}

TEST_F(CheckpointTest, WhatAKilledRunLeftIsRemoved) {
  ASSERT_OK(save());
  m_folder.write("checkpoints/.step-000009.writing/optimizer.safetensors", "half");
  removeUnfinished(m_folder.path());
  EXPECT_FALSE(fs::exists(m_folder / "checkpoints" / ".step-000009.writing"));
  EXPECT_OK(loadInto(*m_optimizer));
  removeUnfinished(m_folder / "nowhere");
}

TEST_F(CheckpointTest, ListsSortsAndPrunes) {
  for (const std::int64_t step : {20, 3, 100}) ASSERT_OK(save(step));
  fs::create_directories(m_folder / "checkpoints" / "step-000050");  // not complete: no state.json
  fs::create_directories(m_folder / "checkpoints" / ".step-000051.writing");
  m_folder.write("checkpoints/step-x/state.json", "{}");
  auto found = listCheckpoints(m_folder.path());
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].filename(), "step-000003");
  EXPECT_EQ(found[2].filename(), "step-000100");
  pruneCheckpoints(m_folder.path(), 0);
  EXPECT_EQ(listCheckpoints(m_folder.path()).size(), 3U);
  pruneCheckpoints(m_folder.path(), 2);
  found = listCheckpoints(m_folder.path());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].filename(), "step-000020");
}

TEST_F(CheckpointTest, SavingAStepAgainReplacesIt) {
  ASSERT_OK(save());
  m_state.seconds = 77;
  ASSERT_OK(save());
  EXPECT_EQ(loadInto(*m_optimizer)->seconds, 77);
  int entries = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(m_folder / "checkpoints"))
    ++entries;
  EXPECT_EQ(entries, 1);
}

TEST_F(CheckpointTest, DataHashSeesEveryChange) {
  auto data = test::scenarioData(3);
  const auto hash = dataHash(data);
  EXPECT_EQ(dataHash(test::scenarioData(3)), hash);
  data.train[1].scenario->rationale += "!";
  EXPECT_NE(dataHash(data), hash);
  data = test::scenarioData(3);
  std::swap(data.train[0], data.train[1]);
  EXPECT_NE(dataHash(data), hash);
  data = test::scenarioData(3);
  data.prompt->hash = "another";
  EXPECT_NE(dataHash(data), hash);
  data = test::scenarioData(3);
  data.eval = data.train;  // held-out items do not change what is learnt
  EXPECT_EQ(dataHash(data), hash);
}

TEST_F(CheckpointTest, StartsFromAnAdapterOfTheSameForm) {
  const auto adapter = wordsight::test::data("models/qwen2") / "adapter";
  TrainSpec spec = m_learner.spec;  // rank 4, alpha 8, all targets: as the adapter
  m_learner.freshModel();
  ASSERT_OK(startFromAdapter(adapter, *m_learner.tiny.model, spec));
  auto straight = test::Tiny::load("qwen2");
  ASSERT_OK(straight.model->loadLora(adapter));
  const auto ours = m_learner.tiny.model->loraParameters(),
             theirs = straight.model->loraParameters();
  ASSERT_EQ(ours.size(), theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    EXPECT_TRUE(torch::equal(ours[i].second, theirs[i].second));
    EXPECT_TRUE(ours[i].second.requires_grad());
  }
  const auto message = [&](const TrainSpec& other) {
    m_learner.freshModel();
    const auto status = startFromAdapter(adapter, *m_learner.tiny.model, other);
    return status ? std::string() : status.error().message;
  };
  spec.lora.rank = 8;
  EXPECT_NE(message(spec).find("says r 4"), std::string::npos) << message(spec);
  spec = m_learner.spec;
  spec.lora.alpha = 1;
  EXPECT_NE(message(spec).find("lora_alpha"), std::string::npos);
  spec = m_learner.spec;
  spec.lora.targets = {"q_proj"};
  EXPECT_NE(message(spec).find("targets"), std::string::npos);
}

}  // namespace
}  // namespace wordsight::train
