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

bool writable(const fs::path& path) { return ::access(path.c_str(), W_OK) == 0; }

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

/// The schema's version as SQLite sees it, asked through a connection that cannot write. Sets
/// `immutable` when the medium allows no shared-memory file and no log waits to be read.
Result<int> askVersion(ProjectState& state) {
  const auto ask = [&] {
    auto database = openDatabase(state.file, OpenMode::ReadOnly, state.immutable, state.options);
    return schemaVersion(*database);
  };
  try {
    return ask();
  } catch (const SQLite::Exception& error) {
    const int code = error.getErrorCode();
    std::error_code ignored;
    const auto log = fs::file_size(state.file.string() + "-wal", ignored);
    const bool nothingInLog = ignored || log == 0;
    if ((code != SQLITE_CANTOPEN && code != SQLITE_READONLY) ||
        writable(state.file.parent_path()) || !nothingInLog)
      return fail(translated(error, state.file, "read the schema"));
  }
  state.immutable = true;
  try {
    return ask();
  } catch (const SQLite::Exception& error) {
    return fail(translated(error, state.file, "read the schema"));
  }
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
  WORDSIGHT_CHECK(checkHeader(path, newest));
  auto state = std::make_shared<ProjectState>();
  std::error_code code;
  state->file = fs::canonical(path, code);
  if (code)
    return fail("Cannot open " + path.string() + ": " + code.message() + ".", ErrorKind::Io);
  state->files = filesFolderOf(state->file);
  state->mode = mode;
  state->options = options;
  if (mode == OpenMode::ReadWrite) WORDSIGHT_CHECK(checkWritable(state->file));

  WORDSIGHT_TRY(const int version, askVersion(*state));
  if (version > newest)
    return fail(path.string() + " was made by a newer Wordsight (format " +
                    std::to_string(version) + ", this one knows up to " + std::to_string(newest) +
                    "): update Wordsight to open it. The file was left as it is.",
                ErrorKind::Unsupported);
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
