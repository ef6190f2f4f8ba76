#pragma once
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include "bridge/session.h"
#include "models/evaluations/prompt_preview.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace wordsight::ui {

class MessageBar;

/// One item as the model gets it, word for word; one walks through the items.
class PromptPanel : public QWidget {
  Q_OBJECT
 public:
  explicit PromptPanel(QWidget* parent = nullptr);
  void setSession(Session* session);
  /// What the form says now; read when the panel is seen.
  void setQuestion(const QString& benchmark, const QString& prompt, const QString& model);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void build();
  void ask();
  void show(const PromptPreview& preview);
  void step(int by);

  QPointer<Session> m_session;
  PreviewRequest m_request;
  QComboBox *m_arm, *m_shift;
  QToolButton *m_back, *m_next;
  QLabel *m_place, *m_key, *m_note;
  QPlainTextEdit* m_text;
  MessageBar* m_message;
  QTimer m_delay;
  LatestQuery m_query;
};

}  // namespace wordsight::ui
