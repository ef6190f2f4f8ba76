#include "pages/scenarios/item_panel.h"

#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "bridge/format.h"
#include "models/scenarios/history_model.h"
#include "models/scenarios/scenario_fixes.h"
#include "models/scenarios/scenario_line.h"
#include "pages/scenarios/captions.h"
#include "pages/scenarios/decision_button.h"
#include "pages/scenarios/findings_list.h"
#include "pages/scenarios/item_form.h"
#include "widgets/elided_label.h"
#include "widgets/empty_state.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/panel_layout.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kSaveMilliseconds = 4000;  // a pause in which somebody thinks, not one between words
constexpr int kCheckMilliseconds = 120;

/// The codes that only a look at the whole set gives.
bool ofTheSet(const std::string& code) {
  static const char* const own[] = {"key-missing",      "key-range",      "option-count",
                                    "option-equal",     "option-empty",   "option-letter",
                                    "situation-empty",  "question-empty", "rationale-empty",
                                    "rationale-letter", "key-longest",    "none-range"};
  return std::none_of(std::begin(own), std::end(own),
                      [&](const char* known) { return code == known; });
}

}  // namespace

ItemPanel::ItemPanel(QWidget* parent)
    : QWidget(parent),
      m_title(new ElidedLabel(this)),
      m_origin(new ElidedLabel(this)),
      m_state(new ElidedLabel(this)),
      m_decisions(new QButtonGroup(this)),
      m_messages(new MessageBar(this)),
      m_scroll(new QScrollArea(this)),
      m_form(new ItemForm),
      m_list(new FindingsList),
      m_note(new QLineEdit),
      m_revert(new QToolButton(this)),
      m_history(new QToolButton(this)),
      m_empty(new EmptyState(QStringLiteral("scenarios"), tr("No scenario chosen"),
                             tr("Choose a row of the table to read, decide and edit it here."),
                             this)),
      m_body(new QWidget(this)) {
  auto* column = new PanelLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_empty, 1);
  column->addWidget(m_body, 1);
  auto* body = new QVBoxLayout(m_body);
  body->setContentsMargins(0, 0, 0, 0);
  body->setSpacing(0);
  buildHead();
  setObjectName(QStringLiteral("itemPanel"));
  m_messages->setObjectName(QStringLiteral("itemMessages"));
  body->addWidget(m_messages);
  auto* inside = new QWidget;
  auto* fields = new QVBoxLayout(inside);
  fields->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpaceLarge);
  fields->setSpacing(kSpaceSmall);
  fields->addWidget(m_form);
  fields->addSpacing(kSpaceSmall);
  fields->addWidget(caption(tr("Note of this edit"), m_note));
  fields->addWidget(m_note);
  fields->addSpacing(kSpace);
  fields->addWidget(caption(tr("Checks of this scenario")));
  fields->addWidget(m_list);
  fields->addStretch();
  m_scroll->setObjectName(QStringLiteral("itemScroll"));
  m_scroll->setWidgetResizable(true);
  m_scroll->setFrameShape(QFrame::NoFrame);
  m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_scroll->setWidget(inside);
  body->addWidget(m_scroll, 1);
  buildFoot();

  m_saveTimer.setSingleShot(true);
  m_saveTimer.setInterval(kSaveMilliseconds);
  connect(&m_saveTimer, &QTimer::timeout, this, &ItemPanel::save);
  m_checkTimer.setSingleShot(true);
  m_checkTimer.setInterval(kCheckMilliseconds);
  connect(&m_checkTimer, &QTimer::timeout, this, &ItemPanel::runChecks);
  connect(m_form, &ItemForm::edited, this, &ItemPanel::edited);
  connect(m_form, &ItemForm::escaped, this, &ItemPanel::left);
  connect(m_form, &ItemForm::refused, this, [this](const QString& sentence) {
    m_messages->showMessage(MessageBar::Kind::Warning, sentence);
  });
  connect(m_list, &FindingsList::fixAsked, this, &ItemPanel::fix);
  auto* keep = new QShortcut(QKeySequence::Save, this);
  keep->setContext(Qt::WidgetWithChildrenShortcut);
  connect(keep, &QShortcut::activated, this, &ItemPanel::save);
  m_body->hide();
}

