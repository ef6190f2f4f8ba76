#pragma once
#include <QCoreApplication>
#include <QMetaObject>
#include <QPointer>
#include <QThreadPool>
#include <memory>
#include <type_traits>
#include <utility>

namespace wordsight::ui {

/// Runs `work` (touching nothing of the window) in Qt's pool and `then` with its answer on the
/// window's thread, while `receiver` lives. For what needs no connection to a project: see Database
/// for that.
template <class Work, class Then>
void inBackground(QObject* receiver, Work work, Then then) {
  using Answer = std::invoke_result_t<Work>;
  auto shared = std::make_shared<std::pair<Work, Then>>(std::move(work), std::move(then));
  QPointer<QObject> alive(receiver);
  QThreadPool::globalInstance()->start([shared, alive] {
    auto answer = std::make_shared<Answer>(shared->first());
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [shared, alive, answer] {
          if (alive) shared->second(std::move(*answer));
        },
        Qt::QueuedConnection);
  });
}

}  // namespace wordsight::ui
