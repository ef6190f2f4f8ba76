#include "pages/evaluate/benchmark_import.h"

#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/path_field.h"
#include "widgets/theme.h"

namespace wordsight::ui {

BenchmarkImport::BenchmarkImport(QWidget* parent)
    : QFrame(parent),
      m_annotations(new PathField(PathField::Kind::File, tr("Choose the annotation file"),
                                  tr("Annotations (*.json);;All files (*)"), this)),
      m_pictures(new PathField(PathField::Kind::Folder, tr("Choose the folder of pictures"),
                               QString(), this)),
      m_name(new QLineEdit(this)),
      m_import(new QPushButton(icon(QStringLiteral("import")), tr("Import"), this)),
      m_cancel(new QPushButton(tr("Close"), this)),
      m_message(new MessageBar(this)) {
  m_annotations->setObjectName(QStringLiteral("benchmarkAnnotations"));
  m_annotations->setPlaceholder(tr("JSON file in VIVA's form; it may be dropped here"));
  m_pictures->setObjectName(QStringLiteral("benchmarkPictures"));
  m_pictures->setPlaceholder(tr("Optional; pictures can be joined later"));
  m_name->setObjectName(QStringLiteral("benchmarkName"));
  m_name->setAccessibleName(tr("Name of the benchmark"));
  m_name->setToolTip(tr("What it is called in this project"));
  m_name->setMaxLength(80);
  m_import->setObjectName(QStringLiteral("benchmarkImport"));
  m_import->setToolTip(tr("Read the file, repair what can be repaired, and report the rest"));
  m_import->setDefault(true);
  m_cancel->setObjectName(QStringLiteral("benchmarkImportClose"));
  m_cancel->setToolTip(tr("Close this form"));
  auto* form = new QFormLayout;
  form->setSpacing(kSpace);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("Annotations"), m_annotations);
  form->addRow(tr("Pictures"), m_pictures);
  form->addRow(tr("Name"), m_name);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(kSpace);
  buttons->addStretch();
  buttons->addWidget(m_cancel);
  buttons->addWidget(m_import);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace);
  column->addWidget(m_message);
  column->addLayout(form);
  column->addLayout(buttons);
  connect(m_annotations, &PathField::pathChanged, this, [this] {
    suggestName();
    refresh();
  });
  connect(m_pictures, &PathField::pathChanged, this, &BenchmarkImport::refresh);
  connect(m_name, &QLineEdit::textChanged, this, &BenchmarkImport::refresh);
  connect(m_name, &QLineEdit::textEdited, this, [this] { m_named = true; });
  connect(m_cancel, &QPushButton::clicked, this, &BenchmarkImport::cancelled);
  connect(m_import, &QPushButton::clicked, this, [this] {
    m_message->clear();
    jobs::BenchmarkSpec spec;
    spec.name = fromQt(m_name->text().trimmed());
    spec.annotations = fromQt(m_annotations->path());
    spec.images = fromQt(m_pictures->path());
    Q_EMIT importAsked(spec);
  });
  refresh();
}

/// "viva_annotation.json" → "viva": the file's name without the words that every such file has.
void BenchmarkImport::suggestName() {
  if (m_named) return;
  QString name = QFileInfo(m_annotations->path()).completeBaseName().toLower();
  static const QRegularExpression kNoise(
      QStringLiteral("[-_ ]*(annotations?|items|test|data(set)?|benchmark)[-_ ]*"));
  const QString bare = QString(name).remove(kNoise);
  m_name->setText(bare.isEmpty() ? name : bare);
}

void BenchmarkImport::setAnnotations(const QString& file) { m_annotations->setPath(file); }
void BenchmarkImport::setPictures(const QString& folder) { m_pictures->setPath(folder); }

void BenchmarkImport::showError(const QString& sentence) { m_message->showError(sentence); }

void BenchmarkImport::setBusy(bool busy) {
  m_busy = busy;
  if (busy) m_message->clear();
  refresh();
}

void BenchmarkImport::refresh() {
  m_import->setEnabled(!m_busy && !m_annotations->path().isEmpty() &&
                       !m_name->text().trimmed().isEmpty());
  m_import->setText(m_busy ? tr("Reading…") : tr("Import"));
}

}  // namespace wordsight::ui
