#include "jobs/bulk_edit.h"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <unordered_set>

#include "curate/balance.h"
#include "domain/scenario_text.h"
#include "store/scenario_repository.h"

namespace wordsight::jobs {
namespace {

constexpr std::size_t kChunk = 1000;  // scenarios read at once: a megabyte

std::string counted(std::size_t n) {
  return std::to_string(n) + (n == 1 ? " scenario" : " scenarios");
}

/// What an operation makes of one scenario.
struct Outcome {
  ScenarioContent content;
  ReviewStatus status;
  std::size_t matches = 0;
};

/// Walks the chosen scenarios and says what becomes of each.
class Plan {
 public:
  Plan(store::Connection& connection, const BulkSpec& spec, std::stop_token stop)
      : m_scenarios(connection), m_spec(spec), m_stop(std::move(stop)) {
    std::unordered_set<ScenarioId> seen;
    for (const auto id : spec.ids)
      if (seen.insert(id).second) m_ids.push_back(id);
  }

  /// Those that are named, each once.
  const std::vector<ScenarioId>& ids() const { return m_ids; }
  /// Of a reshuffle, after forEach().
  std::int64_t leftInOrder() const { return m_leftInOrder; }
  Status check() const {
    if (m_ids.empty()) return fail("No scenario is chosen: choose some first.");
    if (const auto* rule = std::get_if<curate::TextReplacement>(&m_spec.operation))
      return curate::checkReplacement(*rule);
    return {};
  }

  using Each = std::function<Status(const Scenario&, Outcome&&)>;
  Status forEach(const Each& each) {
    WORDSIGHT_CHECK(check());
    if (const auto* shuffle = std::get_if<BulkReshuffle>(&m_spec.operation))
      WORDSIGHT_CHECK(drawOrders(shuffle->seed));
    std::size_t place = 0;
    return walk(
        [&](const Scenario& scenario) { return each(scenario, outcome(scenario, place++)); });
  }

 private:
  Status walk(const std::function<Status(const Scenario&)>& each) {
    for (std::size_t at = 0; at < m_ids.size(); at += kChunk) {
      if (m_stop.stop_requested()) return fail("Stopped.", ErrorKind::Cancelled);
      const auto part = std::span(m_ids).subspan(at, std::min(kChunk, m_ids.size() - at));
      WORDSIGHT_TRY(const auto scenarios, m_scenarios.getMany(part));
      for (const auto& scenario : scenarios) WORDSIGHT_CHECK(each(scenario));
    }
    return {};
  }

  /// Balance is a matter of all of them: their keys and numbers of options are looked at first.
  Status drawOrders(std::uint64_t seed) {
    std::vector<ScenarioContent> shapes;
    std::vector<bool> fixed;
    shapes.reserve(m_ids.size());
    WORDSIGHT_CHECK(walk([&](const Scenario& scenario) -> Status {
      auto& shape = shapes.emplace_back();
      shape.options.resize(scenario.content.options.size());
      shape.key = scenario.content.key;
      fixed.push_back(!canReorder(scenario.content));
      m_leftInOrder += fixed.back();
      return {};
    }));
    m_orders = curate::reshuffleForBalance(shapes, seed, fixed);
    return {};
  }

  Outcome outcome(const Scenario& scenario, std::size_t place) const {
    if (const auto* decision = std::get_if<BulkStatus>(&m_spec.operation))
      return {scenario.content, decision->status};
    if (std::holds_alternative<BulkReshuffle>(m_spec.operation))
      return {reordered(scenario.content, m_orders[place]), scenario.status};
    Outcome made{{}, scenario.status};
    made.content = curate::replaced(
        scenario.content, std::get<curate::TextReplacement>(m_spec.operation), &made.matches);
    return made;
  }

