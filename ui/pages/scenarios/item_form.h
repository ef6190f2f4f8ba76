#pragma once
#include <QStringList>
#include <QWidget>

#include "domain/scenario.h"

class QComboBox;
class QCompleter;
class QLineEdit;

namespace wordsight::ui {

class OptionRows;
class TextField;

/// The fields of a scenario's content. Knows nothing of files: content in, content out, and what
/// nobody touched comes out byte for byte as it went in.
class ItemForm : public QWidget {
  Q_OBJECT
 public:
  explicit ItemForm(QWidget* parent = nullptr);

  /// Shows it; fields that say it already keep their cursor and their own undo.
  void setContent(const ScenarioContent& content);
  ScenarioContent content() const;
  /// A change made for the person (a fix, a moved option): counts as edited.
  void change(const ScenarioContent& content);
  void setKey(int key);
  int optionCount() const;
  void setLocked(bool locked);
  void setCategories(const QStringList& categories);
  void focusText();
  /// A field is too long to be edited here.
  bool tooLong() const;

 Q_SIGNALS:
  void edited();
  void refused(const QString& sentence);
  void escaped();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  TextField* addField(const QString& caption, const QString& name, int least, int most);
  void fillNone(int count, int chosen);
  ScenarioContent m_base;
  TextField *m_situation, *m_question, *m_rationale;
  OptionRows* m_options;
  QComboBox* m_none;
  QLineEdit* m_category;
  QCompleter* m_completer;
  bool m_showing = false;
};

}  // namespace wordsight::ui
