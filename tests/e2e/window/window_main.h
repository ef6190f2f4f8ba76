#pragma once
#include "support.h"

namespace wordsight::ui {
class StallLog;
}

namespace wordsight::ui::test {

/// What held the window's thread for more than 10 ms since the program started.
StallLog& stallLog();

}  // namespace wordsight::ui::test
