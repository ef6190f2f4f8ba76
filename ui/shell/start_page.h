#pragma once
#include <QWidget>

class QAction;
class QListWidget;
class QVBoxLayout;

namespace wordsight::ui {

class Settings;

/// What the window shows while no project is open: three ways to begin, recent projects, and that
/// files can be dropped.
class StartPage : public QWidget {
  Q_OBJECT
 public:
  StartPage(Settings& settings, const QList<QAction*>& beginnings, QWidget* parent = nullptr);

 Q_SIGNALS:
  void projectChosen(const QString& path);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void listRecent();
  void dress();
  Settings& m_settings;
  QListWidget* m_recent;
  QWidget* m_recentPart;
  class QLabel *m_logo, *m_subtitle, *m_hint;
};

}  // namespace wordsight::ui
