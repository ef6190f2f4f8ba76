#include "train/pack.h"

#include <torch/torch.h>

#include <algorithm>
#include <numeric>

namespace wordsight::train {

std::vector<std::vector<std::size_t>> planPacks(const std::vector<std::int64_t>& lengths,
                                                std::int64_t microTokens) {
  std::vector<std::size_t> order(lengths.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return lengths[a] > lengths[b]; });
  std::vector<std::vector<std::size_t>> packs;
  std::vector<std::int64_t> room;
  for (const auto sample : order) {
    const auto fits =
        std::find_if(room.begin(), room.end(), [&](auto left) { return left >= lengths[sample]; });
    const auto at = static_cast<std::size_t>(fits - room.begin());
    if (fits == room.end()) {
      packs.emplace_back();
      room.push_back(std::max(microTokens, lengths[sample]));
    }
    packs[at].push_back(sample);
    room[at] -= lengths[sample];
  }
  return packs;
}

torch::Tensor textPositions(const neural::LanguageModel& model, std::int64_t length) {
  return model.positionsOf(std::vector<std::int64_t>(static_cast<std::size_t>(length), 0), {})
      .positions;
}

Pack makePack(const std::vector<TokenSample>& samples, const std::vector<std::size_t>& chosen,
              const torch::Tensor& positions, double choiceWeight) {
  Pack pack;
  for (const auto index : chosen) {
    pack.tokens += samples[index].length();
    pack.counted += samples[index].counted();
  }
  pack.ids_T = torch::empty({pack.tokens}, torch::kInt64);
  pack.wanted_N = torch::empty({pack.counted}, torch::kInt64);
  pack.targets_N = torch::empty({pack.counted}, torch::kInt64);
  pack.weights_N = torch::empty({pack.counted}, torch::kFloat32);
  auto* id = pack.ids_T.data_ptr<std::int64_t>();
  auto* wanted = pack.wanted_N.data_ptr<std::int64_t>();
  auto* target = pack.targets_N.data_ptr<std::int64_t>();
  auto* weight = pack.weights_N.data_ptr<float>();
  std::vector<torch::Tensor> spans;
  std::int64_t row = 0;
  for (const auto index : chosen) {
    const auto& sample = samples[index];
    id = std::copy(sample.ids.begin(), sample.ids.end(), id);
    for (auto t = sample.countedBegin; t < sample.countedEnd; ++t) {
      *wanted++ = row + t - 1;
      *target++ = sample.ids[static_cast<std::size_t>(t)];
      *weight++ = t == sample.letter ? static_cast<float>(choiceWeight) : 1.0F;
    }
    pack.layout.lengths.push_back(sample.length());
    spans.push_back(positions.narrow(-1, 0, sample.length()));
    row += sample.length();
  }
  pack.layout.positions = torch::cat(spans, -1);
  return pack;
}

}  // namespace wordsight::train
