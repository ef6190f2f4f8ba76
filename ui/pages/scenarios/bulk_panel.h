#pragma once
#include <QPointer>
#include <QWidget>
#include <optional>
#include <stop_token>
#include <vector>

#include "bridge/session.h"
#include "jobs/bulk_edit.h"
#include "widgets/word_diff.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace wordsight::ui {

class ScenarioTable;

/// One decision or change for all that the table shows, or for the selection: first what would
/// happen, then one step that can be undone. A bar of one line; the preview unfolds above it.
class BulkPanel : public QWidget {
  Q_OBJECT
 public:
  explicit BulkPanel(ScenarioTable* table, QWidget* parent = nullptr);
  void setSession(Session* session);
  /// Other rows are selected or shown.
  void updateScope();
  /// Opens the preview of new orders for all that is shown.
  void startReshuffle();
  void startReplace();
  /// Scenarios changed by other means: an open preview looks again.
  void contentChanged();

 Q_SIGNALS:
  void failed(const QString& sentence);
  void newAsked();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  enum class Kind { None, Status, Reshuffle, Replace };
  void buildBar();
  void buildPreview();
  QWidget* buildWork();
  QWidget* buildReplaceForm();
  QToolButton* addButton(const QString& name, const QString& iconName, const QString& text,
                         const QString& tip);
  void start(Kind kind, ReviewStatus status = ReviewStatus::Accepted);
  void close();
  jobs::BulkSpec spec() const;
  void preview();
  void takePreview(const jobs::BulkPreview& preview);
  void showSummary(const jobs::BulkPreview& preview);
  void apply();
  void showChanges(const std::vector<WordDiff::Section>& sections);
  void setRunning(const QString& what);
  void showProgress(qint64 done, qint64 total);
  void done(int changed, bool undone);

  QPointer<Session> m_session;
  ScenarioTable* m_table;
  Kind m_kind = Kind::None;
  ReviewStatus m_status = ReviewStatus::Accepted;
  std::stop_source m_stop;
  std::optional<jobs::BulkSpec> m_previewed;
  bool m_running = false, m_applied = false;  // applied: the summary says what came of it

  QComboBox* m_scope;
  QList<QToolButton*> m_buttons;
  QToolButton* m_new;
  QWidget* m_preview;
  QLabel *m_title, *m_summary;
  QStackedWidget* m_forms;
  QLineEdit *m_find, *m_with;
  QCheckBox *m_matchCase, *m_wholeWords, *m_situation, *m_question, *m_options, *m_rationale,
      *m_category;
  QSpinBox* m_seed;
  WordDiff* m_changes;
  QPushButton *m_apply, *m_close, *m_stopBulk;
  QWidget* m_work;  // what is being written: how far, and a way to stop it
  QLabel* m_workText;
  QProgressBar* m_progress;
  QTimer* m_timer;
};

}  // namespace wordsight::ui
