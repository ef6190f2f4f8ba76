#include "domain/run.h"

#include <array>

namespace wordsight {
namespace {

constexpr std::array kKinds = {
    std::pair{RunKind::Synthesis, "synthesis"}, std::pair{RunKind::Import, "import"},
    std::pair{RunKind::Check, "check"},         std::pair{RunKind::Freeze, "freeze"},
    std::pair{RunKind::Training, "training"},   std::pair{RunKind::Evaluation, "evaluation"},
    std::pair{RunKind::Benchmark, "benchmark"}, std::pair{RunKind::Comparison, "comparison"},
    std::pair{RunKind::Export, "export"},       std::pair{RunKind::Merge, "merge"}};
constexpr std::array kStatuses = {
    std::pair{RunStatus::Queued, "queued"},       std::pair{RunStatus::Running, "running"},
    std::pair{RunStatus::Done, "done"},           std::pair{RunStatus::Failed, "failed"},
    std::pair{RunStatus::Cancelled, "cancelled"}, std::pair{RunStatus::Interrupted, "interrupted"}};

template <class Table, class Value>
const char* nameIn(const Table& table, Value value) {
  for (const auto& [candidate, name] : table)
    if (candidate == value) return name;
  return "?";
}

template <class Value, class Table>
Result<Value> valueIn(const Table& table, std::string_view text, const char* what) {
  std::string all;
  for (const auto& [value, name] : table) {
    if (text == name) return value;
    all += (all.empty() ? "" : ", ") + std::string(name);
  }
  return fail("Unknown " + std::string(what) + " \"" + std::string(text) + "\"; there are: " + all +
              ".");
}

}  // namespace

const char* toText(RunKind kind) { return nameIn(kKinds, kind); }
const char* toText(RunStatus status) { return nameIn(kStatuses, status); }

Result<RunKind> runKindFromText(std::string_view text) {
  return valueIn<RunKind>(kKinds, text, "kind of run");
}

Result<RunStatus> runStatusFromText(std::string_view text) {
  return valueIn<RunStatus>(kStatuses, text, "status of a run");
}

}  // namespace wordsight
