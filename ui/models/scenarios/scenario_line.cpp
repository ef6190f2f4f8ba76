#include "models/scenarios/scenario_line.h"

#include <QCoreApplication>
#include <QHash>

#include "bridge/format.h"

namespace wordsight::ui {

namespace {

// Of a column some 300 characters wide on the widest screens; more would only fill the memory.
constexpr int kMostCharacters = 400;

struct ScenarioWords {
  Q_DECLARE_TR_FUNCTIONS(ScenarioWords)
};

QString beginning(const std::string& text) {
  // Four bytes a character at most.
  const QString start = toQt(std::string_view(text).substr(0, 4 * kMostCharacters));
  return start.left(kMostCharacters).simplified();
}

}  // namespace

ScenarioLine lineOf(const store::ScenarioRow& row) {
  const Scenario& scenario = row.scenario;
  ScenarioLine line;
  line.id = scenario.id;
  line.revision = scenario.revision;
  line.status = scenario.status;
  line.situation = beginning(scenario.content.situation);
  line.key = letterText(scenario.content.key);
  line.options = static_cast<int>(scenario.content.options.size());
  line.strategy = toQt(scenario.provenance.strategy);
  line.category = beginning(scenario.content.category);
  line.generator = toQt(scenario.provenance.generator);
  line.issues = row.issues;
  for (const auto& code : row.issueCodes) line.issueCodes.append(toQt(code));
  line.changedAt = scenario.changedAt;
  return line;
}

QString issueTitle(const QString& code) {
  static const QHash<QString, const char*> titles = {
      {QStringLiteral("key-missing"), QT_TRANSLATE_NOOP("ScenarioWords", "No key")},
      {QStringLiteral("key-range"), QT_TRANSLATE_NOOP("ScenarioWords", "Key is no option")},
      {QStringLiteral("key-longest"), QT_TRANSLATE_NOOP("ScenarioWords", "Key much longer")},
      {QStringLiteral("option-count"), QT_TRANSLATE_NOOP("ScenarioWords", "Number of options")},
      {QStringLiteral("option-equal"), QT_TRANSLATE_NOOP("ScenarioWords", "Options alike")},
      {QStringLiteral("option-empty"), QT_TRANSLATE_NOOP("ScenarioWords", "Empty option")},
      {QStringLiteral("option-letter"), QT_TRANSLATE_NOOP("ScenarioWords", "Letter in option")},
      {QStringLiteral("situation-empty"), QT_TRANSLATE_NOOP("ScenarioWords", "No situation")},
      {QStringLiteral("question-empty"), QT_TRANSLATE_NOOP("ScenarioWords", "No question")},
      {QStringLiteral("rationale-empty"), QT_TRANSLATE_NOOP("ScenarioWords", "No rationale")},
      {QStringLiteral("rationale-letter"),
       QT_TRANSLATE_NOOP("ScenarioWords", "Rationale names another letter")},
      {QStringLiteral("none-range"),
       QT_TRANSLATE_NOOP("ScenarioWords", "Doing nothing is no option")},
      {QStringLiteral("duplicate"), QT_TRANSLATE_NOOP("ScenarioWords", "Duplicate")},
      {QStringLiteral("near-duplicate"), QT_TRANSLATE_NOOP("ScenarioWords", "Nearly the same")},
      {QStringLiteral("conflict"), QT_TRANSLATE_NOOP("ScenarioWords", "Same text, other key")},
      {QStringLiteral("benchmark-overlap"),
       QT_TRANSLATE_NOOP("ScenarioWords", "Overlaps the benchmark")},
      {QStringLiteral("private-data"), QT_TRANSLATE_NOOP("ScenarioWords", "Private data")},
  };
  const auto found = titles.constFind(code);
  return found == titles.constEnd() ? code : ScenarioWords::tr(*found);
}

QString statusTitle(ReviewStatus status) {
  switch (status) {
    case ReviewStatus::Accepted:
      return ScenarioWords::tr("Accepted");
    case ReviewStatus::Rejected:
      return ScenarioWords::tr("Rejected");
    case ReviewStatus::Undecided:
      break;
  }
  return ScenarioWords::tr("Undecided");
}

QString strategyTitle(const QString& strategy) {
  static const QHash<QString, const char*> titles = {
      {QString(), QT_TRANSLATE_NOOP("ScenarioWords", "None")},
      {QStringLiteral("complexity"), QT_TRANSLATE_NOOP("ScenarioWords", "Complexity")},
      {QStringLiteral("context"), QT_TRANSLATE_NOOP("ScenarioWords", "Context")},
      {QStringLiteral("challenge"), QT_TRANSLATE_NOOP("ScenarioWords", "Challenge")},
      {QStringLiteral("reverse"), QT_TRANSLATE_NOOP("ScenarioWords", "Reverse")},
      {QStringLiteral("imported"), QT_TRANSLATE_NOOP("ScenarioWords", "Imported")},
  };
  const auto found = titles.constFind(strategy);
  return found == titles.constEnd() ? strategy : ScenarioWords::tr(*found);
}

QString generatorTitle(const QString& generator) {
  if (generator.isEmpty()) return ScenarioWords::tr("Unknown");
  if (generator == QLatin1String("demo")) return ScenarioWords::tr("Demo");
  if (generator == QLatin1String("person")) return ScenarioWords::tr("Person");
  if (generator.startsWith(QLatin1String("file:"))) return generator.mid(5);
  if (!generator.startsWith(QLatin1String("local:"))) return generator;
  QString path = generator.mid(6);
  while (path.endsWith(u'/')) path.chop(1);
  const QString name = path.section(u'/', -1);
  return name.isEmpty() ? generator : name;
}

}  // namespace wordsight::ui
