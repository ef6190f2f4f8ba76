#include <filesystem>

#include "base/file.h"
#include "base/hash.h"
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
                existing->source + "); give this one another name with --name.");
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
  if (spec.images.empty())
    return fail("Give the annotation file of a new benchmark, or a folder of pictures for \"" +
                spec.name + "\".");
  store::BenchmarkRepository benchmarks(scope.connection());
  WORDSIGHT_TRY(const auto existing, benchmarks.find(spec.name));
  WORDSIGHT_TRY(auto items, benchmarks.items(existing.id));
  report = existing.report;
  WORDSIGHT_CHECK(eval::joinPictures(items, std::filesystem::absolute(spec.images), report));
  std::vector<store::ItemPicture> pictures;
  for (const auto& item : items) pictures.push_back({item.id, item.picture, "", 0});
  WORDSIGHT_CHECK(benchmarks.setPictures(pictures));
  return store::RunRepository(scope.connection()).linkBenchmark(scope.id(), existing.id);
}

Result<BenchmarkReport> readAndStore(RunScope& scope, const BenchmarkSpec& spec) {
  WORDSIGHT_TRY(auto benchmark, eval::readViva(spec.annotations));
  WORDSIGHT_TRY(const auto hash, sha256HexOfFile(spec.annotations));
  if (!spec.images.empty())
    WORDSIGHT_CHECK(eval::joinPictures(benchmark.items, std::filesystem::absolute(spec.images),
                                       benchmark.report));
  WORDSIGHT_CHECK(storeBenchmark(scope, spec, benchmark, hash));
  return std::move(benchmark.report);
}

}  // namespace

Result<JobOutcome> importBenchmark(const JobContext& context, const BenchmarkSpec& spec) {
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
    scope.summary["issues"] = found.issues.size();
    scope.summary["benchmark"] = spec.name;
    scope.summary["report"] = file.string();
    return {};
  });
}

}  // namespace wordsight::jobs
