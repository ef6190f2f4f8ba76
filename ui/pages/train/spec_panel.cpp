#include "pages/train/spec_panel.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "widgets/icons.h"
#include "widgets/panel_layout.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kTypingPause = 300;
/// Of what is typed or pasted; a spec has 1 kB.
constexpr qsizetype kMostText = 100'000;
}  // namespace

SpecPanel::SpecPanel(QWidget* parent)
    : QWidget(parent), m_editor(new QPlainTextEdit(this)), m_problem(new QLabel(this)) {
  auto* column = new PanelLayout(this);
  column->setContentsMargins(kSpaceLarge, kSpace, kSpaceLarge, kSpace);
  column->setSpacing(kSpaceSmall);
  m_editor->setObjectName(QStringLiteral("specEditor"));
  m_editor->setAccessibleName(tr("All settings as JSON"));
  m_editor->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  m_editor->setTabChangesFocus(true);
  m_editor->setLineWrapMode(QPlainTextEdit::NoWrap);
  m_problem->setObjectName(QStringLiteral("specProblem"));
  m_problem->setWordWrap(true);
  m_problem->setTextFormat(Qt::PlainText);
  auto* row = new QHBoxLayout;
  auto* hint = new QLabel(tr("Everything that decides what is computed. Edit it here, or paste the "
                             "settings of another training."),
                          this);
  hint->setWordWrap(true);
  hint->setForegroundRole(QPalette::PlaceholderText);
  auto* copy = new QToolButton(this);
  copy->setObjectName(QStringLiteral("copySpec"));
  copy->setIcon(icon(QStringLiteral("copy")));
  copy->setToolTip(tr("Copy all settings"));
  copy->setAccessibleName(copy->toolTip());
  copy->setAutoRaise(true);
  connect(copy, &QToolButton::clicked, this, [this] {
    const auto cursor = m_editor->textCursor();
    m_editor->selectAll();
    m_editor->copy();
    m_editor->setTextCursor(cursor);
  });
  row->addWidget(hint, 1);
  row->addWidget(copy, 0, Qt::AlignTop);
  column->addLayout(row);
  column->addWidget(m_editor, 1);
  column->addWidget(m_problem);
  m_typing.setSingleShot(true);
  m_typing.setInterval(kTypingPause);
  connect(&m_typing, &QTimer::timeout, this, &SpecPanel::readEditor);
  connect(m_editor, &QPlainTextEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
  say({});
}

void SpecPanel::setSpec(const jobs::TrainingSpec& spec) {
  // What is being typed is not replaced under the cursor: neither while it is wrong, nor by the
  // same settings written in another way.
  if (m_typing.isActive() || (m_editor->hasFocus() && m_editor->toPlainText() != m_shown)) return;
  const QString text = toQt(dumpJsonPretty(jobs::toJson(spec))).trimmed();
  if (text == m_shown && m_editor->toPlainText() == text) return;
  m_shown = text;
  const QSignalBlocker quiet(m_editor);
  m_editor->setPlainText(text);
  say({});
}

void SpecPanel::readEditor() {
  const QString text = m_editor->toPlainText();
  if (text == m_shown) return say({});
  if (text.size() > kMostText) return say(tr("This is too long for the settings of a training."));
  auto json = parseJson(fromQt(text), "Settings");
  if (!json) return say(toQt(json.error().message));
  auto spec = jobs::trainingSpecFromJson(*json);
  if (!spec) return say(toQt(spec.error().message));
  say({});
  Q_EMIT specEdited(*spec);
}

void SpecPanel::say(const QString& problem) {
  m_problem->setText(problem);
  m_problem->setVisible(!problem.isEmpty());
  QPalette red = m_problem->palette();
  red.setColor(QPalette::WindowText, badColour(palette()));
  m_problem->setPalette(red);
}

}  // namespace wordsight::ui
