#include "domain/safetensors_writer.h"

#include "domain/json.h"

namespace wordsight {

Status SafetensorsWriter::open(const std::vector<Entry>& entries,
                               const std::map<std::string, std::string>& metadata) {
  Json header = Json::object();
  if (!metadata.empty()) header["__metadata__"] = metadata;
  std::uint64_t offset = 0;
  for (const auto& entry : entries) {
    std::uint64_t count = sizeOf(entry.type);
    for (const auto n : entry.shape) count *= static_cast<std::uint64_t>(n);
    header[entry.name] = Json{{"dtype", toText(entry.type)},
                              {"shape", entry.shape},
                              {"data_offsets", Json::array({offset, offset + count})}};
    m_due.push_back({entry.name, count});
    offset += count;
  }
  std::string text = dumpJson(header);
  text.resize((text.size() + 7) / 8 * 8, ' ');  // data begins at a multiple of 8
  const std::uint64_t size = text.size();
  WORDSIGHT_CHECK(m_out.open());
  WORDSIGHT_CHECK(m_out.write(std::string_view(reinterpret_cast<const char*>(&size), 8)));
  return m_out.write(text);
}

Status SafetensorsWriter::add(std::span<const std::byte> bytes) {
  if (m_next >= m_due.size())
    return fail("More tensors were written than the file was to have.", ErrorKind::Internal);
  const auto& due = m_due[m_next++];
  if (bytes.size() != due.bytes)
    return fail("The tensor \"" + due.name + "\" does not have the size of its shape.",
                ErrorKind::Internal);
  return m_out.write(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

Status SafetensorsWriter::commit() {
  if (m_next != m_due.size())
    return fail("The tensor \"" + m_due[m_next].name + "\" was not written.", ErrorKind::Internal);
  return m_out.commit();
}

}  // namespace wordsight
