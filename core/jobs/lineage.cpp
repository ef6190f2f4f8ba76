#include "jobs/lineage.h"

#include <algorithm>
#include <set>

#include "store/benchmark_repository.h"
#include "store/dataset_repository.h"
#include "store/model_repository.h"
#include "store/run_repository.h"

namespace wordsight::jobs {
namespace {

using Kind = LineageNode::Kind;

/// Walks the links one way. A node that comes again is named, and not walked again: many runs share
/// one dataset, and trees would grow without end.
class Walk {
 public:
  explicit Walk(store::Connection& connection)
      : m_runs(connection),
        m_datasets(connection),
        m_models(connection),
        m_benchmarks(connection) {}

  Result<LineageNode> origin(RunId id, const std::string& relation = {}) {
    WORDSIGHT_TRY(auto node, runNode(id, relation));
    if (node.seen) return node;
    WORDSIGHT_TRY(const auto parents, m_runs.parents(id));
    for (const auto& parent : parents)
      WORDSIGHT_CHECK(add(node, origin(parent.parent, parent.role)));
    WORDSIGHT_TRY(const auto datasets, m_runs.datasets(id));
    for (const auto dataset : datasets)
      WORDSIGHT_CHECK(add(node, datasetOrigin(dataset, "learned from")));
    WORDSIGHT_TRY(const auto models, m_runs.models(id));
    for (const auto& [model, role] : models)
      if (role != kMade) WORDSIGHT_CHECK(add(node, modelOrigin(model, role)));
    WORDSIGHT_TRY(const auto benchmarks, m_runs.benchmarks(id));
    for (const auto benchmark : benchmarks) WORDSIGHT_CHECK(add(node, benchmarkNode(benchmark)));
    return frozenFrom(std::move(node), id);
  }

  Result<LineageNode> results(RunId id, const std::string& relation = {}) {
    WORDSIGHT_TRY(auto node, runNode(id, relation));
    if (node.seen) return node;
    WORDSIGHT_TRY(const auto children, m_runs.children(id));
    for (const auto child : children) WORDSIGHT_CHECK(add(node, results(child, "used by")));
    WORDSIGHT_TRY(const auto datasets, m_datasets.fromRun(id));
    for (const auto dataset : datasets) WORDSIGHT_CHECK(add(node, datasetResults(dataset, id)));
    WORDSIGHT_TRY(const auto models, m_runs.models(id));
    for (const auto& [model, role] : models)
      if (role == kMade) WORDSIGHT_CHECK(add(node, modelResults(model)));
    return node;
  }

 private:
  static constexpr const char* kMade = "output";  // the role of a model that a run made

  static Status add(LineageNode& node, Result<LineageNode> next) {
    if (!next) return fail(std::move(next).error());
    node.next.push_back(std::move(*next));
    return {};
  }

  LineageNode node(Kind kind, std::int64_t id, const std::string& relation) {
    LineageNode made;
    made.kind = kind;
    made.id = id;
    made.relation = relation;
    made.seen = !m_seen.insert({kind, id}).second;
    return made;
  }

  Result<LineageNode> runNode(RunId id, const std::string& relation) {
    WORDSIGHT_TRY(const auto run, m_runs.get(id));
    auto made = node(Kind::Run, id.value, relation);
    made.name = run.name;
    made.detail = std::string(toText(run.kind)) + ", " + toText(run.status);
    return made;
  }

  Result<LineageNode> datasetNode(DatasetId id, const std::string& relation) {
    WORDSIGHT_TRY(const auto dataset, m_datasets.get(id));
    auto made = node(Kind::Dataset, id.value, relation);
    made.name = dataset.name;
    made.detail = std::to_string(dataset.items) + " scenarios";
    return made;
  }

  Result<LineageNode> modelNode(ModelId id, const std::string& relation) {
    WORDSIGHT_TRY(const auto model, m_models.get(id));
    auto made = node(Kind::Model, id.value, relation);
    made.name = model.name;
    made.detail = model.kind + ", " + model.location;
    return made;
  }

  Result<LineageNode> benchmarkNode(BenchmarkId id) {
    WORDSIGHT_TRY(const auto benchmark, m_benchmarks.get(id));
    auto made = node(Kind::Benchmark, id.value, "asked");
    made.name = benchmark.name;
    return made;
  }

  Result<LineageNode> datasetOrigin(DatasetId id, const std::string& relation) {
    WORDSIGHT_TRY(auto made, datasetNode(id, relation));
    if (made.seen) return made;
    WORDSIGHT_TRY(const auto dataset, m_datasets.get(id));
    if (dataset.run) {
      WORDSIGHT_CHECK(add(made, runNode(dataset.run, "frozen by")));
    }
    return withSources(std::move(made), id);
  }

