#include <algorithm>
#include <map>

#include "curate/checks.h"
#include "jobs/data_jobs.h"
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

std::vector<ScenarioContent> contentsOf(const std::vector<Scenario>& scenarios) {
  std::vector<ScenarioContent> contents;
  contents.reserve(scenarios.size());
  for (const auto& s : scenarios) contents.push_back(s.content);
  return contents;
}

/// Findings of every item, and duplicates, into the store: what lists filter by.
Status storeIssues(RunScope& scope, const std::vector<RevisionId>& revisions,
                   const std::vector<ScenarioContent>& contents, const curate::SetReport& report) {
  std::vector<store::ScenarioIssue> issues;
  for (std::size_t i = 0; i < contents.size(); ++i)
    for (const auto& finding : curate::checkItem(contents[i]))
      issues.push_back({revisions[i], finding.code, finding.message});
  for (const auto& group : report.duplicates)
    for (std::size_t k = 1; k < group.size(); ++k)
      issues.push_back(
          {revisions[group[k]], "duplicate",
           "Says the same as revision " + std::to_string(revisions[group[0]].value) + "."});
  return store::ScenarioRepository(scope.connection()).setIssues(revisions, issues);
}

Status reshuffle(RunScope& scope, const std::vector<Scenario>& scenarios,
                 std::vector<ScenarioContent>& contents, std::uint64_t seed) {
  const auto orders = curate::reshuffleForBalance(contents, seed);
  std::vector<store::ScenarioRepository::Edit> edits;
  for (std::size_t i = 0; i < contents.size(); ++i) {
    auto moved = reordered(contents[i], orders[i]);
    if (moved == contents[i]) continue;
    edits.push_back({scenarios[i].id, moved});
    contents[i] = std::move(moved);
  }
  WORDSIGHT_CHECK(store::ScenarioRepository(scope.connection())
                      .editMany(edits, "reshuffle", "seed " + std::to_string(seed)));
  scope.summary["reshuffled"] = edits.size();
  return {};
}

}  // namespace

Result<JobOutcome> checkScenarios(const JobContext& context, const CheckSpec& spec) {
  if (spec.reshuffle && !spec.dataset.empty())
    return fail(
        "A frozen dataset cannot be reshuffled; reshuffle the scenarios (without --dataset) and "
        "freeze again.");
  Run run;
  run.kind = RunKind::Check;
  run.name = spec.dataset.empty() ? "all scenarios" : "dataset " + spec.dataset;
  run.command = spec.command;
  run.spec = Json{{"dataset", spec.dataset}, {"reshuffle", spec.reshuffle}, {"seed", spec.seed}};
  return runJob(context, run, {}, [&](RunScope& scope) -> Status {
    std::vector<RevisionId> revisions;
    std::vector<ScenarioContent> contents;
    if (!spec.dataset.empty()) {
      store::DatasetRepository datasets(scope.connection());
      WORDSIGHT_TRY(const auto dataset, datasets.find(spec.dataset));
      WORDSIGHT_TRY(const auto items, datasets.items(dataset.id));
      for (const auto& item : items) {
        revisions.push_back(item.revision.id);
        contents.push_back(item.revision.content);
      }
    } else {
      WORDSIGHT_TRY(auto scenarios, chosen(scope.connection(), {}));
      contents = contentsOf(scenarios);
      if (spec.reshuffle) {
        WORDSIGHT_CHECK(reshuffle(scope, scenarios, contents, spec.seed));
        WORDSIGHT_TRY(scenarios, chosen(scope.connection(), {}));
      }
      for (const auto& s : scenarios) revisions.push_back(s.revision);
    }
    scope.progress("check", 0, static_cast<std::int64_t>(contents.size()), "scenarios");
    const auto report = curate::checkSet(contents);
    WORDSIGHT_CHECK(storeIssues(scope, revisions, contents, report));
    scope.progress("check", static_cast<std::int64_t>(contents.size()),
                   static_cast<std::int64_t>(contents.size()), "scenarios");
    const Json json = curate::toJson(report);
    for (const auto& [key, value] : json.items()) scope.summary[key] = value;
    return {};
  });
}

Result<JobOutcome> freezeDataset(const JobContext& context, const FreezeSpec& spec) {
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
  return runJob(context, run, {}, [&](RunScope& scope) -> Status {
    WORDSIGHT_TRY(auto scenarios, chosen(scope.connection(), spec.filter));
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
