#pragma once
// Inside jobs only.

#include "domain/train_spec.h"
#include "infer/model_shape.h"
#include "train/estimate.h"

namespace wordsight::jobs {

/// What a training of this spec costs on a model of this shape is counted with these sizes.
inline train::CostShape costShape(const infer::ModelShape& shape, const TrainSpec& spec) {
  train::CostShape out;
  out.width = shape.width;
  out.layers = shape.layers;
  out.heads = shape.heads;
  out.kvHeads = shape.kvHeads;
  out.headSize = shape.headSize;
  out.inner = shape.inner;
  out.vocabulary = shape.vocabulary;
  out.parameters = shape.languageParameters();
  out.adapterParameters = shape.adapterParameters(spec.lora.rank, spec.lora.targets);
  out.bytesPerValue = spec.precision == Precision::BF16 ? 2 : 4;
  return out;
}

}  // namespace wordsight::jobs
