#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/run.h"
#include "store/connection.h"

namespace wordsight::store {

struct RunFilter {
  std::optional<RunKind> kind;
  std::optional<RunStatus> status;
  std::string text;  // part of name, command, error, note or a tag; case does not count (ASCII)
  std::optional<bool> starred;
  std::string tag;  // a whole tag, as written; empty: any
  enum class Sort { Created, Started, Finished, Name, Kind, Status, Duration };
  Sort sort = Sort::Created;  // ties in order of creation
  bool descending = true;
  std::int64_t limit = -1;
  std::int64_t offset = 0;
};

struct RunLogEntry {
  enum class Kind { Info, Warning, Status };
  Kind kind = Kind::Info;  // Status lines are written by start() and finish() themselves
  std::string text;
  UnixMillis createdAt = 0;
};

/// What a person notes about a run: for finding it again, computed with by nobody.
struct RunMark {
  bool starred = false;
  std::string note;
  std::vector<std::string> tags;
  bool operator==(const RunMark&) const = default;
};

/// A run as a list shows it.
struct RunRow {
  Run run;  // without its spec
  RunMark mark;
};

/// A run that another one rests on.
struct RunParent {
  RunId parent;
  std::string role;  // "adapter", "resumed", "cell", "data", …
};

/// Runs. Status moves only by create → start → finish, and back by start() from Interrupted,
/// Cancelled or Failed (resuming); everything else is refused, by the file itself.
///
/// Whose run is it: the Project handle that creates or starts a run holds a lock (a file in
/// NAME.files/locks, locked with flock for as long as the handle lives, released by the kernel
/// however the process ends). A run is alive exactly while its owner's lock is held; no process
/// number is trusted, so reused numbers and reboots do no harm.
class RunRepository {
 public:
  explicit RunRepository(Connection& connection) : m_connection(connection) {}

  /// Kind, name, command and spec of `run` are kept; it begins as Queued.
  Result<RunId> create(const Run& run);
  /// Queued, Interrupted, Cancelled or Failed → Running. Refused (Busy) while another process runs
  /// it.
  Status start(RunId id);
  /// Queued or Running → Done, Failed, Cancelled or Interrupted.
  Status finish(RunId id, RunStatus status, const Json& summary = Json::object(),
                const std::string& error = {});
  /// Overwrites the summary of a run that is Running (intermediate counts).
  Status setSummary(RunId id, const Json& summary);
  Status rename(RunId id, const std::string& name);
  /// Queued and Running rows whose owner lives no more become Interrupted. Call after opening a
  /// project for writing.
  Result<std::vector<RunId>> markInterrupted();

  // Readers see what markInterrupted() would say: such rows count as Interrupted, in filters too.
  Result<Run> get(RunId id);
  /// Without specs (Run::spec is null): get() has them.
  Result<std::vector<Run>> list(const RunFilter& filter = {});
  Result<std::vector<RunRow>> rows(const RunFilter& filter = {});
  Result<std::int64_t> count(const RunFilter& filter = {});
  /// Replaces star, note and tags as a whole; the former ones stay in the file. Tags are trimmed,
  /// empty and repeated ones dropped. The same mark again appends nothing.
  Status mark(RunId id, const RunMark& mark, const std::string& person = "person");
  /// An unmarked run has an empty mark.
  Result<RunMark> markOf(RunId id);
  /// How many times it was started.
  Result<int> attempts(RunId id);

  Status appendLog(RunId id, const LogLine& line) { return appendLog(id, std::span(&line, 1)); }
  Status appendLog(RunId id, std::span<const LogLine> lines);
  /// Oldest first.
  Result<std::vector<RunLogEntry>> log(RunId id);
  Status appendSample(RunId id, const Sample& sample);
  Result<std::vector<Sample>> samples(RunId id);

  // What a run used and made: for lineage, and so that used datasets stay.
  Status linkDataset(RunId id, DatasetId dataset);
  Status linkModel(RunId id, ModelId model, const std::string& role);
  Status linkBenchmark(RunId id, BenchmarkId benchmark);
  Status linkParent(RunId id, RunId parent, const std::string& role);
  Result<std::vector<DatasetId>> datasets(RunId id);
  Result<std::vector<std::pair<ModelId, std::string>>> models(RunId id);
  Result<std::vector<BenchmarkId>> benchmarks(RunId id);
  Result<std::vector<RunParent>> parents(RunId id);
  Result<std::vector<RunId>> children(RunId id);

 private:
  Connection& m_connection;
};

}  // namespace wordsight::store
