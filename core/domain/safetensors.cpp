#include "domain/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>

#include "domain/json.h"
#include "domain/safetensors_writer.h"

namespace wordsight {
namespace {

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian");

struct TypeRow {
  DType type;
  const char* name;
  std::size_t size;
};
constexpr std::array kTypes = {TypeRow{DType::F32, "F32", 4},   TypeRow{DType::F16, "F16", 2},
                               TypeRow{DType::BF16, "BF16", 2}, TypeRow{DType::F64, "F64", 8},
                               TypeRow{DType::I64, "I64", 8},   TypeRow{DType::I32, "I32", 4},
                               TypeRow{DType::I16, "I16", 2},   TypeRow{DType::I8, "I8", 1},
                               TypeRow{DType::U8, "U8", 1},     TypeRow{DType::Bool, "BOOL", 1}};
constexpr std::uint64_t kMaxHeader = 100'000'000;  // the format's own limit
constexpr std::size_t kMaxRank = 16;

const TypeRow* rowOf(std::string_view name) {
  const auto it = std::find_if(kTypes.begin(), kTypes.end(),
                               [&](const TypeRow& row) { return name == row.name; });
  return it == kTypes.end() ? nullptr : &*it;
}

std::string shortened(const std::string& name) {
  return name.size() > 120 ? name.substr(0, 117) + "..." : name;
}

/// One entry of the header, checked against the size of the data part.
Result<TensorView> readEntry(const Json& entry, std::span<const std::byte> data,
                             const std::string& what) {
  if (!entry.is_object()) return fail(what + " is not described by an object.");
  const auto dtype = entry.find("dtype"), shape = entry.find("shape"),
             offsets = entry.find("data_offsets");
  if (dtype == entry.end() || shape == entry.end() || offsets == entry.end() ||
      !dtype->is_string() || !shape->is_array() || !offsets->is_array() || offsets->size() != 2)
    return fail(what + " lacks a proper dtype, shape or data_offsets.");
  const TypeRow* row = rowOf(dtype->get_ref<const std::string&>());
  if (!row)
    return fail(what + " has the number type " + shortened(dtype->get<std::string>()) +
                    ", which is not supported.",
                ErrorKind::Unsupported);
  if (shape->size() > kMaxRank) return fail(what + " has too many dimensions.");
  TensorView view;
  view.type = row->type;
  std::uint64_t count = 1;
  for (const auto& size : *shape) {
    if (!size.is_number_unsigned())
      return fail(what + " has a dimension that is not a whole number, 0 or more.");
    const auto n = size.get<std::uint64_t>();
    if (n > std::uint64_t(INT64_MAX) || (n != 0 && count > data.size() / n + 1))
      return fail(what + " has a shape that is larger than the file.");
    count *= n;
    view.shape.push_back(static_cast<std::int64_t>(n));
  }
  if (!(*offsets)[0].is_number_unsigned() || !(*offsets)[1].is_number_unsigned())
    return fail(what + " has offsets that are not whole numbers, 0 or more.");
  const auto begin = (*offsets)[0].get<std::uint64_t>(), end = (*offsets)[1].get<std::uint64_t>();
  if (begin > end || end > data.size())
    return fail(what + " lies outside the file (bytes " + std::to_string(begin) + " to " +
                std::to_string(end) + " of " + std::to_string(data.size()) +
                "): the file is cut short or damaged; fetch it again.");
  if (end - begin != count * row->size)
    return fail(what + " has " + std::to_string(end - begin) + " bytes where its shape needs " +
                std::to_string(count * row->size) + ".");
  view.bytes = data.subspan(begin, end - begin);
  return view;
}

Status checkOverlaps(const std::map<std::string, TensorView>& tensors, const std::string& file) {
  std::vector<std::pair<std::span<const std::byte>, const std::string*>> parts;
  for (const auto& [name, view] : tensors)
    if (!view.bytes.empty()) parts.emplace_back(view.bytes, &name);
  std::sort(parts.begin(), parts.end(),
            [](const auto& a, const auto& b) { return a.first.data() < b.first.data(); });
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (parts[i - 1].first.data() + parts[i - 1].first.size() > parts[i].first.data())
      return fail(file + ": the tensors \"" + shortened(*parts[i - 1].second) + "\" and \"" +
                  shortened(*parts[i].second) + "\" overlap; the file is damaged.");
  return {};
}

}  // namespace

std::size_t sizeOf(DType type) {
  for (const auto& row : kTypes)
    if (row.type == type) return row.size;
  return 0;
}

const char* toText(DType type) {
  for (const auto& row : kTypes)
    if (row.type == type) return row.name;
  return "?";
}

Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path) {
  SafetensorsFile file;
  WORDSIGHT_TRY(file.m_file, MappedFile::open(path));
  const auto bytes = file.m_file.bytes();
  const std::string name = path.string();
  if (bytes.size() < 8) return fail(name + " is too short for a safetensors file; fetch it again.");
  std::uint64_t headerSize = 0;
  std::memcpy(&headerSize, bytes.data(), 8);
  if (headerSize > kMaxHeader || headerSize > bytes.size() - 8)
    return fail(name + " is no safetensors file, or it is cut short: its header would be " +
                std::to_string(headerSize) + " bytes long.");
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + 8, headerSize);
  WORDSIGHT_TRY(const auto header, parseJson(text, name + ": header"));
  if (!header.is_object()) return fail(name + ": the header is not a JSON object.");
  const auto data = bytes.subspan(8 + headerSize);
  for (const auto& [key, entry] : header.items()) {
    if (key == "__metadata__") {
      if (!entry.is_object()) return fail(name + ": __metadata__ is not an object.");
      for (const auto& [k, v] : entry.items())
        if (v.is_string()) file.m_metadata[k] = v.get<std::string>();
      continue;
    }
    WORDSIGHT_TRY(auto view, readEntry(entry, data, name + ": tensor \"" + shortened(key) + "\""));
    if (!file.m_tensors.emplace(key, std::move(view)).second)
      return fail(name + ": the tensor \"" + shortened(key) + "\" is there twice.");
  }
  WORDSIGHT_CHECK(checkOverlaps(file.m_tensors, name));
  return file;
}

