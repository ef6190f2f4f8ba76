#pragma once
#include <QList>
#include <QVariantMap>
#include <QWidget>

#include "bridge/session.h"
#include "bridge/settings.h"

class QAction;

namespace wordsight::ui {

class ModelCatalog;

enum class PageId { Overview, Scenarios, Train, Evaluate, Compare, Runs, Models };
constexpr int kPageCount = 7;

/// What every page gets and none owns. Outlives the pages.
struct Services {
  Settings& settings;
  ModelCatalog& models;
};

/// One page of the window. Made once, when it is first shown; told which project is open (or that
/// none is) by setSession; asks the project only through Session::database() and changes it through
/// jobs, Database::write or undo commands. Pages do not know each other: they ask the window to go
/// elsewhere by navigate().
class Page : public QWidget {
  Q_OBJECT
 public:
  Page(PageId id, Services services, QWidget* parent = nullptr);
  PageId id() const { return m_id; }
  /// Of a page's name in the switcher and the command palette, translated.
  static QString title(PageId id);
  static QString iconName(PageId id);
  static QString description(PageId id);

  /// The open project, or null. The old one is about to be destroyed when another comes: let go of
  /// everything that belongs to it.
  void setSession(Session* session);
  Session* session() const { return m_session; }

  /// The window gives a page its room. What a page would like is not asked: that would lay out all
  /// of its panels each time.
  bool hasHeightForWidth() const override { return false; }
  QSize sizeHint() const override { return {816, 560}; }
  QSize minimumSizeHint() const override { return {}; }

  /// Goes to something on this page: {"run": 12}, {"scenario": 5}, {"text": "…"}, {"runs": [3, 4]},
  /// {"panel": "datasets"}. tests/arch/check_links.py holds what pages send against what they know.
  virtual void open(const QVariantMap& what) { Q_UNUSED(what) }
  /// What the command palette offers while this page is there. Actions have text, tooltip, icon and
  /// a shortcut where there is one.
  virtual QList<QAction*> pageActions() const { return {}; }
  /// Called when the page comes to the front and when it goes to the back: refresh lazily.
  virtual void shown() {}
  virtual void hiddenAway() {}
  /// Files or folders dropped on the window while this page is in front; true: taken.
  virtual bool dropped(const QStringList& paths) {
    Q_UNUSED(paths)
    return false;
  }
  /// Text that was typed and not yet saved is saved (or put away) now; called before a project
  /// closes.
  virtual void flush() {}

 Q_SIGNALS:
  /// "runs", {"run": 3}: the window shows that page and calls its open().
  void navigate(wordsight::ui::PageId page, const QVariantMap& what);
  /// A sentence that belongs to no place on the page: the window shows it above all.
  void errorRaised(const QString& sentence);

 protected:
  /// After m_session changed; old signals are disconnected already.
  virtual void sessionChanged() {}
  Settings& settings() const { return m_services.settings; }
  Services services() const { return m_services; }

 private:
  PageId m_id;
  Services m_services;
  Session* m_session = nullptr;
};

}  // namespace wordsight::ui
