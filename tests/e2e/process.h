#pragma once
#include <sys/types.h>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "domain/json.h"

namespace wordsight::test {

/// wordsight-cli in a process of its own, its standard output read line by line.
class Cli {
 public:
  /// `arguments` without the program; `input` goes to standard input.
  explicit Cli(std::vector<std::string> arguments, const std::string& input = {});
  ~Cli();  // kills what still runs
  Cli(const Cli&) = delete;

  /// The next line of standard output; nullopt at the end.
  std::optional<std::string> line();
  /// Reads until an event of that name (with --json); nullopt when there is none any more.
  std::optional<Json> event(const std::string& name);
  void kill(int signal);
  /// Waits; the exit status, or 128 + signal.
  int wait();
  /// Everything that was written to standard error. After wait().
  std::string errors() const;

 private:
  pid_t m_pid = -1;
  std::FILE* m_out = nullptr;
  std::string m_errorFile, m_inputFile;
  int m_status = -1;
};

struct CliResult {
  int status = 0;
  std::vector<std::string> lines;
  std::string errors;
  Json last() const;  // the last line as JSON
};
/// Runs to the end.
CliResult runCli(std::vector<std::string> arguments, const std::string& input = {});

}  // namespace wordsight::test
