// The window's actions, menu, command palette, dropped files and remembered layout.

#include <QAction>
#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QToolButton>
#include <QUndoStack>
#include <QUrl>

#include "shell/about_dialog.h"
#include "shell/command_palette.h"
#include "shell/main_window.h"
#include "shell/page_switcher.h"
#include "shell/preferences_dialog.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"

namespace wordsight::ui {

namespace {

constexpr QSize kFirstSize(1280, 800);

/// One of a dialog's kind at a time, brought forward when asked for again.
template <class Dialog, class... Arguments>
void showOne(QWidget* parent, Arguments&&... arguments) {
  if (auto* open = parent->findChild<Dialog*>()) {
    open->raise();
    open->activateWindow();
    return;
  }
  auto* dialog = new Dialog(std::forward<Arguments>(arguments)..., parent);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->show();
}

}  // namespace

QAction* MainWindow::add(const char* name, const QString& iconName, const QString& text,
                         const QString& tip, const QKeySequence& keys, std::function<void()> run) {
  auto* action = new QAction(icon(iconName), text, this);
  action->setObjectName(QLatin1String(name));
  action->setToolTip(tip);
  if (!keys.isEmpty()) action->setShortcut(keys);
  connect(action, &QAction::triggered, this, std::move(run));
  addAction(action);
  m_actions.append(action);
  return action;
}

void MainWindow::makeActions() {
  add("openDemo", QStringLiteral("demo"), tr("Open the demo project"),
      tr("A toy world inside the program: the whole experiment in a minute"), {},
      [this] { openDemoProject(); });
  add("newProject", QStringLiteral("add"), tr("New project…"), tr("Make a project file"),
      QKeySequence::New, [this] {
        const QString path = QFileDialog::getSaveFileName(this, tr("New project"), QDir::homePath(),
                                                          tr("Wordsight projects (*.wordsight)"));
        if (!path.isEmpty()) newProjectAt(path);
      });
  add("openProject", QStringLiteral("folder-open"), tr("Open a project…"),
      tr("Open a project file"), QKeySequence::Open, [this] {
        const QString path = QFileDialog::getOpenFileName(
            this, tr("Open a project"), QDir::homePath(), tr("Wordsight projects (*.wordsight)"));
        if (!path.isEmpty()) openProjectFile(path);
      });
  add("closeProject", QStringLiteral("close"), tr("Close the project"),
      tr("Close the project; the window stays"), QKeySequence(QStringLiteral("Ctrl+W")),
      [this] { closeProject(); });
  for (int i = 0; i < kPageCount; ++i) {
    const auto id = static_cast<PageId>(i);
    add(qPrintable(QStringLiteral("showPage%1").arg(i + 1)), Page::iconName(id), Page::title(id),
        Page::description(id), QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1)),
        [this, id] { showPage(id); });
  }
  m_undo = add("undo", QStringLiteral("undo"), tr("Undo"), tr("Undo"), QKeySequence::Undo,
               [this] { m_session->undoStack().undo(); });
  m_redo = add("redo", QStringLiteral("redo"), tr("Redo"), tr("Redo"), QKeySequence::Redo,
               [this] { m_session->undoStack().redo(); });
  add("palette", QStringLiteral("command"), tr("Find a page or an action…"),
      tr("Every page and action by a few letters of its name"),
      QKeySequence(QStringLiteral("Ctrl+K")), [this] { paletteRequested(); });
  add("preferences", QStringLiteral("settings"), tr("Preferences…"),
      tr("Theme, language, folders with models, threads"), QKeySequence(QStringLiteral("Ctrl+,")),
      [this] { showOne<PreferencesDialog>(this, settings()); });
  add("lightTheme", QStringLiteral("sun"), tr("Light theme"), tr("Light colours"), {},
      [this] { settings().setTheme(ThemeChoice::Light); });
  add("darkTheme", QStringLiteral("moon"), tr("Dark theme"), tr("Dark colours"), {},
      [this] { settings().setTheme(ThemeChoice::Dark); });
  add("about", QStringLiteral("info"), tr("About Wordsight…"), tr("Version, licence, libraries"),
      {}, [this] { showOne<AboutDialog>(this); });
  add("quit", QStringLiteral("close"), tr("Quit"), tr("Close the window and end the program"),
      QKeySequence::Quit, [this] { close(); });
}

