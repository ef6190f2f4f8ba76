#include "eval/export_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "base/utf8.h"
#include "domain/scenario.h"
#include "eval/calibration.h"

namespace wordsight::eval {
namespace {

constexpr const char* kPublishedSource = "arXiv 2503.16965 v1, Table 1";

/// The shortest text of a number; nothing for one that is none.
std::string number(double value) {
  if (!std::isfinite(value)) return {};
  std::array<char, 32> buffer{};
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

std::string fixed(double value, int digits) {
  std::array<char, 64> buffer{};
  std::string text(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                                std::chars_format::fixed, digits)
                                      .ptr);
  // "-0.0" is no number that a reader wants to see.
  return text.starts_with('-') && text.find_first_of("123456789") == text.npos ? text.substr(1)
                                                                               : text;
}

std::string percent(double share) { return fixed(100 * share, 1); }

std::string letter(int option) {
  return option >= 0 && option < kMaxOptions ? std::string(1, letterOf(option)) : std::string();
}

using Row = std::vector<std::string>;

void addRow(std::string& out, const Row& row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i) out += ',';
    const std::string field = toValidUtf8(row[i]);
    if (field.find_first_of(",\"\r\n") == field.npos) {
      out += field;
      continue;
    }
    out += '"';
    for (const char c : field) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    out += '"';
  }
  out += "\r\n";
}

std::size_t mostOptions(const Comparison& comparison) {
  std::size_t most = 0;
  for (const auto& item : comparison.items) most = std::max(most, item.content.options.size());
  return most;
}

/// Two runs of one model and arm are told apart by their number.
std::string modelOf(const Comparison& comparison, const Cell& cell) {
  const auto alike = std::count_if(
      comparison.cells.begin(), comparison.cells.end(),
      [&](const Cell& other) { return other.model == cell.model && other.arm == cell.arm; });
  return (alike > 1 ? cell.model + " (run " + std::to_string(cell.run) + ")" : cell.model) +
         (cell.settings.recorded ? " (recorded)" : "");
}

std::string beginTable(const LatexOptions& options, const char* columns) {
  std::string out = "% needs \\usepackage{booktabs}\n\\begin{table}\n  \\centering\n";
  if (!options.caption.empty()) out += "  \\caption{" + escapedLatex(options.caption) + "}\n";
  if (!options.label.empty()) {
    std::string label;  // a label is a name: what is special in it cannot be escaped
    for (const char c : options.label)
      if (std::string_view("\\{}$&#%~^_, ").find(c) == std::string_view::npos) label += c;
    out += "  \\label{" + label + "}\n";
  }
  return out + "  \\begin{tabular}{" + columns + "}\n    \\toprule\n";
}

std::string latexRow(const Row& cells) {
  std::string out = "    ";
  for (std::size_t i = 0; i < cells.size(); ++i) out += (i ? " & " : "") + cells[i];
  return out + " \\\\\n";
}

constexpr const char* kEndTable = "    \\bottomrule\n  \\end{tabular}\n\\end{table}\n";

std::string pValue(double p) {
  if (p >= 0.001) return fixed(p, 3);
  return "$<0.001$";
}

std::string signedPoints(double share) {
  const auto text = percent(share);
  if (text.starts_with('-')) return "$-$" + text.substr(1);
  return text.find_first_of("123456789") == text.npos ? text : "+" + text;
}

}  // namespace

std::string itemsCsv(const Comparison& comparison) {
  const auto letters = mostOptions(comparison);
  Row header = {"item",   "category", "key",  "cell",       "model",   "arm",       "run",
                "choice", "right",    "rule", "overridden", "by_rule", "confidence"};
  for (std::size_t i = 0; i < letters; ++i) header.push_back("p_" + letter(static_cast<int>(i)));
  header.insert(header.end(), {"ms", "text"});
  std::string out;
  addRow(out, header);
  for (std::size_t i = 0; i < comparison.items.size(); ++i) {
    const auto& item = comparison.items[i];
    for (const auto& cell : comparison.cells) {
      const auto& answer = cell.answers[i];
      const auto confidence = confidenceOf(answer);
      Row row = {std::to_string(item.index),
                 item.content.category,
                 letter(item.content.key),
                 cell.name,
                 cell.model,
                 cell.arm,
                 cell.run ? std::to_string(cell.run) : "",
                 letter(answer.choice.option),
                 cell.right[i] ? "1" : "0",
                 answer.choice.rule,
                 answer.overridden ? "1" : "0",
                 letter(answer.byRule.option),
                 confidence ? number(*confidence) : ""};
      for (std::size_t k = 0; k < letters; ++k)
        row.push_back(k < answer.probabilities.size() ? number(answer.probabilities[k]) : "");
      row.push_back(answer.milliseconds > 0 ? number(answer.milliseconds) : "");
      row.push_back(answer.rawText);
      addRow(out, row);
    }
  }
  return out;
}

