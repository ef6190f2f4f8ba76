#pragma once
#include <cstddef>
#include <utility>
#include <vector>

#include "eval/comparison.h"

namespace wordsight::eval {

/// Places of cells, from → to.
using CellPairs = std::vector<std::pair<std::size_t, std::size_t>>;

CellPairs allPairs(const std::vector<Cell>& cells);
/// As Pairs::Usual says; every cell is in one pair at least.
CellPairs usualPairs(const std::vector<Cell>& cells);

}  // namespace wordsight::eval
