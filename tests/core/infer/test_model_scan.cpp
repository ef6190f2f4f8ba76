#include "infer/model_scan.h"

#include <algorithm>

#include "base/file.h"
#include "infer/local_model.h"
#include "support.h"

namespace wordsight::infer {
namespace {

namespace fs = std::filesystem;

const fs::path& demoModel() {
  static const fs::path path = test::sourceDir() / "resources/demo/model";
  return path;
}

void copyFolder(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  for (const auto& entry : fs::directory_iterator(from))
    if (entry.is_regular_file()) fs::copy_file(entry.path(), to / entry.path().filename());
}

std::vector<ModelFolder> scan(const std::vector<fs::path>& folders,
                              ScanOutcome* outcome = nullptr) {
  std::vector<ModelFolder> found;
  const auto result = scanModels(folders, {}, [&](ModelFolder model) { found.push_back(model); });
  EXPECT_EQ(result.found, found.size());
  if (outcome) *outcome = result;
  return found;
}

std::string problemsOf(const fs::path& folder) {
  const auto model = describeModel(folder);
  if (!model) return model.error().message;
  std::string text;
  for (const auto& problem : model->problems) text += problem + "\n";
  return text;
}

TEST(ModelScan, DescribesBasesFromHeaders) {
  const auto model = describeModel(demoModel());
  ASSERT_OK(model);
  EXPECT_EQ(model->kind, ModelFolder::Kind::Base);
  EXPECT_EQ(model->name, "model");
  EXPECT_EQ(model->family, "qwen2_vl");
  EXPECT_TRUE(model->hasVision);
  EXPECT_EQ(model->precision, "BF16");
  EXPECT_TRUE(model->usable()) << problemsOf(demoModel());
  EXPECT_EQ(model->bytes,
            static_cast<std::int64_t>(fs::file_size(demoModel() / "model.safetensors")));
  EXPECT_GT(model->modifiedAt, 0);
  const auto loaded = LocalModel::load({demoModel(), {}, Precision::F32, true, 1});
  ASSERT_OK(loaded);
  EXPECT_EQ(model->parameters, (*loaded)->info().parameters);
}

TEST(ModelScan, TheShapeKnowsWhatWouldBeLoaded) {
  for (const char* name : {"llama_tied", "llama3_rope", "qwen2", "qwen2_vl_hub"}) {
    const auto folder = test::data(std::string("models/") + name);
    const auto shape = readModelShape(folder);
    ASSERT_OK(shape);
    EXPECT_EQ(shape->hasVision, std::string(name).starts_with("qwen2_vl"));
  }
  const auto shape = readModelShape(demoModel()).value();
  const auto loaded = LocalModel::load({demoModel(), {}, Precision::F32, false, 1});
  ASSERT_OK(loaded);
  EXPECT_EQ(shape.languageParameters(), (*loaded)->info().parameters);
  EXPECT_EQ(shape.vocabulary, (*loaded)->info().vocabulary);
  // q: 192 -> 6 heads of 32; up: 192 -> 448; four layers, rank 2.
  EXPECT_EQ(shape.adapterParameters(2, {"q_proj", "up_proj", "nothing"}),
            4 * 2 * ((192 + 192) + (192 + 448)));
}

TEST(ModelScan, AdaptersSayWhatTheyWereTrainedOn) {
  const test::TempFolder folder;
  copyFolder(test::data("models/llama3_rope/adapter"), folder / "a");
  folder.write("a/wordsight.json",
               R"({"steps":7,"origin":{"dataset":"moral","project":"/p.wordsight","run":12}})");
  const auto model = describeModel(folder / "a");
  ASSERT_OK(model);
  EXPECT_EQ(model->kind, ModelFolder::Kind::Adapter);
  EXPECT_TRUE(model->usable()) << problemsOf(folder / "a");
  EXPECT_EQ(model->rank, 3);
  EXPECT_EQ(model->alpha, 6);
  EXPECT_EQ(model->targets, (std::vector<std::string>{"q_proj", "v_proj"}));
  EXPECT_EQ(model->dataset, "moral");
  EXPECT_EQ(model->run, 12);
  EXPECT_EQ(model->steps, 7);
  EXPECT_FALSE(model->checkpoint);
  EXPECT_GT(model->parameters, 0);
  const auto json = toJson(*model);
  EXPECT_EQ(json["kind"], "adapter");
  EXPECT_EQ(json["dataset"], "moral");
  // A record of the wrong form says nothing and breaks nothing.
  folder.write("a/wordsight.json", R"({"steps":"many","origin":[1],"merged":3})");
  EXPECT_TRUE(describeModel(folder / "a")->usable());
  folder.write("a/wordsight.json", "{{{");
  EXPECT_TRUE(describeModel(folder / "a")->usable());
  fs::remove(folder / "a/adapter_model.safetensors");
  EXPECT_NE(problemsOf(folder / "a").find("missing"), std::string::npos);
  folder.write("a/adapter_model.bin", "pickle");
  EXPECT_NE(problemsOf(folder / "a").find("never opened"), std::string::npos);
}

TEST(ModelScan, FindsTheHubsCacheThroughItsLinks) {
  const test::TempFolder folder;
  const auto repository = folder / "hub/models--Qwen--Qwen2--VL";
  copyFolder(demoModel(), repository / "blobs");
  const auto snapshot = repository / "snapshots/0123abcd";
  fs::create_directories(snapshot);
  for (const auto& entry : fs::directory_iterator(repository / "blobs"))
    fs::create_symlink("../../blobs/" + entry.path().filename().string(),
                       snapshot / entry.path().filename());
  // The blobs of a real cache have hashes for names, so that they look like no model.
  fs::rename(repository / "blobs/config.json", repository / "blobs/c0ffee");
  fs::remove(snapshot / "config.json");
  fs::create_symlink("../../blobs/c0ffee", snapshot / "config.json");
  fs::rename(repository / "blobs/model.safetensors", repository / "blobs/deadbeef");
  fs::remove(snapshot / "model.safetensors");
  fs::create_symlink("../../blobs/deadbeef", snapshot / "model.safetensors");
  auto found = scan({folder.path()});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].name, "Qwen/Qwen2--VL");
  EXPECT_EQ(found[0].revision, "0123abcd");
  EXPECT_TRUE(found[0].usable());
  EXPECT_GT(found[0].bytes, 1'000'000);
  fs::remove(repository / "blobs/deadbeef");  // a download that was cut off
  found = scan({folder.path()});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(found[0].usable());
}

