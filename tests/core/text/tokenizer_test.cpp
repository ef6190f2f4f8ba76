#include "text/tokenizer.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "base/utf8.h"
#include "text_support.h"

namespace wordsight::text {
namespace {

using test::data;
using test::shared;

Tokenizer loaded(const std::filesystem::path& path) {
  auto tokenizer = Tokenizer::load(path);
  if (!tokenizer) throw std::runtime_error(tokenizer.error().message);
  return std::move(*tokenizer);
}

std::vector<std::string> corpus() {
  return readTree(data("tokenizers/corpus.json")).get<std::vector<std::string>>();
}

class SmallTokenizer : public testing::TestWithParam<std::string> {
 protected:
  const Tokenizer tokenizer = loaded(data("tokenizers/" + GetParam() + ".json"));
  const nlohmann::json expected = readTree(data("tokenizers/expected.json"))[GetParam()];
};

TEST_P(SmallTokenizer, GivesTheReferencesIds) {
  const auto texts = corpus();
  ASSERT_EQ(expected["ids"].size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i)
    EXPECT_EQ(tokenizer.encode(texts[i], true), expected["ids"][i].get<Ids>())
        << "text " << i << ": " << texts[i];
  for (std::size_t i = 0; i < expected["plain"].size(); ++i)
    EXPECT_EQ(tokenizer.encode(texts[i], false), expected["plain"][i].get<Ids>()) << "text " << i;
  EXPECT_EQ(tokenizer.size(), expected["size"].get<std::int64_t>());
}

TEST_P(SmallTokenizer, DecodesAsTheReference) {
  const auto& ids = expected["ids"];
  for (std::size_t i = 0; i < expected["decoded"].size(); ++i)
    EXPECT_EQ(tokenizer.decode(ids[i].get<Ids>(), false), expected["decoded"][i]) << "text " << i;
  for (std::size_t i = 0; i < expected["skipped"].size(); ++i)
    EXPECT_EQ(tokenizer.decode(ids[70 + i].get<Ids>(), true), expected["skipped"][i])
        << "text " << 70 + i;
}

TEST_P(SmallTokenizer, StreamsWhatItDecodes) {
  for (const auto& one : expected["ids"])
    for (const bool skip : {false, true}) {
      StreamDecoder stream(tokenizer, skip);
      std::string text;
      for (const auto id : one.get<Ids>()) {
        const std::string part = stream.add(id);
        EXPECT_TRUE(isValidUtf8(part));
        text += part;
      }
      text += stream.finish();
      EXPECT_EQ(text, tokenizer.decode(one.get<Ids>(), skip));
    }
}

// Libraries with another Unicode version than those that this was written against would show here.
TEST_P(SmallTokenizer, KnowsEveryCharacterAsTheReferenceDoes) {
  std::string text;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    text += 'a';
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
    } else {
      if (c >= 0x10000)
        text += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F))};
      if (c < 0x10000) text += static_cast<char>(0xE0 | c >> 12);
      text += {static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
    }
    text += 'b';
  }
  EXPECT_EQ(digest(tokenizer.encode(text, true)), expected["everything"].get<std::string>());
}

TEST_P(SmallTokenizer, NamesItsTokensBothWays) {
  int found = 0;
  for (std::int64_t id = 0; id < tokenizer.size(); ++id) {
    const auto bytes = tokenizer.bytesOf(id);
    if (bytes.empty()) continue;
    // The reference takes the letters of an added token for bytes where it can: "é" for 0xE9. So be
    // it.
    if (GetParam() == "flags" && bytes == "\xE9lan") continue;
    const auto back = tokenizer.idOf(bytes);
    ASSERT_GE(back, 0) << id;
    EXPECT_EQ(tokenizer.bytesOf(back), bytes);
    ++found;
  }
  EXPECT_GT(found, 300);
  EXPECT_EQ(tokenizer.idOf("no such token"), -1);
  EXPECT_EQ(tokenizer.idOf(""), -1);
  for (const std::int64_t id :
       {std::int64_t{-1}, tokenizer.size(), std::int64_t{1} << 40, INT64_MIN}) {
    EXPECT_EQ(tokenizer.bytesOf(id), "");
    EXPECT_FALSE(tokenizer.isSpecial(id));
    EXPECT_EQ(tokenizer.decode({id}, false), "");
  }
}

INSTANTIATE_TEST_SUITE_P(EachKind, SmallTokenizer,
                         testing::Values("llama3", "qwen2", "gpt2", "smollm2", "fallback", "flags",
                                         "removed"),
                         [](const auto& info) { return info.param; });

TEST(Tokenizer, MarksSpecialTokens) {
  const auto tokenizer = loaded(data("tokenizers/qwen2.json"));
  EXPECT_TRUE(tokenizer.isSpecial(tokenizer.idOf("<|im_end|>")));
  EXPECT_FALSE(tokenizer.isSpecial(tokenizer.idOf("<tool_call>")));
  EXPECT_FALSE(tokenizer.isSpecial(tokenizer.idOf("a")));
  const Ids ids{tokenizer.idOf("a"), tokenizer.idOf("<|im_end|>"), tokenizer.idOf("<tool_call>"),
                tokenizer.idOf("b")};
  EXPECT_EQ(tokenizer.decode(ids, true), "a<tool_call>b");
  EXPECT_EQ(tokenizer.decode(ids, false), "a<|im_end|><tool_call>b");
}

