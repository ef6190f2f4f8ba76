// A main of its own: the program's application object, which watches its own event loop.

#include <gtest/gtest.h>

#include <QLocale>

#include "bridge/stall_log.h"
#include "shell/application.h"
#include "window_main.h"

namespace wordsight::ui::test {

StallLog& stallLog() {
  static StallLog log;
  return log;
}

}  // namespace wordsight::ui::test

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  ::testing::InitGoogleTest(&argc, argv);
  // "Documents", where the demo project goes, lies in the home folder: one of the test's own.
  const wordsight::test::TempFolder home;
  qputenv("HOME", home.path().string().c_str());
  qputenv("LC_ALL", "C.UTF-8");
  wordsight::ui::Application application(argc, argv);
  QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
  application.watch(&wordsight::ui::test::stallLog());
  return RUN_ALL_TESTS();
}
