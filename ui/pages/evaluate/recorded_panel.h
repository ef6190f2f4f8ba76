#pragma once
#include <QWidget>

#include "jobs/model_jobs.h"

class QComboBox;
class QLineEdit;
class QPushButton;

namespace wordsight::ui {

class MessageBar;
class PathField;

/// The form that takes over answers that somebody else's model gave.
class RecordedPanel : public QWidget {
  Q_OBJECT
 public:
  explicit RecordedPanel(QWidget* parent = nullptr);
  void setFile(const QString& file);
  PathField& file() const { return *m_file; }
  /// Why nothing can be imported now; empty: it can.
  void setObstacle(const QString& reason);
  void setBusy(bool busy);
  void showError(const QString& sentence);
  void showDone(const QString& sentence);

 Q_SIGNALS:
  /// Without benchmark.
  void importAsked(const wordsight::jobs::RecordedSpec& spec);

 private:
  void refresh();
  PathField* m_file;
  QLineEdit* m_name;
  QComboBox* m_arm;
  QPushButton* m_import;
  MessageBar* m_message;
  QString m_obstacle;
  bool m_named = false, m_busy = false;
};

}  // namespace wordsight::ui
