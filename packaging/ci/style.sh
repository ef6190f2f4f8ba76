#!/usr/bin/env bash
# The form of every file that git tracks: formatting, ends of lines, exec bits, lengths, leftovers (see style.py).
# usage: packaging/ci/style.sh [--fix]      --fix runs clang-format-14 over the C++ sources first
# Exit 0: nothing found; 1: findings, each on a line with file, place and reason.
command -v python3 >/dev/null || { echo 'style: python3 is not installed (packaging/deps/install.sh --tests)'; exit 1; }
exec python3 "$(dirname "${BASH_SOURCE[0]}")/style.py" "$@"
