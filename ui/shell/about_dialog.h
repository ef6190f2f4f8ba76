#pragma once
#include <QDialog>

namespace wordsight::ui {

/// Version, licence, and the libraries that the program stands on.
class AboutDialog : public QDialog {
  Q_OBJECT
 public:
  explicit AboutDialog(QWidget* parent = nullptr);
};

}  // namespace wordsight::ui
