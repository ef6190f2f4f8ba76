// Files that are not what they should be: one clear sentence each, and never a crash.
#include <gmock/gmock.h>

#include <filesystem>
#include <functional>

#include "base/random.h"
#include "base/time.h"
#include "base/utf8.h"
#include "text/tokenizer.h"
#include "text_support.h"

namespace wordsight::text {
namespace {

using test::data;
using test::TempFolder;
using testing::HasSubstr;
using Tree = nlohmann::json;

class HostileTokenizer : public testing::Test {
 protected:
  /// The sentence that loading this file gives; empty when it loads.
  std::string problemOf(const std::string& bytes) {
    const auto path = folder.write("tokenizer.json", bytes);
    const auto tokenizer = Tokenizer::load(path);
    if (tokenizer) return {};
    const auto& message = tokenizer.error().message;
    EXPECT_THAT(message, HasSubstr(path.string()));
    EXPECT_TRUE(message.ends_with('.')) << message;
    EXPECT_TRUE(isValidUtf8(message)) << message;
    EXPECT_LT(message.size(), 700U) << message;
    return message;
  }
  /// The same for the small Qwen2 tokenizer with a change.
  std::string problemWith(const std::function<void(Tree&)>& change) {
    Tree tree = qwen2;
    change(tree);
    return problemOf(tree.dump());
  }
  const TempFolder folder;
  const Tree qwen2 = readTree(data("tokenizers/qwen2.json"));
};

TEST_F(HostileTokenizer, LoadsUnchanged) {
  EXPECT_EQ(problemWith([](Tree&) {}), "");
}

TEST_F(HostileTokenizer, MissingFilesAreNamed) {
  EXPECT_THAT(Tokenizer::load(folder.path()).error().message,
              testing::AllOf(HasSubstr("no tokenizer.json"), HasSubstr("save_pretrained")));
  EXPECT_EQ(Tokenizer::load(folder.path()).error().kind, ErrorKind::NotFound);
  folder.write("vocab.json", "{}");
  EXPECT_THAT(Tokenizer::load(folder.path()).error().message, HasSubstr("vocab.json"));
  EXPECT_THAT(Tokenizer::load(folder / "nowhere").error().message, HasSubstr("nowhere"));
}

TEST_F(HostileTokenizer, HugeFilesAreRefusedBySize) {
  const auto path = folder.write("tokenizer.json", "{");
  std::filesystem::resize_file(path, std::uintmax_t{2} << 30);  // sparse: takes no space
  const Stopwatch watch;
  EXPECT_THAT(Tokenizer::load(folder.path()).error().message, HasSubstr("256 MiB"));
  EXPECT_LT(watch.seconds(), 2);
}

TEST_F(HostileTokenizer, WhatIsNotJsonIsRefused) {
  for (const std::string bytes :
       {"", "  ", "{", "[", "nonsense", "{\"model\":}", "\xFF\xFE", "\"text\"", "[]", "7", "null",
        "{\"model\": {\"vocab\": {\"a\": 1}}"})
    EXPECT_NE(problemOf(bytes), "") << bytes;
  EXPECT_THAT(problemOf("{\n  \"model\": x}"), HasSubstr("line 2"));
  EXPECT_THAT(problemOf(std::string(100'000, '[')), HasSubstr("200 levels"));
  EXPECT_THAT(
      problemOf("{\"model\": {\"type\": \"Unigram\", \"vocab\": " + std::string(100'000, '[')),
      HasSubstr("200 levels"));
  EXPECT_THAT(problemOf(R"({"model": {"vocab": {"\ud800": 1}}})"), HasSubstr("not valid JSON"));
}

TEST_F(HostileTokenizer, OtherKindsAreNamed) {
  EXPECT_THAT(problemOf("{}"), HasSubstr("no \"model\""));
  EXPECT_THAT(problemOf("{\"model\": 5}"), HasSubstr("no \"model\""));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["type"] = "WordPiece"; }),
              HasSubstr("WordPiece"));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["type"] = "WordLevel"; }),
              HasSubstr("WordLevel"));
  EXPECT_THAT(
      problemOf(
          R"({"model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0], ["a", -1.5]]}})"),
      HasSubstr("Unigram"));
  EXPECT_THAT(problemWith([](Tree& t) {
                t["normalizer"] = {{"type", "Lowercase"}};
              }),
              HasSubstr("Lowercase"));
  EXPECT_THAT(problemWith([](Tree& t) {
                t["normalizer"] = {{"type", "Sequence"}, {"normalizers", {{{"type", "Prepend"}}}}};
              }),
              HasSubstr("Prepend"));
  EXPECT_THAT(problemWith([](Tree& t) {
                t["pre_tokenizer"] = {{"type", "Metaspace"}};
              }),
              HasSubstr("Metaspace"));
  EXPECT_THAT(problemWith([](Tree& t) { t["pre_tokenizer"] = nullptr; }), HasSubstr("ByteLevel"));
  EXPECT_THAT(problemWith([](Tree& t) {
                t["post_processor"] = {{"type", "BertProcessing"}};
              }),
              HasSubstr("BertProcessing"));
  EXPECT_THAT(problemWith([](Tree& t) {
                t["decoder"] = {{"type", "WordPiece"}};
              }),
              HasSubstr("decoder"));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["dropout"] = 0.1; }), HasSubstr("dropout"));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["end_of_word_suffix"] = "</w>"; }),
              HasSubstr("end_of_word_suffix"));
  EXPECT_THAT(problemWith([](Tree& t) {
                t["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"] = "\\w+";
              }),
              HasSubstr("\\w"));
  EXPECT_THAT(problemWith([](Tree& t) {
                t["pre_tokenizer"]["pretokenizers"][0]["behavior"] = "Contiguous";
              }),
              HasSubstr("Contiguous"));
}

