#pragma once
// What lies in folders of models: found and described from headers, without loading a weight.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "domain/json.h"
#include "infer/model_shape.h"

namespace wordsight::infer {

/// A folder that holds a model, or something like one.
struct ModelFolder {
  enum class Kind { Base, Adapter, Unknown } kind = Kind::Unknown;
  std::filesystem::path path;
  std::string name;      // the folder's, or ORG/NAME in a cache of Hugging Face's hub
  std::string revision;  // there: the snapshot's hash
  std::string family;    // model_type of config.json; of an adapter: empty
  std::int64_t parameters = 0;
  std::int64_t bytes = 0;  // of all files of weights, links followed
  std::string precision;   // "BF16", "BF16, F32": as stored
  bool hasVision = false;
  std::vector<std::string> problems;  // plain sentences; empty: it can be used
  UnixMillis modifiedAt = 0;          // the newest of its weights and configuration

  // Of an adapter:
  std::string base;  // as its configuration names it: a folder or a hub's name
  int rank = 0;
  double alpha = 0;
  std::vector<std::string> targets;
  bool checkpoint = false;  // of a training that went on, with its optimiser's state beside it
  // Where Wordsight's own record (wordsight.json) says so:
  std::string dataset, project;  // what it was trained on, and the project's file
  std::int64_t run = 0;          // the training there
  std::int64_t steps = 0;
  std::string mergedFrom;  // of a base: the adapter that was merged into it

  bool usable() const { return problems.empty() && kind != Kind::Unknown; }
};
const char* toText(ModelFolder::Kind kind);
Json toJson(const ModelFolder& folder);

struct ScanOutcome {
  std::size_t found = 0;
  bool stopped = false;
  std::vector<std::string> problems;  // folders that are not there or cannot be read
};

/// Looks through folders, five deep, and tells each model as it is found. Links are followed, each
/// folder is looked at once, so that loops end; hidden folders below the given ones are left out.
/// Hostile files cost a sentence in `problems`, nothing else. Any thread; `onFound` is called
/// there.
ScanOutcome scanModels(const std::vector<std::filesystem::path>& folders, std::stop_token stop,
                       const std::function<void(ModelFolder)>& onFound);

/// One folder. NotFound when nothing there looks like a model.
Result<ModelFolder> describeModel(const std::filesystem::path& folder);

/// Everything about one folder, for a page of its own.
struct ModelDetails {
  ModelFolder folder;
  std::optional<ModelShape> shape;  // of a base whose configuration could be read
  bool chatKnown = false;           // its chat template was recognised
  std::string chatStyle;            // "ChatML", "Llama 3.1"; empty: none
  std::string chatWarning;          // what to know about it; empty: nothing
  std::int64_t tensors = 0;
  std::vector<std::pair<std::string, std::int64_t>> modules;  // parameters: language, vision, …
  std::vector<std::pair<std::string, std::int64_t>> files;    // names and bytes, by name
  Json record = Json::object();                               // wordsight.json, as it is
};
Result<ModelDetails> modelDetails(const std::filesystem::path& folder);

}  // namespace wordsight::infer
