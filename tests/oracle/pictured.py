"""Cases of families whose pictures are no grid of patches: the same files as make_tiny.write_case, with the family's own inputs."""
import copy
import json
import os

import torch
from safetensors.torch import save_file
from transformers import LogitsProcessor

import checkpoints as c
import references

PENALTY = 1.4


class Penalty(LogitsProcessor):
    """Repetition penalty that leaves out ids which have no logit (Mllama's picture token), where the library's own fails."""

    def __call__(self, input_ids, scores):
        out = scores.clone()
        for row, ids in enumerate(input_ids):
            ids = ids[ids < scores.shape[1]].unique()
            found = scores[row, ids]
            out[row, ids] = torch.where(found < 0, found * PENALTY, found / PENALTY)
        return out


@torch.no_grad()
def greedy(model, inputs, tokens, penalised):
    # Without a mask, every id that equals the padding's would be taken for padding.
    out = model.generate(**inputs, attention_mask=torch.ones_like(inputs["input_ids"]), max_new_tokens=tokens, do_sample=False, eos_token_id=None, pad_token_id=0,
                         logits_processor=[Penalty()] if penalised else [], return_dict_in_generate=True,
                         output_scores=True)
    best = torch.stack(out.scores).float()[:, 0].topk(2).values
    close = (best[:, 0] - best[:, 1] < references.MARGIN).nonzero().flatten().tolist()
    text = out.sequences[0, inputs["input_ids"].shape[1]:].tolist()[:close[0] if close else tokens]
    if len(text) < 4:
        raise SystemExit("a greedy text is cut after fewer than 4 tokens: choose another seed or prompt")
    return text


def gradients(adapted, samples):
    """Those that text alone reaches: others have none."""
    adapted.zero_grad()
    loss = references.answer_loss(adapted, samples)
    loss.backward()
    found = {name: tensor.grad.clone() for name, tensor in references.trainable(adapted).items() if tensor.grad is not None}
    adapted.zero_grad()
    return loss.item(), found


def small(pixels):
    """Pixels that bfloat16 holds exactly: half the bytes."""
    return pixels.bfloat16().float()


def save(folder, expected, cases):
    def stored(name, tensor):
        return tensor.bfloat16() if name.startswith("pixels.") else tensor
    save_file({name: stored(name, tensor).contiguous() for name, tensor in expected.items()},
              os.path.join(folder, "expected.safetensors"))
    with open(os.path.join(folder, "cases.json"), "w", encoding="utf-8") as file:
        json.dump(cases, file)
        file.write("\n")


def write_layout(root, name, model, config, rename=None, shards=1):
    folder = os.path.join(root, name)
    os.makedirs(folder, exist_ok=True)
    c.write_json(os.path.join(folder, "config.json"), config)
    weights = c.own_weights(model)
    c.save_weights(folder, {rename(key) if rename else key: value for key, value in weights.items()}, shards)
    return folder


def write_as_saved(root, name, model):
    """As today's transformers saves it, names and config. Of a copy: to(bfloat16) rounds the rotary frequencies too."""
    folder = os.path.join(root, name)
    copy.deepcopy(model).to(torch.bfloat16).save_pretrained(folder)
    os.remove(os.path.join(folder, "generation_config.json"))


def write_case(folder, model, prompts, pictures, inputs_of, stages, samples, lora, make, training=True):
    """`stages(picture)`: what the tower gives for one picture, by name. `make`: the module make_tiny."""
    expected, cases = {}, {"family": model.config.model_type, "prompts": [], "pictures": []}
    for i, picture in enumerate(pictures):
        expected[f"pixels.{i}"] = picture["pixels"]
        with torch.no_grad():
            expected.update({f"{name}.{i}": value.clone() for name, value in stages(picture).items()})
        cases["pictures"].append(dict(picture["facts"], shape=list(picture["pixels"].shape)))
    with torch.no_grad():
        for i, prompt in enumerate(prompts):
            inputs = inputs_of(prompt)
            expected[f"logits.{i}"] = model(**inputs).logits[0].float()
            texts = {key: greedy(model, inputs, make.TOKENS, penalised) if training else []
                     for key, penalised in [("greedy", False), ("greedy_penalty_1_4", True)]}
            cases["prompts"].append(dict(prompt, **texts))
    print(f"{os.path.basename(folder)}: logits up to {expected['logits.0'].abs().max():.2f}")
    if not training:
        return save(folder, expected, cases)
    adapted = references.attach(model, 7, **lora)
    references.save_adapter(adapted, os.path.join(folder, "adapter"))
    with torch.no_grad():
        for i, prompt in enumerate(prompts):
            expected[f"adapter_logits.{i}"] = adapted(**inputs_of(prompt)).logits[0].float()
    loss, found = gradients(adapted, [samples[i] for i in make.STEPS[0]])
    expected.update({f"grad.{key}": value for key, value in found.items()})
    losses, norms = references.train(adapted, samples, make.STEPS, make.TRAINING)
    expected.update({f"trained.{key}": value.detach() for key, value in references.trainable(adapted).items()})
    cases["training"] = dict(make.TRAINING, samples=samples, steps=make.STEPS, losses=losses, grad_norms=norms,
                             first_loss=loss)
    save(folder, expected, cases)
    print(f"  losses {losses[0]:.4f} … {losses[-1]:.4f}")
