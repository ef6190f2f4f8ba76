// Pictures of the page's states, to be looked at.

#include <QAbstractButton>
#include <QLabel>
#include <QTreeView>
#include <filesystem>

#include "base/file.h"
#include "bridge/format.h"
#include "bridge/model_catalog.h"
#include "demo_project.h"
#include "jobs/model_jobs.h"
#include "models/folders/model_tree.h"
#include "pages/models/folder_list.h"
#include "pages/models/merge_panel.h"
#include "pages/models/model_details.h"
#include "pages/models/models_page.h"

namespace wordsight::ui {
namespace {

namespace fs = std::filesystem;
using wordsight::test::screenshots;
using wordsight::test::spinUntil;

void copyModel(const char* name, const fs::path& target) {
  fs::create_directories(target.parent_path());
  fs::copy(wordsight::test::data(std::string("models/") + name), target,
           fs::copy_options::recursive);
  const auto file = target / "adapter" / "adapter_config.json";
  if (!fs::exists(file)) return;
  auto json = readJsonFile(file, 1 << 20).value();
  json["base_model_name_or_path"] = target.string();
  ASSERT_OK(writeFileAtomically(file, dumpJson(json)));
}

/// A training of one step in the project: its adapter knows where it comes from.
std::string train(const wordsight::test::DemoProject& project, const std::string& model) {
  jobs::TrainingSpec spec;
  spec.model = model;
  spec.dataset = spec.prompt = "demo";
  spec.threads = 1;
  spec.train.maxSteps = 2;
  spec.train.batch.samples = 4;
  spec.train.evalEvery = spec.train.probeEvery = 0;
  spec.train.saveEvery = 1;
  const auto outcome = jobs::trainAdapter(project.context(), spec);
  if (!outcome) throw std::runtime_error(outcome.error().message);
  return outcome->summary["adapter"].get<std::string>();
}

/// All rows of the details are there.
bool hasFiles(const ModelsPage& page) {
  for (const auto* label : page.details().findChildren<QLabel*>())
    if (label->text() == QLatin1String("Files") && label->isVisible()) return true;
  return false;
}

TEST(ModelsScreenshots, States) {
  wordsight::test::TempFolder folder;
  qputenv("HF_HOME", (folder / "home").string().c_str());
  Settings settings(toQt((folder / "settings.ini").string()));
  ModelCatalog catalog(settings);
  wordsight::test::DemoProject project;
  project.addScenarios(60);
  project.addDataset("demo");
  const auto world = jobs::unpackDemoWorld((project.project().filesFolder() / "demo").string());
  ASSERT_OK(world);
  Session session(project.project());
  ModelsPage page(Services{settings, catalog});
  page.resize(1280, 800);
  page.show();
  screenshots(page, QStringLiteral("page_models_empty"));

  copyModel("qwen2", folder / "models" / "Qwen2-tiny");
  copyModel("llama3_rope", folder / "models" / "Llama-3.2-tiny");
  copyModel("qwen2_vl_hub", folder / "models" / "Qwen2-VL-tiny");
  fs::remove(folder / "models" / "Qwen2-VL-tiny" / "model.safetensors");
  copyModel("qwen2", folder / "home" / "hub" / "models--Qwen--Qwen2.5-0.5B-Instruct" / "snapshots" /
                         "a8b602d9dafd3a75d382e62757d83d89fca3be54");
  const auto adapter = train(project, world->model);
  page.setSession(&session);
  page.folders().addFolder(toQt((folder / "models").string()));
  page.folders().addFolder(toQt((folder / "home" / "hub").string()));
  page.folders().addFolder(toQt((folder / "gone").string()));
  ASSERT_TRUE(spinUntil([&] { return !catalog.isScanning(); }));
  ASSERT_GE(catalog.models().size(), 7u);
  page.open({{QStringLiteral("folder"), toQt(adapter)}});
  ASSERT_TRUE(spinUntil([&] { return hasFiles(page); }));
  page.findChild<QTreeView*>()->expandAll();
  screenshots(page, QStringLiteral("page_models_adapter"));
  page.open({{QStringLiteral("folder"), toQt(world->model)}});
  ASSERT_TRUE(spinUntil([&] { return hasFiles(page); }));
  screenshots(page, QStringLiteral("page_models_model"));
  page.open({{QStringLiteral("folder"), toQt((folder / "models" / "Qwen2-VL-tiny").string())}});
  ASSERT_TRUE(spinUntil([&] { return hasFiles(page); }));
  screenshots(page, QStringLiteral("page_models_broken"));
  page.open({{QStringLiteral("adapter"), toQt(adapter)}});
  ASSERT_TRUE(spinUntil([&] {
    return !page.mergePanel()
                .findChild<QAbstractButton*>(QStringLiteral("mergeStart"))
                ->toolTip()
                .contains(QStringLiteral("first"));
  }));
  screenshots(page, QStringLiteral("page_models_merge"));
  page.setSession(nullptr);
  catalog.setSession(nullptr);
  qunsetenv("HF_HOME");
}

}  // namespace
}  // namespace wordsight::ui
