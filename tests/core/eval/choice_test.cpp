#include "eval/choice.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace wordsight::eval {
namespace {

// Options in the manner of the benchmark: one begins with "A", one contains another's words, one is
// short.
const std::vector<std::string> kOptions{
    "Call emergency services and wait for their arrival.",
    "Ask the man politely to pick up the bottle.",
    "Shout at them to scare them away.",
    "Ask the man politely to pick up the bottle and offer to help.",
    "No action is necessary.",
};

struct Case {
  const char* text;
  char letter;  // '-': none may be read
  const char* rule;
};

class ReadChoice : public testing::TestWithParam<Case> {};

TEST_P(ReadChoice, readsOrRefuses) {
  const auto& each = GetParam();
  const auto choice = readChoice(each.text, kOptions);
  const char got = choice.option < 0 ? '-' : static_cast<char>('A' + choice.option);
  EXPECT_EQ(got, each.letter) << each.text << "\nrule " << choice.rule;
  EXPECT_EQ(choice.rule, each.rule) << each.text;
}

const Case kEmpty[] = {
    {"", '-', "empty"},   {"  \n\t ", '-', "empty"},    {"...", '-', "empty"},
    {"**", '-', "empty"}, {"<|im_end|>", '-', "empty"},
};
INSTANTIATE_TEST_SUITE_P(Empty, ReadChoice, testing::ValuesIn(kEmpty));

const Case kLetterOnly[] = {
    {"C", 'C', "letter-only"},
    {"C.", 'C', "letter-only"},
    {"(C)", 'C', "letter-only"},
    {"**C**", 'C', "letter-only"},
    {"**C.**", 'C', "letter-only"},
    {" c\n", 'C', "letter-only"},
    {"[C]", 'C', "letter-only"},
    {"\"C\"", 'C', "letter-only"},
    {"\u201cC\u201d", 'C', "letter-only"},
    {"\u2018C\u2019.", 'C', "letter-only"},
    {"\uff08\uff23\uff09", 'C', "letter-only"},
    {"A", 'A', "letter-only"},
    {"a", 'A', "letter-only"},
    {"A.", 'A', "letter-only"},
    {"Option C", 'C', "letter-only"},
    {"option (c).", 'C', "letter-only"},
    {"Action E", 'E', "letter-only"},
    {"C<|im_end|>", 'C', "letter-only"},
    {"C</s>", 'C', "letter-only"},
    {"<think>A is nice, so is B. The answer is A.</think>\n\nC", 'C', "letter-only"},
    {"- C", 'C', "letter-only"},
    {"F", '-', "none"},
    {"Z.", '-', "none"},
    {"Option G", '-', "none"},
};
INSTANTIATE_TEST_SUITE_P(LetterOnly, ReadChoice, testing::ValuesIn(kLetterOnly));

const Case kPhrase[] = {
    {"Answer: A", 'A', "answer-phrase"},
    {"Answer: c", 'C', "answer-phrase"},
    {"Answer:C", 'C', "answer-phrase"},
    {"Answer - D", 'D', "answer-phrase"},
    {"ANSWER = D", 'D', "answer-phrase"},
    {"Selected Action: D", 'D', "answer-phrase"},
    {"Slected Action: D", 'D', "answer-phrase"},
    {"- Selected Action: D\n", 'D', "answer-phrase"},
    {"Selected Answer: E", 'E', "answer-phrase"},
    {"**Answer:** C", 'C', "answer-phrase"},
    {"**Answer: C**", 'C', "answer-phrase"},
    {"Choice: C", 'C', "answer-phrase"},
    {"Final answer\n\nC", 'C', "answer-phrase"},
    {"Final Answer: $\\boxed{C}$", 'C', "answer-phrase"},
    {"\\boxed{B}", 'B', "answer-phrase"},
    {"<answer>B</answer>", 'B', "answer-phrase"},
    {"{\"answer\": \"C\"}", 'C', "answer-phrase"},
    {"{\"reason\": \"It helps.\", \"choice\": \"C\"}", 'C', "answer-phrase"},
    {"The best action would be:\nE. No action is necessary.", 'E', "answer-phrase"},
    {"The most appropriate first action would be C. Shout at them to scare them away.", 'C',
     "answer-phrase"},
    {"The best course of action in this situation is B.", 'B', "answer-phrase"},
    {"The best course of action is to choose option B.", 'B', "answer-phrase"},
    {"The answer is C", 'C', "answer-phrase"},
    {"The answer is a.", 'A', "answer-phrase"},
    {"The answer is A because lives are in danger.", 'A', "answer-phrase"},
    {"The correct option is (D).", 'D', "answer-phrase"},
    {"The correct answer is **D**.", 'D', "answer-phrase"},
    {"The correct answer is most likely D.", 'D', "answer-phrase"},
    {"I would choose C.", 'C', "answer-phrase"},
    {"I choose option C because it is quick.", 'C', "answer-phrase"},
    {"I'd go with B.", 'B', "answer-phrase"},
    {"I would select A. It is the safest.", 'A', "answer-phrase"},
    {"I think C", 'C', "answer-phrase"},
    {"It's C.", 'C', "answer-phrase"},
    {"I recommend C over B.", 'C', "answer-phrase"},
    {"C is the best choice here.", 'C', "answer-phrase"},
    {"Option A would be the most appropriate.", 'A', "answer-phrase"},
    {"A is the correct answer.", 'A', "answer-phrase"},
    {"Option B (asking politely) is the best choice.", 'B', "answer-phrase"},
    {"The best choice is B, although (D) is more appropriate at night.\n\nAnswer: B", 'B',
     "answer-phrase"},
    {"The answer is not B but C.", 'C', "answer-phrase"},
    {"The best answer is not A. The best answer is D.", 'D', "answer-phrase"},
    {"The best action if someone has fallen is A.", 'A', "answer-phrase"},
    {"A. Call someone\nB. Ask\nC. Shout\nD. Ask and help\nE. Nothing\n\nAnswer: D", 'D',
     "answer-phrase"},
    {"C. Shout at them to scare them away.\n\nAnswer: D", 'D', "answer-phrase"},
    {"The answer is B. However, on reflection, the correct answer is C.", 'C', "answer-phrase"},
    {"At first the best choice is B. Therefore, the final answer is D.", 'D', "answer-phrase"},
    {"Q: What to do?\nA: C", 'C', "answer-phrase"},
    {"Answer: C. Answer: C.", 'C', "answer-phrase"},
    {"The best choice is A Call emergency services and wait for their arrival.", 'A',
     "answer-phrase"},
};
INSTANTIATE_TEST_SUITE_P(AnswerPhrase, ReadChoice, testing::ValuesIn(kPhrase));

const Case kFirst[] = {
    {"C. Shout at them to scare them away.", 'C', "letter-first"},
    {"C) Shout at them", 'C', "letter-first"},
    {"C. Shout at them to scare them away. is the best action", 'C', "letter-first"},
    {"C. Shout at them to scare them away. Asking (B) is better only in calm places.", 'C',
     "letter-first"},
    {"C. Shout at them to scare them away.\n\nReason: the chosen action, C, is preferable; A is "
     "not suitable.",
     'C', "letter-first"},
    {"(C) Shout at them", 'C', "letter-first"},
    {"C: Shout at them", 'C', "letter-first"},
    {"C.Shout at them", 'C', "letter-first"},
    {"C \u2014 shout", 'C', "letter-first"},
    {"C\u2014shout", 'C', "letter-first"},
    {"c. shout at them", 'C', "letter-first"},
    {"**C.** Shout at them", 'C', "letter-first"},
    {"**C** Shout at them", 'C', "letter-first"},
    {"Option C: Shout at them", 'C', "letter-first"},
    {"C Shout at them to scare them away.", 'C', "letter-first"},
    {"C\nShout at them", 'C', "letter-first"},
    {"A. A man should be called.", 'A', "letter-first"},
    {"A Call emergency services and wait for their arrival.", 'A', "letter-first"},
    {"A, since it is an emergency.", 'A', "letter-first"},
    {"E. No action is necessary.\n\nThe picture shows nothing unusual. (A) and (B) go too far.",
     'E', "letter-first"},
    {"C. Shout at them to scare them away.\n\nA. Calling is too much.\nB. Asking will not help.\n",
     'C', "letter-first"},
    {"Let me think.\n\nD", 'D', "letter-first"},
    {"Somebody threw a bottle away.\nB. Ask the man politely to pick up the bottle.", 'B',
     "letter-first"},
    {"> C. Shout", 'C', "letter-first"},
    {"### C", 'C', "letter-only"},
    {"C. Option D would be the worst choice.", 'C', "letter-first"},
};
INSTANTIATE_TEST_SUITE_P(LetterFirst, ReadChoice, testing::ValuesIn(kFirst));

const Case kText[] = {
    {"Shout at them to scare them away.", 'C', "option-text"},
    {"shout at them, to scare them away", 'C', "option-text"},
    {"I would shout at them to scare them away.", 'C', "option-text"},
    {"\u201cNo action is necessary.\u201d", 'E', "option-text"},
    {"Ask the man politely to pick up the bottle.", 'B', "option-text"},
    {"Ask the man politely to pick up the bottle and offer to help.", 'D', "option-text"},
    {"A good idea: call emergency services and wait for their arrival!", 'A', "option-text"},
    {"Do not shout at them to scare them away.", '-', "none"},
    {"Instead of shout at them to scare them away, ask the man politely to pick up the bottle.",
     'B', "option-text"},
    {"No action is necessary. Shout at them to scare them away.", '-', "none"},
};
INSTANTIATE_TEST_SUITE_P(OptionText, ReadChoice, testing::ValuesIn(kText));

const Case kMention[] = {
    {"In this case shouting (C) helps.", 'C', "letter-mention"},
    {"Here one should follow option C at once.", 'C', "letter-mention"},
    {"Shouting is fine, so **C**!", 'C', "letter-mention"},
    {"In this situation, C.", 'C', "letter-mention"},
    {"Definitely C", 'C', "letter-mention"},
    {"Probably B.", 'B', "letter-mention"},
    {"Considering all this, option A.", 'A', "letter-mention"},
};
INSTANTIATE_TEST_SUITE_P(LetterMention, ReadChoice, testing::ValuesIn(kMention));

const Case kUndecided[] = {
    {"B or C", '-', "ambiguous"},
    {"Either option B or option C.", '-', "ambiguous"},
    {"The answer is B or C.", '-', "ambiguous"},
    {"The correct answers are B and C.", '-', "ambiguous"},
    {"Answer: B/C", '-', "ambiguous"},
    {"Answer: B\nAnswer: C", '-', "ambiguous"},
    {"Answer: B\nTherefore the best action is C.", '-', "ambiguous"},
    {"C. Shout at them to scare them away. Therefore, option A is the best choice.", '-',
     "ambiguous"},
    {"The best choice is B. The best choice is D.", '-', "ambiguous"},
    {"A. Call\nB. Ask\nC. Shout\nD. Help\nE. Nothing", '-', "ambiguous"},
    {"The options are (A), (B), (C), (D) and (E).", '-', "ambiguous"},
    {"B. Ask\nD. Ask and help", '-', "ambiguous"},
    {"C. Ask the man politely to pick up the bottle and offer to help.", '-', "ambiguous"},
    {"Answer: C. No action is necessary.", '-', "ambiguous"},
    {"The best action is:\nA. Call\nB. Ask\nC. Shout", '-', "ambiguous"},
};
INSTANTIATE_TEST_SUITE_P(Undecided, ReadChoice, testing::ValuesIn(kUndecided));

const Case kNone[] = {
    {"A man threw a bottle out of his car.", '-', "none"},
    {"A person is in danger", '-', "none"},
    {"I would help them.", '-', "none"},
    {"I", '-', "none"},
    {"I'm sorry, but I can't help with that.", '-', "none"},
    {"I cannot determine the best action from this picture.", '-', "none"},
    {"As an AI model I can't choose between A and B.", '-', "ambiguous"},
    {"None of the above.", '-', "none"},
    {"All options are equally bad.", '-', "none"},
    {"The best answer is a calm conversation.", '-', "none"},
    {"The best choice is A calm conversation.", '-', "none"},
    {"The answer is a man.", '-', "none"},
    {"I would choose a different way.", '-', "none"},
    {"Plan B", '-', "none"},
    {"They need vitamin C badly", '-', "none"},
    {"This happened in Washington D.C. police came", '-', "none"},
    {"e.g. call somebody", '-', "none"},
    {"E.g. call somebody", '-', "none"},
    {"E-mail them.", '-', "none"},
    {"C'mon, help them", '-', "none"},
    {"The answer is not B.", '-', "none"},
    {"Option C is not appropriate.", '-', "none"},
    {"I would not choose option C.", '-', "none"},
    {"The worst choice would be C.", '-', "none"},
    {"The least appropriate action is D.", '-', "none"},
    {"Anything rather than (C).", '-', "none"},
    {"If the answer is B, they would be angry", '-', "none"},
    {"Answer: F", '-', "none"},
    {"The answer is 3.", '-', "none"},
    {"\xff\xfe\x80 garbage \xc3", '-', "none"},
    {"What is the best action? A good one.", '-', "none"},
};
INSTANTIATE_TEST_SUITE_P(None, ReadChoice, testing::ValuesIn(kNone));

TEST(Choice, lettersBeyondTheLastOptionAreNotRead) {
  EXPECT_EQ(readChoice("Answer: C", {"one two three", "four five six"}).option, -1);
  EXPECT_EQ(readChoice("B", {"one two three", "four five six"}).option, 1);
}

TEST(Choice, thePronounIsNoLetterEvenWithNineOptions) {
  const std::vector<std::string> nine(10, "");
  EXPECT_EQ(readChoice("I think so", nine).option, -1);
  EXPECT_EQ(readChoice("I", nine).option, 8);
  EXPECT_EQ(readChoice("Answer: I", nine).option, 8);
  EXPECT_EQ(readChoice("The best choice is I think to leave", nine).option, -1);
}

TEST(Choice, noOptionsIsNoCrash) { EXPECT_EQ(readChoice("C. Shout", {}).option, -1); }

TEST(Choice, twinOptionsAreNoContradiction) {
  EXPECT_EQ(readChoice("B. Tell them off",
                       {"Call the police", "Tell them off", "Leave it", "Tell them off"})
                .option,
            1);
}

TEST(Choice, longAnswersTakeLinearTime) {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += "The best (B) is C or A: ";
  EXPECT_EQ(readChoice(text, kOptions).option, -1);
  EXPECT_EQ(readChoice(std::string(2'000'000, '('), kOptions).rule, "empty");
  EXPECT_EQ(readChoice(std::string(1'000'000, 'A'), kOptions).rule, "none");
}

TEST(Choice, logProbabilities) {
  EXPECT_EQ(choiceFromLogProbs({-3, -1, -2}).option, 1);
  EXPECT_EQ(choiceFromLogProbs({-3, -1, -2}).rule, "logprob");
  EXPECT_EQ(choiceFromLogProbs({-1, -1, -2}).rule, "ambiguous");
  EXPECT_EQ(choiceFromLogProbs({-1, std::nan(""), -2}).option, -1);
  EXPECT_EQ(choiceFromLogProbs({}).rule, "none");
  const double none = -std::numeric_limits<double>::infinity();
  EXPECT_EQ(choiceFromLogProbs({none, none}).option, -1);
}

TEST(Choice, shiftsGoThereAndBack) {
  const std::vector<std::string> options{"a", "b", "c", "d", "e"};
  const auto shown = shiftedOptions(options, 2);
  EXPECT_EQ(shown, (std::vector<std::string>{"d", "e", "a", "b", "c"}));
  for (int shift = -7; shift < 8; ++shift) {
    const auto moved = shiftedOptions(options, shift);
    for (int place = 0; place < 5; ++place)
      EXPECT_EQ(moved[static_cast<std::size_t>(place)],
                options[static_cast<std::size_t>(originalOption(place, shift, 5))]);
  }
  EXPECT_EQ(choiceFromLogProbs({-9, -9, -1, -9, -9}, 2).option, 0);
  const auto shares = optionProbabilities({std::log(0.1), std::log(0.2), std::log(0.7)}, 1);
  EXPECT_NEAR(shares[0], 0.2, 1e-12);
  EXPECT_NEAR(shares[1], 0.7, 1e-12);
  EXPECT_NEAR(shares[2], 0.1, 1e-12);
}

}  // namespace
}  // namespace wordsight::eval
