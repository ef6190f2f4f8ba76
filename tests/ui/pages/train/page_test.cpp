// The page with real trainings: started, paused, stopped, resumed and looked at by clicking.
#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QListView>
#include <QTabWidget>
#include <QTableView>

#include "bridge/format.h"
#include "models/jobs/queue_model.h"
#include "pages/train/answers_model.h"
#include "pages/train/answers_panel.h"
#include "pages/train/queue_panel.h"
#include "pages/train/run_panel.h"
#include "pages/train/trainings_panel.h"
#include "plots/curve_group.h"
#include "train_fixture.h"
#include "widgets/elided_label.h"
#include "widgets/message_bar.h"

namespace wordsight::ui::test {
namespace {

class TrainPageTest : public TrainFixture {};

TEST_F(TrainPageTest, ATrainingStartedByClickingShowsItsPointsAndItsOutcome) {
  fillShort(40);
  const RunId run = startAndWait();
  ASSERT_TRUE(run);
  ASSERT_TRUE(waitForEnd());
  ASSERT_TRUE(spinUntil([&] { return shownPoints(run, "loss") == 40; }));
  EXPECT_EQ(shownPoints(run, "eval_loss"), 3u);  // before, after 20 and after 40
  EXPECT_EQ(shownPoints(run, "probe_accuracy"), 3u);
  EXPECT_EQ(shownPoints(run, "memory_mib"), 40u);

  const wordsight::Run row = stored(run);
  EXPECT_EQ(row.status, RunStatus::Done);
  EXPECT_NE(row.command.find("train"), std::string::npos);
  EXPECT_EQ(row.spec.at("train").at("lora").at("rank"), 4);
  EXPECT_EQ(row.spec.at("train").at("max_steps"), 40);
  // The panel of the outcome says what the project says.
  ASSERT_TRUE(spinUntil([&] {
    const auto* record = find<RunPanel>("runPanel")->record();
    return record && record->run.status == RunStatus::Done;
  }));
  EXPECT_EQ(find<QLabel>("resultSteps")->text(), formatCount(row.summary.at("steps")));
  EXPECT_EQ(find<QLabel>("resultExamples")->text(), formatCount(80));
  EXPECT_TRUE(find<QLabel>("resultLoss")
                  ->text()
                  .endsWith(formatNumber(row.summary.at("final_loss").get<double>())));
  EXPECT_TRUE(find<QLabel>("resultTokens")
                  ->text()
                  .startsWith(formatCount(row.summary.at("tokens").get<std::int64_t>())));
  EXPECT_EQ(find<ElidedLabel>("adapterFolder")->text(),
            QString::fromStdString(row.summary.at("adapter").get<std::string>()));
  EXPECT_TRUE(find<QLabel>("baseRecord")->text().startsWith(QLatin1String("Unchanged")));
  EXPECT_TRUE(find<QLabel>("baseRecord")
                  ->text()
                  .contains(formatCount(row.summary.at("modules_hashed").get<std::int64_t>())));
  EXPECT_TRUE(find<QWidget>("evaluateAdapter")->isEnabled());
  EXPECT_TRUE(find<QLabel>("strongestModule")->text().startsWith(QLatin1String("Strongest: ")));
  EXPECT_TRUE(find<QWidget>("moduleHeat")->isVisibleTo(find<QWidget>("resultPanel")));

  const auto& answers = find<AnswersPanel>("answersPanel")->model();
  EXPECT_EQ(answers.rowCount(), 3);  // before, after 20 and after 40 steps
  EXPECT_EQ(answers.columnCount(), 3);
  EXPECT_FALSE(answers.answer(2, 0).isEmpty());

  QSignalSpy away(&page(), &Page::navigate);
  find<QTabWidget>("runTabs")->setCurrentIndex(2);
  click("evaluateAdapter");
  ASSERT_EQ(away.size(), 1);
  EXPECT_EQ(away[0][1].toMap().value(QStringLiteral("adapter")).toString(),
            find<ElidedLabel>("adapterFolder")->text());
  // The command palette offers the same steps.
  for (auto* action : page().pageActions())
    if (action->objectName() == QLatin1String("actionMergeAdapter")) action->trigger();
  ASSERT_EQ(away.size(), 2);
  EXPECT_EQ(away[1][0].value<PageId>(), PageId::Models);
  find<RunPanel>("runPanel")->showRun({}, {});
  for (auto* action : page().pageActions())
    if (action->objectName().endsWith(QLatin1String("Adapter"))) {
      EXPECT_FALSE(action->isEnabled()) << action->objectName().toStdString();
    }
}

TEST_F(TrainPageTest, PauseGoOnStopAndResumeByClicking) {
  fillShort(120);
  const RunId run = startAndWait();
  click("pauseRun");
  ASSERT_TRUE(spinUntil([&] {
    const JobView* job = session().jobOfRun(run);
    return job && job->state == JobView::State::Paused;
  }));
  // The step that was begun may still come, on a busy machine after a second; then nothing more.
  auto held = shownPoints(run, "loss");
  for (bool quiet = false; !quiet;) {
    spinUntil([] { return false; }, 1500);
    quiet = shownPoints(run, "loss") == held;
    held = shownPoints(run, "loss");
  }
  spinUntil([] { return false; }, 300);
  EXPECT_EQ(shownPoints(run, "loss"), held);
  click("pauseRun");  // it says "Go on" now
  ASSERT_TRUE(spinUntil([&] { return shownPoints(run, "loss") > held; }));

  click("stopRun");
  ASSERT_TRUE(waitForEnd());
  ASSERT_EQ(stored(run).status, RunStatus::Cancelled);
  auto* resume = find<QAbstractButton>("resumeRun");
  ASSERT_TRUE(spinUntil([&] { return resume->isEnabled(); }));
  EXPECT_TRUE(find<MessageBar>("messageBar") != nullptr);
  const auto stopped = stored(run).summary.at("steps").get<std::int64_t>();
  ASSERT_LT(stopped, 120);

  click("resumeRun");
  ASSERT_TRUE(spinUntil([&] { return stored(run).status == RunStatus::Done; }, 60'000));
  ASSERT_TRUE(spinUntil([&] { return shownPoints(run, "loss") == 120; }));
  EXPECT_EQ(storedPoints(run, "loss"), 120);
  ASSERT_TRUE(spinUntil([&] { return !resume->isEnabled(); }));
  ASSERT_TRUE(spinUntil([&] { return find<QLabel>("resultSteps")->text() == formatCount(120); }));
}

TEST_F(TrainPageTest, ABadModelFolderIsToldAndNothingStarts) {
  page().open({{QStringLiteral("model"), QStringLiteral("/no/such/folder")}});
  ASSERT_TRUE(spinUntil([&] {
    const QString said = find<QLabel>("formProblem")->text();
    return said.contains(QLatin1String("/no/such/folder"));
  })) << fromQt(find<QLabel>("formProblem")->text());
  EXPECT_FALSE(find<QAbstractButton>("startTraining")->isEnabled());
  click("startTraining");
  EXPECT_FALSE(session().busy());
}

TEST_F(TrainPageTest, ATrainingThatCannotBeginSaysWhyInTheForm) {
  fillShort(10);
  // A prompt file that is not there is found by the job.
  openMore();
  auto* prompt = find<QComboBox>("prompt");
  prompt->setFocus();
  prompt->lineEdit()->selectAll();
  QTest::keyClicks(prompt->lineEdit(), QStringLiteral("/no/such/prompt.json"));
  click("startTraining");
  auto* bar = find<MessageBar>("trainMessage");
  ASSERT_TRUE(spinUntil([&] { return !bar->sentence().isEmpty(); }));
  EXPECT_TRUE(bar->isVisible()) << "the form is there to mend it";
  EXPECT_TRUE(bar->sentence().contains(QLatin1String("/no/such/prompt.json")))
      << fromQt(bar->sentence());
  EXPECT_FALSE(session().busy());
}

TEST_F(TrainPageTest, ThePageMayGoInTheMiddleOfATraining) {
  fillShort(80);
  const RunId run = startAndWait();
  const auto before = shownPoints(run, "loss");
  m_page.reset();
  ASSERT_TRUE(spinUntil(
      [&] { return storedPoints(run, "loss") > static_cast<std::int64_t>(before); }, 30'000));
  // A new page finds the training where it is, with all its points.
  makePage();
  page().open({{QStringLiteral("run"), qlonglong(run.value)}});
  ASSERT_TRUE(waitForEnd());
  ASSERT_TRUE(spinUntil([&] { return shownPoints(run, "loss") == 80; }));
  EXPECT_EQ(stored(run).status, RunStatus::Done);
}

TEST_F(TrainPageTest, TheProjectMayCloseInTheMiddleOfATraining) {
  fillShort(100);
  const RunId run = startAndWait();
  page().setSession(nullptr);
  m_session.reset();  // waits for the checkpoint
  EXPECT_EQ(stored(run).status, RunStatus::Cancelled);
  m_session = std::make_unique<Session>(m_project->project());
  page().setSession(m_session.get());
  page().open({{QStringLiteral("run"), qlonglong(run.value)}});
  auto* resume = find<QAbstractButton>("resumeRun");
  ASSERT_TRUE(spinUntil([&] { return resume->isEnabled(); }));
  click("resumeRun");
  ASSERT_TRUE(spinUntil([&] { return stored(run).status == RunStatus::Done; }, 60'000));
}

TEST_F(TrainPageTest, TheQueueIsReorderedAndEmptied) {
  fillShort(400);
  startAndWait();
  const auto submit = [&](const char* label) {
    return session().submit(Session::kModelLane, QString::fromLatin1(label),
                            [spec = shortSpec(m_model, 5)](const jobs::JobContext& c) {
                              return jobs::trainAdapter(c, spec);
                            });
  };
  const auto first = submit("first"), second = submit("second");
  auto& model = find<QueuePanel>("queuePanel")->model();
  ASSERT_TRUE(spinUntil([&] { return model.rowCount() == 3; }));
  EXPECT_EQ(model.number(1), first);
  auto* list = find<QListView>("queueList");
  list->setCurrentIndex(model.index(2, 0));
  click("queueUp");
  EXPECT_EQ(model.number(1), second);
  EXPECT_FALSE(find<QWidget>("queueUp")->isEnabled());  // the running one stays in front
  EXPECT_EQ(list->currentIndex().row(), 1);             // the choice went along
  click("queueStop");
  ASSERT_TRUE(spinUntil([&] { return model.rowCount() == 2; }));
  EXPECT_EQ(model.number(1), first);
  session().stopAll();
  ASSERT_TRUE(waitForEnd());
  ASSERT_TRUE(spinUntil([&] { return !find<QWidget>("queuePanel")->isVisible(); }));
}

TEST_F(TrainPageTest, AnInterruptedTrainingIsResumedWithItsStoredSettings) {
  RunId run;
  {
    // Another process that dies while it trains.
    auto other = store::Project::open(m_project->project().path(), store::OpenMode::ReadWrite);
    ASSERT_TRUE(other);
    auto connection = other->connect();
    ASSERT_TRUE(connection);
    store::RunRepository runs(**connection);
    wordsight::Run row;
    row.kind = RunKind::Training;
    row.name = "model on demo";
    row.spec = jobs::toJson(shortSpec(m_model, 12));
    run = *runs.create(row);
    ASSERT_TRUE(runs.start(run));
  }
  {
    auto connection = m_project->project().connect();
    ASSERT_TRUE(store::RunRepository(**connection).markInterrupted());
  }
  session().noteChange(Content::Runs);
  page().open({{QStringLiteral("run"), qlonglong(run.value)}});
  auto* resume = find<QAbstractButton>("resumeRun");
  ASSERT_TRUE(spinUntil([&] { return resume->isEnabled(); }));
  const auto* bar = find<RunPanel>("runPanel")->findChild<MessageBar*>();
  EXPECT_TRUE(bar->sentence().contains(QLatin1String("start again"))) << fromQt(bar->sentence());
  click("resumeRun");
  ASSERT_TRUE(spinUntil([&] { return stored(run).status == RunStatus::Done; }, 60'000));
  EXPECT_EQ(stored(run).summary.at("steps"), 12);
}

TEST_F(TrainPageTest, AProjectForReadingOnlyIsLookedAt) {
  page().setSession(nullptr);
  m_session.reset();
  auto reading = store::Project::open(m_project->project().path(), store::OpenMode::ReadOnly);
  ASSERT_TRUE(reading) << reading.error().message;
  m_session = std::make_unique<Session>(*reading);
  page().setSession(m_session.get());
  page().open({{QStringLiteral("model"), m_model}});
  spinUntil([] { return false; }, 300);
  EXPECT_FALSE(find<QAbstractButton>("startTraining")->isEnabled());
  EXPECT_TRUE(find<QLabel>("formProblem")->text().contains(QLatin1String("reading only")));
}

TEST_F(TrainPageTest, OtherPagesFillTheForm) {
  auto spec = shortSpec(m_model, 33);
  spec.train.lora.rank = 7;
  page().open({{QStringLiteral("spec"), toQt(dumpJson(jobs::toJson(spec)))}});
  EXPECT_EQ(find<QLineEdit>("rank")->text(), QStringLiteral("7"));
  EXPECT_EQ(find<QLineEdit>("steps")->text(), QStringLiteral("33"));
  page().open({{QStringLiteral("spec"), QStringLiteral("{\"model\": 3}")}});  // told, not taken
  EXPECT_FALSE(find<MessageBar>("trainMessage")->sentence().isEmpty());
  EXPECT_EQ(find<QLineEdit>("rank")->text(), QStringLiteral("7"));
  page().open({{QStringLiteral("adapter"), QStringLiteral("/no/such/adapter")}});
  ASSERT_TRUE(spinUntil([&] {
    return find<QLabel>("formProblem")->text().contains(QLatin1String("/no/such/adapter"));
  }));
}

TEST_F(TrainPageTest, TheCurvesAreSavedToAFile) {
  fillShort(5);
  const RunId run = startAndWait();
  ASSERT_TRUE(waitForEnd());
  ASSERT_TRUE(spinUntil([&] { return shownPoints(run, "loss") == 5; }));
  auto* save = find<QAction>("actionExportCurves");
  ASSERT_TRUE(save->isEnabled());
  for (const char* ending : {"csv", "png", "svg", "pdf"}) {
    save->trigger();
    auto* dialog = page().findChild<QFileDialog*>();
    ASSERT_NE(dialog, nullptr);
    const QString path =
        QString::fromStdString((m_project->folder() / "curves.").string()) + QLatin1String(ending);
    Q_EMIT dialog->fileSelected(path);
    dialog->close();
    ASSERT_TRUE(spinUntil([&] { return QFileInfo(path).size() > 100; })) << ending;
    spinUntil([&] { return page().findChild<QFileDialog*>() == nullptr; });
  }
}

TEST_F(TrainPageTest, TheKeyboardGoesThroughTheFormFromTopToBottom) {
  const QStringList wanted{
      QStringLiteral("dataset"), QStringLiteral("preset"),       QStringLiteral("epochs"),
      QStringLiteral("steps"),   QStringLiteral("learningRate"), QStringLiteral("rank"),
      QStringLiteral("batch"),   QStringLiteral("precision"),    QStringLiteral("loss"),
      QStringLiteral("seed"),    QStringLiteral("more")};
  QStringList met;
  const QWidget* first = find<QWidget>("modelChooser");
  for (const QWidget* w = first->nextInFocusChain(); w != first; w = w->nextInFocusChain())
    if (wanted.contains(w->objectName())) met << w->objectName();
  EXPECT_EQ(met, wanted);
}

TEST_F(TrainPageTest, EvaluationsOfAnAdapterAreFoundForComparing) {
  auto connection = m_project->project().connect();
  ASSERT_TRUE(connection);
  store::RunRepository runs(**connection);
  const auto add = [&](const char* model, const char* adapter, const char* benchmark,
                       const char* arm) {
    wordsight::Run run;
    run.kind = RunKind::Evaluation;
    run.name = arm;
    run.spec = Json{{"model", model}, {"adapter", adapter}, {"benchmark", benchmark}, {"arm", arm}};
    const auto id = *runs.create(run);
    EXPECT_TRUE(runs.start(id) && runs.finish(id, RunStatus::Done));
    return id;
  };
  const auto base = add("m", "", "viva", "image");
  add("m", "", "demo", "image");
  add("other", "", "viva", "image");
  EXPECT_TRUE(evaluationsOf(**connection, "m", "a")->empty());  // the base alone is no comparison
  add("m", "a", "viva", "image");
  const auto newer = add("m", "a", "viva", "image");
  const auto caption = add("m", "a", "viva", "caption");
  add("m", "b", "viva", "image");
  EXPECT_EQ(*evaluationsOf(**connection, "m", "a"), (std::vector<RunId>{base, caption, newer}));
}

TEST_F(TrainPageTest, ARunThatIsNotListedIsShownByItsNumber) {
  page().open({{QStringLiteral("run"), 4711}});
  auto* panel = find<RunPanel>("runPanel");
  ASSERT_TRUE(spinUntil([&] { return panel->run().value == 4711; }));
  const auto* bar = panel->findChild<MessageBar*>();
  ASSERT_TRUE(spinUntil([&] { return !bar->sentence().isEmpty(); }));
}

class EmptyTrainPageTest : public TrainFixture {
 protected:
  EmptyTrainPageTest() : TrainFixture(0) {}
};

TEST_F(EmptyTrainPageTest, WithoutADatasetItSaysWhereToGetOne) {
  auto* note = find<QLabel>("datasetNote");
  ASSERT_TRUE(spinUntil([&] { return note->text().contains(QLatin1String("href")); }));
  QSignalSpy away(&page(), &Page::navigate);
  Q_EMIT note->linkActivated(QStringLiteral("freeze"));
  ASSERT_EQ(away.size(), 1);
  EXPECT_EQ(away[0][0].value<PageId>(), PageId::Scenarios);
  EXPECT_FALSE(find<QAbstractButton>("startTraining")->isEnabled());
  // A dataset that is frozen meanwhile is offered.
  m_project->addScenarios(50);
  m_project->addDataset("later");
  session().noteChange(Content::Datasets);
  ASSERT_TRUE(spinUntil(
      [&] { return find<QComboBox>("dataset")->currentText() == QLatin1String("later"); }));
}

}  // namespace
}  // namespace wordsight::ui::test
