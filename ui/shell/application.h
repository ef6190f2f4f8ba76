#pragma once
#include <QApplication>
#include <memory>
#include <vector>

class QTranslator;

namespace wordsight::ui {

class Settings;
class StallLog;

/// The Qt application: theme, language and number formats from the settings, and a watch over its
/// own event loop. With `watch` every event that takes longer than StallLog::kLimitMilliseconds of
/// the thread's own time is
/// noted with the object that took it (and written to standard error when WORDSIGHT_WATCHDOG is
/// set in the environment).
class Application : public QApplication {
  Q_OBJECT
 public:
  Application(int& argc, char** argv);
  ~Application() override;

  /// Loads the language and the number format, and follows the settings' theme from now on.
  void follow(Settings& settings);
  void watch(StallLog* log) { m_stalls = log; }

  bool notify(QObject* receiver, QEvent* event) override;

 Q_SIGNALS:
  /// The desktop opened a file with this program.
  void fileOpened(const QString& path);

 private:
  void loadLanguage(const QString& language);
  void noteStall(const char* who, int type, double counts, double wall);
  StallLog* m_stalls = nullptr;
  std::vector<int> m_levels;  // of event loops, one an event that is being handled
  int m_deepest = 0;
  bool m_printStalls = false;
  std::unique_ptr<QTranslator> m_own, m_qt;
};

}  // namespace wordsight::ui
