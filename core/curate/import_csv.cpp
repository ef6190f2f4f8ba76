#include "curate/import_csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/utf8.h"
#include "domain/scenario.h"

namespace wordsight::curate {
namespace {

/// " Option A" → "option_a"
std::string columnName(std::string_view text) {
  std::string name;
  for (const char c : trimmed(text))
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c == ' ' || c == '-' ? '_' : c;
  return name;
}

bool namesSituation(const std::string& name) {
  return name == "situation" || name == "situation_description" || name == "scenario";
}

/// The member of the JSON form that a column fills; empty: none.
std::string memberOf(const std::string& name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kNames = {
      {{"question", "question"},
       {"answer", "key"},
       {"key", "key"},
       {"rationale", "rationale"},
       {"reason", "rationale"},
       {"category", "category"},
       {"non_intervention", "non_intervention"}}};
  if (namesSituation(name)) return "situation";
  for (const auto& [column, member] : kNames)
    if (name == column) return std::string(member);
  return {};
}

bool isOwn(const std::string& name) {
  return name == "strategy" || name == "generator" || name == "prompt_hash" || name == "seed" ||
         name == "status";
}

/// "option_c", or "c" alone: 2. -1: no option's column.
int optionIndex(std::string_view name) {
  if (name.starts_with("option_")) name.remove_prefix(7);
  return name.size() == 1 && name[0] >= 'a' && name[0] <= 'z' ? name[0] - 'a' : -1;
}

/// A cell that holds all options: a JSON list, or lines "A. …".
Result<Json> optionList(const std::string& cell, const std::string& where) {
  if (trimmed(cell).starts_with('[')) return parseJson(cell, where + ": options");
  Json options = Json::array();
  std::string_view rest = cell;
  for (bool more = true; more;) {
    const auto end = rest.find('\n');
    more = end != std::string_view::npos;
    const auto line = trimmed(rest.substr(0, end));
    if (more) rest.remove_prefix(end + 1);
    if (line.empty()) continue;
    const auto index = static_cast<int>(options.size());
    if (withoutLetter(line, index) == line)
      return fail(where + ": the options are neither a JSON list nor lines \"A. …\", \"B. …\".");
    options.push_back(std::string(line));
  }
  return options;
}

}  // namespace

char csvDelimiter(std::string_view head) {
  for (const char delimiter : {',', ';', '\t'}) {
    const auto header = firstCsvRecord(head, delimiter);
    if (header.fields.size() >= 2 &&
        std::any_of(header.fields.begin(), header.fields.end(),
                    [](const auto& field) { return namesSituation(columnName(field)); }))
      return delimiter;
  }
  return 0;
}

Result<CsvColumns> CsvColumns::fromHeader(const CsvRecord& header, const std::string& file) {
  CsvColumns columns;
  columns.m_count = header.fields.size();
  std::array<std::optional<std::size_t>, kMaxOptions> options{};
  std::vector<std::string> seen;
  for (std::size_t place = 0; place < header.fields.size(); ++place) {
    const auto name = columnName(header.fields[place]);
    const int option = optionIndex(name);
    if (name == "split") continue;  // our own export says it of datasets; splits are made anew
    std::string member = memberOf(name);
    if (option >= 0)
      member = "option_" + std::string(1, static_cast<char>('a' + option));
    else if (isOwn(name) || name == "options")
      member = name;
    if (member.empty()) {
      columns.m_unknown.push_back(toValidUtf8(header.fields[place]));
      continue;
    }
    if (std::find(seen.begin(), seen.end(), member) != seen.end())
      return fail(file + " has two columns for \"" + member + "\": keep one of them.");
    seen.push_back(member);
    if (const std::string heading(trimmed(toValidUtf8(header.fields[place]))); heading != member)
      columns.m_headings.emplace_back(member, heading);
    if (option >= 0)
      options[static_cast<std::size_t>(option)] = place;
    else if (name == "options")
      columns.m_optionList = static_cast<std::ptrdiff_t>(place);
    else
      columns.m_texts.push_back({place, member, isOwn(name)});
  }
  for (const auto& place : options) {
    if (!place) break;
    columns.m_options.push_back(*place);
  }
  const auto lettered = static_cast<std::size_t>(
      std::count_if(options.begin(), options.end(), [](const auto& o) { return o.has_value(); }));
  if (lettered != columns.m_options.size())
    return fail(file + " has no column \"option_" +
                std::string(1, static_cast<char>('a' + columns.m_options.size())) +
                "\", but one of a later letter: name them a, b, c … without a gap.");
  if (columns.m_options.size() < 2 && columns.m_optionList < 0)
    return fail(file +
                " has no columns of options: name them option_a, option_b … in its first line.");
  return columns;
}

Result<Json> CsvColumns::scenario(const CsvRecord& record, const std::string& where) const {
  if (!record.problem.empty()) return fail(where + ": " + record.problem + ".");
  if (record.fields.size() != m_count)
    return fail(where + ": it has " + std::to_string(record.fields.size()) + " fields, but the " +
                "first line names " + std::to_string(m_count) + ".");
  for (const auto& field : record.fields)
    if (!isValidUtf8(field))
      return fail(where + ": a text is not UTF-8. Save the file as \"CSV UTF-8\".");
  Json json, own;
  for (const auto& column : m_texts) {
    const auto& field = record.fields[column.place];
    if (trimmed(field).empty()) continue;
    if (column.member != "seed") {
      (column.own ? own : json)[column.member] = field;
      continue;
    }
    std::uint64_t seed = 0;
    const auto digits = trimmed(field);
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), seed);
    if (error != std::errc() || end != digits.end())
      return fail(where + ": the seed \"" + std::string(digits.substr(0, 40)) +
                  "\" is not a whole number.");
    own["seed"] = seed;
  }
  if (m_optionList >= 0) {
    WORDSIGHT_TRY(json["options"],
                  optionList(record.fields[static_cast<std::size_t>(m_optionList)], where));
  } else {
    std::size_t count = m_options.size();  // an item may have fewer options than columns
    while (count > 0 && trimmed(record.fields[m_options[count - 1]]).empty()) --count;
    json["options"] = Json::array();
    for (std::size_t i = 0; i < count; ++i) json["options"].push_back(record.fields[m_options[i]]);
  }
  if (!own.is_null()) json["wordsight"] = std::move(own);
  return json;
}

}  // namespace wordsight::curate
