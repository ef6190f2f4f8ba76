#include "vision/picture.h"

#include <atomic>
#include <thread>

#include "base/file.h"
#include "base/random.h"
#include "domain/json.h"
#include "support.h"

namespace wordsight::vision {
namespace {

using test::TempFolder;

Json expected() { return *readJsonFile(test::data("pixels/expected.json")); }

std::string bytesOf(const std::string& name) { return *readFile(test::data("pixels/" + name)); }

Result<Picture> decode(const std::string& bytes) {
  return decodePictureBytes(std::as_bytes(std::span(bytes)), "picture");
}

/// Evenly spaced values, as numpy.linspace(0, size - 1, count).astype(int) picks them.
std::size_t sampleAt(std::size_t i, std::size_t count, std::size_t size) {
  if (count < 2) return 0;
  return static_cast<std::size_t>(static_cast<double>(i) *
                                  (static_cast<double>(size - 1) / static_cast<double>(count - 1)));
}

// Pillow's decoding (EXIF applied, "RGB") is the reference: tests/oracle/pixels.py.
TEST(Decode, agreesWithPillow) {
  const auto json = expected();
  ASSERT_GE(json["pictures"].size(), 28u);
  for (const auto& [name, want] : json["pictures"].items()) {
    const auto got = decodePicture(test::data("pixels/" + name));
    ASSERT_OK(got);
    EXPECT_EQ(got->width, want["width"]) << name;
    EXPECT_EQ(got->height, want["height"]) << name;
    ASSERT_EQ(got->rgb.size(),
              static_cast<std::size_t>(got->width) * static_cast<std::size_t>(got->height) * 3)
        << name;
    // Lossy decoders may round otherwise from version to version.
    const int slack = name.ends_with(".jpg") || name == "lossy.webp" ? 1 : 0;
    const auto values = want["decoded"].get<std::vector<int>>();
    for (std::size_t i = 0; i < values.size(); ++i)
      EXPECT_NEAR(got->rgb[sampleAt(i, values.size(), got->rgb.size())], values[i], slack)
          << name << " sample " << i;
    double sum = 0;
    for (const auto value : got->rgb) sum += value;
    EXPECT_NEAR(sum / static_cast<double>(got->rgb.size()),
                want["sum"].get<double>() / static_cast<double>(got->rgb.size()),
                slack ? 0.1 : 1e-9)
        << name;
  }
}

TEST(Decode, sixteenBitGreyKeepsItsUpperByte) {
  // 2 × 1, grey, 16 bits: 0x1234 and 0xfedc; uncompressed deflate block.
  const std::string png(
      "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x02"
      "\x00\x00\x00\x01\x10\x00\x00\x00\x00\x81\xd9\xfc\x15\x00\x00\x00\x10\x49\x44\x41"
      "\x54\x78\x01\x01\x05\x00\xfa\xff\x00\x12\x34\xfe\xdc\x03\xc1\x02\x21\xe8\x1c\x1b"
      "\x26\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82",
      73);
  const auto got = decode(png);
  ASSERT_OK(got);
  EXPECT_EQ(got->rgb, (std::vector<std::uint8_t>{0x12, 0x12, 0x12, 0xfe, 0xfe, 0xfe}));
}

TEST(Decode, namesTheFile) {
  TempFolder folder;
  for (const auto& [name, bytes] : std::vector<std::pair<std::string, std::string>>{
           {"empty.jpg", ""},
           {"text.png", "hello there"},
           {"gif.gif", "GIF89a..."},
           {"half.png", bytesOf("rgb.png").substr(0, 900)},
           {"half.jpg", bytesOf("photo.jpg").substr(0, 4000)},
           {"half.webp", bytesOf("lossless.webp").substr(0, 900)},
           {"half.bmp", bytesOf("rgb.bmp").substr(0, 60)},
           {"mark.jpg", "\xff\xd8\xff"}}) {
    const auto got = decodePicture(folder.write(name, bytes));
    ASSERT_FALSE(got) << name;
    EXPECT_NE(got.error().message.find(name), std::string::npos) << got.error().message;
  }
  EXPECT_FALSE(decodePicture(folder / "none.jpg"));
  EXPECT_FALSE(decodePicture(folder.path()));
}

TEST(Decode, aWrongChecksumIsAnError) {
  std::string png = bytesOf("rgb.png");
  png[png.size() / 2] = static_cast<char>(png[png.size() / 2] ^ 1);
  const auto got = decode(png);
  ASSERT_FALSE(got);
  EXPECT_NE(got.error().message.find("checksum"), std::string::npos);
}

TEST(Decode, sizeIsCheckedBeforeDecoding) {
  std::string png = bytesOf("rgb.png");
  png.replace(16, 8, std::string("\0\0\x40\0\0\0\x40\0", 8));  // 16384 × 16384
  const auto got = decode(png);
  ASSERT_FALSE(got);
  EXPECT_NE(got.error().message.find("16384 × 16384"), std::string::npos) << got.error().message;
  std::string jpeg = bytesOf("photo.jpg");
  const auto frame = jpeg.find("\xff\xc0");
  ASSERT_NE(frame, jpeg.npos);
  jpeg.replace(frame + 5, 4, "\xff\xf0\xff\xf0");
  EXPECT_FALSE(decode(jpeg));
  std::string bmp = bytesOf("rgb.bmp");
  bmp.replace(18, 8, std::string("\xff\xff\xff\x7f\0\0\0\x80", 8));
  EXPECT_FALSE(decode(bmp));
}

// Broken bytes anywhere give a picture or a sentence, nothing else (run with the asan preset too).
TEST(Decode, damagedFilesDoNoHarm) {
  Random random(7);
  for (const char* name : {"rgb.png", "palette.png", "photo.jpg", "turned6.jpg", "lossless.webp",
                           "lossy.webp", "rgb.bmp", "turned8.webp", "turned6.png"}) {
    const std::string sound = bytesOf(name);
    for (int round = 0; round < 60; ++round) {
      std::string bytes = sound;
      const auto changes = 1 + random.below(8);
      for (std::uint64_t i = 0; i < changes; ++i)
        bytes[random.below(round % 2 ? std::min<std::size_t>(bytes.size(), 200) : bytes.size())] =
            static_cast<char>(random.below(256));
      if (round % 3 == 0) bytes.resize(random.below(bytes.size()));
      const auto got = decode(bytes);
      if (!got) {
        EXPECT_TRUE(got.error().message.starts_with("picture: ")) << got.error().message;
      } else {
        EXPECT_EQ(got->rgb.size(),
                  static_cast<std::size_t>(got->width) * static_cast<std::size_t>(got->height) * 3);
      }
    }
  }
}

TEST(Decode, isSilent) {
  testing::internal::CaptureStderr();
  EXPECT_TRUE(decode(bytesOf("profile.png")));
  EXPECT_FALSE(decode(bytesOf("photo.jpg").substr(0, 3000)));
  EXPECT_FALSE(decode("BM" + std::string(100, '\xee')));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Decode, manyThreadsAgree) {
  const auto once = decodePicture(test::data("pixels/photo.jpg"));
  ASSERT_OK(once);
  std::vector<std::thread> threads;
  std::atomic<int> same = 0;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        const auto again = decodePicture(test::data("pixels/photo.jpg"));
        same += again && again->rgb == once->rgb;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(same, 80);
}

}  // namespace
}  // namespace wordsight::vision
