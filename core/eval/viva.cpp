#include "eval/viva.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

#include "base/file.h"
#include "base/utf8.h"
#include "domain/json.h"
#include "eval/viva_text.h"

namespace wordsight::eval {
namespace {

namespace fs = std::filesystem;
using viva::ActionAnswer;

std::string name(int option) { return std::string(1, letterOf(option)); }

/// One item while it is read: what goes wrong with its type is an error, the rest becomes an issue.
class ItemReader {
 public:
  ItemReader(const Json& json, std::string what, std::size_t place, BenchmarkReport& report)
      : m_json(json), m_what(std::move(what)), m_report(report) {
    m_item.index = static_cast<std::int64_t>(place) + 1;
  }

  Result<BenchmarkItem> read();

 private:
  Status readIndex();
  Status readText(const char* key, std::string& out);
  Status readTexts(const Json& from, const char* key, std::vector<std::string>& out);
  Status readOptions();
  void restoreOptions(std::vector<std::string> texts, const std::vector<int>& letters);
  Status readKey();
  Status readNonIntervention();
  Status readValues();
  void checkOptions();

  void issue(const char* field, std::string problem, std::string action) {
    m_report.issues.push_back({m_item.index, field, std::move(problem), std::move(action)});
  }
  void unusable(const char* field, const std::string& problem) {
    issue(field, problem, "left out of scoring");
    if (m_item.unusable.empty()) m_item.unusable = std::string(field) + ": " + problem;
  }

