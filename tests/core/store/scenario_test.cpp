#include "store/scenario_repository.h"

#include <algorithm>

#include "store_support.h"

namespace wordsight::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Scenarios : public ::testing::Test {
 protected:
  TestProject t;
  ScenarioRepository scenarios{*t.connection};

  std::vector<ScenarioId> addSome(int count) {
    std::vector<NewScenario> many;
    for (int i = 0; i < count; ++i) many.push_back(scenario(i));
    return must(scenarios.addMany(many));
  }
};

TEST_F(Scenarios, ComeBackAsTheyWentIn) {
  NewScenario made = scenario(3);
  made.content.situation =
      "Zwei Kinder — 两个孩子 – 🙂\nnew line\ttab \"quotes\" 'apostrophes' NULL; DROP "
      "TABLE "
      "scenario; --";
  made.content.options = {"", "a\\b", "\"\"", "line\nbreak", "é"};
  made.content.key = -1;
  made.content.nonIntervention = -1;
  made.provenance.seed = 0xFFFFFFFFFFFFFFFFull;
  made.provenance.promptHash = "abc";
  const auto id = must(scenarios.add(made));
  t.reopen();
  const auto got = must(ScenarioRepository(*t.connection).get(id));
  EXPECT_EQ(got.content, made.content);
  EXPECT_EQ(got.provenance, made.provenance);
  EXPECT_EQ(got.revisionNumber, 1);
  EXPECT_EQ(got.status, ReviewStatus::Undecided);
  EXPECT_GT(got.createdAt, 1'600'000'000'000);
}

TEST_F(Scenarios, IllFormedTextIsRepairedNotRefused) {
  auto made = scenario(1, "broken \xFF byte");
  made.content.options[0] = "half \xE2\x82";
  const auto got = must(scenarios.get(must(scenarios.add(made))));
  EXPECT_EQ(got.content.situation, "broken \xEF\xBF\xBD byte");
  EXPECT_THAT(got.content.options[0], HasSubstr("half \xEF\xBF\xBD"));
}

TEST_F(Scenarios, IndexesThatPointNowhereAreRefused) {
  auto wrong = scenario(1);
  wrong.content.key = 5;
  EXPECT_THAT(sentence(scenarios.add(wrong), ErrorKind::Invalid),
              HasSubstr("a.jsonl:1 has the key number 5 for 5 options"));
  wrong = scenario(1);
  wrong.content.nonIntervention = 7;
  EXPECT_FALSE(scenarios.add(wrong));
  wrong = scenario(1);
  wrong.content.options.resize(27);
  EXPECT_THAT(sentence(scenarios.add(wrong), ErrorKind::Invalid), HasSubstr("27 options"));
  // One wrong among many: none is kept.
  std::vector<NewScenario> many = {scenario(1), wrong};
  EXPECT_FALSE(scenarios.addMany(many));
  EXPECT_EQ(must(scenarios.count({})), 0);
  // A run that is not there.
  auto orphan = scenario(1);
  orphan.provenance.run = RunId(77);
  EXPECT_THAT(sentence(scenarios.add(orphan), ErrorKind::NotFound),
              HasSubstr("refers to something"));
}

TEST_F(Scenarios, EditsAppendRevisions) {
  const auto id = must(scenarios.add(scenario(1)));
  const auto first = must(scenarios.get(id));
  auto changed = first.content;
  changed.rationale = "Better reason";
  const auto second = must(scenarios.edit(id, changed, "person", "clearer", first.revision));
  EXPECT_NE(second, first.revision);
  EXPECT_EQ(must(scenarios.get(id)).content, changed);
  EXPECT_EQ(must(scenarios.get(id)).revisionNumber, 2);
  EXPECT_EQ(must(scenarios.revision(first.revision)).content, first.content)
      << "the old revision changed";

  // The same again appends nothing.
  EXPECT_EQ(must(scenarios.edit(id, changed, "person")), second);
  // Based on what is no longer current: refused.
  changed.rationale = "Someone else's";
  EXPECT_THAT(sentence(scenarios.edit(id, changed, "person", "", first.revision), ErrorKind::Busy),
              HasSubstr("Somebody else edited scenario"));
  EXPECT_THAT(sentence(scenarios.edit(ScenarioId(999), changed, "person"), ErrorKind::NotFound),
              HasSubstr("scenario 999"));

  const auto history = must(scenarios.history(id));
  ASSERT_THAT(history.revisions, SizeIs(2));
  EXPECT_EQ(history.revisions[0].number, 1);
  EXPECT_EQ(history.revisions[0].author, "import");
  EXPECT_EQ(history.revisions[1].author, "person");
  EXPECT_EQ(history.revisions[1].note, "clearer");
  EXPECT_EQ(history.provenance, scenario(1).provenance);
}

