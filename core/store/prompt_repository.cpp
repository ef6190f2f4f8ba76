#include "store/prompt_repository.h"

#include "base/hash.h"
#include "store/session.h"

namespace wordsight::store {
namespace {

Prompt promptOf(const Query& row) {
  return {row.id<PromptId>(0), row.text(1), row.text(2), row.text(3), row.integer(4)};
}
constexpr const char* kPromptColumns = "SELECT id, hash, name, text, created_at FROM prompt";

}  // namespace

Result<Prompt> PromptRepository::put(const std::string& name, const std::string& text) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "keep a prompt", [&]() -> Result<Prompt> {
    const std::string hash = sha256Hex(text);
    Query(session,
          "INSERT INTO prompt (hash, name, text, created_at) VALUES (?, ?, ?, ?) ON CONFLICT "
          "(hash) DO NOTHING")
        .bind(hash, name, text, nowMillis())
        .run();
    return find(hash);
  });
}

Result<Prompt> PromptRepository::find(const std::string& hash) {
  auto& session = m_connection.session();
  return guarded(session, "read a prompt", [&]() -> Result<Prompt> {
    Query query(session, std::string(kPromptColumns) + " WHERE hash = ?");
    query.bind(hash);
    if (!query.next())
      return fail("There is no prompt with the hash " + hash + ".", ErrorKind::NotFound);
    return promptOf(query);
  });
}

Result<std::vector<Prompt>> PromptRepository::list() {
  auto& session = m_connection.session();
  return guarded(session, "list prompts", [&]() -> Result<std::vector<Prompt>> {
    Query query(session, std::string(kPromptColumns) + " ORDER BY id DESC");
    std::vector<Prompt> all;
    while (query.next()) all.push_back(promptOf(query));
    return all;
  });
}

}  // namespace wordsight::store
