#include "bridge/picture_loader.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "bridge/format.h"
#include "demo_project.h"

namespace wordsight::ui {
namespace {

using Lane = PictureLoader::Lane;

class PictureLoaderTest : public ::testing::Test {
 protected:
  QString picture(const QString& name, const QSize& size = {400, 300},
                  const QColor& colour = Qt::red) {
    const QString file = toQt((folder.path() / fromQt(name)).string());
    QImage image(size, QImage::Format_RGB32);
    image.fill(colour);
    image.save(file);
    return file;
  }
  static bool settled(PictureLoader& loader) {
    return test::spinUntil([&] { return loader.idle(); });
  }
  test::TempFolder folder;
};

TEST_F(PictureLoaderTest, FitsIntoTheBoxWithoutStretching) {
  PictureLoader loader({});
  const PictureRequest small{picture(QStringLiteral("a.png")), {100, 100}};
  const PictureRequest large{small.path, {1000, 1000}};
  EXPECT_TRUE(loader.picture(small).image.isNull());
  loader.want(Lane::View, {small, large});
  ASSERT_TRUE(settled(loader));
  EXPECT_EQ(loader.picture(small).image.size(), QSize(100, 75));
  EXPECT_EQ(loader.picture(small).natural, QSize(400, 300));
  EXPECT_EQ(loader.picture(large).image.size(), QSize(400, 300));  // never enlarged
  EXPECT_EQ(loader.picture(large).image.format(), QImage::Format_RGB32);
  EXPECT_EQ(loader.picture(small).image.pixelColor(50, 30), QColor(Qt::red));
}

TEST_F(PictureLoaderTest, KeepsWithinItsBudget) {
  constexpr qint64 kBudget = 3 * 400 * 300 * 4;
  PictureLoader loader({}, nullptr, kBudget);
  std::vector<PictureRequest> all;
  for (int i = 0; i < 8; ++i) all.push_back({picture(QStringLiteral("%1.png").arg(i)), {400, 300}});
  for (const auto& request : all) {
    loader.want(Lane::View, {request});
    ASSERT_TRUE(settled(loader));
    loader.picture(all[0]);  // in use all the time
    EXPECT_LE(loader.bytes(), kBudget);
  }
  EXPECT_TRUE(loader.has(all[0]));
  EXPECT_TRUE(loader.has(all[7]));
  EXPECT_FALSE(loader.has(all[1]));
}

TEST_F(PictureLoaderTest, DropsWhatIsNoLongerWanted) {
  PictureLoader loader({});
  std::vector<PictureRequest> many;
  for (int i = 0; i < 60; ++i)
    many.push_back({picture(QStringLiteral("%1.png").arg(i), {900, 700}), {300, 300}});
  const PictureRequest last = many.back();
  loader.want(Lane::Thumbnails, many);
  loader.want(Lane::Thumbnails, {last});
  ASSERT_TRUE(settled(loader));
  int there = 0;
  for (const auto& request : many) there += loader.has(request);
  EXPECT_TRUE(loader.has(last));
  EXPECT_LE(there, 6);  // the last, and what had begun
}

TEST_F(PictureLoaderTest, SaysWhyAPictureIsNotThere) {
  PictureLoader loader({});
  const QString broken = toQt(folder.write("broken.jpg", "this is no picture").string());
  const QString missing = toQt((folder.path() / "missing.jpg").string());
  QSignalSpy failed(&loader, &PictureLoader::failed);
  loader.want(Lane::View, {{broken, {50, 50}}, {missing, {50, 50}}, {QString(), {50, 50}}});
  ASSERT_TRUE(settled(loader));
  EXPECT_EQ(failed.count(), 2);
  EXPECT_TRUE(loader.problem(broken).contains(QStringLiteral("broken.jpg")));
  EXPECT_TRUE(loader.problem(missing).contains(QStringLiteral("missing.jpg")));
  loader.want(Lane::View, {{broken, {50, 50}}});  // known: not tried again
  EXPECT_TRUE(loader.idle());
  picture(QStringLiteral("broken.jpg"));
  loader.forget();
  EXPECT_TRUE(loader.problem(broken).isEmpty());
  loader.want(Lane::View, {{broken, {50, 50}}});
  ASSERT_TRUE(settled(loader));
  EXPECT_TRUE(loader.has({broken, {50, 50}}));
}

TEST_F(PictureLoaderTest, KeepsThumbnailsOnDisk) {
  const auto cache = folder.path() / "thumbnails";
  const PictureRequest request{picture(QStringLiteral("a.jpg"), {1600, 1200}), {160, 160}};
  {
    PictureLoader loader(cache);
    loader.want(Lane::Thumbnails, {request});
    ASSERT_TRUE(settled(loader));
    EXPECT_EQ(loader.picture(request).image.size(), QSize(160, 120));
    EXPECT_EQ(loader.picture(request).natural, QSize(1600, 1200));
  }
  EXPECT_FALSE(std::filesystem::is_empty(cache));
}

TEST_F(PictureLoaderTest, GoesAwayWhileItDecodes) {
  std::vector<PictureRequest> many;
  for (int i = 0; i < 20; ++i)
    many.push_back({picture(QStringLiteral("%1.jpg").arg(i), {1200, 900}), {500, 500}});
  for (int round = 0; round < 5; ++round) {
    PictureLoader loader({});
    loader.want(Lane::View, many);
    loader.want(Lane::Thumbnails, many);
    QCoreApplication::processEvents();
  }
}

}  // namespace
}  // namespace wordsight::ui
