#include "store/migrations.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>

#include "base/hash.h"
#include "store/metric_repository.h"
#include "store_support.h"

namespace wordsight::store {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

// Released steps of the schema never change: files in the world were made by exactly these bytes. A
// change is a new step, with a line of its own here.
const std::map<std::string, std::string> kFrozen = {
    {"0001_content.sql", "ce9bb547c7358627d441675f0bbf287ded9dc4584bc2316a940242a09a96cca0"},
    {"0002_run_mark.sql", "c86cfbcf48ebeddb50ff84863940fa814e3401d7100c9ad876a0bcf560224288"},
};
// A change of derived.sql needs a new numbered migration (it may be empty), or files of before keep
// the old tables.
const std::pair<int, std::string> kDerived = {
    2, "ba55e4736fa4da437b82a09d29e6c8837d8aca0d795007c52a1fb12bbd1f5681"};

std::string schemaOf(const fs::path& path) {
  SQLite::Database raw(path.string(), SQLite::OPEN_READONLY);
  SQLite::Statement all(raw, "SELECT type, name, sql FROM sqlite_master ORDER BY type, name");
  std::string text;
  while (all.executeStep())
    text += all.getColumn(0).getString() + " " + all.getColumn(1).getString() + " " +
            all.getColumn(2).getString() + "\n";
  return text;
}

int versionOf(const fs::path& path) {
  return SQLite::Database(path.string(), SQLite::OPEN_READONLY)
      .execAndGet("PRAGMA user_version")
      .getInt();
}

std::vector<Migration> withNext(const std::string_view sql) {
  auto migrations = builtinMigrations();
  migrations.push_back({migrations.back().number + 1, "next.sql", sql});
  return migrations;
}

TEST(Migrations, AreEmbeddedInOrder) {
  const auto& migrations = builtinMigrations();
  ASSERT_FALSE(migrations.empty());
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    EXPECT_EQ(migrations[i].number, int(i) + 1);
    const auto file = test::sourceDir() / "core/store/migrations" / migrations[i].name;
    EXPECT_EQ(migrations[i].sql, must(readFile(file)))
        << "the program holds other bytes than the tree";
  }
  EXPECT_EQ(derivedSchemaSql(), must(readFile(test::sourceDir() / "core/store/derived.sql")));
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(test::sourceDir() / "core/store/migrations"))
    files += entry.path().extension() == ".sql";
  EXPECT_EQ(files, migrations.size());
}

TEST(Migrations, AreFrozen) {
  for (const auto& migration : builtinMigrations()) {
    const auto frozen = kFrozen.find(migration.name);
    ASSERT_NE(frozen, kFrozen.end())
        << migration.name << " is new: pin its hash here, " << sha256Hex(migration.sql);
    EXPECT_EQ(sha256Hex(migration.sql), frozen->second)
        << migration.name
        << " was changed: files in the world have the old schema. Add a new migration instead.";
  }
  EXPECT_EQ(builtinMigrations().back().number, kDerived.first)
      << "pin the derived schema of the new number";
  EXPECT_EQ(sha256Hex(derivedSchemaSql()), kDerived.second)
      << "derived.sql was changed: add a numbered migration, so that older files get the new "
         "tables";
}

TEST(Migrations, AnOlderFileIsCopiedThenMigrated) {
  TestProject t;
  const auto id = must(ScenarioRepository(*t.connection).add(scenario(1, "A dog runs away.")));
  t.close();
  const int before = versionOf(t.path());

  const auto migrations =
      withNext("ALTER TABLE prompt ADD COLUMN stars INTEGER NOT NULL DEFAULT 0;");
  ProjectOptions options;
  options.migrations = &migrations;
  EXPECT_THAT(
      sentence(Project::open(t.path(), OpenMode::ReadOnly, options), ErrorKind::Unsupported),
      HasSubstr("older format"));
  EXPECT_EQ(versionOf(t.path()), before);

  const auto project = Project::open(t.path(), OpenMode::ReadWrite, options);
  ASSERT_OK(project);
  EXPECT_EQ(versionOf(t.path()), before + 1);
  EXPECT_THAT(schemaOf(t.path()), HasSubstr("stars"));
  const auto copy = t.folder / ("test.v" + std::to_string(before) + "-copy.wordsight");
  EXPECT_EQ(project->copyBeforeMigration(), fs::canonical(copy));
  const auto connection = must(project->connect());
  EXPECT_EQ(must(ScenarioRepository(*connection).get(id)).content.situation, "A dog runs away.");
  ScenarioFilter filter;
  filter.text = "dog";
  EXPECT_EQ(must(ScenarioRepository(*connection).count(filter)), 1);
  EXPECT_THAT(must(connection->check()), IsEmpty());

  // The copy is the old file, whole, and opens with the old program.
  EXPECT_EQ(versionOf(copy), before);
  const auto old = Project::open(copy, OpenMode::ReadWrite);
  ASSERT_OK(old);
  EXPECT_EQ(must(ScenarioRepository(*must(old->connect())).get(id)).content.situation,
            "A dog runs away.");
  // Opening again migrates nothing and copies nothing.
  const auto again = Project::open(t.path(), OpenMode::ReadWrite, options);
  ASSERT_OK(again);
  EXPECT_TRUE(again->copyBeforeMigration().empty());
}

