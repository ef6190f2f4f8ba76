#include "store/benchmark_repository.h"

#include "store_support.h"

namespace wordsight::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Benchmarks : public ::testing::Test {
 protected:
  TestProject t;
  BenchmarkRepository benchmarks{*t.connection};
  std::vector<BenchmarkItem> items;
  BenchmarkReport report;

  void SetUp() override {
    for (int i = 0; i < 6; ++i) items.push_back(benchmarkItem(i));
    items[1].content.key = -1;
    items[1].unusable = "no key";
    items[2].nonIntervention = {4, 3};
    items[3].picture = (t.folder / "pictures" / "3.png").string();
    items[4].imageUrl = "https://example.org/a?b=c";
    report = {
        6,
        2,
        1,
        1,
        8,
        0,
        0,
        {{1, "answer", "is null", "left out of scoring"}, {5, "answer", "is null", "key A taken"}}};
  }
};

TEST_F(Benchmarks, ComeBackAsTheyWentIn) {
  const auto id = must(benchmarks.add("viva", "VIVA.json", "abc", items, report));
  t.reopen();
  BenchmarkRepository again(*t.connection);
  const auto found = must(again.find("viva"));
  EXPECT_EQ(found.id, id);
  EXPECT_EQ(found.source, "VIVA.json");
  EXPECT_EQ(found.sourceHash, "abc");
  EXPECT_EQ(found.report.items, 6);
  EXPECT_EQ(found.report.keysMissing, 2);
  EXPECT_EQ(found.report.keysRepaired, 1);
  EXPECT_EQ(found.report.unusable, 1);
  EXPECT_EQ(found.report.nanTokens, 8);
  EXPECT_EQ(found.report.picturesFound, 1);
  EXPECT_EQ(found.report.picturesMissing, 5);
  ASSERT_THAT(found.report.issues, SizeIs(2));
  EXPECT_EQ(found.report.issues[1].action, "key A taken");
  EXPECT_THAT(must(again.issues(id)), SizeIs(2));
  const auto got = must(again.items(id));
  ASSERT_THAT(got, SizeIs(6));
  for (int i = 0; i < 6; ++i) {
    EXPECT_TRUE(got[i].id);
    EXPECT_EQ(got[i].index, items[i].index);
    EXPECT_EQ(got[i].content, items[i].content);
    EXPECT_EQ(got[i].nonIntervention, items[i].nonIntervention);
    EXPECT_EQ(got[i].imageFile, items[i].imageFile);
    EXPECT_EQ(got[i].imageUrl, items[i].imageUrl);
    EXPECT_EQ(got[i].positiveValues, items[i].positiveValues);
    EXPECT_EQ(got[i].negativeValues, items[i].negativeValues);
    EXPECT_EQ(got[i].unusable, items[i].unusable);
  }
  EXPECT_EQ(got[3].picture,
            (std::filesystem::canonical(t.folder.path()) / "pictures" / "3.png").string());
  EXPECT_EQ(must(again.item(got[4].id)).imageUrl, "https://example.org/a?b=c");
}

TEST_F(Benchmarks, PicturesMayArriveMoveAndGo) {
  const auto id = must(benchmarks.add("viva", "VIVA.json", "abc", items, report));
  const auto before = must(benchmarks.items(id));
  const std::vector<ItemPicture> pictures = {{before[0].id, t.folder / "p0.png", "h0", 10},
                                             {before[3].id, "/elsewhere/3.png", "h3", 30}};
  ASSERT_OK(benchmarks.setPictures(pictures));
  auto got = must(benchmarks.items(id));
  EXPECT_EQ(got[0].picture, (std::filesystem::canonical(t.folder.path()) / "p0.png").string());
  EXPECT_EQ(got[3].picture, "/elsewhere/3.png");
  EXPECT_EQ(got[0].content, before[0].content);
  const auto picture = must(benchmarks.picture(before[3].id));
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->hash, "h3");
  EXPECT_EQ(picture->bytes, 30);
  EXPECT_EQ(must(benchmarks.get(id)).report.picturesFound, 2);
  // The same file for two items, then one taken away.
  const std::vector<ItemPicture> more = {{before[5].id, "/elsewhere/3.png", "h3", 30},
                                         {before[0].id, "", "", 0}};
  ASSERT_OK(benchmarks.setPictures(more));
  got = must(benchmarks.items(id));
  EXPECT_EQ(got[5].picture, "/elsewhere/3.png");
  EXPECT_EQ(got[0].picture, "");
  EXPECT_FALSE(must(benchmarks.picture(before[0].id)));
  const std::vector<ItemPicture> unknown = {{ItemId(999), "/x.png", "", 0}};
  EXPECT_FALSE(benchmarks.setPictures(unknown));
}

TEST_F(Benchmarks, MovedProjectsFindTheirPictures) {
  const auto inside = t.project->filesFolder() / "pictures" / "1.png";
  items[0].picture = inside.string();
  const auto id = must(benchmarks.add("viva", "VIVA.json", "abc", items, report));
  t.close();
  test::TempFolder other;
  std::filesystem::rename(t.path(), other / "moved.wordsight");
  const auto project = Project::open(other / "moved.wordsight", OpenMode::ReadOnly);
  ASSERT_OK(project);
  const auto connection = must(project->connect());
  EXPECT_EQ(
      must(BenchmarkRepository(*connection).items(id))[0].picture,
      (std::filesystem::canonical(other.path()) / "test.files" / "pictures" / "1.png").string());
}

TEST_F(Benchmarks, RefuseWhatMakesNoSense) {
  ASSERT_OK(benchmarks.add("viva", "VIVA.json", "abc", items, report));
  EXPECT_THAT(
      sentence(benchmarks.add("viva", "VIVA.json", "abc", items, report), ErrorKind::Invalid),
      HasSubstr("\"viva\" already"));
  EXPECT_THAT(sentence(benchmarks.add("empty", "E.json", "abc", {}, report), ErrorKind::Invalid),
              HasSubstr("no items"));
  EXPECT_FALSE(benchmarks.add(" ", "E.json", "abc", items, report));
  auto wrong = items;
  wrong[4].content.key = 5;
  EXPECT_THAT(sentence(benchmarks.add("wrong", "E.json", "abc", wrong, report), ErrorKind::Invalid),
              HasSubstr("Item 4 of E.json has the key number 5"));
  EXPECT_THAT(sentence(benchmarks.find("nope"), ErrorKind::NotFound), HasSubstr("there are: viva"));
  EXPECT_FALSE(benchmarks.item(ItemId(99)));
  EXPECT_FALSE(benchmarks.get(BenchmarkId(99)));
  EXPECT_THAT(must(benchmarks.list()), SizeIs(1));
  EXPECT_THAT(must(benchmarks.items(BenchmarkId(99))), IsEmpty());
}

}  // namespace
}  // namespace wordsight::store
