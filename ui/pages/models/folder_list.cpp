#include "pages/models/folder_list.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "bridge/background.h"
#include "bridge/format.h"
#include "bridge/model_catalog.h"
#include "bridge/session.h"
#include "bridge/settings.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/theme.h"
#include "widgets/tool_buttons.h"

namespace wordsight::ui {

namespace {

enum Role { FolderRole = Qt::UserRole + 1, OwnRole };
const auto kHubDismissed = QStringLiteral("models/hubDismissed");

/// Where huggingface_hub keeps what it fetched: $HF_HUB_CACHE, $HF_HOME/hub, ~/.cache/…; empty when
/// there is no such folder.
QString lookForHub() {
  QStringList places;
  if (const QString cache = qEnvironmentVariable("HF_HUB_CACHE"); !cache.isEmpty()) places << cache;
  if (const QString home = qEnvironmentVariable("HF_HOME"); !home.isEmpty())
    places << home + QStringLiteral("/hub");
  places << QDir::homePath() + QStringLiteral("/.cache/huggingface/hub");
  for (const QString& place : places)
    if (QFileInfo(place).isDir()) return QDir::cleanPath(place);
  return {};
}

QString shortened(const QString& folder) {
  const QString home = QDir::homePath();
  return folder.startsWith(home + u'/') ? u'~' + folder.mid(home.size()) : folder;
}

}  // namespace

FolderList::FolderList(ModelCatalog& catalog, Settings& settings, QWidget* parent)
    : QWidget(parent),
      m_catalog(catalog),
      m_settings(settings),
      m_list(new QListWidget(this)),
      m_offer(new MessageBar(this)),
      m_addHub(new QAction(icon(QStringLiteral("add")), tr("Look there"), this)) {
  m_picker = [this](const QString& start) {
    return QFileDialog::getExistingDirectory(this, tr("Add a folder of models"), start);
  };
  build();
  connect(m_add, &QToolButton::clicked, this, &FolderList::askForFolder);
  connect(m_remove, &QToolButton::clicked, this, &FolderList::removeCurrent);
  connect(m_rescan, &QToolButton::clicked, &catalog, &ModelCatalog::rescan);
  connect(m_addHub, &QAction::triggered, this, &FolderList::addHub);
  connect(m_offer, &MessageBar::closed, this,
          [this] { m_settings.setValue(kHubDismissed, m_hub); });
  connect(m_list, &QListWidget::currentRowChanged, this, [this] {
    if (m_filling) return;
    const auto* item = m_list->currentItem();
    m_remove->setEnabled(item && !current().isEmpty() && !item->data(OwnRole).toBool());
    Q_EMIT currentChanged(current());
  });
  connect(&catalog, &ModelCatalog::changed, this, &FolderList::fill);
  connect(&catalog, &ModelCatalog::scanning, this, &FolderList::fill);
  connect(&settings, &Settings::modelFoldersChanged, this, &FolderList::fill);
  fill();
  inBackground(this, lookForHub, [this](const QString& hub) {
    m_hub = hub;
    offerHub();
    Q_EMIT hubLookedUp();
  });
}

void FolderList::build() {
  m_list->setObjectName(QStringLiteral("folderList"));
  m_list->setAccessibleName(tr("Folders"));
  m_list->setTextElideMode(Qt::ElideMiddle);
  m_list->setUniformItemSizes(true);
  m_list->setIconSize({16, 16});
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_offer->setObjectName(QStringLiteral("hubOffer"));
  m_addHub->setObjectName(QStringLiteral("addHub"));
  m_addHub->setToolTip(tr("Add this folder to those that are looked through"));
  m_add = iconButton(QStringLiteral("addFolder"), QStringLiteral("add"), tr("Add a folder"), this);
  m_remove = iconButton(QStringLiteral("removeFolder"), QStringLiteral("remove"),
                        tr("Look there no more; nothing is deleted"), this);
  m_rescan =
      iconButton(QStringLiteral("rescan"), QStringLiteral("refresh"), tr("Look again"), this);
  m_remove->setEnabled(false);
  auto* title = new QLabel(tr("Folders"), this);
  QFont bold = title->font();
  bold.setWeight(QFont::DemiBold);
  title->setFont(bold);
  auto* head = new QHBoxLayout;
  head->setSpacing(kSpaceSmall);
  head->addWidget(title, 1);
  for (auto* button : {m_add, m_remove, m_rescan}) head->addWidget(button);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  column->addLayout(head);
  column->addWidget(m_list, 1);
  column->addWidget(m_offer);
}

void FolderList::setSession(Session* session) {
  m_session = session;
  fill();
}

void FolderList::setCheckpoints(bool shown) {
  if (shown == m_checkpoints) return;
  m_checkpoints = shown;
  fill();
}

/// Of an empty folder: everything that is listed.
int FolderList::countIn(const QString& folder) const {
  const std::string place = fromQt(folder);
  return static_cast<int>(
      std::count_if(m_catalog.models().begin(), m_catalog.models().end(), [&](const auto& model) {
        const std::string path = model.path.string();
        return (m_checkpoints || !model.checkpoint) &&
               (place.empty() || path == place || path.starts_with(place + "/"));
      }));
}

QString FolderList::problemOf(const QString& folder) const {
  for (const QString& sentence : m_catalog.problems())
    if (sentence.contains(folder)) return sentence;
  return {};
}

void FolderList::fill() {
  m_filling = true;
  const QString kept = current();
  m_list->clear();
  const auto add = [this](const QString& text, const QString& folder, const QString& tip,
                          const QString& iconName) {
    auto* item = new QListWidgetItem(icon(iconName), text, m_list);
    item->setData(FolderRole, folder);
    item->setToolTip(tip);
    item->setSizeHint({0, kRowHeight});
    return item;
  };
  add(tr("All folders (%1)").arg(formatCount(countIn({}))), {}, tr("Everything that was found"),
      QStringLiteral("models"));
  const QString own = m_session ? toQt(m_session->project().filesFolder().string()) : QString();
  QStringList folders = m_catalog.folders();
  if (folders.removeAll(own) > 0) folders.prepend(own);
  for (const QString& folder : folders) {
    const QString problem = problemOf(folder);
    const bool isOwn = folder == own;
    const QString name = isOwn ? tr("This project") : shortened(folder);
    auto* item =
        add(problem.isEmpty() ? tr("%1 (%2)").arg(name, formatCount(countIn(folder))) : name,
            folder, problem.isEmpty() ? folder : problem,
            problem.isEmpty() ? QStringLiteral("folder") : QStringLiteral("warning"));
    item->setData(OwnRole, isOwn);
  }
  int row = 0;
  for (int i = 0; i < m_list->count(); ++i)
    if (m_list->item(i)->data(FolderRole).toString() == kept) row = i;
  m_list->setCurrentRow(row);
  m_filling = false;
  m_remove->setEnabled(row > 0 && !m_list->item(row)->data(OwnRole).toBool());
  if (current() != kept) Q_EMIT currentChanged(current());
  m_rescan->setEnabled(!m_catalog.isScanning());
  offerHub();
}

QString FolderList::current() const {
  const auto* item = m_list->currentItem();
  return item ? item->data(FolderRole).toString() : QString();
}

void FolderList::addFolder(const QString& folder) {
  if (!folder.isEmpty()) m_settings.addModelFolder(QDir::cleanPath(folder));
}

void FolderList::askForFolder() { addFolder(m_picker(QDir::homePath())); }

void FolderList::removeCurrent() {
  QStringList folders = m_settings.modelFolders();
  const QString gone = current();
  folders.removeIf([&gone](const QString& folder) { return QDir::cleanPath(folder) == gone; });
  m_catalog.removeTransientFolder(gone);
  m_settings.setModelFolders(folders);
}

void FolderList::addHub() {
  addFolder(m_hub);
  m_offer->clear();
}

void FolderList::offerHub() {
  if (m_hub.isEmpty() || m_catalog.folders().contains(m_hub) ||
      m_settings.value(kHubDismissed).toString() == m_hub) {
    m_offer->clear();
    return;
  }
  if (m_offer->sentence().isEmpty())
    m_offer->showMessage(MessageBar::Kind::Info,
                         tr("Hugging Face's downloads lie in %1.").arg(shortened(m_hub)),
                         {m_addHub});
}

void FolderList::setFolderPicker(std::function<QString(const QString&)> picker) {
  m_picker = std::move(picker);
}

}  // namespace wordsight::ui
