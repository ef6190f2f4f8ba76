#include "store/project.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/stat.h>

#include "store_support.h"

namespace wordsight::store {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

TEST(Project, CreateMakesFileAndFolder) {
  test::TempFolder folder;
  const auto project = Project::create(folder / "demo.wordsight");
  ASSERT_OK(project);
  EXPECT_TRUE(fs::is_regular_file(folder / "demo.wordsight"));
  EXPECT_TRUE(fs::is_directory(folder / "demo.files"));
  EXPECT_EQ(project->filesFolder(), fs::canonical(folder.path()) / "demo.files");
  EXPECT_EQ(project->mode(), OpenMode::ReadWrite);
  EXPECT_TRUE(project->copyBeforeMigration().empty());
  int others = 0;
  for (const auto& entry : fs::directory_iterator(folder.path()))
    others +=
        entry.path().filename() != "demo.wordsight" && entry.path().filename() != "demo.files";
  EXPECT_EQ(others, 0) << "something unfinished was left behind";
}

TEST(Project, IsWhatTheDesignSays) {
  TestProject t;
  SQLite::Database raw(t.path().string(), SQLite::OPEN_READWRITE);
  EXPECT_EQ(raw.execAndGet("PRAGMA journal_mode").getString(), "wal");
  EXPECT_EQ(raw.execAndGet("PRAGMA application_id").getInt(), kApplicationId);
  EXPECT_EQ(raw.execAndGet("PRAGMA user_version").getInt(), builtinMigrations().back().number);
  const auto loose = raw.execAndGet(
      "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict "
      "= 0"
      " AND name NOT LIKE 'sqlite_%'");
  EXPECT_EQ(loose.getInt(), 0) << "a table is not STRICT";
}

TEST(Project, CreateOverwritesNothing) {
  test::TempFolder folder;
  const auto path = folder.write("notes.wordsight", "my notes");
  EXPECT_THAT(sentence(Project::create(path), ErrorKind::Invalid), HasSubstr("exists already"));
  EXPECT_EQ(must(readFile(path)), "my notes");
  fs::create_directory(folder / "folder.wordsight");
  EXPECT_THAT(sentence(Project::create(folder / "folder.wordsight"), ErrorKind::Invalid),
              HasSubstr("exists already"));
  fs::create_symlink(folder / "nowhere", folder / "link.wordsight");
  EXPECT_THAT(sentence(Project::create(folder / "link.wordsight"), ErrorKind::Invalid),
              HasSubstr("exists already"));
  EXPECT_THAT(
      sentence(Project::create(folder / "no" / "such" / "p.wordsight"), ErrorKind::NotFound),
      HasSubstr("there is no folder"));
  EXPECT_FALSE(Project::create(""));
}

TEST(Project, CreateRefusesALogThatSomebodyLeft) {
  test::TempFolder folder;
  folder.write("old.wordsight-wal", "frames of a file that is gone");
  EXPECT_THAT(sentence(Project::create(folder / "old.wordsight"), ErrorKind::Invalid),
              HasSubstr("old.wordsight-wal"));
}

TEST(Project, OpenRefusesWhatIsNoProject) {
  test::TempFolder folder;
  for (const auto mode : {OpenMode::ReadWrite, OpenMode::ReadOnly}) {
    EXPECT_THAT(sentence(Project::open(folder / "none.wordsight", mode), ErrorKind::NotFound),
                HasSubstr("There is no project"));
    EXPECT_THAT(sentence(Project::open(folder.path(), mode), ErrorKind::Invalid),
                HasSubstr("is a folder"));
    EXPECT_THAT(
        sentence(Project::open(folder.write("empty.wordsight", ""), mode), ErrorKind::Invalid),
        HasSubstr("is empty"));
    EXPECT_THAT(sentence(Project::open(folder.write("short.wordsight", "SQLite format 3"), mode),
                         ErrorKind::Invalid),
                HasSubstr("not even a SQLite file"));
    EXPECT_THAT(sentence(Project::open(folder.write("a.jsonl", std::string(500, '{')), mode),
                         ErrorKind::Invalid),
                HasSubstr("not even a SQLite file"));
    EXPECT_THAT(sentence(Project::open("/dev/null", mode), ErrorKind::Invalid),
                HasSubstr("not a regular file"));
  }
}

TEST(Project, OpenLeavesAnotherProgramsFileAlone) {
  test::TempFolder folder;
  {
    SQLite::Database other((folder / "other.db").string(),
                           SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    other.exec("CREATE TABLE mail (subject TEXT); PRAGMA user_version = 1");
  }
  const auto before = must(readFile(folder / "other.db"));
  EXPECT_THAT(sentence(Project::open(folder / "other.db", OpenMode::ReadWrite), ErrorKind::Invalid),
              HasSubstr("another program"));
  EXPECT_EQ(must(readFile(folder / "other.db")), before);
  EXPECT_FALSE(fs::exists(folder / "other.db.files"));
}

TEST(Project, DamageIsAnErrorAndNoCrash) {
  std::string bytes;
  {
    TestProject t;
    ScenarioRepository scenarios(*t.connection);
    std::vector<NewScenario> many;
    for (int i = 0; i < 300; ++i) many.push_back(scenario(i));
    ASSERT_OK(scenarios.addMany(many));
    t.connection.reset();
    bytes = must(readFile(t.path()));
  }
  test::TempFolder folder;
  // Every page after the first is overwritten in turn, and the file is cut short: whatever is
  // asked, an answer or an error.
  int errors = 0;
  for (std::size_t at = 4096; at + 4096 <= bytes.size(); at += 3 * 4096) {
    auto broken = bytes;
    std::fill(broken.begin() + at, broken.begin() + at + 4096, '\xFF');
    const auto path = folder.write("broken.wordsight", broken);
    const auto project = Project::open(path, OpenMode::ReadWrite);
    if (!project) {
      ++errors;
      continue;
    }
    const auto connection = project->connect();
    if (!connection) {
      ++errors;
      continue;
    }
    ScenarioRepository scenarios(**connection);
    ScenarioFilter filter;
    filter.text = "park";
    const auto list = scenarios.list(filter);
    const auto added = scenarios.add(scenario(9999));
    const auto found = (*connection)->check();
    errors += !list || !added || !found || !found->empty();
  }
  EXPECT_GT(errors, 10);
  const auto cut = folder.write("cut.wordsight", bytes.substr(0, bytes.size() / 2));
  const auto project = Project::open(cut, OpenMode::ReadOnly);
  if (!project) return;
  const auto connection = project->connect();
  if (!connection) return;
  const auto found = (*connection)->check();
  EXPECT_TRUE(!found || !found->empty());
}

TEST(Project, ReadOnlyReadsAndWritesNothing) {
  TestProject t;
  const auto id = must(ScenarioRepository(*t.connection).add(scenario(1)));
  t.reopen(OpenMode::ReadOnly);
  ScenarioRepository scenarios(*t.connection);
  EXPECT_EQ(must(scenarios.get(id)).content, content(1));
  EXPECT_THAT(sentence(scenarios.add(scenario(2)), ErrorKind::Io),
              HasSubstr("open for reading only"));
  EXPECT_THAT(sentence(t.connection->rebuildDerived(), ErrorKind::Io),
              HasSubstr("open for reading only"));
  EXPECT_THAT(sentence(RunRepository(*t.connection).create({}), ErrorKind::Io),
              HasSubstr("open for reading only"));
  EXPECT_EQ(must(scenarios.count({})), 1);
}

TEST(Project, OpensThroughALinkWithTheRealFolder) {
  TestProject t;
  fs::create_symlink(t.path(), t.folder / "link.wordsight");
  const auto project = Project::open(t.folder / "link.wordsight", OpenMode::ReadWrite);
  ASSERT_OK(project);
  EXPECT_EQ(project->filesFolder(), t.project->filesFolder());
  EXPECT_FALSE(fs::exists(t.folder / "link.files"));
}

TEST(Project, AFileInTheFoldersPlaceIsAnError) {
  test::TempFolder folder;
  folder.write("p.files", "in the way");
  const auto project = Project::create(folder / "p.wordsight");
  ASSERT_FALSE(project);
  EXPECT_THAT(project.error().message, HasSubstr("p.files"));
}

TEST(Project, NamesWithSpecialCharactersWork) {
  test::TempFolder folder;
  fs::create_directory(folder / "a b%20?#é");
  const auto path = folder / "a b%20?#é/p 'q' %41?x=1#y.wordsight";
  ASSERT_OK(Project::create(path));
  for (const auto mode : {OpenMode::ReadWrite, OpenMode::ReadOnly}) {
    const auto project = Project::open(path, mode);
    ASSERT_OK(project);
    EXPECT_EQ(must(ScenarioRepository(*must(project->connect())).count({})), 0);
  }
}

TEST(Project, PathsInsideTheFolderMoveWithIt) {
  TestProject t;
  const auto inside = t.project->filesFolder() / "adapters" / "run-3";
  EXPECT_EQ(t.connection->storedPath(inside), "test.files/adapters/run-3");
  EXPECT_EQ(t.connection->resolvedPath("test.files/adapters/run-3"), inside);
  EXPECT_EQ(t.connection->storedPath("/models/llama"), "/models/llama");
  EXPECT_EQ(t.connection->resolvedPath("/models/llama"), "/models/llama");
  EXPECT_EQ(t.connection->storedPath(t.project->filesFolder() / ".." / ".." / "elsewhere"),
            (fs::canonical(t.folder.path()).parent_path() / "elsewhere").string());
  EXPECT_EQ(t.connection->storedPath(""), "");
  EXPECT_EQ(t.connection->resolvedPath(""), "");
}

TEST(Project, ARenamedOrMovedOneFindsItsFiles) {
  test::TempFolder folder;
  const auto old = folder / "old.wordsight", renamed = folder / "there" / "new.wordsight";
  ASSERT_OK(Project::create(old));
  fs::create_directory(folder / "there");
  fs::rename(old, renamed);
  fs::rename(folder / "old.files", folder / "there" / "new.files");
  fs::create_directory(folder / "there" / "new.files" / "pictures");
  folder.write("there/new.files/pictures/1.png", "x");
  const auto project = Project::open(renamed, OpenMode::ReadOnly);
  ASSERT_OK(project);
  const auto connection = must(project->connect());
  const auto found = fs::canonical(folder / "there" / "new.files" / "pictures" / "1.png");
  EXPECT_EQ(connection->resolvedPath("old.files/pictures/1.png"), found);
  EXPECT_EQ(connection->resolvedPath((folder / "old.files/pictures/1.png").string()), found)
      << "absolute, as older rows may be";
  EXPECT_EQ(connection->resolvedPath("old.files/pictures/2.png"),
            fs::canonical(folder / "there") / "old.files/pictures/2.png")
      << "what is nowhere is named as it was kept";
}

TEST(Project, CheckpointLeavesOneWholeFile) {
  TestProject t;
  ASSERT_OK(ScenarioRepository(*t.connection).add(scenario(1)));
  ASSERT_OK(t.connection->checkpoint());
  fs::copy_file(t.path(), t.folder / "copy.wordsight");
  const auto copy = Project::open(t.folder / "copy.wordsight", OpenMode::ReadOnly);
  ASSERT_OK(copy);
  EXPECT_EQ(must(ScenarioRepository(*must(copy->connect())).count({})), 1);
}

TEST(Project, TransactionKeepsAllOrNothing) {
  TestProject t;
  ScenarioRepository scenarios(*t.connection);
  const auto failed = t.connection->transaction([&]() -> Status {
    WORDSIGHT_CHECK(scenarios.add(scenario(1)));
    WORDSIGHT_CHECK(scenarios.add(scenario(2)));
    return fail("Changed my mind.");
  });
  EXPECT_FALSE(failed);
  EXPECT_EQ(must(scenarios.count({})), 0);
  ASSERT_OK(t.connection->transaction([&]() -> Status {
    WORDSIGHT_CHECK(scenarios.add(scenario(1)));
    // An inner failure that the outer one survives takes back only its own part.
    EXPECT_FALSE(t.connection->transaction([&]() -> Status {
      WORDSIGHT_CHECK(scenarios.add(scenario(2)));
      return fail("Not this one.");
    }));
    WORDSIGHT_CHECK(scenarios.add(scenario(3)));
    return {};
  }));
  EXPECT_EQ(must(scenarios.count({})), 2);
  EXPECT_THAT(must(t.connection->check()), ::testing::IsEmpty());
}

}  // namespace
}  // namespace wordsight::store
