#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>

#include "bridge/format.h"
#include "pages/train/field_row.h"
#include "pages/train/train_form.h"
#include "train_fixture.h"

namespace wordsight::ui::test {
namespace {

class TrainFormTest : public TrainFixture {
 protected:
  TrainForm& form() { return *find<TrainForm>("trainForm"); }
  bool shown(const char* name) { return !find<QWidget>(name)->isHidden(); }
};

TEST_F(TrainFormTest, PresetsSetAllFieldsAndChangesAreMarked) {
  auto* preset = find<QComboBox>("preset");
  EXPECT_EQ(form().spec().train.preset, "corrected");
  preset->setCurrentIndex(1);
  EXPECT_EQ(form().spec().train.preset, "as-published");
  EXPECT_EQ(form().spec().train.optimizer.lr, 2e-5);
  EXPECT_EQ(form().spec().train.loss, "sequence");
  EXPECT_FALSE(shown("rankReset"));
  type("rank", QStringLiteral("8"));
  EXPECT_EQ(form().spec().train.lora.rank, 8);
  EXPECT_TRUE(shown("rankReset"));
  find<QToolButton>("rankReset")->click();
  EXPECT_EQ(form().spec().train.lora.rank, 32);
  EXPECT_FALSE(shown("rankReset"));
  type("rank", QStringLiteral("8"));
  preset->setCurrentIndex(0);
  EXPECT_EQ(form().spec().train.lora.rank, 32);
  EXPECT_EQ(form().spec().train.loss, "answer");
}

TEST_F(TrainFormTest, WhatIsWrongIsToldInPlaceAndKept) {
  chooseModel();
  const struct {
    const char* field;
    const char* typed;
  } wrong[] = {{"rank", "0"},           {"rank", "1.5"}, {"rank", "many"}, {"learningRate", "2"},
               {"learningRate", "nan"}, {"batch", ""},   {"epochs", "-1"}, {"seed", "-3"}};
  for (const auto& [field, typed] : wrong) {
    const QString good = find<QLineEdit>(field)->text();
    type(field, QString::fromLatin1(typed));
    const std::string error = std::string(field) + "Error";
    EXPECT_TRUE(shown(error.c_str())) << field << " " << typed;
    EXPECT_EQ(find<QLineEdit>(field)->text(), QString::fromLatin1(typed));
    EXPECT_FALSE(find<QAbstractButton>("startTraining")->isEnabled());
    type(field, good);
    EXPECT_FALSE(shown(error.c_str())) << field;
    EXPECT_TRUE(find<QAbstractButton>("startTraining")->isEnabled());
  }
  openMore();
  for (auto* box : find<QWidget>("targets")->findChildren<QCheckBox*>()) box->setChecked(false);
  EXPECT_TRUE(shown("targetsError"));
  EXPECT_FALSE(find<QAbstractButton>("startTraining")->isEnabled());
}

TEST_F(TrainFormTest, StepsDecideWhenGiven) {
  type("steps", QStringLiteral("60"));
  EXPECT_EQ(form().spec().train.maxSteps, 60);
  EXPECT_FALSE(find<QLineEdit>("epochs")->isEnabled());
  type("steps", QString());
  EXPECT_EQ(form().spec().train.maxSteps, 0);
  EXPECT_TRUE(find<QLineEdit>("epochs")->isEnabled());
}

TEST_F(TrainFormTest, EveryFieldReachesTheSpecAndComesBack) {
  Json json = jobs::toJson(jobs::TrainingSpec{});
  json["dataset"] = "demo";
  json["model"] = fromQt(m_model);
  json["control"] = true;
  json["probe_items"] = 7;
  json["prompt"] = "demo";
  auto& train = json["train"];
  train["precision"] = "f32";
  train["seed"] = 18446744073709551615ULL;
  train["epochs"] = 0.5;
  train["shuffle"] = false;
  train["loss"] = "sequence";
  train["shuffle_options"] = true;
  train["choice_weight"] = 10.0;
  train["lora"] = Json::parse(
      R"({"rank": 8, "alpha": 3.5, "dropout": 0.1, "rslora": true, "targets": ["q_proj", "v_proj"]})");
  train["optimizer"] = Json::parse(
      R"({"lr": 3e-5, "betas": [0.8, 0.95], "eps": 1e-6, "weight_decay": 0.01, "max_grad_norm": 0.5})");
  train["schedule"] = Json::parse(R"({"kind": "hold_linear", "warmup": 10.0})");
  train["batch"] = Json::parse(R"({"samples": 3, "micro_tokens": 1234})");
  train["recompute"] = "on";
  train["max_length"] = 321;
  train["eval_every"] = 0;
  train["save_every"] = 3;
  train["probe_every"] = 5;
  const auto spec = jobs::trainingSpecFromJson(json);
  ASSERT_TRUE(spec) << spec.error().message;
  form().setSpec(*spec);
  // setSpec reads every value back out of the fields.
  EXPECT_EQ(dumpJson(jobs::toJson(form().spec())), dumpJson(jobs::toJson(*spec)));
}

TEST_F(TrainFormTest, TheJsonViewIsEditedBothWays) {
  chooseModel();
  auto* editor = find<QPlainTextEdit>("specEditor");
  ASSERT_TRUE(
      spinUntil([&] { return editor->toPlainText().contains(QLatin1String("\"rank\": 32")); }));
  QString text = editor->toPlainText();
  editor->setPlainText(text.replace(QLatin1String("\"rank\": 32"), QLatin1String("\"rank\": 5")));
  ASSERT_TRUE(spinUntil([&] { return form().spec().train.lora.rank == 5; }));
  EXPECT_EQ(find<QLineEdit>("rank")->text(), QStringLiteral("5"));

  text = editor->toPlainText();
  editor->setPlainText(text.replace(QLatin1String("\"rank\""), QLatin1String("\"rnak\"")));
  auto* problem = find<QLabel>("specProblem");
  ASSERT_TRUE(spinUntil([&] { return problem->text().contains(QLatin1String("rnak")); }));
  EXPECT_TRUE(editor->toPlainText().contains(QLatin1String("rnak")));
  EXPECT_EQ(form().spec().train.lora.rank, 5);
}

TEST_F(TrainFormTest, TheFormIsKeptForTheNextTime) {
  chooseModel();
  type("rank", QStringLiteral("6"));
  page().setSession(nullptr);
  m_page.reset();
  makePage();
  EXPECT_EQ(find<QLineEdit>("rank")->text(), QStringLiteral("6"));
  EXPECT_EQ(form().spec().model, fromQt(m_model));
}

TEST(TypedNumbers, AreReadInTheLocaleAndWithAPoint) {
  using Kind = TrainField::Kind;
  const QLocale before;
  QLocale::setDefault(QLocale(QLocale::German));
  EXPECT_EQ(parseTyped(QStringLiteral("0,001"), Kind::Real)->get<double>(), 0.001);
  EXPECT_EQ(parseTyped(QStringLiteral("0.001"), Kind::Real)->get<double>(), 0.001);
  EXPECT_EQ(parseTyped(QStringLiteral("1e-4"), Kind::Real)->get<double>(), 1e-4);
  EXPECT_EQ(typedNumber(Json(0.5)), QStringLiteral("0,5"));
  QLocale::setDefault(before);
  EXPECT_FALSE(parseTyped(QStringLiteral("inf"), Kind::Real));
  EXPECT_FALSE(parseTyped(QStringLiteral("1e999"), Kind::Real));
  EXPECT_FALSE(parseTyped(QStringLiteral("3.0"), Kind::Whole));
  EXPECT_EQ(parseTyped(QStringLiteral("18446744073709551615"), Kind::Whole)->get<std::uint64_t>(),
            18446744073709551615ULL);
}

}  // namespace
}  // namespace wordsight::ui::test
