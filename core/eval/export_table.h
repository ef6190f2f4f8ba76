#pragma once
// A comparison as tables for other programs and for a paper. Numbers have a point, whatever the
// machine's language; text is UTF-8.

#include <string>

#include "eval/comparison.h"

namespace wordsight::eval {

/// CSV (RFC 4180, a header line, lines end with \r\n): a row for each item and cell, with choice,
/// rule, probabilities and text. Options are letters in the item's own order.
std::string itemsCsv(const Comparison& comparison);
/// A row for each cell. With `published` the published figures follow, and the first column says
/// which is which: "measured", "published".
std::string cellsCsv(const Comparison& comparison, bool published = false);
/// A row for each two cells: transitions, difference, interval, tests.
std::string pairsCsv(const Comparison& comparison);

struct LatexOptions {
  std::string caption, label;  // plain text, escaped here; empty: none
  bool published = false;      // the published figures below a rule, under a line that says so
};
/// A table of cells for LaTeX with booktabs: accuracy in per cent, 95 % interval, n.
std::string cellsLatex(const Comparison& comparison, const LatexOptions& options = {});
/// A table of the tests between cells.
std::string pairsLatex(const Comparison& comparison, const LatexOptions& options = {});

/// Text in which nothing means anything to LaTeX.
std::string escapedLatex(const std::string& text);

}  // namespace wordsight::eval
