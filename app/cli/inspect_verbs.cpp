// inspect: how anyone holds Wordsight against another implementation. JSONL in, JSONL (or
// safetensors) out.

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
#ifndef WORDSIGHT_HEADLESS
#include "vision/processor.h"
#endif

namespace wordsight::cli {
namespace {

struct InspectOptions {
  std::string model, adapter, image, out, dtype = "f32", input;
  infer::GenerateOptions generate;
  bool noSpecial = false, noGenerationPrompt = false;
};

/// Calls `work` for each line of JSON on standard input; errors name the line.
Status forEachInput(std::istream& in, const std::string& what,
                    const std::function<Status(const Json&, const std::string&)>& work) {
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (trimmed(line).empty()) continue;
    const std::string where = what + " line " + std::to_string(number);
    WORDSIGHT_TRY(const auto json, parseJson(line, where));
    WORDSIGHT_CHECK(work(json, where));
  }
  return {};
}

void printLine(const Json& json) { std::cout << dumpJson(json) << "\n" << std::flush; }

/// Decodes and processes pictures for a model; made when the first one is asked for.
class Pictures {
 public:
  explicit Pictures(std::string model) : m_model(std::move(model)) {}
  Result<PixelPack> read(const std::string& path) {
#ifdef WORDSIGHT_HEADLESS
    return fail(
        "This build has no picture decoder; " + path + " cannot be read. Use the full build.",
        ErrorKind::Unsupported);
#else
    if (!m_processor) {
      WORDSIGHT_TRY(m_processor, vision::processorFor(m_model));
    }
    return m_processor->processFile(path);
#endif
  }

 private:
  std::string m_model;
#ifndef WORDSIGHT_HEADLESS
  std::unique_ptr<const vision::PictureProcessor> m_processor;
#endif
};

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
      for (const auto& path : *images) {
        if (!path.is_string()) return fail(where + ": \"images\" must be a list of paths.");
        WORDSIGHT_TRY(auto pack, pictures.read(path.get<std::string>()));
        prompt.pictures.push_back(std::move(pack));
      }
    }
    return prompt;
  }
  const auto messages = json.find("messages");
  if (messages == json.end()) return fail(where + ": neither \"ids\" nor \"messages\" is there.");
  infer::Query query;
  WORDSIGHT_TRY(query.messages, messagesFromJson(*messages, where));
  for (const auto& message : query.messages)
    for (const auto& part : message.parts) {
      if (part.kind != ContentPart::Kind::Image) continue;
      WORDSIGHT_TRY(auto pack, pictures.read(part.value));
      query.pictures.push_back(std::move(pack));
    }
  WORDSIGHT_TRY(auto rendered, model.render(query));
  prompt.ids = std::move(rendered.ids);
  prompt.pictures = std::move(query.pictures);
  return prompt;
}

infer::LocalModelOptions modelOptions(const InspectOptions& o, int threads) {
  std::error_code code;
  const bool vision =
      std::filesystem::exists(std::filesystem::path(o.model) / "preprocessor_config.json", code);
  return {o.model, o.adapter, o.dtype == "bf16" ? Precision::BF16 : Precision::F32, vision,
          threads};
}

Status inspectTokens(const InspectOptions& o) {
  WORDSIGHT_TRY(const auto tokenizer, text::Tokenizer::load(o.model));
  return forEachInput(std::cin, "standard input",
                      [&](const Json& json, const std::string& where) -> Status {
                        if (!json.is_string()) return fail(where + ": a JSON string was expected.");
                        printLine(tokenizer.encode(json.get<std::string>(), !o.noSpecial));
                        return {};
                      });
}

