#include "models/folders/model_tree.h"

#include <algorithm>
#include <unordered_set>

#include "bridge/format.h"
#include "bridge/model_catalog.h"

namespace wordsight::ui {

namespace {

using Kind = jobs::ModelFolder::Kind;

std::string lastPart(const std::string& name) {
  const auto end = name.find_last_not_of('/');
  if (end == std::string::npos) return {};
  const auto slash = name.rfind('/', end);
  return name.substr(slash + 1, end - slash);
}

}  // namespace

BaseIndex::BaseIndex(const std::vector<jobs::ModelFolder>& models) {
  for (const auto& model : models) {
    if (model.kind != Kind::Base) continue;
    m_paths.emplace(model.path.string(), &model);
    m_names.emplace(model.name, &model);
    m_lasts[lastPart(model.name)].push_back(&model);
  }
}

const jobs::ModelFolder* BaseIndex::of(const jobs::ModelFolder& adapter) const {
  if (adapter.base.empty()) return nullptr;
  const std::filesystem::path place = std::filesystem::path(adapter.base).lexically_normal();
  if (const auto found = m_paths.find(place.string()); found != m_paths.end()) return found->second;
  if (const auto found = m_names.find(adapter.base); found != m_names.end()) return found->second;
  // A folder that is told by its whole path and is not there is no other folder of that name.
  const auto alike = m_lasts.find(lastPart(adapter.base));
  return alike != m_lasts.end() && alike->second.size() == 1 && !place.is_absolute()
             ? alike->second.front()
             : nullptr;
}

struct ModelTree::Node {
  jobs::ModelFolder folder;
  std::string base;  // of an adapter: its model's folder, when it was found
  Node* parent = nullptr;
  Nodes children;
};

ModelTree::ModelTree(ModelCatalog& catalog, QObject* parent)
    : QAbstractItemModel(parent), m_catalog(catalog) {
  connect(&catalog, &ModelCatalog::changed, this, &ModelTree::reload);
  reload();
}

ModelTree::~ModelTree() = default;

void ModelTree::reload() {
  const auto& models = m_catalog.models();
  const BaseIndex bases(models);
  Nodes wanted;
  std::unordered_map<const jobs::ModelFolder*, Node*> tops;
  std::vector<std::pair<const jobs::ModelFolder*, const jobs::ModelFolder*>> below;
  for (const auto& model : models) {
    if (model.kind == Kind::Adapter)
      if (const auto* base = bases.of(model)) {
        below.emplace_back(base, &model);
        continue;
      }
    wanted.push_back(std::make_unique<Node>(Node{model, {}, nullptr, {}}));
    tops[&model] = wanted.back().get();
  }
  for (const auto& [base, adapter] : below)
    tops[base]->children.push_back(
        std::make_unique<Node>(Node{*adapter, base->path.string(), nullptr, {}}));
  sync(m_tops, std::move(wanted), nullptr);
}

/// Both lists are in the catalogue's order, so that what is in both stands in the same order.
void ModelTree::sync(Nodes& now, Nodes&& wanted, Node* parent) {
  const QModelIndex place = parent ? indexOf(parent) : QModelIndex();
  std::unordered_set<std::string> paths;
  for (const auto& node : wanted) paths.insert(node->folder.path.string());
  for (auto row = static_cast<int>(now.size()) - 1; row >= 0; --row) {
    if (paths.contains(now[static_cast<std::size_t>(row)]->folder.path.string())) continue;
    beginRemoveRows(place, row, row);
    now.erase(now.begin() + row);
    endRemoveRows();
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i < now.size() && now[i]->folder.path == wanted[i]->folder.path) {
      now[i]->folder = std::move(wanted[i]->folder);
      now[i]->base = std::move(wanted[i]->base);
      sync(now[i]->children, std::move(wanted[i]->children), now[i].get());
      continue;
    }
    // All new ones up to the next that is there already, at once.
    std::size_t end = i + 1;
    while (end < wanted.size() &&
           (i >= now.size() || now[i]->folder.path != wanted[end]->folder.path))
      ++end;
    beginInsertRows(place, static_cast<int>(i), static_cast<int>(end) - 1);
    for (std::size_t fresh = i; fresh < end; ++fresh) {
      wanted[fresh]->parent = parent;
      for (auto& child : wanted[fresh]->children) child->parent = wanted[fresh].get();
    }
    const auto at = [](Nodes& nodes, std::size_t index) {
      return std::next(nodes.begin(), static_cast<std::ptrdiff_t>(index));
    };
    now.insert(at(now, i), std::make_move_iterator(at(wanted, i)),
               std::make_move_iterator(at(wanted, end)));
    endInsertRows();
    i = end - 1;
  }
  if (!now.empty())
    Q_EMIT dataChanged(indexOf(now.front().get()), indexOf(now.back().get(), kColumns - 1));
}

QModelIndex ModelTree::indexOf(const Node* node, int column) const {
  const auto& siblings = node->parent ? node->parent->children : m_tops;
  const auto found = std::find_if(siblings.begin(), siblings.end(),
                                  [node](const auto& other) { return other.get() == node; });
  return createIndex(static_cast<int>(found - siblings.begin()), column, node);
}

QModelIndex ModelTree::indexOf(const QString& path) const {
  const std::filesystem::path wanted = fromQt(path);
  for (const auto& top : m_tops) {
    if (top->folder.path == wanted) return indexOf(top.get());
    for (const auto& child : top->children)
      if (child->folder.path == wanted) return indexOf(child.get());
  }
  return {};
}

