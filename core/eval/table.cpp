// Comparisons as plain text for a terminal.

#include <algorithm>
#include <cstdio>

#include "base/utf8.h"
#include "eval/comparison.h"

namespace wordsight::eval {
namespace {

using Row = std::vector<std::string>;

/// Characters a terminal shows; near enough for names: every UTF-8 sequence counts one, control
/// characters none.
std::size_t widthOf(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

/// A model's name comes from outside: no control characters reach the terminal.
std::string printable(const std::string& text) {
  std::string out = toValidUtf8(text);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return out;
}

std::string percent(double share, int decimals = 1) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, 100 * share);
  return text;
}

std::string withInterval(const Proportion& p) {
  if (p.n == 0) return "–";
  return percent(p.value) + " % (" + percent(p.low) + "–" + percent(p.high) + ")";
}

const char* recordedMark(const Cell& cell) { return cell.settings.recorded ? " (recorded)" : ""; }

std::string rendered(const std::vector<Row>& rows, const std::vector<bool>& rightAligned) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths.size() <= i) widths.push_back(0);
      widths[i] = std::max(widths[i], widthOf(row[i]));
    }
  std::string out;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      const std::string pad(widths[i] - widthOf(rows[r][i]), ' ');
      line += (i ? "   " : "") + (rightAligned[i] ? pad + rows[r][i] : rows[r][i] + pad);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
    if (r > 0) continue;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (i) out += "   ";
      for (std::size_t k = 0; k < widths[i]; ++k) out += "─";
    }
    out += "\n";
  }
  return out;
}

template <class Get>
std::vector<std::string> distinct(const std::vector<Cell>& cells, Get get) {
  std::vector<std::string> out;
  for (const auto& cell : cells)
    if (std::find(out.begin(), out.end(), get(cell)) == out.end()) out.push_back(get(cell));
  return out;
}

}  // namespace

std::string renderTable(const std::vector<Cell>& cells) {
  if (cells.empty()) return "No cells.\n";
  auto arms = distinct(cells, [](const Cell& cell) { return cell.arm; });
  const auto models = distinct(cells, [](const Cell& cell) { return cell.model; });
  const std::vector<std::string> usual{"caption", "image", "blind"};
  std::stable_sort(arms.begin(), arms.end(), [&](const auto& a, const auto& b) {
    return std::find(usual.begin(), usual.end(), a) < std::find(usual.begin(), usual.end(), b);
  });
  const auto find = [&](const std::string& model, const std::string& arm) {
    return std::find_if(cells.begin(), cells.end(),
                        [&](const Cell& cell) { return cell.model == model && cell.arm == arm; });
  };
  bool unique = true;
  for (auto it = cells.begin(); it != cells.end(); ++it) unique &= find(it->model, it->arm) == it;
  const bool sameN = std::all_of(cells.begin(), cells.end(), [&](const Cell& cell) {
    return cell.accuracy.n == cells[0].accuracy.n;
  });
  const bool sameOwn = std::all_of(cells.begin(), cells.end(), [&](const Cell& cell) {
    return cell.own.n == cell.accuracy.n || cell.own.n == 0;
  });
  std::vector<Row> rows;
  if (!unique || !sameN || !sameOwn || arms.size() < 2) {  // one line a cell
    rows.push_back({"cell", "accuracy (95 %)", "right", "n", "unread"});
    if (!sameOwn) rows[0].insert(rows[0].end(), {"over all its items", "its n"});
    for (const auto& cell : cells) {
      rows.push_back({printable(cell.name) + recordedMark(cell), withInterval(cell.accuracy),
                      std::to_string(cell.accuracy.right), std::to_string(cell.accuracy.n),
                      std::to_string(cell.unread)});
      if (!sameOwn)
        rows.back().insert(rows.back().end(), {withInterval(cell.own), std::to_string(cell.own.n)});
    }
    return rendered(rows, {false, true, true, true, true, true, true});
  }
  rows.push_back({"n = " + std::to_string(cells[0].accuracy.n)});
  for (const auto& arm : arms) rows[0].push_back(printable(arm));
  for (const auto& model : models) {
    rows.push_back({printable(model)});
    for (const auto& arm : arms) {
      const auto cell = find(model, arm);
      rows.back().push_back(
          cell == cells.end() ? "–" : withInterval(cell->accuracy) + recordedMark(*cell));
    }
  }
  std::string out = rendered(rows, std::vector<bool>(arms.size() + 1, false));
  for (const auto& cell : cells)
    if (cell.unread > 0)
      out += std::to_string(cell.unread) + (cell.unread == 1 ? " answer" : " answers") + " of " +
             printable(cell.name) + (cell.unread == 1 ? " names" : " name") + " no option and " +
             std::string(cell.unread == 1 ? "counts" : "count") + " as wrong.\n";
  return out;
}

std::string renderPairs(const Comparison& comparison) {
  std::vector<Row> rows{
      {"from → to", "points (95 %)", "right→wrong", "wrong→right", "p", "p (Holm)"}};
  for (const auto& pair : comparison.pairs) {
    const auto signedPoints = [](double share) {
      std::string text = percent(share);
      if (text == "-0.0") text = "0.0";
      return share > 0 && text != "0.0" ? "+" + text : text;
    };
    const auto p = [](double value) {
      char text[32];
      std::snprintf(text, sizeof text, value < 0.001 ? "%.1e" : "%.3f", value);
      return std::string(text);
    };
    rows.push_back({printable(comparison.cells[pair.first].name) + " → " +
                        printable(comparison.cells[pair.second].name),
                    signedPoints(pair.difference) +
                        (pair.intervalKnown ? " (" + signedPoints(pair.interval.low) + " … " +
                                                  signedPoints(pair.interval.high) + ")"
                                            : std::string()),
                    std::to_string(pair.pairs.rw), std::to_string(pair.pairs.wr), p(pair.p),
                    p(pair.pHolm)});
  }
  if (comparison.pairs.empty()) return {};
  return rendered(rows, {false, true, true, true, true, true});
}

}  // namespace wordsight::eval
