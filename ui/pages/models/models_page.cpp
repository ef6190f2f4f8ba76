#include "pages/models/models_page.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

#include "bridge/format.h"
#include "bridge/model_catalog.h"
#include "models/folders/model_tree.h"
#include "pages/models/folder_list.h"
#include "pages/models/merge_panel.h"
#include "pages/models/model_details.h"
#include "pages/models/model_tree_filter.h"
#include "widgets/empty_state.h"
#include "widgets/fitted_columns.h"
#include "widgets/icons.h"
#include "widgets/model_chooser.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

/// Rows of one height, a sign before the name, and problems in their colour.
class TreeRow final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    return {QStyledItemDelegate::sizeHint(option, index).width(), kRowHeight};
  }

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    const bool usable = index.data(ModelTree::UsableRole).toBool();
    if (index.column() == ModelTree::Name) {
      const auto kind =
          static_cast<jobs::ModelFolder::Kind>(index.data(ModelTree::KindRole).toInt());
      option->icon = !usable ? icon(QStringLiteral("warning"), warnColour(option->palette))
                     : kind == jobs::ModelFolder::Kind::Adapter
                         ? icon(QStringLiteral("adapter"))
                         : icon(QStringLiteral("base-model"));
      option->features |= QStyleOptionViewItem::HasDecoration;
      option->decorationSize = {16, 16};
    }
    if (!usable && index.column() == ModelTree::State)
      option->palette.setColor(QPalette::Text, badColour(option->palette));
  }
};

}  // namespace

ModelsPage::ModelsPage(Services services, QWidget* parent)
    : Page(PageId::Models, services, parent) {
  setObjectName(QStringLiteral("modelsPage"));
  m_stack = new QStackedLayout(this);
  buildActions();
  buildContent();
  buildEmptyState();
  connectParts();
  sessionChanged();
}

ModelsPage::~ModelsPage() = default;

QAction* ModelsPage::addPageAction(const QString& name, const QString& iconName,
                                   const QString& text, const QString& tip) {
  auto* action = new QAction(icon(iconName), text, this);
  action->setObjectName(name);
  action->setToolTip(tip);
  addAction(action);
  m_actions.append(action);
  return action;
}

void ModelsPage::buildActions() {
  m_addAction =
      addPageAction(QStringLiteral("actionAddFolder"), QStringLiteral("add"),
                    tr("Add a folder of models…"), tr("It is looked through, five folders deep"));
  connect(m_addAction, &QAction::triggered, this, [this] { m_folders->askForFolder(); });
  m_hubAction = addPageAction(QStringLiteral("actionAddHub"), QStringLiteral("folder"),
                              tr("Look into Hugging Face's cache"),
                              tr("Models that were fetched by other programs"));
  m_hubAction->setEnabled(false);
  connect(m_hubAction, &QAction::triggered, this, [this] { m_folders->addHub(); });
  auto* rescan = addPageAction(QStringLiteral("actionRescan"), QStringLiteral("refresh"),
                               tr("Look through the folders again"), tr("Scan the model folders"));
  rescan->setShortcut(QKeySequence::Refresh);
  rescan->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(rescan, &QAction::triggered, &services().models, &ModelCatalog::rescan);
  auto* merge = addPageAction(QStringLiteral("actionMerge"), QStringLiteral("merge"),
                              tr("Merge an adapter…"), tr("A new model folder"));
  connect(merge, &QAction::triggered, this, [this] { showMerge(m_details->folder()); });
}

void ModelsPage::buildEmptyState() {
  auto* empty = new EmptyState(
      QStringLiteral("models"), tr("No models found yet"),
      tr("Add a folder with checkpoints as Hugging Face publishes them: config.json, safetensors, "
         "tokenizer. It may be dropped here; its folders are looked through as well."),
      this);
  empty->setObjectName(QStringLiteral("noModels"));
  empty->addAction(m_addAction);
  empty->addAction(m_hubAction);
  m_empty = empty;
  m_stack->addWidget(m_empty);
}