TEST_F(HostileTokenizer, BrokenVocabulariesAreRefused) {
  EXPECT_THAT(problemWith([](Tree& t) { t["model"].erase("vocab"); }), HasSubstr("no \"vocab\""));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["vocab"] = Tree::object(); }),
              HasSubstr("empty"));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["vocab"] = "x"; }), HasSubstr("\"vocab\""));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["vocab"]["zz"] = -1; }),
              HasSubstr("\"zz\" has the id -1"));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["vocab"]["zz"] = std::uint64_t{1} << 60; }),
              HasSubstr("\"zz\""));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["vocab"]["zz"] = 1 << 24; }),
              HasSubstr("16777216"));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["vocab"]["zz"] = 1.5; }), HasSubstr("1.5"));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["vocab"]["zz"] = "5"; }), HasSubstr("\"zz\""));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["vocab"]["zz"] = nullptr; }), HasSubstr("null"));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["vocab"]["zz"] = true; }),
              HasSubstr("true or false"));
  EXPECT_THAT(problemWith([](Tree& t) {
                t["model"]["vocab"]["zz"] = {{"a", 1}};
              }),
              HasSubstr("\"zz\""));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["vocab"]["zz"] = 7; }),
              HasSubstr("id 7 to both"));
  EXPECT_THAT(problemOf(R"({"model": {"type": "BPE", "vocab": {"a": 0, "a": 1}, "merges": []}})"),
              HasSubstr("\"a\" twice"));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["unk_token"] = 5; }), HasSubstr("unk_token"));
  EXPECT_THAT(problemWith([](Tree& t) { t["model"]["ignore_merges"] = "yes"; }),
              HasSubstr("ignore_merges"));
}

TEST_F(HostileTokenizer, BrokenMergesAreRefused) {
  EXPECT_THAT(problemWith([](Tree& t) { t["model"].erase("merges"); }), HasSubstr("\"merges\""));
  EXPECT_THAT(problemWith([](Tree& t) {
                t["model"]["merges"].push_back({"qqq", "x"});
              }),
              HasSubstr("\"qqq\", which is not in the vocabulary"));
  EXPECT_THAT(problemWith([](Tree& t) {
                t["model"]["merges"].push_back({"!", "?"});
              }),
              HasSubstr("\"!?\""));
  for (const Tree& bad : {Tree("ab"), Tree("a b c"), Tree(5), Tree(nullptr), Tree::array({"a"}),
                          Tree::array({"a", "b", "c"}), Tree::array({"a", 1}),
                          Tree::object({{"a", "b"}}), Tree::array({Tree::array({"a", "b"}), "c"})})
    EXPECT_THAT(problemWith([&](Tree& t) {
                  t["model"]["merges"].insert(t["model"]["merges"].begin(), bad);
                }),
                HasSubstr("merge 1 "))
        << bad;
}

