#include "widgets/empty_state.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/icons.h"
#include "widgets/panel_layout.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kIconSize = 48;
constexpr int kTextWidth = 440;
}  // namespace

EmptyState::EmptyState(const QString& iconName, const QString& title, const QString& sentence,
                       QWidget* parent)
    : QWidget(parent),
      m_iconName(iconName),
      m_icon(new QLabel(this)),
      m_title(new QLabel(title, this)),
      m_sentence(new QLabel(sentence, this)),
      m_buttons(new QHBoxLayout) {
  QFont large = font();
  large.setPointSizeF(large.pointSizeF() * 1.25);
  large.setWeight(QFont::DemiBold);
  m_title->setFont(large);
  m_sentence->setWordWrap(true);
  m_sentence->setFixedWidth(kTextWidth);
  fitSentence();
  m_sentence->setTextFormat(Qt::PlainText);
  for (QLabel* label : {m_icon, m_title, m_sentence}) label->setAlignment(Qt::AlignHCenter);
  auto* column = new PanelLayout(this);
  column->setSpacing(kSpaceLarge);
  column->addStretch(2);
  column->addWidget(m_icon, 0, Qt::AlignHCenter);
  column->addWidget(m_title, 0, Qt::AlignHCenter);
  column->addWidget(m_sentence, 0, Qt::AlignHCenter);
  m_buttons->setSpacing(kSpace);
  column->addSpacing(kSpaceSmall);
  auto* row = new QHBoxLayout;
  row->addStretch();
  row->addLayout(m_buttons);
  row->addStretch();
  column->addLayout(row);
  column->addStretch(3);
  drawIcon();
}

void EmptyState::addAction(QAction* action) {
  auto* button = new QPushButton(action->icon(), action->text(), this);
  button->setObjectName(action->objectName() + QStringLiteral("Button"));
  button->setToolTip(action->toolTip());
  button->setAccessibleName(action->text());
  button->setEnabled(action->isEnabled());
  button->setAutoDefault(false);
  button->setDefault(m_buttons->count() == 0);
  connect(button, &QPushButton::clicked, action, &QAction::trigger);
  connect(action, &QAction::changed, button,
          [button, action] { button->setEnabled(action->isEnabled()); });
  m_buttons->addWidget(button);
}

void EmptyState::setTexts(const QString& title, const QString& sentence) {
  m_title->setText(title);
  m_sentence->setText(sentence);
  fitSentence();
}

void EmptyState::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int room = std::clamp(width() - 2 * kSpacePage, kSpaceHuge, kTextWidth);
  if (room == m_sentence->maximumWidth()) return;
  m_sentence->setFixedWidth(room);
  fitSentence();
}

/// Inside a stack nobody asks for the height that a wrapped text needs.
void EmptyState::fitSentence() {
  const int width = m_sentence->maximumWidth();
  m_sentence->setMinimumHeight(m_sentence->heightForWidth(width));
}

void EmptyState::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) drawIcon();
  QWidget::changeEvent(event);
}

void EmptyState::drawIcon() {
  const QColor muted = mutedColour(palette());
  m_icon->setPixmap(icon(m_iconName, muted).pixmap(kIconSize, kIconSize));
  QPalette quiet = palette();
  quiet.setColor(QPalette::WindowText, muted);
  m_sentence->setPalette(quiet);
}

}  // namespace wordsight::ui
