#include "domain/train_spec.h"

#include <algorithm>
#include <map>

namespace wordsight {

const char* toText(Precision precision) { return precision == Precision::F32 ? "f32" : "bf16"; }

Result<TrainSpec> trainSpecPreset(const std::string& preset) {
  TrainSpec spec;
  spec.preset = preset;
  if (preset == "corrected") return spec;
  if (preset == "as-published") {
    // arXiv 2503.16965 v1 and its training script: per-device batch 2 x accumulation 4 x 4 GPUs.
    spec.loss = "sequence";
    spec.lora.dropout = 0.05;
    spec.optimizer.lr = 2e-5;
    spec.schedule = {"linear", 0};
    spec.recompute = "on";
    return spec;
  }
  return fail("Unknown preset \"" + preset + "\": use corrected or as-published.");
}

Json toJson(const TrainSpec& spec) {
  Json json;
  json["preset"] = spec.preset;
  json["precision"] = toText(spec.precision);
  json["seed"] = spec.seed;
  json["epochs"] = spec.epochs;
  json["max_steps"] = spec.maxSteps;
  json["shuffle"] = spec.shuffle;
  json["loss"] = spec.loss;
  json["shuffle_options"] = spec.shuffleOptions;
  json["choice_weight"] = spec.choiceWeight;
  json["lora"] = Json{{"rank", spec.lora.rank},       {"alpha", spec.lora.alpha},
                      {"dropout", spec.lora.dropout}, {"rslora", spec.lora.rslora},
                      {"targets", spec.lora.targets}, {"init", nullptr}};
  if (!spec.lora.init.empty()) json["lora"]["init"] = spec.lora.init;
  json["optimizer"] = Json{{"lr", spec.optimizer.lr},
                           {"betas", Json::array({spec.optimizer.beta1, spec.optimizer.beta2})},
                           {"eps", spec.optimizer.eps},
                           {"weight_decay", spec.optimizer.weightDecay},
                           {"max_grad_norm", spec.optimizer.maxGradNorm}};
  json["schedule"] = Json{{"kind", spec.schedule.kind}, {"warmup", spec.schedule.warmup}};
  json["batch"] = Json{{"samples", spec.batch.samples}, {"micro_tokens", spec.batch.microTokens}};
  json["recompute"] = spec.recompute;
  json["max_length"] = spec.maxLength;
  json["eval_every"] = spec.evalEvery;
  json["save_every"] = spec.saveEvery;
  json["probe_every"] = spec.probeEvery;
  return json;
}

namespace {

/// Where a name that other trainers use stands in this spec.
const std::map<std::string, std::string>& usualNames() {
  static const std::map<std::string, std::string> kNames = {
      {"lr", "optimizer.lr"},
      {"learning_rate", "optimizer.lr"},
      {"betas", "optimizer.betas"},
      {"adam_beta1", "optimizer.betas"},
      {"adam_beta2", "optimizer.betas"},
      {"eps", "optimizer.eps"},
      {"adam_epsilon", "optimizer.eps"},
      {"wd", "optimizer.weight_decay"},
      {"weight_decay", "optimizer.weight_decay"},
      {"max_grad_norm", "optimizer.max_grad_norm"},
      {"grad_clip", "optimizer.max_grad_norm"},
      {"clip", "optimizer.max_grad_norm"},
      {"bs", "batch.samples"},
      {"batch_size", "batch.samples"},
      {"per_device_train_batch_size", "batch.samples"},
      {"train_batch_size", "batch.samples"},
      {"gradient_accumulation_steps", "batch.samples"},
      {"samples", "batch.samples"},
      {"micro_tokens", "batch.micro_tokens"},
      {"r", "lora.rank"},
      {"rank", "lora.rank"},
      {"lora_r", "lora.rank"},
      {"lora_rank", "lora.rank"},
      {"alpha", "lora.alpha"},
      {"lora_alpha", "lora.alpha"},
      {"dropout", "lora.dropout"},
      {"lora_dropout", "lora.dropout"},
      {"targets", "lora.targets"},
      {"target_modules", "lora.targets"},
      {"lora_target_modules", "lora.targets"},
      {"use_rslora", "lora.rslora"},
      {"rslora", "lora.rslora"},
      {"kind", "schedule.kind"},
      {"scheduler", "schedule.kind"},
      {"lr_scheduler", "schedule.kind"},
      {"lr_scheduler_type", "schedule.kind"},
      {"warmup", "schedule.warmup"},
      {"warmup_steps", "schedule.warmup"},
      {"warmup_ratio", "schedule.warmup"},
      {"epoch", "epochs"},
      {"num_epochs", "epochs"},
      {"num_train_epochs", "epochs"},
      {"steps", "max_steps"},
      {"num_steps", "max_steps"},
      {"max_seq_length", "max_length"},
      {"max_seq_len", "max_length"},
      {"cutoff_len", "max_length"},
      {"gradient_checkpointing", "recompute"},
      {"dtype", "precision"},
      {"torch_dtype", "precision"},
      {"eval_steps", "eval_every"},
      {"save_steps", "save_every"}};
  return kNames;
}

/// A key that is unknown in this part ("lora", or empty: the whole) and usual elsewhere: its place
/// here, instead of the word that happens to be spelt alike.
Status checkNames(const Json& json, const std::string& what, const std::string& part = {}) {
  if (!json.is_object()) return {};
  const std::string prefix = part.empty() ? part : part + ".";
  for (const auto& [key, value] : json.items()) {
    const auto usual = usualNames().find(key);
    if (usual == usualNames().end() || usual->second == prefix + key) continue;
    return fail(what + ": unknown key \"" + key + "\"; did you mean \"" + usual->second + "\"?");
  }
  return {};
}

Status readLora(const Json* json, const std::string& what, TrainSpec::Lora& lora) {
  if (!json) return {};
  WORDSIGHT_CHECK(checkNames(*json, what + ": lora", "lora"));
  ObjectReader in(*json, what + ": lora");
  in.read("rank", lora.rank, 1, 4096)
      .read("alpha", lora.alpha, 1e-6, 1e6)
      .read("dropout", lora.dropout, 0, 0.95)
      .read("rslora", lora.rslora)
      .read("targets", lora.targets)
      .read("init", lora.init);
  WORDSIGHT_CHECK(in.finish());
  static const std::vector<std::string> kTargets = {"q_proj",    "k_proj",  "v_proj",   "o_proj",
                                                    "gate_proj", "up_proj", "down_proj"};
  if (lora.targets.empty())
    return fail(what + ": lora: \"targets\" is empty: nothing would be trained.");
  for (const auto& target : lora.targets) {
    if (std::find(kTargets.begin(), kTargets.end(), target) == kTargets.end())
      return fail(what + ": lora: unknown target \"" + target +
                  "\"; there are q_proj, k_proj, v_proj, o_proj, "
                  "gate_proj, up_proj, down_proj.");
  }
  for (std::size_t i = 0; i < lora.targets.size(); ++i)
    if (std::count(lora.targets.begin(), lora.targets.end(), lora.targets[i]) > 1)
      return fail(what + ": lora: the target \"" + lora.targets[i] + "\" is named twice.");
  return {};
}

Status readOptimizer(const Json* json, const std::string& what, TrainSpec::Optimizer& optimizer) {
  if (!json) return {};
  WORDSIGHT_CHECK(checkNames(*json, what + ": optimizer", "optimizer"));
  ObjectReader in(*json, what + ": optimizer");
  in.read("lr", optimizer.lr, 0, 1)
      .read("eps", optimizer.eps, 1e-30, 1)
      .read("weight_decay", optimizer.weightDecay, 0, 1)
      .read("max_grad_norm", optimizer.maxGradNorm, 0, 1e9);
  if (const Json* betas = in.member("betas")) {
    if (!betas->is_array() || betas->size() != 2 || !(*betas)[0].is_number() ||
        !(*betas)[1].is_number()) {
      in.setError(what + ": optimizer: \"betas\" must be two numbers.");
    } else {
      optimizer.beta1 = (*betas)[0];
      optimizer.beta2 = (*betas)[1];
      for (const double beta : {optimizer.beta1, optimizer.beta2})
        if (!(beta >= 0 && beta < 1))
          in.setError(what + ": optimizer: \"betas\" must be at least 0 and below 1.");
    }
  }
  return in.finish();
}

}  // namespace

Result<TrainSpec> trainSpecFromJson(const Json& json, const std::string& what) {
  std::string preset = "corrected";
  {
    ObjectReader peek(json, what);
    peek.read("preset", preset);
    WORDSIGHT_CHECK(peek.finish(true));
  }
  WORDSIGHT_CHECK(checkNames(json, what));
  auto started = trainSpecPreset(preset);
  if (!started) return fail(inContext(what + ": ", started.error()));
  TrainSpec spec = *started;
  std::string precision = toText(spec.precision);
  ObjectReader in(json, what);
  in.read("preset", preset)
      .readOneOf("precision", precision, {"f32", "bf16"})
      .read("seed", spec.seed)
      .read("epochs", spec.epochs, 0.001, 10000)
      .read("max_steps", spec.maxSteps, 0, 100'000'000)
      .read("shuffle", spec.shuffle)
      .readOneOf("loss", spec.loss, {"answer", "sequence"})
      .read("shuffle_options", spec.shuffleOptions)
      .read("choice_weight", spec.choiceWeight, 0.001, 1000)
      .readOneOf("recompute", spec.recompute, {"auto", "on", "off"})
      .read("max_length", spec.maxLength, 8, 1'000'000)
      .read("eval_every", spec.evalEvery, 0, 1'000'000'000)
      .read("save_every", spec.saveEvery, 0, 1'000'000'000)
      .read("probe_every", spec.probeEvery, 0, 1'000'000'000);
  spec.precision = precision == "f32" ? Precision::F32 : Precision::BF16;
  const Json* lora = in.member("lora");
  const Json* optimizer = in.member("optimizer");
  const Json* schedule = in.member("schedule");
  const Json* batch = in.member("batch");
  WORDSIGHT_CHECK(in.finish());
  WORDSIGHT_CHECK(readLora(lora, what, spec.lora));
  WORDSIGHT_CHECK(readOptimizer(optimizer, what, spec.optimizer));
  if (schedule) {
    WORDSIGHT_CHECK(checkNames(*schedule, what + ": schedule", "schedule"));
    ObjectReader part(*schedule, what + ": schedule");
    part.readOneOf("kind", spec.schedule.kind, {"constant", "linear", "cosine", "hold_linear"})
        .read("warmup", spec.schedule.warmup, 0, 1e9);
    WORDSIGHT_CHECK(part.finish());
  }
  if (batch) {
    WORDSIGHT_CHECK(checkNames(*batch, what + ": batch", "batch"));
    ObjectReader part(*batch, what + ": batch");
    part.read("samples", spec.batch.samples, 1, 1'000'000)
        .read("micro_tokens", spec.batch.microTokens, 1, 100'000'000);
    WORDSIGHT_CHECK(part.finish());
  }
  return spec;
}

Result<TrainSpec> trainSpecFromText(const std::string& text, const std::string& what) {
  WORDSIGHT_TRY(const auto json, parseJson(text, what));
  return trainSpecFromJson(json, what);
}

}  // namespace wordsight
