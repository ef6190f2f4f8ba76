#include "pages/scenarios/generate_form.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "bridge/settings.h"
#include "models/scenarios/scenario_line.h"
#include "pages/scenarios/captions.h"
#include "synth/strategy.h"
#include "widgets/model_chooser.h"
#include "widgets/path_field.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kLabelWidth = 96;
const QString kKey = QStringLiteral("scenarios/generate/");

QString explained(synth::Strategy strategy) {
  switch (strategy) {
    case synth::Strategy::Complexity:
      return GenerateForm::tr("a more complex situation");
    case synth::Strategy::Context:
      return GenerateForm::tr("context that changes what is right");
    case synth::Strategy::Challenge:
      return GenerateForm::tr("options that are all plausible");
    case synth::Strategy::Reverse:
      return GenerateForm::tr("from the decision back to the situation");
  }
  return {};
}

}  // namespace

GenerateForm::GenerateForm(ModelCatalog& models, Settings& settings, QWidget* parent)
    : QWidget(parent),
      m_settings(settings),
      m_generator(new QComboBox),
      m_strategy(new QComboBox),
      m_precision(new QComboBox),
      m_model(new ModelChooser(models, ModelChooser::Kind::Base)),
      m_count(new QSpinBox),
      m_seed(new QSpinBox),
      m_length(new QSpinBox),
      m_temperature(new QDoubleSpinBox),
      m_topP(new QDoubleSpinBox),
      m_prompts(new PathField(PathField::Kind::Folder, tr("Choose a folder with prompts"))),
      m_more(new QToolButton) {
  build();
  restore();
  connect(m_generator, &QComboBox::currentIndexChanged, this, &GenerateForm::update);
  for (auto* menu : {m_strategy, m_precision})
    connect(menu, &QComboBox::currentIndexChanged, this, &GenerateForm::update);
  for (auto* number : {m_count, m_seed, m_length})
    connect(number, &QSpinBox::valueChanged, this, &GenerateForm::update);
  for (auto* number : {m_temperature, m_topP})
    connect(number, &QDoubleSpinBox::valueChanged, this, &GenerateForm::update);
  connect(m_prompts, &PathField::pathChanged, this, &GenerateForm::update);
  connect(m_model, &ModelChooser::folderChanged, this, &GenerateForm::update);
  connect(m_model, &ModelChooser::described, this, &GenerateForm::changed);
  update();
}

QWidget* GenerateForm::named(QWidget* field, const char* name, const QString& text,
                             const QString& tip) {
  field->setObjectName(QString::fromLatin1(name));
  field->setToolTip(tip);
  field->setAccessibleName(text);
  return field;
}

QWidget* GenerateForm::addRow(const QString& text, QWidget* field, const QString& secondText,
                              QWidget* second) {
  auto* row = new QWidget(this);
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(kSpace);
  auto* label = caption(text, field);
  label->setFixedWidth(kLabelWidth);
  label->setFixedHeight(m_count->sizeHint().height());
  line->addWidget(label, 0, Qt::AlignTop);
  line->addWidget(field, 1);
  if (second) {
    line->addWidget(caption(secondText, second));
    line->addWidget(second, 1);
  }
  layout()->addWidget(row);
  return row;
}

void GenerateForm::build() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  m_generator->addItem(tr("Demo grammar (no model needed)"), QStringLiteral("demo"));
  m_generator->addItem(tr("Local model"), QStringLiteral("local"));
  fillStrategies();
  m_count->setRange(1, 1'000'000);
  m_count->setGroupSeparatorShown(true);
  m_seed->setRange(1, 1'000'000'000);
  m_temperature->setRange(0, 5);
  m_temperature->setSingleStep(0.1);
  m_topP->setRange(0.01, 1);
  m_topP->setSingleStep(0.05);
  m_length->setRange(50, 8000);
  m_length->setSuffix(tr(" tokens"));
  m_length->setGroupSeparatorShown(true);
  m_precision->addItem(tr("16 bit"), QStringLiteral("bf16"));
  m_precision->addItem(tr("32 bit"), QStringLiteral("f32"));
  m_prompts->setPlaceholder(tr("Prompts that come with the program"));
  for (auto* menu : {m_generator, m_strategy, m_precision}) {
    menu->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    menu->setMinimumContentsLength(10);
  }
  addRow(tr("Written by"),
         named(m_generator, "generator", tr("Written by"), tr("Who writes the scenarios")));
  m_modelOnly.append(addRow(tr("Model"), named(m_model, "generatorModel", tr("Model"),
                                               tr("The folder of the model that writes"))));
  addRow(tr("Strategy"),
         named(m_strategy, "generateStrategy", tr("Strategy"), tr("What the prompt asks for")));
  addRow(tr("How many"),
         named(m_count, "generateCount", tr("How many"),
               tr("It ends when so many valid scenarios were written")),
         tr("Seed"),
         named(m_seed, "generateSeed", tr("Seed"),
               tr("The same seed writes the same scenarios again")));
  buildMore();
}

