#include "neural/names.h"

#include <algorithm>

namespace wordsight::neural {

std::string NameTable::ours(std::string_view fileName) const {
  const NameRule* best = nullptr;
  for (const NameRule& rule : read)
    if (fileName.starts_with(rule.file) && (!best || rule.file.size() > best->file.size()))
      best = &rule;
  if (!best) return {};
  return std::string(best->ours) + std::string(fileName.substr(best->file.size()));
}

std::vector<std::string> NameTable::inAnyLayout(std::string_view ourName) const {
  std::vector<std::string> names;
  for (const NameRule& rule : read)
    if (ourName.starts_with(rule.ours))
      names.push_back(std::string(rule.file) + std::string(ourName.substr(rule.ours.size())));
  return names;
}

std::string NameTable::inAdapter(std::string_view ourName) const {
  for (const NameRule& rule : adapter)
    if (ourName.starts_with(rule.ours))
      return "base_model.model." + std::string(rule.file) +
             std::string(ourName.substr(rule.ours.size()));
  return {};
}

std::string moduleOf(std::string_view ourName) {
  std::size_t parts = 1;
  if (ourName.starts_with("language.") || ourName.starts_with("vision.")) parts = 2;
  for (const char* list : {"language.layers.", "vision.blocks.", "vision.global."})
    if (ourName.starts_with(list)) parts = 3;
  std::size_t end = 0;
  for (; parts > 0 && end != std::string_view::npos; --parts)
    end = ourName.find('.', end == 0 ? 0 : end + 1);
  return std::string(ourName.substr(0, end));
}

std::string listOf(const std::vector<std::string>& names, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i) text += (i ? ", " : "") + names[i];
  if (names.size() > most) text += " and " + std::to_string(names.size() - most) + " more";
  return text;
}

}  // namespace wordsight::neural
