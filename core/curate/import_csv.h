#pragma once
// How columns of a CSV file become a scenario. For this layer only.

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "curate/records.h"
#include "domain/json.h"

namespace wordsight::curate {

/// The delimiter with which a file's first bytes are a header that names a situation; 0: none.
char csvDelimiter(std::string_view head);

/// What the columns of a file mean.
class CsvColumns {
 public:
  /// Needs a column of situations and columns of options (option_a, option_b …, or options); others
  /// that are known: question, answer (or key), rationale, category, non_intervention, and those of
  /// our own export. Unknown ones are left out.
  static Result<CsvColumns> fromHeader(const CsvRecord& header, const std::string& file);

  /// The scenario in the short names of its JSON form.
  Result<Json> scenario(const CsvRecord& record, const std::string& where) const;
  const std::vector<std::string>& unknown() const { return m_unknown; }
  /// Members of that form and the file's own headings for them: messages name the latter.
  const std::vector<std::pair<std::string, std::string>>& headings() const { return m_headings; }

 private:
  struct Column {
    std::size_t place;
    std::string member;  // of the JSON form
    bool own = false;    // of its member "wordsight"
  };
  std::size_t m_count = 0;
  std::vector<Column> m_texts;
  std::vector<std::size_t> m_options;  // places of option_a, option_b …
  std::ptrdiff_t m_optionList = -1;    // place of "options"
  std::vector<std::string> m_unknown;
  std::vector<std::pair<std::string, std::string>> m_headings;
};

}  // namespace wordsight::curate
