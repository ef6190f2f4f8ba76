#include "curate/export.h"

#include "base/file.h"

namespace wordsight::curate {

namespace {
constexpr std::size_t kBuffer = std::size_t{1} << 20;  // one write a MiB
}

struct JsonlWriter::Open {
  AtomicFile file;
  std::string buffer;
  std::size_t lines = 0;
  bool finished = false;
  explicit Open(std::filesystem::path path) : file(std::move(path)) {}
};

JsonlWriter::JsonlWriter(std::unique_ptr<Open> open) : m_open(std::move(open)) {}
JsonlWriter::JsonlWriter(JsonlWriter&&) noexcept = default;
JsonlWriter& JsonlWriter::operator=(JsonlWriter&&) noexcept = default;
JsonlWriter::~JsonlWriter() = default;

Result<JsonlWriter> JsonlWriter::open(const std::filesystem::path& file) {
  std::error_code code;
  if (std::filesystem::is_directory(file, code))
    return fail(file.string() + " is a folder; name the file to export to.");
  auto open = std::make_unique<Open>(file);
  WORDSIGHT_CHECK(open->file.open());
  return JsonlWriter(std::move(open));
}

Status JsonlWriter::add(const Json& line) {
  if (!m_open || m_open->finished)
    return fail("A line was added to a finished file.", ErrorKind::Internal);
  m_open->buffer += dumpJson(line);
  m_open->buffer += '\n';
  ++m_open->lines;
  if (m_open->buffer.size() < kBuffer) return {};
  WORDSIGHT_CHECK(m_open->file.write(m_open->buffer));
  m_open->buffer.clear();
  return {};
}

std::size_t JsonlWriter::lines() const { return m_open ? m_open->lines : 0; }

Status JsonlWriter::finish() {
  if (!m_open || m_open->finished) return fail("A file was finished twice.", ErrorKind::Internal);
  WORDSIGHT_CHECK(m_open->file.write(m_open->buffer));
  m_open->finished = true;
  return m_open->file.commit();
}

Json exportLine(const Scenario& scenario) {
  Json json = toJson(scenario.content);
  Json own;
  own["strategy"] = scenario.provenance.strategy;
  own["generator"] = scenario.provenance.generator;
  if (!scenario.provenance.promptHash.empty()) own["prompt_hash"] = scenario.provenance.promptHash;
  own["seed"] = scenario.provenance.seed;
  own["status"] = toText(scenario.status);
  own["revision"] = scenario.revisionNumber;
  json["wordsight"] = std::move(own);
  return json;
}

Json exportLine(const TrainingExample& example) {
  Json json;
  json["id"] = example.id;
  Json messages = Json::array();
  for (const auto& message : example.messages) messages.push_back(toJson(message));
  json["messages"] = std::move(messages);
  return json;
}

}  // namespace wordsight::curate
