#include "eval/calibration.h"

#include "support.h"

namespace wordsight::eval {
namespace {

CellAnswer answer(int option, std::vector<double> probabilities) {
  CellAnswer out;
  out.choice = {option, "logprob"};
  out.probabilities = std::move(probabilities);
  return out;
}

Cell cellOf(const std::vector<std::pair<CellAnswer, bool>>& answers) {
  Cell cell;
  for (const auto& [each, right] : answers) {
    cell.answers.push_back(each);
    cell.right.push_back(right);
  }
  return cell;
}

// By hand: bin (0.4, 0.5] holds 0.45 and 0.5 (one right of two, mean 0.475), bin (0.9, 1] holds
// 0.95 and 1.0 (two right of two, mean 0.975), bin [0, 0.1] a tie at 0.05 that is wrong. ECE = (2
// |0.5 - 0.475| + 2 |1 - 0.975| + 1 |0 - 0.05|) / 5 = 0.15 / 5 = 0.03.
TEST(Calibration, agreesWithHandComputedBins) {
  const auto got = reliability(cellOf({{answer(1, {0.3, 0.45, 0.25}), true},
                                       {answer(0, {0.5, 0.25, 0.25}), false},
                                       {answer(2, {0.02, 0.03, 0.95}), true},
                                       {answer(0, {1, 0, 0}), true},
                                       {answer(-1, {0.05, 0.05, 0.05}), false}}));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->n, 5);
  ASSERT_EQ(got->bins.size(), 10u);
  EXPECT_NEAR(got->error, 0.03, 1e-12);
  const auto& middle = got->bins[4];
  EXPECT_DOUBLE_EQ(middle.low, 0.4);
  EXPECT_DOUBLE_EQ(middle.high, 0.5);
  EXPECT_EQ(middle.accuracy.n, 2);
  EXPECT_EQ(middle.accuracy.right, 1);
  EXPECT_NEAR(middle.confidence, 0.475, 1e-12);
  EXPECT_EQ(got->bins[9].accuracy.n, 2);
  EXPECT_NEAR(got->bins[9].confidence, 0.975, 1e-12);
  EXPECT_EQ(got->bins[0].accuracy.n, 1);
  EXPECT_EQ(got->bins[2].accuracy.n, 0);
  EXPECT_DOUBLE_EQ(got->bins[2].confidence, 0.25);
}

TEST(Calibration, agreesWithTheErrorOfStats) {
  std::vector<std::pair<CellAnswer, bool>> answers;
  std::vector<double> confidence;
  std::vector<std::uint8_t> right;
  for (int i = 0; i < 97; ++i) {
    confidence.push_back(0.2 + 0.8 * ((i * 37) % 97) / 97.0);
    right.push_back((i * 13) % 5 < 3);
    answers.emplace_back(answer(0, {confidence.back(), 1 - confidence.back()}), right.back());
  }
  for (const int bins : {1, 7, 10, 15})
    EXPECT_NEAR(reliability(cellOf(answers), bins)->error,
                expectedCalibrationError(confidence, right, bins), 1e-12);
}

TEST(Calibration, theOverriddenChoiceCounts) {
  auto each = answer(1, {0.7, 0.2, 0.1});
  each.overridden = true;
  EXPECT_DOUBLE_EQ(*confidenceOf(each), 0.2);
}

TEST(Calibration, withoutProbabilitiesThereIsNone) {
  EXPECT_FALSE(reliability(Cell{}));
  EXPECT_FALSE(reliability(cellOf({{answer(0, {1, 0}), true}, {answer(0, {}), true}})));
  EXPECT_FALSE(reliability(cellOf({{answer(0, {NAN, 0}), true}})));
  EXPECT_FALSE(reliability(cellOf({{answer(0, {1, 0}), true}}), 0));
  EXPECT_FALSE(confidenceOf(CellAnswer{}));
}

}  // namespace
}  // namespace wordsight::eval
