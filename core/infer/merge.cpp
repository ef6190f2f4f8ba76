#include "infer/merge.h"

#include "neural/merge.h"

#include <filesystem>

#include "base/file.h"
#include "base/time.h"
#include "domain/json.h"
#include "neural/model.h"

namespace wordsight::infer {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostJson = std::uint64_t{1} << 26;

/// What is written is removed unless it was kept.
class Unfinished {
 public:
  explicit Unfinished(fs::path folder) : m_folder(std::move(folder)) {}
  ~Unfinished() {
    std::error_code code;
    if (!m_folder.empty()) fs::remove_all(m_folder, code);
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  const fs::path& folder() const { return m_folder; }
  Status keepAs(const fs::path& target) {
    std::error_code code;
    fs::rename(m_folder, target, code);  // an empty folder is replaced
    if (code)
      return fail("The merged model cannot be put at " + target.string() + ": " + code.message() +
                      "; choose another folder.",
                  ErrorKind::Io);
    m_folder.clear();
    return {};
  }

 private:
  fs::path m_folder;
};

Status checkTarget(const fs::path& out) {
  std::error_code code;
  if (out.empty()) return fail("Name the folder that the merged model is to go to.");
  const auto status = fs::status(out, code);
  if (!fs::exists(status)) return {};
  if (!fs::is_directory(status) || !fs::is_empty(out, code) || code)
    return fail(out.string() +
                " is there already, and nothing is overwritten; choose another "
                "folder for the merged model.");
  return {};
}

/// Changes a JSON file of the folder; one that is not there, or is no object, stays as it is.
Status changeJson(const fs::path& file, const std::function<void(Json&)>& change) {
  std::error_code code;
  if (!fs::exists(file, code)) return {};
  WORDSIGHT_TRY(auto json, readJsonFile(file, kMostJson));
  if (!json.is_object()) return {};
  change(json);
  return writeFileAtomically(file, dumpJsonPretty(json));
}

/// What other programs read about the numbers' type, where it is no longer as it was.
Status notePrecision(const fs::path& folder, Precision precision) {
  const std::string type = precision == Precision::F32 ? "float32" : "bfloat16";
  const auto set = [&](Json& json) {
    for (const char* key : {"torch_dtype", "dtype"})
      if (json.contains(key)) json[key] = type;
  };
  WORDSIGHT_CHECK(changeJson(folder / "config.json", [&](Json& config) {
    set(config);
    for (const char* part : {"text_config", "vision_config"})
      if (config.contains(part) && config[part].is_object()) set(config[part]);
  }));
  std::uint64_t bytes = 0;
  std::error_code code;
  for (fs::directory_iterator it(folder, code), end; !code && it != end; it.increment(code))
    if (it->path().extension() == ".safetensors") bytes += it->file_size(code);
  return changeJson(folder / "model.safetensors.index.json", [&](Json& index) {
    if (index.contains("metadata") && index["metadata"].is_object())
      index["metadata"]["total_size"] = bytes;
  });
}

Status mergeInto(const MergeSpec& spec, const fs::path& folder,
                 const std::function<void(std::int64_t, std::int64_t)>& onTensor,
                 const std::stop_token& stop) {
  neural::MergeOptions options;
  if (spec.precision)
    options.dtype = *spec.precision == Precision::F32 ? torch::kFloat32 : torch::kBFloat16;
  options.onTensor = [&](std::int64_t done, std::int64_t total) {
    if (onTensor) onTensor(done, total);
    return !stop.stop_requested();
  };
  try {
    WORDSIGHT_CHECK(neural::mergeLora(spec.model, spec.adapter, folder, options));
  } catch (const std::bad_alloc&) {
    return fail(spec.model + ": not enough memory to merge; close other programs.", ErrorKind::Io);
  } catch (const std::exception& e) {
    return fail(spec.model + ": merging failed: " + e.what(), ErrorKind::Internal);
  }
  if (spec.precision) WORDSIGHT_CHECK(notePrecision(folder, *spec.precision));
  const Json record{{"format", 1},
                    {"merged",
                     {{"base_model", fs::absolute(spec.model).string()},
                      {"adapter", fs::absolute(spec.adapter).string()},
                      {"precision", spec.precision ? Json(toText(*spec.precision)) : Json()},
                      {"at", isoTime(nowMillis())}}}};
  return writeFileAtomically(folder / "wordsight.json", dumpJsonPretty(record));
}

}  // namespace

Status mergeAdapter(const MergeSpec& spec,
                    const std::function<void(std::int64_t done, std::int64_t total)>& onTensor,
                    std::stop_token stop) {
  // "out/" and "out" are one folder.
  const auto out = (fs::path(spec.out) / "").lexically_normal().parent_path();
  WORDSIGHT_CHECK(checkTarget(spec.out.empty() ? fs::path() : out));
  const auto parent = fs::absolute(out).parent_path();
  WORDSIGHT_CHECK(makeFolder(parent));
  std::string name = ".";
  name += out.filename().string();
  name += ".merging";
  Unfinished unfinished(parent / name);
  std::error_code code;
  fs::remove_all(unfinished.folder(), code);  // of a killed merge
  WORDSIGHT_CHECK(mergeInto(spec, unfinished.folder(), onTensor, stop));
  if (stop.stop_requested()) return fail("Stopped.", ErrorKind::Cancelled);
  return unfinished.keepAs(fs::absolute(out));
}

}  // namespace wordsight::infer
