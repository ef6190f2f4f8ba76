#include <algorithm>
#include <map>
#include <set>

#include "curate/checks.h"
#include "jobs/bulk_edit.h"
#include "jobs/data_jobs.h"
#include "jobs/records.h"
#include "store/dataset_repository.h"
#include "store/scenario_repository.h"

namespace wordsight::jobs {
namespace {

/// Current scenarios by filter; rejected ones are left out unless the filter asks for a status.
Result<std::vector<Scenario>> chosen(store::Connection& connection,
                                     const store::ScenarioFilter& filter) {
  std::vector<Scenario> scenarios;
  WORDSIGHT_CHECK(
      store::ScenarioRepository(connection).forEach(filter, [&](const Scenario& s) -> Status {
        if (filter.status || s.status != ReviewStatus::Rejected) scenarios.push_back(s);
        return {};
      }));
  return scenarios;
}

/// These scenarios, each once, without rejected ones.
Result<std::vector<Scenario>> chosen(store::Connection& connection, std::vector<ScenarioId> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  WORDSIGHT_TRY(auto scenarios, store::ScenarioRepository(connection).getMany(ids));
  std::erase_if(scenarios, [](const Scenario& s) { return s.status == ReviewStatus::Rejected; });
  return scenarios;
}

std::vector<ScenarioContent> contentsOf(const std::vector<Scenario>& scenarios) {
  std::vector<ScenarioContent> contents;
  contents.reserve(scenarios.size());
  for (const auto& s : scenarios) contents.push_back(s.content);
  return contents;
}

/// What a check looks at, item by item, and what it found so far: of each item no more than its
/// numbers.
class Check {
 public:
  Check(RunScope& scope, std::int64_t total) : m_scope(scope), m_total(total) {}

  Status add(ScenarioId scenario, RevisionId revision, const ScenarioContent& content) {
    if (m_scope.stopRequested()) return fail("Stopped.", ErrorKind::Cancelled);
    auto findings = curate::checkItem(content);
    m_checker.add(content, findings);
    for (auto& finding : findings)
      m_issues.push_back({revision, std::move(finding.code), std::move(finding.message)});
    m_scenarios.push_back(scenario);
    m_revisions.push_back(revision);
    m_scope.progress("check", static_cast<std::int64_t>(m_revisions.size()), m_total, "scenarios");
    return {};
  }

  /// Issues into the store, for lists to filter by; the report into the summary, for charts.
  Status finish() {
    const auto report = m_checker.finish();
    addDuplicates(report);
    WORDSIGHT_CHECK(m_scope.connection().transaction([&] { return store(); }));
    const Json json = curate::toJson(report);
    for (const auto& [key, value] : json.items()) m_scope.summary[key] = value;
    m_scope.summary["duplicates"] = idsOf(report.duplicates);
    m_scope.summary["conflicts"] = idsOf(report.conflicts);
    return {};
  }

 private:
  /// The first of a group stands; the others point at it.
  void addDuplicates(const curate::SetReport& report) {
    std::set<std::size_t> disputed;
    for (const auto& group : report.conflicts) disputed.insert(group[0]);
    for (const auto& group : report.duplicates)
      for (std::size_t k = 1; k < group.size(); ++k)
        m_issues.push_back(
            {m_revisions[group[k]], "duplicate",
             "Says the same as scenario " + std::to_string(m_scenarios[group[0]].value) +
                 (disputed.contains(group[0]) ? ", but they do not agree on the right option."
                                              : ".")});
  }

  Status store() {
    constexpr std::size_t kChunk = 5000;
    store::ScenarioRepository scenarios(m_scope.connection());
    const std::span revisions(m_revisions);
    const auto total = static_cast<std::int64_t>(revisions.size());
    for (std::size_t at = 0; at < revisions.size(); at += kChunk) {
      if (m_scope.stopRequested()) return fail("Stopped.", ErrorKind::Cancelled);
      const auto part = revisions.subspan(at, std::min(kChunk, revisions.size() - at));
      WORDSIGHT_CHECK(scenarios.setIssues(part, {}));
      m_scope.progress("store", static_cast<std::int64_t>(at + part.size()), total, "scenarios");
    }
    return scenarios.setIssues({}, m_issues);
  }

