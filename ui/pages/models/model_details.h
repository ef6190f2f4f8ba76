#pragma once
#include <QWidget>
#include <optional>

#include "jobs/model_scan.h"

class QGridLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;

namespace wordsight::ui {

class ElidedLabel;
class MessageBar;
class ModelCatalog;

/// Everything about one folder: what it is, what is wrong with it and what to do then, what it was
/// trained on, and what can be done with it.
class ModelDetailsPanel : public QWidget {
  Q_OBJECT
 public:
  explicit ModelDetailsPanel(ModelCatalog& catalog, QWidget* parent = nullptr);
  /// Reads the folder in the background; empty: nothing is chosen. `known` is shown at once.
  void setFolder(const QString& path, const jobs::ModelFolder* known = nullptr);
  /// Reads the same folder again.
  void reload();
  QString folder() const { return m_path; }
  /// What merging, training and evaluating lack; empty: nothing.
  void setObstacle(const QString& reason);
  /// The open project's file: runs of that project can be shown.
  void setProject(const QString& file);

 Q_SIGNALS:
  void evaluateAsked(const QString& folder);
  void trainAsked(const QString& folder);
  void mergeAsked(const QString& folder);
  void runAsked(qint64 run);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void build();
  void show(const jobs::ModelFolder& folder);
  void show(const jobs::ModelDetails& details);
  void showVanished(const QString& sentence);
  void clearRows();
  void addRow(const QString& label, const QString& value, const QString& tip = {});
  void addPath(const QString& label, const QString& path);
  void place(const QString& label, QWidget* value);
  void addOrigin(const jobs::ModelFolder& folder);
  void addShape(const jobs::ModelDetails& details);
  void addFiles(const jobs::ModelDetails& details);
  void refreshButtons();

  ModelCatalog& m_catalog;
  QString m_path, m_obstacle, m_project;
  std::optional<jobs::ModelFolder> m_folder;
  QLabel *m_title, *m_empty, *m_why;
  ElidedLabel* m_place;
  QWidget* m_body;
  MessageBar* m_message;
  QGridLayout* m_rows;
  QPushButton *m_evaluate, *m_train, *m_merge;
  QToolButton *m_reveal, *m_copy;
  quint64 m_question = 0;
  // What the rows say, so that the same is not laid out anew: of the folder, and of its details.
  std::string m_basic, m_shown;
};

}  // namespace wordsight::ui
