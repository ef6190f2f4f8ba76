#pragma once
#include <QObject>
#include <QPointer>
#include <functional>
#include <memory>
#include <stop_token>
#include <type_traits>
#include <utility>

#include "base/result.h"
#include "store/project.h"

namespace wordsight::ui {

/// Runs questions to the project file away from the window's thread and brings the answers back.
///
/// Readers: two threads, questions in the order asked, answers as they come. Writer: one thread,
/// strictly in order. Every thread has a connection of its own. The object lives on the window's
/// thread and all functions are called there; `work` runs elsewhere and must touch nothing of the
/// window; `then` runs on the window's thread, and only while `receiver` still lives. Destroying it
/// drops questions that have not begun, finishes writes that were asked for, and waits.
class Database : public QObject {
  Q_OBJECT
 public:
  explicit Database(store::Project project, QObject* parent = nullptr);
  ~Database() override;

  /// `work`: Result<T>(store::Connection&). `then`: void(Result<T>).
  template <class Work, class Then>
  void read(QObject* receiver, Work work, Then then, std::stop_token cancelled = {}) {
    submit(false, receiver, std::move(work), std::move(then), std::move(cancelled));
  }
  /// The same, in the writer's thread.
  template <class Work, class Then>
  void write(QObject* receiver, Work work, Then then) {
    submit(true, receiver, std::move(work), std::move(then), {});
  }
  /// Waits until everything that was asked is answered and delivered; for tests and for closing.
  void waitIdle();

 private:
  using Task = std::function<void(store::Connection*, const Error*)>;
  void enqueue(bool writer, std::stop_token cancelled, Task task);
  void deliver(std::function<void()> then);

  template <class Work, class Then>
  void submit(bool writer, QObject* receiver, Work work, Then then, std::stop_token cancelled) {
    using Answer = std::invoke_result_t<Work, store::Connection&>;
    // std::function wants copies; what it holds may be move-only.
    auto shared = std::make_shared<std::pair<Work, Then>>(std::move(work), std::move(then));
    QPointer<QObject> alive(receiver);
    enqueue(writer, cancelled,
            [this, shared, alive, cancelled](store::Connection* connection, const Error* error) {
              auto answer = std::make_shared<Answer>(connection ? shared->first(*connection)
                                                                : Answer(fail(*error)));
              deliver([shared, answer, alive, cancelled] {
                if (alive && !cancelled.stop_requested()) shared->second(std::move(*answer));
              });
            });
  }

  struct State;
  std::unique_ptr<State> m_state;
};

/// A question of which only the newest asking counts: asking again drops the one before, whether
/// it waits, runs or has just been answered.
class LatestQuery {
 public:
  template <class Work, class Then>
  void ask(Database& database, QObject* receiver, Work work, Then then) {
    cancel();
    m_stop = std::stop_source();
    database.read(receiver, std::move(work), std::move(then), m_stop.get_token());
  }
  void cancel() { m_stop.request_stop(); }
  ~LatestQuery() { cancel(); }

 private:
  std::stop_source m_stop;
};

}  // namespace wordsight::ui
