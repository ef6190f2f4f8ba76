#include "pages/evaluate/cell_matrix.h"

#include <QGridLayout>
#include <QToolButton>
#include <algorithm>

#include "models/evaluations/evaluation_list_model.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr std::array kArms = {Arm::Caption, Arm::Image, Arm::Blind};

QString iconOf(Arm arm) {
  return arm == Arm::Caption ? QStringLiteral("caption")
         : arm == Arm::Image ? QStringLiteral("picture")
                             : QStringLiteral("blind");
}

QString explanation(Arm arm) {
  switch (arm) {
    case Arm::Caption:
      return CellMatrix::tr("The situation is told in words");
    case Arm::Image:
      return CellMatrix::tr("The situation is shown as a picture");
    case Arm::Blind:
      break;
  }
  return CellMatrix::tr("Only the options are given: what guessing from their wording reaches");
}

}  // namespace

CellMatrix::CellMatrix(QWidget* parent) : QWidget(parent) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(kSpace);
  const auto header = [this](const QString& name) {
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
  };
  for (std::size_t column = 0; column < kArms.size(); ++column) {
    const Arm arm = kArms[column];
    auto* button = header(QStringLiteral("tick_") + QLatin1String(toText(arm)));
    button->setText(EvaluationListModel::armText(arm));
    button->setIcon(icon(iconOf(arm)));
    button->setToolTip(tr("%1. Click to tick the column.").arg(explanation(arm)));
    button->setAccessibleName(tr("Tick the column %1").arg(button->text()));
    connect(button, &QToolButton::clicked, this, [this, arm] {
      tickAll({{false, arm}, {true, arm}});
    });
    grid->addWidget(button, 0, static_cast<int>(column) + 1, Qt::AlignLeft);
  }
  for (int row = 0; row < 2; ++row) {
    const bool tuned = row == 1;
    auto* button = header(tuned ? QStringLiteral("tick_tuned") : QStringLiteral("tick_base"));
    button->setIcon(icon(tuned ? QStringLiteral("adapter") : QStringLiteral("base-model")));
    m_rows[static_cast<std::size_t>(row)] = button;
    connect(button, &QToolButton::clicked, this, [this, tuned] {
      tickAll({{tuned, Arm::Caption}, {tuned, Arm::Image}, {tuned, Arm::Blind}});
    });
    grid->addWidget(button, row + 1, 0, Qt::AlignLeft | Qt::AlignVCenter);
    for (std::size_t column = 0; column < kArms.size(); ++column) {
      const CellPlace place{tuned, kArms[column]};
      auto* tile = new CellTile({}, this);
      tile->setObjectName(QStringLiteral("cell_%1_%2")
                              .arg(tuned ? QStringLiteral("tuned") : QStringLiteral("base"),
                                   QLatin1String(toText(place.arm))));
      m_tiles[indexOf(place)] = tile;
      connect(tile, &CellTile::toggled, this, &CellMatrix::ticksChanged);
      connect(tile, &CellTile::chosen, this,
              [this, place] { Q_EMIT chosen(place.tuned, place.arm); });
      grid->addWidget(tile, row + 1, static_cast<int>(column) + 1);
    }
  }
  for (int column = 1; column <= 3; ++column) grid->setColumnStretch(column, 1);
  setNames(tr("base"), tr("tuned"));
}

const std::vector<CellPlace>& CellMatrix::places() {
  static const std::vector<CellPlace> all = [] {
    std::vector<CellPlace> places;
    for (const bool tuned : {false, true})
      for (const Arm arm : kArms) places.push_back({tuned, arm});
    return places;
  }();
  return all;
}

std::size_t CellMatrix::indexOf(CellPlace place) {
  const auto column = std::find(kArms.begin(), kArms.end(), place.arm) - kArms.begin();
  return (place.tuned ? kArms.size() : 0) + static_cast<std::size_t>(column);
}

CellTile& CellMatrix::tile(CellPlace place) const { return *m_tiles[indexOf(place)]; }

void CellMatrix::setNames(const QString& base, const QString& tuned) {
  if (base == m_base && tuned == m_tuned) return;
  m_base = base;
  m_tuned = tuned;
  for (std::size_t row = 0; row < 2; ++row) {
    const QString name = row == 1 ? tuned : base;
    m_rows[row]->setText(
        fontMetrics().elidedText(name, Qt::ElideRight, 12 * fontMetrics().averageCharWidth()));
    m_rows[row]->setToolTip(tr("%1. Click to tick the row.")
                                .arg(row == 1 ? tr("The model with the adapter: %1").arg(name)
                                              : tr("The model as it is: %1").arg(name)));
    m_rows[row]->setAccessibleName(tr("Tick the row %1").arg(name));
  }
  for (const auto place : places())
    tile(place).setName((place.tuned ? tuned : base) + QStringLiteral(" · ") +
                        EvaluationListModel::armText(place.arm));
}

void CellMatrix::setState(CellPlace place, const CellState& state) {
  auto& one = tile(place);
  const bool was = one.ticked();
  one.setState(state);
  if (was != one.ticked()) Q_EMIT ticksChanged();
}

std::vector<CellPlace> CellMatrix::ticked() const {
  std::vector<CellPlace> out;
  for (const auto place : places())
    if (tile(place).ticked()) out.push_back(place);
  return out;
}

void CellMatrix::tick(CellPlace place, bool on) { tile(place).setChecked(on); }

void CellMatrix::clearTicks() {
  for (auto* tile : m_tiles) tile->setChecked(false);
}

/// All of them on, or off when they are on already.
void CellMatrix::tickAll(const std::vector<CellPlace>& some) {
  const bool all = std::all_of(some.begin(), some.end(), [this](CellPlace place) {
    return !tile(place).isEnabled() || tile(place).isChecked();
  });
  for (const auto place : some)
    if (tile(place).isEnabled()) tick(place, !all);
}

}  // namespace wordsight::ui
