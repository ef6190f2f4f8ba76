#include "pages/runs/run_details.h"

#include <QApplication>
#include <QClipboard>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "bridge/format.h"
#include "bridge/resume.h"
#include "models/runs/run_table_model.h"
#include "widgets/elided_label.h"
#include "widgets/message_bar.h"
#include "widgets/theme.h"
#include "widgets/tool_buttons.h"

namespace wordsight::ui {

namespace {

/// How a figure of a summary is written.
enum class Unit { Plain, Percent, Seconds, PerSecond, Flops };

struct Known {
  const char* label;
  Unit unit = Unit::Plain;
};

/// Names of summaries in words, with their units; others stand as they are, with spaces for
/// underscores.
const Known* known(const std::string& name) {
  static const std::map<std::string, Known> kNames = {
      {"final_loss", {QT_TRANSLATE_NOOP("RunDetails", "Loss at the end (per token)")}},
      {"steps", {QT_TRANSLATE_NOOP("RunDetails", "Steps")}},
      {"samples", {QT_TRANSLATE_NOOP("RunDetails", "Examples, each time they were used")}},
      {"tokens", {QT_TRANSLATE_NOOP("RunDetails", "Tokens")}},
      {"training_seconds", {QT_TRANSLATE_NOOP("RunDetails", "Time of training"), Unit::Seconds}},
      {"seconds", {QT_TRANSLATE_NOOP("RunDetails", "Time"), Unit::Seconds}},
      {"tokens_per_s", {QT_TRANSLATE_NOOP("RunDetails", "Tokens"), Unit::PerSecond}},
      {"items_per_s", {QT_TRANSLATE_NOOP("RunDetails", "Items"), Unit::PerSecond}},
      {"flops_per_s", {QT_TRANSLATE_NOOP("RunDetails", "Computing"), Unit::Flops}},
      {"accuracy", {QT_TRANSLATE_NOOP("RunDetails", "Accuracy"), Unit::Percent}},
      {"low", {QT_TRANSLATE_NOOP("RunDetails", "95 % interval, low"), Unit::Percent}},
      {"high", {QT_TRANSLATE_NOOP("RunDetails", "95 % interval, high"), Unit::Percent}},
      {"n", {QT_TRANSLATE_NOOP("RunDetails", "Items answered")}},
      {"asked", {QT_TRANSLATE_NOOP("RunDetails", "Items asked")}},
      {"answers", {QT_TRANSLATE_NOOP("RunDetails", "Answers")}},
      {"right", {QT_TRANSLATE_NOOP("RunDetails", "Right answers")}},
      {"overridden", {QT_TRANSLATE_NOOP("RunDetails", "Overridden by a person")}},
      {"by_rule.accuracy",
       {QT_TRANSLATE_NOOP("RunDetails", "Accuracy without overrides"), Unit::Percent}},
      {"by_rule.low",
       {QT_TRANSLATE_NOOP("RunDetails", "95 % interval without overrides, low"), Unit::Percent}},
      {"by_rule.high",
       {QT_TRANSLATE_NOOP("RunDetails", "95 % interval without overrides, high"), Unit::Percent}},
      {"by_rule.right", {QT_TRANSLATE_NOOP("RunDetails", "Right answers without overrides")}},
      {"unread", {QT_TRANSLATE_NOOP("RunDetails", "No letter could be read")}},
      {"no_picture", {QT_TRANSLATE_NOOP("RunDetails", "Items without a picture")}},
      {"broken_pictures", {QT_TRANSLATE_NOOP("RunDetails", "Unreadable pictures")}},
      {"adapter", {QT_TRANSLATE_NOOP("RunDetails", "Adapter folder")}},
      {"modules_hashed", {QT_TRANSLATE_NOOP("RunDetails", "Parts of the base that were hashed")}},
      {"changed_modules", {QT_TRANSLATE_NOOP("RunDetails", "Parts of the base that changed")}},
      {"counted_tokens", {QT_TRANSLATE_NOOP("RunDetails", "Tokens that counted in the loss")}}};
  const auto found = kNames.find(name);
  return found == kNames.end() ? nullptr : &found->second;
}

QString label(const std::string& name) {
  if (const Known* what = known(name))
    return QCoreApplication::translate("RunDetails", what->label);
  constexpr std::string_view kNorm = "update_norms.";
  if (name.starts_with(kNorm))
    return RunDetails::tr("Update of %1").arg(toQt(name.substr(kNorm.size())));
  QString text = toQt(name).replace(u'_', u' ').replace(u'.', QStringLiteral(": "));
  if (!text.isEmpty()) text[0] = text[0].toUpper();
  return text;
}

QString valueText(const std::string& name, const std::string& text) {
  if (text == "[]") return RunDetails::tr("none");
  bool number = false;
  const QString shown = toQt(text);
  const double value = shown.toDouble(&number);
  if (!number) return shown;
  const Known* what = known(name);
  switch (what ? what->unit : Unit::Plain) {
    case Unit::Percent:
      return formatPercent(value);
    case Unit::Seconds:
      return formatDuration(value);
    case Unit::PerSecond:
      return RunDetails::tr("%1 a second").arg(formatNumber(value));
    case Unit::Flops:
      return RunDetails::tr("%1 GFLOP/s").arg(formatNumber(value / 1e9));
    case Unit::Plain:
      break;
  }
  const bool whole = !shown.contains(u'.') && !shown.contains(u'e');
  return whole ? formatCount(static_cast<std::int64_t>(value)) : formatNumber(value);
}

constexpr int kMostNote = 20'000;

/// A note of a few pages at most: what is pasted beyond that would only hold up the window.
class NoteEdit final : public QPlainTextEdit {
 public:
  using QPlainTextEdit::QPlainTextEdit;

