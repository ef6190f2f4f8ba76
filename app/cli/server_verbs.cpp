// train without a project: a spec, a JSONL file and a model folder, for GPU servers.

#include "server_verbs.h"

#include <filesystem>
#include <mutex>

#include "base/file.h"
#include "curate/examples.h"
#include "embedded_prompts.h"
#include "train/session.h"

namespace wordsight::cli {

Result<TrainSpec> trainSpecOf(const TrainOptions& o) {
  Json json = Json::object();
  if (!o.spec.empty()) {
    WORDSIGHT_TRY(json, readJsonFile(o.spec, 1 << 20));
    if (!json.is_object()) return fail(o.spec + " must hold a JSON object: a training spec.");
  }
  // Options on the command line win over the file: they were typed last.
  const auto set = [&](const char* group, const char* key, const auto& value) {
    if (!value) return;
    if (group)
      json[group][key] = *value;
    else
      json[key] = *value;
  };
  set(nullptr, "preset", o.preset);
  set(nullptr, "precision", o.precision);
  set(nullptr, "seed", o.seed);
  set(nullptr, "epochs", o.epochs);
  set(nullptr, "max_steps", o.maxSteps);
  set(nullptr, "loss", o.loss);
  set(nullptr, "choice_weight", o.choiceWeight);
  set(nullptr, "recompute", o.recompute);
  set(nullptr, "eval_every", o.evalEvery);
  set(nullptr, "save_every", o.saveEvery);
  set(nullptr, "probe_every", o.probeEvery);
  set(nullptr, "max_length", o.maxLength);
  if (o.noShuffle) json["shuffle"] = false;
  if (o.shuffleOptions) json["shuffle_options"] = true;
  if (o.loraRslora) json["lora"]["rslora"] = true;
  if (o.loraTargets) json["lora"]["targets"] = CLI::detail::split(*o.loraTargets, ',');
  set("lora", "rank", o.loraRank);
  set("lora", "alpha", o.loraAlpha);
  set("lora", "dropout", o.loraDropout);
  set("lora", "init", o.loraInit);
  set("optimizer", "lr", o.lr);
  set("optimizer", "eps", o.eps);
  set("optimizer", "weight_decay", o.weightDecay);
  set("optimizer", "max_grad_norm", o.maxGradNorm);
  if (o.beta1 || o.beta2) {
    WORDSIGHT_TRY(const auto before, trainSpecFromJson(json, "The training spec"));
    json["optimizer"]["betas"] = Json::array(
        {o.beta1.value_or(before.optimizer.beta1), o.beta2.value_or(before.optimizer.beta2)});
  }
  set("schedule", "kind", o.schedule);
  set("schedule", "warmup", o.warmup);
  set("batch", "samples", o.batch);
  set("batch", "micro_tokens", o.microTokens);
  return trainSpecFromJson(json, o.spec.empty() ? "The training spec" : o.spec);
}

void addTrainOptions(CLI::App& verb, TrainOptions& o) {
  verb.add_option("--spec", o.spec, "Training spec (JSON); single options win over it");
  verb.add_option("--data", o.data, "JSONL of chats or scenarios: train without a project");
  verb.add_option("--model", o.model, "Model folder");
  verb.add_option("--out", o.out,
                  "Folder for the adapter and its checkpoints (default in a project: "
                  "NAME.files/runs/N)");
  verb.add_option("--prompt", o.prompt, "Wording of decisions: default, demo, or a JSON file");
  // Defaults are those of a preset: texts name the preset "corrected", then "as-published" where it
  // differs.
  verb.add_option("--preset", o.preset, "corrected or as-published (default: corrected)");
  verb.add_option("--precision", o.precision, "Of the base weights: bf16 or f32 (default: bf16)");
  verb.add_option("--seed", o.seed, "Seed of everything drawn (default: 1)");
  verb.add_option("--epochs", o.epochs, "Passes over the data; may be a fraction (default: 3)");
  verb.add_option("--max-steps", o.maxSteps,
                  "This many optimiser steps, whatever the epochs say; 0: by the epochs (default: "
                  "0)");
  verb.add_option("--loss", o.loss,
                  "On which tokens: answer or sequence (default: answer; as-published: sequence)");
  verb.add_option("--choice-weight", o.choiceWeight,
                  "Weight of the letter's token in the loss (default: 1)");
  verb.add_flag("--no-shuffle", o.noShuffle, "Keep the order of the data in every epoch");
  verb.add_flag("--shuffle-options", o.shuffleOptions,
                "New order of a scenario's options at each use");
  verb.add_option("--lora-rank", o.loraRank, "Rank of the adapter's matrices (default: 32)");
  verb.add_option("--lora-alpha", o.loraAlpha,
                  "The adapter is scaled by alpha / rank (default: 16)");
  verb.add_option("--lora-dropout", o.loraDropout,
                  "Share of the adapter's inputs dropped (default: 0; as-published: 0.05)");
  verb.add_flag("--lora-rslora", o.loraRslora, "Scale by alpha / sqrt(rank)");
  verb.add_option("--lora-targets", o.loraTargets,
                  "Modules with commas between them (default: "
                  "q_proj,k_proj,v_proj,o_proj,gate_proj,up_proj,down_proj)");
  verb.add_option("--lora-init", o.loraInit, "Adapter folder to start from (default: fresh)");
  verb.add_option("--lr", o.lr, "Highest learning rate (default: 1e-4; as-published: 2e-5)");
  verb.add_option("--beta1", o.beta1, "Of AdamW (default: 0.9)");
  verb.add_option("--beta2", o.beta2, "Of AdamW (default: 0.999)");
  verb.add_option("--eps", o.eps, "Of AdamW (default: 1e-8)");
  verb.add_option("--weight-decay", o.weightDecay, "Of AdamW (default: 0)");
  verb.add_option("--max-grad-norm", o.maxGradNorm,
                  "Gradients are cut to this norm; 0: never (default: 1)");
  verb.add_option("--schedule", o.schedule,
                  "Of the learning rate: constant, linear, cosine, hold_linear (default: cosine; "
                  "as-published: linear)");
  verb.add_option("--warmup", o.warmup,
                  "Below 1: share of all steps; from 1: steps (default: 0.03; as-published: 0)");
  verb.add_option("--batch", o.batch, "Samples an optimiser step (default: 32)");
  verb.add_option("--micro-tokens", o.microTokens,
                  "Most tokens in one forward pass (default: 8192)");
  verb.add_option("--max-length", o.maxLength,
                  "Most tokens of a sample; longer ones are an error (default: 4096)");
  verb.add_option("--recompute", o.recompute,
                  "Time for memory: auto, on, off (default: auto; as-published: on)");
  verb.add_option("--eval-every", o.evalEvery,
                  "Held-out loss every so many steps; 0: never (default: 50)");
  verb.add_option("--save-every", o.saveEvery,
                  "A checkpoint every so many steps; 0: at the end only (default: 100)");
  verb.add_option("--probe-every", o.probeEvery,
                  "Letters of held-out items every so many steps; 0: never (default: 50)");
}

Result<Json> trainWithoutProject(Session& session, const TrainOptions& o) {
  if (o.model.empty() || o.out.empty()) return fail("Training needs --model DIR and --out DIR.");
  WORDSIGHT_TRY(const auto spec, trainSpecOf(o));
  std::string promptText;
  if (o.prompt.ends_with(".json")) {
    WORDSIGHT_TRY(promptText, readFile(o.prompt, 1 << 20));
  } else {
    promptText = embedded::prompts("prompts/decision/" + o.prompt + ".json");
    if (promptText.empty()) return fail("There is no decision prompt \"" + o.prompt + "\".");
  }
  WORDSIGHT_TRY(const auto prompt,
                decisionPromptFromJson(promptText, "Decision prompt " + o.prompt));
  TrainingData data;
  data.prompt = prompt;
  WORDSIGHT_TRY(data.train, curate::readExamples(o.data, &prompt));
  train::TrainRequest request{spec, o.model, o.out, o.resume, session.threads};
  const auto sink = session.console->sink();
  sink({RunId(), Started{RunKind::Training, o.data}});
  train::TrainHooks hooks;
  hooks.onStep = [&](const StepMetrics& m) {
    sink({RunId(), m});
    sink({RunId(), Progress{"train",
                            m.step,
                            m.totalSteps,
                            m.seconds > 0 ? double(m.step) / m.seconds : 0,
                            "steps",
                            {}}});
  };
  hooks.onEval = [&](const EvalMetrics& m) { sink({RunId(), m}); };
  hooks.onSample = [&](const Sample& sample) { sink({RunId(), sample}); };
  hooks.onLog = [&](const LogLine& line) { sink({RunId(), line}); };
  WORDSIGHT_TRY(const auto outcome,
                train::trainFolder(request, data, hooks, session.stop.get_token()));
  if (outcome.cancelled)
    return fail("Stopped after step " + std::to_string(outcome.steps) +
                    "; go on with --resume and the newest folder in " + o.out + "/checkpoints.",
                ErrorKind::Cancelled);
  session.console->line("Trained " + std::to_string(outcome.steps) + " steps in " +
                        humanDuration(outcome.seconds) + "; the adapter is in " + o.out);
  return Json{{"adapter", o.out},
              {"steps", outcome.steps},
              {"tokens", outcome.tokens},
              {"final_loss", outcome.finalLoss},
              {"seconds", outcome.seconds}};
}

#ifdef WORDSIGHT_HEADLESS
void addServerVerbs(CLI::App& app, Session& session, CLI::App*) {
  auto o = std::make_shared<TrainOptions>();
  auto* verb = addVerb(app, session, "train", "Train an adapter on a JSONL file",
                       [&session, o] { return trainWithoutProject(session, *o); });
  addTrainOptions(*verb, *o);
  verb->add_option("--resume", o->resume, "Checkpoint folder to go on from");
}
#endif

}  // namespace wordsight::cli
