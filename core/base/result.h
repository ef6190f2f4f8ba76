#pragma once
// How failure travels: every function that a caller's input, file or machine can make fail returns
// a Result. Exceptions are for bugs (and for tensor shapes); foreign exceptions are translated
// where the library is called.

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace wordsight {

enum class ErrorKind {
  Invalid,      // the input is wrong: file content, setting, argument
  NotFound,     // no such file, row, name
  Unsupported,  // well-formed, but not something that Wordsight handles
  Io,           // reading or writing failed
  Busy,         // somebody else holds it
  Cancelled,    // the user asked to stop
  Internal,     // a bug: an invariant did not hold
};

/// One clear sentence for a person: it names the file, item or setting, and the next step.
struct Error {
  std::string message;
  ErrorKind kind = ErrorKind::Invalid;
};

/// Either a T or an Error. A class of its own only so that a result cannot be dropped unnoticed.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
  Result() = default;
  Result(tl::expected<T, Error> other) : tl::expected<T, Error>(std::move(other)) {}
};
using Status = Result<void>;

inline tl::unexpected<Error> fail(std::string message, ErrorKind kind = ErrorKind::Invalid) {
  return tl::unexpected<Error>(Error{std::move(message), kind});
}
inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

/// The same error with its context in front: "vocab.json: " + "line 3: …".
inline Error inContext(const std::string& context, Error error) {
  error.message = context + error.message;
  return error;
}

}  // namespace wordsight

#define WORDSIGHT_CONCAT_(a, b) a##b
#define WORDSIGHT_CONCAT(a, b) WORDSIGHT_CONCAT_(a, b)

/// WORDSIGHT_TRY(auto text, readFile(path)); declares `text`, or returns the error from the
/// enclosing function.
#define WORDSIGHT_TRY(declaration, ...)                                            \
  auto WORDSIGHT_CONCAT(try_, __LINE__) = (__VA_ARGS__);                           \
  if (!WORDSIGHT_CONCAT(try_, __LINE__))                                           \
    return ::wordsight::fail(std::move(WORDSIGHT_CONCAT(try_, __LINE__)).error()); \
  declaration = std::move(*WORDSIGHT_CONCAT(try_, __LINE__))

/// WORDSIGHT_CHECK(status); returns the error from the enclosing function.
#define WORDSIGHT_CHECK(...)                                 \
  do {                                                       \
    if (auto checked_ = (__VA_ARGS__); !checked_)            \
      return ::wordsight::fail(std::move(checked_).error()); \
  } while (false)
