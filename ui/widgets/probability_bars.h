#pragma once
#include <QWidget>
#include <vector>

namespace wordsight::ui {

/// The probability of each option in one line: letter, per cent, and a bar below. The chosen one is
/// bold, the key has a frame. Its height depends on the font only, so rows of them line up.
class ProbabilityBars : public QWidget {
  Q_OBJECT
 public:
  explicit ProbabilityBars(QWidget* parent = nullptr);
  /// Shares in 0 … 1; `chosen` and `key` may be −1.
  void setProbabilities(std::vector<double> shares, int chosen, int key);
  const std::vector<double>& probabilities() const { return m_shares; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  QRectF slot(std::size_t option) const;
  QString sentence(std::size_t option) const;
  std::vector<double> m_shares;
  int m_chosen = -1, m_key = -1;
};

}  // namespace wordsight::ui