TEST_F(Scenarios, EditManyIsAllOrNone) {
  const auto ids = addSome(3);
  std::vector<ScenarioRepository::Edit> edits;
  for (const auto id : ids)
    edits.push_back({id, content(50, "Other text " + std::to_string(id.value))});
  edits.push_back({ScenarioId(999), content(1)});
  EXPECT_FALSE(scenarios.editMany(edits, "replace"));
  EXPECT_EQ(must(scenarios.get(ids[0])).revisionNumber, 1);
  edits.pop_back();
  EXPECT_OK(scenarios.editMany(edits, "replace", "all"));
  EXPECT_EQ(must(scenarios.get(ids[2])).content.situation, "Other text 3");
}

TEST_F(Scenarios, DecisionsAreKeptWithTimeAndAuthor) {
  const auto ids = addSome(3);
  ASSERT_OK(scenarios.setStatus(ids[0], ReviewStatus::Accepted, "anna", "good"));
  ASSERT_OK(scenarios.setStatus(ids[0], ReviewStatus::Rejected, "ben"));
  EXPECT_EQ(must(scenarios.get(ids[0])).status, ReviewStatus::Rejected);
  const auto history = must(scenarios.history(ids[0]));
  ASSERT_THAT(history.decisions, SizeIs(2));
  EXPECT_EQ(history.decisions[0].status, ReviewStatus::Accepted);
  EXPECT_EQ(history.decisions[0].author, "anna");
  EXPECT_EQ(history.decisions[0].note, "good");
  EXPECT_GT(history.decisions[0].createdAt, 0);
  EXPECT_EQ(history.decisions[1].status, ReviewStatus::Rejected);

  // Many: all or none.
  const std::vector<ScenarioId> withUnknown = {ids[1], ScenarioId(999)};
  EXPECT_FALSE(scenarios.setStatus(withUnknown, ReviewStatus::Accepted, "anna"));
  EXPECT_EQ(must(scenarios.get(ids[1])).status, ReviewStatus::Undecided);
  ASSERT_OK(scenarios.setStatus(ids, ReviewStatus::Accepted, "anna"));
  ScenarioFilter accepted;
  accepted.status = ReviewStatus::Accepted;
  EXPECT_EQ(must(scenarios.count(accepted)), 3);
  // An edit leaves the decision.
  ASSERT_OK(scenarios.edit(ids[0], content(77), "person"));
  EXPECT_EQ(must(scenarios.get(ids[0])).status, ReviewStatus::Accepted);
}

