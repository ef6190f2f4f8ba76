#include "store/benchmark_repository.h"

#include "base/utf8.h"
#include "store/rows.h"
#include "store/session.h"

namespace wordsight::store {
namespace {

constexpr const char* kBenchmarkColumns =
    "SELECT id, name, source, source_hash, run, keys_missing, keys_repaired, unusable, nan_tokens, "
    "created_at FROM benchmark";

constexpr const char* kItemColumns =
    "SELECT i.id, i.file_index, i.situation, i.question, i.options, i.key, i.rationale, "
    "i.category, i.non_intervention,"
    " i.non_interventions, i.image_file, i.image_url, i.positive_values, i.negative_values, "
    "i.unusable, p.path"
    " FROM benchmark_item AS i LEFT JOIN item_picture AS l ON l.item = i.id LEFT JOIN picture AS p "
    "ON p.id = l.picture";

std::string numbersToJson(const std::vector<int>& numbers) { return dumpJson(Json(numbers)); }

std::vector<int> numbersFromJson(const std::string& text) {
  std::vector<int> numbers;
  for (const auto& entry : jsonColumn(text))
    if (entry.is_number_integer()) numbers.push_back(entry.get<int>());
  return numbers;
}

BenchmarkItem itemOf(const Connection& connection, const Query& row) {
  BenchmarkItem item;
  item.id = row.id<ItemId>(0);
  item.index = row.integer(1);
  item.content = contentOf(row, 2);
  item.nonIntervention = numbersFromJson(row.text(9));
  std::erase_if(item.nonIntervention, [&](int option) {
    return option < 0 || option >= static_cast<int>(item.content.options.size());
  });
  item.imageFile = row.text(10);
  item.imageUrl = row.text(11);
  item.positiveValues = textsFromJson(row.text(12));
  item.negativeValues = textsFromJson(row.text(13));
  item.unusable = row.text(14);
  item.picture = connection.resolvedPath(row.text(15)).string();
  return item;
}

BenchmarkRecord benchmarkOf(SqlSession& session, const Query& row) {
  BenchmarkRecord benchmark;
  benchmark.id = row.id<BenchmarkId>(0);
  benchmark.name = row.text(1);
  benchmark.source = row.text(2);
  benchmark.sourceHash = row.text(3);
  benchmark.run = row.id<RunId>(4);
  auto& report = benchmark.report;
  report.keysMissing = row.number(5);
  report.keysRepaired = row.number(6);
  report.unusable = row.number(7);
  report.nanTokens = row.number(8);
  benchmark.createdAt = row.integer(9);
  Query counts(session,
               "SELECT count(*), count(l.item) FROM benchmark_item AS i LEFT JOIN item_picture AS "
               "l ON l.item = i.id"
               " WHERE i.benchmark = ?");
  counts.bind(benchmark.id);
  counts.next();
  report.items = counts.number(0);
  report.picturesFound = counts.number(1);
  report.picturesMissing = report.items - report.picturesFound;
  Query issues(session,
               "SELECT file_index, field, problem, action FROM benchmark_issue WHERE benchmark = ? "
               "ORDER BY id");
  issues.bind(benchmark.id);
  while (issues.next())
    report.issues.push_back({issues.integer(0), issues.text(1), issues.text(2), issues.text(3)});
  return benchmark;
}

ItemId insertItem(SqlSession& session, BenchmarkId benchmark, std::int64_t position,
                  const BenchmarkItem& item) {
  const auto& content = item.content;
  Query insert(session,
               "INSERT INTO benchmark_item (benchmark, position, file_index, situation, question, "
               "options, key, rationale,"
               " category, non_intervention, non_interventions, image_file, image_url, "
               "positive_values, negative_values,"
               " unusable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  insert
      .bind(benchmark, position, item.index, content.situation, content.question,
            textsToJson(content.options), content.key, content.rationale, content.category,
            content.nonIntervention, numbersToJson(item.nonIntervention), item.imageFile,
            item.imageUrl, textsToJson(item.positiveValues), textsToJson(item.negativeValues),
            item.unusable)
      .run();
  return ItemId(session.database->getLastInsertRowid());
}

void joinPicture(const Connection& connection, SqlSession& session, const ItemPicture& picture) {
  if (picture.path.empty()) {
    Query(session, "DELETE FROM item_picture WHERE item = ?").bind(picture.item).run();
    return;
  }
  const std::string path = connection.storedPath(picture.path);
  Query(session,
        "INSERT INTO picture (path, hash, bytes, created_at) VALUES (?, ?, ?, ?) ON CONFLICT "
        "(path, hash) DO NOTHING")
      .bind(path, picture.hash, picture.bytes, nowMillis())
      .run();
  Query(session,
        "INSERT INTO item_picture (item, picture) SELECT ?, id FROM picture WHERE path = ? AND "
        "hash = ?"
        " ON CONFLICT (item) DO UPDATE SET picture = excluded.picture")
      .bind(picture.item, path, picture.hash)
      .run();
}

std::string namesOf(SqlSession& session) {
  std::string names;
  Query query(session, "SELECT name FROM benchmark ORDER BY id DESC LIMIT 20");
  while (query.next()) names += (names.empty() ? "" : ", ") + query.text(0);
  return names.empty() ? "read one first with `wordsight-cli bench`" : "there are: " + names;
}

}  // namespace

Result<BenchmarkId> BenchmarkRepository::add(const std::string& name, const std::string& source,
                                             const std::string& sourceHash,
                                             std::span<const BenchmarkItem> items,
                                             const BenchmarkReport& report, RunId run) {
  if (trimmed(name).empty()) return fail("A benchmark needs a name.");
  if (items.empty()) return fail("Benchmark \"" + name + "\" has no items: check " + source + ".");
  for (const auto& item : items)
    WORDSIGHT_CHECK(
        checkContent(item.content, "Item " + std::to_string(item.index) + " of " + source));
  auto& session = m_connection.session();
  return writing(
      session, Durability::Synced, "add benchmark \"" + name + "\"", [&]() -> Result<BenchmarkId> {
        Query taken(session, "SELECT 1 FROM benchmark WHERE name = ?");
        taken.bind(name);
        if (taken.next())
          return fail("There is a benchmark \"" + name + "\" already: choose another name.");
        Query insert(session,
                     "INSERT INTO benchmark (name, source, source_hash, run, keys_missing, "
                     "keys_repaired, unusable, nan_tokens,"
                     " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insert
            .bind(name, source, sourceHash, run, report.keysMissing, report.keysRepaired,
                  report.unusable, report.nanTokens, nowMillis())
            .run();
        const BenchmarkId id(session.database->getLastInsertRowid());
        std::int64_t position = 0;
        for (const auto& item : items) {
          const auto itemId = insertItem(session, id, position++, item);
          if (!item.picture.empty())
            joinPicture(m_connection, session, {itemId, item.picture, "", 0});
        }
        for (const auto& issue : report.issues)
          Query(session,
                "INSERT INTO benchmark_issue (benchmark, file_index, field, problem, action) "
                "VALUES (?, ?, ?, ?, ?)")
              .bind(id, issue.index, issue.field, issue.problem, issue.action)
              .run();
        return id;
      });
}

Result<BenchmarkRecord> BenchmarkRepository::get(BenchmarkId id) {
  auto& session = m_connection.session();
  return guarded(session, "read a benchmark", [&]() -> Result<BenchmarkRecord> {
    Query query(session, std::string(kBenchmarkColumns) + " WHERE id = ?");
    query.bind(id);
    if (!query.next())
      return fail("There is no benchmark number " + std::to_string(id.value) + ".",
                  ErrorKind::NotFound);
    return benchmarkOf(session, query);
  });
}

Result<BenchmarkRecord> BenchmarkRepository::find(const std::string& name) {
  auto& session = m_connection.session();
  return guarded(session, "read a benchmark", [&]() -> Result<BenchmarkRecord> {
    Query query(session, std::string(kBenchmarkColumns) + " WHERE name = ?");
    query.bind(name);
    if (!query.next())
      return fail("There is no benchmark \"" + name + "\"; " + namesOf(session) + ".",
                  ErrorKind::NotFound);
    return benchmarkOf(session, query);
  });
}

Result<std::vector<BenchmarkRecord>> BenchmarkRepository::list() {
  auto& session = m_connection.session();
  return guarded(session, "list benchmarks", [&]() -> Result<std::vector<BenchmarkRecord>> {
    Query query(session, std::string(kBenchmarkColumns) + " ORDER BY id DESC");
    std::vector<BenchmarkRecord> all;
    while (query.next()) all.push_back(benchmarkOf(session, query));
    return all;
  });
}

Result<std::vector<BenchmarkItem>> BenchmarkRepository::items(BenchmarkId id) {
  auto& session = m_connection.session();
  return guarded(session, "read a benchmark's items", [&]() -> Result<std::vector<BenchmarkItem>> {
    Query query(session, std::string(kItemColumns) + " WHERE i.benchmark = ? ORDER BY i.position");
    query.bind(id);
    std::vector<BenchmarkItem> all;
    while (query.next()) all.push_back(itemOf(m_connection, query));
    return all;
  });
}

Result<BenchmarkItem> BenchmarkRepository::item(ItemId id) {
  auto& session = m_connection.session();
  return guarded(session, "read an item", [&]() -> Result<BenchmarkItem> {
    Query query(session, std::string(kItemColumns) + " WHERE i.id = ?");
    query.bind(id);
    if (!query.next())
      return fail("There is no benchmark item number " + std::to_string(id.value) + ".",
                  ErrorKind::NotFound);
    return itemOf(m_connection, query);
  });
}

Result<std::vector<ItemIssue>> BenchmarkRepository::issues(BenchmarkId id) {
  WORDSIGHT_TRY(auto benchmark, get(id));
  return std::move(benchmark.report.issues);
}

Status BenchmarkRepository::setPictures(std::span<const ItemPicture> pictures) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "join pictures", [&]() -> Status {
    for (const auto& picture : pictures) joinPicture(m_connection, session, picture);
    return {};
  });
}

Result<std::optional<ItemPicture>> BenchmarkRepository::picture(ItemId id) {
  auto& session = m_connection.session();
  return guarded(session, "read a picture's place", [&]() -> Result<std::optional<ItemPicture>> {
    Query query(session,
                "SELECT p.path, p.hash, p.bytes FROM item_picture AS l JOIN picture AS p ON p.id = "
                "l.picture WHERE l.item = ?");
    query.bind(id);
    if (!query.next()) return std::optional<ItemPicture>();
    return std::optional(ItemPicture{id, m_connection.resolvedPath(query.text(0)).string(),
                                     query.text(1), query.integer(2)});
  });
}

}  // namespace wordsight::store
