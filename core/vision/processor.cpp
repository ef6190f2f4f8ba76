#include "vision/processor.h"

#include <string>

#include "domain/config_reader.h"
#include "vision/llava_onevision_processor.h"
#include "vision/mllama_processor.h"
#include "vision/qwen2_vl_processor.h"

namespace wordsight::vision {
namespace {

namespace fs = std::filesystem;

bool isFile(const fs::path& path) {
  std::error_code code;
  return fs::is_regular_file(path, code);
}

/// preprocessor_config.json, or the part of processor_config.json that newer releases write
/// instead.
Result<ConfigReader> settingsOf(const fs::path& folder) {
  if (const auto file = folder / "preprocessor_config.json"; isFile(file))
    return ConfigReader::fromFile(file);
  if (const auto file = folder / "processor_config.json"; isFile(file)) {
    WORDSIGHT_TRY(auto config, ConfigReader::fromFile(file));
    if (config.isObject("image_processor")) return config.section("image_processor");
  }
  return fail("The model in " + folder.string() +
                  " has no preprocessor_config.json, so it cannot be shown pictures; choose a "
                  "vision-language model, or use the "
                  "caption arm.",
              ErrorKind::NotFound);
}

using Made = Result<std::unique_ptr<const PictureProcessor>>;

Made makeQwen2Vl(const ConfigReader& config, const fs::path&) {
  WORDSIGHT_TRY(const auto settings, qwen2VlSettings(config));
  return std::make_unique<const Qwen2VlProcessor>(settings);
}

Made makeLlavaOnevision(const ConfigReader& config, const fs::path& folder) {
  WORDSIGHT_TRY(auto settings, llavaOnevisionSettings(config, folder));
  return std::make_unique<const LlavaOnevisionProcessor>(std::move(settings));
}

Made makeMllama(const ConfigReader& config, const fs::path&) {
  WORDSIGHT_TRY(const auto settings, mllamaSettings(config));
  return std::make_unique<const MllamaProcessor>(settings);
}

/// By image_processor_type without what names a backend ("Fast", "Pil"), or by config.json's
/// model_type where a folder has none.
struct Kind {
  const char* name;
  Made (*make)(const ConfigReader& config, const fs::path& folder);
};
constexpr Kind kKinds[] = {{"Qwen2VLImageProcessor", &makeQwen2Vl},
                           {"Qwen2_5_VLImageProcessor", &makeQwen2Vl},
                           {"qwen2_vl", &makeQwen2Vl},
                           {"qwen2_5_vl", &makeQwen2Vl},
                           {"LlavaOnevisionImageProcessor", &makeLlavaOnevision},
                           {"llava_onevision", &makeLlavaOnevision},
                           {"MllamaImageProcessor", &makeMllama},
                           {"mllama", &makeMllama}};

}  // namespace

Result<PixelPack> PictureProcessor::processFile(const fs::path& file, std::size_t together) const {
  WORDSIGHT_TRY(const auto picture, decodePicture(file));
  auto pack = process(picture, together);
  if (!pack) return fail(inContext(file.string() + ": ", std::move(pack).error()));
  return pack;
}

Result<std::unique_ptr<const PictureProcessor>> processorFor(const fs::path& modelFolder) {
  WORDSIGHT_TRY(const auto config, settingsOf(modelFolder));
  std::string kind;
  if (config.has("image_processor_type")) {
    WORDSIGHT_TRY(kind, config.text("image_processor_type"));
  } else if (const auto file = modelFolder / "config.json"; isFile(file)) {
    WORDSIGHT_TRY(const auto model, ConfigReader::fromFile(file));
    if (model.has("model_type")) {
      WORDSIGHT_TRY(kind, model.text("model_type"));
    }
  }
  std::string name = kind;
  for (const std::string_view backend : {"Fast", "Pil"})
    if (name.ends_with(backend)) name.resize(name.size() - backend.size());
  for (const Kind& known : kKinds)
    if (name == known.name) return known.make(config, modelFolder);
  return fail(config.what() + ": the image processor \"" + kind +
                  "\" is not supported; Qwen2VLImageProcessor, LlavaOnevisionImageProcessor and "
                  "MllamaImageProcessor are. Use the caption arm with this model.",
              ErrorKind::Unsupported);
}

}  // namespace wordsight::vision
