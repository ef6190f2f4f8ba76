#pragma once
#include <QAbstractTableModel>
#include <QCache>
#include <QPointer>
#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "bridge/session.h"
#include "models/scenarios/list_change.h"
#include "models/scenarios/scenario_line.h"

namespace wordsight::ui {

/// Which scenarios a table shows, in which order.
struct ScenarioView {
  store::ScenarioFilter filter;
  std::optional<std::vector<ScenarioId>> only;  // exactly these; then the filter does not count
};

/// All scenarios of a view as one table, however many: their ids come by one question, rows in
/// blocks around what is looked at, both away from the window's thread. A refresh keeps every
/// scenario's identity: it comes as insertions and removals where these are few, else as a reset
/// (listAboutToChange and listChanged stand around either). Lives on the window's thread.
class ScenarioTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column {
    StatusColumn,
    SituationColumn,
    KeyColumn,
    StrategyColumn,
    CategoryColumn,
    IssuesColumn,
    GeneratorColumn,
    ChangedColumn,
    ColumnCount
  };
  enum Role { IdRole = Qt::UserRole + 1, StatusRole, IssuesRole, LoadedRole };

  explicit ScenarioTableModel(QObject* parent = nullptr);

  /// Null: the table becomes empty.
  void setSession(Session* session);
  const ScenarioView& view() const { return m_view; }
  /// Shows something else; answers to former questions count no more. `keep`: the scenario around
  /// which rows are fetched first.
  void setView(const ScenarioView& view, ScenarioId keep = {});
  /// Asks again; rows keep showing what they showed until the answer.
  void refresh(ScenarioId keep = {});
  /// The same, a few times a second at most: while scenarios arrive.
  void refreshSoon();
  /// Whether the first answer for the view is still to come.
  bool loading() const { return m_loading; }

  ScenarioId idAt(int row) const;
  int rowOf(ScenarioId id) const;  // -1: not in the list
  const std::vector<ScenarioId>& ids() const { return *m_ids; }
  /// What is known of a row, or null while it is not there yet.
  const ScenarioLine* lineAt(int row) const;
  /// Shows a decision before the file has it.
  void showStatus(const std::vector<ScenarioId>& ids, ReviewStatus status);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  void sort(int column, Qt::SortOrder order) override;

  static store::ScenarioFilter::Sort sortOf(int column);

 Q_SIGNALS:
  void listAboutToChange();
  void listChanged();
  void failed(const QString& sentence);

 private:
  struct Answer;
  static Result<Answer> answer(store::Connection& connection, const ScenarioView& view,
                               const std::vector<ScenarioId>& before, ScenarioId keep);
  void take(Answer answer);
  void apply(const ListChange& change, std::vector<ScenarioId> ids);
  void want(int block) const;
  void fetchWanted();
  void fetch(int block);
  void takeLines(const std::vector<ScenarioId>& asked, std::vector<ScenarioLine> lines,
                 int generation);
  QVariant display(const ScenarioLine& line, int column) const;
  QVariant tooltip(const ScenarioLine& line, int column) const;

  QPointer<Session> m_session;
  ScenarioView m_view;
  std::shared_ptr<const std::vector<ScenarioId>> m_ids;
  mutable QCache<qint64, ScenarioLine> m_lines;
  int m_generation = 0;  // lines of an older one are shown and asked for anew
  bool m_loading = false;
  LatestQuery m_listQuery;
  mutable std::vector<int> m_wanted;  // blocks, newest last
  std::vector<int> m_fetching;
  bool m_fetchFailed = false;  // ask no more until the next refresh
  mutable QTimer m_fetchTimer;
  QTimer m_refreshTimer;
};

}  // namespace wordsight::ui
