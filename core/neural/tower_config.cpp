#include "neural/tower_config.h"

namespace wordsight::neural {

Result<bool> readTanhGelu(const ConfigReader& config, const std::string& fallback) {
  std::string activation = fallback;
  if (config.has("hidden_act")) {
    WORDSIGHT_TRY(activation, config.text("hidden_act"));
  }
  if (activation != "gelu" && activation != "gelu_pytorch_tanh")
    return fail(config.what() + ": hidden_act = \"" + activation +
                    "\" is not supported; gelu and gelu_pytorch_tanh are.",
                ErrorKind::Unsupported);
  return activation != "gelu";
}

Result<double> readNormEpsilon(const ConfigReader& config, const std::string& key,
                               double fallback) {
  double epsilon = fallback;
  if (config.has(key)) {
    WORDSIGHT_TRY(epsilon, config.number(key));
  }
  if (!(epsilon >= 0 && epsilon < 1))
    return fail(config.what() + ": " + key + " must lie between 0 and 1.");
  return epsilon;
}

}  // namespace wordsight::neural
