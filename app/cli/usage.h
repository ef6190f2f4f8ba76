#pragma once
// What stands around the verbs: words that were typed wrong, and files that are there already.

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "base/result.h"

namespace wordsight::cli {

/// Help and version are printed as they are. Anything else becomes one sentence with a next step
/// (with --json an object on standard output) and exit status 2. `words`: what was typed after the
/// program's name.
int endOfParsing(const CLI::App& app, const CLI::ParseError& error,
                 const std::vector<std::string>& words);

/// The option that every verb with a file to write has.
void addOverwrite(CLI::App& verb, bool& overwrite);
/// An error when the file is there and may not be replaced; "-" and no name are always fine.
Status mayWrite(const std::string& file, bool overwrite);

}  // namespace wordsight::cli