  const Json& m_json;
  std::string m_what;
  BenchmarkReport& m_report;
  BenchmarkItem m_item;
  ActionAnswer m_recorded;  // what action_answer says
};

Status ItemReader::readIndex() {
  const auto it = m_json.find("index");
  if (it == m_json.end() || it->is_null()) {
    issue("index", "no index",
          "numbered " + std::to_string(m_item.index) + " by its place in the file");
    return {};
  }
  if (!it->is_number_integer() ||
      (it->is_number_unsigned() && it->get<std::uint64_t>() > INT64_MAX))
    return fail(m_what + ": \"index\" must be a whole number, but it is " +
                dumpJson(*it).substr(0, 40) + ".");
  m_item.index = it->get<std::int64_t>();
  m_what += " (index " + std::to_string(m_item.index) + ")";
  return {};
}

Status ItemReader::readText(const char* key, std::string& out) {
  const auto it = m_json.find(key);
  if (it == m_json.end() || it->is_null()) return {};
  if (!it->is_string())
    return fail(m_what + ": \"" + key + "\" must be a text, but it is " + it->type_name() + ".");
  out = std::string(trimmed(it->get_ref<const std::string&>()));
  return {};
}

Status ItemReader::readTexts(const Json& from, const char* key, std::vector<std::string>& out) {
  const auto it = from.find(key);
  if (it == from.end() || it->is_null()) return {};
  if (!it->is_array()) return fail(m_what + ": \"" + key + "\" must be a list of texts.");
  for (const auto& each : *it) {
    if (!each.is_string()) return fail(m_what + ": every entry of \"" + key + "\" must be a text.");
    out.emplace_back(trimmed(each.get_ref<const std::string&>()));
  }
  return {};
}

Status ItemReader::readOptions() {
  std::vector<std::string> texts;
  if (!m_json.contains("action_list"))
    return fail(m_what +
                ": \"action_list\" (the options) is missing. Is this a file in VIVA's form?");
  WORDSIGHT_CHECK(readTexts(m_json, "action_list", texts));
  if (texts.size() > static_cast<std::size_t>(kMaxOptions))
    return fail(m_what + ": \"action_list\" has " + std::to_string(texts.size()) +
                " options; at most " + std::to_string(kMaxOptions) + " are possible.");
  std::vector<int> letters;
  for (auto& text : texts) letters.push_back(viva::takeLetter(text));
  const bool bare =
      std::all_of(letters.begin(), letters.end(), [](int letter) { return letter < 0; });
  bool inOrder = true;
  for (std::size_t i = 0; i < letters.size(); ++i)
    inOrder &= bare || letters[i] == static_cast<int>(i);
  if (inOrder && (bare || m_recorded.options.size() <= texts.size()))
    m_item.content.options = std::move(texts);
  else
    restoreOptions(std::move(texts), letters);
  return {};
}

// `letters` are not A, B, C … without a gap, or action_answer lists more options than action_list.
void ItemReader::restoreOptions(std::vector<std::string> texts, const std::vector<int>& letters) {
  const auto& recorded = m_recorded.options;
  bool agrees = true;
  std::set<int> present;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const int letter = letters[i];
    agrees &= letter >= 0 && present.insert(letter).second &&
              letter < static_cast<int>(recorded.size()) &&
              viva::sameText(recorded[static_cast<std::size_t>(letter)], texts[i]);
  }
  std::string missing;
  for (int letter = 0; letter < static_cast<int>(recorded.size()); ++letter)
    if (!present.contains(letter)) missing += (missing.empty() ? "" : ", ") + name(letter);
  std::string listed;
  for (const int letter : letters)
    listed += (listed.empty() ? "" : ", ") + (letter < 0 ? "none" : name(letter));
  if (!agrees || missing.empty()) {
    bool inOrder = true;
    for (std::size_t i = 0; i < letters.size(); ++i) inOrder &= letters[i] == static_cast<int>(i);
    m_item.content.options = std::move(texts);
    // A complete list stands, whatever action_answer says; a list with gaps cannot be scored.
    if (!inOrder)
      unusable("action_list",
               "the options are lettered " + listed + ", and action_answer does not help");
    return;
  }
  issue("action_list",
        "option " + missing + " is missing (the options are lettered " + listed + ")",
        "option " + missing + " taken from action_answer, whose other options agree");
  // Texts of the list stay as they are; only the missing ones come from action_answer.
  m_item.content.options = recorded;
  for (std::size_t i = 0; i < texts.size(); ++i)
    m_item.content.options[static_cast<std::size_t>(letters[i])] = std::move(texts[i]);
}

Status ItemReader::readKey() {
  auto& content = m_item.content;
  const int count = static_cast<int>(content.options.size());
  std::string answer;
  WORDSIGHT_CHECK(readText("answer", answer));
  if (!answer.empty()) {
    const int key = viva::soleLetter(answer);
    if (key < 0 || key >= count)
      unusable("answer",
               "\"" + toValidUtf8(answer.substr(0, 40)) + "\" is not the letter of an option");
    else
      content.key = key;
    return {};
  }
  ++m_report.keysMissing;
  const auto& recorded = m_recorded.options;
  bool agrees = recorded.size() == content.options.size();
  for (std::size_t i = 0; agrees && i < recorded.size(); ++i)
    agrees = viva::sameText(recorded[i], content.options[i]);
  if (m_recorded.key >= 0 && m_recorded.key < count && agrees) {
    content.key = m_recorded.key;
    ++m_report.keysRepaired;
    issue("answer", "null",
          "key " + name(content.key) + " taken from action_answer, whose options agree");
  } else if (m_recorded.key < 0) {
    unusable("answer", "null, and action_answer names no letter at its end");
  } else {
    unusable("answer", "null, and the options in action_answer are others");
  }
  return {};
}

Status ItemReader::readNonIntervention() {
  const auto it = m_json.find("non_interven_action");
  if (it == m_json.end()) return {};  // other benchmarks do not mark it
  std::string text;
  WORDSIGHT_CHECK(readText("non_interven_action", text));
  if (text.empty()) {
    issue("non_interven_action", "null or NaN", "no option counts as doing nothing");
    return {};
  }
  const int count = static_cast<int>(m_item.content.options.size());
  std::string read;
  for (const int letter : viva::leadingLetters(text)) {
    if (letter >= count) continue;
    m_item.nonIntervention.push_back(letter);
    read += (read.empty() ? "" : " and ") + name(letter);
  }
  if (!m_item.nonIntervention.empty())
    m_item.content.nonIntervention = m_item.nonIntervention.front();
  if (read != text)
    issue("non_interven_action", "\"" + toValidUtf8(text.substr(0, 60)) + "\" is not one letter",
          read.empty() ? "no option counts as doing nothing" : "read as " + read);
  return {};
}

Status ItemReader::readValues() {
  const auto it = m_json.find("values");
  if (it == m_json.end() || it->is_null()) return {};
  if (!it->is_object())
    return fail(m_what + ": \"values\" must be an object with \"positive\" and \"negative\".");
  WORDSIGHT_CHECK(readTexts(*it, "positive", m_item.positiveValues));
  return readTexts(*it, "negative", m_item.negativeValues);
}

void ItemReader::checkOptions() {
  const auto& options = m_item.content.options;
  if (options.size() < 2) return unusable("action_list", "fewer than two options");
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (options[i].empty())
      return unusable("action_list", "option " + name(static_cast<int>(i)) + " is empty");
    for (std::size_t k = i + 1; k < options.size(); ++k)
      if (viva::sameText(options[i], options[k])) {
        const int a = static_cast<int>(i), b = static_cast<int>(k);
        const std::string problem = "options " + name(a) + " and " + name(b) + " say the same";
        if (m_item.content.key == a || m_item.content.key == b)
          unusable("action_list", problem + ", and one of them is the key");
        else
          issue("action_list", problem, "kept: the key is another");
      }
  }
}

