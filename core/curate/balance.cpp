#include "curate/balance.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <map>
#include <numeric>

#include "base/random.h"
#include "base/utf8.h"
#include "curate/checks.h"

namespace wordsight::curate {
namespace {

std::vector<std::size_t> identity(std::size_t n) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

bool keyUsable(const ScenarioContent& content) {
  return content.options.size() >= 2 && content.options.size() <= kMaxOptions && content.key >= 0 &&
         content.key < static_cast<int>(content.options.size());
}

/// How many of `total` each share gets: rounded down, and what is left to the largest remainders.
std::vector<std::size_t> wholeSizes(const std::vector<SplitShare>& shares, std::size_t total) {
  std::vector<std::size_t> sizes;
  std::vector<std::pair<double, std::size_t>> remainders;
  std::size_t given = 0;
  for (std::size_t s = 0; s < shares.size(); ++s) {
    const double exact = shares[s].fraction * static_cast<double>(total);
    // 0.9 × 10 is 9 only up to rounding: without the tiny amount the largest remainder goes astray.
    sizes.push_back(static_cast<std::size_t>(std::floor(exact + 1e-9)));
    remainders.emplace_back(-(exact - static_cast<double>(sizes.back())), s);
    given += sizes.back();
  }
  std::sort(remainders.begin(), remainders.end());
  for (std::size_t i = 0; given < total; ++i, ++given)
    ++sizes[remainders[i % shares.size()].second];
  return sizes;
}

}  // namespace

std::vector<std::vector<std::size_t>> reshuffleForBalance(std::span<const ScenarioContent> contents,
                                                          std::uint64_t seed,
                                                          const std::vector<bool>& fixed) {
  std::vector<std::vector<std::size_t>> orders;
  std::map<std::size_t, std::vector<std::size_t>> byOptions;  // number of options → items
  std::map<std::size_t, std::vector<std::size_t>> taken;      // how often each letter is fixed
  for (std::size_t i = 0; i < contents.size(); ++i) {
    const std::size_t options = contents[i].options.size();
    orders.push_back(identity(options));
    if (!keyUsable(contents[i])) continue;
    auto& letters = taken[options];
    letters.resize(options);
    if (i < fixed.size() && fixed[i])
      ++letters[static_cast<std::size_t>(contents[i].key)];
    else
      byOptions[options].push_back(i);
  }
  Random random(seed, "balance");
  for (const auto& [options, items] : byOptions) {
    // Each letter as often as every other; which ones are one ahead is by chance too.
    std::vector<std::size_t> letters, first = random.permutation(options);
    auto& counts = taken[options];
    for (std::size_t k = 0; k < items.size(); ++k) {
      letters.push_back(*std::min_element(first.begin(), first.end(), [&](auto a, auto b) {
        return counts[a] < counts[b];  // the first of the rarest
      }));
      ++counts[letters.back()];
    }
    random.shuffle(letters);
    for (std::size_t k = 0; k < items.size(); ++k) {
      const auto key = static_cast<std::size_t>(contents[items[k]].key);
      auto& order = orders[items[k]];
      order.erase(order.begin() + static_cast<std::ptrdiff_t>(key));
      random.shuffle(order);
      order.insert(order.begin() + static_cast<std::ptrdiff_t>(letters[k]), key);
    }
  }
  return orders;
}

std::vector<ScenarioContent> shuffledControl(std::vector<ScenarioContent> contents,
                                             std::uint64_t seed) {
  Random random(seed, "control");
  std::vector<std::string> rationales;
  for (auto& content : contents) rationales.push_back(std::move(content.rationale));
  random.shuffle(rationales);
  for (std::size_t i = 0; i < contents.size(); ++i) {
    contents[i].rationale = std::move(rationales[i]);
    if (!contents[i].options.empty())
      contents[i].key = static_cast<int>(random.below(contents[i].options.size()));
  }
  return contents;
}

Result<std::vector<SplitShare>> splitSharesFromText(std::string_view text) {
  const std::string whole(text);
  std::vector<SplitShare> shares;
  double sum = 0;
  for (bool more = true; more;) {
    const auto comma = text.find(',');
    more = comma != std::string_view::npos;
    const auto part = trimmed(text.substr(0, comma));
    if (more) text.remove_prefix(comma + 1);
    const auto equals = part.find('=');
    const auto name = trimmed(part.substr(0, equals));
    const std::string number(equals == std::string_view::npos ? std::string_view()
                                                              : trimmed(part.substr(equals + 1)));
    char* end = nullptr;
    const double fraction = std::strtod(number.c_str(), &end);
    const bool nameGood =
        !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
          return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_';
        });
    if (!nameGood || number.empty() || *end != '\0' || !(fraction > 0 && fraction <= 1))
      return fail("The split \"" + whole + "\" is not understood at \"" + std::string(part) +
                  "\": write it as train=0.9,eval=0.1.");
    for (const auto& other : shares)
      if (other.name == name)
        return fail("The split \"" + whole + "\" names \"" + std::string(name) + "\" twice.");
    shares.push_back({std::string(name), fraction});
    sum += fraction;
  }
  if (std::abs(sum - 1) > 1e-6)
    return fail("The fractions of the split \"" + whole + "\" sum to " + std::to_string(sum) +
                ": they must sum to 1.");
  return shares;
}

Result<std::vector<std::size_t>> splitBySituation(std::span<const ScenarioContent> contents,
                                                  const std::vector<SplitShare>& shares,
                                                  std::uint64_t seed) {
  if (shares.empty()) return fail("A split needs at least one share, such as train=1.");
  std::map<std::string, std::vector<std::size_t>> bySituation;  // sorted: input order is forgotten
  for (std::size_t i = 0; i < contents.size(); ++i)
    bySituation[situationKey(contents[i])].push_back(i);
  std::vector<const std::vector<std::size_t>*> groups;
  for (const auto& [key, group] : bySituation) groups.push_back(&group);
  Random random(seed, "split");
  random.shuffle(groups);
  // Large groups first, while every share still has room; ties keep the random order.
  std::stable_sort(groups.begin(), groups.end(),
                   [](const auto* a, const auto* b) { return a->size() > b->size(); });

  const auto wanted = wholeSizes(shares, contents.size());
  std::vector<std::ptrdiff_t> room(wanted.begin(), wanted.end());
  std::vector<std::size_t> out(contents.size()), sizes(shares.size());
  for (const auto* group : groups) {
    const auto most =
        static_cast<std::size_t>(std::max_element(room.begin(), room.end()) - room.begin());
    room[most] -= static_cast<std::ptrdiff_t>(group->size());
    sizes[most] += group->size();
    for (const std::size_t i : *group) out[i] = most;
  }
  for (std::size_t s = 0; s < shares.size(); ++s)
    if (sizes[s] == 0)
      return fail("The share \"" + shares[s].name + "\" of the split would be empty: " +
                  std::to_string(contents.size()) + " scenarios with " +
                  std::to_string(groups.size()) + " different situations are too few.");
  return out;
}

}  // namespace wordsight::curate