TEST(ModelScan, LoopsEndAndEachFolderIsToldOnce) {
  const test::TempFolder folder;
  copyFolder(demoModel(), folder / "a/model");
  fs::create_directory_symlink(folder.path(), folder / "a/up");
  fs::create_directory_symlink(folder / "a/model", folder / "again");
  fs::create_directories(folder / ".hidden");
  copyFolder(demoModel(), folder / ".hidden/model");
  fs::create_directories(folder / "1/2/3/4/5/6");
  copyFolder(demoModel(), folder / "1/2/3/4/5/6");
  EXPECT_EQ(scan({folder.path(), folder / "a"}).size(), 1u);
}

TEST(ModelScan, ProblemsArePlainSentences) {
  const test::TempFolder folder;
  const auto expect = [&](const std::string& name, const std::string& part) {
    const auto text = problemsOf(folder / name);
    EXPECT_NE(text.find(part), std::string::npos) << name << ": " << text;
  };
  copyFolder(demoModel(), folder / "cut");
  fs::resize_file(folder / "cut/model.safetensors", 1'000'000);
  expect("cut", "cut short");
  copyFolder(test::data("models/llama3_rope"), folder / "shards");
  fs::remove(folder / "shards/model-00002-of-00003.safetensors");
  expect("shards", "missing model-00002-of-00003.safetensors");
  expect("shards", "tokenizer.json is missing");
  folder.write("pickle/config.json", R"({"model_type":"llama"})");
  folder.write("pickle/pytorch_model.bin", "x");
  expect("pickle", "never opened");
  folder.write("bert/config.json", R"({"model_type":"bert"})");
  expect("bert", "not supported");
  folder.write("broken/config.json", "{\"model_type\":");
  folder.write("broken/tokenizer.json", "{}");
  expect("broken", "config.json");
  EXPECT_EQ(describeModel(folder / "broken")->kind, ModelFolder::Kind::Unknown);
  folder.write("bare/model.safetensors", "x");
  expect("bare", "config.json is missing");
  folder.write("web/config.json", R"({"name":"a web page"})");
  expect("web", "holds no model");
  EXPECT_FALSE(describeModel(folder / "nowhere"));
  ScanOutcome outcome;
  EXPECT_EQ(scan({folder.path(), folder / "nowhere"}, &outcome).size(), 6u);
  ASSERT_EQ(outcome.problems.size(), 1u);
  EXPECT_NE(outcome.problems[0].find("nowhere"), std::string::npos);
}

TEST(ModelScan, StopsWhenAsked) {
  const test::TempFolder folder;
  for (int i = 0; i < 5; ++i)
    folder.write("m" + std::to_string(i) + "/config.json", R"({"model_type":"bert"})");
  std::stop_source stop;
  int found = 0;
  const auto outcome = scanModels({folder.path()}, stop.get_token(), [&](const ModelFolder&) {
    if (++found == 2) stop.request_stop();
  });
  EXPECT_TRUE(outcome.stopped);
  EXPECT_EQ(found, 2);
}

TEST(ModelScan, DetailsNameChatShapeAndParts) {
  const auto details = modelDetails(demoModel());
  ASSERT_OK(details);
  EXPECT_EQ(details->chatStyle, "Qwen2-VL");
  ASSERT_TRUE(details->shape);
  EXPECT_EQ(details->shape->layers, 4);
  std::int64_t sum = 0;
  for (const auto& [part, count] : details->modules) sum += count;
  EXPECT_EQ(sum, details->folder.parameters);
  EXPECT_GE(details->modules.size(), 3u);
  EXPECT_EQ(details->files.size(), 9u);
  EXPECT_OK(modelDetails(test::data("models/llama3_rope/adapter")));
}

}  // namespace
}  // namespace wordsight::infer
