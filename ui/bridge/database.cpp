#include "bridge/database.h"

#include <QCoreApplication>
#include <QMetaObject>
#include <QThread>
#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <mutex>
#include <thread>
#include <vector>

namespace wordsight::ui {

namespace {
constexpr int kReaders = 2;
}

struct Database::State {
  struct Waiting {
    std::stop_token cancelled;
    Task task;
  };
  struct Lane {
    std::deque<Waiting> queue;
  };

  store::Project project;
  std::mutex mutex;
  std::condition_variable changed;
  Lane readers, writer;
  int undelivered = 0;  // asked and not yet handed to `then`
  bool closing = false;
  std::vector<std::jthread> threads;

  explicit State(store::Project opened) : project(std::move(opened)) {}

  /// One thread of a lane until the database closes.
  void serve(Lane& lane, bool finishQueue, const std::function<void()>& dropped) {
    auto connected = project.connect();
    for (;;) {
      Waiting next;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return closing || !lane.queue.empty(); });
        if (closing && (!finishQueue || lane.queue.empty())) return;
        next = std::move(lane.queue.front());
        lane.queue.pop_front();
      }
      if (next.cancelled.stop_requested()) {
        dropped();
        continue;
      }
      // A disk that went away may come back: connect again for each question until it does.
      if (!connected) connected = project.connect();
      run(next.task, connected, finishQueue);
    }
  }

  /// SQLite would go on writing into a file that was removed, and all of it would be lost.
  bool fileThere() const {
    std::error_code code;
    return std::filesystem::exists(project.path(), code);
  }

  void run(const Task& task, Result<std::unique_ptr<store::Connection>>& connected, bool writes) {
    try {
      if (writes && !fileThere()) {
        const Error error{"The project file " + project.path().string() +
                              " is not there any more, so nothing can be saved: put it back, or "
                              "connect its disk again.",
                          ErrorKind::NotFound};
        task(nullptr, &error);
        return;
      }
      if (connected)
        task(connected->get(), nullptr);
      else
        task(nullptr, &connected.error());
    } catch (const std::exception& e) {
      const Error error{std::string("Reading the project failed: ") + e.what(),
                        ErrorKind::Internal};
      task(nullptr, &error);
    }
  }
};

Database::Database(store::Project project, QObject* parent)
    : QObject(parent), m_state(std::make_unique<State>(std::move(project))) {
  const auto dropped = [this] { deliver([] {}); };
  for (int i = 0; i < kReaders; ++i)
    m_state->threads.emplace_back(
        [this, dropped] { m_state->serve(m_state->readers, false, dropped); });
  m_state->threads.emplace_back(
      [this, dropped] { m_state->serve(m_state->writer, true, dropped); });
}

Database::~Database() {
  {
    const std::lock_guard lock(m_state->mutex);
    m_state->closing = true;
  }
  m_state->changed.notify_all();
  m_state->threads.clear();
}

void Database::enqueue(bool writer, std::stop_token cancelled, Task task) {
  {
    const std::lock_guard lock(m_state->mutex);
    auto& lane = writer ? m_state->writer : m_state->readers;
    lane.queue.push_back({std::move(cancelled), std::move(task)});
    ++m_state->undelivered;
  }
  m_state->changed.notify_all();
}

void Database::deliver(std::function<void()> then) {
  QMetaObject::invokeMethod(
      this,
      [this, then = std::move(then)] {
        {
          const std::lock_guard lock(m_state->mutex);
          --m_state->undelivered;
        }
        then();
      },
      Qt::QueuedConnection);
}

void Database::waitIdle() {
  for (;;) {
    {
      const std::lock_guard lock(m_state->mutex);
      if (m_state->undelivered == 0) return;
    }
    QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    QThread::msleep(1);
  }
}

}  // namespace wordsight::ui
