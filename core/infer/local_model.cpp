#include "infer/local_model.h"

#include <torch/torch.h>

#include <algorithm>
#include <thread>

#include "base/time.h"
#include "domain/config_reader.h"
#include "domain/scenario.h"
#include "neural/generate.h"
#include "neural/model.h"
#include "text/chat.h"
#include "text/stop_text.h"
#include "text/tokenizer.h"

namespace wordsight::infer {

struct LocalModel::Impl {
  LocalModelOptions options;
  std::unique_ptr<neural::LanguageModel> model;
  text::Tokenizer tokenizer;
  text::ChatTemplate chat;
  std::vector<std::int64_t> stopIds;
  LocalModelInfo info;
};

namespace {

/// Whatever torch throws (shapes, memory) becomes one sentence that names the model.
template <class F>
auto translated(const std::filesystem::path& folder, F&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const c10::Error& e) {
    return fail(folder.string() + ": the computation failed: " + e.what_without_backtrace(),
                ErrorKind::Internal);
  } catch (const std::bad_alloc&) {
    return fail(
        folder.string() + ": not enough memory; use bf16, a smaller batch or a smaller model.",
        ErrorKind::Io);
  } catch (const std::exception& e) {
    return fail(folder.string() + ": the computation failed: " + e.what(), ErrorKind::Internal);
  }
}

/// eos_token_id of generation_config.json and config.json: a number or a list.
void addEosIds(const std::filesystem::path& file, std::vector<std::int64_t>& ids) {
  const auto config = ConfigReader::fromFile(file);
  if (!config) return;  // optional file; config.json itself was read strictly before
  for (const char* path : {"eos_token_id", "text_config.eos_token_id"}) {
    if (const auto one = config->integer(path, 0, INT32_MAX)) ids.push_back(*one);
    if (const auto many = config->integers(path)) ids.insert(ids.end(), many->begin(), many->end());
  }
}

Result<std::vector<std::int64_t>> letterIds(const text::Tokenizer& tokenizer, int options,
                                            const std::filesystem::path& folder) {
  std::vector<std::int64_t> ids;
  for (int i = 0; i < options; ++i) {
    const std::string letter(1, letterOf(i));
    const auto encoded = tokenizer.encode(letter, false);
    if (encoded.size() != 1)
      return fail(folder.string() + ": the tokenizer has no single token for the letter " + letter +
                      ", so letters cannot be scored; use --scoring generate.",
                  ErrorKind::Unsupported);
    ids.push_back(encoded[0]);
  }
  return ids;
}

}  // namespace

