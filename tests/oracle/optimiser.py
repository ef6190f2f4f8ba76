#!/usr/bin/env python3
"""Writes tests/data/optimiser.json: what torch's AdamW, its gradient clipping and transformers' schedules compute.

    python optimiser.py [FILE]
"""
import json
import os
import sys

import torch
from transformers import get_scheduler


def adamw(weight_decay, max_norm):
    """Three tensors of odd sizes, six steps, rates that change: values, gradient norms and moments after each step."""
    generator = torch.Generator().manual_seed(5)
    shapes = [[3, 5], [7], [2, 2]]
    tensors = [torch.nn.Parameter(torch.randn(shape, generator=generator)) for shape in shapes]
    optimiser = torch.optim.AdamW(tensors, lr=1.0, betas=(0.9, 0.98), eps=1e-6, weight_decay=weight_decay, foreach=False)
    case = {"weight_decay": weight_decay, "max_norm": max_norm, "betas": [0.9, 0.98], "eps": 1e-6, "shapes": shapes,
            "start": [tensor.flatten().tolist() for tensor in tensors], "steps": []}
    for step, lr in enumerate([1e-3, 1e-2, 3e-2, 0.0, 2e-3, 1e-4]):
        gradients = [torch.randn(shape, generator=generator) * 10.0 ** (1 - step) for shape in shapes]
        for tensor, gradient in zip(tensors, gradients):
            tensor.grad = gradient.clone()
        norm = torch.nn.utils.clip_grad_norm_(tensors, max_norm) if max_norm else torch.linalg.vector_norm(
            torch.cat([gradient.flatten() for gradient in gradients]))
        optimiser.param_groups[0]["lr"] = lr
        optimiser.step()
        state = [optimiser.state[tensor] for tensor in tensors]
        case["steps"].append({
            "lr": lr, "gradients": [gradient.flatten().tolist() for gradient in gradients], "norm": norm.item(),
            "values": [tensor.detach().flatten().tolist() for tensor in tensors],
            "m": [s["exp_avg"].flatten().tolist() for s in state],
            "v": [s["exp_avg_sq"].flatten().tolist() for s in state]})
    return case


def schedule(name, warmup, total):
    """The rate in use at each step, for a rate of 1."""
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = get_scheduler(name, optimiser, num_warmup_steps=warmup, num_training_steps=total)
    rates = []
    for _ in range(total):
        rates.append(scheduler.get_last_lr()[0])
        optimiser.step()
        scheduler.step()
    return {"kind": {"constant_with_warmup": "constant"}.get(name, name), "warmup": warmup, "total": total, "rates": rates}


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "data", "optimiser.json")
    out = {"adamw": [adamw(0.0, 0.0), adamw(0.1, 1.0)],
           "schedules": [schedule(name, warmup, total) for name in ("constant_with_warmup", "linear", "cosine")
                         for warmup, total in ((0, 7), (3, 20), (4, 5))]}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(out, file)
        file.write("\n")


if __name__ == "__main__":
    main()
