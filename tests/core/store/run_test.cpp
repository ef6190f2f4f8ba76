#include "store/run_repository.h"

#include <sys/wait.h>
#include <unistd.h>

#include "store_support.h"

namespace wordsight::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Run training(const std::string& name = "first") {
  Run run;
  run.kind = RunKind::Training;
  run.name = name;
  run.command = "wordsight-cli train P";
  run.spec = Json{{"lr", 1e-4}, {"preset", "corrected"}};
  return run;
}

class Runs : public ::testing::Test {
 protected:
  TestProject t;
  RunRepository runs{*t.connection};
};

TEST_F(Runs, GoFromQueuedToDone) {
  const auto id = must(runs.create(training()));
  auto run = must(runs.get(id));
  EXPECT_EQ(run.status, RunStatus::Queued);
  EXPECT_EQ(run.spec, training().spec);
  EXPECT_EQ(run.command, "wordsight-cli train P");
  EXPECT_EQ(run.startedAt, 0);
  ASSERT_OK(runs.start(id));
  EXPECT_EQ(must(runs.get(id)).status, RunStatus::Running);
  EXPECT_GT(must(runs.get(id)).startedAt, 0);
  ASSERT_OK(runs.setSummary(id, Json{{"steps", 5}}));
  ASSERT_OK(runs.finish(id, RunStatus::Done, Json{{"steps", 10}}));
  run = must(runs.get(id));
  EXPECT_EQ(run.status, RunStatus::Done);
  EXPECT_EQ(run.summary, (Json{{"steps", 10}}));
  EXPECT_GE(run.finishedAt, run.startedAt);
  EXPECT_EQ(must(runs.attempts(id)), 1);
  ASSERT_OK(runs.rename(id, "better name"));
  EXPECT_EQ(must(runs.get(id)).name, "better name");
}

TEST_F(Runs, RefuseOtherWays) {
  const auto id = must(runs.create(training()));
  EXPECT_FALSE(runs.finish(id, RunStatus::Running));
  EXPECT_FALSE(runs.finish(id, RunStatus::Queued));
  EXPECT_FALSE(runs.setSummary(id, Json::object())) << "not running yet";
  ASSERT_OK(runs.start(id));
  EXPECT_THAT(sentence(runs.start(id), ErrorKind::Busy), HasSubstr("is running"));
  ASSERT_OK(runs.finish(id, RunStatus::Done));
  EXPECT_THAT(sentence(runs.start(id), ErrorKind::Invalid), HasSubstr("is done"));
  EXPECT_THAT(sentence(runs.finish(id, RunStatus::Failed), ErrorKind::Invalid),
              HasSubstr("cannot finish again"));
  EXPECT_THAT(sentence(runs.start(RunId(99)), ErrorKind::NotFound), HasSubstr("run 99"));
  EXPECT_FALSE(runs.get(RunId(99)));
  EXPECT_FALSE(runs.rename(RunId(99), "x"));
}

TEST_F(Runs, CanBeResumed) {
  for (const auto end : {RunStatus::Interrupted, RunStatus::Cancelled, RunStatus::Failed}) {
    const auto id = must(runs.create(training()));
    ASSERT_OK(runs.start(id));
    ASSERT_OK(
        runs.finish(id, end, Json::object(), end == RunStatus::Failed ? "The disk is full." : ""));
    EXPECT_EQ(must(runs.get(id)).status, end);
    ASSERT_OK(runs.start(id));
    EXPECT_EQ(must(runs.get(id)).error, "");
    EXPECT_EQ(must(runs.attempts(id)), 2);
    ASSERT_OK(runs.finish(id, RunStatus::Done));
  }
}

TEST_F(Runs, QueuedOnesCanBeCancelled) {
  const auto id = must(runs.create(training()));
  ASSERT_OK(runs.finish(id, RunStatus::Cancelled));
  EXPECT_EQ(must(runs.get(id)).status, RunStatus::Cancelled);
}

