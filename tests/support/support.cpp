#include "support.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace wordsight::test {

std::filesystem::path sourceDir() { return WORDSIGHT_SOURCE_DIR; }
std::filesystem::path data(const std::string& name) {
  return sourceDir() / "tests" / "data" / name;
}

std::filesystem::path shared(const std::string& name) {
  const char* set = std::getenv("WORDSIGHT_SHARED");
  const auto path =
      (set ? std::filesystem::path(set) : sourceDir().parent_path() / "shared") / name;
  return std::filesystem::exists(path) ? path : std::filesystem::path();
}

double fuzzSeconds(double usual) {
  const char* set = std::getenv("WORDSIGHT_FUZZ_SECONDS");
  const double seconds = set ? std::atof(set) : 0;
  return seconds > 0 ? seconds : usual;
}

TempFolder::TempFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "wordsight-test-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("cannot make a temporary folder");
  m_path = pattern;
}

TempFolder::~TempFolder() {
  std::error_code code;
  std::filesystem::remove_all(m_path, code);
}

std::filesystem::path TempFolder::write(const std::string& name, const std::string& bytes) const {
  const auto path = m_path / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

}  // namespace wordsight::test