std::string cellsCsv(const Comparison& comparison, bool published) {
  std::string out;
  addRow(out, {"source", "cell", "model", "arm", "run", "n", "right", "accuracy", "low", "high",
               "unread", "over_intervention", "should_not_act", "under_intervention", "should_act",
               "calibration_error"});
  const auto whole = [](std::int64_t value) { return std::to_string(value); };
  for (const auto& cell : comparison.cells)
    addRow(out, {cell.settings.recorded ? "recorded" : "measured", cell.name, cell.model, cell.arm,
                 cell.run ? whole(cell.run) : "", whole(cell.accuracy.n),
                 whole(cell.accuracy.right), number(cell.accuracy.value), number(cell.accuracy.low),
                 number(cell.accuracy.high), whole(cell.unread), whole(cell.overIntervention),
                 whole(cell.shouldNot), whole(cell.underIntervention), whole(cell.shouldAct),
                 cell.calibrationError ? number(*cell.calibrationError) : ""});
  if (!published) return out;
  for (const auto& figure : publishedViva()) {
    Row row = {"published",  std::string(figure.model) + " · " + figure.arm + " (published)",
               figure.model, figure.arm,
               "",           "",
               "",           number(figure.accuracy)};
    row.resize(16);
    addRow(out, row);
  }
  return out;
}

std::string pairsCsv(const Comparison& comparison) {
  std::string out;
  addRow(out, {"first", "second", "n", "right_right", "right_wrong", "wrong_right", "wrong_wrong",
               "difference", "low", "high", "p", "p_holm"});
  for (const auto& pair : comparison.pairs)
    addRow(out, {comparison.cells[pair.first].name, comparison.cells[pair.second].name,
                 std::to_string(pair.pairs.n()), std::to_string(pair.pairs.rr),
                 std::to_string(pair.pairs.rw), std::to_string(pair.pairs.wr),
                 std::to_string(pair.pairs.ww), number(pair.difference),
                 pair.intervalKnown ? number(pair.interval.low) : "",
                 pair.intervalKnown ? number(pair.interval.high) : "", number(pair.p),
                 number(pair.pHolm)});
  return out;
}

std::string cellsLatex(const Comparison& comparison, const LatexOptions& options) {
  std::string out = beginTable(options, "llrrr");
  out += latexRow({"Model", "Arm", "Accuracy (\\%)", "95\\,\\% interval", "$n$"});
  out += "    \\midrule\n";
  for (const auto& cell : comparison.cells)
    out += latexRow({escapedLatex(modelOf(comparison, cell)), escapedLatex(cell.arm),
                     percent(cell.accuracy.value),
                     percent(cell.accuracy.low) + "--" + percent(cell.accuracy.high),
                     std::to_string(cell.accuracy.n)});
  if (options.published) {
    out += "    \\midrule\n    \\multicolumn{5}{l}{\\emph{Published (" +
           escapedLatex(kPublishedSource) + "), not measured here}} \\\\\n";
    for (const auto& figure : publishedViva())
      out += latexRow({escapedLatex(figure.model) + "$^{\\dagger}$", escapedLatex(figure.arm),
                       fixed(100 * figure.accuracy, 1), "--", "--"});
  }
  return out + kEndTable;
}

std::string pairsLatex(const Comparison& comparison, const LatexOptions& options) {
  std::string out = beginTable(options, "llrrrrrr");
  out += latexRow({"From", "To", "Points", "95\\,\\% interval", "right$\\to$wrong",
                   "wrong$\\to$right", "$p$", "$p$ (Holm)"});
  out += "    \\midrule\n";
  for (const auto& pair : comparison.pairs)
    out +=
        latexRow({escapedLatex(comparison.cells[pair.first].name),
                  escapedLatex(comparison.cells[pair.second].name), signedPoints(pair.difference),
                  pair.intervalKnown
                      ? signedPoints(pair.interval.low) + " to " + signedPoints(pair.interval.high)
                      : "--",
                  std::to_string(pair.pairs.rw), std::to_string(pair.pairs.wr), pValue(pair.p),
                  pValue(pair.pHolm)});
  return out + kEndTable;
}

std::string escapedLatex(const std::string& text) {
  static const std::vector<std::pair<std::string_view, std::string_view>> kSpecial = {
      {"\\", "\\textbackslash{}"},
      {"{", "\\{"},
      {"}", "\\}"},
      {"$", "\\$"},
      {"&", "\\&"},
      {"#", "\\#"},
      {"_", "\\_"},
      {"%", "\\%"},
      {"~", "\\textasciitilde{}"},
      {"^", "\\textasciicircum{}"},
      {"<", "\\textless{}"},
      {">", "\\textgreater{}"},
      {"\"", "\\textquotedbl{}"},
      {"·", "\\textperiodcentered{}"},
      {"→", "$\\to$"},
      {"–", "--"},
      {"—", "---"},
      {"…", "\\dots{}"}};
  const std::string valid = toValidUtf8(text);
  std::string out;
  for (std::size_t i = 0; i < valid.size();) {
    const std::string_view rest = std::string_view(valid).substr(i);
    const auto special = std::find_if(kSpecial.begin(), kSpecial.end(), [&](const auto& entry) {
      return rest.starts_with(entry.first);
    });
    if (special != kSpecial.end()) {
      out += special->second;
      i += special->first.size();
    } else {
      const char c = valid[i++];
      out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
  }
  return out;
}

}  // namespace wordsight::eval
