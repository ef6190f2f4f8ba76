#pragma once
#include <QPointer>
#include <QWidget>

#include "bridge/session.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace wordsight::ui {

class MessageBar;
class ModelCatalog;
class ModelChooser;
class PathField;

/// Adds an adapter into its model's weights: a new folder, made by a job.
class MergePanel : public QWidget {
  Q_OBJECT
 public:
  explicit MergePanel(ModelCatalog& catalog, QWidget* parent = nullptr);
  void setSession(Session* session);
  void setModel(const QString& folder);
  void setAdapter(const QString& folder);
  ModelChooser& model() const { return *m_model; }
  ModelChooser& adapter() const { return *m_adapter; }
  PathField& out() const { return *m_out; }

 Q_SIGNALS:
  void closed();
  void merged(const QString& folder);

 private:
  void build();
  void suggestOut();
  void refresh();
  void start();
  void ended(quint64 number, RunStatus status, const QString& error);

  ModelCatalog& m_catalog;
  QPointer<Session> m_session;
  ModelChooser *m_model, *m_adapter;
  PathField* m_out;
  QComboBox* m_precision;
  QLabel *m_detail, *m_why;
  QProgressBar* m_progress;
  QPushButton *m_start, *m_stop, *m_close;
  MessageBar* m_message;
  quint64 m_job = 0;
  QString m_target;       // where the running job writes
  bool m_ownOut = false;  // the folder was typed, not suggested
};

}  // namespace wordsight::ui
