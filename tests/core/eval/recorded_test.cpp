#include "eval/recorded.h"

#include "base/file.h"
#include "domain/json.h"
#include "eval/viva.h"
#include "support.h"

namespace wordsight::eval {
namespace {

using test::TempFolder;

std::vector<BenchmarkItem> someItems() {
  std::vector<BenchmarkItem> items(4);
  const char* urls[] = {"https://e.org/1", "https://e.org/2", "https://e.org/3", "https://e.org/3"};
  for (std::size_t i = 0; i < 4; ++i) {
    items[i].index = static_cast<std::int64_t>(i) + 1;
    items[i].imageUrl = urls[i];
    items[i].imageFile = std::to_string(i + 1) + ".jpg";
    const std::string n = std::to_string(i < 3 ? i : 2);  // 3 and 4 are twins
    items[i].content.options = {"wait " + n, "shout at number " + n, "leave " + n};
    items[i].content.key = 1;
  }
  return items;
}

Json entry(std::int64_t index, const std::string& url, const std::vector<std::string>& options,
           const std::string& text) {
  Json list = Json::array();
  for (std::size_t i = 0; i < options.size(); ++i)
    list.push_back(std::string(1, static_cast<char>('A' + i)) + ". " + options[i]);
  return Json{{"index", index},
              {"image_url", url},
              {"image_file", "1.jpg"},
              {"action_list", list},
              {"result", Json::array({Json{{"instruction", "?"}, {"prediction", text}}})}};
}

TEST(Recorded, joinsByUrlAndOptionsNotByFileName) {
  const auto items = someItems();
  TempFolder folder;
  Json file = Json::array();
  file.push_back(entry(17, "https://e.org/2", items[1].content.options,
                       "The best action would be:\nB. shout at number 1"));
  file.push_back(entry(3, "https://e.org/3", items[2].content.options, "C"));
  const auto got = readRecorded(folder.write("r.json", file.dump()), items);
  ASSERT_OK(got);
  ASSERT_EQ(got->answers.size(), 2u);
  EXPECT_EQ(got->answers[0].item, 1u) << "the file name said item 1";
  EXPECT_EQ(got->answers[0].choice.option, 1);
  EXPECT_EQ(got->answers[0].choice.rule, "answer-phrase");
  EXPECT_EQ(got->answers[1].item, 2u) << "twins are told apart by their number";
  EXPECT_TRUE(got->issues.empty());
}

TEST(Recorded, otherOptionsAndOrders) {
  const auto items = someItems();
  TempFolder folder;
  Json file = Json::array();
  file.push_back(entry(1, "https://e.org/1", {"leave 0", "wait 0", "shout at number 0"},
                       "A"));  // moved on by one
  file.push_back(
      entry(2, "https://e.org/2", {"shout at number 1", "wait 1", "leave 1"}, "A"));  // swapped
  file.push_back(entry(9, "https://e.org/nowhere", {"a", "b"}, "A"));
  file.push_back(entry(5, "https://e.org/3", items[2].content.options, "A"));  // which twin?
  file.push_back(entry(1, "https://e.org/1", items[0].content.options, "B"));  // a second answer
  file.push_back(Json{{"index", 2}, {"image_url", "https://e.org/2"}});        // no answer
  file.push_back(5);
  const auto got = readRecorded(folder.write("r.json", file.dump()), items);
  ASSERT_OK(got);
  EXPECT_EQ(got->records, 7);
  ASSERT_EQ(got->answers.size(), 1u);
  EXPECT_EQ(got->answers[0].shift, 1);
  EXPECT_EQ(got->answers[0].choice.option, 2) << "A was shown before \"leave\"";
  EXPECT_EQ(got->issues.size(), 6u);
  for (const auto& issue : got->issues) EXPECT_EQ(issue.action, "left out");
}

TEST(Recorded, lines) {
  const auto items = someItems();
  TempFolder folder;
  const auto file = folder.write("r.jsonl",
                                 "{\"index\":1,\"letter\":\"C\"}\n\n{\"index\":2,\"text\":\"I "
                                 "cannot say.\"}\r\n{\"index\":77,\"text\":\"A\"}\n");
  const auto got = readRecorded(file, items);
  ASSERT_OK(got);
  ASSERT_EQ(got->answers.size(), 2u);
  EXPECT_EQ(got->answers[0].choice.option, 2);
  EXPECT_EQ(got->answers[1].choice.option, -1);
  EXPECT_EQ(got->answers[1].rawText, "I cannot say.");
  EXPECT_EQ(got->issues.size(), 1u);
}

TEST(Recorded, lettersAsPeopleWriteThem) {
  const auto items = someItems();
  TempFolder folder;
  for (const char* answer : {"(B)", "B.", "b", " B ", "**B**", "Option B", "[B]"}) {
    const auto got =
        readRecorded(folder.write("r.jsonl", Json{{"index", 1}, {"letter", answer}}.dump()), items);
    ASSERT_OK(got);
    EXPECT_EQ(got->answers.at(0).choice.option, 1) << answer;
    EXPECT_EQ(got->answers.at(0).choice.rule, "letter-only") << answer;
  }
  const auto mixed = readRecorded(folder.write("m.jsonl",
                                               R"x({"index":1,"answer":"(C)"}
{"index":2,"answer":5}
{"index":3,"letter":["B"]}
{"index":4,"action_list":["A. wait 2"],"answer":"B"})x"),
                                  items);
  ASSERT_OK(mixed);
  ASSERT_EQ(mixed->answers.size(), 1u);
  EXPECT_EQ(mixed->answers[0].choice.option, 2);
  ASSERT_EQ(mixed->issues.size(), 3u);
  EXPECT_EQ(
      mixed->issues[0].problem,
      "\"answer\" is the number 5, which may count options from 0 or from 1: write the letter");
  EXPECT_EQ(mixed->issues[1].problem, "\"letter\" is array, not a text");
  EXPECT_NE(mixed->issues[2].problem.find("no answer"), std::string::npos)
      << "an item's own \"answer\" is its key";
}

TEST(Recorded, aUrlThatIsNotThereIsNotReplacedByTheFileName) {
  const auto items = someItems();
  TempFolder folder;
  Json file = Json::array({entry(1, "https://e.org/elsewhere", items[0].content.options, "B")});
  EXPECT_FALSE(readRecorded(folder.write("r.json", file.dump()), items));
  file[0].erase("image_url");
  const auto got = readRecorded(folder.write("r.json", file.dump()), items);
  ASSERT_OK(got);
  EXPECT_EQ(got->answers[0].item, 0u);
}

TEST(Recorded, brokenFilesGiveASentence) {
  const auto items = someItems();
  TempFolder folder;
  const auto broken =
      readRecorded(folder.write("a.jsonl", "{\"index\":1,\"letter\":\"C\"}\n{\"index\":\n"), items);
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().message.find("line 2"), std::string::npos) << broken.error().message;
  EXPECT_FALSE(readRecorded(folder.write("b.json", ""), items));
  EXPECT_FALSE(readRecorded(folder.write("c.json", "[]"), items));
  EXPECT_FALSE(readRecorded(folder.write("d.json", "hello"), items));
  EXPECT_FALSE(readRecorded(folder / "none.json", items));
}

TEST(Recorded, theReleasedFormAgainstTheRealItems) {
  const auto file = test::shared("viva/VIVA_annotation.json");
  if (file.empty()) GTEST_SKIP() << "no shared/viva beside the project";
  const auto viva = readViva(file);
  ASSERT_OK(viva);
  // As released: the items of the file as they are, numbered from 0, other file names, NaN where a
  // text is missing.
  const auto raw = parseJsonWithNaN(*readFile(file), "viva", nullptr);
  ASSERT_OK(raw);
  Json released = *raw;
  for (std::size_t i = 0; i < released.size(); ++i) {
    released[i]["image_file"] = std::to_string(released.size() - i) + ".jpg";
    const auto& item = viva->items[i];
    const std::string letter(1, static_cast<char>('A' + item.content.key));
    released[i]["result"] = Json::array(
        {Json{{"prediction",
               letter + ". " + item.content.options[static_cast<std::size_t>(item.content.key)]}}});
  }
  TempFolder folder;
  const auto got = readRecorded(folder.write("released.json", released.dump()), viva->items);
  ASSERT_OK(got);
  EXPECT_EQ(got->answers.size(), 1240u);
  EXPECT_TRUE(got->issues.empty());
  for (const auto& answer : got->answers) {
    const auto& item = viva->items[answer.item];
    EXPECT_EQ(answer.choice.option, item.content.key)
        << item.index << " " << answer.choice.rule << " " << answer.rawText;
    EXPECT_EQ(answer.choice.rule, "letter-first");
  }
}

}  // namespace
}  // namespace wordsight::eval
