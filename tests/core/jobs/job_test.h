#pragma once
#include <mutex>
#include <vector>

#include "jobs/job.h"
#include "store/run_repository.h"
#include "support.h"

namespace wordsight::test {

/// A fresh project and everything that jobs said.
class JobTest : public ::testing::Test {
 protected:
  JobTest() : m_project(store::Project::create(m_folder / "p.wordsight").value()) {}

  jobs::JobContext context() {
    return {m_project,
            [this](const Event& event) {
              const std::lock_guard lock(m_mutex);
              m_events.push_back(event);
              if (m_onEvent) m_onEvent(event);
            },
            m_stop.get_token()};
  }
  wordsight::Run run(RunId id) {
    const auto connection = m_project.connect().value();
    return store::RunRepository(*connection).get(id).value();
  }
  template <class What>
  int count() const {
    int n = 0;
    for (const auto& event : m_events) n += std::holds_alternative<What>(event.what);
    return n;
  }

  TempFolder m_folder;
  store::Project m_project;
  std::stop_source m_stop;
  std::mutex m_mutex;
  std::vector<Event> m_events;
  std::function<void(const Event&)> m_onEvent;
};

}  // namespace wordsight::test
