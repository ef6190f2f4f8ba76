#pragma once
#include <QPointer>
#include <QWidget>
#include <functional>

class QListWidget;
class QToolButton;

namespace wordsight::ui {

class MessageBar;
class ModelCatalog;
class Session;
class Settings;

/// The folders that are looked through: all of them, one a row with what was found there. A row
/// that is chosen narrows the page to its folder.
class FolderList : public QWidget {
  Q_OBJECT
 public:
  FolderList(ModelCatalog& catalog, Settings& settings, QWidget* parent = nullptr);
  void setSession(Session* session);
  /// Whether counts take in what trainings saved on their way.
  void setCheckpoints(bool shown);
  /// The folder of the chosen row; empty: all.
  QString current() const;
  void addFolder(const QString& folder);
  /// Opens the folder dialog, or what stands in for it.
  void askForFolder();
  /// Adds Hugging Face's cache, if there is one.
  void addHub();
  const QString& hubFolder() const { return m_hub; }
  /// Instead of the folder dialog: gets where to start, gives a folder or nothing.
  void setFolderPicker(std::function<QString(const QString& start)> picker);

 Q_SIGNALS:
  void currentChanged(const QString& folder);
  /// It is known now whether there is such a cache.
  void hubLookedUp();

 private:
  void build();
  void fill();
  void removeCurrent();
  void offerHub();
  int countIn(const QString& folder) const;
  QString problemOf(const QString& folder) const;

  ModelCatalog& m_catalog;
  Settings& m_settings;
  QPointer<Session> m_session;
  QListWidget* m_list;
  QToolButton *m_add, *m_remove, *m_rescan;
  MessageBar* m_offer;
  QAction* m_addHub;
  QString m_hub;  // where Hugging Face keeps its downloads; empty: nowhere
  bool m_checkpoints = false;
  bool m_filling = false;
  std::function<QString(const QString&)> m_picker;
};

}  // namespace wordsight::ui
