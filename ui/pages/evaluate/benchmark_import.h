#pragma once
#include <QFrame>

#include "jobs/data_jobs.h"

class QLineEdit;
class QPushButton;

namespace wordsight::ui {

class MessageBar;
class PathField;

/// The form that brings a benchmark into the project: annotation file, pictures, name.
class BenchmarkImport : public QFrame {
  Q_OBJECT
 public:
  explicit BenchmarkImport(QWidget* parent = nullptr);
  void setAnnotations(const QString& file);
  void setPictures(const QString& folder);
  PathField& annotations() const { return *m_annotations; }
  PathField& pictures() const { return *m_pictures; }
  void showError(const QString& sentence);
  /// While a job reads, nothing can be asked for twice.
  void setBusy(bool busy);

 Q_SIGNALS:
  void importAsked(const wordsight::jobs::BenchmarkSpec& spec);
  void cancelled();

 private:
  void suggestName();
  void refresh();
  PathField *m_annotations, *m_pictures;
  QLineEdit* m_name;
  QPushButton *m_import, *m_cancel;
  MessageBar* m_message;
  bool m_named = false, m_busy = false;
};

}  // namespace wordsight::ui