TEST_F(Scenarios, FiltersNarrow) {
  RunRepository runs(*t.connection);
  const auto runId = must(runs.create(newRun(RunKind::Synthesis)));
  const auto ids = addSome(12);
  auto fromRun = scenario(100);
  fromRun.provenance.run = runId;
  fromRun.provenance.generator = "local:/models/x";
  const auto special = must(scenarios.add(fromRun));

  const auto matching = [&](auto&& set) {
    ScenarioFilter filter;
    set(filter);
    const auto found = must(scenarios.ids(filter));
    EXPECT_EQ(must(scenarios.count(filter)), std::int64_t(found.size()));
    EXPECT_THAT(must(scenarios.list(filter)), SizeIs(found.size()));
    return found;
  };
  EXPECT_THAT(matching([](auto&) {}), SizeIs(13));
  EXPECT_THAT(matching([](auto& f) { f.strategy = "complexity"; }),
              ElementsAre(ids[0], ids[3], ids[6], ids[9]));
  EXPECT_THAT(matching([](auto& f) { f.category = "Assistance"; }), SizeIs(6));
  EXPECT_THAT(matching([](auto& f) { f.generator = "local:/models/x"; }), ElementsAre(special));
  EXPECT_THAT(matching([&](auto& f) { f.run = runId; }), ElementsAre(special));
  EXPECT_THAT(matching([](auto& f) { f.key = 2; }), ElementsAre(ids[2], ids[7]));
  EXPECT_THAT(matching([](auto& f) { f.category = "Assistance' OR 1=1 --"; }), IsEmpty());
  EXPECT_THAT(matching([](auto& f) {
                f.strategy = "complexity";
                f.key = 3;
                f.text = "number 3";
              }),
              ElementsAre(ids[3]));
}

TEST_F(Scenarios, SortsByAnyColumnInPages) {
  addSome(10);
  ASSERT_OK(scenarios.setStatus(ScenarioId(4), ReviewStatus::Accepted, "a"));
  using Sort = ScenarioFilter::Sort;
  for (const auto sort : {Sort::Created, Sort::Changed, Sort::Situation, Sort::Key, Sort::Status,
                          Sort::Strategy, Sort::Generator, Sort::Category, Sort::Issues}) {
    for (const bool descending : {false, true}) {
      ScenarioFilter filter;
      filter.sort = sort;
      filter.descending = descending;
      const auto all = must(scenarios.ids(filter));
      EXPECT_THAT(all, SizeIs(10));
      // Pages laid end to end are the whole list: the order has no ties that fall either way.
      std::vector<ScenarioId> paged;
      filter.limit = 3;
      for (filter.offset = 0; filter.offset < 12; filter.offset += 3) {
        const auto page = must(scenarios.ids(filter));
        paged.insert(paged.end(), page.begin(), page.end());
      }
      EXPECT_EQ(paged, all);
    }
  }
  ScenarioFilter filter;
  filter.sort = Sort::Changed;
  filter.descending = true;
  filter.limit = 1;
  EXPECT_THAT(must(scenarios.ids(filter)), ElementsAre(ScenarioId(4)));
  filter.sort = Sort::Key;
  filter.limit = 4;
  std::vector<int> keys;
  for (const auto& found : must(scenarios.list(filter))) keys.push_back(found.content.key);
  EXPECT_THAT(keys, ElementsAre(4, 4, 3, 3));
  filter = {};
  filter.offset = 8;  // an offset without a limit
  EXPECT_THAT(must(scenarios.ids(filter)), ElementsAre(ScenarioId(9), ScenarioId(10)));
}

TEST_F(Scenarios, GetManyKeepsTheOrderAskedFor) {
  const auto ids = addSome(5);
  const std::vector<ScenarioId> wanted = {ids[4], ids[0], ids[2]};
  const auto got = must(scenarios.getMany(wanted));
  ASSERT_THAT(got, SizeIs(3));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(got[i].id, wanted[i]);
  const std::vector<ScenarioId> unknown = {ids[0], ScenarioId(99)};
  EXPECT_THAT(sentence(scenarios.getMany(unknown), ErrorKind::NotFound), HasSubstr("scenario 99"));
}

TEST_F(Scenarios, FindsExactDuplicates) {
  const auto ids = addSome(3);
  const auto again = must(scenarios.add(scenario(1)));
  EXPECT_THAT(must(scenarios.findByContentHash(contentHash(content(1)))),
              ElementsAre(ids[1], again));
  EXPECT_THAT(must(scenarios.contentHashes()), SizeIs(4));
  ASSERT_OK(scenarios.edit(again, content(500), "person"));
  EXPECT_THAT(must(scenarios.findByContentHash(contentHash(content(1)))), ElementsAre(ids[1]));
  EXPECT_THAT(must(scenarios.findByContentHash(contentHash(content(500)))), ElementsAre(again));
}

