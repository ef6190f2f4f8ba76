#pragma once
#include <QString>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "domain/ids.h"
#include "domain/json.h"
#include "store/connection.h"

namespace wordsight::ui {

/// What the newest check of all scenarios found, as its run keeps it.
struct CheckReport {
  struct Letter {
    int option = 0;
    std::int64_t count = 0;
    double expected = 0;  // were the keys drawn evenly
  };
  struct Group {
    std::vector<ScenarioId> ids;  // the first twenty
    bool conflict = false;        // they do not agree on the right option
  };
  RunId run;
  UnixMillis finishedAt = 0;
  bool stale = false;  // scenarios came, or were edited or decided, since
  std::int64_t items = 0, withKey = 0, withErrors = 0, withWarnings = 0;
  std::vector<Letter> letters;
  double pValue = 1;
  bool balanced = true;
  std::int64_t keyLongest = 0, keyShortest = 0;
  std::int64_t barWidth = 1;  // characters a bar of the two below
  std::vector<double> keyLengths, otherLengths;
  std::vector<std::pair<QString, std::int64_t>> findings;  // code, scenarios; most first
  std::vector<Group> groups;                               // the first two hundred
  std::int64_t groupCount = 0, conflictCount = 0;

  /// How often the key would be the longest option by chance: one in so many options.
  double evenShare() const;
};

/// Out of a check's summary; what is not there stays empty.
CheckReport checkReportOf(const Json& summary);
/// The newest one that looked at all scenarios, if there is any.
Result<std::optional<CheckReport>> latestCheck(store::Connection& connection);

}  // namespace wordsight::ui
