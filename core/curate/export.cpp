#include "curate/export.h"

#include <array>

#include "base/file.h"
#include "curate/examples.h"
#include "curate/records.h"

namespace wordsight::curate {

namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 20;  // one write a MiB

constexpr std::array<std::pair<ExportFormat, const char*>, 6> kFormats = {
    {{ExportFormat::Jsonl, "jsonl"},
     {ExportFormat::Json, "json"},
     {ExportFormat::Csv, "csv"},
     {ExportFormat::Messages, "messages"},
     {ExportFormat::ShareGpt, "sharegpt"},
     {ExportFormat::Alpaca, "alpaca"}}};

bool isArray(ExportFormat format) {
  return format == ExportFormat::Json || format == ExportFormat::ShareGpt ||
         format == ExportFormat::Alpaca;
}

std::string csvHeader(std::size_t optionColumns) {
  std::string line = "situation,question";
  for (std::size_t i = 0; i < optionColumns; ++i)
    line += ",option_" + std::string(1, static_cast<char>('a' + i));
  return line +
         ",answer,rationale,category,non_intervention,status,strategy,generator,prompt_hash,seed,"
         "split\r\n";
}

/// An option as a cell. Reading takes a letter off, and an empty cell at the end for none: where
/// that would change the text, it gets its letter.
std::string optionCell(const std::string& option, std::size_t index) {
  const bool kept = !option.empty() && withoutLetter(option, static_cast<int>(index)) == option;
  return kept ? option : std::string(1, letterOf(static_cast<int>(index))) + ". " + option;
}

std::string letterCell(int index) { return index < 0 ? "" : std::string(1, letterOf(index)); }

std::string csvLine(const Scenario& scenario, const std::string& split, std::size_t columns) {
  const auto& content = scenario.content;
  const auto& from = scenario.provenance;
  const bool bracketed = content.category.starts_with('[') && content.category.ends_with(']');
  std::string line = csvField(content.situation) + ',' + csvField(content.question);
  for (std::size_t i = 0; i < columns; ++i)
    line += ',' + (i < content.options.size() ? csvField(optionCell(content.options[i], i))
                                              : std::string());
  line += ',' + letterCell(content.key) + ',' + csvField(content.rationale) + ',' +
          csvField(bracketed ? "[" + content.category + "]" : content.category) + ',' +
          letterCell(content.nonIntervention) + ',' + toText(scenario.status) + ',' +
          csvField(from.strategy) + ',' + csvField(from.generator) + ',' +
          csvField(from.promptHash) + ',' + std::to_string(from.seed) + ',' + csvField(split);
  return line + "\r\n";
}

}  // namespace

const char* toText(ExportFormat format) {
  for (const auto& [known, text] : kFormats)
    if (known == format) return text;
  return "";
}

Result<ExportFormat> exportFormatFromText(std::string_view text) {
  for (const auto& [format, known] : kFormats)
    if (text == known) return format;
  return fail("Unknown format \"" + std::string(text) +
              "\": use jsonl, json, csv, messages, sharegpt or alpaca.");
}

bool writesChats(ExportFormat format) {
  return format == ExportFormat::Messages || format == ExportFormat::ShareGpt ||
         format == ExportFormat::Alpaca;
}

struct ScenarioWriter::Open {
  Options options;
  AtomicFile file;
  std::string buffer;
  std::size_t written = 0;
  bool finished = false;
  Open(std::filesystem::path path, const Options& o) : options(o), file(std::move(path)) {}
};

ScenarioWriter::ScenarioWriter(std::unique_ptr<Open> open) : m_open(std::move(open)) {}
ScenarioWriter::ScenarioWriter(ScenarioWriter&&) noexcept = default;
ScenarioWriter& ScenarioWriter::operator=(ScenarioWriter&&) noexcept = default;
ScenarioWriter::~ScenarioWriter() = default;

