// The page over real folders: scan, details, merge by clicks, what happens when folders vanish.

#include "pages/models/models_page.h"

#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>
#include <filesystem>

#include "base/file.h"
#include "bridge/format.h"
#include "bridge/model_catalog.h"
#include "demo_project.h"
#include "models/folders/model_tree.h"
#include "pages/models/folder_list.h"
#include "pages/models/merge_panel.h"
#include "pages/models/model_details.h"
#include "widgets/message_bar.h"
#include "widgets/model_chooser.h"
#include "widgets/path_field.h"

namespace wordsight::ui {
namespace {

namespace fs = std::filesystem;
using wordsight::test::DemoProject;
using wordsight::test::spinUntil;

class Models : public ::testing::Test {
 protected:
  void SetUp() override {
    m_settings = std::make_unique<Settings>(toQt((m_folder / "settings.ini").string()));
    m_catalog = std::make_unique<ModelCatalog>(*m_settings);
    fs::create_directories(m_folder / "models");
    // Not the hub's cache of whoever runs the test.
    qputenv("HF_HOME", (m_folder / "hf").string().c_str());
    qunsetenv("HF_HUB_CACHE");
  }
  void TearDown() override {
    if (m_page) m_page->setSession(nullptr);
    m_page.reset();
    m_catalog->setSession(nullptr);
    m_session.reset();
    m_catalog.reset();
    qunsetenv("HF_HOME");
  }
  void copyModel(const std::string& name, const std::string& as) {
    const auto target = m_folder / "models" / as;
    fs::create_directories(target.parent_path());
    fs::copy(wordsight::test::data("models/" + name), target, fs::copy_options::recursive);
    own(target);
  }
  /// The adapter that lies in a model's folder says that it belongs to it.
  static void own(const fs::path& model) {
    const auto file = model / "adapter" / "adapter_config.json";
    auto json = readJsonFile(file, 1 << 20).value();
    json["base_model_name_or_path"] = model.string();
    ASSERT_OK(writeFileAtomically(file, dumpJson(json)));
  }
  QString path(const char* name) const { return toQt((m_folder / "models" / name).string()); }
  void openPage(bool withProject = true) {
    m_page = std::make_unique<ModelsPage>(Services{*m_settings, *m_catalog});
    m_page->resize(1280, 800);
    m_page->show();
    if (withProject) {
      m_session = std::make_unique<Session>(m_project.project());
      m_page->setSession(m_session.get());
    }
    m_page->shown();
  }
  void lookIn(const QString& folder) {
    m_page->folders().addFolder(folder);
    ASSERT_TRUE(spinUntil([&] { return !m_catalog->isScanning(); }));
  }
  template <class Kind = QWidget>
  Kind* find(const char* name) {
    auto* found = m_page->findChild<Kind*>(QLatin1String(name));
    if (!found) throw std::runtime_error(std::string("no control ") + name);
    return found;
  }
  void click(const char* name) {
    auto* button = find<QAbstractButton>(name);
    ASSERT_TRUE(button->isEnabled()) << name << ": " << button->toolTip().toStdString();
    ASSERT_TRUE(button->isVisible()) << name;
    QTest::mouseClick(button, Qt::LeftButton);
  }
  QTreeView* tree() { return find<QTreeView>("modelTree"); }
  /// Clicks the row of a folder.
  bool choose(const QString& folder) {
    auto* view = tree();
    auto* model = view->model();
    std::vector<QModelIndex> rows;
    for (int i = 0; i < model->rowCount(); ++i) {
      rows.push_back(model->index(i, 0));
      for (int j = 0; j < model->rowCount(rows.back().siblingAtRow(i)); ++j)
        rows.push_back(model->index(j, 0, model->index(i, 0)));
    }
    for (const auto& row : rows) {
      if (row.data(ModelTree::PathRole).toString() != folder) continue;
      view->expand(row.parent());
      view->scrollTo(row);
      QTest::mouseClick(view->viewport(), Qt::LeftButton, Qt::NoModifier,
                        view->visualRect(row).center());
      return true;
    }
    return false;
  }
  bool shows(const QString& text) {
    for (const auto* label : find<QWidget>("modelDetails")->findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains(text)) return true;
    return false;
  }

