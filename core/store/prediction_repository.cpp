#include "store/prediction_repository.h"

#include <bit>
#include <cstring>

#include "store/session.h"

namespace wordsight::store {
namespace {

static_assert(std::endian::native == std::endian::little,
              "letter_log_probs is kept as little-endian doubles");

std::string name(PredictionId id) { return "prediction " + std::to_string(id.value); }

std::vector<std::byte> blobOf(const std::vector<double>& numbers) {
  std::vector<std::byte> blob(numbers.size() * sizeof(double));
  if (!blob.empty()) std::memcpy(blob.data(), numbers.data(), blob.size());
  return blob;
}

std::vector<double> numbersOf(const std::string& blob) {
  std::vector<double> numbers(blob.size() / sizeof(double));
  if (!numbers.empty()) std::memcpy(numbers.data(), blob.data(), numbers.size() * sizeof(double));
  return numbers;
}

constexpr const char* kPredictionColumns =
    "SELECT id, run, item, shift, raw_text, letter_log_probs, milliseconds, prompt_tokens, "
    "new_tokens, created_at"
    " FROM prediction";

Prediction predictionOf(const Query& row) {
  Prediction prediction;
  prediction.id = row.id<PredictionId>(0);
  prediction.run = row.id<RunId>(1);
  prediction.item = row.id<ItemId>(2);
  prediction.shift = row.number(3);
  prediction.rawText = row.text(4);
  prediction.letterLogProbs = numbersOf(row.text(5));
  prediction.milliseconds = row.real(6);
  prediction.promptTokens = row.number(7);
  prediction.newTokens = row.number(8);
  prediction.createdAt = row.integer(9);
  return prediction;
}

Result<PredictionId> insertPrediction(SqlSession& session, const Prediction& prediction,
                                      UnixMillis now) {
  Query insert(session,
               "INSERT INTO prediction (run, item, shift, raw_text, letter_log_probs, "
               "milliseconds, prompt_tokens,"
               " new_tokens, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run, "
               "item, shift) DO NOTHING");
  insert
      .bind(prediction.run, prediction.item, prediction.shift, prediction.rawText,
            blobOf(prediction.letterLogProbs), prediction.milliseconds, prediction.promptTokens,
            prediction.newTokens, prediction.createdAt ? prediction.createdAt : now)
      .run();
  if (session.database->getChanges() == 0)
    return fail("Run " + std::to_string(prediction.run.value) + " has answered item " +
                std::to_string(prediction.item.value) + " with shift " +
                std::to_string(prediction.shift) + " already: answers are stored once.");
  return PredictionId(session.database->getLastInsertRowid());
}

Status insertOverride(SqlSession& session, PredictionId id, const std::optional<int>& option,
                      const std::string& person, const std::string& note) {
  Query insert(session,
               "INSERT INTO choice_override (prediction, option, person, note, created_at) VALUES "
               "(?, ?, ?, ?, ?)");
  insert.bind(id);
  option ? insert.bind(*option) : insert.bind(nullptr);
  insert.bind(person, note, nowMillis()).run();
  return {};
}

}  // namespace

Result<PredictionId> PredictionRepository::append(const Prediction& prediction) {
  WORDSIGHT_TRY(const auto ids, appendMany(std::span(&prediction, 1)));
  return ids.front();
}

Result<std::vector<PredictionId>> PredictionRepository::appendMany(
    std::span<const Prediction> predictions) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "append predictions",
                 [&]() -> Result<std::vector<PredictionId>> {
                   std::vector<PredictionId> ids;
                   ids.reserve(predictions.size());
                   const UnixMillis now = nowMillis();
                   for (const auto& prediction : predictions) {
                     WORDSIGHT_TRY(const auto id, insertPrediction(session, prediction, now));
                     ids.push_back(id);
                   }
                   return ids;
                 });
}

Result<std::set<std::pair<ItemId, int>>> PredictionRepository::done(RunId run) {
  auto& session = m_connection.session();
  return guarded(
      session, "read what was answered", [&]() -> Result<std::set<std::pair<ItemId, int>>> {
        Query query(session,
                    "SELECT item, shift FROM prediction WHERE run = ? ORDER BY item, shift");
        query.bind(run);
        std::set<std::pair<ItemId, int>> done;
        while (query.next()) done.emplace_hint(done.end(), query.id<ItemId>(0), query.number(1));
        return done;
      });
}

Result<std::vector<Prediction>> PredictionRepository::list(RunId run) {
  auto& session = m_connection.session();
  return guarded(session, "read predictions", [&]() -> Result<std::vector<Prediction>> {
    Query query(session, std::string(kPredictionColumns) + " WHERE run = ? ORDER BY item, shift");
    query.bind(run);
    std::vector<Prediction> all;
    while (query.next()) all.push_back(predictionOf(query));
    return all;
  });
}