TEST_F(HostileTokenizer, BrokenAddedTokensAreRefused) {
  const auto withToken = [&](const Tree& changes) {
    return problemWith([&](Tree& t) {
      Tree token = t["added_tokens"].back();
      token["content"] = "<new>";
      token["id"] = token["id"].get<int>() + 1;
      token.update(changes);
      t["added_tokens"].push_back(token);
    });
  };
  EXPECT_EQ(withToken(Tree::object()), "");
  EXPECT_EQ(withToken({{"content", ""}, {"id", 9999}}), "");  // empty tokens count for nothing
  EXPECT_THAT(withToken({{"id", -5}}), HasSubstr("<new>"));
  EXPECT_THAT(withToken({{"id", "5"}}), HasSubstr("<new>"));
  EXPECT_THAT(withToken({{"id", std::uint64_t{1} << 40}}), HasSubstr("<new>"));
  EXPECT_THAT(withToken({{"id", 3}}), HasSubstr("has the id 3"));
  EXPECT_THAT(withToken({{"id", 100000}}), HasSubstr("has the id 100000"));
  EXPECT_THAT(withToken({{"content", 5}}), HasSubstr("content"));
  EXPECT_THAT(withToken({{"lstrip", "no"}}), HasSubstr("lstrip"));
  EXPECT_THAT(problemWith([](Tree& t) { t["added_tokens"] = 5; }), HasSubstr("added_tokens"));
  EXPECT_THAT(problemWith([](Tree& t) { t["added_tokens"].push_back(5); }), HasSubstr("content"));
}

TEST_F(HostileTokenizer, BrokenPostProcessorsAreRefused) {
  const auto withTemplate = [&](const Tree& single, const Tree& tokens) {
    return problemWith([&](Tree& t) {
      t["post_processor"] = {
          {"type", "TemplateProcessing"}, {"single", single}, {"special_tokens", tokens}};
    });
  };
  const Tree sequence = {{"Sequence", {{"id", "A"}, {"type_id", 0}}}},
             bos = {{"SpecialToken", {{"id", "<s>"}, {"type_id", 0}}}};
  const auto ids = [](const Tree& list) {
    return Tree{{"<s>", {{"id", "<s>"}, {"ids", list}, {"tokens", {"<s>"}}}}};
  };
  EXPECT_EQ(withTemplate(Tree::array({bos, sequence}), ids(Tree::array({1}))), "");
  EXPECT_THAT(withTemplate(Tree::array({bos}), ids(Tree::array({1}))), HasSubstr("sequence A"));
  EXPECT_THAT(withTemplate(Tree::array({sequence, sequence}), ids(Tree::array({1}))),
              HasSubstr("sequence A"));
  EXPECT_THAT(withTemplate(Tree::array({bos, sequence}), Tree::object()), HasSubstr("<s>"));
  EXPECT_THAT(withTemplate(Tree::array({bos, sequence}), ids(Tree::array({-1}))), HasSubstr("<s>"));
  EXPECT_THAT(withTemplate(Tree::array({bos, sequence}), ids(Tree::array({99999}))),
              HasSubstr("<s>"));
  EXPECT_THAT(withTemplate(Tree::array({bos, sequence}), ids(Tree::array({"1"}))),
              HasSubstr("<s>"));
  EXPECT_THAT(withTemplate(5, ids(Tree::array({1}))), HasSubstr("single"));
  EXPECT_THAT(withTemplate(Tree::array({5, sequence}), ids(Tree::array({1}))),
              HasSubstr("gives no ids"));
}

