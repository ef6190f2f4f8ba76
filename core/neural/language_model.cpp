#include "neural/language_model.h"

#include <torch/torch.h>

#include <stdexcept>

#include "base/hash.h"
#include "neural/models/llama/llama.h"
#include "neural/models/llava_onevision/llava_onevision.h"
#include "neural/models/mllama/mllama.h"
#include "neural/models/qwen2/qwen2.h"
#include "neural/models/qwen2_5_vl/qwen2_5_vl.h"
#include "neural/models/qwen2_vl/qwen2_vl.h"
#include "neural/simd.h"

namespace wordsight::neural {

DecoderModel::DecoderModel(ModelInfo info, const NameTable& names, Decoder decoder)
    : m_info(std::move(info)), m_names(names), m_decoder(std::move(decoder)) {
  const DecoderConfig& config = m_decoder.config();
  m_info.vocabulary = config.vocabulary;
  m_info.width = config.width;
  m_info.layers = config.layers;
  m_info.heads = config.heads.heads;
  m_info.kvHeads = config.heads.kvHeads;
  m_info.headSize = config.heads.headSize;
  m_info.maxPositions = config.rope.reach(config.maxPositions);
  m_info.keysByLength = config.rope.byLength();
  m_info.inputTokens = config.vocabulary + config.extraEmbeddings;
  m_info.pictureLayers = static_cast<std::int64_t>(config.otherLayers.size());
  countParameters();
}

void DecoderModel::countParameters() {
  m_info.parameters = 0;
  for (const auto& [name, tensor] : m_decoder.tensors()) m_info.parameters += tensor.numel();
  for (const auto& [name, tensor] : otherTensors()) m_info.parameters += tensor.numel();
}

torch::Tensor DecoderModel::see(const PixelPack&) const {
  throw std::invalid_argument("A " + m_info.family +
                              " model without its vision part cannot look at pictures.");
}

std::shared_ptr<const Sight> LanguageModel::look(const std::vector<std::int64_t>&,
                                                 const std::vector<PixelPack>&) const {
  return nullptr;
}

LanguageModel::Positions DecoderModel::positionsOf(const std::vector<std::int64_t>& ids,
                                                   const std::vector<PixelPack>& pictures) const {
  if (!pictures.empty())
    throw std::invalid_argument("A " + m_info.family + " model cannot look at pictures.");
  const auto length = static_cast<std::int64_t>(ids.size());
  return {torch::arange(length, torch::kInt64), length};
}

torch::Tensor DecoderModel::forward(const torch::Tensor& hidden_TD, const Layout& layout,
                                    KvCache* cache, bool recompute,
                                    const torch::Tensor& wanted_N) const {
  DropoutState dropout;
  if (m_training && m_adapter && m_adapter->spec.dropout > 0)
    dropout = {m_adapter->spec.dropout,
               simd::mixed(m_dropoutSeed + simd::mixed(m_forwardPasses++))};
  return m_decoder.forward(hidden_TD, layout, cache, recompute, wanted_N, dropout);
}

std::shared_ptr<KvCache> DecoderModel::makeCache(std::size_t sequences,
                                                 std::int64_t capacity) const {
  return std::make_shared<KvCache>(sequences, capacity, m_info.layers - m_info.pictureLayers,
                                   m_info.kvHeads, m_info.headSize,
                                   m_decoder.tensors().front().second.scalar_type());
}

void DecoderModel::seedDropout(std::uint64_t seed) {
  m_dropoutSeed = seed;
  m_forwardPasses = 0;
}

void DecoderModel::attach(Adapter adapter) {
  detachLora();
  for (auto* part : m_decoder.parts())
    for (const auto& pair : adapter.pairs)
      if (pair->name == part->name) part->lora = pair;
  m_adapter = std::move(adapter);
}

Status DecoderModel::attachLora(const LoraSpec& spec, std::uint64_t seed) {
  WORDSIGHT_TRY(auto adapter, freshAdapter(spec, seed, m_decoder));
  attach(std::move(adapter));
  return {};
}

Status DecoderModel::loadLora(const std::filesystem::path& folder) {
  WORDSIGHT_TRY(auto adapter, readAdapter(folder, m_names, m_decoder));
  attach(std::move(adapter));
  return {};
}

Status DecoderModel::saveLora(const std::filesystem::path& folder,
                              const std::string& baseModel) const {
  if (!m_adapter)
    return fail("There is no adapter to save; attach or load one first.", ErrorKind::NotFound);
  return writeAdapter(folder, *m_adapter, m_names, m_decoder, baseModel);
}

void DecoderModel::detachLora() {
  for (auto* part : m_decoder.parts()) part->lora.reset();
  m_adapter.reset();
}

std::vector<std::pair<std::string, torch::Tensor>> DecoderModel::loraParameters() const {
  std::vector<std::pair<std::string, torch::Tensor>> parameters;
  if (!m_adapter) return parameters;
  for (const auto& pair : m_adapter->pairs) {
    parameters.emplace_back(pair->name + ".lora_A", pair->a);
    parameters.emplace_back(pair->name + ".lora_B", pair->b);
  }
  return parameters;
}

std::map<std::string, std::string> DecoderModel::moduleHashes() const {
  std::map<std::string, Sha256> hashes;
  auto tensors = m_decoder.tensors();
  for (auto& other : otherTensors()) tensors.push_back(std::move(other));
  for (const auto& [name, tensor] : tensors) {
    Sha256& hash = hashes[moduleOf(name)];
    hash.add(name + shapeText(tensor.sizes().vec()) + toText(dtypeOf(tensor.scalar_type())) + "\n");
    const auto whole = tensor.contiguous();
    hash.add(bytesOf(whole));
  }
  std::map<std::string, std::string> result;
  for (auto& [module, hash] : hashes) result[module] = hash.hex();
  return result;
}

Result<Family> familyOf(const std::string& modelType, const std::string& what) {
  static const Family kFamilies[] = {llamaFamily(), llavaOnevisionFamily(), mllamaFamily(),
                                     qwen2Family(), qwen2VlFamily(),        qwen25VlFamily()};
  std::string known;
  for (const Family& family : kFamilies) {
    if (modelType == family.modelType) return family;
    known += (known.empty() ? "" : ", ") + std::string(family.modelType);
  }
  return fail(
      what + ": models of type \"" + modelType + "\" are not supported; these are: " + known + ".",
      ErrorKind::Unsupported);
}

Result<std::unique_ptr<LanguageModel>> LanguageModel::load(const std::filesystem::path& folder,
                                                           const LoadOptions& options) {
  if (options.dtype != torch::kFloat32 && options.dtype != torch::kBFloat16)
    return fail("A model can be computed in float32 or bfloat16 only; choose one of them.",
                ErrorKind::Unsupported);
  WORDSIGHT_TRY(const auto config, ConfigReader::fromFile(folder / "config.json"));
  WORDSIGHT_TRY(const auto modelType, config.text("model_type"));
  WORDSIGHT_TRY(const Family family, familyOf(modelType, config.what()));
  try {
    return family.load(folder, config, options);
  } catch (const c10::Error& error) {
    return fail(folder.string() + " could not be loaded: " + error.what_without_backtrace(),
                ErrorKind::Internal);
  } catch (const std::bad_alloc&) {
    return fail("There is not enough memory to load " + folder.string() +
                "; close other programs or take a smaller model.");
  }
}

}  // namespace wordsight::neural
