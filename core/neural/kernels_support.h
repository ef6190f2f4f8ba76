#pragma once
// Shared by the kernels' sources: pointers by element type, and how rows are shared out.

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/types.h>

#include <algorithm>
#include <stdexcept>

#include "neural/lanes.h"

namespace wordsight::neural::kernels {

using simd::Brain;

template <class T>
const T* in(const torch::Tensor& tensor) {
  return tensor.defined() ? static_cast<const T*>(tensor.const_data_ptr()) : nullptr;
}

template <class T>
T* out(torch::Tensor& tensor) {
  return static_cast<T*>(tensor.data_ptr());
}

/// Calls body with a value of the element type of `tensor`.
template <class Body>
void byType(const torch::Tensor& tensor, const Body& body) {
  if (tensor.scalar_type() == torch::kFloat32)
    body(float{});
  else if (tensor.scalar_type() == torch::kBFloat16)
    body(Brain{});
  else
    throw std::invalid_argument("neural kernels: the dtype is neither float32 nor bfloat16");
}

/// Rows a thread takes at once: some 32,000 elements, so that small work stays on one thread.
inline std::int64_t grain(std::int64_t width) {
  return std::max<std::int64_t>(1, 32768 / std::max<std::int64_t>(1, width));
}

inline void needContiguous(const torch::Tensor& tensor) {
  if (tensor.defined() && !tensor.is_contiguous())
    throw std::invalid_argument("neural kernels: tensor not contiguous");
}

}  // namespace wordsight::neural::kernels