  store::ScenarioRepository m_scenarios;
  const BulkSpec& m_spec;
  const std::stop_token m_stop;
  std::vector<ScenarioId> m_ids;
  std::vector<std::vector<std::size_t>> m_orders;
  std::int64_t m_leftInOrder = 0;
};

std::vector<curate::Finding> errorsOf(const ScenarioContent& content) {
  auto findings = curate::checkItem(content);
  std::erase_if(findings,
                [](const auto& finding) { return finding.severity != curate::Severity::Error; });
  return findings;
}

/// Errors that the change brings: new ones, or those with which an item would be accepted.
std::vector<curate::Finding> newErrors(const Scenario& before, const Outcome& after) {
  auto errors = errorsOf(after.content);
  if (errors.empty() || after.content == before.content)
    return after.status == ReviewStatus::Accepted ? errors : std::vector<curate::Finding>();
  const auto old = errorsOf(before.content);
  std::erase_if(errors, [&](const auto& error) {
    return std::any_of(old.begin(), old.end(),
                       [&](const auto& known) { return known.code == error.code; });
  });
  return errors;
}

Result<BulkUndo> applyStatus(store::Connection& connection, const BulkStatus& decision,
                             const Plan& plan, const std::string& author, const std::string& note) {
  WORDSIGHT_CHECK(plan.check());
  store::ScenarioRepository scenarios(connection);
  BulkUndo undo;
  std::vector<ScenarioId> chosen;
  WORDSIGHT_TRY(const auto before, scenarios.headsOf(plan.ids()));
  for (const auto& head : before) {
    if (head.status == decision.status) continue;
    chosen.push_back(head.id);
    undo.items.push_back({head.id, {}, {}, 0, head.status});
  }
  WORDSIGHT_CHECK(scenarios.setStatus(chosen, decision.status, author, note));
  WORDSIGHT_TRY(const auto heads, scenarios.headsOf(chosen));
  for (std::size_t i = 0; i < heads.size(); ++i) undo.items[i].decision = heads[i].decision;
  return undo;
}

/// Appends the edits and the findings of what they say. `undo.items` belong to the edits, in order,
/// and get the new revisions.
Status appendEdits(store::Connection& connection,
                   const std::vector<store::ScenarioRepository::Edit>& edits,
                   const std::string& author, const std::string& note, BulkUndo& undo,
                   const std::stop_token& stop, const BulkProgress& progress) {
  store::ScenarioRepository scenarios(connection);
  for (std::size_t at = 0; at < edits.size(); at += kChunk) {
    if (stop.stop_requested()) return fail("Stopped.", ErrorKind::Cancelled);
    const auto part = std::span(edits).subspan(at, std::min(kChunk, edits.size() - at));
    WORDSIGHT_TRY(const auto revisions, scenarios.editMany(part, author, note));
    std::vector<store::ScenarioIssue> issues;
    for (std::size_t i = 0; i < part.size(); ++i) {
      undo.items[at + i].revision = revisions[i];
      for (auto& finding : curate::checkItem(part[i].content))
        issues.push_back({revisions[i], std::move(finding.code), std::move(finding.message)});
    }
    WORDSIGHT_CHECK(scenarios.setIssues({}, issues));  // revisions made just now have none
    if (progress) progress(static_cast<std::int64_t>(at + part.size()), std::ssize(edits));
  }
  return {};
}

Result<BulkUndo> applyEdits(store::Connection& connection, Plan& plan, const std::string& author,
                            const std::string& note, const std::stop_token& stop,
                            const BulkProgress& progress) {
  BulkUndo undo;
  undo.ofContent = true;
  std::vector<store::ScenarioRepository::Edit> edits;
  WORDSIGHT_CHECK(plan.forEach([&](const Scenario& scenario, Outcome&& after) -> Status {
    if (after.content == scenario.content) return {};
    edits.push_back({scenario.id, std::move(after.content), scenario.revision});
    undo.items.push_back({scenario.id, {}, scenario.revision});
    return {};
  }));
  undo.leftInOrder = plan.leftInOrder();
  WORDSIGHT_CHECK(appendEdits(connection, edits, author, note, undo, stop, progress));
  return undo;
}

/// The items that still are what they were made; an error when some are not and none may be left.
Result<std::vector<BulkUndo::Item>> unchanged(store::Connection& connection, const BulkUndo& undo,
                                              ChangedSince changed) {
  std::vector<ScenarioId> ids;
  for (const auto& item : undo.items) ids.push_back(item.id);
  WORDSIGHT_TRY(const auto heads, store::ScenarioRepository(connection).headsOf(ids));
  std::vector<BulkUndo::Item> same;
  std::string some;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const auto& item = undo.items[i];
    if (undo.ofContent ? heads[i].revision == item.revision : heads[i].decision == item.decision)
      same.push_back(item);
    else if (const auto others = i - same.size(); others < 3)
      some += (some.empty() ? "" : ", ") + std::to_string(item.id.value);
  }
  const std::size_t others = heads.size() - same.size();
  if (others > 0 && (changed == ChangedSince::Refuse || same.empty()))
    return fail(std::to_string(others) + " of " + counted(heads.size()) + " (" + some +
                    (others > 3 ? ", …" : "") + (others == 1 ? ") was " : ") were ") +
                    (undo.ofContent ? "edited" : "decided about") +
                    " by somebody since, and nothing was taken back: look at " +
                    (others == 1 ? "it" : "them") + " first.",
                ErrorKind::Busy);
  return same;
}

Status takeBackDecisions(store::Connection& connection, std::vector<BulkUndo::Item>& items,
                         const std::string& author, const std::string& note) {
  store::ScenarioRepository scenarios(connection);
  std::vector<ScenarioId> ids;
  for (const auto& item : items) ids.push_back(item.id);
  WORDSIGHT_TRY(const auto now, scenarios.statusesOf(ids));
  for (const auto status :
       {ReviewStatus::Undecided, ReviewStatus::Accepted, ReviewStatus::Rejected}) {
    std::vector<ScenarioId> chosen;
    for (const auto& item : items)
      if (item.formerStatus == status) chosen.push_back(item.id);
    if (!chosen.empty()) WORDSIGHT_CHECK(scenarios.setStatus(chosen, status, author, note));
  }
  WORDSIGHT_TRY(const auto heads, scenarios.headsOf(ids));
  for (std::size_t i = 0; i < items.size(); ++i)
    items[i] = {items[i].id, {}, {}, heads[i].decision, now[i]};
  return {};
}

Status takeBackEdits(store::Connection& connection, BulkUndo& undo, const std::string& author,
                     const std::string& note, const BulkProgress& progress) {
  std::vector<RevisionId> former;
  for (const auto& item : undo.items) former.push_back(item.former);
  WORDSIGHT_TRY(auto contents, store::ScenarioRepository(connection).contentsOf(former));
  std::vector<store::ScenarioRepository::Edit> edits;
  edits.reserve(undo.items.size());
  for (std::size_t i = 0; i < undo.items.size(); ++i) {
    auto& item = undo.items[i];
    edits.push_back({item.id, std::move(contents[i]), item.revision});
    item.former = item.revision;
  }
  return appendEdits(connection, edits, author, note, undo, {}, progress);
}

}  // namespace

