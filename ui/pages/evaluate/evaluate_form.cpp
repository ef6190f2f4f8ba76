#include "pages/evaluate/evaluate_form.h"

#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "bridge/settings.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kMostItems = 1'000'000;

QLabel* heading(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  QFont bold = label->font();
  bold.setWeight(QFont::DemiBold);
  label->setFont(bold);
  return label;
}

}  // namespace

EvaluateForm::EvaluateForm(ModelCatalog& catalog, Settings& settings, QWidget* parent)
    : QWidget(parent),
      m_settings(settings),
      m_model(new ModelChooser(catalog, ModelChooser::Kind::Base, this)),
      m_adapter(new ModelChooser(catalog, ModelChooser::Kind::OptionalAdapter, this)),
      m_baseName(new QLineEdit(this)),
      m_tunedName(new QLineEdit(this)),
      m_scoring(new QComboBox(this)),
      m_prompt(new QComboBox(this)),
      m_shifts(new QComboBox(this)),
      m_precision(new QComboBox(this)),
      m_limit(new QSpinBox(this)),
      m_batch(new QSpinBox(this)),
      m_maxTokens(new QSpinBox(this)),
      m_seed(new QSpinBox(this)),
      m_temperature(new QDoubleSpinBox(this)),
      m_generate(new QWidget(this)) {
  m_pickFile = [this](const QString& start) {
    return QFileDialog::getOpenFileName(this, tr("Choose a wording"), start,
                                        tr("Decision prompts (*.json)"));
  };
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace);
  buildChoosers();
  buildSettings();
  buildGenerate();
  column->addStretch();
  showGenerate();
  connect(m_model, &ModelChooser::folderChanged, this, [this](const QString& folder) {
    m_adapter->setBase(folder);
    Q_EMIT changed();
  });
  connect(m_adapter, &ModelChooser::folderChanged, this, &EvaluateForm::changed);
  connect(m_model, &ModelChooser::described, this, &EvaluateForm::changed);
  connect(m_adapter, &ModelChooser::described, this, &EvaluateForm::changed);
}

void EvaluateForm::addRow(QFormLayout* form, const QString& label, QWidget* field,
                          const QString& name, const QString& tip) {
  field->setObjectName(name);
  field->setToolTip(tip);
  field->setAccessibleName(label);
  field->setAccessibleDescription(tip);
  form->addRow(label, field);
  if (auto* text = qobject_cast<QLabel*>(form->labelForField(field))) text->setToolTip(tip);
}

void EvaluateForm::buildChoosers() {
  auto* column = static_cast<QVBoxLayout*>(layout());
  m_model->setObjectName(QStringLiteral("evaluateModel"));
  m_adapter->setObjectName(QStringLiteral("evaluateAdapter"));
  column->addWidget(heading(tr("Model"), this));
  column->addWidget(m_model);
  column->addWidget(heading(tr("Adapter"), this));
  column->addWidget(m_adapter);
  auto* names = new QHBoxLayout;
  names->setSpacing(kSpace);
  names->addWidget(m_baseName);
  names->addWidget(m_tunedName);
  m_baseName->setObjectName(QStringLiteral("baseName"));
  m_tunedName->setObjectName(QStringLiteral("tunedName"));
  m_baseName->setPlaceholderText(tr("base"));
  m_tunedName->setPlaceholderText(tr("tuned"));
  m_baseName->setToolTip(tr("What the model without an adapter is called in tables and plots"));
  m_tunedName->setToolTip(tr("What the model with the adapter is called in tables and plots"));
  m_baseName->setAccessibleName(tr("Name of the base"));
  m_tunedName->setAccessibleName(tr("Name of the tuned model"));
  for (auto* name : {m_baseName, m_tunedName}) {
    name->setMaxLength(80);
    connect(name, &QLineEdit::textChanged, this, &EvaluateForm::changed);
  }
  column->addWidget(heading(tr("Shown as"), this));
  column->addLayout(names);
}

