#include "pages/train/answers_model.h"

#include <QRegularExpression>
#include <algorithm>

#include "bridge/format.h"

namespace wordsight::ui {

namespace {

const std::string kPrefix = "probe: ";

}  // namespace

QString withoutMarks(const QString& prompt) {
  // ChatML's and Llama 3's heads of turns, and whatever else stands between <| and |>.
  static const QRegularExpression marks(QStringLiteral(
      "<\\|im_start\\|>\\w*\\n?|<\\|start_header_id\\|>\\w*<\\|end_header_id\\|>\\s*|"
      "<\\|[^|<>]{1,40}\\|>"));
  QString text = prompt;
  return text.remove(marks).trimmed();
}

void AnswersModel::setSamples(const std::vector<Sample>& samples) {
  beginResetModel();
  m_items.clear();
  m_steps.clear();
  for (const auto& sample : samples) keep(sample);
  endResetModel();
}

void AnswersModel::keep(const Sample& sample) {
  if (!sample.label.starts_with(kPrefix)) return;
  auto item = std::find_if(m_items.begin(), m_items.end(),
                           [&](const Item& one) { return one.label == sample.label; });
  if (item == m_items.end()) {
    m_items.push_back({sample.label, sample.prompt, {}});
    item = m_items.end() - 1;
  }
  item->answers[sample.step] = toQt(sample.text).trimmed();
  const auto place = std::lower_bound(m_steps.begin(), m_steps.end(), sample.step);
  if (place == m_steps.end() || *place != sample.step) m_steps.insert(place, sample.step);
}

void AnswersModel::add(const Sample& sample) {
  if (!sample.label.starts_with(kPrefix)) return;
  const bool newItem = std::none_of(m_items.begin(), m_items.end(),
                                    [&](const Item& one) { return one.label == sample.label; });
  const auto place = std::lower_bound(m_steps.begin(), m_steps.end(), sample.step);
  const bool newStep = place == m_steps.end() || *place != sample.step;
  const int row = static_cast<int>(place - m_steps.begin());
  if (newItem) {
    beginResetModel();
    keep(sample);
    endResetModel();
  } else if (newStep) {
    beginInsertRows({}, row, row);
    keep(sample);
    endInsertRows();
    // "Now" wanders on.
    Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
  } else {
    keep(sample);
    Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
  }
}

QString AnswersModel::answer(int row, int column) const {
  const auto& answers = m_items[static_cast<std::size_t>(column)].answers;
  const auto found = answers.find(step(row));
  return found == answers.end() ? QString() : found->second;
}

QString AnswersModel::question(int column) const {
  return withoutMarks(toQt(m_items[static_cast<std::size_t>(column)].prompt));
}

QString AnswersModel::stepText(int row) const {
  if (step(row) == 0) return tr("Before training");
  const QString text = tr("Step %1").arg(formatCount(step(row)));
  return row == rowCount() - 1 ? tr("%1 (latest)").arg(text) : text;
}

int AnswersModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

int AnswersModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant AnswersModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignLeft | Qt::AlignTop);
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
  const QString text = answer(index.row(), index.column());
  if (text.isEmpty()) return QStringLiteral("–");
  return role == Qt::DisplayRole ? text.simplified() : text;
}

QVariant AnswersModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (section < 0) return {};
  if (orientation == Qt::Vertical) {
    if (section >= rowCount()) return {};
    return role == Qt::DisplayRole ? stepText(section) : QVariant();
  }
  if (section >= columnCount()) return {};
  if (role == Qt::DisplayRole) return tr("Question %1").arg(section + 1);
  if (role == Qt::ToolTipRole) return question(section);
  if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
  return {};
}

}  // namespace wordsight::ui
