#include "infer/machine_rate.h"

#include <torch/torch.h>

#include <algorithm>

#include "base/time.h"

namespace wordsight::infer {

double matmulRate(Precision precision, std::int64_t width, std::int64_t inner) {
  constexpr std::int64_t kRows = 256, kMost = 1024;
  constexpr double kSeconds = 0.03;
  const auto D = std::clamp<std::int64_t>(width, 16, kMost);
  const auto F = std::clamp<std::int64_t>(inner, 16, kMost);
  const torch::NoGradGuard noGrad;
  const auto type = precision == Precision::BF16 ? torch::kBFloat16 : torch::kFloat32;
  const auto x_TD = torch::ones({kRows, D}, type), w_FD = torch::ones({F, D}, type);
  torch::linear(x_TD, w_FD);  // threads and kernels are made ready
  const Stopwatch watch;
  std::int64_t products = 0;
  do {
    torch::linear(x_TD, w_FD);
    ++products;
  } while (watch.seconds() < kSeconds);
  return 2.0 * static_cast<double>(kRows * D * F * products) / watch.seconds();
}

}  // namespace wordsight::infer