 protected:
  void insertFromMimeData(const QMimeData* source) override {
    // Nothing, where the clipboard's owner did not hand it over in time: the selection stays.
    const QString text = source->text();
    if (text.isEmpty()) return;
    const auto room = std::max<qsizetype>(0, kMostNote - document()->characterCount());
    insertPlainText(text.left(room));
  }
};

QTreeWidget* pairsTree(QWidget* parent, const char* name, const QString& spoken) {
  auto* tree = new QTreeWidget(parent);
  tree->setObjectName(QLatin1String(name));
  tree->setAccessibleName(spoken);
  tree->setColumnCount(2);
  tree->setHeaderHidden(true);
  tree->setRootIsDecorated(false);
  tree->setUniformRowHeights(true);
  tree->setAlternatingRowColors(true);
  tree->setFrameShape(QFrame::NoFrame);
  tree->setColumnWidth(0, 180);
  tree->setTextElideMode(Qt::ElideMiddle);
  return tree;
}

void addPair(QTreeWidget* tree, const QString& name, const QString& value) {
  auto* item = new QTreeWidgetItem(tree, {name, value});
  item->setSizeHint(0, {0, kRowHeight - kSpaceSmall});
  item->setToolTip(0, name);
  item->setToolTip(1, value.left(2000).toHtmlEscaped());
}

}  // namespace

RunDetails::RunDetails(QWidget* parent)
    : QWidget(parent),
      m_title(new ElidedLabel(this)),
      m_line(new ElidedLabel(this)),
      m_error(new MessageBar(this)),
      m_tabs(new QTabWidget(this)),
      m_result(pairsTree(this, "runResult", tr("What came of it"))),
      m_settings(pairsTree(this, "runSettings", tr("Settings"))),
      m_log(new QPlainTextEdit(this)),
      m_links(new QListWidget(this)) {
  m_log->setReadOnly(true);
  m_log->setFrameShape(QFrame::NoFrame);
  m_log->setObjectName(QStringLiteral("runLog"));
  m_log->setAccessibleName(tr("Log"));
  m_log->setMaximumBlockCount(20'000);
  m_links->setObjectName(QStringLiteral("runLinks"));
  m_links->setAccessibleName(tr("What it rests on"));
  m_links->setFrameShape(QFrame::NoFrame);
  m_links->setTextElideMode(Qt::ElideMiddle);
  connect(m_links, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
    if (const auto run = item->data(Qt::UserRole).toLongLong()) Q_EMIT linkClicked(RunId(run));
  });
  m_tabs->setDocumentMode(true);
  m_tabs->setObjectName(QStringLiteral("runTabs"));
  m_tabs->addTab(m_result, tr("Result"));
  m_tabs->addTab(m_settings, tr("Settings"));
  m_tabs->addTab(m_log, tr("Log"));
  m_tabs->addTab(m_links, tr("Rests on"));
  m_tabs->addTab(makeNotes(), tr("Note"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  column->addWidget(makeHead());
  column->addWidget(m_error);
  column->addWidget(m_tabs, 1);
}

QWidget* RunDetails::makeHead() {
  QFont bold = font();
  bold.setPointSizeF(bold.pointSizeF() * 1.15);
  bold.setWeight(QFont::DemiBold);
  m_title->setFont(bold);
  m_line->setMuted(true);
  m_open = textButton(QStringLiteral("runOpen"), QStringLiteral("external"), tr("Show"),
                      tr("Show this run on its own page"), this);
  m_resume = textButton(QStringLiteral("runResume"), QStringLiteral("resume"), tr("Resume"),
                        tr("Go on where it stopped"), this);
  m_copy = textButton(QStringLiteral("runCopyCommand"), QStringLiteral("copy"), tr("Copy command"),
                      tr("The command line that does the same"), this);
  connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openClicked(run()); });
  connect(m_resume, &QPushButton::clicked, this, [this] { Q_EMIT resumeClicked(run()); });
  connect(m_copy, &QPushButton::clicked, this, &RunDetails::copyCommand);
  auto* head = new QWidget(this);
  auto* column = new QVBoxLayout(head);
  column->setContentsMargins(kSpaceLarge, kSpaceLarge, kSpaceLarge, kSpaceSmall);
  column->setSpacing(kSpaceSmall);
  column->addWidget(m_title);
  column->addWidget(m_line);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace);
  for (QPushButton* made : {m_open, m_resume, m_copy}) row->addWidget(made);
  row->addStretch();
  column->addSpacing(kSpaceSmall);
  column->addLayout(row);
  return head;
}

