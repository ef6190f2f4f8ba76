#pragma once
#include <QStringList>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace wordsight::ui {

/// The command lines that do the same as the button.
class CommandPanel : public QWidget {
  Q_OBJECT
 public:
  explicit CommandPanel(QWidget* parent = nullptr);
  void setCommands(const QStringList& commands);

 private:
  QLabel* m_head;
  QPlainTextEdit* m_text;
  QPushButton* m_copy;
};

}  // namespace wordsight::ui
