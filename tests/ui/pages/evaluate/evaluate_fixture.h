#pragma once
#include <QAbstractButton>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <memory>
#include <vector>

#include "bridge/format.h"
#include "bridge/model_catalog.h"
#include "bridge/session.h"
#include "demo_project.h"
#include "models/evaluations/evaluation_entry.h"
#include "pages/evaluate/cell_tile.h"
#include "pages/evaluate/evaluate_form.h"
#include "pages/evaluate/evaluate_page.h"

namespace wordsight::ui::test {

using wordsight::test::DemoProject;
using wordsight::test::screenshots;
using wordsight::test::spinUntil;

/// The page over a temporary project with the demo's real model.
class EvaluateFixture : public ::testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  /// Unpacks model and pictures without importing anything.
  void unpack();
  /// The page, shown, over the project (opened for reading only when `readOnly`).
  void openPage(bool readOnly = false);
  EvaluatePage& page() { return *m_page; }
  Session& session() { return *m_session; }
  QString worldModel() const { return toQt(m_world.model); }

  template <class Kind = QWidget>
  Kind* find(const char* name) {
    auto* found = m_page->findChild<Kind*>(QLatin1String(name));
    if (!found) throw std::runtime_error(std::string("no control ") + name);
    return found;
  }
  void click(const char* name) {
    auto* button = find<QAbstractButton>(name);
    ASSERT_TRUE(button->isEnabled()) << name << ": " << button->toolTip().toStdString();
    ASSERT_TRUE(button->isVisible()) << name;
    QTest::mouseClick(button, Qt::LeftButton);
  }
  void tick(const char* cell) {
    auto* tile = find<CellTile>(cell);
    ASSERT_TRUE(tile->isEnabled()) << cell << ": " << tile->toolTip().toStdString();
    QTest::mouseClick(tile, Qt::LeftButton);
  }
  QString message(const char* bar);
  /// The model is read and captions can be asked.
  void waitForModel();
  std::vector<EvaluationEntry> stored();
  bool waitIdle(int milliseconds = 60'000);

  std::unique_ptr<DemoProject> m_project;
  jobs::DemoWorld m_world;
  std::unique_ptr<Settings> m_settings;
  std::unique_ptr<ModelCatalog> m_catalog;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<EvaluatePage> m_page;
};

}  // namespace wordsight::ui::test
