#include "widgets/probability_bars.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "bridge/format.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kBar = 5, kInset = 4, kLeastSlot = 52;
constexpr int kMostSlots = 8;  // with more options the slots shrink, and then go without numbers
}  // namespace

ProbabilityBars::ProbabilityBars(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProbabilityBars::setProbabilities(std::vector<double> shares, int chosen, int key) {
  m_shares = std::move(shares);
  m_chosen = chosen;
  m_key = key;
  QString text;
  for (std::size_t i = 0; i < m_shares.size(); ++i)
    text += (i ? QStringLiteral(", ") : QString()) + sentence(i);
  setAccessibleName(text);
  updateGeometry();
  update();
}

QString ProbabilityBars::sentence(std::size_t option) const {
  const int place = static_cast<int>(option);
  QString text = QStringLiteral("%1 %2").arg(letterText(place), formatPercent(m_shares[option], 2));
  if (place == m_key) text += tr(" (key)");
  if (place == m_chosen) text += tr(" (chosen)");
  return text;
}

QSize ProbabilityBars::sizeHint() const {
  const int count = std::max<int>(1, static_cast<int>(m_shares.size()));
  return {std::min(count, kMostSlots) * 64, fontMetrics().height() + kBar + 3 * 3};
}

QSize ProbabilityBars::minimumSizeHint() const {
  const int count = std::max<int>(1, static_cast<int>(m_shares.size()));
  return {std::min(count, kMostSlots) * kLeastSlot, sizeHint().height()};
}

QRectF ProbabilityBars::slot(std::size_t option) const {
  const double width = static_cast<double>(this->width()) / static_cast<double>(m_shares.size());
  return {std::floor(width * static_cast<double>(option)), 0, std::floor(width), double(height())};
}

void ProbabilityBars::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor text = palette().color(QPalette::Text), quiet = mutedColour(palette());
  for (std::size_t i = 0; i < m_shares.size(); ++i) {
    const int option = static_cast<int>(i);
    const bool chosen = option == m_chosen;
    const QRectF box = slot(i).adjusted(0.5, 0.5, -0.5, -0.5);
    if (option == m_key) {
      painter.setPen(QPen(text, 1));
      painter.setBrush(Qt::NoBrush);
      painter.drawRoundedRect(box, 3, 3);
    }
    QFont own(tabularFont(font()));
    own.setWeight(chosen ? QFont::Bold : QFont::Normal);
    painter.setFont(own);
    painter.setPen(chosen ? text : quiet);
    const QRectF inner = box.adjusted(kInset, 2, -kInset, -3);
    const QRectF line(inner.left(), inner.top(), inner.width(), fontMetrics().height());
    const double share = std::clamp(m_shares[i], 0.0, 1.0);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, letterText(option));
    if (box.width() >= kLeastSlot - 4)
      painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, formatPercent(share, 0));
    const QRectF track(inner.left(), inner.bottom() - kBar, inner.width(), kBar);
    painter.setPen(Qt::NoPen);
    painter.setBrush(lineColour(palette()));
    painter.drawRoundedRect(track, 2, 2);
    if (share <= 0) continue;
    painter.setBrush(letterColour(palette(), option));
    painter.drawRoundedRect(
        QRectF(track.left(), track.top(), std::max(2.0, track.width() * share), kBar), 2, 2);
  }
}

bool ProbabilityBars::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    for (std::size_t i = 0; i < m_shares.size(); ++i)
      if (slot(i).contains(help->pos())) {
        QToolTip::showText(help->globalPos(), sentence(i), this);
        return true;
      }
  }
  return QWidget::event(event);
}

}  // namespace wordsight::ui
