#include "models/scenarios/scenario_fixes.h"

#include <QCoreApplication>
#include <algorithm>
#include <functional>
#include <numeric>

#include "bridge/format.h"
#include "domain/scenario_text.h"

namespace wordsight::ui {

namespace {

struct ScenarioFixes {
  Q_DECLARE_TR_FUNCTIONS(ScenarioFixes)
};

int optionCount(const ScenarioContent& content) { return static_cast<int>(content.options.size()); }

/// The one letter that the rationale calls right, if there is exactly one.
std::optional<int> claimed(const ScenarioContent& content) {
  const auto letters = lettersClaimedRight(content.rationale);
  if (letters.size() != 1 || letters.front() >= optionCount(content)) return {};
  return letters.front();
}

std::optional<ScenarioFix> keyAsClaimed(const ScenarioContent& content) {
  const auto letter = claimed(content);
  if (!letter || *letter == content.key) return {};
  ScenarioFix fix{ScenarioFixes::tr("Set key to %1").arg(letterText(*letter)), content};
  fix.content.key = *letter;
  return fix;
}

std::optional<ScenarioFix> withoutLetters(const ScenarioContent& content) {
  ScenarioFix fix{ScenarioFixes::tr("Remove letters"), content};
  for (int i = 0; i < optionCount(content); ++i) {
    auto& option = fix.content.options[static_cast<std::size_t>(i)];
    option = withoutLetter(option, i);
  }
  return fix;
}

std::optional<ScenarioFix> withoutFirst(const ScenarioContent& content,
                                        const std::function<bool(int)>& superfluous) {
  if (content.options.size() <= 2) return {};
  for (int i = 0; i < optionCount(content); ++i)
    if (i != content.key && superfluous(i))
      return ScenarioFix{ScenarioFixes::tr("Remove option %1").arg(letterText(i)),
                         withoutOption(content, i)};
  return {};
}

std::optional<ScenarioFix> withoutRepeated(const ScenarioContent& content) {
  const auto same = [&](int i, int j) {
    return normalisedOption(content.options[static_cast<std::size_t>(i)]) ==
           normalisedOption(content.options[static_cast<std::size_t>(j)]);
  };
  return withoutFirst(content, [&](int i) {
    for (int j = 0; j < optionCount(content); ++j)
      if (j != i && (j < i || j == content.key) && same(i, j)) return true;
    return false;
  });
}

}  // namespace

std::optional<ScenarioFix> fixFor(const ScenarioContent& content, const curate::Finding& finding) {
  if (finding.code == "key-missing" || finding.code == "key-range" ||
      finding.code == "rationale-letter")
    return keyAsClaimed(content);
  if (finding.code == "option-letter") return withoutLetters(content);
  if (finding.code == "option-empty")
    return withoutFirst(content, [&](int i) {
      return normalisedOption(content.options[static_cast<std::size_t>(i)]).empty();
    });
  if (finding.code == "option-equal") return withoutRepeated(content);
  if (finding.code == "none-range") {
    ScenarioFix fix{ScenarioFixes::tr("Mark none"), content};
    fix.content.nonIntervention = -1;
    return fix;
  }
  return {};
}

ScenarioContent withoutOption(const ScenarioContent& content, int index) {
  ScenarioContent out = withOptionMoved(content, index, optionCount(content) - 1);
  const int last = optionCount(out) - 1;
  if (last < 0) return out;
  out.options.pop_back();
  if (out.key == last) out.key = -1;
  if (out.nonIntervention == last) out.nonIntervention = -1;
  return out;
}

ScenarioContent withOptionMoved(const ScenarioContent& content, int from, int to) {
  const int n = optionCount(content);
  if (from < 0 || from >= n || to < 0 || to >= n || from == to) return content;
  std::vector<std::size_t> order(content.options.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::size_t moved = order[static_cast<std::size_t>(from)];
  order.erase(order.begin() + from);
  order.insert(order.begin() + to, moved);
  return reordered(content, order);
}

}  // namespace wordsight::ui