TEST_F(Scenarios, ForEachSeesOneStateAndMayWrite) {
  addSome(20);
  int seen = 0;
  ASSERT_OK(scenarios.forEach({}, [&](const Scenario& found) -> Status {
    ++seen;
    WORDSIGHT_CHECK(scenarios.add(scenario(1000 + seen)));
    return scenarios.setStatus(found.id, ReviewStatus::Accepted, "walk");
  }));
  EXPECT_EQ(seen, 20) << "the walk ran into what it added";
  EXPECT_EQ(must(scenarios.count({})), 40);
  seen = 0;
  EXPECT_THAT(sentence(scenarios.forEach({},
                                         [&](const Scenario&) -> Status {
                                           return ++seen == 5 ? Status(fail("Stop.")) : Status();
                                         }),
                       ErrorKind::Invalid),
              HasSubstr("Stop."));
  EXPECT_EQ(seen, 5);
}

TEST_F(Scenarios, IssuesAreReplacedByTheNextCheck) {
  const auto ids = addSome(3);
  std::vector<RevisionId> revisions;
  for (const auto& found : must(scenarios.list({}))) revisions.push_back(found.revision);
  const std::vector<ScenarioIssue> issues = {{revisions[0], "alike", "A and B are alike."},
                                             {revisions[0], "key", "No key."},
                                             {revisions[2], "key", "No key."}};
  ASSERT_OK(scenarios.setIssues(revisions, issues));
  ScenarioFilter filter;
  filter.issue = "*";
  EXPECT_THAT(must(scenarios.ids(filter)), ElementsAre(ids[0], ids[2]));
  filter.issue = "alike";
  EXPECT_THAT(must(scenarios.ids(filter)), ElementsAre(ids[0]));
  EXPECT_THAT(must(scenarios.issues(revisions[0])), SizeIs(2));
  const auto counts = must(scenarios.valueCounts(ScenarioRepository::Field::Issue));
  ASSERT_THAT(counts, SizeIs(2));
  EXPECT_EQ(counts[0].value, "key");
  EXPECT_EQ(counts[0].count, 2);
  // An edit starts clean; the next check replaces.
  ASSERT_OK(scenarios.edit(ids[0], content(60), "person"));
  filter.issue = "*";
  EXPECT_THAT(must(scenarios.ids(filter)), ElementsAre(ids[2]));
  ASSERT_OK(scenarios.setIssues(revisions, {}));
  EXPECT_THAT(must(scenarios.ids(filter)), IsEmpty());
  EXPECT_THAT(must(t.connection->check()), IsEmpty());
}

TEST_F(Scenarios, ValuesAreCounted) {
  addSome(10);
  using Field = ScenarioRepository::Field;
  const auto keys = must(scenarios.valueCounts(Field::Key));
  ASSERT_THAT(keys, SizeIs(5));
  for (const auto& entry : keys) EXPECT_EQ(entry.count, 2);
  const auto strategies = must(scenarios.valueCounts(Field::Strategy));
  ASSERT_THAT(strategies, SizeIs(2));
  EXPECT_EQ(strategies[0].value, "context");
  EXPECT_EQ(strategies[0].count, 6);
  ScenarioFilter filter;
  filter.strategy = "complexity";
  filter.text = "park";
  EXPECT_THAT(must(scenarios.valueCounts(Field::Category, filter)), SizeIs(2));
}

