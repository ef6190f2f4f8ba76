#pragma once
#include <string>

namespace wordsight::log {

// Diagnostics for developers, on standard error; what users need to know travels as events and
// errors instead. Level from the environment variable WORDSIGHT_LOG (debug, info, warn, error,
// off); warn by default.
void debug(const std::string& message);
void info(const std::string& message);
void warn(const std::string& message);
void error(const std::string& message);

}  // namespace wordsight::log
