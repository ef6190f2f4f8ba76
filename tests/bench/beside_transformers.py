#!/usr/bin/env python3
"""Wordsight's neural layer and transformers, one after the other on the same prompts, and the ratios.

    python beside_transformers.py MODEL VIVA_annotation.json BENCH_NEURAL [--items 48] [--rounds 3] [--threads 2] [--cpu]

MODEL is a folder that tests/oracle/smollm2.py made, BENCH_NEURAL the built program. Letters are the log-probabilities of
A to E after a caption, decoding is one greedy stream of 64 tokens, all in bfloat16. Rounds alternate, so that whatever else
the machine does meets both; each figure is the best of its rounds. Where others use the cores too, --cpu: two
teams of OpenMP threads slow each other down tenfold. Wanted: letters ≥ 1.6 × the better of transformers'
batches of 1 and 8, decoding ≥ 3 ×.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer

clock = time.perf_counter
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))
from smollm2 import letter_prompt  # noqa: E402


@torch.no_grad()
def letters(model, prompts, batch):
    start = clock()
    for at in range(0, len(prompts), batch):
        group = prompts[at:at + batch]
        width = max(map(len, group))
        ids = torch.tensor([[0] * (width - len(one)) + one for one in group])
        mask = torch.tensor([[0] * (width - len(one)) + [1] * len(one) for one in group])
        places = (mask.cumsum(-1) - 1).clamp(min=0)
        model(input_ids=ids, attention_mask=mask, position_ids=places, logits_to_keep=1).logits[:, -1].float().log_softmax(-1)
    return len(prompts) / (clock() - start)


@torch.no_grad()
def decode(model, prompt):
    times = []
    for tokens in (1, 65):
        start = clock()
        model.generate(input_ids=torch.tensor([prompt]), max_new_tokens=tokens, min_new_tokens=tokens, do_sample=False,
                       pad_token_id=0)
        times.append(clock() - start)
    return 64 / (times[1] - times[0])


def theirs(model, prompts, folder):
    start = clock()
    load_file(os.path.join(folder, "model.safetensors"))  # maps the file, as Wordsight does
    loaded = clock() - start
    return {"load_seconds": loaded, "letters_1": letters(model, prompts, 1), "letters_8": letters(model, prompts, 8),
            "decode_1": decode(model, prompts[0])}


def ours(options, file):
    command = [options.bench, "--model", options.model, "--prompts", file, "--clock", "cpu" if options.cpu else "wall"]
    done = subprocess.run(command, capture_output=True, text=True, check=True,
                          env=dict(os.environ, OMP_NUM_THREADS=str(options.threads)))
    rows = [line.split() for line in done.stdout.splitlines() if line.startswith("RESULT")]
    return {name: float(value) for _, name, value in rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("viva")
    parser.add_argument("bench")
    parser.add_argument("--items", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--cpu", action="store_true", help="count seconds of the processor, one thread")
    options = parser.parse_args()
    if options.cpu:
        global clock
        clock, options.threads = time.process_time, 1
    torch.set_num_threads(options.threads)
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    with open(options.viva, encoding="utf-8") as file:
        items = [item for item in json.load(file) if isinstance(item["situation_description"], str)]
    prompts = [letter_prompt(tokenizer, item) for item in items[:options.items]]
    model = AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.bfloat16).eval()
    letters(model, prompts[:2], 1)
    best = {"ours": {}, "theirs": {}}
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(" ".join(map(str, one)) + "\n" for one in prompts)
        file.flush()
        for number in range(options.rounds):
            for who in ("ours", "theirs"):
                found = ours(options, file.name) if who == "ours" else theirs(model, prompts, options.model)
                for name, value in found.items():
                    better = min if name.endswith("seconds") else max
                    best[who][name] = better(best[who].get(name, value), value)
                print(f"round {number + 1}, {who}: " + ", ".join(f"{k} {v:.2f}" for k, v in found.items()), flush=True)
    tokens = sum(map(len, prompts)) / len(prompts)
    mine, other = best["ours"], best["theirs"]
    print(f"{len(prompts)} prompts of {tokens:.0f} tokens, {options.threads} threads, best of {options.rounds} rounds")
    top = max(mine["letters_1"], mine["letters_8"], mine["letters_32"])
    print(f"letters: {top:.2f} to {max(other['letters_1'], other['letters_8']):.2f} items/s, ratio "
          f"{top / max(other['letters_1'], other['letters_8']):.2f}")
    print(f"loading: {mine['load_seconds']:.3f} s, safetensors alone {other['load_seconds']:.3f} s")
    size = os.path.getsize(os.path.join(options.model, "model.safetensors"))
    print(f"decoding: {mine['decode_1']:.1f} to {other['decode_1']:.1f} tokens/s, ratio "
          f"{mine['decode_1'] / other['decode_1']:.2f}; {mine['decode_1'] * size / 1e9:.1f} GB/s of weights read")


if __name__ == "__main__":
    main()
