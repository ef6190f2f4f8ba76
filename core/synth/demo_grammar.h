#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "domain/scenario.h"
#include "synth/strategy.h"

namespace wordsight::synth {

/// The demo world's grammar (resources/demo/grammar.json): everyday events told by templates, each
/// with one best action. It writes training scenarios and never a scene whose (event, place, actor)
/// is held out for the test pictures. Immutable after fromJson(); may be used from several threads.
///
/// What a strategy means here, as far as templates can follow it:
///   complexity  told in two sentences                        one item in three has an unwise
///   option context     told as notes, facts in any order            one item in three has an
///   unwise option challenge   one sentence, every wrong option right somewhere else reverse one
///   sentence, made from an action back to an event, always with an unwise option
/// Drawn 2 : 5 : 2 : 1 these four give exactly the distribution that the demo model's recipe was
/// tuned on (half notes; five sentence templates alike; one item in three with an unwise option):
/// that is the mix.
class DemoGrammar {
 public:
  /// Checks everything before it is used: sizes, references between the lists, placeholders of
  /// templates, and that each event has a scene left to draw. `what` names the source in errors.
  static Result<DemoGrammar> fromJson(std::string_view text,
                                      const std::string& what = "grammar.json");

  struct Item {
    ScenarioContent content;
    Strategy strategy = Strategy::Context;  // the one it was drawn with
    std::string event, place, actor;        // its scene
  };
  /// The index-th item of a series: events in turn, and in the mix (no strategy given) the
  /// strategies 2:5:2:1 in each ten. Depends on (strategy, seed, index) only, so that a series can
  /// go on where it stopped.
  Item item(std::optional<Strategy> strategy, std::uint64_t seed, std::uint64_t index) const;
  /// One item with event and (in the mix) strategy by chance.
  ScenarioContent sample(std::optional<Strategy> strategy, Random& random) const;

  std::size_t eventCount() const { return m_events.size(); }
  bool heldOut(std::string_view event, std::string_view place, std::string_view actor) const;
  /// sha256 of the text it was made from: recorded as the prompt's hash.
  const std::string& hash() const { return m_hash; }

 private:
  struct Named {
    std::string name;
    std::vector<std::string> phrases;
  };
  struct Event {
    std::string name, reason, category;
    std::vector<std::string> phrases;
    int action = -1;  // into m_actions; -1: nothing needs to be done
    std::vector<std::pair<std::size_t, std::size_t>> scenes;  // (place, actor) that may be drawn
  };
  friend struct DemoGrammarReader;

  Item make(std::size_t event, Strategy strategy, std::size_t letter, Random& random) const;
  std::string tell(const Event& event, std::size_t place, std::size_t actor, Strategy strategy,
                   Random& random) const;
  std::vector<std::string> wrongOptions(const Event& event, const std::string& none,
                                        Strategy strategy, Random& random) const;

  std::string m_question, m_hash;
  std::vector<Named> m_places, m_actors, m_weathers, m_actions;
  std::vector<std::string> m_none, m_unwise;
  std::vector<std::string> m_oneSentence, m_twoSentences;  // with {who} {what} {where} {when}
  std::vector<Event> m_events;
  std::vector<std::string> m_heldOut;  // "event\nplace\nactor", sorted
};

}  // namespace wordsight::synth