LocalModel::LocalModel(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
LocalModel::~LocalModel() = default;

Result<std::unique_ptr<LocalModel>> LocalModel::load(const LocalModelOptions& options) {
  const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  at::set_num_threads(options.threads > 0 ? options.threads : cores);
  WORDSIGHT_TRY(auto tokenizer, text::Tokenizer::load(options.folder));
  WORDSIGHT_TRY(auto chat, text::ChatTemplate::load(options.folder));
  neural::LoadOptions loadOptions;
  loadOptions.dtype = options.precision == Precision::BF16 ? torch::kBFloat16 : torch::kFloat32;
  loadOptions.vision = options.vision;
  using Loaded = Result<std::unique_ptr<neural::LanguageModel>>;
  WORDSIGHT_TRY(auto model, translated(options.folder, [&]() -> Loaded {
                  return neural::LanguageModel::load(options.folder, loadOptions);
                }));
  if (!options.adapter.empty())
    WORDSIGHT_CHECK(
        translated(options.adapter, [&]() -> Status { return model->loadLora(options.adapter); }));
  model->setTraining(false);
  LocalModelInfo info;
  info.family = model->info().family;
  info.parameters = model->info().parameters;
  info.vocabulary = model->info().vocabulary;
  info.layers = model->info().layers;
  info.hasVision = model->info().hasVision;
  info.imageToken = model->info().imageToken;
  if (!chat.warning().empty()) info.warnings.push_back(chat.warning());
  std::vector<std::int64_t> stopIds;
  for (const auto& token : chat.stopTokens())
    if (const auto id = tokenizer.idOf(token); id >= 0) stopIds.push_back(id);
  addEosIds(options.folder / "generation_config.json", stopIds);
  addEosIds(options.folder / "config.json", stopIds);
  std::sort(stopIds.begin(), stopIds.end());
  stopIds.erase(std::unique(stopIds.begin(), stopIds.end()), stopIds.end());
  return std::unique_ptr<LocalModel>(new LocalModel(
      std::make_unique<Impl>(Impl{options, std::move(model), std::move(tokenizer), std::move(chat),
                                  std::move(stopIds), std::move(info)})));
}

std::string LocalModel::name() const { return m_impl->options.folder.string(); }
const LocalModelInfo& LocalModel::info() const { return m_impl->info; }

Result<LocalModel::Rendered> LocalModel::render(const Query& query,
                                                bool addGenerationPrompt) const {
  std::size_t images = 0;
  for (const auto& message : query.messages)
    images += std::count_if(
        message.parts.begin(), message.parts.end(),
        [](const ContentPart& part) { return part.kind == ContentPart::Kind::Image; });
  if (images != query.pictures.size())
    return fail("A prompt names " + std::to_string(images) + " pictures, but " +
                    std::to_string(query.pictures.size()) + " were given.",
                ErrorKind::Internal);
  if (images > 0 && m_impl->chat.imagePlaceholder().empty())
    return fail(name() +
                " is a language model without eyes: it cannot take pictures; use --arm caption.");
  Rendered rendered;
  rendered.text = m_impl->chat.render(query.messages, addGenerationPrompt);
  std::vector<std::int64_t> counts;
  for (const auto& picture : query.pictures) counts.push_back(picture.placeholders);
  WORDSIGHT_TRY(rendered.ids,
                text::encodePrompt(m_impl->tokenizer, m_impl->chat, rendered.text, counts));
  const auto limit = m_impl->model->info().maxPositions;
  if (limit > 0 && static_cast<std::int64_t>(rendered.ids.size()) > limit)
    return fail("A prompt has " + std::to_string(rendered.ids.size()) + " tokens, more than the " +
                std::to_string(limit) + " that " + name() + " can take.");
  return rendered;
}

Result<std::vector<Answer>> LocalModel::score(std::span<const Query> queries,
                                              std::stop_token stop) {
  if (queries.empty()) return std::vector<Answer>{};
  if (stop.stop_requested()) return fail("Stopped.", ErrorKind::Cancelled);
  std::vector<neural::Prompt> prompts;
  int most = 0;
  for (const auto& query : queries) {
    WORDSIGHT_TRY(auto rendered, render(query));
    prompts.push_back({std::move(rendered.ids), query.pictures});
    most = std::max(most, query.options);
  }
  WORDSIGHT_TRY(const auto letters, letterIds(m_impl->tokenizer, most, m_impl->options.folder));
  const Stopwatch watch;
  using Scores = Result<std::vector<std::vector<double>>>;
  WORDSIGHT_TRY(const auto scores, translated(m_impl->options.folder, [&]() -> Scores {
                  return neural::nextTokenLogProbs(*m_impl->model, prompts, letters);
                }));
  const double each = watch.seconds() * 1000 / static_cast<double>(queries.size());
  std::vector<Answer> answers(queries.size());
  for (std::size_t i = 0; i < queries.size(); ++i) {
    answers[i].letterLogProbs.assign(scores[i].begin(), scores[i].begin() + queries[i].options);
    answers[i].promptTokens = static_cast<int>(prompts[i].ids.size());
    answers[i].milliseconds = each;
  }
  return answers;
}

namespace {

neural::Sampling samplingOf(const GenerateOptions& options,
                            const std::vector<std::int64_t>& stopIds) {
  neural::Sampling sampling;
  sampling.temperature = options.temperature;
  sampling.topK = options.topK;
  sampling.topP = options.topP;
  sampling.minP = options.minP;
  sampling.repetitionPenalty = options.repetitionPenalty;
  sampling.seed = options.seed;
  sampling.maxTokens = options.maxTokens;
  sampling.stopIds = stopIds;
  return sampling;
}

using Tokens = Result<std::vector<std::vector<std::int64_t>>>;

/// The text of one answer as it grows.
struct Growing {
  text::StreamDecoder decoder;
  text::StopText stop;
  std::string whole;
};

struct Texts {
  std::vector<std::vector<std::int64_t>> ids;  // up to the token that completed a stop string
  std::vector<std::string> texts;
};

using OnText = std::function<void(std::size_t, const std::string&)>;

Result<Texts> generateTexts(const neural::LanguageModel& model, const text::Tokenizer& tokenizer,
                            const std::vector<neural::Prompt>& prompts,
                            const neural::Sampling& sampling, const GenerateOptions& options,
                            std::stop_token stop, const OnText& onText) {
  std::vector<Growing> growing(
      prompts.size(),
      Growing{text::StreamDecoder(tokenizer, true), text::StopText(options.stopStrings), {}});
  const auto give = [&](std::size_t prompt, const std::string& piece) {
    growing[prompt].whole += piece;
    if (onText && !piece.empty()) onText(prompt, piece);
  };
  const neural::OnToken onToken = [&](std::size_t prompt, std::int64_t token) {
    Growing& one = growing[prompt];
    give(prompt, one.stop.add(one.decoder.add(token)));
    return !one.stop.ended();
  };
  Texts out;
  WORDSIGHT_TRY(out.ids, translated(model.info().folder, [&]() -> Tokens {
                  return neural::generate(model, prompts, sampling, onToken, stop);
                }));
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    give(i, growing[i].stop.add(growing[i].decoder.finish()));
    give(i, growing[i].stop.finish());
    out.texts.push_back(std::move(growing[i].whole));
  }
  return out;
}

}  // namespace

