#include "shell/main_window.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QCloseEvent>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QTimer>
#include <QUndoStack>
#include <QVBoxLayout>

#include "bridge/background.h"
#include "bridge/format.h"
#include "bridge/model_catalog.h"
#include "bridge/resume.h"
#include "jobs/demo_job.h"
#include "models/jobs/job_list_model.h"
#include "shell/command_palette.h"
#include "shell/job_strip.h"
#include "shell/page_switcher.h"
#include "shell/single_instance.h"
#include "shell/start_page.h"
#include "widgets/message_bar.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kLookEvery = 2000;    // ms
constexpr int kPrepareEvery = 120;  // ms; a page takes some 10 of them
}  // namespace

MainWindow::MainWindow(Services services, PageFactory pages, QWidget* parent)
    : QMainWindow(parent),
      m_services(services),
      m_factory(std::move(pages)),
      m_switcher(new PageSwitcher(this)),
      m_stack(new QStackedWidget(this)),
      m_messages(new MessageBar(this)),
      m_strip(new JobStrip(this)),
      m_palette(nullptr),
      m_instance(new SingleInstance(this)) {
  setObjectName(QStringLiteral("mainWindow"));
  setAcceptDrops(true);
  setMinimumSize(900, 600);
  makeActions();
  makeMenu();
  arrange();
  connect(m_switcher, &PageSwitcher::pageChosen, this, [this](PageId id) { showPage(id); });
  connect(m_switcher, &PageSwitcher::menuRequested, this, &MainWindow::menuRequested);
  connect(m_strip, &JobStrip::runRequested, this, [this](RunId run) {
    showPage(PageId::Runs, {{QStringLiteral("run"), QVariant::fromValue<qint64>(run.value)}});
  });
  connect(m_instance, &SingleInstance::raiseRequested, this, [this] {
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
  });
  m_prepare.setSingleShot(true);
  m_prepare.setInterval(kPrepareEvery);
  connect(&m_prepare, &QTimer::timeout, this, &MainWindow::prepareNext);
  m_look.setInterval(kLookEvery);
  connect(&m_look, &QTimer::timeout, this, &MainWindow::lookForFile);
  restoreLayout();
  if (!settings().problem().isEmpty())
    m_messages->showMessage(MessageBar::Kind::Warning, settings().problem());
  updateActions();
  updateTitle();
}

MainWindow::~MainWindow() {
  for (Page* page : m_pages)
    if (page) page->setSession(nullptr);
  m_strip->setSession(nullptr);
  m_services.models.setSession(nullptr);
}

void MainWindow::arrange() {
  auto* centre = new QWidget(this);
  auto* row = new QHBoxLayout(centre);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  auto* column = new QVBoxLayout;
  column->setSpacing(0);
  column->addWidget(m_messages);
  column->addWidget(m_stack, 1);
  row->addWidget(m_switcher);
  row->addLayout(column, 1);
  auto* whole = new QWidget(this);
  auto* rows = new QVBoxLayout(whole);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  rows->addWidget(centre, 1);
  rows->addWidget(m_strip);
  setCentralWidget(whole);
  m_start = new StartPage(
      settings(),
      {actionNamed(QStringLiteral("openDemo")), actionNamed(QStringLiteral("newProject")),
       actionNamed(QStringLiteral("openProject"))},
      this);
  connect(m_start, &StartPage::projectChosen, this, &MainWindow::openProjectFile);
  m_stack->addWidget(m_start);
  m_palette = new CommandPalette(this);
  m_switcher->setProjectOpen(false);
  m_switcher->setCurrent(PageId::Overview);
}

