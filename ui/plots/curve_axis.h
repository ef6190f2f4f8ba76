#pragma once
#include <QSharedPointer>

#include "plots/number_format.h"

class QCPAxisTicker;

namespace wordsight::ui {

/// Ticks of QCustomPlot's axes at round numbers, written by number_format.h.
QSharedPointer<QCPAxisTicker> linearTicker(NumberStyle style, int count);
QSharedPointer<QCPAxisTicker> logTicker(NumberStyle style, int count);

}  // namespace wordsight::ui
