#include "domain/event.h"

namespace wordsight {
namespace {

/// Overload set for std::visit.
template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

Json named(const char* event, RunId run) {
  Json json;
  json["event"] = event;
  if (run) json["run"] = run.value;
  return json;
}

}  // namespace

Json toJson(const Event& event) {
  return std::visit(Overloaded{[&](const Started& e) {
                                 Json json = named("started", event.run);
                                 json["kind"] = toText(e.kind);
                                 json["label"] = e.label;
                                 return json;
                               },
                               [&](const Progress& e) {
                                 Json json = named("progress", event.run);
                                 json["stage"] = e.stage;
                                 json["done"] = e.done;
                                 json["total"] = e.total;
                                 if (e.rate > 0) json["rate"] = e.rate;
                                 if (!e.unit.empty()) json["unit"] = e.unit;
                                 if (!e.detail.empty()) json["detail"] = e.detail;
                                 return json;
                               },
                               [&](const StepMetrics& e) {
                                 Json json = named("step", event.run);
                                 json["step"] = e.step;
                                 json["total_steps"] = e.totalSteps;
                                 json["loss"] = e.loss;
                                 json["lr"] = e.lr;
                                 json["grad_norm"] = e.gradNorm;
                                 json["samples"] = e.samples;
                                 json["tokens"] = e.tokens;
                                 json["tokens_per_s"] = e.tokensPerSecond;
                                 json["memory_mib"] = e.memoryMiB;
                                 json["seconds"] = e.seconds;
                                 return json;
                               },
                               [&](const EvalMetrics& e) {
                                 Json json = named("eval", event.run);
                                 json["step"] = e.step;
                                 if (e.evalLoss) json["eval_loss"] = *e.evalLoss;
                                 if (e.probeAccuracy) {
                                   json["probe_accuracy"] = *e.probeAccuracy;
                                   json["probe_items"] = e.probeItems;
                                 }
                                 json["seconds"] = e.seconds;
                                 return json;
                               },
                               [&](const Tally& e) {
                                 Json json = named("tally", event.run);
                                 json["right"] = e.right;
                                 json["n"] = e.n;
                                 json["accuracy"] = e.accuracy;
                                 json["low"] = e.low;
                                 json["high"] = e.high;
                                 return json;
                               },
                               [&](const Sample& e) {
                                 Json json = named("sample", event.run);
                                 json["label"] = e.label;
                                 json["step"] = e.step;
                                 json["prompt"] = e.prompt;
                                 json["text"] = e.text;
                                 return json;
                               },
                               [&](const LogLine& e) {
                                 Json json = named("log", event.run);
                                 json["level"] =
                                     e.level == LogLine::Level::Warning ? "warning" : "info";
                                 json["text"] = e.text;
                                 return json;
                               },
                               [&](const Finished& e) {
                                 Json json = named("finished", event.run);
                                 json["status"] = toText(e.status);
                                 if (!e.error.empty()) json["error"] = e.error;
                                 if (e.summary.is_object()) {
                                   for (const auto& [key, value] : e.summary.items())
                                     if (!json.contains(key)) json[key] = value;
                                 }
                                 return json;
                               }},
                    event.what);
}

}  // namespace wordsight
