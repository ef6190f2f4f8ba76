#include "bridge/model_catalog.h"

#include <QDir>
#include <QMetaObject>
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_set>

#include "base/time.h"
#include "bridge/format.h"
#include "bridge/session.h"
#include "bridge/settings.h"

namespace wordsight::ui {

namespace {

namespace fs = std::filesystem;

/// Found models reach the window in batches this far apart.
constexpr double kBatchSeconds = 0.05;

fs::path folderOf(const QString& path) {
  const fs::path given = fromQt(QDir::cleanPath(path));
  std::error_code code;
  return fs::is_regular_file(given, code) ? given.parent_path() : given;
}

bool comesBefore(const jobs::ModelFolder& a, const jobs::ModelFolder& b) {
  return a.name != b.name ? a.name < b.name : a.path < b.path;
}

bool same(const jobs::ModelFolder& a, const jobs::ModelFolder& b) {
  return a.kind == b.kind && a.name == b.name && a.modifiedAt == b.modifiedAt &&
         a.bytes == b.bytes && a.parameters == b.parameters && a.base == b.base && a.run == b.run &&
         a.dataset == b.dataset && a.problems == b.problems;
}

}  // namespace

/// A thread that does one thing after another and drops what it has not begun when it ends.
class ModelCatalog::Worker {
 public:
  using Task = std::function<void()>;
  Worker() : m_thread([this](std::stop_token stop) { serve(stop); }) {}

  void add(Task task) {
    {
      const std::lock_guard lock(m_mutex);
      m_tasks.push_back(std::move(task));
    }
    m_changed.notify_one();
  }

 private:
  void serve(const std::stop_token& stop) {
    for (;;) {
      Task task;
      {
        std::unique_lock lock(m_mutex);
        if (!m_changed.wait(lock, stop, [this] { return !m_tasks.empty(); })) return;
        if (stop.stop_requested()) return;
        task = std::move(m_tasks.front());
        m_tasks.pop_front();
      }
      task();
    }
  }

