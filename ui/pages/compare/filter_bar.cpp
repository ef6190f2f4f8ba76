#include "pages/compare/filter_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

#include "bridge/format.h"
#include "models/compare/comparison_text.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

// Data of the transition box besides the four transitions themselves.
constexpr int kAny = -1, kChanged = 4;
// Of the state box.
enum State { AnyState, Overridden, Unread };

void choose(QComboBox* box, const QVariant& data) {
  const int found = box->findData(data);
  box->setCurrentIndex(found < 0 ? 0 : found);
}

}  // namespace

ItemFilterBar::ItemFilterBar(QWidget* parent)
    : QWidget(parent),
      m_text(new QLineEdit(this)),
      m_transition(combo("transitionFilter", tr("Transition"),
                         tr("How an item stands between the two cells of the pair"))),
      m_category(combo("categoryFilter", tr("Category"), tr("Only one category"))),
      m_key(combo("keyFilter", tr("Key"), tr("Only items with this right answer"))),
      m_state(combo("stateFilter", tr("Answers"), tr("Only items whose answers are special"))),
      m_order(combo("itemOrder", tr("Order"), tr("In what order items are listed"))),
      m_clear(new QToolButton(this)),
      m_grid(new QToolButton(this)),
      m_export(new QToolButton(this)),
      m_count(new QLabel(this)) {
  makeControls();
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpaceSmall);
  row->addWidget(m_text, 1);
  for (QWidget* each : {static_cast<QWidget*>(m_transition), static_cast<QWidget*>(m_category),
                        static_cast<QWidget*>(m_key), static_cast<QWidget*>(m_state)})
    row->addWidget(each);
  row->addWidget(m_clear);
  row->addSpacing(kSpace);
  row->addWidget(m_count);
  row->addSpacing(kSpace);
  row->addWidget(m_order);
  row->addWidget(m_grid);
  row->addWidget(m_export);
  setComparison(nullptr);
}

QComboBox* ItemFilterBar::combo(const char* name, const QString& spoken, const QString& tip) {
  auto* box = new QComboBox(this);
  box->setObjectName(QString::fromLatin1(name));
  box->setAccessibleName(spoken);
  box->setToolTip(tip);
  box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  box->setMinimumWidth(56);  // shrinks in a narrow window; the tooltip says what it is
  box->setMaximumWidth(190);
  connect(box, &QComboBox::currentIndexChanged, this, &ItemFilterBar::read);
  return box;
}

void ItemFilterBar::makeControls() {
  m_text->setObjectName(QStringLiteral("textFilter"));
  m_text->setPlaceholderText(tr("Filter by text"));
  m_text->setAccessibleName(m_text->placeholderText());
  m_text->setToolTip(tr("Words of the situation, the options or the file's name (F)"));
  m_text->setClearButtonEnabled(true);
  m_text->setMinimumWidth(96);
  m_text->setMaximumWidth(320);
  m_text->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  m_text->installEventFilter(this);
  connect(m_text, &QLineEdit::textChanged, this, &ItemFilterBar::read);

  m_clear->setObjectName(QStringLiteral("clearFilter"));
  m_clear->setIcon(icon(QStringLiteral("close")));
  m_clear->setAutoRaise(true);
  m_clear->setToolTip(tr("Take all filters away"));
  m_clear->setAccessibleName(m_clear->toolTip());
  connect(m_clear, &QToolButton::clicked, this, [this] {
    ComparisonFilter none;
    none.first = m_filter.first;
    none.second = m_filter.second;
    none.order = m_filter.order;
    setFilter(none);
  });
  m_count->setObjectName(QStringLiteral("itemCount"));
  m_count->setFont(tabularFont(m_count->font()));

  m_grid->setObjectName(QStringLiteral("gridToggle"));
  m_grid->setCheckable(true);
  m_grid->setAutoRaise(true);
  showGrid(false);
  m_export->setObjectName(QStringLiteral("exportButton"));
  m_export->setIcon(icon(QStringLiteral("export")));
  m_export->setText(tr("Export"));
  m_export->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_export->setPopupMode(QToolButton::InstantPopup);
  m_export->setToolTip(tr("Save this comparison as a report, tables or pictures"));
  m_export->setAccessibleName(m_export->toolTip());
}

