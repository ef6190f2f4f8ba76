#include "text/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <span>

#include "base/log.h"
#include "text/unicode.h"

namespace wordsight::text {
namespace {

constexpr std::uint32_t kMatchLimit = 10'000'000;
constexpr std::uint32_t kHeapLimitKiB = 64 * 1024;
constexpr std::size_t kMaxPattern = 1 << 16;  // the longest known one has 300 characters

void appendRanges(std::string& out, std::span<const Range> ranges) {
  char buffer[48];
  for (const auto& range : ranges) {
    std::snprintf(buffer, sizeof buffer, "\\x{%x}-\\x{%x}", static_cast<unsigned>(range.low),
                  static_cast<unsigned>(range.high));
    out += buffer;
  }
}

/// Reads the pattern once from left to right and writes its translation.
class Translator {
 public:
  explicit Translator(std::string_view pattern) : m_in(pattern) {}

  Result<std::string> run() {
    if (m_in.size() > kMaxPattern) return fail("is longer than 65536 characters");
    while (!atEnd()) WORDSIGHT_CHECK(item());
    if (m_depth != 0) return fail("has an unclosed group");
    return std::move(m_out);
  }

 private:
  bool atEnd() const { return m_at >= m_in.size(); }
  char peek(std::size_t ahead = 0) const {
    return m_at + ahead < m_in.size() ? m_in[m_at + ahead] : '\0';
  }
  void copy(std::size_t count) {
    m_out.append(m_in, m_at, count);
    m_at += count;
  }
  static tl::unexpected<Error> refuse(std::string_view construct) {
    return fail("uses " + std::string(construct) +
                    ", which is not among the constructs that Wordsight handles",
                ErrorKind::Unsupported);
  }

  Status item() {
    switch (peek()) {
      case '\\':
        return escape(false);
      case '[':
        return characterClass();
      case '(':
        return group();
      case ')':
        if (--m_depth < 0) return fail("closes a group that it did not open");
        copy(1);
        return quantifier();
      case '{':
        return refuse("a bare {");
      case '^':
      case '$':
        return refuse(std::string_view(m_in).substr(m_at, 1));
      case '|':
        copy(1);
        return {};
      case '*':
      case '+':
      case '?':
        return fail("repeats nothing");
      default: {
        std::size_t length = 1;
        characterAt(m_in, m_at, &length);
        copy(std::min(length, m_in.size() - m_at));
        return quantifier();
      }
    }
  }

  /// *, +, ?, {n}, {n,}, {n,m} and a lazy or possessive mark behind. Ruby reads "{n,m}+" as a
  /// repeat of a repeat.
  Status quantifier() {
    const char c = peek();
    if (c == '*' || c == '+' || c == '?') {
      copy(1);
      if (peek() == '?' || peek() == '+') copy(1);
    } else if (c == '{') {
      const auto close = m_in.find('}', m_at);
      if (close == std::string_view::npos || close - m_at > 10) return refuse("a bare {");
      const auto body = m_in.substr(m_at + 1, close - m_at - 1);
      const bool digitsAndComma = !body.empty() &&
                                  std::isdigit(static_cast<unsigned char>(body[0])) &&
                                  body.find_first_not_of("0123456789,") == std::string_view::npos &&
                                  std::count(body.begin(), body.end(), ',') <= 1;
      if (!digitsAndComma) return refuse("{" + std::string(body) + "}");
      copy(close + 1 - m_at);
      if (peek() == '+' || peek() == '?') return refuse("{" + std::string(body) + "}" + peek());
    } else {
      return {};
    }
    if (const char again = peek(); again == '*' || again == '+' || again == '?' || again == '{')
      return refuse("a repeat of a repeat");
    return {};
  }