/// Changes something somewhere in a tree.
void mutateTree(Tree& tree, Random& random) {
  Tree* at = &tree;
  while (at->is_structured() && !at->empty() && !random.chance(0.25)) {
    auto it = at->begin();
    std::advance(
        it, static_cast<std::ptrdiff_t>(random.below(std::min<std::uint64_t>(at->size(), 40))));
    at = &*it;
  }
  static const std::vector<Tree> kValues = {nullptr,
                                            true,
                                            -1,
                                            0,
                                            5,
                                            1e300,
                                            16777215,
                                            4294967295U,
                                            UINT64_MAX,
                                            "",
                                            "Sequence",
                                            "ByteLevel",
                                            "BPE",
                                            "NFC",
                                            "(",
                                            "a b",
                                            "é",
                                            "Ġ",
                                            "\\s+",
                                            Tree::array(),
                                            Tree::object(),
                                            Tree::array({"a", "b"}),
                                            "(?:a*)*b",
                                            "[^\\s]"};
  if (random.chance(0.6))
    *at = random.pick(kValues);
  else if (at->is_array() && !at->empty() && random.chance(0.5))
    at->push_back(Tree((*at)[random.below(at->size())]));
  else if (at->is_array() && !at->empty())
    at->erase(at->begin() + static_cast<std::ptrdiff_t>(random.below(at->size())));
  else if (at->is_object() && !at->empty())
    at->erase(std::next(at->begin(), static_cast<std::ptrdiff_t>(random.below(at->size()))));
}

void mutateBytes(std::string& bytes, Random& random) {
  for (std::uint64_t n = 1 + random.below(4); n > 0 && !bytes.empty(); --n) {
    const auto at = random.below(bytes.size());
    switch (random.below(5)) {
      case 0:
        bytes[at] = static_cast<char>(random.below(256));
        break;
      case 1:
        bytes.erase(at, 1 + random.below(30));
        break;
      case 2:
        bytes.insert(at, bytes.substr(random.below(bytes.size()), random.below(60)));
        break;
      case 3:
        bytes.resize(at);
        break;
      default:
        bytes.insert(at, 1, "{}[]\",:\\0-9e\n"[random.below(13)]);
        break;
    }
  }
}

TEST_F(HostileTokenizer, NoMutationCrashesIt) {
  const std::string names[] = {"llama3",   "qwen2", "gpt2",   "smollm2",
                               "fallback", "flags", "removed"};
  std::vector<Tree> trees;
  for (const auto& name : names) trees.push_back(readTree(data("tokenizers/" + name + ".json")));
  const auto texts = readTree(data("tokenizers/corpus.json")).get<std::vector<std::string>>();
  Random random(7, "tokenizer mutations");
  const Stopwatch watch;
  int loaded = 0, refused = 0;
  // About 3 s here, more under sanitizers; at least some hundred, however slow the machine.
  const double seconds = test::fuzzSeconds(3);
  while (watch.seconds() < seconds || loaded + refused < 300) {
    Tree tree = random.pick(trees);
    for (std::uint64_t n = 1 + random.below(3); n > 0; --n) mutateTree(tree, random);
    std::string bytes = tree.dump(-1, ' ', false, Tree::error_handler_t::replace);
    if (random.chance(0.3)) mutateBytes(bytes, random);
    const auto path = folder.write("tokenizer.json", bytes);
    const auto tokenizer = Tokenizer::load(path);
    if (!tokenizer) {
      ++refused;
      EXPECT_FALSE(tokenizer.error().message.empty());
      continue;
    }
    ++loaded;
    for (int i = 0; i < 5; ++i) {
      const auto ids = tokenizer->encode(random.pick(texts), random.chance(0.5));
      for (const auto id : ids) ASSERT_TRUE(id >= 0 && id < tokenizer->size()) << bytes;
      EXPECT_TRUE(isValidUtf8(tokenizer->decode(ids, random.chance(0.5))));
    }
  }
  EXPECT_GT(loaded, 20);
  EXPECT_GT(refused, 20);
}

}  // namespace
}  // namespace wordsight::text
