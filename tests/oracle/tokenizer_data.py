#!/usr/bin/env python3
"""Small tokenizers of each kind, and the ids that the reference library gives for a nasty corpus.

    python tokenizer_data.py make DIR                          tokenizers, corpus.json, expected.json (tests/data/tokenizers)
    python tokenizer_data.py real FILE NAME=TOKENIZER.json… [--viva VIVA_annotation.json]
                                     ids of the corpus and hashes of VIVA's ids for real tokenizers (real.json)
"""
import hashlib
import json
import os
import random
import sys

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

SUFFIXES = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
LLAMA3 = SUFFIXES + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
QWEN2 = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
CASED = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+" + SUFFIXES + r"?"
         r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*" + SUFFIXES + r"?"
         r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")

TRAINING = [
    "What is the best action to take when a child is lost in the market? Ask the staff for help, and stay with the child.",
    "They're waiting; we've called, he'd said I'm late. It's 12:45, 1234567 people, 3.14 and 1,000,000 more.",
    "A. Call for help.\nB. Walk away.\r\nC. Wait and see.\n\nD. Take a picture.\tE. No action.",
    "Der Mann öffnet die Tür, während die Kinder spielen. Où est la bibliothèque ? Él está aquí, señor.",
    "Привет, как дела? Это хорошо. Γειά σου Κόσμε. שלום עולם. مرحبا بالعالم كيف حالك",
    "你好，世界。今天天气很好。日本語のテキストです。カタカナ 한국어 문장입니다. สวัสดีชาวโลก ประเทศไทย",
    "def main():\n    return {'a': [1, 2, 3], \"b\": x == y}\n\n# comment -- ... !!! ??? <div class=\"x\">",
    "👍 👩‍👩‍👧‍👦 🇩🇪 ❤️ 🏳️‍🌈 😀😀😀 ☃ ∑∫√ ½ ² Ⅷ ٣ ४",
] * 4


def corpus():
    """Texts that are known to go wrong, and seeded random ones."""
    fixed = [
        "", " ", "  ", "\n", "\r\n", "\t", "\x00", "a\x00b", "\ufeffabc", "Hello, world!", " leading", "trailing ", "a  b   c    d",
        "I'm you're he's they'll we've she'd can't", "I'M YOU'RE HE'S THEY'LL", "it'ſ 'ſ 'K", "don’t", "''s '' 's's", "'", "x'",
        "1", "12", "123", "1234", "12345678901", "1a2b3c", "½²Ⅷ٣४𝟘", "3.14 1,000 1e-5", "\u1ccf0 \U0001ccf3\U00011de3a",
        "line\nline\r\nline\rline\n\n\n  \n \n", "   \n   x", "\n\n\n\n", " \t \n \r x", "x\n ", "x \n", "tab\tsep\t\t", "a\u2028b\u2029c\u0085d\u000be\u000cf",
        "a\u00a0b\u3000c\u2003d\u202fe\u180ef\u200bg\u200dh\u1680i\ufeffj\x1ck\x1dl\x1em\x1fn", " " * 300, "\n" * 100, " " * 50 + "x", "\t" * 40 + "\n",
        "é e\u0301 e\u0301\u0327 e\u0327\u0301 ḉ \u1e09", "Å A\u030a \u212b", "\u0344 \u0958 \u2126", "한국 \u1112\u1161\u11ab \u1100\u1161 \u1100\u1161\u11a8 각",
        "q\u0307\u0323 q\u0323\u0307", "\u0fb2\u0f71\u0f80 \u0f77", "a\u0315\u0300\u05ae\u0062", "\u07fd\u0334 \u08d3\u0301 \u1dfa\u0345\u0301 \U0001e2ae\u0334",
        "\U00011935\U00011930 \U00011938 \U000105d2\u0307 \U00016d67\U00016d67", "a" + "\u0301\u0316" * 60, "\u0301 starts with a mark",
        "Zürich naïve café Straße ﬁ ﬆ İstanbul ǅ ǆ", "Привет, как дела?", "Γειά σου Κόσμε", "שָׁלוֹם עולם", "مرحباً بالعالم ٣٤٥", "हिन्दी में पाठ है", "สวัสดีชาวโลก กำลัง น้ำ",
        "ພາສາລາວ", "日本語のテキスト、カタカナ。", "你好，世界！今天天气很好。", "한국어 문장입니다.", "ไม่มีช่องว่างระหว่างคำในภาษาไทย", "తెలుగు தமிழ் ಕನ್ನಡ", "ქართული հայերեն አማርኛ",
        "👍👍🏽", "👩‍👩‍👧‍👦", "🇩🇪🇫🇷", "❤️ ☃️ 1️⃣", "🏳️‍🌈", "\U0001fae9 \U0001fac6", "∑∫√ ≠ ≤ → ⇒", "𝔘𝔫𝔦 𝒞", "㎏ ℃ №", "\ufffd \ufffe \uffff \U0010ffff", "\ue000\uf8ff",
        "def f(x):\n    if x == 1:\n        return {'a': [1, 2]}\n\n", "<div class=\"x\">&nbsp;</div>", "foo_bar fooBar FOO_BAR foo-bar", "https://example.org/a?b=c&d=%20#e",
        "!!!???...", "-- — – ―", "“quotes” ‘single’ «guillemets»", "$100 €5 ¥3 £2", "a!b", "!\n\n", "... \n", "?!\r\n\r\nx", "C. Wait.\nD. Go.", "(A) [B] {C}",
        "<|im_start|>system\nYou are here.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n", "<|im_start|", "<|im_end|><|im_end|>", "x<|im_end|>y", " <|im_end|> ",
        "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>", "<|eot_id|", "<|endoftext|>", "<L>  <R>  <W>  <B> <N>", "a<L>b a  <L>  b", "a<R>b a  <R>  \n b",
        "a<W>b a <W> b <W>é <W>_ <W>, \u0301<W> \u200d<W> <W>\u200d 1<W> <W>", " \n<B>\t <B>x", "<B> pad<B>  pad", "<N>x É E\u0301", "token token token_ _token", "e\u0301lan élan elan",
        "a" * 500, "ab" * 300, "the" * 100, "é" * 200, "中" * 200, "1" * 100, "!" * 150, "👍" * 80, "a " * 200, "Aa" * 100, "x\n" * 80,
    ]
    rng = random.Random(20240726)
    ranges = [(0x20, 0x7F)] * 6 + [(0, 0x20), (0x80, 0x250), (0x300, 0x370), (0x370, 0x530), (0x590, 0x700), (0x900, 0xE80), (0x1100, 0x1200),
                                   (0x1E00, 0x2100), (0x2100, 0x2C00), (0x3000, 0x3100), (0x4E00, 0x5000), (0xAC00, 0xAD00), (0xFB00, 0x10000), (0x10000, 0x12000),
                                   (0x1D000, 0x1D800), (0x1F300, 0x1FB00), (0x20000, 0x20100), (0xE0000, 0xE0200)]
    for _ in range(120):
        fixed.append("".join(chr(rng.randrange(*rng.choice(ranges))) if rng.random() < 0.7 else rng.choice([" ", "  ", "\n", "'s", "the", "12", "e\u0301"])
                             for _ in range(rng.randrange(1, 40))))
    return fixed


