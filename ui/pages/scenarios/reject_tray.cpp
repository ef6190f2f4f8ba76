#include "pages/scenarios/reject_tray.h"

#include <QCheckBox>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "models/scenarios/scenario_edits.h"
#include "pages/scenarios/captions.h"
#include "store/run_repository.h"
#include "synth/parse.h"
#include "widgets/icons.h"
#include "widgets/message_bar.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kTypingMilliseconds = 200;
constexpr std::size_t kMostShown = 100'000;  // characters of a raw text that is shown

/// Where a mended text came from: the reject's own provenance, and that a person mended it.
Result<Provenance> provenanceOf(store::Connection& connection, const store::Reject& reject) {
  Provenance from;
  from.strategy = reject.strategy;
  from.seed = reject.seed;
  from.run = reject.run;
  from.source = "reject " + std::to_string(reject.id) + ", mended by hand";
  from.generator = "person";
  if (!reject.run) return from;
  WORDSIGHT_TRY(const auto run, store::RunRepository(connection).get(reject.run));
  const auto generator = run.spec.find("generator");
  if (generator != run.spec.end() && generator->is_string())
    from.generator = generator->get<std::string>();
  return from;
}

}  // namespace

RejectTray::RejectTray(QWidget* parent)
    : QWidget(parent),
      m_model(new RejectModel(this)),
      m_list(new QTableView),
      m_thisRun(new QCheckBox(tr("Only of this run"))),
      m_count(caption({})),
      m_verdict(new QLabel),
      m_text(new QPlainTextEdit),
      m_copy(new QPushButton(tr("Copy"))),
      m_keep(new QPushButton(tr("Keep as scenario"))),
      m_messages(new MessageBar) {
  setObjectName(QStringLiteral("rejectTray"));
  m_list->setModel(m_model);
  dressTable(*m_list);
  m_list->setSortingEnabled(false);
  m_list->setObjectName(QStringLiteral("rejectList"));
  m_list->setAccessibleName(tr("Refused texts"));
  m_list->setSelectionMode(QAbstractItemView::SingleSelection);
  m_list->horizontalHeader()->setStretchLastSection(false);
  m_list->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_list->horizontalHeader()->setSectionResizeMode(RejectModel::ReasonColumn, QHeaderView::Stretch);
  m_list->setColumnWidth(RejectModel::StrategyColumn, 84);
  m_list->setColumnWidth(RejectModel::RunColumn, 48);
  m_list->setColumnWidth(RejectModel::WhenColumn, 92);
  connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& now) { choose(now.row()); });
  m_thisRun->setObjectName(QStringLiteral("rejectsOfThisRun"));
  m_thisRun->setToolTip(tr("Otherwise those of all runs are listed"));
  connect(m_thisRun, &QCheckBox::toggled, this, &RejectTray::applyRun);
  connect(m_model, &RejectModel::totalChanged, this,
          [this](qint64 total) { m_count->setText(tr("%1 refused").arg(formatCount(total))); });
  connect(m_model, &RejectModel::failed, m_messages,
          [this](const QString& sentence) { m_messages->showError(sentence); });
  auto* head = new QHBoxLayout;
  head->addWidget(m_count);
  head->addStretch();
  head->addWidget(m_thisRun);
  auto* lower = new QWidget;
  lower->setLayout(new QVBoxLayout);
  lower->layout()->setContentsMargins(0, 0, 0, 0);
  lower->layout()->setSpacing(kSpaceSmall);
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->addWidget(m_list);
  splitter->addWidget(lower);
  splitter->setChildrenCollapsible(false);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  column->addLayout(head);
  column->addWidget(m_messages);
  column->addWidget(splitter, 1);
  m_timer.setSingleShot(true);
  m_timer.setInterval(kTypingMilliseconds);
  connect(&m_timer, &QTimer::timeout, this, &RejectTray::check);
  splitter->widget(1)->setObjectName(QStringLiteral("rejectText"));
  buildText();
}