Result<BenchmarkItem> ItemReader::read() {
  if (!m_json.is_object())
    return fail(m_what + " must be a JSON object, but it is " + m_json.type_name() + ".");
  WORDSIGHT_CHECK(readIndex());
  auto& content = m_item.content;
  std::string recorded;
  WORDSIGHT_CHECK(readText("action_answer", recorded));
  m_recorded = viva::readActionAnswer(recorded);
  WORDSIGHT_CHECK(readText("situation_description", content.situation));
  WORDSIGHT_CHECK(readText("question", content.question));
  WORDSIGHT_CHECK(readText("reason", content.rationale));
  WORDSIGHT_CHECK(readText("category", content.category));
  if (content.category.starts_with('[') && content.category.ends_with(']') &&
      content.category.size() >= 2)
    content.category = std::string(
        trimmed(std::string_view(content.category).substr(1, content.category.size() - 2)));
  WORDSIGHT_CHECK(readText("image_file", m_item.imageFile));
  WORDSIGHT_CHECK(readText("image_url", m_item.imageUrl));
  WORDSIGHT_CHECK(readOptions());
  WORDSIGHT_CHECK(readKey());
  WORDSIGHT_CHECK(readNonIntervention());
  WORDSIGHT_CHECK(readValues());
  checkOptions();
  if (content.situation.empty())
    unusable("situation_description", "no text (null or NaN), so the caption arm cannot be asked");
  return std::move(m_item);
}

}  // namespace

Result<Benchmark> vivaFromText(std::string_view text, const std::string& what) {
  Benchmark out;
  auto& report = out.report;
  WORDSIGHT_TRY(const auto json, parseJsonWithNaN(text, what, &report.nanTokens));
  if (!json.is_array())
    return fail(what + ": a benchmark must be a JSON list of items, but this is " +
                json.type_name() + ".");
  if (json.empty()) return fail(what + " holds no items.");
  std::set<std::int64_t> seen;
  for (std::size_t place = 0; place < json.size(); ++place) {
    ItemReader reader(json[place], what + ": item " + std::to_string(place + 1), place, report);
    WORDSIGHT_TRY(auto item, reader.read());
    if (!seen.insert(item.index).second)
      return fail(what + ": item " + std::to_string(place + 1) + " has index " +
                  std::to_string(item.index) +
                  ", which an earlier item has too; number the items anew.");
    report.unusable += !item.unusable.empty();
    out.items.push_back(std::move(item));
  }
  report.items = static_cast<int>(out.items.size());
  return out;
}

Result<Benchmark> readViva(const fs::path& file) {
  WORDSIGHT_TRY(const auto text, readFile(file, std::uint64_t{1} << 28));
  return vivaFromText(text, file.string());
}

namespace {

constexpr std::array<const char*, 5> kPictureEndings{".jpg", ".jpeg", ".png", ".webp", ".bmp"};

std::string lowered(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

bool isPicture(const fs::path& file) {
  const std::string ending = lowered(file.extension().string());
  return std::find(kPictureEndings.begin(), kPictureEndings.end(), ending) != kPictureEndings.end();
}

}  // namespace

Status joinPictures(std::vector<BenchmarkItem>& items, const fs::path& folder,
                    BenchmarkReport& report) {
  constexpr const char* kNotFound = "no such picture in ";
  std::error_code code;
  if (!fs::is_directory(folder, code))
    return fail(folder.string() +
                    " is not a folder that can be read; give the folder that holds the benchmark's "
                    "pictures.",
                ErrorKind::NotFound);
  std::set<std::string> names;
  std::map<std::string, std::set<std::string>> byStem;  // names of pictures
  fs::directory_iterator it(folder, code);
  for (; !code && it != fs::directory_iterator(); it.increment(code)) {
    const auto& path = it->path();
    std::error_code ignored;
    if (!it->is_regular_file(ignored)) continue;
    names.insert(path.filename().string());
    if (isPicture(path)) byStem[path.stem().string()].insert(path.filename().string());
  }
  if (code)
    return fail("The folder " + folder.string() + " could not be read (" + code.message() + ").",
                ErrorKind::Io);

  report.picturesFound = report.picturesMissing = 0;
  std::erase_if(report.issues,
                [&](const ItemIssue& issue) { return issue.problem.starts_with(kNotFound); });
  for (auto& item : items) {
    item.picture.clear();
    // Only the name counts: a benchmark file must not lead out of the folder.
    const fs::path wanted = fs::path(item.imageFile).filename();
    std::string action = "cannot be asked with its picture";
    if (!wanted.empty() && names.contains(wanted.string())) {
      item.picture = (folder / wanted).string();
      action.clear();
    } else if (const auto found = byStem.find(wanted.stem().string());
               !wanted.empty() && found != byStem.end()) {
      if (found->second.size() == 1) {
        item.picture = (folder / *found->second.begin()).string();
        action = kJoinedByStem + *found->second.begin();
      } else {
        action = kSeveralOfStem;
        for (const auto& name : found->second)
          action += (name == *found->second.begin() ? "" : ", ") + name;
      }
    }
    ++(item.picture.empty() ? report.picturesMissing : report.picturesFound);
    if (!action.empty())
      report.issues.push_back(
          {item.index, "image_file", kNotFound + folder.string() + ": " + item.imageFile, action});
  }
  return {};
}

}  // namespace wordsight::eval
