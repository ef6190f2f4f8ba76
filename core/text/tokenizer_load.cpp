#include <algorithm>
#include <array>
#include <cstdio>
#include <deque>
#include <system_error>

#include "text/tokenizer_file.h"
#include "text/tokenizer_impl.h"
#include "text/unicode.h"

namespace wordsight::text {
namespace {

using Tree = nlohmann::json;

constexpr const char* kGetAgain = "; get the file again from where the model came from.";
constexpr const char* kSupported =
    ", which Wordsight does not handle: it reads byte-level BPE tokenizers such as those of Llama "
    "3, Qwen2 and SmolLM2.";

const Tree& member(const Tree& object, const char* key) {
  static const Tree kNull;
  if (!object.is_object()) return kNull;
  const auto it = object.find(key);
  return it == object.end() ? kNull : *it;
}

std::string textOr(const Tree& value, const char* otherwise) {
  return value.is_string() ? value.get<std::string>() : otherwise;
}

/// A member that may be absent, null or ""; anything else is a setting that is not supported.
bool isUnset(const Tree& value) {
  return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty());
}

/// Makes a Tokenizer::Impl out of a file, part by part. Messages lack the file's name in front and
/// are whole behind.
class Loader {
 public:
  Loader(const TokenizerFile& file, Tokenizer::Impl& out) : m_file(file), m_out(out) {}
  Status run() {
    WORDSIGHT_CHECK(checkModel());
    WORDSIGHT_CHECK(readVocabulary());
    WORDSIGHT_CHECK(readMerges());
    WORDSIGHT_CHECK(readUnknown());
    WORDSIGHT_CHECK(readNormalizer(member(m_file.rest, "normalizer")));
    WORDSIGHT_CHECK(readPreTokenizer());
    WORDSIGHT_CHECK(readAddedTokens());
    WORDSIGHT_CHECK(readPostProcessor(member(m_file.rest, "post_processor")));
    WORDSIGHT_CHECK(checkDecoder(member(m_file.rest, "decoder")));
    layOutTokens();
    m_out.bpe.emplace(std::move(m_parts));
    return {};
  }

 private:
  static tl::unexpected<Error> broken(const std::string& what) { return fail(what + kGetAgain); }
  static tl::unexpected<Error> unsupported(const std::string& what) {
    return fail(what + kSupported, ErrorKind::Unsupported);
  }

  Status checkModel() {
    if (!m_file.hasModel) return broken("it has no \"model\"");
    const Tree& model = member(m_file.rest, "model");
    const std::string type = textOr(member(model, "type"), m_file.hasMerges ? "BPE" : "");
    if (type.empty()) return broken("its model has no \"type\"");
    if (type != "BPE") return unsupported("its model is of the kind " + shownToken(type));
    if (!m_file.hasVocabulary) return broken("its model has no \"vocab\" of tokens and ids");
    if (!m_file.hasMerges) return broken("its model has no list \"merges\"");
    if (m_file.vocabulary.empty()) return broken("its vocabulary is empty");
    const Tree& dropout = member(model, "dropout");
    if (!dropout.is_null() && !(dropout.is_number() && dropout.get<double>() == 0))
      return unsupported("its model drops merges at random (\"dropout\")");
    for (const char* key : {"continuing_subword_prefix", "end_of_word_suffix"})
      if (!isUnset(member(model, key)))
        return unsupported(std::string("its model sets \"") + key + "\"");
    for (const char* key : {"fuse_unk", "byte_fallback", "ignore_merges"})
      if (const Tree& v = member(model, key); !v.is_null() && !v.is_boolean())
        return broken(std::string("\"") + key + "\" of its model must be true or false");
    m_parts.wholeWords = member(model, "ignore_merges") == true;
    m_parts.fuseUnknown = member(model, "fuse_unk") == true;
    return {};
  }

  Status readVocabulary() {
    m_byName = TextIndex(m_file.vocabulary.size());
    m_parts.words = TextIndex(m_file.vocabulary.size());
    std::string bytes;
    for (std::size_t i = 0; i < m_file.vocabulary.size(); ++i) {
      const auto& entry = m_file.vocabulary[i];
      const auto name = m_file.text(entry);
      if (!m_byName.insert(name, entry.id))
        return broken("its vocabulary has the token " + shownToken(name) + " twice");
      if (Token& token = at(entry.id); token.taken)
        return broken("its vocabulary gives the id " + std::to_string(entry.id) + " to both " +
                      shownToken(token.name) + " and " + shownToken(name));
      at(entry.id) = {true, false, name};
      // Letters stand for bytes one to one, so bytes are as good a name; a token with other
      // characters never comes out of merges.
      if (bytesOfLetters(name, bytes)) m_parts.words.insert(bytes, entry.id);
    }
    for (int b = 0; b < 256; ++b)
      m_parts.ofByte[b] = m_byName.find(byteLetter(static_cast<unsigned char>(b)));
    return {};
  }