ModelTree::Node* ModelTree::nodeOf(const QModelIndex& index) const {
  return index.isValid() ? static_cast<Node*>(index.internalPointer()) : nullptr;
}

const jobs::ModelFolder* ModelTree::folder(const QModelIndex& index) const {
  const Node* node = nodeOf(index);
  return node ? &node->folder : nullptr;
}

QModelIndex ModelTree::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  const auto& siblings = parent.isValid() ? nodeOf(parent)->children : m_tops;
  return createIndex(row, column, siblings[static_cast<std::size_t>(row)].get());
}

QModelIndex ModelTree::parent(const QModelIndex& index) const {
  const Node* node = nodeOf(index);
  return node && node->parent ? indexOf(node->parent) : QModelIndex();
}

int ModelTree::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return static_cast<int>(m_tops.size());
  return parent.column() == 0 ? static_cast<int>(nodeOf(parent)->children.size()) : 0;
}

int ModelTree::columnCount(const QModelIndex&) const { return kColumns; }

QString ModelTree::shownName(const jobs::ModelFolder& folder) {
  const auto parent = folder.path.parent_path().filename().string();
  if (folder.kind != Kind::Adapter || parent.empty()) return toQt(folder.name);
  return toQt(parent + "/" + folder.name);
}

QString ModelTree::originText(const jobs::ModelFolder& folder) {
  if (!folder.mergedFrom.empty())
    return tr("merged from %1").arg(toQt(lastPart(folder.mergedFrom)));
  QStringList parts;
  if (!folder.dataset.empty()) parts << toQt(folder.dataset);
  if (folder.steps > 0) parts << tr("%1 steps").arg(formatCount(folder.steps));
  return parts.join(QStringLiteral(", "));
}

QString ModelTree::problemText(const jobs::ModelFolder& folder, const std::string& problem) {
  const QString path = toQt(folder.path.string());
  return toQt(problem).replace(path + u'/', QString()).replace(path, tr("This folder"));
}

QString ModelTree::text(const Node& node, int column) const {
  const auto& folder = node.folder;
  const bool adapter = folder.kind == Kind::Adapter;
  switch (column) {
    case Name:
      // Below the model in whose folder it lies, its own name says enough.
      return !node.base.empty() && folder.path.string().starts_with(node.base + "/")
                 ? toQt(folder.name)
                 : shownName(folder);
    case Family:
      if (adapter) return folder.rank > 0 ? tr("rank %1").arg(folder.rank) : tr("adapter");
      if (folder.family.empty()) return tr("unknown");
      return folder.hasVision ? tr("%1, vision").arg(toQt(folder.family)) : toQt(folder.family);
    case Parameters:
      return folder.parameters > 0 ? formatParameters(static_cast<double>(folder.parameters))
                                   : QString();
    case Size:
      return folder.bytes > 0 ? formatBytes(static_cast<double>(folder.bytes)) : QString();
    case Precision:
      return toQt(folder.precision);
    case TrainedOn:
      return originText(folder);
    case Changed:
      return formatTime(folder.modifiedAt);
    case State:
      if (!folder.problems.empty()) return problemText(folder, folder.problems.front());
      if (!folder.usable()) return tr("nothing that can be used");
      return folder.checkpoint ? tr("checkpoint") : tr("usable");
    default:
      return {};
  }
}

QVariant ModelTree::sortKey(const Node& node, int column) const {
  const auto& folder = node.folder;
  switch (column) {
    case Parameters:
      return QVariant::fromValue<qint64>(folder.parameters);
    case Size:
      return QVariant::fromValue<qint64>(folder.bytes);
    case Changed:
      return QVariant::fromValue<qint64>(folder.modifiedAt);
    case State:
      return QVariant::fromValue<qint64>(static_cast<qint64>(folder.problems.size()));
    default:
      return text(node, column).toLower();
  }
}

QVariant ModelTree::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Node& node = *nodeOf(index);
  const auto& folder = node.folder;
  switch (role) {
    case Qt::DisplayRole:
      return text(node, index.column());
    case Qt::ToolTipRole:
      if (index.column() == Name) return toQt(folder.path.string());
      if (index.column() == Changed) return formatTimeExact(folder.modifiedAt);
      return text(node, index.column());
    case Qt::TextAlignmentRole:
      return int((index.column() == Parameters || index.column() == Size ? Qt::AlignRight
                                                                         : Qt::AlignLeft) |
                 Qt::AlignVCenter);
    case PathRole:
      return toQt(folder.path.string());
    case KindRole:
      return static_cast<int>(folder.kind);
    case SortRole:
      return sortKey(node, index.column());
    case UsableRole:
      return folder.usable();
    case CheckpointRole:
      return folder.checkpoint;
    case BaseRole:
      return toQt(node.base);
    default:
      return {};
  }
}

QVariant ModelTree::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int((section == Parameters || section == Size ? Qt::AlignRight : Qt::AlignLeft) |
               Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Name:
      return tr("Name");
    case Family:
      return tr("Family");
    case Parameters:
      return tr("Parameters");
    case Size:
      return tr("Size");
    case Precision:
      return tr("Precision");
    case TrainedOn:
      return tr("Trained on");
    case Changed:
      return tr("Changed");
    case State:
      return tr("State");
    default:
      return {};
  }
}

}  // namespace wordsight::ui
