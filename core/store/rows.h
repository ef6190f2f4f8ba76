#pragma once
// Rows that several repositories read. For this layer only.

#include "domain/scenario.h"
#include "store/session.h"

namespace wordsight::store {

/// Indexes must point at options: what is stored can never be repaired. `which` begins the
/// sentence.
Status checkContent(const ScenarioContent& content, const std::string& which);

/// The columns of contentOf(), of r (scenario_revision).
inline constexpr const char* kContentColumns =
    "r.situation, r.question, r.options, r.key, r.rationale, r.category, r.non_intervention";
/// situation, question, options, key, rationale, category, non_intervention: seven columns from
/// `first`.
ScenarioContent contentOf(const Query& row, int first);
/// strategy, generator, prompt_hash, seed, run, source: six columns from `first`.
Provenance provenanceOf(const Query& row, int first);
/// id, scenario, number, author, note, created_at, then the content: thirteen columns from `first`.
Revision revisionOf(const Query& row, int first);

}  // namespace wordsight::store
