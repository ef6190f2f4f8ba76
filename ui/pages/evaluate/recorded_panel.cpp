#include "pages/evaluate/recorded_panel.h"

#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "models/evaluations/evaluation_list_model.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/path_field.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kFieldsWidth = 680;
}

RecordedPanel::RecordedPanel(QWidget* parent)
    : QWidget(parent),
      m_file(new PathField(PathField::Kind::File, tr("Choose the file of answers"),
                           tr("Answers (*.json *.jsonl);;All files (*)"), this)),
      m_name(new QLineEdit(this)),
      m_arm(new QComboBox(this)),
      m_import(new QPushButton(icon(QStringLiteral("import")), tr("Import answers"), this)),
      m_message(new MessageBar(this)) {
  auto* about = new QLabel(
      tr("Answers of a model that ran elsewhere become an evaluation of their own, to be compared "
         "like any other. The file is a JSON list of VIVA's items with predictions, or lines such "
         "as {\"index\": 12, \"text\": \"C. …\"}."),
      this);
  about->setWordWrap(true);
  about->setTextFormat(Qt::PlainText);
  m_file->setObjectName(QStringLiteral("recordedFile"));
  m_name->setObjectName(QStringLiteral("recordedName"));
  m_name->setAccessibleName(tr("Name of the model"));
  m_name->setToolTip(tr("What that model is called in tables and plots"));
  m_name->setMaxLength(80);
  m_arm->setObjectName(QStringLiteral("recordedArm"));
  m_arm->setAccessibleName(tr("What the model was given"));
  m_arm->setToolTip(tr("What the model was given when it answered"));
  for (const Arm arm : {Arm::Image, Arm::Caption, Arm::Blind})
    m_arm->addItem(EvaluationListModel::armText(arm), int(arm));
  m_import->setObjectName(QStringLiteral("recordedImport"));
  m_import->setAutoDefault(false);
  auto* form = new QFormLayout;
  form->setSpacing(kSpace);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("File"), m_file);
  form->addRow(tr("Name"), m_name);
  form->addRow(tr("Asked with"), m_arm);
  auto* buttons = new QHBoxLayout;
  buttons->addStretch();
  buttons->addWidget(m_import);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, kSpace, 0, 0);
  column->setSpacing(kSpace);
  column->addWidget(m_message);
  auto* fields = new QWidget(this);
  fields->setMaximumWidth(kFieldsWidth);
  auto* inner = new QVBoxLayout(fields);
  inner->setContentsMargins(0, 0, 0, 0);
  inner->setSpacing(kSpace);
  inner->addWidget(about);
  inner->addLayout(form);
  inner->addLayout(buttons);
  column->addWidget(fields);
  column->addStretch();
  connect(m_file, &PathField::pathChanged, this, [this](const QString& path) {
    if (!m_named) m_name->setText(QFileInfo(path).completeBaseName());
    refresh();
  });
  connect(m_name, &QLineEdit::textEdited, this, [this] { m_named = true; });
  connect(m_name, &QLineEdit::textChanged, this, &RecordedPanel::refresh);
  connect(m_import, &QPushButton::clicked, this, [this] {
    m_message->clear();
    jobs::RecordedSpec spec;
    spec.file = fromQt(m_file->path());
    spec.name = fromQt(m_name->text().trimmed());
    spec.arm = static_cast<Arm>(m_arm->currentData().toInt());
    Q_EMIT importAsked(spec);
  });
  refresh();
}

void RecordedPanel::setFile(const QString& file) { m_file->setPath(file); }

void RecordedPanel::setObstacle(const QString& reason) {
  m_obstacle = reason;
  refresh();
}

void RecordedPanel::setBusy(bool busy) {
  m_busy = busy;
  refresh();
}

void RecordedPanel::showError(const QString& sentence) { m_message->showError(sentence); }

void RecordedPanel::showDone(const QString& sentence) {
  m_message->showMessage(MessageBar::Kind::Good, sentence);
}

void RecordedPanel::refresh() {
  const bool complete = !m_file->path().isEmpty() && !m_name->text().trimmed().isEmpty();
  m_import->setEnabled(complete && !m_busy && m_obstacle.isEmpty());
  m_import->setToolTip(!m_obstacle.isEmpty() ? m_obstacle
                       : complete            ? tr("Join the answers to the benchmark's items")
                                             : tr("Choose a file and give it a name first"));
}

}  // namespace wordsight::ui
