#pragma once
// Answers that somebody else's model gave, read from a file and joined to a benchmark's items.

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/benchmark.h"
#include "domain/prediction.h"

namespace wordsight::eval {

struct RecordedAnswer {
  std::size_t item = 0;  // position in the benchmark's list
  std::string rawText;   // the text as recorded; for a bare letter that letter
  int shift = 0;  // as in Prediction: the file showed the options moved on by this many places
  Choice choice;  // read by readChoice from rawText; option is an index into the item's own options
};

struct RecordedAnswers {
  std::vector<RecordedAnswer> answers;  // at most one an item, in the benchmark's order
  int records = 0;                      // entries in the file
  std::vector<ItemIssue>
      issues;  // every entry that was not taken, and why; `index` is the entry's own
};

/// Two forms:
///  - a JSON array of VIVA items, each with `result[0].prediction` (or `prediction`) as raw text.
///  Joined by `image_url` and
///    options. File names number the pictures differently in other releases: `image_file` is looked
///    at only when the entry has no URL, and then the options must agree as well;
///  - JSONL with {"index": …, "text", "letter" or "answer": …}, joined by the benchmark's own
///  index.
/// Entries that match no item, several items, or an item with other options are listed, never
/// guessed at. Options in another cyclic order set `shift`; any other order is listed as not
/// usable. Error: unreadable file, broken JSON (with line), or no entry that could be joined.
Result<RecordedAnswers> readRecorded(const std::filesystem::path& file,
                                     const std::vector<BenchmarkItem>& items);

}  // namespace wordsight::eval
