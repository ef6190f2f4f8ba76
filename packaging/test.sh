#!/usr/bin/env bash
# Everything that CI holds a change against, from a bare Debian 12 or a machine with everything: installs what is missing,
# checks the style, builds with warnings as errors, runs the tests and the whole loop.
# usage: packaging/test.sh [--all] [--build-only]
#   --all         also what takes long: tests labelled `slow`, the whole run on real data, sanitizers (`asan`, `tsan`) on
#                 the layers without torch, the preset `headless`
#   --build-only  stop after the build
# A phase that fails does not keep the later ones from running, except that nothing runs without a build.
# Exit 0 only when every phase passed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
name='test'
. packaging/ci/lib.sh

all='' build_only=''
while [ $# -gt 0 ]; do
  case $1 in
    --all) all=yes ;;
    --build-only) build_only=yes ;;
    -h | --help) sed -n '2,9s/^# //p' packaging/test.sh; exit 0 ;;
    *) die "unknown option '$1'; see packaging/test.sh --help" ;;
  esac
  shift
done

# At a terminal Ctrl-C must reach what runs; elsewhere the time limit must reach all of its children.
foreground=''; [ ! -t 0 ] || foreground=--foreground
rows=() failed='' started=$SECONDS
# phase LABEL SECONDS COMMAND…: runs it without standard input and under a time limit, notes how long it took and how it ended.
phase() {
  local label=$1 limit=$2 at=$SECONDS rc=0 result=passed
  shift 2
  printf '\n%s: ---- %s\n' "$name" "$label"
  # shellcheck disable=SC2086
  timeout $foreground --kill-after=30 "$limit" "$@" </dev/null || rc=$?
  case $rc in
    0) ;;
    77) result=skipped rc=0 ;;
    124 | 137) result="FAILED (stopped after $(duration "$limit"))" ;;
    *) result="FAILED (exit $rc)" ;;
  esac
  rows+=("$(printf '%-28s %12s   %s' "$label" "$(duration $((SECONDS - at)))" "$result")")
  [ $rc = 0 ] || failed="$failed${failed:+, }$label"
  return $rc
}

finish() {
  printf '\n%s: ---- summary\n' "$name"
  printf "$name: %s\n" "${rows[@]}"
  if [ -n "$failed" ]; then say "FAILED after $(duration $((SECONDS - started))): $failed"; exit 1; fi
  say "passed in $(duration $((SECONDS - started)))"
  exit 0
}

jobs=$(build_jobs)
phase 'install' 1800 packaging/deps/install.sh --tests || finish
phase 'style' 300 packaging/ci/style.sh
phase 'configure' 300 cmake --preset release -DWORDSIGHT_TESTS=ON -DWORDSIGHT_WERROR=ON || finish
phase 'build' 4500 cmake --build --preset release --parallel "$jobs" -- -k 5 || finish
[ -z "$build_only" ] || finish

# Tests run side by side with one thread each: two OpenMP teams on the same cores slow each other down tenfold.
run_tests=(ctest --test-dir build/release --output-on-failure --no-tests=error --timeout 300)
phase 'unit tests' 1200 env OMP_NUM_THREADS=1 "${run_tests[@]}" --parallel "$jobs" --label-exclude '^(e2e|slow|gpu)$'
# What reads strangers' files, under changed bytes: three tests of twenty seconds.
phase 'fuzz' 600 env OMP_NUM_THREADS=1 WORDSIGHT_FUZZ_SECONDS=20 "${run_tests[@]}" --tests-regex 'NoMutationCrashes|SurvivesMutatedHeaders'
phase 'end to end' 1200 "${run_tests[@]}" --label-regex '^e2e$' --label-exclude '^(slow|gpu)$'
if [ -n "$all" ]; then
  phase 'slow tests' 3600 "${run_tests[@]}" --no-tests=ignore --timeout 1800 --label-regex '^slow$' --label-exclude '^gpu$'
  phase 'real data, whole' 7200 tests/e2e/real/run.sh --all --cli build/release/app/cli/wordsight-cli
  # What has no torch in it, under the sanitizers; torch itself is not built for them.
  phase 'asan' 3600 packaging/ci/sanitize.sh asan base domain text synth curate eval store vision
  phase 'tsan' 1800 packaging/ci/sanitize.sh tsan base store
  phase 'headless' 3600 bash -c "cmake --preset headless && cmake --build --preset headless --parallel $jobs"
else
  phase 'real data, short' 1500 tests/e2e/real/run.sh --short --cli build/release/app/cli/wordsight-cli
fi
finish