QAction* MainWindow::actionNamed(const QString& objectName) const {
  for (QAction* action : m_actions)
    if (action->objectName() == objectName) return action;
  return nullptr;
}

void MainWindow::makeMenu() {
  m_menu = new QMenu(this);
  m_menu->setObjectName(QStringLiteral("mainMenu"));
  m_menu->setToolTipsVisible(true);
  const auto put = [this](const char* name) {
    m_menu->addAction(actionNamed(QLatin1String(name)));
  };
  put("newProject");
  put("openProject");
  m_recentMenu = m_menu->addMenu(icon(QStringLiteral("clock")), tr("Recent projects"));
  put("openDemo");
  put("closeProject");
  m_menu->addSeparator();
  put("undo");
  put("redo");
  m_menu->addSeparator();
  put("palette");
  put("preferences");
  put("about");
  m_menu->addSeparator();
  put("quit");
  connect(m_menu, &QMenu::aboutToShow, this, [this] {
    m_recentMenu->clear();
    for (const QString& path : settings().recentProjects()) {
      QAction* action = m_recentMenu->addAction(QDir::toNativeSeparators(path));
      connect(action, &QAction::triggered, this, [this, path] { openProjectFile(path); });
    }
    m_recentMenu->setEnabled(!m_recentMenu->isEmpty());
  });
}

void MainWindow::menuRequested() {
  const auto* button = m_switcher->findChild<QToolButton*>(QStringLiteral("menuButton"));
  const QSize size = m_menu->sizeHint();
  m_menu->popup(button->mapToGlobal(QPoint(button->width(), button->height() - size.height())));
}

void MainWindow::paletteRequested() {
  QList<QAction*> actions;
  if (auto* page = qobject_cast<Page*>(m_stack->currentWidget())) actions = page->pageActions();
  actions += m_actions;
  m_palette->popUp(actions);
}

void MainWindow::updateActions() {
  const bool open = m_session != nullptr;
  actionNamed(QStringLiteral("closeProject"))->setEnabled(open);
  m_undo->setEnabled(open && m_session->undoStack().canUndo());
  m_redo->setEnabled(open && m_session->undoStack().canRedo());
  for (int i = 0; i < kPageCount; ++i) {
    const auto id = static_cast<PageId>(i);
    actionNamed(QStringLiteral("showPage%1").arg(i + 1))
        ->setEnabled(open || id == PageId::Overview || id == PageId::Models);
  }
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  QStringList paths;
  for (const QUrl& url : event->mimeData()->urls())
    if (url.isLocalFile()) paths << url.toLocalFile();
  event->acceptProposedAction();
  takeFiles(paths);
}

void MainWindow::takeFiles(const QStringList& paths) {
  if (paths.isEmpty()) return;
  for (const QString& path : paths)
    if (path.endsWith(QLatin1String(".wordsight"))) {
      openProjectFile(path);
      return;
    }
  if (!m_session) {
    m_messages->showMessage(MessageBar::Kind::Info,
                            tr("Open or make a project first; then drop %1 again.")
                                .arg(QFileInfo(paths[0]).fileName()));
    return;
  }
  if (auto* page = qobject_cast<Page*>(m_stack->currentWidget()); page && page->dropped(paths))
    return;
  // A folder is most likely one of pictures or models, a file one of scenarios.
  const QFileInfo first(paths[0]);
  const QDir inside(first.filePath());
  const bool model = first.isDir() && (inside.exists(QStringLiteral("config.json")) ||
                                       inside.exists(QStringLiteral("adapter_config.json")));
  const PageId id = model ? PageId::Models : first.isDir() ? PageId::Evaluate : PageId::Scenarios;
  if (Page* page = showPage(id); page && page->dropped(paths)) return;
  m_messages->showMessage(MessageBar::Kind::Warning,
                          tr("Nothing here can read %1. Scenarios come as JSONL, JSON or CSV; "
                             "pictures and models as folders.")
                              .arg(first.fileName()));
}

void MainWindow::restoreLayout() {
  const QByteArray geometry = settings().value(QStringLiteral("window/geometry")).toByteArray();
  if (geometry.isEmpty() || !restoreGeometry(geometry)) {
    const QSize room = screen() ? screen()->availableSize() : kFirstSize;
    resize(kFirstSize.boundedTo(room));
  }
}

void MainWindow::saveLayout() {
  settings().setValue(QStringLiteral("window/geometry"), saveGeometry());
}

}  // namespace wordsight::ui
