#include "bridge/model_catalog.h"

#include <QApplication>
#include <QSignalSpy>
#include <filesystem>

#include "bridge/format.h"
#include "bridge/session.h"
#include "bridge/settings.h"
#include "demo_project.h"

namespace wordsight::ui {
namespace {

namespace fs = std::filesystem;
using wordsight::test::spinUntil;

class Catalog : public ::testing::Test {
 protected:
  void SetUp() override {
    m_settings = std::make_unique<Settings>(toQt((m_folder / "settings.ini").string()));
    fs::create_directories(m_folder / "models");
  }
  void copyModel(const std::string& name) {
    fs::copy(wordsight::test::data("models/" + name), m_folder / "models" / name,
             fs::copy_options::recursive);
  }
  QString models() const { return toQt((m_folder / "models").string()); }
  static bool waitFor(ModelCatalog& catalog) {
    return spinUntil([&] { return !catalog.isScanning(); });
  }

  wordsight::test::TempFolder m_folder;
  std::unique_ptr<Settings> m_settings;
};

TEST_F(Catalog, FindsModelsAndTheirAdaptersInTheBackground) {
  copyModel("qwen2");
  m_settings->setModelFolders({models() + u'/'});
  ModelCatalog catalog(*m_settings);
  QSignalSpy changed(&catalog, &ModelCatalog::changed);
  EXPECT_TRUE(catalog.isScanning());
  EXPECT_TRUE(catalog.models().empty()) << "nothing is read on the window's thread";
  ASSERT_TRUE(waitFor(catalog));
  ASSERT_EQ(catalog.models().size(), 2u);
  EXPECT_GE(changed.count(), 1);
  const auto* model = catalog.find(models() + QStringLiteral("/qwen2/"));
  ASSERT_NE(model, nullptr);
  EXPECT_EQ(model->family, "qwen2");
  EXPECT_EQ(catalog.find(models() + QStringLiteral("/none")), nullptr);
}

TEST_F(Catalog, WhatVanishedIsDroppedAndWhatIsNewIsAdded) {
  copyModel("qwen2");
  m_settings->setModelFolders({models()});
  ModelCatalog catalog(*m_settings);
  ASSERT_TRUE(waitFor(catalog));
  fs::remove_all(m_folder / "models" / "qwen2" / "adapter");
  copyModel("llama_tied");
  QSignalSpy changed(&catalog, &ModelCatalog::changed);
  catalog.rescan();
  EXPECT_EQ(catalog.models().size(), 2u) << "what was there stays until the scan has ended";
  ASSERT_TRUE(waitFor(catalog));
  EXPECT_EQ(catalog.models().size(), 3u);
  EXPECT_EQ(catalog.find(models() + QStringLiteral("/qwen2/adapter")), nullptr);
  const auto count = changed.count();
  catalog.rescan();
  ASSERT_TRUE(waitFor(catalog));
  EXPECT_EQ(changed.count(), count) << "nothing changed";
}

TEST_F(Catalog, FoldersThatAreNotThereAreSaid) {
  m_settings->setModelFolders({QStringLiteral("/nowhere/models")});
  ModelCatalog catalog(*m_settings);
  ASSERT_TRUE(waitFor(catalog));
  ASSERT_EQ(catalog.problems().size(), 1);
  EXPECT_TRUE(catalog.problems().front().contains(QStringLiteral("/nowhere/models")));
}

TEST_F(Catalog, TransientFoldersAndTheProjectsOwnCount) {
  copyModel("qwen2");
  ModelCatalog catalog(*m_settings);
  EXPECT_FALSE(catalog.isScanning());
  catalog.addTransientFolder(models());
  ASSERT_TRUE(waitFor(catalog));
  EXPECT_EQ(catalog.models().size(), 2u);
  wordsight::test::DemoProject project;
  ASSERT_OK(jobs::unpackDemoWorld((project.project().filesFolder() / "demo").string()));
  Session session(project.project());
  catalog.setSession(&session);
  ASSERT_TRUE(waitFor(catalog));
  EXPECT_EQ(catalog.models().size(), 3u);
  catalog.setSession(nullptr);
  catalog.removeTransientFolder(models());
  ASSERT_TRUE(waitFor(catalog));
  EXPECT_TRUE(catalog.models().empty());
  EXPECT_TRUE(m_settings->modelFolders().isEmpty()) << "none of them is kept";
}

TEST_F(Catalog, DescribesAnyFolderAndAnyFileOfIt) {
  copyModel("qwen2");
  ModelCatalog catalog(*m_settings);
  QObject receiver;
  std::vector<Result<jobs::ModelFolder>> answers;
  const auto take = [&](Result<jobs::ModelFolder> answer) { answers.push_back(std::move(answer)); };
  catalog.describe(&receiver, models() + QStringLiteral("/qwen2/model.safetensors"), take);
  catalog.describe(&receiver, models(), take);
  ASSERT_TRUE(spinUntil([&] { return answers.size() == 2; }));
  ASSERT_OK(answers[0]);
  EXPECT_EQ(answers[0]->path, m_folder / "models" / "qwen2");
  EXPECT_FALSE(answers[1]);
}

TEST_F(Catalog, DestroyedWhileItScansAndAnswers) {
  copyModel("qwen2");
  for (int i = 0; i < 20; ++i) {
    m_settings->setModelFolders({models(), QStringLiteral("/usr/share")});
    auto catalog = std::make_unique<ModelCatalog>(*m_settings);
    auto receiver = std::make_unique<QObject>();
    catalog->describe(receiver.get(), models(), [](const auto&) { FAIL() << "nobody listens"; });
    catalog->rescan();
    receiver.reset();
    catalog.reset();
    QApplication::processEvents();
  }
}

}  // namespace
}  // namespace wordsight::ui
