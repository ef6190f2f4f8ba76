#include "jobs/item_answers.h"

#include <algorithm>
#include <map>

#include "eval/choice.h"

namespace wordsight::jobs {
namespace {

using Choices = store::PredictionRepository::Choices;
using Shifts = std::span<const Prediction>;

/// The choice that the rules make of all shifts of one item: of the mean probabilities (`shares`),
/// or of the majority.
Choice ruleChoice(Shifts shifts, const std::vector<double>& shares, const Choices& choices) {
  const auto of = [&](const Prediction& p) {
    const auto it = choices.find(p.id);
    return it == choices.end() ? Choice() : it->second;
  };
  if (shifts.size() == 1) return of(shifts[0]);
  if (!shares.empty()) {
    const auto best = std::max_element(shares.begin(), shares.end());
    if (std::count(shares.begin(), shares.end(), *best) > 1) return {-1, "ambiguous"};
    return {static_cast<int>(best - shares.begin()), "mean-of-shifts"};
  }
  std::map<int, int> votes;
  for (const auto& p : shifts)
    if (const int option = of(p).option; option >= 0) ++votes[option];
  int best = 0, ties = 0;
  Choice choice;
  for (const auto& [option, count] : votes) {
    if (count > best) {
      best = count;
      ties = 1;
      choice = {option, "majority-of-shifts"};
    } else if (count == best) {
      ++ties;
    }
  }
  return ties == 1 ? choice : Choice{-1, "ambiguous"};
}

}  // namespace

eval::CellAnswer mergedAnswer(Shifts shifts, const Choices& choices, const Choices& byRule) {
  eval::CellAnswer answer;
  auto& shares = answer.probabilities;
  const Choice* override = nullptr;
  for (const auto& p : shifts) {
    if (!answer.rawText.empty()) answer.rawText += "\n---\n";
    answer.rawText += p.rawText;
    answer.milliseconds += p.milliseconds;
    answer.predictions.push_back(p.id);
    auto probabilities = eval::optionProbabilities(p.letterLogProbs, p.shift);
    if (shares.empty())
      shares = std::move(probabilities);
    else
      for (std::size_t i = 0; i < shares.size() && i < probabilities.size(); ++i)
        shares[i] += probabilities[i];
    if (const auto it = choices.find(p.id); it != choices.end() && it->second.rule == "override")
      override = &it->second;
  }
  for (auto& value : shares) value /= static_cast<double>(shifts.size());
  answer.byRule = ruleChoice(shifts, shares, byRule);
  answer.overridden = override != nullptr;
  answer.choice = override ? *override : answer.byRule;
  return answer;
}

Result<std::vector<std::pair<ItemId, eval::CellAnswer>>> itemAnswers(store::Connection& connection,
                                                                     RunId run) {
  store::PredictionRepository repository(connection);
  WORDSIGHT_TRY(const auto predictions, repository.list(run));  // by item, then by shift
  WORDSIGHT_TRY(const auto choices, repository.choices(run));
  const bool overridden = std::any_of(choices.begin(), choices.end(), [](const auto& entry) {
    return entry.second.rule == "override";
  });
  WORDSIGHT_TRY(const auto byRule,
                overridden ? repository.ruleChoices(run) : Result<Choices>(choices));
  std::vector<std::pair<ItemId, eval::CellAnswer>> answers;
  const auto all = std::span(predictions);
  for (std::size_t from = 0, to = 0; from < all.size(); from = to) {
    while (to < all.size() && all[to].item == all[from].item) ++to;
    answers.emplace_back(all[from].item,
                         mergedAnswer(all.subspan(from, to - from), choices, byRule));
  }
  return answers;
}

}  // namespace wordsight::jobs
