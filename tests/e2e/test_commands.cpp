// The command lines that the window shows do what it does: each is given to a shell, and what the
// run then says of itself is held against the spec that the line was made of.

#include <cstdlib>

#include "base/file.h"
#include "jobs/commands.h"
#include "process.h"
#include "store/run_repository.h"
#include "support.h"

namespace wordsight {
namespace {

using namespace jobs;

class Commands : public ::testing::Test {
 protected:
  Commands() : m_project(m_folder / "my project's.wordsight") {
    EXPECT_OK(store::Project::create(m_project));
    m_model = (test::sourceDir() / "resources/demo/model").string();
    // The program by its own name, as on a person's machine.
    std::filesystem::create_symlink(WORDSIGHT_CLI, m_folder / "wordsight-cli");
  }
  /// The exit status of the line in a shell.
  int shell(const std::string& line) const {
    const std::string whole = "cd '" + m_folder.path().string() + "' && PATH=\"$PWD:$PATH\" && " +
                              line + " >out.txt 2>&1";
    const int status = std::system(whole.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::string said() const { return readFile(m_folder / "out.txt").value_or(""); }
  void ok(const std::string& line) const { EXPECT_EQ(shell(line), 0) << line << "\n" << said(); }
  wordsight::Run newest(RunKind kind) const {
    const auto project = store::Project::open(m_project, store::OpenMode::ReadOnly).value();
    const auto connection = project.connect().value();
    store::RunRepository runs(*connection);
    store::RunFilter filter;
    filter.kind = kind;
    const auto rows = runs.list(filter).value();
    return rows.empty() ? wordsight::Run() : runs.get(rows.front().id).value();
  }
  void expectSpec(const std::string& line, RunKind kind, const Json& spec) const {
    ok(line);
    const auto run = newest(kind);
    EXPECT_EQ(run.spec, spec);
    EXPECT_EQ(run.command, line);
  }
  void dataset() const {
    SynthesisSpec synthesis;
    synthesis.count = 40;
    ok(commandOf(m_project, synthesis));
    FreezeSpec freeze;
    freeze.name = "my data";
    ok(commandOf(m_project, freeze));
  }
  void benchmark() const {
    BenchmarkSpec bench;
    bench.name = "demo";
    bench.annotations = (test::sourceDir() / "resources/demo/test_items.json").string();
    bench.images = (test::sourceDir() / "resources/demo/pictures").string();
    ok(commandOf(m_project, bench));
  }
  test::TempFolder m_folder;
  std::filesystem::path m_project;
  std::string m_model;
};

TEST_F(Commands, Synthesis) {
  SynthesisSpec plain;
  plain.count = 10;
  expectSpec(commandOf(m_project, plain), RunKind::Synthesis, toJson(plain));
  SynthesisSpec all;
  all.strategies = {"context", "reverse"};
  all.count = 12;
  all.seed = 18446744073709551615U;
  all.precision = Precision::F32;
  all.temperature = 0.1 + 0.2;
  all.topP = 0.5;
  all.maxTokens = 9;
  expectSpec(commandOf(m_project, all), RunKind::Synthesis, toJson(all));
}

TEST_F(Commands, Training) {
  dataset();
  TrainingSpec plain;
  plain.model = m_model;
  plain.dataset = "my data";
  plain.train.maxSteps = 1;
  plain.train.batch.samples = 2;
  plain.threads = 1;
  expectSpec(commandOf(m_project, plain), RunKind::Training, toJson(plain));

  TrainingSpec all = plain;
  all.prompt = "demo";
  all.out = (m_folder / "out folder").string();
  all.control = true;
  all.probeItems = 3;
  all.threads = 2;
  auto& t = all.train;
  t = trainSpecPreset("as-published").value();
  t.precision = Precision::F32;
  t.seed = 77;
  t.epochs = 0.5;
  t.maxSteps = 1;
  t.shuffle = false;
  t.shuffleOptions = true;
  t.loss = "answer";
  t.choiceWeight = 2.5;
  t.lora = {4, 8.5, 0.125, true, {"q_proj", "down_proj"}, ""};
  t.optimizer = {3e-5, 0.8, 0.95, 1e-7, 0.01, 0.5};
  t.schedule = {"hold_linear", 2};
  t.batch = {2, 512};
  t.recompute = "off";
  t.maxLength = 1000;
  t.evalEvery = 1;
  t.saveEvery = 2;
  t.probeEvery = 3;
  expectSpec(commandOf(m_project, all), RunKind::Training, toJson(all));
  TrainingSpec oneBeta = plain;
  oneBeta.train.optimizer.beta2 = 0.99;
  expectSpec(commandOf(m_project, oneBeta), RunKind::Training, toJson(oneBeta));

  const auto done = newest(RunKind::Training);
  EXPECT_EQ(shell(*resumeCommand(m_project, RunKind::Training, done.id)), 1) << "it is done";
  EXPECT_NE(said().find("is done"), std::string::npos) << said();
  EXPECT_FALSE(resumeCommand(m_project, RunKind::Check, done.id));

  MergeSpec merge;
  merge.model = m_model;
  merge.adapter = all.out;
  merge.out = (m_folder / "-merged").string();
  merge.precision = Precision::F32;
  ok(commandOf(m_project, merge));
  EXPECT_EQ(newest(RunKind::Merge).command, commandOf(m_project, merge));
  EXPECT_TRUE(std::filesystem::exists(m_folder / "-merged/model.safetensors"));
}

TEST_F(Commands, EvaluationAndComparison) {
  benchmark();
  EvaluationSpec plain;
  plain.model = m_model;
  plain.label = "base";  // what an evaluation without an adapter calls itself
  plain.benchmark = "demo";
  plain.limit = 2;
  plain.threads = 1;
  expectSpec(commandOf(m_project, plain), RunKind::Evaluation, toJson(plain));
  EvaluationSpec all = plain;
  all.label = "two words";
  all.prompt = "demo";
  all.arm = Arm::Image;
  all.scoring = infer::Scoring::Generate;
  all.generate = {3, 0.5, 7, 0.75, 0.0625, 1.25, 99, {}};
  all.precision = Precision::F32;
  all.shifts = 2;
  all.batch = 3;
  all.threads = 2;
  expectSpec(commandOf(m_project, all), RunKind::Evaluation, toJson(all));
  const auto run = newest(RunKind::Evaluation);
  RecordedSpec recorded;
  recorded.file = m_folder.write("-answers.jsonl", "{\"index\":1,\"letter\":\"B\"}\n").string();
  recorded.name = "theirs";
  recorded.benchmark = "demo";
  ok(commandOf(m_project, recorded));
  EXPECT_EQ(newest(RunKind::Evaluation).spec["arm"], "image");
  ok(compareCommand(m_project, {RunId(run.id.value - 1), run.id}, m_folder / "a report.html"));
  EXPECT_TRUE(std::filesystem::exists(m_folder / "a report.html"));
  ok(compareCommand(m_project, {run.id}) + " --csv i.csv --cells-csv c.csv --latex t.tex");
  EXPECT_NE(readFile(m_folder / "i.csv").value_or("").find("two words"), std::string::npos);
  EXPECT_NE(readFile(m_folder / "c.csv").value_or("").find("measured"), std::string::npos);
  EXPECT_EQ(readFile(m_folder / "c.csv").value_or("").find("published"), std::string::npos)
      << "those are of another benchmark";
  EXPECT_NE(readFile(m_folder / "t.tex").value_or("").find("toprule"), std::string::npos);
}

TEST_F(Commands, ImportCheckAndFreeze) {
  ImportSpec import;
  // Named without its folder: a dash in front must not make it an option.
  m_folder.write("-lines.jsonl",
                 "{\"situation\":\"One thing.\",\"options\":[\"a\",\"b\"],\"answer\":\"A\"}\n"
                 "{\"situation\":\"One thing.\",\"options\":[\"a\",\"b\"],\"answer\":\"A\"}\n"
                 "nonsense\n");
  import.files = {"-lines.jsonl"};
  import.skipBad = true;
  import.skipDuplicates = false;
  import.dryRun = true;
  ok(commandOf(m_project, import));
  EXPECT_NE(said().find("Would import 2"), std::string::npos) << said();
  EXPECT_FALSE(newest(RunKind::Import).id) << "a dry run leaves no row";
  dataset();
  CheckSpec check;
  check.dataset = "my data";
  ok(commandOf(m_project, check));
  check.dataset.clear();
  check.reshuffle = true;
  check.seed = 5;
  ok(commandOf(m_project, check));
  FreezeSpec freeze;
  freeze.name = "second";
  freeze.filter.status = ReviewStatus::Undecided;
  freeze.filter.text = "the";
  freeze.filter.strategy = "context";
  freeze.shares = {{"train", 0.25}, {"eval", 0.75}};
  freeze.seed = 3;
  ok(commandOf(m_project, freeze));
  EXPECT_EQ(newest(RunKind::Freeze).command, commandOf(m_project, freeze));
  EXPECT_EQ(filterText(scenarioFilterFromText(filterText(freeze.filter)).value()),
            filterText(freeze.filter));
}

}  // namespace
}  // namespace wordsight
