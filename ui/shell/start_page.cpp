#include "shell/start_page.h"

#include <QAction>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "bridge/settings.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {
constexpr int kColumn = 520, kLogo = 72, kButtonHeight = 56;
}

StartPage::StartPage(Settings& settings, const QList<QAction*>& beginnings, QWidget* parent)
    : QWidget(parent),
      m_settings(settings),
      m_recent(new QListWidget(this)),
      m_recentPart(new QWidget(this)),
      m_logo(new QLabel(this)),
      m_subtitle(new QLabel(this)),
      m_hint(new QLabel(this)) {
  setObjectName(QStringLiteral("startPage"));
  auto* title = new QLabel(QStringLiteral("Wordsight"), this);
  QFont large = font();
  large.setPointSizeF(large.pointSizeF() * 2);
  large.setWeight(QFont::DemiBold);
  title->setFont(large);
  m_subtitle->setText(tr("Teach vision-language models with text, and see what it changed."));
  auto* column = new QVBoxLayout;
  column->setSpacing(kSpace);
  column->addStretch(2);
  auto* head = new QHBoxLayout;
  head->setSpacing(kSpacePage);
  head->addWidget(m_logo);
  auto* words = new QVBoxLayout;
  words->addStretch();
  words->addWidget(title);
  words->addWidget(m_subtitle);
  words->addStretch();
  head->addLayout(words, 1);
  column->addLayout(head);
  column->addSpacing(kSpaceHuge);
  for (QAction* action : beginnings) {
    auto* button = new QPushButton(action->icon(), action->text(), this);
    button->setObjectName(QStringLiteral("start_") + action->objectName());
    button->setToolTip(action->toolTip());
    button->setAccessibleName(action->text());
    button->setAccessibleDescription(action->toolTip());
    button->setIconSize({20, 20});
    button->setMinimumHeight(kButtonHeight - 16);
    button->setAutoDefault(true);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    column->addWidget(button);
  }
  auto* recentColumn = new QVBoxLayout(m_recentPart);
  recentColumn->setContentsMargins(0, kSpacePage, 0, 0);
  recentColumn->setSpacing(kSpaceSmall);
  auto* recentTitle = new QLabel(tr("Recent projects"), this);
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  recentTitle->setFont(bold);
  recentColumn->addWidget(recentTitle);
  m_recent->setObjectName(QStringLiteral("recentProjects"));
  m_recent->setAccessibleName(tr("Recent projects"));
  m_recent->setToolTip(tr("A click or Enter opens the project"));
  m_recent->setTextElideMode(Qt::ElideMiddle);
  m_recent->setMaximumHeight(5 * kRowHeight + 4);
  recentColumn->addWidget(m_recent);
  column->addWidget(m_recentPart);
  m_hint->setText(tr("Or drop a project, a file of scenarios or a folder of pictures here."));
  m_hint->setAlignment(Qt::AlignHCenter);
  column->addSpacing(kSpace);
  column->addWidget(m_hint);
  column->addStretch(3);
  auto* centred = new QHBoxLayout(this);
  centred->addStretch();
  auto* box = new QWidget(this);
  box->setFixedWidth(kColumn);
  box->setLayout(column);
  centred->addWidget(box);
  centred->addStretch();
  const auto choose = [this](QListWidgetItem* item) {
    Q_EMIT projectChosen(item->data(Qt::UserRole).toString());
  };
  connect(m_recent, &QListWidget::itemActivated, this, choose);
  connect(m_recent, &QListWidget::itemClicked, this, choose);
  connect(&settings, &Settings::recentProjectsChanged, this, &StartPage::listRecent);
  listRecent();
  dress();
}

void StartPage::listRecent() {
  m_recent->clear();
  for (const QString& path : m_settings.recentProjects()) {
    const QFileInfo file(path);
    auto* item = new QListWidgetItem(
        QStringLiteral("%1  —  %2")
            .arg(file.completeBaseName(), QDir::toNativeSeparators(file.path())),
        m_recent);
    item->setData(Qt::UserRole, path);
    item->setToolTip(path);
    item->setSizeHint({0, kRowHeight});
  }
  m_recentPart->setVisible(m_recent->count() > 0);
}

void StartPage::dress() {
  m_logo->setPixmap(applicationIcon().pixmap(kLogo, kLogo));
  QPalette quiet = palette();
  quiet.setColor(QPalette::WindowText, mutedColour(palette()));
  m_subtitle->setPalette(quiet);
  m_hint->setPalette(quiet);
}

void StartPage::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) dress();
  QWidget::changeEvent(event);
}

}  // namespace wordsight::ui