def train(pre, normalizer=None, size=420, alphabet=True, specials=()):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.decoder = decoders.ByteLevel()
    # Without an initial alphabet only the bytes that occur become tokens.
    trainer = trainers.BpeTrainer(vocab_size=size, initial_alphabet=pre_tokenizers.ByteLevel.alphabet() if alphabet else [],
                                  special_tokens=list(specials), show_progress=False)
    tokenizer.train_from_iterator(TRAINING, trainer)
    return tokenizer


def split(pattern, **how):
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), **({"behavior": "isolated"} | how)),
                                    pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def special(text, **flags):
    return AddedToken(text, special=True, normalized=False, **flags)


def change(tokenizer, function):
    tree = json.loads(tokenizer.to_str())
    function(tree)
    return Tokenizer.from_str(json.dumps(tree))


def make_llama3():
    tokenizer = train(split(LLAMA3))
    tokenizer.add_special_tokens([special(t) for t in ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]])
    bos = tokenizer.token_to_id("<|begin_of_text|>")
    tokenizer.post_processor = processors.Sequence([processors.ByteLevel(trim_offsets=False),
        processors.TemplateProcessing(single="<|begin_of_text|> $A", pair="<|begin_of_text|> $A <|begin_of_text|>:1 $B:1", special_tokens=[("<|begin_of_text|>", bos)])])

    def whole_words(tree):
        # Words that no merge makes: only "ignore_merges" finds them.
        model = tree["model"]
        model["ignore_merges"] = True
        free = [name for name in list(model["vocab"]) if len(name) > 3][-12:]
        for name, new in zip(free, ["zyx", "Ġqzj", "wvk", "Ġxqzk", "jjq", "kzqx", "vvqz", "ĠĠĠĠĠĠĠ", "aaaaaaaa", "ĠéÃ©", "Ã©Ã©Ã©", "123456"]):
            model["merges"] = [m for m in model["merges"] if name not in ("".join(m), *m)]
            model["vocab"] = {new if k == name else k: v for k, v in model["vocab"].items()}
    return change(tokenizer, whole_words)


def make_qwen2():
    tokenizer = train(split(QWEN2), normalizers.NFC())
    tokenizer.add_special_tokens([special(t) for t in ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]])
    tokenizer.add_tokens([AddedToken("<tool_call>", normalized=False)])
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    return tokenizer


def make_gpt2():
    tokenizer = train(pre_tokenizers.ByteLevel(add_prefix_space=True, use_regex=True))
    tokenizer.add_special_tokens([special("<|endoftext|>", lstrip=True)])
    end = tokenizer.token_to_id("<|endoftext|>")
    tokenizer.post_processor = processors.TemplateProcessing(single="$A <|endoftext|>", special_tokens=[("<|endoftext|>", end)])
    return tokenizer


