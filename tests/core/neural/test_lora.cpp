// Adapters and their folders.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <fstream>

#include "domain/adapter_config.h"
#include "oracle.h"
#include "tiny.h"

namespace wordsight::neural::test {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using wordsight::test::TempFolder;

LoraSpec specOf(int rank, double alpha, std::vector<std::string> targets = kAllTargets) {
  LoraSpec spec;
  spec.rank = rank;
  spec.alpha = alpha;
  spec.targets = std::move(targets);
  return spec;
}

std::string attachError(LanguageModel& model, const LoraSpec& spec) {
  const auto status = model.attachLora(spec, 1);
  return status ? std::string() : status.error().message;
}

void editAdapter(const fs::path& folder, const std::function<void(Json&)>& edit) {
  auto config = readJsonFile(folder / "adapter_config.json");
  ASSERT_OK(config);
  edit(*config);
  std::ofstream(folder / "adapter_config.json") << dumpJsonPretty(*config);
}

TEST(Lora, FreshWeightsFollowTheSeed) {
  const auto model = loadModel("qwen2");
  ASSERT_OK(model->attachLora(specOf(4, 8, {"v_proj", "down_proj"}), 11));
  const auto parameters = model->loraParameters();
  ASSERT_EQ(parameters.size(), static_cast<std::size_t>(4 * model->info().layers));
  EXPECT_EQ(parameters[0].first, "layers.0.self_attn.v_proj.lora_A");
  EXPECT_EQ(parameters[1].first, "layers.0.self_attn.v_proj.lora_B");
  EXPECT_EQ(parameters[2].first, "layers.0.mlp.down_proj.lora_A");
  const auto a = parameters[0].second.detach().clone();
  EXPECT_EQ(a.scalar_type(), torch::kFloat32);
  EXPECT_EQ(a.sizes().vec(), (std::vector<std::int64_t>{4, model->info().width}));
  const double bound = 1 / std::sqrt(static_cast<double>(model->info().width));
  EXPECT_LE(a.abs().max().item<double>(), bound);
  EXPECT_GT(a.abs().max().item<double>(), 0.9 * bound);
  EXPECT_EQ(parameters[1].second.abs().max().item<double>(), 0);
  ASSERT_OK(model->attachLora(specOf(4, 8, {"v_proj", "down_proj"}), 11));
  EXPECT_TRUE(torch::equal(model->loraParameters()[0].second, a));
  ASSERT_OK(model->attachLora(specOf(4, 8, {"v_proj", "down_proj"}), 12));
  EXPECT_FALSE(torch::equal(model->loraParameters()[0].second, a));
  model->detachLora();
  EXPECT_TRUE(model->loraParameters().empty());
}

TEST(Lora, ImpossibleSettingsAreRefusedByName) {
  const auto model = loadModel("llama_tied");
  EXPECT_THAT(attachError(*model, specOf(0, 8)), HasSubstr("lora.rank"));
  EXPECT_THAT(attachError(*model, specOf(1 << 20, 8)), HasSubstr("lora.rank"));
  EXPECT_THAT(attachError(*model, specOf(4, 0)), HasSubstr("lora.alpha"));
  EXPECT_THAT(attachError(*model, specOf(4, NAN)), HasSubstr("lora.alpha"));
  EXPECT_THAT(attachError(*model, specOf(4, 8, {})), HasSubstr("lora.targets"));
  EXPECT_THAT(attachError(*model, specOf(4, 8, {"q_proj", "lm_head"})), HasSubstr("lm_head"));
  auto spec = specOf(4, 8);
  spec.dropout = 1;
  EXPECT_THAT(attachError(*model, spec), HasSubstr("lora.dropout"));
}

TEST(Lora, ScaleIsAlphaOverRankOrItsRoot) {
  const auto model = loadModel("llama_tied");
  const auto batch = randomBatch(*model, {9}, 1);
  const auto with = [&](double alpha, bool rslora) {
    auto spec = specOf(4, alpha);
    spec.rslora = rslora;
    EXPECT_OK(model->attachLora(spec, 1));
    randomizeAdapter(*model, 2);
    return hiddenOf(*model, batch);
  };
  EXPECT_TRUE(torch::equal(with(8, false), with(4, true)));
  EXPECT_FALSE(torch::equal(with(8, false), with(8, true)));
}

TEST(Lora, SavedAndLoadedAgainIsTheSame) {
  for (const char* name : {"llama3_rope", "qwen2_vl_hub"}) {
    const TempFolder folder;
    const auto model = loadModel(name);
    const auto batch = randomBatch(*model, {9, 4}, 1);
    auto spec = specOf(5, 7);
    spec.rslora = true;
    ASSERT_OK(model->attachLora(spec, 3));
    randomizeAdapter(*model, 4);
    const auto hidden = hiddenOf(*model, batch);
    ASSERT_OK(model->saveLora(folder / "adapter", "some/base"));
    const auto other = loadModel(name);
    ASSERT_OK(other->loadLora(folder / "adapter"));
    EXPECT_TRUE(torch::equal(hiddenOf(*other, batch), hidden));
    const auto config = readJsonFile(folder / "adapter/adapter_config.json");
    ASSERT_OK(config);
    EXPECT_EQ(config->at("peft_type"), "LORA");
    EXPECT_EQ(config->at("base_model_name_or_path"), "some/base");
    EXPECT_EQ(config->at("r"), 5);
    EXPECT_EQ(config->at("use_rslora"), true);
    for (auto& [parameter, tensor] : other->loraParameters())
      EXPECT_TRUE(tensor.requires_grad()) << parameter;
  }
}

TEST(Lora, NamesAreThoseThatPeftLoads) {
  const TempFolder folder;
  const auto model = loadModel("qwen2_vl_hub");
  ASSERT_OK(model->attachLora(specOf(2, 4), 3));
  ASSERT_OK(model->saveLora(folder / "a", ""));
  const auto file = SafetensorsFile::open(folder / "a/adapter_model.safetensors");
  ASSERT_OK(file);
  EXPECT_EQ(file->tensors().size(), static_cast<std::size_t>(14 * model->info().layers));
  EXPECT_TRUE(file->tensors().contains(
      "base_model.model.model.language_model.layers.0.mlp.gate_proj.lora_A.weight"));
  const auto config = readJsonFile(folder / "a/adapter_config.json");
  ASSERT_OK(config);
  EXPECT_EQ(config->at("target_modules"),
            "model\\.language_model\\.layers\\.\\d+\\.(self_attn\\.(q_proj|k_proj|v_proj|o_proj)|"
            "mlp\\.(gate_proj|up_proj|"
            "down_proj))");
  const auto plain = loadModel("qwen2");
  ASSERT_OK(plain->attachLora(specOf(2, 4, {"q_proj", "up_proj"}), 3));
  ASSERT_OK(plain->saveLora(folder / "b", ""));
  const auto plainFile = SafetensorsFile::open(folder / "b/adapter_model.safetensors");
  ASSERT_OK(plainFile);
  EXPECT_TRUE(plainFile->tensors().contains(
      "base_model.model.model.layers.1.self_attn.q_proj.lora_B.weight"));
  const auto plainConfig = readJsonFile(folder / "b/adapter_config.json");
  ASSERT_OK(plainConfig);
  EXPECT_EQ(plainConfig->at("target_modules"), Json({"q_proj", "up_proj"}));
}

TEST(Lora, PatternsOfRankAndAlphaAreReadAndWritten) {
  const TempFolder folder;
  const auto model = loadModel("llama_tied");
  const auto batch = randomBatch(*model, {9}, 1);
  ASSERT_OK(model->attachLora(specOf(4, 8, {"q_proj", "o_proj"}), 3));
  randomizeAdapter(*model, 4);
  ASSERT_OK(model->saveLora(folder / "a", ""));
  // The same numbers, told by patterns: alpha 16 for everything, 8 where it is meant.
  editAdapter(folder / "a", [](Json& config) {
    config["lora_alpha"] = 16;
    config["r"] = 9;
    config["rank_pattern"] = {{"layers\\.\\d+\\.self_attn.q_proj", 4}, {"o_proj", 4}};
    config["alpha_pattern"] = {{"q_proj", 8}, {"^model.layers.0.self_attn.o_proj", 8}};
  });
  const auto hidden = hiddenOf(*model, batch);
  const auto other = loadModel("llama_tied");
  ASSERT_OK(other->loadLora(folder / "a"));
  EXPECT_FALSE(torch::equal(hiddenOf(*other, batch), hidden))
      << "o_proj of layers 1 and 2 has alpha 16";
  ASSERT_OK(other->saveLora(folder / "b", ""));
  const auto third = loadModel("llama_tied");
  ASSERT_OK(third->loadLora(folder / "b"));
  EXPECT_TRUE(torch::equal(hiddenOf(*third, batch), hiddenOf(*other, batch)));
  editAdapter(folder / "a", [](Json& config) { config["alpha_pattern"] = {{"(q|o)_proj", 8}}; });
  const auto refused = other->loadLora(folder / "a");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, AllOf(HasSubstr("alpha_pattern"), HasSubstr("(q|o)_proj")));
}

