#include "pages/models/model_details.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "bridge/model_catalog.h"
#include "models/folders/model_tree.h"
#include "widgets/elided_label.h"
#include "widgets/message_bar.h"
#include "widgets/theme.h"
#include "widgets/tool_buttons.h"

namespace wordsight::ui {

namespace {

using Kind = jobs::ModelFolder::Kind;
constexpr int kFilesShown = 40;

QString partText(const std::string& part) {
  if (part == "vision") return ModelDetailsPanel::tr("Vision part");
  if (part == "embedding") return ModelDetailsPanel::tr("Embedding");
  if (part == "head") return ModelDetailsPanel::tr("Output head");
  return ModelDetailsPanel::tr("Language part");
}

/// Names of layers; a pattern is told by the names in it, since nobody reads patterns.
QString targetsText(const std::vector<std::string>& targets) {
  static const QRegularExpression kName(QStringLiteral("\\w+_proj"));
  QStringList names;
  for (const auto& target : targets) {
    auto found = kName.globalMatch(toQt(target));
    if (!found.hasNext()) names << toQt(target);
    while (found.hasNext())
      if (const QString name = found.next().captured(); !names.contains(name)) names << name;
  }
  return names.join(QStringLiteral(", "));
}

}  // namespace

ModelDetailsPanel::ModelDetailsPanel(ModelCatalog& catalog, QWidget* parent)
    : QWidget(parent),
      m_catalog(catalog),
      m_title(new QLabel(this)),
      m_empty(new QLabel(tr("Choose a model to see what it is."), this)),
      m_why(new QLabel(this)),
      m_place(new ElidedLabel(this, Qt::ElideMiddle)),
      m_body(new QWidget(this)),
      m_message(new MessageBar(this)) {
  m_why->setObjectName(QStringLiteral("modelObstacle"));
  m_why->setWordWrap(true);
  m_why->setForegroundRole(QPalette::PlaceholderText);
  m_why->hide();
  build();
  connect(m_evaluate, &QPushButton::clicked, this, [this] { Q_EMIT evaluateAsked(m_path); });
  connect(m_train, &QPushButton::clicked, this, [this] { Q_EMIT trainAsked(m_path); });
  connect(m_merge, &QPushButton::clicked, this, [this] { Q_EMIT mergeAsked(m_path); });
  connect(m_copy, &QToolButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(m_path); });
  connect(m_reveal, &QToolButton::clicked, this,
          [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_path)); });
  setFolder({});
}

void ModelDetailsPanel::build() {
  m_title->setObjectName(QStringLiteral("detailsTitle"));
  m_title->setTextFormat(Qt::PlainText);
  m_title->setWordWrap(true);
  QFont large = m_title->font();
  large.setWeight(QFont::DemiBold);
  large.setPointSizeF(large.pointSizeF() * 1.15);
  m_title->setFont(large);
  m_empty->setAlignment(Qt::AlignCenter);
  m_empty->setObjectName(QStringLiteral("detailsEmpty"));
  m_place->setMuted(true);
  m_place->setObjectName(QStringLiteral("detailsPath"));
  m_evaluate = textButton(QStringLiteral("evaluateModel"), QStringLiteral("evaluate"),
                          tr("Evaluate"), tr("Ask it about a benchmark"), this);
  m_train = textButton(QStringLiteral("trainModel"), QStringLiteral("train"), tr("Train on this"),
                       tr("Train an adapter for this model"), this);
  m_merge = textButton(QStringLiteral("mergeModel"), QStringLiteral("merge"), tr("Merge…"),
                       tr("Add the adapter into its model: a new folder"), this);
  m_copy = iconButton(QStringLiteral("copyPath"), QStringLiteral("copy"),
                      tr("Copy the folder's path"), this);
  m_reveal = iconButton(QStringLiteral("revealFolder"), QStringLiteral("external"),
                        tr("Open the folder on the desktop"), this);
  auto* place = new QHBoxLayout;
  place->setSpacing(kSpaceSmall);
  place->addWidget(m_place, 1);
  place->addWidget(m_copy);
  place->addWidget(m_reveal);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(kSpaceSmall);
  for (auto* button : {m_evaluate, m_train, m_merge}) buttons->addWidget(button);
  buttons->addStretch();
  auto* table = new QWidget;
  m_rows = new QGridLayout;
  m_rows->setHorizontalSpacing(kSpaceLarge);
  m_rows->setVerticalSpacing(kSpaceSmall);
  m_rows->setColumnStretch(1, 1);
  auto* inner = new QVBoxLayout(table);
  inner->setContentsMargins(0, 0, kSpace, 0);
  inner->addLayout(m_rows);
  inner->addStretch();
  auto* scroll = new QScrollArea(m_body);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(table);
  auto* body = new QVBoxLayout(m_body);
  body->setContentsMargins(0, 0, 0, 0);
  body->setSpacing(kSpace);
  body->addWidget(m_title);
  body->addLayout(place);
  body->addLayout(buttons);
  body->addWidget(m_why);
  body->addWidget(m_message);
  body->addWidget(scroll, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpace, 0, 0, 0);
  column->addWidget(m_empty, 1);
  column->addWidget(m_body, 1);
}

