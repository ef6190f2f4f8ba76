#pragma once
#include <string>
#include <vector>

#include "base/time.h"
#include "domain/ids.h"
#include "store/connection.h"

namespace wordsight::store {

struct Prompt {
  PromptId id;
  std::string hash;  // sha256 of the text
  std::string name, text;
  UnixMillis createdAt = 0;
};

/// Every wording that was ever used, by its hash.
class PromptRepository {
 public:
  explicit PromptRepository(Connection& connection) : m_connection(connection) {}
  /// Keeps the text; the same text twice is one row (the first name stays). The hash is computed
  /// here.
  Result<Prompt> put(const std::string& name, const std::string& text);
  Result<Prompt> find(const std::string& hash);
  Result<std::vector<Prompt>> list();

 private:
  Connection& m_connection;
};

}  // namespace wordsight::store
