#include "plots/curve_csv.h"

#include "base/file.h"

namespace wordsight::ui {
namespace {

constexpr std::size_t kPiece = 1 << 20;

Status writeTables(const std::vector<CurveTable>& tables, const std::filesystem::path& path) {
  AtomicFile file(path);
  WORDSIGHT_CHECK(file.open());
  std::string text = csvLine({"series", "metric", "step", "samples", "tokens", "seconds", "value"});
  for (const CurveTable& table : tables) {
    for (const auto& [label, points] : table.series) {
      std::string start = csvLine({label, table.metric});
      start.resize(start.size() - 2);  // goes on in the same line
      for (std::size_t i = 0; i < points.size(); ++i) {
        const CurvePoint point = points.at(i);
        text += start;
        for (const auto count : {point.step, point.samples, point.tokens})
          text += ',' + std::to_string(count);
        text += ',' + csvNumber(point.seconds) + ',' + csvNumber(point.value) + "\r\n";
        if (text.size() < kPiece) continue;
        WORDSIGHT_CHECK(file.write(text));
        text.clear();
      }
    }
  }
  WORDSIGHT_CHECK(file.write(text));
  return file.commit();
}

}  // namespace

CurveTable curveTable(const CurveScene& scene) {
  CurveTable table;
  table.metric = scene.title.toStdString();
  for (const auto& entry : scene.series)
    table.series.emplace_back(entry->who.label.toStdString(), entry->points);
  return table;
}

ExportJob curveCsvJob(std::vector<CurveTable> tables, const std::filesystem::path& path) {
  return [tables = std::move(tables), path] { return writeTables(tables, path); };
}

}  // namespace wordsight::ui
