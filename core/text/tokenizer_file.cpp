#include "text/tokenizer_file.h"

#include <algorithm>
#include <optional>

#include "base/file.h"

namespace wordsight::text {
namespace {

using Tree = nlohmann::json;

constexpr std::uint64_t kMaxFile = std::uint64_t{256}
                                   << 20;  // the largest published ones have some 35 MB
constexpr std::size_t kMaxDepth = 200;

/// Receives the parser's events. A tree of 150,000 vocabulary entries and 280,000 merges would take
/// ten times the file's size and most of the loading time, so these two go into flat buffers as
/// they come.
class Reader final : public nlohmann::json_sax<Tree> {
 public:
  explicit Reader(TokenizerFile& out) : m_out(out) {}

  const std::string& problem() const { return m_problem; }
  std::size_t syntaxErrorAt() const { return m_syntaxErrorAt; }
  bool isSyntaxError() const { return m_isSyntaxError; }

  bool null() override { return value(Tree(nullptr)); }
  bool boolean(bool v) override { return value(Tree(v)); }
  bool number_integer(number_integer_t v) override {
    if (m_mode == Mode::Vocabulary) return badId(std::to_string(v));
    return value(Tree(v));
  }
  bool number_unsigned(number_unsigned_t v) override {
    if (m_mode != Mode::Vocabulary || m_skipping > 0) return value(Tree(v));
    if (v > kMaxTokenId) return badId(std::to_string(v));
    m_out.vocabulary.push_back({static_cast<std::uint32_t>(m_out.texts.size()),
                                static_cast<std::uint32_t>(m_key.size()), static_cast<TokenId>(v)});
    m_out.texts += m_key;
    return true;
  }
  bool number_float(number_float_t v, const std::string& text) override {
    if (m_mode == Mode::Vocabulary) return badId(text);
    return value(Tree(v));
  }
  bool string(std::string& v) override {
    if (m_mode == Mode::Merges) return mergeText(v);
    if (m_mode == Mode::Vocabulary) return badId("\"…\"");
    return value(Tree(std::move(v)));
  }
  bool binary(nlohmann::json::binary_t&) override { return false; }

  bool start_object(std::size_t) override {
    if (m_mode == Mode::Vocabulary) return badId("{…}");
    if (m_mode == Mode::Merges) return badMerge();
    if (m_skipping > 0) return ++m_skipping <= kMaxDepth || tooDeep();
    if (m_stack.size() == 2 && m_key == "vocab" && m_inModel) {
      m_mode = Mode::Vocabulary;
      m_out.hasVocabulary = true;
      m_out.vocabulary.clear();  // a key that comes twice: the last counts, as in the tree
      return true;
    }
    return open(Tree::object());
  }
  bool key(std::string& v) override {
    m_key = std::move(v);
    if (m_skipping == 0 && m_stack.size() == 1) m_inModel = m_key == "model";
    return true;
  }
  bool end_object() override {
    if (m_mode == Mode::Vocabulary) {
      m_mode = Mode::Rest;
      return true;
    }
    return close();
  }
  bool start_array(std::size_t) override {
    if (m_mode == Mode::Vocabulary) return badId("[…]");
    if (m_mode == Mode::Merges) {
      if (m_inPair) return badMerge();
      m_inPair = true;
      m_pairTexts = 0;
      return true;
    }
    if (m_skipping > 0) return ++m_skipping <= kMaxDepth || tooDeep();
    if (m_stack.size() == 2 && m_inModel && m_key == "merges") {
      m_mode = Mode::Merges;
      m_out.hasMerges = true;
      m_out.merges.clear();
      return true;
    }
    if (m_stack.size() == 2 && m_inModel &&
        m_key == "vocab") {  // Unigram's; the model's type tells the user
      m_skipping = 1;
      return true;
    }
    return open(Tree::array());
  }
  bool end_array() override {
    if (m_mode == Mode::Merges) {
      if (!m_inPair) {
        m_mode = Mode::Rest;
        return true;
      }
      m_inPair = false;
      return m_pairTexts == 2 ? mergePair() : badMerge();
    }
    return close();
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    m_isSyntaxError = true;
    m_syntaxErrorAt = position;
    return false;
  }

 private:
  enum class Mode { Rest, Vocabulary, Merges };

  bool complain(std::string problem) {
    m_problem = std::move(problem);
    return false;
  }
  bool badId(const std::string& what) {
    return complain("the token " + shownToken(m_key) + " has the id " + what +
                    ", but ids are whole numbers from 0 to " + std::to_string(kMaxTokenId));
  }
  bool badMerge() {
    return complain("merge " + std::to_string(m_out.merges.size() + 1) +
                    " is neither a text \"LEFT RIGHT\" nor a pair [\"LEFT\", \"RIGHT\"]");
  }
  bool tooDeep() {
    return complain("it is nested more than " + std::to_string(kMaxDepth) + " levels deep");
  }

