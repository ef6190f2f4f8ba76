#pragma once
#include <QStringList>

#include "eval/comparison.h"

namespace wordsight::ui {

/// What a reader must know before comparing these cells, a sentence each: that they answered
/// different items, that they were asked in different ways, that some are recorded. Empty: nothing.
QStringList comparisonRemarks(const eval::Comparison& comparison);

}  // namespace wordsight::ui
