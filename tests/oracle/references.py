"""What transformers and PEFT compute for a model: logits, greedy texts, gradients, losses of a short training run."""
import json
import os
import shutil

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file

ALL = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
MARGIN = 3e-4  # a greedy text ends before a step whose two best tokens are nearer: rounding must not change it


def inputs_of(prompt, pictures, image_token):
    """Keyword arguments of model(): ids, and for prompts with pictures their pixels and grids."""
    inputs = {"input_ids": torch.tensor([prompt["ids"]])}
    if prompt.get("pictures"):
        chosen = [pictures[i] for i in prompt["pictures"]]
        inputs["pixel_values"] = torch.cat([picture["pixels"] for picture in chosen])
        inputs["image_grid_thw"] = torch.tensor([picture["grid"] for picture in chosen])
        inputs["mm_token_type_ids"] = (inputs["input_ids"] == image_token).int()
    return inputs


@torch.no_grad()
def logits(model, prompt, pictures=None, image_token=None):
    return model(**inputs_of(prompt, pictures, image_token)).logits[0].float()


@torch.no_grad()
def greedy(model, prompt, tokens, pictures=None, image_token=None, penalty=1.0):
    inputs = inputs_of(prompt, pictures, image_token)
    out = model.generate(**inputs, max_new_tokens=tokens, do_sample=False, eos_token_id=None, pad_token_id=0,
                         repetition_penalty=penalty, return_dict_in_generate=True, output_scores=True)
    best = torch.stack(out.scores).float()[:, 0].topk(2).values
    close = (best[:, 0] - best[:, 1] < MARGIN).nonzero().flatten().tolist()
    text = out.sequences[0, len(prompt["ids"]):].tolist()[:close[0] if close else tokens]
    if len(text) < 4:
        raise SystemExit("a greedy text is cut after fewer than 4 tokens: choose another seed or prompt")
    return text


def attach(model, seed, rank, alpha, targets, rslora=False):
    """An adapter with both factors random: a fresh one (B = 0) would hide mistakes in A's gradient."""
    targets = targets if isinstance(targets, str) else list(targets)
    config = LoraConfig(r=rank, lora_alpha=alpha, lora_dropout=0.0, target_modules=targets, bias="none",
                        use_rslora=rslora, task_type="CAUSAL_LM")
    adapted = get_peft_model(model, config)
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in sorted(adapted.named_parameters()):
        if "lora_" in name:
            scale = 0.2 if "lora_A" in name else 0.15
            parameter.data = scale * torch.randn(parameter.shape, generator=generator)
    return adapted


def save_adapter(adapted, folder):
    adapted.save_pretrained(folder, save_embedding_layers=False)
    readme = os.path.join(folder, "README.md")
    if os.path.exists(readme):
        os.remove(readme)
    # PEFT keeps the targets as a set: sorted, a rerun gives the same file.
    path = os.path.join(folder, "adapter_config.json")
    with open(path, encoding="utf-8") as file:
        config = json.load(file)
    if isinstance(config["target_modules"], list):
        config["target_modules"] = sorted(config["target_modules"])
    with open(path, "w", encoding="utf-8") as file:
        json.dump(config, file, indent=1)
        file.write("\n")


def save_old_adapter(folder, out):
    """The same adapter as PEFT saved it before transformers 4.52: …model.layers… instead of …language_model.layers…"""
    os.makedirs(out, exist_ok=True)
    shutil.copy(os.path.join(folder, "adapter_config.json"), out)
    tensors = load_file(os.path.join(folder, "adapter_model.safetensors"))
    save_file({name.replace(".model.language_model.", ".model."): tensor for name, tensor in tensors.items()},
              os.path.join(out, "adapter_model.safetensors"), metadata={"format": "pt"})


def trainable(adapted):
    """LoRA tensors by the names that Wordsight gives them: layers.0.self_attn.q_proj.lora_A."""
    found = {}
    for name, parameter in adapted.named_parameters():
        if "lora_" in name:
            found[name[name.index("layers."):].replace(".default.weight", "")] = parameter
    return found


def answer_loss(adapted, samples):
    """Cross-entropy summed over the counted tokens of all samples, divided by their number. Each sample runs alone."""
    total, counted = 0.0, 0
    for sample in samples:
        ids = torch.tensor(sample["ids"])
        out = adapted(input_ids=ids[None]).logits[0].float()
        first, last = sample["counted"]
        total = total + torch.nn.functional.cross_entropy(out[first - 1:last - 1], ids[first:last], reduction="sum")
        counted += last - first
    return total / counted


def gradients(adapted, samples):
    adapted.zero_grad()
    loss = answer_loss(adapted, samples)
    loss.backward()
    found = {name: parameter.grad.clone() for name, parameter in trainable(adapted).items()}
    adapted.zero_grad()
    return loss.item(), found


def train(adapted, samples, steps, settings):
    """`steps`: sample numbers of each step. Loss is taken before the step, as training logs show it."""
    optimiser = torch.optim.AdamW(list(trainable(adapted).values()), lr=settings["lr"], betas=settings["betas"],
                                  eps=settings["eps"], weight_decay=settings["weight_decay"])
    losses, norms = [], []
    for chosen in steps:
        optimiser.zero_grad()
        loss = answer_loss(adapted, [samples[i] for i in chosen])
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(list(trainable(adapted).values()), settings["max_grad_norm"])
        optimiser.step()
        losses.append(loss.item())
        norms.append(norm.item())
    return losses, norms
