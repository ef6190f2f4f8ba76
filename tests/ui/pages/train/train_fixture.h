#pragma once
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <memory>

#include "bridge/model_catalog.h"
#include "bridge/session.h"
#include "demo_project.h"
#include "jobs/model_jobs.h"
#include "pages/train/train_page.h"
#include "store/run_repository.h"

namespace wordsight::ui::test {

using wordsight::test::DemoProject;
using wordsight::test::spinUntil;

/// A page over a temporary project with a dataset, and the demo's model.
class TrainFixture : public ::testing::Test {
 protected:
  explicit TrainFixture(int scenarios = 200) : m_scenarios(scenarios) {}
  void SetUp() override;
  void TearDown() override;

  /// A widget of the page by its object name; the test fails when there is none.
  template <class T>
  T* find(const char* name) {
    T* found = page().findChild<T*>(QString::fromLatin1(name));
    if (!found) throw std::runtime_error(std::string("no such widget: ") + name);
    return found;
  }
  void click(const char* name) { QTest::mouseClick(find<QWidget>(name), Qt::LeftButton); }
  /// Types into a field as a person does.
  void type(const char* name, const QString& text);
  /// Opens the part of the form that is closed at first.
  void openMore();
  TrainPage& page() { return *m_page; }
  Session& session() { return *m_session; }
  void makePage();
  /// Chooses the demo's model and waits until the form can start.
  void chooseModel();
  /// A short training of the demo's model as the form has it; `steps` steps of 4 examples.
  void fillShort(int steps);
  /// Clicks Start and waits for the run's first step; its id.
  RunId startAndWait();
  wordsight::Run stored(RunId run);
  std::int64_t storedPoints(RunId run, const std::string& curve);
  bool waitForEnd(int milliseconds = 60'000);
  std::size_t shownPoints(RunId run, const char* curve);

  int m_scenarios;
  std::unique_ptr<DemoProject> m_project;
  QString m_model;
  std::unique_ptr<Settings> m_settings;
  std::unique_ptr<ModelCatalog> m_catalog;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<TrainPage> m_page;
};

/// The settings of a run that is over in about a second.
jobs::TrainingSpec shortSpec(const QString& model, int steps);

}  // namespace wordsight::ui::test
