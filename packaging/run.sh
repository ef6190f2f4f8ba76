#!/usr/bin/env bash
# From a bare Debian 12 to the demo's table: installs what is missing, builds, runs the whole loop on the embedded world.
# Where there is a display, the window then opens on that project.
# usage: packaging/run.sh [OPTION of `wordsight-cli demo`…]      e.g. packaging/run.sh --project mine.wordsight --control
# Without --project the project is build/demo/demo.wordsight; a run that was interrupted there is gone on with, and a
# finished one is shown again in seconds: name another project, or remove build/demo, to see it learn once more.
set -euo pipefail
cd_from=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
name='run'
. packaging/ci/lib.sh
start=$SECONDS

case " $* " in *' -h '* | *' --help '*) sed -n '2,6s/^# //p' packaging/run.sh; exit 0 ;; esac

packaging/deps/install.sh

# The demo needs no tests; where GoogleTest is installed somebody works on Wordsight, and the setting stays as it is.
tests=()
[ "$(dpkg-query -W -f '${db:Status-Status}' libgtest-dev 2>/dev/null || true)" = installed ] || tests=(-DWORDSIGHT_TESTS=OFF)
say 'configuring'
log=$(mktemp)
cmake --preset release "${tests[@]}" >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; die 'the configure step failed; its messages are above'; }
rm -f "$log"
say "building with $(build_jobs) jobs"
cmake --build --preset release --target wordsight-cli wordsight --parallel "$(build_jobs)" ||
  die 'the build failed; its messages are above'
say "built after $(duration $((SECONDS - start)))"

# The project that the demo works on, as an absolute path, for the window afterwards.
project='' previous=''
for word in "$@"; do
  case $word in --project=*) project=${word#--project=} ;; esac
  [ "$previous" != --project ] || project=$word
  previous=$word
done
options=()
if [ -z "$project" ]; then
  mkdir -p build/demo
  project=$PWD/build/demo/demo.wordsight
  options=(--project "$project")
fi
program=$PWD/build/release/app/cli/wordsight-cli window=$PWD/build/release/app/workbench/wordsight
# Paths in the options are meant from where the user stands.
cd "$cd_from"
"$program" demo "${options[@]}" "$@" || exit $?
say "done after $(duration $((SECONDS - start)))"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${CI:-}" ]; then
  say "opening the window on $project"
  setsid "$window" "$project" >/dev/null 2>&1 &
fi
