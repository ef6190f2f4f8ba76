#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/decision_prompt.h"
#include "domain/example.h"
#include "domain/scenario.h"

namespace wordsight::curate {

enum class ExportFormat {
  Jsonl,     // scenarios, one a line; read back whole by importScenarios()
  Json,      // the same objects as one array
  Csv,       // the same as a table: RFC 4180, a column for each option
  Messages,  // chats, one a line: {"messages":[…]}
  ShareGpt,  // chats as one array: {"conversations":[{"from":"human","value":…},…]}
  Alpaca,    // chats as one array: {"instruction":…,"input":"","output":…}
};
const char* toText(ExportFormat format);
Result<ExportFormat> exportFormatFromText(std::string_view text);
/// Chats are written with a prompt, of scenarios that have a key.
bool writesChats(ExportFormat format);

/// Writes scenarios one by one into a temporary file beside the target, which appears whole at
/// finish() or not at all; destroyed unfinished, it removes what it wrote. One thread.
class ScenarioWriter {
 public:
  struct Options {
    ExportFormat format = ExportFormat::Jsonl;
    const DecisionPrompt* prompt = nullptr;  // for chats; must outlive the writer
    std::size_t optionColumns = 5;           // of CSV: the most options that any scenario has
  };
  static Result<ScenarioWriter> open(const std::filesystem::path& file, const Options& options);
  ScenarioWriter(ScenarioWriter&&) noexcept;
  ScenarioWriter& operator=(ScenarioWriter&&) noexcept;
  ~ScenarioWriter();

  /// `split`: the part of a dataset that it belongs to; may be empty.
  Status add(const Scenario& scenario, const std::string& split = {});
  std::size_t written() const;
  /// Syncs and renames. Nothing may be added afterwards.
  Status finish();

 private:
  struct Open;
  explicit ScenarioWriter(std::unique_ptr<Open> open);
  std::unique_ptr<Open> m_open;
};

/// A scenario in VIVA's form plus "wordsight": {provenance, status}, which importScenarios() reads
/// back.
Json exportLine(const Scenario& scenario, const std::string& split = {});
/// {"id":…, "messages":[…]}: training data that other tools read too.
Json exportLine(const TrainingExample& example);
/// The same in the layouts of others.
Json shareGptLine(const TrainingExample& example);
Json alpacaLine(const TrainingExample& example);

}  // namespace wordsight::curate
