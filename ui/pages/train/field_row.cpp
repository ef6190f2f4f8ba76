#include "pages/train/field_row.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpression>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "bridge/format.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

using Kind = TrainField::Kind;

const char* const kTargets[] = {"q_proj",    "k_proj",  "v_proj",   "o_proj",
                                "gate_proj", "up_proj", "down_proj"};

QLocale typingLocale() {
  QLocale locale;
  locale.setNumberOptions(QLocale::OmitGroupSeparator | QLocale::RejectGroupSeparator);
  return locale;
}

QLocale pointLocale() {
  QLocale locale = QLocale::c();
  locale.setNumberOptions(QLocale::OmitGroupSeparator | QLocale::RejectGroupSeparator);
  return locale;
}

/// A limit as a sentence names it: whole numbers grouped, small ones as they are.
QString limitText(double value) {
  if (value == std::floor(value) && std::abs(value) >= 1000)
    return QLocale().toString(value, 'f', 0);
  return QLocale().toString(value, 'g', 8);
}

}  // namespace

QString typedNumber(const Json& value) {
  if (value.is_number_unsigned()) return QString::number(value.get<std::uint64_t>());
  if (value.is_number_integer()) return QString::number(value.get<std::int64_t>());
  if (!value.is_number()) return {};
  const double number = value.get<double>(), size = std::abs(number);
  const bool plain = size == 0 || (size >= 1e-4 && size < 1e9);
  QString text = typingLocale().toString(number, plain ? 'f' : 'e', QLocale::FloatingPointShortest);
  // 2e-05 as people write it.
  static const QRegularExpression zeros(QStringLiteral("e([+-])0+(?=\\d)"));
  return text.replace(zeros, QStringLiteral("e\\1"))
      .replace(QStringLiteral("e+"), QStringLiteral("e"));
}

std::optional<Json> parseTyped(const QString& text, TrainField::Kind kind) {
  const QString clean = text.trimmed();
  bool ok = false;
  if (kind == Kind::Whole) {
    for (const QLocale& locale : {typingLocale(), pointLocale()}) {
      if (const auto value = locale.toULongLong(clean, &ok); ok)
        return Json(static_cast<std::uint64_t>(value));
      if (const auto value = locale.toLongLong(clean, &ok); ok)
        return Json(static_cast<std::int64_t>(value));
    }
    return std::nullopt;
  }
  for (const QLocale& locale : {typingLocale(), pointLocale()})
    if (const double value = locale.toDouble(clean, &ok); ok && std::isfinite(value))
      return Json(value);
  return std::nullopt;
}

FieldRow::FieldRow(const TrainField& field, QWidget* parent)
    : QObject(parent),
      m_field(field),
      m_label(new QLabel(parent)),
      m_error(new QLabel(parent)),
      m_editor(makeEditor(parent)),
      m_reset(new QToolButton(parent)) {
  const QString name = QString::fromLatin1(field.name);
  m_label->setText(field.kind == Kind::Flag ? QString() : field.label);
  m_label->setToolTip(field.tip);
  m_label->setBuddy(m_input);
  m_input->setObjectName(name);
  m_input->setAccessibleName(field.unit.isEmpty() ? field.label
                                                  : tr("%1, %2").arg(field.label, field.unit));
  m_input->setAccessibleDescription(field.tip);
  m_editor->setToolTip(field.tip);
  m_input->setToolTip(field.tip);
  m_error->setObjectName(name + QStringLiteral("Error"));
  m_error->setWordWrap(true);
  m_error->setTextFormat(Qt::PlainText);
  m_error->hide();
  m_reset->setObjectName(name + QStringLiteral("Reset"));
  m_reset->setIcon(icon(QStringLiteral("undo")));
  m_reset->setAutoRaise(true);
  m_reset->setAccessibleName(tr("Set %1 back").arg(field.label));
  // Its place stays taken, so that nothing moves when a value is changed.
  auto policy = m_reset->sizePolicy();
  policy.setRetainSizeWhenHidden(true);
  m_reset->setSizePolicy(policy);
  m_reset->hide();
  connect(m_reset, &QToolButton::clicked, this, [this] {
    setValue(m_baseline);
    m_input->setFocus();
    Q_EMIT edited();
  });
}

QWidget* FieldRow::makeEditor(QWidget* parent) {
  switch (m_field.kind) {
    case Kind::Choice:
      return makeChoice(parent);
    case Kind::Flag: {
      auto* box = new QCheckBox(m_field.label, parent);
      connect(box, &QCheckBox::toggled, this, &FieldRow::touched);
      return m_input = box;
    }
    case Kind::Targets:
      return makeTargets(parent);
    case Kind::Folder:
      return makeFolder(parent);
    case Kind::Whole:
    case Kind::Real:
    case Kind::Text:
      break;
  }
  return makeLine(parent);
}

