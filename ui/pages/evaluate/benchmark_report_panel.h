#pragma once
#include <QWidget>
#include <optional>

#include "models/evaluations/benchmark_view.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QStackedLayout;
class QTableView;

namespace wordsight::ui {

class ElidedLabel;
class IssueListModel;
class MessageBar;
class Settings;

/// What is in a benchmark and what was wrong with it: counts, pictures, every issue.
class BenchmarkReportPanel : public QWidget {
  Q_OBJECT
 public:
  BenchmarkReportPanel(Settings& settings, QWidget* parent = nullptr);
  void setBenchmark(const std::optional<BenchmarkView>& view);
  void setReadOnly(bool readOnly);
  void setBusy(bool busy);
  void showError(const QString& sentence);
  /// Instead of the folder dialog: gets where to start.
  void setFolderPicker(std::function<QString(const QString& start)> picker);

 Q_SIGNALS:
  void joinAsked(const QString& folder);
  void importAsked();

 private:
  void build();
  void makeButtons();
  void refilter();
  void showCounts();
  void copy();

  Settings& m_settings;
  std::optional<BenchmarkView> m_view;
  IssueListModel* m_model;
  QSortFilterProxyModel* m_proxy;
  ElidedLabel* m_counts;
  QLabel *m_shown, *m_none;
  ElidedLabel* m_pictures;
  QLineEdit* m_filter;
  QComboBox* m_field;
  QTableView* m_table;
  QStackedLayout* m_stack;
  MessageBar* m_message;
  QPushButton *m_join, *m_another, *m_copy, *m_copyMissing;
  bool m_readOnly = false, m_busy = false;
  std::function<QString(const QString&)> m_picker;
};

}  // namespace wordsight::ui
