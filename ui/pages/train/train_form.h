#pragma once
#include <QString>
#include <QWidget>
#include <functional>
#include <vector>

#include "jobs/model_jobs.h"
#include "pages/common/page.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QToolButton;

namespace wordsight::ui {

class FieldRow;
class ModelChooser;

/// A dataset as the form offers it.
struct DatasetChoice {
  std::string name;
  std::int64_t train = 0, eval = 0;
  bool operator==(const DatasetChoice&) const = default;
};

/// Everything that decides a training: model, dataset, preset, the few settings that matter, and
/// the rest under "More". Values that differ from the preset are marked and can be set back one by
/// one. The form never loses what was typed; problem() says what keeps the training from starting.
class TrainForm : public QWidget {
  Q_OBJECT
 public:
  explicit TrainForm(ModelCatalog& models, QWidget* parent = nullptr);

  /// With what is valid in the form; what is not has the value it had before.
  const jobs::TrainingSpec& spec() const { return m_spec; }
  void setSpec(const jobs::TrainingSpec& spec);
  /// The first thing that is wrong, as a sentence; empty: the training can start.
  QString problem() const;
  void setDatasets(const std::vector<DatasetChoice>& datasets);
  void chooseDataset(const QString& name);
  void chooseModel(const QString& folder);
  /// To start from; empty: a fresh adapter.
  void chooseAdapter(const QString& folder);
  /// Puts the cursor to the first thing that is wrong.
  void focusProblem();

 Q_SIGNALS:
  void changed();
  /// The person asks for a dataset where there is none.
  void datasetWanted();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void buildHead(QGridLayout& grid);
  void buildRows(QGridLayout& grid);
  void addGroup(QGridLayout& grid, const QString& title);
  void buildMore(QGridLayout& grid);
  void addInit(QGridLayout& grid);
  void presetChosen();
  void rowsFromSpec();
  void takeOver();
  void showDatasetNote();
  void showMore(bool open);
  void restyle();
  FieldRow* row(const char* name) const;

  jobs::TrainingSpec m_spec;
  std::vector<DatasetChoice> m_datasets;
  std::vector<FieldRow*> m_rows;
  std::vector<FieldRow*> m_moreRows;
  QString m_wrong;  // a check of all settings together
  ModelChooser *m_model, *m_init;
  QComboBox *m_dataset, *m_preset;
  QLabel *m_datasetNote, *m_presetNote;
  QToolButton* m_more;
  QWidget* m_morePart;
  bool m_setting = false, m_datasetsKnown = false;
};

}  // namespace wordsight::ui
