#!/usr/bin/env python3
"""Adapters and merged models that Wordsight writes, loaded by PEFT and transformers.

    python adapters.py WORDSIGHT-CLI [MODEL…]

For each tiny checkpoint of tests/data/models: trains an adapter for a few steps with the command line, loads it in PEFT,
merges it, loads the result in transformers, and holds the logits against `inspect logits`. Exit 1 where they differ.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

import torch
from peft import PeftModel
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoModelForImageTextToText

import byte_tokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = os.path.join(HERE, "..", "data", "models")
TOLERANCE = 1e-4  # of max(1, |logit|)
SPEC = {"preset": "corrected", "precision": "f32", "seed": 3, "epochs": 2, "loss": "answer",
        "lora": {"rank": 4, "alpha": 6, "dropout": 0.0,
                 "targets": ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]},
        "optimizer": {"lr": 0.02}, "batch": {"samples": 4}, "eval_every": 0, "save_every": 0, "probe_every": 0}


def run(cli, *arguments):
    done = subprocess.run([cli, *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")


def ours(cli, model, prompts, work, *more):
    out = os.path.join(work, "logits.safetensors")
    if os.path.exists(out):
        os.remove(out)
    run(cli, "inspect", "logits", "--model", model, "--input", prompts, "--out", out, *more)
    tensors = load_file(out)
    return [tensors[str(i)] for i in range(len(tensors))]


@torch.no_grad()
def theirs(model, ids):
    return [model(input_ids=torch.tensor([one])).logits[0].float() for one in ids]


def load(folder):
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        seeing = "vision_config" in json.load(file)
    cls = AutoModelForImageTextToText if seeing else AutoModelForCausalLM
    return cls.from_pretrained(folder, dtype=torch.float32).eval()


def apart(a, b):
    return max(((x - y).abs() / y.abs().clamp(min=1)).max().item() for x, y in zip(a, b))


def check(cli, name, work):
    model, adapter, merged = (os.path.join(work, part) for part in ("model", "adapter", "merged"))
    shutil.copytree(os.path.join(MODELS, name), model, ignore=shutil.ignore_patterns("adapter*", "expected*", "cases*"))
    if not os.path.exists(os.path.join(model, "tokenizer.json")):
        byte_tokenizer.write_tokenizer(model)
    ids = [[(7 * i + 13 * k) % 256 for k in range(length)] for i, length in enumerate([5, 30, 77])]
    prompts, spec = os.path.join(work, "prompts.jsonl"), os.path.join(work, "spec.json")
    with open(prompts, "w", encoding="utf-8") as file:
        file.writelines(json.dumps({"ids": one}) + "\n" for one in ids)
    with open(spec, "w", encoding="utf-8") as file:
        json.dump(SPEC, file)
    run(cli, "train", "--spec", spec, "--data", os.path.join(MODELS, "qwen2", "train.jsonl"), "--model", model, "--out",
        adapter)
    run(cli, "merge", "--model", model, "--adapter", adapter, "--out", merged)
    base, adapted = ours(cli, model, prompts, work), ours(cli, model, prompts, work, "--adapter", adapter)
    peft = apart(adapted, theirs(PeftModel.from_pretrained(load(model), adapter).eval(), ids))
    whole = apart(ours(cli, merged, prompts, work), theirs(load(merged), ids))
    print(f"{name:18} adapter in PEFT {peft:.1e}, merged in transformers {whole:.1e}, the adapter changes logits by "
          f"{apart(adapted, base):.2f}", flush=True)
    return max(peft, whole) <= TOLERANCE and apart(adapted, base) > 0.05


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    names = sys.argv[2:] or sorted(os.listdir(MODELS))
    good = []
    for name in names:
        with tempfile.TemporaryDirectory() as work:
            good.append(check(sys.argv[1], name, work))
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
