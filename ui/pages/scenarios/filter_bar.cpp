#include "pages/scenarios/filter_bar.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QToolButton>
#include <algorithm>

#include "bridge/format.h"
#include "models/scenarios/scenario_line.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

QString statusWord(const QString& status) {
  const auto known = reviewStatusFromText(fromQt(status));
  return known ? statusTitle(*known) : status;
}

QString categoryTitle(const QString& category) {
  return category.isEmpty() ? ScenarioFilterBar::tr("No category") : category;
}

std::optional<std::string> chosen(const QComboBox* menu) {
  const QVariant value = menu->currentData();
  return value.isValid() ? std::optional(fromQt(value.toString())) : std::nullopt;
}

void choose(QComboBox* menu, const std::optional<std::string>& value,
            QString (*title)(const QString&)) {
  const QSignalBlocker quiet(menu);
  if (!value) return menu->setCurrentIndex(0);
  int index = menu->findData(toQt(*value));
  if (index < 0) {  // not counted yet
    menu->addItem(title(toQt(*value)), toQt(*value));
    index = menu->count() - 1;
  }
  menu->setCurrentIndex(index);
}

}  // namespace

ScenarioFilterBar::ScenarioFilterBar(QWidget* parent)
    : QWidget(parent),
      m_grid(new QGridLayout(this)),
      m_menus(new QWidget(this)),
      m_text(new QLineEdit(this)),
      m_extra(new QToolButton(this)),
      m_clear(new QToolButton(this)),
      m_count(new QLabel(this)) {
  m_grid->setContentsMargins(kSpace, kSpaceSmall, kSpaceLarge, kSpaceSmall);
  m_grid->setSpacing(kSpaceSmall);
  m_grid->setColumnStretch(0, 1);
  auto* menus = new QHBoxLayout(m_menus);
  menus->setContentsMargins(0, 0, 0, 0);
  menus->setSpacing(kSpaceSmall);
  m_text->setObjectName(QStringLiteral("filterText"));
  m_text->setPlaceholderText(tr("Filter by words"));
  m_text->setClearButtonEnabled(true);
  m_text->setMaxLength(1000);
  m_text->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  m_text->setToolTip(
      tr("Words that must all occur, in any order; the last may be a beginning. "
         "\"In quotes\": next to each other (Ctrl+F)"));
  m_text->setAccessibleName(tr("Filter by words"));
  m_status = addMenu(QStringLiteral("filterStatus"), tr("Status: any"), tr("Filter by status"));
  m_strategy = addMenu(QStringLiteral("filterStrategy"), tr("Strategy: any"),
                       tr("Filter by the strategy that asked for the scenario"));
  m_generator = addMenu(QStringLiteral("filterGenerator"), tr("Made by: any"),
                        tr("Filter by who made the scenario: a model, a file, a person"));
  m_issue = addMenu(QStringLiteral("filterIssue"), tr("Issues: any"),
                    tr("Filter by what the checks found"));
  m_category =
      addMenu(QStringLiteral("filterCategory"), tr("Category: any"), tr("Filter by category"));
  for (QToolButton* button : {m_extra, m_clear}) {
    button->setAutoRaise(true);
  }
  m_extra->setObjectName(QStringLiteral("filterExtra"));
  m_extra->setIcon(icon(QStringLiteral("close")));
  m_extra->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_extra->hide();
  m_clear->setObjectName(QStringLiteral("clearFilter"));
  m_clear->setText(tr("Clear"));
  m_clear->setToolTip(tr("Show all scenarios again"));
  m_clear->setAccessibleName(tr("Clear the filter"));
  m_count->setObjectName(QStringLiteral("filterCount"));
  m_count->setFont(tabularFont(m_count->font()));
  m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  arrange(false);

  m_typing.setSingleShot(true);
  connect(&m_typing, &QTimer::timeout, this, &ScenarioFilterBar::menusToView);
  connect(m_text, &QLineEdit::textEdited, this, &ScenarioFilterBar::textEdited);
  // The clear button of the field edits without textEdited.
  connect(m_text, &QLineEdit::textChanged, this, [this](const QString& text) {
    if (text.isEmpty() && !m_view.filter.text.empty()) menusToView();
  });
  for (QComboBox* menu : {m_status, m_strategy, m_generator, m_issue, m_category})
    connect(menu, &QComboBox::activated, this, &ScenarioFilterBar::menusToView);
  connect(m_clear, &QToolButton::clicked, this, &ScenarioFilterBar::clear);
  connect(m_extra, &QToolButton::clicked, this, [this] {
    m_view.only.reset();
    m_view.filter.run.reset();
    m_view.filter.key.reset();
    announce();
  });
  describeExtras();
}

