#pragma once
#include <QWidget>

#include "jobs/data_jobs.h"

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;
class QToolButton;

namespace wordsight::ui {

class ModelCatalog;
class ModelChooser;
class PathField;
class Settings;

/// What to generate: who writes, by which strategy, how many. Remembers what was chosen last.
class GenerateForm : public QWidget {
  Q_OBJECT
 public:
  GenerateForm(ModelCatalog& models, Settings& settings, QWidget* parent = nullptr);

  jobs::SynthesisSpec spec() const;
  bool usesModel() const;
  /// Why it cannot start, as a sentence; empty: it can.
  QString problem() const;
  ModelChooser* modelChooser() const { return m_model; }
  QString promptFolder() const;
  void setPromptFolder(const QString& folder);
  /// The one strategy, or an empty text for the mix.
  QString strategy() const;
  std::uint64_t seed() const;

 Q_SIGNALS:
  void changed();

 private:
  void build();
  void buildMore();
  QWidget* named(QWidget* field, const char* name, const QString& text, const QString& tip);
  QWidget* addRow(const QString& text, QWidget* field, const QString& secondText = {},
                  QWidget* second = nullptr);
  void fillStrategies();
  void restore();
  void update();

  Settings& m_settings;
  QComboBox *m_generator, *m_strategy, *m_precision;
  ModelChooser* m_model;
  QSpinBox *m_count, *m_seed, *m_length;
  QDoubleSpinBox *m_temperature, *m_topP;
  PathField* m_prompts;
  QToolButton* m_more;
  QList<QWidget*> m_modelOnly, m_moreRows;  // what the demo's grammar does not ask for
};

}  // namespace wordsight::ui