QWidget* FieldRow::makeLine(QWidget* parent) {
  const bool numeric = m_field.kind == Kind::Whole || m_field.kind == Kind::Real;
  auto* holder = new QWidget(parent);
  auto* row = new QHBoxLayout(holder);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpaceSmall);
  auto* line = new QLineEdit(holder);
  line->setPlaceholderText(m_field.empty);
  if (numeric) {
    line->setAlignment(Qt::AlignRight);
    line->setFont(tabularFont(line->font()));
    line->setMaximumWidth(120);
    line->setMinimumWidth(96);
  }
  connect(line, &QLineEdit::textEdited, this, &FieldRow::touched);
  row->addWidget(line, numeric ? 0 : 1);
  if (!m_field.unit.isEmpty()) {
    auto* unit = new QLabel(m_field.unit, holder);
    unit->setForegroundRole(QPalette::PlaceholderText);
    row->addWidget(unit);
  }
  if (numeric) row->addStretch(1);
  m_input = line;
  holder->setFocusProxy(line);
  return holder;
}

QWidget* FieldRow::makeChoice(QWidget* parent) {
  auto* box = new QComboBox(parent);
  box->setEditable(m_field.typed);
  for (const auto& [value, label] : m_field.choices) box->addItem(label, value);
  if (m_field.typed) {
    connect(box->lineEdit(), &QLineEdit::textEdited, this, &FieldRow::touched);
    box->setInsertPolicy(QComboBox::NoInsert);
  }
  connect(box, &QComboBox::currentIndexChanged, this, &FieldRow::touched);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(20);
  return m_input = box;
}

QWidget* FieldRow::makeTargets(QWidget* parent) {
  auto* holder = new QWidget(parent);
  auto* grid = new QGridLayout(holder);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(kSpaceSmall);
  int place = 0;
  for (const char* target : kTargets) {
    const QString name = QString::fromLatin1(target);
    auto* box = new QCheckBox(name.chopped(5), holder);
    box->setProperty("target", name);
    box->setObjectName(QStringLiteral("target_") + name);
    box->setAccessibleName(tr("Train %1").arg(name));
    box->setToolTip(name);
    connect(box, &QCheckBox::toggled, this, &FieldRow::touched);
    grid->addWidget(box, place / 4, place % 4);
    ++place;
  }
  m_input = holder;
  return holder;
}

QWidget* FieldRow::makeFolder(QWidget* parent) {
  QWidget* holder = makeLine(parent);
  auto* button = new QToolButton(holder);
  button->setObjectName(QString::fromLatin1(m_field.name) + QStringLiteral("Browse"));
  button->setIcon(icon(QStringLiteral("folder-open")));
  button->setToolTip(tr("Choose a folder…"));
  button->setAccessibleName(tr("Choose %1").arg(m_field.label));
  connect(button, &QToolButton::clicked, this, &FieldRow::browse);
  holder->layout()->addWidget(button);
  return holder;
}

void FieldRow::browse() {
  auto* line = qobject_cast<QLineEdit*>(m_input);
  const QString start = line->text();
  const QString folder =
      pickFolder ? pickFolder(start)
                 : QFileDialog::getExistingDirectory(m_editor->window(), m_field.label, start);
  if (folder.isEmpty()) return;
  line->setText(folder);
  touched();
}

void FieldRow::place(QGridLayout& grid, int row) {
  grid.addWidget(m_label, row, 0, m_field.kind == Kind::Targets ? Qt::AlignTop : Qt::AlignVCenter);
  grid.addWidget(m_editor, row, 1);
  grid.addWidget(m_reset, row, 2, Qt::AlignTop);
  grid.addWidget(m_error, row + 1, 1, 1, 2);
}

std::optional<Json> FieldRow::value() const {
  if (!problem().isEmpty()) return std::nullopt;
  switch (m_field.kind) {
    case Kind::Choice: {
      const auto* box = qobject_cast<const QComboBox*>(m_input);
      const int known = box->isEditable() ? box->findText(box->currentText()) : box->currentIndex();
      return Json(
          fromQt(known >= 0 ? box->itemData(known).toString() : box->currentText().trimmed()));
    }
    case Kind::Flag:
      return Json(qobject_cast<const QCheckBox*>(m_input)->isChecked());
    case Kind::Targets: {
      Json targets = Json::array();
      for (const auto* box : m_input->findChildren<QCheckBox*>())
        if (box->isChecked()) targets.push_back(fromQt(box->property("target").toString()));
      return targets;
    }
    case Kind::Text:
    case Kind::Folder:
      return Json(fromQt(qobject_cast<const QLineEdit*>(m_input)->text().trimmed()));
    case Kind::Whole:
    case Kind::Real:
      break;
  }
  const QString text = qobject_cast<const QLineEdit*>(m_input)->text().trimmed();
  if (text.isEmpty()) return Json(0);
  return parseTyped(text, m_field.kind);
}

