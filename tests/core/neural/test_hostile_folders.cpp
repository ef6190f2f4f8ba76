// Folders of strangers: sizes that are absurd, files that are huge, and bytes that were changed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/file.h"
#include "base/random.h"
#include "base/time.h"
#include "oracle.h"
#include "support.h"
#include "tiny.h"

namespace wordsight::neural::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A value of /proc/self/status in bytes: "VmRSS", "RssAnon", "VmHWM".
std::int64_t memory(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(key + ":")) return std::stoll(line.substr(key.size() + 1)) * 1024;
  return 0;
}

struct Shape {
  std::string name;
  std::vector<std::int64_t> sizes;
};

/// A safetensors file of bfloat16 zeros that takes no room on the disk.
std::uint64_t writeSparse(const fs::path& file, const std::vector<Shape>& shapes) {
  Json header = Json::object();
  std::uint64_t at = 0;
  for (const auto& shape : shapes) {
    std::uint64_t bytes = 2;
    for (const auto size : shape.sizes) bytes *= static_cast<std::uint64_t>(size);
    header[shape.name] = {
        {"dtype", "BF16"}, {"shape", shape.sizes}, {"data_offsets", {at, at + bytes}}};
    at += bytes;
  }
  std::string text = dumpJson(header);
  text.resize((text.size() + 7) / 8 * 8, ' ');
  std::uint64_t length = text.size();
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(&length), 8);
  out << text;
  out.close();
  fs::resize_file(file, 8 + length + at);
  return 8 + length + at;
}

constexpr std::int64_t kVocabulary = 152064, kWidth = 2048, kInner = 8192, kKeys = 512, kEye = 4096,
                       kEyeInner = 16384, kLayers = 2, kBlocks = 6;

/// Qwen2.5-VL of gigabytes, names as published and in the order of the alphabet.
std::uint64_t writeGiant(const fs::path& folder) {
  std::vector<Shape> shapes = {{"lm_head.weight", {kVocabulary, kWidth}},
                               {"model.embed_tokens.weight", {kVocabulary, kWidth}}};
  for (std::int64_t i = 0; i < kLayers; ++i) {
    const std::string at = "model.layers." + std::to_string(i) + ".";
    shapes.insert(shapes.end(), {{at + "input_layernorm.weight", {kWidth}},
                                 {at + "mlp.down_proj.weight", {kWidth, kInner}},
                                 {at + "mlp.gate_proj.weight", {kInner, kWidth}},
                                 {at + "mlp.up_proj.weight", {kInner, kWidth}},
                                 {at + "post_attention_layernorm.weight", {kWidth}},
                                 {at + "self_attn.k_proj.bias", {kKeys}},
                                 {at + "self_attn.k_proj.weight", {kKeys, kWidth}},
                                 {at + "self_attn.o_proj.weight", {kWidth, kWidth}},
                                 {at + "self_attn.q_proj.bias", {kWidth}},
                                 {at + "self_attn.q_proj.weight", {kWidth, kWidth}},
                                 {at + "self_attn.v_proj.bias", {kKeys}},
                                 {at + "self_attn.v_proj.weight", {kKeys, kWidth}}});
  }
  shapes.push_back({"model.norm.weight", {kWidth}});
  for (std::int64_t i = 0; i < kBlocks; ++i) {
    const std::string at = "visual.blocks." + std::to_string(i) + ".";
    shapes.insert(shapes.end(), {{at + "attn.proj.bias", {kEye}},
                                 {at + "attn.proj.weight", {kEye, kEye}},
                                 {at + "attn.qkv.bias", {3 * kEye}},
                                 {at + "attn.qkv.weight", {3 * kEye, kEye}},
                                 {at + "mlp.down_proj.bias", {kEye}},
                                 {at + "mlp.down_proj.weight", {kEye, kEyeInner}},
                                 {at + "mlp.gate_proj.bias", {kEyeInner}},
                                 {at + "mlp.gate_proj.weight", {kEyeInner, kEye}},
                                 {at + "mlp.up_proj.bias", {kEyeInner}},
                                 {at + "mlp.up_proj.weight", {kEyeInner, kEye}},
                                 {at + "norm1.weight", {kEye}},
                                 {at + "norm2.weight", {kEye}}});
  }
  shapes.insert(shapes.end(), {{"visual.merger.ln_q.weight", {kEye}},
                               {"visual.merger.mlp.0.bias", {4 * kEye}},
                               {"visual.merger.mlp.0.weight", {4 * kEye, 4 * kEye}},
                               {"visual.merger.mlp.2.bias", {kWidth}},
                               {"visual.merger.mlp.2.weight", {kWidth, 4 * kEye}},
                               {"visual.patch_embed.proj.weight", {kEye, 3, 2, 14, 14}}});
  const Json config = {{"model_type", "qwen2_5_vl"},
                       {"vocab_size", kVocabulary},
                       {"hidden_size", kWidth},
                       {"intermediate_size", kInner},
                       {"num_hidden_layers", kLayers},
                       {"num_attention_heads", 16},
                       {"num_key_value_heads", 4},
                       {"rope_scaling", {{"type", "mrope"}, {"mrope_section", {16, 24, 24}}}},
                       {"vision_config",
                        {{"depth", kBlocks},
                         {"hidden_size", kEye},
                         {"intermediate_size", kEyeInner},
                         {"num_heads", 32},
                         {"out_hidden_size", kWidth}}}};
  std::ofstream(folder / "config.json") << dumpJson(config);
  return writeSparse(folder / "model.safetensors", shapes);
}