TEST(Lora, PatternsMayHoldTheNamesOfAnOlderLayout) {
  const TempFolder folder;
  const auto old = wordsight::test::data("models/qwen2_vl_hub/adapter_old_names");
  std::filesystem::copy(old, folder / "a", std::filesystem::copy_options::recursive);
  editAdapter(folder / "a", [](Json& config) {
    config["rank_pattern"] = {{"model\\.layers\\.\\d+\\..*", config["r"]}};
    config["alpha_pattern"] = {{"model\\.layers\\.\\d+\\..*", config["lora_alpha"]}};
    config["r"] = 9;
    config["lora_alpha"] = 5;
  });
  const auto model = loadModel("qwen2_vl_hub"), other = loadModel("qwen2_vl_hub");
  ASSERT_OK(model->loadLora(old));
  ASSERT_OK(other->loadLora(folder / "a"));
  const auto batch = randomBatch(*model, {9}, 1);
  EXPECT_TRUE(torch::equal(hiddenOf(*model, batch), hiddenOf(*other, batch)));
}

TEST(Lora, WhatIsNoPlainLoraIsRefusedByName) {
  const TempFolder folder;
  const auto model = loadModel("llama_tied");
  ASSERT_OK(model->attachLora(specOf(2, 4), 3));
  ASSERT_OK(model->saveLora(folder / "a", ""));
  const auto config = readJsonFile(folder / "a/adapter_config.json");
  ASSERT_OK(config);
  const std::vector<std::pair<std::string, Json>> settings = {
      {"peft_type", "LOHA"},
      {"use_dora", true},
      {"bias", "all"},
      {"modules_to_save", {"lm_head"}},
      {"fan_in_fan_out", true},
      {"init_lora_weights", "pissa_niter_16"},
      {"layer_replication", {{0, 2}, {1, 3}}},
      {"lora_bias", true},
      {"target_parameters", {"experts"}},
      {"some_later_thing", 3},
      {"r", 2.5},
      {"r", 0},
      {"lora_alpha", "8"}};
  for (const auto& [key, value] : settings) {
    editAdapter(folder / "a", [&](Json& changed) {
      changed = *config;
      changed[key] = value;
    });
    const auto status = model->loadLora(folder / "a");
    ASSERT_FALSE(status) << key;
    EXPECT_THAT(status.error().message, AllOf(HasSubstr(key), HasSubstr("adapter_config.json")));
  }
  editAdapter(folder / "a", [&](Json& changed) {
    changed = *config;
    changed["peft_version"] = "0.30.0";
    changed["some_later_thing"] = nullptr;
    changed["another"] = false;
  });
  EXPECT_OK(model->loadLora(folder / "a"));
}