void FieldRow::setValue(const Json& value) {
  m_setting = true;
  switch (m_field.kind) {
    case Kind::Choice: {
      auto* box = qobject_cast<QComboBox*>(m_input);
      const QString text = value.is_string() ? toQt(value.get<std::string>()) : QString();
      const int known = box->findData(text);
      if (known >= 0)
        box->setCurrentIndex(known);
      else if (box->isEditable())
        box->setEditText(text);
      break;
    }
    case Kind::Flag:
      qobject_cast<QCheckBox*>(m_input)->setChecked(value.is_boolean() && value.get<bool>());
      break;
    case Kind::Targets:
      for (auto* box : m_input->findChildren<QCheckBox*>()) {
        const auto name = fromQt(box->property("target").toString());
        box->setChecked(std::find(value.begin(), value.end(), name) != value.end());
      }
      break;
    case Kind::Text:
    case Kind::Folder:
      qobject_cast<QLineEdit*>(m_input)->setText(value.is_string() ? toQt(value.get<std::string>())
                                                                   : QString());
      break;
    case Kind::Whole:
    case Kind::Real:
      qobject_cast<QLineEdit*>(m_input)->setText(!m_field.empty.isEmpty() && value.is_number() &&
                                                         value.get<double>() == 0
                                                     ? QString()
                                                     : typedNumber(value));
      break;
  }
  m_setting = false;
  refresh();
}

void FieldRow::setBaseline(const Json& baseline) {
  m_baseline = baseline;
  refresh();
}

bool FieldRow::changedFromBaseline() const {
  const auto now = value();
  return !now || *now != m_baseline;
}

QString FieldRow::problem() const {
  if (m_field.kind == Kind::Targets) {
    const auto boxes = m_input->findChildren<QCheckBox*>();
    if (std::none_of(boxes.begin(), boxes.end(), [](auto* box) { return box->isChecked(); }))
      return tr("Tick at least one: nothing would be trained.");
    return {};
  }
  if (m_field.kind == Kind::Choice && m_field.typed &&
      qobject_cast<const QComboBox*>(m_input)->currentText().trimmed().isEmpty())
    return tr("Choose one, or type a file's path.");
  if (m_field.kind != Kind::Whole && m_field.kind != Kind::Real) return {};
  const QString text = qobject_cast<const QLineEdit*>(m_input)->text().trimmed();
  if (text.isEmpty() && !m_field.empty.isEmpty()) return {};
  const auto parsed = parseTyped(text, m_field.kind);
  const double number = parsed ? parsed->get<double>() : 0;
  if (parsed && number >= m_field.least && number <= m_field.most) return {};
  return (m_field.kind == Kind::Whole ? tr("A whole number from %1 to %2 is needed.")
                                      : tr("A number from %1 to %2 is needed."))
      .arg(limitText(m_field.least), limitText(m_field.most));
}

QString FieldRow::fullProblem() const {
  const QString wrong = problem();
  return wrong.isEmpty() ? wrong : QStringLiteral("%1: %2").arg(m_field.label, wrong);
}

int FieldRow::labelWidth() const {
  QFont bold = m_label->font();
  bold.setBold(true);
  return QFontMetrics(bold).horizontalAdvance(m_label->text());
}

void FieldRow::setEnabled(bool enabled, const QString& reason) {
  m_editor->setEnabled(enabled);
  m_editor->setToolTip(enabled || reason.isEmpty() ? m_field.tip : reason);
  m_input->setToolTip(m_editor->toolTip());
  m_label->setEnabled(enabled);
}

void FieldRow::touched() {
  if (m_setting) return;
  refresh();
  Q_EMIT edited();
}

void FieldRow::refresh() {
  const QString wrong = problem();
  m_error->setText(wrong);
  m_error->setVisible(!wrong.isEmpty());
  // On a change of theme the application's palette is new before the widgets' own are.
  QPalette red = m_error->palette();
  red.setColor(QPalette::WindowText, badColour(QApplication::palette()));
  m_error->setPalette(red);
  const bool changed = changedFromBaseline();
  m_reset->setVisible(changed);
  if (changed) {
    const QString before = m_field.kind == Kind::Whole || m_field.kind == Kind::Real
                               ? typedNumber(m_baseline)
                               : QString();
    m_reset->setToolTip(before.isEmpty() ? tr("Back to the preset's value")
                                         : tr("Back to the preset's %1").arg(before));
  }
  // The mark is bold type, so that it shows without colour.
  QWidget* marked = m_field.kind == Kind::Flag ? m_input : static_cast<QWidget*>(m_label);
  QFont font = marked->font();
  font.setBold(changed);
  marked->setFont(font);
}

}  // namespace wordsight::ui
