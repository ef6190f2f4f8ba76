#include "train/adamw.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace wordsight::train {
namespace {

constexpr std::int64_t kAlignment = 16;  // float32 values: one cache line, one AVX-512 register

}  // namespace

AdamW::AdamW(Named parameters, const TrainSpec::Optimizer& settings)
    : m_settings(settings), m_parameters(std::move(parameters)) {
  torch::NoGradGuard noGrad;
  std::int64_t total = 0;
  for (const auto& [name, tensor] : m_parameters) {
    TORCH_CHECK(tensor.scalar_type() == torch::kFloat32, name, " is not float32");
    TORCH_CHECK(tensor.is_leaf() && tensor.requires_grad(), name, " is not trainable");
    m_offsets.push_back(total);
    total += (tensor.numel() + kAlignment - 1) / kAlignment * kAlignment;
  }
  const auto options = m_parameters.empty()
                           ? torch::TensorOptions(torch::kFloat32)
                           : m_parameters.front().second.options().requires_grad(false);
  m_values = torch::zeros({total}, options);
  m_flatGradients = torch::zeros_like(m_values);
  m_first = torch::zeros_like(m_values);
  m_second = torch::zeros_like(m_values);
  for (std::size_t i = 0; i < m_parameters.size(); ++i) {
    auto& tensor = m_parameters[i].second;
    const auto home = view(m_values, i);
    home.copy_(tensor);
    tensor.set_data(home);
    m_gradients.push_back(view(m_flatGradients, i));
    tensor.mutable_grad() = m_gradients.back();
  }
}

torch::Tensor AdamW::view(const torch::Tensor& flat, std::size_t index) const {
  const auto& tensor = m_parameters[index].second;
  return flat.narrow(0, m_offsets[index], tensor.numel()).view(tensor.sizes());
}

void AdamW::zeroGradients() {
  m_flatGradients.zero_();
  // Somebody may have put another tensor in place (torch does, when it cannot add in place): take
  // it back.
  for (std::size_t i = 0; i < m_parameters.size(); ++i)
    m_parameters[i].second.mutable_grad() = m_gradients[i];
}

double AdamW::clipGradients(double maxNorm) {
  torch::NoGradGuard noGrad;
  for (std::size_t i = 0; i < m_parameters.size(); ++i) {
    const auto& gradient = m_parameters[i].second.grad();
    if (gradient.defined() && gradient.data_ptr() != m_gradients[i].data_ptr())
      m_gradients[i].copy_(gradient);
  }
  const double norm = m_flatGradients.norm().item<double>();
  if (maxNorm > 0 && std::isfinite(norm)) {
    const double factor = maxNorm / (norm + 1e-6);
    if (factor < 1) m_flatGradients.mul_(factor);
  }
  return norm;
}

void AdamW::step(double lr) {
  torch::NoGradGuard noGrad;
  ++m_steps;
  const auto t = static_cast<double>(m_steps);
  const double correction1 = 1 - std::pow(m_settings.beta1, t);
  const double correction2 = 1 - std::pow(m_settings.beta2, t);
  if (m_settings.weightDecay != 0) m_values.mul_(1 - lr * m_settings.weightDecay);
  m_first.lerp_(m_flatGradients, 1 - m_settings.beta1);
  m_second.mul_(m_settings.beta2).addcmul_(m_flatGradients, m_flatGradients, 1 - m_settings.beta2);
  const auto denominator = m_second.sqrt().div_(std::sqrt(correction2)).add_(m_settings.eps);
  m_values.addcdiv_(m_first, denominator, -lr / correction1);
}

void AdamW::restore(std::size_t index, const torch::Tensor& value, const torch::Tensor& first,
                    const torch::Tensor& second) {
  torch::NoGradGuard noGrad;
  view(m_values, index).copy_(value);
  view(m_first, index).copy_(first);
  view(m_second, index).copy_(second);
}

}  // namespace wordsight::train