TEST(Tokenizer, ReadsIllFormedTextAsReplacementCharacters) {
  const auto tokenizer = loaded(data("tokenizers/qwen2.json"));
  for (const std::string bad :
       {"a\xFF", "\xC3", "x\xED\xA0\x80y", "\xF0\x9F\x91", "\xC0\x80", "ok \x80\x80 ok"})
    EXPECT_EQ(tokenizer.encode(bad, false), tokenizer.encode(toValidUtf8(bad), false));
  EXPECT_EQ(tokenizer.encode("a\xFF", false), tokenizer.encode("a\xEF\xBF\xBD", false));
}

TEST(Tokenizer, DecodesHalfCharactersAsReplacementCharacters) {
  const auto tokenizer = loaded(data("tokenizers/qwen2.json"));
  const auto half = tokenizer.idOf("\xE4");
  ASSERT_GE(half, 0);
  EXPECT_EQ(tokenizer.decode({half}, false), "\xEF\xBF\xBD");
  StreamDecoder stream(tokenizer, false);
  EXPECT_EQ(stream.add(half), "");
  EXPECT_EQ(stream.finish(), "\xEF\xBF\xBD");
  EXPECT_EQ(stream.finish(), "");
  EXPECT_EQ(stream.add(tokenizer.idOf("\xE4")), "");
  EXPECT_EQ(stream.add(tokenizer.idOf("\xBD")), "");
  EXPECT_EQ(stream.add(tokenizer.idOf("\xA0")), "\xE4\xBD\xA0");
}

TEST(Tokenizer, MayBeUsedByManyThreads) {
  const auto tokenizer = loaded(data("tokenizers/llama3.json"));
  const auto texts = corpus();
  std::vector<Ids> expected;
  for (const auto& text : texts)
    expected.push_back(loaded(data("tokenizers/llama3.json")).encode(text, true));
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (std::size_t t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < texts.size() * 5; ++i) {
        const std::size_t k = (i * 7 + t * 31) % texts.size();
        if (tokenizer.encode(texts[k], true) != expected[k]) ++wrong;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

// A quadratic step would take minutes here.
TEST(Tokenizer, TakesLongRunsInStride) {
  for (const char* name : {"llama3", "qwen2", "smollm2", "flags"}) {
    const auto tokenizer = loaded(data(std::string("tokenizers/") + name + ".json"));
    for (const std::string unit :
         {" ", "\n", " \n", "a", "ab", "1", "!", "\xCC\x81\xCC\x96", "\xE4\xB8\xAD", "<", "<|im_",
          "\xE1\x84\x92\xE1\x85\xA1", "'s", "a\xCC\x81"}) {
      std::string text;
      while (text.size() < 300'000) text += unit;
      const auto ids = tokenizer.encode(text, false);
      if (std::string(name) == "llama3") {
        EXPECT_EQ(tokenizer.decode(ids, false), text) << unit;
      }
    }
  }
}

class RealTokenizer : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    folder = shared("tokenizers/" + GetParam());
    if (folder.empty())
      GTEST_SKIP() << "tokenizers/" << GetParam() << " is not in the shared folder";
    expected = readTree(data("tokenizers/real.json"))[GetParam()];
  }
  std::filesystem::path folder;
  nlohmann::json expected;
};

TEST_P(RealTokenizer, GivesTheReferencesIds) {
  const auto tokenizer = loaded(folder);
  const auto texts = corpus();
  ASSERT_EQ(expected["ids"].size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i)
    EXPECT_EQ(tokenizer.encode(texts[i], true), expected["ids"][i].get<Ids>())
        << "text " << i << ": " << texts[i];
}

TEST_P(RealTokenizer, GivesTheReferencesIdsOnViva) {
  const auto annotations = shared("viva/VIVA_annotation.json");
  if (annotations.empty()) GTEST_SKIP() << "viva/VIVA_annotation.json is not in the shared folder";
  const auto tokenizer = loaded(folder);
  const auto raw = readFile(annotations);
  ASSERT_OK(raw);
  const auto items = parseJsonWithNaN(*raw, "VIVA", nullptr);
  ASSERT_OK(items);
  const auto hashes = expected["viva"].get<std::string>();
  ASSERT_EQ(hashes.size(), items->size() * 12);
  int wrong = 0;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto& item = (*items)[i];
    const auto textOf = [](const Json& value) {
      return value.is_string() ? value.get<std::string>() : std::string();
    };
    std::string text = textOf(item["situation_description"]);
    for (const auto& option : item["action_list"]) text += "\n" + option.get<std::string>();
    text += "\n" + textOf(item["reason"]);
    const auto ids = tokenizer.encode(text, true);
    if (digest(ids) != hashes.substr(i * 12, 12)) ++wrong;
    const bool hasBegin = GetParam() == "llama3.1";
    EXPECT_EQ(tokenizer.decode(ids, false), (hasBegin ? "<|begin_of_text|>" : "") + text);
  }
  EXPECT_EQ(wrong, 0) << "of " << items->size();
}

INSTANTIATE_TEST_SUITE_P(Published, RealTokenizer, testing::Values("qwen2.5", "llama3.1"),
                         [](const auto& info) {
                           return info.param == "qwen2.5" ? std::string("Qwen25")
                                                          : std::string("Llama31");
                         });

}  // namespace
}  // namespace wordsight::text
