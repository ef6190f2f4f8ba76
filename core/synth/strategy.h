#pragma once
#include <array>
#include <string_view>

#include "base/result.h"

namespace wordsight::synth {

/// The four ways of asking for a scenario (arXiv 2503.16965): a more complex situation; context
/// that changes what is right; options that are all plausible; from the decision back to the
/// situation.
enum class Strategy { Complexity, Context, Challenge, Reverse };
inline constexpr std::array kStrategies = {Strategy::Complexity, Strategy::Context,
                                           Strategy::Challenge, Strategy::Reverse};

/// "complexity", "context", "challenge", "reverse": as on the command line and in
/// Provenance::strategy.
const char* toText(Strategy strategy);
/// The error lists the four names and says which one was probably meant.
Result<Strategy> strategyFromText(std::string_view text);

}  // namespace wordsight::synth
