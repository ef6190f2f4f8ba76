#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/utf8.h"
#include "domain/json.h"
#include "domain/scenario_text.h"
#include "synth/demo_grammar.h"

namespace wordsight::synth {
namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 20;
constexpr std::size_t kMostEntries = 1000;    // of any list
constexpr std::size_t kMostHeldOut = 100000;  // 1000 events would have more triples than any demo
constexpr std::size_t kMostText = 500;
constexpr std::size_t kLeastActions = 5;  // four wrong ones beside the right one

using Index = std::map<std::string, std::size_t, std::less<>>;

Status checkText(const std::string& text, const std::string& what) {
  if (text.empty() || trimmed(text).size() != text.size())
    return fail(what + " is empty or has white space at an end.");
  if (text.size() > kMostText)
    return fail(what + " is longer than " + std::to_string(kMostText) + " bytes.");
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20) return fail(what + " holds a control character.");
  return {};
}

Status checkTexts(const std::vector<std::string>& texts, const std::string& what) {
  if (texts.empty()) return fail(what + " is empty: at least one text is needed.");
  if (texts.size() > kMostEntries)
    return fail(what + " has more than " + std::to_string(kMostEntries) + " entries.");
  for (const auto& text : texts)
    WORDSIGHT_CHECK(checkText(text, what + ": \"" + text.substr(0, 40) + "\""));
  return {};
}

/// A member that must be a list with 1 to `most` entries.
Result<const Json*> listOf(ObjectReader& in, const char* key, const std::string& what,
                           std::size_t most = kMostEntries) {
  const Json* list = in.member(key);
  if (!list || !list->is_array() || list->empty() || list->size() > most)
    return fail(what + ": \"" + key + "\" must be a list with 1 to " + std::to_string(most) +
                " entries.");
  return list;
}

/// Each of who, what, where and when exactly once (capitals allowed except for what), and no other
/// brace.
Status checkTemplate(const std::string& text, const std::string& what) {
  const auto count = [&](std::string_view name) {
    std::size_t n = 0;
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) ++n;
    return n;
  };
  for (const auto& [small, big] : {std::pair{"{who}", "{Who}"}, std::pair{"{where}", "{Where}"},
                                   std::pair{"{when}", "{When}"}, std::pair{"{what}", ""}})
    if (count(small) + (*big ? count(big) : 0) != 1)
      return fail(what + ": the template \"" + text + "\" must have " + small + " exactly once.");
  if (count("{") != 4 || count("}") != 4)
    return fail(what + ": the template \"" + text +
                "\" has a brace that belongs to none of {who} {what} {where} {when}.");
  return {};
}

Result<std::size_t> lookUp(const Index& index, const std::string& name, const std::string& what) {
  const auto it = index.find(name);
  if (it != index.end()) return it->second;
  return fail(what + " is \"" + name.substr(0, 60) + "\", which the file does not define.");
}

}  // namespace

/// Fills a DemoGrammar from its file; a type of its own so that the header shows no JSON.
struct DemoGrammarReader {
  DemoGrammar grammar;
  std::string what;
  Index places, actors, weathers, actions, events;
  std::set<std::string> heldOut;

  Status named(ObjectReader& in, const char* key, std::vector<DemoGrammar::Named>& out,
               Index& index) const {
    WORDSIGHT_TRY(const Json* list, listOf(in, key, what));
    for (const auto& entry : *list) {
      const std::string here = what + ": " + key + "[" + std::to_string(out.size()) + "]";
      DemoGrammar::Named one;
      ObjectReader reader(entry, here);
      reader.require("name", one.name).read("phrases", one.phrases);
      WORDSIGHT_CHECK(reader.finish());
      WORDSIGHT_CHECK(checkText(one.name, here + ": the name"));
      WORDSIGHT_CHECK(checkTexts(one.phrases, here + ": \"phrases\""));
      if (!index.emplace(one.name, out.size()).second)
        return fail(here + ": the name \"" + one.name + "\" is there twice.");
      out.push_back(std::move(one));
    }
    return {};
  }

  Status captions(ObjectReader& in) {
    const Json* member = in.member("captions");
    if (!member) return fail(what + ": \"captions\" is missing.");
    ObjectReader reader(*member, what + ": captions");
    reader.read("one_sentence", grammar.m_oneSentence)
        .read("two_sentences", grammar.m_twoSentences);
    WORDSIGHT_CHECK(reader.finish());
    for (const auto* list : {&grammar.m_oneSentence, &grammar.m_twoSentences}) {
      WORDSIGHT_CHECK(checkTexts(*list, what + ": captions"));
      for (const auto& text : *list) WORDSIGHT_CHECK(checkTemplate(text, what));
    }
    return {};
  }

  /// Two options that read alike could stand in one item, and one of them would be the key.
  Status checkOptions() const {
    std::set<std::string> seen;
    const auto add = [&](const std::vector<std::string>& texts) -> Status {
      for (const auto& text : texts)
        if (!seen.insert(normalisedOption(text)).second)
          return fail(what + ": the option \"" + text + "\" is there twice.");
      return {};
    };
    for (const auto& action : grammar.m_actions) WORDSIGHT_CHECK(add(action.phrases));
    WORDSIGHT_CHECK(add(grammar.m_none));
    WORDSIGHT_CHECK(add(grammar.m_unwise));
    if (grammar.m_actions.size() < kLeastActions)
      return fail(what + ": at least " + std::to_string(kLeastActions) + " actions are needed.");
    return {};
  }

