#pragma once
#include <QMainWindow>
#include <QPointer>
#include <QTimer>
#include <array>
#include <functional>
#include <memory>

#include "pages/common/page.h"
#include "shell/project_opener.h"

class QAction;
class QMenu;
class QStackedWidget;

namespace wordsight::ui {

class CommandPalette;
class JobStrip;
class MessageBar;
class PageSwitcher;
class SingleInstance;
class StartPage;

/// Makes a page when it is first shown.
using PageFactory = std::function<Page*(PageId, Services, QWidget*)>;

/// The one window: pages at the centre, the switcher at the left, jobs at the bottom. Owns the open
/// project. Closing it (or the project) while jobs run asks first, lets them save what they have,
/// and remembers what is to go on next time.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  MainWindow(Services services, PageFactory pages, QWidget* parent = nullptr);
  ~MainWindow() override;

  Session* session() const { return m_session.get(); }
  Page* page(PageId id) const { return m_pages[static_cast<std::size_t>(id)]; }
  /// Makes the page if need be and brings it to the front.
  Page* showPage(PageId id, const QVariantMap& what = {});
  /// From now on makes pages that nobody asked for yet, one at a time while nothing else is to do:
  /// then they are there at once when somebody does.
  void preparePages();
  const QList<QAction*>& windowActions() const { return m_actions; }
  QAction* actionNamed(const QString& objectName) const;

 public Q_SLOTS:
  void openProjectFile(const QString& path);
  void openDemoProject();
  void newProjectAt(const QString& path);
  void closeProject();
  void showError(const QString& sentence);

 Q_SIGNALS:
  /// After a project was opened, closed (null) or could not be opened.
  void sessionChanged(wordsight::ui::Session* session);
  void openFailed(const QString& sentence);

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  Settings& settings() const { return m_services.settings; }
  Page* pageMade(PageId id);
  void prepareNext();
  void makeActions();
  QAction* add(const char* name, const QString& icon, const QString& text, const QString& tip,
               const QKeySequence& keys, std::function<void()> run);
  void makeMenu();
  void arrange();
  void restoreLayout();
  void saveLayout();
  void arrived(const QString& path, Result<OpenedProject> opened, bool demo);
  void adopt(OpenedProject opened, bool demo);
  void welcome(const OpenedProject& opened, bool demo);
  void dropSession();
  /// Runs `then` once no job runs: at once, or after the person agreed to stop them.
  void whenIdle(const QString& question, std::function<void()> then);
  void stopAndThen(bool resumeNext, std::function<void()> then);
  void updateTitle();
  void lookForFile();
  void updateActions();
  void paletteRequested();
  void menuRequested();
  void takeFiles(const QStringList& paths);

  Services m_services;
  PageFactory m_factory;
  std::unique_ptr<Session> m_session;
  std::array<Page*, kPageCount> m_pages{};
  PageId m_current = PageId::Overview;
  QList<QAction*> m_actions;
  QAction *m_undo = nullptr, *m_redo = nullptr;
  QMenu *m_menu = nullptr, *m_recentMenu = nullptr;
  PageSwitcher* m_switcher;
  QStackedWidget* m_stack;
  StartPage* m_start = nullptr;
  MessageBar* m_messages;
  JobStrip* m_strip;
  CommandPalette* m_palette;
  SingleInstance* m_instance;
  QTimer m_look;  // whether the project file is still there
  QTimer m_prepare;
  bool m_preparing = false;
  bool m_fileGone = false;
  bool m_opening = false, m_closing = false, m_stopping = false;
};

}  // namespace wordsight::ui
