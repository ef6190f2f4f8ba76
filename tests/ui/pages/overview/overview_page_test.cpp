#include "pages/overview/overview_page.h"

#include <QAction>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "bridge/model_catalog.h"
#include "demo_project.h"
#include "jobs/demo_job.h"
#include "pages/overview/step_card.h"

namespace wordsight::ui {
namespace {

using test::spinUntil;

class OverviewTest : public ::testing::Test {
 protected:
  OverviewTest()
      : m_settings(QString::fromStdString((m_demo.folder() / "s.ini").string())),
        m_models(m_settings),
        m_session(std::make_unique<Session>(m_demo.project())),
        m_page(std::make_unique<OverviewPage>(Services{m_settings, m_models})) {
    m_page->resize(1180, 760);
    m_page->setSession(m_session.get());
    m_page->show();
  }
  ~OverviewTest() override {
    if (m_page) m_page->setSession(nullptr);
  }
  StepCard* card(const char* name) const {
    return m_page->findChild<StepCard*>(QLatin1String(name));
  }
  bool says(const char* name, const QString& text) const {
    return spinUntil([&] { return card(name)->text().contains(text); });
  }
  template <class W>
  W* control(const char* name) const {
    return m_page->findChild<W*>(QLatin1String(name));
  }
  test::DemoProject m_demo;
  Settings m_settings;
  ModelCatalog m_models;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<OverviewPage> m_page;
};

TEST_F(OverviewTest, AnEmptyProjectSaysHowToBegin) {
  m_session->database().waitIdle();
  EXPECT_EQ(card("cardScenarios")->state(), StepCard::State::Next);
  EXPECT_EQ(card("cardTraining")->state(), StepCard::State::Blocked);
  EXPECT_FALSE(control<QPushButton>("goTrain")->isEnabled());
  test::screenshots(*m_page, QStringLiteral("page_overview_empty"));
  QSignalSpy gone(m_page.get(), &Page::navigate);
  QTest::mouseClick(control<QPushButton>("goGenerate"), Qt::LeftButton);
  ASSERT_EQ(gone.size(), 1);
  EXPECT_EQ(gone[0][0].value<PageId>(), PageId::Scenarios);
}

TEST_F(OverviewTest, ShowsWhatIsThereAndFollowsChanges) {
  m_demo.addScenarios(40);
  m_demo.addDataset("first");
  m_demo.addBenchmark();
  m_demo.addRecorded("base", "image", 0.2);
  m_demo.addRecorded("tuned", "image", 0.7, 2);
  m_demo.addRecorded("base", "caption", 0.2, 3);
  Q_EMIT m_session->contentChanged(Content::Runs);
  EXPECT_TRUE(says("cardScenarios", QStringLiteral("40 scenarios")));
  EXPECT_TRUE(says("cardDatasets", QStringLiteral("first")));
  EXPECT_TRUE(says("cardEvaluation", QStringLiteral("300 items")));
  EXPECT_TRUE(says("cardComparison", QStringLiteral("points")));
  EXPECT_EQ(card("cardDatasets")->state(), StepCard::State::Done);
  EXPECT_EQ(card("cardTraining")->state(), StepCard::State::Next);
  EXPECT_EQ(control<QListWidget>("recentRuns")->count(), 5);
  test::screenshots(*m_page, QStringLiteral("page_overview"));
  QSignalSpy gone(m_page.get(), &Page::navigate);
  QTest::mouseClick(control<QPushButton>("goTrain"), Qt::LeftButton);
  ASSERT_EQ(gone.size(), 1);
  EXPECT_EQ(gone[0][1].toMap().value(QStringLiteral("dataset")).toString(),
            QStringLiteral("first"));
}

TEST_F(OverviewTest, TheDemoProjectOffersTheWholeDemo) {
  const auto demo = [this]() -> QAction* {
    for (QAction* action : m_page->pageActions())
      if (action->objectName() == u"runWholeDemo") return action;
    return nullptr;
  };
  EXPECT_EQ(demo(), nullptr);
  ASSERT_OK(jobs::prepareDemo(m_demo.context(), {}));
  Q_EMIT m_session->contentChanged(Content::Scenarios);
  ASSERT_TRUE(spinUntil([&] { return demo() != nullptr; }));
  EXPECT_TRUE(control<QPushButton>("runWholeDemoButton")->isVisibleTo(m_page.get()));
  demo()->trigger();
  EXPECT_TRUE(m_session->busy());
  EXPECT_FALSE(demo()->isEnabled());
  m_session->stopAll();
  ASSERT_TRUE(spinUntil([&] { return !m_session->busy(); }));
  ASSERT_TRUE(spinUntil([&] { return demo()->isEnabled(); }));
}

TEST_F(OverviewTest, FitsTheSmallestWindowAndThePaletteHasItsButtons) {
  m_demo.addScenarios(40);
  Q_EMIT m_session->contentChanged(Content::Scenarios);
  EXPECT_TRUE(says("cardScenarios", QStringLiteral("40 scenarios")));
  const auto inside = [this](const char* name) {
    const auto* widget = control<QWidget>(name);
    return widget->mapTo(m_page.get(), QPoint(widget->width(), 0)).x() <= m_page->width();
  };
  for (const int width : {816, 1196}) {
    m_page->resize(width, 560);
    QCoreApplication::sendPostedEvents();
    QTest::qWait(1);
    for (const char* name : {"cardDatasets", "cardComparison", "recentRuns"})
      EXPECT_TRUE(inside(name)) << name << " at " << width;
  }
  m_page->resize(816, 560);
  test::screenshots(*m_page, QStringLiteral("page_overview_small"));
  QStringList enabled;
  for (const QAction* action : m_page->pageActions())
    if (action->isEnabled()) enabled.append(action->objectName());
  for (const char* name :
       {"goGenerateAction", "goImportAction", "goCurateAction", "goFreezeAction"})
    EXPECT_TRUE(enabled.contains(QLatin1String(name))) << name;
  EXPECT_FALSE(enabled.contains(QLatin1String("goCompareAction"))) << "nothing to compare yet";
}

TEST_F(OverviewTest, DestroyedWhileAsking) {
  m_demo.addScenarios(200);
  for (int i = 0; i < 20; ++i) m_page->shown();
  m_page->setSession(nullptr);
  m_page.reset();
  m_session.reset();
}

}  // namespace
}  // namespace wordsight::ui
