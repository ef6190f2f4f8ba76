// models, merge: model folders, without a project.

#include <algorithm>
#include <filesystem>
#include <set>

#include "domain/config_reader.h"
#include "domain/safetensors.h"
#include "infer/local_model.h"
#include "session.h"

namespace wordsight::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kDepth = 5;  // Hugging Face's cache: models--X/snapshots/HASH/config.json

/// What a folder with config.json or adapter_config.json is, from headers alone.
Json describeFolder(const fs::path& folder) {
  Json json{{"folder", folder.string()}};
  std::error_code code;
  if (fs::exists(folder / "adapter_config.json", code)) {
    json["kind"] = "adapter";
    const auto config = ConfigReader::fromFile(folder / "adapter_config.json");
    if (!config)
      json["problem"] = config.error().message;
    else {
      json["base"] = config->text("base_model_name_or_path").value_or("");
      json["rank"] = config->integer("r", 1, 1 << 20).value_or(0);
      if (!fs::exists(folder / "adapter_model.safetensors", code))
        json["problem"] = "adapter_model.safetensors is missing.";
    }
    return json;
  }
  json["kind"] = "base";
  const auto config = ConfigReader::fromFile(folder / "config.json");
  if (!config) {
    json["problem"] = config.error().message;
    return json;
  }
  const std::string family = config->text("model_type").value_or("");
  json["family"] = family;
  const auto files = CheckpointFiles::open(folder);
  if (!files) {
    json["problem"] = files.error().message;
    return json;
  }
  std::int64_t parameters = 0, bytes = 0;
  std::set<std::string> types;
  for (const auto& [name, view] : files->tensors()) {
    std::int64_t n = 1;
    for (const auto size : view.shape) n *= size;
    parameters += n;
    bytes += static_cast<std::int64_t>(view.bytes.size());
    types.insert(toText(view.type));
  }
  json["parameters"] = parameters;
  json["bytes"] = bytes;
  json["precision"] = types;
  for (const char* needed : {"tokenizer.json", "tokenizer_config.json"})
    if (!fs::exists(folder / needed, code)) json["problem"] = std::string(needed) + " is missing.";
  static const std::set<std::string> kKnown = {"llama", "qwen2", "qwen2_vl"};
  if (!kKnown.contains(family)) json["problem"] = "the family \"" + family + "\" is not supported.";
  return json;
}

void scan(const fs::path& folder, int depth, std::vector<Json>& found) {
  std::error_code code;
  if (fs::exists(folder / "config.json", code) ||
      fs::exists(folder / "adapter_config.json", code)) {
    found.push_back(describeFolder(folder));
  }
  if (depth == 0) return;
  std::vector<fs::path> inside;
  for (auto it =
           fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, code);
       !code && it != fs::directory_iterator(); it.increment(code))
    if (it->is_directory(code) && !it->is_symlink(code)) inside.push_back(it->path());
  std::sort(inside.begin(), inside.end());
  for (const auto& next : inside) scan(next, depth - 1, found);
}

}  // namespace

void addFolderVerbs(CLI::App& app, Session& session) {
  auto folders = std::make_shared<std::vector<std::string>>();
  auto* models = addVerb(
      app, session, "models", "What model folders hold, without loading weights",
      [&session, folders]() -> Result<Json> {
        std::size_t count = 0;
        for (const auto& folder : *folders) {
          std::error_code code;
          if (!fs::is_directory(folder, code)) return fail("There is no folder " + folder + ".");
          std::vector<Json> found;
          scan(folder, kDepth, found);
          count += found.size();
          for (const auto& json : found) {
            session.console->object(json);
            std::string line =
                json["folder"].get<std::string>() + "\n    " + json["kind"].get<std::string>();
            if (json.contains("family")) line += ", " + json["family"].get<std::string>();
            if (json.contains("parameters")) {
              char text[64];
              std::snprintf(text, sizeof text, ", %.1f M parameters, %.1f MB",
                            json["parameters"].get<double>() / 1e6,
                            json["bytes"].get<double>() / 1e6);
              line += text;
            }
            if (json.contains("rank"))
              line += ", rank " + json["rank"].dump() + " on " + json["base"].get<std::string>();
            if (json.contains("problem"))
              line += "\n    problem: " + json["problem"].get<std::string>();
            session.console->line(line);
          }
        }
        session.console->line(std::to_string(count) + " model folders");
        return Json{{"count", count}};
      });
  models->add_option("folders", *folders, "Folders to look through")->required();

  struct MergeOptions {
    std::string model, adapter, out;
  };
  auto o = std::make_shared<MergeOptions>();
  auto* merge =
      addVerb(app, session, "merge", "Add an adapter into its base: a normal model folder",
              [&session, o]() -> Result<Json> {
                WORDSIGHT_CHECK(infer::mergeAdapter(o->model, o->adapter, o->out));
                session.console->line("Merged into " + o->out);
                return Json{{"out", o->out}};
              });
  merge->add_option("--model", o->model, "Base folder")->required();
  merge->add_option("--adapter", o->adapter, "Adapter folder (PEFT's format)")->required();
  merge->add_option("--out", o->out, "Folder to make")->required();
}

}  // namespace wordsight::cli
