#pragma once
#include <QAbstractItemModel>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "jobs/model_scan.h"

namespace wordsight::ui {

class ModelCatalog;

/// Which of some models an adapter belongs to. Refers to the models it was made of.
class BaseIndex {
 public:
  explicit BaseIndex(const std::vector<jobs::ModelFolder>& models);
  /// By its path, by its name, or by the last part of its name when only one fits. Null: none.
  const jobs::ModelFolder* of(const jobs::ModelFolder& adapter) const;

 private:
  std::unordered_map<std::string, const jobs::ModelFolder*> m_paths, m_names;
  std::unordered_map<std::string, std::vector<const jobs::ModelFolder*>> m_lasts;
};

/// The catalogue as a tree: models, and below each the adapters that belong to it. Adapters whose
/// model was not found, and folders that are neither, stand at the top. A new scan moves only the
/// rows that differ, so that selection and open branches stay.
class ModelTree : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Column { Name, Family, Parameters, Size, Precision, TrainedOn, State, Changed, kColumns };
  enum Role {
    PathRole = Qt::UserRole + 1,
    KindRole,        // jobs::ModelFolder::Kind as int
    SortRole,        // numbers and times as such
    UsableRole,      // bool
    CheckpointRole,  // bool: an adapter in the midst of its training
    BaseRole         // of an adapter: the folder of its model, when it was found
  };
  explicit ModelTree(ModelCatalog& catalog, QObject* parent = nullptr);
  ~ModelTree() override;

  QModelIndex indexOf(const QString& path) const;
  /// Null for an invalid index.
  const jobs::ModelFolder* folder(const QModelIndex& index) const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  /// Adapters are often called alike: with the folder that they lie in.
  static QString shownName(const jobs::ModelFolder& folder);
  /// What is wrong, without the folder's own path.
  static QString problemText(const jobs::ModelFolder& folder, const std::string& problem);
  /// What an adapter was trained on, or what a model was merged from; empty: not known.
  static QString originText(const jobs::ModelFolder& folder);

 private:
  struct Node;
  using Nodes = std::vector<std::unique_ptr<Node>>;
  void reload();
  void sync(Nodes& now, Nodes&& wanted, Node* parent);
  QModelIndex indexOf(const Node* node, int column = 0) const;
  Node* nodeOf(const QModelIndex& index) const;
  QString text(const Node& node, int column) const;
  QVariant sortKey(const Node& node, int column) const;

  ModelCatalog& m_catalog;
  Nodes m_tops;
};

}  // namespace wordsight::ui
