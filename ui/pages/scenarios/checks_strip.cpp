#include "pages/scenarios/checks_strip.h"

#include <QPainter>
#include <algorithm>

#include "bridge/format.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kHeight = 30, kBarHeight = 12, kBarWidth = 6, kIcon = 16;
}

ChecksStrip::ChecksStrip(QWidget* parent) : QAbstractButton(parent) {
  setObjectName(QStringLiteral("checksLine"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setFocusPolicy(Qt::TabFocus);
  setCursor(Qt::PointingHandCursor);
  showReport({});
}

void ChecksStrip::showReport(const std::optional<CheckReport>& report) {
  m_report = report;
  QStringList texts;
  for (const auto& part : parts()) texts.append(part.text);
  setText(texts.join(QStringLiteral(", ")));
  setAccessibleName(tr("Checks: %1").arg(text()));
  setToolTip(tr("Checks of all scenarios: %1. Press to see more.").arg(text()));
  update();
}

QSize ChecksStrip::sizeHint() const { return {500, kHeight}; }
QSize ChecksStrip::minimumSizeHint() const { return {200, kHeight}; }

std::vector<ChecksStrip::Part> ChecksStrip::parts() const {
  if (!m_report || m_report->items == 0) return {{false, tr("not checked yet")}};
  std::vector<Part> parts;
  // First, since all that follows was so before.
  if (m_report->stale) parts.push_back({true, tr("before later changes:")});
  parts.push_back(
      {!m_report->balanced, m_report->balanced ? tr("letters even") : tr("letters uneven")});
  if (m_report->withKey > 0) {
    const double share =
        static_cast<double>(m_report->keyLongest) / static_cast<double>(m_report->withKey);
    // Half as often again as by chance: length tells the key.
    parts.push_back({share > 1.5 * m_report->evenShare() && m_report->evenShare() > 0,
                     tr("key longest in %1").arg(formatPercent(share, 0))});
  }
  parts.push_back(
      {m_report->groupCount > 0, tr("duplicates: %1").arg(formatCount(m_report->groupCount))});
  parts.push_back(
      {m_report->withErrors > 0, tr("errors: %1").arg(formatCount(m_report->withErrors))});
  parts.push_back({false, tr("warnings: %1").arg(formatCount(m_report->withWarnings))});
  return parts;
}

int ChecksStrip::paintLetters(QPainter& painter, int x) const {
  if (!m_report || m_report->letters.empty()) return x;
  double most = 1;
  for (const auto& letter : m_report->letters)
    most = std::max({most, static_cast<double>(letter.count), letter.expected});
  const int bottom = (height() + kBarHeight) / 2;
  for (const auto& letter : m_report->letters) {
    const QString text = letterText(letter.option);
    painter.setPen(mutedColour(palette()));
    const int width = painter.fontMetrics().horizontalAdvance(text);
    painter.drawText(QRect(x, 0, width + 1, height()), Qt::AlignVCenter, text);
    x += width + 2;
    const auto high = [&](double count) { return qRound(kBarHeight * count / most); };
    painter.fillRect(QRect(x, bottom - kBarHeight, kBarWidth, kBarHeight), lineColour(palette()));
    const int bar = high(static_cast<double>(letter.count));
    painter.fillRect(QRect(x, bottom - bar, kBarWidth, bar),
                     letterColour(palette(), letter.option));
    painter.fillRect(QRect(x - 1, bottom - high(letter.expected), kBarWidth + 2, 1),
                     palette().color(QPalette::WindowText));
    x += kBarWidth + kSpaceSmall;
  }
  return x + kSpace;
}

void ChecksStrip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setFont(tabularFont(font()));
  painter.fillRect(QRect(0, 0, width(), 1), lineColour(palette()));
  if (hasFocus() || underMouse())
    painter.fillRect(
        rect().adjusted(0, 1, 0, 0),
        mixed(palette().color(QPalette::Window), palette().color(QPalette::Highlight), 0.08));
  int x = kSpace;
  painter.setPen(mutedColour(palette()));
  const QString title = tr("Checks");
  painter.drawText(QRect(x, 0, width(), height()), Qt::AlignVCenter, title);
  x += painter.fontMetrics().horizontalAdvance(title) + kSpaceLarge;
  x = paintLetters(painter, x);
  for (const auto& part : parts()) {
    const int text = painter.fontMetrics().horizontalAdvance(part.text);
    if (x + text + kIcon > width() - kSpaceHuge) {  // the rest is in the tooltip
      painter.setPen(mutedColour(palette()));
      painter.drawText(QRect(x, 0, kSpaceHuge, height()), Qt::AlignVCenter, QChar(0x2026));
      break;
    }
    if (part.bad) {
      ui::icon(QStringLiteral("warning"), warnColour(palette()))
          .paint(&painter, QRect(x, (height() - kIcon) / 2, kIcon, kIcon));
      x += kIcon + kSpaceSmall;
    }
    painter.setPen(part.bad ? palette().color(QPalette::WindowText) : mutedColour(palette()));
    painter.drawText(QRect(x, 0, text + 1, height()), Qt::AlignVCenter, part.text);
    x += text + kSpaceLarge;
  }
}

}  // namespace wordsight::ui
