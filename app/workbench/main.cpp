#include "shell/workbench.h"

int main(int argc, char** argv) { return wordsight::ui::runWorkbench(argc, argv); }
