#include "store/dataset_repository.h"

#include "store_support.h"

namespace wordsight::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

class Datasets : public ::testing::Test {
 protected:
  TestProject t;
  ScenarioRepository scenarios{*t.connection};
  DatasetRepository datasets{*t.connection};
  std::vector<DatasetEntry> entries;

  void SetUp() override {
    std::vector<NewScenario> many;
    for (int i = 0; i < 10; ++i) many.push_back(scenario(i));
    ASSERT_OK(scenarios.addMany(many));
    for (const auto& s : must(scenarios.list({})))
      entries.push_back({s.revision, s.id.value % 5 == 0 ? "eval" : "train"});
    std::reverse(entries.begin(), entries.end());
  }
};

TEST_F(Datasets, KeepOrderSplitsAndContent) {
  const auto id = must(datasets.freeze("v1", entries, Json{{"seed", 7}}, "first try"));
  const auto dataset = must(datasets.find("v1"));
  EXPECT_EQ(dataset.id, id);
  EXPECT_EQ(dataset.items, 10);
  EXPECT_EQ(dataset.note, "first try");
  EXPECT_EQ(dataset.spec, (Json{{"seed", 7}}));
  EXPECT_THAT(dataset.hash, SizeIs(64));
  EXPECT_THAT(dataset.splits, ElementsAre(Pair("train", 8), Pair("eval", 2)));
  const auto items = must(datasets.items(id));
  ASSERT_THAT(items, SizeIs(10));
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(items[i].position, i);
    EXPECT_EQ(items[i].revision.id, entries[i].revision);
    EXPECT_EQ(items[i].split, entries[i].split);
    EXPECT_EQ(items[i].revision.content, content(9 - i));
    EXPECT_EQ(items[i].provenance, scenario(9 - i).provenance);
  }
  EXPECT_THAT(must(datasets.items(id, "eval")), SizeIs(2));
  EXPECT_THAT(must(datasets.items(id, "nothing")), IsEmpty());
}

TEST_F(Datasets, StayAsTheyWereWhenScenariosAreEdited) {
  const auto id = must(datasets.freeze("v1", entries));
  ASSERT_OK(scenarios.edit(ScenarioId(10), content(99), "person"));
  EXPECT_EQ(must(datasets.items(id))[0].revision.content, content(9));
}

TEST_F(Datasets, HashSaysTheSameData) {
  const auto a = must(datasets.get(must(datasets.freeze("a", entries))));
  const auto b = must(datasets.get(must(datasets.freeze("b", entries))));
  EXPECT_EQ(a.hash, b.hash);
  auto other = entries;
  other[3].split = "eval";
  EXPECT_NE(must(datasets.get(must(datasets.freeze("c", other)))).hash, a.hash);
  other = entries;
  std::swap(other[0], other[1]);
  EXPECT_NE(must(datasets.get(must(datasets.freeze("d", other)))).hash, a.hash);
  EXPECT_THAT(must(datasets.list()), SizeIs(4));
}

TEST_F(Datasets, RefuseWhatMakesNoSense) {
  ASSERT_OK(datasets.freeze("v1", entries));
  EXPECT_THAT(sentence(datasets.freeze("v1", entries), ErrorKind::Invalid),
              HasSubstr("\"v1\" already"));
  EXPECT_THAT(sentence(datasets.freeze("v2", {}), ErrorKind::Invalid), HasSubstr("would be empty"));
  EXPECT_FALSE(datasets.freeze("  ", entries));
  auto wrong = entries;
  wrong.push_back(wrong[2]);
  EXPECT_THAT(sentence(datasets.freeze("v2", wrong), ErrorKind::Invalid), HasSubstr("twice"));
  wrong = entries;
  wrong[1].split = "";
  EXPECT_THAT(sentence(datasets.freeze("v2", wrong), ErrorKind::Invalid), HasSubstr("no split"));
  wrong = entries;
  wrong[1].revision = RevisionId(999);
  EXPECT_THAT(sentence(datasets.freeze("v2", wrong), ErrorKind::NotFound),
              HasSubstr("revision 999"));
  EXPECT_THAT(must(datasets.list()), SizeIs(1)) << "half of a refused dataset is there";
  EXPECT_THAT(sentence(datasets.find("nope"), ErrorKind::NotFound), HasSubstr("there are: v1"));
  EXPECT_FALSE(datasets.items(DatasetId(99)));
}

TEST_F(Datasets, AreDeletedOnlyWhileUnused) {
  RunRepository runs(*t.connection);
  const auto used = must(datasets.freeze("used", entries));
  const auto unused = must(datasets.freeze("unused", entries));
  const auto runId = must(runs.create(newRun(RunKind::Training)));
  ASSERT_OK(runs.linkDataset(runId, used));
  EXPECT_THAT(must(datasets.usedBy(used)), ElementsAre(runId));
  EXPECT_THAT(must(runs.datasets(runId)), ElementsAre(used));
  EXPECT_THAT(sentence(datasets.remove(used), ErrorKind::Invalid), HasSubstr("was used by run 1"));
  EXPECT_OK(datasets.remove(unused));
  EXPECT_THAT(must(datasets.list()), SizeIs(1));
  EXPECT_THAT(must(datasets.items(used)), SizeIs(10));
  EXPECT_FALSE(datasets.remove(unused));
}

TEST_F(Datasets, AreFoundFromAScenario) {
  const auto id = must(datasets.freeze("v1", entries));
  EXPECT_THAT(must(datasets.holding(ScenarioId(3))), ElementsAre(id));
  const auto other = must(scenarios.add(scenario(50)));
  EXPECT_THAT(must(datasets.holding(other)), IsEmpty());
}

TEST_F(Datasets, LargeOnesAreReadInPieces) {
  std::vector<NewScenario> many;
  for (int i = 0; i < 1234; ++i) many.push_back(scenario(i));
  const auto ids = must(scenarios.addMany(many));
  std::vector<DatasetEntry> large;
  for (const auto& s : must(scenarios.getMany(ids)))
    large.push_back({s.revision, s.id.value % 3 ? "train" : "eval"});
  const auto id = must(datasets.freeze("large", large));
  std::size_t at = 0;
  ASSERT_OK(datasets.forEachItem(id, {}, [&](const DatasetItem& item) -> Status {
    EXPECT_EQ(item.revision.id, large[at++].revision);
    return {};
  }));
  EXPECT_EQ(at, 1234u);
  EXPECT_THAT(
      must(datasets.items(id, "eval")),
      SizeIs(std::count_if(large.begin(), large.end(), [](auto& e) { return e.split == "eval"; })));
}

}  // namespace
}  // namespace wordsight::store
