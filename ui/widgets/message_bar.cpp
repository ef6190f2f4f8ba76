#include "widgets/message_bar.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

QColor accent(MessageBar::Kind kind, const QPalette& palette) {
  switch (kind) {
    case MessageBar::Kind::Good:
      return goodColour(palette);
    case MessageBar::Kind::Warning:
      return warnColour(palette);
    case MessageBar::Kind::Error:
      return badColour(palette);
    case MessageBar::Kind::Info:
      break;
  }
  return seriesColour(palette, 0);
}

QString iconName(MessageBar::Kind kind) {
  switch (kind) {
    case MessageBar::Kind::Good:
      return QStringLiteral("accept");
    case MessageBar::Kind::Warning:
      return QStringLiteral("warning");
    case MessageBar::Kind::Error:
      return QStringLiteral("error");
    case MessageBar::Kind::Info:
      break;
  }
  return QStringLiteral("info");
}

}  // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel(this)),
      m_text(new QLabel(this)),
      m_steps(new QHBoxLayout),
      m_close(new QToolButton(this)) {
  setObjectName(QStringLiteral("messageBar"));
  m_text->setObjectName(QStringLiteral("messageText"));
  m_text->setWordWrap(true);
  m_text->setTextFormat(Qt::PlainText);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_close->setAutoRaise(true);
  m_close->setToolTip(tr("Close this message"));
  m_close->setAccessibleName(m_close->toolTip());
  connect(m_close, &QToolButton::clicked, this, [this] {
    clear();
    Q_EMIT closed();
  });
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(kSpaceLarge, kSpace, kSpace, kSpace);
  row->setSpacing(kSpace);
  row->addWidget(m_icon, 0, Qt::AlignTop);
  row->addWidget(m_text, 1);
  row->addLayout(m_steps);
  row->addWidget(m_close, 0, Qt::AlignTop);
  hide();
}

QString MessageBar::sentence() const { return isHidden() ? QString() : m_text->text(); }

void MessageBar::showMessage(Kind kind, const QString& sentence, const QList<QAction*>& steps) {
  m_kind = kind;
  // A sentence may quote what a file holds: long ones are cut for the eye, whole in the tooltip.
  constexpr int kShown = 600;
  m_text->setText(sentence.size() > kShown ? sentence.left(kShown) + QChar(0x2026) : sentence);
  m_text->setToolTip(sentence.size() > kShown ? sentence.left(4000).toHtmlEscaped() : QString());
  setAccessibleName(sentence);
  while (QLayoutItem* item = m_steps->takeAt(0)) {
    // One of them may be the button that is just being pressed.
    item->widget()->hide();
    item->widget()->deleteLater();
    delete item;
  }
  for (QAction* step : steps) {
    auto* button = new QPushButton(step->icon(), step->text(), this);
    button->setObjectName(step->objectName() + QStringLiteral("Button"));
    button->setToolTip(step->toolTip());
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, step, &QAction::trigger);
    m_steps->addWidget(button);
  }
  dress();
  show();
}

void MessageBar::clear() {
  hide();
  m_text->clear();
}

void MessageBar::dress() {
  const QColor colour = accent(m_kind, palette());
  m_icon->setPixmap(icon(iconName(m_kind), colour).pixmap(16, 16));
  m_close->setIcon(icon(QStringLiteral("close")));
  update();
}

void MessageBar::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) dress();
  QFrame::changeEvent(event);
}

void MessageBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const QColor colour = accent(m_kind, palette());
  painter.fillRect(rect(), mixed(palette().color(QPalette::Base), colour, 0.1));
  painter.fillRect(QRect(0, 0, 3, height()), colour);
}

}  // namespace wordsight::ui
