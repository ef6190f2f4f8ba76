#include "pages/scenarios/option_rows.h"

#include <QAction>
#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QRadioButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "bridge/format.h"
#include "pages/scenarios/text_field.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

/// A radio button whose letter is part of the sign: a ring in the text's colour, filled with the
/// letter's own where it is the key. Fusion's rings all but vanish on dark.
class KeyButton final : public QRadioButton {
 public:
  using QRadioButton::QRadioButton;
  QSize sizeHint() const override {
    return {kRing + kSpaceSmall + fontMetrics().horizontalAdvance(u'W') + kSpace, kRowHeight};
  }
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  bool hitButton(const QPoint& place) const override { return rect().contains(place); }
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor text =
        palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::WindowText);
    const QRectF ring(1.5, (height() - kRing) / 2.0, kRing, kRing);
    const bool ours = underMouse() && isEnabled();
    painter.setPen(
        QPen(hasFocus() || ours ? palette().color(QPalette::Highlight) : mutedColour(palette()),
             hasFocus() ? 2 : 1.25));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawEllipse(ring);
    if (isChecked()) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(text);
      painter.drawEllipse(ring.adjusted(3.5, 3.5, -3.5, -3.5));
    }
    QFont own = font();
    own.setBold(isChecked());
    painter.setFont(own);
    painter.setPen(text);
    painter.drawText(QRectF(ring.right() + kSpaceSmall, 0, width(), height()), Qt::AlignVCenter,
                     this->text());
  }

 private:
  static constexpr int kRing = 14;
};

}  // namespace

OptionRows::OptionRows(QWidget* parent)
    : QWidget(parent),
      m_letters(new QButtonGroup(this)),
      m_layout(new QVBoxLayout(this)),
      m_add(new QToolButton(this)) {
  m_layout->setContentsMargins(0, 0, 0, 0);
  m_layout->setSpacing(kSpaceSmall);
  m_add->setObjectName(QStringLiteral("addOption"));
  m_add->setText(tr("Add option"));
  m_add->setToolTip(tr("Add an empty option at the end"));
  m_add->setAccessibleName(m_add->text());
  m_add->setIcon(icon(QStringLiteral("add")));
  m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_add->setAutoRaise(true);
  m_layout->addWidget(m_add, 0, Qt::AlignLeft);
  connect(m_add, &QToolButton::clicked, this, &OptionRows::addAsked);
  connect(m_letters, &QButtonGroup::idClicked, this, [this](int id) {
    Q_EMIT keyChosen(id);
    Q_EMIT edited();
  });
}

void OptionRows::makeRow() {
  const int index = static_cast<int>(m_rows.size());
  const QString letter = letterText(index);
  Row row;
  row.box = new QWidget(this);
  row.letter = new KeyButton(letter, row.box);
  row.letter->setObjectName(QStringLiteral("key%1").arg(letter));
  row.letter->setToolTip(
      index < 9
          ? tr("Option %1 is right (key %2 in the table)").arg(letter, QString::number(index + 1))
          : tr("Option %1 is right").arg(letter));
  row.letter->setAccessibleName(tr("Option %1 is right").arg(letter));
  m_letters->addButton(row.letter, index);
  row.text = new TextField(1, 6, row.box);
  row.text->setObjectName(QStringLiteral("option%1").arg(letter));
  row.text->setAccessibleName(tr("Option %1").arg(letter));
  row.more = new QToolButton(row.box);
  row.more->setObjectName(QStringLiteral("more%1").arg(letter));
  row.more->setIcon(icon(QStringLiteral("more")));
  row.more->setAutoRaise(true);
  row.more->setPopupMode(QToolButton::InstantPopup);
  row.more->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
  row.more->setToolTip(tr("Move or remove option %1").arg(letter));
  row.more->setAccessibleName(row.more->toolTip());
  auto* line = new QHBoxLayout(row.box);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(kSpaceSmall);
  line->addWidget(row.letter, 0, Qt::AlignTop);
  line->addWidget(row.text, 1);
  line->addWidget(row.more, 0, Qt::AlignTop);
  m_layout->insertWidget(index, row.box);
  connect(row.text, &QPlainTextEdit::textChanged, this, &OptionRows::edited);
  connect(row.text, &TextField::refused, this, &OptionRows::refused);
  connect(row.text, &TextField::escaped, this, &OptionRows::escaped);
  m_rows.push_back(row);
  fillMenu(index);
}

void OptionRows::fillMenu(int index) {
  Row& row = m_rows[static_cast<std::size_t>(index)];
  auto* menu = new QMenu(row.more);
  auto* up = menu->addAction(icon(QStringLiteral("up")), tr("Move up"), this,
                             [this, index] { Q_EMIT moveAsked(index, index - 1); });
  auto* down = menu->addAction(icon(QStringLiteral("down")), tr("Move down"), this,
                               [this, index] { Q_EMIT moveAsked(index, index + 1); });
  auto* remove = menu->addAction(icon(QStringLiteral("remove")), tr("Remove"), this,
                                 [this, index] { Q_EMIT removeAsked(index); });
  up->setObjectName(QStringLiteral("moveUp"));
  down->setObjectName(QStringLiteral("moveDown"));
  remove->setObjectName(QStringLiteral("removeOption"));
  connect(menu, &QMenu::aboutToShow, this, [this, index, up, down, remove] {
    up->setEnabled(index > 0);
    down->setEnabled(index + 1 < m_count);
    remove->setEnabled(m_count > 2);
  });
  row.more->setMenu(menu);
}

void OptionRows::show(int count, int key) {
  while (static_cast<int>(m_rows.size()) < count) makeRow();
  m_count = count;
  for (int i = 0; i < static_cast<int>(m_rows.size()); ++i)
    m_rows[static_cast<std::size_t>(i)].box->setVisible(i < count);
  m_add->setVisible(!m_locked && count < kMaxOptions);
  setKey(key);
}

void OptionRows::setOptions(const std::vector<std::string>& options, int key) {
  const int count = static_cast<int>(std::min<std::size_t>(options.size(), kMaxOptions));
  show(count, key);
  for (int i = 0; i < count; ++i) {
    TextField* text = field(i);
    const QSignalBlocker quiet(text);
    text->setBytes(options[static_cast<std::size_t>(i)]);
  }
  setLocked(m_locked);
}

void OptionRows::changeOptions(const std::vector<std::string>& options, int key) {
  const int count = static_cast<int>(std::min<std::size_t>(options.size(), kMaxOptions));
  show(count, key);
  for (int i = 0; i < count; ++i) field(i)->replaceAll(options[static_cast<std::size_t>(i)]);
  Q_EMIT edited();
}

std::vector<std::string> OptionRows::options() const {
  std::vector<std::string> texts;
  for (int i = 0; i < m_count; ++i) texts.push_back(field(i)->bytes());
  return texts;
}

int OptionRows::key() const {
  const int id = m_letters->checkedId();
  return id < m_count ? id : -1;
}

void OptionRows::setKey(int key) {
  m_letters->setExclusive(false);  // or the last one could not be taken away
  for (int i = 0; i < static_cast<int>(m_rows.size()); ++i)
    m_rows[static_cast<std::size_t>(i)].letter->setChecked(i == key && key < m_count);
  m_letters->setExclusive(true);
}

void OptionRows::setLocked(bool locked) {
  m_locked = locked;
  for (auto& row : m_rows) {
    row.letter->setEnabled(!locked);
    row.text->setLocked(locked);
    row.more->setEnabled(!locked);
  }
  m_add->setVisible(!locked && m_count < kMaxOptions);
}

}  // namespace wordsight::ui
