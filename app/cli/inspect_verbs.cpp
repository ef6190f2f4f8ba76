// inspect: how anyone holds Wordsight against another implementation. JSONL in, JSONL (or
// safetensors) out.

#include <algorithm>
#include <fstream>
#include <iostream>

#include "base/utf8.h"
#include "domain/safetensors.h"
#include "domain/scenario.h"
#include "eval/choice.h"
#include "infer/local_model.h"
#include "session.h"
#include "text/chat.h"
#include "text/tokenizer.h"
#include "usage.h"
#ifndef WORDSIGHT_HEADLESS
#include "vision/processor.h"
#endif

namespace wordsight::cli {
namespace {

struct InspectOptions {
  std::string model, adapter, image, out, dtype = "f32", input, date;
  infer::GenerateOptions generate;
  bool noSpecial = false, noGenerationPrompt = false, overwrite = false;
};

/// Calls `work` for each line of JSON on standard input; errors name the line. How many there were.
Result<Json> forEachInput(std::istream& in, const std::string& what,
                          const std::function<Status(const Json&, const std::string&)>& work) {
  std::string line;
  std::int64_t lines = 0;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (trimmed(line).empty()) continue;
    const std::string where = what + " line " + std::to_string(number);
    WORDSIGHT_TRY(const auto json, parseJson(line, where));
    WORDSIGHT_CHECK(work(json, where));
    ++lines;
  }
  return Json{{"lines", lines}};
}

void printLine(const Json& json) { std::cout << dumpJson(json) << "\n" << std::flush; }

/// Decodes and processes pictures for a model; made when the first one is asked for.
class Pictures {
 public:
  explicit Pictures(std::string model) : m_model(std::move(model)) {}
  /// `together`: how many pictures the prompt has.
  Result<PixelPack> read(const std::string& path, std::size_t together) {
#ifdef WORDSIGHT_HEADLESS
    static_cast<void>(together);
    return fail(
        "This build has no picture decoder; " + path + " cannot be read. Use the full build.",
        ErrorKind::Unsupported);
#else
    if (!m_processor) {
      WORDSIGHT_TRY(m_processor, vision::processorFor(m_model));
    }
    return m_processor->processFile(path, together);
#endif
  }
  /// The pictures of a prompt that has `places` placeholders: as pictures of one prompt are, or
  /// each as one alone is, where that fits them (LLaVA-OneVision's reference has both).
  Result<std::vector<PixelPack>> readAll(const std::vector<std::string>& paths,
                                         std::int64_t places) {
    for (const std::size_t together : {paths.size(), std::size_t{1}}) {
      std::vector<PixelPack> packs;
      std::int64_t needed = 0;
      for (const auto& path : paths) {
        WORDSIGHT_TRY(auto pack, read(path, together));
        needed += pack.placeholders;
        packs.push_back(std::move(pack));
      }
      if (needed == places || together == 1) return packs;
    }
    return std::vector<PixelPack>{};
  }

