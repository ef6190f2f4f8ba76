#pragma once
#include <QAbstractTableModel>
#include <map>
#include <vector>

#include "domain/event.h"

namespace wordsight::ui {

/// The same few questions, answered at each probe of a training: a row a step (the first is the
/// untrained model), a column a question.
class AnswersModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  explicit AnswersModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}
  /// Samples that are no answers to probe questions are left out.
  void setSamples(const std::vector<Sample>& samples);
  void add(const Sample& sample);

  std::int64_t step(int row) const { return m_steps[static_cast<std::size_t>(row)]; }
  /// Empty when that question was not answered at that step.
  QString answer(int row, int column) const;
  QString question(int column) const;
  QString stepText(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Item {
    std::string label, prompt;
    std::map<std::int64_t, QString> answers;  // by step
  };
  void keep(const Sample& sample);
  std::vector<Item> m_items;
  std::vector<std::int64_t> m_steps;  // growing
};

/// A rendered prompt as people read it: without the chat template's marks.
QString withoutMarks(const QString& prompt);

}  // namespace wordsight::ui
