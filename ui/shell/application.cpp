#include "shell/application.h"

#include <QFileOpenEvent>
#include <QLibraryInfo>
#include <QLocale>
#include <QThread>
#include <QTranslator>
#include <algorithm>
#include <clocale>
#include <cstdio>

#include "bridge/settings.h"
#include "bridge/stall_log.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

static void initialiseTranslations() { Q_INIT_RESOURCE(wordsight_translations); }

namespace wordsight::ui {

Application::Application(int& argc, char** argv) : QApplication(argc, argv) {
  // Qt takes the desktop's locale for C's functions too; numbers in files and reports keep the dot.
  std::setlocale(LC_NUMERIC, "C");
  setOrganizationName(QStringLiteral("wordsight"));
  setApplicationName(QStringLiteral("wordsight"));
  setApplicationDisplayName(QStringLiteral("Wordsight"));
  setApplicationVersion(QStringLiteral(WORDSIGHT_VERSION));
  setDesktopFileName(QStringLiteral("io.github.wordsight.Wordsight"));
  m_printStalls = qEnvironmentVariableIsSet("WORDSIGHT_WATCHDOG");
  initialiseTranslations();
}

Application::~Application() = default;

void Application::follow(Settings& settings) {
  loadLanguage(settings.language());
  const auto numbers = [&settings] {
    const QString own = settings.numberLocale();
    const QString language = settings.language();
    QLocale::setDefault(!own.isEmpty()        ? QLocale(own)
                        : !language.isEmpty() ? QLocale(language)
                                              : QLocale::system());
  };
  numbers();
  applyTheme(settings.theme());
  setWindowIcon(applicationIcon());
  connect(&settings, &Settings::themeChanged, this, [&settings] { applyTheme(settings.theme()); });
  connect(&settings, &Settings::numbersChanged, this, numbers);
}

void Application::loadLanguage(const QString& language) {
  const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
  m_qt = std::make_unique<QTranslator>();
  if (m_qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
    installTranslator(m_qt.get());
  m_own = std::make_unique<QTranslator>();
  if (m_own->load(locale, QStringLiteral("wordsight"), QStringLiteral("_"),
                  QStringLiteral(":/translations")))
    installTranslator(m_own.get());
}

bool Application::notify(QObject* receiver, QEvent* event) {
  if (event->type() == QEvent::FileOpen) {
    Q_EMIT fileOpened(static_cast<QFileOpenEvent*>(event)->file());
    return true;
  }
  if (!m_stalls || QThread::currentThread() != thread())
    return QApplication::notify(receiver, event);
  // The receiver may be gone afterwards: who it was is asked before, cheaply.
  const QMetaObject* meta = receiver->metaObject();
  const QEvent::Type type = event->type();
  // Events inside an event are part of it, except those of a loop that it runs (a menu, a dialog):
  // they count for themselves, and the event that waits for that loop does not.
  const int level = QThread::currentThread()->loopLevel();
  const bool outermost = m_levels.empty() || m_levels.back() < level;
  m_deepest = outermost ? level : std::max(m_deepest, level);
  m_levels.push_back(level);
  const EventWatch watch;
  const bool result = QApplication::notify(receiver, event);
  const double wall = watch.wall();
  m_levels.pop_back();
  if (outermost && m_deepest == level && wall > StallLog::kLimitMilliseconds)
    if (const double counts = watch.counts(); counts > StallLog::kLimitMilliseconds)
      noteStall(meta->className(), type, counts, wall);
  m_deepest = std::max(m_deepest, level);
  return result;
}

void Application::noteStall(const char* who, int type, double counts, double wall) {
  m_stalls->note({QString::fromLatin1(who), type, counts, wall});
  if (m_printStalls)
    std::fprintf(stderr, "stall: %.1f ms (of %.1f) in %s, event %d\n", counts, wall, who, type);
}

}  // namespace wordsight::ui
