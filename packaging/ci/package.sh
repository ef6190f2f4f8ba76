#!/usr/bin/env bash
# The Debian package: packed from a build that is there, then installed, started and removed on a minimal Debian 12.
# usage: packaging/ci/package.sh [--build FOLDER] [--deb FILE] [--pack-only] [--fresh]
#   --build FOLDER  a configured build with its programs built (default build/release); the package goes to FOLDER/package
#   --deb FILE      pack nothing, try this package
#   --pack-only     do not try it
#   --fresh         make the minimal Debian anew
# Trying it needs root, what packages.txt lists for `package`, Debian's mirror, and 3 GB in $WORDSIGHT_PACKAGE_ROOT
# (/var/tmp/wordsight-package), where the minimal Debian is kept for the next time. Everything in it happens in a chroot;
# this machine's own packages are left alone. $WORDSIGHT_PACKAGE_PICTURE names a PNG for a picture of the window (with
# ImageMagick's import). Exit 0: packed and tried; 1: something failed; 77: packed, but not tried.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
name='package'
. packaging/ci/lib.sh

build=build/release deb='' pack_only='' fresh='' start=$SECONDS
while [ $# -gt 0 ]; do
  case $1 in
    --build) build=${2:?}; shift ;;
    --deb) deb=$(readlink -e "${2:?}") || die "there is no file $2"; shift ;;
    --pack-only) pack_only=yes ;;
    --fresh) fresh=yes ;;
    -h | --help) sed -n '2,11s/^# //p' packaging/ci/package.sh; exit 0 ;;
    *) die "unknown option '$1'; see packaging/ci/package.sh --help" ;;
  esac
  shift
done
base=${WORDSIGHT_PACKAGE_ROOT:-/var/tmp/wordsight-package} xserver='' window=''
seed=$base/seed root=$base/root work=$(mktemp -d)

leave() {
  local mounted
  [ -z "$window" ] || kill -KILL "$window" 2>/dev/null || true
  [ -z "$xserver" ] || { kill "$xserver" && wait "$xserver"; } 2>/dev/null || true
  window='' xserver=''
  for mounted in tmp/.X11-unix dev proc; do
    ! mountpoint -q "$root/$mounted" || umount -l "$root/$mounted"
  done
  rm -rf "$work"
}
trap leave EXIT