  Status readMerges() {
    m_parts.merges = MergeTable(m_file.merges.size());
    std::string both;
    for (std::size_t i = 0; i < m_file.merges.size(); ++i) {
      const auto left = m_file.left(m_file.merges[i]), right = m_file.right(m_file.merges[i]);
      both.assign(left).append(right);
      const TokenId ids[] = {m_byName.find(left), m_byName.find(right), m_byName.find(both)};
      const std::string_view names[] = {left, right, both};
      for (int k = 0; k < 3; ++k)
        if (ids[k] == kNoToken)
          return broken("merge " + std::to_string(i + 1) + " names " + shownToken(names[k]) +
                        ", which is not in the vocabulary");
      m_parts.merges.set(ids[0], ids[1], {static_cast<std::uint32_t>(i), ids[2]});
    }
    return {};
  }

  /// What stands for bytes that the vocabulary lacks. Tokenizers trained without the full alphabet
  /// exist (SmolLM2's).
  Status readUnknown() {
    const Tree& model = member(m_file.rest, "model");
    const bool fallback = member(model, "byte_fallback") == true;
    bool complete = true;
    for (int b = 0; b < 256; ++b) {
      m_parts.fallback[b] = {kNoToken, kNoToken};
      if (m_parts.ofByte[b] != kNoToken) continue;
      complete = false;
      if (!fallback) continue;
      const std::string letter = byteLetter(static_cast<unsigned char>(b));
      std::array<TokenId, 2> ids{kNoToken, kNoToken};
      bool all = letter.size() <= ids.size();
      for (std::size_t k = 0; all && k < letter.size(); ++k) {
        char name[8];
        std::snprintf(name, sizeof name, "<0x%02X>",
                      static_cast<unsigned>(static_cast<unsigned char>(letter[k])));
        ids[k] = m_byName.find(name);
        all = ids[k] != kNoToken;
      }
      if (all) m_parts.fallback[b] = ids;
    }
    const Tree& unknown = member(model, "unk_token");
    if (isUnset(unknown)) return {};
    if (!unknown.is_string()) return broken("\"unk_token\" of its model is not a text");
    m_parts.unknown = m_byName.find(unknown.get_ref<const std::string&>());
    if (m_parts.unknown == kNoToken && !complete)
      return broken("\"unk_token\" of its model is " +
                    shownToken(unknown.get_ref<const std::string&>()) +
                    ", which is not in the vocabulary");
    return {};
  }

  Status readNormalizer(const Tree& tree) {
    if (tree.is_null()) return {};
    const std::string type = textOr(member(tree, "type"), "");
    if (type == "Sequence" && member(tree, "normalizers").is_array()) {
      for (const auto& part : member(tree, "normalizers")) {
        if (textOr(member(part, "type"), "") == "Sequence")
          return unsupported("its normalizer nests sequences");
        WORDSIGHT_CHECK(readNormalizer(part));
      }
      return {};
    }
    if (type != "NFC") return unsupported("its normalizer has a step of type " + shownToken(type));
    m_out.nfc = true;
    return {};
  }

  Status readPreTokenizer() {
    auto made = PreTokenizer::fromTree(member(m_file.rest, "pre_tokenizer"));
    if (!made) {
      if (made.error().kind == ErrorKind::Unsupported) return unsupported(made.error().message);
      return broken(made.error().message);
    }
    m_out.preTokenizer = std::move(*made);
    return {};
  }

