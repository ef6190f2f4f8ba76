#include <sys/wait.h>
#include <unistd.h>

#include "base/file_lock.h"
#include "support.h"

namespace wordsight {
namespace {

TEST(FileLock, HasOneOwnerAtATime) {
  const test::TempFolder folder;
  const auto file = folder / "a.lock";
  auto first = FileLock::tryAcquire(file);
  ASSERT_OK(first);
  ASSERT_TRUE(*first);
  auto second = FileLock::tryAcquire(file);
  ASSERT_OK(second);
  EXPECT_FALSE(*second);
  first->reset();
  EXPECT_FALSE(std::filesystem::exists(file));
  second = FileLock::tryAcquire(file);
  ASSERT_OK(second);
  EXPECT_TRUE(*second);
  EXPECT_FALSE(FileLock::tryAcquire(folder / "nowhere/a.lock"));
}

TEST(FileLock, IsFreeWhenItsOwnerWasKilled) {
  const test::TempFolder folder;
  const auto file = folder / "a.lock";
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = FileLock::tryAcquire(file);
    ::_exit(lock && *lock ? 7 : 1);  // as a kill: no destructor runs
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_EQ(WEXITSTATUS(status), 7);
  ASSERT_TRUE(std::filesystem::exists(file)) << "nobody was there to remove it";
  const auto lock = FileLock::tryAcquire(file);
  ASSERT_OK(lock);
  EXPECT_TRUE(*lock);
}

}  // namespace
}  // namespace wordsight
