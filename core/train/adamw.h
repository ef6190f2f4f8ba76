#pragma once
#include <torch/types.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "domain/train_spec.h"

namespace wordsight::train {

/// AdamW (Loshchilov and Hutter 2019) over the adapter's float32 tensors, in the order of
/// operations of torch.optim.AdamW's single-tensor form, so that both give the same numbers.
///
/// All parameters are moved into one flat buffer, and so are gradients and both moments: a step is
/// ten operations on one tensor, whatever the number of targets, and the global norm and an
/// all-reduce see one tensor too. The model's tensors become views of that buffer; autograd adds
/// into views of the gradient buffer. Each starts at a multiple of 16 values. Owned and used by the
/// training thread; the model must not detach its adapter while this lives. Throws c10::Error.
class AdamW {
 public:
  using Named = std::vector<std::pair<std::string, torch::Tensor>>;

  AdamW(Named parameters, const TrainSpec::Optimizer& settings);

  void zeroGradients();
  /// Cuts the gradient to `maxNorm` as torch.nn.utils.clip_grad_norm_ does (factor maxNorm / (norm
  /// + 1e-6), at most 1) and returns the norm before that. With maxNorm <= 0 nothing is cut.
  double clipGradients(double maxNorm);
  void step(double lr);

  std::int64_t steps() const { return m_steps; }
  const Named& parameters() const { return m_parameters; }
  /// Views of one parameter's share of a flat buffer, in the parameter's shape.
  torch::Tensor gradient(std::size_t index) const { return m_gradients[index]; }
  torch::Tensor firstMoment(std::size_t index) const { return view(m_first, index); }
  torch::Tensor secondMoment(std::size_t index) const { return view(m_second, index); }
  const torch::Tensor& flatParameters() const { return m_values; }
  const torch::Tensor& flatGradients() const { return m_flatGradients; }

  /// Puts back what a checkpoint holds: values and moments by parameter index, and how many steps
  /// were made.
  void restore(std::size_t index, const torch::Tensor& value, const torch::Tensor& first,
               const torch::Tensor& second);
  void setSteps(std::int64_t steps) { m_steps = steps; }

 private:
  torch::Tensor view(const torch::Tensor& flat, std::size_t index) const;

  TrainSpec::Optimizer m_settings;
  Named m_parameters;
  std::vector<std::int64_t> m_offsets;
  torch::Tensor m_values, m_flatGradients, m_first, m_second;
  std::vector<torch::Tensor> m_gradients;
  std::int64_t m_steps = 0;
};

}  // namespace wordsight::train
