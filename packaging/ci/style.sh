#!/usr/bin/env bash
# The form of every file that git tracks: formatting, ends of lines, exec bits, lengths, leftovers.
# usage: packaging/ci/style.sh [--fix]      --fix runs clang-format-14 over the C++ sources first
# Exit 0: nothing found; 1: findings, each on a line with file, place and reason.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
findings=0
note() { printf 'style: %s\n' "$*"; findings=$((findings + 1)); }
# Reads lines "file:line:text" or "file" and reports each with the reason given.
report() { local line; while IFS= read -r line; do note "${line:0:160}: $1"; done; }

command -v git >/dev/null && git rev-parse --is-inside-work-tree >/dev/null 2>&1 ||
  { echo 'style: this is no git checkout, so there is no list of files to look at'; exit 1; }
# Files that are gone from the working tree but still in the index are somebody's deletion in progress.
mapfile -d '' -t tracked < <(git ls-files -z)
files=() text=() cxx=()
for f in "${tracked[@]}"; do [ -f "$f" ] && files+=("$f"); done
for f in "${files[@]}"; do
  case $f in
    *.safetensors | *.png | *.jpg | *.jpeg | *.webp | *.gif | *.npz | *.bin | *.ico | *.db | *.wordsight) continue ;;
    # Data and other people's text: as it was made.
    tests/data/* | resources/demo/model/* | LICENSE | *.jsonl | *.inc) continue ;;
  esac
  text+=("$f")
  case $f in *.cpp | *.h | *.cu | *.cuh) cxx+=("$f") ;; esac
done
[ ${#cxx[@]} -gt 0 ] || { echo 'style: git tracks no C++ source'; exit 1; }

# --- clang-format, pinned: another version formats differently.
if command -v clang-format-14 >/dev/null; then
  [ "${1:-}" != --fix ] || printf '%s\0' "${cxx[@]}" | xargs -0 -P2 -n 16 clang-format-14 -i
  report 'not as clang-format-14 writes it (packaging/ci/style.sh --fix)' < <(
    printf '%s\0' "${cxx[@]}" | xargs -0 -P2 -n 16 clang-format-14 --dry-run 2>&1 |
      sed -nE 's/^([^: ]+):([0-9]+):[0-9]+: (warning|error): code should be clang-formatted.*/\1/p' | sort -u)
elif [ "${CI:-}" = true ]; then
  note 'clang-format-14 is not installed (packaging/deps/install.sh --tests)'
else
  echo 'style: clang-format-14 is not installed, so formatting was not checked (packaging/deps/install.sh --tests)'
fi

# --- characters
in_text() { printf '%s\0' "${text[@]}" | xargs -0 grep -nHIE "$@" || true; }
report 'carriage return at the end of the line' < <(in_text $'\r$' | cut -d: -f1-2)
report 'tab' < <(in_text $'\t' | cut -d: -f1-2)
report 'white space at the end of the line' < <(in_text '[ ]+$' | grep -vE '^[^:]+\.md:' | cut -d: -f1-2)
for f in "${text[@]}"; do
  [ ! -s "$f" ] || [ -z "$(tail -c1 "$f" | tr -d '\n' | tr '\0' x)" ] || note "$f: no line break at the end of the file"
done

# --- exec bits: files that begin with #! have it, others have not
while read -r mode _ _ path; do
  [ -f "$path" ] || continue
  first=$(head -c2 "$path" | tr -d '\0')
  if [ "$first" = '#!' ]; then
    [ "$mode" = 100755 ] || note "$path: begins with #! but is not executable (git update-index --chmod=+x)"
  else
    [ "$mode" != 100755 ] || note "$path: executable, but no script (git update-index --chmod=-x)"
  fi
done < <(git ls-files -s)

# --- scripts parse
for f in "${text[@]}"; do
  case $f in
    *.sh | .ci/run) bash -n "$f" 2>/dev/null || note "$f: bash cannot parse it" ;;
    *.py) python3 -c 'import ast,sys; ast.parse(open(sys.argv[1]).read())' "$f" 2>/dev/null || note "$f: Python cannot parse it" ;;
  esac
done

# --- lengths: long files are named in long_files.txt with a reason, and leave that list when they get shorter
limit=500 allowed=packaging/ci/long_files.txt
for f in "${text[@]}"; do
  case $f in *.cpp | *.h | *.cu | *.cuh | *.py | *.sh | *.cmake) ;; *) continue ;; esac
  lines=$(wc -l <"$f")
  if grep -qE "^$f +\| *[^ ]" "$allowed"; then
    [ "$lines" -gt $limit ] || note "$f: has $lines lines and needs no row in $allowed any more"
  elif [ "$lines" -gt $limit ]; then
    note "$f: $lines lines are more than $limit; split it, or give the reason in $allowed"
  fi
done
while IFS='|' read -r path _; do
  path=${path//[[:space:]]/}
  case $path in '' | '#'*) continue ;; esac
  [ -f "$path" ] || note "$allowed: names $path, which is not there"
done <"$allowed"
for f in "${files[@]}"; do
  [ "$(stat -c %s "$f")" -le 8388608 ] || note "$f: over 8 MiB; large data does not belong in the repository"
done

# --- leftovers (brackets keep the patterns from finding themselves)
report 'names a path of one machine' < <(in_text '/wor[k]/|/far[m]/|/tmp/bash_job[s]|/home/[a-z]+[/]|/Users/[a-z]+[/]')
report 'marks unfinished work: finish it, or file an issue' < <(in_text '\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b')
report 'conflict marker' < <(in_text '^(<<<<<[<]<|>>>>>[>]>) ')
report 'a test that is switched off' < <(in_text '\bDISABLED[_]|EXPECT_TRUE\(tru[e]\)')

# --- each layer says what it is
for dir in core/*/ ui/*/; do
  [ -f "$dir/CMakeLists.txt" ] || continue
  if [ ! -f "$dir/README.md" ]; then note "${dir}README.md: missing; a layer says in at most 40 lines what it is"
  elif [ "$(wc -l <"$dir/README.md")" -gt 40 ]; then note "${dir}README.md: longer than 40 lines"; fi
done

if [ $findings -gt 0 ]; then echo "style: $findings findings in ${#files[@]} files"; exit 1; fi
echo "style: ${#files[@]} files, nothing to say"