TEST_F(Runs, AreListedFilteredAndSorted) {
  for (int i = 0; i < 6; ++i) {
    auto run = training("name " + std::to_string(5 - i));
    if (i % 2) run.kind = RunKind::Evaluation;
    const auto id = must(runs.create(run));
    if (i < 2) {
      ASSERT_OK(runs.start(id));
      ASSERT_OK(runs.finish(id, i ? RunStatus::Failed : RunStatus::Done, Json{{"n", i}},
                            i ? "No 100% match_here." : ""));
    }
  }
  const auto ids = [&](auto&& set) {
    RunFilter filter;
    set(filter);
    std::vector<std::int64_t> found;
    for (const auto& run : must(runs.list(filter))) {
      EXPECT_TRUE(run.spec.is_null());
      found.push_back(run.id.value);
    }
    return found;
  };
  EXPECT_THAT(ids([](auto&) {}), ElementsAre(6, 5, 4, 3, 2, 1));
  EXPECT_THAT(ids([](auto& f) { f.kind = RunKind::Evaluation; }), ElementsAre(6, 4, 2));
  EXPECT_THAT(ids([](auto& f) { f.status = RunStatus::Queued; }), ElementsAre(6, 5, 4, 3));
  EXPECT_THAT(ids([](auto& f) { f.text = "NAME 3"; }), ElementsAre(3));
  EXPECT_THAT(ids([](auto& f) { f.text = "100%"; }), ElementsAre(2));
  EXPECT_THAT(ids([](auto& f) { f.text = "match_"; }), ElementsAre(2));
  EXPECT_THAT(ids([](auto& f) { f.text = "e_h%"; }), IsEmpty());
  EXPECT_THAT(ids([](auto& f) {
                f.sort = RunFilter::Sort::Name;
                f.descending = false;
              }),
              ElementsAre(6, 5, 4, 3, 2, 1));
  EXPECT_THAT(ids([](auto& f) {
                f.limit = 2;
                f.offset = 1;
              }),
              ElementsAre(5, 4));
  for (const auto sort :
       {RunFilter::Sort::Started, RunFilter::Sort::Finished, RunFilter::Sort::Kind,
        RunFilter::Sort::Status, RunFilter::Sort::Duration})
    EXPECT_THAT(ids([&](auto& f) { f.sort = sort; }), SizeIs(6));
  RunFilter queued;
  queued.status = RunStatus::Queued;
  queued.limit = 1;
  EXPECT_EQ(must(runs.count(queued)), 4);
  EXPECT_EQ(must(runs.list({}))[4].summary, (Json{{"n", 1}}));
}

