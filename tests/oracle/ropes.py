"""Scaled rotary positions: the tiny models with other settings in config.json, and the logits that follow."""
import json
import os

import torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForImageTextToText

import references

ROWS = 6  # logits of the last rows of a prompt are kept
YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 16}
# name, folder, changes of config.json, lengths of the prompts, tokens of a greedy text after the first
CASES = [
    ("linear", "llama_tied", {"rope_theta": 10000.0, "rope_scaling": {"type": "linear", "factor": 2.5}}, [20, 60], 0),
    ("dynamic", "llama_tied", {"max_position_embeddings": 32, "rope_parameters": {
        "rope_type": "dynamic", "rope_theta": 10000.0, "factor": 4.0}}, [20, 32, 33, 100], 40),
    ("dynamic_qwen2", "qwen2", {"max_position_embeddings": 24, "rope_theta": 1000000.0, "rope_scaling": {
        "type": "dynamic", "factor": 2.0}}, [10, 48], 20),
    ("yarn", "llama_tied", {"rope_theta": 10000.0, "rope_scaling": YARN}, [12, 50], 20),
    ("yarn_qwen2", "qwen2", {"rope_theta": 1000000.0, "rope_scaling": {
        "type": "yarn", "factor": 8.0, "original_max_position_embeddings": 24, "truncate": False, "beta_fast": 4,
        "beta_slow": 0.5, "attention_factor": 1.25}}, [30, 90], 0),
    ("yarn_mscale", "qwen2", {"rope_parameters": dict(YARN, rope_theta=1000000.0, mscale=0.7, mscale_all_dim=1.1)}, [30], 0),
    ("yarn_mrope", "qwen2_vl_hub", {"rope_theta": 10000.0, "rope_scaling": dict(YARN, mrope_section=[2, 3, 3])}, [40], 0),
    ("dynamic_mrope", "qwen2_vl_hub", {"max_position_embeddings": 16, "rope_theta": 10000.0, "rope_scaling": {
        "type": "dynamic", "factor": 4.0, "mrope_section": [2, 3, 3]}}, [12, 40], 20),
    ("llama3_default_length", "llama_tied", {"max_position_embeddings": 48, "rope_theta": 10000.0, "rope_scaling": {
        "rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0}}, [40], 0),
    ("window_wider_than_positions", "qwen2", {"use_sliding_window": True, "sliding_window": 1024,
                                              "max_window_layers": 0, "layer_types": None}, [30], 0),
]


def model_of(folder, changes):
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        settings = json.load(file)
    for key in ("rope_parameters", "rope_scaling", "rope_theta"):
        if any(name.startswith("rope_") for name in changes):
            settings.pop(key, None)
    settings.update(changes)
    kind = settings.pop("model_type")
    config = AutoConfig.for_model(kind, **settings)
    cls = AutoModelForImageTextToText if "vision_config" in settings else AutoModelForCausalLM
    return cls.from_pretrained(folder, config=config, dtype=torch.float32).eval(), dict(settings, model_type=kind)


def write(root, make):
    out = os.path.join(os.path.dirname(root), "ropes")
    os.makedirs(out, exist_ok=True)
    cases, expected = [], {}
    for number, (name, base, changes, lengths, tokens) in enumerate(CASES):
        prompts = []
        for i, length in enumerate(lengths):
            # A model of its own for each: the reference keeps the longest length that it has seen.
            model, settings = model_of(os.path.join(root, base), changes)
            prompt = {"ids": make.random_ids(1000 + 10 * number + i, length)}
            expected[f"{name}.{i}"] = references.logits(model, prompt)[-ROWS:].clone()
            prompts.append(prompt)
        if tokens:
            model, _ = model_of(os.path.join(root, base), changes)
            prompts[0]["greedy"] = references.greedy(model, prompts[0], tokens)
        cases.append({"name": name, "model": base, "config": settings, "prompts": prompts})
        print(name, [len(prompt.get("greedy", [])) for prompt in prompts])
    save_file({key: value.contiguous() for key, value in expected.items()}, os.path.join(out, "expected.safetensors"))
    with open(os.path.join(out, "cases.json"), "w", encoding="utf-8") as file:
        json.dump(cases, file)
        file.write("\n")