  Status event(const Json& entry, const std::string& here) {
    DemoGrammar::Event one;
    std::vector<std::string> inPlaces, byActors;
    ObjectReader reader(entry, here);
    reader.require("name", one.name)
        .require("reason", one.reason)
        .require("category", one.category)
        .read("phrases", one.phrases)
        .read("places", inPlaces)
        .read("actors", byActors);
    const Json* action = reader.member("action");
    WORDSIGHT_CHECK(reader.finish());
    for (const auto* text : {&one.name, &one.reason, &one.category})
      WORDSIGHT_CHECK(checkText(*text, here + ": a text"));
    WORDSIGHT_CHECK(checkTexts(one.phrases, here + ": \"phrases\""));
    WORDSIGHT_CHECK(checkTexts(inPlaces, here + ": \"places\""));
    WORDSIGHT_CHECK(checkTexts(byActors, here + ": \"actors\""));
    if (!action || !(action->is_null() || action->is_string()))
      return fail(here + ": \"action\" must be an action's name, or null where none is needed.");
    if (action->is_string()) {
      WORDSIGHT_TRY(const auto at,
                    lookUp(actions, action->get<std::string>(), here + ": \"action\""));
      one.action = static_cast<int>(at);
    }
    std::set<std::pair<std::size_t, std::size_t>> scenes;
    for (const auto& place : inPlaces)
      for (const auto& actor : byActors) {
        WORDSIGHT_TRY(const auto p, lookUp(places, place, here + ": a place"));
        WORDSIGHT_TRY(const auto a, lookUp(actors, actor, here + ": an actor"));
        if (!scenes.emplace(p, a).second)
          return fail(here + ": a place or an actor is there twice.");
        if (!grammar.heldOut(one.name, place, actor)) one.scenes.emplace_back(p, a);
      }
    if (one.scenes.empty())
      return fail(here + ": all its scenes are held out, so none is left to draw.");
    if (!events.emplace(one.name, grammar.m_events.size()).second)
      return fail(here + ": the name \"" + one.name + "\" is there twice.");
    grammar.m_events.push_back(std::move(one));
    return {};
  }

  Status heldOutTriples(ObjectReader& in) {
    const Json* list = in.member("held_out");
    if (!list || !list->is_array() || list->size() > kMostHeldOut)
      return fail(what + ": \"held_out\" must be a list of [event, place, actor].");
    for (const auto& entry : *list) {
      const bool good =
          entry.is_array() && entry.size() == 3 &&
          std::all_of(entry.begin(), entry.end(), [](const Json& x) { return x.is_string(); });
      const std::string key = good ? entry[0].get<std::string>() + "\n" +
                                         entry[1].get<std::string>() + "\n" +
                                         entry[2].get<std::string>()
                                   : std::string();
      if (!good || !heldOut.insert(key).second)
        return fail(what + ": held_out[" + std::to_string(&entry - &(*list)[0]) +
                    "] must be three names [event, place, actor], each triple once.");
    }
    grammar.m_heldOut.assign(heldOut.begin(), heldOut.end());
    return {};
  }

  /// A misspelt name would silently let a held-out scene into the training data.
  Status checkHeldOut() const {
    for (const auto& key : grammar.m_heldOut) {
      const auto first = key.find('\n'), second = key.find('\n', first + 1);
      const std::string here = what + ": a name in \"held_out\"";
      WORDSIGHT_CHECK(lookUp(events, key.substr(0, first), here));
      WORDSIGHT_CHECK(lookUp(places, key.substr(first + 1, second - first - 1), here));
      WORDSIGHT_CHECK(lookUp(actors, key.substr(second + 1), here));
    }
    return {};
  }

  Status read(const Json& json) {
    ObjectReader in(json, what);
    std::string format;
    int version = 0;
    in.require("format", format).read("version", version, 1, 1);
    in.require("question", grammar.m_question)
        .read("none", grammar.m_none)
        .read("unwise", grammar.m_unwise);
    WORDSIGHT_CHECK(in.finish(true));
    if (format != "wordsight-demo-grammar" || version != 1)
      return fail(what + " is not a demo grammar of version 1 (\"format\", \"version\").");
    WORDSIGHT_CHECK(captions(in));
    WORDSIGHT_CHECK(named(in, "places", grammar.m_places, places));
    WORDSIGHT_CHECK(named(in, "actors", grammar.m_actors, actors));
    WORDSIGHT_CHECK(named(in, "weathers", grammar.m_weathers, weathers));
    WORDSIGHT_CHECK(named(in, "actions", grammar.m_actions, actions));
    WORDSIGHT_CHECK(heldOutTriples(in));
    WORDSIGHT_TRY(const Json* list, listOf(in, "events", what));
    WORDSIGHT_CHECK(in.finish());
    WORDSIGHT_CHECK(checkText(grammar.m_question, what + ": \"question\""));
    WORDSIGHT_CHECK(checkTexts(grammar.m_none, what + ": \"none\""));
    WORDSIGHT_CHECK(checkTexts(grammar.m_unwise, what + ": \"unwise\""));
    WORDSIGHT_CHECK(checkOptions());
    for (const auto& entry : *list)
      WORDSIGHT_CHECK(
          event(entry, what + ": events[" + std::to_string(grammar.m_events.size()) + "]"));
    return checkHeldOut();
  }
};

Result<DemoGrammar> DemoGrammar::fromJson(std::string_view text, const std::string& what) {
  if (text.size() > kMostBytes) return fail(what + " is larger than 4 MiB: not a demo grammar.");
  WORDSIGHT_TRY(const auto json, parseJson(text, what));
  DemoGrammarReader reader;
  reader.what = what;
  WORDSIGHT_CHECK(reader.read(json));
  reader.grammar.m_hash = sha256Hex(text);
  return std::move(reader.grammar);
}

}  // namespace wordsight::synth
