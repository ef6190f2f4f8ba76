#include <cstring>

#include "base/random.h"
#include "base/time.h"
#include "domain/safetensors.h"
#include "support.h"

namespace wordsight {
namespace {

/// A file made of a header's text and `dataBytes` zero bytes.
std::string fileOf(const std::string& header, std::size_t dataBytes) {
  const std::uint64_t size = header.size();
  std::string bytes(8, '\0');
  std::memcpy(bytes.data(), &size, 8);
  return bytes + header + std::string(dataBytes, '\0');
}

std::string errorOf(const std::string& bytes) {
  const test::TempFolder folder;
  const auto file = SafetensorsFile::open(folder.write("x.safetensors", bytes));
  return file ? "" : file.error().message;
}

TEST(Safetensors, WritesWhatItReads) {
  const test::TempFolder folder;
  const std::vector<float> a = {1, 2, 3, 4, 5, 6};
  const std::vector<std::int64_t> b = {-1, 7};
  ASSERT_OK(writeSafetensors(folder / "x.safetensors",
                             {{"a", DType::F32, {2, 3}, std::as_bytes(std::span(a))},
                              {"b", DType::I64, {2}, std::as_bytes(std::span(b))},
                              {"none", DType::BF16, {0, 4}, {}}}));
  const auto file = SafetensorsFile::open(folder / "x.safetensors");
  ASSERT_OK(file);
  EXPECT_EQ(file->tensors().size(), 3u);
  EXPECT_EQ(file->tensors().at("a").shape, (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(std::memcmp(file->tensors().at("a").bytes.data(), a.data(), 24), 0);
  EXPECT_EQ(file->tensors().at("b").type, DType::I64);
  EXPECT_EQ(file->metadata().at("format"), "pt");
  EXPECT_FALSE(
      writeSafetensors(folder / "y", {{"a", DType::F32, {2, 2}, std::as_bytes(std::span(a))}}));
}

TEST(Safetensors, RefusesWhatCannotBe) {
  EXPECT_EQ(errorOf(fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 8)), "");
  const std::vector<std::pair<std::string, std::string>> bad = {
      {std::string("abc"), "too short"},
      {std::string("\xff\xff\xff\xff\xff\xff\xff\x7f", 8) + "{}", "header would be"},
      {fileOf("{", 0), "not valid JSON"},
      {fileOf("[]", 0), "not a JSON object"},
      {fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 7), "outside the file"},
      {fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[4,8]}})", 8), "its shape needs"},
      {fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", 8), "outside the file"},
      {fileOf(R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", 8), "dimension"},
      {fileOf(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,0]}})", 8),
       "larger than the file"},
      {fileOf(R"({"a":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}})", 8), "F8_E4M3"},
      {fileOf(R"({"a":{"dtype":"F32","shape":[2]}})", 8), "lacks"},
      {fileOf(
           R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
           12),
       "overlap"},
      {fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}})", 8), "whole numbers"},
      {fileOf(R"({"a":7})", 8), "object"}};
  for (const auto& [bytes, sentence] : bad)
    EXPECT_NE(errorOf(bytes).find(sentence), std::string::npos) << errorOf(bytes);
}

TEST(Safetensors,
     SurvivesMutatedHeaders) {  // seeded mutator: any bytes may be refused, none may crash
  const std::string good = fileOf(
      R"({"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},)"
      R"("b":{"dtype":"BF16","shape":[4],"data_offsets":[16,24]}})",
      24);
  Random random(11);
  const test::TempFolder folder;
  int accepted = 0;
  const double seconds = test::fuzzSeconds(0.1);
  const Stopwatch watch;
  int tried = 0;
  for (; tried < 3000 || watch.seconds() < seconds; ++tried) {
    std::string bytes = good;
    for (auto n = 1 + random.below(4); n > 0; --n) {
      const auto at = random.below(bytes.size());
      switch (random.below(4)) {
        case 0:
          bytes[at] = static_cast<char>(random.below(256));
          break;
        case 1:
          bytes.erase(at, random.below(20));
          break;
        case 2:
          bytes.insert(at, std::string(random.below(6), "0123456789,[]{}\""[random.below(16)]));
          break;
        default:
          bytes.resize(at);
          bytes.resize(std::max<std::size_t>(bytes.size(), 1));
      }
    }
    const auto file = SafetensorsFile::open(folder.write("x.safetensors", bytes));
    if (!file) continue;
    ++accepted;
    for (const auto& [name, view] : file->tensors()) {
      std::size_t n = sizeOf(view.type);
      for (const auto size : view.shape) n *= static_cast<std::size_t>(size);
      ASSERT_EQ(n, view.bytes.size());
      unsigned sum = 0;
      for (const auto byte : view.bytes)
        sum += static_cast<unsigned>(byte);  // touches every byte: a bad bound would fault
      ASSERT_LE(sum, 255u * view.bytes.size());
    }
  }
  EXPECT_GT(accepted, 0) << "the mutator never produced a readable file: it tests nothing";
  EXPECT_LT(accepted, tried);
}

TEST(CheckpointFiles, SaysWhatIsMissing) {
  const test::TempFolder folder;
  const auto error = [&] { return CheckpointFiles::open(folder.path()).error().message; };
  EXPECT_NE(error().find("no weights"), std::string::npos);
  folder.write("pytorch_model.bin", "x");
  EXPECT_NE(error().find("never opened"), std::string::npos);
  folder.write("model.safetensors.index.json",
               R"({"weight_map":{"a":"one.safetensors","b":"two.safetensors"}})");
  folder.write("one.safetensors",
               fileOf(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4));
  EXPECT_NE(error().find("missing two.safetensors"), std::string::npos);
  folder.write("two.safetensors",
               fileOf(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4));
  EXPECT_NE(error().find("in two files"), std::string::npos);
  folder.write("two.safetensors",
               fileOf(R"({"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4));
  EXPECT_EQ(CheckpointFiles::open(folder.path()).value().tensors().size(), 2u);
  folder.write("model.safetensors.index.json", R"({"weight_map":{"a":"../../etc/x.safetensors"}})");
  EXPECT_NE(error().find("not a file name of this folder"), std::string::npos);
  EXPECT_FALSE(CheckpointFiles::open(folder / "nowhere"));
}

}  // namespace
}  // namespace wordsight
