#include "pages/compare/cells_bar.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <algorithm>

#include "bridge/format.h"
#include "plots/plot_theme.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

constexpr int kMark = 12, kBox = 14;

QString nameOf(const CandidateCell& entry, const std::vector<CandidateCell>& all,
               const std::vector<RunId>& shown) {
  const QString name = QStringLiteral("%1 · %2").arg(toQt(entry.label), toQt(entry.arm));
  const bool twice = std::any_of(all.begin(), all.end(), [&](const CandidateCell& other) {
    return other.run != entry.run && other.label == entry.label && other.arm == entry.arm &&
           std::find(shown.begin(), shown.end(), other.run) != shown.end();
  });
  return twice ? CellsBar::tr("%1 (run %2)").arg(name).arg(entry.run.value) : name;
}

}  // namespace

void paintCellMark(QPainter& painter, const QRectF& box, int style, const QPalette& palette,
                   const QFont& font) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  paintMarker(painter, box.center(), seriesStyle(style), box.height() * 0.75,
              PlotTheme::of(palette, font));
  painter.restore();
}

CellMark::CellMark(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void CellMark::setStyle(int style) {
  m_style = style;
  update();
}

QSize CellMark::sizeHint() const { return {kMark, kMark}; }

void CellMark::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paintCellMark(painter, rect(), m_style, palette(), font());
}

CellChip::CellChip(RunId run, const QString& name, QWidget* parent)
    : QAbstractButton(parent), m_run(run), m_name(name) {
  setCheckable(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setObjectName(QStringLiteral("cellChip%1").arg(run.value));
  setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void CellChip::setScore(int style, const QString& score, const QString& n) {
  m_style = style;
  m_score = score;
  m_n = n;
  const QString what = score.isEmpty() ? tr("not compared") : tr("accuracy %1, %2").arg(score, n);
  setAccessibleName(tr("%1, %2").arg(m_name, what));
  setToolTip(tr("%1 (run %2): %3.\nClick to take it in or leave it out.")
                 .arg(m_name)
                 .arg(m_run.value)
                 .arg(what));
  updateGeometry();
  update();
}

QFont CellChip::smallFont() const {
  QFont small(tabularFont(font()));
  small.setPointSizeF(small.pointSizeF() * 0.92);
  return small;
}

QSize CellChip::sizeHint() const {
  QFont bold(font());
  bold.setWeight(QFont::DemiBold);
  const QFontMetrics name(bold), below(smallFont());
  const QString line = m_score.isEmpty() ? tr("left out") : m_score + QStringLiteral("  ") + m_n;
  const int wide = std::max(kBox + kMark + 2 * kSpaceSmall + name.horizontalAdvance(m_name),
                            below.horizontalAdvance(line));
  return {kSpace + wide + kSpace, 2 * name.height() + kSpace};
}

QSize CellChip::minimumSizeHint() const {
  const int wide = kBox + kMark + 2 * kSpaceSmall + fontMetrics().averageCharWidth() * 5;
  return {kSpace + wide + kSpace, sizeHint().height()};
}

void CellChip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QPalette& colours = palette();
  const QColor base = isChecked() ? colours.color(QPalette::Base) : colours.color(QPalette::Window);
  painter.setPen(hasFocus() ? colours.color(QPalette::Highlight) : lineColour(colours));
  painter.setBrush(underMouse() ? mixed(base, colours.color(QPalette::Highlight), 0.08) : base);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);

  const int line = fontMetrics().height(), top = (height() - 2 * line) / 2;
  // The style's own indicator is hardly seen on a dark base.
  const QRectF box(kSpace + 0.5, top + (line - kBox) / 2 + 0.5, kBox - 1, kBox - 1);
  painter.setPen(mutedColour(colours));
  painter.setBrush(colours.color(QPalette::Base));
  painter.drawRoundedRect(box, 2, 2);
  if (isChecked()) {
    painter.setPen(QPen(colours.color(QPalette::Text), 1.8, Qt::SolidLine, Qt::RoundCap));
    painter.drawPolyline(QPolygonF{{box.left() + 3, box.center().y()},
                                   {box.left() + 5.5, box.bottom() - 3.5},
                                   {box.right() - 3, box.top() + 3.5}});
  }
  int left = kSpace + kBox + kSpaceSmall;
  if (m_style >= 0) {
    paintCellMark(painter, QRectF(left, top + (line - kMark) / 2.0, kMark, kMark), m_style, colours,
                  font());
    left += kMark + kSpaceSmall;
  }
  QFont bold(font());
  bold.setWeight(QFont::DemiBold);
  painter.setFont(bold);
  painter.setPen(isChecked() ? colours.color(QPalette::Text) : mutedColour(colours));
  const QRect upper(left, top, width() - left - kSpaceSmall, line);
  painter.drawText(upper, Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetrics(bold).elidedText(m_name, Qt::ElideMiddle, upper.width()));
  paintScore(painter, QRect(kSpace, top + line, width() - 2 * kSpace, line));
}

