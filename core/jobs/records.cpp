#include "jobs/records.h"

#include <filesystem>

#include "base/file.h"
#include "base/hash.h"
#include "domain/config_reader.h"
#include "domain/safetensors.h"
#include "jobs/resources.h"
#include "store/benchmark_repository.h"
#include "store/dataset_repository.h"
#include "store/model_repository.h"
#include "store/prompt_repository.h"
#include "store/run_repository.h"

namespace wordsight::jobs {
namespace {

/// Names, types, shapes and sizes of all tensors: identifies weights without reading gigabytes. An
/// adapter's few megabytes are hashed whole.
Result<std::string> identity(const std::filesystem::path& folder, const std::string& kind) {
  Sha256 hash;
  if (kind == "adapter") {
    for (const char* file : {"adapter_config.json", "adapter_model.safetensors"}) {
      WORDSIGHT_TRY(const auto one, sha256HexOfFile(folder / file));
      hash.add(one);
    }
    return hash.hex();
  }
  WORDSIGHT_TRY(const auto config, sha256HexOfFile(folder / "config.json"));
  hash.add(config);
  WORDSIGHT_TRY(const auto files, CheckpointFiles::open(folder));
  constexpr std::size_t kProbe =
      4096;  // first bytes of each tensor: a fine-tuned copy differs, at a cost of pages only
  for (const auto& [name, view] : files.tensors()) {
    hash.add(name + toText(view.type) + std::to_string(view.bytes.size()));
    hash.add(view.bytes.first(std::min(kProbe, view.bytes.size())));
  }
  return hash.hex();
}

Status checkFolder(const std::string& folder, const char* file, const char* what) {
  std::error_code code;
  const std::filesystem::path path(folder);
  if (folder.empty()) return fail(std::string("Name the ") + what + "'s folder.");
  if (!std::filesystem::is_directory(path, code))
    return fail("There is no folder " + folder + ": name the " + what + "'s folder.",
                ErrorKind::NotFound);
  if (!std::filesystem::exists(path / file, code))
    return fail(folder + " is no " + what + " folder: it holds no " + file + ".",
                ErrorKind::NotFound);
  return {};
}

}  // namespace

Status checkModelFolder(const std::string& folder) {
  return checkFolder(folder, "config.json", "model");
}
Status checkAdapterFolder(const std::string& folder) {
  return checkFolder(folder, "adapter_config.json", "adapter");
}
Status checkBenchmark(const store::Project& project, const std::string& name) {
  WORDSIGHT_TRY(const auto connection, project.connect());
  return store::BenchmarkRepository(*connection).find(name).map([](const auto&) {});
}
Status checkDataset(const store::Project& project, const std::string& name) {
  WORDSIGHT_TRY(const auto connection, project.connect());
  return store::DatasetRepository(*connection).find(name).map([](const auto&) {});
}

Status rememberModel(RunScope& scope, const std::string& folder, const std::string& kind,
                     const std::string& role) {
  store::ModelRecord record;
  record.kind = kind;
  record.name = std::filesystem::path(folder).filename().string();
  record.location = scope.connection().storedPath(std::filesystem::absolute(folder));
  WORDSIGHT_TRY(record.hash, identity(folder, kind));
  if (kind == "base") {
    WORDSIGHT_TRY(const auto config,
                  ConfigReader::fromFile(std::filesystem::path(folder) / "config.json"));
    WORDSIGHT_TRY(record.family, config.text("model_type"));
  }
  WORDSIGHT_TRY(const auto id, store::ModelRepository(scope.connection()).remember(record));
  return store::RunRepository(scope.connection()).linkModel(scope.id(), id, role);
}

Result<DecisionPrompt> rememberPrompt(RunScope& scope, const std::string& nameOrFile) {
  WORDSIGHT_TRY(const auto text, decisionPromptText(nameOrFile));
  WORDSIGHT_TRY(auto prompt, decisionPrompt(nameOrFile));
  WORDSIGHT_TRY(const auto row,
                store::PromptRepository(scope.connection()).put("decision/" + prompt.name, text));
  (void)row;
  return prompt;
}

}  // namespace wordsight::jobs
