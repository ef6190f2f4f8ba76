#pragma once
// How tensors are called: one table a family, used both ways. Inside, the language part is
// "language.…"
// ("language.layers.0.self_attn.q_proj.weight"), the head "lm_head.weight", the tower "vision.…".

#include <string>
#include <string_view>
#include <vector>

namespace wordsight::neural {

/// One prefix: `ours` inside the program, `file` in a checkpoint.
struct NameRule {
  std::string_view ours, file;
};

/// The prefixes of all layouts of a family that are in use.
struct NameTable {
  std::vector<NameRule> read;     // any layout; the longest matching prefix holds
  std::vector<NameRule> adapter;  // the layout that today's PEFT loads, behind "base_model.model."

  /// Our name for a checkpoint's, or empty when no layout of the family has it.
  std::string ours(std::string_view fileName) const;
  /// Our name in every layout.
  std::vector<std::string> inAnyLayout(std::string_view ourName) const;
  /// What an adapter calls our name; empty when it has no such part.
  std::string inAdapter(std::string_view ourName) const;
};

/// "language.layers.0", "vision.blocks.1", "vision.merger", "lm_head": the module that a tensor
/// belongs to.
std::string moduleOf(std::string_view ourName);

/// "a, b, c and 7 more": for messages.
std::string listOf(const std::vector<std::string>& names, std::size_t most = 4);

}  // namespace wordsight::neural
