#include "text/chat.h"

#include <gmock/gmock.h>

#include "base/random.h"
#include "base/utf8.h"
#include "text_support.h"

namespace wordsight::text {
namespace {

using test::data;
using test::shared;
using test::TempFolder;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::vector<Message> messagesOf(const nlohmann::json& tree) {
  auto messages = messagesFromJson(Json::parse(tree.dump()), "expected.json");
  if (!messages) throw std::runtime_error(messages.error().message);
  return std::move(*messages);
}

// Templates of our own in the published styles, so that rendering is tested where no published one
// is at hand.
const std::string kChatMl =
    "{% for m in messages %}{% if loop.first and m.role != 'system' "
    "%}<|im_start|>system\n@DEFAULT@<|im_end|>\n{% endif %}"
    "<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}";
const std::string kLlama =
    "{{ bos_token }}{% for m in messages %}<|start_header_id|>{{ m.role }}<|end_header_id|>\n\n{{ "
    "m.content | trim }}"
    "<|eot_id|>{% endfor %}";

struct Style {
  std::string name, source;
};
std::string withDefault(const std::string& system) {
  std::string source = kChatMl;
  return source.replace(source.find("@DEFAULT@"), 9, system);
}
const std::vector<Style>& styles() {
  static const std::vector<Style> all = {
      {"qwen2", withDefault("You are a helpful assistant.")},
      {"qwen2.5",
       withDefault("You are Qwen, created by Alibaba Cloud. You are a helpful assistant.")},
      {"smollm2",
       withDefault("You are a helpful AI assistant named SmolLM, trained by Hugging Face")},
      {"qwen2-vl", withDefault("You are a helpful assistant.") + "{# <|image_pad|> #}"},
      {"llama3", kLlama},
      {"llama3.1", "{% set date_string = \"26 Jul 2024\" %}Today Date: " + kLlama},
      {"mllama", "{% set date_string = \"26 Jul 2024\" %}<|image|>" + kLlama},
      {"llava-onevision",
       "{% for m in messages %}{{'<|im_start|>' + m['role'] + ' '}}<image>\n<|im_end|>{% endfor "
       "%}"},
      {"llava-onevision-lines",
       "{% for m in messages %}{{'<|im_start|>' + m['role'] + '\\n'}}<image>\n<|im_end|>{% endfor "
       "%}"},
  };
  return all;
}

ChatTemplate chatOf(const std::filesystem::path& folder) {
  auto chat = ChatTemplate::load(folder);
  if (!chat) throw std::runtime_error(chat.error().message);
  return std::move(*chat);
}

/// Renders all chats that the reference rendered with the template of that name, and splits those
/// that end in an answer.
int expectSameAsReference(const ChatTemplate& chat, const std::string& name) {
  int count = 0;
  for (const auto& one : readTree(data("chat/expected.json"))) {
    if (one["template"] != name) continue;
    const auto messages = messagesOf(one["messages"]);
    if (one.contains("date")) {
      ChatTemplate dated = chat;
      dated.setDate(one["date"]);
      EXPECT_EQ(dated.render(messages, one["prompt"]), one["text"].get<std::string>());
      continue;
    }
    EXPECT_EQ(chat.render(messages, one["prompt"]), one["text"].get<std::string>())
        << one["messages"];
    ++count;
    if (one["prompt"] || messages.back().role != "assistant") continue;
    const auto split = chat.splitAnswer(messages);
    if (!split) {
      ADD_FAILURE() << split.error().message;
      continue;
    }
    auto before = split->before;
    // Turns that are past have one blank more than the question.
    if (name == "llava-onevision") before.insert(before.size() - 1, " ");
    EXPECT_EQ(before + split->answer + split->after, one["text"].get<std::string>());
    EXPECT_TRUE(split->answer.ends_with(chat.stopTokens().front())) << split->answer;
    auto asked = messages;
    asked.pop_back();
    if (asked.empty()) continue;
    EXPECT_EQ(split->before, chat.render(asked, true)) << "training and asking must agree";
  }
  return count;
}

class ChatStyle : public testing::TestWithParam<Style> {};

TEST_P(ChatStyle, RendersAsTheReference) {
  const TempFolder folder;
  folder.write("chat_template.jinja", GetParam().source);
  const auto chat = chatOf(folder.path());
  EXPECT_THAT(chat.warning(), AllOf(HasSubstr(folder.path().string()), HasSubstr("line 1")))
      << "it is not a published one";
  EXPECT_GE(expectSameAsReference(chat, GetParam().name), 18);
}

INSTANTIATE_TEST_SUITE_P(Each, ChatStyle, testing::ValuesIn(styles()), [](const auto& info) {
  std::string name = info.param.name;
  std::erase_if(name, [](char c) { return c == '.' || c == '-'; });
  return name;
});

void expectKnown(const std::filesystem::path& folder, const std::string& name) {
  const auto chat = chatOf(folder);
  EXPECT_EQ(chat.warning(), "");
  EXPECT_GE(expectSameAsReference(chat, name), 18);
}

TEST(PublishedChatTemplate, OfQwen25IsKnown) {
  const auto folder = shared("tokenizers/qwen2.5");
  if (folder.empty()) GTEST_SKIP() << "tokenizers/qwen2.5 is not in the shared folder";
  expectKnown(folder, "qwen2.5");
}

TEST(PublishedChatTemplate, OfLlama3IsKnown) {
  const auto folder = shared("tokenizers/llama3.1");  // published with the template of Llama 3
  if (folder.empty()) GTEST_SKIP() << "tokenizers/llama3.1 is not in the shared folder";
  expectKnown(folder, "llama3");
  EXPECT_EQ(chatOf(folder).style(), ChatTemplate::Style::Llama3);
  EXPECT_THAT(chatOf(folder).stopTokens(), testing::ElementsAre("<|eot_id|>"));
}

TEST(PublishedChatTemplate, OfQwen2VlIsKnown) {
  auto folder = test::sourceDir() / "resources/demo/model";
  if (!std::filesystem::exists(folder / "config.json")) folder = shared("demo/model");
  if (folder.empty()) GTEST_SKIP() << "the demo's model is not there";
  expectKnown(folder, "qwen2-vl");
  EXPECT_EQ(chatOf(folder).imagePlaceholder(), "<|image_pad|>");
}

TEST(PublishedChatTemplate, IsNotKnownOnceALineChanges) {
  const auto published = shared("tokenizers/qwen2.5");
  if (published.empty()) GTEST_SKIP() << "tokenizers/qwen2.5 is not in the shared folder";
  auto source = readTree(published / "tokenizer_config.json")["chat_template"].get<std::string>();
  const TempFolder folder;

  folder.write("chat_template.jinja", source);
  EXPECT_EQ(chatOf(folder.path()).warning(), "");
  std::string other = source;
  for (std::size_t at;
       (at = other.find("You are Qwen, created by Alibaba Cloud.")) != std::string::npos;)
    other.replace(at, 39, "You\\'re a pirate.");
  folder.write("chat_template.jinja", other);
  EXPECT_EQ(chatOf(folder.path()).warning(), "")
      << "the default system message is data of the template";
  EXPECT_EQ(chatOf(folder.path()).render({Message::text("user", "x")}, false),
            "<|im_start|>system\nYou're a pirate. You are a helpful "
            "assistant.<|im_end|>\n<|im_start|>user\nx<|im_end|>\n");

  other = source;
  other.replace(other.find("message.content + '<|im_end|>'"), 15, "message.content|trim");
  folder.write("chat_template.jinja", other);
  EXPECT_THAT(chatOf(folder.path()).warning(),
              AllOf(HasSubstr("Qwen2.5"), HasSubstr("line 23"), HasSubstr("|trim")));
  folder.write("chat_template.jinja",
               source.substr(0, source.find("{%- if add_generation_prompt")));
  EXPECT_THAT(chatOf(folder.path()).warning(),
              AllOf(HasSubstr("Qwen2.5"), HasSubstr("line 52"), HasSubstr("ends")));
  folder.write("chat_template.jinja", source + "more");
  EXPECT_THAT(chatOf(folder.path()).warning(), HasSubstr("\"more\""));
}

TEST(ChatTemplate, IsFoundWhereTheReferenceLooks) {
  const TempFolder folder;
  folder.write(
      "tokenizer_config.json",
      R"({"chat_template": [{"name": "tool_use", "template": "x"}, {"name": "default", "template": "<|im_start|>system\nC<|im_end|>"}]})");
  const auto systemOf = [&] {
    const auto text = chatOf(folder.path()).render({Message::text("user", "?")}, false);
    return text.substr(text.find('\n') + 1, 1);
  };
  EXPECT_EQ(systemOf(), "C");
  folder.write("chat_template.json", R"({"chat_template": "<|im_start|>system\nB<|im_end|>"})");
  EXPECT_EQ(systemOf(), "B");
  folder.write("chat_template.jinja", "<|im_start|>system\nA<|im_end|>");
  EXPECT_EQ(systemOf(), "A");
}

TEST(ChatTemplate, WithoutADefaultSystemMessageSaysNone) {
  const TempFolder folder;
  folder.write(
      "chat_template.jinja",
      "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}");
  EXPECT_EQ(chatOf(folder.path()).render({Message::text("user", "x")}, false),
            "<|im_start|>user\nx<|im_end|>\n");
}

TEST(ChatTemplate, FollowsTheFamilyWhereThereIsNoTemplate) {
  const TempFolder folder;
  folder.write("config.json", R"({"model_type": "qwen2_vl"})");
  const auto chat = chatOf(folder.path());
  EXPECT_THAT(chat.warning(), HasSubstr("no chat template"));
  EXPECT_EQ(chat.imagePlaceholder(), "<|image_pad|>");
  EXPECT_GE(expectSameAsReference(chat, "qwen2-vl"), 18);

  for (const auto& [family, name] :
       {std::pair{"llava_onevision", "llava-onevision"}, std::pair{"mllama", "mllama"}}) {
    folder.write("config.json", std::string(R"({"model_type": ")") + family + "\"}");
    EXPECT_GE(expectSameAsReference(chatOf(folder.path()), name), 20);
  }

  folder.write("config.json", R"({"model_type": "llama"})");
  const auto llama = ChatTemplate::load(folder.path());
  ASSERT_FALSE(llama);
  EXPECT_THAT(llama.error().message, AllOf(HasSubstr("llama"), HasSubstr("no chat template")));
}

TEST(ChatTemplate, SaysWhatIsWrongWithAFolder) {
  const TempFolder folder;
  EXPECT_THAT(ChatTemplate::load(folder / "none").error().message, HasSubstr("no model folder"));
  EXPECT_THAT(ChatTemplate::load(folder.path()).error().message, HasSubstr("no chat template"));
  folder.write("tokenizer_config.json", "{");
  EXPECT_THAT(ChatTemplate::load(folder.path()).error().message,
              HasSubstr("tokenizer_config.json"));
  folder.write("tokenizer_config.json", R"({"chat_template": 5})");
  EXPECT_FALSE(ChatTemplate::load(folder.path()));
  folder.write("tokenizer_config.json", R"(["chat_template"])");
  folder.write("config.json", R"([1])");
  EXPECT_FALSE(ChatTemplate::load(folder.path()));
  folder.write("chat_template.jinja", "[INST] {{ x }} [/INST]");
  EXPECT_THAT(ChatTemplate::load(folder.path()).error().message,
              HasSubstr("kind that Wordsight does not know"));
  folder.write("chat_template.jinja", std::string(2 << 20, 'x'));
  EXPECT_THAT(ChatTemplate::load(folder.path()).error().message, HasSubstr("1 MiB"));
}

TEST(ChatTemplate, SurvivesNonsense) {
  const std::string parts[] = {"<|im_start|>",
                               "system",
                               "\n",
                               "\\n",
                               "'",
                               "\"",
                               "\\",
                               "<|im_end|>",
                               "{{ x }}",
                               "{%",
                               "\xFF",
                               std::string(1, '\0'),
                               "set date_string = \"",
                               "<|start_header_id|>",
                               "<|eot_id|>",
                               "Today Date",
                               "\x01",
                               "é",
                               "strftime_now"};
  Random random(3, "templates");
  const TempFolder folder;
  folder.write("config.json", R"({"model_type": "qwen2"})");
  for (int i = 0; i < 500; ++i) {
    std::string source;
    for (auto n = random.below(40); n > 0; --n) source += parts[random.below(std::size(parts))];
    folder.write("chat_template.jinja", source);
    const auto chat = chatOf(folder.path());
    EXPECT_FALSE(chat.warning().empty());
    EXPECT_TRUE(isValidUtf8(chat.warning()));
    EXPECT_TRUE(isValidUtf8(
        chat.render({Message::text("user", "x"), Message::text("assistant", "y")}, true)));
  }
  std::string many;  // one search to the end for each start would take minutes
  while (many.size() < (1 << 20) - 40) many += "<|im_start|>system\n";
  folder.write("chat_template.jinja", many);
  EXPECT_FALSE(chatOf(folder.path()).warning().empty());
}

TEST(ChatTemplate, NamesTheDayThatItIsTold) {
  const TempFolder folder;
  folder.write("chat_template.jinja",
               "{% set date_string = \"2 Feb 2022\" %}Today Date: " + kLlama);
  auto chat = chatOf(folder.path());
  EXPECT_EQ(chat.date(), "2 Feb 2022");
  EXPECT_THAT(chat.render({Message::text("user", "x")}, false), HasSubstr("Date: 2 Feb 2022\n"));
  chat.setDate("3 Mar 2033");
  EXPECT_THAT(chat.render({Message::text("user", "x")}, false), HasSubstr("Date: 3 Mar 2033\n"));
  chat.setDate("");
  EXPECT_EQ(chat.date(), "3 Mar 2033");
  folder.write("chat_template.jinja", kLlama);
  auto undated = chatOf(folder.path());
  undated.setDate("3 Mar 2033");
  EXPECT_THAT(undated.render({Message::text("user", "x")}, false), Not(HasSubstr("2033")));
}

TEST(ChatTemplate, ReadsTheBeginningTokenFromTheConfiguration) {
  const TempFolder folder;
  folder.write("chat_template.jinja", kLlama);
  const auto begin = [&] {
    return chatOf(folder.path()).render({Message::text("user", "x")}, false).substr(0, 17);
  };
  EXPECT_EQ(begin(), "<|begin_of_text|>");
  folder.write("tokenizer_config.json", R"({"bos_token": {"content": "<|begin_of_novel|"}})");
  EXPECT_EQ(begin(), "<|begin_of_novel|");
  folder.write("tokenizer_config.json", R"({"bos_token": null})");
  EXPECT_EQ(begin(), "<|start_header_id");
}

TEST(ChatTemplate, SplitsAnswersOnly) {
  const TempFolder folder;
  folder.write("chat_template.jinja", kLlama);
  const auto chat = chatOf(folder.path());
  EXPECT_FALSE(chat.splitAnswer({}));
  EXPECT_THAT(chat.splitAnswer({Message::text("user", "x")}).error().message,
              HasSubstr("assistant"));
  EXPECT_TRUE(chat.render({Message::text("user", "a\xFF")}, false)
                  .ends_with("\n\na\xEF\xBF\xBD<|eot_id|>"));
}

class Encoding : public testing::Test {
 protected:
  Encoding() {
    auto tree = readTree(data("tokenizers/qwen2.json"));
    auto token = tree["added_tokens"].back();
    for (const char* name : {"<|vision_start|>", "<|image_pad|>", "<|vision_end|>"}) {
      token["content"] = name;
      token["id"] = token["id"].get<int>() + 1;
      tree["added_tokens"].push_back(token);
    }
    folder.write("tokenizer.json", tree.dump());
    folder.write("config.json", R"({"model_type": "qwen2_vl"})");
    auto loaded = Tokenizer::load(folder.path());
    if (!loaded) throw std::runtime_error(loaded.error().message);
    tokenizer = std::make_unique<Tokenizer>(std::move(*loaded));
  }
  TempFolder folder;
  std::unique_ptr<Tokenizer> tokenizer;
};

TEST_F(Encoding, RepeatsEachPicturesPlaceholder) {
  const auto chat = chatOf(folder.path());
  const Message message{"user",
                        {{ContentPart::Kind::Image, "a.png"},
                         {ContentPart::Kind::Text, "or"},
                         {ContentPart::Kind::Image, "b.png"}}};
  const auto text = chat.render({message}, true);
  const auto ids = encodePrompt(*tokenizer, chat, text, {3, 1});
  ASSERT_OK(ids);
  EXPECT_THAT(tokenizer->decode(*ids, false),
              HasSubstr("<|vision_start|><|image_pad|><|image_pad|><|image_pad|><|vision_end|>or<|"
                        "vision_start|><|image_pad|><|vision_end|>"));
  for (const std::vector<std::int64_t>& counts :
       std::vector<std::vector<std::int64_t>>{{}, {1}, {1, 1, 1}})
    EXPECT_THAT(encodePrompt(*tokenizer, chat, text, counts).error().message,
                HasSubstr("2 places"));
  for (const std::int64_t count : {std::int64_t{0}, std::int64_t{-1}, INT64_MAX})
    EXPECT_THAT(encodePrompt(*tokenizer, chat, text, {1, count}).error().message,
                HasSubstr("Picture 2"));
}

TEST_F(Encoding, RefusesPicturesWhereTheyHaveNoPlace) {
  folder.write("config.json", R"({"model_type": "qwen2"})");
  const auto chat = chatOf(folder.path());
  EXPECT_OK(encodePrompt(*tokenizer, chat, "x", {}));
  EXPECT_THAT(encodePrompt(*tokenizer, chat, "x", {4}).error().message,
              HasSubstr("no place for pictures"));
}

TEST_F(Encoding, MarksTheAnswersTokens) {
  const auto chat = chatOf(folder.path());
  const std::vector<Message> messages{Message::text("user", "What now?"),
                                      Message::text("assistant", "C. Wait.")};
  const auto split = chat.splitAnswer(messages);
  ASSERT_OK(split);
  const auto example = encodeSplit(*tokenizer, chat, *split);
  EXPECT_EQ(example.ids, tokenizer->encode(chat.render(messages, false), false));
  const Ids answer(example.ids.begin() + static_cast<std::ptrdiff_t>(example.answerBegin),
                   example.ids.begin() + static_cast<std::ptrdiff_t>(example.answerEnd));
  EXPECT_EQ(tokenizer->decode(answer, false), "C. Wait.<|im_end|>");
  EXPECT_EQ(tokenizer->decode(answer, true), "C. Wait.");
}

}  // namespace
}  // namespace wordsight::text