class BrokenAdapter : public ::testing::Test {
 protected:
  BrokenAdapter() : m_model(loadModel("llama_tied")) {
    EXPECT_OK(m_model->attachLora(specOf(2, 4), 3));
    EXPECT_OK(m_model->saveLora(m_folder / "a", ""));
  }
  /// The sentence after the tensors were edited.
  std::string errorAfter(const std::function<void(std::map<std::string, TensorToWrite>&)>& edit) {
    const auto path = m_folder / "a/adapter_model.safetensors";
    std::vector<TensorToWrite> list;
    const auto file = SafetensorsFile::open(path);
    EXPECT_OK(file);
    std::map<std::string, TensorToWrite> tensors;
    for (const auto& [name, view] : file->tensors())
      tensors[name] = {name, view.type, view.shape, view.bytes};
    edit(tensors);
    for (auto& [name, tensor] : tensors) {
      tensor.name = name;
      list.push_back(tensor);
    }
    EXPECT_OK(writeSafetensors(path, list));
    const auto status = m_model->loadLora(m_folder / "a");
    return status ? std::string() : status.error().message;
  }
  TempFolder m_folder;
  std::unique_ptr<LanguageModel> m_model;
  const std::string m_q = "base_model.model.model.layers.0.self_attn.q_proj.lora_";
};

