#pragma once
// Model folders, as pages ask for them. The work is infer's, because GPU servers, which have no
// jobs, list models too.

#include "infer/model_scan.h"

namespace wordsight::jobs {

using infer::describeModel;
using infer::modelDetails;
using infer::ModelDetails;
using infer::ModelFolder;
using infer::ModelShape;
using infer::scanModels;
using infer::ScanOutcome;

}  // namespace wordsight::jobs
