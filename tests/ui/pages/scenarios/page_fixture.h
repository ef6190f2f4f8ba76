#pragma once
#include <gtest/gtest.h>

#include <QTest>
#include <memory>

#include "bridge/model_catalog.h"
#include "bridge/settings.h"
#include "demo_project.h"
#include "models/scenarios/scenario_table_model.h"
#include "pages/scenarios/scenario_table.h"
#include "pages/scenarios/scenarios_page.h"
#include "store/scenario_repository.h"

namespace wordsight::ui {

/// The page with real services over a temporary project.
class ScenariosPageTest : public testing::Test {
 protected:
  ScenariosPageTest();
  ~ScenariosPageTest() override;

  /// Makes the project's scenarios, opens it and waits for its first rows.
  void start(int scenarios);
  void startSession();
  /// By objectName; a failure when there is none.
  template <class T>
  T* find(const char* name) {
    T* found = m_page->findChild<T*>(QString::fromLatin1(name));
    EXPECT_NE(found, nullptr) << name;
    return found;
  }
  ScenarioTable* table() { return find<ScenarioTable>("scenarioTable"); }
  ScenarioTableModel* model() { return table()->scenarios(); }
  void click(const char* name);
  void type(const char* name, const char* text);
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {});  // in the table
  /// Until every question is answered.
  void settle();
  Scenario scenario(int id);
  store::ScenarioHistory history(int id);
  /// Another program edits.
  void editElsewhere(int id, const std::string& situation);
  void add(const ScenarioContent& content);
  static ScenarioContent broken();
  void shoot(const char* name);

  test::DemoProject m_demo;
  test::TempFolder m_folder;
  Settings m_settings;
  ModelCatalog m_catalog;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<ScenariosPage> m_page;
};

}  // namespace wordsight::ui