void ItemFilterBar::setComparison(const ComparisonData* data) {
  std::vector<std::string> categories;
  std::size_t letters = 0;
  if (data) {
    categories = data->comparison.categories;
    for (const auto& item : data->comparison.items)
      letters = std::max(letters, item.content.options.size());
  }
  if (m_order->count() > 0 && categories == m_categories && letters == m_letters) return;
  m_categories = categories;
  m_letters = letters;
  fill();
}

/// The choices, with the filter that is set as far as it still makes sense.
void ItemFilterBar::fill() {
  const ComparisonFilter before = m_filter;
  m_writing = true;
  m_transition->clear();
  m_transition->addItem(tr("All transitions"), kAny);
  for (const auto transition : {Transition::WrongToRight, Transition::RightToWrong,
                                Transition::BothRight, Transition::BothWrong})
    m_transition->addItem(transitionText(transition), static_cast<int>(transition));
  m_transition->addItem(tr("other letter"), kChanged);
  m_category->clear();
  m_category->addItem(tr("All categories"));
  for (const auto& category : m_categories)
    m_category->addItem(category.empty() ? tr("(none)") : toQt(category), toQt(category));
  m_key->clear();
  m_key->addItem(tr("Any key"), -1);
  for (int i = 0; i < static_cast<int>(m_letters); ++i)
    m_key->addItem(tr("Key %1").arg(letterText(i)), i);
  m_state->clear();
  m_state->addItem(tr("Any answers"), AnyState);
  m_state->addItem(tr("Overridden"), Overridden);
  m_state->addItem(tr("Not readable"), Unread);
  m_order->clear();
  m_order->addItem(tr("In the file's order"), static_cast<int>(ItemOrder::File));
  m_order->addItem(tr("Most disagreement first"), static_cast<int>(ItemOrder::Disagreement));
  m_order->addItem(tr("Confidence moved most"), static_cast<int>(ItemOrder::ConfidenceDifference));
  m_writing = false;
  m_filter = before;
  write();
  read();
}

void ItemFilterBar::setFilter(const ComparisonFilter& filter) {
  if (filter == m_filter) return;
  m_filter = filter;
  write();
  Q_EMIT filterChanged(m_filter);
}

void ItemFilterBar::write() {
  m_writing = true;
  m_text->setText(m_filter.text);
  choose(m_transition, m_filter.changed      ? kChanged
                       : m_filter.transition ? static_cast<int>(*m_filter.transition)
                                             : kAny);
  choose(m_category, m_filter.category ? QVariant(*m_filter.category) : QVariant());
  choose(m_key, m_filter.key);
  choose(m_state, m_filter.overridden ? Overridden : m_filter.unread ? Unread : AnyState);
  choose(m_order, static_cast<int>(m_filter.order));
  m_writing = false;
}

void ItemFilterBar::read() {
  if (m_writing) return;
  ComparisonFilter filter = m_filter;
  filter.text = m_text->text();
  const int transition = m_transition->currentData().toInt();
  filter.changed = transition == kChanged;
  filter.transition.reset();
  if (transition != kAny && transition != kChanged)
    filter.transition = static_cast<Transition>(transition);
  filter.category.reset();
  if (m_category->currentData().isValid()) filter.category = m_category->currentData().toString();
  filter.key = m_key->currentData().toInt();
  filter.overridden = m_state->currentData().toInt() == Overridden;
  filter.unread = m_state->currentData().toInt() == Unread;
  filter.order = static_cast<ItemOrder>(m_order->currentData().toInt());
  if (filter == m_filter) return;
  m_filter = filter;
  Q_EMIT filterChanged(m_filter);
}

void ItemFilterBar::setCount(int shown, int total) {
  m_count->setText(shown == total ? tr("%1 items").arg(formatCount(total))
                                  : tr("%1 of %2").arg(formatCount(shown), formatCount(total)));
  m_clear->setEnabled(shown != total);
}

void ItemFilterBar::showGrid(bool grid) {
  m_grid->setIcon(icon(grid ? QStringLiteral("list") : QStringLiteral("grid")));
  m_grid->setToolTip(grid ? tr("Show items in a list") : tr("Show pictures in a grid"));
  m_grid->setAccessibleName(m_grid->toolTip());
}

void ItemFilterBar::focusText() {
  m_text->setFocus(Qt::ShortcutFocusReason);
  m_text->selectAll();
}

bool ItemFilterBar::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_text && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter ||
        key == Qt::Key_Down) {
      Q_EMIT leftText();
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace wordsight::ui
