#pragma once
#include <QString>
#include <optional>

#include "curate/checks.h"

namespace wordsight::ui {

/// What can be done about a finding without judging: the button's text and what comes out.
struct ScenarioFix {
  QString text;
  ScenarioContent content;
};

/// Nothing where a person must decide.
std::optional<ScenarioFix> fixFor(const ScenarioContent& content, const curate::Finding& finding);

/// The content without option `index`; key, the option of doing nothing and letters in the
/// rationale follow.
ScenarioContent withoutOption(const ScenarioContent& content, int index);
/// The content with option `from` moved to place `to`; everything follows.
ScenarioContent withOptionMoved(const ScenarioContent& content, int from, int to);

}  // namespace wordsight::ui
