#include "pages/train/train_fields.h"

#include <QCoreApplication>

namespace wordsight::ui {

namespace {

using Kind = TrainField::Kind;

/// The groups, as functions of a class of their own: tr() takes its name for translators.
struct TrainFields {
  Q_DECLARE_TR_FUNCTIONS(TrainFields)
 public:
  static TrainFieldGroup essentials();
  static TrainFieldGroup adapter();
  static TrainFieldGroup optimiser();
  static TrainFieldGroup data();
  static TrainFieldGroup running();
};

TrainField number(Kind kind, const char* name, const char* pointer, const QString& label,
                  double least, double most, const QString& tip) {
  TrainField field{name, pointer, kind, label, {}, tip};
  field.least = least;
  field.most = most;
  return field;
}

TrainField whole(const char* name, const char* pointer, const QString& label, double least,
                 double most, const QString& tip) {
  return number(Kind::Whole, name, pointer, label, least, most, tip);
}

TrainField real(const char* name, const char* pointer, const QString& label, double least,
                double most, const QString& tip) {
  return number(Kind::Real, name, pointer, label, least, most, tip);
}

TrainField flag(const char* name, const char* pointer, const QString& label, const QString& tip) {
  return {name, pointer, Kind::Flag, label, {}, tip};
}

TrainField choice(const char* name, const char* pointer, const QString& label,
                  QList<QPair<QString, QString>> choices, const QString& tip) {
  TrainField field{name, pointer, Kind::Choice, label, {}, tip};
  field.choices = std::move(choices);
  return field;
}

TrainField withUnit(TrainField field, const QString& unit) {
  field.unit = unit;
  return field;
}

TrainField withEmpty(TrainField field, const QString& meaning) {
  field.empty = meaning;
  return field;
}

QString code(const char* text) { return QString::fromLatin1(text); }

TrainFieldGroup TrainFields::essentials() {
  return {{},
          {real("epochs", "/train/epochs", tr("Epochs"), 0.001, 10000,
                tr("How often every example is seen. Ignored when a number of steps is "
                   "given.")),
           withEmpty(whole("steps", "/train/max_steps", tr("Steps"), 0, 1e8,
                           tr("Optimiser steps. Leave empty to go by epochs.")),
                     tr("from epochs")),
           real("learningRate", "/train/optimizer/lr", tr("Learning rate"), 0, 1,
                tr("The highest rate of the schedule, such as 1e-4.")),
           whole("rank", "/train/lora/rank", tr("Rank"), 1, 4096,
                 tr("Of the adapter's matrices: a higher rank can learn more and needs more "
                    "memory.")),
           withUnit(whole("batch", "/train/batch/samples", tr("Batch"), 1, 1e6,
                          tr("Examples that make up one optimiser step.")),
                    tr("examples")),
           choice("precision", "/train/precision", tr("Precision"),
                  {{code("bf16"), tr("bfloat16: half the memory")},
                   {code("f32"), tr("float32: exact")}},
                  tr("How the model's weights and activations are kept while training.")),
           choice("loss", "/train/loss", tr("Learn from"),
                  {{code("answer"), tr("the answer only")},
                   {code("sequence"), tr("the whole sequence")}},
                  tr("Which tokens the loss counts. The preview shows them coloured.")),
           whole("seed", "/train/seed", tr("Seed"), 0, 18446744073709551615.0,
                 tr("Decides order, start values and dropout: the same seed gives the same "
                    "adapter."))}};
}

TrainFieldGroup TrainFields::adapter() {
  auto alpha = real("alpha", "/train/lora/alpha", tr("Alpha"), 1e-6, 1e6,
                    tr("The update is multiplied by alpha / rank."));
  return {tr("Adapter"),
          {alpha,
           real("dropout", "/train/lora/dropout", tr("Dropout"), 0, 0.95,
                tr("Share of the adapter's inputs that are left out while training.")),
           flag("rslora", "/train/lora/rslora", tr("Scale by √rank"),
                tr("Multiply by alpha / √rank instead of alpha / rank.")),
           {"targets",
            "/train/lora/targets",
            Kind::Targets,
            tr("Targets"),
            {},
            tr("The matrices of each layer that get an adapter.")}}};
}

TrainFieldGroup TrainFields::optimiser() {
  return {tr("Optimiser"),
          {choice("schedule", "/train/schedule/kind", tr("Schedule"),
                  {{code("cosine"), tr("cosine")},
                   {code("linear"), tr("linear")},
                   {code("hold_linear"), tr("flat, then linear")},
                   {code("constant"), tr("constant")}},
                  tr("How the learning rate falls after the warm-up.")),
           real("warmup", "/train/schedule/warmup", tr("Warm-up"), 0, 1e9,
                tr("Below 1: a share of all steps. From 1: that many steps.")),
           real("weightDecay", "/train/optimizer/weight_decay", tr("Weight decay"), 0, 1,
                tr("Pulls the adapter's weights towards zero.")),
           real("clip", "/train/optimizer/max_grad_norm", tr("Clip gradient"), 0, 1e9,
                tr("Longer gradients are cut to this norm. 0: never.")),
           real("beta1", "/train/optimizer/betas/0", tr("Beta 1"), 0, 0.9999999,
                tr("AdamW's memory of gradients.")),
           real("beta2", "/train/optimizer/betas/1", tr("Beta 2"), 0, 0.9999999,
                tr("AdamW's memory of squared gradients.")),
           real("epsilon", "/train/optimizer/eps", tr("Epsilon"), 1e-30, 1,
                tr("AdamW's guard against division by zero."))}};
}

TrainFieldGroup TrainFields::data() {
  auto prompt = choice("prompt", "/prompt", tr("Wording"),
                       {{code("default"), tr("default")}, {code("demo"), tr("demo")}},
                       tr("How scenarios are put to the model: a wording that comes with "
                          "the program, or the path of a JSON file."));
  prompt.typed = true;
  return {tr("Data"),
          {prompt,
           real("letterWeight", "/train/choice_weight", tr("Letter weight"), 0.001, 1000,
                tr("How much the answer's letter counts in the loss; other tokens count "
                   "1.")),
           flag("reorder", "/train/shuffle_options", tr("New order of options each time"),
                tr("The options change places at each use; key and text follow.")),
           flag("shuffle", "/train/shuffle", tr("Shuffle examples"),
                tr("Each epoch in an order of its own.")),
           withUnit(whole("maxLength", "/train/max_length", tr("Longest example"), 8, 1e6,
                          tr("A longer example is an error that names it.")),
                    tr("tokens")),
           flag("control", "/control", tr("Control run: shuffle the keys"),
                tr("Keys and reasons are mixed up, so that there is no decision to learn. "
                   "Shows what the data alone does."))}};
}

TrainFieldGroup TrainFields::running() {
  const QString never = tr("never");
  const auto every = [&](const char* name, const char* pointer, const QString& label,
                         const QString& tip) {
    return withEmpty(withUnit(whole(name, pointer, label, 0, 1e9, tip), tr("steps")), never);
  };
  return {tr("Running"),
          {withUnit(whole("microTokens", "/train/batch/micro_tokens", tr("Tokens at once"), 1, 1e8,
                          tr("Most tokens in one pass through the model: fewer need less "
                             "memory. The result stays the same.")),
                    tr("tokens")),
           choice("recompute", "/train/recompute", tr("Recompute"),
                  {{code("auto"), tr("when memory is short")},
                   {code("on"), tr("always")},
                   {code("off"), tr("never")}},
                  tr("Trade time for memory: activations are computed again.")),
           every("evalEvery", "/train/eval_every", tr("Evaluate every"),
                 tr("Measure the loss on the dataset's eval split. Empty: never.")),
           every("probeEvery", "/train/probe_every", tr("Probe every"),
                 tr("Score held-out questions and show some answers. Empty: never.")),
           withUnit(whole("probeItems", "/probe_items", tr("Probe questions"), 0, 1e6,
                          tr("How many held-out questions each probe scores.")),
                    tr("questions")),
           every("saveEvery", "/train/save_every", tr("Checkpoint every"),
                 tr("A stopped training goes on from its newest checkpoint. Empty: only "
                    "when stopped.")),
           withEmpty({"out",
                      "/out",
                      Kind::Folder,
                      tr("Output folder"),
                      {},
                      tr("Where the adapter is written.")},
                     tr("in the project's folder"))}};
}

}  // namespace

QList<TrainFieldGroup> trainFieldGroups() {
  return {TrainFields::essentials(), TrainFields::adapter(), TrainFields::optimiser(),
          TrainFields::data(), TrainFields::running()};
}

}  // namespace wordsight::ui