TEST_F(BrokenAdapter, LoneHalf) {
  EXPECT_THAT(errorAfter([&](auto& tensors) { tensors.erase(m_q + "A.weight"); }),
              HasSubstr("q_proj"));
}
TEST_F(BrokenAdapter, OtherWeights) {
  EXPECT_THAT(errorAfter([&](auto& tensors) {
                tensors["base_model.model.lm_head.lora_A.weight"] = tensors.at(m_q + "A.weight");
              }),
              HasSubstr("lm_head"));
}
TEST_F(BrokenAdapter, LayerThatTheModelLacks) {
  EXPECT_THAT(
      errorAfter([&](auto& tensors) {
        for (const char* half : {"A.weight", "B.weight"})
          tensors["base_model.model.model.layers.7.self_attn.q_proj.lora_" + std::string(half)] =
              tensors.at(m_q + half);
      }),
      HasSubstr("layers.7"));
}
TEST_F(BrokenAdapter, ShapesOfAnotherModel) {
  EXPECT_THAT(errorAfter([&](auto& tensors) {
                auto& a = tensors.at(m_q + "A.weight");
                a.shape = {2, 18};
                a.bytes = a.bytes.subspan(0, a.bytes.size() / 2);
              }),
              AllOf(HasSubstr("18 inputs"), HasSubstr("belongs to this model")));
}
TEST_F(BrokenAdapter, RankOfAnotherConfig) {
  editAdapter(m_folder / "a", [](Json& config) { config["r"] = 16; });
  EXPECT_THAT(errorAfter([](auto&) {}), AllOf(HasSubstr("rank 2"), HasSubstr("16")));
}
TEST_F(BrokenAdapter, PickleOnly) {
  fs::rename(m_folder / "a/adapter_model.safetensors", m_folder / "a/adapter_model.bin");
  const auto status = m_model->loadLora(m_folder / "a");
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("pickle"));
}
TEST_F(BrokenAdapter, FailedLoadKeepsTheOldOne) {
  const auto before = m_model->loraParameters();
  EXPECT_THAT(errorAfter([&](auto& tensors) { tensors.erase(m_q + "A.weight"); }),
              HasSubstr("q_proj"));
  EXPECT_EQ(m_model->loraParameters().size(), before.size());
}

TEST(Lora, NamesOfAllLayoutsAreRead) {
  const auto model = loadModel("qwen2_vl_hub");
  const auto batch = randomBatch(*model, {12}, 1);
  const auto folder = wordsight::test::data("models/qwen2_vl_hub");
  ASSERT_OK(model->loadLora(folder / "adapter"));
  const auto hidden = hiddenOf(*model, batch);
  ASSERT_OK(model->loadLora(folder / "adapter_old_names"));
  EXPECT_TRUE(torch::equal(hiddenOf(*model, batch), hidden));
}

