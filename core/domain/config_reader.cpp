#include "domain/config_reader.h"

#include <cmath>

#include "domain/json.h"

namespace wordsight {

struct ConfigReader::Tree {
  Json root;
};

namespace {

const Json* findPath(const Json& root, const std::string& path) {
  const Json* at = &root;
  for (std::size_t begin = 0; begin < path.size();) {
    const auto dot = path.find('.', begin);
    const auto key = path.substr(begin, dot == std::string::npos ? std::string::npos : dot - begin);
    if (!at->is_object()) return nullptr;
    const auto it = at->find(key);
    if (it == at->end() || it->is_null()) return nullptr;
    at = &*it;
    begin = dot == std::string::npos ? path.size() : dot + 1;
  }
  return at;
}

std::string missing(const std::string& what, const std::string& path) {
  return what + ": \"" + path + "\" is missing.";
}

std::string wrong(const std::string& what, const std::string& path, const std::string& expected,
                  const Json& value) {
  std::string shown = dumpJson(value);
  if (shown.size() > 60) shown = shown.substr(0, 57) + "...";
  return what + ": \"" + path + "\" must be " + expected + ", but it is " + shown + ".";
}

}  // namespace

Result<ConfigReader> ConfigReader::fromFile(const std::filesystem::path& file) {
  WORDSIGHT_TRY(auto root, readJsonFile(file, std::uint64_t{1} << 26));
  if (!root.is_object()) return fail(file.string() + " must hold a JSON object.");
  ConfigReader reader;
  reader.m_tree = std::make_shared<Tree>(Tree{std::move(root)});
  reader.m_what = file.string();
  return reader;
}

Result<ConfigReader> ConfigReader::fromText(const std::string& text, const std::string& what) {
  WORDSIGHT_TRY(auto root, parseJson(text, what));
  if (!root.is_object()) return fail(what + " must hold a JSON object.");
  ConfigReader reader;
  reader.m_tree = std::make_shared<Tree>(Tree{std::move(root)});
  reader.m_what = what;
  return reader;
}

bool ConfigReader::has(const std::string& path) const {
  return findPath(m_tree->root, m_prefix + path) != nullptr;
}

bool ConfigReader::isObject(const std::string& path) const {
  const Json* value = findPath(m_tree->root, m_prefix + path);
  return value && value->is_object();
}

Result<std::int64_t> ConfigReader::integer(const std::string& path, std::int64_t least,
                                           std::int64_t most) const {
  const Json* value = findPath(m_tree->root, m_prefix + path);
  if (!value) return fail(missing(m_what, m_prefix + path));
  const bool fits =
      value->is_number_integer() &&
      !(value->is_number_unsigned() && value->get<std::uint64_t>() > std::uint64_t(INT64_MAX));
  if (!fits || value->get<std::int64_t>() < least || value->get<std::int64_t>() > most)
    return fail(wrong(
        m_what, m_prefix + path,
        "a whole number from " + std::to_string(least) + " to " + std::to_string(most), *value));
  return value->get<std::int64_t>();
}

Result<double> ConfigReader::number(const std::string& path) const {
  const Json* value = findPath(m_tree->root, m_prefix + path);
  if (!value) return fail(missing(m_what, m_prefix + path));
  if (!value->is_number() || !std::isfinite(value->get<double>()))
    return fail(wrong(m_what, m_prefix + path, "a number", *value));
  return value->get<double>();
}

Result<std::string> ConfigReader::text(const std::string& path) const {
  const Json* value = findPath(m_tree->root, m_prefix + path);
  if (!value) return fail(missing(m_what, m_prefix + path));
  if (!value->is_string()) return fail(wrong(m_what, m_prefix + path, "a text", *value));
  return value->get<std::string>();
}

Result<bool> ConfigReader::boolean(const std::string& path) const {
  const Json* value = findPath(m_tree->root, m_prefix + path);
  if (!value) return fail(missing(m_what, m_prefix + path));
  if (!value->is_boolean()) return fail(wrong(m_what, m_prefix + path, "true or false", *value));
  return value->get<bool>();
}

Result<std::vector<std::int64_t>> ConfigReader::integers(const std::string& path) const {
  const Json* value = findPath(m_tree->root, m_prefix + path);
  if (!value) return fail(missing(m_what, m_prefix + path));
  std::vector<std::int64_t> out;
  if (value->is_array()) {
    for (const auto& x : *value)
      if (x.is_number_integer()) out.push_back(x.get<std::int64_t>());
  }
  if (!value->is_array() || out.size() != value->size())
    return fail(wrong(m_what, m_prefix + path, "a list of whole numbers", *value));
  return out;
}

Result<std::vector<std::pair<std::int64_t, std::int64_t>>> ConfigReader::integerPairs(
    const std::string& path) const {
  const Json* value = findPath(m_tree->root, m_prefix + path);
  if (!value) return fail(missing(m_what, m_prefix + path));
  std::vector<std::pair<std::int64_t, std::int64_t>> out;
  if (value->is_array())
    for (const auto& x : *value)
      if (x.is_array() && x.size() == 2 && x[0].is_number_integer() && x[1].is_number_integer())
        out.emplace_back(x[0].get<std::int64_t>(), x[1].get<std::int64_t>());
  if (!value->is_array() || out.size() != value->size())
    return fail(wrong(m_what, m_prefix + path, "a list of pairs of whole numbers", *value));
  return out;
}

Result<std::vector<double>> ConfigReader::numbers(const std::string& path) const {
  const Json* value = findPath(m_tree->root, m_prefix + path);
  if (!value) return fail(missing(m_what, m_prefix + path));
  std::vector<double> out;
  if (value->is_array()) {
    for (const auto& x : *value)
      if (x.is_number()) out.push_back(x.get<double>());
  }
  if (!value->is_array() || out.size() != value->size())
    return fail(wrong(m_what, m_prefix + path, "a list of numbers", *value));
  return out;
}

Result<std::vector<std::string>> ConfigReader::texts(const std::string& path) const {
  const Json* value = findPath(m_tree->root, m_prefix + path);
  if (!value) return fail(missing(m_what, m_prefix + path));
  std::vector<std::string> out;
  if (value->is_array()) {
    for (const auto& x : *value)
      if (x.is_string()) out.push_back(x.get<std::string>());
  }
  if (!value->is_array() || out.size() != value->size())
    return fail(wrong(m_what, m_prefix + path, "a list of texts", *value));
  return out;
}

std::vector<std::string> ConfigReader::keys(const std::string& path) const {
  std::string whole = m_prefix + path;
  if (whole.ends_with('.')) whole.pop_back();
  const Json* value = findPath(m_tree->root, whole);
  std::vector<std::string> out;
  if (value && value->is_object())
    for (const auto& [key, x] : value->items()) out.push_back(key);
  return out;
}

Result<ConfigReader> ConfigReader::section(const std::string& path) const {
  const Json* value = findPath(m_tree->root, m_prefix + path);
  if (!value) return fail(missing(m_what, m_prefix + path));
  if (!value->is_object()) return fail(wrong(m_what, m_prefix + path, "an object", *value));
  ConfigReader reader = *this;
  reader.m_prefix = m_prefix + path + ".";
  return reader;
}

}  // namespace wordsight
