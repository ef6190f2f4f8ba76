#include "text/pretokenizer.h"

#include <deque>
#include <string>

#include "text/unicode.h"

namespace wordsight::text {
namespace {

using Tree = nlohmann::json;

// GPT-2's (Radford et al. 2019): what ByteLevel cuts by when "use_regex" is on.
constexpr std::string_view kByteLevelPattern =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

std::string typeOf(const Tree& tree) {
  if (!tree.is_object()) return {};
  const auto it = tree.find("type");
  return it != tree.end() && it->is_string() ? it->get<std::string>() : std::string();
}

Result<bool> flag(const Tree& tree, const char* key, bool otherwise) {
  const auto it = tree.find(key);
  if (it == tree.end() || it->is_null()) return otherwise;
  if (!it->is_boolean())
    return fail(std::string("\"") + key + "\" in \"pre_tokenizer\" must be true or false");
  return it->get<bool>();
}

void cutDigits(std::string_view text, bool each, std::vector<std::string_view>& out) {
  std::size_t begin = 0;
  bool inDigits = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 0;
    const bool digit = isNumeric(characterAt(text, at, &length));
    if (at > begin && (digit != inDigits || (digit && each))) {
      out.push_back(text.substr(begin, at - begin));
      begin = at;
    }
    inDigits = digit;
    at += length;
  }
  if (begin < text.size()) out.push_back(text.substr(begin));
}

}  // namespace

Result<PreTokenizer> PreTokenizer::fromTree(const Tree& tree) {
  PreTokenizer made;
  if (typeOf(tree) == "Sequence") {
    const auto parts = tree.find("pretokenizers");
    if (parts == tree.end() || !parts->is_array())
      return fail("\"pre_tokenizer\" has no list \"pretokenizers\"");
    for (const auto& part : *parts) WORDSIGHT_CHECK(made.addStep(part));
  } else if (!tree.is_null()) {
    WORDSIGHT_CHECK(made.addStep(tree));
  }
  if (!made.m_hasByteLevel)
    return fail("its pre-tokenizer does not end in ByteLevel", ErrorKind::Unsupported);
  return made;
}

Status PreTokenizer::addStep(const Tree& tree) {
  const std::string type = typeOf(tree);
  if (m_hasByteLevel)
    return fail("its pre-tokenizer has a step behind ByteLevel", ErrorKind::Unsupported);
  if (type == "Split") return addSplit(tree);
  if (type == "ByteLevel") return addByteLevel(tree);
  if (type == "Digits") {
    Step step;
    step.kind = Step::Kind::Digits;
    WORDSIGHT_TRY(step.eachDigit, flag(tree, "individual_digits", false));
    m_steps.push_back(std::move(step));
    return {};
  }
  return fail("its pre-tokenizer has a step of type \"" + type + "\"", ErrorKind::Unsupported);
}

Status PreTokenizer::addSplit(const Tree& tree) {
  Step step;
  const auto pattern = tree.find("pattern");
  if (pattern == tree.end() || !pattern->is_object())
    return fail("a Split step has no \"pattern\"");
  const auto regex = pattern->find("Regex"), literal = pattern->find("String");
  std::string source;
  if (regex != pattern->end() && regex->is_string()) {
    const auto& text = regex->get_ref<const std::string&>();
    auto translated = translatePattern(text);
    if (!translated)
      return fail("the pattern \"" + text.substr(0, 200) + "\" " + translated.error().message,
                  translated.error().kind);
    source = std::move(*translated);
  } else if (literal != pattern->end() && literal->is_string()) {
    source = literalPattern(literal->get_ref<const std::string&>());
  } else {
    return fail("the \"pattern\" of a Split step is neither {\"Regex\": …} nor {\"String\": …}");
  }
  auto compiled = Pattern::compile(source);
  if (!compiled)
    return fail("the pattern of a Split step " + compiled.error().message, compiled.error().kind);
  step.pattern = std::move(*compiled);

  WORDSIGHT_TRY(const bool invert, flag(tree, "invert", false));
  const auto it = tree.find("behavior");
  const std::string behavior =
      it != tree.end() && it->is_string() ? it->get<std::string>() : std::string();
  if (behavior != "Isolated" && behavior != "Removed")
    return fail("a Split step has the behavior \"" + behavior + "\"", ErrorKind::Unsupported);
  step.dropMatches = behavior == "Removed" && !invert;
  step.dropOthers = behavior == "Removed" && invert;
  m_steps.push_back(std::move(step));
  return {};
}

Status PreTokenizer::addByteLevel(const Tree& tree) {
  m_hasByteLevel = true;
  WORDSIGHT_TRY(const bool prefixSpace, flag(tree, "add_prefix_space", true));
  WORDSIGHT_TRY(const bool useRegex, flag(tree, "use_regex", true));
  if (prefixSpace) {
    Step step;
    step.kind = Step::Kind::PrefixSpace;
    m_steps.push_back(std::move(step));
  }
  if (useRegex) {
    Step step;
    WORDSIGHT_TRY(const auto source, translatePattern(kByteLevelPattern));
    WORDSIGHT_TRY(step.pattern, Pattern::compile(source));
    m_steps.push_back(std::move(step));
  }
  return {};
}

void PreTokenizer::run(std::string_view text,
                       const std::function<void(std::string_view)>& onWord) const {
  if (text.empty()) return;
  std::vector<std::string_view> pieces{text}, next;
  std::deque<std::string> made;  // texts that are not part of `text`; their addresses stay
  for (const auto& step : m_steps) {
    next.clear();
    for (const auto piece : pieces) switch (step.kind) {
        case Step::Kind::Split:
          step.pattern->split(piece, [&](std::string_view part, bool isMatch) {
            if (!(isMatch ? step.dropMatches : step.dropOthers)) next.push_back(part);
          });
          break;
        case Step::Kind::Digits:
          cutDigits(piece, step.eachDigit, next);
          break;
        case Step::Kind::PrefixSpace:
          next.push_back(piece.front() == ' ' ? piece
                                              : made.emplace_back(" " + std::string(piece)));
          break;
      }
    pieces.swap(next);
  }
  for (const auto piece : pieces) onWord(piece);
}

}  // namespace wordsight::text
