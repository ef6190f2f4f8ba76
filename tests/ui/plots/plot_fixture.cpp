#include "plot_fixture.h"

#include <QApplication>
#include <QStyle>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace wordsight::ui::test {

QPalette lightPalette() {
  QPalette palette;
  palette.setColor(QPalette::Window, QColor(0xef, 0xef, 0xef));
  palette.setColor(QPalette::WindowText, Qt::black);
  palette.setColor(QPalette::Base, Qt::white);
  palette.setColor(QPalette::AlternateBase, QColor(0xf7, 0xf7, 0xf7));
  palette.setColor(QPalette::Text, Qt::black);
  palette.setColor(QPalette::Button, QColor(0xef, 0xef, 0xef));
  palette.setColor(QPalette::ButtonText, Qt::black);
  palette.setColor(QPalette::Highlight, QColor(0x30, 0x8c, 0xc6));
  palette.setColor(QPalette::HighlightedText, Qt::white);
  return palette;
}

QPalette darkPalette() {
  QPalette palette;
  palette.setColor(QPalette::Window, QColor(0x2a, 0x2e, 0x32));
  palette.setColor(QPalette::WindowText, QColor(0xfc, 0xfc, 0xfc));
  palette.setColor(QPalette::Base, QColor(0x1b, 0x1e, 0x20));
  palette.setColor(QPalette::AlternateBase, QColor(0x23, 0x26, 0x29));
  palette.setColor(QPalette::Text, QColor(0xfc, 0xfc, 0xfc));
  palette.setColor(QPalette::Button, QColor(0x31, 0x36, 0x3b));
  palette.setColor(QPalette::ButtonText, QColor(0xfc, 0xfc, 0xfc));
  palette.setColor(QPalette::Highlight, QColor(0x3d, 0xae, 0xe9));
  palette.setColor(QPalette::HighlightedText, QColor(0xfc, 0xfc, 0xfc));
  return palette;
}

std::vector<CurvePoint> lossCurve(std::int64_t steps, std::uint64_t seed, double end) {
  Random random(seed);
  std::vector<CurvePoint> points;
  points.reserve(static_cast<std::size_t>(steps));
  for (std::int64_t step = 1; step <= steps; ++step) {
    const double done = static_cast<double>(step) / static_cast<double>(steps);
    double loss = end + 1.6 * std::exp(-6 * done) + 0.12 * random.normal() * (1 - 0.4 * done);
    if (random.chance(4.0 / static_cast<double>(steps))) loss += 1.2;
    points.push_back({step, step * 32, step * 7'900, static_cast<double>(step) * 1.9, loss});
  }
  return points;
}

std::vector<MetricPoint> trainingPoints(std::int64_t steps, std::uint64_t seed) {
  Random random(seed, "metrics");
  std::vector<MetricPoint> points;
  const auto add = [&](const char* name, const CurvePoint& at, double value) {
    points.push_back({name, at.step, at.samples, at.tokens, at.seconds, value});
  };
  for (const CurvePoint& at : lossCurve(steps, seed)) {
    const double done = static_cast<double>(at.step) / static_cast<double>(steps);
    const double warm = std::min(1.0, done / 0.03);
    add("loss", at, at.value);
    add("lr", at, 1e-4 * warm * 0.5 * (1 + std::cos(3.14159265 * done)));
    add("grad_norm", at, std::exp(0.4 * random.normal() - done));
    add("tokens_per_s", at, 4150 + 90 * random.normal());
    add("memory_mib", at, 18'400 + (at.step > steps / 5 ? 620 : 0));
    if (at.step % std::max<std::int64_t>(1, steps / 24) != 0) continue;
    add("eval_loss", at, 1.25 + 1.4 * std::exp(-6 * done) + 0.01 * random.normal());
    add("probe_accuracy", at, 0.72 - 0.30 * std::exp(-4 * done) + 0.02 * random.normal());
  }
  return points;
}

QWidget* canvasOf(CurvePlot& plot) { return plot.findChild<QWidget*>(QStringLiteral("canvas")); }

void present(QWidget& widget, QSize size) {
  widget.resize(size);
  widget.show();
  static_cast<void>(QTest::qWaitForWindowExposed(&widget));
  QTest::qWait(120);
}

int countColour(const QImage& image, const QRect& region, const QColor& colour, int tolerance) {
  int count = 0;
  const QRect inside = region.intersected(image.rect());
  for (int y = inside.top(); y <= inside.bottom(); ++y)
    for (int x = inside.left(); x <= inside.right(); ++x) {
      const QColor pixel = image.pixelColor(x, y);
      if (std::abs(pixel.red() - colour.red()) <= tolerance &&
          std::abs(pixel.green() - colour.green()) <= tolerance &&
          std::abs(pixel.blue() - colour.blue()) <= tolerance)
        ++count;
    }
  return count;
}

}  // namespace wordsight::ui::test