Page* MainWindow::showPage(PageId id, const QVariantMap& what) {
  if (!m_session && id != PageId::Models) {
    m_current = PageId::Overview;
    m_switcher->setCurrent(m_current);
    m_stack->setCurrentWidget(m_start);
    return nullptr;
  }
  Page* page = pageMade(id);
  page->setSession(m_session.get());
  if (auto* before = qobject_cast<Page*>(m_stack->currentWidget()); before && before != page)
    before->hiddenAway();
  m_current = id;
  m_switcher->setCurrent(id);
  m_stack->setCurrentWidget(page);
  page->shown();
  if (!what.isEmpty()) page->open(what);
  updateTitle();
  settings().setValue(QStringLiteral("window/page"), static_cast<int>(id));
  return page;
}

Page* MainWindow::pageMade(PageId id) {
  Page*& page = m_pages[static_cast<std::size_t>(id)];
  if (page) return page;
  page = m_factory(id, m_services, this);
  m_stack->addWidget(page);
  connect(page, &Page::navigate, this,
          [this](PageId to, const QVariantMap& thing) { showPage(to, thing); });
  connect(page, &Page::errorRaised, this, &MainWindow::showError);
  return page;
}

void MainWindow::preparePages() {
  m_preparing = true;
  m_prepare.start();
}

void MainWindow::prepareNext() {
  if (m_opening || m_closing) return m_prepare.start();
  // Told of the project first: that begins to read it.
  for (Page* page : m_pages)
    if (page && page->session() != m_session.get()) {
      page->setSession(m_session.get());
      return m_prepare.start();
    }
  if (!m_preparing) return;
  for (int i = 0; i < kPageCount; ++i)
    if (!m_pages[static_cast<std::size_t>(i)] && (m_session || i == 0)) {
      pageMade(static_cast<PageId>(i));
      return m_prepare.start();
    }
}

void MainWindow::openProjectFile(const QString& path) {
  const QString file = QFileInfo(path).absoluteFilePath();
  if (m_opening) return;
  if (m_session && m_session->path() == file) return;
  if (SingleInstance::raiseOther(file)) {
    m_messages->showMessage(MessageBar::Kind::Info,
                            tr("%1 is open in another window, which was brought forward.")
                                .arg(QFileInfo(file).fileName()));
    return;
  }
  whenIdle(tr("Work is running in the project that is open. Stop it and open the other one?"),
           [this, file] {
             m_opening = true;
             openProject(this, file, [this, file](Result<OpenedProject> opened) {
               arrived(file, std::move(opened), false);
             });
           });
}

void MainWindow::newProjectAt(const QString& path) {
  if (m_opening) return;
  QString file = path;
  if (QFileInfo(file).suffix().isEmpty()) file += QStringLiteral(".wordsight");
  whenIdle(tr("Work is running in the project that is open. Stop it and make a new one?"),
           [this, file] {
             m_opening = true;
             createProject(this, file, [this, file](Result<OpenedProject> opened) {
               arrived(file, std::move(opened), false);
             });
           });
}

void MainWindow::openDemoProject() {
  const QString file = demoProjectPath();
  if (QFileInfo::exists(file)) {
    openProjectFile(file);
    return;
  }
  if (m_opening) return;
  whenIdle(tr("Work is running in the project that is open. Stop it and open the demo?"),
           [this, file] {
             m_opening = true;
             createProject(this, file, [this, file](Result<OpenedProject> opened) {
               arrived(file, std::move(opened), true);
             });
           });
}

void MainWindow::arrived(const QString& path, Result<OpenedProject> opened, bool demo) {
  m_opening = false;
  if (!opened) {
    const QString sentence =
        opened.error().kind == ErrorKind::NotFound
            ? tr("There is no project file %1. If it lies on a disk that is not connected, connect "
                 "it; else choose another, or make a new one.")
                  .arg(path)
            : toQt(opened.error().message);
    m_messages->showError(sentence);
    Q_EMIT openFailed(sentence);
    return;
  }
  adopt(std::move(*opened), demo);
}