TEST_F(Scenarios, DerivedTablesCanBeMadeAnew) {
  const auto ids = addSome(30);
  for (int i = 0; i < 30; i += 3)
    ASSERT_OK(
        scenarios.edit(ids[i], content(200 + i, "An edited owl " + std::to_string(i)), "person"));
  ASSERT_OK(scenarios.setStatus(ids[1], ReviewStatus::Accepted, "a"));
  ASSERT_OK(scenarios.setStatus(ids[1], ReviewStatus::Rejected, "a"));
  const auto revision = must(scenarios.get(ids[2])).revision;
  const std::vector<ScenarioIssue> issue = {{revision, "x", "y"}};
  ASSERT_OK(scenarios.setIssues(std::span(&revision, 1), issue));
  const auto everything = [&] {
    std::string all;
    for (const auto sort : {ScenarioFilter::Sort::Created, ScenarioFilter::Sort::Issues,
                            ScenarioFilter::Sort::Changed}) {
      ScenarioFilter filter;
      filter.sort = sort;
      for (const auto& s : must(scenarios.list(filter)))
        all += std::to_string(s.id.value) + " " + std::to_string(s.revision.value) + " " +
               toText(s.status) + " " + s.content.situation + " " + std::to_string(s.changedAt) +
               "\n";
    }
    ScenarioFilter owls;
    owls.text = "owl";
    return all + std::to_string(must(scenarios.count(owls)));
  };
  const auto before = everything();
  ASSERT_OK(t.connection->rebuildDerived());
  EXPECT_EQ(everything(), before);
  EXPECT_THAT(must(t.connection->check()), IsEmpty());
  // And the triggers work on.
  ASSERT_OK(scenarios.edit(ids[5], content(300, "One more owl"), "person"));
  EXPECT_NE(everything(), before);
  EXPECT_THAT(must(t.connection->check()), IsEmpty());
}

TEST_F(Scenarios, ManyEditsAreFoundByTheirNewTextsOnly) {
  const auto ids = addSome(30);
  std::vector<ScenarioRepository::Edit> edits;
  for (int i = 0; i < 10; ++i)
    edits.push_back({ids[i], content(i, "A heron stands in pond " + std::to_string(i) + ".")});
  edits.push_back({ids[20], content(20)});                     // says what it said
  edits.push_back({ids[0], content(0, "At last an otter.")});  // twice in one go
  const auto revisions = must(scenarios.editMany(edits, "person", "birds"));
  ASSERT_THAT(revisions, SizeIs(12));
  EXPECT_EQ(must(scenarios.revision(revisions[3])).content, edits[3].content);
  EXPECT_EQ(must(scenarios.revision(revisions[3])).note, "birds");
  EXPECT_EQ(revisions[10], must(scenarios.get(ids[20])).revision);
  EXPECT_EQ(revisions[11], must(scenarios.get(ids[0])).revision);
  const auto found = [&](const std::string& text) {
    ScenarioFilter filter;
    filter.text = text;
    return must(scenarios.count(filter));
  };
  EXPECT_EQ(found("heron"), 9);
  EXPECT_EQ(found("otter"), 1);
  EXPECT_EQ(found("park"), 20);
  EXPECT_THAT(must(t.connection->check()), IsEmpty());
  // The index is what one made anew would be.
  ASSERT_OK(t.connection->rebuildDerived());
  EXPECT_EQ(found("heron"), 9);

  // Based on a revision that is not current any more: none of them is made.
  const std::vector<ScenarioRepository::Edit> late = {
      {ids[5], content(5, "A wren."), must(scenarios.get(ids[5])).revision},
      {ids[6], content(6, "A wren."), RevisionId(7)}};
  EXPECT_THAT(sentence(scenarios.editMany(late, "person"), ErrorKind::Busy),
              HasSubstr("scenario 7 meanwhile"));
  EXPECT_EQ(found("wren"), 0);
  EXPECT_EQ(found("heron"), 9);
  EXPECT_THAT(must(scenarios.editMany({}, "person")), IsEmpty());
}

TEST_F(Scenarios, EditsOfMostMakeTheIndexAnew) {
  const auto ids = addSome(3000);
  std::vector<ScenarioRepository::Edit> edits;
  for (int i = 0; i < 2500; ++i)
    edits.push_back({ids[i], content(i, "A heron " + std::to_string(i) + ".")});
  ASSERT_OK(scenarios.editMany(edits, "person"));
  const auto found = [&](const std::string& text) {
    ScenarioFilter filter;
    filter.text = text;
    return must(scenarios.count(filter));
  };
  EXPECT_EQ(found("heron"), 2500);
  EXPECT_EQ(found("park"), 500);
  // And it can be edited further.
  ASSERT_OK(scenarios.edit(ids[0], content(0, "A wren."), "person"));
  EXPECT_EQ(found("heron"), 2499);
  EXPECT_EQ(found("wren"), 1);
  EXPECT_THAT(must(t.connection->check()), IsEmpty());
}

