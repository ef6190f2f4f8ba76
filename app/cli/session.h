#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "console.h"

namespace wordsight::cli {

/// What verbs share. The chosen verb puts its work into `action`, which main runs after parsing;
/// the action returns the exit status.
struct Session {
  bool json = false;
  int threads = 0;
  std::string command;  // as typed, quoted for a shell: kept with runs
  std::stop_source stop;
  std::unique_ptr<Console> console;  // made after parsing
  std::function<int()> action;

  /// Runs a verb's work: its error becomes the message and the exit status.
  int finish(const Result<Json>& result) {
    if (!result) return console->failed(result.error());
    console->finished(*result);
    return kDone;
  }
};

/// Adds a verb whose work is `run`.
inline CLI::App* addVerb(CLI::App& app, Session& session, const std::string& name,
                         const std::string& description, std::function<Result<Json>()> run) {
  auto* verb = app.add_subcommand(name, description);
  verb->fallthrough();
  verb->callback([&session, run = std::move(run)] {
    session.action = [&session, run] { return session.finish(run()); };
  });
  return verb;
}

// Each file adds its verbs.
void addInspectVerbs(CLI::App& app, Session& session);
void addServerVerbs(CLI::App& app, Session& session, CLI::App* trainVerb);
#ifndef WORDSIGHT_HEADLESS
void addProjectVerbs(CLI::App& app,
                     Session& session);  // init, import, export, check, synth, freeze, bench
void addScenarioVerbs(CLI::App& app, Session& session);  // scenarios
void addModelVerbs(CLI::App& app, Session& session);     // demo, train, eval, compare
void addRunVerbs(CLI::App& app, Session& session);       // runs, override
#endif
void addFolderVerbs(CLI::App& app, Session& session);  // models, merge

}  // namespace wordsight::cli