QWidget* RunDetails::makeNotes() {
  m_note = new NoteEdit(this);
  m_note->setObjectName(QStringLiteral("runNote"));
  m_note->setAccessibleName(tr("Note"));
  m_note->setToolTip(tr("A note of your own, up to %1 characters; saved when you leave it")
                         .arg(formatCount(kMostNote)));
  m_note->setPlaceholderText(tr("What you want to remember about this run"));
  m_tags = new QLineEdit(this);
  m_tags->setMaxLength(1000);
  m_tags->setObjectName(QStringLiteral("runTags"));
  m_tags->setAccessibleName(tr("Tags"));
  m_tags->setToolTip(tr("Tags, with commas between them"));
  m_tags->setPlaceholderText(tr("baseline, paper"));
  connect(m_tags, &QLineEdit::editingFinished, this, &RunDetails::flush);
  auto* save = new QPushButton(tr("Save note"), this);
  save->setObjectName(QStringLiteral("runSaveNote"));
  save->setToolTip(tr("Save note and tags"));
  connect(save, &QPushButton::clicked, this, &RunDetails::flush);
  auto* part = new QWidget(this);
  auto* form = new QFormLayout(part);
  form->setContentsMargins(kSpaceLarge, kSpaceLarge, kSpaceLarge, kSpaceLarge);
  form->addRow(tr("Tags"), m_tags);
  form->addRow(tr("Note"), m_note);
  auto* row = new QHBoxLayout;
  row->addStretch();
  row->addWidget(save);
  form->addRow(row);
  return part;
}

