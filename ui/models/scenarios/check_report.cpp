#include "models/scenarios/check_report.h"

#include <algorithm>
#include <set>

#include "bridge/format.h"
#include "store/run_repository.h"
#include "store/scenario_repository.h"

namespace wordsight::ui {

namespace {

// A project file may come from anywhere: whatever has another form than ours counts as not there.
double numberIn(const Json& json, const char* key, double otherwise = 0) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number() ? found->get<double>() : otherwise;
}

std::int64_t countIn(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

const Json& memberOf(const Json& json, const char* key) {
  static const Json none = Json::object();
  const auto found = json.find(key);
  return found == json.end() ? none : *found;
}

std::vector<double> numbersOf(const Json& json) {
  std::vector<double> values;
  if (!json.is_array()) return values;
  for (const auto& value : json) values.push_back(value.is_number() ? value.get<double>() : 0);
  return values;
}

std::vector<std::vector<ScenarioId>> groupsOf(const Json& json) {
  std::vector<std::vector<ScenarioId>> groups;
  if (!json.is_array()) return groups;
  for (const auto& group : json) {
    std::vector<ScenarioId> ids;
    if (group.is_array())
      for (const auto& id : group)
        if (id.is_number_integer()) ids.emplace_back(id.get<std::int64_t>());
    if (ids.size() > 1) groups.push_back(std::move(ids));
  }
  return groups;
}

void readLetters(const Json& summary, CheckReport& report) {
  const Json &letters = memberOf(summary, "letters"),
             &expected = memberOf(summary, "letters_expected");
  if (!letters.is_object() || !expected.is_object()) return;
  for (const auto& [letter, count] : letters.items()) {
    const int option = letter.size() == 1 ? indexOfLetter(letter[0]) : -1;
    if (option >= 0 && count.is_number_integer())
      report.letters.push_back(
          {option, count.get<std::int64_t>(), numberIn(expected, letter.c_str())});
  }
}

}  // namespace

double CheckReport::evenShare() const {
  return letters.empty() || withKey == 0 ? 0
                                         : letters.front().expected / static_cast<double>(withKey);
}

CheckReport checkReportOf(const Json& summary) {
  CheckReport report;
  if (!summary.is_object()) return report;
  report.items = countIn(summary, "items");
  report.withKey = countIn(summary, "with_key");
  report.withErrors = countIn(summary, "with_errors");
  report.withWarnings = countIn(summary, "with_warnings");
  readLetters(summary, report);
  report.pValue = numberIn(summary, "p_value", 1);
  const Json& balanced = memberOf(summary, "letters_balanced");
  report.balanced = !balanced.is_boolean() || balanced.get<bool>();
  report.keyLongest = countIn(summary, "key_longest");
  report.keyShortest = countIn(summary, "key_shortest");
  const Json& lengths = memberOf(summary, "option_lengths");
  report.barWidth = std::max<std::int64_t>(1, countIn(lengths, "width"));
  report.keyLengths = numbersOf(memberOf(lengths, "key"));
  report.otherLengths = numbersOf(memberOf(lengths, "others"));
  const Json& findings = memberOf(summary, "findings");
  if (findings.is_object())
    for (const auto& [code, count] : findings.items())
      if (count.is_number_integer())
        report.findings.emplace_back(toQt(code), count.get<std::int64_t>());
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  report.groupCount = countIn(summary, "duplicate_groups");
  report.conflictCount = countIn(summary, "conflicting_groups");
  std::set<ScenarioId> disputed;
  for (const auto& group : groupsOf(memberOf(summary, "conflicts"))) disputed.insert(group.front());
  for (auto& group : groupsOf(memberOf(summary, "duplicates"))) {
    const bool conflict = disputed.contains(group.front());
    report.groups.push_back({std::move(group), conflict});
  }
  return report;
}

Result<std::optional<CheckReport>> latestCheck(store::Connection& connection) {
  store::RunRepository runs(connection);
  store::RunFilter filter;
  filter.kind = RunKind::Check;
  filter.status = RunStatus::Done;
  filter.sort = store::RunFilter::Sort::Finished;
  filter.limit = 20;
  WORDSIGHT_TRY(const auto checks, runs.list(filter));
  for (const auto& candidate : checks) {
    WORDSIGHT_TRY(const auto run, runs.get(candidate.id));
    const Json& dataset = memberOf(run.spec, "dataset");
    if (dataset.is_string() && !dataset.get_ref<const std::string&>().empty()) continue;
    CheckReport report = checkReportOf(run.summary);
    report.run = run.id;
    report.finishedAt = run.finishedAt;
    store::ScenarioFilter newest;
    newest.sort = store::ScenarioFilter::Sort::Changed;
    newest.descending = true;
    newest.limit = 1;
    WORDSIGHT_TRY(const auto changed, store::ScenarioRepository(connection).list(newest));
    report.stale = !changed.empty() && changed.front().changedAt > run.finishedAt;
    return std::optional(std::move(report));
  }
  return std::optional<CheckReport>();
}

}  // namespace wordsight::ui
