#pragma once
#include <QTimer>
#include <QWidget>
#include <vector>

#include "bridge/session.h"
#include "pages/train/curve_feed.h"

class QLabel;
class QLineEdit;
class QTableView;
class QToolButton;

namespace wordsight::ui {

class Settings;
class TrainingListModel;

/// The project's trainings: one is looked at, others are ticked so that their curves lie beside it.
class TrainingsPanel : public QWidget {
  Q_OBJECT
 public:
  TrainingsPanel(Settings& settings, QWidget* parent = nullptr);
  void setSession(Session* session);
  TrainingListModel& model() const { return *m_model; }
  /// Chooses a run as soon as it is in the list, or without it when it is in none.
  void choose(RunId run);
  RunId chosen() const { return m_chosen; }
  /// The ticked ones, oldest first; also those that the filter hides.
  std::vector<CurveFeed::Shown> overlays() const;

 Q_SIGNALS:
  void chosenChanged(wordsight::RunId run, const QString& title);
  void overlaysChanged();
  /// The list was read: whether there is any training.
  void refreshed();
  void failed(const QString& sentence);

 private:
  void build();
  void rowChosen(const QModelIndex& index);
  void listRefreshed();
  void showNote();

  Settings& m_settings;
  TrainingListModel* m_model;
  QLineEdit* m_filter;
  QTableView* m_table;
  QToolButton* m_untick;
  QLabel* m_note;
  QTimer m_typing;
  RunId m_chosen, m_wanted;
  bool m_resetting = false;
};

}  // namespace wordsight::ui
