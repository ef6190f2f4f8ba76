#include "jobs/bulk_edit.h"

#include <gmock/gmock.h>

#include <ctime>
#include <iostream>

#include "job_test.h"
#include "store/scenario_repository.h"

namespace wordsight::jobs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

ScenarioContent content(int n, int key) {
  ScenarioContent c;
  c.situation = "A dog sits at gate " + std::to_string(n) + ".";
  c.question = "What now?";
  for (const char* option : {"Wait", "Call", "Shout", "Run", "Sing"})
    c.options.push_back(option + std::string(" ") + std::to_string(n));
  c.key = key;
  c.rationale = "Option " + std::string(1, letterOf(key)) + " helps the dog.";
  c.category = "Animals";
  return c;
}

class BulkEdit : public test::JobTest {
 protected:
  BulkEdit() : connection(m_project.connect().value()), scenarios(*connection) {}

  void add(int count) {
    std::vector<store::NewScenario> many;
    for (int i = 0; i < count; ++i) many.push_back({content(i, 0), {}, "test"});
    auto made = scenarios.addMany(many);
    ASSERT_OK(made);
    ids = *made;
  }
  std::vector<ScenarioContent> contents() {
    std::vector<ScenarioContent> all;
    const auto some = scenarios.getMany(ids).value();
    for (const auto& s : some) all.push_back(s.content);
    return all;
  }
  std::vector<ReviewStatus> statuses() { return scenarios.statusesOf(ids).value(); }
  std::size_t revisionsOf(ScenarioId id) { return scenarios.history(id).value().revisions.size(); }

  std::unique_ptr<store::Connection> connection;
  store::ScenarioRepository scenarios;
  std::vector<ScenarioId> ids;
};

TEST_F(BulkEdit, DecisionsAndExactlyBack) {
  add(6);
  ASSERT_OK(scenarios.setStatus(ids[0], ReviewStatus::Accepted, "person"));
  ASSERT_OK(scenarios.setStatus(ids[1], ReviewStatus::Rejected, "person"));
  const auto before = statuses();
  const BulkSpec spec{
      {ids[0], ids[1], ids[2], ids[2], ids[3]}, BulkStatus{ReviewStatus::Accepted}, "good ones"};
  const auto preview = previewBulk(*connection, spec, 2);
  ASSERT_OK(preview);
  EXPECT_EQ(preview->chosen, 4);
  EXPECT_EQ(preview->changed, 3) << "one is accepted already";
  EXPECT_THAT(preview->changes, SizeIs(2));
  EXPECT_EQ(preview->changes[0].status, ReviewStatus::Accepted);
  EXPECT_EQ(preview->changes[0].before.status, ReviewStatus::Rejected);
  EXPECT_THAT(preview->invalid, IsEmpty());
  EXPECT_EQ(statuses(), before) << "a preview changes nothing";

  const auto undo = applyBulk(*connection, spec, "person");
  ASSERT_OK(undo);
  EXPECT_EQ(undo->what, "accept: 3 scenarios");
  const auto after = statuses();
  EXPECT_THAT(
      after, ElementsAre(ReviewStatus::Accepted, ReviewStatus::Accepted, ReviewStatus::Accepted,
                         ReviewStatus::Accepted, ReviewStatus::Undecided, ReviewStatus::Undecided));
  EXPECT_THAT(scenarios.history(ids[0])->decisions, SizeIs(1)) << "it was so already";
  EXPECT_EQ(scenarios.history(ids[1])->decisions.back().note, "good ones");

  const auto redo = undoBulk(*connection, *undo, "person");
  ASSERT_OK(redo);
  EXPECT_EQ(statuses(), before);
  const auto undoAgain = undoBulk(*connection, *redo, "person");
  ASSERT_OK(undoAgain);
  EXPECT_EQ(statuses(), after);
  ASSERT_OK(undoBulk(*connection, *undoAgain, "person"));
  EXPECT_EQ(statuses(), before);
  EXPECT_THAT(scenarios.history(ids[1])->decisions, SizeIs(5)) << "all of it is kept";
  EXPECT_EQ(scenarios.history(ids[1])->decisions.back().note, "undo: accept: 3 scenarios");
}

TEST_F(BulkEdit, ReshufflesEvenLettersAndBack) {
  add(50);
  const auto before = contents();
  const BulkSpec spec{ids, BulkReshuffle{3}, {}};
  const auto preview = previewBulk(*connection, spec, 100);
  ASSERT_OK(preview);
  EXPECT_EQ(preview->chosen, 50);
  const auto undo = applyBulk(*connection, spec, "person");
  ASSERT_OK(undo);
  const auto after = contents();
  std::array<int, 5> letters{};
  for (std::size_t i = 0; i < 50; ++i) {
    ++letters[static_cast<std::size_t>(after[i].key)];
    EXPECT_EQ(after[i].options[static_cast<std::size_t>(after[i].key)], before[i].options[0]);
    EXPECT_THAT(after[i].rationale,
                HasSubstr("Option " + std::string(1, letterOf(after[i].key)) + " helps"));
  }
  EXPECT_THAT(letters, ElementsAre(10, 10, 10, 10, 10));
  for (const auto& change : preview->changes)
    EXPECT_EQ(change.content, scenarios.get(change.before.id)->content) << "as the preview said";
  ASSERT_OK(undoBulk(*connection, *undo, "person"));
  EXPECT_EQ(contents(), before);
  EXPECT_THAT(connection->check().value(), IsEmpty());
}

