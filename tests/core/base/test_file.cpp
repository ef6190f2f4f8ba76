#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "base/file.h"
#include "support.h"

namespace wordsight {
namespace {

std::size_t entriesIn(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

TEST(File, WritesAtomicallyAndReadsBack) {
  const test::TempFolder folder;
  const std::string bytes("a\0b\xff\n", 5);
  ASSERT_OK(writeFileAtomically(folder / "x", bytes));
  ASSERT_OK(writeFileAtomically(folder / "x", bytes + "!"));
  EXPECT_EQ(readFile(folder / "x").value(), bytes + "!");
  EXPECT_EQ(entriesIn(folder.path()), 1u) << "a temporary file was left behind";
}

TEST(File, UncommittedContentNeverAppears) {
  const test::TempFolder folder;
  ASSERT_OK(writeFileAtomically(folder / "x", "old"));
  {
    AtomicFile file(folder / "x");
    ASSERT_OK(file.open());
    ASSERT_OK(file.write("half"));
  }
  EXPECT_EQ(readFile(folder / "x").value(), "old");
  EXPECT_EQ(entriesIn(folder.path()), 1u);
}

TEST(File, FullDiskIsASentenceAndKeepsTheOldFile) {
  if (::access("/dev/full", W_OK) != 0) GTEST_SKIP() << "/dev/full is not here";
  auto file = AppendFile::open("/dev/full");
  ASSERT_OK(file);
  const auto status = file->append("text");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::Io);
  EXPECT_NE(status.error().message.find("No space left"), std::string::npos);
}

TEST(File, ReadErrorsNameTheFile) {
  const test::TempFolder folder;
  const auto missing = readFile(folder / "missing.json");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::NotFound);
  EXPECT_NE(missing.error().message.find("missing.json"), std::string::npos);
  EXPECT_FALSE(readFile(folder.path()));
  folder.write("big", std::string(5000, 'x'));
  EXPECT_FALSE(readFile(folder / "big", 4999));
  EXPECT_TRUE(readFile(folder / "big", 5000));
}

TEST(File, ReadsFilesWhoseSizeIsNotKnownAhead) {
  const auto status = readFile("/proc/self/status");  // says size 0
  ASSERT_OK(status);
  EXPECT_NE(status->find("Pid:"), std::string::npos);
}

TEST(File, LinesAreNumberedAndTrimmedOfTheirEnds) {
  const test::TempFolder folder;
  folder.write("x", "\xEF\xBB\xBFone\r\n\nthree");
  std::vector<std::string> lines;
  ASSERT_OK(forEachLine(folder / "x", [&](std::string_view line, std::size_t number) -> Status {
    EXPECT_EQ(number, lines.size() + 1);
    lines.emplace_back(line);
    return {};
  }));
  EXPECT_EQ(lines, (std::vector<std::string>{"one", "", "three"}));
  int calls = 0;
  const auto stopped = forEachLine(folder / "x", [&](std::string_view, std::size_t) -> Status {
    ++calls;
    return fail("enough");
  });
  EXPECT_FALSE(stopped);
  EXPECT_EQ(calls, 1);
  EXPECT_FALSE(forEachLine(folder.path(), [](std::string_view, std::size_t) { return Status(); }));
}

TEST(File, MapsWholeFiles) {
  const test::TempFolder folder;
  folder.write("x", "hello");
  folder.write("empty", "");
  auto mapped = MappedFile::open(folder / "x");
  ASSERT_OK(mapped);
  const MappedFile moved = std::move(*mapped);
  ASSERT_EQ(moved.bytes().size(), 5u);
  EXPECT_EQ(static_cast<char>(moved.bytes()[4]), 'o');
  EXPECT_EQ(MappedFile::open(folder / "empty").value().bytes().size(), 0u);
  EXPECT_FALSE(MappedFile::open(folder.path()));
  EXPECT_FALSE(MappedFile::open(folder / "missing"));
}

TEST(File, AppendsAndMakesFolders) {
  const test::TempFolder folder;
  ASSERT_OK(makeFolder(folder / "a/b/c"));
  ASSERT_OK(makeFolder(folder / "a/b/c"));
  {
    auto file = AppendFile::open(folder / "a/b/c/log");
    ASSERT_OK(file);
    ASSERT_OK(file->append("1\n", true));
  }
  auto again = AppendFile::open(folder / "a/b/c/log");
  ASSERT_OK(again->append("2\n"));
  EXPECT_EQ(readFile(folder / "a/b/c/log").value(), "1\n2\n");
  folder.write("file", "");
  const auto blocked = makeFolder(folder / "file/inside");
  ASSERT_FALSE(blocked);
  EXPECT_NE(blocked.error().message.find("file/inside"), std::string::npos);
}

}  // namespace
}  // namespace wordsight