void ModelDetailsPanel::setObstacle(const QString& reason) {
  m_obstacle = reason;
  m_why->setText(reason);
  m_why->setVisible(!reason.isEmpty());
  refreshButtons();
}

void ModelDetailsPanel::setProject(const QString& file) {
  m_project = file;
  if (!m_path.isEmpty()) reload();
}

void ModelDetailsPanel::setFolder(const QString& path, const jobs::ModelFolder* known) {
  m_path = path;
  m_folder.reset();
  ++m_question;
  m_empty->setVisible(path.isEmpty());
  m_body->setVisible(!path.isEmpty());
  m_message->clear();
  clearRows();
  if (path.isEmpty()) return;
  m_place->setText(path);
  m_title->setText(QFileInfo(path).fileName());
  if (known) show(*known);
  reload();
}

void ModelDetailsPanel::reload() {
  if (m_path.isEmpty()) return;
  const quint64 question = ++m_question;
  m_catalog.details(this, m_path, [this, question](const Result<jobs::ModelDetails>& answer) {
    if (question != m_question) return;
    if (answer)
      show(*answer);
    else
      showVanished(toQt(answer.error().message));
  });
}

void ModelDetailsPanel::showVanished(const QString& sentence) {
  m_folder.reset();
  clearRows();
  m_message->showError(sentence);
  refreshButtons();
}

void ModelDetailsPanel::changeEvent(QEvent* event) {
  // Links keep the colour that they were laid out with.
  if (event->type() == QEvent::PaletteChange && m_folder) {
    clearRows();
    show(jobs::ModelFolder(*m_folder));
    reload();
  }
  QWidget::changeEvent(event);
}

void ModelDetailsPanel::clearRows() {
  m_basic.clear();
  m_shown.clear();
  while (QLayoutItem* item = m_rows->takeAt(0)) {
    delete item->widget();
    delete item;
  }
}

void ModelDetailsPanel::place(const QString& label, QWidget* value) {
  auto* name = new QLabel(label);
  name->setForegroundRole(QPalette::PlaceholderText);  // follows the theme
  const int row = m_rows->count() / 2;
  m_rows->addWidget(name, row, 0, Qt::AlignTop | Qt::AlignLeft);
  m_rows->addWidget(value, row, 1, Qt::AlignTop);
}

void ModelDetailsPanel::addRow(const QString& label, const QString& value, const QString& tip) {
  if (value.isEmpty()) return;
  auto* text = new QLabel(value);
  text->setTextFormat(Qt::PlainText);
  text->setWordWrap(true);
  text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  text->setToolTip(tip);
  text->setMinimumWidth(1);
  place(label, text);
}

void ModelDetailsPanel::addPath(const QString& label, const QString& path) {
  if (path.isEmpty()) return;
  auto* text = new ElidedLabel(nullptr, Qt::ElideMiddle);
  text->setText(path);
  place(label, text);
}

void ModelDetailsPanel::show(const jobs::ModelFolder& folder) {
  m_folder = folder;
  m_title->setText(ModelTree::shownName(folder));
  QStringList problems;
  for (const auto& problem : folder.problems) problems << ModelTree::problemText(folder, problem);
  if (!problems.isEmpty())
    m_message->showMessage(MessageBar::Kind::Warning, problems.join(u'\n'));
  else
    m_message->clear();
  refreshButtons();
  // What stands there already stays; the details come below it.
  std::string basic = dumpJson(toJson(folder)) + m_project.toStdString();
  if (basic == m_basic) return;
  clearRows();
  m_basic = std::move(basic);
  if (folder.kind == Kind::Adapter) {
    addRow(tr("Kind"), folder.checkpoint ? tr("adapter, checkpoint of a training that can go on")
                                         : tr("adapter"));
    addPath(tr("Belongs to"), toQt(folder.base));
    if (folder.rank > 0)
      addRow(tr("Rank, alpha"),
             QStringLiteral("%1, %2").arg(formatCount(folder.rank), formatNumber(folder.alpha)));
    addRow(tr("Changes"), targetsText(folder.targets));
  } else {
    addRow(tr("Kind"), folder.kind == Kind::Base ? tr("model") : tr("not known"));
    addRow(tr("Family"), toQt(folder.family));
    addRow(tr("Pictures"), folder.kind != Kind::Base ? QString()
                           : folder.hasVision        ? tr("can be shown to it")
                                                     : tr("none: it reads text only"));
  }
  addOrigin(folder);
  if (folder.parameters > 0)
    addRow(tr("Parameters"), formatParameters(static_cast<double>(folder.parameters)),
           formatCount(folder.parameters));
  if (folder.bytes > 0)
    addRow(tr("Size on disk"), formatBytes(static_cast<double>(folder.bytes)),
           tr("%1 bytes").arg(formatCount(folder.bytes)));
  addRow(tr("Precision"), toQt(folder.precision));
  addRow(tr("Changed"), formatTimeExact(folder.modifiedAt));
  addRow(tr("Snapshot"), toQt(folder.revision));
}

