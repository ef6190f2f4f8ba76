#include "pages/train/preview_panel.h"

#include <QClipboard>
#include <QComboBox>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStackedLayout>
#include <QTabWidget>
#include <QToolButton>

#include "bridge/format.h"
#include "jobs/commands.h"
#include "pages/train/spec_panel.h"
#include "pages/train/token_legend.h"
#include "pages/train/token_view.h"
#include "widgets/empty_state.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/panel_layout.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr double kMiB = 1024.0 * 1024.0;
constexpr int kPatience = 300, kFactColumns = 3;
const QString kUnknown = QStringLiteral("–");

QString batchSentence() {
  return PreviewPanel::tr(
      "The first examples stand here as the model sees them, with the tokens that are learned.");
}

QString count(std::int64_t number) { return formatCount(number); }

QToolButton* flatButton(const char* name, const QString& iconName, const QString& tip,
                        QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setObjectName(QString::fromLatin1(name));
  button->setIcon(icon(iconName));
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  button->setAutoRaise(true);
  return button;
}

}  // namespace

PreviewPanel::PreviewPanel(QWidget* parent)
    : QWidget(parent),
      m_message(new MessageBar(this)),
      m_tabs(new QTabWidget(this)),
      m_state(new QLabel(this)),
      m_spec(new SpecPanel(this)) {
  setObjectName(QStringLiteral("previewPanel"));
  build();
  connect(m_spec, &SpecPanel::specEdited, this, &PreviewPanel::specEdited);
  m_busy.setSingleShot(true);
  m_busy.setInterval(kPatience);
  connect(&m_busy, &QTimer::timeout, this,
          [this] { m_state->setText(tr("Looking at the data…")); });
  clear({});
}

PreviewPanel::~PreviewPanel() { m_stop.request_stop(); }

void PreviewPanel::build() {
  auto* column = new PanelLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(buildFacts());
  m_message->setObjectName(QStringLiteral("previewMessage"));
  column->addWidget(m_message);
  m_tabs->setObjectName(QStringLiteral("previewTabs"));
  m_tabs->setDocumentMode(true);
  m_tabs->addTab(buildBatch(), tr("First batch"));
  m_tabs->addTab(buildCommand(), tr("Command"));
  m_tabs->addTab(m_spec, tr("All settings"));
  m_state->setForegroundRole(QPalette::PlaceholderText);
  m_state->setContentsMargins(0, 0, kSpaceLarge, 0);
  m_tabs->setCornerWidget(m_state);
  column->addWidget(m_tabs, 1);
}

PreviewPanel::Fact PreviewPanel::addFact(QGridLayout& grid, int place, const char* name,
                                         const QString& caption, const QString& tip) {
  auto* holder = grid.parentWidget();
  const int row = place / kFactColumns * 3, column = place % kFactColumns;
  auto* head = new QLabel(caption, holder);
  head->setForegroundRole(QPalette::PlaceholderText);
  Fact fact{new QLabel(holder), new QLabel(holder)};
  QFont font = tabularFont(fact.value->font());
  font.setBold(true);
  fact.value->setFont(font);
  fact.value->setObjectName(QString::fromLatin1(name));
  fact.value->setAccessibleName(caption);
  fact.note->setObjectName(QString::fromLatin1(name) + QStringLiteral("Note"));
  fact.note->setForegroundRole(QPalette::PlaceholderText);
  fact.note->setWordWrap(true);
  fact.note->setMinimumHeight(fact.note->fontMetrics().height());
  fact.note->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  for (auto* label : {head, fact.value, fact.note}) label->setToolTip(tip);
  grid.addWidget(head, row, column);
  grid.addWidget(fact.value, row + 1, column);
  grid.addWidget(fact.note, row + 2, column, Qt::AlignTop);
  return fact;
}

QWidget* PreviewPanel::buildFacts() {
  auto* holder = new QWidget(this);
  auto* grid = new QGridLayout(holder);
  grid->setContentsMargins(kSpaceLarge, kSpaceLarge, kSpaceLarge, kSpace);
  grid->setHorizontalSpacing(kSpaceHuge);
  grid->setVerticalSpacing(0);
  m_examples = addFact(*grid, 0, "previewExamples", tr("Examples"), tr("Of the train split"));
  m_steps = addFact(*grid, 1, "previewSteps", tr("Steps"), tr("Optimiser steps"));
  m_tokens = addFact(*grid, 2, "previewTokens", tr("Tokens an epoch"),
                     tr("All that go through the model once, and the share that is learned"));
  m_time = addFact(*grid, 3, "previewTime", tr("Time"),
                   tr("An estimate, with the evaluations in between"));
  m_memory = addFact(*grid, 4, "previewMemory", tr("Memory"),
                     tr("An estimate, meant to be right within a third"));
  for (int i = 0; i < kFactColumns; ++i) grid->setColumnStretch(i, 1);
  grid->setRowMinimumHeight(2, kSpacePage + kSpaceSmall);
  return holder;
}