  std::mutex m_mutex;
  std::condition_variable_any m_changed;
  std::deque<Task> m_tasks;
  std::jthread m_thread;  // last: it ends first
};

struct ModelCatalog::Batch {
  std::vector<jobs::ModelFolder> found;
  std::vector<std::string> problems;
  bool last = false;
};

ModelCatalog::ModelCatalog(Settings& settings, QObject* parent)
    : QObject(parent),
      m_settings(settings),
      m_scanner(std::make_unique<Worker>()),
      m_reader(std::make_unique<Worker>()) {
  connect(&settings, &Settings::modelFoldersChanged, this, &ModelCatalog::rescan);
  if (!folders().isEmpty()) rescan();
}

ModelCatalog::~ModelCatalog() {
  m_stop.request_stop();
  m_scanner.reset();
  m_reader.reset();
}

const jobs::ModelFolder* ModelCatalog::find(const QString& path) const {
  const fs::path wanted = fromQt(QDir::cleanPath(path));
  const auto found = std::find_if(m_models.begin(), m_models.end(),
                                  [&](const auto& model) { return model.path == wanted; });
  return found == m_models.end() ? nullptr : &*found;
}

QStringList ModelCatalog::folders() const {
  QStringList all;
  const auto add = [&all](const QString& folder) {
    if (folder.isEmpty()) return;
    // A trailing slash would leave a model without a name.
    const QString clean = QDir::cleanPath(folder);
    if (!all.contains(clean)) all.append(clean);
  };
  for (const QString& folder : m_settings.modelFolders()) add(folder);
  add(m_projectFolder);
  for (const QString& folder : m_transient) add(folder);
  return all;
}

void ModelCatalog::addTransientFolder(const QString& folder) {
  const QString clean = QDir::cleanPath(folder);
  if (folder.isEmpty() || m_transient.contains(clean)) return;
  m_transient.append(clean);
  rescan();
}

void ModelCatalog::removeTransientFolder(const QString& folder) {
  if (m_transient.removeAll(QDir::cleanPath(folder)) > 0) rescan();
}

void ModelCatalog::setSession(Session* session) {
  if (session == m_session) return;
  if (m_session) m_session->disconnect(this);
  m_session = session;
  m_projectFolder.clear();
  if (session) {
    m_projectFolder = toQt(session->project().filesFolder().string());
    connect(session, &Session::contentChanged, this, [this](Content content) {
      if (content == Content::Models) rescan();
    });
  }
  rescan();
}

void ModelCatalog::rescan() {
  m_stop.request_stop();
  m_stop = std::stop_source();
  m_seen.clear();
  const quint64 scan = ++m_scan;
  if (!m_scanning) {
    m_scanning = true;
    Q_EMIT scanning(true);
  }
  std::vector<fs::path> paths;
  for (const QString& folder : folders()) paths.emplace_back(fromQt(folder));
  m_scanner->add([this, scan, paths = std::move(paths), stop = m_stop.get_token()] {
    if (stop.stop_requested()) return;
    Batch batch;
    Stopwatch sinceLast;
    const auto send = [&] {
      QMetaObject::invokeMethod(
          this, [this, scan, batch = std::move(batch)]() mutable { take(scan, std::move(batch)); },
          Qt::QueuedConnection);
      batch = Batch();
      sinceLast.restart();
    };
    auto outcome = jobs::scanModels(paths, stop, [&](jobs::ModelFolder folder) {
      batch.found.push_back(std::move(folder));
      if (sinceLast.seconds() >= kBatchSeconds) send();
    });
    if (outcome.stopped) return;
    batch.problems = std::move(outcome.problems);
    batch.last = true;
    send();
  });
}

void ModelCatalog::take(quint64 scan, Batch batch) {
  if (scan != m_scan) return;  // a newer one is under way
  bool moved = false;
  for (auto& folder : batch.found) {
    m_seen.push_back(folder.path.string());
    moved |= put(std::move(folder));
  }
  if (batch.last) {
    moved |= dropUnseen();
    QStringList problems;
    for (const auto& sentence : batch.problems) problems.append(toQt(sentence));
    moved |= problems != m_problems;
    m_problems = problems;
    m_scanning = false;
  }
  if (moved) Q_EMIT changed();
  if (batch.last) Q_EMIT scanning(false);
}

bool ModelCatalog::put(jobs::ModelFolder folder) {
  const auto place = std::lower_bound(m_models.begin(), m_models.end(), folder, comesBefore);
  if (place != m_models.end() && place->path == folder.path) {
    if (same(*place, folder)) return false;
    *place = std::move(folder);
  } else {
    m_models.insert(place, std::move(folder));
  }
  return true;
}

bool ModelCatalog::dropUnseen() {
  const std::unordered_set<std::string> seen(m_seen.begin(), m_seen.end());
  m_seen.clear();
  return std::erase_if(m_models, [&seen](const auto& model) {
           return !seen.contains(model.path.string());
         }) > 0;
}

template <class Answer>
void ModelCatalog::ask(QObject* receiver, std::function<Answer()> work,
                       std::function<void(Answer)> then) {
  m_reader->add(
      [this, alive = QPointer<QObject>(receiver), work = std::move(work), then = std::move(then)] {
        auto answer = std::make_shared<Answer>(work());
        QMetaObject::invokeMethod(
            this,
            [alive, answer, then] {
              if (alive) then(std::move(*answer));
            },
            Qt::QueuedConnection);
      });
}

void ModelCatalog::describe(QObject* receiver, const QString& folder,
                            std::function<void(Result<jobs::ModelFolder>)> then) {
  ask<Result<jobs::ModelFolder>>(
      receiver, [folder] { return jobs::describeModel(folderOf(folder)); }, std::move(then));
}

void ModelCatalog::details(QObject* receiver, const QString& folder,
                           std::function<void(Result<jobs::ModelDetails>)> then) {
  ask<Result<jobs::ModelDetails>>(
      receiver, [folder] { return jobs::modelDetails(folderOf(folder)); }, std::move(then));
}

}  // namespace wordsight::ui
