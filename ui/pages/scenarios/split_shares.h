#pragma once
#include <QWidget>
#include <vector>

#include "curate/balance.h"

class QLabel;
class QSpinBox;

namespace wordsight::ui {

/// How a dataset is divided, in per cent: what is trained on, what is held out while training, what
/// is kept for later. Says what they sum to when that is not 100.
class SplitShares : public QWidget {
  Q_OBJECT
 public:
  explicit SplitShares(QWidget* parent = nullptr);
  /// Parts of more than nothing; an error with a sentence while they don't sum to 100.
  Result<std::vector<curate::SplitShare>> shares() const;

 Q_SIGNALS:
  void changed();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  QSpinBox* add(const char* name, const QString& title, const QString& tip, int percent);
  int sum() const;
  void describe();
  QSpinBox *m_train, *m_eval, *m_test;
  QLabel* m_sum;
};

}  // namespace wordsight::ui
