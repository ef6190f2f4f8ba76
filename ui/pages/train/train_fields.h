#pragma once
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

namespace wordsight::ui {

/// One setting of a training as the form shows it: where it lies in the spec's JSON, and how it is
/// edited and checked. Plain data.
struct TrainField {
  enum class Kind { Whole, Real, Choice, Flag, Text, Folder, Targets };
  const char* name;     // of its row, for tests and screen readers: "learningRate"
  const char* pointer;  // into toJson(TrainingSpec): "/train/optimizer/lr"
  Kind kind = Kind::Text;
  QString label{}, unit{}, tip{};
  double least = 0, most = 0;
  QList<QPair<QString, QString>> choices{};  // value, what people read
  QString empty{};                           // what an empty editor means (value 0 or "")
  bool typed = false;                        // a choice that may also be typed
};

/// A group of rows under one heading; the first stands open, the others under "More".
struct TrainFieldGroup {
  QString title;
  QList<TrainField> fields;
};

QList<TrainFieldGroup> trainFieldGroups();

}  // namespace wordsight::ui
