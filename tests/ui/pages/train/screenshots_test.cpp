// What the page looks like; the pictures are to be looked at.
#include <QTabWidget>
#include <QTableView>

#include "pages/train/preview_panel.h"
#include "pages/train/run_panel.h"
#include "train_fixture.h"

namespace wordsight::ui::test {
namespace {

using wordsight::test::screenshots;

class TrainScreenshots : public TrainFixture {
 protected:
  TrainScreenshots() : TrainFixture(400) {}
  void settle(int milliseconds = 150) {
    spinUntil([] { return false; }, milliseconds);
  }
};

TEST_F(TrainScreenshots, FormAndTraining) {
  settle();
  screenshots(page(), QStringLiteral("page_train_start"));
  fillShort(120);
  ASSERT_TRUE(spinUntil([&] { return find<PreviewPanel>("previewPanel")->preview() != nullptr; }));
  settle();
  screenshots(page(), QStringLiteral("page_train_form"));
  type("rank", QStringLiteral("0"));
  settle(500);
  screenshots(page(), QStringLiteral("page_train_wrong"));
  type("rank", QStringLiteral("4"));
  const RunId run = startAndWait();
  session().submit(Session::kModelLane, QStringLiteral("Train model on demo"),
                   [spec = shortSpec(m_model, 60)](const jobs::JobContext& c) {
                     return jobs::trainAdapter(c, spec);
                   });
  ASSERT_TRUE(spinUntil([&] { return shownPoints(run, "loss") > 60; }, 120'000));
  click("pauseRun");
  settle();
  screenshots(page(), QStringLiteral("page_train_running"));
  click("pauseRun");
  ASSERT_TRUE(waitForEnd(120'000));
  settle();
  page().open(
      {{QStringLiteral("runs"), QVariantList{qlonglong(run.value), qlonglong(run.value + 1)}}});
  settle(300);
  screenshots(page(), QStringLiteral("page_train_overlay"));
  auto* tabs = find<QTabWidget>("runTabs");
  tabs->setCurrentIndex(1);
  settle();
  screenshots(page(), QStringLiteral("page_train_answers"));
  tabs->setCurrentIndex(2);
  settle();
  screenshots(page(), QStringLiteral("page_train_result"));
  tabs->setCurrentIndex(3);
  settle();
  screenshots(page(), QStringLiteral("page_train_log"));
}

}  // namespace
}  // namespace wordsight::ui::test
