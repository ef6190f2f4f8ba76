#pragma once
#include <QTimer>
#include <QWidget>
#include <functional>
#include <optional>

#include "bridge/model_catalog.h"

class QComboBox;
class QLabel;
class QStandardItemModel;
class QToolButton;

namespace wordsight::ui {

/// Chooses a model folder: from those that were found, by typing or dropping a path, or by a folder
/// dialog. A line below says what lies there, or plainly why it cannot be used. The folder is read
/// in the background; model() is empty until that is done.
class ModelChooser : public QWidget {
  Q_OBJECT
 public:
  enum class Kind { Base, Adapter, OptionalAdapter };
  ModelChooser(ModelCatalog& catalog, Kind kind, QWidget* parent = nullptr);
  ~ModelChooser() override;

  /// As typed or chosen, cleaned of surrounding spaces; empty: none.
  QString folder() const;
  void setFolder(const QString& folder);
  /// What was read in folder(): nothing while that is not known, or when no model lies there.
  const std::optional<jobs::ModelFolder>& model() const { return m_model; }
  /// A model of the right kind without problems; for OptionalAdapter also no folder at all.
  bool usable() const;
  /// Why it is not usable; empty when it is, or while the folder is being read.
  QString problem() const { return m_problem; }
  /// For adapters: the base that they are to be used with; others are warned about.
  void setBase(const QString& folder);
  /// Instead of the folder dialog: gets where to start, gives the folder or nothing.
  void setFolderPicker(std::function<QString(const QString& start)> picker);

 Q_SIGNALS:
  /// Another folder, at once (while typing: after a moment).
  void folderChanged(const QString& folder);
  /// model(), usable() or problem() changed.
  void described();

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void build();
  void fill();
  void read();
  void settle(const QString& folder, const Result<jobs::ModelFolder>& answer);
  void judge();
  void browse();
  bool accepts(const jobs::ModelFolder& model) const;
  QString misfit() const;
  QString summary() const;
  void showNote();

  ModelCatalog& m_catalog;
  Kind m_kind;
  QComboBox* m_combo;
  QToolButton* m_browse;
  QLabel *m_mark, *m_note;
  QStandardItemModel* m_list;
  QTimer m_typing;
  QString m_told;                        // the folder that folderChanged() named last
  QString m_base, m_problem, m_failure;  // m_failure: why nothing could be read
  std::optional<jobs::ModelFolder> m_model;
  bool m_reading = false, m_filling = false;
  quint64 m_question = 0;
  std::function<QString(const QString&)> m_picker;
};

}  // namespace wordsight::ui
