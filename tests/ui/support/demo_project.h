#pragma once
#include <QWidget>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "jobs/job.h"
#include "jobs/resources.h"
#include "support.h"

namespace wordsight::test {

/// A temporary project with pieces of the demo world, made by the real jobs.
class DemoProject {
 public:
  DemoProject();
  const store::Project& project() const { return *m_project; }
  std::filesystem::path folder() const { return m_folder.path(); }
  jobs::JobContext context() const { return {*m_project, {}, {}}; }

  /// Samples scenarios from the demo grammar: about 20,000 a second.
  void addScenarios(int count, std::uint64_t seed = 1);
  /// Freezes all scenarios as dataset `name` (90 % train, 10 % eval).
  void addDataset(const std::string& name);
  /// Unpacks model and pictures (once) and imports the 300 items as benchmark "demo".
  const jobs::DemoWorld& addBenchmark();
  /// An evaluation of answers that are right with probability `share` (seeded): a cell in no time.
  RunId addRecorded(const std::string& name, const std::string& arm, double share,
                    std::uint64_t seed = 1);

 private:
  TempFolder m_folder;
  std::unique_ptr<store::Project> m_project;
  jobs::DemoWorld m_world;
};

/// Runs the event loop until `done` or the time is over; whether it was done.
bool spinUntil(const std::function<bool()>& done, int milliseconds = 10'000);

/// Writes NAME.png for light and dark at 1x and 2x into the build's folder `screenshots`.
/// `prepare` is called after each change of theme.
void screenshots(QWidget& widget, const QString& name, const std::function<void()>& prepare = {});

}  // namespace wordsight::test
