#pragma once
#include <QPersistentModelIndex>

#include "pages/common/page.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QStackedLayout;
class QTreeView;

namespace wordsight::ui {

class FolderList;
class MergePanel;
class ModelDetailsPanel;
class ModelTree;
class ModelTreeFilter;

/// Models and adapters in a person's folders: found in the background, described, and taken from
/// here to training, evaluation and merging. Works without a project; jobs need one.
class ModelsPage : public Page {
  Q_OBJECT
 public:
  explicit ModelsPage(Services services, QWidget* parent = nullptr);
  ~ModelsPage() override;

  /// {"folder": path}: chooses it, looking there first if need be. {"adapter": path}: likewise,
  /// with the form to merge it.
  void open(const QVariantMap& what) override;
  QList<QAction*> pageActions() const override { return m_actions; }
  bool dropped(const QStringList& paths) override;

  FolderList& folders() const { return *m_folders; }
  MergePanel& mergePanel() const { return *m_merge; }
  ModelDetailsPanel& details() const { return *m_details; }

 protected:
  void sessionChanged() override;

 private:
  void buildActions();
  QAction* addPageAction(const QString& name, const QString& iconName, const QString& text,
                         const QString& tip);
  void buildEmptyState();
  void buildContent();
  QWidget* buildTree();
  void connectParts();
  void refresh();
  void showCount();
  int rowsBelow(const QModelIndex& parent) const;
  void selectionMoved();
  void select(const QString& path);
  void showMerge(const QString& path);
  void evaluate(const QString& path);
  void train(const QString& path);
  QString baseOf(const QString& adapter) const;

  QStackedLayout* m_stack;
  QWidget *m_empty, *m_content;
  FolderList* m_folders;
  ModelTree* m_tree;
  ModelTreeFilter* m_proxy;
  QTreeView* m_view;
  QLineEdit* m_filter;
  QCheckBox* m_checkpoints;
  QLabel* m_count;
  QStackedLayout* m_side;
  ModelDetailsPanel* m_details;
  MergePanel* m_merge;
  QAction *m_addAction, *m_hubAction;
  QList<QAction*> m_actions;
  QString m_wanted;  // to be chosen as soon as it is found
};

}  // namespace wordsight::ui
