#pragma once
#include <QObject>
#include <functional>
#include <optional>

#include "domain/json.h"
#include "pages/train/train_fields.h"

class QGridLayout;
class QLabel;
class QToolButton;
class QWidget;

namespace wordsight::ui {

/// One setting in the form: label, editor, a button that sets it back to the preset's value while
/// it differs, and below it the sentence that says what is wrong with what was typed. What was
/// typed stays until it is replaced. Its widgets belong to the grid's parent.
class FieldRow : public QObject {
  Q_OBJECT
 public:
  FieldRow(const TrainField& field, QWidget* parent);
  const TrainField& field() const { return m_field; }
  /// Adds the widgets to a grid of three columns, in two rows from `row` on.
  void place(QGridLayout& grid, int row);
  QWidget* editor() const { return m_editor; }

  /// What is typed, as the spec's JSON has it; nothing while it is wrong.
  std::optional<Json> value() const;
  void setValue(const Json& value);
  /// The preset's value, which the row is compared with.
  void setBaseline(const Json& baseline);
  bool changedFromBaseline() const;
  /// What is wrong, as a sentence; empty: nothing.
  QString problem() const;
  /// The same with the field's name, to be read elsewhere.
  QString fullProblem() const;
  /// The width that the label needs, changed or not.
  int labelWidth() const;
  /// Marks and colours anew: after a change of theme.
  void refresh();
  /// Switched off, with the reason as its tooltip.
  void setEnabled(bool enabled, const QString& reason = {});

  /// Instead of the folder dialog; gets where to start, gives the folder or nothing.
  std::function<QString(const QString& start)> pickFolder;

 Q_SIGNALS:
  void edited();

 private:
  QWidget* makeEditor(QWidget* parent);
  QWidget* makeLine(QWidget* parent);
  QWidget* makeChoice(QWidget* parent);
  QWidget* makeTargets(QWidget* parent);
  QWidget* makeFolder(QWidget* parent);
  void touched();
  void browse();

  TrainField m_field;
  Json m_baseline;
  QLabel *m_label, *m_error;
  QWidget* m_input = nullptr;  // what takes the focus: the line, the box, the targets
  QWidget* m_editor;           // what is placed; made after m_input, which it sets
  QToolButton* m_reset;        // made after the editor: the keyboard goes in this order
  bool m_setting = false;
};

/// Numbers as they are typed: the locale's way of writing them, or with a point; no separators of
/// thousands.
QString typedNumber(const Json& value);
std::optional<Json> parseTyped(const QString& text, TrainField::Kind kind);

}  // namespace wordsight::ui
