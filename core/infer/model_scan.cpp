#include "infer/model_scan.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/file.h"
#include "domain/adapter_config.h"
#include "domain/config_reader.h"
#include "domain/safetensors.h"
#include "text/chat.h"

namespace wordsight::infer {
namespace {

namespace fs = std::filesystem;

constexpr int kDepth = 5;  // a cache of the hub: hub/models--X/snapshots/HASH/config.json
constexpr std::uint64_t kMostRecord = 1 << 22;
constexpr const char* kRecord = "wordsight.json";

/// Files and folders directly in a folder, by name. Links that lead nowhere are files here: a
/// download that was cut off leaves such.
struct Listing {
  std::set<std::string> files;
  std::vector<fs::path> folders;
  std::error_code error;
  bool has(const std::string& name) const { return files.contains(name); }
};

Listing listed(const fs::path& folder) {
  Listing out;
  fs::directory_iterator it(folder, fs::directory_options::skip_permission_denied, out.error);
  for (; !out.error && it != fs::directory_iterator(); it.increment(out.error)) {
    std::error_code code;
    if (it->is_directory(code))
      out.folders.push_back(it->path());
    else
      out.files.insert(it->path().filename().string());
  }
  std::sort(out.folders.begin(), out.folders.end());
  return out;
}

bool hasWeights(const Listing& in) {
  static const std::vector<std::string> kNames = {
      "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin",
      "pytorch_model.bin.index.json", "consolidated.00.pth"};
  return std::any_of(kNames.begin(), kNames.end(), [&](const auto& name) { return in.has(name); });
}

/// The hub's cache: models--ORG--NAME/snapshots/HASH.
void nameFolder(ModelFolder& out) {
  out.name = out.path.filename().string();
  const auto snapshots = out.path.parent_path();
  const auto repository = snapshots.parent_path().filename().string();
  const std::string front = "models--";
  if (snapshots.filename() != "snapshots" || !repository.starts_with(front)) return;
  out.revision = out.name;
  out.name = repository.substr(front.size());
  if (const auto at = out.name.find("--"); at != std::string::npos)
    out.name = out.name.substr(0, at) + "/" + out.name.substr(at + 2);
}

UnixMillis modifiedAt(const fs::path& file) {
  std::error_code code;
  const auto time = fs::last_write_time(file, code);
  if (code) return 0;
  const auto system = std::chrono::file_clock::to_sys(time);
  return std::chrono::duration_cast<std::chrono::milliseconds>(system.time_since_epoch()).count();
}

/// Sizes and times of configuration and weights.
void measureFiles(const Listing& in, ModelFolder& out) {
  for (const auto& name : in.files) {
    const bool weights =
        name.ends_with(".safetensors") || name.ends_with(".bin") || name.ends_with(".pth");
    if (!weights && name != "config.json" && name != "adapter_config.json") continue;
    if (name == "optimizer.safetensors") continue;
    std::error_code code;
    const auto size = fs::file_size(out.path / name, code);
    if (weights && !code) out.bytes += static_cast<std::int64_t>(size);
    out.modifiedAt = std::max(out.modifiedAt, modifiedAt(out.path / name));
  }
}

std::int64_t elements(const TensorView& view) {
  std::int64_t n = 1;
  for (const auto size : view.shape) n *= size;
  return n;
}

/// Tower or projector, in any family's names.
bool isVision(const std::string& name) {
  for (const char* part : {"visual.", "vision_", "multi_modal_projector.", "image_newline"})
    if (name.find(part) != name.npos) return true;
  return false;
}

void countTensors(const std::map<std::string, TensorView>& tensors, ModelFolder& out) {
  std::set<std::string> types;
  for (const auto& [name, view] : tensors) {
    out.parameters += elements(view);
    types.insert(wordsight::toText(view.type));
    out.hasVision |= isVision(name);
  }
  for (const auto& type : types) out.precision += (out.precision.empty() ? "" : ", ") + type;
}

/// What our own trainings and merges leave beside the weights. Absent or broken: nothing is known.
Json recordOf(const fs::path& folder) {
  auto json = readJsonFile(folder / kRecord, kMostRecord);
  return json && json->is_object() ? std::move(*json) : Json::object();
}

std::string textOf(const Json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::int64_t numberOf(const Json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_number_integer() ? it->get<std::int64_t>() : 0;
}

void readRecord(const Json& record, ModelFolder& out) {
  out.steps = numberOf(record, "steps");
  if (const auto origin = record.find("origin"); origin != record.end() && origin->is_object()) {
    out.dataset = textOf(*origin, "dataset");
    out.project = textOf(*origin, "project");
    out.run = numberOf(*origin, "run");
  }
  if (const auto merged = record.find("merged"); merged != record.end() && merged->is_object())
    out.mergedFrom = textOf(*merged, "adapter");
}

void describeAdapter(const Listing& in, ModelFolder& out) {
  out.kind = ModelFolder::Kind::Adapter;
  out.checkpoint = in.has("optimizer.safetensors") && in.has("state.json");
  const auto file = out.path / "adapter_config.json";
  if (auto config = readAdapterConfig(file)) {
    out.rank = config->rank;
    out.alpha = config->alpha;
    out.base = config->baseModel;
    out.targets = config->targets;
    if (out.targets.empty() && !config->targetPattern.empty())
      out.targets.push_back(config->targetPattern);
  } else {
    out.problems.push_back(config.error().message);
    if (const auto loose = ConfigReader::fromFile(file)) {
      out.base = loose->text("base_model_name_or_path").value_or("");
      out.rank = static_cast<int>(loose->integer("r", 1, 1 << 20).value_or(0));
    }
  }
  const auto weights = out.path / "adapter_model.safetensors";
  if (in.has("adapter_model.safetensors")) {
    if (const auto opened = SafetensorsFile::open(weights))
      countTensors(opened->tensors(), out);
    else
      out.problems.push_back(opened.error().message);
  } else if (in.has("adapter_model.bin")) {
    out.problems.push_back(
        out.path.string() +
        " has only pickled weights (adapter_model.bin), which may hold code and are never opened; "
        "fetch or convert to safetensors.");
  } else {
    out.problems.push_back(weights.string() + " is missing; fetch it, or train again.");
  }
  const fs::path base = out.base;
  std::error_code code;
  if (base.is_absolute() && !fs::exists(base / "config.json", code))
    out.problems.push_back("Its base model is no longer at " + out.base +
                           "; name the folder where it is now.");
}

void describeBase(const Listing& in, ModelFolder& out) {
  if (!in.has("config.json")) {
    out.problems.push_back((out.path / "config.json").string() +
                           " is missing; fetch it from where the weights came from.");
  } else if (const auto config = ConfigReader::fromFile(out.path / "config.json"); !config) {
    out.problems.push_back(config.error().message);
  } else if (!config->has("model_type")) {
    out.problems.push_back(config->what() + " names no model_type; restore the model's own.");
  } else {
    out.kind = ModelFolder::Kind::Base;
    out.family = config->text("model_type").value_or("");
    out.hasVision = config->isObject("vision_config");
    if (const auto shape = readModelShape(out.path); !shape)
      out.problems.push_back(shape.error().message);
  }
  if (const auto files = CheckpointFiles::open(out.path))
    countTensors(files->tensors(), out);
  else
    out.problems.push_back(files.error().message);
  if (out.kind != ModelFolder::Kind::Base) return;
  for (const char* needed : {"tokenizer.json", "tokenizer_config.json"})
    if (std::error_code code; !fs::exists(out.path / needed, code))
      out.problems.push_back((out.path / needed).string() + " is missing; fetch it.");
}

/// A config.json alone is no model: many programs have a file of that name.
bool looksLikeModel(const fs::path& folder, const Listing& in) {
  if (in.has("adapter_config.json") || hasWeights(in)) return true;
  if (!in.has("config.json")) return false;
  const auto config = ConfigReader::fromFile(folder / "config.json");
  return config ? config->has("model_type") : in.has("tokenizer.json");
}

std::optional<ModelFolder> described(const fs::path& folder, const Listing& in) {
  if (!looksLikeModel(folder, in)) return std::nullopt;
  ModelFolder out;
  out.path = folder;
  nameFolder(out);
  measureFiles(in, out);
  if (in.has("adapter_config.json"))
    describeAdapter(in, out);
  else
    describeBase(in, out);
  if (in.has(kRecord)) readRecord(recordOf(folder), out);
  return out;
}

class Scanner {
 public:
  Scanner(std::stop_token stop, const std::function<void(ModelFolder)>& onFound)
      : m_stop(std::move(stop)), m_onFound(onFound) {}

  void visit(const fs::path& folder, int depth) {
    if (m_stop.stop_requested()) {
      outcome.stopped = true;
      return;
    }
    std::error_code code;
    const auto real = fs::canonical(folder, code);
    if (code || !m_seen.insert(real.string()).second) return;
    const auto in = listed(folder);
    if (in.error)
      outcome.problems.push_back("The folder " + folder.string() +
                                 " cannot be read: " + in.error.message() + ".");
    if (auto found = described(folder, in)) {
      ++outcome.found;
      m_onFound(std::move(*found));
    }
    if (depth == 0) return;
    for (const auto& inside : in.folders)
      if (!inside.filename().string().starts_with('.')) visit(inside, depth - 1);
  }

  ScanOutcome outcome;

 private:
  std::stop_token m_stop;
  const std::function<void(ModelFolder)>& m_onFound;
  std::set<std::string> m_seen;  // real paths
};

/// "language", "vision", "head": the part of a model that a tensor's name points to.
std::string partOf(const std::string& name) {
  if (isVision(name)) return "vision";
  if (name.find("lm_head") != name.npos) return "head";
  if (name.find("embed_tokens") != name.npos) return "embedding";
  return "language";
}

void describeTensors(ModelDetails& details) {
  std::map<std::string, std::int64_t> parts;
  const auto count = [&](const std::map<std::string, TensorView>& tensors) {
    details.tensors = static_cast<std::int64_t>(tensors.size());
    for (const auto& [name, view] : tensors) parts[partOf(name)] += elements(view);
  };
  const auto& path = details.folder.path;
  if (details.folder.kind == ModelFolder::Kind::Adapter) {
    if (const auto file = SafetensorsFile::open(path / "adapter_model.safetensors"))
      count(file->tensors());
  } else if (const auto files = CheckpointFiles::open(path)) {
    count(files->tensors());
  }
  details.modules.assign(parts.begin(), parts.end());
}

}  // namespace

const char* toText(ModelFolder::Kind kind) {
  switch (kind) {
    case ModelFolder::Kind::Base:
      return "base";
    case ModelFolder::Kind::Adapter:
      return "adapter";
    case ModelFolder::Kind::Unknown:
      break;
  }
  return "unknown";
}

Json toJson(const ModelFolder& folder) {
  Json json{{"folder", folder.path.string()},
            {"kind", toText(folder.kind)},
            {"name", folder.name},
            {"bytes", folder.bytes},
            {"modified", isoTime(folder.modifiedAt)}};
  const auto text = [&](const char* key, const std::string& value) {
    if (!value.empty()) json[key] = value;
  };
  text("revision", folder.revision);
  text("family", folder.family);
  if (folder.parameters > 0) json["parameters"] = folder.parameters;
  text("precision", folder.precision);
  if (folder.kind == ModelFolder::Kind::Base) json["vision"] = folder.hasVision;
  if (folder.kind == ModelFolder::Kind::Adapter) {
    json["base"] = folder.base;
    json["rank"] = folder.rank;
    json["alpha"] = folder.alpha;
    json["targets"] = folder.targets;
    json["checkpoint"] = folder.checkpoint;
  }
  text("dataset", folder.dataset);
  text("project", folder.project);
  if (folder.run > 0) json["run"] = folder.run;
  if (folder.steps > 0) json["steps"] = folder.steps;
  text("merged_from", folder.mergedFrom);
  if (!folder.problems.empty()) json["problems"] = folder.problems;
  return json;
}

ScanOutcome scanModels(const std::vector<fs::path>& folders, std::stop_token stop,
                       const std::function<void(ModelFolder)>& onFound) {
  Scanner scanner(std::move(stop), onFound);
  for (const auto& folder : folders) {
    std::error_code code;
    if (fs::is_directory(folder, code))
      scanner.visit(fs::absolute(folder).lexically_normal(), kDepth);
    else
      scanner.outcome.problems.push_back("There is no folder " + folder.string() + ".");
  }
  return scanner.outcome;
}

Result<ModelFolder> describeModel(const fs::path& folder) {
  std::error_code code;
  if (!fs::is_directory(folder, code))
    return fail("There is no folder " + folder.string() + ".", ErrorKind::NotFound);
  auto found = described(fs::absolute(folder).lexically_normal(), listed(folder));
  if (!found)
    return fail(folder.string() +
                    " holds no model: config.json and model.safetensors are expected, or "
                    "adapter_config.json and adapter_model.safetensors.",
                ErrorKind::NotFound);
  return std::move(*found);
}

Result<ModelDetails> modelDetails(const fs::path& folder) {
  ModelDetails details;
  WORDSIGHT_TRY(details.folder, describeModel(folder));
  const auto& path = details.folder.path;
  const auto in = listed(path);
  for (const auto& name : in.files) {
    std::error_code code;
    const auto size = fs::file_size(path / name, code);
    details.files.emplace_back(name, code ? 0 : static_cast<std::int64_t>(size));
  }
  describeTensors(details);
  if (in.has(kRecord)) details.record = recordOf(path);
  if (details.folder.kind != ModelFolder::Kind::Base) return details;
  if (auto shape = readModelShape(path)) details.shape = std::move(*shape);
  if (const auto chat = text::ChatTemplate::load(path)) {
    details.chatKnown = chat->warning().empty();
    details.chatStyle = chat->name();
    details.chatWarning = chat->warning();
  } else {
    details.chatWarning = chat.error().message;
  }
  return details;
}

}  // namespace wordsight::infer
