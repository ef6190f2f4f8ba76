#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "base/shell.h"
#include "session.h"
#include "usage.h"

namespace {

// A signal handler may only touch this: a thread that waits for it asks the work to stop.
volatile std::sig_atomic_t interrupts = 0;

void onInterrupt(int) {
  interrupts = interrupts + 1;
  if (interrupts > 1) std::_Exit(wordsight::cli::kInterrupted);  // a second Ctrl+C does not wait
}

std::string asTyped(int argc, char** argv) {
  std::vector<std::string> words = {"wordsight-cli"};
  words.insert(words.end(), argv + 1, argv + argc);
  return wordsight::shellLine(words);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace wordsight::cli;
  CLI::App app("Wordsight: teach vision-language models with text, and see what it changed.",
               "wordsight-cli");
  app.set_version_flag("--version", WORDSIGHT_VERSION);
  app.require_subcommand(1);
  app.option_defaults()->always_capture_default();  // help shows every default
  Session session;
  session.command = asTyped(argc, argv);
  app.add_flag(
      "--json", session.json,
      "One JSON object a line on standard output, the last one {\"event\":\"finished\",…}");
  app.add_option("--threads", session.threads, "Threads for tensor work; 0: all cores")
      ->check(CLI::Range(0, 4096));
#ifndef WORDSIGHT_HEADLESS
  addModelVerbs(app, session);
  addProjectVerbs(app, session);
  addScenarioVerbs(app, session);
  addRunVerbs(app, session);
#else
  addServerVerbs(app, session, nullptr);
#endif
  addFolderVerbs(app, session);
  addInspectVerbs(app, session);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return endOfParsing(app, e, {argv + 1, argv + argc});
  }
  std::signal(SIGINT, onInterrupt);
  std::signal(SIGTERM, onInterrupt);
  std::signal(SIGPIPE, SIG_IGN);
  session.console = std::make_unique<Console>(session.json);
  const std::jthread watcher([&](std::stop_token done) {
    while (!done.stop_requested()) {
      if (interrupts > 0) {
        session.stop.request_stop();
        return;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  });
  return session.action();
}