TEST_F(Runs, AreMarked) {
  const auto first = must(runs.create(training("first")));
  const auto second = must(runs.create(training("second")));
  EXPECT_EQ(must(runs.markOf(first)), RunMark{});
  ASSERT_OK(
      runs.mark(first, {true, "Best so far.", {" paper ", "r32", "", "paper", "d\"q"}}, "Ann"));
  const RunMark kept{true, "Best so far.", {"paper", "r32", "d\"q"}};
  EXPECT_EQ(must(runs.markOf(first)), kept);
  EXPECT_EQ(must(runs.markOf(second)), RunMark{});
  EXPECT_THAT(sentence(runs.mark(RunId(99), {}), ErrorKind::NotFound), HasSubstr("run 99"));
  EXPECT_FALSE(runs.markOf(RunId(99)));
  ASSERT_OK(runs.mark(second, {false, "An old one.", {"r32"}}));

  const auto found = [&](auto&& set) {
    RunFilter filter;
    set(filter);
    std::vector<std::int64_t> ids;
    for (const auto& row : must(runs.rows(filter))) {
      EXPECT_TRUE(row.run.spec.is_null());
      EXPECT_EQ(row.mark, must(runs.markOf(row.run.id)));
      ids.push_back(row.run.id.value);
    }
    EXPECT_EQ(must(runs.count(filter)), static_cast<std::int64_t>(ids.size()));
    return ids;
  };
  EXPECT_THAT(found([](auto&) {}), ElementsAre(2, 1));
  EXPECT_THAT(found([](auto& f) { f.starred = true; }), ElementsAre(1));
  EXPECT_THAT(found([](auto& f) { f.starred = false; }), ElementsAre(2));
  EXPECT_THAT(found([](auto& f) { f.tag = "r32"; }), ElementsAre(2, 1));
  EXPECT_THAT(found([](auto& f) { f.tag = "r3"; }), IsEmpty()) << "a tag is whole";
  EXPECT_THAT(found([](auto& f) { f.tag = "d\"q"; }), ElementsAre(1));
  EXPECT_THAT(found([](auto& f) { f.text = "OLD ONE"; }), ElementsAre(2));
  EXPECT_THAT(found([](auto& f) { f.text = "pape"; }), ElementsAre(1));
  EXPECT_THAT(found([](auto& f) { f.text = "\",\""; }), IsEmpty()) << "not in the JSON around";

  // A mark replaces the one before as a whole; finished runs can be marked too.
  ASSERT_OK(runs.start(first));
  ASSERT_OK(runs.finish(first, RunStatus::Done));
  ASSERT_OK(runs.mark(first, {}));
  EXPECT_EQ(must(runs.markOf(first)), RunMark{});
  EXPECT_THAT(found([](auto& f) { f.starred = true; }), IsEmpty());
  EXPECT_THAT(found([](auto& f) { f.text = "paper"; }), IsEmpty());
  t.reopen();
  EXPECT_EQ(must(RunRepository(*t.connection).markOf(second)).note, "An old one.");
}

TEST_F(Runs, KeepTheirLogInOrder) {
  const auto id = must(runs.create(training()));
  ASSERT_OK(runs.start(id));
  const std::vector<LogLine> lines = {{LogLine::Level::Info, "one"},
                                      {LogLine::Level::Warning, "two"}};
  ASSERT_OK(runs.appendLog(id, lines));
  ASSERT_OK(runs.appendSample(id, {"item 3", "prompt", "answer", 50}));
  ASSERT_OK(runs.finish(id, RunStatus::Failed, Json::object(), "It broke."));
  std::vector<std::string> texts;
  for (const auto& entry : must(runs.log(id))) texts.push_back(entry.text);
  EXPECT_THAT(texts, ElementsAre("queued", "started", "one", "two", "failed: It broke."));
  EXPECT_EQ(must(runs.log(id))[3].kind, RunLogEntry::Kind::Warning);
  const auto samples = must(runs.samples(id));
  ASSERT_THAT(samples, SizeIs(1));
  EXPECT_EQ(samples[0].text, "answer");
  EXPECT_EQ(samples[0].step, 50);
  EXPECT_FALSE(runs.appendLog(RunId(99), lines));
}

TEST_F(Runs, KnowWhatTheyRestOn) {
  const auto a = must(runs.create(training()));
  const auto b = must(runs.create(training()));
  ASSERT_OK(runs.linkParent(b, a, "adapter"));
  ASSERT_OK(runs.linkParent(b, a, "adapter"));
  EXPECT_FALSE(runs.linkParent(a, a, "adapter"));
  EXPECT_FALSE(runs.linkParent(a, RunId(99), "adapter"));
  EXPECT_FALSE(runs.linkDataset(a, DatasetId(5)));
  ASSERT_THAT(must(runs.parents(b)), SizeIs(1));
  EXPECT_EQ(must(runs.parents(b))[0].parent, a);
  EXPECT_EQ(must(runs.parents(b))[0].role, "adapter");
  EXPECT_THAT(must(runs.children(a)), ElementsAre(b));
}

