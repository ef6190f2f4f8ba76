#include "shell/single_instance.h"

#include <QSignalSpy>

#include "demo_project.h"

namespace wordsight::ui {
namespace {

TEST(SingleInstance, TheSecondAsksTheFirstToComeForward) {
  test::TempFolder folder;
  const QString file = QString::fromStdString(folder.write("a.wordsight", "x").string());
  EXPECT_FALSE(SingleInstance::raiseOther(file));
  SingleInstance first;
  QSignalSpy raised(&first, &SingleInstance::raiseRequested);
  first.claim(file);
  EXPECT_TRUE(SingleInstance::raiseOther(file));
  EXPECT_TRUE(test::spinUntil([&] { return raised.size() == 1; }));
  EXPECT_FALSE(SingleInstance::raiseOther(file + QStringLiteral(".other")));
  first.claim({});
  EXPECT_FALSE(SingleInstance::raiseOther(file));
}

}  // namespace
}  // namespace wordsight::ui
