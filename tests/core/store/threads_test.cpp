#include <atomic>
#include <thread>

#include "store/metric_repository.h"
#include "store_support.h"

namespace wordsight::store {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Threads, WriteAndReadAtOnceWithAConnectionEach) {
  TestProject t;
  const auto run = must(RunRepository(*t.connection).create({}));
  constexpr int kBatches = 60;
  std::atomic<int> failures = 0;
  std::atomic<bool> stop = false;
  const auto writer = [&](int number) {
    const auto connection = t.connect();
    ScenarioRepository scenarios(*connection);
    MetricRepository metrics(*connection);
    for (int i = 0; i < kBatches; ++i) {
      std::vector<NewScenario> many;
      for (int k = 0; k < 5; ++k) many.push_back(scenario(number * 100'000 + i * 10 + k));
      std::vector<MetricPoint> points;
      for (int k = 0; k < 7; ++k)
        points.push_back({"m" + std::to_string(number), i * 7 + k, 0, 0, 0, 1.0});
      if (!scenarios.addMany(many) || !metrics.appendMany(run, points)) ++failures;
    }
  };
  const auto reader = [&] {
    const auto connection = t.connect();
    ScenarioRepository scenarios(*connection);
    std::int64_t before = 0;
    while (!stop) {
      ScenarioFilter filter;
      filter.text = "park";
      const auto count = scenarios.count(filter);
      // What was there stays there, and a batch is seen whole or not at all.
      if (!count || *count < before || *count % 5 != 0) ++failures;
      if (count) before = *count;
    }
  };
  {
    std::jthread read(reader);
    { std::jthread one(writer, 1), two(writer, 2); }
    stop = true;
  }
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(must(ScenarioRepository(*t.connection).count({})), 2 * kBatches * 5);
  EXPECT_EQ(must(MetricRepository(*t.connection).series(run, "m2")).size(),
            std::size_t(kBatches) * 7);
  EXPECT_THAT(must(t.connection->check()), IsEmpty());
}

TEST(Threads, ConnectionsAreMadeFromAnyThread) {
  TestProject t;
  std::vector<std::jthread> threads;
  std::atomic<int> made = 0;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int k = 0; k < 10; ++k) {
        const auto connection = t.project->connect();
        if (!connection) continue;
        made +=
            RunRepository(**connection).create({}).has_value();  // takes the handle's lock, once
      }
    });
  threads.clear();
  EXPECT_EQ(made, 80);
  EXPECT_THAT(must(RunRepository(*t.connection).markInterrupted()), IsEmpty());
}

TEST(TwoWindows, AWriterThatWaitsTooLongSaysSo) {
  TestProject t;
  ProjectOptions impatient;
  impatient.busyMillis = 50;
  const auto other = Project::open(t.path(), OpenMode::ReadWrite, impatient);
  ASSERT_OK(other);
  const auto theirs = must(other->connect());
  ASSERT_OK(t.connection->transaction([&]() -> Status {
    WORDSIGHT_CHECK(ScenarioRepository(*t.connection).add(scenario(1)));
    EXPECT_THAT(sentence(ScenarioRepository(*theirs).add(scenario(2)), ErrorKind::Busy),
                HasSubstr("another process is writing"));
    EXPECT_EQ(must(ScenarioRepository(*theirs).count({})), 0)
        << "reading goes on, and sees what was committed";
    return {};
  }));
  EXPECT_OK(ScenarioRepository(*theirs).add(scenario(2)));
  EXPECT_EQ(must(ScenarioRepository(*t.connection).count({})), 2);
  EXPECT_THAT(sentence(t.connection->transaction([&]() -> Status {
                WORDSIGHT_CHECK(ScenarioRepository(*t.connection).add(scenario(3)));
                return theirs->checkpoint();
              }),
                       ErrorKind::Busy),
              HasSubstr(""));
}

TEST(TwoWindows, TwoThatOpenAnOlderFileMigrateItOnce) {
  TestProject t;
  ASSERT_OK(ScenarioRepository(*t.connection).add(scenario(1)));
  t.close();
  auto migrations = builtinMigrations();
  migrations.push_back(
      {migrations.back().number + 1, "next.sql", "CREATE TABLE extra (x INTEGER) STRICT;"});
  ProjectOptions options;
  options.migrations = &migrations;
  std::atomic<int> opened = 0, copies = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        const auto project = Project::open(t.path(), OpenMode::ReadWrite, options);
        opened += project.has_value();
        copies += project && !project->copyBeforeMigration().empty();
      });
  }
  EXPECT_EQ(opened, 4);
  EXPECT_EQ(copies, 1);
}

}  // namespace
}  // namespace wordsight::store
