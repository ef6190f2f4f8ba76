#include "domain/run.h"
#include "domain/train_spec.h"
#include "support.h"

namespace wordsight {
namespace {

TEST(TrainSpec, TravelsWhole) {
  TrainSpec spec = *trainSpecPreset("as-published");
  spec.lora.init = "adapter";
  spec.lora.targets = {"q_proj"};
  spec.optimizer.beta2 = 0.95;
  spec.maxSteps = 7;
  const auto again = trainSpecFromJson(toJson(spec), "x");
  ASSERT_OK(again);
  EXPECT_EQ(toJson(*again), toJson(spec));
}

TEST(TrainSpec, PresetsDifferAsDocumented) {
  const auto corrected = *trainSpecPreset("corrected"),
             published = *trainSpecPreset("as-published");
  EXPECT_EQ(corrected.loss, "answer");
  EXPECT_EQ(published.loss, "sequence");
  EXPECT_DOUBLE_EQ(published.optimizer.lr, 2e-5);
  EXPECT_DOUBLE_EQ(published.lora.dropout, 0.05);
  EXPECT_EQ(published.schedule.kind, "linear");
  EXPECT_DOUBLE_EQ(published.schedule.warmup, 0);
  EXPECT_EQ(published.batch.samples, 32);
  EXPECT_FALSE(trainSpecPreset("best"));
}

TEST(TrainSpec, FewKeysOverAPreset) {
  const auto spec = trainSpecFromText(
      R"({"preset":"as-published","optimizer":{"lr":1e-3},"lora":{"init":null}})", "spec.json");
  ASSERT_OK(spec);
  EXPECT_DOUBLE_EQ(spec->optimizer.lr, 1e-3);
  EXPECT_DOUBLE_EQ(spec->lora.dropout, 0.05);
}

TEST(TrainSpec, BadSettingsAreNamed) {
  const std::vector<std::pair<const char*, const char*>> bad = {
      {R"({"optimiser":{}})", "optimizer"},
      {R"({"optimizer":{"lr":"fast"}})", "\"lr\""},
      {R"({"optimizer":{"betas":[0.9]}})", "betas"},
      {R"({"optimizer":{"betas":[0.9,1.0]}})", "betas"},
      {R"({"lora":{"rank":0}})", "rank"},
      {R"({"lora":{"targets":["q_proj","lm_head"]}})", "lm_head"},
      {R"({"lora":{"targets":[]}})", "targets"},
      {R"({"lora":{"targets":["q_proj","q_proj"]}})", "twice"},
      {R"({"loss":"letters"})", "answer, sequence"},
      {R"({"schedule":{"kind":"step"}})", "hold_linear"},
      {R"({"batch":{"samples":0}})", "samples"},
      {R"({"preset":"mine"})", "mine"},
      {R"({"precision":"fp16"})", "f32, bf16"},
      {R"({"lora":5})", "lora"},
      {R"([])", "object"}};
  for (const auto& [text, word] : bad) {
    const auto spec = trainSpecFromText(text, "spec.json");
    ASSERT_FALSE(spec) << text;
    EXPECT_NE(spec.error().message.find(word), std::string::npos) << spec.error().message;
    EXPECT_NE(spec.error().message.find("spec.json"), std::string::npos) << spec.error().message;
  }
}

TEST(Run, NamesGoBothWays) {
  for (const auto kind : {RunKind::Synthesis, RunKind::Import, RunKind::Check, RunKind::Freeze,
                          RunKind::Training, RunKind::Evaluation, RunKind::Benchmark,
                          RunKind::Comparison, RunKind::Export, RunKind::Merge})
    EXPECT_EQ(runKindFromText(toText(kind)).value(), kind);
  for (const auto status : {RunStatus::Queued, RunStatus::Running, RunStatus::Done,
                            RunStatus::Failed, RunStatus::Cancelled, RunStatus::Interrupted})
    EXPECT_EQ(runStatusFromText(toText(status)).value(), status);
  EXPECT_FALSE(runKindFromText("holiday"));
}

TEST(TrainSpec, UsualNamesLeadToTheirPlace) {
  const auto message = [](const char* text) {
    const auto spec = trainSpecFromText(text, "spec.json");
    EXPECT_FALSE(spec) << text;
    return spec ? std::string() : spec.error().message;
  };
  EXPECT_EQ(message(R"({"lr": 1e-4})"),
            "spec.json: unknown key \"lr\"; did you mean \"optimizer.lr\"?");
  const std::pair<const char*, const char*> cases[] = {
      {R"({"learning_rate": 1})", "optimizer.lr"},
      {R"({"optimizer": {"learning_rate": 1}})", "optimizer.lr"},
      {R"({"bs": 1})", "batch.samples"},
      {R"({"batch_size": 1})", "batch.samples"},
      {R"({"batch": {"batch_size": 1}})", "batch.samples"},
      {R"({"wd": 1})", "optimizer.weight_decay"},
      {R"({"lora": {"r": 8}})", "lora.rank"},
      {R"({"rank": 8})", "lora.rank"},
      {R"({"alpha": 8})", "lora.alpha"},
      {R"({"lora": {"target_modules": []}})", "lora.targets"},
      {R"({"num_train_epochs": 3})", "epochs"},
      {R"({"warmup_steps": 3})", "schedule.warmup"},
      {R"({"steps": 3})", "max_steps"}};
  for (const auto& [text, place] : cases)
    EXPECT_NE(message(text).find("did you mean \"" + std::string(place) + "\""), std::string::npos)
        << message(text);
  EXPECT_NE(message(R"({"lora": {"rnak": 8}})").find("did you mean \"rank\""), std::string::npos);
  EXPECT_TRUE(trainSpecFromText(R"({"lora": {"rank": 8}, "optimizer": {"lr": 1e-4}})", "spec"));
}

}  // namespace
}  // namespace wordsight
