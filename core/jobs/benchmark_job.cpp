#include <filesystem>

#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "eval/viva.h"
#include "jobs/data_jobs.h"
#include "store/benchmark_repository.h"
#include "store/run_repository.h"

namespace wordsight::jobs {
namespace {

Result<std::filesystem::path> writeReportFile(RunScope& scope, const BenchmarkSpec& spec,
                                              const BenchmarkReport& report) {
  const auto folder = scope.project().filesFolder() / "reports";
  WORDSIGHT_CHECK(makeFolder(folder));
  const auto file = folder / ("benchmark-" + std::to_string(scope.id().value) + ".json");
  Json json = toJson(report);
  json["benchmark"] = spec.name;
  json["annotations"] = spec.annotations;
  json["images"] = spec.images;
  WORDSIGHT_CHECK(writeFileAtomically(file, dumpJsonPretty(json)));
  return file;
}

/// The benchmark of that name, made now or found; pictures joined to the stored items.
Status storeBenchmark(RunScope& scope, const BenchmarkSpec& spec, eval::Benchmark& benchmark,
                      const std::string& hash) {
  store::BenchmarkRepository benchmarks(scope.connection());
  const auto existing = benchmarks.find(spec.name);
  if (!existing && existing.error().kind != ErrorKind::NotFound) return fail(existing.error());
  if (!existing) {
    WORDSIGHT_TRY(const auto id, benchmarks.add(spec.name, spec.annotations, hash, benchmark.items,
                                                benchmark.report, scope.id()));
    return store::RunRepository(scope.connection()).linkBenchmark(scope.id(), id);
  }
  if (existing->sourceHash != hash)
    return fail("There is already a benchmark \"" + spec.name + "\" from another file (" +
                existing->source + "); give this one another name: bench P NAME.");
  WORDSIGHT_TRY(const auto items, benchmarks.items(existing->id));
  std::vector<store::ItemPicture> pictures;
  for (std::size_t i = 0; i < items.size() && i < benchmark.items.size(); ++i)
    if (!spec.images.empty()) pictures.push_back({items[i].id, benchmark.items[i].picture, "", 0});
  WORDSIGHT_CHECK(benchmarks.setPictures(pictures));
  scope.log(LogLine::Level::Info,
            "The benchmark was there already; its pictures were joined anew.");
  return store::RunRepository(scope.connection()).linkBenchmark(scope.id(), existing->id);
}

/// Another folder of pictures for items that are stored already; their file may be gone.
Status joinStored(RunScope& scope, const BenchmarkSpec& spec, BenchmarkReport& report) {
  store::BenchmarkRepository benchmarks(scope.connection());
  WORDSIGHT_TRY(const auto existing, benchmarks.find(spec.name));
  WORDSIGHT_TRY(auto items, benchmarks.items(existing.id));
  report = existing.report;
  WORDSIGHT_CHECK(eval::joinPictures(items, spec.images, report));
  std::vector<store::ItemPicture> pictures;
  for (const auto& item : items) pictures.push_back({item.id, item.picture, "", 0});
  WORDSIGHT_CHECK(benchmarks.setPictures(pictures));
  return store::RunRepository(scope.connection()).linkBenchmark(scope.id(), existing.id);
}

Result<BenchmarkReport> readAndStore(RunScope& scope, const BenchmarkSpec& spec) {
  WORDSIGHT_TRY(auto benchmark, eval::readViva(spec.annotations));
  WORDSIGHT_TRY(const auto hash, sha256HexOfFile(spec.annotations));
  if (!spec.images.empty())
    WORDSIGHT_CHECK(eval::joinPictures(benchmark.items, spec.images, benchmark.report));
  WORDSIGHT_CHECK(storeBenchmark(scope, spec, benchmark, hash));
  return std::move(benchmark.report);
}

/// Pictures that were found by their stem only are said: a picture of another format may be another
/// picture.
void tellStems(RunScope& scope, const BenchmarkReport& report) {
  constexpr std::size_t kNamed = 5;
  int joined = 0, refused = 0;
  Json some = Json::array();
  std::string names;
  for (const auto& issue : report.issues) {
    refused += issue.action.starts_with(eval::kSeveralOfStem);
    if (!issue.action.starts_with(eval::kJoinedByStem)) continue;
    ++joined;
    if (some.size() == kNamed) continue;
    const std::string name = issue.action.substr(std::string_view(eval::kJoinedByStem).size());
    some.push_back(Json{{"index", issue.index}, {"picture", name}});
    names += (names.empty() ? "" : ", ") + name + " for item " + std::to_string(issue.index);
  }
  scope.summary["pictures_by_stem"] = joined;
  scope.summary["stems_ambiguous"] = refused;
  if (joined > 0) {
    scope.summary["by_stem"] = std::move(some);
    scope.log(LogLine::Level::Warning,
              std::to_string(joined) +
                  " pictures were joined by the stem of their name, because "
                  "the ending differs: " +
                  names + (joined > static_cast<int>(kNamed) ? ", …." : "."));
  }
  if (refused > 0)
    scope.log(LogLine::Level::Warning,
              std::to_string(refused) +
                  " items have several pictures of their stem and none of "
                  "their whole name, so none was joined; the report lists them.");
}

/// What the run would fail of at once, said before there is a run; paths become absolute.
Status checkSpec(const JobContext& context, BenchmarkSpec& spec) {
  std::error_code code;
  if (trimmed(spec.name).empty()) return fail("A benchmark needs a name.");
  if (spec.annotations.empty()) {
    if (spec.images.empty())
      return fail(
          "Give the annotation file of a new benchmark with --annotations FILE, or a "
          "folder of pictures for \"" +
          spec.name + "\" with --images DIR.");
    WORDSIGHT_TRY(const auto connection, context.project.connect());
    WORDSIGHT_CHECK(store::BenchmarkRepository(*connection).find(spec.name));
  } else if (!std::filesystem::is_regular_file(spec.annotations, code)) {
    return fail("There is no annotation file " + spec.annotations + ": is the path right?",
                ErrorKind::NotFound);
  }
  if (!spec.images.empty() && !std::filesystem::is_directory(spec.images, code))
    return fail(spec.images + " is not a folder; give the folder that holds the pictures.",
                ErrorKind::NotFound);
  for (std::string* path : {&spec.annotations, &spec.images})
    if (const auto whole = std::filesystem::absolute(*path, code); !path->empty() && !code)
      *path = whole.lexically_normal().string();
  return {};
}

}  // namespace

Result<JobOutcome> importBenchmark(const JobContext& context, const BenchmarkSpec& asked) {
  BenchmarkSpec spec = asked;
  WORDSIGHT_CHECK(checkSpec(context, spec));
  Run run;
  run.kind = RunKind::Benchmark;
  run.name = "benchmark " + spec.name;
  run.command = spec.command;
  run.spec = Json{{"name", spec.name}, {"annotations", spec.annotations}, {"images", spec.images}};
  return runJob(context, run, {}, [&](RunScope& scope) -> Status {
    BenchmarkReport found;
    if (spec.annotations.empty()) {
      WORDSIGHT_CHECK(joinStored(scope, spec, found));
    } else {
      WORDSIGHT_TRY(found, readAndStore(scope, spec));
    }
    WORDSIGHT_TRY(const auto file, writeReportFile(scope, spec, found));
    const Json report = toJson(found);
    for (const auto& [key, value] : report.items())
      if (key != "issues") scope.summary[key] = value;
    tellStems(scope, found);
    scope.summary["issues"] = found.issues.size();
    scope.summary["benchmark"] = spec.name;
    scope.summary["report"] = file.string();
    return {};
  });
}

}  // namespace wordsight::jobs
