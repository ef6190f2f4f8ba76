// The store's budgets (design.md §8), measured: import of 100,000 scenarios, filters over them,
// 10,000 runs, 1,000,000 metric points. Prints a table; judges nothing, because machines differ.
//   bench_store [FOLDER]     a folder on the disk to be measured; a temporary one otherwise

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <functional>

#include "base/random.h"
#include "base/time.h"
#include "store/metric_repository.h"
#include "store/prediction_repository.h"
#include "store/project.h"
#include "store/run_repository.h"
#include "store/scenario_repository.h"

using namespace wordsight;
using namespace wordsight::store;

namespace {

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// Wall time, and the processor time of this program: on a shared machine the second is the one to
/// compare.
struct Times {
  double wall = 0, processor = 0;
  Times operator/(double by) const { return {wall / by, processor / by}; }
};

class Watch {
 public:
  Times times() const {
    return {m_wall.seconds(), static_cast<double>(std::clock() - m_start) / CLOCKS_PER_SEC};
  }
  void restart() { *this = Watch(); }

 private:
  Stopwatch m_wall;
  std::clock_t m_start = std::clock();
};

void line(const char* what, const Times& times, const std::string& note = {}) {
  std::printf("%-62s %9.1f ms  %9.1f ms processor  %s\n", what, times.wall * 1e3,
              times.processor * 1e3, note.c_str());
  std::fflush(stdout);
}

/// The middle of five, after one that warms up.
void repeated(const char* what, const std::function<std::string()>& work) {
  std::string note = work();
  std::vector<Times> times;
  for (int i = 0; i < 5; ++i) {
    const Watch watch;
    work();
    times.push_back(watch.times());
  }
  const auto middle = [&](double Times::*field) {
    std::sort(times.begin(), times.end(),
              [&](const Times& a, const Times& b) { return a.*field < b.*field; });
    return times[times.size() / 2].*field;
  };
  line(what, {middle(&Times::wall), middle(&Times::processor)}, note);
}

/// Text with the word frequencies of real text: rank r has the weight 1/r, over 20,000 words.
class Writer {
 public:
  Writer() {
    double sum = 0;
    for (int rank = 1; rank <= 20'000; ++rank) m_sums.push_back(sum += 1.0 / rank);
    static constexpr const char* syllables[] = {"ka", "ro", "mi", "ten", "la", "su",  "per", "o",
                                                "ni", "ex", "fa", "dul", "be", "gra", "vi",  "tor"};
    for (int rank = 0; rank < 20'000; ++rank) {
      std::string word;
      for (int rest = rank + 16; rest > 0; rest /= 16) word += syllables[rest % 16];
      m_words.push_back(word);
    }
  }
  std::string text(Random& random, int words) const {
    std::string out;
    for (int i = 0; i < words; ++i) {
      const double at = random.uniform() * m_sums.back();
      const auto found = std::upper_bound(m_sums.begin(), m_sums.end(), at) - m_sums.begin();
      out += (i ? " " : "") + m_words[static_cast<std::size_t>(found)];
    }
    return out + ".";
  }
  const std::string& word(std::size_t rank) const { return m_words[rank]; }

 private:
  std::vector<double> m_sums;
  std::vector<std::string> m_words;
};

std::vector<NewScenario> makeScenarios(const Writer& writer, int count) {
  Random random(1);
  std::vector<NewScenario> all;
  all.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    NewScenario made;
    made.content.situation = writer.text(random, 35);
    made.content.question = "What is the most appropriate first action?";
    for (int k = 0; k < 5; ++k) made.content.options.push_back(writer.text(random, 9));
    made.content.key = static_cast<int>(random.below(5));
    made.content.rationale = writer.text(random, 20);
    made.content.category = "Category " + std::to_string(random.below(10));
    static constexpr const char* strategies[] = {"complexity", "context", "challenge", "reverse"};
    made.provenance = {strategies[random.below(4)],
                       "local:/models/llama",
                       std::string(64, 'a'),
                       std::uint64_t(i),
                       {},
                       "a.jsonl:" + std::to_string(i)};
    all.push_back(std::move(made));
  }
  return all;
}

/// Ids of all that match, in every order: what a list that scrolls over all of them asks for.
void benchSorts(ScenarioRepository& scenarios, const Writer& writer) {
  using Sort = ScenarioFilter::Sort;
  for (const bool searching : {false, true})
    for (const auto& [sort, name] : {std::pair{Sort::Created, "created"},
                                     {Sort::Changed, "changed"},
                                     {Sort::Situation, "situation"},
                                     {Sort::Key, "key"},
                                     {Sort::Status, "status"},
                                     {Sort::Strategy, "strategy"},
                                     {Sort::Generator, "generator"},
                                     {Sort::Category, "category"},
                                     {Sort::Issues, "issues"}}) {
      ScenarioFilter filter;
      filter.sort = sort;
      if (searching) filter.text = writer.word(0);
      const auto what = std::string("ids, ") + (searching ? "most frequent word" : "no filter") +
                        ", by " + name + " (budget 100)";
      repeated(what.c_str(), [&] { return std::to_string(must(scenarios.ids(filter)).size()); });
    }
}

void benchEdits(Connection& connection) {
  ScenarioRepository scenarios(connection);
  for (const std::size_t count : {std::size_t{1}, std::size_t{10'000}, std::size_t{100'000}}) {
    std::vector<ScenarioRepository::Edit> edits;
    ScenarioFilter filter;
    filter.limit = static_cast<std::int64_t>(count);
    for (auto& scenario : must(scenarios.list(filter))) {
      scenario.content.situation += " More " + std::to_string(count) + ".";
      edits.push_back({scenario.id, std::move(scenario.content), scenario.revision});
    }
    const Watch watch;
    must(scenarios.editMany(edits, "person"));
    line(("edit " + std::to_string(count) + " of 100,000 scenarios").c_str(), watch.times());
  }
}

void benchScenarios(Connection& connection, const Writer& writer) {
  constexpr int kCount = 100'000;
  ScenarioRepository scenarios(connection);
  const auto made = makeScenarios(writer, kCount);
  Watch watch;
  const auto ids = must(scenarios.addMany(made));
  line("import of 100,000 scenarios, one transaction (budget 20,000)", watch.times());
  watch.restart();
  std::vector<ScenarioId> third;
  for (const auto id : ids)
    if (id.value % 3 == 0) third.push_back(id);
  must(scenarios.setStatus(third, ReviewStatus::Accepted, "person"));
  line("accept 33,333 of them", watch.times());
  watch.restart();
  must(scenarios.contentHashes());
  line("all content hashes", watch.times());

  const auto page = [&](const char* what, const ScenarioFilter& filter) {
    repeated(what, [&] {
      auto first = filter;
      first.limit = 50;
      must(scenarios.list(first));
      return std::to_string(must(scenarios.count(filter))) + " found";
    });
  };
  const auto text = [](const std::string& words) {
    ScenarioFilter filter;
    filter.text = words;
    return filter;
  };
  page("first page and count: no filter", {});
  page("first page and count: the most frequent word (budget 100)", text(writer.word(0)));
  page("first page and count: two frequent words", text(writer.word(1) + " " + writer.word(2)));
  page("first page and count: a rare word", text(writer.word(9'000)));
  page("first page and count: beginning of one letter", text("k"));
  page("first page and count: beginning of two letters", text("ka"));
  page("first page and count: a phrase", text("\"" + writer.word(0) + " " + writer.word(1) + "\""));
  page("first page and count: a symbol, looked for without the index", text("?"));
  auto narrow = text(writer.word(0));
  narrow.status = ReviewStatus::Accepted;
  narrow.strategy = "context";
  page("first page and count: frequent word, accepted, one strategy", narrow);
  auto sorted = text(writer.word(0));
  sorted.sort = ScenarioFilter::Sort::Situation;
  page("first page and count: frequent word, sorted by situation", sorted);
  ScenarioFilter status;
  status.status = ReviewStatus::Accepted;
  page("first page and count: accepted", status);
  repeated("ids of all, sorted by situation", [&] {
    ScenarioFilter filter;
    filter.sort = ScenarioFilter::Sort::Situation;
    return std::to_string(must(scenarios.ids(filter)).size());
  });
  repeated("ids of all that hold the most frequent word",
           [&] { return std::to_string(must(scenarios.ids(text(writer.word(0)))).size()); });
  repeated("50 whole scenarios from the middle", [&] {
    must(scenarios.getMany(std::span(ids).subspan(50'000, 50)));
    return std::string();
  });
  repeated("200 rows of a list from the middle (budget 5)", [&] {
    return std::to_string(must(scenarios.rowsOf(std::span(ids).subspan(50'000, 200))).size());
  });
  repeated("decisions of all",
           [&] { return std::to_string(must(scenarios.statusesOf(ids)).size()); });
  benchSorts(scenarios, writer);
  watch.restart();
  std::size_t bytes = 0;
  must(scenarios.forEach({}, [&](const Scenario& s) -> Status {
    bytes += s.content.situation.size();
    return {};
  }));
  line("walk over all with their texts", watch.times());
  watch.restart();
  must(connection.rebuildDerived());
  line("rebuild the derived tables", watch.times());
}

void benchRuns(Connection& connection) {
  RunRepository runs(connection);
  Json spec = Json::object(), summary = Json::object();
  for (int i = 0; i < 40; ++i) spec["setting_" + std::to_string(i)] = i * 0.5;
  for (int i = 0; i < 8; ++i) summary["figure_" + std::to_string(i)] = i * 0.25;
  Watch watch;
  must(connection.transaction([&]() -> Status {
    for (int i = 0; i < 10'000; ++i) {
      Run run;
      run.kind = i % 2 ? RunKind::Training : RunKind::Evaluation;
      run.name = "run " + std::to_string(i);
      run.command =
          "wordsight-cli train project.wordsight --model /models/qwen2-vl-7b --dataset v" +
          std::to_string(i);
      run.spec = spec;
      WORDSIGHT_TRY(const auto id, runs.create(run));
      WORDSIGHT_CHECK(runs.start(id));
      WORDSIGHT_CHECK(runs.finish(id, RunStatus::Done, summary));
    }
    return {};
  }));
  line("make, start and finish 10,000 runs, one transaction", watch.times());
  repeated("list of 10,000 runs (budget 200)",
           [&] { return std::to_string(must(runs.list()).size()); });
  watch.restart();
  must(connection.transaction([&]() -> Status {
    for (int i = 1; i <= 10'000; ++i)
      WORDSIGHT_CHECK(runs.mark(RunId(i), {i % 10 == 0, "a note", {"paper", "r32"}}));
    return {};
  }));
  line("mark all of them", watch.times());
  repeated("rows of 10,000 marked runs (budget 100)",
           [&] { return std::to_string(must(runs.rows()).size()); });
  repeated("rows of the starred ones with a tag, that hold a text", [&] {
    RunFilter filter;
    filter.starred = true;
    filter.tag = "r32";
    filter.text = "paper";
    return std::to_string(must(runs.rows(filter)).size());
  });
  repeated("first 50 of 10,000 runs that hold a text, sorted by name", [&] {
    RunFilter filter;
    filter.text = "v99";
    filter.sort = RunFilter::Sort::Name;
    filter.limit = 50;
    return std::to_string(must(runs.list(filter)).size());
  });
}

void benchMetrics(Connection& connection) {
  RunRepository runs(connection);
  MetricRepository metrics(connection);
  const auto run = must(runs.create({}));
  static constexpr const char* names[] = {"loss", "lr", "grad_norm", "tokens_per_s", "memory_mib"};
  Watch watch;
  for (int step = 0; step < 200'000; step += 50) {
    std::vector<MetricPoint> points;
    for (int i = 0; i < 50; ++i)
      for (const auto* name : names)
        points.push_back({name, step + i, (step + i) * 32, (step + i) * 8192, double(step + i),
                          1.0 / (step + i + 1)});
    must(metrics.appendMany(run, points));
  }
  line("append 1,000,000 metric points, 4,000 batches of 250", watch.times());
  repeated("read one curve of 200,000 points out of them",
           [&] { return std::to_string(must(metrics.series(run, "loss")).size()); });
  repeated("names of the curves", [&] { return std::to_string(must(metrics.names(run)).size()); });
  watch.restart();
  for (int step = 0; step < 500; ++step) {
    std::vector<MetricPoint> points;
    for (const auto* name : names) points.push_back({name, 200'000 + step, 0, 0, 0, 1});
    must(metrics.appendMany(run, points));
  }
  line("append the points of one step, one at a time (mean of 500)", watch.times() / 500);
  std::int64_t last = 0;
  must(metrics.seriesAfter(run, "loss", 0, &last));
  repeated("look for new points of a curve of 200,000", [&] {
    return std::to_string(must(metrics.seriesAfter(run, "loss", last - 100, nullptr)).size());
  });
  repeated("thumbnail of a curve of 200,000",
           [&] { return std::to_string(must(metrics.sparkline(run, "loss", 60)).size()); });
  const auto great = must(runs.create({}));
  std::vector<MetricPoint> points;
  for (std::int64_t step = 0; step < 1'000'000; ++step)
    points.push_back({"loss", step, step * 32, step * 8192, double(step), 1.0 / (step + 1)});
  must(metrics.appendMany(great, points));
  repeated("load one curve of 1,000,000 points (budget 2,000)", [&] {
    return std::to_string(must(metrics.seriesAfter(great, "loss", 0, nullptr)).size());
  });
  repeated("the same by steps",
           [&] { return std::to_string(must(metrics.series(great, "loss")).size()); });
}

void benchSyncedAppends(Connection& connection) {
  ScenarioRepository scenarios(connection);
  NewScenario one;
  one.content.situation = "One.";
  one.content.options = {"yes", "no"};
  const Watch watch;
  for (int i = 0; i < 200; ++i) must(scenarios.add(one));
  line("add one scenario, synced to the disk (mean of 200)", watch.times() / 200);
}

}  // namespace

int main(int argc, char** argv) {
  const auto folder =
      (argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path()) /
      ("bench_store-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto path = folder / "bench_store.wordsight";
  const auto project = Project::create(path);
  if (!project) {
    std::fprintf(stderr, "%s\n", project.error().message.c_str());
    return 1;
  }
  const auto connection = must(project->connect());
  const Writer writer;
  benchScenarios(*connection, writer);
  benchEdits(*connection);
  benchRuns(*connection);
  benchMetrics(*connection);
  benchSyncedAppends(*connection);
  const Watch watch;
  must(connection->checkpoint());
  line("move the log into the file", watch.times(),
       std::to_string(std::filesystem::file_size(path) >> 20) + " MiB");
  std::filesystem::remove_all(folder);
}
