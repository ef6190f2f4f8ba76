#pragma once
#include <QTimer>
#include <QWidget>

#include "jobs/model_jobs.h"

class QLabel;
class QPlainTextEdit;

namespace wordsight::ui {

/// All settings of a training as JSON, to copy or to edit. What is typed is taken over as soon as
/// it is valid; what is not stays in the editor with the sentence that says why.
class SpecPanel : public QWidget {
  Q_OBJECT
 public:
  explicit SpecPanel(QWidget* parent = nullptr);
  /// Shows the form's settings, unless it is being edited and does not read yet.
  void setSpec(const jobs::TrainingSpec& spec);

 Q_SIGNALS:
  void specEdited(const wordsight::jobs::TrainingSpec& spec);

 private:
  void readEditor();
  void say(const QString& problem);

  QPlainTextEdit* m_editor;
  QLabel* m_problem;
  QTimer m_typing;
  QString m_shown;  // what setSpec wrote last
};

}  // namespace wordsight::ui
