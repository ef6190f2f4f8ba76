// How long a step of the keyboard takes until the picture is on the screen, over photographs.
#include <QElapsedTimer>
#include <QListView>
#include <QPainter>
#include <cstdlib>
#include <iostream>

#include "base/random.h"
#include "bridge/format.h"
#include "compare_fixture.h"
#include "widgets/picture_view.h"

namespace wordsight::ui {
namespace {

constexpr int kWidth = 1600, kHeight = 1200;

/// Something with the detail of a photograph: what is smooth, what has edges, and noise, so that a
/// JPEG of quality 88 takes some 500 KB.
QImage photograph(Random& random) {
  QImage image(kWidth, kHeight, QImage::Format_RGB32);
  QPainter painter(&image);
  QLinearGradient sky(0, 0, 0, kHeight);
  const auto colour = [&random] { return QColor::fromRgb(static_cast<QRgb>(random.next())); };
  sky.setColorAt(0, colour());
  sky.setColorAt(1, colour());
  painter.fillRect(image.rect(), sky);
  for (int i = 0; i < 150; ++i) {
    painter.setBrush(colour());
    painter.drawEllipse(QPointF(random.uniform() * kWidth, random.uniform() * kHeight),
                        random.uniform() * 160, random.uniform() * 160);
  }
  painter.end();
  for (int y = 0; y < kHeight; ++y) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
    for (int x = 0; x < kWidth; ++x) {
      const int noise = static_cast<int>(random.next() & 15);
      line[x] = qRgb(std::min(255, qRed(line[x]) + noise), std::min(255, qGreen(line[x]) + noise),
                     std::min(255, qBlue(line[x]) + noise));
    }
  }
  return image;
}

double at(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

class CompareWalkTest : public ComparePageTest {
 protected:
  /// A benchmark of `count` photographs, and four cells that answered it.
  void addPhotographs(int count) {
    const auto folder = project.folder() / "photographs";
    std::filesystem::create_directories(folder);
    Random random(7);
    std::vector<QImage> some;
    for (int i = 0; i < 4; ++i) some.push_back(photograph(random));
    for (int i = 1; i <= count; ++i) {
      QImage& image = some[static_cast<std::size_t>(i) % some.size()];
      QPainter(&image).fillRect(
          QRectF(random.uniform() * kWidth, random.uniform() * kHeight, 90, 90),
          QColor::fromRgb(static_cast<QRgb>(random.next())));
      const std::string name = std::to_string(i) + ".jpg";
      ASSERT_TRUE(image.save(toQt((folder / name).string()), "JPG", 88));
    }
    addItems("photographs", count, folder);
    for (const char* name : {"base", "tuned"})
      for (const Arm arm : {Arm::Caption, Arm::Image}) addAnswers("photographs", name, arm, 70);
  }
  /// Presses the key and waits until the sharp picture is painted; milliseconds.
  double step(QWidget* list, PictureView* picture, Qt::Key key) {
    bool painted = false;
    const auto connection = QObject::connect(picture, &PictureView::shownPicture, picture, [&] {
      painted = picture->hasPicture() && !picture->preview();
    });
    QElapsedTimer timer;
    timer.start();
    QTest::keyClick(list, key);
    while (!painted && timer.elapsed() < 5000)
      QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    const double taken = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    QObject::disconnect(connection);
    EXPECT_TRUE(painted);
    return taken;
  }
};

TEST_F(CompareWalkTest, StepsFromKeyToSharpPicture) {
  const char* wanted = std::getenv("WORDSIGHT_WALK_PICTURES");
  const int count = wanted ? std::max(10, std::atoi(wanted)) : 40;
  addPhotographs(count);
  openPage();
  ASSERT_TRUE(waitForComparison());
  settle();
  auto* list = part<QListView>("itemList");
  auto* picture = part<PictureView>("picture");
  list->setFocus();
  std::vector<double> hurried, paced;
  for (int i = 1; i < count; ++i) hurried.push_back(step(list, picture, Qt::Key_Down));
  // As somebody who looks at each picture for a moment.
  for (int i = 1; i < count; ++i) {
    QTest::qWait(wanted ? 60 : 30);
    paced.push_back(step(list, picture, Qt::Key_Up));
  }
  std::cout << count << " photographs of " << kWidth << " x " << kHeight
            << ", milliseconds from key to sharp picture\n"
            << "  one after another: median " << at(hurried, 0.5) << ", p95 " << at(hurried, 0.95)
            << ", longest " << at(hurried, 1) << "\n"
            << "  with a pause:      median " << at(paced, 0.5) << ", p95 " << at(paced, 0.95)
            << ", longest " << at(paced, 1) << "\n";
  // Beside other tests on the same cores the decoders fall behind a key that is never let go.
  // Timings of a machine that others use are told, not asserted; 50 ms a step is the budget.
  RecordProperty("hurried_ms", std::to_string(at(hurried, 0.5)));
  RecordProperty("paced_ms", std::to_string(at(paced, 0.5)));
}

}  // namespace
}  // namespace wordsight::ui
