#pragma once
#include <QHash>
#include <QImage>
#include <QObject>
#include <QSize>
#include <QString>
#include <filesystem>
#include <list>
#include <memory>
#include <vector>

namespace wordsight::ui {

/// A picture as the window wants it: fitted into `box` (device pixels), never enlarged.
struct PictureRequest {
  QString path;
  QSize box;
  bool operator==(const PictureRequest&) const = default;
};

/// A decoded picture and the size that its file has.
struct LoadedPicture {
  QImage image;  // null: not there (yet)
  QSize natural;
};

/// Decodes pictures on threads of its own, ahead of being asked for, and keeps what was decoded
/// lately: at most `budget` bytes, least used ones go first. Thumbnails are kept on disk as well.
///
/// Lives on the window's thread; everything is called there and no function waits for a file. What
/// has not begun and is no longer wanted is dropped. A picture that can't be read has a reason,
/// which holds until forget(). Destroying it waits for the decodings that run (some 20 ms each).
class PictureLoader : public QObject {
  Q_OBJECT
 public:
  /// View comes before Thumbnails.
  enum class Lane { View, Thumbnails };
  static constexpr qint64 kBudget = qint64{256} << 20;

  /// `thumbnails`: a folder for them; empty: none are kept on disk.
  explicit PictureLoader(const std::filesystem::path& thumbnails, QObject* parent = nullptr,
                         qint64 budget = kBudget);
  ~PictureLoader() override;

  /// Replaces what is wanted on a lane; the first one comes first. What is there already costs
  /// nothing.
  void want(Lane lane, std::vector<PictureRequest> requests);
  /// Null while it is not there; counts as use.
  LoadedPicture picture(const PictureRequest& request);
  bool has(const PictureRequest& request) const { return m_kept.contains(keyOf(request)); }
  /// Why a picture can't be shown; empty: no trouble so far.
  QString problem(const QString& path) const { return m_problems.value(path); }
  /// Drops everything, also the problems: pictures have moved.
  void forget();
  bool hasProblems() const { return !m_problems.isEmpty(); }

  qint64 bytes() const { return m_bytes; }
  /// Nothing waits and nothing runs.
  bool idle() const;

 Q_SIGNALS:
  void loaded(const QString& path);
  void failed(const QString& path, const QString& reason);

 private:
  struct Workers;
  struct Answer;
  struct Entry {
    LoadedPicture picture;
    std::list<QString>::iterator use;
  };
  static QString keyOf(const PictureRequest& request);
  void take();
  void keep(const QString& key, LoadedPicture picture);

  qint64 m_budget, m_bytes = 0;
  quint64 m_epoch = 0;  // of forget(): answers from before it are dropped
  QHash<QString, Entry> m_kept;
  std::list<QString> m_uses;  // the least used first
  QHash<QString, QString> m_problems;
  std::unique_ptr<Workers> m_workers;  // last: its threads end before the rest goes
};

}  // namespace wordsight::ui