void EvaluateForm::buildSettings() {
  auto* column = static_cast<QVBoxLayout*>(layout());
  column->addWidget(heading(tr("How it is asked"), this));
  auto* form = new QFormLayout;
  form->setContentsMargins(0, 0, 0, 0);
  form->setSpacing(kSpace);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  m_scoring->addItem(tr("Letter probabilities"), int(infer::Scoring::LogProb));
  m_scoring->addItem(tr("Generated text"), int(infer::Scoring::Generate));
  addRow(
      form, tr("Scoring"), m_scoring, QStringLiteral("scoring"),
      tr("Letter probabilities: the most likely letter counts; one pass an item. Generated text: "
         "the model writes its answer and the letter is read out of it."));
  m_prompt->setEditable(true);
  m_prompt->setInsertPolicy(QComboBox::NoInsert);
  m_prompt->setCompleter(nullptr);
  m_prompt->addItems({QStringLiteral("default"), QStringLiteral("demo")});
  m_prompt->setMinimumContentsLength(8);
  m_prompt->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  auto* browse = new QToolButton(this);
  browse->setObjectName(QStringLiteral("browsePrompt"));
  browse->setIcon(icon(QStringLiteral("folder-open")));
  browse->setToolTip(tr("Choose a file with a wording of your own"));
  browse->setAccessibleName(browse->toolTip());
  connect(browse, &QToolButton::clicked, this, &EvaluateForm::browsePrompt);
  auto* wording = new QWidget(this);
  auto* row = new QHBoxLayout(wording);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpaceSmall);
  row->addWidget(m_prompt, 1);
  row->addWidget(browse);
  addRow(form, tr("Wording"), wording, QStringLiteral("wordingRow"),
         tr("How a decision is put to the model; see the tab Prompt for what that looks like."));
  m_prompt->setObjectName(QStringLiteral("prompt"));
  m_prompt->setAccessibleName(tr("Wording"));
  m_shifts->addItem(tr("As written"), 1);
  m_shifts->addItem(tr("All five turns"), 5);
  addRow(
      form, tr("Options"), m_shifts, QStringLiteral("shifts"),
      tr("All five turns: every item is asked five times, its options moved on by one place each "
         "time, so that a liking for a letter evens out."));
  m_limit->setRange(0, kMostItems);
  m_limit->setSpecialValueText(tr("all"));
  addRow(form, tr("Items"), m_limit, QStringLiteral("limit"),
         tr("Only the first so many items; for a quick look."));
  m_precision->addItem(tr("bf16: half the memory"), int(Precision::BF16));
  m_precision->addItem(tr("f32: exact"), int(Precision::F32));
  addRow(form, tr("Precision"), m_precision, QStringLiteral("precision"),
         tr("How the weights are held in memory."));
  m_batch->setRange(1, 4096);
  m_batch->setValue(jobs::EvaluationSpec().batch);
  addRow(form, tr("At once"), m_batch, QStringLiteral("batch"),
         tr("Items that go through the model together: more is faster and needs more memory; the "
            "answers are the same."));
  column->addLayout(form);
  const auto touched = [this] {
    if (!m_setting) m_touched = true;
    Q_EMIT changed();
  };
  for (auto* combo : {m_scoring, m_shifts, m_precision})
    connect(combo, &QComboBox::currentIndexChanged, this, touched);
  connect(m_scoring, &QComboBox::currentIndexChanged, this, &EvaluateForm::showGenerate);
  connect(m_prompt, &QComboBox::currentTextChanged, this, touched);
  for (auto* spin : {m_limit, m_batch}) connect(spin, &QSpinBox::valueChanged, this, touched);
}

