#include "shell/job_strip.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QTest>
#include <QToolButton>

#include "demo_project.h"
#include "jobs/data_jobs.h"
#include "models/jobs/job_list_model.h"
#include "widgets/elided_label.h"

namespace wordsight::ui {
namespace {

using test::spinUntil;

class JobStripTest : public ::testing::Test {
 protected:
  JobStripTest() : m_session(m_demo.project()) {
    m_strip.setSession(&m_session);
    m_strip.resize(1000, 60);
    m_strip.show();
    m_model.setSession(&m_session);
  }
  ~JobStripTest() override {
    m_strip.setSession(nullptr);
    m_model.setSession(nullptr);
  }
  jobs::JobNumber synthesis(int count) {
    jobs::SynthesisSpec spec;
    spec.count = count;
    return m_session.submit(
        Session::kModelLane, QStringLiteral("Generate"),
        [spec](const jobs::JobContext& c) { return jobs::synthesize(c, spec); });
  }
  QString last() const {
    return m_strip.findChild<ElidedLabel*>(QStringLiteral("jobLast"))->text();
  }
  test::DemoProject m_demo;
  Session m_session;
  JobStrip m_strip;
  JobListModel m_model;
  QAbstractItemModelTester m_tester{&m_model,
                                    QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(JobStripTest, ShowsWhatRunsStopsItAndSaysHowItEnded) {
  EXPECT_EQ(last(), QStringLiteral("Nothing runs"));
  const auto job = synthesis(1'000'000);
  ASSERT_TRUE(spinUntil([&] { return m_strip.findChild<JobRow*>() != nullptr; }));
  ASSERT_TRUE(spinUntil([&] {
    const JobView* view = m_session.job(job);
    return view && view->progress.done > 0;
  }));
  EXPECT_GT(m_model.index(0).data(JobListModel::FractionRole).toDouble(), 0);
  QTest::mouseClick(m_strip.findChild<QToolButton*>(QStringLiteral("jobStop")), Qt::LeftButton);
  ASSERT_TRUE(spinUntil([&] { return !m_session.busy(); }));
  EXPECT_TRUE(last().contains(QLatin1String("stopped"))) << last().toStdString();
}

TEST_F(JobStripTest, PausesAndGoesOn) {
  const auto job = synthesis(1'000'000);
  ASSERT_TRUE(spinUntil([&] {
    const JobView* view = m_session.job(job);
    return view && view->progress.done > 0;
  }));
  QTest::mouseClick(m_strip.findChild<QToolButton*>(QStringLiteral("jobPause")), Qt::LeftButton);
  EXPECT_EQ(m_session.job(job)->state, JobView::State::Paused);
  QTest::mouseClick(m_strip.findChild<QToolButton*>(QStringLiteral("jobPause")), Qt::LeftButton);
  EXPECT_EQ(m_session.job(job)->state, JobView::State::Running);
  m_session.stopAll();
  ASSERT_TRUE(spinUntil([&] { return !m_session.busy(); }));
}

TEST_F(JobStripTest, AFailureKeepsItsSentence) {
  jobs::ImportSpec bad;
  bad.files = {(m_demo.folder() / "nowhere.jsonl").string()};
  m_session.submit(Session::kDataLane, QStringLiteral("Import"),
                   [bad](const jobs::JobContext& c) { return jobs::importScenarios(c, bad); });
  ASSERT_TRUE(spinUntil([&] { return !m_session.busy(); }));
  EXPECT_TRUE(last().contains(QLatin1String("nowhere.jsonl"))) << last().toStdString();
  // A later success does not hide it.
  synthesis(5);
  ASSERT_TRUE(spinUntil([&] { return !m_session.busy(); }));
  EXPECT_TRUE(last().contains(QLatin1String("nowhere.jsonl")));
  QTest::mouseClick(m_strip.findChild<QToolButton*>(QStringLiteral("jobDismiss")), Qt::LeftButton);
  EXPECT_EQ(last(), QStringLiteral("Nothing runs"));
}

TEST_F(JobStripTest, EveryEventArrivesInOrderAndEndsOnce) {
  std::vector<std::string> seen;
  int ended = 0;
  QObject::connect(&m_session, &Session::jobEvent, &m_strip,
                   [&](quint64, const Event& event) { seen.push_back(toJson(event)["event"]); });
  QObject::connect(&m_session, &Session::jobEnded, &m_strip, [&] { ++ended; });
  synthesis(50);
  ASSERT_TRUE(spinUntil([&] { return ended == 1; }));
  ASSERT_GE(seen.size(), 2u);
  EXPECT_EQ(seen.front(), "started");
  EXPECT_EQ(seen.back(), "finished");
}

TEST_F(JobStripTest, StoppedAtEveryEventTheSessionLivesOn) {
  for (int stopAt = 1; stopAt < 6; ++stopAt) {
    int events = 0;
    const auto number = synthesis(3000);
    const auto connection =
        QObject::connect(&m_session, &Session::jobEvent, &m_strip, [&](quint64, const Event&) {
          if (++events == stopAt) m_session.cancel(number);
        });
    ASSERT_TRUE(spinUntil([&] { return !m_session.busy(); }));
    QObject::disconnect(connection);
    const JobView* view = m_session.job(number);
    ASSERT_NE(view, nullptr);
    EXPECT_NE(view->status, RunStatus::Failed) << view->error.toStdString();
  }
}

}  // namespace
}  // namespace wordsight::ui
