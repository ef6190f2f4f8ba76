#include <algorithm>
#include <unordered_map>

#include "eval/stats.h"
#include "jobs/item_answers.h"
#include "jobs/model_jobs.h"
#include "store/benchmark_repository.h"
#include "store/run_repository.h"

namespace wordsight::jobs {
namespace {

struct Count {
  int right = 0, unread = 0, n = 0;

  void add(const Choice& choice, const ScenarioContent& item) {
    const bool read = choice.option >= 0 && choice.option < static_cast<int>(item.options.size());
    ++n;
    right += read && choice.option == item.key;
    unread += !read;
  }
  Json toJson() const {
    const auto share = eval::wilson(right, n);
    return Json{{"accuracy", share.value}, {"low", share.low}, {"high", share.high},
                {"right", right},          {"n", n},           {"unread", unread}};
  }
};

}  // namespace

Result<Json> evaluationSummary(store::Connection& connection, RunId run) {
  WORDSIGHT_TRY(const auto benchmarks, store::RunRepository(connection).benchmarks(run));
  if (benchmarks.empty())
    return fail("Run " + std::to_string(run.value) + " is not an evaluation.");
  WORDSIGHT_TRY(const auto items, store::BenchmarkRepository(connection).items(benchmarks[0]));
  std::unordered_map<ItemId, const BenchmarkItem*> byId;
  for (const auto& item : items) byId[item.id] = &item;
  WORDSIGHT_TRY(const auto answers, itemAnswers(connection, run));
  Count counted, byRule;
  std::size_t overridden = 0, asked = 0;
  for (const auto& [id, answer] : answers) {
    const auto it = byId.find(id);
    if (it == byId.end() || !it->second->unusable.empty() || it->second->content.key < 0) continue;
    counted.add(answer.choice, it->second->content);
    byRule.add(answer.byRule, it->second->content);
    overridden += answer.overridden;
    asked += answer.predictions.size();
  }
  Json json = counted.toJson();
  json["answers"] = asked;  // more than n when each item was asked several times
  json["overridden"] = overridden;
  if (overridden > 0) json["by_rule"] = byRule.toJson();
  return json;
}

Status countOverrides(store::Connection& connection, const std::vector<Run*>& runs) {
  WORDSIGHT_TRY(const auto overridden, store::PredictionRepository(connection).overriddenRuns());
  for (Run* run : runs) {
    if (!overridden.contains(run->id) || !run->summary.is_object()) continue;
    WORDSIGHT_TRY(const auto scores, evaluationSummary(connection, run->id));
    run->summary.erase("by_rule");
    run->summary.update(scores);
  }
  return {};
}

Status countOverrides(store::Connection& connection, std::vector<store::RunRow>& rows) {
  std::vector<Run*> runs;
  for (auto& row : rows) runs.push_back(&row.run);
  return countOverrides(connection, runs);
}

}  // namespace wordsight::jobs
