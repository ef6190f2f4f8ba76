#include "models/compare/comparison_text.h"

#include <QCoreApplication>
#include <cmath>

#include "bridge/format.h"

namespace wordsight::ui {

namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(Comparison)
};

// The level at which a difference is called one; after Holm's correction over all pairs shown.
constexpr double kLevel = 0.05;

QString equalsP(double p) {
  return p < 1e-12 ? QStringLiteral("< %1").arg(formatP(1e-12)) : QStringLiteral("= ") + formatP(p);
}

}  // namespace

QString ruleText(const std::string& rule) {
  if (rule == "logprob") return Text::tr("the letter with the highest probability");
  if (rule == "letter-only") return Text::tr("the answer is a letter and nothing else");
  if (rule == "answer-phrase") return Text::tr("the answer says so: “the answer is …”");
  if (rule == "letter-first") return Text::tr("the answer begins with the letter");
  if (rule == "option-text")
    return Text::tr("the answer contains this option's text, word for word");
  if (rule == "letter-mention") return Text::tr("the only letter that the answer names");
  if (rule == "ambiguous")
    return Text::tr("unclear: several options are named and nothing decides");
  if (rule == "none") return Text::tr("no option is named");
  if (rule == "empty") return Text::tr("the answer is empty");
  if (rule == "override") return Text::tr("decided by a person");
  if (rule == "mean-of-shifts") return Text::tr("the highest mean probability over all orders");
  if (rule == "majority-of-shifts") return Text::tr("chosen in most orders of the options");
  return rule.empty() ? Text::tr("not read yet") : toQt(rule);
}

QString transitionText(Transition transition) {
  switch (transition) {
    case Transition::RightToWrong:
      return Text::tr("right → wrong");
    case Transition::WrongToRight:
      return Text::tr("wrong → right");
    case Transition::BothRight:
      return Text::tr("both right");
    case Transition::BothWrong:
      return Text::tr("both wrong");
  }
  return {};
}

QString armText(Arm arm) {
  switch (arm) {
    case Arm::Image:
      return Text::tr("the picture, the question and the options");
    case Arm::Caption:
      return Text::tr("the situation as text, the question and the options");
    case Arm::Blind:
      return Text::tr("the question and the options only");
  }
  return {};
}

QString differenceText(const eval::Pair& pair) {
  if (!pair.intervalKnown) return Text::tr("%1 (…)").arg(formatPoints(pair.difference));
  return Text::tr("%1 (%2 to %3)")
      .arg(formatPoints(pair.difference), formatPoints(pair.interval.low),
           formatPoints(pair.interval.high));
}

QString pairSentence(const eval::Comparison& comparison, const eval::Pair& pair) {
  const QString first = toQt(comparison.cells[pair.first].name);
  const QString second = toQt(comparison.cells[pair.second].name);
  const QString n = formatCount(pair.pairs.n());
  if (pair.pairs.rw + pair.pairs.wr == 0)
    return Text::tr("%1 and %2 are right and wrong on the same %3 items: nothing differs.")
        .arg(first, second, n);
  const bool gained = pair.difference > 0;
  QString points = Text::tr("%1 points").arg(formatPoints(std::abs(pair.difference)));
  if (pair.intervalKnown) {
    const double low = gained ? pair.interval.low : -pair.interval.high;
    const double high = gained ? pair.interval.high : -pair.interval.low;
    points =
        Text::tr("%1 points (%2 to %3)")
            .arg(formatPoints(std::abs(pair.difference)), formatPoints(low), formatPoints(high));
  }
  if (pair.difference == 0)
    return Text::tr(
               "On the same %1 items %2 and %3 are right equally often, though not on the "
               "same ones.")
        .arg(n, first, second);
  const QString verdict =
      pair.pHolm < kLevel ? Text::tr("Chance alone would rarely do this.")
                          : Text::tr("That may be chance; nor does it show that they are equal.");
  return Text::tr("On the same %1 items %2 is right more often than %3: %4. %5")
      .arg(n, gained ? second : first, gained ? first : second, points, verdict);
}

QString pairDetails(const eval::Comparison& comparison, const eval::Pair& pair) {
  const auto tests = static_cast<int>(comparison.pairs.size());
  QString text = Text::tr("Exact McNemar test, two-sided: p %1").arg(equalsP(pair.p));
  if (tests > 1)
    text += u'\n' + Text::tr("corrected for %1 pairs (Holm): p %2")
                        .arg(formatCount(tests), equalsP(pair.pHolm));
  if (pair.intervalKnown) text += u'\n' + Text::tr("95 % interval: bootstrap over items");
  return text;
}

}  // namespace wordsight::ui
