#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace wordsight {

/// A row's number, as a type of its own for each table: ids of different tables do not mix. 0 means
/// "none".
template <class Tag>
struct Id {
  std::int64_t value = 0;
  constexpr Id() = default;
  constexpr explicit Id(std::int64_t v) : value(v) {}
  constexpr explicit operator bool() const { return value != 0; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

using ScenarioId = Id<struct ScenarioTag>;
using RevisionId = Id<struct RevisionTag>;
using DatasetId = Id<struct DatasetTag>;
using PromptId = Id<struct PromptTag>;
using ModelId = Id<struct ModelTag>;
using BenchmarkId = Id<struct BenchmarkTag>;
using ItemId = Id<struct ItemTag>;
using PictureId = Id<struct PictureTag>;
using RunId = Id<struct RunTag>;
using CheckpointId = Id<struct CheckpointTag>;
using PredictionId = Id<struct PredictionTag>;

}  // namespace wordsight

template <class Tag>
struct std::hash<wordsight::Id<Tag>> {
  std::size_t operator()(wordsight::Id<Tag> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