TEST(HostileFolders, OpeningGigabytesForTrainingTakesMegabytes) {
  const wordsight::test::TempFolder folder;
  const auto bytes = writeGiant(folder.path());
  ASSERT_GT(bytes, 4'000'000'000u);
  const auto before = memory("VmRSS");
  const auto model = LanguageModel::load(folder.path(), {torch::kBFloat16, false});
  ASSERT_OK(model);
  const auto taken = memory("VmRSS") - before;
  std::cout << bytes / 1'000'000 << " MB opened for training take " << taken / 1'000'000 << " MB\n";
  // The queries', keys' and values' matrices, which are one product here and apart in the file, are
  // copied: 21 MB; the rest stays in the file until it is used.
  EXPECT_LT(taken, 60'000'000);
  EXPECT_TRUE((*model)->info().hasVision);
  for (const auto& [name, tensor] : (*model)->loraParameters()) ADD_FAILURE() << name;
}

TEST(HostileFolders, AbsurdSizesAreRefusedBeforeMemoryIsAskedFor) {
  const auto before = memory("VmHWM");
  for (const char* model : {"llama_tied", "qwen2", "qwen2_vl_hub", "qwen2_5_vl_hub"}) {
    const TinyFolder folder(model);
    Json original;
    folder.editConfig([&](Json& config) { original = config; });
    for (const char* key : {"vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers",
                            "num_attention_heads", "num_key_value_heads", "head_dim"})
      for (const Json& size : {Json(1LL << 22), Json((1LL << 62) + 1), Json(-1), Json(1e300),
                               Json(1 << 16), Json(0)}) {
        folder.editConfig([&](Json& config) {
          config = original;
          config[key] = size;
        });
        const auto message = folder.loadError();
        EXPECT_FALSE(message.empty()) << model << " " << key << " " << dumpJson(size);
        EXPECT_LT(message.size(), 600u) << message;
      }
  }
  EXPECT_LT(memory("VmHWM") - before, 200'000'000);
}

/// Changes one value somewhere in a tree.
void mutateTree(Json& tree, Random& random) {
  Json* node = &tree;
  for (int depth = 0; depth < 6 && node->is_structured() && !node->empty(); ++depth) {
    if (depth > 0 && random.chance(0.3)) break;
    auto it = node->begin();
    std::advance(it, static_cast<std::ptrdiff_t>(random.below(node->size())));
    if (node->is_object() && random.chance(0.1)) {
      node->erase(it);
      return;
    }
    node = &*it;
  }
  const Json values[] = {nullptr,
                         true,
                         false,
                         0,
                         -1,
                         1,
                         2,
                         3,
                         8,
                         1000,
                         1LL << 20,
                         1LL << 62,
                         -(1LL << 62),
                         0.5,
                         1e308,
                         -1e-308,
                         "",
                         "silu",
                         "default",
                         "llama",
                         "BF16",
                         "F64",
                         std::string(5000, 'x'),
                         Json::array(),
                         Json::object(),
                         {1, 2, 3},
                         {{"rope_type", "yarn"}, {"factor", 2.0}}};
  *node = values[random.below(std::size(values))];
}

void mutateBytes(std::string& bytes, std::size_t from, std::size_t to, Random& random) {
  for (auto n = 1 + random.below(4); n > 0 && from < to && to <= bytes.size(); --n) {
    const auto at = from + random.below(to - from);
    switch (random.below(5)) {
      case 0:
        bytes[at] = static_cast<char>(random.below(256));
        break;
      case 1:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
        break;
      case 2: {
        const auto count = std::min<std::size_t>(random.below(12), to - at);
        bytes.erase(at, count);
        to -= count;
        break;
      }
      case 3:
        bytes.insert(at, 1, "0123456789{}[]\",:-e"[random.below(19)]);
        ++to;
        break;
      default:
        if (random.chance(0.2)) {
          bytes.resize(at);
          to = at;
        }
    }
  }
}

std::string bytesOfFile(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// A folder with its files' bytes, to change one and to put it back.
class Victim {
 public:
  explicit Victim(const std::string& model) : m_folder(model) {
    fs::copy(wordsight::test::data("models/" + model + "/adapter"), m_folder.path() / "adapter");
    for (const auto& entry : fs::recursive_directory_iterator(m_folder.path()))
      if (entry.is_regular_file()) m_files.emplace_back(entry.path(), bytesOfFile(entry.path()));
  }

  /// One changed file; then everything that reads the folder. Whether the model could be loaded.
  bool attack(Random& random) const {
    const auto& [path, original] = m_files[random.below(m_files.size())];
    std::string bytes = original;
    if (path.extension() == ".json" && random.chance(0.7)) {
      Json tree = *parseJson(original, "original");
      for (auto n = 1 + random.below(3); n > 0; --n) mutateTree(tree, random);
      bytes = dumpJson(tree);
    } else {
      // Of weights the header is what is worth attacking: numbers are numbers.
      const auto header = path.extension() == ".json"
                              ? bytes.size()
                              : std::min<std::size_t>(bytes.size(), 8 + headerLength(bytes));
      mutateBytes(bytes, random.chance(0.2) ? 0 : std::min<std::size_t>(8, header), header, random);
    }
    write(path, bytes);
    const bool loaded = tryAll(random.chance(0.3));
    write(path, original);
    return loaded;
  }

 private:
  static std::uint64_t headerLength(const std::string& bytes) {
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), std::min<std::size_t>(8, bytes.size()));
    return length;
  }
  static void write(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  }
  bool tryAll(bool vision) const {
    auto model = LanguageModel::load(m_folder.path(), {torch::kFloat32, vision});
    if (!model) {
      EXPECT_FALSE(model.error().message.empty());
      EXPECT_NE(model.error().kind, ErrorKind::Internal) << model.error().message;
      return false;
    }
    const auto adapted = (*model)->loadLora(m_folder.path() / "adapter");
    if (!adapted) {
      EXPECT_NE(adapted.error().kind, ErrorKind::Internal) << adapted.error().message;
    }
    // Numbers may be anything, but no failure of torch's.
    const auto scores = nextTokenLogProbs(**model, {{{65, 66, 67}, {}}}, {0});
    if (!scores) {
      EXPECT_NE(scores.error().kind, ErrorKind::Internal) << scores.error().message;
    }
    return true;
  }

  TinyFolder m_folder;
  std::vector<std::pair<fs::path, std::string>> m_files;
};

TEST(HostileFolders, NoMutationCrashesLoading) {
  std::vector<std::unique_ptr<Victim>> victims;
  for (const char* name : {"llama_tied", "llama3_rope", "qwen2", "qwen2_vl_hub", "qwen2_5_vl_hub",
                           "mllama_hub", "llava_onevision_hub"})
    if (fs::exists(wordsight::test::data(std::string("models/") + name)))
      victims.push_back(std::make_unique<Victim>(name));
  const double seconds = wordsight::test::fuzzSeconds(3);
  Random random(13, "folder mutations");
  const Stopwatch watch;
  int loaded = 0, refused = 0;
  while (watch.seconds() < seconds || loaded + refused < 200)
    ++(victims[random.below(victims.size())]->attack(random) ? loaded : refused);
  std::cout << loaded << " mutated folders loaded, " << refused << " were refused\n";
  EXPECT_GT(loaded, 10);
  EXPECT_GT(refused, 10);
}

}  // namespace
}  // namespace wordsight::neural::test
