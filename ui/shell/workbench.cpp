#include "shell/workbench.h"

#include <unistd.h>

#include <QCommandLineParser>
#include <QFileInfo>
#include <QTimer>
#include <cstdio>

#include "bridge/model_catalog.h"
#include "bridge/settings.h"
#include "bridge/stall_log.h"
#include "shell/application.h"
#include "shell/main_window.h"
#include "shell/page_factory.h"
#include "shell/single_instance.h"

namespace wordsight::ui {

namespace {

/// libgomp reads how long its threads spin when it is loaded; by default they keep the window from
/// its processor while a job runs (see app/openmp for figures). The trick of that library does not
/// work here, since a library of Qt's loads libgomp earlier still, so the program starts once more
/// with the variable set: 0.2 s. Should that fail, the default holds.
void startWithCalmThreads(char** argv) {
  if (qEnvironmentVariableIsSet("GOMP_SPINCOUNT") || qEnvironmentVariableIsSet("OMP_WAIT_POLICY"))
    return;
  qputenv("GOMP_SPINCOUNT", "1000");
  ::execv("/proc/self/exe", argv);
}

}  // namespace

int runWorkbench(int argc, char** argv) {
  startWithCalmThreads(argv);
  Application application(argc, argv);
  QCommandLineParser parser;
  parser.setApplicationDescription(Application::tr(
      "The workbench for teaching vision-language models with text. wordsight-cli does the same "
      "from a terminal."));
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument(QStringLiteral("project"),
                               Application::tr("A project file, NAME.wordsight"),
                               QStringLiteral("[project]"));
  const QCommandLineOption demo(QStringLiteral("demo"), Application::tr("Open the demo project"));
  parser.addOption(demo);
  parser.process(application);

  const QStringList files = parser.positionalArguments();
  if (!files.isEmpty() && SingleInstance::raiseOther(QFileInfo(files[0]).absoluteFilePath())) {
    std::printf("%s is open already; its window was brought forward.\n", qPrintable(files[0]));
    return 0;
  }
  Settings settings;
  application.follow(settings);
  StallLog stalls;
  application.watch(&stalls);
  ModelCatalog models(settings);
  MainWindow window({settings, models}, makePage);
  QObject::connect(&application, &Application::fileOpened, &window, &MainWindow::openProjectFile);
  window.show();
  // After the first paint: the window is there before its project is read.
  QTimer::singleShot(0, &window, [&] {
    if (!files.isEmpty())
      window.openProjectFile(files[0]);
    else if (parser.isSet(demo))
      window.openDemoProject();
    window.preparePages();
  });
  return Application::exec();
}

}  // namespace wordsight::ui
