// Killed at any moment, the file opens and nothing that was acknowledged is gone.

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "base/random.h"
#include "store/metric_repository.h"
#include "store/prediction_repository.h"
#include "store_support.h"

namespace wordsight::store {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

/// Starts the writer, lets it work until it has written `enough` lines and some microseconds more,
/// kills it. Returns every whole line it wrote. Counted in lines and not in time, so that a busy
/// machine tests as much.
std::vector<std::string> killed(const std::vector<std::string>& arguments, std::int64_t enough,
                                int microseconds) {
  int out[2];
  if (::pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(out[1], STDOUT_FILENO);
    std::vector<char*> argv = {const_cast<char*>(WORDSIGHT_STORE_WRITER)};
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    ::execv(WORDSIGHT_STORE_WRITER, argv.data());
    ::_exit(127);
  }
  ::close(out[1]);
  std::string text;
  char buffer[65536];
  const auto take = [&] {
    const auto n = ::read(out[0], buffer, sizeof buffer);
    if (n > 0) text.append(buffer, static_cast<std::size_t>(n));
    return n > 0;
  };
  while (std::count(text.begin(), text.end(), '\n') < enough && take()) {
  }
  ::usleep(static_cast<useconds_t>(microseconds));
  ::kill(child, SIGKILL);
  while (take()) {
  }
  ::close(out[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0)
      << "the writer failed by itself: " << WEXITSTATUS(status);
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  if (!text.empty() && text.back() != '\n') lines.pop_back();
  return lines;
}

struct Acknowledged {
  RunId run;
  std::int64_t points = 0;
  std::map<int, int> imports;  // number, size
  std::vector<ScenarioId> accepted;
  std::vector<ItemId> answers;
};

Acknowledged read(const std::vector<std::string>& lines) {
  Acknowledged all;
  for (const auto& line : lines) {
    std::istringstream in(line);
    std::string what;
    std::int64_t first = 0, second = 0;
    in >> what >> first >> second;
    if (what == "run") all.run = RunId(first);
    if (what == "points") all.points = std::max(all.points, first);
    if (what == "import") all.imports[int(first)] = int(second);
    if (what == "accept") all.accepted.emplace_back(first);
    if (what == "answer") all.answers.emplace_back(first);
  }
  return all;
}

void checkImports(ScenarioRepository& scenarios, const std::string& round,
                  const Acknowledged& said) {
  std::map<int, int> found;
  ASSERT_OK(scenarios.forEach({}, [&](const Scenario& s) -> Status {
    const auto colon = s.provenance.source.find(':');
    if (s.provenance.source.substr(0, colon) == round)
      ++found[std::stoi(s.provenance.source.substr(colon + 1))];
    return {};
  }));
  for (const auto& [number, size] : said.imports)
    EXPECT_EQ(found[number], size) << "import " << number;
  // At most the import that was under way is there beyond what was said, and then whole.
  EXPECT_LE(found.size(), said.imports.size() + 1);
  for (const auto& [number, size] : found)
    EXPECT_EQ(size, number % 10 == 9 ? 400 : 3) << "half an import";
  for (const auto id : said.accepted)
    EXPECT_EQ(must(scenarios.get(id)).status, ReviewStatus::Accepted);
}

TEST(Killed, NothingAcknowledgedIsGone) {
  TestProject t;
  std::vector<BenchmarkItem> items;
  for (int i = 0; i < 200; ++i) items.push_back(benchmarkItem(i));
  ASSERT_OK(BenchmarkRepository(*t.connection).add("b", "b.json", "", items, {}));
  Random random(20260301);
  std::int64_t points = 0;
  std::size_t imports = 0, answers = 0;
  for (int i = 0; i < 12; ++i) {
    const std::string round = std::to_string(i);
    t.close();
    const auto said = read(killed({t.path().string(), round}, 2 + std::int64_t(random.below(150)),
                                  int(random.below(3'000))));
    ASSERT_TRUE(said.run) << "the writer did not start";
    t.reopen();
    EXPECT_THAT(must(t.connection->check()), IsEmpty());
    EXPECT_THAT(must(RunRepository(*t.connection).markInterrupted()), Contains(said.run));
    const auto series = must(MetricRepository(*t.connection).series(said.run, "loss"));
    EXPECT_GE(std::int64_t(series.size()), said.points);
    EXPECT_EQ(series.size() % 20, 0u) << "half a batch";
    for (std::size_t k = 0; k < series.size(); ++k) ASSERT_EQ(series[k].value, double(k));
    ScenarioRepository scenarios(*t.connection);
    checkImports(scenarios, round, said);
    const auto done = must(PredictionRepository(*t.connection).done(said.run));
    for (const auto item : said.answers) EXPECT_TRUE(done.contains({item, 0}));
    EXPECT_LE(done.size(), said.answers.size() + 1);
    EXPECT_OK(RunRepository(*t.connection).start(said.run));  // and it can go on
    points += said.points;
    imports += said.imports.size();
    answers += said.answers.size();
  }
  // Otherwise nothing was tested.
  EXPECT_GT(points, 100);
  EXPECT_GT(imports, 10u);
  EXPECT_GT(answers, 10u);
}

TEST(Killed, WhileItIsMadeAProjectIsWholeOrNotThere) {
  test::TempFolder folder;
  Random random(5);
  int made = 0, absent = 0;
  for (int i = 0; i < 15; ++i) {
    const auto path = folder / ("p" + std::to_string(i) + ".wordsight");
    const auto lines =
        killed({"--create", path.string()}, 1, int(random.below(i < 10 ? 20'000 : 200'000)));
    if (!std::filesystem::exists(path)) {
      ++absent;
      EXPECT_EQ(lines.size(), 1u) << "it said that it had made the project";
      continue;
    }
    ++made;
    const auto project = Project::open(path, OpenMode::ReadWrite);
    ASSERT_OK(project);
    EXPECT_THAT(must(must(project->connect())->check()), IsEmpty());
  }
  RecordProperty("made", made);
  RecordProperty("absent", absent);
}

}  // namespace
}  // namespace wordsight::store
