#!/usr/bin/env python3
"""What transformers computes in bfloat16 for the tiny models of tests/data/models, and how far that is from float32.

    python bf16.py

Writes tests/data/bf16.safetensors, logits "MODEL.PROMPT". The test Bfloat16IsNoWorseThanTheReferences holds ours beside
them: both against the float32 logits of the model's expected.safetensors.
"""
import json
import os

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, AutoModelForImageTextToText

import checkpoints
import llava_onevision
import mllama
import references

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data")


def inputs_of(family, prompt, pictures):
    own = {"mllama": mllama.inputs_of, "llava_onevision": llava_onevision.inputs_of}.get(family)
    if own:
        return own(prompt, pictures)
    return references.inputs_of(prompt, pictures, checkpoints.IMAGE)


@torch.no_grad()
def compute(name, out):
    folder = os.path.join(DATA, "models", name)
    with open(os.path.join(folder, "cases.json"), encoding="utf-8") as file:
        cases = json.load(file)
    expected = load_file(os.path.join(folder, "expected.safetensors"))
    pictures = [dict(facts, facts=facts, pixels=expected[f"pixels.{i}"].float()) for i, facts in enumerate(cases["pictures"])]
    cls = AutoModelForImageTextToText if pictures else AutoModelForCausalLM
    models = {dtype: cls.from_pretrained(folder, dtype=dtype).eval() for dtype in (torch.float32, torch.bfloat16)}
    largest, squares, count = 0.0, 0.0, 0
    for i, prompt in enumerate(cases["prompts"]):
        inputs = inputs_of(cases["family"], prompt, pictures)
        exact = models[torch.float32](**inputs).logits[0]
        assert (exact - expected[f"logits.{i}"]).abs().max() < 1e-3, (name, i)
        inputs = {key: value.bfloat16() if value.is_floating_point() else value for key, value in inputs.items()}
        rough = models[torch.bfloat16](**inputs).logits[0]
        assert rough.dtype == torch.bfloat16
        out[f"{name}.{i}"] = rough.contiguous()
        apart = rough.float() - exact
        largest = max(largest, (apart.abs() / exact.abs().clamp(min=1)).max().item())
        squares, count = squares + apart.pow(2).sum().item(), count + apart.numel()
    print(f"{name:22} transformers' bfloat16 to its float32: largest {largest:.3f}, root mean square {(squares / count) ** 0.5:.4f}")


def main():
    torch.set_num_threads(1)
    out = {}
    for name in sorted(os.listdir(os.path.join(DATA, "models"))):
        if os.path.exists(os.path.join(DATA, "models", name, "adapter")):
            compute(name, out)
    save_file(out, os.path.join(DATA, "bf16.safetensors"))


if __name__ == "__main__":
    main()
