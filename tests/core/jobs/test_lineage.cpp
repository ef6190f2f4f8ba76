#include "jobs/lineage.h"

#include <gmock/gmock.h>

#include "job_test.h"
#include "jobs/data_jobs.h"
#include "store/dataset_repository.h"
#include "store/model_repository.h"

namespace wordsight::jobs {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Synthesis → freeze → training (base, output) → two evaluations, one of the base alone.
class LineageTest : public test::JobTest {
 protected:
  LineageTest() : connection(m_project.connect().value()), runs(*connection) {
    SynthesisSpec synthesis;
    synthesis.count = 40;
    made = synthesize(context(), synthesis)->run;
    FreezeSpec freeze;
    freeze.name = "d";
    frozen = freezeDataset(context(), freeze)->run;
    const auto dataset = store::DatasetRepository(*connection).find("d")->id;
    store::ModelRepository models(*connection);
    store::ModelRecord base, adapter;
    base.name = "tiny";
    adapter.kind = "adapter";
    adapter.name = "tuned";
    adapter.location = "/models/tuned";
    const auto baseId = models.remember(base).value();
    const auto adapterId = models.remember(adapter).value();
    trained = newRun(RunKind::Training, "first");
    EXPECT_OK(runs.linkDataset(trained, dataset));
    EXPECT_OK(runs.linkModel(trained, baseId, "base"));
    EXPECT_OK(runs.linkModel(trained, adapterId, "output"));
    asked = newRun(RunKind::Evaluation, "tuned caption");
    EXPECT_OK(runs.linkModel(asked, baseId, "base"));
    EXPECT_OK(runs.linkModel(asked, adapterId, "adapter"));
    alone = newRun(RunKind::Evaluation, "base caption");
    EXPECT_OK(runs.linkModel(alone, baseId, "base"));
    compared = newRun(RunKind::Comparison, "table");
    EXPECT_OK(runs.linkParent(compared, asked, "cell"));
    EXPECT_OK(runs.linkParent(compared, alone, "cell"));
  }
  RunId newRun(RunKind kind, const std::string& name) {
    wordsight::Run run;
    run.kind = kind;
    run.name = name;
    return runs.create(run).value();
  }

  std::unique_ptr<store::Connection> connection;
  store::RunRepository runs;
  RunId made, frozen, trained, asked, alone, compared;
};

TEST_F(LineageTest, GoesBackToTheSynthesis) {
  const auto lineage = lineageOf(*connection, asked);
  ASSERT_OK(lineage);
  const auto& origin = lineage->origin;
  EXPECT_EQ(origin.id, asked.value);
  ASSERT_THAT(origin.next, SizeIs(2));
  const auto& adapter = origin.next[0];
  EXPECT_EQ(adapter.relation, "adapter");
  EXPECT_EQ(adapter.kind, LineageNode::Kind::Model);
  ASSERT_THAT(adapter.next, SizeIs(1));
  EXPECT_EQ(adapter.next[0].id, trained.value);
  EXPECT_EQ(adapter.next[0].relation, "made by");
  const auto& dataset = adapter.next[0].next[0];
  EXPECT_EQ(dataset.name, "d");
  ASSERT_THAT(dataset.next, SizeIs(2));
  EXPECT_EQ(dataset.next[0].id, frozen.value);
  EXPECT_EQ(dataset.next[1].id, made.value);
  EXPECT_EQ(dataset.next[1].relation, "scenarios from");
  EXPECT_TRUE(origin.next[1].seen) << "the base stands under the training";
  ASSERT_THAT(lineage->results.next, SizeIs(1));
  EXPECT_EQ(lineage->results.next[0].id, compared.value);

  const auto text = treeText(origin);
  EXPECT_THAT(text, HasSubstr("adapter model 2 \"tuned\" (adapter, /models/tuned)\n"));
  EXPECT_THAT(text, HasSubstr("made by run 3 \"first\" (training, queued)\n"));
  EXPECT_THAT(text, HasSubstr("see above"));
  const auto json = toJson(origin);
  EXPECT_EQ(json["next"][0]["next"][0]["id"], trained.value);
}

TEST_F(LineageTest, GoesOnToWhatCameOfIt) {
  const auto ofSynthesis = lineageOf(*connection, made);
  ASSERT_OK(ofSynthesis);
  EXPECT_THAT(ofSynthesis->origin.next, IsEmpty());
  const auto text = treeText(ofSynthesis->results);
  for (const char* part : {"is in dataset 1 \"d\"", "learned by run 3", "made model 2",
                           "used by run 4", "used by run 6 \"table\""})
    EXPECT_THAT(text, HasSubstr(part));
  const auto ofFreeze = lineageOf(*connection, frozen);
  ASSERT_OK(ofFreeze);
  ASSERT_THAT(ofFreeze->origin.next, SizeIs(1));
  EXPECT_EQ(ofFreeze->origin.next[0].id, made.value);
  EXPECT_THAT(treeText(ofFreeze->results), HasSubstr("froze dataset 1"));
  EXPECT_THAT(treeText(ofFreeze->results), HasSubstr("learned by run 3"));
  const auto ofTable = lineageOf(*connection, compared);
  ASSERT_OK(ofTable);
  EXPECT_THAT(ofTable->origin.next, SizeIs(2));
  EXPECT_EQ(lineageOf(*connection, RunId(99)).error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace wordsight::jobs
