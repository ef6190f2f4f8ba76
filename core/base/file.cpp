#include "base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace wordsight {
namespace {

std::string systemReason() { return std::strerror(errno); }

/// Closes the descriptor at the end of the scope.
struct Descriptor {
  int value;
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
};

Status writeAll(int descriptor, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(descriptor, bytes.data(), bytes.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      return fail("Cannot write " + path.string() + ": " + systemReason() + ".", ErrorKind::Io);
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

}  // namespace

Result<std::string> readFile(const std::filesystem::path& path, std::uint64_t limit) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.value < 0)
    return fail("Cannot read " + path.string() + ": " + systemReason() + ".",
                errno == ENOENT ? ErrorKind::NotFound : ErrorKind::Io);
  struct stat info {};
  if (::fstat(file.value, &info) != 0 || S_ISDIR(info.st_mode))
    return fail("Cannot read " + path.string() + ": it is not a file.", ErrorKind::Io);
  if (static_cast<std::uint64_t>(info.st_size) > limit)
    return fail(path.string() + " is larger than the " + std::to_string(limit >> 20) +
                " MiB expected of it.");
  std::string text;
  text.resize(static_cast<std::size_t>(info.st_size));
  std::size_t done = 0;
  for (;;) {  // devices and pipes say size 0: read until the end, whatever the size said
    if (done == text.size()) text.resize(done + std::max<std::size_t>(4096, done / 2));
    const ssize_t n = ::read(file.value, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0)
      return fail("Reading " + path.string() + " failed: " + systemReason() + ".", ErrorKind::Io);
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
    if (done > limit)
      return fail(path.string() + " is larger than the " + std::to_string(limit >> 20) +
                  " MiB expected of it.");
  }
  text.resize(done);
  return text;
}

AtomicFile::AtomicFile(std::filesystem::path path)
    : m_path(std::move(path)), m_temporary(m_path.string() + ".tmp" + std::to_string(::getpid())) {}

AtomicFile::~AtomicFile() {
  if (m_descriptor < 0) return;
  ::close(m_descriptor);
  ::unlink(m_temporary.c_str());
}

Status AtomicFile::open() {
  m_descriptor = ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (m_descriptor < 0)
    return fail("Cannot write " + m_path.string() + ": " + systemReason() + ".", ErrorKind::Io);
  return {};
}

Status AtomicFile::write(std::string_view bytes) { return writeAll(m_descriptor, bytes, m_path); }

Status AtomicFile::commit() {
  if (::fsync(m_descriptor) != 0 || ::rename(m_temporary.c_str(), m_path.c_str()) != 0)
    return fail("Cannot write " + m_path.string() + ": " + systemReason() + ".", ErrorKind::Io);
  ::close(std::exchange(m_descriptor, -1));
  auto folder = m_path.parent_path();
  if (folder.empty()) folder = ".";
  const Descriptor directory{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (directory.value >= 0)
    ::fsync(directory.value);  // so that the rename itself survives a power cut
  return {};
}

Status writeFileAtomically(const std::filesystem::path& path, std::string_view bytes) {
  AtomicFile file(path);
  WORDSIGHT_CHECK(file.open());
  WORDSIGHT_CHECK(file.write(bytes));
  return file.commit();
}

Status forEachLine(const std::filesystem::path& path,
                   const std::function<Status(std::string_view, std::size_t)>& onLine) {
  std::error_code code;
  if (std::filesystem::is_directory(path, code))
    return fail(path.string() + " is a folder, not a text file.");
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail("Cannot read " + path.string() + ": " + systemReason() + ".", ErrorKind::Io);
  std::string line;
  std::size_t number = 0;
  while (std::getline(in, line)) {
    ++number;
    std::string_view view = line;
    if (number == 1 && view.starts_with("\xEF\xBB\xBF")) view.remove_prefix(3);
    if (view.ends_with('\r')) view.remove_suffix(1);
    WORDSIGHT_CHECK(onLine(view, number));
  }
  if (in.bad()) return fail("Reading " + path.string() + " failed.", ErrorKind::Io);
  return {};
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.value < 0)
    return fail("Cannot read " + path.string() + ": " + systemReason() + ".",
                errno == ENOENT ? ErrorKind::NotFound : ErrorKind::Io);
  struct stat info {};
  if (::fstat(file.value, &info) != 0 || !S_ISREG(info.st_mode))
    return fail("Cannot read " + path.string() + ": it is not a regular file.", ErrorKind::Io);
  MappedFile mapped;
  mapped.m_path = path;
  mapped.m_size = static_cast<std::size_t>(info.st_size);
  if (mapped.m_size == 0) return mapped;
  void* data = ::mmap(nullptr, mapped.m_size, PROT_READ, MAP_PRIVATE, file.value, 0);
  if (data == MAP_FAILED) {
    mapped.m_size = 0;
    return fail("Cannot map " + path.string() + " into memory: " + systemReason() + ".",
                ErrorKind::Io);
  }
  mapped.m_data = static_cast<const std::byte*>(data);
  return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept { *this = std::move(other); }

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(m_data, other.m_data);
  std::swap(m_size, other.m_size);
  std::swap(m_path, other.m_path);
  return *this;
}

MappedFile::~MappedFile() {
  if (m_data) ::munmap(const_cast<std::byte*>(m_data), m_size);
}

Result<AppendFile> AppendFile::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (descriptor < 0)
    return fail("Cannot write " + path.string() + ": " + systemReason() + ".", ErrorKind::Io);
  return AppendFile(descriptor, path);
}

AppendFile::AppendFile(AppendFile&& other) noexcept { *this = std::move(other); }

AppendFile& AppendFile::operator=(AppendFile&& other) noexcept {
  std::swap(m_descriptor, other.m_descriptor);
  std::swap(m_path, other.m_path);
  return *this;
}

AppendFile::~AppendFile() {
  if (m_descriptor >= 0) ::close(m_descriptor);
}

Status AppendFile::append(std::string_view bytes, bool sync) {
  WORDSIGHT_CHECK(writeAll(m_descriptor, bytes, m_path));
  if (sync && ::fdatasync(m_descriptor) != 0)
    return fail("Cannot write " + m_path.string() + ": " + systemReason() + ".", ErrorKind::Io);
  return {};
}

Status makeFolder(const std::filesystem::path& path) {
  std::error_code code;
  std::filesystem::create_directories(path, code);
  if (code)
    return fail("Cannot make the folder " + path.string() + ": " + code.message() + ".",
                ErrorKind::Io);
  return {};
}

}  // namespace wordsight
