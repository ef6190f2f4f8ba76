#pragma once
#include <gtest/gtest.h>

#include <QTest>
#include <memory>

#include "bridge/model_catalog.h"
#include "demo_project.h"
#include "pages/compare/compare_page.h"

namespace wordsight::ui {

/// A Compare page on a temporary project with recorded answers of six cells.
class ComparePageTest : public ::testing::Test {
 protected:
  ComparePageTest();
  ~ComparePageTest() override;

  /// base and tuned × caption, image and blind, better from one to the next.
  void addCells();
  /// A benchmark of `count` plain items in VIVA's form; pictures are 1.jpg … in `images`, if any.
  void addItems(const std::string& name, int count, const std::filesystem::path& images = {});
  /// An evaluation of it with answers that are right in `percent` of a hundred.
  void addAnswers(const std::string& benchmark, const std::string& label, Arm arm, int percent);
  void openPage(store::OpenMode mode = store::OpenMode::ReadWrite);
  /// Until cells, intervals and all are there.
  bool waitForComparison();
  /// Until pictures are decoded and the event loop has nothing to do.
  void settle();
  /// A part of the page by its name; fails the test when there is none.
  template <class T>
  T* part(const char* name) {
    T* found = page->findChild<T*>(QString::fromLatin1(name));
    if (!found) ADD_FAILURE() << "no " << name;
    return found;
  }
  const eval::Comparison& shown() const { return page->comparison()->comparison; }
  /// The index of a cell by its name.
  std::size_t cell(const std::string& name) const;

  test::DemoProject project;
  Settings settings;
  ModelCatalog catalog;
  std::unique_ptr<Session> session;
  std::unique_ptr<ComparePage> page;
};

}  // namespace wordsight::ui