void MainWindow::adopt(OpenedProject opened, bool demo) {
  dropSession();
  // What was wrong with the settings stays to be read.
  if (settings().problem().isEmpty()) m_messages->clear();
  m_fileGone = false;
  m_look.start();
  m_session = std::make_unique<Session>(opened.project);
  settings().addRecentProject(m_session->path());
  m_instance->claim(m_session->path());
  m_strip->setSession(m_session.get());
  m_services.models.setSession(m_session.get());
  // Pages in the back are told one after the other.
  m_prepare.start();
  connect(m_session.get(), &Session::jobsChanged, this, &MainWindow::updateTitle);
  connect(m_session.get(), &Session::jobProgress, this, &MainWindow::updateTitle);
  m_undo->setEnabled(false);
  m_redo->setEnabled(false);
  connect(&m_session->undoStack(), &QUndoStack::canUndoChanged, m_undo, &QAction::setEnabled);
  connect(&m_session->undoStack(), &QUndoStack::canRedoChanged, m_redo, &QAction::setEnabled);
  connect(&m_session->undoStack(), &QUndoStack::undoTextChanged, this, [this](const QString& what) {
    m_undo->setToolTip(what.isEmpty() ? tr("Undo") : tr("Undo: %1").arg(what));
  });
  m_switcher->setProjectOpen(true);
  updateActions();
  showPage(PageId::Overview);
  welcome(opened, demo);
  Q_EMIT sessionChanged(m_session.get());
}

void MainWindow::welcome(const OpenedProject& opened, bool demo) {
  if (demo) {
    jobs::DemoSpec spec;
    spec.command = "wordsight-cli demo --project " + m_session->project().path().string();
    m_session->submit(Session::kDataLane, tr("Prepare the demo"),
                      [spec](const jobs::JobContext& c) { return jobs::prepareDemo(c, spec); });
    // The demo's model is there only now.
    connect(
        m_session.get(), &Session::jobEnded, &m_services.models,
        [this] { m_services.models.rescan(); }, Qt::SingleShotConnection);
  }
  for (const Run& run : opened.toResume)
    if (canResume(run.kind, run.status)) resumeRun(*m_session, run);
  if (!opened.notice.isEmpty()) {
    m_messages->showMessage(MessageBar::Kind::Info, opened.notice);
  } else if (!opened.toResume.empty()) {
    m_messages->showMessage(MessageBar::Kind::Info,
                            tr("Going on with what was stopped when the window closed (%n runs).",
                               nullptr, static_cast<int>(opened.toResume.size())));
  } else if (!opened.interrupted.empty()) {
    auto* show = new QAction(tr("Show runs"), this);
    connect(show, &QAction::triggered, this, [this] { showPage(PageId::Runs); });
    m_messages->showMessage(
        MessageBar::Kind::Warning,
        tr("The program ended while %n runs were going on. What they had is kept, and they can be "
           "resumed.",
           nullptr, static_cast<int>(opened.interrupted.size())),
        {show});
  }
}

void MainWindow::dropSession() {
  for (Page* page : m_pages)
    if (page) {
      page->flush();
      page->setSession(nullptr);
    }
  m_strip->setSession(nullptr);
  m_services.models.setSession(nullptr);
  m_instance->claim({});
  m_session.reset();
}

void MainWindow::closeProject() {
  if (!m_session) return;
  whenIdle(tr("Work is running in this project. Stop it and close the project?"), [this] {
    dropSession();
    m_switcher->setProjectOpen(false);
    updateActions();
    showPage(PageId::Overview);
    updateTitle();
    Q_EMIT sessionChanged(nullptr);
  });
}

void MainWindow::showError(const QString& sentence) { m_messages->showError(sentence); }

