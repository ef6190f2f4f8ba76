#pragma once
#include <QDialog>

class QComboBox;
class QListWidget;
class QSpinBox;

namespace wordsight::ui {

class Settings;

/// Preferences: not modal, every change holds at once; nothing to confirm.
class PreferencesDialog : public QDialog {
  Q_OBJECT
 public:
  explicit PreferencesDialog(Settings& settings, QWidget* parent = nullptr);

 private:
  void addAppearance(class QFormLayout* form);
  void addFolders(class QFormLayout* form);
  void listFolders();
  Settings& m_settings;
  QComboBox *m_theme, *m_language, *m_numbers;
  QSpinBox* m_threads;
  QListWidget* m_folders;
};

}  // namespace wordsight::ui
