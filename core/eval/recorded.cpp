#include "eval/recorded.h"

#include <map>
#include <optional>

#include "base/file.h"
#include "base/utf8.h"
#include "domain/json.h"
#include "eval/choice.h"
#include "eval/viva_text.h"

namespace wordsight::eval {
namespace {

namespace fs = std::filesystem;

/// An entry of the file, whichever of the two forms it has.
struct Entry {
  std::int64_t index = 0;
  bool hasIndex = false;
  std::string url, file;
  std::vector<std::string> options;  // without letters; empty when the entry has none
  std::string text;
};

std::string textOf(const Json& json, const char* key) {
  const auto it = json.find(key);
  return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}

/// The answer: result[0].prediction, prediction, text or letter; where the entry is no VIVA item,
/// whose "answer" is the key, that too. An error says why there is none.
Result<std::string> answerOf(const Json& json) {
  const Json* holder = &json;
  if (const auto it = json.find("result");
      it != json.end() && it->is_array() && !it->empty() && (*it)[0].is_object())
    holder = &(*it)[0];
  const bool isItem = json.contains("action_list") || json.contains("situation_description");
  for (const char* key : {"prediction", "text", "letter", "answer"}) {
    if (key == std::string_view("answer") && isItem) continue;
    const auto it = holder->find(key);
    if (it == holder->end() || it->is_null()) continue;
    if (it->is_string()) return it->get<std::string>();
    if (it->is_number())
      return fail("\"" + std::string(key) + "\" is the number " + it->dump() +
                  ", which may count options from 0 or from 1: write the letter");
    return fail("\"" + std::string(key) + "\" is " + it->type_name() + ", not a text");
  }
  return fail("no answer (result[0].prediction, prediction, text, letter or answer)");
}

Entry entryOf(const Json& json, std::int64_t place) {
  Entry entry;
  entry.index = place;
  if (const auto it = json.find("index"); it != json.end() && it->is_number_integer()) {
    entry.index = it->get<std::int64_t>();
    entry.hasIndex = true;
  }
  entry.url = trimmed(textOf(json, "image_url"));
  entry.file = trimmed(textOf(json, "image_file"));
  if (const auto it = json.find("action_list"); it != json.end() && it->is_array())
    for (const auto& option : *it) {
      std::string text =
          option.is_string() ? std::string(trimmed(option.get_ref<const std::string&>())) : "";
      viva::takeLetter(text);
      entry.options.push_back(std::move(text));
    }
  return entry;
}

/// By how many places the entry moved the item's options on; nullopt when they are others or stand
/// in another order.
std::optional<int> shiftBetween(const std::vector<std::string>& item,
                                const std::vector<std::string>& shown) {
  const int n = static_cast<int>(item.size());
  if (shown.size() != item.size()) return {};
  for (int shift = 0; shift < n; ++shift) {
    bool same = true;
    for (int place = 0; same && place < n; ++place)
      same = viva::sameText(shown[static_cast<std::size_t>(place)],
                            item[static_cast<std::size_t>(originalOption(place, shift, n))]);
    if (same) return shift;
  }
  return {};
}

/// A released file may lack the option that the annotation file lacked and that was restored since:
/// every option it shows stands at its letter in the item. Then letters mean the same.
bool isSubsetByLetter(const std::vector<std::string>& item, const Json& json) {
  const auto it = json.find("action_list");
  if (it == json.end() || !it->is_array() || it->size() >= item.size() || it->empty()) return false;
  for (const auto& option : *it) {
    std::string text =
        option.is_string() ? std::string(trimmed(option.get_ref<const std::string&>())) : "";
    const int letter = viva::takeLetter(text);
    if (letter < 0 || letter >= static_cast<int>(item.size()) ||
        !viva::sameText(text, item[static_cast<std::size_t>(letter)]))
      return false;
  }
  return true;
}

class Joiner {
 public:
  explicit Joiner(const std::vector<BenchmarkItem>& items) : m_items(items), m_taken(items.size()) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!items[i].imageUrl.empty()) m_byUrl.emplace(items[i].imageUrl, i);
      if (!items[i].imageFile.empty()) m_byFile.emplace(items[i].imageFile, i);
      m_byIndex.emplace(items[i].index, i);
    }
  }

  void add(const Json& json, std::int64_t place);
  RecordedAnswers finish();

 private:
  struct Match {
    std::size_t item;
    int shift;
  };
  std::vector<Match> matches(const Entry& entry, const Json& json, bool& optionsDiffer) const;

  const std::vector<BenchmarkItem>& m_items;
  std::vector<std::optional<RecordedAnswer>> m_taken;
  std::multimap<std::string, std::size_t> m_byUrl, m_byFile;
  std::map<std::int64_t, std::size_t> m_byIndex;
  RecordedAnswers m_out;
};

