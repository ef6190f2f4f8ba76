#include "synth/demo_grammar.h"

#include <algorithm>
#include <array>

#include "domain/decision_prompt.h"

namespace wordsight::synth {
namespace {

constexpr std::size_t kOptions = 5;

/// Ten draws of the mix. With the forms and shares of unwise options in the header this is, as a
/// whole: half notes, a tenth for each of five sentence templates, and in each of them one item in
/// three with an unwise option (two sentences and notes by chance; of the three tenths told in one
/// sentence, the tenth from `reverse`).
constexpr std::array kMix = {Strategy::Context,    Strategy::Context,   Strategy::Context,
                             Strategy::Context,    Strategy::Context,   Strategy::Complexity,
                             Strategy::Complexity, Strategy::Challenge, Strategy::Challenge,
                             Strategy::Reverse};

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

/// Place `index` takes in a series that goes through 0 … n-1 in a new order each time.
std::size_t inTurn(std::uint64_t seed, const char* purpose, std::uint64_t index, std::size_t n) {
  Random order(seed, std::string(purpose) + " " + std::to_string(index / n));
  return order.permutation(n)[index % n];
}

}  // namespace

DemoGrammar::Item DemoGrammar::item(std::optional<Strategy> strategy, std::uint64_t seed,
                                    std::uint64_t index) const {
  Random random(seed, "item " + std::to_string(index));
  const std::size_t event = inTurn(seed, "events", index, m_events.size());
  const std::size_t letter = inTurn(seed, "letters", index, kOptions);
  const Strategy drawn =
      strategy ? *strategy : kMix[inTurn(seed, "strategies", index, kMix.size())];
  return make(event, drawn, letter, random);
}

ScenarioContent DemoGrammar::sample(std::optional<Strategy> strategy, Random& random) const {
  const std::size_t event = random.below(m_events.size());
  const Strategy drawn = strategy ? *strategy : kMix[random.below(kMix.size())];
  return make(event, drawn, random.below(kOptions), random).content;
}

bool DemoGrammar::heldOut(std::string_view event, std::string_view place,
                          std::string_view actor) const {
  std::string key(event);
  key.append("\n").append(place).append("\n").append(actor);
  return std::binary_search(m_heldOut.begin(), m_heldOut.end(), key);
}

DemoGrammar::Item DemoGrammar::make(std::size_t eventIndex, Strategy strategy, std::size_t letter,
                                    Random& random) const {
  if (strategy == Strategy::Reverse) {
    // From the action back: any event that it fits. Events in turn gave the action, so that the
    // share of each stays what it is in the other strategies.
    std::vector<std::size_t> fitting;
    for (std::size_t i = 0; i < m_events.size(); ++i)
      if (m_events[i].action == m_events[eventIndex].action) fitting.push_back(i);
    eventIndex = random.pick(fitting);
  }
  const Event& event = m_events[eventIndex];
  const auto [place, actor] = random.pick(event.scenes);
  const std::string none = random.pick(m_none);
  const std::string right =
      event.action < 0 ? none
                       : random.pick(m_actions[static_cast<std::size_t>(event.action)].phrases);

  Item item;
  item.strategy = strategy;
  item.event = event.name;
  item.place = m_places[place].name;
  item.actor = m_actors[actor].name;
  ScenarioContent& content = item.content;
  content.situation = tell(event, place, actor, strategy, random);
  content.question = m_question;
  content.options = wrongOptions(event, none, strategy, random);
  content.options.insert(content.options.begin() + static_cast<std::ptrdiff_t>(letter), right);
  content.key = static_cast<int>(letter);
  content.rationale = event.reason;
  content.category = event.category;
  const auto at = std::find(content.options.begin(), content.options.end(), none);
  content.nonIntervention = static_cast<int>(at - content.options.begin());
  return item;
}

std::string DemoGrammar::tell(const Event& event, std::size_t place, std::size_t actor,
                              Strategy strategy, Random& random) const {
  const std::string who = random.pick(m_actors[actor].phrases);
  const std::string where = random.pick(m_places[place].phrases);
  const std::string when = random.pick(random.pick(m_weathers).phrases);
  const std::string what = random.pick(event.phrases);
  if (strategy == Strategy::Context) {
    std::vector<std::string> facts = {who, where, when, what};
    random.shuffle(facts);
    std::string notes;
    for (const auto& fact : facts) notes += (notes.empty() ? "" : " ") + capital(fact) + ".";
    return notes;
  }
  const auto& templates = strategy == Strategy::Complexity ? m_twoSentences : m_oneSentence;
  const std::string bigWho = capital(who), bigWhere = capital(where), bigWhen = capital(when);
  return fillTemplate(random.pick(templates), {{"who", who},
                                               {"where", where},
                                               {"when", when},
                                               {"what", what},
                                               {"Who", bigWho},
                                               {"Where", bigWhere},
                                               {"When", bigWhen}});
}

std::vector<std::string> DemoGrammar::wrongOptions(const Event& event, const std::string& none,
                                                   Strategy strategy, Random& random) const {
  // Wrong options are right for other events, so that the options alone give nothing away.
  std::vector<std::size_t> others;
  for (std::size_t i = 0; i < m_actions.size(); ++i)
    if (static_cast<int>(i) != event.action) others.push_back(i);
  random.shuffle(others);
  std::vector<std::string> wrong;
  for (std::size_t i = 0; i + 1 < kOptions; ++i)
    wrong.push_back(random.pick(m_actions[others[i]].phrases));
  if (event.action >= 0) wrong.back() = none;
  const double share = strategy == Strategy::Challenge ? 0.0
                       : strategy == Strategy::Reverse ? 1.0
                                                       : 1.0 / 3;
  if (random.chance(share)) wrong.front() = random.pick(m_unwise);
  random.shuffle(wrong);
  return wrong;
}

}  // namespace wordsight::synth