QWidget* PreviewPanel::buildBatch() {
  auto* stack = new QWidget(this);
  m_batch = new QStackedLayout(stack);
  auto* holder = new QWidget(stack);
  auto* column = new QVBoxLayout(holder);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* bar = new QHBoxLayout;
  bar->setContentsMargins(kSpaceLarge, kSpaceSmall, kSpaceLarge, kSpaceSmall);
  bar->setSpacing(kSpaceSmall);
  m_samples = new QComboBox(holder);
  m_samples->setObjectName(QStringLiteral("batchSample"));
  m_samples->setAccessibleName(tr("Example of the first batch"));
  m_samples->setToolTip(tr("Which example of the first batch is shown"));
  m_samples->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_samples->setMinimumContentsLength(34);
  m_previous = flatButton("previousSample", QStringLiteral("left"), tr("Previous example"), holder);
  m_next = flatButton("nextSample", QStringLiteral("right"), tr("Next example"), holder);
  connect(m_samples, &QComboBox::currentIndexChanged, this, &PreviewPanel::showSample);
  connect(m_previous, &QToolButton::clicked, this,
          [this] { m_samples->setCurrentIndex(m_samples->currentIndex() - 1); });
  connect(m_next, &QToolButton::clicked, this,
          [this] { m_samples->setCurrentIndex(m_samples->currentIndex() + 1); });
  bar->addWidget(m_previous);
  bar->addWidget(m_samples);
  bar->addWidget(m_next);
  bar->addStretch(1);
  bar->addWidget(new TokenLegend(holder));
  m_view = new TokenView(holder);
  m_view->setObjectName(QStringLiteral("batchTokens"));
  m_view->setAccessibleName(tr("The example's tokens"));
  column->addLayout(bar);
  column->addWidget(m_view, 1);
  m_none = new EmptyState(QStringLiteral("letters"), tr("The first batch"), batchSentence(), stack);
  m_batch->addWidget(m_none);
  m_batch->addWidget(holder);
  return stack;
}

QWidget* PreviewPanel::buildCommand() {
  auto* holder = new QWidget(this);
  auto* column = new QVBoxLayout(holder);
  column->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpace);
  column->setSpacing(kSpaceSmall);
  auto* row = new QHBoxLayout;
  auto* hint = new QLabel(tr("This does the same in a terminal, on the same project."), holder);
  hint->setForegroundRole(QPalette::PlaceholderText);
  auto* copy = flatButton("copyCommand", QStringLiteral("copy"), tr("Copy the command"), holder);
  m_command = new QPlainTextEdit(holder);
  m_command->setObjectName(QStringLiteral("trainCommand"));
  m_command->setAccessibleName(tr("Command line"));
  m_command->setReadOnly(true);
  m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  connect(copy, &QToolButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(m_command->toPlainText()); });
  row->addWidget(hint, 1);
  row->addWidget(copy);
  column->addLayout(row);
  column->addWidget(m_command, 1);
  return holder;
}

void PreviewPanel::setSession(Session* session) {
  m_stop.request_stop();
  m_session = session;
  m_asked.clear();
  clear({});
}

void PreviewPanel::setSpec(const jobs::TrainingSpec& spec, const QString& problem) {
  m_spec->setSpec(spec);
  if (!m_session) return;
  m_command->setPlainText(toQt(jobs::commandOf(m_session->project().path(), spec)));
  if (!problem.isEmpty()) {
    m_stop.request_stop();
    m_asked.clear();
    return clear(problem);
  }
  std::string asked = dumpJson(jobs::toJson(spec));
  if (asked == m_asked) return;
  m_asked = std::move(asked);
  ask(spec);
}

void PreviewPanel::ask(const jobs::TrainingSpec& spec) {
  m_stop.request_stop();
  m_stop = std::stop_source();
  m_busy.start();
  const auto stop = m_stop.get_token();
  m_session->database().read(
      this,
      [project = m_session->project(), spec, stop](store::Connection&) {
        return jobs::previewTraining(project, spec, stop);
      },
      [this](Result<jobs::TrainPreview> preview) { arrived(std::move(preview)); }, stop);
}

void PreviewPanel::arrived(Result<jobs::TrainPreview> preview) {
  m_busy.stop();
  m_state->clear();
  if (!preview) {
    clear({});
    m_message->showError(toQt(preview.error().message));
    return;
  }
  m_preview = std::make_unique<jobs::TrainPreview>(std::move(*preview));
  fillFacts();
  fillCost();
  fillWarnings();
  fillBatch();
  Q_EMIT previewed();
}