TEST_F(BulkEdit, ReshuffleLeavesWhatCannotBeMovedForSure) {
  add(10);
  auto special = content(2, 1);
  special.rationale = "Options A-D are wrong.";
  ASSERT_OK(scenarios.edit(ids[2], special, "person"));
  const BulkSpec spec{ids, BulkReshuffle{3}, {}};
  EXPECT_EQ(previewBulk(*connection, spec, 1)->leftInOrder, 1);
  const auto undo = applyBulk(*connection, spec, "person");
  ASSERT_OK(undo);
  EXPECT_EQ(undo->leftInOrder, 1);
  EXPECT_EQ(contents()[2], special);
}

TEST_F(BulkEdit, ReplacesTextAndTellsWhatBecomesInvalid) {
  add(5);
  auto special = content(2, 1);
  special.options = {"dog", "dogs", "cat", "", "x"};
  ASSERT_OK(scenarios.edit(ids[2], special, "person"));
  BulkSpec spec{ids, curate::TextReplacement{.find = "dogs", .with = "dog"}, {}};
  const auto preview = previewBulk(*connection, spec, 10);
  ASSERT_OK(preview);
  EXPECT_EQ(preview->changed, 1);
  EXPECT_EQ(preview->matches, 1);
  EXPECT_THAT(preview->invalid, ElementsAre(ids[2]));
  ASSERT_THAT(preview->invalidOnes, SizeIs(1));
  ASSERT_THAT(preview->invalidOnes[0].errors, SizeIs(1)) << "the empty option was there before";
  EXPECT_EQ(preview->invalidOnes[0].errors[0].code, "option-equal");

  spec.operation = curate::TextReplacement{.find = "dog", .with = "cat"};
  const auto before = contents();
  const auto undo = applyBulk(*connection, spec, "Ann");
  ASSERT_OK(undo);
  EXPECT_EQ(undo->what, "replace \"dog\" by \"cat\": 5 scenarios");
  EXPECT_EQ(contents()[0].situation, "A cat sits at gate 0.");
  EXPECT_EQ(contents()[0].rationale, "Option A helps the cat.");
  const auto rows = scenarios.rowsOf(std::span(&ids[2], 1)).value();
  EXPECT_THAT(rows[0].issueCodes, ElementsAre("option-equal", "option-empty"))
      << "what is wrong with the new text is known at once";
  EXPECT_EQ(scenarios.history(ids[0])->revisions.back().author, "Ann");
  store::ScenarioFilter cats;
  cats.text = "cat";
  EXPECT_EQ(scenarios.count(cats).value(), 5);
  const auto redo = undoBulk(*connection, *undo, "Ann");
  ASSERT_OK(redo);
  EXPECT_EQ(contents(), before);
  EXPECT_EQ(scenarios.count(cats).value(), 1);
  EXPECT_EQ(revisionsOf(ids[0]), 3u);
  EXPECT_EQ(scenarios.history(ids[0])->revisions.back().note,
            "undo: replace \"dog\" by \"cat\": 5 scenarios");
  ASSERT_OK(undoBulk(*connection, *redo, "Ann"));
  EXPECT_EQ(contents()[0].situation, "A cat sits at gate 0.");
  EXPECT_THAT(scenarios.history(ids[0])->revisions.back().note, HasSubstr("redo: "));
}

TEST_F(BulkEdit, AcceptingItemsWithErrorsIsSaid) {
  add(3);
  auto keyless = content(1, 0);
  keyless.key = -1;
  ASSERT_OK(scenarios.edit(ids[1], keyless, "person"));
  const auto accept = previewBulk(*connection, {ids, BulkStatus{ReviewStatus::Accepted}, {}}, 10);
  ASSERT_OK(accept);
  EXPECT_THAT(accept->invalid, ElementsAre(ids[1]));
  EXPECT_EQ(accept->invalidOnes[0].errors[0].code, "key-missing");
  const auto reject = previewBulk(*connection, {ids, BulkStatus{ReviewStatus::Rejected}, {}}, 10);
  ASSERT_OK(reject);
  EXPECT_THAT(reject->invalid, IsEmpty());
}

