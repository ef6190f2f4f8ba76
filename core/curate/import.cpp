#include "curate/import.h"

#include <fstream>
#include <optional>
#include <unordered_set>

#include "base/file.h"
#include "base/utf8.h"
#include "domain/json.h"
#include "domain/scenario_text.h"

namespace wordsight::curate {
namespace {

constexpr std::size_t kMostLine = std::size_t{1} << 20;  // a scenario takes about 1 KiB
constexpr std::size_t kMostBadLines = 100;               // kept with their reasons
constexpr std::size_t kShownBadLines = 3;                // named in the error

bool hasZero(const std::string& text) { return text.find('\0') != std::string::npos; }

/// What makes a line no scenario at all. What is merely wrong with one is for checks and a person.
Status checkImportable(const ScenarioContent& content, const std::string& where) {
  const auto count = static_cast<int>(content.options.size());
  if (normalisedText(content.situation).empty())
    return fail(where + ": the situation is missing or empty.");
  if (count < 2) return fail(where + ": there are fewer than two options.");
  if (content.key >= count)
    return fail(where + ": the answer is " + std::string(1, letterOf(content.key)) +
                ", but there are only " + std::to_string(count) + " options.");
  if (content.nonIntervention >= count)
    return fail(where + ": \"non_interven_action\" is " +
                std::string(1, letterOf(content.nonIntervention)) + ", but there are only " +
                std::to_string(count) + " options.");
  bool zero = hasZero(content.situation) || hasZero(content.question) ||
              hasZero(content.rationale) || hasZero(content.category);
  for (const auto& option : content.options) zero = zero || hasZero(option);
  if (zero) return fail(where + ": a text holds a zero character.");
  return {};
}

/// The member "wordsight" of our own export: provenance and status.
Status readOwnMember(const Json& json, const std::string& where, ImportedScenario& out) {
  const auto own = json.find("wordsight");
  if (own == json.end() || own->is_null()) return {};
  std::string status = toText(out.status);
  ObjectReader reader(*own, where + ": wordsight");
  reader.read("strategy", out.provenance.strategy)
      .read("generator", out.provenance.generator)
      .read("prompt_hash", out.provenance.promptHash)
      .read("seed", out.provenance.seed)
      .read("status", status);
  WORDSIGHT_CHECK(reader.finish(true));  // a later version may write more
  auto read = reviewStatusFromText(status);
  if (!read) return fail(inContext(where + ": ", std::move(read).error()));
  out.status = *read;
  return {};
}

std::string lineError(const std::filesystem::path& file, const ImportReport& report) {
  std::string message = file.string() + " has " + std::to_string(report.bad) +
                        (report.bad == 1 ? " bad line" : " bad lines") +
                        ", and nothing was imported: ";
  for (std::size_t i = 0; i < report.badLines.size() && i < kShownBadLines; ++i)
    message += (i > 0 ? " " : "") + report.badLines[i].reason;
  if (report.bad > kShownBadLines) message += " …";
  return message + " Correct them, or take the good lines only with --skip-bad.";
}

using Sink = std::function<Status(ImportedScenario&&)>;

/// One pass over the file; with a sink, good lines are delivered.
class Pass {
 public:
  Pass(const std::filesystem::path& file, const ImportOptions& options, const Sink* sink)
      : m_file(file), m_name(file.filename().string()), m_options(options), m_sink(sink) {}

  Result<ImportReport> run(const std::stop_token& stop) {
    WORDSIGHT_CHECK(forEachLine(m_file, [&](std::string_view line, std::size_t number) -> Status {
      if (stop.stop_requested())
        return fail("The import of " + m_file.string() + " was stopped.", ErrorKind::Cancelled);
      if (trimmed(line).empty()) return {};
      ++m_report.lines;
      return take(line, number);
    }));
    return std::move(m_report);
  }

 private:
  Status take(std::string_view line, std::size_t number) {
    auto scenario = scenarioFromLine(line, m_name + ":" + std::to_string(number));
    if (!scenario) {
      ++m_report.bad;
      if (m_report.badLines.size() < kMostBadLines)
        m_report.badLines.push_back({number, std::move(scenario).error().message});
      return {};
    }
    if (m_options.skipDuplicates && !m_seen.insert(scenario->hash).second) {
      ++m_report.duplicates;
      return {};
    }
    ++m_report.imported;
    m_report.withoutKey += scenario->content.key < 0;
    return m_sink ? (*m_sink)(std::move(*scenario)) : Status();
  }

