#include "widgets/fitted_columns.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QHeaderView>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTableView>

#include "bridge/settings.h"
#include "support.h"
#include "widgets/table_style.h"

namespace wordsight::ui {
namespace {

class FittedColumnsTest : public ::testing::Test {
 protected:
  FittedColumnsTest() : m_model(3, 4) {
    for (int row = 0; row < 3; ++row)
      for (int column = 0; column < 4; ++column)
        m_model.setItem(row, column, new QStandardItem(QStringLiteral("1234567890")));
    m_view.setModel(&m_model);
    dressTable(m_view);
    m_view.resize(900, 300);
  }
  FittedColumns* fit(Settings* settings = nullptr) {
    return fitColumns(m_view, settings, QStringLiteral("test/columns"),
                      {{20, 6, 0}, {12, 0, 0}, {16, 6, 1}, {12, 0, 2}}, 0);
  }
  void show(int width) {
    m_view.resize(width, 300);
    m_view.show();
    QApplication::processEvents();
  }
  int sum() const {
    int total = 0;
    for (int c = 0; c < 4; ++c) total += m_view.columnWidth(c);
    return total;
  }

  QStandardItemModel m_model;
  QTableView m_view;
};

TEST_F(FittedColumnsTest, OneColumnTakesWhatIsLeftOver) {
  const auto* fitted = fit();
  show(900);
  EXPECT_EQ(sum(), m_view.viewport()->width());
  EXPECT_GT(m_view.columnWidth(0), m_view.columnWidth(2));
  EXPECT_TRUE(fitted->hidden().isEmpty());
}

TEST_F(FittedColumnsTest, ColumnsShrinkThenTheLeastImportantOnesGo) {
  const auto* fitted = fit();
  show(900);
  const int numbers = m_view.columnWidth(1);
  for (int width = 900; width >= 180; width -= 20) {
    show(width);
    EXPECT_LE(sum(), m_view.viewport()->width()) << width;
    EXPECT_EQ(m_view.columnWidth(1), numbers) << "numbers are never cut";
    EXPECT_EQ(m_view.horizontalScrollBar()->maximum(), 0) << width;
    EXPECT_TRUE(m_view.isColumnHidden(3) || !m_view.isColumnHidden(2)) << width;
  }
  EXPECT_EQ(fitted->hidden(), (QList<int>{2, 3}));
  show(900);
  EXPECT_TRUE(fitted->hidden().isEmpty());
}

TEST_F(FittedColumnsTest, ContentsDoNotMoveColumnsOfGivenWidth) {
  fit();
  show(700);
  const int before = m_view.columnWidth(1);
  m_model.item(0, 1)->setText(QStringLiteral("9"));
  m_model.appendRow({new QStandardItem, new QStandardItem(QString(40, u'8'))});
  QApplication::processEvents();
  EXPECT_EQ(m_view.columnWidth(1), before);
}

TEST_F(FittedColumnsTest, APersonsWidthIsKeptAndComesBack) {
  test::TempFolder folder;
  const QString file = QString::fromStdString((folder.path() / "settings.ini").string());
  int chosen = 0;
  {
    Settings settings(file);
    fit(&settings);
    show(900);
    chosen = m_view.columnWidth(2) + 30;
    m_view.horizontalHeader()->resizeSection(2, chosen);
    EXPECT_EQ(m_view.columnWidth(2), chosen);
    EXPECT_EQ(sum(), m_view.viewport()->width());
    // The border of the widest column moves its neighbour.
    const int neighbour = m_view.columnWidth(1);
    m_view.horizontalHeader()->resizeSection(0, m_view.columnWidth(0) - 20);
    EXPECT_EQ(m_view.columnWidth(1), neighbour + 20);
  }
  Settings settings(file);
  QTableView other;
  other.setModel(&m_model);
  dressTable(other);
  fitColumns(other, &settings, QStringLiteral("test/columns"),
             {{20, 6, 0}, {12, 0, 0}, {16, 6, 1}, {12, 0, 2}}, 0);
  other.resize(900, 300);
  other.show();
  QApplication::processEvents();
  EXPECT_EQ(other.columnWidth(2), chosen);
}

TEST_F(FittedColumnsTest, BrokenSettingsAreLeftAside) {
  test::TempFolder folder;
  Settings settings(QString::fromStdString((folder.path() / "settings.ini").string()));
  settings.setValue(QStringLiteral("test/columns"), QVariantList{1, QStringLiteral("x"), -5});
  fit(&settings);
  show(600);
  EXPECT_EQ(sum(), m_view.viewport()->width());
}

}  // namespace
}  // namespace wordsight::ui
