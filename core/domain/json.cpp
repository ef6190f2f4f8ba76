#include "domain/json.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/file.h"
#include "base/utf8.h"

namespace wordsight {
namespace {

constexpr int kMaxDepth = 200;  // deeper nesting is an attack on the parser's stack, not data

/// "line 3, column 7" of a byte offset (from 1).
std::string placeOf(std::string_view text, std::size_t byte) {
  byte = std::min(byte, text.size());
  const auto before = text.substr(0, byte);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto lineStart = before.rfind('\n');
  const auto column = byte - (lineStart == std::string_view::npos ? 0 : lineStart + 1);
  return "line " + std::to_string(line) + ", column " +
         std::to_string(std::max<std::size_t>(1, column));
}

/// What nlohmann says, without its "[json.exception…] parse error at line 1, column 2: " front.
std::string plainReason(const std::string& what) {
  const auto colon = what.find(": ");
  std::string reason = colon == std::string::npos ? what : what.substr(colon + 2);
  if (const auto last = reason.find("; last read"); last != std::string::npos) reason.resize(last);
  return reason;
}

bool tooDeep(std::string_view text) {
  int depth = 0;
  bool inString = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inString) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        inString = false;
    } else if (c == '"') {
      inString = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxDepth) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

constexpr std::string_view kWords[] = {"-Infinity", "Infinity", "NaN"};

/// The word of those in which a parser stopped at `byte`, or empty.
std::string_view wordAt(std::string_view text, std::size_t byte) {
  for (const auto word : kWords) {
    const std::size_t from = byte > word.size() ? byte - word.size() : 0;
    const auto at = text.find(word, from);
    if (at != std::string_view::npos && at <= byte) return word;
  }
  return {};
}

/// Turns bare NaN, Infinity and -Infinity outside strings into null.
std::string withoutNaN(std::string_view text, int* replaced) {
  std::string out;
  out.reserve(text.size() + 64);
  bool inString = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inString) {
      out += c;
      if (c == '\\' && i + 1 < text.size())
        out += text[++i];
      else if (c == '"')
        inString = false;
      continue;
    }
    inString = c == '"';
    const auto isHere = [&](std::string_view word) { return text.substr(i, word.size()) == word; };
    const auto* word = std::find_if(std::begin(kWords), std::end(kWords), isHere);
    if (word == std::end(kWords)) {
      out += c;
      continue;
    }
    out += "null";
    i += word->size() - 1;
    if (replaced) ++*replaced;
  }
  return out;
}

}  // namespace

Result<Json> parseJson(std::string_view text, const std::string& what) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return fail(what + " is empty: JSON was expected.");
  if (tooDeep(text))
    return fail(what + " is nested more than " + std::to_string(kMaxDepth) + " levels deep.");
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& e) {
    const auto word = wordAt(text, e.byte);
    return fail(what + ": not valid JSON at " + placeOf(text, e.byte) + ": " +
                (word.empty() ? plainReason(e.what())
                              : std::string(word) + " is no value in JSON; write null instead") +
                ".");
  } catch (const std::exception& e) {
    return fail(what + ": not valid JSON: " + plainReason(e.what()) + ".");
  }
}

Result<Json> parseJsonWithNaN(std::string_view text, const std::string& what, int* replaced) {
  if (replaced) *replaced = 0;
  return parseJson(withoutNaN(text, replaced), what);
}

Result<Json> readJsonFile(const std::filesystem::path& path, std::uint64_t limit) {
  WORDSIGHT_TRY(const auto text, readFile(path, limit));
  return parseJson(text, path.string());
}

