#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace wordsight {

/// A word as a POSIX shell must be given it: as it is where no shell would read it otherwise, else
/// in single quotes.
std::string shellWord(std::string_view word);
/// Such words with spaces between them: a command line that can be pasted.
std::string shellLine(const std::vector<std::string>& words);

}  // namespace wordsight
