#include "neural/models/qwen2_5_vl/qwen2_5_vl.h"

#include "neural/models/qwen2_5_vl/vision.h"
#include "neural/models/qwen2_vl/picture_model.h"
#include "neural/models/qwen2_vl/qwen2_vl.h"

namespace wordsight::neural {
namespace {

Result<std::unique_ptr<LanguageModel>> loadQwen25Vl(const std::filesystem::path& folder,
                                                    const ConfigReader& config,
                                                    const LoadOptions& options) {
  WORDSIGHT_TRY(const auto decoderConfig, readQwen2VlConfig(config));
  WORDSIGHT_TRY(const auto towerConfig, readWindowedVisionConfig(config));
  return loadPictureModel<WindowedVisionTower>("qwen2_5_vl", qwen2VlNames(), folder, config,
                                               decoderConfig, towerConfig, options);
}

}  // namespace

Family qwen25VlFamily() {
  return {"qwen2_5_vl", &qwen2VlNames(), &loadQwen25Vl, &readQwen2VlConfig};
}

}  // namespace wordsight::neural