  Status group() {
    static constexpr std::string_view kKinds[] = {"(?:", "(?=", "(?!", "(?>", "(?<=", "(?<!"};
    ++m_depth;
    const auto rest = m_in.substr(m_at);
    if (rest.starts_with("(?i:")) return caselessGroup();
    for (const auto kind : kKinds)
      if (rest.starts_with(kind)) {
        copy(kind.size());
        return {};
      }
    if (peek(1) == '?' || peek(1) == '*')
      return refuse("\"" + std::string(rest.substr(0, 4)) + "\"");
    copy(1);
    return {};
  }

  /// Oniguruma lets one character stand for several when case is ignored ("ss" for U+00DF); PCRE2
  /// does not. Plain ASCII alternatives without such pairs mean the same to both.
  Status caselessGroup() {
    static constexpr std::string_view kFolding[] = {"ss", "st", "ff", "fi", "fl"};
    const auto close = m_in.find(')', m_at);
    if (close == std::string_view::npos) return fail("has an unclosed group");
    const auto body = m_in.substr(m_at + 4, close - m_at - 4);
    std::string lower;
    for (const char c : body) {
      if (!std::isalpha(static_cast<unsigned char>(c)) && c != '\'' && c != '|')
        return refuse("a (?i:…) group of more than letters");
      lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    for (const auto pair : kFolding)
      if (lower.find(pair) != std::string::npos)
        return refuse("(?i:…) with \"" + std::string(pair) + "\"");
    copy(close - m_at);
    return {};
  }

  /// Oniguruma's nested classes and && have no counterpart.
  Status characterClass() {
    copy(1);
    if (peek() == '^') copy(1);
    if (peek() == ']') return refuse("a class that begins with ]");
    while (peek() != ']' || atEnd()) {
      if (atEnd()) return fail("has an unclosed class");
      if (peek() == '[') return refuse("a class inside a class");
      if (peek() == '&' && peek(1) == '&') return refuse("&& in a class");
      if (peek() == '\\') {
        WORDSIGHT_CHECK(escape(true));
      } else {
        std::size_t length = 1;
        characterAt(m_in, m_at, &length);
        copy(std::min(length, m_in.size() - m_at));
      }
    }
    copy(1);
    return quantifier();
  }

  Status escape(bool inClass) {
    const char c = peek(1);
    if (c == 's' || c == 'S' || c == 'd' || c == 'p' || c == 'P') return property(c, inClass);
    const bool known = c == 'r' || c == 'n' || c == 't' || c == 'f' ||
                       (c > 0 && std::ispunct(static_cast<unsigned char>(c)));
    if (!known) return refuse("\"" + std::string(m_in.substr(m_at, 2)) + "\"");
    copy(2);
    return inClass ? Status{} : quantifier();
  }

  Status property(char kind, bool inClass) {
    std::string members;
    if (kind == 's' || kind == 'S') {
      m_at += 2;
      appendRanges(members, spaceRanges());
    } else {
      std::string_view name = "Nd";
      m_at += 2;
      if (kind != 'd') {
        const auto close = m_in.find('}', m_at);
        if (peek() != '{' || close == std::string_view::npos) return refuse("\\p without {…}");
        name = m_in.substr(m_at + 1, close - m_at - 1);
        m_at = close + 1;
      }
      const auto later = laterRanges(name);
      if (!later) return refuse("\\" + std::string(1, kind) + "{" + std::string(name) + "}");
      members = "\\p{" + std::string(name) + "}";
      appendRanges(members, *later);
    }
    const bool negated = kind == 'S' || kind == 'P';
    if (inClass) {
      if (negated) return refuse("\\" + std::string(1, kind) + " in a class");
      m_out += members;
      return {};
    }
    m_out += (negated ? "[^" : "[") + members + "]";
    return quantifier();
  }

  std::string_view m_in;
  std::string m_out;
  std::size_t m_at = 0;
  int m_depth = 0;
};

template <class T, void (*Free)(T*)>
struct Freer {
  void operator()(T* p) const { Free(p); }
};
using Code = std::unique_ptr<pcre2_code, Freer<pcre2_code, pcre2_code_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, Freer<pcre2_match_data, pcre2_match_data_free>>;
using MatchContext =
    std::unique_ptr<pcre2_match_context, Freer<pcre2_match_context, pcre2_match_context_free>>;
using CompileContext = std::unique_ptr<pcre2_compile_context,
                                       Freer<pcre2_compile_context, pcre2_compile_context_free>>;

}  // namespace

struct Pattern::Compiled {
  Code code;
  MatchContext context;
};

Result<std::string> translatePattern(std::string_view pattern) { return Translator(pattern).run(); }

std::string literalPattern(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c > 0 && std::ispunct(static_cast<unsigned char>(c))) out += '\\';
    out += c;
  }
  return out;
}

