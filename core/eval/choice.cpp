#include "eval/choice.h"

#include <algorithm>
#include <cmath>

#include "eval/choice_reader.h"

namespace wordsight::eval {

Choice readChoice(std::string_view rawText, const std::vector<std::string>& options) {
  return ChoiceReader(rawText, options).read();
}

int originalOption(int shownAt, int shift, int optionCount) {
  if (optionCount <= 0 || shownAt < 0 || shownAt >= optionCount) return -1;
  return ((shownAt - shift) % optionCount + optionCount) % optionCount;
}

std::vector<std::string> shiftedOptions(const std::vector<std::string>& options, int shift) {
  std::vector<std::string> shown(options.size());
  const int n = static_cast<int>(options.size());
  for (int place = 0; place < n; ++place)
    shown[static_cast<std::size_t>(place)] =
        options[static_cast<std::size_t>(originalOption(place, shift, n))];
  return shown;
}

Choice choiceFromLogProbs(const std::vector<double>& values, int shift) {
  if (values.empty()) return {-1, "none"};
  int best = 0;
  bool tie = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) return {-1, "ambiguous"};
    if (i == 0) continue;
    const double most = values[static_cast<std::size_t>(best)];
    if (values[i] > most) {
      best = static_cast<int>(i);
      tie = false;
    } else if (values[i] == most) {
      tie = true;
    }
  }
  if (tie || std::isinf(values[static_cast<std::size_t>(best)])) return {-1, "ambiguous"};
  return {originalOption(best, shift, static_cast<int>(values.size())), "logprob"};
}

std::vector<double> optionProbabilities(const std::vector<double>& values, int shift) {
  if (values.empty()) return {};
  double most = values[0];
  for (const double value : values) {
    if (std::isnan(value)) return {};
    most = std::max(most, value);
  }
  if (std::isinf(most)) return {};
  std::vector<double> shares(values.size());
  double sum = 0;
  for (const double value : values) sum += std::exp(value - most);
  const int n = static_cast<int>(values.size());
  for (int place = 0; place < n; ++place)
    shares[static_cast<std::size_t>(originalOption(place, shift, n))] =
        std::exp(values[static_cast<std::size_t>(place)] - most) / sum;
  return shares;
}

}  // namespace wordsight::eval
