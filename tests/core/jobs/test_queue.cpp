#include <atomic>
#include <latch>
#include <thread>

#include "job_test.h"
#include "jobs/mailbox.h"
#include "jobs/queue.h"

namespace wordsight::jobs {
namespace {

using Queue = test::JobTest;

Result<JobOutcome> done() { return JobOutcome{}; }

TEST_F(Queue, LanesRunBesideEachOtherAndInOrderInside) {
  std::mutex mutex;
  std::vector<int> order;
  std::latch both(2);
  {
    JobQueue queue(m_project, {});
    // Each waits for the other: only lanes that run at the same time get past the latch.
    for (const char* lane : {"cpu", "gpu"})
      queue.submit(lane, "meet", [&](const JobContext&) {
        both.arrive_and_wait();
        return done();
      });
    for (int i = 0; i < 20; ++i)
      queue.submit("cpu", "job", [&, i](const JobContext&) {
        const std::lock_guard lock(mutex);
        order.push_back(i);
        return done();
      });
    queue.waitIdle();
  }
  ASSERT_EQ(order.size(), 20u);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST_F(Queue, CancelsRunningAndWaitingJobsAndReorders) {
  std::map<JobNumber, bool> ended;  // number → had an outcome
  std::mutex mutex;
  std::latch running(1);
  std::vector<JobNumber> ran;
  JobQueue queue(m_project, {}, [&](JobNumber number, const Result<JobOutcome>& outcome) {
    const std::lock_guard lock(mutex);
    ended[number] = outcome.has_value();
  });
  const auto first =
      queue.submit("cpu", "long", [&](const JobContext& context) -> Result<JobOutcome> {
        running.count_down();
        while (!context.stop.stop_requested())
          std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return fail("Stopped.", ErrorKind::Cancelled);
      });
  std::vector<JobNumber> waiting;
  for (int i = 0; i < 3; ++i)
    waiting.push_back(queue.submit("cpu", "w", [&, i](const JobContext&) {
      const std::lock_guard lock(mutex);
      ran.push_back(waiting[static_cast<std::size_t>(i)]);
      return done();
    }));
  running.wait();
  EXPECT_EQ(queue.jobs().size(), 4u);
  EXPECT_TRUE(queue.jobs()[0].running);
  queue.reorder("cpu", {waiting[2], waiting[0], waiting[1]});
  EXPECT_TRUE(queue.cancel(waiting[0]));
  EXPECT_FALSE(queue.cancel(waiting[0])) << "it is no longer there";
  EXPECT_TRUE(queue.cancel(first));
  queue.waitIdle();
  EXPECT_EQ(ran, (std::vector<JobNumber>{waiting[2], waiting[1]}));
  EXPECT_FALSE(ended.at(first));
  EXPECT_FALSE(ended.at(waiting[0]));
  EXPECT_TRUE(ended.at(waiting[1]));
  EXPECT_FALSE(queue.cancel(999));
}

TEST_F(Queue, ClosingAsksEverythingToStopAndTellsEveryEnd) {
  std::atomic<int> ends = 0;
  std::latch running(1);
  {
    JobQueue queue(m_project, {}, [&](JobNumber, const Result<JobOutcome>&) { ++ends; });
    queue.submit("cpu", "long", [&](const JobContext& context) {
      running.count_down();
      while (!context.stop.stop_requested()) std::this_thread::yield();
      return done();
    });
    for (int i = 0; i < 5; ++i)
      queue.submit("cpu", "never", [](const JobContext&) { return done(); });
    running.wait();
  }
  EXPECT_EQ(ends, 6);
}

TEST(MailboxTest, NothingIsLostAndWakeUpsAreFew) {
  constexpr int kEvents = 200'000;
  std::atomic<int> wakeUps = 0;
  Mailbox<int> box([&] { ++wakeUps; });
  std::vector<int> received;
  {
    const std::jthread sender([&] {
      for (int i = 0; i < kEvents; ++i) box.post(i);
    });
    while (received.size() < kEvents) {
      const auto some = box.takeAll();
      received.insert(received.end(), some.begin(), some.end());
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  for (int i = 0; i < kEvents; ++i) ASSERT_EQ(received[static_cast<std::size_t>(i)], i);
  EXPECT_LT(wakeUps, kEvents / 20);
  EXPECT_GT(wakeUps, 0);
}

}  // namespace
}  // namespace wordsight::jobs
