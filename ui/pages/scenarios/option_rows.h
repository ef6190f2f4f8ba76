#pragma once
#include <QWidget>
#include <vector>

#include "domain/scenario.h"

class QButtonGroup;
class QRadioButton;
class QToolButton;
class QVBoxLayout;

namespace wordsight::ui {

class TextField;

/// The options of a scenario, a row each: letter (chosen: the key), text, and what can be done with
/// the row. Two to twenty-six.
class OptionRows : public QWidget {
  Q_OBJECT
 public:
  explicit OptionRows(QWidget* parent = nullptr);

  void setOptions(const std::vector<std::string>& options, int key);
  /// The same for a change that was asked for: texts keep their own undo where rows stay.
  void changeOptions(const std::vector<std::string>& options, int key);
  std::vector<std::string> options() const;
  int key() const;
  void setKey(int key);
  void setLocked(bool locked);
  TextField* field(int index) const { return m_rows[static_cast<std::size_t>(index)].text; }
  int count() const { return m_count; }

 Q_SIGNALS:
  void edited();
  void keyChosen(int key);
  /// Rows are asked to move; whoever owns the whole scenario does it, since the rationale follows.
  void addAsked();
  void removeAsked(int index);
  void moveAsked(int from, int to);
  void refused(const QString& sentence);
  void escaped();

 private:
  struct Row {
    QWidget* box = nullptr;
    QRadioButton* letter = nullptr;
    TextField* text = nullptr;
    QToolButton* more = nullptr;
  };
  void makeRow();
  void fillMenu(int index);
  void show(int count, int key);
  std::vector<Row> m_rows;  // made once each, hidden beyond m_count
  int m_count = 0;
  bool m_locked = false;
  QButtonGroup* m_letters;
  QVBoxLayout* m_layout;
  QToolButton* m_add;
};

}  // namespace wordsight::ui
