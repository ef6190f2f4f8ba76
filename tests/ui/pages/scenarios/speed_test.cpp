// What a hundred thousand scenarios cost the window's thread.

#include <QElapsedTimer>
#include <QLineEdit>
#include <QScrollBar>
#include <QTimer>
#include <QUndoStack>
#include <cstdio>
#include <ctime>

#include "bridge/format.h"
#include "page_fixture.h"

namespace wordsight::ui {
namespace {

using test::spinUntil;

double threadMilliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Beats whenever the event loop is free. The processor time between two beats is what the events
/// between them took; other programs on the machine do not count.
class Heartbeat {
 public:
  Heartbeat() {
    m_timer.setInterval(0);
    QObject::connect(&m_timer, &QTimer::timeout, [this] {
      const double now = threadMilliseconds();
      m_longest = std::max(m_longest, now - m_last);
      m_last = now;
    });
    m_timer.start();
  }
  void restart() {
    m_last = threadMilliseconds();
    m_longest = 0;
  }
  double longest() const { return m_longest; }

 private:
  QTimer m_timer;
  double m_last = threadMilliseconds(), m_longest = 0;
};

class PageSpeed : public ScenariosPageTest {
 protected:
  void measure(const char* what, const std::function<void()>& act,
               const std::function<bool()>& done) {
    QCoreApplication::processEvents();
    m_beat.restart();
    QElapsedTimer timer;
    timer.start();
    act();
    EXPECT_TRUE(spinUntil(done, 30'000)) << what;
    const double wall = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    QTest::qWait(350);  // what follows it (menus, counts) belongs to it
    std::printf("%-34s done after %7.1f ms, longest event %6.1f ms\n", what, wall,
                m_beat.longest());
    EXPECT_LT(m_beat.longest(), 60) << what;
  }
  bool rowThere(int row) {
    return model()->data(model()->index(row, 0), ScenarioTableModel::LoadedRole).toBool();
  }
  Heartbeat m_beat;
};

TEST_F(PageSpeed, HundredThousandDoNotHoldTheWindow) {
  constexpr int kMany = 100'000;
  m_demo.addScenarios(kMany - 400);
  // As many categories as a careless file may bring.
  {
    const auto connection = m_demo.project().connect();
    std::vector<store::NewScenario> more;
    for (int i = 0; i < 400; ++i) {
      auto content = broken();
      content.situation += std::to_string(i);
      content.category = "category " + std::to_string(i);
      more.push_back({content, {}, "import"});
    }
    EXPECT_OK(store::ScenarioRepository(**connection).addMany(more));
  }
  QElapsedTimer timer;
  timer.start();
  startSession();
  ASSERT_TRUE(spinUntil([&] { return model()->rowCount() == kMany; }, 30'000));
  std::printf("%-34s done after %7.1f ms\n", "page and project open",
              static_cast<double>(timer.nsecsElapsed()) / 1e6);
  QTest::qWait(500);
  measure(
      "scroll to the end", [&] { table()->scrollToBottom(); }, [&] { return rowThere(kMany - 1); });
  measure(
      "filter by a word", [&] { type("filterText", "child"); },
      [&] { return model()->rowCount() < kMany && !model()->loading(); });
  measure(
      "filter taken away", [&] { find<QLineEdit>("filterText")->clear(); },
      [&] { return model()->rowCount() == kMany; });
  measure(
      "sort by situation",
      [&] { table()->sortByColumn(ScenarioTableModel::SituationColumn, Qt::AscendingOrder); },
      [&] { return model()->idAt(0) != ScenarioId(1) && rowThere(0); });
  measure(
      "select all", [&] { table()->selectAll(); },
      [&] { return table()->selectedCount() == kMany; });
  table()->clearSelection();
  table()->setCurrentId(model()->idAt(500));
  measure(
      "one decision", [&] { press(Qt::Key_A); },
      [&] { return m_session->undoStack().count() == 1; });
  measure(
      "keys held down",
      [&] {
        for (int i = 0; i < 20; ++i) press(Qt::Key_Down);
      },
      [&] { return true; });
}

}  // namespace
}  // namespace wordsight::ui
