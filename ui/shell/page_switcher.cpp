#include "shell/page_switcher.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QKeySequence>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kWidth = 84;
}

PageSwitcher::PageSwitcher(QWidget* parent) : QWidget(parent), m_group(new QButtonGroup(this)) {
  setObjectName(QStringLiteral("pageSwitcher"));
  setFixedWidth(kWidth);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpaceSmall, kSpace, kSpaceSmall, kSpace);
  column->setSpacing(2);
  m_group->setExclusive(true);
  for (int i = 0; i < kPageCount; ++i) {
    const auto page = static_cast<PageId>(i);
    const QString keys =
        QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1)).toString(QKeySequence::NativeText);
    auto* button = makeButton(Page::iconName(page), Page::title(page),
                              QStringLiteral("%1 (%2)").arg(Page::description(page), keys));
    button->setCheckable(true);
    button->setObjectName(QStringLiteral("page%1").arg(i + 1));
    m_group->addButton(button, i);
    column->addWidget(button);
  }
  column->addStretch();
  auto* menu = makeButton(QStringLiteral("menu"), tr("Menu"), tr("Projects, preferences, help"));
  menu->setObjectName(QStringLiteral("menuButton"));
  column->addWidget(menu);
  connect(menu, &QToolButton::clicked, this, &PageSwitcher::menuRequested);
  connect(m_group, &QButtonGroup::idClicked, this,
          [this](int id) { Q_EMIT pageChosen(static_cast<PageId>(id)); });
}

QToolButton* PageSwitcher::makeButton(const QString& iconName, const QString& text,
                                      const QString& tip) {
  auto* button = new QToolButton(this);
  button->setIcon(icon(iconName));
  button->setIconSize({20, 20});
  button->setText(text);
  button->setToolTip(tip);
  button->setAccessibleName(text);
  button->setAccessibleDescription(tip);
  button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
  button->setAutoRaise(true);
  button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  button->setFixedHeight(52);
  return button;
}

void PageSwitcher::setCurrent(PageId page) {
  if (auto* button = m_group->button(static_cast<int>(page))) button->setChecked(true);
}

void PageSwitcher::setProjectOpen(bool open) {
  for (int i = 0; i < kPageCount; ++i)
    m_group->button(i)->setEnabled(open || static_cast<PageId>(i) == PageId::Overview ||
                                   static_cast<PageId>(i) == PageId::Models);
}

void PageSwitcher::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const QColor window = palette().color(QPalette::Window);
  painter.fillRect(rect(), mixed(window, palette().color(QPalette::WindowText), 0.04));
  painter.fillRect(QRect(width() - 1, 0, 1, height()), lineColour(palette()));
}

}  // namespace wordsight::ui
