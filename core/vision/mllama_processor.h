#pragma once
// Mllama's (Llama 3.2 Vision's) picture processing: a picture is fitted into an arrangement of up
// to four tiles, at its upper left.

#include <utility>
#include <vector>

#include "domain/config_reader.h"
#include "vision/colours.h"
#include "vision/processor.h"

namespace wordsight::vision {

struct MllamaSettings {
  int side = 224;  // of a tile, in pixels
  int mostTiles = 4;
  Filter filter = Filter::Bilinear;
  ColourSettings colours{true, true, 1.0 / 255, {0.5, 0.5, 0.5}, {0.5, 0.5, 0.5}};
};
Result<MllamaSettings> mllamaSettings(const ConfigReader& config);

/// Rows and columns of tiles, in the order in which they are numbered from 1.
std::vector<std::pair<int, int>> tileArrangements(int mostTiles);

class MllamaProcessor final : public PictureProcessor {
 public:
  explicit MllamaProcessor(MllamaSettings settings)
      : m_settings(settings),
        m_table(colourTable(settings.colours)),
        m_arrangements(tileArrangements(settings.mostTiles)) {}
  const char* family() const override { return "mllama"; }
  /// pixels [1, 1, mostTiles, 3, side, side]; tiles that are not used are zero.
  Result<PixelPack> process(const Picture& picture, std::size_t together) const override;
  using PictureProcessor::process;
  std::vector<NumberTensor> numbersOf(const PixelPack& pack) const override;
  const MllamaSettings& settings() const { return m_settings; }

 private:
  /// Place in m_arrangements of the one that enlarges least, or shrinks least where all shrink.
  std::size_t best(const Picture& picture) const;

  MllamaSettings m_settings;
  ColourTable m_table;
  std::vector<std::pair<int, int>> m_arrangements;
};

}  // namespace wordsight::vision