TEST_F(Runs, OfALivingHandleAreNotInterrupted) {
  const auto id = must(runs.create(training()));
  ASSERT_OK(runs.start(id));
  EXPECT_THAT(must(runs.markInterrupted()), IsEmpty());
  // Another handle, as of another window: its cleaning leaves the run alone, and it cannot take it
  // over.
  const auto second = Project::open(t.path(), OpenMode::ReadWrite);
  ASSERT_OK(second);
  const auto connection = must(second->connect());
  RunRepository theirs(*connection);
  EXPECT_THAT(must(theirs.markInterrupted()), IsEmpty());
  EXPECT_THAT(sentence(theirs.start(id), ErrorKind::Busy), HasSubstr("another window or command"));
  EXPECT_THAT(sentence(theirs.finish(id, RunStatus::Done), ErrorKind::Busy),
              HasSubstr("another window or command"));
  EXPECT_EQ(must(runs.get(id)).status, RunStatus::Running);
}

TEST_F(Runs, OfAClosedHandleBecomeInterrupted) {
  const auto running = must(runs.create(training()));
  const auto queued = must(runs.create(training()));
  const auto done = must(runs.create(training()));
  ASSERT_OK(runs.start(running));
  ASSERT_OK(runs.start(done));
  ASSERT_OK(runs.finish(done, RunStatus::Done));
  t.reopen();
  RunRepository again(*t.connection);
  // Readers see it before anybody writes it down.
  EXPECT_EQ(must(again.get(running)).status, RunStatus::Interrupted);
  RunFilter filter;
  filter.status = RunStatus::Interrupted;
  EXPECT_EQ(must(again.count(filter)), 2);
  EXPECT_THAT(must(again.list(filter)), SizeIs(2));
  filter.status = RunStatus::Running;
  EXPECT_EQ(must(again.count(filter)), 0);
  filter.status = RunStatus::Done;
  EXPECT_EQ(must(again.list(filter)).at(0).id, done);
  EXPECT_THAT(must(again.markInterrupted()), ElementsAre(running, queued));
  EXPECT_EQ(must(again.get(running)).status, RunStatus::Interrupted);
  EXPECT_EQ(must(again.get(done)).status, RunStatus::Done);
  EXPECT_THAT(must(again.markInterrupted()), IsEmpty());
  ASSERT_OK(again.start(running));
  EXPECT_EQ(must(again.attempts(running)), 2);
  EXPECT_EQ(must(again.log(running)).back().text, "resumed");
}

TEST_F(Runs, OfADeadProcessCanBeTakenOver) {
  const auto id = must(runs.create(training()));
  ASSERT_OK(runs.start(id));
  t.reopen();
  RunRepository again(*t.connection);
  ASSERT_OK(again.start(id));  // without markInterrupted first
  EXPECT_EQ(must(again.get(id)).status, RunStatus::Running);
}

TEST_F(Runs, LivenessFollowsTheProcess) {
  int ready[2], leave[2];
  ASSERT_EQ(::pipe(ready), 0);
  ASSERT_EQ(::pipe(leave), 0);
  t.close();
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto project = Project::open(t.path(), OpenMode::ReadWrite);
    const auto connection = project->connect();
    RunRepository theirs(**connection);
    const auto id = theirs.create(training());
    char ok = id && theirs.start(*id) ? 'y' : 'n';
    (void)!::write(ready[1], &ok, 1);
    (void)!::read(leave[0], &ok, 1);
    ::_exit(0);  // nothing is tidied up, as when it is killed
  }
  char answer = 0;
  ASSERT_EQ(::read(ready[0], &answer, 1), 1);
  ASSERT_EQ(answer, 'y');
  t.reopen();
  RunRepository ours(*t.connection);
  EXPECT_THAT(must(ours.markInterrupted()), IsEmpty()) << "the other process lives";
  ASSERT_EQ(::write(leave[1], "x", 1), 1);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_THAT(must(ours.markInterrupted()), ElementsAre(RunId(1)));
}

}  // namespace
}  // namespace wordsight::store
