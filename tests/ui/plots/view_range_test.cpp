#include "plots/view_range.h"

#include <gtest/gtest.h>

#include <cmath>

namespace wordsight::ui {
namespace {

TEST(ViewRange, FollowsTheDataUntilSomebodyZooms) {
  ViewRange view;
  view.setFull({0, 100});
  EXPECT_EQ(view.shown(), (AxisRange{0, 100}));
  view.setFull({0, 200});
  EXPECT_EQ(view.shown(), (AxisRange{0, 200}));
  view.zoomTo({50, 100});
  view.setFull({0, 300});
  EXPECT_TRUE(view.zoomed());
  EXPECT_EQ(view.shown(), (AxisRange{50, 100}));
  view.reset();
  EXPECT_EQ(view.shown(), (AxisRange{0, 300}));
}

TEST(ViewRange, HoldsThePointUnderTheMouse) {
  ViewRange view;
  view.setFull({0, 1000});
  view.zoomAround(250, 0.5);
  const AxisRange shown = view.shown();
  EXPECT_NEAR((250 - shown.low) / (shown.high - shown.low), 0.25, 1e-12);
  EXPECT_NEAR(shown.high - shown.low, 500, 1e-9);
  for (int i = 0; i < 20; ++i) view.zoomAround(250, 2);
  EXPECT_FALSE(view.zoomed()) << "all of it is no zoom";
}

TEST(ViewRange, NeverLeavesTheData) {
  ViewRange view;
  view.setFull({10, 110});
  view.zoomTo({20, 40});
  view.pan(-5);
  EXPECT_EQ(view.shown(), (AxisRange{10, 30}));
  view.pan(50);
  EXPECT_EQ(view.shown(), (AxisRange{90, 110}));
  view.zoomTo({-500, 60});
  EXPECT_FALSE(view.zoomed());
  view.zoomTo({60, 40});
  EXPECT_EQ(view.shown(), (AxisRange{40, 60}));
}

TEST(ViewRange, KeepsAWidthThatDoublesCanTellApart) {
  ViewRange view;
  view.setFull({0, 1e6});
  for (int i = 0; i < 400; ++i) view.zoomAround(123456, 0.5);
  EXPECT_GT(view.shown().high - view.shown().low, 0);
  EXPECT_LE(view.shown().high - view.shown().low, 0.01);
  view.zoomTo({std::nan(""), 5});
  view.setFull({5, 5});
  EXPECT_EQ(view.full(), (AxisRange{0, 1e6}));
}

}  // namespace
}  // namespace wordsight::ui
