// init, import, export, synth, check, freeze, bench.

#include <filesystem>

#include "jobs/data_jobs.h"
#include "jobs/demo_job.h"
#include "project.h"
#include "synth/strategy.h"
#include "usage.h"

namespace wordsight::cli {
namespace {

void addInit(CLI::App& app, Session& session) {
  auto path = std::make_shared<std::string>();
  auto* verb = addVerb(app, session, "init", "Make a new, empty project file",
                       [&session, path]() -> Result<Json> {
                         WORDSIGHT_TRY(const auto project, store::Project::create(*path));
                         session.console->line("Made " + project.path().string());
                         return Json{{"project", project.path().string()}};
                       });
  verb->add_option("project", *path, "The file to make, NAME.wordsight")->required();
}

/// What an import did with each file, or (dry) would do.
void showImport(Session& session, const Json& result, bool dryRun) {
  constexpr std::size_t kShownLines = 5, kShownItems = 3;
  for (const auto& file : result.value("files", Json::array())) {
    const auto count = [&](const char* key) { return file.value(key, std::int64_t{0}); };
    std::string text = file.value("file", std::string()) + ": ";
    if (file.contains("error")) {
      session.console->line(text + file.value("error", std::string()));
      continue;
    }
    text += file.value("form", std::string()) + "; " + std::to_string(count("imported")) + " new";
    for (const auto& [key, words] : {std::pair{"already_there", " there already"},
                                     {"duplicates", " twice in the file"},
                                     {"without_key", " of the new without a key"},
                                     {"bad", " bad"}})
      if (count(key) > 0) text += ", " + std::to_string(count(key)) + words;
    session.console->line(text);
    if (file.contains("unknown_columns"))
      session.console->line("  columns left out: " + dumpJson(file["unknown_columns"]));
    // A real import tells them as it goes.
    const auto badLines = dryRun ? file.value("bad_lines", Json::array()) : Json::array();
    for (std::size_t i = 0; i < badLines.size() && i < kShownLines; ++i)
      session.console->line("  left out: " + badLines[i].value("reason", std::string()));
    const auto items = file.value("items", Json::array());
    for (std::size_t i = 0; i < items.size() && i < kShownItems; ++i)
      session.console->line("  " + items[i].value("source", std::string()) + "  " +
                            firstLine(items[i].value("situation_description", std::string())));
    if (file.contains("refused"))
      session.console->line("  Would be refused: " + file.value("refused", std::string()));
  }
  session.console->line((dryRun ? "Would import " : "Imported ") +
                        std::to_string(result.value("imported", 0)) + " scenarios; " +
                        std::to_string(result.value("already_there", 0)) + " were there already.");
}

/// Files as named; of a folder those that may hold scenarios.
Result<std::vector<std::string>> importFiles(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const auto& path : paths) {
    std::error_code code;
    if (!std::filesystem::is_directory(path, code)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> inside;
    for (const auto& entry : std::filesystem::directory_iterator(path, code))
      if (const auto ext = entry.path().extension();
          ext == ".jsonl" || ext == ".json" || ext == ".csv")
        inside.push_back(entry.path().string());
    if (inside.empty()) return fail("The folder " + path + " holds no .jsonl, .json or .csv file.");
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

void addImport(CLI::App& app, Session& session) {
  struct Options {
    std::string project;
    std::vector<std::string> paths;
    jobs::ImportSpec spec;
  };
  auto o = std::make_shared<Options>();
  auto* verb = addVerb(
      app, session, "import", "Bring scenarios in: JSONL, JSON arrays, CSV, ShareGPT, Alpaca",
      [&session, o]() -> Result<Json> {
        jobs::ImportSpec spec = o->spec;
        spec.command = session.command;
        WORDSIGHT_TRY(spec.files, importFiles(o->paths));
        WORDSIGHT_TRY(const auto project, spec.dryRun ? openForReading(o->project)
                                                      : openForWriting(session, o->project));
        WORDSIGHT_TRY(auto result,
                      resultOf(jobs::importScenarios(contextOf(session, project), spec)));
        if (spec.dryRun) result.erase("run");
        showImport(session, result, spec.dryRun);
        return result;
      });
  verb->add_option("project", o->project, "Project file")->required();
  verb->add_option("files", o->paths, "Files, or folders of .jsonl, .json and .csv files")
      ->required();
  verb->add_flag("--skip-bad", o->spec.skipBad, "Take the good lines of a file that has bad ones");
  verb->add_flag("--dry-run", o->spec.dryRun, "Say what would happen, store nothing");
  verb->add_flag("!--keep-duplicates", o->spec.skipDuplicates,
                 "Also take what is there already, word for word (default: left out)");
}

void addExport(CLI::App& app, Session& session) {
  struct Options {
    std::string project, filter, format = "jsonl";
    bool overwrite = false;
    jobs::ExportSpec spec;
  };
  auto o = std::make_shared<Options>();
  auto* verb = addVerb(
      app, session, "export", "Write scenarios or a dataset to a file",
      [&session, o]() -> Result<Json> {
        jobs::ExportSpec spec = o->spec;
        WORDSIGHT_TRY(spec.format, curate::exportFormatFromText(o->format));
        WORDSIGHT_TRY(spec.filter, jobs::scenarioFilterFromText(o->filter));
        if (spec.file == "-") return fail("An export goes into a file: give --out its name.");
        WORDSIGHT_CHECK(mayWrite(spec.file, o->overwrite));
        spec.command = session.command;
        WORDSIGHT_TRY(const auto project, openForRecord(session, o->project));
        WORDSIGHT_TRY(const auto outcome, jobs::exportScenarios(contextOf(session, project), spec));
        session.console->line(
            "Wrote " + std::to_string(outcome.written) + " scenarios to " + spec.file +
            (outcome.leftOut > 0
                 ? "; " + std::to_string(outcome.leftOut) + " without a key were left out"
                 : "") +
            ".");
        Json json{{"lines", outcome.written}, {"left_out", outcome.leftOut}, {"file", spec.file}};
        if (outcome.run) json["run"] = outcome.run.value;
        return json;
      });
  verb->add_option("project", o->project, "Project file")->required();
  auto* dataset = verb->add_option("--dataset", o->spec.dataset,
                                   "A frozen dataset; otherwise current scenarios");
  verb->add_option("--split", o->spec.split, "One split of the dataset (default: all)")
      ->needs(dataset);
  verb->add_option("--filter", o->filter,
                   "status=accepted text=… strategy=… generator=… category=… issue=… run=N "
                   "(default: all scenarios)")
      ->excludes(dataset);
  verb->add_option("--format", o->format,
                   "jsonl, json, csv: scenarios, read back by import; messages, sharegpt, alpaca: "
                   "chats for training elsewhere")
      ->check(CLI::IsMember({"jsonl", "json", "csv", "messages", "sharegpt", "alpaca"}));
  verb->add_option("--prompt", o->spec.prompt,
                   "Wording of the chats: default, demo, or a JSON file");
  verb->add_option("--out", o->spec.file, "File to write")->required();
  addOverwrite(*verb, o->overwrite);
}

void addSynth(CLI::App& app, Session& session) {
  struct Options {
    std::string project, strategy, precision = "bf16", resume;
    jobs::SynthesisSpec spec;
  };
  auto o = std::make_shared<Options>();
  o->spec.generator.clear();
  auto* verb =
      addVerb(app, session, "synth", "Synthesize scenarios", [&session, o]() -> Result<Json> {
        jobs::SynthesisSpec spec = o->spec;
        spec.command = session.command;
        spec.precision = o->precision == "f32" ? Precision::F32 : Precision::BF16;
        if (!o->strategy.empty()) spec.strategies = CLI::detail::split(o->strategy, ',');
        for (const auto& name : spec.strategies) WORDSIGHT_CHECK(synth::strategyFromText(name));
        std::optional<RunId> resume;
        if (!o->resume.empty()) {
          WORDSIGHT_TRY(resume, runIdFromText(o->resume));
        }
        WORDSIGHT_TRY(const auto project, openForWriting(session, o->project));
        if (spec.generator.empty() && !resume) {
          // Only there is the toy world's grammar what anybody can mean.
          if (std::error_code code; !std::filesystem::exists(jobs::demoModelFolder(project), code))
            return fail(
                "Name what shall write: --generator local:DIR (a model folder), or --generator "
                "demo for scenarios of the demo's toy world.");
          spec.generator = "demo";
        }
        WORDSIGHT_TRY(const auto result,
                      resultOf(jobs::synthesize(contextOf(session, project), spec, resume),
                               "synth " + o->project));
        session.console->line("Run " + std::to_string(result.value("run", 0)) + ": " +
                              std::to_string(result.value("items", 0)) + " scenarios, " +
                              std::to_string(result.value("rejected", 0)) +
                              " rejected (kept with their reasons).");
        return result;
      });
  verb->add_option("project", o->project, "Project file")->required();
  verb->add_option("--strategy", o->strategy,
                   "complexity, context, challenge, reverse; several with commas (default: all)");
  verb->add_option("--generator", o->spec.generator,
                   "local:DIR (a model folder), or demo: the toy world's grammar (default only in "
                   "the demo's project)");
  verb->add_option("--count", o->spec.count, "Valid scenarios wanted")
      ->check(CLI::Range(1, 100'000'000));
  verb->add_option("--seed", o->spec.seed, "Seed of everything drawn");
  verb->add_option("--prompts", o->spec.prompts,
                   "Folder with prompts of your own for a model (default: those of the program)");
  verb->add_option("--precision", o->precision, "Of the local model's weights")
      ->check(CLI::IsMember({"f32", "bf16"}));
  verb->add_option("--temperature", o->spec.temperature, "Of the model's sampling; 0: greedy")
      ->check(CLI::Range(0.0, 100.0));
  verb->add_option("--top-p", o->spec.topP, "Sample from the likeliest tokens of this total share")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--max-tokens", o->spec.maxTokens, "Most tokens of one answer")
      ->check(CLI::Range(1, 1'000'000));
  verb->add_option("--resume", o->resume, "Go on with this run; its own settings count");
}

/// The report of a check for people: what is wrong, and how the letters and lengths lie.
std::string checkReport(const Json& r) {
  const auto number = [&](const char* key) { return r.value(key, std::int64_t{0}); };
  char text[200];
  std::snprintf(text, sizeof text,
                "%lld scenarios: %lld with errors, %lld with warnings, %lld groups of duplicates\n",
                static_cast<long long>(number("items")),
                static_cast<long long>(number("with_errors")),
                static_cast<long long>(number("with_warnings")),
                static_cast<long long>(number("duplicate_groups")));
  std::string out = text;
  out += "keys:";
  const Json letters = r.value("letters", Json::object());
  for (const auto& [letter, count] : letters.items()) {
    const double share =
        100 * count.get<double>() / std::max(1.0, static_cast<double>(number("with_key")));
    std::snprintf(text, sizeof text, "  %s %lld (%.1f %%)", letter.c_str(),
                  static_cast<long long>(count.get<std::int64_t>()), share);
    out += text;
  }
  out += r.value("letters_balanced", true) ? "  balanced\n"
                                           : "  NOT balanced: --reshuffle evens them out\n";
  std::snprintf(text, sizeof text, "key is the longest option in %lld, the shortest in %lld\n",
                static_cast<long long>(number("key_longest")),
                static_cast<long long>(number("key_shortest")));
  out += text;
  const Json findings = r.value("findings", Json::object());
  for (const auto& [code, count] : findings.items()) {
    std::snprintf(text, sizeof text, "  %-18s %lld   (scenarios P list --filter issue=%s)\n",
                  code.c_str(), static_cast<long long>(count.get<std::int64_t>()), code.c_str());
    out += text;
  }
  if (r.contains("reshuffled"))
    out += "reshuffled " + r["reshuffled"].dump() + " scenarios: each has a new revision\n";
  if (const auto left = r.value("left_in_order", 0); left > 0)
    out += std::to_string(left) + (left == 1 ? " scenario keeps its" : " scenarios keep their") +
           " order: the text names an option in a way that cannot be moved for sure\n";
  return out;
}

void addCheck(CLI::App& app, Session& session) {
  struct Options {
    std::string project;
    jobs::CheckSpec spec;
  };
  auto o = std::make_shared<Options>();
  auto* verb =
      addVerb(app, session, "check", "Look for mistakes: keys, options, letters, duplicates",
              [&session, o]() -> Result<Json> {
                jobs::CheckSpec spec = o->spec;
                spec.command = session.command;
                WORDSIGHT_TRY(const auto project, openForWriting(session, o->project));
                WORDSIGHT_TRY(const auto result,
                              resultOf(jobs::checkScenarios(contextOf(session, project), spec)));
                session.console->line(checkReport(result));
                return result;
              });
  verb->add_option("project", o->project, "Project file")->required();
  verb->add_option("--dataset", o->spec.dataset,
                   "A frozen dataset (default: all scenarios that are not rejected)");
  verb->add_flag("--reshuffle", o->spec.reshuffle,
                 "Put options in new orders so that the keys' letters are even");
  verb->add_option("--seed", o->spec.seed, "Seed of the reshuffle");
}

void addFreeze(CLI::App& app, Session& session) {
  struct Options {
    std::string project, filter, split = "train=0.9,eval=0.1";
    jobs::FreezeSpec spec;
  };
  auto o = std::make_shared<Options>();
  auto* verb =
      addVerb(app, session, "freeze", "Freeze scenarios as a named dataset",
              [&session, o]() -> Result<Json> {
                jobs::FreezeSpec spec = o->spec;
                spec.command = session.command;
                WORDSIGHT_TRY(spec.filter, jobs::scenarioFilterFromText(o->filter));
                WORDSIGHT_TRY(spec.shares, curate::splitSharesFromText(o->split));
                WORDSIGHT_TRY(const auto project, openForWriting(session, o->project));
                WORDSIGHT_TRY(const auto result,
                              resultOf(jobs::freezeDataset(contextOf(session, project), spec)));
                std::string splits;
                for (const auto& [name, count] : result["splits"].items())
                  splits += (splits.empty() ? "" : ", ") + name + " " + count.dump();
                session.console->line("Dataset " + spec.name + ": " + result["items"].dump() +
                                      " scenarios (" + splits + ").");
                return result;
              });
  verb->add_option("project", o->project, "Project file")->required();
  verb->add_option("--name", o->spec.name, "Name of the dataset")->required();
  verb->add_option("--filter", o->filter,
                   "status=accepted text=… strategy=… (default: all that are not rejected)");
  verb->add_option("--split", o->split, "Shares, for example train=0.9,eval=0.1");
  verb->add_option("--seed", o->spec.seed, "Seed of the split");
}

void addBench(CLI::App& app, Session& session) {
  struct Options {
    std::string project;
    jobs::BenchmarkSpec spec;
  };
  auto o = std::make_shared<Options>();
  auto* verb = addVerb(
      app, session, "bench",
      "Read a benchmark in VIVA's form, repair and report, join its pictures",
      [&session, o]() -> Result<Json> {
        jobs::BenchmarkSpec spec = o->spec;
        spec.command = session.command;
        WORDSIGHT_TRY(const auto project, openForWriting(session, o->project));
        WORDSIGHT_TRY(const auto result,
                      resultOf(jobs::importBenchmark(contextOf(session, project), spec)));
        const auto count = [&](const char* key) { return std::to_string(result.value(key, 0)); };
        session.console->line(
            "Benchmark " + spec.name + ": " + count("items") + " items; keys missing " +
            count("keys_missing") + ", repaired " + count("keys_repaired") + "; unusable " +
            count("unusable") + "; pictures found " + count("pictures_found") + ", missing " +
            count("pictures_missing") +
            (result.value("pictures_by_stem", 0) > 0
                 ? ", joined by stem only " + count("pictures_by_stem")
                 : "") +
            ".\nEvery repair is listed in " + result.value("report", std::string()));
        return result;
      });
  verb->add_option("project", o->project, "Project file")->required();
  verb->add_option("name", o->spec.name, "Name of the benchmark");
  verb->add_option("--name", o->spec.name, "The same as an option");
  verb->add_option("--annotations", o->spec.annotations,
                   "JSON file in VIVA's form; without it --images joins pictures to a benchmark "
                   "that is there");
  verb->add_option("--images", o->spec.images,
                   "Folder of pictures; alone: joins them anew, when they were moved");
}

}  // namespace

void addProjectVerbs(CLI::App& app, Session& session) {
  addInit(app, session);
  addImport(app, session);
  addExport(app, session);
  addSynth(app, session);
  addCheck(app, session);
  addFreeze(app, session);
  addBench(app, session);
}

}  // namespace wordsight::cli
