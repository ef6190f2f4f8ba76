#include "pages/compare/pair_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include "bridge/format.h"
#include "models/compare/comparison_text.h"
#include "widgets/icons.h"
#include "widgets/theme.h"
#include "widgets/transition_matrix.h"

namespace wordsight::ui {

namespace {

using Field = TransitionMatrix::Field;

Transition transitionOf(Field field) {
  switch (field) {
    case Field::BothRight:
      return Transition::BothRight;
    case Field::RightToWrong:
      return Transition::RightToWrong;
    case Field::WrongToRight:
      return Transition::WrongToRight;
    case Field::BothWrong:
      break;
  }
  return Transition::BothWrong;
}

std::optional<Field> fieldOf(std::optional<Transition> transition) {
  for (const Field field :
       {Field::BothRight, Field::RightToWrong, Field::WrongToRight, Field::BothWrong})
    if (transition == transitionOf(field)) return field;
  return {};
}

QComboBox* cellBox(const char* name, const QString& tip, QWidget* parent) {
  auto* box = new QComboBox(parent);
  box->setObjectName(QString::fromLatin1(name));
  box->setToolTip(tip);
  box->setAccessibleName(tip);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(10);
  return box;
}

}  // namespace

PairPanel::PairPanel(QWidget* parent)
    : QWidget(parent),
      m_from(cellBox("pairFrom", tr("The cell that is compared from"), this)),
      m_to(cellBox("pairTo", tr("The cell that is compared to"), this)),
      m_matrix(new TransitionMatrix(this)),
      m_sentence(new QLabel(this)) {
  m_matrix->setObjectName(QStringLiteral("transitionMatrix"));
  m_matrix->setAccessibleName(tr("Transitions between the two cells"));
  m_sentence->setObjectName(QStringLiteral("pairSentence"));
  m_sentence->setWordWrap(true);
  m_sentence->setTextFormat(Qt::PlainText);
  m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* swap = new QToolButton(this);
  swap->setObjectName(QStringLiteral("swapPair"));
  swap->setIcon(icon(QStringLiteral("transition")));
  swap->setAutoRaise(true);
  swap->setToolTip(tr("The other way round"));
  swap->setAccessibleName(swap->toolTip());
  connect(swap, &QToolButton::clicked, this, [this] { Q_EMIT pairChosen(m_second, m_first); });
  const auto chosen = [this] {
    Q_EMIT pairChosen(static_cast<std::size_t>(std::max(0, m_from->currentIndex())),
                      static_cast<std::size_t>(std::max(0, m_to->currentIndex())));
  };
  connect(m_from, &QComboBox::activated, this, chosen);
  connect(m_to, &QComboBox::activated, this, chosen);
  connect(m_matrix, &TransitionMatrix::fieldChosen, this, [this](std::optional<Field> field) {
    Q_EMIT transitionChosen(field ? std::optional(transitionOf(*field)) : std::nullopt);
  });
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpaceSmall);
  row->addWidget(m_from, 1);
  row->addWidget(swap);
  row->addWidget(m_to, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpace, kSpace, kSpace, kSpace);
  column->setSpacing(kSpaceSmall);
  column->addLayout(row);
  column->addWidget(m_matrix, 1);
  column->addWidget(m_sentence);
  column->addStretch();
}

void PairPanel::setComparison(const ComparisonPtr& data) {
  m_data = data;
  QStringList names;
  if (data)
    for (const auto& cell : data->comparison.cells) names << toQt(cell.name);
  if (names != m_names)  // an open list of choices stays open otherwise
    for (QComboBox* box : {m_from, m_to}) {
      box->clear();
      box->addItems(names);
    }
  m_names = names;
  refresh();
}

void PairPanel::setPair(std::size_t first, std::size_t second) {
  m_first = first;
  m_second = second;
  refresh();
}

void PairPanel::setTransition(std::optional<Transition> transition) {
  m_matrix->setSelected(fieldOf(transition));
}

void PairPanel::refresh() {
  const std::size_t cells = m_data ? m_data->cells.size() : 0;
  const auto pair = m_first < cells && m_second < cells
                        ? directedPair(m_data->comparison, m_first, m_second)
                        : std::nullopt;
  m_from->setCurrentIndex(static_cast<int>(m_first));
  m_to->setCurrentIndex(static_cast<int>(m_second));
  m_matrix->setVisible(pair.has_value());
  if (!pair) {
    m_sentence->setText(cells < 2 ? tr("Take in a second cell to see what changed between them.")
                                  : tr("Choose two different cells."));
    return;
  }
  m_matrix->setNames(toQt(m_data->comparison.cells[m_first].name),
                     toQt(m_data->comparison.cells[m_second].name));
  m_matrix->setCounts(pair->pairs.rr, pair->pairs.rw, pair->pairs.wr, pair->pairs.ww);
  m_sentence->setText(pairSentence(m_data->comparison, *pair));
  m_sentence->setToolTip(pairDetails(m_data->comparison, *pair));
}

}  // namespace wordsight::ui
