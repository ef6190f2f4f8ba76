#pragma once
// Pieces of a text file, streamed: memory does not grow with the file. For this layer only.

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wordsight::curate {

/// A scenario takes about 1 KiB. What is longer than this is none.
inline constexpr std::size_t kMostRecord = std::size_t{1} << 20;

/// The elements of the JSON array that a file is, as they stand in it, numbered from 1. One longer
/// than kMostRecord comes cut off just behind that length. A file that is no array to its end is an
/// error, after the elements before that place.
Status forEachArrayElement(
    const std::filesystem::path& file,
    const std::function<Status(std::string_view element, std::size_t number)>& onElement);

/// The first element of the array that a text begins with; empty: it has none, or not to its end.
std::string firstArrayElement(std::string_view text);

struct CsvRecord {
  std::vector<std::string> fields;
  std::size_t line = 0;  // where it begins
  std::string problem;   // why it cannot be read; empty: it can
  bool blank() const { return problem.empty() && fields.size() == 1 && fields[0].empty(); }
};

/// Records of a CSV file after RFC 4180 (fields in quotes may hold delimiters, line breaks and
/// doubled quotes), with LF too. A quote that is never closed swallows what follows: it makes a
/// record with a problem, the last one.
Status forEachCsvRecord(const std::filesystem::path& file, char delimiter,
                        const std::function<Status(CsvRecord&& record)>& onRecord);

/// The first record of a text, for looking at a header.
CsvRecord firstCsvRecord(std::string_view text, char delimiter);

/// A field as it goes into a file: in quotes where it must be.
std::string csvField(std::string_view text);

}  // namespace wordsight::curate
