#pragma once
#include <QObject>
#include <QString>
#include <memory>

class QLocalServer;

namespace wordsight::ui {

/// One window for each project file of a user: whoever opens a file that has a window already asks
/// that window to come forward instead. A crashed window's door is taken over.
class SingleInstance : public QObject {
  Q_OBJECT
 public:
  explicit SingleInstance(QObject* parent = nullptr);
  ~SingleInstance() override;

  /// Whether another window has this file open; if so it is asked to come forward.
  static bool raiseOther(const QString& projectFile);
  /// Listens for others who want this file; an empty path: for none.
  void claim(const QString& projectFile);

 Q_SIGNALS:
  void raiseRequested();

 private:
  std::unique_ptr<QLocalServer> m_server;
};

}  // namespace wordsight::ui
