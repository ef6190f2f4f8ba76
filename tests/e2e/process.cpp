#include "process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace wordsight::test {
namespace {

std::string temporaryFile() {
  std::string name = "/tmp/wordsight-e2e-XXXXXX";
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) throw std::runtime_error("cannot make a temporary file");
  ::close(descriptor);
  return name;
}

}  // namespace

Cli::Cli(std::vector<std::string> arguments, const std::string& input)
    : m_errorFile(temporaryFile()), m_inputFile(temporaryFile()) {
  std::ofstream(m_inputFile) << input;
  int pipes[2];
  if (::pipe(pipes) != 0) throw std::runtime_error("cannot make a pipe");
  arguments.insert(arguments.begin(), WORDSIGHT_CLI);
  std::vector<char*> argv;
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  m_pid = ::fork();
  if (m_pid == 0) {
    ::dup2(::open(m_inputFile.c_str(), O_RDONLY), STDIN_FILENO);
    ::dup2(pipes[1], STDOUT_FILENO);
    ::dup2(::open(m_errorFile.c_str(), O_WRONLY | O_TRUNC), STDERR_FILENO);
    ::close(pipes[0]);
    ::close(pipes[1]);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ::close(pipes[1]);
  m_out = ::fdopen(pipes[0], "r");
}

Cli::~Cli() {
  if (m_status < 0) {
    kill(SIGKILL);
    wait();
  }
  if (m_out) std::fclose(m_out);
  ::unlink(m_errorFile.c_str());
  ::unlink(m_inputFile.c_str());
}

std::optional<std::string> Cli::line() {
  std::string text;
  for (int c = std::fgetc(m_out); c != EOF; c = std::fgetc(m_out)) {
    if (c == '\n') return text;
    text += static_cast<char>(c);
  }
  return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<Json> Cli::event(const std::string& name) {
  while (const auto text = line()) {
    auto json = parseJson(*text, "output");
    if (json && json->is_object() && json->value("event", "") == name) return *json;
  }
  return std::nullopt;
}

void Cli::kill(int signal) { ::kill(m_pid, signal); }

int Cli::wait() {
  if (m_status >= 0) return m_status;
  int status = 0;
  ::waitpid(m_pid, &status, 0);
  m_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return m_status;
}

std::string Cli::errors() const {
  std::ostringstream text;
  text << std::ifstream(m_errorFile).rdbuf();
  return text.str();
}

Json CliResult::last() const {
  if (lines.empty()) return Json();
  auto json = parseJson(lines.back(), "output");
  return json ? *json : Json();
}

CliResult runCli(std::vector<std::string> arguments, const std::string& input) {
  Cli cli(std::move(arguments), input);
  CliResult result;
  while (auto text = cli.line()) result.lines.push_back(std::move(*text));
  result.status = cli.wait();
  result.errors = cli.errors();
  return result;
}

}  // namespace wordsight::test
