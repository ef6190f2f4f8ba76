#pragma once
#include <QString>
#include <QStringList>
#include <string>

#include "store/scenario_repository.h"

namespace wordsight::ui {

/// A scenario as a row of the table: what the columns show, without the long texts.
struct ScenarioLine {
  ScenarioId id;
  RevisionId revision;
  ReviewStatus status = ReviewStatus::Undecided;
  QString situation;  // its beginning, on one line
  QString key;        // "C", "–"
  int options = 0;
  QString strategy, category, generator;
  int issues = 0;
  QStringList issueCodes;
  UnixMillis changedAt = 0;
  int generation = 0;    // of the list that it was read for
  bool missing = false;  // asked for, and not there
};

ScenarioLine lineOf(const store::ScenarioRow& row);

/// A finding's code in words, for filters and columns: "key-missing" → "No key". Codes that nobody
/// knows here stay as they are.
QString issueTitle(const QString& code);
/// "Accepted", as a column and a menu say it.
QString statusTitle(ReviewStatus status);
/// "complexity" → "Complexity"; "" → "None".
QString strategyTitle(const QString& strategy);
/// "local:/models/Qwen2-VL-2B" → "Qwen2-VL-2B"; "demo" → "Demo"; "file:viva.jsonl" → "viva.jsonl".
QString generatorTitle(const QString& generator);

}  // namespace wordsight::ui