void ItemPanel::buildHead() {
  m_title->setObjectName(QStringLiteral("itemTitle"));
  QFont bold = font();
  bold.setBold(true);
  m_title->setFont(bold);
  m_origin->setObjectName(QStringLiteral("itemOrigin"));
  m_origin->setMuted(true);
  auto* names = new QVBoxLayout;
  names->setSpacing(0);
  names->addWidget(m_title);
  names->addWidget(m_origin);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpaceSmall);
  head->setSpacing(kSpaceSmall);
  head->addLayout(names, 1);
  const auto add = [&](ReviewStatus status, const QString& text, const QString& tip,
                       const QString& name) {
    auto* button = new DecisionButton(status, name, this);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(text);
    m_decisions->addButton(button, static_cast<int>(status));
    head->addWidget(button);
  };
  add(ReviewStatus::Accepted, tr("Accept"), tr("Accept this scenario (A in the table)"),
      QStringLiteral("accept"));
  add(ReviewStatus::Rejected, tr("Reject"), tr("Reject this scenario (R in the table)"),
      QStringLiteral("reject"));
  add(ReviewStatus::Undecided, tr("Undecided"), tr("Leave it undecided (U in the table)"),
      QStringLiteral("undecided"));
  connect(m_decisions, &QButtonGroup::idClicked, this,
          [this](int id) { Q_EMIT decideAsked(static_cast<ReviewStatus>(id)); });
  static_cast<QVBoxLayout*>(m_body->layout())->addLayout(head);
}

