#pragma once
#include <QString>

#include "models/compare/comparison_filter.h"

namespace wordsight::ui {

// A comparison in words: what rules, transitions and tests mean, said as carefully as they allow.

/// "the answer is a letter and nothing else": how a choice was read.
QString ruleText(const std::string& rule);
/// "right → wrong"
QString transitionText(Transition transition);
/// A cell's arm: what the model was shown.
QString armText(Arm arm);
/// One sentence that states the pair's result with its uncertainty.
QString pairSentence(const eval::Comparison& comparison, const eval::Pair& pair);
/// The tests behind that sentence, in their own terms.
QString pairDetails(const eval::Comparison& comparison, const eval::Pair& pair);
/// "+24.7 (+18.3 to +31.0)", in points of per cent.
QString differenceText(const eval::Pair& pair);

}  // namespace wordsight::ui