/// A file as the first format had it: its tables, and the trigger by which edits were indexed then.
ProjectOptions firstFormat() {
  static const std::vector<Migration> first = {builtinMigrations().front()};
  ProjectOptions options;
  options.migrations = &first;
  return options;
}
constexpr const char* kTriggerOfFirstFormat = R"(
  DROP TRIGGER derive_from_edit;
  CREATE TRIGGER derive_from_edit AFTER INSERT ON scenario_revision WHEN new.number > 1
  BEGIN
    INSERT INTO scenario_fts (scenario_fts, rowid, body)
    SELECT 'delete', new.scenario, body FROM scenario_body
    WHERE revision = (SELECT revision FROM scenario_current WHERE scenario = new.scenario);
    INSERT INTO scenario_fts (rowid, body)
    SELECT new.scenario, body FROM scenario_body WHERE revision = new.id;
    UPDATE scenario_current
    SET revision = new.id, number = new.number, category = new.category, key = new.key, issues = 0,
        opening = lower(substr(new.situation, 1, 48)), hash = new.hash, changed_at = new.created_at
    WHERE scenario = new.scenario;
  END;)";

TEST(Migrations, FromTheFirstFormatEverythingIsFoundAgain) {
  TestProject old(firstFormat());
  {
    SQLite::Database raw(old.path().string(), SQLite::OPEN_READWRITE);
    raw.exec(kTriggerOfFirstFormat);
    raw.exec(R"(
      INSERT INTO run VALUES (1, 'training', 'queued', 'mine', '', '{}', '{}', '', '', 0, 0, 0, 0);
      INSERT INTO metric_name VALUES (1, 'loss');
      INSERT INTO metric_point VALUES (1, 1, 1, 1, 1, 1, 1.0, 2.5);
      INSERT INTO metric_point VALUES (2, 1, 1, 2, 1, 1, 1.0, NULL);)");
  }
  const auto id = must(ScenarioRepository(*old.connection).add(scenario(1, "A dog runs away.")));
  old.close();
  ASSERT_EQ(versionOf(old.path()), 1);

  old.reopen();
  EXPECT_EQ(versionOf(old.path()), builtinMigrations().back().number);
  EXPECT_EQ(old.project->copyBeforeMigration(),
            fs::canonical(old.folder / "test.v1-copy.wordsight"));
  TestProject fresh;
  EXPECT_EQ(schemaOf(old.path()), schemaOf(fresh.path()));

  RunRepository runs(*old.connection);
  EXPECT_EQ(must(runs.get(RunId(1))).name, "mine");
  EXPECT_EQ(must(runs.markOf(RunId(1))), RunMark{});
  ASSERT_OK(runs.mark(RunId(1), {true, "kept", {}}));
  EXPECT_EQ(must(runs.markOf(RunId(1))).note, "kept");
  MetricRepository metrics(*old.connection);
  EXPECT_EQ(must(metrics.series(RunId(1), "loss")).size(), 2u);
  EXPECT_EQ(must(metrics.series(RunId(1), "loss"))[0].value, 2.5);
  ScenarioRepository scenarios(*old.connection);
  ASSERT_OK(scenarios.edit(id, content(2, "A cat sits there."), "person"));
  ScenarioFilter filter;
  filter.text = "dog";
  EXPECT_EQ(must(scenarios.count(filter)), 0);
  filter.text = "cat";
  EXPECT_EQ(must(scenarios.count(filter)), 1);
  EXPECT_THAT(must(old.connection->check()), IsEmpty());
}

