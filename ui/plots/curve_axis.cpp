#include "plots/curve_axis.h"

#include <qcustomplot.h>

namespace wordsight::ui {
namespace {

class Ticker final : public QCPAxisTicker {
 public:
  Ticker(NumberStyle style, int count, bool logarithmic)
      : m_style(style), m_count(count), m_logarithmic(logarithmic) {}

  void generate(const QCPRange& range, const QLocale&, QChar, int, QVector<double>& ticks,
                QVector<double>* subTicks, QVector<QString>* labels) override {
    const auto found = m_logarithmic ? logTicks(range.lower, range.upper, m_count)
                                     : roundTicks(range.lower, range.upper, m_count, m_style);
    ticks = QVector<double>(found.begin(), found.end());
    if (subTicks) subTicks->clear();
    if (!labels) return;
    const auto texts = m_logarithmic ? logTickLabels(found, m_style) : tickLabels(found, m_style);
    *labels = QVector<QString>(texts.begin(), texts.end());
  }

 private:
  NumberStyle m_style;
  int m_count;
  bool m_logarithmic;
};

}  // namespace

QSharedPointer<QCPAxisTicker> linearTicker(NumberStyle style, int count) {
  return QSharedPointer<QCPAxisTicker>(new Ticker(style, count, false));
}

QSharedPointer<QCPAxisTicker> logTicker(NumberStyle style, int count) {
  return QSharedPointer<QCPAxisTicker>(new Ticker(style, count, true));
}

}  // namespace wordsight::ui