  Status readAddedTokens() {
    const Tree& list = member(m_file.rest, "added_tokens");
    if (list.is_null()) return {};
    if (!list.is_array()) return broken("\"added_tokens\" is not a list");
    std::vector<AddedToken> tokens;
    TextIndex placeOf(list.size());
    m_out.addedByContent = TextIndex(list.size());
    const auto vocabularySize = static_cast<TokenId>(m_file.vocabulary.size());
    TokenId next =
        vocabularySize;  // the reference numbers new tokens on from here, whatever the file says
    for (std::size_t i = 0; i < list.size(); ++i) {
      AddedToken token;
      WORDSIGHT_CHECK(readAddedToken(list[i], i, token));
      if (token.content.empty()) continue;
      const TokenId known = m_out.addedByContent.find(token.content);
      TokenId expected = known != kNoToken ? known : m_byName.find(token.content);
      if (expected == kNoToken) expected = next;
      if (token.id != expected)
        return broken("the added token " + shownToken(token.content) + " has the id " +
                      std::to_string(token.id) + ", but by its place it is " +
                      std::to_string(expected));
      next = std::max(next, expected + 1);
      if (known != kNoToken) {  // listed twice: the later flags hold
        tokens[placeOf.find(token.content)] = token;
      } else {
        if (Token& owner = at(token.id); owner.taken && owner.name != token.content)
          return broken("the id " + std::to_string(token.id) + " belongs to both " +
                        shownToken(owner.name) + " and " + shownToken(token.content));
        placeOf.insert(token.content, static_cast<TokenId>(tokens.size()));
        m_out.addedByContent.insert(token.content, token.id);
        tokens.push_back(token);
      }
    }
    keepAddedTokens(std::move(tokens));
    return {};
  }

  Status readAddedToken(const Tree& tree, std::size_t index, AddedToken& out) {
    const std::string what = "added token " + std::to_string(index + 1);
    const Tree& content = member(tree, "content");
    const Tree& id = member(tree, "id");
    if (!content.is_string()) return broken(what + " has no text \"content\"");
    out.content = content.get<std::string>();
    if (!id.is_number_unsigned() || id.get<std::uint64_t>() > kMaxTokenId)
      return broken(what + " (" + shownToken(out.content) + ") has no \"id\" from 0 to " +
                    std::to_string(kMaxTokenId));
    out.id = id.get<TokenId>();
    const std::pair<const char*, bool*> flags[] = {{"special", &out.special},
                                                   {"single_word", &out.singleWord},
                                                   {"lstrip", &out.stripLeft},
                                                   {"rstrip", &out.stripRight},
                                                   {"normalized", &out.normalized}};
    for (const auto& [key, flag] : flags) {
      const Tree& value = member(tree, key);
      if (value.is_null()) continue;
      if (!value.is_boolean())
        return broken("\"" + std::string(key) + "\" of " + what + " must be true or false");
      *flag = value.get<bool>();
    }
    return {};
  }

  /// Special tokens are looked for first among equal texts, as in the reference.
  void keepAddedTokens(std::vector<AddedToken> tokens) {
    std::stable_partition(tokens.begin(), tokens.end(),
                          [](const AddedToken& t) { return t.special; });
    std::vector<AddedToken> raw, normalized;
    std::vector<std::string> rawTexts, normalizedTexts;
    for (auto& token : tokens) {
      const bool changed = token.normalized && m_out.nfc;
      const auto& name = m_names.emplace_back(changed ? toNfc(token.content) : token.content);
      at(token.id) = {true, token.special, name};
      if (token.normalized) {
        normalizedTexts.push_back(name);
        normalized.push_back(std::move(token));
      } else {
        rawTexts.push_back(token.content);
        raw.push_back(std::move(token));
      }
    }
    m_out.rawTokens = AddedTokenFinder(std::move(raw), rawTexts);
    m_out.normalizedTokens = AddedTokenFinder(std::move(normalized), normalizedTexts);
  }

  Status readPostProcessor(const Tree& tree) {
    if (tree.is_null()) return {};
    const std::string type = textOr(member(tree, "type"), "");
    if (type == "ByteLevel") return {};  // moves offsets only
    if (type == "Sequence" && member(tree, "processors").is_array()) {
      for (const auto& part : member(tree, "processors")) {
        if (textOr(member(part, "type"), "") == "Sequence")
          return unsupported("its post-processor nests sequences");
        WORDSIGHT_CHECK(readPostProcessor(part));
      }
      return {};
    }
    if (type != "TemplateProcessing")
      return unsupported("its post-processor is of the kind " + shownToken(type));
    return readTemplate(tree);
  }

