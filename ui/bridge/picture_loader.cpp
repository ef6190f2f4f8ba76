#include "bridge/picture_loader.h"

#include <QMetaObject>
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "bridge/format.h"
#include "jobs/mailbox.h"
#include "vision/thumbnail.h"

namespace wordsight::ui {

namespace {

// Two cores are shared with jobs and the window; a third decoder brings nothing.
constexpr int kThreads = 2;

/// Rows of three bytes become rows of four, which is what raster painting takes as it is:
/// converting here, once, spares the window's thread the same work at every paint.
LoadedPicture toScreen(const vision::DisplayPicture& decoded, const QSize& box) {
  const auto& picture = decoded.picture;
  const QImage view(picture.rgb.data(), picture.width, picture.height, picture.width * 3,
                    QImage::Format_RGB888);
  const bool fits = picture.width <= box.width() && picture.height <= box.height();
  const QImage image =
      fits ? view : view.scaled(box, Qt::KeepAspectRatio, Qt::SmoothTransformation);
  return {image.convertToFormat(QImage::Format_RGB32),
          QSize(decoded.naturalWidth, decoded.naturalHeight)};
}

/// The longer side of a picture of the size `natural` in the box; while that size is not known, the
/// most that it can be.
int longerSide(const QSize& natural, const QSize& box) {
  const QSize fitted = natural.isEmpty() ? box : natural.scaled(box, Qt::KeepAspectRatio);
  return std::max(1, std::max(fitted.width(), fitted.height()));
}

}  // namespace

struct PictureLoader::Answer {
  quint64 epoch = 0;
  PictureRequest request;
  Result<LoadedPicture> picture;
};

/// The threads and what they share with the window's thread.
struct PictureLoader::Workers {
  struct Job {
    quint64 epoch = 0;
    PictureRequest request;
    QSize natural;  // empty: not known
    bool thumbnail = false;
  };
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::deque<PictureRequest> view, thumbnails;
  QHash<QString, QSize> naturals;       // of pictures that were decoded once
  std::vector<PictureRequest> running;  // until taken
  quint64 epoch = 0;
  bool closing = false;
  std::unique_ptr<vision::ThumbnailCache> cache;  // null: none is kept on disk
  jobs::Mailbox<Answer> answers;
  std::vector<std::jthread> threads;

  Workers(const std::filesystem::path& folder, std::function<void()> wake)
      : answers(std::move(wake)) {
    if (!folder.empty()) cache = std::make_unique<vision::ThumbnailCache>(folder);
    for (int i = 0; i < kThreads; ++i) threads.emplace_back([this] { serve(); });
  }
  ~Workers() {
    {
      const std::lock_guard lock(mutex);
      closing = true;
    }
    changed.notify_all();
  }

  bool next(Job& job) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return closing || !view.empty() || !thumbnails.empty(); });
    if (closing) return false;
    job.thumbnail = view.empty();
    auto& queue = job.thumbnail ? thumbnails : view;
    job.request = std::move(queue.front());
    queue.pop_front();
    job.natural = naturals.value(job.request.path);
    job.epoch = epoch;
    running.push_back(job.request);
    return true;
  }

  void serve() {
    Job job;
    while (next(job)) answers.post({job.epoch, job.request, decode(job)});
  }

  Result<LoadedPicture> decode(const Job& job) {
    const std::filesystem::path file(fromQt(job.request.path));
    const int side = longerSide(job.natural, job.request.box);
    auto decoded =
        job.thumbnail && cache ? cache->picture(file, side) : vision::decodeForDisplay(file, side);
    if (!decoded) return fail(std::move(decoded).error());
    LoadedPicture picture = toScreen(*decoded, job.request.box);
    const std::lock_guard lock(mutex);
    naturals.insert(job.request.path, picture.natural);
    return picture;
  }
};

PictureLoader::PictureLoader(const std::filesystem::path& thumbnails, QObject* parent,
                             qint64 budget)
    : QObject(parent), m_budget(budget), m_workers(std::make_unique<Workers>(thumbnails, [this] {
        QMetaObject::invokeMethod(
            this, [this] { take(); }, Qt::QueuedConnection);
      })) {}

PictureLoader::~PictureLoader() = default;

QString PictureLoader::keyOf(const PictureRequest& request) {
  return QStringLiteral("%1x%2 %3")
      .arg(request.box.width())
      .arg(request.box.height())
      .arg(request.path);
}

void PictureLoader::want(Lane lane, std::vector<PictureRequest> requests) {
  std::erase_if(requests, [this](const PictureRequest& request) {
    return request.path.isEmpty() || request.box.isEmpty() || has(request) ||
           m_problems.contains(request.path);
  });
  {
    const std::lock_guard lock(m_workers->mutex);
    std::erase_if(requests, [this](const PictureRequest& request) {
      return std::find(m_workers->running.begin(), m_workers->running.end(), request) !=
             m_workers->running.end();
    });
    auto& queue = lane == Lane::View ? m_workers->view : m_workers->thumbnails;
    queue.assign(std::make_move_iterator(requests.begin()),
                 std::make_move_iterator(requests.end()));
  }
  m_workers->changed.notify_all();
}

LoadedPicture PictureLoader::picture(const PictureRequest& request) {
  const auto found = m_kept.find(keyOf(request));
  if (found == m_kept.end()) return {};
  m_uses.splice(m_uses.end(), m_uses, found->use);
  return found->picture;
}

void PictureLoader::take() {
  auto answers = m_workers->answers.takeAll();
  {
    const std::lock_guard lock(m_workers->mutex);
    for (const auto& answer : answers) std::erase(m_workers->running, answer.request);
  }
  for (auto& answer : answers) {
    if (answer.epoch != m_epoch) continue;
    const QString path = answer.request.path;
    if (answer.picture) {
      keep(keyOf(answer.request), std::move(*answer.picture));
      Q_EMIT loaded(path);
    } else {
      const QString reason = toQt(answer.picture.error().message);
      m_problems.insert(path, reason);
      Q_EMIT failed(path, reason);
    }
  }
}

void PictureLoader::keep(const QString& key, LoadedPicture picture) {
  if (m_kept.contains(key)) return;
  m_bytes += picture.image.sizeInBytes();
  m_uses.push_back(key);
  m_kept.insert(key, {std::move(picture), std::prev(m_uses.end())});
  while (m_bytes > m_budget && m_uses.size() > 1) {
    const auto oldest = m_kept.find(m_uses.front());
    m_bytes -= oldest->picture.image.sizeInBytes();
    m_kept.erase(oldest);
    m_uses.pop_front();
  }
}

void PictureLoader::forget() {
  {
    const std::lock_guard lock(m_workers->mutex);
    m_workers->view.clear();
    m_workers->thumbnails.clear();
    m_workers->naturals.clear();
    m_epoch = ++m_workers->epoch;
  }
  m_kept.clear();
  m_uses.clear();
  m_problems.clear();
  m_bytes = 0;
}

bool PictureLoader::idle() const {
  const std::lock_guard lock(m_workers->mutex);
  return m_workers->view.empty() && m_workers->thumbnails.empty() && m_workers->running.empty();
}

}  // namespace wordsight::ui
