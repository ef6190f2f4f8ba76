#include "models/scenarios/history_model.h"

#include <algorithm>
#include <tuple>

#include "bridge/format.h"
#include "models/scenarios/scenario_line.h"

namespace wordsight::ui {

void HistoryModel::setHistory(store::ScenarioHistory history) {
  beginResetModel();
  m_history = std::move(history);
  m_entries.clear();
  for (std::size_t i = 0; i < m_history.revisions.size(); ++i)
    m_entries.push_back({false, i, m_history.revisions[i].createdAt});
  for (std::size_t i = 0; i < m_history.decisions.size(); ++i)
    m_entries.push_back({true, i, m_history.decisions[i].createdAt});
  // Within a millisecond a revision is older than the decision about it.
  std::sort(m_entries.begin(), m_entries.end(), [](const Entry& a, const Entry& b) {
    return std::tuple(a.at, a.decision, a.place) > std::tuple(b.at, b.decision, b.place);
  });
  endResetModel();
}

int HistoryModel::rowOfRevision(int place) const {
  for (std::size_t row = 0; row < m_entries.size(); ++row)
    if (!m_entries[row].decision && static_cast<int>(m_entries[row].place) == place)
      return static_cast<int>(row);
  return -1;
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString HistoryModel::what(const Entry& entry) const {
  if (entry.decision) return statusTitle(m_history.decisions[entry.place].status);
  return tr("Revision %1").arg(formatCount(m_history.revisions[entry.place].number));
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Entry& entry = m_entries[static_cast<std::size_t>(index.row())];
  const auto& [author, note] = entry.decision ? std::tie(m_history.decisions[entry.place].author,
                                                         m_history.decisions[entry.place].note)
                                              : std::tie(m_history.revisions[entry.place].author,
                                                         m_history.revisions[entry.place].note);
  if (role == RevisionRole) return entry.decision ? -1 : static_cast<int>(entry.place);
  if (role == StatusRole)
    return entry.decision ? QVariant(static_cast<int>(m_history.decisions[entry.place].status))
                          : QVariant();
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
  switch (index.column()) {
    case WhatColumn:
      return what(entry);
    case WhoColumn:
      return authorTitle(author);
    case WhenColumn:
      return role == Qt::ToolTipRole ? formatTimeExact(entry.at) : formatTime(entry.at);
    default:
      // A decision's own name is in the first column already.
      return entry.decision && (note == "accept" || note == "reject" || note == "undecide")
                 ? QString()
                 : toQt(note);
  }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Vertical || role != Qt::DisplayRole) return {};
  switch (section) {
    case WhatColumn:
      return tr("What");
    case WhoColumn:
      return tr("Who");
    case WhenColumn:
      return tr("When");
    default:
      return tr("Note");
  }
}

QString authorTitle(const std::string& author) {
  if (author == "person") return HistoryModel::tr("Person");
  if (author == "import") return HistoryModel::tr("Import");
  if (author == "reshuffle") return HistoryModel::tr("Reshuffle");
  if (author.starts_with("run ")) return HistoryModel::tr("Run %1").arg(toQt(author.substr(4)));
  return toQt(author);
}

}  // namespace wordsight::ui