Result<ScenarioWriter> ScenarioWriter::open(const std::filesystem::path& file,
                                            const Options& options) {
  std::error_code code;
  if (std::filesystem::is_directory(file, code))
    return fail(file.string() + " is a folder; name the file to export to.");
  if (writesChats(options.format) && !options.prompt)
    return fail("Chats are written with a prompt, and none was given.", ErrorKind::Internal);
  auto open = std::make_unique<Open>(file, options);
  WORDSIGHT_CHECK(open->file.open());
  if (options.format == ExportFormat::Csv) open->buffer = csvHeader(options.optionColumns);
  if (isArray(options.format)) open->buffer = "[";
  return ScenarioWriter(std::move(open));
}

Status ScenarioWriter::add(const Scenario& scenario, const std::string& split) {
  if (!m_open || m_open->finished)
    return fail("A scenario was added to a finished file.", ErrorKind::Internal);
  const auto& options = m_open->options;
  if (options.format == ExportFormat::Csv) {
    if (scenario.content.options.size() > options.optionColumns)
      return fail("Scenario " + std::to_string(scenario.id.value) + " has more options than the " +
                      "table has columns for.",
                  ErrorKind::Internal);
    m_open->buffer += csvLine(scenario, split, options.optionColumns);
  } else {
    Json line;
    if (writesChats(options.format)) {
      WORDSIGHT_TRY(const auto example,
                    toExample(scenario.content, *options.prompt,
                              "revision " + std::to_string(scenario.revision.value)));
      line = options.format == ExportFormat::Messages   ? exportLine(example)
             : options.format == ExportFormat::ShareGpt ? shareGptLine(example)
                                                        : alpacaLine(example);
    } else {
      line = exportLine(scenario, split);
    }
    if (isArray(options.format)) m_open->buffer += m_open->written > 0 ? ",\n" : "\n";
    m_open->buffer += dumpJson(line);
    if (!isArray(options.format)) m_open->buffer += '\n';
  }
  ++m_open->written;
  if (m_open->buffer.size() < kBuffer) return {};
  WORDSIGHT_CHECK(m_open->file.write(m_open->buffer));
  m_open->buffer.clear();
  return {};
}

std::size_t ScenarioWriter::written() const { return m_open ? m_open->written : 0; }

Status ScenarioWriter::finish() {
  if (!m_open || m_open->finished) return fail("A file was finished twice.", ErrorKind::Internal);
  if (isArray(m_open->options.format)) m_open->buffer += "\n]\n";
  WORDSIGHT_CHECK(m_open->file.write(m_open->buffer));
  m_open->finished = true;
  return m_open->file.commit();
}

Json exportLine(const Scenario& scenario, const std::string& split) {
  Json json = toJson(scenario.content);
  Json own;
  own["strategy"] = scenario.provenance.strategy;
  own["generator"] = scenario.provenance.generator;
  if (!scenario.provenance.promptHash.empty()) own["prompt_hash"] = scenario.provenance.promptHash;
  own["seed"] = scenario.provenance.seed;
  own["status"] = toText(scenario.status);
  own["revision"] = scenario.revisionNumber;
  if (!split.empty()) own["split"] = split;
  json["wordsight"] = std::move(own);
  return json;
}

Json exportLine(const TrainingExample& example) {
  Json json;
  json["id"] = example.id;
  Json messages = Json::array();
  for (const auto& message : example.messages) messages.push_back(toJson(message));
  json["messages"] = std::move(messages);
  return json;
}

Json shareGptLine(const TrainingExample& example) {
  Json json;
  json["id"] = example.id;
  Json turns = Json::array();
  for (const auto& message : example.messages) {
    const char* from = message.role == "user"        ? "human"
                       : message.role == "assistant" ? "gpt"
                                                     : "system";
    turns.push_back(Json{{"from", from}, {"value", message.plainText()}});
  }
  json["conversations"] = std::move(turns);
  return json;
}

Json alpacaLine(const TrainingExample& example) {
  Json json;
  for (const auto& message : example.messages)
    if (message.role == "system") json["system"] = message.plainText();
  for (const auto& message : example.messages) {
    if (message.role == "user") json["instruction"] = message.plainText();
    if (message.role == "assistant") json["output"] = message.plainText();
  }
  json["input"] = "";
  return json;
}

}  // namespace wordsight::curate
