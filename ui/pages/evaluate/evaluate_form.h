#pragma once
#include <QWidget>
#include <functional>

#include "jobs/model_jobs.h"
#include "widgets/model_chooser.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace wordsight::ui {

class Settings;

/// Which model is asked, and how: everything of an evaluation but the benchmark and the cell.
class EvaluateForm : public QWidget {
  Q_OBJECT
 public:
  EvaluateForm(ModelCatalog& catalog, Settings& settings, QWidget* parent = nullptr);

  ModelChooser& model() const { return *m_model; }
  ModelChooser& adapter() const { return *m_adapter; }
  QString baseName() const;
  QString tunedName() const;
  /// Without benchmark and command.
  jobs::EvaluationSpec spec(bool tuned, Arm arm) const;
  /// As it was at first; another project is open.
  void clear();
  /// Takes over what an evaluation was made with.
  void setSpec(const jobs::EvaluationSpec& spec);
  /// The demo's small model was made for a wording of its own: chosen until somebody chooses
  /// otherwise.
  void setBenchmark(const QString& name);
  /// Folders and files come from here instead of dialogs.
  void setFilePicker(std::function<QString(const QString& start)> picker);

 Q_SIGNALS:
  void changed();

 private:
  void buildChoosers();
  void buildSettings();
  void buildGenerate();
  void addRow(QFormLayout* form, const QString& label, QWidget* field, const QString& name,
              const QString& tip);
  void showGenerate();
  void browsePrompt();

  Settings& m_settings;
  ModelChooser *m_model, *m_adapter;
  QLineEdit *m_baseName, *m_tunedName;
  QComboBox *m_scoring, *m_prompt, *m_shifts, *m_precision;
  QSpinBox *m_limit, *m_batch, *m_maxTokens, *m_seed;
  QDoubleSpinBox* m_temperature;
  QWidget* m_generate;
  bool m_touched = false, m_setting = false;
  std::function<QString(const QString&)> m_pickFile;
};

}  // namespace wordsight::ui
