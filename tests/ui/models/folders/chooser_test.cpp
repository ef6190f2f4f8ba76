#include "widgets/model_chooser.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <filesystem>

#include "bridge/format.h"
#include "bridge/settings.h"
#include "demo_project.h"

namespace wordsight::ui {
namespace {

namespace fs = std::filesystem;
using wordsight::test::spinUntil;

class Chooser : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::copy(wordsight::test::data("models/qwen2"), m_folder / "qwen2",
             fs::copy_options::recursive);
    fs::create_directories(m_folder / "empty");
    m_settings = std::make_unique<Settings>(toQt((m_folder / "settings.ini").string()));
    m_settings->setModelFolders({toQt(m_folder.path().string())});
    m_catalog = std::make_unique<ModelCatalog>(*m_settings);
    ASSERT_TRUE(spinUntil([&] { return !m_catalog->isScanning(); }));
  }
  QString path(const char* name) const { return toQt((m_folder / name).string()); }

  wordsight::test::TempFolder m_folder;
  std::unique_ptr<Settings> m_settings;
  std::unique_ptr<ModelCatalog> m_catalog;
};

QLineEdit* lineOf(ModelChooser& chooser) {
  return chooser.findChild<QLineEdit*>(QStringLiteral("modelFolder"));
}
QString noteOf(ModelChooser& chooser) {
  return chooser.findChild<QLabel*>(QStringLiteral("modelNote"))->text();
}

TEST_F(Chooser, OffersWhatWasFoundAndTellsWhatIsChosen) {
  ModelChooser chooser(*m_catalog, ModelChooser::Kind::Base);
  chooser.show();
  auto* combo = chooser.findChild<QComboBox*>(QStringLiteral("modelCombo"));
  ASSERT_EQ(combo->count(), 1) << "its adapter is no model";
  QSignalSpy spy(&chooser, &ModelChooser::folderChanged);
  combo->setCurrentIndex(0);
  Q_EMIT combo->activated(0);
  EXPECT_EQ(chooser.folder(), path("qwen2"));
  ASSERT_EQ(spy.count(), 1);
  EXPECT_EQ(spy[0][0].toString(), path("qwen2"));
  EXPECT_TRUE(chooser.usable()) << "what the catalogue knows holds at once";
  ASSERT_TRUE(spinUntil([&] { return chooser.model().has_value(); }));
  EXPECT_TRUE(noteOf(chooser).startsWith(QStringLiteral("qwen2"))) << noteOf(chooser).toStdString();
}

TEST_F(Chooser, SaysWhyAFolderIsNoModel) {
  ModelChooser chooser(*m_catalog, ModelChooser::Kind::Base);
  chooser.show();
  chooser.setFolder(path("empty"));
  EXPECT_FALSE(chooser.usable());
  ASSERT_TRUE(spinUntil([&] { return !chooser.problem().isEmpty(); }));
  EXPECT_TRUE(chooser.problem().contains(path("empty"))) << chooser.problem().toStdString();
  chooser.setFolder(path("qwen2/adapter"));
  ASSERT_TRUE(spinUntil([&] { return chooser.problem().contains(QStringLiteral("adapter")); }));
  EXPECT_FALSE(chooser.usable());
  fs::remove(m_folder / "qwen2" / "tokenizer.json");
  chooser.setFolder(path("qwen2"));
  ASSERT_TRUE(
      spinUntil([&] { return chooser.problem().contains(QStringLiteral("tokenizer.json")); }));
  EXPECT_FALSE(chooser.usable());
  chooser.setFolder({});
  EXPECT_TRUE(chooser.problem().isEmpty());
  EXPECT_FALSE(chooser.usable());
}

TEST_F(Chooser, TypingSettlesAfterAMoment) {
  ModelChooser chooser(*m_catalog, ModelChooser::Kind::OptionalAdapter);
  chooser.show();
  EXPECT_TRUE(chooser.usable()) << "no adapter is a choice";
  QSignalSpy spy(&chooser, &ModelChooser::folderChanged);
  QTest::keyClicks(lineOf(chooser), path("qwen2/adapter"));
  EXPECT_FALSE(chooser.usable());
  ASSERT_TRUE(spinUntil([&] { return chooser.usable(); }));
  EXPECT_EQ(spy.count(), 1) << "not once a letter";
  EXPECT_EQ(chooser.model()->kind, jobs::ModelFolder::Kind::Adapter);
}

TEST_F(Chooser, AnAdapterOfAnotherModelIsWarnedAbout) {
  ModelChooser chooser(*m_catalog, ModelChooser::Kind::Adapter);
  chooser.show();
  chooser.setBase(path("empty"));
  chooser.setFolder(path("qwen2/adapter"));
  ASSERT_TRUE(spinUntil([&] { return chooser.usable(); }));
  if (!chooser.model()->base.empty()) {
    EXPECT_TRUE(noteOf(chooser).contains(QStringLiteral("trained on")))
        << noteOf(chooser).toStdString();
  }
}

TEST_F(Chooser, DroppedAndBrowsed) {
  ModelChooser chooser(*m_catalog, ModelChooser::Kind::Base);
  chooser.show();
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(path("qwen2/config.json"))});
  QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&chooser, &enter);
  EXPECT_TRUE(enter.isAccepted());
  QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&chooser, &drop);
  ASSERT_TRUE(spinUntil([&] { return chooser.folder() == path("qwen2"); }))
      << "a file stands for its folder: " << chooser.folder().toStdString();
  chooser.setFolderPicker([&](const QString&) { return path("empty"); });
  chooser.findChild<QToolButton*>(QStringLiteral("modelBrowse"))->click();
  EXPECT_EQ(chooser.folder(), path("empty"));
  chooser.setFolderPicker([](const QString&) { return QString(); });
  chooser.findChild<QToolButton*>(QStringLiteral("modelBrowse"))->click();
  EXPECT_EQ(chooser.folder(), path("empty")) << "a dialog that was left changes nothing";
}

TEST_F(Chooser, GoneWhileAFolderIsRead) {
  for (int i = 0; i < 20; ++i) {
    auto chooser = std::make_unique<ModelChooser>(*m_catalog, ModelChooser::Kind::Base);
    chooser->setFolder(path("qwen2"));
    chooser.reset();
    QApplication::processEvents();
  }
}

TEST_F(Chooser, FoldersThatVanishAreSaid) {
  ModelChooser chooser(*m_catalog, ModelChooser::Kind::Base);
  chooser.show();
  chooser.setFolder(path("qwen2"));
  ASSERT_TRUE(spinUntil([&] { return chooser.usable(); }));
  fs::remove_all(m_folder / "qwen2");
  m_catalog->rescan();
  ASSERT_TRUE(spinUntil([&] { return !chooser.usable() && !chooser.problem().isEmpty(); }));
}

}  // namespace
}  // namespace wordsight::ui
