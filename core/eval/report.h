#pragma once
// The comparison as one HTML file that needs nothing else: style, script, pictures inside.

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/benchmark.h"
#include "eval/comparison.h"

namespace wordsight::eval {

struct ReportInfo {
  std::string title;      // "Demo: base and tuned"
  std::string project;    // the project's file name
  std::string benchmark;  // "VIVA", "demo"
  std::string date;       // as it is to be shown
  /// Further lines of the header: {"Model", "…"}, {"Runs", "3, 4, 5, 6"}, {"Seed", "1"}.
  std::vector<std::pair<std::string, std::string>> facts;
  bool published = false;  // show the published VIVA figures as reference rows
};

/// Gives the bytes of an item's picture as JPEG, PNG or WebP (a thumbnail of some 480 px), or an
/// empty string when there is none. Called once an item, in order; the report tells the format from
/// the bytes and leaves out anything else.
using PictureSource = std::function<std::string(const BenchmarkItem& item)>;

/// The whole page. All text from items and models is escaped. `pictures` may be empty.
std::string renderReport(const Comparison& comparison, const ReportInfo& info,
                         const PictureSource& pictures);
/// Renders and writes it atomically.
Status writeReport(const std::filesystem::path& file, const Comparison& comparison,
                   const ReportInfo& info, const PictureSource& pictures);

}  // namespace wordsight::eval