Result<CheckpointFiles> CheckpointFiles::open(const std::filesystem::path& folder) {
  CheckpointFiles files;
  std::error_code code;
  if (!std::filesystem::is_directory(folder, code))
    return fail("There is no model folder " + folder.string() + ".", ErrorKind::NotFound);
  std::vector<std::string> names;
  const auto index = folder / "model.safetensors.index.json";
  if (std::filesystem::exists(folder / "model.safetensors", code)) {
    names.emplace_back("model.safetensors");
  } else if (std::filesystem::exists(index, code)) {
    WORDSIGHT_TRY(const auto json, readJsonFile(index));
    const auto map = json.is_object() ? json.find("weight_map") : json.end();
    if (map == json.end() || !map->is_object())
      return fail(index.string() + ": \"weight_map\" is missing.");
    for (const auto& [tensor, file] : map->items()) {
      if (!file.is_string())
        return fail(index.string() + ": \"weight_map\" must map names to file names.");
      const auto& name = file.get_ref<const std::string&>();
      if (name.find('/') != std::string::npos || name.find("..") != std::string::npos ||
          !name.ends_with(".safetensors"))
        return fail(index.string() + ": \"" + shortened(name) +
                    "\" is not a file name of this folder.");
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  } else {
    for (const char* pickle :
         {"pytorch_model.bin", "pytorch_model.bin.index.json", "consolidated.00.pth"})
      if (std::filesystem::exists(folder / pickle, code))
        return fail(
            folder.string() + " has only pickled weights (" + pickle +
                "), which may hold code and are never opened; fetch or convert to safetensors.",
            ErrorKind::Unsupported);
    return fail(
        folder.string() +
            " has no weights: model.safetensors or model.safetensors.index.json is expected.",
        ErrorKind::NotFound);
  }
  std::string missing;
  for (const auto& name : names)
    if (!std::filesystem::exists(folder / name, code))
      missing += (missing.empty() ? "" : ", ") + name;
  if (!missing.empty())
    return fail(folder.string() + " is incomplete: missing " + missing + "; fetch these files.",
                ErrorKind::NotFound);
  for (const auto& name : names) {
    WORDSIGHT_TRY(auto file, SafetensorsFile::open(folder / name));
    for (const auto& [tensor, view] : file.tensors())
      if (!files.m_tensors.emplace(tensor, view).second)
        return fail((folder / name).string() + ": the tensor \"" + shortened(tensor) +
                    "\" is in two files.");
    files.m_files.push_back(std::move(file));
  }
  return files;
}

Status writeSafetensors(const std::filesystem::path& path,
                        const std::vector<TensorToWrite>& tensors,
                        const std::map<std::string, std::string>& metadata) {
  std::vector<SafetensorsWriter::Entry> entries;
  for (const auto& tensor : tensors) entries.push_back({tensor.name, tensor.type, tensor.shape});
  SafetensorsWriter writer(path);
  WORDSIGHT_CHECK(writer.open(entries, metadata));
  for (const auto& tensor : tensors) WORDSIGHT_CHECK(writer.add(tensor.bytes));
  return writer.commit();
}

}  // namespace wordsight
