#pragma once
#include <QPointer>
#include <QWidget>
#include <functional>
#include <memory>

#include "bridge/session.h"
#include "synth/prompts.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace wordsight::ui {

/// The wording that asks a model for a scenario: as it is written, and as one attempt sends it. Its
/// version is the beginning of the text's hash. A copy to edit goes into a folder of one's own.
class PromptView : public QWidget {
  Q_OBJECT
 public:
  explicit PromptView(QWidget* parent = nullptr);
  void setSession(Session* session);
  /// Empty folder: the program's prompts; empty strategy: the first one.
  void showPrompt(const QString& folder, const QString& strategy, std::uint64_t seed);
  /// Instead of the folder dialog.
  void setPicker(std::function<QString()> picker) { m_picker = std::move(picker); }

 Q_SIGNALS:
  /// A copy lies there now.
  void copied(const QString& folder);
  void failed(const QString& sentence);

 private:
  void take(Result<synth::PromptSet> prompts);
  void describe();
  void copyToFolder();

  QPointer<Session> m_session;
  QString m_folder, m_strategy;
  std::uint64_t m_seed = 1;
  std::shared_ptr<const synth::PromptSet> m_prompts;
  QString m_loadedFolder;
  bool m_loaded = false;
  LatestQuery m_query;
  std::function<QString()> m_picker;
  QComboBox *m_which, *m_form;
  QLabel* m_version;
  QPlainTextEdit* m_text;
  QPushButton* m_copy;
};

/// Writes the files that readPromptSet() reads. Files that are there already are an error.
Status writePrompts(const synth::PromptSet& prompts, const std::filesystem::path& folder);

}  // namespace wordsight::ui