void EvaluateForm::buildGenerate() {
  const infer::GenerateOptions plain;
  auto* form = new QFormLayout(m_generate);
  form->setContentsMargins(0, 0, 0, 0);
  form->setSpacing(kSpace);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  m_maxTokens->setRange(1, 100'000);
  m_maxTokens->setValue(plain.maxTokens);
  addRow(form, tr("Most tokens"), m_maxTokens, QStringLiteral("maxTokens"),
         tr("An answer that is longer is cut off."));
  m_temperature->setRange(0, 10);
  m_temperature->setSingleStep(0.1);
  m_temperature->setDecimals(2);
  m_temperature->setSpecialValueText(tr("0: always the likeliest word"));
  addRow(form, tr("Temperature"), m_temperature, QStringLiteral("temperature"),
         tr("0 writes the likeliest word each time; higher values vary more."));
  m_seed->setRange(0, std::numeric_limits<int>::max());
  m_seed->setValue(1);
  addRow(form, tr("Seed"), m_seed, QStringLiteral("seed"),
         tr("The same seed gives the same text; it counts when the temperature is above 0."));
  layout()->addWidget(m_generate);
  for (auto* spin : {m_maxTokens, m_seed})
    connect(spin, &QSpinBox::valueChanged, this, &EvaluateForm::changed);
  connect(m_temperature, &QDoubleSpinBox::valueChanged, this, &EvaluateForm::changed);
}

void EvaluateForm::showGenerate() {
  m_generate->setVisible(m_scoring->currentData().toInt() == int(infer::Scoring::Generate));
}

void EvaluateForm::browsePrompt() {
  if (const QString file = m_pickFile(QDir::homePath()); !file.isEmpty())
    m_prompt->setEditText(file);
}

void EvaluateForm::setFilePicker(std::function<QString(const QString&)> picker) {
  m_pickFile = std::move(picker);
}

QString EvaluateForm::baseName() const {
  const QString name = m_baseName->text().trimmed();
  return name.isEmpty() ? QStringLiteral("base") : name;
}

QString EvaluateForm::tunedName() const {
  const QString name = m_tunedName->text().trimmed();
  return name.isEmpty() ? QStringLiteral("tuned") : name;
}

jobs::EvaluationSpec EvaluateForm::spec(bool tuned, Arm arm) const {
  jobs::EvaluationSpec spec;
  spec.model = fromQt(m_model->folder());
  if (tuned) spec.adapter = fromQt(m_adapter->folder());
  spec.label = fromQt(tuned ? tunedName() : baseName());
  spec.prompt = fromQt(m_prompt->currentText().trimmed());
  spec.arm = arm;
  spec.scoring = static_cast<infer::Scoring>(m_scoring->currentData().toInt());
  spec.precision = static_cast<Precision>(m_precision->currentData().toInt());
  spec.shifts = m_shifts->currentData().toInt();
  spec.limit = m_limit->value();
  spec.batch = m_batch->value();
  // All cores are the default, which a command line need not say.
  spec.threads = m_settings.threadsForWindow() > 0 ? m_settings.jobThreads() : 0;
  if (spec.scoring == infer::Scoring::Generate) {
    spec.generate.maxTokens = m_maxTokens->value();
    spec.generate.temperature = m_temperature->value();
    spec.generate.seed = static_cast<std::uint64_t>(m_seed->value());
  }
  return spec;
}

void EvaluateForm::setSpec(const jobs::EvaluationSpec& spec) {
  m_setting = true;
  const auto choose = [](QComboBox* combo, int value) {
    if (const int index = combo->findData(value); index >= 0) combo->setCurrentIndex(index);
  };
  m_model->setFolder(toQt(spec.model));
  if (!spec.adapter.empty()) m_adapter->setFolder(toQt(spec.adapter));
  m_prompt->setEditText(toQt(spec.prompt));
  choose(m_scoring, int(spec.scoring));
  choose(m_precision, int(spec.precision));
  choose(m_shifts, spec.shifts);
  m_limit->setValue(spec.limit);
  m_batch->setValue(spec.batch);
  if (spec.scoring == infer::Scoring::Generate) {
    m_maxTokens->setValue(spec.generate.maxTokens);
    m_temperature->setValue(spec.generate.temperature);
    m_seed->setValue(static_cast<int>(
        std::min<std::uint64_t>(spec.generate.seed, std::numeric_limits<int>::max())));
  }
  const QString label = toQt(spec.label);
  if (spec.adapter.empty())
    m_baseName->setText(label == QLatin1String("base") ? QString() : label);
  else
    m_tunedName->setText(label == QLatin1String("tuned") ? QString() : label);
  m_setting = false;
  m_touched = true;
  Q_EMIT changed();
}

void EvaluateForm::clear() {
  m_setting = true;
  m_model->setFolder({});
  m_adapter->setFolder({});
  m_baseName->clear();
  m_tunedName->clear();
  for (auto* combo : {m_scoring, m_shifts, m_precision}) combo->setCurrentIndex(0);
  m_limit->setValue(0);
  m_setting = m_touched = false;
  setBenchmark({});
}

void EvaluateForm::setBenchmark(const QString& name) {
  if (m_touched) return;
  const bool demo = name == QLatin1String("demo");
  m_setting = true;
  m_prompt->setEditText(demo ? QStringLiteral("demo") : QStringLiteral("default"));
  m_precision->setCurrentIndex(m_precision->findData(int(demo ? Precision::F32 : Precision::BF16)));
  m_batch->setValue(demo ? 50 : jobs::EvaluationSpec().batch);
  m_setting = false;
}

}  // namespace wordsight::ui
