#include <thread>

#include "job_test.h"
#include "jobs/merge_job.h"
#include "jobs/model_scan.h"

namespace wordsight::jobs {
namespace {

class MergeJob : public test::JobTest {
 protected:
  MergeSpec spec() const {
    const auto model = test::data("models/qwen2");
    return {model.string(), (model / "adapter").string(), (m_folder / "out").string(), {}};
  }
};

TEST_F(MergeJob, TellsItsProgressAndItsEnd) {
  const auto merged = mergeAdapter(context(), spec());
  ASSERT_OK(merged);
  EXPECT_EQ(merged->status, RunStatus::Done);
  EXPECT_EQ(merged->summary["out"], spec().out);
  EXPECT_GE(count<Progress>(), 1);
  ASSERT_EQ(count<Finished>(), 1);
  EXPECT_EQ(std::get<Finished>(m_events.back().what).status, RunStatus::Done);
  EXPECT_EQ(describeModel(m_folder / "out")->mergedFrom, spec().adapter);
  const auto row = run(merged->run);
  EXPECT_EQ(row.kind, RunKind::Merge);
  EXPECT_EQ(row.spec["adapter"], spec().adapter);
  const auto connection = m_project.connect().value();
  store::RunRepository runs(*connection);
  EXPECT_EQ(runs.models(merged->run)->size(), 3u) << "base, adapter and what came of them";
  m_events.clear();
  EXPECT_FALSE(mergeAdapter(context(), spec())) << "it is there already";
  EXPECT_TRUE(m_events.empty()) << "said before there is a run";
  EXPECT_EQ(*runs.count(), 1);
}

TEST_F(MergeJob, PausedItCanBeStopped) {
  auto paused = context();
  paused.pause = std::make_shared<PauseGate>();
  paused.pause->pause();
  const std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    m_stop.request_stop();
  });
  const auto stopped = mergeAdapter(paused, spec());
  ASSERT_OK(stopped);
  EXPECT_EQ(stopped->status, RunStatus::Cancelled);
  EXPECT_FALSE(std::filesystem::exists(m_folder / "out"));
}

}  // namespace
}  // namespace wordsight::jobs
