#pragma once
#include <QAbstractButton>
#include <optional>

#include "models/scenarios/check_report.h"

namespace wordsight::ui {

/// The newest check in one line under the table: letters as small bars, lengths, duplicates, what
/// was found. Pressed, it leads to the whole of it.
class ChecksStrip : public QAbstractButton {
  Q_OBJECT
 public:
  explicit ChecksStrip(QWidget* parent = nullptr);
  void showReport(const std::optional<CheckReport>& report);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Part {
    bool bad = false;  // worth a warning sign
    QString text;
  };
  std::vector<Part> parts() const;
  int paintLetters(QPainter& painter, int x) const;
  std::optional<CheckReport> m_report;
};

}  // namespace wordsight::ui
