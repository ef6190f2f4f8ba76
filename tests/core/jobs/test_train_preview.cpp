#include "jobs/train_preview.h"

#include <cmath>

#include "base/utf8.h"
#include "job_test.h"
#include "jobs/data_jobs.h"
#include "store/dataset_repository.h"
#include "store/metric_repository.h"

namespace wordsight::jobs {
namespace {

class Preview : public test::JobTest {
 protected:
  void synthesizeAndFreeze(int count, const std::string& name) {
    SynthesisSpec synthesis;
    synthesis.count = count;
    ASSERT_OK(synthesize(context(), synthesis));
    freeze(name);
  }
  void freeze(const std::string& name) {
    FreezeSpec freeze;
    freeze.name = name;
    ASSERT_OK(freezeDataset(context(), freeze));
    m_events.clear();
  }
  void add(const ScenarioContent& content) {
    const auto connection = m_project.connect().value();
    store::NewScenario scenario;
    scenario.content = content;
    scenario.provenance.generator = "person";
    ASSERT_OK(store::ScenarioRepository(*connection).add(scenario));
  }
  static TrainingSpec spec(const std::string& dataset) {
    TrainingSpec spec;
    spec.model = (test::sourceDir() / "resources/demo/model").string();
    spec.dataset = dataset;
    spec.prompt = "demo";
    spec.threads = 1;
    spec.train.epochs = 1;
    spec.train.batch.samples = 8;
    spec.train.lora.rank = 4;
    spec.train.precision = Precision::F32;
    spec.train.evalEvery = spec.train.probeEvery = spec.train.saveEvery = 0;
    return spec;
  }
};

std::string marked(const PreviewSample& sample) {
  std::string text;
  bool counted = false;
  for (const auto& piece : sample.pieces) {
    if (piece.counted != counted) text += piece.counted ? "⟦" : "⟧";
    counted = piece.counted;
    text += piece.text;
  }
  return text + (counted ? "⟧" : "");
}

TEST_F(Preview, SaysWhatTheTrainingThenDoes) {
  synthesizeAndFreeze(100, "d");
  for (const bool shuffle : {false, true}) {
    auto training = spec("d");
    training.train.shuffleOptions = shuffle;
    training.train.loss = shuffle ? "answer" : "sequence";
    const auto preview = previewTraining(m_project, training);
    ASSERT_OK(preview);
    m_events.clear();
    const auto trained = trainAdapter(context(), training);
    ASSERT_OK(trained);
    EXPECT_EQ(preview->steps, trained->summary["steps"].get<std::int64_t>());
    EXPECT_EQ(preview->looked, preview->samples);
    EXPECT_EQ(preview->samples, 90);
    EXPECT_EQ(preview->heldOut, 10);
    const auto tokens = trained->summary["tokens"].get<std::int64_t>();
    // Other orders of options may tokenise a little otherwise.
    EXPECT_NEAR(static_cast<double>(preview->tokensPerEpoch), static_cast<double>(tokens),
                shuffle ? 0.01 * static_cast<double>(tokens) : 0);
    EXPECT_NEAR(preview->countedShare,
                trained->summary["counted_tokens"].get<double>() / static_cast<double>(tokens),
                0.01);
    EXPECT_GE(preview->meanLength, preview->shortest);
    EXPECT_LE(preview->meanLength, preview->longest);
    std::vector<std::string> shown;
    for (const auto& event : m_events)
      if (const auto* sample = std::get_if<Sample>(&event.what);
          sample && sample->label.starts_with("first batch: "))
        shown.push_back(sample->text);
    ASSERT_EQ(shown.size(), 2u);
    ASSERT_EQ(preview->firstBatch.size(), 8u);
    for (std::size_t i = 0; i < shown.size(); ++i)
      EXPECT_EQ(marked(preview->firstBatch[i]), shown[i]);
    int letters = 0;
    for (const auto& sample : preview->firstBatch)
      for (const auto& piece : sample.pieces)
        if (piece.letter) {
          ++letters;
          EXPECT_EQ(piece.text.size(), 1u) << piece.text;
        }
    EXPECT_EQ(letters, 8);
  }
}

TEST_F(Preview, CostIsToldAndMeasuredOnceTheProjectHasTrained) {
  synthesizeAndFreeze(400, "d");
  auto training = spec("d");
  const auto before = previewTraining(m_project, training);
  ASSERT_OK(before);
  EXPECT_EQ(before->rate, TrainPreview::Rate::Calibrated);
  EXPECT_GT(before->seconds, 0);
  const auto trained = trainAdapter(context(), training);
  ASSERT_OK(trained);
  EXPECT_GT(trained->summary["flops_per_s"].get<double>(), 0);
  const auto after = previewTraining(m_project, training);
  ASSERT_OK(after);
  EXPECT_EQ(after->rate, TrainPreview::Rate::SameModel);
  const auto connection = m_project.connect().value();
  const auto points =
      store::MetricRepository(*connection).series(trained->run, "memory_mib").value();
  double most = 0;
  for (const auto& point : points) most = std::max(most, point.value);
  std::printf("took %.2f s; told %.2f s (calibrated), %.2f s (measured); %.0f MiB, told %.0f MiB\n",
              trained->summary["training_seconds"].get<double>(), before->seconds, after->seconds,
              most, before->memoryMiB);
  EXPECT_GT(after->recomputedMiB, 0);
  EXPECT_LT(after->recomputedMiB, after->keptMiB);
  EXPECT_FALSE(after->recompute);
  training.train.recompute = "on";
  EXPECT_TRUE(previewTraining(m_project, training)->recompute);
  training.train.precision = Precision::BF16;
  EXPECT_EQ(previewTraining(m_project, training)->rate, TrainPreview::Rate::Calibrated)
      << "the measured one was in another precision";
  training.train.precision = Precision::F32;
  training.train.evalEvery = 1;
  EXPECT_GT(previewTraining(m_project, training)->seconds, after->seconds);
}

TEST_F(Preview, NamesWhatTheTrainingWouldRefuse) {
  synthesizeAndFreeze(40, "d");
  auto training = spec("d");
  const auto all = previewTraining(m_project, training);
  ASSERT_OK(all);
  EXPECT_TRUE(all->faults.empty());
  training.train.maxLength = static_cast<int>(all->meanLength);
  const auto cut = previewTraining(m_project, training);
  ASSERT_OK(cut);
  EXPECT_GT(cut->tooLong, 5);
  EXPECT_LT(cut->tooLong, 35);
  ASSERT_FALSE(cut->faults.empty());
  EXPECT_TRUE(cut->faults[0].tooLong);
  EXPECT_TRUE(cut->faults[0].id.starts_with("revision "));
  EXPECT_EQ(cut->longest, all->longest);
  EXPECT_FALSE(trainAdapter(context(), training));
  training.dataset = "none";
  EXPECT_NE(previewTraining(m_project, training).error().message.find("none"), std::string::npos);
  training = spec("d");
  training.model = (m_folder / "nowhere").string();
  EXPECT_NE(previewTraining(m_project, training).error().message.find("nowhere"),
            std::string::npos);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(previewTraining(m_project, spec("d"), stop.get_token()).error().kind,
            ErrorKind::Cancelled);
}

TEST_F(Preview, CharactersOfSeveralTokensStandInOnePiece) {
  for (int i = 0; i < 4; ++i) {
    ScenarioContent content;
    content.situation = "Feuer ☎ 日本語 👩‍🚒 Nr. " + std::to_string(i);
    content.options = {"a 🔥", "b"};
    content.key = 0;
    content.rationale = "größer";
    add(content);
  }
  FreezeSpec all;
  all.name = "d";
  all.shares = {{"train", 1.0}};
  ASSERT_OK(freezeDataset(context(), all));
  const auto preview = previewTraining(m_project, spec("d"));
  ASSERT_OK(preview);
  ASSERT_FALSE(preview->firstBatch.empty());
  const auto& sample = preview->firstBatch[0];
  std::string text;
  std::int64_t tokens = 0;
  for (const auto& piece : sample.pieces) {
    EXPECT_TRUE(isValidUtf8(piece.text));
    EXPECT_EQ(piece.text.find("\xEF\xBF\xBD"), std::string::npos) << piece.text;
    EXPECT_FALSE(piece.text.empty());
    text += piece.text;
    tokens += piece.tokens;
  }
  EXPECT_EQ(tokens, sample.tokens);
  EXPECT_NE(text.find("日本語 👩‍🚒"), std::string::npos) << text;
}

TEST_F(Preview, TenThousandScenariosAreSeenAtOnce) {
  synthesizeAndFreeze(11'200, "d");
  auto training = spec("d");
  const auto look = [&](const char* what) {
    const Stopwatch watch;
    const auto preview = previewTraining(m_project, training);
    const double seconds = watch.seconds();
    ASSERT_OK(preview);
    std::printf("%s: %lld scenarios, %lld looked at: %.0f ms\n", what,
                static_cast<long long>(preview->samples), static_cast<long long>(preview->looked),
                seconds * 1000);
    EXPECT_LT(seconds, 8) << "also beside other work";
    EXPECT_GE(preview->looked, 10'000);
  };
  look("the demo's tokenizer");
  // A vocabulary of 150,000 takes longer to load.
  const auto real = test::shared("tokenizers/qwen2.5");
  if (real.empty()) return;
  const auto folder = m_folder / "real";
  std::filesystem::create_directories(folder);
  for (const auto& entry : std::filesystem::directory_iterator(real))
    std::filesystem::copy_file(entry.path(), folder / entry.path().filename());
  std::filesystem::copy_file(training.model + "/config.json", folder / "config.json");
  training.model = folder.string();
  look("Qwen2.5's tokenizer");
}

}  // namespace
}  // namespace wordsight::jobs
