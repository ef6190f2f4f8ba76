#pragma once
#include <QWidget>
#include <cstdint>
#include <vector>

#include "store/scenario_repository.h"

namespace wordsight::ui {

/// How far the triage is: what is accepted, rejected and still to be decided, as one bar and in
/// words, and the keys to go on with.
class TriageBar : public QWidget {
  Q_OBJECT
 public:
  explicit TriageBar(QWidget* parent = nullptr);
  void showCounts(const std::vector<store::ValueCount>& statuses);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Part {
    QString icon, text;
    QColor colour;
  };
  std::vector<Part> parts() const;
  void paintBar(QPainter& painter, const QRect& place) const;
  std::int64_t m_accepted = 0, m_rejected = 0, m_undecided = 0;
};

}  // namespace wordsight::ui