void ItemPanel::buildFoot() {
  m_note->setObjectName(QStringLiteral("editNote"));
  m_note->setPlaceholderText(tr("Why you changed it; kept with the next revision"));
  m_note->setToolTip(tr("A note that is kept with the next revision"));
  m_note->setAccessibleName(tr("Note of the edit"));
  m_note->setMaxLength(500);
  m_state->setObjectName(QStringLiteral("saveState"));
  m_state->setMuted(true);
  const auto dress = [](QToolButton* button, const QString& name, const QString& iconName,
                        const QString& text, const QString& tip) {
    button->setObjectName(name);
    button->setText(text);
    button->setIcon(icon(iconName));
    button->setToolTip(tip);
    button->setAccessibleName(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
  };
  dress(m_revert, QStringLiteral("revertEdit"), QStringLiteral("restore"), tr("Revert"),
        tr("Back to what is kept: forget what was typed since"));
  dress(m_history, QStringLiteral("openHistory"), QStringLiteral("history"), tr("History"),
        tr("Show all revisions and decisions of this scenario"));
  connect(m_revert, &QToolButton::clicked, this, &ItemPanel::revert);
  connect(m_history, &QToolButton::clicked, this, &ItemPanel::historyAsked);
  auto* foot = new QHBoxLayout;
  foot->setContentsMargins(kSpaceLarge, kSpaceSmall, kSpaceLarge, kSpaceSmall);
  foot->setSpacing(kSpace);
  foot->addWidget(m_state, 1);
  foot->addWidget(m_revert);
  foot->addWidget(m_history);
  auto* line = new QFrame(this);
  line->setFrameShape(QFrame::HLine);
  line->setFrameShadow(QFrame::Plain);
  line->setForegroundRole(QPalette::Mid);
  auto* body = static_cast<QVBoxLayout*>(m_body->layout());
  body->addWidget(line);
  body->addLayout(foot);
}

void ItemPanel::setSession(Session* session) {
  m_loadQuery.cancel();
  m_checkQuery.cancel();
  m_saveTimer.stop();
  m_checkTimer.stop();
  if (m_edits) m_edits->disconnect(this);
  m_session = session;
  m_edits = ScenarioEdits::of(session);
  m_id = {};
  m_loaded.reset();
  m_conflict.reset();
  m_pendingKey.reset();
  m_dirty = false;
  m_saving = 0;
  m_messages->clear();
  m_body->hide();
  m_empty->show();
  if (!m_edits) return;
  connect(m_edits, &ScenarioEdits::saved, this, &ItemPanel::saved);
  connect(m_edits, &ScenarioEdits::conflict, this, &ItemPanel::conflict);
  connect(m_edits, &ScenarioEdits::notWritten, this, &ItemPanel::notWritten);
}

void ItemPanel::show(ScenarioId id) {
  if (id == m_id) return;
  save();
  if (m_conflict) settle(false);
  if (m_pendingKey && m_edits) m_edits->setKey(m_id, *m_pendingKey);
  m_pendingKey.reset();
  m_id = id;
  m_loaded.reset();
  m_saving = 0;
  m_messages->clear();
  m_note->clear();
  m_body->setVisible(bool(id));
  m_empty->setVisible(!id);
  enable();
  if (id)
    load();
  else
    m_loadQuery.cancel();
}

void ItemPanel::load() {
  if (!m_session || !m_id) return;
  m_loadQuery.ask(
      m_session->database(), this,
      [id = m_id](store::Connection& connection) -> Result<Loaded> {
        store::ScenarioRepository scenarios(connection);
        Loaded loaded;
        WORDSIGHT_TRY(loaded.scenario, scenarios.get(id));
        WORDSIGHT_TRY(loaded.issues, scenarios.issues(loaded.scenario.revision));
        WORDSIGHT_TRY(const auto revision, scenarios.revision(loaded.scenario.revision));
        loaded.author = revision.author;
        return loaded;
      },
      [this](Result<Loaded> loaded) {
        if (loaded) return take(std::move(*loaded));
        m_messages->showError(toQt(loaded.error().message));
      });
}

void ItemPanel::take(Loaded loaded) {
  const bool first = !this->loaded();
  std::erase_if(loaded.issues, [](const auto& issue) { return !ofTheSet(issue.code); });
  m_issues = std::move(loaded.issues);
  const Scenario scenario = std::move(loaded.scenario);
  if (first || (!m_dirty && m_saving == 0)) {
    m_author = loaded.author;
    m_loaded = scenario;
    m_form->setContent(scenario.content);
    if (first) {
      m_scroll->verticalScrollBar()->setValue(0);
      if (m_form->tooLong())
        m_messages->showMessage(
            MessageBar::Kind::Warning,
            tr("This scenario has a text of more than 20,000 characters. Its beginning is shown "
               "and cannot be edited here: reject it, or correct it in its file and import "
               "again."));
    }
    runChecks();
  } else {
    m_loaded->status = scenario.status;  // the text stays as it is being written
  }
  if (auto* button = m_decisions->button(static_cast<int>(m_loaded->status)))
    button->setChecked(true);
  enable();
  describe();
  updateState();
  if (const auto key = std::exchange(m_pendingKey, {})) setKey(*key);
}

void ItemPanel::reload() {
  if (m_id) load();
}

void ItemPanel::edited() {
  if (!loaded()) return;
  m_dirty = m_form->content() != m_loaded->content;
  if (m_dirty && !m_conflict)
    m_saveTimer.start();
  else
    m_saveTimer.stop();
  m_checkTimer.start();
  updateState();
}

void ItemPanel::save() {
  m_saveTimer.stop();
  if (!loaded() || !m_dirty || m_conflict || !m_edits) return;
  ScenarioEdits::Edit edit;
  edit.id = m_id;
  // While an edit of ours is on its way, its revision has no number yet; the writer keeps order.
  edit.basedOn = m_saving == 0 ? m_loaded->revision : RevisionId();
  edit.before = m_loaded->content;
  edit.after = m_form->content();
  edit.note = m_note->text().trimmed();
  m_loaded->content = edit.after;
  m_dirty = false;
  ++m_saving;
  m_note->clear();
  updateState();
  m_edits->edit(std::move(edit));
}

void ItemPanel::saved(ScenarioId id, RevisionId revision) {
  if (id != m_id) return;
  m_saving = std::max(0, m_saving - 1);
  if (m_loaded) m_loaded->revision = revision;
  reload();
  updateState();
}

void ItemPanel::conflict(const ScenarioEdits::Edit& edit) {
  const bool shown = edit.id == m_id && loaded();
  if (!shown) {
    // It was left already: both go into the history, and theirs counts until somebody says more.
    m_edits->settle(edit, false);
    m_messages->showMessage(
        MessageBar::Kind::Warning,
        tr("Scenario %1 was edited elsewhere at the same time. Both versions are in its history; "
           "the other one counts.")
            .arg(formatCount(edit.id.value)));
    return;
  }
  m_saving = 0;
  m_conflict = edit;
  m_dirty = true;
  auto* mine = new QAction(tr("Use mine"), m_messages);
  mine->setObjectName(QStringLiteral("useMine"));
  mine->setToolTip(tr("Your version becomes the newest; the other one stays in the history"));
  connect(mine, &QAction::triggered, this, [this] { settle(true); });
  auto* theirs = new QAction(tr("Use the other"), m_messages);
  theirs->setObjectName(QStringLiteral("useTheirs"));
  theirs->setToolTip(tr("The other version counts; yours stays in the history"));
  connect(theirs, &QAction::triggered, this, [this] { settle(false); });
  m_messages->showMessage(
      MessageBar::Kind::Warning,
      tr("This scenario was edited elsewhere at the same time. Nothing is lost: choose which "
         "version counts, the other one stays in the history."),
      {mine, theirs});
  updateState();
}

void ItemPanel::notWritten(const ScenarioEdits::Edit& edit) {
  if (edit.id != m_id || !loaded()) return;
  m_saving = 0;
  m_loaded->content = edit.before;
  m_dirty = m_form->content() != edit.before;  // kept again when the scenario is left
  updateState();
}

void ItemPanel::settle(bool keepMine) {
  if (!m_conflict || !m_edits) return;
  ScenarioEdits::Edit edit = std::move(*m_conflict);
  m_conflict.reset();
  if (loaded()) edit.after = m_form->content();
  m_dirty = false;
  m_saving = 1;
  if (m_loaded) m_loaded->content = edit.after;
  m_messages->clear();
  m_edits->settle(edit, keepMine);
  updateState();
}

void ItemPanel::revert() {
  if (!loaded()) return;
  m_saveTimer.stop();
  m_dirty = false;
  m_form->setContent(m_loaded->content);
  runChecks();
  updateState();
}

void ItemPanel::setKey(int key) {
  if (!loaded()) {
    m_pendingKey = key;
    return;
  }
  if (!m_session || m_session->readOnly() || key >= m_form->optionCount()) return;
  m_form->setKey(key);
  save();
}

void ItemPanel::runChecks() {
  m_checkTimer.stop();
  if (!m_session || !loaded()) return;
  const ScenarioContent content = m_form->content();
  m_checkQuery.ask(
      m_session->database(), this,
      [content](store::Connection&) -> Result<std::vector<curate::Finding>> {
        return curate::checkItem(content);
      },
      [this, content](Result<std::vector<curate::Finding>> findings) {
        if (findings) takeFindings(content, std::move(*findings));
      });
}

void ItemPanel::takeFindings(const ScenarioContent& content,
                             std::vector<curate::Finding> findings) {
  m_checked = content;
  m_findings = std::move(findings);
  const bool writable = m_session && !m_session->readOnly();
  std::vector<FindingsList::Line> lines;
  for (const auto& finding : m_findings) {
    const auto mend = writable ? fixFor(content, finding) : std::nullopt;
    lines.push_back({finding.severity == curate::Severity::Error, toQt(finding.message),
                     toQt(finding.fix), mend ? mend->text : QString(), toQt(finding.code)});
  }
  for (const auto& issue : m_issues)
    lines.push_back({false, issueTitle(toQt(issue.code)) + QStringLiteral(": ") + toQt(issue.text),
                     tr("Found by the check of all scenarios"), tr("Show all"), toQt(issue.code)});
  m_list->setLines(lines);
}

void ItemPanel::fix(int line) {
  const auto place = static_cast<std::size_t>(line);
  if (place >= m_findings.size()) {
    if (place - m_findings.size() < m_issues.size())
      Q_EMIT showIssue(toQt(m_issues[place - m_findings.size()].code));
    return;
  }
  if (!loaded() || m_form->content() != m_checked) return runChecks();
  if (const auto mend = fixFor(m_checked, m_findings[place])) m_form->change(mend->content);
}

void ItemPanel::focusText() {
  if (loaded()) m_form->focusText();
}

bool ItemPanel::hasFocusInside() const {
  const QWidget* focus = QApplication::focusWidget();
  return focus && isAncestorOf(focus);
}

void ItemPanel::setCategories(const QStringList& categories) { m_form->setCategories(categories); }

void ItemPanel::setOutsideList(bool outside) {
  if (outside && m_messages->sentence().isEmpty())
    m_messages->showMessage(MessageBar::Kind::Info,
                            tr("The filter does not show this scenario any more."));
}

void ItemPanel::describe() {
  const auto& from = m_loaded->provenance;
  m_title->setText(tr("Scenario %1").arg(formatCount(m_id.value)));
  QStringList parts = {generatorTitle(toQt(from.generator))};
  if (!from.strategy.empty()) parts.append(strategyTitle(toQt(from.strategy)));
  if (from.run) parts.append(tr("run %1").arg(formatCount(from.run.value)));
  if (!from.source.empty()) parts.append(toQt(from.source));
  m_origin->setText(parts.join(QStringLiteral(" · ")));
}

void ItemPanel::updateState() {
  if (!loaded()) return m_state->setText({});
  if (m_conflict)
    m_state->setText(tr("Two versions: choose above"));
  else if (m_dirty)
    m_state->setText(tr("Changed, not kept yet"));
  else if (m_saving > 0)
    m_state->setText(tr("Keeping…"));
  else
    m_state->setText(tr("Revision %1 · %2 · %3")
                         .arg(formatCount(m_loaded->revisionNumber), authorTitle(m_author),
                              formatTime(m_loaded->changedAt)));
  m_revert->setEnabled(m_dirty && !m_conflict);
}

void ItemPanel::enable() {
  const bool readOnly = !m_session || m_session->readOnly();
  m_form->setLocked(readOnly || !loaded());
  m_note->setEnabled(!readOnly);
  for (auto* button : m_decisions->buttons()) {
    button->setEnabled(!readOnly && loaded());
    if (readOnly) button->setToolTip(tr("This project is open for reading only."));
  }
}

}  // namespace wordsight::ui
