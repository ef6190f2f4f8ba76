#include "store/scenario_query.h"

#include <algorithm>

#include "store/search_text.h"

namespace wordsight::store {
namespace {

const char* orderColumn(ScenarioFilter::Sort sort) {
  using Sort = ScenarioFilter::Sort;
  switch (sort) {
    case Sort::Created:
      return "c.scenario";
    case Sort::Changed:
      return "c.changed_at";
    case Sort::Situation:
      return "c.opening";
    case Sort::Key:
      return "c.key";
    case Sort::Status:
      return "c.status";
    case Sort::Strategy:
      return "c.strategy";
    case Sort::Generator:
      return "c.generator";
    case Sort::Category:
      return "c.category";
    case Sort::Issues:
      return "c.issues";
  }
  return "c.scenario";
}

bool hasAsciiLetter(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; });
}

class Builder {
 public:
  /// A condition on c.
  template <class... Values>
  void where(const std::string& condition, Values... values) {
    add(condition);
    (m_values.emplace_back(std::move(values)), ...);
    m_usesCurrent = true;
  }
  void equals(const char* column, const std::optional<std::string>& value) {
    if (value) where(std::string(column) + " = ?", *value);
  }

  void search(const SearchText& text) {
    if (!text.match.empty()) {
      add("f.scenario_fts MATCH ?");
      m_values.emplace_back(text.match);
      m_fulltext = true;
    }
    for (const auto& part : text.parts) searchInText(part);
  }

  ScenarioQuery done(const ScenarioFilter& filter) && {
    using Sort = ScenarioFilter::Sort;
    ScenarioQuery query;
    // Joined, not "IN (…)": the index hands out its hits in order of rowid, so that a first page
    // stops early.
    const std::string index = " FROM scenario_fts AS f";
    const std::string current = " FROM scenario_current AS c";
    query.from = (m_fulltext ? index + " CROSS JOIN scenario_current AS c ON c.scenario = f.rowid"
                             : current) +
                 m_where;
    const bool indexTells = m_fulltext && !m_usesCurrent;
    query.countFrom = indexTells ? index + m_where : query.from;
    query.idsFrom = indexTells && filter.sort == Sort::Created ? query.countFrom : query.from;
    query.id = m_fulltext ? "f.rowid" : "c.scenario";
    const std::string direction = filter.descending ? " DESC" : "";
    query.order = " ORDER BY " + (filter.sort == Sort::Created
                                      ? query.id + direction
                                      : orderColumn(filter.sort) + direction + ", " + query.id);
    if (filter.limit >= 0 || filter.offset > 0)
      query.order += " LIMIT " + std::to_string(filter.limit) + " OFFSET " +
                     std::to_string(std::max<std::int64_t>(0, filter.offset));
    query.values = std::move(m_values);
    return query;
  }

 private:
  void add(const std::string& condition) {
    m_where += (m_where.empty() ? " WHERE " : " AND ") + condition;
  }

  void searchInText(const std::string& part) {
    // lower() copies every text: only where there is a case to forget.
    const bool fold = hasAsciiLetter(part);
    std::string any;
    for (const char* column : {"situation", "question", "options", "rationale", "category"})
      any += (any.empty() ? "" : " OR ") +
             (fold ? "instr(lower(" + std::string(column) + "), lower(?))"
                   : "instr(" + std::string(column) + ", ?)");
    where("(SELECT " + any + " FROM scenario_revision WHERE id = c.revision)", part, part, part,
          part, part);
  }

  std::string m_where;
  bool m_fulltext = false;
  bool m_usesCurrent = false;
  std::vector<std::variant<std::string, std::int64_t>> m_values;
};

}  // namespace

void ScenarioQuery::bindTo(Query& query) const {
  for (const auto& value : values) std::visit([&](const auto& v) { query.bind(v); }, value);
}

Result<ScenarioQuery> scenarioQuery(const ScenarioFilter& filter) {
  Builder builder;
  if (!filter.text.empty()) {
    WORDSIGHT_TRY(const auto text, parseSearch(filter.text));
    builder.search(text);
  }
  if (filter.status) builder.where("c.status = ?", std::string(toText(*filter.status)));
  builder.equals("c.strategy", filter.strategy);
  builder.equals("c.generator", filter.generator);
  builder.equals("c.category", filter.category);
  if (filter.key) builder.where("c.key = ?", std::int64_t{*filter.key});
  if (filter.run) builder.where("c.run = ?", filter.run->value);
  if (filter.issue && *filter.issue == "*")
    builder.where("c.issues > 0");
  else if (filter.issue)
    builder.where(
        "c.issues > 0 AND EXISTS (SELECT 1 FROM scenario_issue AS i WHERE i.revision = c.revision "
        "AND i.code = ?)",
        *filter.issue);
  return std::move(builder).done(filter);
}

}  // namespace wordsight::store