void RejectTray::buildText() {
  m_text->setObjectName(QStringLiteral("rawText"));
  m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  m_text->setTabChangesFocus(true);
  m_text->setAccessibleName(tr("Raw text; mend it here"));
  m_text->setPlaceholderText(tr("The text as it was written. It can be mended here."));
  m_verdict->setObjectName(QStringLiteral("rawVerdict"));
  m_verdict->setWordWrap(true);
  m_verdict->setTextFormat(Qt::PlainText);
  m_copy->setObjectName(QStringLiteral("copyReject"));
  m_copy->setIcon(icon(QStringLiteral("copy")));
  m_copy->setToolTip(tr("Copy the text"));
  m_keep->setObjectName(QStringLiteral("keepReject"));
  m_keep->setIcon(icon(QStringLiteral("accept")));
  m_keep->setToolTip(tr("Make a scenario of the mended text; where it came from stays with it"));
  for (auto* button : {m_copy, m_keep}) button->setAutoDefault(false);
  connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
    m_keep->setEnabled(false);
    if (m_chosen) m_timer.start();
  });
  connect(m_copy, &QPushButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
  connect(m_keep, &QPushButton::clicked, this, &RejectTray::keep);
  auto* row = new QHBoxLayout;
  row->addWidget(m_verdict, 1);
  row->addWidget(m_copy, 0, Qt::AlignTop);
  row->addWidget(m_keep, 0, Qt::AlignTop);
  auto* lower = findChild<QWidget*>(QStringLiteral("rejectText"));
  auto* column = static_cast<QVBoxLayout*>(lower->layout());
  column->addWidget(m_text, 1);
  column->addLayout(row);
  choose(-1);
}

void RejectTray::setSession(Session* session) {
  m_checkQuery.cancel();
  m_session = session;
  m_run.reset();
  m_count->clear();
  m_thisRun->setChecked(false);
  m_thisRun->hide();
  m_messages->clear();
  choose(-1);
  m_model->setSession(session);
}

void RejectTray::setRun(std::optional<RunId> run) {
  m_run = run;
  m_thisRun->setVisible(run.has_value());
  applyRun();
}

void RejectTray::applyRun() { m_model->setRun(m_thisRun->isChecked() ? m_run : std::nullopt); }
void RejectTray::refresh() { m_model->refresh(); }

void RejectTray::choose(int row) {
  const auto* reject = m_model->at(row);
  m_content.reset();
  m_keep->setEnabled(false);
  m_verdict->clear();
  m_chosen.reset();
  const bool any = reject != nullptr;
  m_copy->setEnabled(any);
  m_text->setEnabled(any);
  if (!any) return m_text->clear();
  m_text->setReadOnly(reject->rawText.size() > kMostShown || !m_session || m_session->readOnly());
  m_text->setPlainText(toQt(std::string_view(reject->rawText).substr(0, kMostShown)));
  m_chosen = *reject;
  check();
}

void RejectTray::check() {
  m_timer.stop();
  if (!m_session || !m_chosen) return;
  m_checkQuery.ask(
      m_session->database(), this,
      [text = fromQt(m_text->toPlainText())](store::Connection&) {
        return synth::parseScenario(text);
      },
      [this](Result<ScenarioContent> content) { takeCheck(std::move(content)); });
}

void RejectTray::takeCheck(Result<ScenarioContent> content) {
  m_content.reset();
  if (content) m_content = std::move(*content);
  m_keep->setEnabled(m_content && !m_text->isReadOnly());
  m_verdict->setText(m_content ? tr("✓ This reads as a scenario and can be kept.")
                               : toQt(content.error().message));
}

void RejectTray::keep() {
  if (!m_session || !m_chosen || !m_content) return;
  m_keep->setEnabled(false);
  m_session->database().read(
      this,
      [reject = *m_chosen](store::Connection& connection) {
        return provenanceOf(connection, reject);
      },
      [this, content = *m_content, reject = m_chosen->id](Result<Provenance> from) {
        if (!from) return m_messages->showError(toQt(from.error().message));
        ScenarioEdits::of(m_session)->add(content, *from);
        m_model->markKept(reject);
        m_messages->showMessage(MessageBar::Kind::Good,
                                tr("Kept as a new scenario, at the end of the table."));
      });
}

}  // namespace wordsight::ui
