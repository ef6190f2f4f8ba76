#pragma once
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <stop_token>

#include "bridge/session.h"
#include "jobs/train_preview.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QStackedLayout;
class QPlainTextEdit;
class QTabWidget;
class QToolButton;

namespace wordsight::ui {

class EmptyState;
class MessageBar;
class SpecPanel;
class TokenView;

/// What a training would do before it is started: what it costs, its first batch as the model sees
/// it, the command line that does the same, and all settings. Computed in the background; a new
/// question stops the one before.
class PreviewPanel : public QWidget {
  Q_OBJECT
 public:
  explicit PreviewPanel(QWidget* parent = nullptr);
  ~PreviewPanel() override;
  void setSession(Session* session);
  /// `problem`: why the training cannot start yet; then only the command and the settings are
  /// shown, and the sentence in place of the rest.
  void setSpec(const jobs::TrainingSpec& spec, const QString& problem);
  /// What is shown; null while there is none.
  const jobs::TrainPreview* preview() const { return m_preview.get(); }

 Q_SIGNALS:
  void specEdited(const wordsight::jobs::TrainingSpec& spec);
  /// preview() changed.
  void previewed();

 private:
  struct Fact {
    QLabel *value, *note;
  };
  void build();
  QWidget* buildFacts();
  Fact addFact(QGridLayout& grid, int place, const char* name, const QString& caption,
               const QString& tip);
  QWidget* buildBatch();
  QWidget* buildCommand();
  void ask(const jobs::TrainingSpec& spec);
  void arrived(Result<jobs::TrainPreview> preview);
  void fillFacts();
  void fillCost();
  void fillWarnings();
  void fillBatch();
  void showSample(int index);
  void clear(const QString& sentence);

  QPointer<Session> m_session;
  std::stop_source m_stop;
  std::unique_ptr<jobs::TrainPreview> m_preview;
  std::string m_asked;  // the settings that are shown or asked for
  Fact m_examples, m_steps, m_tokens, m_memory, m_time;
  MessageBar* m_message;
  QTabWidget* m_tabs;
  QLabel* m_state;
  QTimer m_busy;  // only what takes long is told about
  QComboBox* m_samples;
  QToolButton *m_previous, *m_next;
  TokenView* m_view;
  EmptyState* m_none;
  QStackedLayout* m_batch;
  QPlainTextEdit* m_command;
  SpecPanel* m_spec;
};

}  // namespace wordsight::ui