Result<Pattern> Pattern::compile(const std::string& pattern) {
  auto compiled = std::make_shared<Compiled>();
  const CompileContext compileContext(pcre2_compile_context_create(nullptr));
  compiled->context.reset(pcre2_match_context_create(nullptr));
  if (!compileContext || !compiled->context)
    return fail("cannot be compiled: out of memory", ErrorKind::Internal);
  pcre2_set_newline(compileContext.get(), PCRE2_NEWLINE_LF);  // "." stops at \n only, as in Ruby
  pcre2_set_match_limit(compiled->context.get(), kMatchLimit);
  pcre2_set_heap_limit(compiled->context.get(), kHeapLimitKiB);
  int error = 0;
  PCRE2_SIZE where = 0;
  compiled->code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                     PCRE2_UTF | PCRE2_NO_UTF_CHECK, &error, &where,
                                     compileContext.get()));
  if (!compiled->code) {
    PCRE2_UCHAR reason[160] = {};
    pcre2_get_error_message(error, reason, sizeof reason);
    return fail("cannot be compiled: " + std::string(reinterpret_cast<const char*>(reason)));
  }
  // Without a just-in-time compiler (some machines have none) pcre2_match interprets: slower, same
  // matches.
  pcre2_jit_compile(compiled->code.get(), PCRE2_JIT_COMPLETE);
  Pattern made;
  made.m_compiled = std::move(compiled);
  return made;
}

void Pattern::split(std::string_view text,
                    const std::function<void(std::string_view, bool)>& onPiece) const {
  const MatchData match(pcre2_match_data_create(1, nullptr));
  const auto* subject = reinterpret_cast<PCRE2_SPTR>(text.data());
  std::size_t done = 0, from = 0;
  while (match && from <= text.size() && !text.empty()) {
    std::uint32_t options = PCRE2_NO_UTF_CHECK;
    int rc = pcre2_match(m_compiled->code.get(), subject, text.size(), from, options, match.get(),
                         m_compiled->context.get());
    if (rc == PCRE2_ERROR_JIT_STACKLIMIT)  // the interpreter's stack is on the heap
      rc = pcre2_match(m_compiled->code.get(), subject, text.size(), from, options | PCRE2_NO_JIT,
                       match.get(), m_compiled->context.get());
    if (rc < 0) {
      if (rc != PCRE2_ERROR_NOMATCH)
        log::warn("A pre-tokenizer pattern exceeded the limits of PCRE2 (code " +
                  std::to_string(rc) + ").");
      break;
    }
    const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(match.get());
    if (ends[0] == ends[1]) {  // an empty match cuts where it stands; the search goes on behind the
                               // next character
      if (ends[0] > done) onPiece(text.substr(done, ends[0] - done), false);
      done = ends[0];
      if (done >= text.size()) break;
      std::size_t length = 1;
      characterAt(text, ends[0], &length);
      from = ends[0] + length;
      continue;
    }
    if (ends[0] > done) onPiece(text.substr(done, ends[0] - done), false);
    onPiece(text.substr(ends[0], ends[1] - ends[0]), true);
    done = from = ends[1];
  }
  if (done < text.size()) onPiece(text.substr(done), false);
}

}  // namespace wordsight::text
