#include "job_test.h"

namespace wordsight::jobs {
namespace {

using JobFrame = test::JobTest;

Run someRun() {
  Run run;
  run.kind = RunKind::Check;
  run.name = "test";
  run.spec = Json{{"a", 1}};
  return run;
}

TEST_F(JobFrame, SuccessIsRecordedAndToldOnce) {
  const auto outcome = runJob(context(), someRun(), {}, [](RunScope& scope) -> Status {
    scope.summary["items"] = 3;
    scope.log(LogLine::Level::Info, "hello");
    return {};
  });
  ASSERT_OK(outcome);
  EXPECT_EQ(outcome->status, RunStatus::Done);
  const auto row = run(outcome->run);
  EXPECT_EQ(row.status, RunStatus::Done);
  EXPECT_EQ(row.summary["items"], 3);
  EXPECT_EQ(row.spec["a"], 1);
  EXPECT_TRUE(std::holds_alternative<Started>(m_events.front().what));
  EXPECT_TRUE(std::holds_alternative<Finished>(m_events.back().what));
  EXPECT_EQ(count<Started>(), 1);
  EXPECT_EQ(count<Finished>(), 1);
  const auto connection = m_project.connect().value();
  const auto log = store::RunRepository(*connection).log(outcome->run).value();
  EXPECT_TRUE(
      std::any_of(log.begin(), log.end(), [](const auto& entry) { return entry.text == "hello"; }));
}

TEST_F(JobFrame, FailureKeepsItsSentence) {
  const auto outcome = runJob(context(), someRun(), {},
                              [](RunScope&) -> Status { return fail("The file x is gone."); });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().message, "The file x is gone.");
  const auto row = run(m_events.front().run);
  EXPECT_EQ(row.status, RunStatus::Failed);
  EXPECT_EQ(row.error, "The file x is gone.");
  EXPECT_EQ(std::get<Finished>(m_events.back().what).error, "The file x is gone.");
}

TEST_F(JobFrame, ExceptionsBecomeErrors) {
  const auto outcome = runJob(context(), someRun(), {}, [](RunScope&) -> Status {
    throw std::runtime_error("out of range");
  });
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().message.find("out of range"), std::string::npos);
  EXPECT_EQ(count<Finished>(), 1);
  EXPECT_EQ(run(m_events.front().run).status, RunStatus::Failed);
}

TEST_F(JobFrame, StoppingIsNoFailureAndCanBeResumed) {
  const auto stopped = runJob(context(), someRun(), {}, [](RunScope& scope) -> Status {
    scope.summary["half"] = true;
    return fail("Stopped.", ErrorKind::Cancelled);
  });
  ASSERT_OK(stopped);
  EXPECT_EQ(stopped->status, RunStatus::Cancelled);
  EXPECT_EQ(run(stopped->run).summary["half"], true);
  ASSERT_OK(resumableRun(m_project, stopped->run, RunKind::Check));
  EXPECT_FALSE(resumableRun(m_project, stopped->run, RunKind::Training)) << "another kind";
  const auto resumed =
      runJob(context(), someRun(), stopped->run, [](RunScope&) { return Status(); });
  ASSERT_OK(resumed);
  EXPECT_EQ(resumed->run, stopped->run);
  EXPECT_FALSE(resumableRun(m_project, stopped->run, RunKind::Check)) << "it is done";
  EXPECT_FALSE(resumableRun(m_project, RunId(99), RunKind::Check)) << "there is none";
}

TEST_F(JobFrame, ProgressIsLimitedButItsEndIsTold) {
  ASSERT_OK(runJob(context(), someRun(), {}, [](RunScope& scope) -> Status {
    for (int i = 0; i <= 10'000; ++i) scope.progress("work", i, 10'000, "items");
    return {};
  }));
  EXPECT_LT(count<Progress>(), 200);
  for (auto it = m_events.rbegin(); it != m_events.rend(); ++it)
    if (const auto* progress = std::get_if<Progress>(&it->what)) {
      EXPECT_EQ(progress->done, 10'000);
      break;
    }
}

}  // namespace
}  // namespace wordsight::jobs
