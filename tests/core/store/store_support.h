#pragma once
// What the store's tests share: a project in a folder of its own, and content to put into it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "store/benchmark_repository.h"
#include "store/project.h"
#include "store/run_repository.h"
#include "store/scenario_repository.h"
#include "support.h"

namespace wordsight::store {

inline ScenarioContent content(int number, const std::string& situation = {}) {
  ScenarioContent c;
  c.situation =
      situation.empty() ? "Situation number " + std::to_string(number) + " in a park." : situation;
  c.question = "What should be done first?";
  c.options = {"Help them up", "Call for help", "Laugh \"loudly\"", "Walk on", "Take a picture"};
  c.key = number % 5;
  c.rationale = "Reason " + std::to_string(number);
  c.category = number % 2 ? "Assistance" : "Emergency";
  c.nonIntervention = 3;
  return c;
}

inline NewScenario scenario(int number, const std::string& situation = {}) {
  return {content(number, situation),
          {number % 3 ? "context" : "complexity",
           "demo",
           "",
           std::uint64_t(number),
           {},
           "a.jsonl:" + std::to_string(number)},
          "import"};
}

/// In a TEST body the name Run means a function of GoogleTest's; this is how tests there make one.
inline wordsight::Run newRun(RunKind kind, Json spec = Json::object()) {
  wordsight::Run run;
  run.kind = kind;
  run.spec = std::move(spec);
  return run;
}

inline BenchmarkItem benchmarkItem(int number) {
  BenchmarkItem item;
  item.index = number;
  item.content = content(number);
  item.nonIntervention = {3};
  item.imageFile = std::to_string(number) + ".png";
  item.positiveValues = {"care", "duty"};
  return item;
}

/// A new project and one connection to it; a failure to make them ends the test with the sentence.
struct TestProject {
  test::TempFolder folder;
  std::unique_ptr<Project> project;
  std::unique_ptr<Connection> connection;

  explicit TestProject(const ProjectOptions& options = {}) {
    auto made = Project::create(path(), options);
    if (!made) throw std::runtime_error(made.error().message);
    project = std::make_unique<Project>(std::move(*made));
    connection = connect();
  }
  std::filesystem::path path() const { return folder / "test.wordsight"; }
  std::unique_ptr<Connection> connect() const {
    auto opened = project->connect();
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
  }
  void close() {
    connection.reset();
    project.reset();
  }
  /// As if the program had been left and started again.
  void reopen(OpenMode mode = OpenMode::ReadWrite) {
    close();
    auto opened = Project::open(path(), mode);
    if (!opened) throw std::runtime_error(opened.error().message);
    project = std::make_unique<Project>(std::move(*opened));
    connection = connect();
  }
};

/// The value, or a failed test and a default.
template <class T>
T must(Result<T> result, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  if (result) return std::move(*result);
  ADD_FAILURE_AT(file, line) << result.error().message;
  return T();
}

/// The sentence of something that has to fail; also checks that it is one.
template <class T>
std::string sentence(const Result<T>& result, ErrorKind kind, const char* file = __builtin_FILE(),
                     int line = __builtin_LINE()) {
  if (result) {
    ADD_FAILURE_AT(file, line) << "succeeded, but should have failed";
    return {};
  }
  const auto& error = result.error();
  if (error.kind != kind) ADD_FAILURE_AT(file, line) << "wrong kind of error: " << error.message;
  if (error.message.empty() || error.message.back() != '.' ||
      error.message.find('\n') != std::string::npos)
    ADD_FAILURE_AT(file, line) << "not a sentence: " << error.message;
  return error.message;
}

}  // namespace wordsight::store