void RunDetails::display(const RunFacts& facts, bool writable) {
  flush();
  m_facts = facts;
  const Run& run = facts.run;
  m_title->setText(QStringLiteral("%1  %2").arg(formatCount(run.id.value), toQt(run.name)));
  m_line->setText(QStringLiteral("%1 · %2 · %3")
                      .arg(kindText(run.kind), statusText(run.status),
                           formatTimeExact(run.startedAt > 0 ? run.startedAt : run.createdAt)));
  if (run.error.empty())
    m_error->clear();
  else
    m_error->showError(toQt(run.error));
  m_open->setEnabled(run.kind == RunKind::Training || run.kind == RunKind::Evaluation);
  m_resume->setEnabled(writable && canResume(run.kind, run.status));
  m_copy->setEnabled(!run.command.empty());
  m_copy->setToolTip(run.command.empty() ? tr("No command was noted")
                                         : toQt(run.command).toHtmlEscaped());
  fillResult();
  fillLinks();
  QString log;
  for (const auto& entry : facts.log)
    log += QStringLiteral("%1  %2%3\n")
               .arg(formatTimeExact(entry.createdAt),
                    entry.kind == store::RunLogEntry::Kind::Warning ? tr("warning: ") : QString(),
                    toQt(entry.text));
  m_log->setPlainText(log);
  QStringList tags;
  for (const auto& tag : facts.mark.tags) tags << toQt(tag);
  m_tags->setText(tags.join(QStringLiteral(", ")));
  m_note->setPlainText(toQt(facts.mark.note));
  m_tags->setEnabled(writable);
  m_note->setReadOnly(!writable);
  setEnabled(true);
}

void RunDetails::clear() {
  m_facts = {};
  setEnabled(false);
}

void RunDetails::fillResult() {
  m_result->clear();
  m_settings->clear();
  const QString words = RunTableModel::resultText(m_facts.run);
  if (!words.isEmpty()) addPair(m_result, tr("In short"), words);
  for (const auto& [name, value] : flattened(m_facts.run.summary))
    if (!name.starts_with("module_norms."))  // a table, which the train page shows
      addPair(m_result, label(name), valueText(name, value));
  if (m_result->topLevelItemCount() == 0) addPair(m_result, tr("Nothing yet"), {});
  for (const auto& [name, value] : flattened(m_facts.run.spec))
    addPair(m_settings, toQt(name), toQt(value));
}

void RunDetails::fillLinks() {
  m_links->clear();
  const auto add = [this](const QString& text, RunId run = {}) {
    auto* item = new QListWidgetItem(text, m_links);
    item->setToolTip(text);
    item->setSizeHint({0, kRowHeight});
    if (run) item->setData(Qt::UserRole, QVariant::fromValue<qint64>(run.value));
  };
  for (const auto& name : m_facts.datasets) add(tr("Dataset %1").arg(toQt(name)));
  for (const auto& name : m_facts.benchmarks) add(tr("Benchmark %1").arg(toQt(name)));
  for (const auto& [role, location] : m_facts.models)
    add(QStringLiteral("%1: %2").arg(toQt(role), toQt(location)));
  for (const auto& link : m_facts.links)
    add(link.role == "child"
            ? tr("Run %1 %2 rests on this one").arg(formatCount(link.run.value), toQt(link.name))
            : tr("Run %1 %2 (%3)")
                  .arg(formatCount(link.run.value), toQt(link.name), toQt(link.role)),
        link.run);
  if (m_links->count() == 0) add(tr("Nothing: it stands alone."));
}

void RunDetails::flush() {
  if (!m_facts.run.id || m_note->isReadOnly()) return;
  const QString note = m_note->toPlainText().left(kMostNote);
  QStringList tags;
  for (const QString& tag : m_tags->text().split(u','))
    if (const QString trimmed = tag.trimmed(); !trimmed.isEmpty()) tags << trimmed;
  QStringList before;
  for (const auto& tag : m_facts.mark.tags) before << toQt(tag);
  if (note == toQt(m_facts.mark.note) && tags == before) return;
  m_facts.mark.note = fromQt(note);
  m_facts.mark.tags.clear();
  for (const QString& tag : tags) m_facts.mark.tags.push_back(fromQt(tag));
  Q_EMIT markChanged(run(), note, tags);
}

void RunDetails::copyCommand() { QApplication::clipboard()->setText(toQt(m_facts.run.command)); }

}  // namespace wordsight::ui
