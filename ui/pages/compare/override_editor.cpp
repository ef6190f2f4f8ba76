#include "pages/compare/override_editor.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kMostNote = 2'000;  // characters: a reason, not an essay
// Ids of buttons may not be −1: "no answer" has a number of its own.
constexpr int kNone = 1000;

/// A letter to choose: on the accent's colour while it is chosen, which a sunken button of a dark
/// style hardly shows.
class LetterButton : public QToolButton {
 public:
  using QToolButton::QToolButton;

 protected:
  void paintEvent(QPaintEvent* event) override {
    if (!isChecked()) return QToolButton::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? palette().color(QPalette::Text) : Qt::transparent);
    painter.setBrush(palette().color(QPalette::Highlight));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setPen(palette().color(QPalette::HighlightedText));
    painter.drawText(rect(), Qt::AlignCenter, text());
  }
};

}  // namespace

OverrideEditor::OverrideEditor(QWidget* parent)
    : QWidget(parent),
      m_letters(new QHBoxLayout),
      m_group(new QButtonGroup(this)),
      m_note(new QLineEdit(this)),
      m_apply(new QPushButton(tr("Override"), this)),
      m_withdraw(new QPushButton(tr("Withdraw"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)) {
  m_note->setObjectName(QStringLiteral("overrideNote"));
  m_note->setMaxLength(kMostNote);
  m_note->setPlaceholderText(tr("Why (kept with the decision)"));
  m_note->setAccessibleName(tr("Note"));
  m_note->setToolTip(tr("A note that is kept with the decision"));
  m_apply->setObjectName(QStringLiteral("overrideApply"));
  m_apply->setToolTip(tr("Count this option from now on; what the model wrote stays as it is"));
  m_withdraw->setObjectName(QStringLiteral("overrideWithdraw"));
  m_withdraw->setToolTip(tr("Let what was read from the answer count again"));
  m_cancel->setObjectName(QStringLiteral("overrideCancel"));
  m_cancel->setToolTip(tr("Close without a decision (Esc)"));
  for (QPushButton* button : {m_apply, m_withdraw, m_cancel}) button->setAutoDefault(false);
  connect(m_apply, &QPushButton::clicked, this, &OverrideEditor::apply);
  connect(m_note, &QLineEdit::returnPressed, this, &OverrideEditor::apply);
  connect(m_withdraw, &QPushButton::clicked, this, [this] { Q_EMIT withdrawn(note()); });
  connect(m_cancel, &QPushButton::clicked, this, &OverrideEditor::cancelled);

  m_letters->setSpacing(2);
  auto* upper = new QHBoxLayout;
  upper->setSpacing(kSpace);
  upper->addWidget(new QLabel(tr("The answer means"), this));
  upper->addLayout(m_letters);
  upper->addStretch();
  auto* lower = new QHBoxLayout;
  lower->setSpacing(kSpaceSmall);
  lower->addWidget(m_note, 1);
  lower->addWidget(m_apply);
  lower->addWidget(m_withdraw);
  lower->addWidget(m_cancel);
  auto* column = new QVBoxLayout(this);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Window);
  column->setContentsMargins(kSpace, kSpace, kSpace, kSpace);
  column->setSpacing(kSpace);
  column->addLayout(upper);
  column->addLayout(lower);
}

void OverrideEditor::makeLetters(int options) {
  if (options == m_options) return;
  m_options = options;
  for (QAbstractButton* button : m_group->buttons()) delete button;
  const auto add = [this](int id, const QString& text, const QString& tip) {
    auto* button = new LetterButton(this);
    button->setObjectName(QStringLiteral("override%1").arg(id == kNone ? tr("None") : text));
    button->setText(text);
    button->setCheckable(true);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    m_group->addButton(button, id);
    m_letters->addWidget(button);
  };
  for (int i = 0; i < options; ++i) add(i, letterText(i), tr("Option %1").arg(letterText(i)));
  add(kNone, tr("no answer"), tr("The answer names no option; it counts as wrong"));
  // The letters come later than the rest, but before it: letters, note, buttons.
  QWidget* before = nullptr;
  for (QAbstractButton* button : m_group->buttons()) {
    if (before) setTabOrder(before, button);
    before = button;
  }
  for (QWidget* next : std::initializer_list<QWidget*>{m_note, m_apply, m_withdraw, m_cancel}) {
    setTabOrder(before, next);
    before = next;
  }
}

void OverrideEditor::begin(int options, int chosen, const QString& note, bool inForce) {
  makeLetters(options);
  if (QAbstractButton* button = m_group->button(chosen < 0 ? kNone : chosen))
    button->setChecked(true);
  m_note->setText(note);
  m_withdraw->setVisible(inForce);
  if (QAbstractButton* button = m_group->checkedButton()) button->setFocus();
}

QString OverrideEditor::note() const { return m_note->text().trimmed(); }

void OverrideEditor::apply() {
  const int id = m_group->checkedId();
  Q_EMIT decided(id == kNone ? -1 : id, note());
}

void OverrideEditor::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    Q_EMIT cancelled();
    return;
  }
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return apply();
  // The letter itself chooses it, while the note is not being written.
  const int option = event->key() - Qt::Key_A;
  if (event->modifiers() == Qt::NoModifier && option >= 0 && option < m_options)
    return m_group->button(option)->setChecked(true);
  QWidget::keyPressEvent(event);
}

}  // namespace wordsight::ui
