#include "usage.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <numeric>

#include "console.h"
#include "domain/json.h"

namespace wordsight::cli {
namespace {

/// How many letters must be typed anew (Levenshtein).
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row[b.size()];
}

/// The name that was probably meant; empty: none is near.
std::string nearest(const std::string& word, const std::vector<std::string>& names) {
  std::string best;
  std::size_t least = word.size() / 3 + 2;  // "trian": up to two letters of five
  for (const auto& name : names) {
    const bool begun = word.size() >= 3 && name.starts_with(word);
    if (const auto d = begun ? 1 : distance(word, name); d < least) {
      least = d;
      best = name;
    }
  }
  return best;
}

std::vector<std::string> verbsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(verb->get_name());
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// Where the words lead: the last verb that was named, and the word after it that should have been
/// one.
struct Place {
  const CLI::App* app = nullptr;
  std::string path = "wordsight-cli";
  std::string notAVerb;
};

Place placeOf(const CLI::App& app, const std::vector<std::string>& words) {
  Place place;
  place.app = &app;
  std::size_t positionals = 0;  // of the verb, before its own verbs
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    if (word == "--threads") ++i;  // the one option of all verbs that has a value
    if (word.starts_with('-')) continue;
    const auto verbs = verbsOf(*place.app);
    if (std::find(verbs.begin(), verbs.end(), word) != verbs.end()) {
      place.app = place.app->get_subcommand(word);
      place.path += " " + word;
      const auto options = place.app->get_options(
          [](const CLI::Option* option) { return option->get_positional(); });
      positionals = options.size();
    } else if (verbs.empty()) {
      return place;
    } else if (positionals > 0) {
      --positionals;  // the project
    } else {
      place.notAVerb = word;
      return place;
    }
  }
  return place;
}

std::string afterColon(const std::string& text) {
  const auto at = text.find(": ");
  return at == text.npos ? text : text.substr(at + 2);
}

std::string sentenceOf(const CLI::App& app, const CLI::ParseError& error,
                       const std::vector<std::string>& words) {
  const Place place = placeOf(app, words);
  const auto verbs = verbsOf(*place.app);
  if (!place.notAVerb.empty()) {
    const auto meant = nearest(place.notAVerb, verbs);
    return "Unknown verb \"" + place.notAVerb + "\"" +
           (meant.empty() ? "" : "; did you mean \"" + meant + "\"?") +
           (meant.empty() ? ". There are: " : " There are: ") + joined(verbs) + ".";
  }
  const std::string help = " `" + place.path + " --help` says what it takes.";
  if (dynamic_cast<const CLI::ExtrasError*>(&error)) {
    const std::string extra = afterColon(error.what());
    std::string text = "Not expected: " + extra;
    std::vector<std::string> names;
    for (const auto* option : place.app->get_options())
      for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    const auto at = extra.find("--");
    const auto first =
        at == extra.npos ? "" : extra.substr(at, extra.find_first_of(" =,]", at) - at);
    if (!first.empty())
      if (const auto meant = nearest(first, names); !meant.empty())
        return text + "; did you mean " + meant + "?" + help;
    return text + "." + help;
  }
  if (!verbs.empty() && dynamic_cast<const CLI::RequiredError*>(&error) &&
      place.app->get_subcommands().empty()) {
    const std::string what = error.what();
    if (what.find("ubcommand") != what.npos) return "Name a verb: " + joined(verbs) + "." + help;
  }
  std::string what = error.what();
  while (!what.empty() && (what.back() == '.' || what.back() == '\n')) what.pop_back();
  return what + "." + help;
}

}  // namespace

int endOfParsing(const CLI::App& app, const CLI::ParseError& error,
                 const std::vector<std::string>& words) {
  if (error.get_exit_code() == 0) return app.exit(error);
  const std::string sentence = sentenceOf(app, error, words);
  if (std::find(words.begin(), words.end(), "--json") != words.end())
    std::cout << dumpJson(Json{{"event", "finished"},
                               {"status", "failed"},
                               {"usage", true},
                               {"error", sentence}})
              << "\n";
  else
    std::cerr << "error: " << sentence << "\n";
  return kBadUsage;
}

void addOverwrite(CLI::App& verb, bool& overwrite) {
  verb.add_flag("--overwrite", overwrite, "Replace files that are there already");
}

Status mayWrite(const std::string& file, bool overwrite) {
  std::error_code code;
  if (overwrite || file.empty() || file == "-" || !std::filesystem::exists(file, code)) return {};
  if (std::filesystem::is_directory(file, code))
    return fail(file + " is a folder; name a file to write.");
  return fail(file + " is there already: choose another name, or replace it with --overwrite.");
}

}  // namespace wordsight::cli