  Status readTemplate(const Tree& tree) {
    const Tree& single = member(tree, "single");
    if (!single.is_array()) return broken("its post-processor has no list \"single\"");
    if (m_hasTemplate) return unsupported("its post-processor has two templates");
    m_hasTemplate = true;
    bool sequenceSeen = false;
    for (const auto& piece : single) {
      if (const Tree& sequence = member(piece, "Sequence"); sequence.is_object()) {
        if (sequenceSeen || textOr(member(sequence, "id"), "") != "A")
          return broken("\"single\" of its post-processor must hold the sequence A once");
        sequenceSeen = true;
        continue;
      }
      const std::string name = textOr(member(member(piece, "SpecialToken"), "id"), "");
      const Tree& ids = member(member(member(tree, "special_tokens"), name.c_str()), "ids");
      if (!ids.is_array() || ids.empty())
        return broken("its post-processor uses the token " + shownToken(name) +
                      ", for which it gives no ids");
      for (const auto& id : ids) {
        if (!id.is_number_unsigned() || id.get<std::uint64_t>() >= m_tokens.size() ||
            !m_tokens[id.get<TokenId>()].taken)
          return broken("its post-processor gives the token " + shownToken(name) +
                        " an id that no token has");
        (sequenceSeen ? m_out.after : m_out.before).push_back(id.get<std::int64_t>());
      }
    }
    if (!sequenceSeen)
      return broken("\"single\" of its post-processor must hold the sequence A once");
    return {};
  }

  Status checkDecoder(const Tree& tree) {
    if (tree.is_null() || textOr(member(tree, "type"), "") == "ByteLevel") return {};
    // Converters put steps for other kinds of tokenizer in front; they do nothing to byte-level
    // tokens.
    static constexpr std::string_view kHarmless[] = {"ByteLevel", "ByteFallback", "Fuse",
                                                     "Replace"};
    bool hasByteLevel = false;
    const Tree& parts = member(tree, "decoders");
    if (parts.is_array())
      for (const auto& part : parts) {
        const std::string type = textOr(member(part, "type"), "");
        if (std::find(std::begin(kHarmless), std::end(kHarmless), type) == std::end(kHarmless))
          return unsupported("its decoder has a step of type " + shownToken(type));
        hasByteLevel |= type == "ByteLevel";
      }
    if (!hasByteLevel) return unsupported("its decoder is not ByteLevel");
    return {};
  }

  void layOutTokens() {
    m_out.begins.reserve(m_tokens.size() + 1);
    m_out.special.reserve(m_tokens.size());
    std::string bytes;
    for (const Token& token : m_tokens) {
      m_out.begins.push_back(static_cast<std::uint32_t>(m_out.bytes.size()));
      m_out.special.push_back(token.special);
      if (bytesOfLetters(token.name, bytes))
        m_out.bytes += bytes;
      else
        m_out.bytes += token.name;
    }
    m_out.begins.push_back(static_cast<std::uint32_t>(m_out.bytes.size()));
    m_out.bytes.shrink_to_fit();
  }

  struct Token {
    bool taken = false, special = false;
    std::string_view name;
  };
  Token& at(TokenId id) {
    if (id >= m_tokens.size()) m_tokens.resize(std::size_t{id} + 1);
    return m_tokens[id];
  }

  const TokenizerFile& m_file;
  Tokenizer::Impl& m_out;
  Bpe::Parts m_parts;
  TextIndex m_byName;
  std::vector<Token> m_tokens;      // by id
  std::deque<std::string> m_names;  // what m_tokens' names of added tokens point into
  bool m_hasTemplate = false;
};

Result<std::filesystem::path> findFile(const std::filesystem::path& folderOrFile) {
  std::error_code code;
  if (!std::filesystem::is_directory(folderOrFile, code)) {
    if (std::filesystem::exists(folderOrFile, code)) return folderOrFile;
    return fail("There is no tokenizer at " + folderOrFile.string() +
                    "; name a model folder or its tokenizer.json.",
                ErrorKind::NotFound);
  }
  auto file = folderOrFile / "tokenizer.json";
  if (std::filesystem::exists(file, code)) return file;
  const bool slow = std::filesystem::exists(folderOrFile / "vocab.json", code) ||
                    std::filesystem::exists(folderOrFile / "tokenizer.model", code);
  return fail(
      "The folder " + folderOrFile.string() + " has no tokenizer.json" +
          (slow ? " (only the older files vocab.json or tokenizer.model)" : "") +
          "; download it from the model's page into the folder, or let transformers write it: "
          "AutoTokenizer.from_pretrained(FOLDER).save_pretrained(FOLDER).",
      ErrorKind::NotFound);
}

}  // namespace

Result<Tokenizer> Tokenizer::load(const std::filesystem::path& folderOrFile) {
  WORDSIGHT_TRY(const auto path, findFile(folderOrFile));
  WORDSIGHT_TRY(const auto file, TokenizerFile::read(path));
  auto impl = std::make_unique<Impl>();
  if (auto loaded = Loader(file, *impl).run(); !loaded)
    return fail(inContext(path.string() + ": ", std::move(loaded).error()));
  return Tokenizer(std::move(impl));
}

}  // namespace wordsight::text
