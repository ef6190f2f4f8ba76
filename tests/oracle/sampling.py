"""What transformers' logits processors leave of given logits, for the sampling settings in use."""
import json

import torch
from transformers import (LogitsProcessorList, MinPLogitsWarper, RepetitionPenaltyLogitsProcessor,
                          TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper)

SETTINGS = [
    {"temperature": 1.0},
    {"temperature": 0.7, "top_p": 0.8, "repetition_penalty": 1.05},  # the paper's inference scripts
    {"temperature": 0.1, "top_p": 0.001, "repetition_penalty": 1.05},
    {"temperature": 0.7, "top_k": 5},
    {"temperature": 1.6, "top_k": 12, "top_p": 0.9, "min_p": 0.1, "repetition_penalty": 1.3},
    {"temperature": 1.2, "min_p": 0.05},
    {"temperature": 0.9, "top_p": 0.5, "min_p": 0.3},
    {"temperature": 1.0, "repetition_penalty": 0.7},
]


def probabilities(logits, history, settings):
    steps = LogitsProcessorList()
    if "repetition_penalty" in settings:
        steps.append(RepetitionPenaltyLogitsProcessor(settings["repetition_penalty"]))
    steps.append(TemperatureLogitsWarper(settings["temperature"]))
    if "top_k" in settings:
        steps.append(TopKLogitsWarper(settings["top_k"]))
    if "top_p" in settings:
        steps.append(TopPLogitsWarper(settings["top_p"]))
    if "min_p" in settings:
        steps.append(MinPLogitsWarper(settings["min_p"]))
    return steps(torch.tensor([history]), logits[None])[0].softmax(-1)


def write(path):
    generator = torch.Generator().manual_seed(9)
    groups = []
    for size, spread in ((40, 2.0), (700, 1.0)):  # 700: more than the first part that is sorted
        logits = (spread * torch.randn(size, generator=generator) * 1000).round() / 1000
        cases = []
        history = torch.randint(0, size, (12,), generator=generator).tolist()
        for settings in SETTINGS:
            kept = probabilities(logits, history, settings)
            cases.append({"settings": settings,
                          "kept": {str(i): round(kept[i].item(), 8) for i in kept.nonzero().flatten().tolist()}})
        groups.append({"logits": [round(value, 3) for value in logits.tolist()], "history": history, "cases": cases})
    with open(path, "w", encoding="utf-8") as file:
        json.dump(groups, file)
        file.write("\n")