Result<std::vector<Answer>> LocalModel::generate(
    std::span<const Query> queries, const GenerateOptions& options, std::stop_token stop,
    const std::function<void(std::size_t, const std::string&)>& onText) {
  std::vector<neural::Prompt> prompts;
  for (const auto& query : queries) {
    WORDSIGHT_TRY(auto rendered, render(query));
    prompts.push_back({std::move(rendered.ids), query.pictures});
  }
  const Stopwatch watch;
  WORDSIGHT_TRY(auto made,
                generateTexts(*m_impl->model, m_impl->tokenizer, prompts,
                              samplingOf(options, m_impl->stopIds), options, stop, onText));
  const double each =
      watch.seconds() * 1000 / static_cast<double>(std::max<std::size_t>(1, queries.size()));
  if (stop.stop_requested()) return fail("Stopped.", ErrorKind::Cancelled);
  std::vector<Answer> answers(queries.size());
  for (std::size_t i = 0; i < queries.size(); ++i) {
    answers[i].text = std::move(made.texts[i]);
    answers[i].promptTokens = static_cast<int>(prompts[i].ids.size());
    answers[i].newTokens = static_cast<int>(made.ids[i].size());
    answers[i].milliseconds = each;
  }
  return answers;
}

Result<LocalModel::Logits> LocalModel::logits(const IdPrompt& prompt) const {
  const auto& info = m_impl->model->info();
  for (const auto id : prompt.ids)
    if (id < 0 || id >= info.inputTokens)
      return fail("The id " + std::to_string(id) + " is outside the vocabulary of " + name() +
                  " (0 to " + std::to_string(info.inputTokens - 1) + ").");
  if (prompt.ids.empty()) return fail("A prompt has no tokens: logits need at least one.");
  return translated(m_impl->options.folder, [&]() -> Result<Logits> {
    WORDSIGHT_TRY(auto logits_TV, neural::allLogits(*m_impl->model, {prompt.ids, prompt.pictures}));
    logits_TV = logits_TV.to(torch::kFloat32).contiguous();
    Logits out;
    out.tokens = logits_TV.size(0);
    out.vocabulary = logits_TV.size(1);
    out.values.assign(logits_TV.data_ptr<float>(), logits_TV.data_ptr<float>() + logits_TV.numel());
    return out;
  });
}

Result<std::vector<LocalModel::Generated>> LocalModel::generateIds(
    const std::vector<IdPrompt>& prompts, const GenerateOptions& options,
    std::stop_token stop) const {
  std::vector<neural::Prompt> inputs;
  for (const auto& prompt : prompts) {
    for (const auto id : prompt.ids)
      if (id < 0 || id >= m_impl->model->info().inputTokens)
        return fail("The id " + std::to_string(id) + " is outside the vocabulary of " + name() +
                    ".");
    if (prompt.ids.empty()) return fail("A prompt has no tokens: generation needs at least one.");
    inputs.push_back({prompt.ids, prompt.pictures});
  }
  const Stopwatch watch;
  WORDSIGHT_TRY(auto made, generateTexts(*m_impl->model, m_impl->tokenizer, inputs,
                                         samplingOf(options, m_impl->stopIds), options, stop, {}));
  std::size_t all = 0;
  for (const auto& one : made.ids) all += one.size();
  const double rate = static_cast<double>(all) / std::max(1e-9, watch.seconds());
  std::vector<Generated> out;
  for (std::size_t i = 0; i < made.ids.size(); ++i)
    out.push_back({std::move(made.ids[i]), std::move(made.texts[i]), rate});
  return out;
}

}  // namespace wordsight::infer
