#include "store/reject_repository.h"

#include "store/session.h"

namespace wordsight::store {

Status RejectRepository::addMany(std::span<const Reject> rejects) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "keep rejected items", [&]() -> Status {
    for (const auto& reject : rejects) {
      Query insert(session,
                   "INSERT INTO reject (run, strategy, reason, raw_text, seed, created_at) VALUES "
                   "(?, ?, ?, ?, ?, ?)");
      insert
          .bind(reject.run, reject.strategy, reject.reason, reject.rawText, reject.seed,
                reject.createdAt ? reject.createdAt : nowMillis())
          .run();
    }
    return {};
  });
}

Result<std::vector<Reject>> RejectRepository::list(std::optional<RunId> run, std::int64_t limit,
                                                   std::int64_t offset) {
  auto& session = m_connection.session();
  return guarded(session, "read rejected items", [&]() -> Result<std::vector<Reject>> {
    Query query(session,
                "SELECT id, run, strategy, reason, raw_text, seed, created_at FROM reject"
                " WHERE ?1 IS NULL OR run = ?1 ORDER BY id DESC LIMIT ?2 OFFSET ?3");
    query.bind(run.value_or(RunId()), limit, offset);
    std::vector<Reject> found;
    while (query.next())
      found.push_back({query.integer(0), query.id<RunId>(1), query.text(2), query.text(3),
                       query.text(4), static_cast<std::uint64_t>(query.integer(5)),
                       query.integer(6)});
    return found;
  });
}

Result<std::int64_t> RejectRepository::count(std::optional<RunId> run) {
  auto& session = m_connection.session();
  return guarded(session, "count rejected items", [&]() -> Result<std::int64_t> {
    Query query(session, "SELECT count(*) FROM reject WHERE ?1 IS NULL OR run = ?1");
    query.bind(run.value_or(RunId()));
    query.next();
    return query.integer(0);
  });
}

}  // namespace wordsight::store
