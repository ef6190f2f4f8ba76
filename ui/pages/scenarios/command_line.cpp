#include "pages/scenarios/command_line.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

CommandLine::CommandLine(const QString& name, QWidget* parent)
    : QWidget(parent), m_line(new QLineEdit(this)), m_copy(new QToolButton(this)) {
  m_line->setObjectName(name + QStringLiteral("Text"));
  m_line->setReadOnly(true);
  m_line->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  m_line->setAccessibleName(tr("Command that does the same"));
  m_copy->setObjectName(name + QStringLiteral("Copy"));
  m_copy->setIcon(icon(QStringLiteral("copy")));
  m_copy->setAutoRaise(true);
  m_copy->setToolTip(tr("Copy the command"));
  m_copy->setAccessibleName(m_copy->toolTip());
  connect(m_copy, &QToolButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(command()); });
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpaceSmall);
  row->addWidget(m_line, 1);
  row->addWidget(m_copy);
  setFocusProxy(m_line);
}

void CommandLine::setCommand(const QString& command) {
  m_line->setText(command);
  m_line->setCursorPosition(0);
  m_line->setToolTip(command);
}

QString CommandLine::command() const { return m_line->text(); }

}  // namespace wordsight::ui
