#pragma once
#include <string>
#include <vector>

#include "domain/benchmark.h"
#include "store/benchmark_repository.h"

namespace wordsight::ui {

/// A benchmark as the page shows it: its counts, and everything that is not as it should be.
struct BenchmarkView {
  store::BenchmarkRecord record;
  int usable = 0;
  double chance = 0;                 // share of right answers that guessing gets
  int picturesThere = 0;             // joined, and the file is where it was
  std::vector<ItemIssue> issues;     // of reading, and each missing picture
  std::vector<std::string> missing;  // files of pictures that are missing or gone
  std::string pictureFolder;         // where most of the joined pictures lie; empty: none is joined

  /// The same benchmark in the same state.
  bool sameAs(const BenchmarkView& other) const;
};

/// Newest first. Looks whether the pictures still are where they were.
Result<std::vector<BenchmarkView>> loadBenchmarks(store::Connection& connection);

}  // namespace wordsight::ui