 private:
  std::string m_model;
#ifndef WORDSIGHT_HEADLESS
  std::unique_ptr<const vision::PictureProcessor> m_processor;
#endif
};

/// Paths of the pictures in a chat, in order.
std::vector<std::string> picturesOf(const std::vector<Message>& messages) {
  std::vector<std::string> paths;
  for (const auto& message : messages)
    for (const auto& part : message.parts)
      if (part.kind == ContentPart::Kind::Image) paths.push_back(part.value);
  return paths;
}

/// A line {"messages":[…]} or {"ids":[…],"images":[…]} as ids and pictures.
Result<infer::LocalModel::IdPrompt> promptOf(const Json& json, const std::string& where,
                                             const infer::LocalModel& model, Pictures& pictures) {
  infer::LocalModel::IdPrompt prompt;
  if (!json.is_object())
    return fail(where + ": an object with \"ids\" or \"messages\" was expected.");
  if (const auto it = json.find("ids"); it != json.end()) {
    if (!it->is_array()) return fail(where + ": \"ids\" must be a list of numbers.");
    for (const auto& id : *it) {
      if (!id.is_number_integer())
        return fail(where + ": \"ids\" must be a list of whole numbers.");
      prompt.ids.push_back(id.get<std::int64_t>());
    }
    if (const auto images = json.find("images"); images != json.end()) {
      if (!images->is_array()) return fail(where + ": \"images\" must be a list of paths.");
      std::vector<std::string> paths;
      for (const auto& path : *images) {
        if (!path.is_string()) return fail(where + ": \"images\" must be a list of paths.");
        paths.push_back(path.get<std::string>());
      }
      const auto places = std::count(prompt.ids.begin(), prompt.ids.end(), model.info().imageToken);
      WORDSIGHT_TRY(prompt.pictures, pictures.readAll(paths, places));
    }
    return prompt;
  }
  const auto messages = json.find("messages");
  if (messages == json.end()) return fail(where + ": neither \"ids\" nor \"messages\" is there.");
  infer::Query query;
  WORDSIGHT_TRY(query.messages, messagesFromJson(*messages, where));
  for (const auto& path : picturesOf(query.messages)) {
    WORDSIGHT_TRY(auto pack, pictures.read(path, picturesOf(query.messages).size()));
    query.pictures.push_back(std::move(pack));
  }
  WORDSIGHT_TRY(auto rendered, model.render(query));
  prompt.ids = std::move(rendered.ids);
  prompt.pictures = std::move(query.pictures);
  return prompt;
}

infer::LocalModelOptions modelOptions(const InspectOptions& o, int threads) {
  std::error_code code;
  // Where pictures are not described, a text model and a text-only copy of a vision model look
  // alike.
  bool vision = false;
  for (const char* name : {"preprocessor_config.json", "processor_config.json"})
    vision = vision || std::filesystem::exists(std::filesystem::path(o.model) / name, code);
  return {o.model, o.adapter, o.dtype == "bf16" ? Precision::BF16 : Precision::F32, vision,
          threads};
}

Result<Json> inspectTokens(const InspectOptions& o) {
  WORDSIGHT_TRY(const auto tokenizer, text::Tokenizer::load(o.model));
  return forEachInput(std::cin, "standard input",
                      [&](const Json& json, const std::string& where) -> Status {
                        if (!json.is_string()) return fail(where + ": a JSON string was expected.");
                        printLine(tokenizer.encode(json.get<std::string>(), !o.noSpecial));
                        return {};
                      });
}

Result<Json> inspectPrompt(const InspectOptions& o) {
  WORDSIGHT_TRY(const auto tokenizer, text::Tokenizer::load(o.model));
  WORDSIGHT_TRY(auto chat, text::ChatTemplate::load(o.model));
  chat.setDate(o.date);
  if (!chat.warning().empty()) std::cerr << "warning: " << chat.warning() << "\n";
  Pictures pictures(o.model);
  return forEachInput(
      std::cin, "standard input", [&](const Json& json, const std::string& where) -> Status {
        const auto it = json.is_object() ? json.find("messages") : json.end();
        if (it == json.end()) return fail(where + ": an object with \"messages\" was expected.");
        WORDSIGHT_TRY(const auto messages, messagesFromJson(*it, where));
        std::vector<std::int64_t> counts;
        for (const auto& path : picturesOf(messages)) {
          WORDSIGHT_TRY(const auto pack, pictures.read(path, picturesOf(messages).size()));
          counts.push_back(pack.placeholders);
        }
        const std::string rendered = chat.render(messages, !o.noGenerationPrompt);
        WORDSIGHT_TRY(const auto ids, text::encodePrompt(tokenizer, chat, rendered, counts));
        printLine(Json{{"text", rendered}, {"ids", ids}});
        return {};
      });
}

template <class T>
std::span<const std::byte> bytesOf(const std::vector<T>& values) {
  return std::as_bytes(std::span<const T>(values));
}

Result<Json> inspectPixels(const InspectOptions& o) {
  WORDSIGHT_CHECK(mayWrite(o.out, o.overwrite));
#ifdef WORDSIGHT_HEADLESS
  return fail(
      "This build has no picture decoder; " + o.image + " cannot be read. Use the full build.",
      ErrorKind::Unsupported);
#else
  WORDSIGHT_TRY(const auto processor, vision::processorFor(o.model));
  WORDSIGHT_TRY(const auto pack, processor->processFile(o.image));
  const auto numbers = processor->numbersOf(pack);
  std::vector<TensorToWrite> tensors = {
      {"pixel_values", DType::F32, pack.shape, bytesOf(pack.pixels)}};
  Json said{{"out", o.out}, {"shape", pack.shape}, {"placeholders", pack.placeholders}};
  for (const auto& each : numbers) {
    tensors.push_back({each.name, DType::I64, each.shape, bytesOf(each.values)});
    said[each.name] = each.values;
  }
  WORDSIGHT_CHECK(writeSafetensors(o.out, tensors));
  return said;
#endif
}

Result<Json> inspectLogits(const InspectOptions& o, int threads) {
  WORDSIGHT_CHECK(mayWrite(o.out, o.overwrite));
  WORDSIGHT_TRY(const auto model, infer::LocalModel::load(modelOptions(o, threads)));
  Pictures pictures(o.model);
  std::ifstream in(o.input);
  if (!in) return fail("Cannot read " + o.input + ".", ErrorKind::Io);
  std::vector<infer::LocalModel::Logits> all;
  WORDSIGHT_CHECK(
      forEachInput(in, o.input, [&](const Json& json, const std::string& where) -> Status {
        WORDSIGHT_TRY(const auto prompt, promptOf(json, where, *model, pictures));
        WORDSIGHT_TRY(auto logits, model->logits(prompt));
        all.push_back(std::move(logits));
        return {};
      }));
  std::vector<TensorToWrite> tensors;
  for (std::size_t i = 0; i < all.size(); ++i)
    tensors.push_back({std::to_string(i),
                       DType::F32,
                       {all[i].tokens, all[i].vocabulary},
                       bytesOf(all[i].values)});
  WORDSIGHT_CHECK(writeSafetensors(o.out, tensors));
  return Json{{"out", o.out}, {"lines", all.size()}};
}

Result<Json> inspectGenerate(const InspectOptions& o, Session& session) {
  WORDSIGHT_TRY(const auto model, infer::LocalModel::load(modelOptions(o, session.threads)));
  Pictures pictures(o.model);
  return forEachInput(
      std::cin, "standard input", [&](const Json& json, const std::string& where) -> Status {
        WORDSIGHT_TRY(auto prompt, promptOf(json, where, *model, pictures));
        WORDSIGHT_TRY(const auto out, model->generateIds({std::move(prompt)}, o.generate,
                                                         session.stop.get_token()));
        if (session.stop.stop_requested()) return fail("Stopped.", ErrorKind::Cancelled);
        printLine(Json{
            {"text", out[0].text}, {"ids", out[0].ids}, {"tokens_per_s", out[0].tokensPerSecond}});
        return {};
      });
}

Result<Json> inspectChoice() {
  return forEachInput(
      std::cin, "standard input", [](const Json& json, const std::string& where) -> Status {
        std::string text;
        std::vector<std::string> options;
        ObjectReader in(json, where);
        in.require("text", text).read("options", options);
        WORDSIGHT_CHECK(in.finish(true));
        if (options.empty()) return fail(where + ": \"options\" must be a list of texts.");
        for (std::size_t i = 0; i < options.size(); ++i)
          options[i] = withoutLetter(options[i], static_cast<int>(i));
        const auto choice = eval::readChoice(text, options);
        printLine(Json{
            {"letter", choice.option >= 0 ? Json(std::string(1, letterOf(choice.option))) : Json()},
            {"rule", choice.rule}});
        return {};
      });
}

}  // namespace

