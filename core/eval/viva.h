#pragma once
// VIVA's annotation file, and any other benchmark written in its form, read with everything that is
// wrong with it.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/benchmark.h"

namespace wordsight::eval {

struct Benchmark {
  std::vector<BenchmarkItem> items;  // all of them, in the file's order, the unusable ones too
  BenchmarkReport
      report;  // every repair and every unusable item, with index, field, problem and action
};

/// Reads a file that holds a JSON array of items. What can be repaired from the item itself is
/// repaired and listed:
///  - a null `answer` is read from the letter that ends `action_answer`, provided that the texts of
///  the actions there
///    are those of `action_list`;
///  - a letter missing from `action_list` gets its text back from `action_answer`, under the same
///  condition;
///  - `non_interven_action` may be "E,D", "E.", "Non-intervening Action: B": its letters are taken;
///  - NaN counts as absent.
/// An item stays unusable (and says why in `unusable`) when it has no key, when its key's option is
/// missing, or when it has no situation: every arm is scored on the same items, and the caption arm
/// cannot ask about those. A file that is no JSON, no array, or whose items are of wrong types is
/// an error that names the item.
Result<Benchmark> readViva(const std::filesystem::path& file);
/// The same from text; `what` names the source in messages.
Result<Benchmark> vivaFromText(std::string_view text, const std::string& what);

/// How the action of an issue begins when a picture was joined by its stem (its name follows), and
/// when several have the stem.
inline constexpr const char* kJoinedByStem = "joined by its stem: ";
inline constexpr const char* kSeveralOfStem = "several have its stem, none was joined: ";

/// Sets `picture` of each item whose `imageFile` lies in `folder`: by that very name, or else by
/// the same stem with another picture extension (jpg, jpeg, png, webp, bmp, any case) where one
/// picture alone has it. Counts into the report and lists there what was joined by its stem and
/// each missing picture. May be called again with another folder:
/// earlier picture issues and counts are replaced.
Status joinPictures(std::vector<BenchmarkItem>& items, const std::filesystem::path& folder,
                    BenchmarkReport& report);

}  // namespace wordsight::eval