std::string nameOf(const BulkOperation& operation) {
  if (const auto* decision = std::get_if<BulkStatus>(&operation)) {
    switch (decision->status) {
      case ReviewStatus::Accepted:
        return "accept";
      case ReviewStatus::Rejected:
        return "reject";
      case ReviewStatus::Undecided:
        return "undecide";
    }
  }
  if (const auto* shuffle = std::get_if<BulkReshuffle>(&operation))
    return "reshuffle (seed " + std::to_string(shuffle->seed) + ")";
  const auto& rule = std::get<curate::TextReplacement>(operation);
  return "replace \"" + rule.find + "\" by \"" + rule.with + "\"";
}

Result<BulkPreview> previewBulk(store::Connection& connection, const BulkSpec& spec,
                                std::size_t limit, std::stop_token stop) {
  BulkPreview preview;
  Plan plan(connection, spec, std::move(stop));
  WORDSIGHT_CHECK(plan.forEach([&](const Scenario& scenario, Outcome&& after) -> Status {
    preview.matches += static_cast<std::int64_t>(after.matches);
    if (after.content == scenario.content && after.status == scenario.status) return {};
    ++preview.changed;
    auto errors = newErrors(scenario, after);
    const bool invalid = !errors.empty();
    if (invalid) preview.invalid.push_back(scenario.id);
    const bool shown = preview.changes.size() < limit;
    const bool shownInvalid = invalid && preview.invalidOnes.size() < limit;
    if (!shown && !shownInvalid) return {};
    BulkChange change{scenario, std::move(after.content), after.status, std::move(errors)};
    if (shownInvalid) preview.invalidOnes.push_back(change);
    if (shown) preview.changes.push_back(std::move(change));
    return {};
  }));
  preview.chosen = static_cast<std::int64_t>(plan.ids().size());
  preview.leftInOrder = plan.leftInOrder();
  return preview;
}

Result<BulkUndo> applyBulk(store::Connection& connection, const BulkSpec& spec,
                           const std::string& author, std::stop_token stop,
                           const BulkProgress& progress) {
  const std::string name = nameOf(spec.operation);
  const std::string& note = spec.note.empty() ? name : spec.note;
  BulkUndo undo;
  WORDSIGHT_CHECK(connection.transaction([&]() -> Status {
    Plan plan(connection, spec, stop);
    if (const auto* decision = std::get_if<BulkStatus>(&spec.operation)) {
      WORDSIGHT_TRY(undo, applyStatus(connection, *decision, plan, author, note));
    } else {
      WORDSIGHT_TRY(undo, applyEdits(connection, plan, author, note, stop, progress));
    }
    if (stop.stop_requested()) return fail("Stopped.", ErrorKind::Cancelled);
    return {};
  }));
  undo.what = name + ": " + counted(undo.items.size());
  return undo;
}

Result<BulkUndo> undoBulk(store::Connection& connection, const BulkUndo& undo,
                          const std::string& author, ChangedSince changed,
                          const BulkProgress& progress) {
  BulkUndo redo;
  redo.ofContent = undo.ofContent;
  redo.redo = !undo.redo;
  redo.what = undo.what;
  const std::string note = (undo.redo ? "redo: " : "undo: ") + undo.what;
  WORDSIGHT_CHECK(connection.transaction([&]() -> Status {
    WORDSIGHT_TRY(redo.items, unchanged(connection, undo, changed));
    return undo.ofContent ? takeBackEdits(connection, redo, author, note, progress)
                          : takeBackDecisions(connection, redo.items, author, note);
  }));
  return redo;
}

}  // namespace wordsight::jobs
