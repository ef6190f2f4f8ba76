#pragma once
#include <QWidget>

#include "pages/runs/run_facts.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace wordsight::ui {

class ElidedLabel;
class MessageBar;

/// One run whole: what came of it, its settings, its log, what it rests on, its command, and what a
/// person noted. Notes and tags are handed out when they are left, not while they are typed.
class RunDetails : public QWidget {
  Q_OBJECT
 public:
  explicit RunDetails(QWidget* parent = nullptr);
  void display(const RunFacts& facts, bool writable);
  void clear();
  /// Hands out a note or tags that were typed and not left yet.
  void flush();
  RunId run() const { return m_facts.run.id; }

 Q_SIGNALS:
  void markChanged(wordsight::RunId run, const QString& note, const QStringList& tags);
  void resumeClicked(wordsight::RunId run);
  void openClicked(wordsight::RunId run);
  void linkClicked(wordsight::RunId run);

 private:
  QWidget* makeHead();
  QWidget* makeNotes();
  void fillResult();
  void fillLinks();
  void copyCommand();

  RunFacts m_facts;
  ElidedLabel *m_title, *m_line;
  MessageBar* m_error;
  QPushButton *m_open, *m_resume, *m_copy;
  QTabWidget* m_tabs;
  QTreeWidget *m_result, *m_settings;
  QPlainTextEdit *m_log, *m_note;
  QLineEdit* m_tags;
  QListWidget* m_links;
};

}  // namespace wordsight::ui
