#include "domain/adapter_config.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string_view>

#include "base/file.h"
#include "domain/json.h"

namespace wordsight {
namespace {

/// One element of a pattern: a character, any character, or a digit, once or repeated.
struct Atom {
  enum class Kind { Character, Any, Digit } kind = Kind::Character;
  char character = 0;
  bool optional = false, repeated = false;  // "*": both, "+": repeated

  bool fits(char c) const {
    if (kind == Kind::Any) return true;
    if (kind == Kind::Digit) return c >= '0' && c <= '9';
    return c == character;
  }
};

bool isPlain(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-'; }

/// Empty with `good` false when the pattern holds anything that is not supported.
std::vector<Atom> atomsOf(const std::string& pattern, bool& good) {
  std::vector<Atom> atoms;
  good = pattern.size() <= 500;
  std::size_t end = pattern.size();
  std::size_t at = pattern.starts_with('^') ? 1 : 0;
  if (end > at && pattern.back() == '$') --end;
  while (good && at < end) {
    Atom atom;
    const char c = pattern[at++];
    if (isPlain(c)) {
      atom.character = c;
    } else if (c == '.') {
      atom.kind = Atom::Kind::Any;
    } else if (c == '\\' && at < end && (pattern[at] == '.' || pattern[at] == 'd')) {
      atom.kind = pattern[at] == 'd' ? Atom::Kind::Digit : Atom::Kind::Character;
      atom.character = pattern[at++];
    } else {
      good = false;
    }
    if (at < end && (pattern[at] == '*' || pattern[at] == '+')) {
      atom.repeated = true;
      atom.optional = pattern[at++] == '*';
    }
    atoms.push_back(atom);
  }
  if (!good) atoms.clear();
  return atoms;
}

/// Whether the atoms match the whole text: the set of reachable places, so that no pattern takes
/// long.
bool matchesWhole(const std::vector<Atom>& atoms, std::string_view text) {
  std::vector<char> reached(atoms.size() + 1, 0), next;
  const auto open = [&](std::vector<char>& set) {
    for (std::size_t i = 0; i < atoms.size(); ++i)
      if (set[i] && atoms[i].optional) set[i + 1] = 1;
  };
  reached[0] = 1;
  open(reached);
  for (const char c : text) {
    next.assign(atoms.size() + 1, 0);
    for (std::size_t i = 0; i < atoms.size(); ++i)
      if (reached[i] && atoms[i].fits(c)) {
        next[i + 1] = 1;
        if (atoms[i].repeated) next[i] = 1;
      }
    // A repeated atom may also go on after it was left: staying at i is reachable above, as is
    // skipping it below.
    open(next);
    reached.swap(next);
  }
  return reached[atoms.size()] != 0;
}

/// Whether a JSON value says "not used": null, false, zero, or empty.
bool isNothing(const Json& value) {
  if (value.is_null()) return true;
  if (value.is_boolean()) return !value.get<bool>();
  if (value.is_number()) return value.get<double>() == 0;
  if (value.is_string()) return value.get_ref<const std::string&>().empty();
  return value.empty();
}

// Keys that say where an adapter came from, how it began or which modules were picked: the tensors
// themselves tell what there is, so these do not change what it computes.
constexpr std::array kNeutral = {"task_type",
                                 "peft_type",
                                 "auto_mapping",
                                 "peft_version",
                                 "base_model_name_or_path",
                                 "revision",
                                 "inference_mode",
                                 "r",
                                 "target_modules",
                                 "exclude_modules",
                                 "lora_alpha",
                                 "lora_dropout",
                                 "use_rslora",
                                 "layers_to_transform",
                                 "layers_pattern",
                                 "rank_pattern",
                                 "alpha_pattern",
                                 "megatron_core",
                                 "qalora_group_size",
                                 "eva_config",
                                 "init_lora_weights",
                                 "bias",
                                 "runtime_config",
                                 "loftq_config",
                                 "ensure_weight_tying"};

// Starts that leave the base's weights as they are. Others (PiSSA, OLoRA, CorDA, LoftQ) change
// them, and their adapters fit only that changed base.
constexpr std::array kPlainStarts = {"gaussian", "eva", "orthogonal"};

Status refuseOthers(const Json& json, const std::string& what) {
  const auto unsupported = [&](const std::string& key, const std::string& why) {
    return fail(what + ": the adapter uses " + key + ", " + why, ErrorKind::Unsupported);
  };
  for (const auto& [key, value] : json.items()) {
    const bool neutral = std::find(kNeutral.begin(), kNeutral.end(), key) != kNeutral.end();
    if (!neutral && !isNothing(value))
      return unsupported(key, "which is not supported; train or export it as plain LoRA.");
  }
  if (const auto bias = json.find("bias");
      bias != json.end() && *bias != "none" && !bias->is_null())
    return unsupported("bias = " + dumpJson(*bias),
                       "but trained biases are not supported; train it with bias = \"none\".");
  if (const auto start = json.find("init_lora_weights");
      start != json.end() && start->is_string()) {
    const auto name = start->get<std::string>();
    if (std::find(kPlainStarts.begin(), kPlainStarts.end(), name) == kPlainStarts.end())
      return unsupported("init_lora_weights = \"" + name + "\"",
                         "which changes the base's own weights; convert it to plain LoRA first "
                         "(PEFT's save_pretrained "
                         "does so with path_initial_model_for_weight_conversion).");
  }
  return {};
}

template <class T>
Status readPattern(const Json& json, const char* key, const std::string& what,
                   std::vector<std::pair<std::string, T>>& out) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return {};
  if (!found->is_object()) return fail(what + ": " + key + " must be an object.");
  for (const auto& [pattern, value] : found->items()) {
    if (!value.is_number() || !(value.template get<double>() > 0) ||
        value.template get<double>() > 1e6)
      return fail(what + ": " + key + "." + pattern + " must be a positive number.");
    if (!isModulePattern(pattern))
      return fail(what + ": the pattern \"" + pattern + "\" in " + key +
                      " is not supported; name modules plainly, or with . \\d + * only.",
                  ErrorKind::Unsupported);
    out.emplace_back(pattern, value.template get<T>());
  }
  return {};
}

template <class T>
T valueOf(const std::vector<std::pair<std::string, T>>& patterns, const std::string& module,
          T otherwise) {
  for (const auto& [pattern, value] : patterns)
    if (matchesModule(pattern, module)) return value;
  return otherwise;
}

Status readNumbers(const Json& json, const std::string& what, AdapterConfig& config) {
  const auto number = [&](const char* key, double least, double most, double& out) -> Status {
    const auto found = json.find(key);
    if (found == json.end() || found->is_null()) return {};
    if (!found->is_number() || !(found->get<double>() >= least) || !(found->get<double>() <= most))
      return fail(what + ": " + key + " must be a number between " + dumpJson(least) + " and " +
                  dumpJson(most) + ".");
    out = found->get<double>();
    return {};
  };
  double rank = config.rank;
  WORDSIGHT_CHECK(number("r", 1, 65536, rank));
  if (rank != std::floor(rank)) return fail(what + ": r must be a whole number.");
  config.rank = static_cast<int>(rank);
  WORDSIGHT_CHECK(number("lora_alpha", 1e-6, 1e6, config.alpha));
  WORDSIGHT_CHECK(number("lora_dropout", 0, 0.999, config.dropout));
  return {};
}

}  // namespace

bool isModulePattern(const std::string& pattern) {
  bool good = false;
  atomsOf(pattern, good);
  return good;
}

bool matchesModule(const std::string& pattern, const std::string& text) {
  bool good = false;
  const auto atoms = atomsOf(pattern, good);
  if (!good) return false;
  const std::string_view whole = text;
  if (matchesWhole(atoms, whole)) return true;
  for (std::size_t i = 0; i < whole.size(); ++i)
    if (whole[i] == '.' && matchesWhole(atoms, whole.substr(i + 1))) return true;
  return false;
}

int AdapterConfig::rankOf(const std::string& module) const {
  return valueOf(rankPattern, module, rank);
}
double AdapterConfig::alphaOf(const std::string& module) const {
  return valueOf(alphaPattern, module, alpha);
}

Result<AdapterConfig> readAdapterConfig(const std::filesystem::path& file) {
  const std::string what = file.string();
  WORDSIGHT_TRY(const auto json, readJsonFile(file, std::uint64_t{1} << 24));
  if (!json.is_object()) return fail(what + " must hold a JSON object.");
  const auto type = json.find("peft_type");
  if (type == json.end() || *type != "LORA")
    return fail(what + ": peft_type must be \"LORA\"; adapters of other kinds are not supported.",
                ErrorKind::Unsupported);
  WORDSIGHT_CHECK(refuseOthers(json, what));
  AdapterConfig config;
  WORDSIGHT_CHECK(readNumbers(json, what, config));
  if (const auto found = json.find("use_rslora"); found != json.end() && !found->is_null()) {
    if (!found->is_boolean()) return fail(what + ": use_rslora must be true or false.");
    config.rslora = found->get<bool>();
  }
  if (const auto found = json.find("target_modules"); found != json.end()) {
    if (found->is_string()) config.targetPattern = found->get<std::string>();
    if (found->is_array())
      for (const Json& name : *found)
        if (name.is_string()) config.targets.push_back(name.get<std::string>());
  }
  if (const auto found = json.find("base_model_name_or_path");
      found != json.end() && found->is_string())
    config.baseModel = found->get<std::string>();
  WORDSIGHT_CHECK(readPattern(json, "rank_pattern", what, config.rankPattern));
  WORDSIGHT_CHECK(readPattern(json, "alpha_pattern", what, config.alphaPattern));
  return config;
}

Status writeAdapterConfig(const std::filesystem::path& file, const AdapterConfig& config) {
  Json json;
  json["peft_type"] = "LORA";
  json["task_type"] = config.taskType;
  json["base_model_name_or_path"] = config.baseModel;
  json["inference_mode"] = true;
  json["r"] = config.rank;
  // PEFT wants a whole number where it is one.
  if (config.alpha == std::floor(config.alpha))
    json["lora_alpha"] = static_cast<std::int64_t>(config.alpha);
  else
    json["lora_alpha"] = config.alpha;
  json["lora_dropout"] = config.dropout;
  json["use_rslora"] = config.rslora;
  if (config.targets.empty())
    json["target_modules"] = config.targetPattern;
  else
    json["target_modules"] = config.targets;
  json["bias"] = "none";
  json["fan_in_fan_out"] = false;
  json["init_lora_weights"] = true;
  json["modules_to_save"] = nullptr;
  json["use_dora"] = false;
  json["rank_pattern"] = Json::object();
  for (const auto& [module, rank] : config.rankPattern) json["rank_pattern"][module] = rank;
  json["alpha_pattern"] = Json::object();
  for (const auto& [module, alpha] : config.alphaPattern) json["alpha_pattern"][module] = alpha;
  return writeFileAtomically(file, dumpJsonPretty(json));
}

}  // namespace wordsight