TEST_F(Scenarios, RowsCarryTheirIssuesAndSkipWhatIsNotThere) {
  const auto ids = addSome(4);
  const auto revision = must(scenarios.get(ids[1])).revision;
  const std::vector<ScenarioIssue> issues = {{revision, "key-missing", "No key."},
                                             {revision, "duplicate", "Again."}};
  ASSERT_OK(scenarios.setIssues(std::span(&revision, 1), issues));
  ASSERT_OK(scenarios.setStatus(ids[2], ReviewStatus::Accepted, "person"));
  const std::vector<ScenarioId> asked = {ids[2], ScenarioId(99), ids[1], ids[2]};
  const auto rows = must(scenarios.rowsOf(asked));
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(rows[0].scenario.id, ids[2]);
  EXPECT_EQ(rows[0].scenario.status, ReviewStatus::Accepted);
  EXPECT_EQ(rows[0].scenario.content, content(2));
  EXPECT_EQ(rows[0].scenario.provenance, scenario(2).provenance);
  EXPECT_EQ(rows[0].issues, 0);
  EXPECT_THAT(rows[0].issueCodes, IsEmpty());
  EXPECT_EQ(rows[1].issues, 2);
  EXPECT_THAT(rows[1].issueCodes, ElementsAre("key-missing", "duplicate"));
  EXPECT_EQ(rows[2].scenario.id, ids[2]);
  EXPECT_THAT(must(scenarios.rowsOf({})), IsEmpty());

  const std::vector<ScenarioId> known = {ids[2], ids[0]};
  EXPECT_THAT(must(scenarios.statusesOf(known)),
              ElementsAre(ReviewStatus::Accepted, ReviewStatus::Undecided));
  EXPECT_THAT(sentence(scenarios.statusesOf(asked), ErrorKind::NotFound), HasSubstr("99"));
  const auto before = must(scenarios.headsOf(known));
  EXPECT_EQ(before[1], (ScenarioHead{ids[0], must(scenarios.get(ids[0])).revision,
                                     ReviewStatus::Undecided, 0}));
  ASSERT_OK(scenarios.setStatus(ids[2], ReviewStatus::Accepted, "somebody"));
  EXPECT_NE(must(scenarios.headsOf(known))[0], before[0]) << "the same decision by another one";
}

TEST_F(Scenarios, TheNextOneWithAnIssueIsFound) {
  const auto ids = addSome(6);
  std::vector<ScenarioIssue> issues;
  for (const int i : {1, 4})
    issues.push_back({must(scenarios.get(ids[i])).revision, i == 1 ? "duplicate" : "key", "."});
  ASSERT_OK(scenarios.setIssues({}, issues));
  const auto next = [&](ScenarioId after, const ScenarioFilter& filter = {}) {
    return must(scenarios.nextWithIssue(filter, after)).value_or(ScenarioId());
  };
  EXPECT_EQ(next({}), ids[1]);
  EXPECT_EQ(next(ids[0]), ids[1]);
  EXPECT_EQ(next(ids[1]), ids[4]);
  EXPECT_EQ(next(ids[4]), ids[1]) << "round the end";
  EXPECT_EQ(next(ids[5]), ids[1]);
  ScenarioFilter filter;
  filter.descending = true;
  filter.limit = 1;
  EXPECT_EQ(next(ids[1], filter), ids[4]);
  EXPECT_EQ(next(ids[5], filter), ids[4]);
  filter.issue = "duplicate";
  EXPECT_EQ(next(ids[1], filter), ids[1]) << "the only one";
  filter.issue = "nothing";
  EXPECT_EQ(next(ids[1], filter), ScenarioId());
  filter = {};
  filter.status = ReviewStatus::Rejected;
  EXPECT_EQ(next(ids[1], filter), ScenarioId());
}

}  // namespace
}  // namespace wordsight::store