TEST_F(BulkEdit, WhatSomebodyChangedSinceIsNotTakenBack) {
  add(5);
  const auto decided = applyBulk(*connection, {ids, BulkStatus{ReviewStatus::Accepted}, {}}, "Ann");
  ASSERT_OK(decided);
  const auto edited = applyBulk(
      *connection, {ids, curate::TextReplacement{.find = "dog", .with = "cat"}, {}}, "Ann");
  ASSERT_OK(edited);
  // The same decision once more is a decision all the same.
  ASSERT_OK(scenarios.setStatus(ids[0], ReviewStatus::Accepted, "Bob"));
  ASSERT_OK(scenarios.setStatus(ids[3], ReviewStatus::Rejected, "Bob"));
  auto mine = scenarios.get(ids[1])->content;
  mine.rationale = "Mine.";
  ASSERT_OK(scenarios.edit(ids[1], mine, "Bob"));
  const auto contentsNow = contents();
  const auto statusesNow = statuses();

  const auto noUndo = undoBulk(*connection, *decided, "Ann");
  ASSERT_FALSE(noUndo);
  EXPECT_EQ(noUndo.error().kind, ErrorKind::Busy);
  EXPECT_EQ(noUndo.error().message,
            "2 of 5 scenarios (1, 4) were decided about by somebody since, and nothing was taken "
            "back: look at them first.");
  const auto noEdit = undoBulk(*connection, *edited, "Ann");
  ASSERT_FALSE(noEdit);
  EXPECT_THAT(noEdit.error().message, HasSubstr("1 of 5 scenarios (2) was edited by somebody"));
  EXPECT_EQ(contents(), contentsNow);
  EXPECT_EQ(statuses(), statusesNow);

  const auto redo = undoBulk(*connection, *edited, "Ann", ChangedSince::LeaveThem);
  ASSERT_OK(redo);
  EXPECT_THAT(redo->items, SizeIs(4));
  EXPECT_EQ(contents()[1], mine);
  EXPECT_THAT(contents()[0].situation, HasSubstr("dog"));
  ASSERT_OK(undoBulk(*connection, *redo, "Ann"));
  EXPECT_EQ(contents(), contentsNow);
  ASSERT_OK(undoBulk(*connection, *decided, "Ann", ChangedSince::LeaveThem));
  EXPECT_THAT(statuses(),
              ElementsAre(ReviewStatus::Accepted, ReviewStatus::Undecided, ReviewStatus::Undecided,
                          ReviewStatus::Rejected, ReviewStatus::Undecided));
}

TEST_F(BulkEdit, NothingChosenUnknownOrStopped) {
  add(3);
  const auto before = contents();
  const curate::TextReplacement rule{.find = "dog", .with = "cat"};
  EXPECT_THAT(applyBulk(*connection, {{}, rule, {}}, "a").error().message,
              HasSubstr("No scenario is chosen"));
  EXPECT_FALSE(applyBulk(*connection, {{}, BulkStatus{}, {}}, "a"));
  EXPECT_FALSE(previewBulk(*connection, {{}, rule, {}}, 1));
  EXPECT_FALSE(previewBulk(*connection, {ids, curate::TextReplacement{}, {}}, 1));
  const std::vector<ScenarioId> unknown = {ids[0], ScenarioId(99)};
  for (const BulkOperation& operation :
       {BulkOperation(rule), BulkOperation(BulkStatus{}), BulkOperation(BulkReshuffle{})}) {
    const auto failed = applyBulk(*connection, {unknown, operation, {}}, "a");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, ErrorKind::NotFound);
  }
  m_stop.request_stop();
  const auto stopped = applyBulk(*connection, {ids, rule, {}}, "a", m_stop.get_token());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, ErrorKind::Cancelled);
  EXPECT_FALSE(previewBulk(*connection, {ids, rule, {}}, 1, m_stop.get_token()));
  EXPECT_EQ(contents(), before);
  const auto nothing =
      applyBulk(*connection, {ids, curate::TextReplacement{.find = "zebra"}, {}}, "a");
  ASSERT_OK(nothing);
  EXPECT_THAT(nothing->items, IsEmpty());
  EXPECT_OK(undoBulk(*connection, *nothing, "a"));
  EXPECT_EQ(revisionsOf(ids[0]), 1u);
}

TEST_F(BulkEdit, TwentyThousandInSeconds) {
  add(20'000);
  const auto measured = [](const char* what, auto&& work) {
    const Stopwatch watch;
    const std::clock_t processor = std::clock();
    auto result = work();
    EXPECT_OK(result);
    std::cout << "[ measured ] " << what << " of 20,000: " << watch.seconds() << " s\n";
    EXPECT_LT(static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC, 30);
    return result;
  };
  const curate::TextReplacement rule{.find = "dog", .with = "cat"};
  (void)measured("preview", [&] { return previewBulk(*connection, {ids, rule, {}}, 20); });
  const auto undo = measured("replace", [&] {
    return applyBulk(*connection, {ids, rule, {}}, "a");
  });
  (void)measured("undo", [&] { return undoBulk(*connection, *undo, "a"); });
  (void)measured("reshuffle", [&] {
    return applyBulk(*connection, {ids, BulkReshuffle{}, {}}, "a");
  });
  (void)measured("accept", [&] { return applyBulk(*connection, {ids, BulkStatus{}, {}}, "a"); });
}

}  // namespace
}  // namespace wordsight::jobs