void CellChip::paintScore(QPainter& painter, const QRect& line) const {
  const QFont small = smallFont();
  const QFontMetrics metrics(small);
  painter.setFont(small);
  if (m_score.isEmpty()) {
    painter.setPen(mutedColour(palette()));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, tr("left out"));
    return;
  }
  const bool whole = metrics.horizontalAdvance(m_score) <= line.width();
  const bool withCount =
      metrics.horizontalAdvance(m_score + QStringLiteral("  ") + m_n) <= line.width() + 1;
  painter.setPen(palette().color(QPalette::Text));
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                   whole ? m_score : m_score.section(u' ', 0, 0));
  painter.setPen(mutedColour(palette()));
  if (withCount) painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, m_n);
}

CellsBar::CellsBar(QWidget* parent)
    : QWidget(parent),
      m_row(new QHBoxLayout),
      m_choose(new QToolButton(this)),
      m_published(new QCheckBox(tr("Published"), this)) {
  m_row->setSpacing(kSpaceSmall);
  m_choose->setObjectName(QStringLiteral("chooseCells"));
  m_choose->setText(tr("Choose…"));
  m_choose->setIcon(icon(QStringLiteral("add")));
  m_choose->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_choose->setToolTip(tr("Choose which evaluations stand side by side"));
  m_choose->setAccessibleName(m_choose->toolTip());
  m_published->setObjectName(QStringLiteral("showPublished"));
  m_published->setToolTip(
      tr("Show the figures published for this benchmark (arXiv 2503.16965 v1) as dashed lines"));
  m_published->setAccessibleName(m_published->toolTip());
  m_published->hide();

  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpace);
  row->addLayout(m_row);
  row->addStretch();
  row->addWidget(m_published);
  row->addWidget(m_choose);
}

void CellsBar::setRuns(const std::vector<CandidateCell>& entries, const std::vector<RunId>& shown,
                       const std::vector<RunId>& checked) {
  std::vector<QString> names;
  for (const RunId run : shown) {
    const auto entry = std::find_if(entries.begin(), entries.end(),
                                    [run](const CandidateCell& e) { return e.run == run; });
    names.push_back(entry == entries.end() ? tr("run %1").arg(run.value)
                                           : nameOf(*entry, entries, shown));
  }
  // The same chips as before stay, with the focus and the numbers that they have.
  const bool same =
      std::equal(m_chips.begin(), m_chips.end(), names.begin(), names.end(),
                 [](const CellChip* chip, const QString& name) { return chip->name() == name; });
  const auto isChecked = [&](RunId run) {
    return std::find(checked.begin(), checked.end(), run) != checked.end();
  };
  if (same && std::equal(m_chips.begin(), m_chips.end(), shown.begin(), shown.end(),
                         [](const CellChip* chip, RunId run) { return chip->run() == run; })) {
    for (CellChip* chip : m_chips) chip->setChecked(isChecked(chip->run()));
    return;
  }
  for (CellChip* chip : m_chips) chip->deleteLater();
  m_chips.clear();
  for (std::size_t i = 0; i < shown.size(); ++i) {
    auto* chip = new CellChip(shown[i], names[i], this);
    chip->setChecked(isChecked(shown[i]));
    chip->setScore(-1, {}, {});
    connect(chip, &QAbstractButton::clicked, this, [this, chip] { toggled(chip); });
    m_row->addWidget(chip);
    m_chips.push_back(chip);
  }
}

void CellsBar::setComparison(const ComparisonData* data) {
  for (CellChip* chip : m_chips) {
    chip->setScore(-1, {}, {});
    for (std::size_t c = 0; data && c < data->cells.size(); ++c) {
      if (data->cells[c].run != chip->run()) continue;
      const auto& share = data->comparison.cells[c].accuracy;
      chip->setScore(data->cells[c].style, formatInterval(share.value, share.low, share.high),
                     tr("n %1").arg(formatCount(share.n)));
    }
  }
  m_published->setVisible(data && data->published);
}

std::vector<RunId> CellsBar::checked() const {
  std::vector<RunId> runs;
  for (const CellChip* chip : m_chips)
    if (chip->isChecked()) runs.push_back(chip->run());
  return runs;
}

void CellsBar::toggled(CellChip* chip) {
  const auto runs = checked();
  if (runs.empty()) {  // a comparison of nothing is none
    chip->setChecked(true);
    return;
  }
  Q_EMIT checkedChanged(runs);
}

}  // namespace wordsight::ui
