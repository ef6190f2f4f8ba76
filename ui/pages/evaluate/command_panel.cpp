#include "pages/evaluate/command_panel.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

CommandPanel::CommandPanel(QWidget* parent)
    : QWidget(parent),
      m_head(new QLabel(this)),
      m_text(new QPlainTextEdit(this)),
      m_copy(new QPushButton(icon(QStringLiteral("copy")), tr("Copy"), this)) {
  m_head->setWordWrap(true);
  m_text->setObjectName(QStringLiteral("commandText"));
  m_text->setAccessibleName(tr("Commands"));
  m_text->setReadOnly(true);
  m_text->setTabChangesFocus(true);
  m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  m_copy->setObjectName(QStringLiteral("copyCommands"));
  m_copy->setToolTip(tr("Copy all lines"));
  m_copy->setAutoDefault(false);
  connect(m_copy, &QPushButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
  auto* row = new QHBoxLayout;
  row->addWidget(m_head, 1);
  row->addWidget(m_copy);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, kSpace, 0, 0);
  column->setSpacing(kSpace);
  column->addLayout(row);
  column->addWidget(m_text, 1);
  setCommands({});
}

void CommandPanel::setCommands(const QStringList& commands) {
  m_head->setText(commands.isEmpty()
                      ? tr("Tick cells to see the commands that ask the same on a terminal.")
                      : tr("The ticked cells on a terminal:"));
  m_copy->setEnabled(!commands.isEmpty());
  if (const QString text = commands.join(u'\n'); text != m_text->toPlainText())
    m_text->setPlainText(text);
}

}  // namespace wordsight::ui
