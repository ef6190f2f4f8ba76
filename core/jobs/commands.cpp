#include "jobs/commands.h"

#include <array>
#include <charconv>

#include "base/shell.h"

namespace wordsight::jobs {
namespace {

/// The shortest text that reads back as the same number.
std::string numberText(double value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

/// A line that grows word by word.
class Line {
 public:
  explicit Line(const char* verb) : m_words{"wordsight-cli", verb} {}

  Line& word(const std::string& value) {
    // A path that begins with a dash would be taken for an option.
    m_words.push_back(value.starts_with('-') ? "./" + value : value);
    return *this;
  }
  Line& flag(const char* name, bool given) {
    if (given) m_words.emplace_back(name);
    return *this;
  }
  Line& always(const char* name, const std::string& value) {
    if (value.starts_with('-'))
      m_words.push_back(std::string(name) + "=" + value);
    else
      m_words.insert(m_words.end(), {name, value});
    return *this;
  }
  Line& option(const char* name, const std::string& value, const std::string& plain = {}) {
    return value == plain ? *this : always(name, value);
  }
  Line& option(const char* name, double value, double plain) {
    return value == plain ? *this : always(name, numberText(value));
  }
  template <class Whole>
  Line& whole(const char* name, Whole value, Whole plain) {
    return value == plain ? *this : always(name, std::to_string(value));
  }
  std::string text() const { return shellLine(m_words); }

 private:
  std::vector<std::string> m_words;
};

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const auto& value : values) text += (text.empty() ? "" : ",") + value;
  return text;
}

/// What differs from the preset that the spec started from.
void addTraining(Line& line, const TrainSpec& spec) {
  const TrainSpec plain = trainSpecPreset(spec.preset).value_or(TrainSpec());
  line.option("--preset", spec.preset, TrainSpec().preset)
      .option("--precision", toText(spec.precision), toText(plain.precision))
      .whole("--seed", spec.seed, plain.seed)
      .option("--epochs", spec.epochs, plain.epochs)
      .whole("--max-steps", spec.maxSteps, plain.maxSteps)
      .flag("--no-shuffle", !spec.shuffle)
      .option("--loss", spec.loss, plain.loss)
      .flag("--shuffle-options", spec.shuffleOptions)
      .option("--choice-weight", spec.choiceWeight, plain.choiceWeight)
      .whole("--lora-rank", spec.lora.rank, plain.lora.rank)
      .option("--lora-alpha", spec.lora.alpha, plain.lora.alpha)
      .option("--lora-dropout", spec.lora.dropout, plain.lora.dropout)
      .flag("--lora-rslora", spec.lora.rslora)
      .option("--lora-targets", joined(spec.lora.targets), joined(plain.lora.targets))
      .option("--lora-init", spec.lora.init)
      .option("--lr", spec.optimizer.lr, plain.optimizer.lr)
      .option("--beta1", spec.optimizer.beta1, plain.optimizer.beta1)
      .option("--beta2", spec.optimizer.beta2, plain.optimizer.beta2)
      .option("--eps", spec.optimizer.eps, plain.optimizer.eps)
      .option("--weight-decay", spec.optimizer.weightDecay, plain.optimizer.weightDecay)
      .option("--max-grad-norm", spec.optimizer.maxGradNorm, plain.optimizer.maxGradNorm)
      .option("--schedule", spec.schedule.kind, plain.schedule.kind)
      .option("--warmup", spec.schedule.warmup, plain.schedule.warmup)
      .whole("--batch", spec.batch.samples, plain.batch.samples)
      .whole("--micro-tokens", spec.batch.microTokens, plain.batch.microTokens)
      .whole("--max-length", spec.maxLength, plain.maxLength)
      .option("--recompute", spec.recompute, plain.recompute)
      .whole("--eval-every", spec.evalEvery, plain.evalEvery)
      .whole("--save-every", spec.saveEvery, plain.saveEvery)
      .whole("--probe-every", spec.probeEvery, plain.probeEvery);
}

void addGeneration(Line& line, const infer::GenerateOptions& options) {
  const infer::GenerateOptions plain;
  line.whole("--max-tokens", options.maxTokens, plain.maxTokens)
      .option("--temperature", options.temperature, plain.temperature)
      .whole("--top-k", options.topK, plain.topK)
      .option("--top-p", options.topP, plain.topP)
      .option("--min-p", options.minP, plain.minP)
      .option("--repetition-penalty", options.repetitionPenalty, plain.repetitionPenalty)
      .whole("--seed", options.seed, plain.seed);
}

}  // namespace

std::string filterText(const store::ScenarioFilter& filter) {
  std::string text;
  const auto add = [&](const char* key, const std::string& value) {
    text += (text.empty() ? "" : " ") + std::string(key) + "=" + value;
  };
  if (filter.status) add("status", toText(*filter.status));
  if (filter.strategy) add("strategy", *filter.strategy);
  if (filter.generator) add("generator", *filter.generator);
  if (filter.category) add("category", *filter.category);
  if (filter.issue) add("issue", *filter.issue);
  if (filter.run) add("run", std::to_string(filter.run->value));
  if (!filter.text.empty()) add("text", filter.text);
  return text;
}

std::string commandOf(const std::filesystem::path& project, const TrainingSpec& spec) {
  const TrainingSpec plain;
  Line line("train");
  line.word(project.string())
      .always("--model", spec.model)
      .always("--dataset", spec.dataset)
      .option("--prompt", spec.prompt, plain.prompt)
      .option("--out", spec.out);
  addTraining(line, spec.train);
  return line.flag("--control", spec.control)
      .whole("--probe-items", spec.probeItems, plain.probeItems)
      .whole("--threads", spec.threads, plain.threads)
      .text();
}

