#include "jobs/training_data.h"

#include <algorithm>

#include "curate/balance.h"
#include "curate/examples.h"

namespace wordsight::jobs {
namespace {

Result<std::vector<TrainingExample>> examples(const std::vector<ScenarioContent>& contents,
                                              const std::vector<std::string>& ids,
                                              const DecisionPrompt& prompt) {
  std::vector<TrainingExample> out;
  out.reserve(contents.size());
  for (std::size_t i = 0; i < contents.size(); ++i) {
    WORDSIGHT_TRY(auto example, curate::toExample(contents[i], prompt, ids[i]));
    out.push_back(std::move(example));
  }
  return out;
}

}  // namespace

Result<TrainingContents> trainingContents(store::Connection& connection, const TrainingSpec& spec,
                                          const store::Dataset& dataset) {
  TrainingContents out;
  WORDSIGHT_CHECK(store::DatasetRepository(connection)
                      .forEachItem(dataset.id, {}, [&](const store::DatasetItem& item) -> Status {
                        const std::string id = "revision " + std::to_string(item.revision.id.value);
                        if (item.split == "train") {
                          out.train.push_back(item.revision.content);
                          out.trainIds.push_back(id);
                        } else if (item.split == "eval") {
                          out.heldOut.push_back(item.revision.content);
                          out.heldOutIds.push_back(id);
                        }
                        return {};
                      }));
  if (out.train.empty())
    return fail("The dataset \"" + spec.dataset +
                "\" has no split named train; freeze it again with --split train=1.");
  if (spec.control) out.train = curate::shuffledControl(std::move(out.train), spec.train.seed);
  return out;
}

Result<TrainingData> trainingData(store::Connection& connection, const TrainingSpec& spec,
                                  const store::Dataset& dataset, const DecisionPrompt& prompt) {
  WORDSIGHT_TRY(const auto contents, trainingContents(connection, spec, dataset));
  TrainingData data;
  data.prompt = prompt;
  WORDSIGHT_TRY(data.train, examples(contents.train, contents.trainIds, prompt));
  WORDSIGHT_TRY(data.eval, examples(contents.heldOut, contents.heldOutIds, prompt));
  data.probe.assign(
      data.eval.begin(),
      data.eval.begin() + std::min<std::ptrdiff_t>(std::ssize(data.eval), spec.probeItems));
  return data;
}

}  // namespace wordsight::jobs
