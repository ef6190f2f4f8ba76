#pragma once
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace wordsight::ui {

/// The command that would do the same: to be read, chosen and copied.
class CommandLine : public QWidget {
  Q_OBJECT
 public:
  /// `name`: its parts are called NAMEText and NAMECopy.
  explicit CommandLine(const QString& name, QWidget* parent = nullptr);
  void setCommand(const QString& command);
  QString command() const;

 private:
  QLineEdit* m_line;
  QToolButton* m_copy;
};

}  // namespace wordsight::ui