QWidget* ModelsPage::buildTree() {
  auto* panel = new QWidget(m_content);
  m_tree = new ModelTree(services().models, this);
  m_proxy = new ModelTreeFilter(this);
  m_proxy->setSourceModel(m_tree);
  m_view = new QTreeView(panel);
  m_view->setObjectName(QStringLiteral("modelTree"));
  m_view->setAccessibleName(tr("Models"));
  m_view->setModel(m_proxy);
  m_view->setItemDelegate(new TreeRow(m_view));
  dressTree(*m_view);
  m_view->setSelectionMode(QAbstractItemView::SingleSelection);
  m_view->sortByColumn(ModelTree::Name, Qt::AscendingOrder);
  fitColumns(*m_view, &settings(), QStringLiteral("models/widths"),
             {{24, 14, 0},
              {18, 8, 2},
              {10, 0, 3},
              {9, 0, 1},
              {9, 0, 5},
              {16, 8, 4},
              {16, 8, 0},
              {12, 0, 6}},
             ModelTree::Name);
  m_filter = new QLineEdit(panel);
  m_filter->setObjectName(QStringLiteral("modelFilter"));
  m_filter->setPlaceholderText(tr("Filter models"));
  m_filter->setAccessibleName(m_filter->placeholderText());
  m_filter->setToolTip(tr("Part of a name, folder, family or problem"));
  m_filter->setClearButtonEnabled(true);
  m_filter->setMaximumWidth(240);
  m_checkpoints = new QCheckBox(tr("Checkpoints"), panel);
  m_checkpoints->setObjectName(QStringLiteral("showCheckpoints"));
  m_checkpoints->setToolTip(tr("Show what trainings saved on their way, too"));
  m_count = new QLabel(panel);
  m_count->setObjectName(QStringLiteral("modelCount"));
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace);
  row->addWidget(m_filter, 1);
  row->addWidget(m_checkpoints);
  row->addStretch();
  row->addWidget(m_count);
  auto* column = new QVBoxLayout(panel);
  column->setContentsMargins(kSpace, 0, kSpace, 0);
  column->setSpacing(kSpace);
  column->addLayout(row);
  column->addWidget(m_view, 1);
  return panel;
}

void ModelsPage::buildContent() {
  m_content = new QWidget(this);
  m_folders = new FolderList(services().models, settings(), m_content);
  m_details = new ModelDetailsPanel(services().models, m_content);
  m_details->setObjectName(QStringLiteral("modelDetails"));
  m_merge = new MergePanel(services().models, m_content);
  m_merge->setObjectName(QStringLiteral("mergePanel"));
  auto* side = new QWidget(m_content);
  m_side = new QStackedLayout(side);
  m_side->addWidget(m_details);
  m_side->addWidget(m_merge);
  auto* parts = new QSplitter(Qt::Horizontal, m_content);
  parts->addWidget(m_folders);
  parts->addWidget(buildTree());
  parts->addWidget(side);
  parts->setStretchFactor(1, 1);
  keepSplitter(*parts, settings(), QStringLiteral("models/parts"), {160, 764, 330});
  auto* column = new QVBoxLayout(m_content);
  column->setContentsMargins(kSpaceLarge, kSpaceLarge, kSpaceLarge, kSpaceLarge);
  column->addWidget(parts);
  m_stack->addWidget(m_content);
}

void ModelsPage::connectParts() {
  connect(m_filter, &QLineEdit::textChanged, m_proxy, &ModelTreeFilter::setText);
  connect(m_filter, &QLineEdit::textChanged, this, [this] {
    m_view->expandAll();
    refresh();
  });
  connect(m_checkpoints, &QCheckBox::toggled, this, [this](bool on) {
    m_proxy->setCheckpoints(on);
    m_folders->setCheckpoints(on);
    settings().setValue(QStringLiteral("models/checkpoints"), on);
    refresh();
  });
  m_checkpoints->setChecked(settings().value(QStringLiteral("models/checkpoints")).toBool());
  connect(m_folders, &FolderList::currentChanged, this, [this](const QString& folder) {
    m_proxy->setFolder(folder);
    m_view->expandAll();
    refresh();
  });
  connect(m_folders, &FolderList::hubLookedUp, this,
          [this] { m_hubAction->setEnabled(!m_folders->hubFolder().isEmpty()); });
  // New models open at once: their adapters are what one looks for.
  connect(m_proxy, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex& parent) {
    if (parent.isValid()) m_view->expand(parent);
  });
  connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &ModelsPage::selectionMoved);
  connect(&services().models, &ModelCatalog::changed, this, &ModelsPage::refresh);
  connect(&services().models, &ModelCatalog::scanning, this, &ModelsPage::refresh);
  connect(m_details, &ModelDetailsPanel::evaluateAsked, this, &ModelsPage::evaluate);
  connect(m_details, &ModelDetailsPanel::trainAsked, this, &ModelsPage::train);
  connect(m_details, &ModelDetailsPanel::mergeAsked, this, &ModelsPage::showMerge);
  connect(m_details, &ModelDetailsPanel::runAsked, this, [this](qint64 run) {
    Q_EMIT navigate(PageId::Runs, {{QStringLiteral("run"), run}});
  });
  connect(m_merge, &MergePanel::closed, this, [this] { m_side->setCurrentWidget(m_details); });
  connect(m_merge, &MergePanel::merged, this, [this](const QString& folder) {
    m_wanted = folder;
    services().models.addTransientFolder(folder);
    services().models.rescan();
  });
}

void ModelsPage::sessionChanged() {
  services().models.setSession(session());
  m_folders->setSession(session());
  m_merge->setSession(session());
  m_details->setProject(session() ? session()->path() : QString());
  m_details->setObstacle(session() ? QString()
                                   : tr("Open a project first: trainings, evaluations and merges "
                                        "are runs of a project."));
  refresh();
}

