#include "pages/train/train_form.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "bridge/format.h"
#include "pages/train/field_row.h"
#include "widgets/icons.h"
#include "widgets/model_chooser.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

QGridLayout* makeGrid(QWidget* parent) {
  auto* grid = new QGridLayout(parent);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(kSpace);
  grid->setVerticalSpacing(kSpaceSmall);
  grid->setColumnStretch(1, 1);
  return grid;
}

/// What the rows are compared with: the preset's values, and for the rest the program's.
Json baselineOf(const jobs::TrainingSpec& spec) {
  jobs::TrainingSpec plain;
  plain.train = trainSpecPreset(spec.train.preset).value_or(TrainSpec());
  return toJson(plain);
}

Json at(const Json& json, const char* pointer) {
  const Json::json_pointer place(pointer);
  return json.contains(place) ? json.at(place) : Json();
}

}  // namespace

// Widgets are made in the order in which the keyboard goes through them.
TrainForm::TrainForm(ModelCatalog& models, QWidget* parent)
    : QWidget(parent),
      m_model(new ModelChooser(models, ModelChooser::Kind::Base, this)),
      m_init(nullptr),
      m_dataset(new QComboBox(this)),
      m_preset(new QComboBox(this)),
      m_datasetNote(new QLabel(this)),
      m_presetNote(new QLabel(this)) {
  setObjectName(QStringLiteral("trainForm"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpacePage, kSpaceLarge, kSpace, kSpaceLarge);
  column->setSpacing(kSpace);
  auto* top = new QWidget(this);
  auto* grid = makeGrid(top);
  buildHead(*grid);
  buildRows(*grid);
  m_more = new QToolButton(this);
  m_morePart = new QWidget(this);
  m_init = new ModelChooser(models, ModelChooser::Kind::OptionalAdapter, m_morePart);
  auto* moreGrid = makeGrid(m_morePart);
  buildMore(*moreGrid);
  column->addWidget(top);
  column->addWidget(m_more);
  column->addWidget(m_morePart);
  column->addStretch(1);
  int widest = 0;
  for (const auto* row : m_rows) widest = std::max(widest, row->labelWidth());
  grid->setColumnMinimumWidth(0, widest);
  moreGrid->setColumnMinimumWidth(0, widest);
  showMore(false);
  rowsFromSpec();
  restyle();
}

void TrainForm::buildHead(QGridLayout& grid) {
  const auto add = [&](const QString& text, QWidget* widget, QLabel* note) {
    const int at = grid.rowCount();
    auto* label = new QLabel(text, this);
    label->setBuddy(widget);
    grid.addWidget(label, at, 0, Qt::AlignTop);
    label->setContentsMargins(0, kSpaceSmall, 0, 0);
    grid.addWidget(widget, at, 1, 1, 2);
    if (note) grid.addWidget(note, at + 1, 1, 1, 2);
  };
  m_model->setObjectName(QStringLiteral("modelChooser"));
  m_model->setAccessibleName(tr("Model to train"));
  add(tr("&Model"), m_model, nullptr);
  connect(m_model, &ModelChooser::folderChanged, this, [this] { takeOver(); });
  connect(m_model, &ModelChooser::described, this, &TrainForm::changed);

  m_dataset->setObjectName(QStringLiteral("dataset"));
  m_dataset->setAccessibleName(tr("Dataset to train on"));
  m_dataset->setToolTip(
      tr("A frozen dataset: its train split is learned, its eval split held out."));
  m_dataset->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_dataset->setMinimumContentsLength(14);
  m_datasetNote->setObjectName(QStringLiteral("datasetNote"));
  m_datasetNote->setWordWrap(true);
  add(tr("&Dataset"), m_dataset, m_datasetNote);
  connect(m_dataset, &QComboBox::currentIndexChanged, this, [this] { takeOver(); });
  connect(m_datasetNote, &QLabel::linkActivated, this, &TrainForm::datasetWanted);

  m_preset->setObjectName(QStringLiteral("preset"));
  m_preset->setAccessibleName(tr("Preset"));
  m_preset->setToolTip(tr("Where the settings start from. Choosing one sets all of them."));
  m_preset->addItem(tr("Corrected"), QStringLiteral("corrected"));
  m_preset->addItem(tr("As published"), QStringLiteral("as-published"));
  m_presetNote->setWordWrap(true);
  add(tr("&Preset"), m_preset, m_presetNote);
  connect(m_preset, &QComboBox::currentIndexChanged, this, &TrainForm::presetChosen);
}

void TrainForm::buildRows(QGridLayout& grid) {
  const auto groups = trainFieldGroups();
  for (const auto& field : groups.first().fields) {
    auto* row = new FieldRow(field, grid.parentWidget());
    row->place(grid, grid.rowCount());
    connect(row, &FieldRow::edited, this, &TrainForm::takeOver);
    m_rows.push_back(row);
  }
}

void TrainForm::addGroup(QGridLayout& grid, const QString& title) {
  auto* head = new QLabel(title, m_morePart);
  QFont font = head->font();
  font.setBold(true);
  head->setFont(font);
  head->setContentsMargins(0, kSpace, 0, 0);
  grid.addWidget(head, grid.rowCount(), 0, 1, 3);
}

void TrainForm::buildMore(QGridLayout& grid) {
  m_more->setObjectName(QStringLiteral("more"));
  m_more->setCheckable(true);
  m_more->setAutoRaise(true);
  m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_more->setToolTip(tr("Settings that seldom need a change"));
  connect(m_more, &QToolButton::toggled, this, &TrainForm::showMore);
  const auto groups = trainFieldGroups();
  for (qsizetype i = 1; i < groups.size(); ++i) {
    addGroup(grid, groups[i].title);
    if (i == 1) addInit(grid);
    for (const auto& field : groups[i].fields) {
      auto* row = new FieldRow(field, m_morePart);
      row->place(grid, grid.rowCount());
      connect(row, &FieldRow::edited, this, &TrainForm::takeOver);
      m_rows.push_back(row);
      m_moreRows.push_back(row);
    }
  }
  connect(m_init, &ModelChooser::folderChanged, this, [this] { takeOver(); });
  connect(m_init, &ModelChooser::described, this, &TrainForm::changed);
}

void TrainForm::addInit(QGridLayout& grid) {
  const int at = grid.rowCount();
  auto* label = new QLabel(tr("Start from"), m_morePart);
  label->setBuddy(m_init);
  label->setContentsMargins(0, kSpaceSmall, 0, 0);
  grid.addWidget(label, at, 0, Qt::AlignTop);
  m_init->setObjectName(QStringLiteral("initChooser"));
  m_init->setAccessibleName(tr("Adapter to start from"));
  m_init->setToolTip(tr("An adapter to go on with. Empty: a fresh one."));
  grid.addWidget(m_init, at, 1, 1, 2);
}

FieldRow* TrainForm::row(const char* name) const {
  const auto found = std::find_if(m_rows.begin(), m_rows.end(), [name](const FieldRow* row) {
    return std::string_view(row->field().name) == name;
  });
  return found == m_rows.end() ? nullptr : *found;
}

void TrainForm::setSpec(const jobs::TrainingSpec& spec) {
  m_spec = spec;
  m_spec.command.clear();
  rowsFromSpec();
  takeOver();
}

void TrainForm::presetChosen() {
  if (m_setting) return;
  auto preset = trainSpecPreset(fromQt(m_preset->currentData().toString()));
  if (!preset) return;
  m_spec.train = *preset;
  rowsFromSpec();
  takeOver();
}

void TrainForm::rowsFromSpec() {
  m_setting = true;
  const int preset = m_preset->findData(toQt(m_spec.train.preset));
  m_preset->setCurrentIndex(std::max(0, preset));
  m_presetNote->setText(
      m_spec.train.preset == "as-published"
          ? tr("What the paper's authors ran: loss on the whole sequence, 2e-5 falling linearly.")
          : tr("Loss on the answer only, 1e-4 falling along a cosine."));
  const QString model = toQt(m_spec.model), init = toQt(m_spec.train.lora.init);
  if (m_model->folder() != model) m_model->setFolder(model);
  if (m_init->folder() != init) m_init->setFolder(init);
  m_init->setBase(model);
  chooseDataset(toQt(m_spec.dataset));
  const Json spec = toJson(m_spec), baseline = baselineOf(m_spec);
  for (auto* row : m_rows) {
    row->setValue(at(spec, row->field().pointer));
    row->setBaseline(at(baseline, row->field().pointer));
  }
  m_setting = false;
}

void TrainForm::takeOver() {
  if (m_setting) return;
  m_spec.model = fromQt(m_model->folder());
  m_init->setBase(m_model->folder());
  if (m_dataset->currentIndex() >= 0) m_spec.dataset = fromQt(m_dataset->currentData().toString());
  m_spec.train.lora.init = fromQt(m_init->folder());
  Json json = toJson(m_spec);
  for (const auto* row : m_rows)
    if (const auto value = row->value()) json[Json::json_pointer(row->field().pointer)] = *value;
  auto read = jobs::trainingSpecFromJson(json);
  m_wrong.clear();
  if (read)
    m_spec = std::move(*read);
  else
    m_wrong = toQt(read.error().message);
  row("epochs")->setEnabled(m_spec.train.maxSteps == 0,
                            tr("The number of steps decides. Empty it to go by epochs."));
  showDatasetNote();
  const auto changed = std::count_if(m_moreRows.begin(), m_moreRows.end(),
                                     [](const FieldRow* r) { return r->changedFromBaseline(); });
  m_more->setText(changed == 0 ? tr("More settings")
                               : tr("More settings (%n changed)", nullptr, int(changed)));
  Q_EMIT this->changed();
}

QString TrainForm::problem() const {
  if (m_model->folder().isEmpty()) return tr("Choose a model first.");
  if (!m_model->problem().isEmpty()) return m_model->problem();
  if (!m_model->usable()) return tr("The model's folder is being read.");
  if (m_datasets.empty()) return tr("There is no dataset yet: freeze one first.");
  if (m_dataset->currentIndex() < 0) return tr("Choose a dataset first.");
  if (!m_init->problem().isEmpty()) return m_init->problem();
  for (const auto* row : m_rows)
    if (const QString wrong = row->fullProblem(); !wrong.isEmpty()) return wrong;
  return m_wrong;
}

void TrainForm::focusProblem() {
  if (!m_model->usable()) return m_model->setFocus();
  if (m_dataset->currentIndex() < 0) return m_dataset->setFocus();
  for (auto* row : m_rows) {
    if (row->problem().isEmpty()) continue;
    if (std::find(m_moreRows.begin(), m_moreRows.end(), row) != m_moreRows.end()) showMore(true);
    return row->editor()->setFocus();
  }
}

void TrainForm::setDatasets(const std::vector<DatasetChoice>& datasets) {
  if (m_datasetsKnown && datasets == m_datasets) return;
  m_datasetsKnown = true;
  m_datasets = datasets;
  const std::string wanted = m_spec.dataset;
  m_setting = true;
  m_dataset->clear();
  for (const auto& dataset : datasets) m_dataset->addItem(toQt(dataset.name), toQt(dataset.name));
  m_dataset->setEnabled(!datasets.empty());
  // One that is gone is not replaced silently by another when it was asked for by name.
  m_dataset->setCurrentIndex(wanted.empty() ? (datasets.empty() ? -1 : 0)
                                            : m_dataset->findData(toQt(wanted)));
  m_setting = false;
  takeOver();
}

void TrainForm::chooseDataset(const QString& name) {
  if (!name.isEmpty()) m_spec.dataset = fromQt(name);
  if (const int at = m_dataset->findData(name); at >= 0) m_dataset->setCurrentIndex(at);
}

void TrainForm::chooseModel(const QString& folder) {
  m_model->setFolder(folder);
  takeOver();
}

void TrainForm::chooseAdapter(const QString& folder) {
  m_init->setFolder(folder);
  if (!folder.isEmpty()) showMore(true);
  takeOver();
}

void TrainForm::showDatasetNote() {
  if (m_datasetsKnown && m_datasets.empty()) {
    m_datasetNote->setText(
        tr("No dataset yet. <a href=\"freeze\">Freeze one on the Scenarios "
           "page</a>; it is a fixed list of scenarios to learn."));
    return;
  }
  const int at = m_dataset->currentIndex();
  if (at < 0 || at >= static_cast<int>(m_datasets.size())) {
    m_datasetNote->setText(m_spec.dataset.empty() || !m_datasetsKnown
                               ? QString()
                               : tr("There is no dataset \"%1\" any more: choose another.")
                                     .arg(toQt(m_spec.dataset).toHtmlEscaped()));
    return;
  }
  const auto& dataset = m_datasets[static_cast<std::size_t>(at)];
  m_datasetNote->setText(
      tr("%1 to train on, %2 held out").arg(formatCount(dataset.train), formatCount(dataset.eval)));
}

void TrainForm::showMore(bool open) {
  m_more->setChecked(open);
  m_more->setIcon(icon(open ? QStringLiteral("down") : QStringLiteral("right")));
  m_morePart->setVisible(open);
}

void TrainForm::restyle() {
  for (auto* note : {m_datasetNote, m_presetNote}) {
    QPalette muted = note->palette();
    muted.setColor(QPalette::WindowText, mutedColour(palette()));
    if (note->palette() != muted) note->setPalette(muted);
  }
  for (auto* row : m_rows) row->refresh();
}

void TrainForm::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) restyle();
}

}  // namespace wordsight::ui