void ModelDetailsPanel::show(const jobs::ModelDetails& details) {
  std::string now = dumpJson(toJson(details.folder)) + m_project.toStdString();
  for (const auto& [name, bytes] : details.files) now += name + std::to_string(bytes);
  if (now == m_shown) return;
  if (!m_shown.empty()) clearRows();
  show(details.folder);
  addShape(details);
  addFiles(details);
  m_shown = std::move(now);
}

/// Where it came from, as links where the open project knows more.
void ModelDetailsPanel::addOrigin(const jobs::ModelFolder& folder) {
  if (!folder.mergedFrom.empty()) addPath(tr("Merged from"), toQt(folder.mergedFrom));
  if (folder.dataset.empty() && folder.run == 0) return;
  const bool here = !m_project.isEmpty() && toQt(folder.project) == m_project;
  QStringList parts;
  if (!folder.dataset.empty()) parts << toQt(folder.dataset).toHtmlEscaped();
  if (folder.steps > 0) parts << tr("%1 steps").arg(formatCount(folder.steps));
  if (folder.run > 0) {
    const QString run = tr("run %1").arg(folder.run);
    parts << (here ? QStringLiteral("<a href=\"run\">%1</a>").arg(run) : run);
  }
  if (!here && !folder.project.empty())
    parts << tr("of %1").arg(QFileInfo(toQt(folder.project)).fileName().toHtmlEscaped());
  auto* text = new QLabel(parts.join(QStringLiteral(", ")));
  text->setObjectName(QStringLiteral("trainedOn"));
  text->setTextFormat(Qt::RichText);
  text->setWordWrap(true);
  text->setToolTip(toQt(folder.project));
  text->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
  connect(text, &QLabel::linkActivated, this, [this, run = folder.run] { Q_EMIT runAsked(run); });
  place(tr("Trained on"), text);
}

void ModelDetailsPanel::addShape(const jobs::ModelDetails& details) {
  if (details.tensors > 0) addRow(tr("Tensors"), formatCount(details.tensors));
  if (details.folder.kind == Kind::Base)
    for (const auto& [part, parameters] : details.modules)
      addRow(partText(part),
             tr("%1 parameters").arg(formatParameters(static_cast<double>(parameters))));
  if (const auto& shape = details.shape) {
    addRow(tr("Layers"), tr("%1 of width %2, inner %3")
                             .arg(formatCount(shape->layers), formatCount(shape->width),
                                  formatCount(shape->inner)));
    addRow(tr("Heads"), shape->heads == shape->kvHeads
                            ? formatCount(shape->heads)
                            : tr("%1, sharing %2 keys and values")
                                  .arg(formatCount(shape->heads), formatCount(shape->kvHeads)));
    addRow(tr("Vocabulary"), tr("%1 tokens").arg(formatCount(shape->vocabulary)));
    addRow(tr("Context"), tr("%1 tokens").arg(formatCount(shape->maxPositions)));
  }
  if (details.folder.kind != Kind::Base) return;
  addRow(tr("Chat format"), toQt(details.chatStyle));
  addRow(tr("About it"), toQt(details.chatWarning));
}

void ModelDetailsPanel::addFiles(const jobs::ModelDetails& details) {
  QStringList lines;
  for (const auto& [name, bytes] : details.files) {
    if (lines.size() == kFilesShown) {
      lines << tr("and %1 more")
                   .arg(formatCount(static_cast<int>(details.files.size()) - kFilesShown));
      break;
    }
    lines << QStringLiteral("%1  %2").arg(toQt(name), formatBytes(static_cast<double>(bytes)));
  }
  addRow(tr("Files"), lines.join(u'\n'));
}

void ModelDetailsPanel::refreshButtons() {
  const bool there = m_folder.has_value();
  const bool adapter = there && m_folder->kind == Kind::Adapter;
  const bool usable = there && m_folder->usable();
  const QString broken = there ? tr("It cannot be used as it is") : QString();
  const auto set = [&](QPushButton* button, bool on, const QString& tip) {
    button->setEnabled(on && m_obstacle.isEmpty());
    button->setToolTip(!usable ? broken : !m_obstacle.isEmpty() ? m_obstacle : tip);
  };
  set(m_evaluate, usable, tr("Ask it about a benchmark"));
  set(m_train, usable,
      adapter ? tr("Train this adapter further") : tr("Train an adapter for this model"));
  set(m_merge, usable,
      adapter ? tr("Add this adapter into its model: a new folder")
              : tr("Add an adapter into this model: a new folder"));
  m_reveal->setEnabled(there);
}

}  // namespace wordsight::ui