def make_smollm2():
    digits = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    tokenizer = train(digits, alphabet=False, size=380, specials=[special(t) for t in ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]])

    def unknown(tree):
        tree["model"].update(unk_token="<|endoftext|>", fuse_unk=True)
        tree["normalizer"] = {"type": "Sequence", "normalizers": []}
    return change(tokenizer, unknown)


def make_fallback():
    digits = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=False), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    tokenizer = train(digits, alphabet=False, size=340)

    def bytes_for_bytes(tree):
        vocabulary = tree["model"]["vocab"]
        for byte in list(range(0x80, 0xC0)) + [0xC2, 0xC4]:
            vocabulary[f"<0x{byte:02X}>"] = len(vocabulary)
        vocabulary["<unk>"] = len(vocabulary)
        tree["model"].update(byte_fallback=True, unk_token="<unk>", fuse_unk=False)
        tree["decoder"] = {"type": "Sequence", "decoders": [{"type": "Fuse"}, tree["decoder"]]}
    return change(tokenizer, bytes_for_bytes)


def make_flags():
    tokenizer = train(split(CASED), normalizers.Sequence([normalizers.NFC()]))
    tokenizer.add_special_tokens([special("<L>", lstrip=True), special("<R>", rstrip=True), special("<W>", single_word=True), special("<B>", lstrip=True, rstrip=True)])
    tokenizer.add_tokens([AddedToken("<N>", normalized=True), AddedToken("e\u0301lan", normalized=True), AddedToken("token", normalized=True, single_word=True),
                          AddedToken("<B> pad", normalized=False), AddedToken(" \n<B>", normalized=False), AddedToken("!", normalized=False), AddedToken("中中", normalized=True, lstrip=True)])
    return tokenizer


def make_removed():
    pattern = r"\p{L}+|\p{N}{2}|[^\s\p{L}\p{N}]"
    return train(split(pattern, behavior="removed", invert=True))


MAKERS = {"llama3": make_llama3, "qwen2": make_qwen2, "gpt2": make_gpt2, "smollm2": make_smollm2, "fallback": make_fallback, "flags": make_flags, "removed": make_removed}


def make(folder):
    os.makedirs(folder, exist_ok=True)
    texts = corpus()
    with open(os.path.join(folder, "corpus.json"), "w") as file:
        json.dump(texts, file, ensure_ascii=True, indent=0)
    expected = {}
    for name, maker in MAKERS.items():
        tree = json.loads(maker().to_str())
        if name in ("llama3", "gpt2"):  # the older form of merges
            tree["model"]["merges"] = [" ".join(m) for m in tree["model"]["merges"]]
        with open(os.path.join(folder, name + ".json"), "w") as file:
            json.dump(tree, file, ensure_ascii=False, separators=(",", ":"))
        tokenizer = Tokenizer.from_str(json.dumps(tree))
        ids = [tokenizer.encode(text).ids for text in texts]
        expected[name] = {"size": max(tokenizer.get_vocab().values()) + 1, "ids": ids,
                          "plain": [tokenizer.encode(text, add_special_tokens=False).ids for text in texts[:40]],
                          "decoded": [tokenizer.decode(i, skip_special_tokens=False) for i in ids[:110]],
                          "skipped": [tokenizer.decode(i, skip_special_tokens=True) for i in ids[70:110]],
                          "everything": digest(tokenizer.encode(everything()).ids)}
    write_rows(os.path.join(folder, "expected.json"), expected)


def everything():
    """Every character there is, between letters: catches a library with another Unicode version."""
    return "".join("a" + chr(c) + "b" for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF)


def digest(ids):
    return hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()[:12]


def write_rows(path, tree):
    """One list or text a line, so that changes can be read."""
    with open(path, "w") as file:
        file.write("{\n")
        file.write(",\n".join(json.dumps(name) + ": {\n" + ",\n".join(
            json.dumps(key) + ": " + (json.dumps(rows) if not isinstance(rows, list) else
                                      "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]")
            for key, rows in parts.items()) + "\n}" for name, parts in tree.items()))
        file.write("\n}\n")


def viva_texts(path):
    with open(path, encoding="utf-8") as file:
        items = json.load(file)
    for item in items:
        yield "\n".join([item["situation_description"] if isinstance(item["situation_description"], str) else "",
                         *item["action_list"], item["reason"] or ""])


def real(out, specs, viva):
    expected = {}
    for spec in specs:
        name, path = spec.split("=", 1)
        tokenizer = Tokenizer.from_file(path)
        tokenizer.no_truncation()
        tokenizer.no_padding()
        expected[name] = {"ids": [tokenizer.encode(text).ids for text in corpus()]}
        if viva:
            expected[name]["viva"] = "".join(digest(tokenizer.encode(text).ids) for text in viva_texts(viva))
    write_rows(out, expected)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    annotations = None
    if "--viva" in arguments:
        at = arguments.index("--viva")
        annotations = arguments[at + 1]
        del arguments[at:at + 2]
    if arguments[:1] == ["make"] and len(arguments) == 2:
        make(arguments[1])
    elif arguments[:1] == ["real"] and len(arguments) > 2:
        real(arguments[1], arguments[2:], annotations)
    else:
        sys.exit(__doc__)
