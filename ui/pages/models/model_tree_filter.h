#pragma once
#include <QSortFilterProxyModel>

namespace wordsight::ui {

/// Rows of the tree by text, by folder, and with or without checkpoints. A model stays with its
/// adapters, and an adapter with its model.
class ModelTreeFilter : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  explicit ModelTreeFilter(QObject* parent = nullptr);
  void setText(const QString& text);
  void setFolder(const QString& folder);
  void setCheckpoints(bool shown);

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  QString m_text, m_folder;
  bool m_checkpoints = false;
};

}  // namespace wordsight::ui
