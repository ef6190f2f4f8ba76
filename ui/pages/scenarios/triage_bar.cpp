#include "pages/scenarios/triage_bar.h"

#include <QPainter>

#include "bridge/format.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kHeight = 28, kBarWidth = 120, kBarHeight = 6, kIcon = 16;
}

TriageBar::TriageBar(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("triageBar"));
  setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
  showCounts({});
}

void TriageBar::showCounts(const std::vector<store::ValueCount>& statuses) {
  m_accepted = m_rejected = m_undecided = 0;
  for (const auto& [value, count] : statuses) {
    const auto status = reviewStatusFromText(value);
    if (!status) continue;
    (*status == ReviewStatus::Accepted   ? m_accepted
     : *status == ReviewStatus::Rejected ? m_rejected
                                         : m_undecided) = count;
  }
  const QString words =
      tr("%1 accepted, %2 rejected, %3 undecided")
          .arg(formatCount(m_accepted), formatCount(m_rejected), formatCount(m_undecided));
  setAccessibleName(tr("Triage: %1").arg(words));
  setToolTip(tr("Of what the filter shows, whatever its status: %1").arg(words));
  updateGeometry();
  update();
}

QSize TriageBar::sizeHint() const {
  int width = kSpace + kBarWidth + kSpaceLarge;
  for (const auto& part : parts())
    width += kIcon + kSpaceSmall + fontMetrics().horizontalAdvance(part.text) + kSpaceLarge;
  return {width, kHeight};
}

QSize TriageBar::minimumSizeHint() const {
  return {sizeHint().width() - kBarWidth - kSpaceLarge, kHeight};
}

std::vector<TriageBar::Part> TriageBar::parts() const {
  return {{QStringLiteral("accept"), tr("%1 accepted").arg(formatCount(m_accepted)),
           goodColour(palette())},
          {QStringLiteral("reject"), tr("%1 rejected").arg(formatCount(m_rejected)),
           badColour(palette())},
          {QStringLiteral("undecided"), tr("%1 to decide").arg(formatCount(m_undecided)),
           mutedColour(palette())}};
}

void TriageBar::paintBar(QPainter& painter, const QRect& place) const {
  const auto total = static_cast<double>(m_accepted + m_rejected + m_undecided);
  painter.fillRect(place, lineColour(palette()));
  if (total <= 0) return;
  const int accepted = qRound(place.width() * static_cast<double>(m_accepted) / total);
  const int rejected = qRound(place.width() * static_cast<double>(m_rejected) / total);
  painter.fillRect(QRect(place.left(), place.top(), accepted, place.height()),
                   goodColour(palette()));
  const QRect second(place.left() + accepted, place.top(), rejected, place.height());
  painter.fillRect(second, badColour(palette()));
  // Hatched, so that the two can be told apart without their colours.
  painter.fillRect(second, QBrush(palette().color(QPalette::Window), Qt::BDiagPattern));
}

void TriageBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setFont(tabularFont(font()));
  int x = kSpace;
  if (width() >= sizeHint().width()) {  // in a narrow window the words alone
    paintBar(painter, {x, (height() - kBarHeight) / 2, kBarWidth, kBarHeight});
    x += kBarWidth + kSpaceLarge;
  }
  for (const auto& part : parts()) {
    icon(part.icon, part.colour).paint(&painter, QRect(x, (height() - kIcon) / 2, kIcon, kIcon));
    x += kIcon + kSpaceSmall;
    const int width = painter.fontMetrics().horizontalAdvance(part.text);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(x, 0, width + 1, height()), Qt::AlignVCenter, part.text);
    x += width + kSpaceLarge;
  }
}

}  // namespace wordsight::ui
