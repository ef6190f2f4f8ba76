#include "models/evaluations/issue_list_model.h"

#include "bridge/format.h"

namespace wordsight::ui {

QString IssueListModel::fieldText(const QString& field) {
  if (field == QLatin1String("image_file")) return tr("picture");
  if (field == QLatin1String("answer")) return tr("key");
  if (field == QLatin1String("action_list")) return tr("options");
  if (field == QLatin1String("non_interven_action")) return tr("doing nothing");
  if (field == QLatin1String("situation_description")) return tr("situation");
  return field;
}

void IssueListModel::setIssues(std::vector<ItemIssue> issues) {
  beginResetModel();
  m_issues = std::move(issues);
  endResetModel();
}

QStringList IssueListModel::fields() const {
  QStringList fields;
  for (const auto& issue : m_issues)
    if (const QString field = toQt(issue.field); !fields.contains(field)) fields.append(field);
  return fields;
}

QString IssueListModel::copyText(const std::vector<int>& rows) const {
  QStringList lines{
      QStringList{tr("Item"), tr("Field"), tr("Problem"), tr("What was done")}.join(u'\t')};
  for (const int row : rows) {
    QStringList cells;
    for (int column = 0; column < kColumns; ++column)
      cells << text(m_issues[static_cast<std::size_t>(row)], column)
                   .replace(u'\t', u' ')
                   .replace(u'\n', u' ');
    lines << cells.join(u'\t');
  }
  return lines.join(u'\n');
}

int IssueListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_issues.size());
}

int IssueListModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString IssueListModel::text(const ItemIssue& issue, int column) const {
  switch (column) {
    case Item:
      return QString::number(issue.index);
    case Field:
      return fieldText(toQt(issue.field));
    case Problem:
      return toQt(issue.problem);
    case Action:
      return toQt(issue.action);
    default:
      return {};
  }
}

QVariant IssueListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const auto& issue = m_issues[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
      return text(issue, index.column());
    case Qt::TextAlignmentRole:
      return int((index.column() == Item ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case SortRole:
      if (index.column() == Item) return QVariant::fromValue<qint64>(issue.index);
      return text(issue, index.column());
    case FieldRole:
      return toQt(issue.field);
    default:
      return {};
  }
}

QVariant IssueListModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int((section == Item ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Item:
      return tr("Item");
    case Field:
      return tr("Field");
    case Problem:
      return tr("Problem");
    case Action:
      return tr("What was done");
    default:
      return {};
  }
}

}  // namespace wordsight::ui
