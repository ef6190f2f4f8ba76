#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace wordsight::store {

/// "WSGT": SQLite's application_id of every project file.
constexpr int kApplicationId = 0x57534754;

/// One frozen step of the schema. Number n takes a file from user_version n-1 to n.
struct Migration {
  int number = 0;
  std::string name;  // "0001_content.sql"
  std::string_view sql;
};

/// The steps of this program, in order 1, 2, 3 …; embedded at build from core/store/migrations.
const std::vector<Migration>& builtinMigrations();
/// What is computed from the content: tables, triggers, index; run anew after every migration.
std::string_view derivedSchemaSql();

}  // namespace wordsight::store
