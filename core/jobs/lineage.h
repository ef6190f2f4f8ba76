#pragma once
// Where a run came from and what came of it, as far as the project knows: runs, the datasets they
// learned from, the models they used and made, their benchmarks.

#include <cstdint>
#include <string>
#include <vector>

#include "domain/json.h"
#include "domain/run.h"
#include "store/connection.h"

namespace wordsight::jobs {

struct LineageNode {
  enum class Kind { Run, Dataset, Model, Benchmark };
  Kind kind = Kind::Run;
  std::int64_t id = 0;
  std::string relation;  // to the node above: "adapter", "frozen by", "learned by", …
  std::string name;      // the run's, the dataset's, …
  std::string detail;    // kind and status of a run, size of a dataset, folder of a model
  bool seen = false;     // it stands elsewhere in the tree with what belongs to it
  std::vector<LineageNode> next;
};
const char* toText(LineageNode::Kind kind);
Json toJson(const LineageNode& node);

struct Lineage {
  LineageNode origin;   // the run, and in `next` what it rests on, back to the beginning
  LineageNode results;  // the run, and in `next` what rests on it
};
Result<Lineage> lineageOf(store::Connection& connection, RunId run);

/// A line a node, with branches drawn.
std::string treeText(const LineageNode& node);

}  // namespace wordsight::jobs