pack() {
  local program at=$SECONDS
  [ -e "$build/CPackConfig.cmake" ] || die "$build is not configured: cmake --preset release && cmake --build --preset release"
  ! grep -q '^WORDSIGHT_CUDA:BOOL=ON' "$build/CMakeCache.txt" ||
    die "$build is a build with CUDA, whose libraries (4 GB) are not packed; configure another with -DWORDSIGHT_CUDA=OFF"
  for program in app/cli/wordsight-cli app/workbench/wordsight; do
    [ -x "$build/$program" ] || ! grep -q "^build $program:" "$build/build.ninja" ||
      die "$build/$program is not built: cmake --build $build --target $(basename $program)"
  done
  rm -rf "$build/package"
  cpack --config "$build/CPackConfig.cmake" -B "$build/package" >"$work/log" 2>&1 || { cat "$work/log" >&2; die 'cpack failed; its messages are above'; }
  rm -rf "$build/package/_CPack_Packages"
  deb=$(readlink -e "$build"/package/*.deb)
  say "packed ${deb#"$PWD/"}, $(($(stat -c %s "$deb") / 1000000)) MB, in $(duration $((SECONDS - at)))"
}

# What can be said of the package without installing it.
look_at() {
  local file
  dpkg-deb -x "$deb" "$work/tree"
  for file in "$work"/tree/usr/bin/*; do
    # shellcheck disable=SC2016
    readelf -d "$file" | grep -q 'RUNPATH.*\[\$ORIGIN/\.\./lib/wordsight/libtorch\]' ||
      die "${file#"$work"/tree} looks for its libraries elsewhere than in the package: $(readelf -d "$file" | grep -E 'R(UN)?PATH')"
  done
  if dpkg-deb -c "$deb" | awk '$2 != "root/root" || ($1 !~ /^l/ && $1 ~ /^.....w|^........w/)' | grep .; then
    die 'these files of the package belong to somebody else than root, or others may write to them'
  fi
  for file in copyright changelog.gz; do
    [ -e "$work/tree/usr/share/doc/wordsight/$file" ] || die "the package has no /usr/share/doc/wordsight/$file"
  done
  [ ! -e "$work/tree/usr/bin/wordsight" ] || look_at_desktop "$work/tree/usr/share"
  rm -rf "$work/tree"
}

look_at_desktop() {
  local id=io.github.wordsight.Wordsight size
  desktop-file-validate "$1/applications/$id.desktop" || die 'the desktop entry is wrong; see above'
  appstreamcli validate --no-net --no-color "$1/metainfo/$id.metainfo.xml" >"$work/log" || { cat "$work/log"; die 'the AppStream data is wrong; see above'; }
  for size in 16 32 48 256; do
    [ -s "$1/icons/hicolor/${size}x$size/apps/$id.png" ] || die "no icon of $size px: install librsvg2-bin, configure and pack again"
  done
}

make_seed() {
  local mirror at=$SECONDS
  [ -z "$fresh" ] || rm -rf "$seed"
  [ ! -e "$seed/.done" ] || return 0
  rm -rf "$seed"
  mkdir -p "$base"
  mirror=$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -n 1 || true)
  # shellcheck disable=SC2086
  debootstrap --variant=minbase bookworm "$seed" $mirror >"$base/debootstrap.log" 2>&1 ||
    die "debootstrap failed; see $base/debootstrap.log"
  # This machine's way to Debian: mirror, proxy, keys and certificates.
  rm -f "$seed/etc/apt/sources.list"
  cp -rL /etc/apt/sources.list /etc/apt/sources.list.d "$seed/etc/apt/" 2>/dev/null || true
  cp /etc/apt/apt.conf.d/99* "$seed/etc/apt/apt.conf.d/" 2>/dev/null || true
  cp /etc/resolv.conf /etc/hosts "$seed/etc/" 2>/dev/null || true
  mkdir -p "$seed/etc/ssl/certs" "$seed/usr/share/keyrings"
  cp -rL /etc/ssl/certs/. "$seed/etc/ssl/certs/"
  cp -r /usr/share/keyrings/. "$seed/usr/share/keyrings/"
  touch "$seed/.done"
  say "made a minimal Debian in $(duration $((SECONDS - at)))"
}

inside() {
  local set=() variable
  for variable in http_proxy https_proxy no_proxy SSL_CERT_FILE SSL_CERT_DIR; do
    [ -z "${!variable:-}" ] || set+=("$variable=${!variable}")
  done
  env -i HOME=/tmp/home PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "${set[@]}" \
    chroot "$root" "$@" </dev/null
}

apt_inside() {
  inside apt-get -qq -o Dpkg::Use-Pty=0 "$@" >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; die "apt-get $1 failed in the minimal Debian; see above"; }
}

enter() {
  rm -rf "$root"
  cp -a --reflink=auto "$seed" "$root"
  mkdir -p "$root/tmp/home"
  { mount -t proc proc "$root/proc" && mount --bind /dev "$root/dev"; } || die "could not mount /proc and /dev in $root"
  cp "$deb" "$root/tmp/wordsight.deb"
}

try_command_line() {
  local version at=$SECONDS
  version=$(inside wordsight-cli --version) || die 'wordsight-cli --version failed on the minimal Debian'
  [ "$version" = "$(dpkg-deb -f "$deb" Version)" ] || die "wordsight-cli says version '$version', the package another"
  # Twenty scenarios and one step: every library is used, nothing is learned.
  inside wordsight-cli --threads 1 demo --project /tmp/home/demo.wordsight --scenarios 20 --steps 1 >"$work/log" 2>&1 ||
    { tail -n 20 "$work/log" >&2; die 'wordsight-cli demo failed on the minimal Debian; see above'; }
  say "wordsight-cli $version runs a small demo in $(duration $((SECONDS - at)))"
}

# until_true TENTHS COMMAND…: waits for it to succeed, and says whether it did.
until_true() {
  local left=$1
  shift
  until "$@"; do
    [ $((left -= 1)) -gt 0 ] || return 1
    sleep 0.1
  done
}

is_gone() { ! kill -0 "$1" 2>/dev/null; }

# The window's program is gone, or has a window of its class, mapped and of a main window's size.
window_or_gone() {
  is_gone "$window" && return
  seen=$(DISPLAY=$display xwininfo -root -tree | grep -E '"[Ww]ordsight"\)? +[0-9]{3,}x[0-9]{3,}') || return 1
}

# Xvfb runs outside, so that the chroot holds nothing but what the package asks for.
try_window() {
  local waited display at=$SECONDS seen='' status=0
  if [ ! -e "$root/usr/bin/wordsight" ]; then say 'the package holds no window yet, so none was started'; return; fi
  mkdir -p "$root/tmp/.X11-unix" /tmp/.X11-unix
  Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp 3>"$work/display" 2>/dev/null &
  xserver=$!
  until_true 100 test -s "$work/display" || die 'Xvfb did not start'
  display=:$(cat "$work/display")
  mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
  # A chroot shares the process numbers: this one says which to end.
  # shellcheck disable=SC2016
  inside env DISPLAY="$display" sh -c 'echo $$ >/tmp/home/pid; exec wordsight /tmp/home/demo.wordsight' >"$work/log" 2>&1 &
  waited=$!
  until_true 100 test -s "$root/tmp/home/pid" || die 'nothing starts in the minimal Debian'
  window=$(cat "$root/tmp/home/pid")
  until_true 300 window_or_gone || { cat "$work/log" >&2; die 'wordsight opened no window within 30 s; its messages are above'; }
  sleep 4
  [ -z "${WORDSIGHT_PACKAGE_PICTURE:-}" ] || DISPLAY=$display import -window root "$WORDSIGHT_PACKAGE_PICTURE"
  ! is_gone "$window" || { cat "$work/log" >&2; die 'wordsight ended by itself; its messages are above'; }
  kill "$window"
  until_true 100 is_gone "$window" || die 'wordsight was still there 10 s after it was asked to end (SIGTERM)'
  wait "$waited" || status=$?
  window=''
  # 143: ended by the signal, as asked.
  case $status in 0 | 143) ;; *) cat "$work/log" >&2; die "wordsight ended with status $status when it was asked to; see above" ;; esac
  umount "$root/tmp/.X11-unix"
  say "wordsight opened its window ($(grep -m 1 -oE '[0-9]{3,}x[0-9]{3,}' <<<"$seen")) and ended when asked, $(duration $((SECONDS - at)))"
}

try_removal() {
  local left
  inside dpkg --verify wordsight || die 'files of the package were changed while it ran; see above'
  inside dpkg -L wordsight >"$work/files"
  apt_inside purge --yes wordsight
  left=$(while read -r file; do [ -d "$root$file" ] || [ ! -e "$root$file" ] || echo "$file"; done <"$work/files"
    find "$root" -xdev \( -path "$root/tmp" -o -path "$root/proc" -o -path "$root/dev" -o -path "$root/var/log" \) -prune \
      -o -iname '*wordsight*' -printf '/%P\n')
  [ -z "$left" ] || die "after its removal the package left: $left"
  say 'removed without a trace'
}

[ -n "$deb" ] || pack
look_at
[ -z "$pack_only" ] || exit 0
[ "$(id -u)" = 0 ] || { say 'not tried: a chroot needs root'; exit 77; }
for tool in debootstrap Xvfb xwininfo; do
  command -v $tool >/dev/null || { say "not tried: $tool is not installed (packaging/deps/install.sh --package)"; exit 77; }
done
exec 9>"$base.lock"
flock 9
make_seed
enter
at=$SECONDS
apt_inside update
apt_inside install --yes --no-install-recommends /tmp/wordsight.deb
say "installed with its dependencies in $(duration $((SECONDS - at)))"
try_command_line
try_window
try_removal
leave
rm -rf "$root"
say "passed in $(duration $((SECONDS - start)))"