TEST(Migrations, TheCopyHoldsWhatWasOnlyInTheLog) {
  TestProject t;
  const auto migrations = withNext("CREATE TABLE extra (x INTEGER) STRICT;");
  ProjectOptions options;
  options.migrations = &migrations;
  // The first handle stays open: its commit is in the log, and not yet in the file.
  ASSERT_OK(ScenarioRepository(*t.connection).add(scenario(7)));
  const auto project = Project::open(t.path(), OpenMode::ReadWrite, options);
  ASSERT_OK(project);
  const auto old = Project::open(project->copyBeforeMigration(), OpenMode::ReadOnly);
  ASSERT_OK(old);
  EXPECT_EQ(must(ScenarioRepository(*must(old->connect())).count({})), 1);
}

TEST(Migrations, AFailedOneLeavesTheFileAsItWas) {
  TestProject t;
  ASSERT_OK(ScenarioRepository(*t.connection).add(scenario(1)));
  ASSERT_OK(t.connection->checkpoint());
  t.close();
  const auto before = must(readFile(t.path()));
  const auto schema = schemaOf(t.path());
  for (const std::string_view sql :
       {"CREATE TABLE extra (x INTEGER) STRICT; SELECT nonsense FROM nowhere;",
        // breaks a reference: noticed by the check at the end
        "CREATE TABLE extra (x INTEGER REFERENCES scenario (id)) STRICT; PRAGMA defer_foreign_keys "
        "= ON;"
        "INSERT INTO extra VALUES (99);"}) {
    const auto migrations = withNext(sql);
    ProjectOptions options;
    options.migrations = &migrations;
    const auto failed = Project::open(t.path(), OpenMode::ReadWrite, options);
    ASSERT_FALSE(failed);
    EXPECT_EQ(schemaOf(t.path()), schema);
    EXPECT_EQ(must(readFile(t.path())), before) << failed.error().message;
    for (const auto& entry : fs::directory_iterator(t.folder.path()))
      EXPECT_THAT(entry.path().filename().string(), ::testing::Not(HasSubstr("-copy")))
          << "a copy of nothing new was left";
  }
  t.reopen();
  EXPECT_EQ(must(ScenarioRepository(*t.connection).count({})), 1);
}

TEST(Migrations, ANewerFileIsRefusedUntouched) {
  TestProject t;
  t.close();
  {
    SQLite::Database raw(t.path().string(), SQLite::OPEN_READWRITE);
    raw.exec("PRAGMA user_version = 99");
  }
  const auto before = must(readFile(t.path()));
  for (const auto mode : {OpenMode::ReadWrite, OpenMode::ReadOnly})
    EXPECT_THAT(sentence(Project::open(t.path(), mode), ErrorKind::Unsupported),
                HasSubstr("newer Wordsight"));
  EXPECT_EQ(must(readFile(t.path())), before);
  EXPECT_FALSE(fs::exists(t.path().string() + "-wal"));
}

TEST(Migrations, ANewerFileWhoseVersionIsOnlyInTheLogIsRefusedUntouched) {
  TestProject t;
  t.close();
  // Another program has it open: the new number is in the log, the file still has the old one.
  SQLite::Database raw(t.path().string(), SQLite::OPEN_READWRITE);
  raw.exec("PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = 99");
  const auto before = must(readFile(t.path()));
  const auto log = must(readFile(t.path().string() + "-wal"));
  for (const auto mode : {OpenMode::ReadWrite, OpenMode::ReadOnly})
    EXPECT_THAT(sentence(Project::open(t.path(), mode), ErrorKind::Unsupported),
                HasSubstr("newer Wordsight"));
  EXPECT_EQ(must(readFile(t.path())), before);
  EXPECT_EQ(must(readFile(t.path().string() + "-wal")), log);
}

TEST(Migrations, AMigratedFileHasTheSchemaOfANewOne) {
  const auto migrations = withNext("CREATE TABLE extra (x INTEGER) STRICT;");
  ProjectOptions options;
  options.migrations = &migrations;
  TestProject fresh(options);
  TestProject old;
  old.close();
  ASSERT_OK(Project::open(old.path(), OpenMode::ReadWrite, options));
  EXPECT_EQ(schemaOf(old.path()), schemaOf(fresh.path()));
}