void ScenarioFilterBar::arrange(bool narrow) {
  m_narrow = narrow;
  while (auto* item = m_grid->takeAt(0)) delete item;
  m_grid->addWidget(m_text, 0, 0);
  m_grid->addWidget(m_extra, 0, 2);
  m_grid->addWidget(m_clear, 0, 3);
  m_grid->addWidget(m_count, 0, 4);
  if (narrow)
    m_grid->addWidget(m_menus, 1, 0, 1, 5);
  else
    m_grid->addWidget(m_menus, 0, 1);
}

void ScenarioFilterBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  constexpr int kRoomForWords = 240;
  const bool narrow =
      width() < m_menus->sizeHint().width() + m_count->sizeHint().width() + kRoomForWords;
  if (narrow != m_narrow) arrange(narrow);
}

QComboBox* ScenarioFilterBar::addMenu(const QString& name, const QString& any, const QString& tip) {
  auto* menu = new QComboBox(this);
  menu->setObjectName(name);
  menu->setToolTip(tip);
  menu->setAccessibleName(tip);
  menu->addItem(any);
  menu->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  menu->setMinimumContentsLength(11);
  menu->setMaxVisibleItems(20);
  m_menus->layout()->addWidget(menu);
  return menu;
}

void ScenarioFilterBar::fillMenu(QComboBox* menu, const std::vector<store::ValueCount>& counts,
                                 QString (*title)(const QString&)) {
  const auto same = [](const store::ValueCount& x, const store::ValueCount& y) {
    return x.value == y.value && x.count == y.count;
  };
  for (const auto& [filled, before] : m_filled)
    if (filled == menu &&
        std::equal(before.begin(), before.end(), counts.begin(), counts.end(), same))
      return;
  std::erase_if(m_filled, [&](const auto& entry) { return entry.first == menu; });
  m_filled.emplace_back(menu, counts);
  const auto kept = chosen(menu);
  // A new list at once: a menu lays itself out at every line that is added to the one it shows.
  auto* list = new QStandardItemModel(menu);
  const auto add = [list](const QString& text, const QVariant& value) {
    auto* item = new QStandardItem(text);
    item->setData(value, Qt::UserRole);
    item->setToolTip(value.toString());
    list->appendRow(item);
  };
  add(menu->itemText(0), {});
  if (menu == m_issue) add(tr("With issues"), QStringLiteral("*"));
  constexpr std::size_t kMost = 300;  // of a file in which every scenario has its own category
  for (std::size_t i = 0; i < std::min(counts.size(), kMost); ++i) {
    const QString value = toQt(counts[i].value);
    add(tr("%1 (%2)").arg(title(value).left(80), formatCount(counts[i].count)), value);
  }
  const QSignalBlocker quiet(menu);
  menu->setModel(list);  // deletes the one before, which was its own
  choose(menu, kept, title);
  // The popup is as wide as its longest line, the field stays small.
  int widest = 0;
  for (int i = 0; i < std::min(menu->count(), 40); ++i)
    widest = std::max(widest, menu->fontMetrics().horizontalAdvance(menu->itemText(i)));
  menu->view()->setMinimumWidth(widest + 2 * kSpaceHuge);
}

void ScenarioFilterBar::showFacets(const ScenarioFacets& facets) {
  fillMenu(m_status, facets.statuses, statusWord);
  fillMenu(m_strategy, facets.strategies, strategyTitle);
  fillMenu(m_generator, facets.generators, generatorTitle);
  fillMenu(m_issue, facets.issues, issueTitle);
  fillMenu(m_category, facets.categories, categoryTitle);
}

