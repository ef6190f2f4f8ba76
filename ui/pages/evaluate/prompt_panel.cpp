#include "pages/evaluate/prompt_panel.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "models/evaluations/evaluation_list_model.h"
#include "widgets/message_bar.h"
#include "widgets/theme.h"
#include "widgets/tool_buttons.h"

namespace wordsight::ui {

namespace {
constexpr int kDelayMilliseconds = 120;  // while somebody types a wording's name
constexpr int kMostShifts = 5;
}  // namespace

PromptPanel::PromptPanel(QWidget* parent)
    : QWidget(parent),
      m_arm(new QComboBox(this)),
      m_shift(new QComboBox(this)),
      m_place(new QLabel(this)),
      m_key(new QLabel(this)),
      m_note(new QLabel(this)),
      m_text(new QPlainTextEdit(this)),
      m_message(new MessageBar(this)) {
  build();
  m_delay.setSingleShot(true);
  m_delay.setInterval(kDelayMilliseconds);
  connect(&m_delay, &QTimer::timeout, this, &PromptPanel::ask);
  connect(m_arm, &QComboBox::currentIndexChanged, this, &PromptPanel::ask);
  connect(m_shift, &QComboBox::currentIndexChanged, this, &PromptPanel::ask);
  connect(m_back, &QToolButton::clicked, this, [this] { step(-1); });
  connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
}

void PromptPanel::build() {
  for (const Arm arm : {Arm::Caption, Arm::Image, Arm::Blind})
    m_arm->addItem(EvaluationListModel::armText(arm), int(arm));
  m_arm->setObjectName(QStringLiteral("previewArm"));
  m_arm->setToolTip(tr("How the item is asked"));
  m_arm->setAccessibleName(m_arm->toolTip());
  m_shift->addItem(tr("options as written"), 0);
  for (int shift = 1; shift < kMostShifts; ++shift)
    m_shift->addItem(tr("options moved on by %1").arg(shift), shift);
  m_shift->setObjectName(QStringLiteral("previewShift"));
  m_shift->setToolTip(tr("In which order the options stand"));
  m_shift->setAccessibleName(m_shift->toolTip());
  m_back =
      iconButton(QStringLiteral("previewBack"), QStringLiteral("left"), tr("Item before"), this);
  m_next =
      iconButton(QStringLiteral("previewNext"), QStringLiteral("right"), tr("Next item"), this);
  for (auto* button : {m_back, m_next}) button->setAutoRepeat(true);
  m_place->setObjectName(QStringLiteral("previewPlace"));
  m_key->setObjectName(QStringLiteral("previewKey"));
  m_note->setObjectName(QStringLiteral("previewNote"));
  m_note->setTextFormat(Qt::PlainText);
  m_note->setWordWrap(true);
  m_text->setObjectName(QStringLiteral("previewText"));
  m_text->setAccessibleName(tr("The prompt"));
  m_text->setReadOnly(true);
  m_text->setTabChangesFocus(true);
  m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpaceSmall);
  row->addWidget(m_back);
  row->addWidget(m_next);
  row->addWidget(m_place);
  row->addSpacing(kSpace);
  row->addWidget(m_arm);
  row->addWidget(m_shift);
  row->addStretch();
  row->addWidget(m_key);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, kSpace, 0, 0);
  column->setSpacing(kSpace);
  column->addLayout(row);
  column->addWidget(m_message);
  column->addWidget(m_text, 1);
  column->addWidget(m_note);
}

void PromptPanel::setSession(Session* session) {
  m_query.cancel();
  m_session = session;
  m_request.index = 0;
  m_text->clear();
  m_place->clear();
  m_key->clear();
  m_note->clear();
}

void PromptPanel::setQuestion(const QString& benchmark, const QString& prompt,
                              const QString& model) {
  const PreviewRequest before = m_request;
  if (fromQt(benchmark) != m_request.benchmark) m_request.index = 0;
  m_request.benchmark = fromQt(benchmark);
  m_request.prompt = fromQt(prompt);
  m_request.model = fromQt(model);
  const bool same = before.benchmark == m_request.benchmark && before.prompt == m_request.prompt &&
                    before.model == m_request.model;
  if (!same && isVisible()) m_delay.start();
}

void PromptPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  ask();
}

void PromptPanel::step(int by) {
  m_request.index += by;
  ask();
}

void PromptPanel::ask() {
  m_delay.stop();
  if (!m_session || m_request.benchmark.empty() || !isVisible()) return;
  m_request.arm = static_cast<Arm>(m_arm->currentData().toInt());
  m_request.shift = m_shift->currentData().toInt();
  m_query.ask(
      m_session->database(), this,
      [request = m_request](store::Connection& connection) {
        return loadPreview(connection, request);
      },
      [this](const Result<PromptPreview>& answer) {
        if (answer) {
          show(*answer);
        } else {
          m_message->showError(toQt(answer.error().message));
          m_text->clear();
        }
      });
}

void PromptPanel::show(const PromptPreview& preview) {
  m_message->clear();
  m_request.index = preview.index;
  m_text->setPlainText(toQt(preview.text));
  m_place->setText(tr("Item %1 (%2 of %3)")
                       .arg(preview.item)
                       .arg(formatCount(preview.index + 1), formatCount(preview.count)));
  m_key->setText(tr("Right: %1").arg(toQt(preview.key)));
  m_back->setEnabled(preview.index > 0);
  m_next->setEnabled(preview.index + 1 < preview.count);
  QStringList notes;
  if (!preview.note.empty()) notes << toQt(preview.note);
  if (!preview.asModel && preview.note.empty())
    notes << tr("Choose a model to see the marks that it puts between turns.");
  if (!preview.picture.empty()) notes << tr("Picture: %1").arg(toQt(preview.picture));
  m_note->setText(notes.join(u'\n'));
  m_note->setVisible(!notes.isEmpty());
}

}  // namespace wordsight::ui
