#pragma once
#include <QAbstractTableModel>
#include <QColor>
#include <QPointer>
#include <functional>
#include <map>
#include <vector>

#include "bridge/session.h"
#include "store/run_repository.h"

namespace wordsight::ui {

/// The project's trainings, newest first, read in the background and kept up with what happens. A
/// tick in the first column asks for a run's curves beside those of the chosen one.
class TrainingListModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Name, Status, Loss, Started, kColumns };
  enum Role { RunRole = Qt::UserRole + 1, StatusRole };
  explicit TrainingListModel(QObject* parent = nullptr);
  void setSession(Session* session);
  /// Part of a name, note or tag; empty: all.
  void setFilter(const QString& text);
  const QString& filter() const { return m_filter; }
  /// The mark in front of a run that is in view; null: none. Called by data().
  void setSwatch(std::function<QVariant(RunId)> swatch);
  void swatchesChanged();

  const store::RunRow& row(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
  const store::RunRow* find(RunId run) const;
  int rowOf(RunId run) const;
  /// With their titles; also those that the filter hides.
  const std::map<RunId, QString>& ticked() const { return m_ticked; }
  void setTicked(RunId run, bool ticked);
  void untickAll();
  /// The file was read at least once.
  bool known() const { return m_known; }
  /// More trainings than are listed.
  bool cut() const { return m_cut; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

  /// "12 · model on dataset"
  static QString title(const Run& run);

 Q_SIGNALS:
  /// Rows came, went or changed; after the model's own signals.
  void refreshed();
  void tickedChanged();
  void failed(const QString& sentence);

 private:
  void refresh();
  void take(std::vector<store::RunRow> rows);
  void progressed(quint64 number);
  QString statusOf(const store::RunRow& row) const;
  QString lossText(const Run& run) const;

  QPointer<Session> m_session;
  LatestQuery m_query;
  QString m_filter;
  std::vector<store::RunRow> m_rows;
  std::map<RunId, QString> m_ticked;
  std::map<RunId, double> m_live;  // newest loss of what runs
  std::function<QVariant(RunId)> m_swatch;
  bool m_known = false, m_cut = false;
};

}  // namespace wordsight::ui
