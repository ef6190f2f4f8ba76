#include "widgets/model_chooser.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kTypingMilliseconds = 300;
constexpr int kListWidth = 460;
enum Role { NameRole = Qt::UserRole + 1, DetailRole };

/// "qwen2_vl · 2.6 M parameters · 5.2 MB · BF16", or of an adapter its rank and data.
QString detailOf(const jobs::ModelFolder& model) {
  QStringList parts;
  if (model.kind == jobs::ModelFolder::Kind::Adapter) {
    if (model.rank > 0) parts << ModelChooser::tr("rank %1").arg(model.rank);
    if (model.steps > 0) parts << ModelChooser::tr("%1 steps").arg(formatCount(model.steps));
    if (!model.dataset.empty()) parts << ModelChooser::tr("trained on %1").arg(toQt(model.dataset));
  } else {
    if (!model.family.empty()) parts << toQt(model.family);
    parts << (model.hasVision ? ModelChooser::tr("sees pictures") : ModelChooser::tr("text only"));
  }
  if (model.parameters > 0)
    parts << ModelChooser::tr("%1 parameters")
                 .arg(formatParameters(static_cast<double>(model.parameters)));
  if (model.bytes > 0) parts << formatBytes(static_cast<double>(model.bytes));
  if (!model.precision.empty()) parts << toQt(model.precision);
  return parts.join(QStringLiteral(" · "));
}

/// "runs/3/step-450" says more than "step-450": adapters are often called alike.
QString shownName(const jobs::ModelFolder& model) {
  if (model.kind != jobs::ModelFolder::Kind::Adapter) return toQt(model.name);
  const auto parent = model.path.parent_path().filename().string();
  return parent.empty() ? toQt(model.name) : toQt(parent + "/" + model.name);
}

/// A found folder in the list: its name, and behind it what it is.
class ModelRow final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {kListWidth, kRowHeight};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override {
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    row.text.clear();
    row.widget->style()->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);
    const bool selected = row.state.testFlag(QStyle::State_Selected);
    const QRect room = row.rect.adjusted(kSpace, 0, -kSpace, 0);
    const QString name = index.data(NameRole).toString();
    const int nameWidth = std::min(row.fontMetrics.horizontalAdvance(name), room.width() / 2);
    painter->setPen(row.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawText(room, int(Qt::AlignLeft | Qt::AlignVCenter),
                      row.fontMetrics.elidedText(name, Qt::ElideMiddle, nameWidth));
    if (!selected) painter->setPen(mutedColour(row.palette));
    const QRect rest = room.adjusted(nameWidth + kSpaceLarge, 0, 0, 0);
    painter->drawText(rest, int(Qt::AlignRight | Qt::AlignVCenter),
                      row.fontMetrics.elidedText(index.data(DetailRole).toString(), Qt::ElideRight,
                                                 rest.width()));
  }
};

QString droppedPath(const QMimeData* data) {
  const auto urls = data->urls();
  return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

}  // namespace

ModelChooser::ModelChooser(ModelCatalog& catalog, Kind kind, QWidget* parent)
    : QWidget(parent),
      m_catalog(catalog),
      m_kind(kind),
      m_combo(new QComboBox(this)),
      m_browse(new QToolButton(this)),
      m_mark(new QLabel(this)),
      m_note(new QLabel(this)),
      m_list(new QStandardItemModel(this)) {
  m_picker = [this](const QString& start) {
    return QFileDialog::getExistingDirectory(this, tr("Choose a model folder"), start);
  };
  setAcceptDrops(true);
  build();
  m_typing.setSingleShot(true);
  m_typing.setInterval(kTypingMilliseconds);
  connect(&m_typing, &QTimer::timeout, this, &ModelChooser::read);
  connect(m_combo, &QComboBox::editTextChanged, this, [this] {
    if (m_filling) return;
    m_combo->setToolTip(folder());
    m_typing.start();
  });
  connect(m_combo, &QComboBox::activated, this, &ModelChooser::read);
  connect(m_combo->lineEdit(), &QLineEdit::editingFinished, this, [this] {
    if (m_typing.isActive()) read();
  });
  connect(m_browse, &QToolButton::clicked, this, &ModelChooser::browse);
  connect(&catalog, &ModelCatalog::changed, this, [this] {
    fill();
    if (!folder().isEmpty() && !m_typing.isActive()) read();
  });
  fill();
  judge();
}

ModelChooser::~ModelChooser() {
  // A focus proxy hears of losing the focus when this object's members are gone already.
  m_combo->disconnect(this);
  m_combo->lineEdit()->disconnect(this);
}