std::string dumpJson(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string dumpJsonPretty(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

// ----------------------------------------------------------------------------------------------
// ObjectReader

ObjectReader::ObjectReader(const Json& object, std::string what)
    : m_object(object), m_what(std::move(what)) {
  if (!object.is_object())
    setError(m_what + " must be a JSON object, but it is " + std::string(object.type_name()) + ".");
}

const Json* ObjectReader::find(const char* key) {
  m_known.emplace_back(key);
  if (!m_object.is_object()) return nullptr;
  const auto it = m_object.find(key);
  return it == m_object.end() ? nullptr : &*it;
}

const Json* ObjectReader::member(const char* key) { return find(key); }

void ObjectReader::setError(std::string message) {
  if (!m_error) m_error = Error{std::move(message), ErrorKind::Invalid};
}

namespace {
std::string wrongType(const std::string& what, const char* key, const char* expected,
                      const Json& value) {
  std::string shown = dumpJson(value);
  if (shown.size() > 60) shown = shown.substr(0, 57) + "…";
  return what + ": \"" + key + "\" must be " + expected + ", but it is " + toValidUtf8(shown) + ".";
}
std::string numberText(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%g", value);
  return buffer;
}
}  // namespace

ObjectReader& ObjectReader::read(const char* key, std::string& out) {
  if (const Json* value = find(key); value && !value->is_null()) {
    if (value->is_string())
      out = value->get<std::string>();
    else
      setError(wrongType(m_what, key, "a text", *value));
  }
  return *this;
}

ObjectReader& ObjectReader::require(const char* key, std::string& out) {
  const Json* value = find(key);
  if (!value)
    setError(m_what + ": \"" + key + "\" is missing.");
  else if (!value->is_string())
    setError(wrongType(m_what, key, "a text", *value));
  else
    out = value->get<std::string>();
  return *this;
}

ObjectReader& ObjectReader::read(const char* key, bool& out) {
  if (const Json* value = find(key)) {
    if (value->is_boolean())
      out = value->get<bool>();
    else
      setError(wrongType(m_what, key, "true or false", *value));
  }
  return *this;
}

ObjectReader& ObjectReader::read(const char* key, std::int64_t& out, std::int64_t least,
                                 std::int64_t most) {
  if (const Json* value = find(key)) {
    const std::string expected =
        "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    const bool fits =
        value->is_number_integer() &&
        (!value->is_number_unsigned() ||
         value->get<std::uint64_t>() <= std::uint64_t(std::numeric_limits<std::int64_t>::max()));
    const std::int64_t number = fits ? value->get<std::int64_t>() : 0;
    if (!fits || number < least || number > most)
      setError(wrongType(m_what, key, expected.c_str(), *value));
    else
      out = number;
  }
  return *this;
}

ObjectReader& ObjectReader::read(const char* key, int& out, std::int64_t least, std::int64_t most) {
  std::int64_t wide = out;
  read(key, wide, least, most);
  out = static_cast<int>(wide);
  return *this;
}

ObjectReader& ObjectReader::read(const char* key, std::uint64_t& out) {
  if (const Json* value = find(key)) {
    // Numbers made by this program may be signed in memory; read from text they are unsigned.
    if (value->is_number_unsigned() ||
        (value->is_number_integer() && value->get<std::int64_t>() >= 0))
      out = value->get<std::uint64_t>();
    else
      setError(wrongType(m_what, key, "a whole number, 0 or more", *value));
  }
  return *this;
}

ObjectReader& ObjectReader::read(const char* key, double& out, double least, double most) {
  if (const Json* value = find(key)) {
    const std::string expected = "a number from " + numberText(least) + " to " + numberText(most);
    const double number = value->is_number() ? value->get<double>() : std::nan("");
    if (!(number >= least && number <= most))
      setError(wrongType(m_what, key, expected.c_str(), *value));
    else
      out = number;
  }
  return *this;
}

ObjectReader& ObjectReader::read(const char* key, std::vector<std::string>& out) {
  if (const Json* value = find(key)) {
    const bool good = value->is_array() && std::all_of(value->begin(), value->end(),
                                                       [](const Json& x) { return x.is_string(); });
    if (!good)
      setError(wrongType(m_what, key, "a list of texts", *value));
    else
      out = value->get<std::vector<std::string>>();
  }
  return *this;
}

ObjectReader& ObjectReader::readOneOf(const char* key, std::string& out,
                                      std::initializer_list<const char*> allowed) {
  if (const Json* value = find(key)) {
    std::string list;
    for (const char* word : allowed) {
      if (value->is_string() && value->get<std::string>() == word) {
        out = word;
        return *this;
      }
      list += (list.empty() ? "" : ", ") + std::string(word);
    }
    setError(wrongType(m_what, key, ("one of " + list).c_str(), *value));
  }
  return *this;
}

Status ObjectReader::finish(bool allowUnknown) {
  if (m_error) return fail(*m_error);
  if (allowUnknown) return {};
  for (const auto& [key, value] : m_object.items()) {
    if (std::find(m_known.begin(), m_known.end(), key) != m_known.end()) continue;
    const auto near = nearestWord(key, m_known);
    return fail(m_what + ": unknown key \"" + key + "\"" +
                (near.empty() ? "; remove it." : "; did you mean \"" + near + "\"?"));
  }
  return {};
}

std::string nearestWord(std::string_view word, const std::vector<std::string>& known) {
  std::string best;
  std::size_t bestDistance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const auto& candidate : known) {
    // Levenshtein distance, two rows.
    std::vector<std::size_t> row(candidate.size() + 1);
    for (std::size_t j = 0; j <= candidate.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= word.size() && i <= 200; ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j <= candidate.size(); ++j) {
        const std::size_t up = row[j];
        row[j] = std::min(
            {row[j] + 1, row[j - 1] + 1, diagonal + (word[i - 1] == candidate[j - 1] ? 0 : 1)});
        diagonal = up;
      }
    }
    if (row.back() < bestDistance) {
      bestDistance = row.back();
      best = candidate;
    }
  }
  return best;
}

}  // namespace wordsight
