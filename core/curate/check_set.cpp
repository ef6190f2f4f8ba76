#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "curate/checks.h"
#include "domain/scenario_text.h"

namespace wordsight::curate {
namespace {

constexpr double kBalanceLevel = 0.01;  // below this p-value the letters are called unbalanced

LengthStatistics statistics(std::vector<std::size_t> lengths) {
  LengthStatistics out;
  if (lengths.empty()) return out;
  std::sort(lengths.begin(), lengths.end());
  const std::size_t n = lengths.size();
  out.least = lengths.front();
  out.most = lengths.back();
  double sum = 0;
  for (const std::size_t length : lengths) sum += static_cast<double>(length);
  out.mean = sum / static_cast<double>(n);
  out.median = static_cast<double>(lengths[(n - 1) / 2] + lengths[n / 2]) / 2;
  return out;
}

/// Twelve bars over all but the longest hundredth, so that one long option flattens nothing.
LengthBars bars(const std::vector<std::size_t>& key, const std::vector<std::size_t>& others) {
  constexpr std::size_t kBars = 12;
  LengthBars out;
  out.key.assign(kBars, 0);
  out.others.assign(kBars, 0);
  std::vector<std::size_t> all = key;
  all.insert(all.end(), others.begin(), others.end());
  if (all.empty()) return out;
  const auto place = static_cast<std::ptrdiff_t>((all.size() - 1) * 99 / 100);
  std::nth_element(all.begin(), all.begin() + place, all.end());
  out.width = std::max<std::size_t>(1, (all[static_cast<std::size_t>(place)] + kBars) / kBars);
  for (const std::size_t length : key) ++out.key[std::min(length / out.width, kBars - 1)];
  for (const std::size_t length : others) ++out.others[std::min(length / out.width, kBars - 1)];
  return out;
}

Json toJson(const LengthStatistics& s) {
  Json json;
  json["least"] = s.least;
  json["median"] = s.median;
  json["mean"] = s.mean;
  json["most"] = s.most;
  return json;
}

void letterBalance(SetReport& report) {
  int letters = 0;
  for (std::size_t i = 0; i < report.letterExpected.size(); ++i) {
    const double expected = report.letterExpected[i];
    if (expected <= 0) continue;
    ++letters;
    const double off = static_cast<double>(report.letterCounts[i]) - expected;
    report.chiSquare += off * off / expected;
  }
  if (letters > 1) report.pValue = chiSquareTail(report.chiSquare, letters - 1);
  report.letterBalanced = report.pValue >= kBalanceLevel;
}

/// Whether the key is alone at the extreme of length.
void keyLength(const ScenarioContent& content, SetReport& report) {
  const std::size_t own = characterCount(content.options[static_cast<std::size_t>(content.key)]);
  bool longest = true, shortest = true;
  for (std::size_t i = 0; i < content.options.size(); ++i) {
    if (static_cast<int>(i) == content.key) continue;
    const std::size_t other = characterCount(content.options[i]);
    longest = longest && own > other;
    shortest = shortest && own < other;
  }
  report.keyLongest += longest;
  report.keyShortest += shortest;
}

/// Upper regularised incomplete gamma function Q(a, x) by its continued fraction, evaluated from
/// the front after Lentz; converges fast for x > a + 1 (Abramowitz and Stegun 6.5.31).
double gammaTailFraction(double a, double x) {
  constexpr double kTiny = 1e-300;
  double b = x + 1 - a, c = 1 / kTiny, d = 1 / b, value = d;
  for (int i = 1; i < 1000; ++i) {
    const double an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (std::abs(d) < kTiny) d = kTiny;
    c = b + an / c;
    if (std::abs(c) < kTiny) c = kTiny;
    d = 1 / d;
    value *= d * c;
    if (std::abs(d * c - 1) < 1e-15) break;
  }
  return std::exp(-x + a * std::log(x) - std::lgamma(a)) * value;
}

/// Lower regularised incomplete gamma function P(a, x) by its series (Abramowitz and
/// Stegun 6.5.29).
double gammaHeadSeries(double a, double x) {
  double term = 1 / a, sum = term;
  for (int i = 1; i < 10000; ++i) {
    term *= x / (a + i);
    sum += term;
    if (term < sum * 1e-16) break;
  }
  return std::exp(-x + a * std::log(x) - std::lgamma(a)) * sum;
}

}  // namespace

double chiSquareTail(double x, int degrees) {
  if (degrees < 1 || !(x > 0)) return 1;
  const double a = degrees / 2.0, half = x / 2;
  return half > a + 1 ? gammaTailFraction(a, half) : 1 - gammaHeadSeries(a, half);
}

struct SetChecker::State {
  struct Group {
    std::vector<std::size_t> items;
    std::set<std::string> keys;  // what they call right, whatever its letter
  };
  SetReport report;
  std::map<std::string, std::size_t> findings;
  std::unordered_map<std::string, Group> byText;
  std::vector<std::size_t> situation, question, option, rationale, keyOption, otherOption;