std::vector<Joiner::Match> Joiner::matches(const Entry& entry, const Json& json,
                                           bool& optionsDiffer) const {
  std::vector<std::size_t> candidates;
  const auto take = [&](const auto& map, const std::string& key) {
    for (auto [it, end] = map.equal_range(key); it != end; ++it) candidates.push_back(it->second);
  };
  if (!entry.url.empty()) {
    take(m_byUrl, entry.url);
  } else if (!entry.options.empty() && !entry.file.empty()) {
    take(m_byFile, entry.file);
  } else if (entry.hasIndex) {
    if (const auto it = m_byIndex.find(entry.index); it != m_byIndex.end())
      candidates.push_back(it->second);
  }
  std::vector<Match> found;
  for (const std::size_t i : candidates) {
    const auto& options = m_items[i].content.options;
    if (entry.options.empty()) {
      found.push_back({i, 0});
    } else if (const auto shift = shiftBetween(options, entry.options)) {
      found.push_back({i, *shift});
    } else if (isSubsetByLetter(options, json)) {
      found.push_back({i, 0});
    } else {
      optionsDiffer = true;
    }
  }
  // Twins (one URL, the same options) are told apart by the number, if it is that of one of them.
  if (found.size() > 1 && entry.hasIndex)
    for (const auto& match : found)
      if (m_items[match.item].index == entry.index) return {match};
  return found;
}

void Joiner::add(const Json& json, std::int64_t place) {
  ++m_out.records;
  if (!json.is_object()) {
    m_out.issues.push_back(
        {place, "entry", std::string("it is ") + json.type_name() + ", not an object", "left out"});
    return;
  }
  const Entry entry = entryOf(json, place);
  const auto refuse = [&](const char* field, std::string problem) {
    m_out.issues.push_back({entry.index, field, std::move(problem), "left out"});
  };
  const auto text = answerOf(json);
  if (!text) return refuse("prediction", text.error().message);
  bool optionsDiffer = false;
  const auto found = matches(entry, json, optionsDiffer);
  if (found.empty() && optionsDiffer)
    return refuse("action_list",
                  "the item has other options, or the same in another order that is not cyclic");
  if (found.empty())
    return refuse(entry.url.empty() ? "index" : "image_url", "no item of the benchmark has it");
  if (found.size() > 1)
    return refuse("image_url", "several items of the benchmark have this URL and these options");
  const std::size_t i = found[0].item;
  if (m_taken[i])
    return refuse("index", "a second answer to item " + std::to_string(m_items[i].index));
  RecordedAnswer answer;
  answer.item = i;
  answer.rawText = toValidUtf8(*text);
  answer.shift = found[0].shift;
  const auto& options = m_items[i].content.options;
  answer.choice = readChoice(answer.rawText, shiftedOptions(options, answer.shift));
  answer.choice.option =
      originalOption(answer.choice.option, answer.shift, static_cast<int>(options.size()));
  m_taken[i] = std::move(answer);
}

RecordedAnswers Joiner::finish() {
  for (auto& answer : m_taken)
    if (answer) m_out.answers.push_back(std::move(*answer));
  return std::move(m_out);
}

}  // namespace

Result<RecordedAnswers> readRecorded(const fs::path& file,
                                     const std::vector<BenchmarkItem>& items) {
  WORDSIGHT_TRY(const auto text, readFile(file, std::uint64_t{1} << 28));
  Joiner joiner(items);
  const auto body = trimmed(text.starts_with("\xef\xbb\xbf") ? std::string_view(text).substr(3)
                                                             : std::string_view(text));
  if (body.empty()) return fail(file.string() + " is empty; recorded answers were expected.");
  if (body[0] == '[') {
    WORDSIGHT_TRY(const auto json, parseJsonWithNaN(body, file.string(), nullptr));
    std::int64_t place = 0;
    for (const auto& entry : json) joiner.add(entry, ++place);
  } else {
    WORDSIGHT_CHECK(forEachLine(file, [&](std::string_view line, std::size_t number) -> Status {
      if (trimmed(line).empty()) return {};
      WORDSIGHT_TRY(
          const auto json,
          parseJsonWithNaN(line, file.string() + " line " + std::to_string(number), nullptr));
      joiner.add(json, static_cast<std::int64_t>(number));
      return {};
    }));
  }
  auto out = joiner.finish();
  if (out.answers.empty()) {
    std::string why = out.issues.empty() ? "it holds no entries"
                                         : out.issues[0].field + ": " + out.issues[0].problem;
    return fail(file.string() + ": none of its " + std::to_string(out.records) +
                " answers belongs to an item of the benchmark (the first: " + why +
                "). Is it a file for another benchmark?");
  }
  return out;
}

}  // namespace wordsight::eval
