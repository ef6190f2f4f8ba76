#include "base/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace wordsight {
namespace {

/// Whether the name still leads to the file that is open: an owner before removed it when it went.
bool isNamed(int descriptor, const std::filesystem::path& file) {
  struct stat open, named;
  return ::fstat(descriptor, &open) == 0 && ::stat(file.c_str(), &named) == 0 &&
         open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

}  // namespace

Result<std::unique_ptr<FileLock>> FileLock::tryAcquire(const std::filesystem::path& file) {
  for (;;) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0)
      return fail("Cannot make the lock file " + file.string() + ": " + std::strerror(errno) + ".",
                  ErrorKind::Io);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      ::close(descriptor);
      return std::unique_ptr<FileLock>();
    }
    if (isNamed(descriptor, file)) return std::unique_ptr<FileLock>(new FileLock(descriptor, file));
    ::close(descriptor);
  }
}

FileLock::~FileLock() {
  ::unlink(m_file.c_str());
  ::close(m_descriptor);
}

}  // namespace wordsight
