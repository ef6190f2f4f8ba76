#include "pages/scenarios/history_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "models/scenarios/scenario_edits.h"
#include "models/scenarios/scenario_line.h"
#include "pages/scenarios/captions.h"
#include "pages/scenarios/content_sections.h"
#include "widgets/empty_state.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/panel_layout.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"
#include "widgets/word_diff.h"

namespace wordsight::ui {

HistoryPanel::HistoryPanel(QWidget* parent)
    : QWidget(parent),
      m_model(new HistoryModel(this)),
      m_empty(new EmptyState(QStringLiteral("history"), tr("No scenario chosen"),
                             tr("Here come the revisions and decisions of the scenario that is "
                                "chosen in the table."),
                             this)),
      m_body(new QWidget(this)),
      m_messages(new MessageBar(this)),
      m_origin(caption({})),
      m_list(new QTableView),
      m_before(new QComboBox),
      m_after(new QComboBox),
      m_onlyChanges(new QCheckBox(tr("Only changes"))),
      m_restore(new QPushButton(tr("Restore"))),
      m_diff(new WordDiff) {
  setObjectName(QStringLiteral("historyPanel"));
  m_list->setModel(m_model);
  dressTable(*m_list);
  m_list->setObjectName(QStringLiteral("historyList"));
  m_list->setAccessibleName(tr("Revisions and decisions"));
  m_list->setSortingEnabled(false);
  m_list->setSelectionMode(QAbstractItemView::SingleSelection);
  m_list->horizontalHeader()->setStretchLastSection(true);
  m_list->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_list->setColumnWidth(HistoryModel::WhatColumn, 110);
  m_list->setColumnWidth(HistoryModel::WhoColumn, 90);
  m_list->setColumnWidth(HistoryModel::WhenColumn, 100);
  connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &HistoryPanel::rowChosen);
  m_origin->setWordWrap(true);
  m_origin->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpace);

  auto* lower = new QWidget;
  lower->setLayout(new QVBoxLayout);
  lower->layout()->setContentsMargins(0, 0, 0, 0);
  lower->layout()->setSpacing(0);
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->addWidget(m_list);
  splitter->addWidget(lower);
  splitter->setStretchFactor(0, 2);
  splitter->setStretchFactor(1, 3);
  splitter->setChildrenCollapsible(false);
  auto* body = new QVBoxLayout(m_body);
  body->setContentsMargins(0, 0, 0, 0);
  body->setSpacing(0);
  body->addWidget(m_origin);
  body->addWidget(m_messages);
  body->addWidget(splitter, 1);
  auto* column = new PanelLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_empty);
  column->addWidget(m_body);
  buildCompare();
  lower->layout()->addWidget(m_diff);
  m_body->hide();
}

void HistoryPanel::buildCompare() {
  m_before->setObjectName(QStringLiteral("compareBefore"));
  m_after->setObjectName(QStringLiteral("compareAfter"));
  m_before->setAccessibleName(tr("Compare this revision"));
  m_before->setToolTip(m_before->accessibleName());
  m_after->setAccessibleName(tr("with this revision"));
  m_after->setToolTip(m_after->accessibleName());
  m_onlyChanges->setObjectName(QStringLiteral("onlyChanges"));
  m_onlyChanges->setToolTip(tr("Leave out the fields that did not change"));
  m_onlyChanges->setChecked(true);
  m_diff->setObjectName(QStringLiteral("wordDiff"));
  m_diff->setOnlyChanges(true);
  m_restore->setObjectName(QStringLiteral("restoreRevision"));
  m_restore->setIcon(icon(QStringLiteral("restore")));
  m_restore->setAutoDefault(false);
  for (auto* menu : {m_before, m_after}) {
    menu->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(menu, &QComboBox::currentIndexChanged, this, &HistoryPanel::compare);
  }
  connect(m_onlyChanges, &QCheckBox::toggled, m_diff, &WordDiff::setOnlyChanges);
  connect(m_restore, &QPushButton::clicked, this, &HistoryPanel::restore);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpace);
  row->setSpacing(kSpace);
  row->addWidget(m_before);
  row->addWidget(new QLabel(QStringLiteral("→")));
  row->addWidget(m_after);
  row->addWidget(m_onlyChanges);
  row->addStretch();
  row->addWidget(m_restore);
  auto* splitter = m_body->findChild<QSplitter*>();
  static_cast<QVBoxLayout*>(splitter->widget(1)->layout())->addLayout(row);
}

void HistoryPanel::setSession(Session* session) {
  m_query.cancel();
  m_session = session;
  m_id = m_shown = {};
  m_model->setHistory({});
  m_body->hide();
  m_empty->show();
}

