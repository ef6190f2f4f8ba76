#pragma once
#include <vector>

#include "domain/scenario.h"
#include "widgets/word_diff.h"

namespace wordsight::ui {

/// Two versions of a scenario, field by field, for comparing them.
std::vector<WordDiff::Section> contentSections(const ScenarioContent& before,
                                               const ScenarioContent& after);

}  // namespace wordsight::ui
