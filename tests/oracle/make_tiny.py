#!/usr/bin/env python3
"""Writes tests/data/models: tiny random checkpoints and what transformers and PEFT compute for them.

    python make_tiny.py [FOLDER [PART…]]

PART is text, qwen2_vl, qwen2_5_vl, llava_onevision, mllama or ropes; without any, all are written. FOLDER/models/NAME holds a checkpoint, `adapter` (PEFT), `expected.safetensors` (float32) and `cases.json`; README.md explains both.
"""
import copy
import json
import os
import random
import shutil
import sys

import torch
from safetensors.torch import save_file

import byte_tokenizer
import checkpoints
import llava_onevision
import mllama
import qwen2_5_vl
import references
import ropes
import sampling

TRAINING = {"lr": 2e-3, "betas": [0.9, 0.999], "eps": 1e-8, "weight_decay": 0.0, "max_grad_norm": 1.0}
TOKENS = 24  # of each greedy text
STEPS = [[0, 1, 2], [3, 4], [5]] * 3 + [[0, 5]]


def random_ids(seed, length):
    source = random.Random(seed)
    return [source.randrange(256) for _ in range(length)]


def random_samples(seed):
    """Training samples as ids: [first, last) is the part that counts."""
    samples = []
    for i, length in enumerate([19, 33, 12, 27, 40, 8]):
        samples.append({"ids": random_ids(seed + i, length), "counted": [length // 2, length - i % 2]})
    return samples


# Questions and answers for the trainer's own path: messages, tokenizer, chat template, answer mask.
PLACES = ["station", "bridge", "library", "harbour", "kitchen", "garden", "office", "market"]
EVENTS = ["a child cries alone", "smoke rises", "a man has fallen", "water runs over the floor", "a dog is loose",
          "the lamp flickers", "somebody shouts", "a bag lies unattended"]
ACTIONS = ["call for help", "open a window", "walk on", "ask what is wrong"]


def text_samples(tokenizer):
    messages, samples = [], []
    for i, (place, event) in enumerate(zip(PLACES, EVENTS)):
        options = "\n".join(f"{letter}. {ACTIONS[(i + k) % 4]}" for k, letter in enumerate("ABCD"))
        answer = f"{'ABCD'[i * 3 % 4]}. {ACTIONS[(i + i * 3 % 4) % 4]}" + (" because it is right." if i % 2 else "")
        chat = [{"role": "user", "content": f"At the {place} {event}. What first?\n{options}"},
                {"role": "assistant", "content": answer}]
        before = tokenizer.apply_chat_template(chat[:1], tokenize=False, add_generation_prompt=True)
        start = tokenizer.encode(before, add_special_tokens=False)
        ids = start + tokenizer.encode(answer + "<|im_end|>", add_special_tokens=False)
        messages.append({"messages": chat})
        samples.append({"ids": ids, "counted": [len(start), len(ids)]})
    return messages, samples


def write_case(root, name, model, config, prompts, samples, lora, steps, shards=1, rename=None, pictures=None,
               tokenizer=None):
    folder = os.path.join(root, name)
    os.makedirs(folder, exist_ok=True)
    checkpoints.write_json(os.path.join(folder, "config.json"), config)
    weights = checkpoints.own_weights(model)
    checkpoints.save_weights(folder, {rename(k) if rename else k: v for k, v in weights.items()}, shards)

    image = checkpoints.IMAGE
    expected, cases = {}, {"family": config["model_type"], "prompts": [], "pictures": []}
    for i, picture in enumerate(pictures or []):
        expected[f"pixels.{i}"] = picture["pixels"]
        with torch.no_grad():
            grid = torch.tensor([picture["grid"]])
            expected[f"features.{i}"] = model.model.visual(picture["pixels"], grid_thw=grid).pooler_output.clone()
        cases["pictures"].append({"grid": picture["grid"]})
    for i, prompt in enumerate(prompts):
        expected[f"logits.{i}"] = references.logits(model, prompt, pictures, image)
        if prompt.get("pictures"):
            inputs = references.inputs_of(prompt, pictures, image)
            places, _ = model.model.get_rope_index(inputs["input_ids"], inputs["mm_token_type_ids"],
                                                   image_grid_thw=inputs["image_grid_thw"])
            expected[f"positions.{i}"] = places[:, 0].long()
        text = references.greedy(model, prompt, TOKENS, pictures, image)
        penalised = references.greedy(model, prompt, TOKENS, pictures, image, penalty=1.4)
        cases["prompts"].append(dict(prompt, greedy=text, greedy_penalty_1_4=penalised))

    adapted = references.attach(model, 7, **lora)
    references.save_adapter(adapted, os.path.join(folder, "adapter"))
    for i, prompt in enumerate(prompts):
        expected[f"adapter_logits.{i}"] = references.logits(adapted, prompt, pictures, image)
    loss, found = references.gradients(adapted, [samples[i] for i in steps[0]])
    expected.update({f"grad.{key}": value for key, value in found.items()})
    losses, norms = references.train(adapted, samples, steps, TRAINING)
    expected.update({f"trained.{key}": value.detach() for key, value in references.trainable(adapted).items()})
    cases["training"] = dict(TRAINING, samples=samples, steps=steps, losses=losses, grad_norms=norms, first_loss=loss)
    save_file({key: value.contiguous() for key, value in expected.items()},
              os.path.join(folder, "expected.safetensors"))
    with open(os.path.join(folder, "cases.json"), "w", encoding="utf-8") as file:
        json.dump(cases, file)
        file.write("\n")
    print(f"{name}: losses {losses[0]:.4f} … {losses[-1]:.4f}, logits up to {expected['logits.0'].abs().max():.2f}")


def write_text_models(root):
    steps = [[0, 1, 2], [3, 4], [5]] * 3 + [[0, 5]]
    prompts = [{"ids": random_ids(100, 5)}, {"ids": random_ids(101, 41)}, {"ids": random_ids(102, 17)}]
    full = dict(rank=4, alpha=8, targets=references.ALL)
    model = checkpoints.llama_tied()
    write_case(root, "llama_tied", model, checkpoints.config_of(model), prompts, random_samples(10), full, steps)
    model = checkpoints.llama3_rope()
    prompts = [{"ids": random_ids(110, 77)}, {"ids": random_ids(111, 6)}, {"ids": random_ids(112, 40)}]
    write_case(root, "llama3_rope", model, checkpoints.old_rope(checkpoints.config_of(model)), prompts,
               random_samples(20), dict(rank=3, alpha=6, targets=["q_proj", "v_proj"], rslora=True), steps, shards=3)

    folder = os.path.join(root, "qwen2")
    os.makedirs(folder, exist_ok=True)
    messages, samples = text_samples(byte_tokenizer.write_tokenizer(folder))
    with open(os.path.join(folder, "train.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(json.dumps(message) + "\n" for message in messages)
    steps = [[(2 * step) % 8, (2 * step + 1) % 8] for step in range(10)]
    checkpoints.write_json(os.path.join(folder, "spec.json"), {
        "preset": "corrected", "precision": "f32", "seed": 1, "epochs": 2.5, "shuffle": False, "loss": "answer",
        "lora": {"rank": 4, "alpha": 8, "dropout": 0.0, "targets": references.ALL, "init": "adapter"},
        "optimizer": TRAINING, "schedule": {"kind": "constant", "warmup": 0}, "batch": {"samples": 2},
        "eval_every": 0, "save_every": 0, "probe_every": 0})
    model = checkpoints.qwen2()
    prompts = [{"ids": random_ids(120, 9)}, {"ids": samples[0]["ids"][:60]}, {"ids": samples[1]["ids"][:81]}]
    write_case(root, "qwen2", model, checkpoints.config_of(model), prompts, samples, full, steps)


def placeholder(picture):
    tokens = picture["grid"][1] * picture["grid"][2] // 4
    return [checkpoints.VISION_START] + [checkpoints.IMAGE] * tokens + [checkpoints.VISION_END]


def prompt_of(parts, pictures, seed):
    """`parts`: how many random tokens, then which picture (or None)."""
    ids, shown = [], []
    for i, (count, picture) in enumerate(parts):
        ids += random_ids(seed + i, count)
        if picture is not None:
            ids += placeholder(pictures[picture])
            shown.append(picture)
    return {"ids": ids, "pictures": shown}


def vision_prompts(grids=((1, 4, 6), (1, 2, 2), (1, 8, 4)), seed=50):
    pictures = []
    for i, grid in enumerate(map(list, grids)):
        generator = torch.Generator().manual_seed(seed + i)
        pixels = torch.randn(grid[1] * grid[2], 3 * 2 * 4 * 4, generator=generator)
        pictures.append({"grid": grid, "pixels": pixels})

    text = random_ids(130, 60)
    return pictures, [
        {"ids": text[:21]},
        {"ids": text[:7] + placeholder(pictures[0]) + text[7:20], "pictures": [0]},
        {"ids": text[20:24] + placeholder(pictures[2]) + text[24:30] + placeholder(pictures[1]) + text[30:37], "pictures": [2, 1]},
        {"ids": placeholder(pictures[1]) + text[40:44], "pictures": [1]}]


def write_vision_models(root):
    pictures, prompts = vision_prompts()
    steps = [[0, 1, 2], [3, 4], [5]] * 3 + [[0, 5]]
    lora = dict(rank=4, alpha=8, targets=references.ALL)
    model = checkpoints.qwen2_vl()
    weights = checkpoints.own_weights(model)
    written = os.path.join(root, "qwen2_vl_5x")  # as today's transformers saves it, names and config
    # Of a copy: to(bfloat16) rounds the rotary frequencies too, and float() does not bring them back.
    copy.deepcopy(model).to(torch.bfloat16).save_pretrained(written)
    os.remove(os.path.join(written, "generation_config.json"))
    nested = os.path.join(root, "qwen2_vl_452")
    os.makedirs(nested, exist_ok=True)
    checkpoints.write_json(os.path.join(nested, "config.json"), checkpoints.nested_config())
    checkpoints.save_weights(nested, weights, shards=2)
    write_case(root, "qwen2_vl_hub", model, checkpoints.hub_config(), prompts, random_samples(30), lora, steps,
               rename=checkpoints.hub_name, pictures=pictures)
    hub = os.path.join(root, "qwen2_vl_hub")
    references.save_old_adapter(os.path.join(hub, "adapter"), os.path.join(hub, "adapter_old_names"))


PARTS = {"text": write_text_models, "qwen2_vl": write_vision_models, "qwen2_5_vl": qwen2_5_vl.write,
         "llava_onevision": llava_onevision.write, "mllama": mllama.write,
         "ropes": ropes.write}  # ropes: last, it reads what the others wrote


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    data = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "data")
    root = os.path.join(data, "models")
    if len(sys.argv) < 3:
        shutil.rmtree(root, ignore_errors=True)
    torch.set_num_threads(1)  # sums in one order: the same files on every machine of a kind
    for part in sys.argv[2:] or PARTS:
        write = PARTS[part]
        write(root) if write.__code__.co_argcount == 1 else write(root, sys.modules[__name__])
    if len(sys.argv) < 3:
        sampling.write(os.path.join(data, "sampling.json"))
    print("written to", os.path.normpath(data))


if __name__ == "__main__":
    main()
