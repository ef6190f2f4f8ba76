#include "curate/import.h"

#include <fstream>
#include <optional>
#include <unordered_set>

#include "base/file.h"
#include "base/utf8.h"
#include "curate/dialogue.h"
#include "curate/import_csv.h"
#include "curate/records.h"
#include "domain/json.h"
#include "domain/scenario_text.h"

namespace wordsight::curate {
namespace {

constexpr std::size_t kMostBadLines = 100;  // kept with their reasons
constexpr std::size_t kShownBadLines = 3;   // named in the error

/// Elements of an array have no line worth naming.
std::string placeOfItem(const std::string& file, std::uint64_t number) {
  return file + ", item " + std::to_string(number);
}

bool hasZero(const std::string& text) { return text.find('\0') != std::string::npos; }

void replaceAll(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

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

bool isMessages(const Json& json) {
  return json.is_object() && json.contains("messages") && !json.contains("action_list") &&
         !json.contains("options");
}

/// VIVA's own members, which no export of ours has: such a file has keys to be repaired.
bool isBenchmarkItem(const Json& json) {
  if (!json.is_object() || !json.contains("action_list")) return false;
  for (const char* member : {"index", "image_file", "image_url", "action_answer", "values"})
    if (json.contains(member)) return true;
  return false;
}

/// The content of an object in whatever layout it has.
Result<ScenarioContent> readContent(const Json& json, const std::string& where,
                                    std::string& layout) {
  const bool options =
      json.is_object() && (json.contains("action_list") || json.contains("options"));
  if (!options && isMessages(json))
    return fail(where + ": this is training data in messages form, not a scenario; give it to " +
                "train --data.");
  if (!options && isShareGpt(json)) {
    layout = "sharegpt";
    WORDSIGHT_TRY(const auto dialogue, dialogueFromShareGpt(json, where));
    return scenarioFromDialogue(dialogue, where);
  }
  if (!options && isAlpaca(json)) {
    layout = "alpaca";
    WORDSIGHT_TRY(const auto dialogue, dialogueFromAlpaca(json, where));
    return scenarioFromDialogue(dialogue, where);
  }
  return scenarioContentFromJson(json, where);
}

/// Messages name members as VIVA does; whoever wrote the file reads them by the file's own names.
Error inFilesNames(Error error, const Json& json) {
  if (!json.is_object() || json.contains("action_list")) return error;
  replaceAll(error.message, "\"action_list\" (the options) is missing",
             "the options are missing: a list \"options\" was expected");
  replaceAll(error.message, "\"action_list\"", "\"options\"");
  if (!json.contains("non_interven_action"))
    replaceAll(error.message, "\"non_interven_action\"", "\"non_intervention\"");
  return error;
}

Result<ImportedScenario> scenarioFromJson(const Json& json, const std::string& where) {
  ImportedScenario out;
  auto content = readContent(json, where, out.layout);
  if (!content) return fail(inFilesNames(std::move(content).error(), json));
  out.content = std::move(*content);
  if (auto good = checkImportable(out.content, where); !good)
    return fail(inFilesNames(std::move(good).error(), json));
  out.provenance.strategy = "imported";
  out.provenance.generator = "file:" + where.substr(0, where.rfind(':'));
  WORDSIGHT_CHECK(readOwnMember(json, where, out));
  out.provenance.source = where;
  out.hash = contentHash(out.content);
  return out;
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

/// The first 64 KiB without a byte-order mark and white space in front.
Result<std::string> headOf(const std::filesystem::path& file) {
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
  return std::string(trimmed(text));
}

/// One pass over the file; with a sink, good scenarios are delivered.
class Pass {
 public:
  Pass(const std::filesystem::path& file, FileForm form, const ImportOptions& options,
       const Sink* sink)
      : m_file(file),
        m_name(file.filename().string()),
        m_form(form),
        m_options(options),
        m_sink(sink) {}

  Result<ImportReport> run(const std::stop_token& stop) {
    m_stop = stop;
    m_report.form = toText(m_form);
    WORDSIGHT_CHECK(m_form == FileForm::Csv             ? readCsv()
                    : m_form == FileForm::ScenarioArray ? readArray()
                                                        : readLines());
    return std::move(m_report);
  }

 private:
  std::string where(std::size_t number) const { return m_name + ":" + std::to_string(number); }

  Status readLines() {
    return forEachLine(m_file, [&](std::string_view line, std::size_t number) -> Status {
      WORDSIGHT_CHECK(count(!trimmed(line).empty()));
      return trimmed(line).empty() ? Status() : take(scenarioFromLine(line, where(number)), number);
    });
  }

  Status readArray() {
    return forEachArrayElement(m_file, [&](std::string_view element, std::size_t number) -> Status {
      WORDSIGHT_CHECK(count(true));
      return take(scenarioFromLine(element, placeOfItem(m_name, number)), number);
    });
  }

  Status readCsv() {
    WORDSIGHT_TRY(const auto head, headOf(m_file));
    const char delimiter = csvDelimiter(head);
    std::optional<CsvColumns> columns;
    return forEachCsvRecord(m_file, delimiter, [&](CsvRecord&& record) -> Status {
      if (record.blank()) return {};
      if (!columns) {
        WORDSIGHT_TRY(columns, CsvColumns::fromHeader(record, m_file.string()));
        m_report.unknownColumns = columns->unknown();
        return {};
      }
      WORDSIGHT_CHECK(count(true));
      const auto json = columns->scenario(record, where(record.line));
      if (!json) return take(fail(json.error()), record.line);
      auto scenario = scenarioFromJson(*json, where(record.line));
      if (scenario)
        scenario->layout = "csv";
      else
        for (const auto& [member, heading] : columns->headings())
          replaceAll(scenario.error().message, "\"" + member + "\"", "\"" + heading + "\"");
      return take(std::move(scenario), record.line);
    });
  }

  Status count(bool something) {
    if (m_stop.stop_requested())
      return fail("The import of " + m_file.string() + " was stopped.", ErrorKind::Cancelled);
    m_report.lines += something;
    return {};
  }

  Status take(Result<ImportedScenario>&& scenario, std::size_t number) {
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
    ++m_report.layouts[scenario->layout];
    m_report.withoutKey += scenario->content.key < 0;
    return m_sink ? (*m_sink)(std::move(*scenario)) : Status();
  }

  const std::filesystem::path& m_file;
  const std::string m_name;
  const FileForm m_form;
  const ImportOptions& m_options;
  const Sink* m_sink;
  std::stop_token m_stop;
  ImportReport m_report;
  std::unordered_set<std::string> m_seen;
};

/// The form of a text that begins with '{' or '['.
FileForm jsonForm(std::string_view text) {
  int replaced = 0;
  if (text[0] == '[') {
    const auto json = parseJsonWithNaN(firstArrayElement(text), "element", &replaced);
    return json && isBenchmarkItem(*json) ? FileForm::BenchmarkArray : FileForm::ScenarioArray;
  }
  const auto json = parseJson(trimmed(text.substr(0, text.find('\n'))), "line");
  return json && isMessages(*json) ? FileForm::MessageLines : FileForm::ScenarioLines;
}

}  // namespace

const char* toText(FileForm form) {
  switch (form) {
    case FileForm::ScenarioLines:
      return "JSON, one object a line";
    case FileForm::ScenarioArray:
      return "JSON array";
    case FileForm::Csv:
      return "CSV";
    case FileForm::MessageLines:
      return "chats, one a line";
    case FileForm::BenchmarkArray:
      return "benchmark";
  }
  return "";
}

Result<FileForm> detectForm(const std::filesystem::path& file) {
  WORDSIGHT_TRY(const auto text, headOf(file));
  if (text.empty())
    return fail(file.string() + " is empty: JSONL, a JSON array or CSV was expected.");
  if (text[0] == '[' || text[0] == '{') return jsonForm(text);
  if (csvDelimiter(text) != 0) return FileForm::Csv;
  return fail(
      file.string() +
      " is neither JSONL (one object a line) nor a JSON array nor CSV whose first line names "
      "a column \"situation\".");
}

Result<ImportedScenario> scenarioFromLine(std::string_view line, const std::string& where) {
  if (line.size() > kMostRecord)
    return fail(where + ": the line is longer than 1 MiB, so it is no scenario.");
  auto json = parseJson(line, where);
  if (!json) {
    // The parser counts lines inside this one line; the file's line is what helps.
    std::string reason = std::move(json).error().message;
    if (const auto at = reason.find("line 1, column "); at != std::string::npos)
      reason.replace(at, 8, "");
    return fail(std::move(reason));
  }
  return scenarioFromJson(*json, where);
}

Result<ImportReport> importScenarios(const std::filesystem::path& file,
                                     const ImportOptions& options, const Sink& sink,
                                     std::stop_token stop) {
  WORDSIGHT_TRY(const FileForm form, detectForm(file));
  if (form == FileForm::MessageLines)
    return fail(file.string() +
                " holds training data in messages form, not scenarios; give it to " +
                "train --data.");
  if (form == FileForm::BenchmarkArray)
    return fail(file.string() + " holds items of a benchmark; read it as a benchmark file.",
                ErrorKind::Unsupported);
  const bool deliver = !options.dryRun && sink != nullptr;
  if (options.skipBad && deliver) return Pass(file, form, options, &sink).run(stop);
  WORDSIGHT_TRY(ImportReport report, Pass(file, form, options, nullptr).run(stop));
  if (!deliver) return report;  // a dry run tells everything, bad lines too
  if (report.bad > 0) return fail(lineError(file, report));
  if (report.lines == 0) return fail(file.string() + " holds no scenarios.");
  return Pass(file, form, options, &sink).run(stop);
}

std::vector<ImportedScenario> scenariosFromItems(const std::vector<BenchmarkItem>& items,
                                                 const std::string& fileName,
                                                 ImportReport* report) {
  ImportReport local;
  ImportReport& out = report ? *report : local;
  out = {};
  out.form = toText(FileForm::BenchmarkArray);
  std::vector<ImportedScenario> scenarios;
  std::unordered_set<std::string> seen;
  for (const auto& item : items) {
    ++out.lines;
    const std::string where = placeOfItem(fileName, item.index);
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
    scenario.layout = "benchmark";
    if (!seen.insert(scenario.hash).second) {
      ++out.duplicates;
      continue;
    }
    ++out.imported;
    ++out.layouts[scenario.layout];
    out.withoutKey += scenario.content.key < 0;
    scenarios.push_back(std::move(scenario));
  }
  return scenarios;
}

Json toJson(const ImportReport& report) {
  Json json;
  json["form"] = report.form;
  Json layouts = Json::object();
  for (const auto& [layout, count] : report.layouts) layouts[layout] = count;
  json["layouts"] = std::move(layouts);
  if (!report.unknownColumns.empty()) json["unknown_columns"] = report.unknownColumns;
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
