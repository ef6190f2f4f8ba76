#pragma once
#include <QWidget>
#include <vector>

class QVBoxLayout;

namespace wordsight::ui {

/// What is wrong with the scenario being edited, a line each, with a button where a program can
/// mend it.
class FindingsList : public QWidget {
  Q_OBJECT
 public:
  struct Line {
    bool error = false;                // otherwise a warning
    QString message, hint, fix, code;  // hint: what to do; fix: the button's text, or empty
    bool operator==(const Line&) const = default;
  };
  explicit FindingsList(QWidget* parent = nullptr);
  void setLines(const std::vector<Line>& lines);
  const std::vector<Line>& lines() const { return m_lines; }

 Q_SIGNALS:
  void fixAsked(int line);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void build();
  QWidget* lineWidget(int index);
  std::vector<Line> m_lines;
  QVBoxLayout* m_column;
};

}  // namespace wordsight::ui