  wordsight::test::TempFolder m_folder;
  DemoProject m_project;
  std::unique_ptr<Settings> m_settings;
  std::unique_ptr<ModelCatalog> m_catalog;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<ModelsPage> m_page;
};

TEST_F(Models, NothingYetSaysHowToBegin) {
  openPage(false);
  EXPECT_TRUE(find<QWidget>("noModels")->isVisible());
  copyModel("qwen2", "small");
  m_page->folders().setFolderPicker([&](const QString&) { return path(""); });
  click("actionAddFolderButton");
  ASSERT_TRUE(spinUntil([&] { return tree()->model()->rowCount() == 1; }));
  EXPECT_TRUE(tree()->isVisible());
  EXPECT_EQ(m_settings->modelFolders().size(), 1);
}

TEST_F(Models, DetailsSayWhatAModelIs) {
  copyModel("qwen2", "small");
  openPage();
  lookIn(path(""));
  ASSERT_TRUE(choose(path("small")));
  EXPECT_EQ(find<QLabel>("detailsTitle")->text(), QStringLiteral("small"));
  ASSERT_TRUE(spinUntil([&] { return shows(QStringLiteral("tokenizer.json")); }));
  EXPECT_TRUE(shows(QStringLiteral("qwen2")));
  click("copyPath");
  EXPECT_EQ(QGuiApplication::clipboard()->text(), path("small"));
  QSignalSpy spy(m_page.get(), &Page::navigate);
  click("evaluateModel");
  click("trainModel");
  ASSERT_EQ(spy.count(), 2);
  EXPECT_EQ(spy[0][0].value<PageId>(), PageId::Evaluate);
  EXPECT_EQ(spy[0][1].toMap().value(QStringLiteral("model")).toString(), path("small"));
  EXPECT_EQ(spy[1][0].value<PageId>(), PageId::Train);
}

TEST_F(Models, BrokenFoldersSayWhatIsMissing) {
  copyModel("qwen2", "small");
  fs::remove(m_folder / "models" / "small" / "tokenizer.json");
  openPage();
  lookIn(path(""));
  ASSERT_TRUE(choose(path("small")));
  ASSERT_TRUE(spinUntil([&] {
    return find<QWidget>("modelDetails")
        ->findChild<MessageBar*>()
        ->sentence()
        .contains(QStringLiteral("tokenizer.json"));
  }));
  EXPECT_FALSE(find<QAbstractButton>("evaluateModel")->isEnabled());
}

TEST_F(Models, FolderThatVanishesWhileShown) {
  copyModel("qwen2", "small");
  openPage();
  lookIn(path(""));
  ASSERT_TRUE(choose(path("small")));
  ASSERT_TRUE(spinUntil([&] { return shows(QStringLiteral("tokenizer.json")); }));
  fs::remove_all(m_folder / "models");
  click("rescan");
  ASSERT_TRUE(spinUntil([&] {
    return find<QWidget>("modelDetails")
        ->findChild<MessageBar*>()
        ->sentence()
        .contains(path("small"));
  }));
  EXPECT_EQ(tree()->model()->rowCount(), 0);
  EXPECT_FALSE(find<QAbstractButton>("evaluateModel")->isEnabled());
  auto* list = find<QListWidget>("folderList");
  bool warned = false;
  for (int i = 0; i < list->count(); ++i)
    warned |= list->item(i)->toolTip().contains(QStringLiteral("no folder"));
  EXPECT_TRUE(warned);
}

TEST_F(Models, FilterAndFoldersNarrow) {
  copyModel("qwen2", "one/alpha");
  copyModel("llama_tied", "two/beta");
  openPage();
  lookIn(path("one"));
  lookIn(path("two"));
  EXPECT_EQ(tree()->model()->rowCount(), 2);
  QTest::keyClicks(find<QLineEdit>("modelFilter"), QStringLiteral("alpha"));
  EXPECT_EQ(tree()->model()->rowCount(), 1);
  find<QLineEdit>("modelFilter")->clear();
  auto* list = find<QListWidget>("folderList");
  for (int i = 0; i < list->count(); ++i)
    if (list->item(i)->toolTip() == path("two")) list->setCurrentRow(i);
  EXPECT_EQ(tree()->model()->rowCount(), 1);
  click("removeFolder");
  ASSERT_TRUE(spinUntil([&] { return !m_catalog->isScanning(); }));
  EXPECT_EQ(m_settings->modelFolders(), QStringList{path("one")});
  EXPECT_EQ(tree()->model()->rowCount(), 1) << "the rest is shown again";
}

TEST_F(Models, CheckpointsCountOnlyWhileTheyAreShown) {
  copyModel("qwen2", "small");
  const auto adapter = m_folder / "models" / "small" / "adapter";
  const auto checkpoint = m_folder / "models" / "step-10";
  fs::copy(adapter, checkpoint, fs::copy_options::recursive);
  for (const char* name : {"optimizer.safetensors", "state.json"})
    ASSERT_OK(writeFileAtomically(checkpoint / name, "{}"));
  openPage();
  lookIn(path(""));
  ASSERT_TRUE(spinUntil([&] { return m_catalog->models().size() == 3; }));
  auto* count = find<QLabel>("modelCount");
  const auto starts = [&](qsizetype n) {
    return spinUntil([&] { return count->text().startsWith(QString::number(n) + u' '); });
  };
  EXPECT_TRUE(starts(2)) << count->text().toStdString();
  find<QCheckBox>("showCheckpoints")->setChecked(true);
  EXPECT_TRUE(starts(3)) << count->text().toStdString();
}

TEST_F(Models, FitsTheLeastWindowWithoutScrolling) {
  copyModel("qwen2", "small");
  openPage();
  lookIn(path(""));
  ASSERT_TRUE(spinUntil([&] { return tree()->model()->rowCount() == 1; }));
  ASSERT_TRUE(choose(path("small")));
  EXPECT_LE(m_page->minimumSizeHint().width(), 816);
  EXPECT_LE(m_page->minimumSizeHint().height(), 544);
  for (const QSize size : {QSize(816, 544), QSize(1196, 760)}) {
    m_page->resize(size);
    QApplication::processEvents();
    EXPECT_EQ(tree()->horizontalScrollBar()->maximum(), 0) << size.width();
  }
}

TEST_F(Models, TheHubsCacheIsSuggested) {
  const auto snapshot = m_folder / "hf" / "hub" / "models--org--tiny" / "snapshots" / "abc123";
  fs::create_directories(snapshot.parent_path());
  fs::copy(wordsight::test::data("models/qwen2"), snapshot, fs::copy_options::recursive);
  own(snapshot);
  openPage();
  auto* offer = find<QWidget>("hubOffer");
  ASSERT_TRUE(spinUntil([&] { return !offer->isHidden(); }));
  QTest::mouseClick(offer->findChild<QPushButton*>(), Qt::LeftButton);
  ASSERT_TRUE(spinUntil([&] { return tree()->model()->rowCount() == 1; }));
  EXPECT_EQ(tree()->model()->index(0, 0).data().toString(), QStringLiteral("org/tiny"));
  EXPECT_TRUE(offer->isHidden());
}

TEST_F(Models, MergedByClicksIntoANewFolder) {
  copyModel("qwen2", "small");
  openPage();
  lookIn(path(""));
  ASSERT_TRUE(choose(path("small")));
  ASSERT_TRUE(spinUntil([&] { return find<QAbstractButton>("mergeModel")->isEnabled(); }));
  click("mergeModel");
  m_page->mergePanel().adapter().setFolder(path("small/adapter"));
  ASSERT_TRUE(spinUntil([&] { return find<QAbstractButton>("mergeStart")->isEnabled(); }))
      << find<QAbstractButton>("mergeStart")->toolTip().toStdString();
  const QString out = m_page->mergePanel().out().path();
  EXPECT_EQ(out, path("small-adapter"));
  click("mergeStart");
  ASSERT_TRUE(spinUntil([&] { return !m_session->busy(); }, 30'000));
  EXPECT_TRUE(fs::exists(fs::path(fromQt(out)) / "model.safetensors"));
  ASSERT_TRUE(spinUntil([&] { return m_page->details().folder() == out; }))
      << "the new folder is chosen";
  // What exists is refused, with the sentence in place.
  m_page->open({{QStringLiteral("adapter"), path("small/adapter")}});
  m_page->mergePanel().setModel(path("small"));
  m_page->mergePanel().out().setPath(out);
  ASSERT_TRUE(spinUntil([&] { return find<QAbstractButton>("mergeStart")->isEnabled(); }));
  click("mergeStart");
  ASSERT_TRUE(spinUntil([&] {
    return find<QWidget>("mergePanel")->findChild<MessageBar*>()->sentence().contains(out);
  }));
  EXPECT_EQ(find<QWidget>("mergePanel")->findChild<MessageBar*>()->kind(), MessageBar::Kind::Error);
}

TEST_F(Models, AnAdapterThatVanishedFailsTheMergeWithItsSentence) {
  copyModel("qwen2", "small");
  openPage();
  lookIn(path(""));
  m_page->open({{QStringLiteral("adapter"), path("small/adapter")}});
  ASSERT_TRUE(spinUntil([&] { return find<QAbstractButton>("mergeStart")->isEnabled(); }))
      << find<QAbstractButton>("mergeStart")->toolTip().toStdString();
  EXPECT_EQ(m_page->mergePanel().model().folder(), path("small")) << "its model is known";
  fs::remove(m_folder / "models" / "small" / "adapter" / "adapter_model.safetensors");
  click("mergeStart");
  auto* message = find<QWidget>("mergePanel")->findChild<MessageBar*>();
  ASSERT_TRUE(spinUntil([&] { return message->kind() == MessageBar::Kind::Error; }));
  EXPECT_TRUE(message->sentence().contains(QStringLiteral("adapter_model.safetensors")))
      << message->sentence().toStdString();
  EXPECT_FALSE(fs::exists(m_folder / "models" / "small-adapter"));
}

TEST_F(Models, WithoutAProjectOneCanLookOnly) {
  copyModel("qwen2", "small");
  openPage(false);
  lookIn(path(""));
  ASSERT_TRUE(choose(path("small")));
  ASSERT_TRUE(spinUntil([&] { return shows(QStringLiteral("tokenizer.json")); }));
  EXPECT_FALSE(find<QAbstractButton>("evaluateModel")->isEnabled());
  // Why stands beside the buttons, too.
  EXPECT_TRUE(find<QLabel>("modelObstacle")->isVisible());
  EXPECT_TRUE(find<QAbstractButton>("mergeModel")->toolTip().contains(QStringLiteral("merges")));
  EXPECT_TRUE(
      find<QAbstractButton>("evaluateModel")->toolTip().contains(QStringLiteral("project")));
}

TEST_F(Models, DroppedFoldersAreAdded) {
  copyModel("qwen2", "small");
  openPage();
  EXPECT_TRUE(m_page->dropped({path("small/config.json")}));
  ASSERT_TRUE(spinUntil([&] { return m_page->details().folder() == path("small"); }));
  EXPECT_EQ(m_settings->modelFolders(), QStringList{path("small")});
}

TEST_F(Models, GoneInTheMidstOfAMerge) {
  copyModel("qwen2", "small");
  openPage();
  lookIn(path(""));
  m_page->open({{QStringLiteral("adapter"), path("small/adapter")}});
  ASSERT_TRUE(spinUntil([&] { return find<QAbstractButton>("mergeStart")->isEnabled(); }));
  click("mergeStart");
  m_page->setSession(nullptr);
  m_page.reset();
  m_catalog->setSession(nullptr);
  m_session.reset();
  QApplication::processEvents();
}

TEST_F(Models, GoneWhileItScansAndReads) {
  copyModel("qwen2", "small");
  for (int i = 0; i < 10; ++i) {
    openPage();
    m_page->folders().addFolder(path(""));
    m_page->open({{QStringLiteral("folder"), path("small")}});
    m_catalog->rescan();
    m_page->setSession(nullptr);
    m_page.reset();
    QApplication::processEvents();
    m_catalog->setSession(nullptr);
    m_session.reset();
  }
}

}  // namespace
}  // namespace wordsight::ui
