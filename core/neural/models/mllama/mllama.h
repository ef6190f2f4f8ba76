#pragma once
// Llama 3.2 Vision ("Mllama"; arXiv 2407.21783, §7): Llama's decoder, among whose layers stand some
// that attend to pictures.

#include "neural/language_model.h"
#include "neural/models/mllama/vision.h"

namespace wordsight::neural {

Result<DecoderConfig> readMllamaConfig(const ConfigReader& config);
const NameTable& mllamaNames();
Family mllamaFamily();

/// Which pictures each token of a prompt sees: from a picture's token on to the next one's; tokens
/// of pictures that follow each other directly share what follows. The same as transformers'
/// get_cross_attention_token_mask. `tiles`: used tiles of each picture; a picture has `mostTiles`
/// of `rows` rows each among the states. std::invalid_argument: not one token a picture.
std::vector<Sight::Run> pictureRuns(const std::vector<std::int64_t>& ids, std::int64_t imageToken,
                                    const std::vector<std::int64_t>& tiles, std::int64_t mostTiles,
                                    std::int64_t rows);

}  // namespace wordsight::neural
