# shellcheck shell=bash disable=SC2154
# What run.sh and test.sh share; sourced, with $name set to the script's own word for itself.

say() { printf '%s: %s\n' "$name" "$*"; }
die() { printf '%s: %s\n' "$name" "$*" >&2; exit 1; }

# Compilations at a time: one a core, as long as each has 3 GiB of memory (torch's header takes 2).
build_jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemTotal:/ {print int($2 / 1048576 / 3)}' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  echo $((cores < memory ? cores : memory))
}

# 75 -> "1 min 15 s"
duration() {
  if [ "$1" -lt 60 ]; then echo "$1 s"; else printf '%d min %02d s\n' $(($1 / 60)) $(($1 % 60)); fi
}