  Result<LineageNode> withSources(LineageNode made, DatasetId id) {
    WORDSIGHT_TRY(const auto sources, m_datasets.sourceRuns(id));
    for (const auto source : sources) WORDSIGHT_CHECK(add(made, origin(source, "scenarios from")));
    return made;
  }

  /// A freeze rests on the runs whose scenarios it took.
  Result<LineageNode> frozenFrom(LineageNode made, RunId id) {
    WORDSIGHT_TRY(const auto datasets, m_datasets.fromRun(id));
    for (const auto dataset : datasets) {
      WORDSIGHT_TRY(const auto known, m_datasets.get(dataset));
      if (known.run != id) continue;
      WORDSIGHT_TRY(made, withSources(std::move(made), dataset));
    }
    return made;
  }

  Result<LineageNode> modelOrigin(ModelId id, const std::string& role) {
    WORDSIGHT_TRY(auto made, modelNode(id, role));
    if (made.seen) return made;
    WORDSIGHT_TRY(const auto runs, m_models.runsOf(id));
    for (const auto& [run, as] : runs)
      if (as == kMade) WORDSIGHT_CHECK(add(made, origin(run, "made by")));
    return made;
  }

  /// `from` froze it, or made scenarios in it.
  Result<LineageNode> datasetResults(DatasetId id, RunId from) {
    WORDSIGHT_TRY(const auto dataset, m_datasets.get(id));
    WORDSIGHT_TRY(auto made, datasetNode(id, dataset.run == from ? "froze" : "is in"));
    if (made.seen) return made;
    WORDSIGHT_TRY(const auto runs, m_datasets.usedBy(id));
    for (const auto run : runs) WORDSIGHT_CHECK(add(made, results(run, "learned by")));
    return made;
  }

  Result<LineageNode> modelResults(ModelId id) {
    WORDSIGHT_TRY(auto made, modelNode(id, "made"));
    if (made.seen) return made;
    WORDSIGHT_TRY(const auto runs, m_models.runsOf(id));
    for (const auto& [run, role] : runs)
      if (role != kMade) WORDSIGHT_CHECK(add(made, results(run, "used by")));
    return made;
  }

  store::RunRepository m_runs;
  store::DatasetRepository m_datasets;
  store::ModelRepository m_models;
  store::BenchmarkRepository m_benchmarks;
  std::set<std::pair<Kind, std::int64_t>> m_seen;
};

std::string lineOf(const LineageNode& node) {
  std::string line = node.relation.empty() ? "" : node.relation + " ";
  line += std::string(toText(node.kind)) + " " + std::to_string(node.id);
  if (!node.name.empty()) line += " \"" + node.name + "\"";
  if (!node.detail.empty()) line += " (" + node.detail + ")";
  return node.seen ? line + " – see above" : line;
}

void addLines(const LineageNode& node, const std::string& indent, std::string& out) {
  for (std::size_t i = 0; i < node.next.size(); ++i) {
    const bool last = i + 1 == node.next.size();
    out += indent + (last ? "└ " : "├ ") + lineOf(node.next[i]) + "\n";
    addLines(node.next[i], indent + (last ? "  " : "│ "), out);
  }
}

}  // namespace

const char* toText(LineageNode::Kind kind) {
  switch (kind) {
    case Kind::Run:
      return "run";
    case Kind::Dataset:
      return "dataset";
    case Kind::Model:
      return "model";
    case Kind::Benchmark:
      return "benchmark";
  }
  return "";
}

Json toJson(const LineageNode& node) {
  Json json{{"kind", toText(node.kind)}, {"id", node.id}};
  if (!node.relation.empty()) json["relation"] = node.relation;
  json["name"] = node.name;
  json["detail"] = node.detail;
  if (node.seen) json["seen"] = true;
  json["next"] = Json::array();
  for (const auto& next : node.next) json["next"].push_back(toJson(next));
  return json;
}

Result<Lineage> lineageOf(store::Connection& connection, RunId run) {
  Lineage lineage;
  WORDSIGHT_TRY(lineage.origin, Walk(connection).origin(run));
  WORDSIGHT_TRY(lineage.results, Walk(connection).results(run));
  return lineage;
}

std::string treeText(const LineageNode& node) {
  std::string out = lineOf(node) + "\n";
  addLines(node, "", out);
  return out;
}

}  // namespace wordsight::jobs
