#!/usr/bin/env bash
# The form of every file that git tracks: formatting, ends of lines, exec bits, lengths, leftovers (see style.py);
# the icons as one set (check_icons.py).
# usage: packaging/ci/style.sh [--fix]      --fix runs clang-format-14 over the C++ sources first
# Exit 0: nothing found; 1: findings, each on a line with file, place and reason.
command -v python3 >/dev/null || { echo 'style: python3 is not installed (packaging/deps/install.sh --tests)'; exit 1; }
here=$(dirname "${BASH_SOURCE[0]}")
status=0
python3 "$here/style.py" "$@" || status=1
# A tree without icons (as the tests of this check make) has none to look at.
if [ -d "$here/../../resources/icons" ]; then python3 "$here/check_icons.py" || status=1; fi
exit $status
