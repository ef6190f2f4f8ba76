#include "store/scenario_query.h"

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
      return "c.opening COLLATE NOCASE";
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

class Builder {
 public:
  void where(const std::string& condition) {
    m_where += (m_where.empty() ? " WHERE " : " AND ") + condition;
  }
  template <class Value>
  void where(const std::string& condition, Value value) {
    where(condition);
    m_values.emplace_back(std::move(value));
  }
  void equals(const char* column, const std::optional<std::string>& value) {
    if (value) where(std::string(column) + " = ?", *value);
  }

  void search(const SearchText& text) {
    // Joined, not "IN (…)": the index hands out its hits in order of rowid, so the first page stops
    // early.
    if (!text.match.empty()) {
      m_from = " FROM scenario_fts AS f CROSS JOIN scenario_current AS c ON c.scenario = f.rowid";
      where("f.scenario_fts MATCH ?", text.match);
      m_fulltext = true;
    }
    for (const auto& part : text.parts)
      where(
          "instr(lower((SELECT body FROM scenario_body WHERE revision = c.revision)), lower(?)) > "
          "0",
          part);
  }

  ScenarioQuery done(const ScenarioFilter& filter) && {
    ScenarioQuery query;
    query.from = m_from + m_where;
    const std::string direction = filter.descending ? " DESC" : "";
    const std::string id = m_fulltext ? "f.rowid" : "c.scenario";
    query.order = " ORDER BY ";
    if (filter.sort != ScenarioFilter::Sort::Created)
      query.order += orderColumn(filter.sort) + direction + ", " + id;
    else
      query.order += id + direction;
    if (filter.limit >= 0 || filter.offset > 0)
      query.order += " LIMIT " + std::to_string(filter.limit) + " OFFSET " +
                     std::to_string(std::max<std::int64_t>(0, filter.offset));
    query.values = std::move(m_values);
    return query;
  }

 private:
  std::string m_from = " FROM scenario_current AS c";
  std::string m_where;
  bool m_fulltext = false;
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
