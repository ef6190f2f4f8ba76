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

SetReport checkSet(std::span<const ScenarioContent> contents) {
  SetReport report;
  report.items = contents.size();
  std::map<std::string, std::size_t> findings;
  std::unordered_map<std::string, std::vector<std::size_t>> byText;
  std::vector<std::size_t> situation, question, option, rationale;
  for (std::size_t i = 0; i < contents.size(); ++i) {
    const ScenarioContent& content = contents[i];
    bool error = false, warned = false;
    std::set<std::string> codes;  // an item counts once for each code
    for (auto& finding : checkItem(content)) {
      (finding.severity == Severity::Error ? error : warned) = true;
      codes.insert(std::move(finding.code));
    }
    for (const auto& code : codes) ++findings[code];
    report.withErrors += error;
    report.withWarnings += warned;
    byText[duplicateKey(content)].push_back(i);
    situation.push_back(characterCount(content.situation));
    question.push_back(characterCount(content.question));
    rationale.push_back(characterCount(content.rationale));
    for (const auto& text : content.options) option.push_back(characterCount(text));
    const std::size_t options = content.options.size();
    if (content.key < 0 || content.key >= static_cast<int>(options) || options > kMaxOptions)
      continue;
    ++report.withKey;
    ++report.letterCounts[static_cast<std::size_t>(content.key)];
    for (std::size_t j = 0; j < options; ++j)
      report.letterExpected[j] += 1 / static_cast<double>(options);
    keyLength(content, report);
  }
  letterBalance(report);
  for (auto& [text, group] : byText) {
    if (group.size() < 2) continue;
    std::set<std::string> keys;  // what they call right, whatever its letter
    for (const std::size_t i : group)
      if (const auto& c = contents[i]; c.key >= 0 && c.key < static_cast<int>(c.options.size()))
        keys.insert(normalisedOption(c.options[static_cast<std::size_t>(c.key)]));
    if (keys.size() > 1) report.conflicts.push_back(group);
    report.duplicates.push_back(std::move(group));
  }
  std::sort(report.duplicates.begin(), report.duplicates.end());
  std::sort(report.conflicts.begin(), report.conflicts.end());
  report.situation = statistics(std::move(situation));
  report.question = statistics(std::move(question));
  report.option = statistics(std::move(option));
  report.rationale = statistics(std::move(rationale));
  report.findings.assign(findings.begin(), findings.end());
  return report;
}

Json toJson(const SetReport& report) {
  Json json;
  json["items"] = report.items;
  json["with_key"] = report.withKey;
  json["with_errors"] = report.withErrors;
  json["with_warnings"] = report.withWarnings;
  Json letters = Json::object();
  for (std::size_t i = 0; i < report.letterCounts.size(); ++i)
    if (report.letterExpected[i] > 0)
      letters[std::string(1, letterOf(static_cast<int>(i)))] = report.letterCounts[i];
  json["letters"] = std::move(letters);
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
  Json findings = Json::object();
  for (const auto& [code, count] : report.findings) findings[code] = count;
  json["findings"] = std::move(findings);
  return json;
}

}  // namespace wordsight::curate
