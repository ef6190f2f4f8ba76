#pragma once
#include <optional>
#include <string>

#include "domain/json.h"
#include "store/connection.h"

namespace wordsight::store {

/// Small things that belong to the project and not to a person: last used choices, its title.
/// Values may be replaced.
class SettingRepository {
 public:
  explicit SettingRepository(Connection& connection) : m_connection(connection) {}
  Result<std::optional<Json>> get(const std::string& name);
  Status put(const std::string& name, const Json& value);
  Status remove(const std::string& name);

 private:
  Connection& m_connection;
};

}  // namespace wordsight::store
