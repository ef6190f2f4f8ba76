#include "shell/main_window.h"

#include <unistd.h>
#include <QAction>
#include <QCheckBox>
#include <QDropEvent>
#include <QFile>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "demo_project.h"
#include "fake_page.h"
#include "jobs/data_jobs.h"
#include "store/run_repository.h"
#include "store/setting_repository.h"
#include "widgets/message_bar.h"

namespace wordsight::ui::test {
namespace {

using wordsight::test::screenshots;
using wordsight::test::spinUntil;

class MainWindowTest : public WindowTest {
 protected:
  bool open(const QString& file) {
    QSignalSpy opened(m_window.get(), &MainWindow::sessionChanged);
    m_window->newProjectAt(file);
    return spinUntil([&] { return !opened.isEmpty(); });
  }
  QString message() const {
    return m_window->findChild<MessageBar*>(QStringLiteral("messageBar"))->sentence();
  }
  /// A job that runs until it is stopped; a synthesis of far more items than anybody waits for.
  jobs::JobNumber longJob() {
    jobs::SynthesisSpec spec;
    spec.count = 1'000'000;
    return m_window->session()->submit(
        Session::kModelLane, QStringLiteral("Long work"),
        [spec](const jobs::JobContext& c) { return jobs::synthesize(c, spec); });
  }
  bool runs(jobs::JobNumber number) {
    return spinUntil([&] {
      const JobView* job = m_window->session()->job(number);
      return job && job->state == JobView::State::Running && job->run;
    });
  }
  template <class W>
  W* control(const char* name) const {
    return m_window->findChild<W*>(QLatin1String(name));
  }
};

TEST_F(MainWindowTest, BeginsWithWaysToBegin) {
  EXPECT_EQ(m_window->session(), nullptr);
  EXPECT_TRUE(control<QPushButton>("start_openDemo")->isVisible());
  EXPECT_FALSE(control<QToolButton>("page2")->isEnabled());
  EXPECT_TRUE(control<QToolButton>("page7")->isEnabled());  // models need no project
  m_window->resize(1280, 800);
  screenshots(*m_window, QStringLiteral("window_start"));
}

TEST_F(MainWindowTest, MakesOpensAndRemembersAProject) {
  ASSERT_TRUE(open(path("a")));
  EXPECT_TRUE(QFile::exists(path("a.wordsight")));
  EXPECT_EQ(m_window->session()->name(), QStringLiteral("a"));
  EXPECT_TRUE(m_window->windowTitle().startsWith(QLatin1Char('a')));
  EXPECT_EQ(m_settings.recentProjects(), QStringList{m_window->session()->path()});
  for (int i = 0; i < kPageCount; ++i) {
    QTest::mouseClick(control<QToolButton>(qPrintable(QStringLiteral("page%1").arg(i + 1))),
                      Qt::LeftButton);
    auto* shown = page(static_cast<PageId>(i));
    ASSERT_NE(shown, nullptr);
    EXPECT_TRUE(shown->isVisible());
    EXPECT_EQ(shown->session(), m_window->session());
  }
  QSignalSpy closed(m_window.get(), &MainWindow::sessionChanged);
  m_window->closeProject();
  ASSERT_EQ(closed.size(), 1);
  EXPECT_EQ(page(PageId::Train)->session(), nullptr);
  EXPECT_EQ(control<QListWidget>("recentProjects")->count(), 1);
}

TEST_F(MainWindowTest, AFileThatIsNoProjectIsASentence) {
  const auto file = m_folder.write("no.wordsight", "this is no database at all");
  QSignalSpy failed(m_window.get(), &MainWindow::openFailed);
  m_window->openProjectFile(QString::fromStdString(file.string()));
  ASSERT_TRUE(spinUntil([&] { return !failed.isEmpty(); }));
  EXPECT_TRUE(message().contains(QLatin1String("no.wordsight"))) << message().toStdString();
  m_window->openProjectFile(path("nowhere.wordsight"));
  ASSERT_TRUE(spinUntil([&] { return failed.size() == 2; }));
  EXPECT_TRUE(message().contains(QLatin1String("nowhere.wordsight")));
  EXPECT_EQ(m_window->session(), nullptr);
}

TEST_F(MainWindowTest, PagesAskToGoElsewhere) {
  ASSERT_TRUE(open(path("a")));
  auto* overview = page(PageId::Overview);
  Q_EMIT overview->navigate(PageId::Runs, {{QStringLiteral("run"), 3}});
  ASSERT_NE(page(PageId::Runs), nullptr);
  EXPECT_TRUE(page(PageId::Runs)->isVisible());
  EXPECT_EQ(page(PageId::Runs)->opened.value(QStringLiteral("run")).toInt(), 3);
  Q_EMIT overview->errorRaised(QStringLiteral("The moon fell down."));
  EXPECT_EQ(message(), QStringLiteral("The moon fell down."));
}

TEST_F(MainWindowTest, ClosingWithWorkRunningAsksAndGoesOnNextTime) {
  ASSERT_TRUE(open(path("a")));
  const QString file = m_window->session()->path();
  const auto job = longJob();
  ASSERT_TRUE(runs(job));
  const RunId run = m_window->session()->job(job)->run;
  EXPECT_FALSE(m_window->close());
  auto* question = control<QMessageBox>("stopQuestion");
  ASSERT_NE(question, nullptr);
  EXPECT_TRUE(question->informativeText().contains(QLatin1String("Long work")));
  // Keep working: nothing changes.
  question->findChild<QPushButton*>(QStringLiteral("keepWorking"))->click();
  ASSERT_TRUE(spinUntil([&] { return !control<QMessageBox>("stopQuestion"); }));
  EXPECT_TRUE(m_window->isVisible());
  EXPECT_TRUE(m_window->session()->busy());
  // Stop and save: the run is cancelled with what it had, the window goes.
  EXPECT_FALSE(m_window->close());
  control<QMessageBox>("stopQuestion")
      ->findChild<QPushButton*>(QStringLiteral("stopAndSave"))
      ->click();
  ASSERT_TRUE(spinUntil([&] { return !m_window->isVisible(); }));
  m_window.reset();
  {
    const auto project = store::Project::open(file.toStdString(), store::OpenMode::ReadWrite);
    ASSERT_OK(project);
    const auto connection = project->connect().value();
    EXPECT_EQ(store::RunRepository(*connection).get(run)->status, RunStatus::Cancelled);
    EXPECT_TRUE(store::SettingRepository(*connection).get("resume_on_open")->has_value());
  }
  // The next window takes the same run up again.
  MainWindow next({m_settings, m_models},
                  [](PageId id, Services services, QWidget* parent) -> Page* {
                    return new FakePage(id, services, parent);
                  });
  QSignalSpy opened(&next, &MainWindow::sessionChanged);
  next.openProjectFile(file);
  ASSERT_TRUE(spinUntil([&] { return !opened.isEmpty(); }));
  ASSERT_TRUE(spinUntil([&] { return next.session()->jobOfRun(run) != nullptr; }));
  next.session()->stopAll();
  ASSERT_TRUE(spinUntil([&] { return !next.session()->busy(); }));
}

TEST_F(MainWindowTest, DestroyedInMidRun) {
  ASSERT_TRUE(open(path("a")));
  const QString file = m_window->session()->path();
  const auto job = longJob();
  ASSERT_TRUE(runs(job));
  const RunId run = m_window->session()->job(job)->run;
  m_window.reset();
  const auto project = store::Project::open(file.toStdString(), store::OpenMode::ReadOnly);
  ASSERT_OK(project);
  EXPECT_EQ(store::RunRepository(*project->connect().value()).get(run)->status,
            RunStatus::Cancelled);
}

TEST_F(MainWindowTest, DroppedFilesGoWhereTheyBelong) {
  ASSERT_TRUE(open(path("a")));
  const auto scenarios = m_folder.write("items.jsonl", "{}\n");
  m_window->showPage(PageId::Scenarios);
  page(PageId::Scenarios)->takesDrops = true;
  m_window->showPage(PageId::Runs);
  QMimeData mime;
  mime.setUrls({QUrl::fromLocalFile(QString::fromStdString(scenarios.string()))});
  QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(m_window.get(), &enter);
  EXPECT_TRUE(enter.isAccepted());
  QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(m_window.get(), &drop);
  EXPECT_EQ(page(PageId::Scenarios)->drops.size(), 1);
  EXPECT_TRUE(page(PageId::Scenarios)->isVisible());
}

TEST_F(MainWindowTest, AReadOnlyProjectSaysSo) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  ASSERT_TRUE(open(path("a")));
  const QString file = m_window->session()->path();
  m_window->closeProject();
  QFile::setPermissions(file, QFileDevice::ReadOwner);
  m_window->openProjectFile(file);
  ASSERT_TRUE(spinUntil([&] { return m_window->session() != nullptr; }));
  EXPECT_TRUE(m_window->session()->readOnly());
  EXPECT_FALSE(message().isEmpty());
}

TEST_F(MainWindowTest, AProjectThatIsTakenAwayIsSaidAndComesBack) {
  ASSERT_TRUE(open(path("a")));
  const QString file = m_window->session()->path(), away = path("elsewhere");
  ASSERT_TRUE(QFile::rename(file, away));
  ASSERT_TRUE(spinUntil([&] { return message().contains(QLatin1String("not there any more")); }));
  EXPECT_TRUE(m_window->isVisible());
  m_window->showPage(PageId::Runs);  // pages can still be looked at
  ASSERT_TRUE(QFile::rename(away, file));
  ASSERT_TRUE(spinUntil([&] { return message().isEmpty(); }));
}

TEST_F(MainWindowTest, ASecondWindowOnTheSameFileBringsTheFirstForward) {
  ASSERT_TRUE(open(path("a")));
  const QString file = m_window->session()->path();
  MainWindow second({m_settings, m_models}, [](PageId id, Services services, QWidget* parent) {
    return new FakePage(id, services, parent);
  });
  second.show();
  second.openProjectFile(file);
  EXPECT_EQ(second.session(), nullptr);
  EXPECT_TRUE(second.findChild<MessageBar*>(QStringLiteral("messageBar"))
                  ->sentence()
                  .contains(QLatin1String("another window")));
}

TEST_F(MainWindowTest, BrokenSettingsAreSaidAtTheTopAndStaySaid) {
  m_folder.write("broken.ini", std::string("\0\1\2garbage", 10));
  Settings settings(QString::fromStdString((m_folder / "broken.ini").string()));
  ModelCatalog models(settings);
  MainWindow window({settings, models}, [](PageId id, Services services, QWidget* parent) {
    return new FakePage(id, services, parent);
  });
  window.show();
  const auto* bar = window.findChild<MessageBar*>(QStringLiteral("messageBar"));
  EXPECT_TRUE(bar->sentence().contains(QLatin1String("broken.ini")));
  QSignalSpy opened(&window, &MainWindow::sessionChanged);
  window.newProjectAt(path("b"));
  ASSERT_TRUE(spinUntil([&] { return !opened.isEmpty(); }));
  EXPECT_TRUE(bar->sentence().contains(QLatin1String("broken.ini")));
}

TEST_F(MainWindowTest, PagesArePreparedInTheBack) {
  ASSERT_TRUE(open(path("a")));
  EXPECT_EQ(page(PageId::Models), nullptr);
  m_window->preparePages();
  ASSERT_TRUE(spinUntil([&] { return page(PageId::Models) != nullptr; }));
  ASSERT_TRUE(spinUntil([&] {
    for (int i = 0; i < kPageCount; ++i)
      if (page(static_cast<PageId>(i))->session() != m_window->session()) return false;
    return true;
  }));
  EXPECT_EQ(page(PageId::Models)->shownTimes, 0) << "made, not shown";
  EXPECT_TRUE(page(PageId::Overview)->isVisible());
  m_window->closeProject();
  for (int i = 0; i < kPageCount; ++i)
    EXPECT_EQ(page(static_cast<PageId>(i))->session(), nullptr) << i;
}

TEST_F(MainWindowTest, TheSmallestWindowIsNineHundredBySixHundred) {
  ASSERT_TRUE(open(path("a")));
  m_window->resize(300, 200);
  EXPECT_EQ(m_window->size(), QSize(900, 600));
}

TEST_F(MainWindowTest, EveryControlHasANameATooltipAndKeys) {
  ASSERT_TRUE(open(path("a")));
  for (const auto* button : m_window->findChildren<QAbstractButton*>()) {
    if (!button->isVisibleTo(m_window.get())) continue;
    EXPECT_FALSE(button->accessibleName().isEmpty() && button->text().isEmpty())
        << button->objectName().toStdString();
    EXPECT_FALSE(button->toolTip().isEmpty())
        << button->objectName().toStdString() << " " << button->text().toStdString();
  }
}

}  // namespace
}  // namespace wordsight::ui::test