void ModelChooser::build() {
  const bool adapter = m_kind != Kind::Base;
  m_combo->setObjectName(QStringLiteral("modelCombo"));
  m_combo->setEditable(true);
  m_combo->setInsertPolicy(QComboBox::NoInsert);
  m_combo->setModel(m_list);
  m_combo->setItemDelegate(new ModelRow(m_combo));
  m_combo->setMinimumContentsLength(12);
  m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_combo->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  m_combo->setCompleter(nullptr);
  m_combo->view()->setMinimumWidth(kListWidth);
  m_combo->view()->setTextElideMode(Qt::ElideMiddle);
  m_combo->setAccessibleName(adapter ? tr("Adapter folder") : tr("Model folder"));
  m_combo->lineEdit()->setObjectName(QStringLiteral("modelFolder"));
  m_combo->lineEdit()->setAccessibleName(m_combo->accessibleName());
  m_combo->lineEdit()->setClearButtonEnabled(m_kind == Kind::OptionalAdapter);
  m_combo->lineEdit()->setPlaceholderText(m_kind == Kind::OptionalAdapter ? tr("No adapter")
                                          : adapter
                                              ? tr("Choose an adapter folder, or drop it here")
                                              : tr("Choose a model folder, or drop it here"));
  m_combo->lineEdit()->installEventFilter(this);  // it would take a drop as text
  m_combo->installEventFilter(this);
  m_browse->setObjectName(QStringLiteral("modelBrowse"));
  m_browse->setIcon(icon(QStringLiteral("folder-open")));
  m_browse->setText(tr("Browse…"));
  m_browse->setToolTip(tr("Choose the folder in a dialog"));
  m_browse->setAccessibleName(tr("Browse for the folder"));
  m_note->setObjectName(QStringLiteral("modelNote"));
  m_note->setTextFormat(Qt::PlainText);
  m_note->setWordWrap(true);
  m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpaceSmall);
  row->addWidget(m_combo, 1);
  row->addWidget(m_browse);
  auto* below = new QHBoxLayout;
  below->setSpacing(kSpaceSmall);
  below->addWidget(m_mark, 0, Qt::AlignTop);
  below->addWidget(m_note, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  column->addLayout(row);
  column->addLayout(below);
  setFocusProxy(m_combo);
}

bool ModelChooser::accepts(const jobs::ModelFolder& model) const {
  return model.kind ==
         (m_kind == Kind::Base ? jobs::ModelFolder::Kind::Base : jobs::ModelFolder::Kind::Adapter);
}

void ModelChooser::fill() {
  const QString kept = m_combo->currentText();
  m_filling = true;
  m_list->clear();
  QList<QStandardItem*> items;
  for (const auto& model : m_catalog.models()) {
    if (!accepts(model) || !model.usable()) continue;
    auto* item = new QStandardItem(toQt(model.path.string()));
    item->setData(shownName(model), NameRole);
    item->setData(detailOf(model), DetailRole);
    item->setToolTip(item->text());
    items.append(item);
  }
  m_list->invisibleRootItem()->appendRows(items);
  m_combo->setCurrentIndex(m_combo->findText(kept, Qt::MatchExactly | Qt::MatchCaseSensitive));
  m_combo->setEditText(kept);
  m_filling = false;
}

QString ModelChooser::folder() const {
  const QString text = m_combo->currentText().trimmed();
  return text.isEmpty() ? text : QDir::cleanPath(text);
}

void ModelChooser::setFolder(const QString& folder) {
  m_filling = true;
  m_combo->setEditText(folder);
  m_combo->setToolTip(folder);
  m_filling = false;
  read();
}

void ModelChooser::setBase(const QString& folder) {
  if (folder == m_base) return;
  m_base = folder;
  judge();
}

void ModelChooser::setFolderPicker(std::function<QString(const QString&)> picker) {
  m_picker = std::move(picker);
}

void ModelChooser::browse() {
  const QString start = folder().isEmpty() ? QDir::homePath() : QFileInfo(folder()).path();
  if (const QString chosen = m_picker(start); !chosen.isEmpty()) setFolder(chosen);
}

void ModelChooser::read() {
  m_typing.stop();
  const QString now = folder();
  const bool moved = now != m_told;
  m_told = now;
  m_failure.clear();
  const quint64 question = ++m_question;
  const auto* known = now.isEmpty() ? nullptr : m_catalog.find(now);
  if (moved) m_model = known ? std::optional(*known) : std::nullopt;
  m_reading = !now.isEmpty();
  judge();
  if (moved) Q_EMIT folderChanged(now);
  if (now.isEmpty()) return;
  m_catalog.describe(this, now, [this, now, question](const Result<jobs::ModelFolder>& answer) {
    if (question == m_question) settle(now, answer);
  });
}

