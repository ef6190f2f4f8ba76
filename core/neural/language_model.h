#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "neural/decoder.h"
#include "neural/lora.h"
#include "neural/model.h"
#include "neural/names.h"

namespace wordsight::neural {

/// LanguageModel over a Decoder: all that families without pictures need. Families with pictures
/// derive from it.
class DecoderModel : public LanguageModel {
 public:
  DecoderModel(ModelInfo info, const NameTable& names, Decoder decoder);

  const ModelInfo& info() const override { return m_info; }
  torch::Tensor embed(const torch::Tensor& ids_T) const override { return m_decoder.embed(ids_T); }
  torch::Tensor see(const PixelPack& picture) const override;
  Positions positionsOf(const std::vector<std::int64_t>& ids,
                        const std::vector<PixelPack>& pictures) const override;
  torch::Tensor forward(const torch::Tensor& hidden_TD, const Layout& layout, KvCache* cache,
                        bool recompute, const torch::Tensor& wanted_N) const override;
  torch::Tensor head(const torch::Tensor& hidden_ND) const override {
    return m_decoder.head(hidden_ND);
  }
  torch::Tensor headAt(const torch::Tensor& hidden_ND, const torch::Tensor& ids_K) const override {
    return m_decoder.headAt(hidden_ND, ids_K);
  }
  std::shared_ptr<KvCache> makeCache(std::size_t sequences, std::int64_t capacity) const override;

  Status attachLora(const LoraSpec& spec, std::uint64_t seed) override;
  Status loadLora(const std::filesystem::path& folder) override;
  Status saveLora(const std::filesystem::path& folder, const std::string& baseModel) const override;
  void detachLora() override;
  std::vector<std::pair<std::string, torch::Tensor>> loraParameters() const override;
  void setTraining(bool training) override { m_training = training; }
  void seedDropout(std::uint64_t seed) override;
  std::map<std::string, std::string> moduleHashes() const override;

 protected:
  /// Further loaded tensors by our names (a tower's).
  virtual std::vector<std::pair<std::string, torch::Tensor>> otherTensors() const { return {}; }
  void countParameters();
  ModelInfo m_info;

 private:
  void attach(Adapter adapter);
  const NameTable& m_names;
  Decoder m_decoder;
  std::optional<Adapter> m_adapter;
  bool m_training = false;
  std::uint64_t m_dropoutSeed = 0;
  mutable std::uint64_t m_forwardPasses = 0;  // since seedDropout: each pass has masks of its own
};

/// What a family must provide: model_type, names, and how to load it.
struct Family {
  const char* modelType;
  const NameTable* names;
  Result<std::unique_ptr<LanguageModel>> (*load)(const std::filesystem::path& folder,
                                                 const ConfigReader& config,
                                                 const LoadOptions& options);
  /// The language part's sizes from config.json alone, with the errors that load() would give.
  Result<DecoderConfig> (*readConfig)(const ConfigReader& config);
};
/// All families, or an error that names them when `modelType` is not among them.
Result<Family> familyOf(const std::string& modelType, const std::string& what);

}  // namespace wordsight::neural
