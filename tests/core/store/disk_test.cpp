// Disks that are full or read-only.

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "store/metric_repository.h"
#include "store_support.h"

namespace wordsight::store {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

/// A disk of its own, so small that it fills up. Needs the right to mount; without it the test is
/// skipped.
class SmallDisk {
 public:
  explicit SmallDisk(const char* options) {
    m_mounted = ::mount("tmpfs", m_folder.path().c_str(), "tmpfs", 0, options) == 0;
  }
  ~SmallDisk() {
    if (m_mounted) ::umount2(m_folder.path().c_str(), MNT_DETACH);
  }
  bool mounted() const { return m_mounted; }
  bool makeReadOnly() const {
    return ::mount("tmpfs", m_folder.path().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  }
  fs::path operator/(const std::string& name) const { return m_folder / name; }

 private:
  test::TempFolder m_folder;
  bool m_mounted = false;
};

/// Adds batches until one fails; returns how many scenarios were kept.
std::int64_t fillUp(ScenarioRepository& scenarios, Error& error) {
  std::int64_t kept = 0;
  for (int batch = 0; batch < 1000; ++batch) {
    std::vector<NewScenario> many;
    for (int i = 0; i < 200; ++i)
      many.push_back(scenario(batch * 200 + i, "Words to fill a disk " + std::to_string(i)));
    const auto added = scenarios.addMany(many);
    if (!added) {
      error = added.error();
      return kept;
    }
    kept += 200;
  }
  ADD_FAILURE() << "the disk never filled up";
  return kept;
}

TEST(FullDisk, AQuotaGivesASentenceAndLosesNothing) {
  ProjectOptions options;
  options.maxPages = 400;
  TestProject t(options);
  ScenarioRepository scenarios(*t.connection);
  Error error;
  const auto kept = fillUp(scenarios, error);
  EXPECT_GT(kept, 0);
  EXPECT_EQ(error.kind, ErrorKind::Io);
  EXPECT_THAT(error.message, HasSubstr("the disk or the quota is full"));
  EXPECT_EQ(must(scenarios.count({})), kept) << "part of the refused batch is there";
  EXPECT_THAT(must(t.connection->check()), IsEmpty());
  EXPECT_OK(scenarios.get(ScenarioId(kept)));
  t.reopen();  // without the quota: goes on
  EXPECT_OK(ScenarioRepository(*t.connection).add(scenario(1)));
}

TEST(FullDisk, ATransactionOfSeveralCallsIsUndoneWhole) {
  ProjectOptions options;
  options.maxPages = 400;
  TestProject t(options);
  ScenarioRepository scenarios(*t.connection);
  Error error;
  const auto outcome = t.connection->transaction([&]() -> Status {
    fillUp(scenarios, error);
    return {};  // as if the failure inside had gone unnoticed
  });
  if (!outcome) {
    EXPECT_EQ(outcome.error().kind, ErrorKind::Io);
    EXPECT_EQ(must(scenarios.count({})), 0);
  } else {
    EXPECT_EQ(must(scenarios.count({})) % 200, 0);
  }
  EXPECT_THAT(must(t.connection->check()), IsEmpty());
}

TEST(FullDisk, ARealOneGivesASentenceAndLosesNothing) {
  const SmallDisk disk("size=3m");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small disk needs root";
  const auto project = Project::create(disk / "p.wordsight");
  ASSERT_OK(project);
  const auto connection = must(project->connect());
  ScenarioRepository scenarios(*connection);
  std::ofstream(disk / "ballast") << std::string(300'000, 'x');
  Error error;
  const auto kept = fillUp(scenarios, error);
  EXPECT_THAT(error.message, HasSubstr("the disk or the quota is full")) << error.message;
  EXPECT_EQ(error.kind, ErrorKind::Io);
  EXPECT_EQ(must(scenarios.count({})), kept);
  // Other tables say the same, and reading goes on.
  RunRepository runs(*connection);
  const auto run =
      runs.create(newRun(RunKind::Training, Json{{"text", std::string(4'000'000, 'x')}}));
  ASSERT_FALSE(run);
  EXPECT_THAT(run.error().message, HasSubstr("full"));
  fs::remove(disk / "ballast");
  EXPECT_OK(scenarios.add(scenario(1)));
  EXPECT_THAT(must(connection->check()), IsEmpty());
  EXPECT_EQ(must(scenarios.count({})), kept + 1);
}

TEST(FullDisk, CreateLeavesNothingBehind) {
  const SmallDisk disk("size=100k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small disk needs root";
  const auto project = Project::create(disk / "p.wordsight");
  ASSERT_FALSE(project);
  EXPECT_THAT(project.error().message, HasSubstr("full"));
  EXPECT_TRUE(fs::is_empty(disk / ""));
}

TEST(FullDisk, NoRoomForTheCopyMeansNoMigration) {
  const SmallDisk disk("size=1m");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small disk needs root";
  ASSERT_OK(Project::create(disk / "p.wordsight"));
  const auto size = fs::file_size(disk / "p.wordsight");
  std::ofstream(disk / "ballast") << std::string(1024 * 1024 - size - 130'000, 'x');
  const auto before = must(readFile(disk / "p.wordsight"));
  auto migrations = builtinMigrations();
  migrations.push_back(
      {migrations.back().number + 1, "next.sql", "CREATE TABLE extra (x INTEGER) STRICT;"});
  ProjectOptions options;
  options.migrations = &migrations;
  const auto project = Project::open(disk / "p.wordsight", OpenMode::ReadWrite, options);
  ASSERT_FALSE(project);
  EXPECT_THAT(project.error().message, HasSubstr("full"));
  EXPECT_EQ(must(readFile(disk / "p.wordsight")), before);
  for (const auto& entry : fs::directory_iterator(disk / ""))
    EXPECT_EQ(entry.path().string().find("copy"), std::string::npos) << entry.path();
  EXPECT_OK(Project::open(disk / "p.wordsight", OpenMode::ReadWrite));
}

TEST(ReadOnlyDisk, IsReadAndNotWritten) {
  const SmallDisk disk("size=4m");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small disk needs root";
  {
    const auto project = Project::create(disk / "p.wordsight");
    ASSERT_OK(project);
    ASSERT_OK(ScenarioRepository(*must(project->connect())).add(scenario(1, "A heron.")));
  }
  ASSERT_TRUE(disk.makeReadOnly());
  EXPECT_THAT(sentence(Project::open(disk / "p.wordsight", OpenMode::ReadWrite), ErrorKind::Io),
              HasSubstr("read-only"));
  EXPECT_THAT(sentence(Project::create(disk / "q.wordsight"), ErrorKind::Io),
              HasSubstr("q.wordsight"));
  const auto project = Project::open(disk / "p.wordsight", OpenMode::ReadOnly);
  ASSERT_OK(project);
  const auto connection = must(project->connect());
  ScenarioFilter filter;
  filter.text = "heron";
  EXPECT_EQ(must(ScenarioRepository(*connection).count(filter)), 1);
  EXPECT_THAT(must(connection->check()), IsEmpty());
}

/// Root may write to everything: for the length of a test, somebody else with a folder of theirs.
class SomebodyElse {
 public:
  explicit SomebodyElse(const fs::path& folder) : m_root(::geteuid() == 0) {
    if (!m_root) return;
    EXPECT_EQ(::chown(folder.c_str(), kNobody, kNobody), 0);
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      EXPECT_EQ(::chown(entry.path().c_str(), kNobody, kNobody), 0);
    EXPECT_EQ(::seteuid(kNobody), 0);
  }
  ~SomebodyElse() {
    if (m_root && ::seteuid(0) != 0) ADD_FAILURE() << "cannot be root again";
  }

 private:
  static constexpr uid_t kNobody = 65534;
  bool m_root;
};

TEST(ReadOnlyFile, IsAClearErrorForWriting) {
  TestProject t;
  ASSERT_OK(ScenarioRepository(*t.connection).add(scenario(1)));
  t.close();
  const SomebodyElse user(t.folder.path());
  const auto reads = [&] {
    const auto project = Project::open(t.path(), OpenMode::ReadOnly);
    return project && must(ScenarioRepository(*must(project->connect())).count({})) == 1;
  };
  ::chmod(t.path().c_str(), 0444);
  EXPECT_THAT(sentence(Project::open(t.path(), OpenMode::ReadWrite), ErrorKind::Io),
              HasSubstr("is read-only"));
  EXPECT_TRUE(reads());
  ::chmod(t.path().c_str(), 0644);
  for (const char* ending : {"-wal", "-shm"}) fs::remove(t.path().string() + ending);
  ::chmod(t.folder.path().c_str(), 0555);
  EXPECT_THAT(sentence(Project::open(t.path(), OpenMode::ReadWrite), ErrorKind::Io),
              HasSubstr("The folder"));
  EXPECT_TRUE(reads());
  EXPECT_THAT(sentence(Project::create(t.folder / "new.wordsight"), ErrorKind::Io),
              HasSubstr("new.wordsight"));
  ::chmod(t.path().c_str(), 0000);
  EXPECT_THAT(sentence(Project::open(t.path(), OpenMode::ReadOnly), ErrorKind::Io),
              HasSubstr("Permission denied"));
  ::chmod(t.folder.path().c_str(), 0755);
}

}  // namespace
}  // namespace wordsight::store
