#include "pages/scenarios/bulk_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "models/scenarios/scenario_edits.h"
#include "models/scenarios/scenario_line.h"
#include "models/scenarios/scenario_table_model.h"
#include "pages/scenarios/captions.h"
#include "pages/scenarios/content_sections.h"
#include "pages/scenarios/scenario_table.h"
#include "widgets/icons.h"
#include "widgets/theme.h"
#include "widgets/word_diff.h"

namespace wordsight::ui {

namespace {

constexpr std::size_t kShown = 100;            // changes in the preview
constexpr qsizetype kMostCharacters = 60'000;  // in it; a document of more is slow to lay out
constexpr int kTypingMilliseconds = 250;
constexpr int kPreviewHeight = 300, kProgressWidth = 160;
constexpr int kWorkMilliseconds = 150;  // shorter work is not worth a line

}  // namespace

BulkPanel::BulkPanel(ScenarioTable* table, QWidget* parent)
    : QWidget(parent),
      m_table(table),
      m_scope(new QComboBox(this)),
      m_new(new QToolButton(this)),
      m_preview(new QWidget(this)),
      m_timer(new QTimer(this)) {
  setObjectName(QStringLiteral("bulkPanel"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_preview);
  column->addWidget(buildWork());
  buildPreview();
  buildBar();
  m_timer->setSingleShot(true);
  m_timer->setInterval(kTypingMilliseconds);
  connect(m_timer, &QTimer::timeout, this, &BulkPanel::preview);
  m_preview->hide();
  updateScope();
}

QToolButton* BulkPanel::addButton(const QString& name, const QString& iconName, const QString& text,
                                  const QString& tip) {
  auto* button = new QToolButton(this);
  button->setObjectName(name);
  button->setIcon(icon(iconName));
  button->setText(text);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button->setAutoRaise(true);
  m_buttons.append(button);
  return button;
}

void BulkPanel::buildBar() {
  m_scope->setObjectName(QStringLiteral("bulkScope"));
  m_scope->setToolTip(tr("What the buttons beside act on"));
  m_scope->setAccessibleName(m_scope->toolTip());
  m_scope->addItem(QString());
  m_scope->addItem(QString());
  m_scope->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  connect(m_scope, &QComboBox::activated, this, [this] {
    if (m_kind != Kind::None) preview();
  });
  auto* row = new QHBoxLayout;
  row->setContentsMargins(kSpace, kSpaceSmall, kSpace, kSpaceSmall);
  row->setSpacing(kSpaceSmall);
  row->addWidget(m_scope);
  const auto decide = [&](const QString& name, const QString& iconName, const QString& text,
                          const QString& tip, ReviewStatus status) {
    auto* button = addButton(name, iconName, text, tip);
    connect(button, &QToolButton::clicked, this, [this, status] { start(Kind::Status, status); });
    row->addWidget(button);
  };
  decide(QStringLiteral("bulkAccept"), QStringLiteral("accept"), tr("Accept…"),
         tr("Accept many at once; shows first what would happen"), ReviewStatus::Accepted);
  decide(QStringLiteral("bulkReject"), QStringLiteral("reject"), tr("Reject…"),
         tr("Reject many at once; shows first what would happen"), ReviewStatus::Rejected);
  decide(QStringLiteral("bulkUndecided"), QStringLiteral("undecided"), tr("Undecided…"),
         tr("Leave many undecided; shows first what would happen"), ReviewStatus::Undecided);
  auto* shuffle =
      addButton(QStringLiteral("bulkReshuffle"), QStringLiteral("shuffle"), tr("Reshuffle…"),
                tr("Give the options new orders, so that every letter is as often "
                   "right; shows first what would happen"));
  connect(shuffle, &QToolButton::clicked, this, [this] { start(Kind::Reshuffle); });
  auto* replace = addButton(QStringLiteral("bulkReplace"), QStringLiteral("edit"), tr("Replace…"),
                            tr("Find and replace text; shows first what would happen"));
  connect(replace, &QToolButton::clicked, this, [this] { start(Kind::Replace); });
  row->addWidget(shuffle);
  row->addWidget(replace);
  row->addStretch();
  m_new->setObjectName(QStringLiteral("newScenarioButton"));
  m_new->setIcon(icon(QStringLiteral("add")));
  m_new->setText(tr("New"));
  m_new->setToolTip(tr("Add an empty scenario and write it by hand"));
  m_new->setAccessibleName(m_new->toolTip());
  m_new->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_new->setAutoRaise(true);
  connect(m_new, &QToolButton::clicked, this, &BulkPanel::newAsked);
  row->addWidget(m_new);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

QWidget* BulkPanel::buildReplaceForm() {
  auto* form = new QWidget;
  m_find = new QLineEdit;
  m_find->setObjectName(QStringLiteral("replaceFind"));
  m_find->setPlaceholderText(tr("Find"));
  m_find->setAccessibleName(tr("Text to find"));
  m_with = new QLineEdit;
  m_with->setObjectName(QStringLiteral("replaceWith"));
  m_with->setPlaceholderText(tr("Replace with"));
  m_with->setAccessibleName(tr("Text to put in its place"));
  for (auto* field : {m_find, m_with}) {
    field->setMaxLength(1000);
    connect(field, &QLineEdit::textEdited, m_timer, qOverload<>(&QTimer::start));
  }
  const auto box = [this](const char* name, const QString& text, bool on) {
    auto* check = new QCheckBox(text);
    check->setObjectName(QString::fromLatin1(name));
    check->setChecked(on);
    connect(check, &QCheckBox::toggled, this, &BulkPanel::preview);
    return check;
  };
  m_matchCase = box("replaceCase", tr("Match case"), true);
  m_wholeWords = box("replaceWords", tr("Whole words"), true);
  m_situation = box("replaceSituation", tr("Situation"), true);
  m_question = box("replaceQuestion", tr("Question"), true);
  m_options = box("replaceOptions", tr("Options"), true);
  m_rationale = box("replaceRationale", tr("Rationale"), true);
  m_category = box("replaceCategory", tr("Category"), false);
  auto* texts = new QHBoxLayout;
  texts->addWidget(m_find, 1);
  texts->addWidget(m_with, 1);
  texts->addWidget(m_matchCase);
  texts->addWidget(m_wholeWords);
  auto* fields = new QHBoxLayout;
  fields->addWidget(caption(tr("In")));
  for (auto* check : {m_situation, m_question, m_options, m_rationale, m_category})
    fields->addWidget(check);
  fields->addStretch();
  auto* column = new QVBoxLayout(form);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  column->addLayout(texts);
  column->addLayout(fields);
  return form;
}

void BulkPanel::buildPreview() {
  m_preview->setObjectName(QStringLiteral("bulkPreview"));
  m_title = heading({});
  m_summary = new QLabel;
  m_summary->setObjectName(QStringLiteral("bulkSummary"));
  m_summary->setWordWrap(true);
  m_seed = new QSpinBox;
  m_seed->setObjectName(QStringLiteral("reshuffleSeed"));
  m_seed->setRange(1, 1'000'000);
  m_seed->setPrefix(tr("seed "));
  m_seed->setToolTip(tr("The same seed gives the same orders again"));
  m_seed->setAccessibleName(tr("Seed"));
  connect(m_seed, &QSpinBox::valueChanged, m_timer, qOverload<>(&QTimer::start));
  auto* seedForm = new QWidget;
  auto* seedRow = new QHBoxLayout(seedForm);
  seedRow->setContentsMargins(0, 0, 0, 0);
  seedRow->addWidget(m_seed);
  seedRow->addStretch();
  m_forms = new QStackedWidget;
  m_forms->addWidget(seedForm);
  m_forms->addWidget(buildReplaceForm());
  m_forms->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
  m_changes = new WordDiff;
  m_changes->setObjectName(QStringLiteral("bulkChanges"));
  m_changes->setFrameShape(QFrame::StyledPanel);
  m_apply = new QPushButton(tr("Apply"));
  m_apply->setObjectName(QStringLiteral("bulkApply"));
  m_apply->setAutoDefault(false);
  connect(m_apply, &QPushButton::clicked, this, &BulkPanel::apply);
  m_close = new QPushButton(tr("Close"));
  m_close->setObjectName(QStringLiteral("bulkClose"));
  m_close->setAutoDefault(false);
  m_close->setToolTip(tr("Close without changing anything"));
  connect(m_close, &QPushButton::clicked, this, &BulkPanel::close);
  auto* head = new QHBoxLayout;
  head->addWidget(m_title);
  head->addStretch();
  head->addWidget(m_apply);
  head->addWidget(m_close);
  auto* column = new QVBoxLayout(m_preview);
  column->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpaceSmall);
  column->setSpacing(kSpaceSmall);
  column->addLayout(head);
  column->addWidget(m_forms);
  column->addWidget(m_summary);
  column->addWidget(m_changes, 1);
}

QWidget* BulkPanel::buildWork() {
  m_work = new QWidget;
  m_work->setObjectName(QStringLiteral("bulkWork"));
  m_workText = caption({});
  m_workText->setObjectName(QStringLiteral("bulkWorkText"));
  m_progress = new QProgressBar;
  m_progress->setObjectName(QStringLiteral("bulkProgress"));
  m_progress->setTextVisible(false);
  m_progress->setFixedSize(kProgressWidth, kSpace);
  m_progress->setAccessibleName(tr("Progress of the change"));
  m_stopBulk = new QPushButton(icon(QStringLiteral("stop")), tr("Stop"));
  m_stopBulk->setObjectName(QStringLiteral("bulkStop"));
  m_stopBulk->setToolTip(tr("Stop; nothing of this change is kept"));
  m_stopBulk->setAutoDefault(false);
  connect(m_stopBulk, &QPushButton::clicked, this, [this] {
    if (m_session) ScenarioEdits::of(m_session)->stopBulk();
  });
  auto* row = new QHBoxLayout(m_work);
  row->setContentsMargins(kSpaceLarge, kSpaceSmall, kSpaceLarge, 0);
  row->setSpacing(kSpace);
  row->addWidget(m_workText);
  row->addWidget(m_progress);
  row->addStretch();
  row->addWidget(m_stopBulk);
  m_work->hide();
  return m_work;
}

void BulkPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  constexpr int kWide = 620;  // room for the words
  const auto style = width() >= kWide ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly;
  for (auto* button : m_buttons) button->setToolButtonStyle(style);
}

void BulkPanel::setSession(Session* session) {
  close();
  m_session = session;
  m_running = false;
  m_work->hide();
  if (!session) return;
  auto* edits = ScenarioEdits::of(session);
  connect(edits, &ScenarioEdits::bulkProgress, this, &BulkPanel::showProgress,
          Qt::UniqueConnection);
  connect(edits, &ScenarioEdits::bulkRunning, this, &BulkPanel::setRunning, Qt::UniqueConnection);
  connect(edits, &ScenarioEdits::bulkDone, this, &BulkPanel::done, Qt::UniqueConnection);
  updateScope();
}

void BulkPanel::updateScope() {
  const int shown = m_table->scenarios()->rowCount(), selected = m_table->selectedCount();
  m_scope->setItemText(0, tr("All %1 shown").arg(formatCount(shown)));
  m_scope->setItemText(1, tr("%1 selected").arg(formatCount(selected)));
  // Several selected rows are meant; one is only where the cursor is.
  if (m_kind == Kind::None) m_scope->setCurrentIndex(selected > 1 ? 1 : 0);
  const bool readOnly = m_session && m_session->readOnly();
  m_new->setEnabled(m_session && !readOnly);
  for (auto* button : m_buttons) {
    button->setEnabled(m_session && !readOnly && shown > 0 && !m_running);
    if (readOnly) button->setToolTip(tr("This project is open for reading only."));
  }
}

void BulkPanel::startReshuffle() { start(Kind::Reshuffle); }

void BulkPanel::startReplace() { start(Kind::Replace); }

void BulkPanel::contentChanged() {
  // What was applied just now changed them, too: then the summary says what came of it.
  if (m_kind != Kind::None && !m_running && !m_applied) m_timer->start();
}

void BulkPanel::start(Kind kind, ReviewStatus status) {
  m_kind = kind;
  m_status = status;
  m_applied = false;
  switch (kind) {
    case Kind::Status:
      m_title->setText(status == ReviewStatus::Accepted   ? tr("Accept many")
                       : status == ReviewStatus::Rejected ? tr("Reject many")
                                                          : tr("Leave many undecided"));
      break;
    case Kind::Reshuffle:
      m_title->setText(tr("Reshuffle options"));
      m_forms->setCurrentIndex(0);
      break;
    case Kind::Replace:
      m_title->setText(tr("Replace text"));
      m_forms->setCurrentIndex(1);
      m_find->setFocus();
      break;
    case Kind::None:
      break;
  }
  m_forms->setVisible(kind != Kind::Status);
  m_preview->show();
  showChanges({});
  preview();
}

void BulkPanel::close() {
  m_stop.request_stop();
  m_timer->stop();
  m_kind = Kind::None;
  m_previewed.reset();
  m_applied = false;
  m_preview->hide();
  showChanges({});
}

/// As high as what there is to see: decisions need no more than a line.
void BulkPanel::showChanges(const std::vector<WordDiff::Section>& sections) {
  m_changes->setSections(sections);
  m_changes->setVisible(!sections.empty());
  const QLayout* parts = m_preview->layout();
  const int low = parts->hasHeightForWidth() && width() > 0 ? parts->minimumHeightForWidth(width())
                                                            : parts->minimumSize().height();
  m_preview->setFixedHeight(sections.empty() ? low : kPreviewHeight);
}

jobs::BulkSpec BulkPanel::spec() const {
  jobs::BulkSpec spec;
  spec.ids = m_scope->currentIndex() == 1 ? m_table->selectedIds() : m_table->scenarios()->ids();
  if (m_kind == Kind::Status) {
    spec.operation = jobs::BulkStatus{m_status};
  } else if (m_kind == Kind::Reshuffle) {
    spec.operation = jobs::BulkReshuffle{static_cast<std::uint64_t>(m_seed->value())};
  } else {
    curate::TextReplacement rule;
    rule.find = fromQt(m_find->text());
    rule.with = fromQt(m_with->text());
    rule.matchCase = m_matchCase->isChecked();
    rule.wholeWords = m_wholeWords->isChecked();
    rule.situation = m_situation->isChecked();
    rule.question = m_question->isChecked();
    rule.options = m_options->isChecked();
    rule.rationale = m_rationale->isChecked();
    rule.category = m_category->isChecked();
    spec.operation = rule;
  }
  return spec;
}

void BulkPanel::preview() {
  m_timer->stop();
  m_stop.request_stop();
  m_stop = std::stop_source();
  m_previewed.reset();
  m_applied = false;
  m_apply->setEnabled(false);
  m_apply->setText(tr("Apply"));
  if (!m_session || m_kind == Kind::None) return;
  const auto asked = spec();
  if (m_kind == Kind::Replace && m_find->text().isEmpty()) {
    m_summary->setText(tr("Say what to find."));
    return showChanges({});
  }
  m_summary->setText(tr("Looking…"));
  m_session->database().read(
      this,
      [asked, stop = m_stop.get_token()](store::Connection& connection) {
        return jobs::previewBulk(connection, asked, kShown, stop);
      },
      [this, asked](Result<jobs::BulkPreview> preview) {
        if (!preview) {
          m_summary->setText(toQt(preview.error().message));
          return showChanges({});
        }
        m_previewed = asked;
        takePreview(*preview);
      },
      m_stop.get_token());
}

void BulkPanel::takePreview(const jobs::BulkPreview& preview) {
  showSummary(preview);
  m_apply->setEnabled(preview.changed > 0 && !m_running);
  m_apply->setText(preview.changed > 0 ? tr("Apply to %1").arg(formatCount(preview.changed))
                                       : tr("Apply"));
  std::vector<WordDiff::Section> sections;
  qsizetype characters = 0;
  // Of decisions only those that may be mistakes are worth reading.
  const auto& shown = m_kind == Kind::Status ? preview.invalidOnes : preview.changes;
  for (const auto& change : shown) {
    if (characters > kMostCharacters) break;
    const QString name = tr("Scenario %1").arg(formatCount(change.before.id.value));
    for (const auto& error : change.errors)
      sections.push_back({name, QString(), toQt(error.message)});
    for (auto& section : contentSections(change.before.content, change.content)) {
      if (section.before == section.after) continue;
      section.title = tr("%1 · %2").arg(name, section.title);
      characters += section.before.size() + section.after.size();
      sections.push_back(std::move(section));
    }
  }
  showChanges(sections);
}

void BulkPanel::showSummary(const jobs::BulkPreview& preview) {
  QStringList parts;
  const QString changed = formatCount(preview.changed), chosen = formatCount(preview.chosen);
  if (m_kind == Kind::Replace)
    parts.append(
        tr("%1 matches in %2 of %3 scenarios.").arg(formatCount(preview.matches), changed, chosen));
  else
    parts.append(tr("%1 of %2 scenarios would change.").arg(changed, chosen));
  const auto invalid = static_cast<std::int64_t>(preview.invalid.size());
  if (invalid > 0)
    parts.append(m_kind == Kind::Status
                     ? tr("%1 of them have errors and would be left out of training:")
                           .arg(formatCount(invalid))
                     : tr("%1 of them would get an error by it.").arg(formatCount(invalid)));
  if (preview.leftInOrder > 0)
    parts.append(tr("%1 keep their order, because their text names an option in a way that cannot "
                    "be moved for sure.")
                     .arg(formatCount(preview.leftInOrder)));
  if (m_kind != Kind::Status && preview.changed > static_cast<std::int64_t>(kShown))
    parts.append(tr("The first %1 are shown.").arg(formatCount(kShown)));
  m_summary->setText(parts.join(u' '));
}

void BulkPanel::apply() {
  if (!m_session || !m_previewed || m_running) return;
  jobs::BulkSpec spec = *std::exchange(m_previewed, {});
  m_apply->setEnabled(false);
  ScenarioEdits::of(m_session)->apply(std::move(spec));
}

void BulkPanel::setRunning(const QString& what) {
  m_running = true;
  m_workText->setText(tr("Working: %1").arg(what));
  m_progress->setRange(0, 0);
  m_stopBulk->setEnabled(true);
  QTimer::singleShot(kWorkMilliseconds, m_work, [this] { m_work->setVisible(m_running); });
  updateScope();
}

void BulkPanel::showProgress(qint64 done, qint64 total) {
  if (!m_running || total <= 0) return;
  m_progress->setRange(0, 1000);
  m_progress->setValue(static_cast<int>(1000 * done / total));
}

void BulkPanel::done(int changed, bool undone) {
  m_running = false;
  m_work->hide();
  updateScope();
  if (m_kind == Kind::None) return;
  // What was taken back can be done again, and what came to nothing is looked at once more.
  if (changed == 0 || undone) return preview();
  m_stop.request_stop();
  m_timer->stop();
  m_previewed.reset();
  m_applied = true;
  m_apply->setEnabled(false);
  m_apply->setText(tr("Apply"));
  m_summary->setText((changed == 1 ? tr("%1 scenario changed. Ctrl+Z in the table takes it back.")
                                   : tr("%1 scenarios changed. Ctrl+Z in the table takes it back."))
                         .arg(formatCount(changed)));
  showChanges({});
}

}  // namespace wordsight::ui
