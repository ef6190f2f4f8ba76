#pragma once

namespace wordsight::ui {

/// The program `wordsight`: makes the application, its settings and the window, opens the project
/// named on the command line, and runs until the window is closed. Returns the exit status.
int runWorkbench(int argc, char** argv);

}  // namespace wordsight::ui