void ModelChooser::settle(const QString& folder, const Result<jobs::ModelFolder>& answer) {
  m_reading = false;
  m_model = answer ? std::optional(*answer) : std::nullopt;
  m_failure = answer ? QString() : toQt(answer.error().message);
  judge();
  // A dropped file stands for its folder.
  if (m_model && toQt(m_model->path.string()) != folder) setFolder(toQt(m_model->path.string()));
}

void ModelChooser::judge() {
  m_problem = m_reading ? QString() : m_failure;
  if (m_model && !m_reading) {
    const bool isAdapter = m_model->kind == jobs::ModelFolder::Kind::Adapter;
    if (m_kind == Kind::Base && isAdapter)
      m_problem = tr("This folder holds an adapter. Choose the model that it belongs to: %1.")
                      .arg(m_model->base.empty() ? tr("its base") : toQt(m_model->base));
    else if (!m_model->problems.empty())
      m_problem = toQt(m_model->problems.front());
    else if (m_kind != Kind::Base && !isAdapter)
      m_problem = tr("This folder holds a whole model, not an adapter.");
  }
  showNote();
  Q_EMIT described();
}

bool ModelChooser::usable() const {
  if (folder().isEmpty()) return m_kind == Kind::OptionalAdapter;
  return m_model && !m_typing.isActive() && accepts(*m_model) && m_model->usable();
}

QString ModelChooser::misfit() const {
  if (m_kind == Kind::Base || !m_model || m_base.isEmpty() || m_model->base.empty()) return {};
  const QString theirs = toQt(m_model->base);
  const auto* base = m_catalog.find(m_base);
  const QString ours = base ? toQt(base->name) : QFileInfo(m_base).fileName();
  const auto last = [](const QString& name) { return name.section(QLatin1Char('/'), -1); };
  if (QDir::cleanPath(theirs) == QDir::cleanPath(m_base) || last(theirs) == last(ours)) return {};
  return tr("This adapter was trained on %1, not on the model above.").arg(last(theirs));
}

QString ModelChooser::summary() const {
  if (folder().isEmpty())
    return m_kind == Kind::OptionalAdapter ? tr("The model as it is") : QString();
  if (!m_model) return m_reading ? tr("Reading…") : QString();
  return detailOf(*m_model);
}

void ModelChooser::showNote() {
  const QString warning = m_problem.isEmpty() ? misfit() : QString();
  const QColor colour = !m_problem.isEmpty() ? badColour(palette())
                        : !warning.isEmpty() ? warnColour(palette())
                                             : mutedColour(palette());
  const bool loud = !m_problem.isEmpty() || !warning.isEmpty();
  m_mark->setVisible(loud);
  if (loud)
    m_mark->setPixmap(
        icon(m_problem.isEmpty() ? QStringLiteral("warning") : QStringLiteral("error"), colour)
            .pixmap(16, 16));
  QPalette quiet = palette();
  quiet.setColor(QPalette::WindowText, colour);
  m_note->setPalette(quiet);
  m_note->setText(!m_problem.isEmpty() ? m_problem : !warning.isEmpty() ? warning : summary());
  m_note->setVisible(!m_note->text().isEmpty());
}

void ModelChooser::dragEnterEvent(QDragEnterEvent* event) {
  if (!droppedPath(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void ModelChooser::dropEvent(QDropEvent* event) {
  const QString path = droppedPath(event->mimeData());
  if (path.isEmpty()) return;
  event->acceptProposedAction();
  setFolder(path);
}

bool ModelChooser::eventFilter(QObject* watched, QEvent* event) {
  // The wheel over a form scrolls the form; a choice is not changed by passing over it.
  if (event->type() == QEvent::Wheel && watched == m_combo && !m_combo->hasFocus()) {
    event->ignore();
    return true;
  }
  if (event->type() == QEvent::DragEnter) {
    dragEnterEvent(static_cast<QDragEnterEvent*>(event));
    return event->isAccepted();
  }
  if (event->type() == QEvent::Drop) {
    dropEvent(static_cast<QDropEvent*>(event));
    return event->isAccepted();
  }
  return QWidget::eventFilter(watched, event);
}

void ModelChooser::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) showNote();
  QWidget::changeEvent(event);
}

}  // namespace wordsight::ui