Result<std::int64_t> PredictionRepository::count(RunId run) {
  auto& session = m_connection.session();
  return guarded(session, "count predictions", [&]() -> Result<std::int64_t> {
    Query query(session, "SELECT count(*) FROM prediction WHERE run = ?");
    query.bind(run);
    query.next();
    return query.integer(0);
  });
}

Result<Prediction> PredictionRepository::get(PredictionId id) {
  auto& session = m_connection.session();
  return guarded(session, "read a prediction", [&]() -> Result<Prediction> {
    Query query(session, std::string(kPredictionColumns) + " WHERE id = ?");
    query.bind(id);
    if (!query.next()) return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
    return predictionOf(query);
  });
}

Status PredictionRepository::putChoices(std::span<const std::pair<PredictionId, Choice>> choices) {
  auto& session = m_connection.session();
  // Not synced: what a rule reads can be read again.
  return writing(session, Durability::Logged, "keep choices", [&]() -> Status {
    for (const auto& [id, choice] : choices) {
      Query put(
          session,
          "INSERT INTO choice (prediction, option, rule) SELECT id, ?, ? FROM prediction WHERE id "
          "= ?"
          " ON CONFLICT (prediction) DO UPDATE SET option = excluded.option, rule = excluded.rule");
      put.bind(choice.option, choice.rule, id).run();
      if (session.database->getChanges() == 0)
        return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
    }
    return {};
  });
}

Result<PredictionRepository::Choices> PredictionRepository::ruleChoices(RunId run) {
  auto& session = m_connection.session();
  return guarded(session, "read choices", [&]() -> Result<Choices> {
    Query query(session,
                "SELECT c.prediction, c.option, c.rule FROM prediction AS p JOIN choice AS c ON "
                "c.prediction = p.id"
                " WHERE p.run = ?");
    query.bind(run);
    Choices choices;
    while (query.next())
      choices.emplace(query.id<PredictionId>(0), Choice{query.number(1), query.text(2)});
    return choices;
  });
}

Result<PredictionRepository::Choices> PredictionRepository::choices(RunId run) {
  WORDSIGHT_TRY(auto choices, ruleChoices(run));
  auto& session = m_connection.session();
  return guarded(session, "read overrides", [&]() -> Result<Choices> {
    Query query(session,
                "SELECT o.prediction, o.option FROM choice_override AS o JOIN prediction AS p ON "
                "p.id = o.prediction"
                " WHERE p.run = ? AND o.id = (SELECT max(id) FROM choice_override WHERE prediction "
                "= o.prediction)"
                " AND o.option IS NOT NULL");
    query.bind(run);
    while (query.next())
      choices.insert_or_assign(query.id<PredictionId>(0), Choice{query.number(1), "override"});
    return std::move(choices);
  });
}

Status PredictionRepository::overrideChoice(PredictionId id, int option, const std::string& person,
                                            const std::string& note) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "keep the override", [&]() -> Status {
    Query query(session,
                "SELECT json_array_length(i.options) FROM prediction AS p JOIN benchmark_item AS i "
                "ON i.id = p.item"
                " WHERE p.id = ?");
    query.bind(id);
    if (!query.next()) return fail("There is no " + name(id) + ".", ErrorKind::NotFound);
    if (option < -1 || option >= query.number(0))
      return fail("The item of " + name(id) + " has " + std::to_string(query.number(0)) +
                  " options: choose one of them, or none.");
    return insertOverride(session, id, option, person, note);
  });
}

Status PredictionRepository::withdrawOverride(PredictionId id, const std::string& person,
                                              const std::string& note) {
  auto& session = m_connection.session();
  WORDSIGHT_CHECK(get(id));
  return writing(session, Durability::Synced, "withdraw the override",
                 [&] { return insertOverride(session, id, {}, person, note); });
}

Result<std::set<RunId>> PredictionRepository::overriddenRuns() {
  auto& session = m_connection.session();
  return guarded(session, "read which runs have overrides", [&]() -> Result<std::set<RunId>> {
    Query query(session,
                "SELECT DISTINCT p.run FROM choice_override AS o JOIN prediction AS p ON p.id = "
                "o.prediction");
    std::set<RunId> runs;
    while (query.next()) runs.insert(query.id<RunId>(0));
    return runs;
  });
}

Result<std::vector<ChoiceOverride>> PredictionRepository::overrides(PredictionId id) {
  auto& session = m_connection.session();
  return guarded(session, "read overrides", [&]() -> Result<std::vector<ChoiceOverride>> {
    Query query(session,
                "SELECT option, person, note, created_at FROM choice_override WHERE prediction = ? "
                "ORDER BY id");
    query.bind(id);
    std::vector<ChoiceOverride> all;
    while (query.next()) {
      ChoiceOverride entry{id, -1, query.isNull(0), query.text(1), query.text(2), query.integer(3)};
      if (!entry.withdrawn) entry.option = query.number(0);
      all.push_back(std::move(entry));
    }
    return all;
  });
}

}  // namespace wordsight::store