void PreviewPanel::clear(const QString& sentence) {
  m_busy.stop();
  m_state->clear();
  m_preview.reset();
  for (const Fact& fact : {m_examples, m_steps, m_tokens, m_memory, m_time}) {
    fact.value->setText(kUnknown);
    fact.note->clear();
  }
  m_message->clear();
  const QString what =
      tr("The first examples stand here as the model sees them, with the tokens "
         "that are learned.");
  m_none->setTexts(tr("The first batch"),
                   sentence.isEmpty() ? what : sentence + QStringLiteral("\n") + what);
  fillBatch();
  Q_EMIT previewed();
}

void PreviewPanel::fillFacts() {
  const auto& p = *m_preview;
  m_examples.value->setText(count(p.samples));
  m_examples.note->setText(p.heldOut > 0 ? tr("and %1 held out").arg(count(p.heldOut))
                                         : tr("none held out: no probe, no held-out loss"));
  m_steps.value->setText(count(p.steps));
  m_steps.note->setText(tr("%1 epochs").arg(formatNumber(p.epochs)));
  m_tokens.value->setText(p.looked < p.samples ? tr("about %1").arg(count(p.tokensPerEpoch))
                                               : count(p.tokensPerEpoch));
  m_tokens.note->setText(
      tr("%1 learned; an example has %2 to %3")
          .arg(formatPercent(p.countedShare, 0), count(p.shortest), count(p.longest)));
}

void PreviewPanel::fillCost() {
  const auto& p = *m_preview;
  using Rate = jobs::TrainPreview::Rate;
  m_time.value->setText(p.seconds > 0 ? tr("about %1").arg(formatDuration(p.seconds)) : kUnknown);
  m_time.note->setText(p.seconds <= 0              ? tr("cannot be told")
                       : p.rate == Rate::SameModel ? tr("by this model's earlier trainings")
                       : p.rate == Rate::SamePrecision
                           ? tr("by earlier trainings of other models")
                           : tr("by a short measurement of this machine"));
  m_memory.value->setText(tr("about %1").arg(formatBytes(p.memoryMiB * kMiB)));
  QString note = p.availableMiB > 0 ? tr("of %1 free").arg(formatBytes(p.availableMiB * kMiB))
                                    : tr("free memory cannot be told");
  if (p.recompute) note += tr("; activations are computed again");
  m_memory.note->setText(note);
  m_memory.value->setToolTip(
      tr("Weights %1, adapter and optimiser %2, activations %3 (computed again: %4)")
          .arg(formatBytes(p.weightsMiB * kMiB), formatBytes(p.optimizerMiB * kMiB),
               formatBytes(p.keptMiB * kMiB), formatBytes(p.recomputedMiB * kMiB)));
}

void PreviewPanel::fillWarnings() {
  const auto& p = *m_preview;
  const auto bad = p.tooLong + p.unusable;
  if (bad > 0 && !p.faults.empty()) {
    m_message->showError(
        tr("Examples that would stop the training before its first step: %1. The first is %2. Take "
           "them out and freeze again, or raise \"Longest example\".")
            .arg(count(bad), toQt(p.faults.front().id + ": " + p.faults.front().problem)));
    return;
  }
  if (p.availableMiB > 0 && p.memoryMiB > p.availableMiB) {
    m_message->showMessage(
        MessageBar::Kind::Warning,
        tr("This needs more memory than is free. Lower \"Tokens at once\", choose bfloat16, or set "
           "Recompute to always."));
    return;
  }
  if (p.warnings.empty()) return m_message->clear();
  QStringList warnings;
  for (const auto& warning : p.warnings) warnings << toQt(warning);
  m_message->showMessage(MessageBar::Kind::Warning, warnings.join(u' '));
}

void PreviewPanel::fillBatch() {
  const int before = std::max(0, m_samples->currentIndex());
  m_samples->clear();
  if (m_preview) {
    int place = 0;
    for (const auto& sample : m_preview->firstBatch)
      m_samples->addItem(tr("%1 of %2 · %3 · %4 tokens, %5 learned")
                             .arg(++place)
                             .arg(m_preview->firstBatchSamples)
                             .arg(toQt(sample.id), count(sample.tokens), count(sample.counted)));
  }
  m_batch->setCurrentIndex(m_preview ? 1 : 0);
  m_samples->setEnabled(m_samples->count() > 0);
  m_samples->setCurrentIndex(std::min(before, m_samples->count() - 1));
  showSample(m_samples->currentIndex());
}

void PreviewPanel::showSample(int index) {
  const auto total = m_preview ? static_cast<int>(m_preview->firstBatch.size()) : 0;
  m_previous->setEnabled(index > 0);
  m_next->setEnabled(index >= 0 && index + 1 < total);
  if (index < 0 || index >= total) return m_view->clear();
  m_view->setSample(m_preview->firstBatch[static_cast<std::size_t>(index)]);
}

}  // namespace wordsight::ui
