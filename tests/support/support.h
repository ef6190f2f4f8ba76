#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/result.h"

namespace wordsight::test {

/// tests/data/NAME in the source tree.
std::filesystem::path data(const std::string& name);
/// The source tree's root.
std::filesystem::path sourceDir();
/// ../shared beside the project (or $WORDSIGHT_SHARED); empty when it is not there: skip with a
/// message then.
std::filesystem::path shared(const std::string& name);

/// How long a test that tries mutated input goes on: $WORDSIGHT_FUZZ_SECONDS, or `usual`.
double fuzzSeconds(double usual);

/// A folder of the test's own, removed at the end.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return m_path; }
  std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
  /// Writes a file into the folder and returns its path.
  std::filesystem::path write(const std::string& name, const std::string& bytes) const;

 private:
  std::filesystem::path m_path;
};

}  // namespace wordsight::test

// EXPECT_OK(status-or-result) prints the error's sentence when there is one. ASSERT_OK ends the
// test.
// GTEST_AMBIGUOUS_ELSE_BLOCKER_ keeps them whole statements after an if without braces.
#define EXPECT_OK(...)                          \
  GTEST_AMBIGUOUS_ELSE_BLOCKER_                 \
  if (const auto& okay_ = (__VA_ARGS__); okay_) \
    ;                                           \
  else                                          \
    ADD_FAILURE() << okay_.error().message
#define ASSERT_OK(...)                          \
  GTEST_AMBIGUOUS_ELSE_BLOCKER_                 \
  if (const auto& okay_ = (__VA_ARGS__); okay_) \
    ;                                           \
  else                                          \
    FAIL() << okay_.error().message