TEST(Merge, MergedEqualsAdapter) {
  for (const char* name : {"llama_tied", "llama3_rope", "qwen2_vl_hub"}) {
    const TempFolder folder;
    const TinyFolder base(name);
    const auto model = base.load();
    const auto batch = randomBatch(*model, {9, 20}, 1);
    const auto before = hiddenOf(*model, batch);
    ASSERT_OK(model->attachLora(specOf(4, 4), 3));
    randomizeAdapter(*model, 4);
    ASSERT_OK(model->saveLora(folder / "adapter", ""));
    ASSERT_OK(mergeLora(base.path(), folder / "adapter", folder / "merged"));
    const auto merged = LanguageModel::load(folder / "merged", {});
    ASSERT_OK(merged);
    // Weights are rounded to the checkpoint's bfloat16 after merging, the adapter's sum is not.
    const auto expected = hiddenOf(*model, batch);
    const double moved = (expected - before).norm().item<double>();
    const double off = (hiddenOf(**merged, batch) - expected).norm().item<double>();
    EXPECT_GT(moved, 0);
    EXPECT_LT(off, 0.02 * moved) << name;
    for (const auto& [module, hash] : (*merged)->moduleHashes())
      EXPECT_EQ(hash == model->moduleHashes().at(module), !module.starts_with("language.layers."))
          << module;
  }
}

TEST(Merge, ExactInFloat32) {
  const TempFolder folder;
  const TinyFolder base("llama_tied");
  std::vector<torch::Tensor> kept;
  base.editTensors([&](auto& tensors) {
    for (auto& [name, tensor] : tensors) {
      auto values = torch::empty(tensor.shape,
                                 tensor.type == DType::BF16 ? torch::kBFloat16 : torch::kFloat32);
      std::memcpy(values.data_ptr(), tensor.bytes.data(), tensor.bytes.size());
      kept.push_back(values.to(torch::kFloat32));
      tensor.type = DType::F32;
      tensor.bytes = {static_cast<const std::byte*>(kept.back().data_ptr()), kept.back().nbytes()};
    }
  });
  const auto model = base.load();
  const auto batch = randomBatch(*model, {9, 20}, 1);
  ASSERT_OK(model->attachLora(specOf(4, 4), 3));
  randomizeAdapter(*model, 4);
  ASSERT_OK(model->saveLora(folder / "adapter", ""));
  ASSERT_OK(mergeLora(base.path(), folder / "adapter", folder / "merged"));
  const auto merged = LanguageModel::load(folder / "merged", {});
  ASSERT_OK(merged);
  EXPECT_LE(largestDifference(hiddenOf(**merged, batch), hiddenOf(*model, batch)), 1e-5);
  EXPECT_TRUE(fs::exists(folder / "merged/config.json"));
}

TEST(Merge, RefusesItsOwnBaseAndForeignAdapters) {
  const TempFolder folder;
  const TinyFolder base("llama_tied");
  const auto foreign = wordsight::test::data("models/llama3_rope/adapter");
  const auto own =
      mergeLora(base.path(), wordsight::test::data("models/llama_tied/adapter"), base.path());
  ASSERT_FALSE(own);
  EXPECT_THAT(own.error().message, HasSubstr("its own base"));
  const auto status = mergeLora(base.path(), foreign, folder / "merged");
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("belongs to this model"));
  EXPECT_FALSE(mergeLora(base.path(), folder / "nowhere", folder / "merged"));
}

TEST(ModulePatterns, MatchAsInPeft) {
  EXPECT_TRUE(matchesModule("q_proj", "model.layers.0.self_attn.q_proj"));
  EXPECT_FALSE(matchesModule("proj", "model.layers.0.self_attn.q_proj"));
  EXPECT_TRUE(matchesModule("layers\\.\\d+\\.mlp\\.up_proj", "model.layers.12.mlp.up_proj"));
  EXPECT_FALSE(matchesModule("layers\\.\\d+\\.mlp\\.up_proj", "model.layers.x.mlp.up_proj"));
  EXPECT_TRUE(matchesModule("^model.*q_proj$", "model.layers.0.self_attn.q_proj"));
  EXPECT_TRUE(matchesModule("model.layers.0.+k_proj", "model.layers.0.self_attn.k_proj"));
  EXPECT_FALSE(isModulePattern("(a|b)"));
  EXPECT_FALSE(isModulePattern("[0-9]"));
  EXPECT_FALSE(isModulePattern("a\\"));
  EXPECT_FALSE(isModulePattern(std::string(1000, 'a')));
  // A pattern that makes backtracking matchers hang.
  std::string slow;
  for (int i = 0; i < 60; ++i) slow += "a*";
  EXPECT_FALSE(matchesModule(slow + "b", std::string(200, 'a')));
}

}  // namespace
}  // namespace wordsight::neural::test