void ModelsPage::refresh() {
  const auto& catalog = services().models;
  const int all = static_cast<int>(catalog.models().size());
  m_stack->setCurrentWidget(
      all == 0 && catalog.folders().isEmpty() && !catalog.isScanning() ? m_empty : m_content);
  showCount();
  if (!m_wanted.isEmpty() && m_tree->indexOf(m_wanted).isValid()) {
    select(m_wanted);
    m_wanted.clear();
  }
  // A folder that changed or vanished while it is shown says so.
  if (!catalog.isScanning() && !m_details->folder().isEmpty()) m_details->reload();
}

void ModelsPage::showCount() {
  const auto& models = services().models.models();
  const auto checkpoints = static_cast<int>(std::count_if(
      models.begin(), models.end(), [](const auto& model) { return model.checkpoint; }));
  const int hidden = m_checkpoints->isChecked() ? 0 : checkpoints;
  const int listed = static_cast<int>(models.size()) - hidden, shown = rowsBelow({});
  QString text = shown == listed ? tr("%Ln found", nullptr, listed)
                                 : tr("%1 of %2").arg(formatCount(shown), formatCount(listed));
  if (services().models.isScanning()) text = tr("Looking… %1").arg(text);
  m_count->setText(text);
  m_checkpoints->setText(hidden > 0 ? tr("Checkpoints (%1)").arg(formatCount(hidden))
                                    : tr("Checkpoints"));
}

int ModelsPage::rowsBelow(const QModelIndex& parent) const {
  int rows = m_proxy->rowCount(parent);
  for (int row = m_proxy->rowCount(parent) - 1; row >= 0; --row)
    rows += rowsBelow(m_proxy->index(row, 0, parent));
  return rows;
}

void ModelsPage::selectionMoved() {
  const auto rows = m_view->selectionModel()->selectedRows();
  if (rows.isEmpty()) return;  // what was shown stays, and says itself when it is gone
  const QModelIndex source = m_proxy->mapToSource(rows.front());
  const QString path = source.data(ModelTree::PathRole).toString();
  if (path != m_details->folder()) m_details->setFolder(path, m_tree->folder(source));
  m_side->setCurrentWidget(m_details);
}

void ModelsPage::select(const QString& path) {
  const QModelIndex index = m_proxy->mapFromSource(m_tree->indexOf(path));
  if (!index.isValid()) return;
  m_view->expand(index.parent());
  m_view->setCurrentIndex(index);
  m_view->scrollTo(index);
}

QString ModelsPage::baseOf(const QString& adapter) const {
  return m_tree->indexOf(adapter).data(ModelTree::BaseRole).toString();
}

void ModelsPage::showMerge(const QString& path) {
  if (const auto* folder = services().models.find(path)) {
    if (folder->kind == jobs::ModelFolder::Kind::Adapter) {
      m_merge->setModel(baseOf(path));
      m_merge->setAdapter(path);
    } else {
      m_merge->setModel(path);
    }
  } else if (!path.isEmpty()) {
    m_merge->setAdapter(path);
  }
  m_side->setCurrentWidget(m_merge);
}

void ModelsPage::evaluate(const QString& path) {
  const auto* folder = services().models.find(path);
  if (!folder) return;
  QVariantMap what;
  if (folder->kind == jobs::ModelFolder::Kind::Adapter) {
    what[QStringLiteral("adapter")] = path;
    if (const QString base = baseOf(path); !base.isEmpty()) what[QStringLiteral("model")] = base;
  } else {
    what[QStringLiteral("model")] = path;
  }
  Q_EMIT navigate(PageId::Evaluate, what);
}

void ModelsPage::train(const QString& path) {
  const auto* folder = services().models.find(path);
  if (!folder) return;
  QVariantMap what;
  if (folder->kind == jobs::ModelFolder::Kind::Adapter) {
    what[QStringLiteral("adapter")] = path;
    what[QStringLiteral("model")] = baseOf(path);
  } else {
    what[QStringLiteral("model")] = path;
  }
  Q_EMIT navigate(PageId::Train, what);
}

void ModelsPage::open(const QVariantMap& what) {
  const QString adapter = what.value(QStringLiteral("adapter")).toString();
  const QString folder =
      adapter.isEmpty() ? what.value(QStringLiteral("folder")).toString() : adapter;
  if (folder.isEmpty()) return;
  m_stack->setCurrentWidget(m_content);
  if (m_tree->indexOf(folder).isValid()) {
    select(folder);
  } else {
    m_wanted = folder;
    m_details->setFolder(folder);
    services().models.addTransientFolder(folder);
  }
  if (!adapter.isEmpty()) showMerge(adapter);
}

bool ModelsPage::dropped(const QStringList& paths) {
  for (const QString& path : paths) {
    // A file of a model stands for its folder; whether it is one is looked up in the background.
    services().models.describe(this, path, [this, path](const Result<jobs::ModelFolder>& found) {
      const QString folder = found ? toQt(found->path.string()) : path;
      if (found) m_wanted = folder;
      m_folders->addFolder(folder);
    });
  }
  return !paths.isEmpty();
}

}  // namespace wordsight::ui
