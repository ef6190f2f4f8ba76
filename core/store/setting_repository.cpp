#include "store/setting_repository.h"

#include "store/session.h"

namespace wordsight::store {

Result<std::optional<Json>> SettingRepository::get(const std::string& name) {
  auto& session = m_connection.session();
  return guarded(session, "read a setting", [&]() -> Result<std::optional<Json>> {
    Query query(session, "SELECT value FROM setting WHERE name = ?");
    query.bind(name);
    if (!query.next()) return std::optional<Json>();
    return std::optional(jsonColumn(query.text(0)));
  });
}

Status SettingRepository::put(const std::string& name, const Json& value) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "keep setting " + name, [&]() -> Status {
    Query(session,
          "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value "
          "= excluded.value")
        .bind(name, dumpJson(value))
        .run();
    return {};
  });
}

Status SettingRepository::remove(const std::string& name) {
  auto& session = m_connection.session();
  return writing(session, Durability::Synced, "remove setting " + name, [&]() -> Status {
    Query(session, "DELETE FROM setting WHERE name = ?").bind(name).run();
    return {};
  });
}

}  // namespace wordsight::store
