#!/usr/bin/env bash
# Builds the unit tests of some layers with a preset's sanitizer and runs them. torch is not compiled for sanitizers: layers
# that use it are not among those.
# usage: packaging/ci/sanitize.sh asan|tsan LAYER…
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
preset=$1
shift
name=sanitize
. packaging/ci/lib.sh
jobs=$(build_jobs)
cmake --preset "$preset" >/dev/null
targets=()
for layer in "$@"; do targets+=("test_$layer"); done
cmake --build "build/$preset" --parallel "$jobs" --target "${targets[@]}"
export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 TSAN_OPTIONS=halt_on_error=1
export OMP_NUM_THREADS=1
for layer in "$@"; do
  echo "sanitize: $preset $layer"
  "build/$preset/tests/core/$layer/test_$layer" --gtest_brief=1
done
