#include "eval/usual_pairs.h"

#include <algorithm>
#include <optional>

namespace wordsight::eval {
namespace {

class Chooser {
 public:
  explicit Chooser(const std::vector<Cell>& cells) : m_cells(cells) {}

  CellPairs choose() {
    for (const char* arm : {"caption", "image", "blind"}) withinArm(arm);
    for (std::size_t i = 0; i < m_cells.size(); ++i) acrossArms(i);
    for (std::size_t i = 0; i < m_cells.size(); ++i)
      if (const std::size_t other = i == 0; !isPaired(i) && other < m_cells.size())
        rank(other) < rank(i) || (rank(other) == rank(i) && other < i) ? add(other, i)
                                                                       : add(i, other);
    return std::move(m_pairs);
  }

 private:
  void add(std::size_t from, std::size_t to) {
    const auto known = [&](const auto& pair) {
      return pair == std::pair(from, to) || pair == std::pair(to, from);
    };
    if (from != to && std::none_of(m_pairs.begin(), m_pairs.end(), known))
      m_pairs.emplace_back(from, to);
  }
  bool isPaired(std::size_t i) const {
    return std::any_of(m_pairs.begin(), m_pairs.end(),
                       [&](const auto& pair) { return pair.first == i || pair.second == i; });
  }
  /// What others are held against comes first: untuned before tuned, measured before recorded.
  int rank(std::size_t i) const {
    return 2 * m_cells[i].settings.tuned + m_cells[i].settings.recorded;
  }
  /// The cell of an arm that the others are held against.
  std::optional<std::size_t> baseline(const std::string& arm) const {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < m_cells.size(); ++i)
      if (m_cells[i].arm == arm && (!best || rank(i) < rank(*best))) best = i;
    return best;
  }
  std::optional<std::size_t> find(const std::string& model, const std::string& arm) const {
    for (std::size_t i = 0; i < m_cells.size(); ++i)
      if (m_cells[i].model == model && m_cells[i].arm == arm) return i;
    return {};
  }
  void withinArm(const std::string& arm) {
    const auto base = baseline(arm);
    for (std::size_t i = 0; base && i < m_cells.size(); ++i)
      if (m_cells[i].arm == arm) add(*base, i);
  }
  void acrossArms(std::size_t i) {
    const Cell& cell = m_cells[i];
    if (cell.arm == "image") {
      const auto caption = find(cell.model, "caption");
      if (caption)
        add(*caption, i);
      else if (const auto other = baseline("caption"))
        add(*other, i);  // a language model on captions against one that sees
    } else if (cell.arm == "blind") {
      const auto image = find(cell.model, "image"), caption = find(cell.model, "caption");
      if (image || caption) add(i, image ? *image : *caption);
    }
  }

  const std::vector<Cell>& m_cells;
  CellPairs m_pairs;
};

}  // namespace

CellPairs allPairs(const std::vector<Cell>& cells) {
  CellPairs pairs;
  for (std::size_t a = 0; a < cells.size(); ++a)
    for (std::size_t b = a + 1; b < cells.size(); ++b) pairs.emplace_back(a, b);
  return pairs;
}

CellPairs usualPairs(const std::vector<Cell>& cells) { return Chooser(cells).choose(); }

}  // namespace wordsight::eval