void GenerateForm::buildMore() {
  m_more->setObjectName(QStringLiteral("generateMore"));
  m_more->setText(tr("More settings"));
  m_more->setToolTip(tr("Sampling, precision, prompts of your own"));
  m_more->setCheckable(true);
  m_more->setAutoRaise(true);
  m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_more->setArrowType(Qt::RightArrow);
  connect(m_more, &QToolButton::toggled, this, &GenerateForm::update);
  layout()->addWidget(m_more);
  m_moreRows.append(
      addRow(tr("Temperature"),
             named(m_temperature, "generateTemperature", tr("Temperature"),
                   tr("0: always the likeliest word; higher: more variety, more refused ones")),
             tr("Top-p"),
             named(m_topP, "generateTopP", tr("Top-p"),
                   tr("Words are drawn from the likeliest ones that make up this share"))));
  m_moreRows.append(addRow(tr("Longest answer"),
                           named(m_length, "generateLength", tr("Longest answer"),
                                 tr("A scenario that is not finished by then is refused")),
                           tr("Precision"),
                           named(m_precision, "generatePrecision", tr("Precision"),
                                 tr("32 bit needs twice the memory"))));
  m_moreRows.append(
      addRow(tr("Prompts"), named(m_prompts, "promptFolder", tr("Prompts"),
                                  tr("A folder with prompt files of your own; empty: those of "
                                     "the program"))));
}

void GenerateForm::fillStrategies() {
  m_strategy->addItem(tr("Mix of all four"), QString());
  for (const auto strategy : synth::kStrategies) {
    const QString name = QString::fromLatin1(synth::toText(strategy));
    m_strategy->addItem(QStringLiteral("%1: %2").arg(strategyTitle(name), explained(strategy)),
                        name);
  }
}

void GenerateForm::restore() {
  const jobs::SynthesisSpec plain;
  const auto number = [&](const char* key, double otherwise) {
    bool known = false;
    const double value = m_settings.value(kKey + QLatin1String(key)).toDouble(&known);
    return known ? value : otherwise;
  };
  const auto choose = [&](QComboBox* menu, const char* key) {
    const int index = menu->findData(m_settings.value(kKey + QLatin1String(key)).toString());
    menu->setCurrentIndex(std::max(0, index));
  };
  choose(m_generator, "generator");
  choose(m_strategy, "strategy");
  choose(m_precision, "precision");
  m_model->setFolder(m_settings.value(kKey + QStringLiteral("model")).toString());
  m_count->setValue(static_cast<int>(number("count", plain.count)));
  m_seed->setValue(static_cast<int>(number("seed", static_cast<double>(plain.seed))));
  m_length->setValue(static_cast<int>(number("length", plain.maxTokens)));
  m_temperature->setValue(number("temperature", plain.temperature));
  m_topP->setValue(number("topP", plain.topP));
  m_prompts->setPath(m_settings.value(kKey + QStringLiteral("prompts")).toString());
}

void GenerateForm::update() {
  const auto keep = [&](const char* key, const QVariant& value) {
    if (m_settings.value(kKey + QLatin1String(key)) != value)
      m_settings.setValue(kKey + QLatin1String(key), value);
  };
  keep("generator", m_generator->currentData());
  keep("strategy", m_strategy->currentData());
  keep("precision", m_precision->currentData());
  keep("model", m_model->folder());
  keep("count", m_count->value());
  keep("seed", m_seed->value());
  keep("length", m_length->value());
  keep("temperature", m_temperature->value());
  keep("topP", m_topP->value());
  keep("prompts", m_prompts->path());
  for (auto* widget : m_modelOnly) widget->setVisible(usesModel());
  m_more->setVisible(usesModel());
  m_more->setArrowType(m_more->isChecked() ? Qt::DownArrow : Qt::RightArrow);
  for (auto* widget : m_moreRows) widget->setVisible(usesModel() && m_more->isChecked());
  Q_EMIT changed();
}

bool GenerateForm::usesModel() const {
  return m_generator->currentData().toString() == QLatin1String("local");
}

QString GenerateForm::problem() const {
  if (!usesModel() || m_model->usable()) return {};
  return m_model->problem().isEmpty() ? tr("Choose a model that writes.") : m_model->problem();
}

QString GenerateForm::promptFolder() const { return usesModel() ? m_prompts->path() : QString(); }
void GenerateForm::setPromptFolder(const QString& folder) { m_prompts->setPath(folder); }
QString GenerateForm::strategy() const { return m_strategy->currentData().toString(); }
std::uint64_t GenerateForm::seed() const { return static_cast<std::uint64_t>(m_seed->value()); }

jobs::SynthesisSpec GenerateForm::spec() const {
  jobs::SynthesisSpec spec;
  if (!strategy().isEmpty()) spec.strategies = {fromQt(strategy())};
  spec.count = m_count->value();
  spec.seed = seed();
  if (!usesModel()) return spec;
  spec.generator = "local:" + fromQt(m_model->folder());
  spec.prompts = fromQt(m_prompts->path());
  spec.precision = m_precision->currentData().toString() == QLatin1String("f32") ? Precision::F32
                                                                                 : Precision::BF16;
  spec.temperature = m_temperature->value();
  spec.topP = m_topP->value();
  spec.maxTokens = m_length->value();
  return spec;
}

}  // namespace wordsight::ui
