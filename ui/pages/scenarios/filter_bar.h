#pragma once
#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "bridge/session.h"
#include "models/scenarios/scenario_facets.h"
#include "models/scenarios/scenario_table_model.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace wordsight::ui {

/// Chooses which scenarios the page shows: words, five menus with counts, and conditions that come
/// from elsewhere (a run, a letter, a group of duplicates), each shown as a button that takes it
/// away. Order is none of its business.
class ScenarioFilterBar : public QWidget {
  Q_OBJECT
 public:
  explicit ScenarioFilterBar(QWidget* parent = nullptr);

  const ScenarioView& view() const { return m_view; }
  /// Replaces everything; emits changed().
  void setView(const ScenarioView& view, const QString& onlyLabel = {});
  void clear();
  /// Adds one condition to what is chosen.
  void setIssue(const QString& code);
  void setKey(int key);
  void setText(const QString& text);
  bool filtering() const;

  void showFacets(const ScenarioFacets& facets);
  void showCount(qsizetype matching, std::int64_t total);
  void focusText();

 Q_SIGNALS:
  void changed();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void arrange(bool narrow);
  QComboBox* addMenu(const QString& name, const QString& any, const QString& tip);
  void fillMenu(QComboBox* menu, const std::vector<store::ValueCount>& counts,
                QString (*title)(const QString&));
  void textEdited();
  void menusToView();
  void viewToMenus();
  void announce();
  void describeExtras();

  ScenarioView m_view;
  QString m_onlyLabel;
  std::vector<std::pair<QComboBox*, std::vector<store::ValueCount>>> m_filled;
  QTimer m_typing;
  QGridLayout* m_grid;
  QWidget* m_menus;  // below the words where the window is narrow
  bool m_narrow = false;
  QLineEdit* m_text;
  QComboBox *m_status, *m_strategy, *m_generator, *m_issue, *m_category;
  QToolButton *m_extra, *m_clear;
  QLabel* m_count;
};

}  // namespace wordsight::ui