  /// Groups as scenarios; bounded, because a summary is read with every list of runs.
  Json idsOf(const std::vector<std::vector<std::size_t>>& groups) const {
    constexpr std::size_t kGroups = 200, kMembers = 20;
    Json all = Json::array();
    for (std::size_t g = 0; g < groups.size() && g < kGroups; ++g) {
      Json one = Json::array();
      for (std::size_t k = 0; k < groups[g].size() && k < kMembers; ++k)
        one.push_back(m_scenarios[groups[g][k]].value);
      all.push_back(std::move(one));
    }
    return all;
  }

  RunScope& m_scope;
  const std::int64_t m_total;
  curate::SetChecker m_checker;
  std::vector<ScenarioId> m_scenarios;
  std::vector<RevisionId> m_revisions;
  std::vector<store::ScenarioIssue> m_issues;
};

Status checkDataset(RunScope& scope, const std::string& name) {
  store::DatasetRepository datasets(scope.connection());
  WORDSIGHT_TRY(const auto dataset, datasets.find(name));
  Check check(scope, dataset.items);
  WORDSIGHT_CHECK(datasets.forEachItem(dataset.id, {}, [&](const store::DatasetItem& item) {
    return check.add(item.revision.scenario, item.revision.id, item.revision.content);
  }));
  return check.finish();
}

/// All that are not rejected.
Status checkCurrent(RunScope& scope, const CheckSpec& spec) {
  store::ScenarioRepository scenarios(scope.connection());
  std::vector<ScenarioId> kept;
  for (const auto status : {ReviewStatus::Undecided, ReviewStatus::Accepted}) {
    store::ScenarioFilter filter;
    filter.status = status;
    WORDSIGHT_TRY(const auto some, scenarios.ids(filter));
    kept.insert(kept.end(), some.begin(), some.end());
  }
  const auto total = static_cast<std::int64_t>(kept.size());
  if (spec.reshuffle && !kept.empty()) {
    std::sort(kept.begin(), kept.end());
    WORDSIGHT_TRY(const auto done, applyBulk(scope.connection(),
                                             {std::move(kept), BulkReshuffle{spec.seed},
                                              "seed " + std::to_string(spec.seed)},
                                             "reshuffle", scope.stop()));
    scope.summary["reshuffled"] = done.items.size();
    scope.summary["left_in_order"] = done.leftInOrder;
  }
  Check check(scope, total);
  WORDSIGHT_CHECK(scenarios.forEach({}, [&](const Scenario& s) -> Status {
    if (s.status == ReviewStatus::Rejected) return {};
    return check.add(s.id, s.revision, s.content);
  }));
  return check.finish();
}

}  // namespace

Result<JobOutcome> checkScenarios(const JobContext& context, const CheckSpec& spec) {
  if (spec.reshuffle && !spec.dataset.empty())
    return fail(
        "A frozen dataset cannot be reshuffled; reshuffle the scenarios (without --dataset) and "
        "freeze again.");
  if (!spec.dataset.empty()) WORDSIGHT_CHECK(checkDataset(context.project, spec.dataset));
  Run run;
  run.kind = RunKind::Check;
  run.name = spec.dataset.empty() ? "all scenarios" : "dataset " + spec.dataset;
  run.command = spec.command;
  run.spec = Json{{"dataset", spec.dataset}, {"reshuffle", spec.reshuffle}, {"seed", spec.seed}};
  return runJob(context, run, {}, [&](RunScope& scope) -> Status {
    return spec.dataset.empty() ? checkCurrent(scope, spec) : checkDataset(scope, spec.dataset);
  });
}

Result<JobOutcome> freezeDataset(const JobContext& context, const FreezeSpec& spec) {
  if (checkDataset(context.project, spec.name))
    return fail("There is a dataset \"" + spec.name +
                "\" already, and it is frozen: choose another name.");
  Run run;
  run.kind = RunKind::Freeze;
  run.name = "dataset " + spec.name;
  run.command = spec.command;
  Json shares = Json::object();
  for (const auto& share : spec.shares) shares[share.name] = share.fraction;
  run.spec =
      Json{{"name", spec.name}, {"split", shares}, {"seed", spec.seed}, {"text", spec.filter.text}};
  if (spec.filter.status) run.spec["status"] = toText(*spec.filter.status);
  for (const auto& [key, value] : {std::pair{"strategy", spec.filter.strategy},
                                   {"generator", spec.filter.generator},
                                   {"category", spec.filter.category}})
    if (value) run.spec[key] = *value;
  if (spec.ids) run.spec["chosen"] = spec.ids->size();
  return runJob(context, run, {}, [&](RunScope& scope) -> Status {
    WORDSIGHT_TRY(auto scenarios, spec.ids ? chosen(scope.connection(), *spec.ids)
                                           : chosen(scope.connection(), spec.filter));
    const auto all = scenarios.size();
    std::map<std::string, int> leftOut;
    std::erase_if(scenarios, [&](const Scenario& s) {
      bool unfit = false;
      for (const auto& finding : curate::checkItem(s.content)) {
        if (finding.severity != curate::Severity::Error) continue;
        ++leftOut[finding.code];
        unfit = true;
      }
      return unfit;
    });
    if (scenarios.empty())
      return fail(all == 0
                      ? "No scenario matches: nothing to freeze. Synthesize or import some first."
                      : "None of the " + std::to_string(all) +
                            " scenarios is fit for training; run check to see why.");
    const auto contents = contentsOf(scenarios);
    WORDSIGHT_TRY(const auto side, curate::splitBySituation(contents, spec.shares, spec.seed));
    std::vector<store::DatasetEntry> entries;
    for (std::size_t i = 0; i < scenarios.size(); ++i)
      entries.push_back({scenarios[i].revision, spec.shares[side[i]].name});
    store::DatasetRepository datasets(scope.connection());
    WORDSIGHT_TRY(const auto id, datasets.freeze(spec.name, entries, run.spec, {}, scope.id()));
    WORDSIGHT_TRY(const auto dataset, datasets.get(id));
    scope.summary["dataset"] = spec.name;
    scope.summary["items"] = dataset.items;
    scope.summary["hash"] = dataset.hash;
    for (const auto& [name, count] : dataset.splits) scope.summary["splits"][name] = count;
    scope.summary["left_out"] = all - scenarios.size();
    for (const auto& [code, count] : leftOut) scope.summary["left_out_codes"][code] = count;
    if (all != scenarios.size())
      scope.log(LogLine::Level::Warning,
                std::to_string(all - scenarios.size()) +
                    " scenarios with errors were left out; run check to see them.");
    return {};
  });
}

namespace {

Status knownIssue(const std::string& code) {
  const auto& codes = curate::findingCodes();
  if (code == "*" || std::find(codes.begin(), codes.end(), code) != codes.end()) return {};
  std::string all;
  for (const auto& known : codes) all += (all.empty() ? "" : ", ") + known;
  return fail("There is no issue \"" + code + "\"; there are " + all + ", and * for any.");
}

}  // namespace

Result<store::ScenarioFilter> scenarioFilterFromText(const std::string& text) {
  store::ScenarioFilter filter;
  std::string rest = text;
  const std::vector<std::string> keys = {"status", "strategy", "generator", "category",
                                         "issue",  "run",      "text"};
  while (!rest.empty()) {
    rest.erase(0, rest.find_first_not_of(' '));
    const auto equals = rest.find('=');
    if (equals == std::string::npos)
      return fail("The filter \"" + text +
                  "\" must be made of KEY=VALUE, for example status=accepted text=ice.");
    const std::string key = rest.substr(0, equals);
    std::size_t end =
        rest.size();  // a value ends where the next KEY= begins, so that it may hold spaces
    for (const auto& next : keys)
      if (const auto at = rest.find(" " + next + "=", equals); at != std::string::npos)
        end = std::min(end, at);
    const std::string value = rest.substr(equals + 1, end - equals - 1);
    rest = end < rest.size() ? rest.substr(end + 1) : "";
    if (key == "status") {
      WORDSIGHT_TRY(filter.status, reviewStatusFromText(value));
    } else if (key == "strategy") {
      filter.strategy = value;
    } else if (key == "generator") {
      filter.generator = value;
    } else if (key == "category") {
      filter.category = value;
    } else if (key == "issue") {
      WORDSIGHT_CHECK(knownIssue(value));
      filter.issue = value;
    } else if (key == "run") {
      if (value.empty() || value.find_first_not_of("0123456789") != std::string::npos ||
          value.size() > 18)
        return fail("The filter run=" + value + " must be a run's number.");
      filter.run = RunId(std::stoll(value));
    } else if (key == "text") {
      filter.text = value;
    } else {
      return fail("Unknown filter key \"" + key +
                  "\"; there are status, strategy, generator, category, issue, run, text.");
    }
  }
  return filter;
}

}  // namespace wordsight::jobs