  bool mergePair() {
    m_out.merges.push_back({static_cast<std::uint32_t>(m_out.texts.size()),
                            static_cast<std::uint32_t>(m_left.size()),
                            static_cast<std::uint32_t>(m_right.size())});
    m_out.texts += m_left;
    m_out.texts += m_right;
    return true;
  }
  bool mergeText(const std::string& v) {
    auto& merges = m_out.merges;
    const auto begin = static_cast<std::uint32_t>(m_out.texts.size());
    const auto size = static_cast<std::uint32_t>(v.size());
    if (m_inPair) {
      if (++m_pairTexts > 2) return badMerge();
      (m_pairTexts == 1 ? m_left : m_right) = v;
      return true;
    }
    // "#version: …" heads merges.txt, and some converters carried it over.
    if (merges.empty() && v.starts_with("#version")) return true;
    const auto space = v.find(' ');
    if (space == std::string::npos || v.find(' ', space + 1) != std::string::npos)
      return badMerge();
    merges.push_back(
        {begin, static_cast<std::uint32_t>(space), size - static_cast<std::uint32_t>(space) - 1});
    m_out.texts.append(v, 0, space);
    m_out.texts.append(v, space + 1);
    return true;
  }

  bool value(Tree v) {
    if (m_mode == Mode::Vocabulary) return badId(v.is_null() ? "null" : "true or false");
    if (m_mode == Mode::Merges) return badMerge();
    if (m_skipping > 0) return true;
    place(std::move(v));
    return true;
  }
  Tree* place(Tree v) {
    if (m_stack.empty()) {
      m_out.rest = std::move(v);
      return &m_out.rest;
    }
    Tree& parent = *m_stack.back();
    if (parent.is_array()) {
      parent.push_back(std::move(v));
      return &parent.back();
    }
    Tree& slot = parent[m_key];
    slot = std::move(v);
    return &slot;
  }
  bool open(Tree v) {
    if (m_stack.size() >= kMaxDepth) return tooDeep();
    if (m_stack.size() == 1 && m_inModel && v.is_object()) m_out.hasModel = true;
    m_stack.push_back(place(std::move(v)));
    return true;
  }
  bool close() {
    if (m_skipping > 0)
      --m_skipping;
    else
      m_stack.pop_back();
    return true;
  }

  TokenizerFile& m_out;
  std::vector<Tree*>
      m_stack;  // open objects and arrays; a parent's address is stable while its child is open
  std::string m_key, m_left, m_right, m_problem;
  Mode m_mode = Mode::Rest;
  std::size_t m_skipping = 0;  // open brackets of a part that is not kept
  int m_pairTexts = 0;
  bool m_inPair = false, m_inModel = false, m_isSyntaxError = false;
  std::size_t m_syntaxErrorAt = 0;
};

std::string placeOf(std::string_view text, std::size_t byte) {
  const auto before = text.substr(0, std::min(byte, text.size()));
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const auto lineStart = before.rfind('\n');
  const auto column = before.size() - (lineStart == std::string_view::npos ? 0 : lineStart + 1);
  return "line " + std::to_string(lines + 1) + ", column " +
         std::to_string(std::max<std::size_t>(1, column));
}

}  // namespace

std::string shownToken(std::string_view token) {
  constexpr std::size_t kMost = 40;
  std::size_t end = std::min(token.size(), kMost);
  if (end < token.size())
    while (end > 0 && (static_cast<unsigned char>(token[end]) & 0xC0) == 0x80) --end;
  std::string out(token.substr(0, end));
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return "\"" + out + (end < token.size() ? "…\"" : "\"");
}

Result<TokenizerFile> TokenizerFile::read(const std::filesystem::path& file) {
  WORDSIGHT_TRY(const std::string bytes, readFile(file, kMaxFile));
  TokenizerFile out;
  Reader reader(out);
  bool good = false;
  try {
    good = Tree::sax_parse(bytes, &reader);
  } catch (const std::exception& e) {
    return fail(file.string() + ": reading it as JSON failed (" + e.what() +
                "); get the file again from where the model came from.");
  }
  if (good && out.rest.is_object()) return out;
  if (!reader.problem().empty())
    return fail(file.string() + ": " + reader.problem() +
                "; get the file again from where the model came from.");
  if (reader.isSyntaxError())
    return fail(file.string() + " is not valid JSON at " + placeOf(bytes, reader.syntaxErrorAt()) +
                "; get the file again from where the model came from.");
  return fail(file.string() +
              " holds no JSON object; get the file again from where the model came from.");
}

}  // namespace wordsight::text
