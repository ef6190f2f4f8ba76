#pragma once
#include <QWidget>

#include "domain/event.h"

class QSplitter;
class QStackedLayout;
class QTableView;
class QTextBrowser;

namespace wordsight::ui {

class AnswersModel;
class Settings;
class WordDiff;

/// What the model answered to the same few questions before and while it was trained, and how an
/// answer differs from the first one, word by word.
class AnswersPanel : public QWidget {
  Q_OBJECT
 public:
  explicit AnswersPanel(Settings& settings, QWidget* parent = nullptr);
  void setSamples(const std::vector<Sample>& samples);
  void add(const Sample& sample);
  AnswersModel& model() const { return *m_model; }

 private:
  void build();
  void rowsChanged();
  void showDetail();

  Settings& m_settings;
  AnswersModel* m_model;
  QTableView* m_table;
  QTextBrowser* m_question;
  WordDiff* m_answers;
  QSplitter* m_splitter;
  QStackedLayout* m_stack;
  bool m_follow = true;  // the newest row, until a person chooses another
};

}  // namespace wordsight::ui
