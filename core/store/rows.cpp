#include "store/rows.h"

namespace wordsight::store {

Status checkContent(const ScenarioContent& content, const std::string& which) {
  const int options = static_cast<int>(content.options.size());
  if (options > kMaxOptions)
    return fail(which + " has " + std::to_string(options) + " options: at most " +
                std::to_string(kMaxOptions) + " have letters.");
  if (content.key < -1 || content.key >= options)
    return fail(which + " has the key number " + std::to_string(content.key) + " for " +
                std::to_string(options) + " options: give one of them, or -1 for none.");
  if (content.nonIntervention < -1 || content.nonIntervention >= options)
    return fail(which + " marks option number " + std::to_string(content.nonIntervention) + " of " +
                std::to_string(options) + " as doing nothing: give one of them, or -1 for none.");
  return {};
}

ScenarioContent contentOf(const Query& row, int first) {
  ScenarioContent content;
  content.situation = row.text(first);
  content.question = row.text(first + 1);
  content.options = textsFromJson(row.text(first + 2));
  content.key = row.number(first + 3);
  content.rationale = row.text(first + 4);
  content.category = row.text(first + 5);
  content.nonIntervention = row.number(first + 6);
  // The file may have been written by other hands: nobody is led past the end of the options.
  const int options = static_cast<int>(content.options.size());
  if (content.key < -1 || content.key >= options) content.key = -1;
  if (content.nonIntervention < -1 || content.nonIntervention >= options)
    content.nonIntervention = -1;
  return content;
}

Provenance provenanceOf(const Query& row, int first) {
  Provenance from;
  from.strategy = row.text(first);
  from.generator = row.text(first + 1);
  from.promptHash = row.text(first + 2);
  from.seed = static_cast<std::uint64_t>(row.integer(first + 3));
  from.run = row.id<RunId>(first + 4);
  from.source = row.text(first + 5);
  return from;
}

Revision revisionOf(const Query& row, int first) {
  Revision revision;
  revision.id = row.id<RevisionId>(first);
  revision.scenario = row.id<ScenarioId>(first + 1);
  revision.number = row.number(first + 2);
  revision.author = row.text(first + 3);
  revision.note = row.text(first + 4);
  revision.createdAt = row.integer(first + 5);
  revision.content = contentOf(row, first + 6);
  return revision;
}

}  // namespace wordsight::store
