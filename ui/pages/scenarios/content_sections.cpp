#include "pages/scenarios/content_sections.h"

#include <QCoreApplication>

#include "bridge/format.h"

namespace wordsight::ui {

namespace {

// A field is shown up to 20,000 characters; what is far longer is not converted.
constexpr std::size_t kMostBytes = 4 * 20'000 + 4;

struct ContentSections {
  Q_DECLARE_TR_FUNCTIONS(ContentSections)
};

QString shown(const std::string& text) {
  return toQt(std::string_view(text).substr(0, kMostBytes));
}

}  // namespace

std::vector<WordDiff::Section> contentSections(const ScenarioContent& before,
                                               const ScenarioContent& after) {
  return {
      {ContentSections::tr("Situation"), shown(before.situation), shown(after.situation)},
      {ContentSections::tr("Question"), shown(before.question), shown(after.question)},
      {ContentSections::tr("Options"), shown(numberedOptions(before.options)),
       shown(numberedOptions(after.options))},
      {ContentSections::tr("Key"), letterText(before.key), letterText(after.key)},
      {ContentSections::tr("Rationale"), shown(before.rationale), shown(after.rationale)},
      {ContentSections::tr("Category"), shown(before.category), shown(after.category)},
      {ContentSections::tr("Doing nothing"), letterText(before.nonIntervention),
       letterText(after.nonIntervention)},
  };
}

}  // namespace wordsight::ui