void addInspectVerbs(CLI::App& app, Session& session) {
  auto* group = app.add_subcommand(
      "inspect", "Tokens, prompts, pixels, logits, texts, choices: to hold against others");
  group->fallthrough();
  group->require_subcommand(1);
  auto o = std::make_shared<InspectOptions>();
  // Output is data for another program: the closing line comes with --json only.
  const auto add = [&](const char* name, const char* description,
                       std::function<Result<Json>()> work) {
    return addVerb(*group, session, name, description, std::move(work));
  };
  const auto model = [o](CLI::App* verb) {
    verb->add_option("--model", o->model, "Model folder")->required();
  };
  auto* tokens =
      add("tokens", "JSONL strings in, JSONL arrays of ids out", [o] { return inspectTokens(*o); });
  model(tokens);
  tokens->add_flag("--no-special", o->noSpecial, "Without the tokens that the post-processor adds");
  auto* prompt = add("prompt", "JSONL {\"messages\"} in, {\"text\",\"ids\"} out",
                     [o] { return inspectPrompt(*o); });
  model(prompt);
  prompt->add_flag("--no-generation-prompt", o->noGenerationPrompt,
                   "Without the beginning of the assistant's turn");
  prompt->add_option("--date", o->date,
                     "The day that Llama 3.1's prompt names (default: the template's own)");
  auto* pixels = add("pixels", "A picture as the model's processor makes it",
                     [o] { return inspectPixels(*o); });
  model(pixels);
  pixels->add_option("--image", o->image, "Picture file")->required();
  pixels->add_option("--out", o->out, "Safetensors file to write")->required();
  addOverwrite(*pixels, o->overwrite);
  auto* logits = add("logits", "Float32 logits of every token",
                     [o, &session] { return inspectLogits(*o, session.threads); });
  model(logits);
  logits->add_option("--adapter", o->adapter, "Adapter folder");
  logits->add_option("--dtype", o->dtype, "Of the weights: f32 or bf16")
      ->check(CLI::IsMember({"f32", "bf16"}));
  logits->add_option("--input", o->input, "JSONL of {\"ids\",\"images\"} or {\"messages\"}")
      ->required();
  logits->add_option("--out", o->out, "Safetensors file to write")->required();
  addOverwrite(*logits, o->overwrite);
  auto* generate = add("generate", "JSONL prompts in, JSONL texts out",
                       [o, &session] { return inspectGenerate(*o, session); });
  model(generate);
  generate->add_option("--adapter", o->adapter, "Adapter folder");
  generate->add_option("--dtype", o->dtype, "Of the weights: f32 or bf16")
      ->check(CLI::IsMember({"f32", "bf16"}));
  generate->add_option("--max-tokens", o->generate.maxTokens, "Most tokens of one answer")
      ->check(CLI::Range(1, 1'000'000));
  generate->add_option("--temperature", o->generate.temperature, "0: greedy")
      ->check(CLI::Range(0.0, 100.0));
  generate
      ->add_option("--top-k", o->generate.topK, "Sample from this many likeliest tokens; 0: all")
      ->check(CLI::Range(0, 1'000'000));
  generate
      ->add_option("--top-p", o->generate.topP,
                   "Sample from the likeliest tokens of this total share; 1: all")
      ->check(CLI::Range(0.0, 1.0));
  generate
      ->add_option("--min-p", o->generate.minP,
                   "Least share of the likeliest token's probability; 0: any")
      ->check(CLI::Range(0.0, 1.0));
  generate
      ->add_option("--repetition-penalty", o->generate.repetitionPenalty,
                   "Divides the scores of tokens that are there already; 1: none")
      ->check(CLI::Range(0.01, 100.0));
  generate->add_option("--seed", o->generate.seed, "Seed of the sampling");
  generate->add_option("--stop", o->generate.stopStrings,
                       "End before this text; may be given several times");
  add("choice", "JSONL {\"text\",\"options\"} in, {\"letter\",\"rule\"} out",
      [] { return inspectChoice(); });
}

}  // namespace wordsight::cli
