#include "shell/command_palette.h"

#include <QAbstractListModel>
#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPointer>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kWidth = 520, kTop = 64, kMostRows = 12;

QString plain(QString text) { return text.remove(QLatin1Char('&')); }

/// How well `typed` fits: 0 not at all; a run at the start of a word is worth most.
int fit(const QString& typed, const QString& text) {
  if (typed.isEmpty()) return 1;
  const QString needle = typed.toCaseFolded(), hay = text.toCaseFolded();
  if (const auto at = hay.indexOf(needle); at >= 0)
    return at == 0 ? 1000 : hay[at - 1].isLetterOrNumber() ? 400 : 700;
  qsizetype from = 0;
  int gaps = 0;
  for (const QChar letter : needle) {
    if (letter.isSpace()) continue;
    const auto at = hay.indexOf(letter, from);
    if (at < 0) return 0;
    gaps += static_cast<int>(at - from);
    from = at + 1;
  }
  return std::max(1, 200 - gaps);
}

/// The shortcut at the right, muted.
class CommandDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override {
    QStyledItemDelegate::paint(painter, option, index);
    const QString keys = index.data(Qt::UserRole + 1).toString();
    if (keys.isEmpty()) return;
    const bool selected = option.state & QStyle::State_Selected;
    painter->setPen(selected ? option.palette.color(QPalette::HighlightedText)
                             : mutedColour(option.palette));
    painter->drawText(option.rect.adjusted(0, 0, -kSpaceLarge, 0),
                      int(Qt::AlignRight | Qt::AlignVCenter), keys);
  }
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    return {QStyledItemDelegate::sizeHint(option, index).width(), kRowHeight + 2};
  }
};

}  // namespace

class CommandListModel final : public QAbstractListModel {
 public:
  using QAbstractListModel::QAbstractListModel;
  void setActions(const QList<QAction*>& actions) {
    beginResetModel();
    m_actions.clear();
    for (QAction* action : actions)
      if (action && action->isEnabled() && !action->isSeparator()) m_actions.append(action);
    endResetModel();
  }
  QAction* action(int row) const { return m_actions.value(row); }
  int rowCount(const QModelIndex& parent = {}) const override {
    return parent.isValid() ? 0 : static_cast<int>(m_actions.size());
  }
  QVariant data(const QModelIndex& index, int role) const override {
    const QAction* action = m_actions.value(index.row());
    if (!action) return {};
    if (role == Qt::DisplayRole) return plain(action->text());
    if (role == Qt::DecorationRole) return action->icon();
    if (role == Qt::ToolTipRole) return action->toolTip();
    if (role == Qt::UserRole + 1) return action->shortcut().toString(QKeySequence::NativeText);
    return {};
  }

 private:
  QList<QPointer<QAction>> m_actions;
};

class CommandFilter final : public QSortFilterProxyModel {
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  void setTyped(const QString& typed) {
    m_typed = typed.trimmed();
    invalidate();
    sort(0);
  }

 protected:
  int scoreOf(int row) const {
    return fit(m_typed, sourceModel()->index(row, 0).data().toString());
  }
  bool filterAcceptsRow(int row, const QModelIndex&) const override { return scoreOf(row) > 0; }
  bool lessThan(const QModelIndex& a, const QModelIndex& b) const override {
    const int x = scoreOf(a.row()), y = scoreOf(b.row());
    return x != y ? x > y : a.row() < b.row();
  }

 private:
  QString m_typed;
};

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window),
      m_input(new QLineEdit(this)),
      m_list(new QListView(this)),
      m_none(new QLabel(this)),
      m_model(new CommandListModel(this)),
      m_filter(new CommandFilter(this)) {
  setObjectName(QStringLiteral("commandPalette"));
  m_input->setObjectName(QStringLiteral("commandInput"));
  m_input->setPlaceholderText(tr("Type a page or an action"));
  m_input->setAccessibleName(m_input->placeholderText());
  m_input->setClearButtonEnabled(true);
  m_list->setObjectName(QStringLiteral("commandList"));
  m_list->setAccessibleName(tr("Matching pages and actions"));
  m_list->setFrameShape(QFrame::NoFrame);
  m_list->setItemDelegate(new CommandDelegate(m_list));
  m_list->setUniformItemSizes(true);
  m_list->setFocusPolicy(Qt::NoFocus);
  m_list->setIconSize({16, 16});
  m_filter->setSourceModel(m_model);
  m_list->setModel(m_filter);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpace, kSpace, kSpace, kSpace);
  column->setSpacing(kSpaceSmall);
  column->addWidget(m_input);
  column->addWidget(m_list);
  m_none->setObjectName(QStringLiteral("commandNone"));
  m_none->setTextFormat(Qt::PlainText);
  m_none->setWordWrap(true);
  m_none->setContentsMargins(kSpaceSmall, kSpaceSmall, kSpaceSmall, kSpaceSmall);
  m_none->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  m_none->hide();
  column->addWidget(m_none);
  m_input->installEventFilter(this);
  connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::typed);
  connect(m_list, &QListView::clicked, this, &CommandPalette::run);
  hide();
}

void CommandPalette::typed(const QString& text) {
  m_filter->setTyped(text);
  m_list->setCurrentIndex(m_filter->index(0, 0));
  const bool none = m_filter->rowCount() == 0;
  // In the list's place, so that nothing moves.
  m_none->setFixedHeight(m_list->maximumHeight());
  m_list->setVisible(!none);
  m_none->setVisible(none);
  if (none)
    m_none->setText(tr("No page or action is called “%1”. Fewer letters find more; what cannot be "
                       "done now is left out.")
                        .arg(text.trimmed().left(60)));
}

void CommandPalette::popUp(const QList<QAction*>& actions) {
  m_model->setActions(actions);
  m_input->clear();
  const QWidget* window = parentWidget();
  const int width = std::min(kWidth, window->width() - 2 * kSpacePage);
  m_list->setFixedHeight(std::min(kMostRows, std::max(1, m_model->rowCount())) * (kRowHeight + 2));
  setGeometry((window->width() - width) / 2, kTop, width,
              std::min(sizeHint().height(), window->height() - kTop - kSpacePage));
  typed({});
  raise();
  show();
  m_input->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::choose(int step) {
  const int rows = m_filter->rowCount();
  if (rows == 0) return;
  const int row = (m_list->currentIndex().row() + step + rows) % rows;
  m_list->setCurrentIndex(m_filter->index(row, 0));
}

void CommandPalette::run(const QModelIndex& index) {
  QAction* action = m_model->action(m_filter->mapToSource(index).row());
  hide();
  if (action && index.isValid()) action->trigger();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusOut) {
    hide();
  } else if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
      case Qt::Key_Down:
        choose(1);
        return true;
      case Qt::Key_Up:
        choose(-1);
        return true;
      case Qt::Key_Return:
      case Qt::Key_Enter:
        run(m_list->currentIndex());
        return true;
      case Qt::Key_Escape:
        hide();
        return true;
      default:
        break;
    }
  }
  return QFrame::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(lineColour(palette()));
  painter.setBrush(palette().color(QPalette::Base));
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace wordsight::ui
