#include "store/owner_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <random>
#include <vector>

#include "base/file.h"

namespace wordsight::store {
namespace {

constexpr const char* kEnding = ".lock";
constexpr const char* kUnfinished = ".new";

std::string freshToken() {
  // Two processes must not meet on one name, whatever their seeds: the system's own randomness, not
  // base/random.h.
  std::random_device device;
  static constexpr char digits[] = "0123456789abcdef";
  std::string token = std::to_string(::getpid()) + "-";
  for (int i = 0; i < 16; ++i) token += digits[device() % 16];
  return token;
}

/// 1: somebody holds it, 0: nobody does, -1: cannot be found out.
int held(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
  // Shared: two processes that look at the same time do not take each other for the owner.
  const int locked = ::flock(descriptor, LOCK_SH | LOCK_NB);
  const int reason = errno;
  ::close(descriptor);
  if (locked == 0) return 0;
  return reason == EWOULDBLOCK ? 1 : -1;
}

}  // namespace

Result<std::unique_ptr<OwnerLock>> OwnerLock::acquire(const std::filesystem::path& folder) {
  WORDSIGHT_CHECK(makeFolder(folder));
  const std::string token = freshToken();
  const auto file = folder / (token + kEnding);
  // Locked before it gets its name, so that nobody ever sees it unlocked while the owner lives.
  const auto unfinished = folder / (token + kUnfinished);
  const int descriptor = ::open(unfinished.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0)
    return fail(
        "Cannot make the lock file " + unfinished.string() + ": " + std::strerror(errno) + ".",
        ErrorKind::Io);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 ||
      ::rename(unfinished.c_str(), file.c_str()) != 0) {
    const std::string reason = std::strerror(errno);
    ::close(descriptor);
    ::unlink(unfinished.c_str());
    return fail("Cannot lock " + file.string() + ": " + reason +
                    ". Runs need a file system with locks: move the project to a local disk.",
                ErrorKind::Io);
  }
  return std::unique_ptr<OwnerLock>(new OwnerLock(descriptor, file, token));
}

OwnerLock::~OwnerLock() {
  ::unlink(m_file.c_str());
  ::close(m_descriptor);
}

bool OwnerLock::lives(const std::filesystem::path& folder, const std::string& token) {
  if (token.empty() || token.find('/') != std::string::npos) return false;
  return held(folder / (token + kEnding)) != 0;
}

void OwnerLock::sweep(const std::filesystem::path& folder) {
  std::error_code code;
  std::vector<std::filesystem::path> gone;
  for (std::filesystem::directory_iterator it(folder, code), end; !code && it != end;
       it.increment(code))
    if (it->path().extension() == kEnding && held(it->path()) == 0) gone.push_back(it->path());
  for (const auto& file : gone) ::unlink(file.c_str());
}

}  // namespace wordsight::store