void MainWindow::whenIdle(const QString& question, std::function<void()> then) {
  if (!m_session || !m_session->busy()) {
    then();
    return;
  }
  if (m_stopping || findChild<QMessageBox*>(QStringLiteral("stopQuestion"))) return;
  QStringList running;
  for (const JobView& job : m_session->jobs())
    if (job.state != JobView::State::Ended)
      running << QStringLiteral("%1: %2").arg(job.label, JobListModel::detailOf(job));
  auto* box = new QMessageBox(QMessageBox::Question, tr("Work is running"), question,
                              QMessageBox::NoButton, this);
  box->setObjectName(QStringLiteral("stopQuestion"));
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setInformativeText(running.join(u'\n'));
  auto* next = new QCheckBox(tr("Go on with it when this project is opened next"), box);
  next->setObjectName(QStringLiteral("resumeNext"));
  next->setChecked(true);
  box->setCheckBox(next);
  auto* stop = box->addButton(tr("Stop and save"), QMessageBox::AcceptRole);
  stop->setObjectName(QStringLiteral("stopAndSave"));
  auto* keep = box->addButton(tr("Keep working"), QMessageBox::RejectRole);
  keep->setObjectName(QStringLiteral("keepWorking"));
  box->setDefaultButton(keep);
  box->setEscapeButton(keep);
  connect(stop, &QAbstractButton::clicked, this,
          [this, next, then = std::move(then)] { stopAndThen(next->isChecked(), then); });
  box->open();
}

void MainWindow::stopAndThen(bool resumeNext, std::function<void()> then) {
  m_stopping = true;
  m_messages->showMessage(MessageBar::Kind::Info,
                          tr("Stopping; what was computed so far is being saved."));
  std::vector<RunId> runs;
  for (const JobView& job : m_session->jobs())
    if (job.state != JobView::State::Ended && job.run && canResume(job.kind, RunStatus::Cancelled))
      runs.push_back(job.run);
  if (resumeNext && !runs.empty() && !m_session->readOnly())
    m_session->database().write(
        this, [runs](store::Connection& c) { return rememberToResume(c, runs); },
        [this](const Status& status) {
          if (!status) showError(toQt(status.error().message));
        });
  const auto finished = [this, then = std::move(then)] {
    if (m_session && m_session->busy()) return false;
    m_stopping = false;
    m_messages->clear();
    // Out of the session's own signal, which `then` may destroy.
    QTimer::singleShot(0, this, then);
    return true;
  };
  m_session->stopAll();
  if (finished()) return;
  auto* waiting = new QObject(m_session.get());
  connect(m_session.get(), &Session::jobsChanged, waiting, [waiting, finished] {
    if (finished()) waiting->deleteLater();
  });
}

void MainWindow::closeEvent(QCloseEvent* event) {
  saveLayout();
  if (m_session && m_session->busy() && !m_closing) {
    event->ignore();
    whenIdle(tr("Work is running. Stop it and close the window?"), [this] {
      m_closing = true;
      close();
    });
    return;
  }
  for (Page* page : m_pages)
    if (page) page->flush();
  QMainWindow::closeEvent(event);
}

void MainWindow::updateTitle() {
  if (!m_session) {
    setWindowTitle({});
    return;
  }
  QString title = m_session->name();
  for (const JobView& job : m_session->jobs()) {
    if (job.state != JobView::State::Running) continue;
    const double share = JobListModel::fractionOf(job);
    title = share < 0 ? QStringLiteral("%1 · %2").arg(title, job.label)
                      : QStringLiteral("%1 · %2 %3").arg(title, job.label, formatPercent(share, 0));
    break;
  }
  if (title != windowTitle()) setWindowTitle(title);
}

void MainWindow::lookForFile() {
  if (!m_session) return;
  // A disk that hangs must hang another thread.
  inBackground(
      this, [path = m_session->path()] { return std::pair(path, QFileInfo::exists(path)); },
      [this](const std::pair<QString, bool>& found) {
        if (!m_session || found.first != m_session->path() || found.second != m_fileGone) return;
        m_fileGone = !found.second;
        if (!m_fileGone) {
          m_messages->clear();
          return;
        }
        showError(tr("The project file %1 is not there any more. Put it back or connect its disk "
                     "again; until then nothing can be saved.")
                      .arg(found.first));
      });
}

}  // namespace wordsight::ui
