#include "pages/scenarios/split_shares.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

#include "bridge/format.h"
#include "pages/scenarios/captions.h"
#include "widgets/theme.h"

namespace wordsight::ui {

SplitShares::SplitShares(QWidget* parent) : QWidget(parent), m_sum(new QLabel(this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpaceSmall);
  m_train = add("shareTrain", tr("train"), tr("Learned from"), 90);
  m_eval = add("shareEval", tr("eval"), tr("Held out: its loss is drawn while training"), 10);
  m_test = add("shareTest", tr("test"), tr("Kept for later; training never sees it"), 0);
  m_sum->setObjectName(QStringLiteral("shareSum"));
  m_sum->setFont(tabularFont(m_sum->font()));
  row->addWidget(m_sum);
  row->addStretch();
  setFocusProxy(m_train);
  describe();
}

QSpinBox* SplitShares::add(const char* name, const QString& title, const QString& tip,
                           int percent) {
  auto* box = new QSpinBox(this);
  box->setObjectName(QLatin1String(name));
  box->setRange(0, 100);
  box->setValue(percent);
  box->setSuffix(QStringLiteral(" %"));
  box->setAlignment(Qt::AlignRight);
  box->setToolTip(tip);
  box->setAccessibleName(tr("Share of the split %1").arg(title));
  box->setFont(tabularFont(box->font()));
  layout()->addWidget(caption(title, box));
  layout()->addWidget(box);
  static_cast<QHBoxLayout*>(layout())->addSpacing(kSpace);
  connect(box, &QSpinBox::valueChanged, this, [this] {
    describe();
    Q_EMIT changed();
  });
  return box;
}

int SplitShares::sum() const { return m_train->value() + m_eval->value() + m_test->value(); }

void SplitShares::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) describe();
}

void SplitShares::describe() {
  const bool whole = sum() == 100;
  m_sum->setText(QStringLiteral("= %1 %").arg(sum()));
  m_sum->setToolTip(whole ? tr("Every scenario has its place") : tr("They must sum to 100 %"));
  QPalette own = palette();
  own.setColor(QPalette::WindowText, whole ? mutedColour(own) : badColour(own));
  m_sum->setPalette(own);
}

Result<std::vector<curate::SplitShare>> SplitShares::shares() const {
  if (sum() != 100) return fail(fromQt(tr("The splits sum to %1 %: make it 100 %.").arg(sum())));
  std::vector<curate::SplitShare> shares;
  for (const auto& [name, box] : {std::pair{"train", m_train}, {"eval", m_eval}, {"test", m_test}})
    if (box->value() > 0) shares.push_back({name, box->value() / 100.0});
  return shares;
}

}  // namespace wordsight::ui