std::string commandOf(const std::filesystem::path& project, const EvaluationSpec& spec) {
  const EvaluationSpec plain;
  Line line("eval");
  line.word(project.string())
      .always("--model", spec.model)
      .option("--adapter", spec.adapter)
      .always("--arm", toText(spec.arm))
      .option("--benchmark", spec.benchmark, plain.benchmark)
      .option("--prompt", spec.prompt, plain.prompt)
      .option("--name", spec.label)
      .option("--scoring", infer::toText(spec.scoring), infer::toText(plain.scoring));
  if (spec.scoring == infer::Scoring::Generate) addGeneration(line, spec.generate);
  return line.option("--precision", toText(spec.precision), toText(plain.precision))
      .whole("--shifts", spec.shifts, plain.shifts)
      .whole("--limit", spec.limit, plain.limit)
      .whole("--batch", spec.batch, plain.batch)
      .whole("--threads", spec.threads, plain.threads)
      .text();
}

std::string commandOf(const std::filesystem::path& project, const RecordedSpec& spec) {
  return Line("eval")
      .word(project.string())
      .always("--recorded", spec.file)
      .always("--name", spec.name)
      .always("--arm", toText(spec.arm))
      .option("--benchmark", spec.benchmark, EvaluationSpec().benchmark)
      .text();
}

std::string commandOf(const std::filesystem::path& project, const SynthesisSpec& spec) {
  const SynthesisSpec plain;
  return Line("synth")
      .word(project.string())
      .option("--strategy", joined(spec.strategies))
      .always("--generator", spec.generator)
      .always("--count", std::to_string(spec.count))
      .whole("--seed", spec.seed, plain.seed)
      .option("--prompts", spec.prompts)
      .option("--precision", toText(spec.precision), toText(plain.precision))
      .option("--temperature", spec.temperature, plain.temperature)
      .option("--top-p", spec.topP, plain.topP)
      .whole("--max-tokens", spec.maxTokens, plain.maxTokens)
      .text();
}

std::string commandOf(const std::filesystem::path& project, const ImportSpec& spec) {
  Line line("import");
  line.word(project.string());
  for (const auto& file : spec.files) line.word(file);
  return line.flag("--skip-bad", spec.skipBad)
      .flag("--keep-duplicates", !spec.skipDuplicates)
      .flag("--dry-run", spec.dryRun)
      .text();
}

std::string commandOf(const std::filesystem::path& project, const CheckSpec& spec) {
  return Line("check")
      .word(project.string())
      .option("--dataset", spec.dataset)
      .flag("--reshuffle", spec.reshuffle)
      .whole("--seed", spec.seed, CheckSpec().seed)
      .text();
}

std::string commandOf(const std::filesystem::path& project, const FreezeSpec& spec) {
  const FreezeSpec plain;
  const auto shares = [](const FreezeSpec& of) {
    std::vector<std::string> texts;
    for (const auto& share : of.shares)
      texts.push_back(share.name + "=" + numberText(share.fraction));
    return joined(texts);
  };
  return Line("freeze")
      .word(project.string())
      .always("--name", spec.name)
      .option("--filter", filterText(spec.filter))
      .option("--split", shares(spec), shares(plain))
      .whole("--seed", spec.seed, plain.seed)
      .text();
}

std::string commandOf(const std::filesystem::path& project, const BenchmarkSpec& spec) {
  return Line("bench")
      .word(project.string())
      .word(spec.name)
      .option("--annotations", spec.annotations)
      .option("--images", spec.images)
      .text();
}

std::string commandOf(const std::filesystem::path& project, const MergeSpec& spec) {
  return Line("merge")
      .always("--model", spec.model)
      .always("--adapter", spec.adapter)
      .always("--out", spec.out)
      .option("--precision", spec.precision ? toText(*spec.precision) : "")
      .option("--project", project.string())
      .text();
}

std::string commandOf(const std::filesystem::path& project, const ExportSpec& spec) {
  const ExportSpec plain;
  Line line("export");
  line.word(project.string());
  if (!spec.dataset.empty())
    line.always("--dataset", spec.dataset).option("--split", spec.split);
  else
    line.option("--filter", filterText(spec.filter));
  return line.option("--format", curate::toText(spec.format), curate::toText(plain.format))
      .option("--prompt", spec.prompt, plain.prompt)
      .always("--out", spec.file)
      .text();
}

std::string joinCommand(const std::filesystem::path& project, const std::string& benchmark) {
  return Line("bench").word(project.string()).word(benchmark).text() + " --images DIR";
}

std::string compareCommand(const std::filesystem::path& project, const std::vector<RunId>& runs,
                           const std::filesystem::path& html) {
  Line line("compare");
  line.word(project.string());
  for (const auto run : runs) line.word(std::to_string(run.value));
  return line.option("--html", html.string()).text();
}

std::optional<std::string> resumeCommand(const std::filesystem::path& project, RunKind kind,
                                         RunId run) {
  const char* verb = kind == RunKind::Training     ? "train"
                     : kind == RunKind::Evaluation ? "eval"
                     : kind == RunKind::Synthesis  ? "synth"
                                                   : nullptr;
  if (!verb) return std::nullopt;
  return Line(verb).word(project.string()).always("--resume", std::to_string(run.value)).text();
}

}  // namespace wordsight::jobs
