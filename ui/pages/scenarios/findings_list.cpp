#include "pages/scenarios/findings_list.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

FindingsList::FindingsList(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
  m_column->setContentsMargins(0, 0, 0, 0);
  m_column->setSpacing(kSpace);
  setObjectName(QStringLiteral("findings"));
  build();
}

void FindingsList::setLines(const std::vector<Line>& lines) {
  if (lines == m_lines) return;
  m_lines = lines;
  build();
}

void FindingsList::build() {
  while (auto* item = m_column->takeAt(0)) {
    // A button may be the one that is just being pressed.
    if (QWidget* old = item->widget()) {
      old->hide();
      old->deleteLater();
    }
    delete item;
  }
  if (m_lines.empty()) {
    auto* fine = new QLabel(tr("Nothing found."), this);
    fine->setObjectName(QStringLiteral("noFindings"));
    m_column->addWidget(fine);
  }
  for (int i = 0; i < static_cast<int>(m_lines.size()); ++i) m_column->addWidget(lineWidget(i));
}

QWidget* FindingsList::lineWidget(int index) {
  const Line& line = m_lines[static_cast<std::size_t>(index)];
  auto* box = new QWidget(this);
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpace);
  auto* sign = new QLabel(box);
  const QColor colour = line.error ? badColour(palette()) : warnColour(palette());
  sign->setPixmap(icon(line.error ? QStringLiteral("error") : QStringLiteral("warning"), colour)
                      .pixmap(QSize(16, 16), devicePixelRatioF()));
  sign->setToolTip(line.error ? tr("Error: unfit for training") : tr("Warning: worth a look"));
  sign->setAccessibleName(sign->toolTip());
  row->addWidget(sign, 0, Qt::AlignTop);
  auto* text = new QLabel(line.message, box);
  text->setObjectName(QStringLiteral("finding-") + line.code);
  text->setTextFormat(Qt::PlainText);
  text->setWordWrap(true);
  text->setToolTip(line.hint);
  row->addWidget(text, 1);
  if (!line.fix.isEmpty()) {
    auto* button = new QPushButton(line.fix, box);
    button->setObjectName(QStringLiteral("fix-") + line.code);
    button->setToolTip(line.hint);
    button->setAutoDefault(false);
    row->addWidget(button, 0, Qt::AlignTop);
    connect(button, &QPushButton::clicked, this, [this, index] { Q_EMIT fixAsked(index); });
  }
  return box;
}

void FindingsList::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) build();
}

}  // namespace wordsight::ui
