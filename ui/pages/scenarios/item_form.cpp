#include "pages/scenarios/item_form.h"

#include <QComboBox>
#include <QCompleter>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStringListModel>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "models/scenarios/scenario_fixes.h"
#include "pages/scenarios/captions.h"
#include "pages/scenarios/option_rows.h"
#include "pages/scenarios/text_field.h"
#include "widgets/theme.h"

namespace wordsight::ui {

ItemForm::ItemForm(QWidget* parent)
    : QWidget(parent),
      m_options(new OptionRows(this)),
      m_none(new QComboBox(this)),
      m_category(new QLineEdit(this)),
      m_completer(new QCompleter(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  m_situation = addField(tr("Situation"), QStringLiteral("situation"), 3, 14);
  m_question = addField(tr("Question"), QStringLiteral("question"), 1, 4);
  column->addSpacing(kSpaceSmall);
  column->addWidget(caption(tr("Options, and the right one"), m_options));
  column->addWidget(m_options);
  m_rationale = addField(tr("Rationale"), QStringLiteral("rationale"), 2, 10);

  auto* last = new QHBoxLayout;
  last->setSpacing(kSpaceLarge);
  const auto pair = [last, this](const QString& text, QWidget* field, int stretch) {
    auto* box = new QVBoxLayout;
    box->setSpacing(kSpaceSmall);
    box->addWidget(caption(text, field));
    box->addWidget(field);
    last->addLayout(box, stretch);
    field->setAccessibleName(text);
  };
  m_category->setObjectName(QStringLiteral("category"));
  m_category->setToolTip(tr("A word for groups of scenarios; what others use is offered"));
  m_category->setMaxLength(500);
  m_completer->setModel(new QStringListModel(m_completer));
  m_completer->setCaseSensitivity(Qt::CaseInsensitive);
  m_completer->setFilterMode(Qt::MatchContains);
  m_category->setCompleter(m_completer);
  m_none->setObjectName(QStringLiteral("doingNothing"));
  m_none->setToolTip(tr("The option that means not to intervene, if there is one"));
  pair(tr("Category"), m_category, 2);
  pair(tr("Doing nothing is"), m_none, 1);
  column->addSpacing(kSpaceSmall);
  column->addLayout(last);

  const auto edited = [this] {
    if (!m_showing) Q_EMIT this->edited();
  };
  connect(m_category, &QLineEdit::textEdited, this, edited);
  connect(m_none, &QComboBox::activated, this, edited);
  connect(m_options, &OptionRows::edited, this, edited);
  connect(m_options, &OptionRows::refused, this, &ItemForm::refused);
  connect(m_options, &OptionRows::escaped, this, &ItemForm::escaped);
  connect(m_options, &OptionRows::addAsked, this, [this] {
    auto changed = content();
    changed.options.emplace_back();
    change(changed);
    m_options->field(m_options->count() - 1)->setFocus();
  });
  connect(m_options, &OptionRows::removeAsked, this,
          [this](int index) { change(withoutOption(content(), index)); });
  connect(m_options, &OptionRows::moveAsked, this,
          [this](int from, int to) { change(withOptionMoved(content(), from, to)); });
  for (auto* field : {m_situation, m_question, m_rationale}) {
    connect(field, &QPlainTextEdit::textChanged, this, edited);
    connect(field, &TextField::refused, this, &ItemForm::refused);
    connect(field, &TextField::escaped, this, &ItemForm::escaped);
  }
}

TextField* ItemForm::addField(const QString& text, const QString& name, int least, int most) {
  auto* field = new TextField(least, most, this);
  field->setObjectName(name);
  field->setAccessibleName(text);
  auto* column = static_cast<QVBoxLayout*>(layout());
  if (column->count() > 0) column->addSpacing(kSpaceSmall);
  column->addWidget(caption(text, field));
  column->addWidget(field);
  return field;
}

void ItemForm::fillNone(int count, int chosen) {
  m_none->clear();
  m_none->addItem(tr("No option"), -1);
  for (int i = 0; i < count; ++i) m_none->addItem(letterText(i), i);
  // One that points nowhere is shown as it is, so that the check below makes sense.
  if (chosen >= count) m_none->addItem(letterText(chosen), chosen);
  m_none->setCurrentIndex(std::max(0, m_none->findData(chosen)));
}

void ItemForm::setContent(const ScenarioContent& content) {
  m_showing = true;
  m_base = content;
  const auto show = [](TextField* field, const std::string& text) {
    if (field->bytes() != text || field->tooLong()) field->setBytes(text);
  };
  show(m_situation, content.situation);
  show(m_question, content.question);
  show(m_rationale, content.rationale);
  if (m_options->options() != content.options) m_options->setOptions(content.options, content.key);
  m_options->setKey(content.key);
  if (m_category->text() != toQt(content.category)) m_category->setText(toQt(content.category));
  m_category->setCursorPosition(0);
  fillNone(static_cast<int>(content.options.size()), content.nonIntervention);
  m_showing = false;
}

ScenarioContent ItemForm::content() const {
  ScenarioContent content;
  content.situation = m_situation->bytes();
  content.question = m_question->bytes();
  content.rationale = m_rationale->bytes();
  content.options = m_options->options();
  content.key = m_options->key();
  // A key beyond the options has no letter to be marked; it stays until one is chosen.
  if (content.key < 0 && m_base.key >= static_cast<int>(content.options.size()))
    content.key = m_base.key;
  content.category = m_category->text() == toQt(m_base.category).left(m_category->maxLength())
                         ? m_base.category
                         : fromQt(m_category->text().trimmed());
  content.nonIntervention = m_none->currentData().toInt();
  return content;
}

void ItemForm::change(const ScenarioContent& content) {
  m_showing = true;
  m_situation->replaceAll(content.situation);
  m_question->replaceAll(content.question);
  m_rationale->replaceAll(content.rationale);
  m_options->changeOptions(content.options, content.key);
  fillNone(static_cast<int>(content.options.size()), content.nonIntervention);
  m_showing = false;
  Q_EMIT edited();
}

void ItemForm::setKey(int key) {
  if (key < 0 || key >= m_options->count() || key == m_options->key()) return;
  m_options->setKey(key);
  Q_EMIT edited();
}

int ItemForm::optionCount() const { return m_options->count(); }

void ItemForm::setLocked(bool locked) {
  for (auto* field : {m_situation, m_question, m_rationale}) field->setLocked(locked);
  m_options->setLocked(locked);
  m_category->setReadOnly(locked);
  m_none->setEnabled(!locked);
}

void ItemForm::setCategories(const QStringList& categories) {
  auto* model = static_cast<QStringListModel*>(m_completer->model());
  if (model->stringList() != categories) model->setStringList(categories);
}

void ItemForm::focusText() {
  m_situation->setFocus();
  m_situation->moveCursor(QTextCursor::End);
}

bool ItemForm::tooLong() const {
  if (m_situation->tooLong() || m_question->tooLong() || m_rationale->tooLong()) return true;
  for (int i = 0; i < m_options->count(); ++i)
    if (m_options->field(i)->tooLong()) return true;
  return false;
}

void ItemForm::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    event->accept();
    Q_EMIT escaped();
    return;
  }
  QWidget::keyPressEvent(event);
}

}  // namespace wordsight::ui
