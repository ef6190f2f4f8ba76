#include "models/evaluations/benchmark_view.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace wordsight::ui {

namespace {

namespace fs = std::filesystem;

/// How eval::joinPictures says that a picture was missing when the file was read.
constexpr const char* kNotFoundThen = "no such picture in ";

/// Pictures as they are now, in place of what reading the file said about them then.
void lookForPictures(const std::vector<BenchmarkItem>& items, BenchmarkView& view) {
  std::map<std::string, int> folders;
  for (const auto& item : items) {
    std::error_code code;
    if (!item.picture.empty() && fs::exists(item.picture, code)) {
      ++view.picturesThere;
      ++folders[fs::path(item.picture).parent_path().string()];
      continue;
    }
    if (item.imageFile.empty() && item.picture.empty()) continue;
    const bool gone = !item.picture.empty();
    const std::string file = gone ? item.picture : item.imageFile;
    view.missing.push_back(file);
    if (view.record.report.picturesFound == 0) continue;  // said once, not for every item
    view.issues.push_back({item.index, "image_file",
                           gone ? "no longer there: " + file : "no such picture: " + file,
                           "cannot be asked with its picture"});
  }
  const auto most =
      std::max_element(folders.begin(), folders.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most != folders.end()) view.pictureFolder = most->first;
}

}  // namespace

bool BenchmarkView::sameAs(const BenchmarkView& other) const {
  return record.id == other.record.id &&
         record.report.picturesFound == other.record.report.picturesFound &&
         picturesThere == other.picturesThere && pictureFolder == other.pictureFolder &&
         missing == other.missing;
}

Result<std::vector<BenchmarkView>> loadBenchmarks(store::Connection& connection) {
  store::BenchmarkRepository repository(connection);
  WORDSIGHT_TRY(const auto records, repository.list());
  std::vector<BenchmarkView> views;
  for (const auto& record : records) {
    BenchmarkView view;
    view.record = record;
    for (const auto& issue : record.report.issues)
      if (!issue.problem.starts_with(kNotFoundThen)) view.issues.push_back(issue);
    WORDSIGHT_TRY(const auto items, repository.items(record.id));
    for (const auto& item : items) {
      if (!item.unusable.empty() || item.content.options.empty()) continue;
      ++view.usable;
      view.chance += 1.0 / static_cast<double>(item.content.options.size());
    }
    view.chance /= std::max(1, view.usable);
    lookForPictures(items, view);
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace wordsight::ui
