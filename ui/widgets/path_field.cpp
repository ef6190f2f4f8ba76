#include "widgets/path_field.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QToolButton>

#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

QString droppedPath(const QMimeData* data) {
  const auto urls = data->urls();
  return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

}  // namespace

PathField::PathField(Kind kind, const QString& title, const QString& filter, QWidget* parent)
    : QWidget(parent), m_line(new QLineEdit(this)), m_browse(new QToolButton(this)) {
  m_picker = [this, kind, title, filter](const QString& start) {
    return kind == Kind::Folder ? QFileDialog::getExistingDirectory(this, title, start)
                                : QFileDialog::getOpenFileName(this, title, start, filter);
  };
  m_line->setObjectName(QStringLiteral("pathLine"));
  m_line->setAccessibleName(title);
  m_line->installEventFilter(this);
  m_browse->setObjectName(QStringLiteral("pathBrowse"));
  m_browse->setIcon(
      icon(kind == Kind::Folder ? QStringLiteral("folder-open") : QStringLiteral("file")));
  m_browse->setToolTip(title);
  m_browse->setAccessibleName(title);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpaceSmall);
  row->addWidget(m_line, 1);
  row->addWidget(m_browse);
  setFocusProxy(m_line);
  connect(m_browse, &QToolButton::clicked, this, &PathField::browse);
  connect(m_line, &QLineEdit::textChanged, this, [this] {
    m_line->setToolTip(path());
    Q_EMIT pathChanged(path());
  });
}

QString PathField::path() const {
  const QString text = m_line->text().trimmed();
  return text.isEmpty() ? text : QDir::cleanPath(text);
}

void PathField::setPath(const QString& path) { m_line->setText(path); }

void PathField::setPlaceholder(const QString& text) { m_line->setPlaceholderText(text); }

void PathField::setPicker(std::function<QString(const QString&)> picker) {
  m_picker = std::move(picker);
}

void PathField::browse() {
  const QString start = path().isEmpty() ? QDir::homePath() : QFileInfo(path()).path();
  if (const QString chosen = m_picker(start); !chosen.isEmpty()) setPath(chosen);
}

bool PathField::eventFilter(QObject* watched, QEvent* event) {
  // A line edit would take a dropped file as the text of its address.
  if (event->type() == QEvent::DragEnter || event->type() == QEvent::Drop) {
    auto* drop = static_cast<QDropEvent*>(event);
    const QString path = droppedPath(drop->mimeData());
    if (path.isEmpty()) return QWidget::eventFilter(watched, event);
    drop->acceptProposedAction();
    if (event->type() == QEvent::Drop) setPath(path);
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace wordsight::ui
