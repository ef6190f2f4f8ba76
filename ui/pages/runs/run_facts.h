#pragma once
// What a run's panel shows, read in one go away from the window's thread.

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/run.h"
#include "store/run_repository.h"

namespace wordsight::ui {

/// A run that another one rests on, or that rests on it.
struct RunLink {
  RunId run;
  std::string role, name;
};

struct RunFacts {
  Run run;  // with its spec
  store::RunMark mark;
  std::vector<RunLink> links;
  std::vector<std::string> datasets, benchmarks;
  std::vector<std::pair<std::string, std::string>> models;  // role, location
  std::vector<store::RunLogEntry> log;
};

Result<RunFacts> runFacts(store::Connection& connection, RunId run);

/// A JSON value as rows of "path": "value": {"lora":{"rank":4}} → ("lora.rank", "4").
std::vector<std::pair<std::string, std::string>> flattened(const Json& json);

}  // namespace wordsight::ui
