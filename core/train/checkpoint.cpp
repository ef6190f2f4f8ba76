#include "train/checkpoint.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdio>
#include <system_error>

#include "base/file.h"
#include "base/hash.h"
#include "domain/safetensors.h"
#include "neural/weights.h"

namespace wordsight::train {
namespace {

namespace fs = std::filesystem;
constexpr int kStateVersion = 1;
constexpr const char* kStateFile = "state.json";
constexpr const char* kTensorFile = "optimizer.safetensors";
// The config last: a folder without it is no adapter to anybody.
constexpr std::array kAdapterFiles = {"adapter_model.safetensors", "wordsight.json",
                                      "adapter_config.json"};

std::vector<std::int64_t> shapeOf(const torch::Tensor& tensor) { return tensor.sizes().vec(); }

Status writeOptimizer(const fs::path& file, const AdamW& optimizer) {
  std::vector<torch::Tensor> keep;  // the bytes live as long as these
  std::vector<TensorToWrite> tensors;
  const auto add = [&](const std::string& name, const torch::Tensor& tensor) {
    keep.push_back(tensor.detach().cpu().contiguous());
    tensors.push_back({name, DType::F32, shapeOf(tensor), neural::bytesOf(keep.back())});
  };
  for (std::size_t i = 0; i < optimizer.parameters().size(); ++i) {
    const auto& [name, value] = optimizer.parameters()[i];
    add("value." + name, value);
    add("m." + name, optimizer.firstMoment(i));
    add("v." + name, optimizer.secondMoment(i));
  }
  return writeSafetensors(file, tensors, {{"format", "pt"}});
}

Status readOptimizer(const fs::path& file, AdamW& optimizer) {
  WORDSIGHT_TRY(const auto stored, SafetensorsFile::open(file));
  for (std::size_t i = 0; i < optimizer.parameters().size(); ++i) {
    const auto& [name, value] = optimizer.parameters()[i];
    std::vector<torch::Tensor> parts;
    for (const char* part : {"value.", "m.", "v."}) {
      const auto found = stored.tensors().find(part + name);
      if (found == stored.tensors().end())
        return fail(file.string() + " has no tensor '" + part + name +
                    "': it belongs to another run.");
      const auto& view = found->second;
      if (view.type != DType::F32 || view.shape != shapeOf(value))
        return fail(file.string() + ": '" + part + name + "' is " + neural::shapeText(view.shape) +
                    ", not " + neural::shapeText(shapeOf(value)) +
                    " in float32: it belongs to another run.");
      parts.push_back(neural::tensorOver(view, nullptr));
    }
    optimizer.restore(i, parts[0], parts[1], parts[2]);
  }
  if (stored.tensors().size() != 3 * optimizer.parameters().size())
    return fail(file.string() +
                " has tensors of targets that this run does not train: it belongs to another run.");
  return {};
}

/// The first key, written with dots, in which two specs differ; empty when they ask for the same.
std::string difference(const Json& now, const Json& then, const std::string& prefix = {}) {
  static const std::vector<std::string> free = {"eval_every", "save_every", "probe_every"};
  for (const auto& [key, value] : now.items()) {
    if (prefix.empty() && std::find(free.begin(), free.end(), key) != free.end()) continue;
    if (!then.contains(key)) return prefix + key;
    if (value.is_object() && then[key].is_object()) {
      if (auto inner = difference(value, then[key], prefix + key + "."); !inner.empty())
        return inner;
    } else if (value != then[key]) {
      return prefix + key;
    }
  }
  return {};
}

Status checkIdentity(const fs::path& folder, const RunIdentity& now, const Json& state) {
  if (const auto key = difference(now.spec, state.value("spec", Json::object())); !key.empty())
    return fail("Cannot resume from " + folder.string() + ": its spec differs in '" + key +
                "'; resume with the spec that it was started with.");
  if (state.value("data_hash", "") != now.dataHash)
    return fail("Cannot resume from " + folder.string() +
                ": the training data are not those that it was started with.");
  const auto hashes = state.value("base_hashes", std::map<std::string, std::string>{});
  for (const auto& [module, hash] : now.baseHashes)
    if (const auto found = hashes.find(module); found == hashes.end() || found->second != hash)
      return fail("Cannot resume from " + folder.string() + ": the base model's '" + module +
                  "' is not the one that it was started with.");
  return {};
}

/// Removes a folder that holds an unfinished write when it goes out of scope.
struct Unfinished {
  fs::path path;
  ~Unfinished() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

Status renamed(const fs::path& from, const fs::path& to) {
  std::error_code code;
  fs::rename(from, to, code);
  if (code)
    return fail("Cannot rename " + from.string() + " to " + to.string() + ": " + code.message(),
                ErrorKind::Io);
  return {};
}

}  // namespace

std::string dataHash(const TrainingData& data) {
  Sha256 sha;
  const auto add = [&](const std::string& text) {
    sha.add(std::to_string(text.size()) +
            ":");  // so that no two lists run together to the same bytes
    sha.add(text);
  };
  add(data.prompt ? data.prompt->hash : "");
  for (const auto& example : data.train) {
    Json messages = Json::array();
    for (const auto& message : example.messages) messages.push_back(toJson(message));
    add(dumpJson(messages));
    add(example.scenario ? contentHash(*example.scenario) : "");
  }
  return sha.hex();
}

fs::path checkpointFolder(const fs::path& out, std::int64_t step) {
  char name[32];
  std::snprintf(name, sizeof name, "step-%06" PRId64, step);
  return out / "checkpoints" / name;
}

std::vector<fs::path> listCheckpoints(const fs::path& out) {
  std::vector<std::pair<std::int64_t, fs::path>> found;
  std::error_code code;
  for (fs::directory_iterator it(out / "checkpoints", code), end; !code && it != end;
       it.increment(code)) {
    const auto name = it->path().filename().string();
    if (name.rfind("step-", 0) != 0 || name.size() <= 5 || name.size() > 20 ||
        name.find_first_not_of("0123456789", 5) != std::string::npos)
      continue;
    std::error_code missing;
    if (fs::exists(it->path() / kStateFile, missing))
      found.emplace_back(std::stoll(name.substr(5)), it->path());
  }
  std::sort(found.begin(), found.end());
  std::vector<fs::path> folders;
  for (auto& [step, path] : found) folders.push_back(std::move(path));
  return folders;
}

Status checkOutput(const fs::path& out, const fs::path& resume) {
  if (out.empty()) return fail("No output folder was named: say where the adapter is to go.");
  std::error_code code;
  if (!resume.empty()) {
    auto from = fs::weakly_canonical(resume, code);
    if (!from.has_filename()) from = from.parent_path();  // "step-000100/"
    if (from.parent_path() == fs::weakly_canonical(out / "checkpoints", code)) return {};
  }
  for (const char* name : kAdapterFiles)
    if (fs::exists(out / name, code))
      return fail(out.string() + " holds " + name +
                  " already, and nothing is overwritten: choose another output folder.");
  if (!listCheckpoints(out).empty())
    return fail(out.string() +
                " holds checkpoints of an earlier run: resume from one of them, or choose "
                "another output folder.");
  return {};
}

Result<std::unique_ptr<FileLock>> lockOutput(const fs::path& out) {
  WORDSIGHT_CHECK(makeFolder(out));
  WORDSIGHT_TRY(auto lock, FileLock::tryAcquire(out / ".training.lock"));
  if (!lock)
    return fail("Another training is writing into " + out.string() +
                    ": wait until it ends, or choose another output folder.",
                ErrorKind::Busy);
  return lock;
}

Status saveCheckpoint(const fs::path& folder, const neural::LanguageModel& model,
                      const AdamW& optimizer, const RunState& state, const RunIdentity& identity,
                      const std::string& baseModel) {
  const auto name = folder.filename().string();
  const Unfinished writing{folder.parent_path() / ("." + name + ".writing")};
  const Unfinished replaced{folder.parent_path() / ("." + name + ".replaced")};
  std::error_code code;
  fs::remove_all(writing.path, code);
  fs::remove_all(replaced.path, code);
  WORDSIGHT_CHECK(makeFolder(writing.path));
  WORDSIGHT_CHECK(model.saveLora(writing.path, baseModel));
  WORDSIGHT_CHECK(writeOptimizer(writing.path / kTensorFile, optimizer));
  const Json json = {{"version", kStateVersion},
                     {"step", state.step},
                     {"optimizer_steps", optimizer.steps()},
                     {"samples", state.samples},
                     {"tokens", state.tokens},
                     {"counted_tokens", state.countedTokens},
                     {"seconds", state.seconds},
                     {"losses", state.losses},
                     {"spec", identity.spec},
                     {"data_hash", identity.dataHash},
                     {"base_hashes", identity.baseHashes}};
  WORDSIGHT_CHECK(writeFileAtomically(writing.path / kStateFile, dumpJsonPretty(json)));
  if (fs::exists(folder, code)) WORDSIGHT_CHECK(renamed(folder, replaced.path));
  return renamed(writing.path, folder);
}

Result<RunState> loadCheckpoint(const fs::path& folder, const RunIdentity& identity,
                                AdamW& optimizer) {
  const auto file = folder / kStateFile;
  std::error_code code;
  if (!fs::exists(file, code))
    return fail(folder.string() + " is no checkpoint (it has no " + kStateFile +
                    "): name a folder such as OUT/checkpoints/step-000100.",
                ErrorKind::NotFound);
  WORDSIGHT_TRY(const Json json, readJsonFile(file));
  if (!json.is_object() || json.value("version", Json()) != kStateVersion)
    return fail(
        file.string() + " is not of a version that this program can resume: train from the start.",
        ErrorKind::Unsupported);
  try {
    WORDSIGHT_CHECK(checkIdentity(folder, identity, json));
    RunState state;
    state.step = json.at("step");
    state.samples = json.at("samples");
    state.tokens = json.at("tokens");
    state.countedTokens = json.at("counted_tokens");
    state.seconds = json.at("seconds");
    state.losses = json.at("losses").get<std::vector<double>>();
    const std::int64_t made = json.at("optimizer_steps");
    if (state.step < 0 || made < 0 || state.losses.size() != static_cast<std::size_t>(state.step))
      return fail(file.string() + " is damaged: its numbers of steps and losses do not agree.");
    WORDSIGHT_CHECK(readOptimizer(folder / kTensorFile, optimizer));
    optimizer.setSteps(made);
    return state;
  } catch (const Json::exception& error) {
    return fail(file.string() + " is damaged (" + error.what() +
                "): resume from an older checkpoint.");
  }
}

void removeUnfinished(const fs::path& out) {
  std::error_code code;
  std::vector<fs::path> left;
  for (fs::directory_iterator it(out / "checkpoints", code), end; !code && it != end;
       it.increment(code))
    if (it->path().filename().string().rfind(".step-", 0) == 0 &&
        it->path().extension() == ".writing")
      left.push_back(it->path());
  for (const auto& path : left) fs::remove_all(path, code);
}

void pruneCheckpoints(const fs::path& out, int keep) {
  if (keep <= 0) return;
  const auto folders = listCheckpoints(out);
  const auto count = static_cast<std::size_t>(keep);
  for (std::size_t i = 0; i + count < folders.size(); ++i) {
    std::error_code ignored;
    fs::remove_all(folders[i], ignored);
  }
}

Status saveAdapter(const fs::path& out, const neural::LanguageModel& model,
                   const std::string& baseModel, const Json& record) {
  const Unfinished writing{out / ".adapter.writing"};
  std::error_code code;
  fs::remove_all(writing.path, code);
  WORDSIGHT_CHECK(makeFolder(writing.path));
  WORDSIGHT_CHECK(model.saveLora(writing.path, baseModel));
  WORDSIGHT_CHECK(writeFileAtomically(writing.path / "wordsight.json", dumpJsonPretty(record)));
  for (const char* name : kAdapterFiles) WORDSIGHT_CHECK(renamed(writing.path / name, out / name));
  return {};
}

Status startFromAdapter(const fs::path& folder, neural::LanguageModel& model,
                        const TrainSpec& spec) {
  const auto file = folder / "adapter_config.json";
  WORDSIGHT_TRY(const Json config, readJsonFile(file));
  const auto differs = [&](const std::string& key, const std::string& theirs,
                           const std::string& ours) {
    return fail("lora.init: " + file.string() + " says " + key + " " + theirs + ", the spec says " +
                ours + ": make the spec's value the adapter's.");
  };
  try {
    if (const int rank = config.at("r"); rank != spec.lora.rank)
      return differs("r", std::to_string(rank), std::to_string(spec.lora.rank));
    if (const double alpha = config.at("lora_alpha"); alpha != spec.lora.alpha)
      return differs("lora_alpha", Json(alpha).dump(), Json(spec.lora.alpha).dump());
    if (const bool rslora = config.value("use_rslora", false); rslora != spec.lora.rslora)
      return differs("use_rslora", rslora ? "true" : "false", spec.lora.rslora ? "true" : "false");
  } catch (const Json::exception& error) {
    return fail(file.string() + " is no LoRA configuration (" + error.what() +
                "): name another adapter in lora.init.");
  }
  WORDSIGHT_CHECK(model.loadLora(folder));
  std::map<std::string, torch::Tensor> stored;
  for (const auto& [name, tensor] : model.loraParameters()) stored[name] = tensor.detach().clone();
  model.detachLora();

  WORDSIGHT_CHECK(model.attachLora(
      {spec.lora.rank, spec.lora.alpha, spec.lora.rslora, spec.lora.dropout, spec.lora.targets},
      spec.seed));
  torch::NoGradGuard noGrad;
  const auto parameters = model.loraParameters();
  if (parameters.size() != stored.size())
    return fail("lora.init: " + folder.string() +
                " adapts other layers than lora.targets names: make them the same.");
  for (const auto& [name, tensor] : parameters) {
    const auto found = stored.find(name);
    if (found == stored.end() || found->second.sizes() != tensor.sizes())
      return fail("lora.init: " + folder.string() + " has no fitting '" + name +
                  "': make lora.targets the adapter's.");
    torch::Tensor(tensor).copy_(found->second);
  }
  return {};
}

}  // namespace wordsight::train
