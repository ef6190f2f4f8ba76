#include "vision/thumbnail.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "base/file.h"
#include "base/random.h"
#include "base/time.h"
#include "support.h"

namespace wordsight::vision {
namespace {

namespace fs = std::filesystem;

Result<Picture> decode(const std::string& bytes) {
  return decodePictureBytes(std::as_bytes(std::span(bytes)), "picture");
}

std::string textOf(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Smooth waves with some noise, as a JPEG file of that size.
fs::path photo(const test::TempFolder& folder, const std::string& name, int width, int height) {
  Picture picture{width, height, {}};
  Random random(3);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < 3; ++c)
        picture.rgb.push_back(
            static_cast<std::uint8_t>(128 + 90 * std::sin(x / (40.0 + 9 * c)) * std::cos(y / 55.0) +
                                      static_cast<double>(random.below(24))));
  return folder.write(name, thumbnailOf(picture, 100'000, 90).value());
}

TEST(Thumbnail, fitsAndIsJpeg) {
  const auto small = thumbnail(test::data("pixels/photo.jpg"), 60);
  ASSERT_OK(small);
  EXPECT_TRUE(small->starts_with("\xff\xd8\xff"));
  const auto back = decode(*small);
  ASSERT_OK(back);
  EXPECT_EQ(back->width, 60);
  EXPECT_EQ(back->height, 44);
  const auto same = decode(*thumbnail(test::data("pixels/photo.jpg"), 6000));
  EXPECT_EQ(same->width, 150) << "never enlarged";
  const auto line = decode(*thumbnail(test::data("pixels/wide.png"), 20));
  EXPECT_EQ(line->height, 1);
  EXPECT_FALSE(thumbnailOf(Picture{}, 100));
  EXPECT_FALSE(thumbnail("/no/such.png", 100));
  EXPECT_FALSE(thumbnail(test::data("pixels/photo.jpg"), 0));
}

// All orientations of EXIF, at every reduction: the small picture is the large one made smaller.
TEST(DisplayTest, reducedDecodingShowsTheSamePicture) {
  for (const char* name :
       {"photo.jpg", "turned1.jpg", "turned3.jpg", "turned6.jpg", "turned8.jpg", "turned6.png",
        "turned8.webp", "rgb.png", "wide.png", "progressive.jpg"}) {
    const auto file = test::data(std::string("pixels/") + name);
    const auto whole = decodePicture(file);
    ASSERT_OK(whole);
    const int longer = std::max(whole->width, whole->height);
    for (const int side : {longer, longer / 2, longer / 3, longer / 5, longer / 9}) {
      if (side < 1) continue;
      const auto shown = decodeForDisplay(file, side);
      ASSERT_OK(shown);
      EXPECT_EQ(shown->naturalWidth, whole->width) << name;
      EXPECT_EQ(shown->naturalHeight, whole->height) << name;
      const auto& small = shown->picture;
      EXPECT_EQ(std::max(small.width, small.height), side) << name;
      ASSERT_EQ(small.rgb.size(), static_cast<std::size_t>(small.width * small.height) * 3);
      // Means of quarters agree: neither turned nor mirrored otherwise.
      if (std::min(small.width, small.height) < 12) continue;
      const auto mean = [](const Picture& picture, int right, int lower) {
        double sum = 0;
        const int w = picture.width / 2, h = picture.height / 2;
        for (int y = 0; y < h; ++y)
          for (int x = 0; x < w; ++x)
            sum +=
                picture
                    .rgb[static_cast<std::size_t>((lower * h + y) * picture.width + right * w + x) *
                         3];
        return sum / (w * h);
      };
      for (const int right : {0, 1})
        for (const int lower : {0, 1})
          EXPECT_NEAR(mean(small, right, lower), mean(*whole, right, lower), 20)
              << name << " at " << side;
    }
  }
}

TEST(DisplayTest, hostileFilesAreRefusedAsByDecodePicture) {
  const test::TempFolder folder;
  const auto sound = readFile(test::data("pixels/photo.jpg")).value();
  const auto half = folder.write("half.jpg", sound.substr(0, sound.size() / 2));
  EXPECT_NE(decodeForDisplay(half, 50).error().message.find("half.jpg"), std::string::npos);
  auto huge = sound;
  huge.replace(huge.find("\xff\xc0") + 5, 4, "\xff\xf0\xff\xf0");
  EXPECT_FALSE(decodeForDisplay(folder.write("huge.jpg", huge), 50));
  EXPECT_FALSE(decodeForDisplay(folder.write("text.jpg", "hello"), 50));
  EXPECT_FALSE(decodeForDisplay(folder.path(), 50));
  Random random(11);
  for (int round = 0; round < 200; ++round) {
    auto bytes = sound;
    for (int i = 0; i < 4; ++i)
      bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
    const auto got = decodeForDisplay(folder.write("x.jpg", bytes), 1 + int(random.below(80)));
    if (got) {
      EXPECT_EQ(got->picture.rgb.size(),
                static_cast<std::size_t>(got->picture.width * got->picture.height) * 3);
    }
  }
}

TEST(DisplayTest, largePhotosComeFast) {
  const test::TempFolder folder;
  const auto file = photo(folder, "large.jpg", 1600, 1200);
  const auto milliseconds = [](auto work) {
    double best = 1e9;
    for (int i = 0; i < 7; ++i) {
      const Stopwatch watch;
      work();
      best = std::min(best, watch.seconds() * 1000);
    }
    return best;
  };
  ThumbnailCache cache(folder / "cache");
  EXPECT_OK(cache.jpeg(file, 160));
  const double whole = milliseconds([&] { EXPECT_OK(decodePicture(file)); });
  const double screen = milliseconds([&] { EXPECT_OK(decodeForDisplay(file, 800)); });
  const double thumb = milliseconds([&] { EXPECT_OK(thumbnailJpeg(file, 160)); });
  const double cached = milliseconds([&] { EXPECT_OK(cache.jpeg(file, 160)); });
  std::printf(
      "1600 x 1200 JPEG of %.1f MB: whole %.1f ms, 800 px %.1f ms, thumbnail %.1f ms, "
      "cached %.2f ms\n",
      static_cast<double>(fs::file_size(file)) / 1e6, whole, screen, thumb, cached);
  EXPECT_LT(thumb, whole);
}

class Cache : public ::testing::Test {
 protected:
  Cache() : m_photo(photo(m_folder, "photo.jpg", 320, 240)) {}
  std::vector<fs::path> entries() const {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(m_folder / "cache"))
      out.push_back(entry.path());
    return out;
  }
  test::TempFolder m_folder;
  fs::path m_photo;
};

TEST_F(Cache, keepsByPathSizeAndTime) {
  ThumbnailCache cache(m_folder / "cache");
  const auto first = cache.jpeg(m_photo, 64);
  ASSERT_OK(first);
  EXPECT_EQ(*first, *thumbnailJpeg(m_photo, 64));
  EXPECT_EQ(entries().size(), 1u);
  EXPECT_EQ(*cache.jpeg(m_photo, 64), *first);
  EXPECT_EQ(entries().size(), 1u);
  EXPECT_OK(cache.jpeg(m_photo, 65));
  EXPECT_EQ(entries().size(), 2u) << "another size is another thumbnail";
  const auto picture = cache.picture(m_photo, 64);
  ASSERT_OK(picture);
  EXPECT_EQ(picture->picture.width, 64);
  EXPECT_EQ(picture->naturalWidth, 320);
  EXPECT_EQ(picture->naturalHeight, 240);
  fs::last_write_time(m_photo, fs::last_write_time(m_photo) + std::chrono::seconds(3));
  EXPECT_OK(cache.jpeg(m_photo, 64));
  EXPECT_EQ(entries().size(), 3u) << "a changed picture is a new one";
  fs::remove(m_photo);
  EXPECT_NE(cache.jpeg(m_photo, 64).error().message.find("photo.jpg"), std::string::npos);
}

TEST_F(Cache, damagedEntriesAreMadeAnew) {
  ThumbnailCache cache(m_folder / "cache");
  const auto sound = *cache.jpeg(m_photo, 64);
  const auto entry = entries().at(0);
  const auto bytes = readFile(entry).value();
  auto flipped = bytes;
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 4);
  for (const auto& broken :
       {flipped, bytes.substr(0, bytes.size() / 2), std::string(), std::string(40, 'x')}) {
    ASSERT_OK(writeFileAtomically(entry, broken));
    EXPECT_EQ(*cache.jpeg(m_photo, 64), sound);
    EXPECT_EQ(readFile(entry).value(), bytes) << "it is whole again";
  }
}

TEST_F(Cache, staysBelowItsLimitAndForgetsTheLongestUnused) {
  const auto bytes = thumbnailJpeg(m_photo, 64)->size() + 200;
  ThumbnailCache cache(m_folder / "cache", bytes * 4);
  std::vector<std::vector<std::byte>> made;
  for (int side = 60; side < 72; ++side) {
    ASSERT_OK(cache.jpeg(m_photo, side));
    std::uint64_t sum = 0;
    for (const auto& entry : entries()) sum += fs::file_size(entry);
    EXPECT_LE(sum, bytes * 4);
  }
  EXPECT_GE(entries().size(), 2u);
  EXPECT_LE(entries().size(), 4u);
  ThumbnailCache tiny(m_folder / "tiny", 10);
  EXPECT_OK(tiny.jpeg(m_photo, 64)) << "what does not fit is given all the same";
}

TEST_F(Cache, aFolderThatCannotBeWrittenCostsOnlyTime) {
  ThumbnailCache cache(m_folder.write("file", "no folder"));
  EXPECT_OK(cache.jpeg(m_photo, 64));
  EXPECT_OK(cache.jpeg(m_photo, 64));
}

TEST_F(Cache, manyThreadsAgree) {
  ThumbnailCache cache(m_folder / "cache", 40'000);
  const auto expected = *thumbnailJpeg(m_photo, 64);
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < 40; ++i) {
          if (*cache.jpeg(m_photo, 64) != expected) ++wrong;
          (void)cache.jpeg(m_photo, 20 + (i * 7 + t) % 60);
        }
      });
  }
  EXPECT_EQ(wrong, 0);
  for (const auto& entry : entries()) EXPECT_EQ(entry.extension(), ".thumb") << entry;
  EXPECT_TRUE(textOf(expected).starts_with("\xff\xd8\xff"));
}

}  // namespace
}  // namespace wordsight::vision
