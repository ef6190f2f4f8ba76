#include "shell/preferences_dialog.h"

#include <QComboBox>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include "bridge/settings.h"
#include "demo_project.h"
#include "shell/about_dialog.h"

namespace wordsight::ui {
namespace {

class PreferencesTest : public ::testing::Test {
 protected:
  QString file() const { return QString::fromStdString((m_folder / "s.ini").string()); }
  test::TempFolder m_folder;
};

void choose(QComboBox* box, const QVariant& value) {
  box->setCurrentIndex(box->findData(value));
  Q_EMIT box->activated(box->currentIndex());
}

TEST_F(PreferencesTest, ChangesHoldAtOnceAndStay) {
  {
    Settings settings(file());
    PreferencesDialog dialog(settings);
    choose(dialog.findChild<QComboBox*>(QStringLiteral("themeChoice")), int(ThemeChoice::Dark));
    EXPECT_EQ(settings.theme(), ThemeChoice::Dark);
    choose(dialog.findChild<QComboBox*>(QStringLiteral("languageChoice")), QStringLiteral("de"));
    settings.addModelFolder(QStringLiteral("/models"));
    auto* folders = dialog.findChild<QListWidget*>(QStringLiteral("modelFolders"));
    ASSERT_EQ(folders->count(), 1);
    folders->setCurrentRow(0);
    dialog.resize(560, 480);
    test::screenshots(dialog, QStringLiteral("window_preferences"));
    dialog.findChild<QPushButton*>(QStringLiteral("removeModelFolder"))->click();
    EXPECT_EQ(folders->count(), 0);
  }
  Settings again(file());
  EXPECT_EQ(again.theme(), ThemeChoice::Dark);
  EXPECT_EQ(again.language(), QStringLiteral("de"));
  EXPECT_TRUE(again.modelFolders().isEmpty());
  EXPECT_TRUE(again.problem().isEmpty());
}

TEST_F(PreferencesTest, ABrokenFileIsSetAsideAndSaid) {
  m_folder.write("s.ini", std::string("\0\1\2garbage", 10));
  {
    Settings settings(file());
    EXPECT_TRUE(settings.problem().contains(QLatin1String("s.ini")))
        << settings.problem().toStdString();
    EXPECT_TRUE(QFile::exists(file() + QStringLiteral(".broken-1")));
    settings.setTheme(ThemeChoice::Light);
  }  // what was changed is written when the settings go, at the latest
  EXPECT_EQ(Settings(file()).theme(), ThemeChoice::Light);
}

TEST_F(PreferencesTest, AtLeastOneThreadWorks) {
  Settings settings(file());
  settings.setThreadsForWindow(10'000);
  EXPECT_GE(settings.jobThreads(), 1);
  settings.setThreadsForWindow(-3);
  EXPECT_EQ(settings.threadsForWindow(), 0);
}

TEST_F(PreferencesTest, RecentProjectsAreTenAndNewestFirst) {
  Settings settings(file());
  for (int i = 0; i < 15; ++i) settings.addRecentProject(QStringLiteral("/p%1").arg(i));
  EXPECT_EQ(settings.recentProjects().size(), 10);
  EXPECT_EQ(settings.recentProjects().first(), QStringLiteral("/p14"));
  settings.addRecentProject(QStringLiteral("/p8"));
  EXPECT_EQ(settings.recentProjects().first(), QStringLiteral("/p8"));
  EXPECT_EQ(settings.recentProjects().count(QStringLiteral("/p8")), 1);
}

TEST(About, SaysVersionAndLicence) {
  AboutDialog dialog;
  dialog.resize(480, 280);
  test::screenshots(dialog, QStringLiteral("window_about"));
  EXPECT_NE(dialog.findChild<QPushButton*>(QStringLiteral("aboutClose")), nullptr);
}

}  // namespace
}  // namespace wordsight::ui
