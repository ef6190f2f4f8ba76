#pragma once
#include <QAction>

#include "bridge/model_catalog.h"
#include "pages/common/page.h"
#include "shell/main_window.h"
#include "support.h"

namespace wordsight::ui::test {

/// A page that remembers what the window told it.
class FakePage : public Page {
 public:
  using Page::Page;
  void open(const QVariantMap& what) override { opened = what; }
  QList<QAction*> pageActions() const override { return {action}; }
  void shown() override { ++shownTimes; }
  void flush() override { ++flushes; }
  bool dropped(const QStringList& paths) override {
    if (takesDrops) drops = paths;
    return takesDrops;
  }
  QVariantMap opened;
  QStringList drops;
  QAction* action = new QAction(QStringLiteral("Paint the shed"), this);
  int shownTimes = 0, flushes = 0, sessions = 0;
  bool takesDrops = false;

 protected:
  void sessionChanged() override { ++sessions; }
};

/// A window of fake pages with settings of its own.
class WindowTest : public ::testing::Test {
 protected:
  WindowTest()
      : m_settings(QString::fromStdString((m_folder / "settings.ini").string())),
        m_models(m_settings),
        m_window(std::make_unique<MainWindow>(
            Services{m_settings, m_models},
            [](PageId id, Services services, QWidget* parent) -> Page* {
              return new FakePage(id, services, parent);
            })) {
    m_window->show();
  }
  FakePage* page(PageId id) const { return static_cast<FakePage*>(m_window->page(id)); }
  QString path(const char* name) const {
    return QString::fromStdString((m_folder / name).string());
  }

  wordsight::test::TempFolder m_folder;
  Settings m_settings;
  ModelCatalog m_models;
  std::unique_ptr<MainWindow> m_window;
};

}  // namespace wordsight::ui::test