// Everything in the file that holds what was observed, with a row in each, tried against UPDATE,
// DELETE and REPLACE.
TEST(AppendOnly, TheFileItselfRefusesToRewrite) {
  TestProject t;
  t.connection.reset();
  SQLite::Database raw(t.path().string(), SQLite::OPEN_READWRITE);
  raw.exec("PRAGMA recursive_triggers = ON");
  raw.exec(R"(
    INSERT INTO run VALUES (1, 'import', 'queued', '', '', '{}', '{}', '', '', 0, 0, 0, 0);
    INSERT INTO run VALUES (2, 'import', 'queued', '', '', '{}', '{}', '', '', 0, 0, 0, 0);
    INSERT INTO run_log VALUES (1, 1, 'info', 'x', 0);
    INSERT INTO run_sample VALUES (1, 1, 1, 'x', 'x', 'x', 0);
    INSERT INTO run_parent VALUES (1, 2, 'x');
    INSERT INTO run_mark VALUES (1, 1, 1, 'x', '["x"]', 'x', 0);
    INSERT INTO metric_name VALUES (1, 'loss');
    INSERT INTO metric_point VALUES (1, 1, 1, 1, 1, 1, 1.0, 1.0);
    INSERT INTO checkpoint VALUES (1, 1, 1, 'x', 1.0, 0);
    INSERT INTO scenario VALUES (1, 'x', 'x', 'x', 1, 1, 'x', 0);
    INSERT INTO scenario_revision VALUES (1, 1, 1, 'x', 'x', '["x"]', 0, 'x', 'x', 0, 'x', 'x', 'x', 0);
    INSERT INTO scenario_status VALUES (1, 1, 1, 'accepted', 'x', 'x', 0);
    INSERT INTO reject VALUES (1, 1, 'x', 'x', 'x', 0, 0);
    INSERT INTO prompt VALUES (1, 'x', 'x', 'x', 0);
    INSERT INTO dataset VALUES (1, 'x', 'x', '{}', 'x', 1, 0, 0);
    INSERT INTO dataset_item VALUES (1, 0, 1, 'train');
    UPDATE dataset SET frozen = 1;
    INSERT INTO run_dataset VALUES (1, 1);
    INSERT INTO model VALUES (1, 'base', 'x', 'x', 'x', 'x', '{}', 0);
    INSERT INTO run_model VALUES (1, 1, 'base');
    INSERT INTO benchmark VALUES (1, 'x', 'x', 'x', 1, 0, 0, 0, 0, 0);
    INSERT INTO benchmark_item VALUES (1, 1, 0, 1, 'x', 'x', '["x"]', 0, 'x', 'x', 0, '[]', 'x', 'x', '[]', '[]', '');
    INSERT INTO benchmark_issue VALUES (1, 1, 1, 'x', 'x', 'x');
    INSERT INTO run_benchmark VALUES (1, 1);
    INSERT INTO picture VALUES (1, 'x', 'x', 1, 0);
    INSERT INTO prediction VALUES (1, 1, 1, 0, 'x', x'', 1.0, 1, 1, 0);
    INSERT INTO choice_override VALUES (1, 1, 0, 'x', 'x', 0);
  )");
  // What may change, each for a reason: item_picture (pictures arrive later), scenario_issue
  // (checks run again), setting; run moves through its states (tested with runs).
  const std::vector<std::string> mayChange = {"item_picture", "scenario_issue", "setting", "choice",
                                              "scenario_current"};
  SQLite::Statement tables(
      raw,
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
      " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'scenario_fts%'");
  int tried = 0;
  while (tables.executeStep()) {
    const auto table = tables.getColumn(0).getString();
    if (std::count(mayChange.begin(), mayChange.end(), table)) continue;
    ++tried;
    EXPECT_GE(raw.execAndGet("SELECT count(*) FROM " + table).getInt(), 1)
        << table << " has no row to try with";
    EXPECT_THROW(raw.exec("DELETE FROM " + table), SQLite::Exception) << table;
    EXPECT_THROW(raw.exec("REPLACE INTO " + table + " SELECT * FROM " + table), SQLite::Exception)
        << table;
    SQLite::Statement columns(raw, "SELECT name FROM pragma_table_info('" + table + "')");
    while (columns.executeStep()) {
      const auto column = columns.getColumn(0).getString();
      if (table == "run") continue;
      EXPECT_THROW(raw.exec("UPDATE " + table + " SET " + column + " = " + column),
                   SQLite::Exception)
          << table << "." << column;
    }
  }
  EXPECT_EQ(tried, 25);
  for (const char* column : {"id", "kind", "command", "spec", "created_at"})
    EXPECT_THROW(raw.exec(std::string("UPDATE run SET ") + column + " = " + column),
                 SQLite::Exception)
        << column;
  EXPECT_THROW(raw.exec("INSERT INTO dataset_item VALUES (1, 1, 1, 'eval')"), SQLite::Exception)
      << "a frozen dataset took another item";
}

}  // namespace
}  // namespace wordsight::store
