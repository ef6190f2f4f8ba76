#pragma once
#include <string>
#include <vector>

namespace wordsight::text {

/// Ends a text that comes in pieces before the first of several stop strings. A piece that may be
/// the beginning of one is held back until it is known.
class StopText {
 public:
  /// Empty stop strings count for nothing.
  explicit StopText(std::vector<std::string> stops);
  /// What may be given out now. After the end: nothing.
  std::string add(const std::string& piece);
  bool ended() const { return m_ended; }
  /// What was held back, when the text ends of itself.
  std::string finish();

 private:
  std::vector<std::string> m_stops;
  std::string m_held;
  bool m_ended = false;
};

}  // namespace wordsight::text
