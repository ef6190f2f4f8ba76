#include "pages/overview/step_card.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

StepCard::StepCard(const QString& iconName, const QString& title, QWidget* parent)
    : QFrame(parent),
      m_iconName(iconName),
      m_icon(new QLabel(this)),
      m_title(new QLabel(title, this)),
      m_sign(new QLabel(this)),
      m_text(new QLabel(this)),
      m_column(new QVBoxLayout(this)),
      m_buttons(new QHBoxLayout) {
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  m_title->setFont(bold);
  m_text->setWordWrap(true);
  m_text->setTextFormat(Qt::PlainText);
  m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* head = new QHBoxLayout;
  head->setSpacing(kSpace);
  head->addWidget(m_icon);
  head->addWidget(m_title, 1);
  head->addWidget(m_sign);
  m_column->setContentsMargins(kSpacePage, kSpaceLarge, kSpacePage, kSpaceLarge);
  m_column->setSpacing(kSpace);
  m_column->addLayout(head);
  m_column->addWidget(m_text);
  m_column->addStretch();
  m_buttons->setSpacing(kSpace);
  m_buttons->addStretch();
  m_column->addLayout(m_buttons);
  setAccessibleName(title);
  dress();
}

void StepCard::setState(State state) {
  m_state = state;
  dress();
}

void StepCard::setText(const QString& text) {
  m_text->setText(text);
  setAccessibleDescription(text);
}

QString StepCard::text() const { return m_text->text(); }

void StepCard::setContent(QWidget* content) { m_column->insertWidget(2, content); }

QPushButton* StepCard::addButton(const QString& objectName, const QString& text, const QString& tip,
                                 std::function<void()> run) {
  auto* button = new QPushButton(text, this);
  button->setObjectName(objectName);
  button->setToolTip(tip);
  button->setAccessibleName(text);
  connect(button, &QPushButton::clicked, this, std::move(run));
  m_buttons->insertWidget(m_buttons->count() - 1, button);
  return button;
}

void StepCard::dress() {
  const QPalette p = palette();
  const bool next = m_state == State::Next;
  m_icon->setPixmap(
      icon(m_iconName, next ? seriesColour(p, 0) : p.color(QPalette::Text)).pixmap(20, 20));
  switch (m_state) {
    case State::Done:
      m_sign->setPixmap(icon(QStringLiteral("accept"), goodColour(p)).pixmap(16, 16));
      m_sign->setToolTip(tr("done"));
      break;
    case State::Next:
      m_sign->setPixmap(icon(QStringLiteral("right"), seriesColour(p, 0)).pixmap(16, 16));
      m_sign->setToolTip(tr("the next step"));
      break;
    case State::Begun:
      m_sign->setPixmap(icon(QStringLiteral("more"), mutedColour(p)).pixmap(16, 16));
      m_sign->setToolTip(tr("begun"));
      break;
    case State::Blocked:
      m_sign->setPixmap({});
      m_sign->setToolTip(tr("an earlier step comes first"));
      break;
  }
  QPalette text = p;
  text.setColor(QPalette::WindowText,
                m_state == State::Blocked ? mutedColour(p) : p.color(QPalette::Text));
  m_text->setPalette(text);
  update();
}

void StepCard::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) dress();
  QFrame::changeEvent(event);
}

void StepCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(palette().color(QPalette::Base));
  painter.setPen(m_state == State::Next ? seriesColour(palette(), 0) : lineColour(palette()));
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

}  // namespace wordsight::ui
