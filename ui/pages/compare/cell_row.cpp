#include "pages/compare/cell_row.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "models/compare/comparison_text.h"
#include "pages/compare/cells_bar.h"
#include "pages/compare/override_editor.h"
#include "widgets/elided_label.h"
#include "widgets/icons.h"
#include "widgets/letter_badge.h"
#include "widgets/probability_bars.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

// A raw answer is a line or a page; what is longer is cut for the label, which lays out all of it.
constexpr qsizetype kLongest = 4000;

QString cut(const QString& text) {
  return text.size() > kLongest ? text.left(kLongest) + QChar(0x2026) : text;
}

}  // namespace

CellRow::CellRow(QWidget* parent)
    : QWidget(parent),
      m_mark(new CellMark(this)),
      m_name(new ElidedLabel(this)),
      m_how(new ElidedLabel(this)),
      m_badge(new LetterBadge(this)),
      m_time(new QLabel(this)),
      m_details(new QLabel(this)),
      m_expand(new QToolButton(this)),
      m_override(new QToolButton(this)),
      m_bars(new ProbabilityBars(this)),
      m_column(new QVBoxLayout(this)) {
  m_column->setContentsMargins(0, kSpaceSmall, 0, kSpaceSmall);
  m_column->setSpacing(2);
  makeHead(m_column);
  m_bars->setObjectName(QStringLiteral("probabilities"));
  m_column->addWidget(m_bars);
  m_how->setObjectName(QStringLiteral("howRead"));
  m_how->setMuted(true);
  m_column->addWidget(m_how);
  m_details->setObjectName(QStringLiteral("answerDetails"));
  m_details->setTextFormat(Qt::PlainText);
  m_details->setWordWrap(true);
  m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  m_details->setContentsMargins(kSpace, kSpaceSmall, kSpace, kSpaceSmall);
  m_details->setAutoFillBackground(true);
  m_details->setBackgroundRole(QPalette::AlternateBase);
  m_details->hide();
  m_column->addWidget(m_details);
}

void CellRow::makeHead(QVBoxLayout* column) {
  QFont bold(font());
  bold.setWeight(QFont::DemiBold);
  m_name->setFont(bold);
  m_name->setObjectName(QStringLiteral("cellName"));
  m_badge->setObjectName(QStringLiteral("cellLetter"));
  m_time->setObjectName(QStringLiteral("cellTime"));
  m_time->setFont(tabularFont(m_time->font()));
  m_time->setForegroundRole(QPalette::PlaceholderText);
  m_expand->setObjectName(QStringLiteral("expandAnswer"));
  m_expand->setCheckable(true);
  m_expand->setAutoRaise(true);
  m_expand->setIcon(icon(QStringLiteral("eye")));
  m_expand->setToolTip(tr("Raw answer, and what the model was shown"));
  m_expand->setAccessibleName(m_expand->toolTip());
  connect(m_expand, &QToolButton::clicked, this, [this](bool on) {
    setExpanded(on);
    Q_EMIT expandedChanged(on);
  });
  m_override->setObjectName(QStringLiteral("overrideButton"));
  m_override->setAutoRaise(true);
  m_override->setIcon(icon(QStringLiteral("override")));
  connect(m_override, &QToolButton::clicked, this, &CellRow::beginOverride);
  setLocked({});

  auto* head = new QHBoxLayout;
  head->setSpacing(kSpaceSmall);
  head->addWidget(m_mark, 0, Qt::AlignVCenter);
  head->addWidget(m_name, 1);
  head->addWidget(m_badge);
  head->addWidget(m_time);
  head->addWidget(m_expand);
  head->addWidget(m_override);
  column->addLayout(head);
}

void CellRow::setLocked(const QString& reason) {
  m_override->setEnabled(reason.isEmpty());
  m_override->setToolTip(reason.isEmpty() ? tr("Say which option this answer means (O)") : reason);
  m_override->setAccessibleName(tr("Override"));
}

void CellRow::show(const ComparisonPtr& data, std::size_t cell, std::size_t item) {
  if (cell != m_cell || item != m_item) endOverride();
  m_data = data;
  m_cell = cell;
  m_item = item;
  const auto& scored = data->comparison.cells[cell];
  const auto& answer = scored.answers[item];
  const int key = data->comparison.items[item].content.key;
  m_mark->setStyle(data->cells[cell].style);
  m_name->setText(toQt(scored.name));
  m_badge->setLetter(answer.choice.option, scored.right[item] ? LetterBadge::Outcome::Right
                                                              : LetterBadge::Outcome::Wrong);
  m_time->setText(answer.milliseconds > 0 ? formatDuration(answer.milliseconds / 1000) : QString());
  m_time->setToolTip(tr("How long the answer took"));
  m_bars->setVisible(!answer.probabilities.empty());
  if (!answer.probabilities.empty())
    m_bars->setProbabilities(answer.probabilities, answer.choice.option, key);
  showHow();
  if (expanded()) showDetails();
}

