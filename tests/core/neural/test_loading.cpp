// Model folders: what loads, and what each broken one says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <fstream>

#include "oracle.h"
#include "tiny.h"

namespace wordsight::neural::test {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

void expectOneSentence(const std::string& message) {
  EXPECT_FALSE(message.empty()) << "it loaded";
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

TEST(Loading, InfoTellsWhatIsLoaded) {
  const auto model = loadModel("llama_tied");
  const ModelInfo& info = model->info();
  EXPECT_EQ(info.family, "llama");
  EXPECT_EQ(info.vocabulary, 272);
  EXPECT_EQ(info.width, 36);
  EXPECT_EQ(info.layers, 3);
  EXPECT_EQ(info.heads, 3);
  EXPECT_EQ(info.kvHeads, 1);
  EXPECT_EQ(info.headSize, 12);
  EXPECT_EQ(info.maxPositions, 256);
  EXPECT_FALSE(info.hasVision);
  const std::int64_t layer = 36 * (36 + 24 + 36) + 3 * 36 * 60 + 2 * 36;
  EXPECT_EQ(info.parameters, 272 * 36 + 3 * layer + 36);
}

TEST(Loading, TextOnlyNeverReadsTheTower) {
  const TinyFolder folder("qwen2_vl_hub");
  const auto whole = folder.load();
  const auto text = folder.load(torch::kFloat32, false);
  EXPECT_TRUE(text->info().hasVision);
  EXPECT_LT(text->info().parameters, whole->info().parameters);
  std::size_t towers = 0;
  for (const auto& [module, hash] : whole->moduleHashes()) {
    const bool vision = module.starts_with("vision.");
    towers += vision;
    const auto hashes = text->moduleHashes();
    EXPECT_EQ(hashes.contains(module), !vision) << module;
    if (!vision) {
      EXPECT_EQ(hashes.at(module), hash) << module;
    }
  }
  EXPECT_GE(towers, 3U);
  EXPECT_THROW(text->see({}), std::invalid_argument);
  // Without the tower's tensors, or with nonsense in their place, the language part loads all the
  // same.
  folder.editTensors([](auto& tensors) {
    std::erase_if(tensors,
                  [](const auto& tensor) { return tensor.first.starts_with("visual.blocks.0"); });
    tensors.at("visual.merger.ln_q.weight").shape = {
        1, tensors.at("visual.merger.ln_q.weight").shape[0]};
  });
  EXPECT_EQ(folder.loadError(false), "");
  EXPECT_THAT(folder.loadError(true), HasSubstr("vision."));
}

TEST(Loading, HashesTellWhichModuleChanged) {
  const TinyFolder folder("qwen2");
  const auto before = folder.load()->moduleHashes();
  EXPECT_EQ(before, folder.load()->moduleHashes());
  std::vector<char> changed;
  folder.editTensors([&](auto& tensors) {
    auto& tensor = tensors.at("model.layers.1.mlp.up_proj.weight");
    const auto* bytes = reinterpret_cast<const char*>(tensor.bytes.data());
    changed.assign(bytes, bytes + tensor.bytes.size());
    changed[17] ^= 1;
    tensor.bytes = std::as_bytes(std::span(changed));
  });
  for (const auto& [module, hash] : folder.load()->moduleHashes())
    EXPECT_EQ(hash == before.at(module), module != "language.layers.1") << module;
}

TEST(Loading, MissingTensorsAreListed) {
  const TinyFolder folder("llama_tied");
  folder.editTensors([](auto& tensors) {
    tensors.erase("model.layers.1.self_attn.k_proj.weight");
    tensors.erase("model.norm.weight");
  });
  const auto message = folder.loadError();
  expectOneSentence(message);
  EXPECT_THAT(message, AllOf(HasSubstr(folder.path().string()),
                             HasSubstr("language.layers.1.self_attn.k_proj.weight"),
                             HasSubstr("language.norm.weight")));
}

TEST(Loading, UnexpectedTensorsAreListed) {
  const TinyFolder folder("llama_tied");
  folder.editTensors([](auto& tensors) {
    tensors["model.layers.0.self_attn.q_norm.weight"] = tensors.at("model.norm.weight");
    tensors["strange"] = tensors.at("model.norm.weight");
  });
  const auto message = folder.loadError();
  expectOneSentence(message);
  EXPECT_THAT(message, AllOf(HasSubstr("q_norm"), HasSubstr("strange")));
}

TEST(Loading, WrongShapesAreListed) {
  const TinyFolder folder("llama_tied");
  folder.editTensors([](auto& tensors) {
    auto& shape = tensors.at("model.layers.2.mlp.down_proj.weight").shape;
    std::swap(shape[0], shape[1]);
  });
  const auto message = folder.loadError();
  expectOneSentence(message);
  EXPECT_THAT(message, AllOf(HasSubstr("down_proj"), HasSubstr("[60, 36]"), HasSubstr("[36, 60]")));
}

TEST(Loading, IntegersAreNoWeights) {
  const TinyFolder folder("llama_tied");
  folder.editTensors([](auto& tensors) { tensors.at("model.norm.weight").type = DType::I16; });
  EXPECT_THAT(folder.loadError(), AllOf(HasSubstr("norm.weight"), HasSubstr("I16")));
}

TEST(Loading, OldBuffersAreLeftOut) {
  const TinyFolder folder("llama_tied");
  folder.editTensors([](auto& tensors) {
    tensors["model.layers.0.self_attn.rotary_emb.inv_freq"] = tensors.at("model.norm.weight");
  });
  EXPECT_EQ(folder.loadError(), "");
}

TEST(Loading, PickleIsNeverOpened) {
  const TinyFolder folder("llama_tied");
  fs::remove(folder.path() / "model.safetensors");
  std::ofstream(folder.path() / "pytorch_model.bin") << "not looked at";
  const auto message = folder.loadError();
  expectOneSentence(message);
  EXPECT_THAT(message,
              AllOf(HasSubstr("pytorch_model.bin"), HasSubstr("pickle"), HasSubstr("safetensors")));
}

TEST(Loading, FoldersWithoutFilesSayWhichIsMissing) {
  const TinyFolder folder("llama_tied");
  fs::remove(folder.path() / "model.safetensors");
  EXPECT_THAT(folder.loadError(), HasSubstr("safetensors"));
  fs::remove(folder.path() / "config.json");
  EXPECT_THAT(folder.loadError(), HasSubstr("config.json"));
}

TEST(Loading, TruncatedWeightsAreAnError) {
  const TinyFolder folder("llama_tied");
  fs::resize_file(folder.path() / "model.safetensors",
                  fs::file_size(folder.path() / "model.safetensors") - 100);
  const auto message = folder.loadError();
  expectOneSentence(message);
  EXPECT_THAT(message, HasSubstr("model.safetensors"));
}

TEST(Loading, TiedHeadUnderEitherName) {
  const TinyFolder folder("llama_tied");
  const auto model = folder.load();
  const auto batch = randomBatch(*model, {7}, 1);
  const auto logits = model->head(hiddenOf(*model, batch));
  folder.editTensors(
      [](auto& tensors) { tensors["lm_head.weight"] = tensors.at("model.embed_tokens.weight"); });
  EXPECT_TRUE(torch::equal(folder.load()->head(hiddenOf(*folder.load(), batch)), logits));
  folder.editTensors([](auto& tensors) { tensors.erase("model.embed_tokens.weight"); });
  EXPECT_TRUE(torch::equal(folder.load()->head(hiddenOf(*folder.load(), batch)), logits));
  folder.editTensors([](auto& tensors) { tensors.erase("lm_head.weight"); });
  EXPECT_THAT(folder.loadError(), HasSubstr("embed_tokens"));
}

TEST(Loading, TwoDifferentMatricesAreBothUsed) {
  const TinyFolder folder("llama_tied");
  const auto tied = folder.load();
  std::vector<std::byte> zeros;
  folder.editTensors([&](auto& tensors) {
    auto& head = tensors["lm_head.weight"] = tensors.at("model.embed_tokens.weight");
    zeros.assign(head.bytes.size(), std::byte{0});
    head.bytes = zeros;
  });
  const auto untied = folder.load();
  const auto batch = randomBatch(*tied, {7}, 1);
  EXPECT_TRUE(torch::equal(hiddenOf(*untied, batch), hiddenOf(*tied, batch)));
  EXPECT_EQ(untied->head(hiddenOf(*untied, batch)).abs().max().item<double>(), 0);
}

TEST(Loading, OldAndNewRopeKeysMeanTheSame) {
  const TinyFolder folder("llama3_rope");
  const auto model = folder.load();
  const auto batch = randomBatch(*model, {60}, 1);
  const auto hidden = hiddenOf(*model, batch);
  folder.editConfig([](Json& config) {
    Json rope = config.at("rope_scaling");
    rope["rope_theta"] = config.at("rope_theta");
    config["rope_parameters"] = rope;
    config.erase("rope_theta");
    config.erase("rope_scaling");
  });
  EXPECT_TRUE(torch::equal(hiddenOf(*folder.load(), batch), hidden));
  folder.editConfig([](Json& config) { config["rope_parameters"]["factor"] = 2.0; });
  EXPECT_FALSE(torch::equal(hiddenOf(*folder.load(), batch), hidden)) << "the scaling is not read";
  folder.editConfig([](Json& config) { config["rope_parameters"]["rope_theta"] = 123.0; });
  const auto other = hiddenOf(*folder.load(), batch);
  folder.editConfig([](Json& config) {
    config["rope_parameters"] = {{"rope_type", "default"}, {"rope_theta", 123.0}};
  });
  EXPECT_FALSE(torch::equal(hiddenOf(*folder.load(), batch), other));
}

TEST(Loading, LinearRopeScalingStretchesPositions) {
  const TinyFolder folder("llama_tied");
  const auto plain = folder.load();
  folder.editConfig([](Json& config) {
    config["rope_parameters"] = {{"rope_type", "linear"}, {"factor", 4.0}, {"rope_theta", 10000.0}};
  });
  const auto stretched = folder.load();
  auto batch = randomBatch(*plain, {20}, 1);
  const auto expected = hiddenOf(*plain, batch);
  batch.layout.positions = batch.layout.positions * 4;
  EXPECT_LE(largestDifference(hiddenOf(*stretched, batch), expected), 1e-5);
}

struct Refused {
  const char* model;
  const char* name;
  std::function<void(Json&)> edit;
  std::vector<const char*> says;
};

TEST(Loading, SettingsThatAreNotHandledAreRefusedByName) {
  const std::vector<Refused> all = {
      {"llama_tied",
       "type",
       [](Json& c) { c["model_type"] = "gpt_oss"; },
       {"gpt_oss", "llama", "qwen2_vl"}},
      {"llama_tied", "no type", [](Json& c) { c.erase("model_type"); }, {"model_type"}},
      {"llama_tied", "act", [](Json& c) { c["hidden_act"] = "gelu"; }, {"hidden_act", "gelu"}},
      {"llama_tied", "tp", [](Json& c) { c["pretraining_tp"] = 2; }, {"pretraining_tp"}},
      {"llama_tied",
       "quantized",
       [](Json& c) {
         c["quantization_config"] = {{"bits", 4}};
       },
       {"quantization_config"}},
      {"llama_tied",
       "rope",
       [](Json& c) { c["rope_parameters"]["rope_type"] = "longrope"; },
       {"longrope"}},
      {"llama_tied",
       "rope of layers",
       [](Json& c) {
         c["rope_parameters"] = {{"full_attention", {{"rope_type", "default"}}}};
       },
       {"rope_parameters.full_attention"}},
      {"llama_tied",
       "partial rope",
       [](Json& c) { c["partial_rotary_factor"] = 0.5; },
       {"partial_rotary_factor"}},
      {"llama_tied",
       "yarn's betas",
       [](Json& c) {
         c["rope_scaling"] = {{"type", "yarn"}, {"factor", 2}, {"beta_fast", 1}, {"beta_slow", 2}};
       },
       {"beta_fast"}},
      {"qwen2_vl_hub", "head size", [](Json& c) { c["head_dim"] = 8; }, {"head_dim"}},
      {"qwen2",
       "types of some layers",
       [](Json& c) { c["layer_types"] = {"full_attention"}; },
       {"layer_types"}},
      {"llama_tied",
       "old rope",
       [](Json& c) {
         c["rope_scaling"] = {{"type", "dynamic"}, {"factor", 0.5}};
       },
       {"factor"}},
      {"llama_tied", "rope text", [](Json& c) { c["rope_scaling"] = "linear"; }, {"rope_scaling"}},
      {"llama_tied",
       "rope theta",
       [](Json& c) { c["rope_parameters"]["rope_theta"] = -1; },
       {"rope_theta"}},
      {"llama3_rope",
       "rope factor",
       [](Json& c) { c["rope_scaling"].erase("factor"); },
       {"factor"}},
      {"llama_tied",
       "partial",
       [](Json& c) { c["partial_rotary_factor"] = 0.5; },
       {"partial_rotary_factor"}},
      {"llama_tied", "bias", [](Json& c) { c["attention_bias"] = true; }, {"q_proj.bias"}},
      {"llama_tied", "mlp bias", [](Json& c) { c["mlp_bias"] = true; }, {"gate_proj.bias"}},
      {"llama_tied",
       "heads",
       [](Json& c) { c["num_key_value_heads"] = 2; },
       {"num_key_value_heads"}},
      {"llama_tied", "odd head", [](Json& c) { c["head_dim"] = 9; }, {"head size of 9"}},
      {"llama_tied",
       "untied",
       [](Json& c) { c["tie_word_embeddings"] = false; },
       {"lm_head.weight"}},
      {"llama_tied",
       "zero layers",
       [](Json& c) { c["num_hidden_layers"] = 0; },
       {"num_hidden_layers"}},
      {"llama_tied", "layers", [](Json& c) { c["num_hidden_layers"] = 2; }, {"language.layers.2"}},
      {"llama_tied", "text size", [](Json& c) { c["hidden_size"] = "36"; }, {"hidden_size"}},
      {"llama_tied", "huge", [](Json& c) { c["hidden_size"] = 1LL << 40; }, {"hidden_size"}},
      {"llama_tied",
       "huge vocabulary",
       [](Json& c) { c["vocab_size"] = 4000000; },
       {"embed_tokens"}},
      {"llama_tied", "eps", [](Json& c) { c["rms_norm_eps"] = -1; }, {"rms_norm_eps"}},
      {"qwen2",
       "window",
       [](Json& c) {
         c.erase("layer_types");
         c["use_sliding_window"] = true;
         c["sliding_window"] = 64;
         c["max_window_layers"] = 0;
       },
       {"use_sliding_window"}},
      {"qwen2",
       "types",
       [](Json& c) {
         c["layer_types"] = {"sliding_attention", "full_attention"};
       },
       {"layer_types"}},
      {"qwen2_vl_hub",
       "sections",
       [](Json& c) {
         c["rope_scaling"] = {{"type", "mrope"}, {"mrope_section", {1, 1, 1}}};
         c.erase("rope_parameters");
       },
       {"mrope_section"}},
  };
  for (const Refused& refused : all) {
    const TinyFolder folder(refused.model);
    folder.editConfig(refused.edit);
    const auto message = folder.loadError();
    expectOneSentence(message);
    for (const char* part : refused.says) EXPECT_THAT(message, HasSubstr(part)) << refused.name;
    EXPECT_THAT(message, HasSubstr(folder.path().string())) << refused.name;
  }
}

TEST(Loading, HalfPrecisionFilesAreConverted) {
  const TinyFolder folder("llama_tied");
  const auto bf16 = folder.load(torch::kBFloat16);
  const auto batch = randomBatch(*bf16, {9}, 1);
  EXPECT_EQ(hiddenOf(*bf16, batch).scalar_type(), torch::kBFloat16);
  std::vector<torch::Tensor> kept;
  const auto source = folder.load();
  folder.editTensors([&](auto& tensors) {
    for (auto& [name, tensor] : tensors) {
      auto values = torch::empty(tensor.shape,
                                 tensor.type == DType::BF16 ? torch::kBFloat16 : torch::kFloat32);
      std::memcpy(values.data_ptr(), tensor.bytes.data(), tensor.bytes.size());
      kept.push_back(values.to(torch::kFloat16));
      tensor.type = DType::F16;
      tensor.bytes = {static_cast<const std::byte*>(kept.back().data_ptr()), kept.back().nbytes()};
    }
  });
  EXPECT_LE(largestDifference(hiddenOf(*folder.load(), batch), hiddenOf(*source, batch)), 1e-3);
}

}  // namespace
}  // namespace wordsight::neural::test
