#include "curate/records.h"

#include <fstream>
#include <optional>
#include <utility>

namespace wordsight::curate {
namespace {

constexpr std::size_t kMostFields = 1000;  // of a CSV record; a scenario has about a dozen
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// The file's bytes chunk by chunk, without a byte-order mark.
Status forEachChunk(const std::filesystem::path& file,
                    const std::function<Status(std::string_view)>& onChunk) {
  std::error_code code;
  if (std::filesystem::is_directory(file, code))
    return fail(file.string() + " is a folder, not a text file.");
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return fail("Cannot read " + file.string() + ": is it there, and may it be read?",
                ErrorKind::Io);
  std::string chunk(std::size_t{1} << 16, '\0');
  for (bool first = true; in; first = false) {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    std::string_view text(chunk.data(), static_cast<std::size_t>(in.gcount()));
    if (first && text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    WORDSIGHT_CHECK(onChunk(text));
  }
  if (in.bad()) return fail("Reading " + file.string() + " failed.", ErrorKind::Io);
  return {};
}

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Cuts an array into its elements by brackets and quotes alone: what is inside them is the
/// parser's matter.
class ArraySplitter {
 public:
  using OnElement = std::function<Status(std::string_view, std::size_t)>;
  ArraySplitter(std::string file, const OnElement& onElement)
      : m_file(std::move(file)), m_onElement(onElement) {}

  Status feed(std::string_view chunk) {
    for (const char c : chunk) {
      m_line += c == '\n';
      WORDSIGHT_CHECK(take(c));
    }
    return {};
  }
  Status finish() const {
    if (m_place == Place::After) return {};
    return fail(
        m_file + " ends inside its array: " +
        (m_place == Place::Element && (m_depth > 0 || m_quoted)
             ? "the element that begins in line " + std::to_string(m_began) + " is not complete."
             : std::string("its closing bracket is missing.")) +
        " Is the file whole?");
  }

 private:
  enum class Place { Before, Between, Element, After };

  Status take(char c) {
    switch (m_place) {
      case Place::Before:
        if (c == '[')
          m_place = Place::Between;
        else if (!isSpace(c))
          return fail(m_file + " is not a JSON array.");
        return {};
      case Place::Between:
        if (isSpace(c)) return {};
        if (c == ']' && m_elements == 0) {
          m_place = Place::After;
          return {};
        }
        m_place = Place::Element;
        m_began = m_line;
        return inElement(c);
      case Place::Element:
        return inElement(c);
      case Place::After:
        if (isSpace(c)) return {};
        return fail(m_file + " goes on after the end of its array, in line " +
                    std::to_string(m_line) + ": remove what stands there.");
    }
    return {};
  }

  Status inElement(char c) {
    if (m_quoted) {
      if (m_escaped)
        m_escaped = false;
      else if (c == '\\')
        m_escaped = true;
      else if (c == '"')
        m_quoted = false;
    } else if (m_depth == 0 && (c == ',' || c == ']')) {
      m_place = c == ',' ? Place::Between : Place::After;
      const std::string element = std::exchange(m_element, {});
      return m_onElement(element, ++m_elements);
    } else if (c == '"') {
      m_quoted = true;
    } else if (c == '{' || c == '[') {
      ++m_depth;
    } else if ((c == '}' || c == ']') && m_depth > 0) {
      --m_depth;
    }
    if (m_element.size() <= kMostRecord) m_element += c;
    return {};
  }

  const std::string m_file;
  const OnElement& m_onElement;
  Place m_place = Place::Before;
  std::string m_element;
  std::size_t m_depth = 0, m_elements = 0, m_line = 1, m_began = 1;
  bool m_quoted = false, m_escaped = false;
};

class CsvParser {
 public:
  using OnRecord = std::function<Status(CsvRecord&&)>;
  CsvParser(char delimiter, OnRecord onRecord)
      : m_delimiter(delimiter), m_onRecord(std::move(onRecord)) {}

  Status feed(std::string_view chunk) {
    for (std::size_t i = 0; i < chunk.size() && !m_ended; ++i) WORDSIGHT_CHECK(take(chunk[i]));
    return {};
  }
  Status finish() {
    if (m_ended) return {};
    if (m_return) m_field += '\r';
    if (m_state == State::Quoted) return endBroken("is never closed");
    if (m_state == State::Start && m_record.fields.empty()) return {};
    return endRecord();
  }

 private:
  enum class State { Start, Plain, Quoted, AfterQuote };

  Status take(char c) {
    // "\r\n" ends a record like "\n"; a "\r" alone is text.
    if (std::exchange(m_return, false) && c != '\n') append('\r');
    if (m_state == State::Quoted) {
      if (c == '"')
        m_state = State::AfterQuote;
      else
        append(c);
      m_line += c == '\n';
      return m_size > kMostRecord ? endBroken("is not closed within 1 MiB") : Status();
    }
    if (c == '\r') {
      m_return = true;
    } else if (c == m_delimiter) {
      endField();
    } else if (c == '\n') {
      WORDSIGHT_CHECK(endRecord());
      m_record.line = ++m_line;
    } else if (c == '"' && m_state == State::Start) {
      m_state = State::Quoted;
      m_opened = m_line;
    } else if (c == '"' && m_state == State::AfterQuote) {
      append(c);
      m_state = State::Quoted;
    } else {
      if (m_state == State::AfterQuote && m_record.problem.empty())
        m_record.problem =
            "there is text between a closing quote and the next field; a quote inside a field is "
            "written twice";
      append(c);
      m_state = State::Plain;
    }
    return {};
  }

  void append(char c) {
    if (++m_size <= kMostRecord)
      m_field += c;
    else
      m_record.problem = "it is longer than 1 MiB, so it is no scenario";
  }
  void endField() {
    m_state = State::Start;
    if (m_record.fields.size() < kMostFields)
      m_record.fields.push_back(std::exchange(m_field, {}));
    else
      m_record.problem = "it has more than " + std::to_string(kMostFields) + " fields";
    m_field.clear();
  }
  Status endRecord() {
    endField();
    m_size = 0;
    return m_onRecord(std::exchange(m_record, {}));
  }
  /// Where the text after an open quote belongs to nobody can tell.
  Status endBroken(const std::string& what) {
    m_ended = true;
    m_record.problem = "the quote that opens in line " + std::to_string(m_opened) + " " + what +
                       ", and the file was not read further";
    return endRecord();
  }

  const char m_delimiter;
  const OnRecord m_onRecord;
  State m_state = State::Start;
  CsvRecord m_record{{}, 1, {}};
  std::string m_field;
  std::size_t m_size = 0, m_line = 1, m_opened = 1;
  bool m_return = false, m_ended = false;
};

}  // namespace

Status forEachArrayElement(const std::filesystem::path& file,
                           const std::function<Status(std::string_view, std::size_t)>& onElement) {
  ArraySplitter splitter(file.string(), onElement);
  WORDSIGHT_CHECK(forEachChunk(file, [&](std::string_view chunk) { return splitter.feed(chunk); }));
  return splitter.finish();
}

std::string firstArrayElement(std::string_view text) {
  std::string first;
  const ArraySplitter::OnElement take = [&](std::string_view element, std::size_t) -> Status {
    first = element;
    return fail("enough", ErrorKind::Cancelled);
  };
  (void)ArraySplitter({}, take).feed(text);
  return first;
}

Status forEachCsvRecord(const std::filesystem::path& file, char delimiter,
                        const std::function<Status(CsvRecord&&)>& onRecord) {
  CsvParser parser(delimiter, onRecord);
  WORDSIGHT_CHECK(forEachChunk(file, [&](std::string_view chunk) { return parser.feed(chunk); }));
  return parser.finish();
}

CsvRecord firstCsvRecord(std::string_view text, char delimiter) {
  std::optional<CsvRecord> first;
  CsvParser parser(delimiter, [&](CsvRecord&& record) -> Status {
    if (!first) first = std::move(record);
    return fail("enough", ErrorKind::Cancelled);
  });
  if (parser.feed(text)) (void)parser.finish();
  return first ? std::move(*first) : CsvRecord();
}

std::string csvField(std::string_view text) {
  const bool plain = text.find_first_of(",;\t\"\r\n") == std::string_view::npos &&
                     (text.empty() || (text.front() != ' ' && text.back() != ' '));
  if (plain) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace wordsight::curate
