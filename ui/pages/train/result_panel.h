#pragma once
#include <QList>
#include <QScrollArea>
#include <memory>

#include "pages/train/training_record.h"

class QAction;
class QFormLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace wordsight::ui {

class BarPlot;
class ElidedLabel;
class ModuleHeat;

/// What came of a training, as its record says: numbers, which parts of the adapter moved how far,
/// what is proven of the base, and where the adapter lies, with the next steps.
class ResultPanel : public QScrollArea {
  Q_OBJECT
 public:
  explicit ResultPanel(QWidget* parent = nullptr);
  /// Null: nothing is known yet.
  void setRecord(std::shared_ptr<const TrainingRecord> record);
  /// The next steps, for the command palette; each is enabled while its button is.
  const QList<QAction*>& stepActions() const { return m_stepActions; }

 Q_SIGNALS:
  void evaluateWanted(const QString& model, const QString& adapter);
  void compareWanted(const QString& model, const QString& adapter);
  void mergeWanted(const QString& model, const QString& adapter);
  void settingsWanted();
  /// Something could not be done, or was: a sentence.
  void said(const QString& sentence);

 private:
  void build();
  QWidget* buildAdapter(QWidget* parent);
  QWidget* buildModules(QWidget* parent);
  QWidget* buildSteps(QWidget* parent);
  void addStepAction(const char* name, QPushButton* button, const QString& text);
  QLabel* addNumber(QFormLayout& form, const char* name, const QString& label, const QString& tip);
  void fillNumbers();
  void fillChanges();
  void fillModules();
  void fillAdapter();
  void openFolder();
  QString adapter() const;
  QString model() const;

  std::shared_ptr<const TrainingRecord> m_record;
  QLabel *m_steps, *m_examples, *m_tokens, *m_loss, *m_heldOut, *m_probe, *m_speed, *m_time,
      *m_memory;
  QLabel *m_base, *m_adapterNote;
  BarPlot* m_norms;
  QWidget* m_modules;
  ModuleHeat* m_heat;
  QLabel* m_strongest;
  ElidedLabel* m_folder;
  QToolButton *m_open, *m_copy;
  QPushButton *m_evaluate, *m_compare, *m_merge, *m_again;
  QList<QAction*> m_stepActions;
};

}  // namespace wordsight::ui