const OverrideNote* CellRow::overrideNote() const {
  const auto& notes = m_data->cells[m_cell].overrides;
  const auto found = notes.find(m_item);
  return found == notes.end() ? nullptr : &found->second;
}

void CellRow::showHow() {
  const auto& answer = m_data->comparison.cells[m_cell].answers[m_item];
  m_badge->setToolTip(m_badge->toolTip() + u'\n' +
                      tr("Read by: %1").arg(ruleText(answer.choice.rule)));
  // The bars above say as much as the usual rule would: four answers fit without scrolling.
  m_how->setVisible(answer.overridden || answer.choice.rule != "logprob" ||
                    answer.probabilities.empty());
  if (!answer.overridden) {
    m_how->setText(tr("Read by: %1").arg(ruleText(answer.choice.rule)));
    return;
  }
  const OverrideNote* note = overrideNote();
  const QString person = note && !note->person.empty() ? toQt(note->person) : tr("a person");
  QString text = tr("Overridden by %1 (was %2)").arg(person, letterText(answer.byRule.option));
  if (note) text += QStringLiteral(", ") + formatTime(note->createdAt);
  if (note && !note->note.empty()) text += QStringLiteral(": ") + toQt(note->note);
  m_how->setText(text);
}

QString CellRow::shownToModel() const {
  const auto& record = m_data->cells[m_cell];
  const auto& item = m_data->comparison.items[m_item];
  if (record.recorded)
    return tr("Recorded from a file; the prompt is not known. By its arm: %1.")
        .arg(armText(record.arm));
  if (!record.prompt)
    return tr("The prompt's file is not there any more. By its arm: %1.").arg(armText(record.arm));
  QString text;
  for (const auto& message : renderQuestion(*record.prompt, item.content, record.arm, item.picture))
    for (const auto& part : message.parts)
      text += part.kind == ContentPart::Kind::Image ? tr("[picture]") : toQt(part.value);
  if (record.shifts > 1)
    text += u'\n' +
            tr("Asked %1 times, with the options moved on by one place each.").arg(record.shifts);
  return text;
}

void CellRow::showDetails() {
  const auto& answer = m_data->comparison.cells[m_cell].answers[m_item];
  QString text = tr("Raw answer:") + u'\n';
  text += answer.rawText.empty() ? tr("none: only the probabilities of the letters were asked for")
                                 : cut(toQt(answer.rawText));
  if (answer.overridden)
    text += QStringLiteral("\n\n") +
            tr("Read by rule: %1, %2")
                .arg(letterText(answer.byRule.option), ruleText(answer.byRule.rule));
  text += QStringLiteral("\n\n") + tr("Shown to the model:") + u'\n' + cut(shownToModel());
  m_details->setText(text);
}

void CellRow::setExpanded(bool expanded) {
  m_expand->setChecked(expanded);
  if (expanded && m_data) showDetails();
  m_details->setVisible(expanded);
}

bool CellRow::expanded() const { return m_expand->isChecked(); }

void CellRow::beginOverride() {
  if (!m_data || !m_override->isEnabled()) return;
  if (!m_editor) {
    m_editor = new OverrideEditor(this);
    m_editor->setObjectName(QStringLiteral("overrideEditor"));
    m_column->addWidget(m_editor);
    connect(m_editor, &OverrideEditor::cancelled, this, &CellRow::endOverride);
    connect(m_editor, &OverrideEditor::decided, this, [this](int option, const QString& note) {
      endOverride();
      Q_EMIT overrideDecided(m_cell, option, note);
    });
    connect(m_editor, &OverrideEditor::withdrawn, this, [this](const QString& note) {
      endOverride();
      Q_EMIT overrideWithdrawn(m_cell, note);
    });
  }
  const auto& item = m_data->comparison.items[m_item];
  const auto& answer = m_data->comparison.cells[m_cell].answers[m_item];
  const OverrideNote* note = overrideNote();
  m_editor->setVisible(true);
  m_editor->begin(static_cast<int>(item.content.options.size()), answer.choice.option,
                  note ? toQt(note->note) : QString(), answer.overridden);
}

bool CellRow::overriding() const { return m_editor && m_editor->isVisible(); }

void CellRow::endOverride() {
  if (!overriding()) return;
  const QWidget* focused = QApplication::focusWidget();
  const bool had = focused && m_editor->isAncestorOf(focused);
  m_editor->hide();
  if (had) Q_EMIT overrideClosed();
}

}  // namespace wordsight::ui
