#include "pages/train/result_panel.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFormLayout>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>

#include "bridge/format.h"
#include "pages/train/module_heat.h"
#include "plots/bar_plot.h"
#include "widgets/elided_label.h"
#include "widgets/icons.h"
#include "widgets/theme.h"
#include "widgets/tool_buttons.h"

namespace wordsight::ui {

namespace {

const QString kNothing = QStringLiteral("–");
constexpr double kMiB = 1024.0 * 1024.0;

QString countOf(const Run& run, const char* key) {
  const auto number = summaryNumber(run, key);
  return number ? formatCount(static_cast<std::int64_t>(*number)) : kNothing;
}

QLabel* heading(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  QFont font = label->font();
  font.setBold(true);
  label->setFont(font);
  return label;
}

}  // namespace

ResultPanel::ResultPanel(QWidget* parent) : QScrollArea(parent) {
  setObjectName(QStringLiteral("resultPanel"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  build();
  setRecord(nullptr);
}

QLabel* ResultPanel::addNumber(QFormLayout& form, const char* name, const QString& label,
                               const QString& tip) {
  auto* value = new QLabel(form.parentWidget());
  value->setObjectName(QString::fromLatin1(name));
  value->setAccessibleName(label);
  value->setToolTip(tip);
  value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  value->setFont(tabularFont(value->font()));
  form.addRow(label, value);
  return value;
}

void ResultPanel::build() {
  auto* content = new QWidget(this);
  auto* grid = new QGridLayout(content);
  grid->setContentsMargins(kSpaceLarge, kSpaceLarge, kSpaceLarge, kSpaceLarge);
  grid->setHorizontalSpacing(kSpaceHuge);
  grid->setVerticalSpacing(kSpace);
  auto* numbers = new QWidget(content);
  auto* form = new QFormLayout(numbers);
  form->setContentsMargins(0, 0, 0, 0);
  form->addRow(heading(tr("Numbers"), numbers));
  form->setHorizontalSpacing(kSpacePage);
  form->setVerticalSpacing(kSpaceSmall);
  m_steps = addNumber(*form, "resultSteps", tr("Steps"), tr("Optimiser steps that were done"));
  m_examples = addNumber(*form, "resultExamples", tr("Examples"),
                         tr("Counted each time they were "
                            "used"));
  m_tokens = addNumber(*form, "resultTokens", tr("Tokens"),
                       tr("All that went through the model, and those that the loss counted"));
  m_loss = addNumber(*form, "resultLoss", tr("Loss"),
                     tr("Of the first and of the last step, in "
                        "nats a token"));
  m_heldOut = addNumber(*form, "resultHeldOut", tr("Held-out loss"),
                        tr("On the eval split: before, the best, and at the end"));
  m_probe =
      addNumber(*form, "resultProbe", tr("Probe"),
                tr("Held-out questions whose letter was right: before, best, and at the end"));
  m_speed = addNumber(*form, "resultSpeed", tr("Speed"), tr("Mean over the whole training"));
  m_time = addNumber(*form, "resultTime", tr("Time"), tr("Without pauses"));
  m_memory = addNumber(*form, "resultMemory", tr("Most memory"), tr("Of the whole program"));

  m_norms = new BarPlot(content);
  m_norms->setObjectName(QStringLiteral("normBars"));
  m_norms->setAccessibleName(tr("Size of the update in each layer"));
  m_norms->setTitle(tr("How far each layer was moved"));
  m_norms->setMinimumHeight(220);
  m_base = new QLabel(content);
  m_base->setObjectName(QStringLiteral("baseRecord"));
  m_base->setWordWrap(true);
  m_base->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

  grid->addWidget(numbers, 0, 0, Qt::AlignTop);
  grid->addWidget(m_norms, 0, 1);
  grid->addWidget(buildModules(content), 1, 0, 1, 2);
  grid->addWidget(heading(tr("The base model"), content), 2, 0, 1, 2);
  grid->addWidget(m_base, 3, 0, 1, 2);
  grid->addWidget(heading(tr("The adapter"), content), 4, 0, 1, 2);
  grid->addWidget(buildAdapter(content), 5, 0, 1, 2);
  grid->addWidget(buildSteps(content), 6, 0, 1, 2);
  grid->setRowStretch(7, 1);
  grid->setColumnStretch(1, 1);
  setWidget(content);
}

QWidget* ResultPanel::buildAdapter(QWidget* parent) {
  auto* holder = new QWidget(parent);
  auto* column = new QVBoxLayout(holder);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpaceSmall);
  m_folder = new ElidedLabel(holder, Qt::ElideMiddle);
  m_folder->setObjectName(QStringLiteral("adapterFolder"));
  m_open = iconButton(QStringLiteral("openAdapter"), QStringLiteral("folder-open"),
                      tr("Open the adapter's folder"), holder);
  m_copy = iconButton(QStringLiteral("copyAdapter"), QStringLiteral("copy"),
                      tr("Copy the folder's path"), holder);
  connect(m_open, &QToolButton::clicked, this, &ResultPanel::openFolder);
  connect(m_copy, &QToolButton::clicked, this, [this] {
    QGuiApplication::clipboard()->setText(adapter());
    Q_EMIT said(tr("The path was copied."));
  });
  row->addWidget(m_folder, 1);
  row->addWidget(m_open);
  row->addWidget(m_copy);
  m_adapterNote = new QLabel(holder);
  m_adapterNote->setObjectName(QStringLiteral("adapterNote"));
  m_adapterNote->setWordWrap(true);
  column->addLayout(row);
  column->addWidget(m_adapterNote);
  return holder;
}

QWidget* ResultPanel::buildModules(QWidget* parent) {
  m_modules = new QWidget(parent);
  auto* column = new QVBoxLayout(m_modules);
  column->setContentsMargins(0, 0, 0, kSpace);
  column->setSpacing(kSpaceSmall);
  m_strongest = new QLabel(m_modules);
  m_strongest->setObjectName(QStringLiteral("strongestModule"));
  m_strongest->setWordWrap(true);
  m_strongest->setTextFormat(Qt::PlainText);
  m_strongest->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  m_heat = new ModuleHeat(m_modules);
  column->addWidget(heading(tr("How far each module was moved"), m_modules));
  column->addWidget(m_strongest);
  column->addWidget(m_heat);
  return m_modules;
}

void ResultPanel::addStepAction(const char* name, QPushButton* button, const QString& text) {
  auto* action = new QAction(button->icon(), text, this);
  action->setObjectName(QString::fromLatin1(name));
  action->setToolTip(button->toolTip());
  connect(action, &QAction::triggered, button, &QPushButton::click);
  m_stepActions.append(action);
}

QWidget* ResultPanel::buildSteps(QWidget* parent) {
  auto* holder = new QWidget(parent);
  auto* row = new QHBoxLayout(holder);
  row->setContentsMargins(0, kSpace, 0, 0);
  row->setSpacing(kSpace);
  const auto add = [&](const char* name, const QString& iconName, const QString& text,
                       const QString& tip) {
    auto* button = new QPushButton(icon(iconName), text, holder);
    button->setObjectName(QString::fromLatin1(name));
    button->setToolTip(tip);
    row->addWidget(button);
    return button;
  };
  m_evaluate = add("evaluateAdapter", QStringLiteral("evaluate"), tr("Evaluate…"),
                   tr("Ask the tuned model about a benchmark"));
  m_compare = add("compareAdapter", QStringLiteral("compare"), tr("Compare…"),
                  tr("Answers of base and tuned model side by side"));
  m_merge = add("mergeAdapter", QStringLiteral("merge"), tr("Merge…"),
                tr("Write base and adapter as one model"));
  m_again = add("sameSettings", QStringLiteral("duplicate"), tr("Use its settings"),
                tr("Fill the form for a new training with the settings of this one"));
  row->addStretch(1);
  connect(m_evaluate, &QPushButton::clicked, this,
          [this] { Q_EMIT evaluateWanted(model(), adapter()); });
  connect(m_compare, &QPushButton::clicked, this,
          [this] { Q_EMIT compareWanted(model(), adapter()); });
  connect(m_merge, &QPushButton::clicked, this, [this] { Q_EMIT mergeWanted(model(), adapter()); });
  connect(m_again, &QPushButton::clicked, this, &ResultPanel::settingsWanted);
  addStepAction("actionEvaluateAdapter", m_evaluate, tr("Evaluate the training's adapter…"));
  addStepAction("actionCompareAdapter", m_compare, tr("Compare the training's adapter…"));
  addStepAction("actionMergeAdapter", m_merge, tr("Merge the training's adapter…"));
  addStepAction("actionSameSettings", m_again, tr("Use the training's settings"));
  return holder;
}

void ResultPanel::setRecord(std::shared_ptr<const TrainingRecord> record) {
  m_record = std::move(record);
  fillNumbers();
  fillChanges();
  fillModules();
  fillAdapter();
}

void ResultPanel::fillNumbers() {
  for (auto* label :
       {m_steps, m_examples, m_tokens, m_loss, m_heldOut, m_probe, m_speed, m_time, m_memory})
    label->setText(kNothing);
  if (!m_record) return;
  const TrainingRecord& r = *m_record;
  m_steps->setText(countOf(r.run, "steps"));
  m_examples->setText(countOf(r.run, "samples"));
  if (summaryNumber(r.run, "tokens"))
    m_tokens->setText(tr("%1, of which %2 counted")
                          .arg(countOf(r.run, "tokens"), countOf(r.run, "counted_tokens")));
  if (r.firstLoss)
    m_loss->setText(QStringLiteral("%1 → %2").arg(formatNumber(r.firstLoss->value),
                                                  formatNumber(r.lastLoss->value)));
  if (r.firstEval)
    m_heldOut->setText(tr("%1 → %2, best %3 at step %4")
                           .arg(formatNumber(r.firstEval->value), formatNumber(r.lastEval->value),
                                formatNumber(r.bestEval->value), formatCount(r.bestEval->step)));
  if (r.firstProbe) {
    QString text = tr("%1 → %2, best %3 at step %4")
                       .arg(formatPercent(r.firstProbe->value), formatPercent(r.lastProbe->value),
                            formatPercent(r.bestProbe->value), formatCount(r.bestProbe->step));
    const Json& spec = r.run.spec;
    if (const auto most = spec.find("probe_items"); most != spec.end() && most->is_number_integer())
      text += tr("; n ≤ %1").arg(formatCount(most->get<std::int64_t>()));
    m_probe->setText(text);
  }
  const auto seconds = summaryNumber(r.run, "training_seconds");
  const auto tokens = summaryNumber(r.run, "tokens");
  if (seconds) m_time->setText(formatDuration(*seconds));
  if (seconds && tokens && *seconds > 0)
    m_speed->setText(
        tr("%1 tokens/s").arg(formatCount(static_cast<std::int64_t>(*tokens / *seconds + 0.5))));
  if (r.peakMemoryMiB > 0) m_memory->setText(formatBytes(r.peakMemoryMiB * kMiB));
}

void ResultPanel::fillChanges() {
  BarData bars;
  m_base->setText(tr("What is known of the base is written when the training ends."));
  m_norms->setMessage(tr("Written when the training ends."));
  if (m_record) {
    const auto norms = updateNorms(m_record->run);
    BarSeries series{tr("Norm of the update"), seriesStyle(0), {}};
    for (const auto& [name, norm] : norms) {
      const QString module = toQt(name);
      bars.categories << (module.startsWith(QLatin1String("layers.")) ? module.mid(7) : module);
      series.values.push_back(norm);
    }
    if (!norms.empty()) bars.series.push_back(std::move(series));
    bars.xTitle = tr("layer");
    bars.yTitle = tr("norm of the update");
    const auto hashed = summaryNumber(m_record->run, "modules_hashed");
    const Json* changed =
        m_record->run.summary.is_object() && m_record->run.summary.contains("changed_modules")
            ? &m_record->run.summary["changed_modules"]
            : nullptr;
    if (hashed && changed && changed->empty()) {
      m_base->setText(
          tr("Unchanged. The SHA-256 of each of the %1 parts that were loaded (embedding, layers, "
             "output) was taken before and after the training: all are equal. Only the language "
             "part was loaded. The vision part and its projector were never in memory, and the "
             "model's files are only read, so this training could not touch them.")
              .arg(formatCount(static_cast<std::int64_t>(*hashed))));
    } else if (hashed && changed && changed->is_array()) {
      QStringList names;
      for (const auto& name : *changed)
        if (name.is_string()) names << toQt(name.get<std::string>());
      m_base->setText(tr("These parts of the base changed in memory, which is a fault of the "
                         "program; please report it: %1.")
                          .arg(names.join(QStringLiteral(", "))));
    }
  }
  m_norms->setData(std::move(bars));
}

/// Trainings of earlier versions have the chart by layer alone.
void ResultPanel::fillModules() {
  m_heat->setNorms(m_record ? moduleNorms(m_record->run) : ModuleNorms());
  m_strongest->setText(m_heat->strongest());
  m_modules->setVisible(!m_strongest->text().isEmpty());
}

QString ResultPanel::adapter() const {
  return m_record ? toQt(jsonText(m_record->run.summary, "adapter")) : QString();
}

QString ResultPanel::model() const {
  return m_record ? toQt(jsonText(m_record->run.spec, "model")) : QString();
}

void ResultPanel::fillAdapter() {
  const bool there = m_record && m_record->adapterThere;
  const QString folder = adapter();
  m_folder->setText(folder.isEmpty() ? tr("Not written yet") : folder);
  m_open->setEnabled(!folder.isEmpty());
  m_copy->setEnabled(!folder.isEmpty());
  for (auto* button : {m_evaluate, m_merge, m_compare}) button->setEnabled(there);
  m_again->setEnabled(m_record != nullptr);
  const QList<QPushButton*> buttons{m_evaluate, m_compare, m_merge, m_again};
  for (qsizetype i = 0; i < buttons.size(); ++i)
    m_stepActions[i]->setEnabled(buttons[i]->isEnabled());
  if (!m_record || folder.isEmpty())
    m_adapterNote->setText(tr("The adapter is written when the training is done."));
  else if (there)
    m_adapterNote->setText(tr("%1, in PEFT's format, as it was after the last step.")
                               .arg(formatBytes(m_record->adapterBytes)));
  else if (m_record->run.status == RunStatus::Done)
    m_adapterNote->setText(
        tr("There is no adapter in this folder any more: it was moved or "
           "removed. Train again, or put it back."));
  else if (!m_record->checkpoints.empty())
    m_adapterNote->setText(tr("No finished adapter: the newest checkpoint is that of step %1. "
                              "Resume the training to finish it.")
                               .arg(formatCount(m_record->checkpoints.back().step)));
  else
    m_adapterNote->setText(tr("No adapter: the training ended before a checkpoint was written."));
}

void ResultPanel::openFolder() {
  if (!QDir(adapter()).exists()) {
    Q_EMIT said(tr("%1 is not there any more.").arg(adapter()));
    return;
  }
  if (!QDesktopServices::openUrl(QUrl::fromLocalFile(adapter())))
    Q_EMIT said(
        tr("The desktop has no program that opens folders; the path is %1.").arg(adapter()));
}

}  // namespace wordsight::ui