void HistoryPanel::show(ScenarioId id) {
  if (id == m_id) return;
  m_id = id;
  m_messages->clear();
  reload();
}

void HistoryPanel::reload() {
  m_stale = true;
  if (isVisible()) load();
}

void HistoryPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (m_stale) load();
}

void HistoryPanel::load() {
  m_stale = false;
  m_body->setVisible(bool(m_id));
  m_empty->setVisible(!m_id);
  if (!m_session || !m_id) return;
  m_query.ask(
      m_session->database(), this,
      [id = m_id](store::Connection& connection) {
        return store::ScenarioRepository(connection).history(id);
      },
      [this](Result<store::ScenarioHistory> history) {
        if (history) return take(std::move(*history));
        m_messages->showError(toQt(history.error().message));
      });
}

void HistoryPanel::take(store::ScenarioHistory history) {
  const bool same = m_shown == m_id && history.revisions.size() == std::size_t(m_after->count());
  m_shown = m_id;
  m_model->setHistory(std::move(history));
  const auto& revisions = m_model->history().revisions;
  const auto& from = m_model->history().provenance;
  QStringList parts = {tr("Scenario %1").arg(formatCount(m_id.value)),
                       tr("made by %1").arg(generatorTitle(toQt(from.generator)))};
  if (!from.strategy.empty()) parts.append(strategyTitle(toQt(from.strategy)));
  if (from.run) parts.append(tr("run %1").arg(formatCount(from.run.value)));
  if (from.seed) parts.append(tr("seed %1").arg(from.seed));
  if (!from.source.empty()) parts.append(toQt(from.source));
  if (!from.promptHash.empty()) parts.append(tr("prompt %1").arg(toQt(from.promptHash).left(8)));
  m_origin->setText(parts.join(QStringLiteral(" · ")));
  if (same) return;  // a decision was added: the comparison stays as it was chosen
  for (auto* menu : {m_before, m_after}) {
    const QSignalBlocker quiet(menu);
    menu->clear();
    // Before the first revision there was none.
    if (menu == m_before) menu->addItem(tr("Nothing"));
    for (const auto& revision : revisions)
      menu->addItem(tr("Revision %1").arg(formatCount(revision.number)));
  }
  const int newest = static_cast<int>(revisions.size()) - 1;
  m_list->selectRow(std::max(0, m_model->rowOfRevision(newest)));
  rowChosen();
}

void HistoryPanel::rowChosen() {
  const int place = m_list->currentIndex().data(HistoryModel::RevisionRole).toInt();
  if (!m_list->currentIndex().isValid() || place < 0) return;
  {
    const QSignalBlocker quietBefore(m_before), quietAfter(m_after);
    m_before->setCurrentIndex(place);  // the one before: the menu begins with none
    m_after->setCurrentIndex(place);
  }
  compare();
}

const Revision* HistoryPanel::chosen(const QComboBox* menu) const {
  const auto& revisions = m_model->history().revisions;
  const int place = menu->currentIndex() - (menu == m_before ? 1 : 0);
  return place >= 0 && place < std::ssize(revisions) ? &revisions[static_cast<std::size_t>(place)]
                                                     : nullptr;
}

void HistoryPanel::compare() {
  const Revision *before = chosen(m_before), *after = chosen(m_after);
  if (!after) return m_diff->setSections({});
  // Held against nothing it is shown as it is.
  m_onlyChanges->setEnabled(before != nullptr);
  m_diff->setPlain(!before);
  m_diff->setSections(contentSections(before ? before->content : after->content, after->content));
  const bool newest = after->id == m_model->history().revisions.back().id;
  const bool readOnly = !m_session || m_session->readOnly();
  m_restore->setText(tr("Restore revision %1").arg(formatCount(after->number)));
  m_restore->setEnabled(!newest && !readOnly);
  m_restore->setToolTip(readOnly ? tr("This project is open for reading only.")
                        : newest ? tr("This is what the scenario says now")
                                 : tr("Make this the newest revision; all others stay"));
}

void HistoryPanel::restore() {
  const Revision* revision = chosen(m_after);
  if (!revision || !m_session) return;
  const auto& newest = m_model->history().revisions.back();
  ScenarioEdits::Edit edit;
  edit.id = m_shown;
  edit.basedOn = newest.id;
  edit.before = newest.content;
  edit.after = revision->content;
  edit.note = tr("restored revision %1").arg(formatCount(revision->number));
  edit.title = tr("Restore revision %1 of scenario %2")
                   .arg(formatCount(revision->number), formatCount(m_shown.value));
  if (edit.before == edit.after)
    m_messages->showMessage(MessageBar::Kind::Info,
                            tr("The newest revision says exactly this already."));
  else
    ScenarioEdits::of(m_session)->edit(std::move(edit));
}

}  // namespace wordsight::ui
