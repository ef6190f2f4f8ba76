#include "infer/merge.h"

#include <cmath>

#include "base/file.h"
#include "domain/safetensors.h"
#include "infer/local_model.h"
#include "infer/model_scan.h"
#include "support.h"

namespace wordsight::infer {
namespace {

namespace fs = std::filesystem;

class Merge : public ::testing::Test {
 protected:
  Merge() {
    // The tiny Qwen2 has a tokenizer, so that base and merged model can be asked.
    m_spec.model = test::data("models/qwen2").string();
    m_spec.adapter = test::data("models/qwen2/adapter").string();
    m_spec.out = (m_folder / "merged").string();
  }
  std::vector<float> logits(const std::string& model, const std::string& adapter) const {
    const auto loaded = LocalModel::load({model, adapter, Precision::F32, false, 1});
    EXPECT_OK(loaded);
    return (*loaded)->logits({{5, 9, 17, 3}, {}})->values;
  }
  test::TempFolder m_folder;
  MergeSpec m_spec;
};

TEST_F(Merge, IsTheAdaptedModelAndSaysSo) {
  // The checkpoint is in bfloat16, which would round the sum to three digits.
  m_spec.precision = Precision::F32;
  std::vector<std::pair<std::int64_t, std::int64_t>> told;
  ASSERT_OK(mergeAdapter(
      m_spec, [&](std::int64_t done, std::int64_t total) { told.emplace_back(done, total); }));
  const auto adapted = logits(m_spec.model, m_spec.adapter), merged = logits(m_spec.out, {});
  ASSERT_EQ(adapted.size(), merged.size());
  double most = 0;
  for (std::size_t i = 0; i < merged.size(); ++i)
    most = std::max(most, std::abs(double(adapted[i]) - merged[i]));
  EXPECT_LT(most, 1e-4);
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.front().first, 0);
  EXPECT_EQ(told.back().first + 1, told.back().second);
  const auto model = describeModel(m_spec.out);
  ASSERT_OK(model);
  EXPECT_TRUE(model->usable());
  EXPECT_EQ(model->mergedFrom, m_spec.adapter);
}

TEST_F(Merge, WritesTheAskedPrecision) {
  m_spec.precision = Precision::BF16;
  m_spec.out += "/";
  fs::create_directories(m_spec.out);  // an empty folder may be there
  ASSERT_OK(mergeAdapter(m_spec));
  EXPECT_EQ(describeModel(m_spec.out)->precision, "BF16");
  const auto config = readJsonFile(fs::path(m_spec.out) / "config.json");
  for (const char* key : {"torch_dtype", "dtype"})
    if (config->contains(key)) {
      EXPECT_EQ((*config)[key], "bfloat16");
    }
}

TEST_F(Merge, NeverOverwritesAndNamesWhatIsThere) {
  m_folder.write("merged/mine.txt", "mine");
  const auto refused = mergeAdapter(m_spec);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("merged"), std::string::npos);
  EXPECT_EQ(readFile(m_folder / "merged/mine.txt").value(), "mine");
  m_spec.out = m_folder.write("file", "x").string();
  EXPECT_FALSE(mergeAdapter(m_spec));
  m_spec.out = "";
  EXPECT_FALSE(mergeAdapter(m_spec));
  m_spec.out = m_spec.model;
  EXPECT_FALSE(mergeAdapter(m_spec));
}

TEST_F(Merge, StoppedOrFailedItLeavesNothing) {
  const auto nothingLeft = [&] { return fs::is_empty(m_folder.path()); };
  std::stop_source stop;
  const auto stopped = mergeAdapter(
      m_spec,
      [&](std::int64_t done, std::int64_t) {
        if (done == 3) stop.request_stop();
      },
      stop.get_token());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, ErrorKind::Cancelled);
  EXPECT_TRUE(nothingLeft());
  m_spec.adapter = test::data("models/llama_tied/adapter").string();
  EXPECT_FALSE(mergeAdapter(m_spec)) << "an adapter of another model";
  EXPECT_TRUE(nothingLeft());
}

TEST_F(Merge, LeavesOtherFormsOfTheBasesWeightsBehind) {
  const auto base = m_folder / "base";
  fs::copy(m_spec.model, base);
  m_folder.write("base/pytorch_model.bin", "unmerged");
  m_spec.model = base.string();
  ASSERT_OK(mergeAdapter(m_spec));
  EXPECT_FALSE(fs::exists(m_folder / "merged/pytorch_model.bin"));
  EXPECT_TRUE(fs::exists(m_folder / "merged/tokenizer.json"));
}

}  // namespace
}  // namespace wordsight::infer
