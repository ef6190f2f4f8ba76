#pragma once
#include <QToolButton>

#include "domain/scenario.h"

namespace wordsight::ui {

/// One of the three decisions about a scenario. The one that was made is pressed, bold and in its
/// colour.
class DecisionButton : public QToolButton {
  Q_OBJECT
 public:
  DecisionButton(ReviewStatus status, const QString& iconName, QWidget* parent);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void dress();
  const ReviewStatus m_status;
  const QString m_icon;
};

}  // namespace wordsight::ui