  void addKey(const ScenarioContent& content, Group& group) {
    const std::size_t options = content.options.size();
    if (content.key < 0 || content.key >= static_cast<int>(options) || options > kMaxOptions)
      return;
    const auto key = static_cast<std::size_t>(content.key);
    group.keys.insert(normalisedOption(content.options[key]));
    ++report.withKey;
    ++report.letterCounts[key];
    for (std::size_t j = 0; j < options; ++j) {
      report.letterExpected[j] += 1 / static_cast<double>(options);
      (j == key ? keyOption : otherOption).push_back(characterCount(content.options[j]));
    }
    keyLength(content, report);
  }
};

SetChecker::SetChecker() : m_state(std::make_unique<State>()) {}
SetChecker::~SetChecker() = default;

void SetChecker::add(const ScenarioContent& content, const std::vector<Finding>& findings) {
  State& s = *m_state;
  const std::size_t index = s.report.items++;
  bool error = false, warned = false;
  std::set<std::string> codes;  // an item counts once for each code
  for (const auto& finding : findings) {
    (finding.severity == Severity::Error ? error : warned) = true;
    codes.insert(finding.code);
  }
  for (const auto& code : codes) ++s.findings[code];
  s.report.withErrors += error;
  s.report.withWarnings += warned;
  auto& group = s.byText[duplicateKey(content)];
  group.items.push_back(index);
  s.situation.push_back(characterCount(content.situation));
  s.question.push_back(characterCount(content.question));
  s.rationale.push_back(characterCount(content.rationale));
  for (const auto& text : content.options) s.option.push_back(characterCount(text));
  s.addKey(content, group);
}

SetReport SetChecker::finish() {
  State& s = *m_state;
  SetReport& report = s.report;
  letterBalance(report);
  for (auto& [text, group] : s.byText) {
    if (group.items.size() < 2) continue;
    if (group.keys.size() > 1) report.conflicts.push_back(group.items);
    report.duplicates.push_back(std::move(group.items));
  }
  std::sort(report.duplicates.begin(), report.duplicates.end());
  std::sort(report.conflicts.begin(), report.conflicts.end());
  report.optionBars = bars(s.keyOption, s.otherOption);
  report.situation = statistics(std::move(s.situation));
  report.question = statistics(std::move(s.question));
  report.option = statistics(std::move(s.option));
  report.rationale = statistics(std::move(s.rationale));
  report.findings.assign(s.findings.begin(), s.findings.end());
  return std::move(report);
}

SetReport checkSet(std::span<const ScenarioContent> contents) {
  SetChecker checker;
  for (const auto& content : contents) checker.add(content, checkItem(content));
  return checker.finish();
}

Json toJson(const SetReport& report) {
  Json json;
  json["items"] = report.items;
  json["with_key"] = report.withKey;
  json["with_errors"] = report.withErrors;
  json["with_warnings"] = report.withWarnings;
  Json letters = Json::object(), expected = Json::object();
  for (std::size_t i = 0; i < report.letterCounts.size(); ++i) {
    if (report.letterExpected[i] <= 0) continue;
    const std::string letter(1, letterOf(static_cast<int>(i)));
    letters[letter] = report.letterCounts[i];
    expected[letter] = report.letterExpected[i];
  }
  json["letters"] = std::move(letters);
  json["letters_expected"] = std::move(expected);
  json["chi_square"] = report.chiSquare;
  json["p_value"] = report.pValue;
  json["letters_balanced"] = report.letterBalanced;
  json["key_longest"] = report.keyLongest;
  json["key_shortest"] = report.keyShortest;
  json["duplicate_groups"] = report.duplicates.size();
  json["conflicting_groups"] = report.conflicts.size();
  Json lengths;
  lengths["situation"] = toJson(report.situation);
  lengths["question"] = toJson(report.question);
  lengths["option"] = toJson(report.option);
  lengths["rationale"] = toJson(report.rationale);
  json["characters"] = std::move(lengths);
  json["option_lengths"] = Json{{"width", report.optionBars.width},
                                {"key", report.optionBars.key},
                                {"others", report.optionBars.others}};
  Json findings = Json::object();
  for (const auto& [code, count] : report.findings) findings[code] = count;
  json["findings"] = std::move(findings);
  return json;
}

}  // namespace wordsight::curate
