#!/usr/bin/env bash
# Installs what Wordsight needs to be built and run: the Debian packages of packages.txt and the libtorch of torch.txt.
# usage: packaging/deps/install.sh [--tests] [--package] [--headless] [--no-packages] [--no-torch] [--check]
#   --tests        also what packaging/test.sh needs (GoogleTest, clang-format)
#   --package      also what packaging/ci/package.sh needs (dpkg-dev, debootstrap, Xvfb)
#   --headless     only what the preset `headless` needs: no OpenCV, no SQLite
#   --no-packages  leave Debian's packages alone      --no-torch  leave libtorch alone
#   --check        install nothing; say what is missing and exit 1 if something is
# What is there already is left as it is, so it can be run at any time; a second run takes a second.
# libtorch goes to $WORDSIGHT_DEPS, or /opt/wordsight-deps as root, or ~/.cache/wordsight/deps.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

say() { printf 'deps: %s\n' "$*"; }
die() { printf 'deps: %s\n' "$*" >&2; exit 1; }

groups="all desktop setup speed" packages=yes torch=yes check="" temp=""
trap '[ -z "$temp" ] || rm -rf "$temp"' EXIT
while [ $# -gt 0 ]; do
  case $1 in
    --tests) groups="$groups tests" ;;
    --package) groups="$groups package" ;;
    --headless) groups=${groups/ desktop/} ;;
    --no-packages) packages= ;;
    --no-torch) torch= ;;
    --check) check=yes ;;
    -h | --help) sed -n '2,10s/^# //p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) die "unknown option '$1'; see packaging/deps/install.sh --help" ;;
  esac
  shift
done

# Names from packages.txt whose last column is one of the groups asked for.
wanted_packages() {
  local name who
  while IFS='|' read -r name _ who; do
    name=${name//[[:space:]]/} who=${who//[[:space:]]/}
    case $name in '' | '#'*) continue ;; esac
    case " $groups " in *" $who "*) printf '%s\n' "$name" ;; esac
  done <"$here/packages.txt"
}

missing_packages() {
  local name
  for name in $(wanted_packages); do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || true)" = installed ] || printf '%s\n' "$name"
  done
}

# As root, or through sudo: without a terminal sudo must not ask for a password.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; return; fi
  command -v sudo >/dev/null || die "packages must be installed as root, and sudo is not there: run '$0' as root"
  if [ -t 0 ]; then sudo "$@"; else
    sudo -n "$@" || die "could not run '$1' through sudo without a password: run '$0' as root first"
  fi
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null
}

install_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    die "this is no Debian: install the counterparts of packaging/deps/packages.txt by hand, then use --no-packages"
  local missing log start=$SECONDS
  missing=$(missing_packages | tr '\n' ' ')
  [ -n "$missing" ] || { say "all Debian packages are there"; return; }
  [ -z "$check" ] || { say "missing packages: $missing"; return 1; }
  say "installing $(wc -w <<<"$missing") packages: $missing"
  log=$(mktemp)
  if ! apt_get update >"$log" 2>&1; then
    # An index that cannot be read matters only if a package is in it.
    say "apt-get update reported: $(grep -m1 -E '^(E|W):' "$log" || tail -n1 "$log")"
  fi
  # shellcheck disable=SC2086
  if ! apt_get install --no-install-recommends --yes $missing >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    die "apt-get could not install the packages above; check the network and /etc/apt/sources.list, then run this again"
  fi
  rm -f "$log"
  say "packages installed in $((SECONDS - start)) s"
}

# The folder that holds torch/ and nvidia/: what CMake looks for.
deps_folder() {
  if [ -n "${WORDSIGHT_DEPS:-}" ]; then printf '%s\n' "$WORDSIGHT_DEPS"
  elif [ "$(id -u)" = 0 ]; then echo /opt/wordsight-deps
  else printf '%s\n' "$HOME/.cache/wordsight/deps"; fi
}

# pip writes NAME-VERSION.dist-info last, and the folder is renamed into place whole: these folders prove the versions.
torch_is_there() {
  local line name
  [ -e "$1/torch/lib/libtorch_cpu.so" ] && [ -e "$1/torch/include/torch/csrc/api/include/torch/torch.h" ] || return 1
  while read -r line; do
    name=${line%%==*}
    line=${line#*==}
    [ -d "$1/${name//-/_}-${line%% *}.dist-info" ] || return 1
  done < <(grep -E '^[a-z].*==' "$here/torch.txt")
}

# A python3 that has pip: the first in PATH may be another one than Debian's.
python_with_pip() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -m pip --version >/dev/null 2>&1; then echo "$python"; return; fi
  done
  return 1
}

install_torch() {
  local folder parent python candidate start=$SECONDS
  [ "$(uname -sm)" = "Linux x86_64" ] ||
    die "the pinned libtorch is for Linux on x86-64; set WORDSIGHT_TORCH_DIR to a folder of torch 2.11 and use --no-torch"
  folder=$(deps_folder)
  for candidate in "$folder" /opt/wordsight-deps; do
    if torch_is_there "$candidate"; then say "libtorch is there: $candidate/torch"; return; fi
  done
  [ -z "$check" ] || { say "missing: libtorch as in torch.txt (looked in $folder)"; return 1; }
  python=$(python_with_pip) || die "python3 has no pip: install python3-pip (packages.txt), then run this again"
  parent=$(dirname "$folder")
  mkdir -p "$parent" && [ -w "$parent" ] || die "$parent is not writable: set WORDSIGHT_DEPS to a folder for libtorch"
  [ "$(df -Pk "$parent" | awk 'NR==2 {print $4}')" -gt 2500000 ] ||
    die "$parent has less than 2.5 GB free, which libtorch needs while it is unpacked: set WORDSIGHT_DEPS to another disk"
  # Two installs at once: the second waits, then finds the first one's work.
  exec 9>"$parent/.wordsight-deps.lock"
  flock 9
  if torch_is_there "$folder"; then say "libtorch is there: $folder/torch"; return; fi
  rm -rf "$parent"/.wordsight-deps.new.*
  temp=$(mktemp -d "$parent/.wordsight-deps.new.XXXXXX")
  say "downloading libtorch (590 MB) into $folder"
  # The tags are those of Debian 12's Python whatever Python runs pip: the same files, and the same hashes, everywhere.
  # With --target pip leaves the system's Python alone, so Debian's "externally managed" mark does not concern it.
  mkdir "$temp/tmp"
  if ! TMPDIR=$temp/tmp PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1 "$python" -m pip install --quiet \
      --no-input --no-cache-dir --no-compile --no-deps --require-hashes --only-binary=:all: --implementation cp \
      --python-version 3.11 --platform manylinux_2_28_x86_64 --platform manylinux_2_25_x86_64 \
      --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 \
      --target "$temp/site" -r "$here/torch.txt" </dev/null; then
    die "pip could not fetch libtorch; check the network (pip's own settings, such as PIP_INDEX_URL, hold), then run this again"
  fi
  [ ! -e "$folder" ] || mv "$folder" "$temp/old"
  chmod 755 "$temp/site"
  mv "$temp/site" "$folder"
  torch_is_there "$folder" || die "$folder does not hold what torch.txt names: remove it and run this again"
  say "libtorch installed in $((SECONDS - start)) s"
}

status=0
[ -z "$packages" ] || install_packages || status=1
[ -z "$torch" ] || install_torch || status=1
exit $status