  const std::filesystem::path& m_file;
  const std::string m_name;
  const ImportOptions& m_options;
  const Sink* m_sink;
  ImportReport m_report;
  std::unordered_set<std::string> m_seen;
};

}  // namespace

Result<FileForm> detectForm(const std::filesystem::path& file) {
  std::optional<FileForm> form;
  std::string first;
  std::error_code code;
  if (std::filesystem::is_directory(file, code))
    return fail(file.string() + " is a folder, not a file of scenarios.");
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return fail("Cannot read " + file.string() + ": is it there, and may it be read?",
                std::filesystem::exists(file, code) ? ErrorKind::Io : ErrorKind::NotFound);
  std::string head(64 * 1024, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  std::string_view text = head;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = trimmed(text);
  if (text.empty())
    return fail(file.string() + " is empty: JSONL was expected, one object a line.");
  if (text[0] == '[') return FileForm::JsonArray;
  if (text[0] != '{')
    return fail(file.string() + " is neither JSONL (one object a line) nor a JSON array.");
  const auto line = trimmed(text.substr(0, text.find('\n')));
  const auto json = parseJson(line, "line");
  if (json && json->contains("messages") && !json->contains("action_list") &&
      !json->contains("options"))
    return FileForm::MessageLines;
  return FileForm::ScenarioLines;
}

Result<ImportedScenario> scenarioFromLine(std::string_view line, const std::string& where) {
  if (line.size() > kMostLine)
    return fail(where + ": the line is longer than 1 MiB, so it is no scenario.");
  auto json = parseJson(line, where);
  if (!json) {
    // The parser counts lines inside this one line; the file's line is what helps.
    std::string reason = std::move(json).error().message;
    if (const auto at = reason.find("line 1, column "); at != std::string::npos)
      reason.replace(at, 8, "");
    return fail(std::move(reason));
  }
  if (json->is_object() && json->contains("messages") && !json->contains("action_list") &&
      !json->contains("options"))
    return fail(where + ": this is training data in messages form, not a scenario; give it to " +
                "train --data.");
  ImportedScenario out;
  WORDSIGHT_TRY(out.content, scenarioContentFromJson(*json, where));
  WORDSIGHT_CHECK(checkImportable(out.content, where));
  out.provenance.strategy = "imported";
  out.provenance.generator = "file:" + where.substr(0, where.rfind(':'));
  WORDSIGHT_CHECK(readOwnMember(*json, where, out));
  out.provenance.source = where;
  out.hash = contentHash(out.content);
  return out;
}

Result<ImportReport> importScenarios(const std::filesystem::path& file,
                                     const ImportOptions& options, const Sink& sink,
                                     std::stop_token stop) {
  WORDSIGHT_TRY(const FileForm form, detectForm(file));
  if (form == FileForm::MessageLines)
    return fail(file.string() +
                " holds training data in messages form, not scenarios; give it to " +
                "train --data.");
  if (form == FileForm::JsonArray)
    return fail(file.string() + " is a JSON array, not JSONL; read it as a benchmark file.",
                ErrorKind::Unsupported);
  const bool deliver = !options.dryRun && sink != nullptr;
  if (options.skipBad && deliver) return Pass(file, options, &sink).run(stop);
  WORDSIGHT_TRY(ImportReport report, Pass(file, options, nullptr).run(stop));
  if (!deliver) return report;  // a dry run tells everything, bad lines too
  if (report.bad > 0) return fail(lineError(file, report));
  if (report.lines == 0) return fail(file.string() + " holds no scenarios.");
  return Pass(file, options, &sink).run(stop);
}

std::vector<ImportedScenario> scenariosFromItems(const std::vector<BenchmarkItem>& items,
                                                 const std::string& fileName,
                                                 ImportReport* report) {
  ImportReport local;
  ImportReport& out = report ? *report : local;
  out = {};
  std::vector<ImportedScenario> scenarios;
  std::unordered_set<std::string> seen;
  for (const auto& item : items) {
    ++out.lines;
    const std::string where = fileName + ":" + std::to_string(item.index);
    std::string reason;
    if (!item.unusable.empty())
      reason = where + ": " + item.unusable;
    else if (const auto good = checkImportable(item.content, where); !good)
      reason = good.error().message;
    if (!reason.empty()) {
      ++out.bad;
      if (out.badLines.size() < kMostBadLines)
        out.badLines.push_back(
            {static_cast<std::size_t>(std::max<std::int64_t>(0, item.index)), std::move(reason)});
      continue;
    }
    ImportedScenario scenario;
    scenario.content = item.content;
    scenario.hash = contentHash(item.content);
    scenario.provenance.strategy = "imported";
    scenario.provenance.generator = "file:" + fileName;
    scenario.provenance.source = where;
    if (!seen.insert(scenario.hash).second) {
      ++out.duplicates;
      continue;
    }
    ++out.imported;
    out.withoutKey += scenario.content.key < 0;
    scenarios.push_back(std::move(scenario));
  }
  return scenarios;
}

Json toJson(const ImportReport& report) {
  Json json;
  json["lines"] = report.lines;
  json["imported"] = report.imported;
  json["duplicates"] = report.duplicates;
  json["without_key"] = report.withoutKey;
  json["bad"] = report.bad;
  Json lines = Json::array();
  for (const auto& bad : report.badLines) {
    Json one;
    one["line"] = bad.line;
    one["reason"] = bad.reason;
    lines.push_back(std::move(one));
  }
  json["bad_lines"] = std::move(lines);
  return json;
}

}  // namespace wordsight::curate
