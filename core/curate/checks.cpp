#include "curate/checks.h"

#include <algorithm>

#include "base/hash.h"
#include "base/utf8.h"
#include "domain/scenario_text.h"

namespace wordsight::curate {
namespace {

constexpr double kLongestRatio =
    1.5;  // key longer than every other option by this: it gives itself away

std::string letterText(int index) { return std::string(1, letterOf(index)); }

bool isBlank(std::string_view text) { return normalisedText(text).empty(); }

class ItemCheck {
 public:
  explicit ItemCheck(const ScenarioContent& content)
      : m_content(content), m_options(static_cast<int>(content.options.size())) {}

  std::vector<Finding> run() {
    texts();
    options();
    key();
    rationale();
    return std::move(m_findings);
  }

 private:
  void add(const char* code, Severity severity, const char* field, std::string message,
           std::string fix) {
    m_findings.push_back({code, severity, field, std::move(message), std::move(fix)});
  }
  void error(const char* code, const char* field, std::string message, std::string fix) {
    add(code, Severity::Error, field, std::move(message), std::move(fix));
  }
  void warning(const char* code, const char* field, std::string message, std::string fix) {
    add(code, Severity::Warning, field, std::move(message), std::move(fix));
  }
  bool keyInRange() const { return m_content.key >= 0 && m_content.key < m_options; }

  void texts() {
    if (isBlank(m_content.situation))
      error("situation-empty", "situation", "The situation is empty.",
            "Write what can be seen, or reject the item.");
    if (isBlank(m_content.question))
      warning("question-empty", "question", "The question is empty.",
              "Write one, or leave it: the decision prompt has a question of its own.");
    if (isBlank(m_content.rationale))
      warning("rationale-empty", "rationale", "The rationale is empty.",
              "Write why the key is right, or leave it: the answer is then learned without.");
  }

  void options() {
    if (m_options < 2 || m_options > kMaxOptions)
      error("option-count", "options",
            "There are " + std::to_string(m_options) + " options; 2 to " +
                std::to_string(kMaxOptions) + " are possible.",
            "Add options, or reject the item.");
    std::vector<std::string> texts;
    for (int i = 0; i < m_options; ++i) {
      const std::string& option = m_content.options[static_cast<std::size_t>(i)];
      texts.push_back(normalisedOption(option));
      if (texts.back().empty()) {
        error("option-empty", "options", "Option " + letterText(i) + " is empty.",
              "Write it or take it out.");
        continue;
      }
      if (withoutLetter(option, i) != trimmed(option))
        warning("option-letter", "options",
                "Option " + letterText(i) + " begins with its own letter, which is shown twice.",
                "Take the letter out of the text.");
      const auto same = std::find(texts.begin(), texts.end() - 1, texts.back());
      if (same != texts.end() - 1)
        error("option-equal", "options",
              "Options " + letterText(static_cast<int>(same - texts.begin())) + " and " +
                  letterText(i) + " say the same.",
              "Reword one of them.");
    }
    if (m_content.nonIntervention < -1 || m_content.nonIntervention >= m_options)
      error("none-range", "nonIntervention",
            "The option marked as doing nothing is not among the options.", "Mark another.");
  }

  void key() {
    if (m_content.key < 0)
      error("key-missing", "key", "No option is marked as right.", "Choose the key.");
    else if (!keyInRange())
      error("key-range", "key",
            "The key is " +
                (m_content.key < kMaxOptions ? letterText(m_content.key)
                                             : std::to_string(m_content.key)) +
                ", but there are only " + std::to_string(m_options) + " options.",
            "Choose another key.");
    if (!keyInRange() || m_options < 2) return;
    std::size_t longest = 1;
    for (int i = 0; i < m_options; ++i)
      if (i != m_content.key)
        longest = std::max(longest, characterCount(m_content.options[static_cast<std::size_t>(i)]));
    const std::size_t own =
        characterCount(m_content.options[static_cast<std::size_t>(m_content.key)]);
    if (static_cast<double>(own) > kLongestRatio * static_cast<double>(longest))
      warning("key-longest", "options",
              "The right option has " + std::to_string(own) +
                  " characters, the longest other one " + std::to_string(longest) +
                  ": its length gives it away.",
              "Shorten it or lengthen others.");
  }

  void rationale() {
    if (!keyInRange()) return;
    for (const int letter : lettersClaimedRight(m_content.rationale))
      if (letter != m_content.key)
        error("rationale-letter", "rationale",
              "The rationale calls " + letterText(letter) + " right, but the key is " +
                  letterText(m_content.key) + ".",
              "Correct the key or the rationale.");
  }

  const ScenarioContent& m_content;
  const int m_options;
  std::vector<Finding> m_findings;
};

}  // namespace

const std::vector<std::string>& findingCodes() {
  static const std::vector<std::string> codes = {
      "key-missing",   "key-range",       "option-count",   "option-equal",    "option-empty",
      "option-letter", "situation-empty", "question-empty", "rationale-empty", "rationale-letter",
      "key-longest",   "none-range",      "duplicate"};
  return codes;
}

std::vector<Finding> checkItem(const ScenarioContent& content) { return ItemCheck(content).run(); }

bool fitForTraining(const ScenarioContent& content) {
  const auto findings = checkItem(content);
  return std::none_of(findings.begin(), findings.end(),
                      [](const Finding& f) { return f.severity == Severity::Error; });
}

Json toJson(const Finding& finding) {
  Json json;
  json["code"] = finding.code;
  json["severity"] = finding.severity == Severity::Error ? "error" : "warning";
  json["field"] = finding.field;
  json["message"] = finding.message;
  if (!finding.fix.empty()) json["fix"] = finding.fix;
  return json;
}

std::string duplicateKey(const ScenarioContent& content) {
  Sha256 hash;
  const auto field = [&](const std::string& text) {
    hash.add(std::to_string(text.size()) + ":");
    hash.add(text);
  };
  field(normalisedText(content.situation));
  field(normalisedText(content.question));
  std::vector<std::string> options;
  for (const auto& option : content.options) options.push_back(normalisedOption(option));
  std::sort(options.begin(), options.end());
  for (const auto& option : options) field(option);
  return hash.hex();
}

std::string situationKey(const ScenarioContent& content) {
  return sha256Hex(normalisedText(content.situation));
}

}  // namespace wordsight::curate
