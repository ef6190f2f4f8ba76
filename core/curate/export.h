#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "domain/example.h"
#include "domain/scenario.h"

namespace wordsight::curate {

/// Writes a JSONL file line by line into a temporary file beside the target, which appears whole at
/// finish() or not at all; destroyed unfinished, it removes what it wrote. One thread.
class JsonlWriter {
 public:
  static Result<JsonlWriter> open(const std::filesystem::path& file);
  JsonlWriter(JsonlWriter&&) noexcept;
  JsonlWriter& operator=(JsonlWriter&&) noexcept;
  ~JsonlWriter();

  Status add(const Json& line);
  std::size_t lines() const;
  /// Syncs and renames. Nothing may be added afterwards.
  Status finish();

 private:
  struct Open;
  explicit JsonlWriter(std::unique_ptr<Open> open);
  std::unique_ptr<Open> m_open;
};

/// A scenario in VIVA's form plus "wordsight": {provenance, status}, which importScenarios() reads
/// back.
Json exportLine(const Scenario& scenario);
/// {"id":…, "messages":[…]}: training data that other tools read too.
Json exportLine(const TrainingExample& example);

}  // namespace wordsight::curate
