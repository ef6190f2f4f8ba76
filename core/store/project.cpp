#include "store/project.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <random>

#include "base/file.h"
#include "store/schema.h"
#include "store/session.h"

namespace wordsight::store {
namespace {

namespace fs = std::filesystem;

const std::vector<Migration>& migrationsOf(const ProjectOptions& options) {
  return options.migrations ? *options.migrations : builtinMigrations();
}

/// Gives the finished file its name, unless something of that name appeared meanwhile.
Status nameNewFile(const fs::path& unfinished, const fs::path& path) {
  int failed = ::renameat2(AT_FDCWD, unfinished.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE);
  if (failed && errno == EINVAL &&
      ::access(path.c_str(), F_OK) != 0)  // a file system without that flag
    failed = ::rename(unfinished.c_str(), path.c_str());
  if (failed) {
    const bool exists = errno == EEXIST;
    return fail(exists ? path.string() + " exists already: open it, or choose another name."
                       : "Cannot make " + path.string() + ": " + std::strerror(errno) + ".",
                exists ? ErrorKind::Invalid : ErrorKind::Io);
  }
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory >= 0) {
    ::fsync(directory);
    ::close(directory);
  }
  return {};
}

Status checkNewPath(const fs::path& path) {
  if (path.empty() || !path.has_filename())
    return fail("A new project needs a file name: name a .wordsight file.");
  std::error_code code;
  if (fs::symlink_status(path, code).type() != fs::file_type::not_found && !code)
    return fail(path.string() + " exists already: open it, or choose another name.");
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, code))
    return fail("Cannot make " + path.string() + ": there is no folder " + folder.string() +
                    ". Make it first.",
                ErrorKind::NotFound);
  for (const char* ending : {"-wal", "-journal"})  // SQLite would play them back into the new file
    if (fs::exists(path.string() + ending, code))
      return fail(path.string() + ending +
                  " is left over from a project that is gone: remove it, or choose another name.");
  return {};
}

bool writable(const fs::path& path) {
  return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0;
}

Status checkWritable(const fs::path& file) {
  if (!writable(file))
    return fail(file.string() + " is read-only (" + std::strerror(errno) +
                    "): copy it to where you can write, or open it for reading only.",
                ErrorKind::Io);
  if (!writable(file.parent_path()))
    return fail("The folder " + file.parent_path().string() + " is read-only (" +
                    std::strerror(errno) +
                    "): copy the project to where you can write, or open it for reading only.",
                ErrorKind::Io);
  return {};
}

/// The schema's version when a log lies beside the file: only SQLite can tell, and through a
/// connection that cannot write, so that a newer program's file stays as it is.
Result<int> askVersion(const ProjectState& state) {
  try {
    return schemaVersion(*openDatabase(state.file, OpenMode::ReadOnly, false, state.options));
  } catch (const SQLite::Exception& error) {
    return fail(translated(error, state.file, "read the schema"));
  }
}

bool hasLog(const fs::path& file) {
  std::error_code missing;
  const auto size = fs::file_size(file.string() + "-wal", missing);
  return !missing && size > 0;
}

}  // namespace

Project::Project(std::shared_ptr<ProjectState> state) : m_state(std::move(state)) {}

fs::path filesFolderOf(const fs::path& projectFile) {
  const fs::path name =
      projectFile.extension() == ".wordsight" ? projectFile.stem() : projectFile.filename();
  return projectFile.parent_path() / (name.string() + ".files");
}

Result<Project> Project::create(const fs::path& path, const ProjectOptions& options) {
  WORDSIGHT_CHECK(checkNewPath(path));
  // Made under another name and renamed: whoever sees the file sees all of it.
  const fs::path unfinished = path.string() + ".new" + std::to_string(::getpid()) + "-" +
                              std::to_string(std::random_device()());
  Status status;
  try {
    status = writeNewDatabase(unfinished, options, migrationsOf(options));
  } catch (const SQLite::Exception& error) {
    status = fail(translated(error, path, "make a project"));
  }
  if (status) status = nameNewFile(unfinished, path);
  if (!status) {
    for (const char* ending : {"", "-wal", "-shm", "-journal"})
      ::unlink((unfinished.string() + ending).c_str());
    return fail(status.error());
  }
  return open(path, OpenMode::ReadWrite, options);
}

Result<Project> Project::open(const fs::path& path, OpenMode mode, const ProjectOptions& options) {
  const auto& migrations = migrationsOf(options);
  const int newest = migrations.back().number;
  WORDSIGHT_TRY(int version, headerVersion(path, newest));
  auto state = std::make_shared<ProjectState>();
  std::error_code code;
  state->file = fs::canonical(path, code);
  if (code)
    return fail("Cannot open " + path.string() + ": " + code.message() + ".", ErrorKind::Io);
  state->files = filesFolderOf(state->file);
  state->mode = mode;
  state->options = options;
  if (mode == OpenMode::ReadWrite) WORDSIGHT_CHECK(checkWritable(state->file));

  if (hasLog(state->file)) {
    WORDSIGHT_TRY(version, askVersion(*state));
    WORDSIGHT_CHECK(checkVersion(path, version, newest));
  } else if (mode == OpenMode::ReadOnly) {
    // SQLite wants to make a shared-memory file beside it, unless told that nothing can change.
    state->immutable =
        !writable(state->file.parent_path()) && !fs::exists(state->file.string() + "-shm", code);
  }
  if (version < 1)
    return fail(
        path.string() +
        " holds no finished project: remove it and make a new one with `wordsight-cli init`.");
  if (version < newest) {
    if (mode == OpenMode::ReadOnly)
      return fail(path.string() + " has the older format " + std::to_string(version) +
                      ": open it once for writing, which copies it and brings it up to date.",
                  ErrorKind::Unsupported);
    WORDSIGHT_TRY(state->copy, migrateFile(state->file, options, migrations));
  }
  if (mode == OpenMode::ReadWrite) {
    WORDSIGHT_CHECK(makeFolder(state->files));
    OwnerLock::sweep(state->files / "locks");
  }
  return Project(std::move(state));
}

Result<std::unique_ptr<Connection>> Project::connect() const {
  auto session = std::make_unique<SqlSession>();
  session->project = m_state;
  try {
    session->database =
        openDatabase(m_state->file, m_state->mode, m_state->immutable, m_state->options);
    // Somebody may have migrated the file since it was opened here.
    const int newest = migrationsOf(m_state->options).back().number;
    const int version = schemaVersion(*session->database);
    WORDSIGHT_CHECK(checkVersion(m_state->file, version, newest));
  } catch (const SQLite::Exception& error) {
    return fail(translated(error, m_state->file, "connect"));
  }
  return std::unique_ptr<Connection>(new Connection(std::move(session)));
}

const fs::path& Project::path() const { return m_state->file; }
OpenMode Project::mode() const { return m_state->mode; }
const fs::path& Project::filesFolder() const { return m_state->files; }
const fs::path& Project::copyBeforeMigration() const { return m_state->copy; }

}  // namespace wordsight::store
