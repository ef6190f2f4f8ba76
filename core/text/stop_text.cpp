#include "text/stop_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace wordsight::text {

StopText::StopText(std::vector<std::string> stops) : m_stops(std::move(stops)) {
  std::erase_if(m_stops, [](const std::string& stop) { return stop.empty(); });
}

std::string StopText::add(const std::string& piece) {
  if (m_ended) return {};
  m_held += piece;
  std::size_t end = std::string::npos;
  for (const auto& stop : m_stops) end = std::min(end, m_held.find(stop));
  if (end != std::string::npos) {
    m_ended = true;
    std::string out = m_held.substr(0, end);
    m_held.clear();
    return out;
  }
  std::size_t keep = 0;  // the longest end that a stop string begins with
  for (const auto& stop : m_stops)
    for (std::size_t n = std::min(stop.size() - 1, m_held.size()); n > keep; --n)
      if (std::string_view(m_held).ends_with(std::string_view(stop).substr(0, n))) keep = n;
  std::string out = m_held.substr(0, m_held.size() - keep);
  m_held.erase(0, out.size());
  return out;
}

std::string StopText::finish() { return std::exchange(m_held, {}); }

}  // namespace wordsight::text
