#pragma once
#include <string>
#include <string_view>

namespace wordsight {

/// Whether the bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, at most
/// U+10FFFF).
bool isValidUtf8(std::string_view bytes);
/// The bytes with every ill-formed part replaced by U+FFFD, so that they may go into JSON and
/// SQLite.
std::string toValidUtf8(std::string_view bytes);
/// How many bytes at the end begin a character that is not complete yet (0 to 3): for streaming.
std::size_t incompleteUtf8Tail(std::string_view bytes);
/// ASCII white space taken off both ends.
std::string_view trimmed(std::string_view text);

}  // namespace wordsight