void ScenarioFilterBar::showCount(qsizetype matching, std::int64_t total) {
  if (matching != total)
    m_count->setText(tr("%1 of %2").arg(formatCount(matching), formatCount(total)));
  else
    m_count->setText((total == 1 ? tr("%1 scenario") : tr("%1 scenarios")).arg(formatCount(total)));
}

void ScenarioFilterBar::textEdited() {
  // Letters typed in one go are one question. A single letter begins half of all words: over
  // 100,000 scenarios it costs 100 ms, words 1 to 16; so it waits for the second one.
  constexpr int kTypingMilliseconds = 30, kLetterMilliseconds = 250;
  const QString text = m_text->text().trimmed();
  const bool letter = text.size() == 1 && text.at(0).unicode() < 128;
  m_typing.start(letter ? kLetterMilliseconds : kTypingMilliseconds);
}

void ScenarioFilterBar::menusToView() {
  m_typing.stop();
  auto& filter = m_view.filter;
  m_view.only.reset();
  filter.text = fromQt(m_text->text());
  filter.strategy = chosen(m_strategy);
  filter.generator = chosen(m_generator);
  filter.category = chosen(m_category);
  filter.issue = chosen(m_issue);
  filter.status.reset();
  if (const auto status = chosen(m_status))
    if (const auto known = reviewStatusFromText(*status)) filter.status = *known;
  announce();
}

void ScenarioFilterBar::viewToMenus() {
  const auto& filter = m_view.filter;
  if (m_text->text() != toQt(filter.text)) {
    const QSignalBlocker quiet(m_text);
    m_text->setText(toQt(filter.text));
  }
  choose(m_status,
         filter.status ? std::optional<std::string>(toText(*filter.status)) : std::nullopt,
         statusWord);
  choose(m_strategy, filter.strategy, strategyTitle);
  choose(m_generator, filter.generator, generatorTitle);
  choose(m_category, filter.category, categoryTitle);
  choose(m_issue, filter.issue, issueTitle);
}

void ScenarioFilterBar::setView(const ScenarioView& view, const QString& onlyLabel) {
  m_view = view;
  m_onlyLabel = onlyLabel;
  viewToMenus();
  announce();
}

void ScenarioFilterBar::clear() {
  ScenarioView all;
  all.filter.sort = m_view.filter.sort;
  all.filter.descending = m_view.filter.descending;
  setView(all);
}

void ScenarioFilterBar::setIssue(const QString& code) {
  ScenarioView view = m_view;
  view.only.reset();
  view.filter.issue = fromQt(code);
  setView(view);
}

void ScenarioFilterBar::setKey(int key) {
  ScenarioView view = m_view;
  view.only.reset();
  view.filter.key = key;
  setView(view);
}

void ScenarioFilterBar::setText(const QString& text) {
  ScenarioView view = m_view;
  view.only.reset();
  view.filter.text = fromQt(text);
  setView(view);
}

bool ScenarioFilterBar::filtering() const {
  const auto& f = m_view.filter;
  return m_view.only || !f.text.empty() || f.status || f.strategy || f.generator || f.category ||
         f.issue || f.run || f.key;
}

void ScenarioFilterBar::announce() {
  describeExtras();
  Q_EMIT changed();
}

void ScenarioFilterBar::describeExtras() {
  QStringList extras;
  if (m_view.only) extras.append(m_onlyLabel);
  if (m_view.filter.run) extras.append(tr("run %1").arg(formatCount(m_view.filter.run->value)));
  if (m_view.filter.key)
    extras.append(*m_view.filter.key < 0 ? tr("no key")
                                         : tr("key %1").arg(letterText(*m_view.filter.key)));
  m_extra->setVisible(!extras.isEmpty());
  m_extra->setText(extras.join(QStringLiteral(", ")));
  m_extra->setToolTip(tr("Shown: %1. Press to take this condition away.").arg(m_extra->text()));
  m_extra->setAccessibleName(m_extra->toolTip());
  m_clear->setVisible(filtering());
}

void ScenarioFilterBar::focusText() {
  m_text->setFocus();
  m_text->selectAll();
}

}  // namespace wordsight::ui