Status inspectPrompt(const InspectOptions& o) {
  WORDSIGHT_TRY(const auto tokenizer, text::Tokenizer::load(o.model));
  WORDSIGHT_TRY(const auto chat, text::ChatTemplate::load(o.model));
  if (!chat.warning().empty()) std::cerr << "warning: " << chat.warning() << "\n";
  Pictures pictures(o.model);
  return forEachInput(
      std::cin, "standard input", [&](const Json& json, const std::string& where) -> Status {
        const auto it = json.is_object() ? json.find("messages") : json.end();
        if (it == json.end()) return fail(where + ": an object with \"messages\" was expected.");
        WORDSIGHT_TRY(const auto messages, messagesFromJson(*it, where));
        std::vector<std::int64_t> counts;
        for (const auto& message : messages)
          for (const auto& part : message.parts) {
            if (part.kind != ContentPart::Kind::Image) continue;
            WORDSIGHT_TRY(const auto pack, pictures.read(part.value));
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

Status inspectPixels(const InspectOptions& o) {
  Pictures pictures(o.model);
  WORDSIGHT_TRY(const auto pack, pictures.read(o.image));
  const std::vector<std::int64_t> grid = {pack.gridT, pack.gridH, pack.gridW};
  return writeSafetensors(o.out, {{"pixel_values", DType::F32, pack.shape, bytesOf(pack.pixels)},
                                  {"image_grid_thw", DType::I64, {1, 3}, bytesOf(grid)}});
}

Status inspectLogits(const InspectOptions& o, int threads) {
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
  return writeSafetensors(o.out, tensors);
}

Status inspectGenerate(const InspectOptions& o, Session& session) {
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

Status inspectChoice() {
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
  const auto add = [&](const char* name, const char* description, std::function<Status()> work) {
    auto* verb = group->add_subcommand(name, description);
    verb->fallthrough();
    verb->callback([&session, work = std::move(work)] {
      session.action = [&session, work] {
        const auto status = work();  // output is data for another program: no closing line
        return status ? int(kDone) : session.console->failed(status.error());
      };
    });
    return verb;
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
  auto* pixels = add("pixels", "A picture as the model's processor makes it",
                     [o] { return inspectPixels(*o); });
  model(pixels);
  pixels->add_option("--image", o->image, "Picture file")->required();
  pixels->add_option("--out", o->out, "Safetensors file to write")->required();
  auto* logits = add("logits", "Float32 logits of every token",
                     [o, &session] { return inspectLogits(*o, session.threads); });
  model(logits);
  logits->add_option("--adapter", o->adapter, "Adapter folder");
  logits->add_option("--dtype", o->dtype, "f32 or bf16")->check(CLI::IsMember({"f32", "bf16"}));
  logits->add_option("--input", o->input, "JSONL of {\"ids\",\"images\"} or {\"messages\"}")
      ->required();
  logits->add_option("--out", o->out, "Safetensors file to write")->required();
  auto* generate = add("generate", "JSONL prompts in, JSONL texts out",
                       [o, &session] { return inspectGenerate(*o, session); });
  model(generate);
  generate->add_option("--adapter", o->adapter, "Adapter folder");
  generate->add_option("--dtype", o->dtype, "f32 or bf16")->check(CLI::IsMember({"f32", "bf16"}));
  generate->add_option("--max-tokens", o->generate.maxTokens)->check(CLI::Range(1, 1'000'000));
  generate->add_option("--temperature", o->generate.temperature, "0: greedy")
      ->check(CLI::Range(0.0, 100.0));
  generate->add_option("--top-k", o->generate.topK)->check(CLI::Range(0, 1'000'000));
  generate->add_option("--top-p", o->generate.topP)->check(CLI::Range(0.0, 1.0));
  generate->add_option("--min-p", o->generate.minP)->check(CLI::Range(0.0, 1.0));
  generate->add_option("--repetition-penalty", o->generate.repetitionPenalty)
      ->check(CLI::Range(0.01, 100.0));
  generate->add_option("--seed", o->generate.seed);
  add("choice", "JSONL {\"text\",\"options\"} in, {\"letter\",\"rule\"} out",
      [] { return inspectChoice(); });
}

}  // namespace wordsight::cli
