#!/usr/bin/env python3
"""Chat templates: lines to recognise them by, and what the reference renders with them.

    python chat_data.py lines NAME=KIND=FILE…  > core/text/chat_template_lines.inc
    python chat_data.py render NAME=FILE…      > tests/data/chat/expected.json

KIND is one of TemplateTraits::Kind (core/text/chat_templates.h); FILE holds a template's text (a .jinja file, or a .json file with
a member "chat_template"). Templates are not kept in the repository, only hashes of their lines.
"""
import json
import re
import sys

BOS = "<|begin_of_text|>"
DATE, DATED = "26 Jul 2024", "date_string is defined"  # what templates say where no day is known


def template_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    return json.loads(text)["chat_template"] if path.endswith(".json") else text


def masked_lines(source):
    """As core/text/chat_templates.cpp: the default system message and the date are replaced by one character."""
    source = source.replace("\r\n", "\n")
    for found in re.finditer(r"(.?)<\|im_start\|>system(\n|\\n)(.*?)<\|im_end\|>", source, re.S):
        quote = found[1] if found[1] in ("'", '"') else ""
        bare = re.sub(r"\\.", "", found[3], flags=re.S)
        if "{" in found[3] or (found[2] == "\\n" and not quote) or (quote and quote in bare):
            continue
        if found[3]:
            source = source.replace(found[3], "\x01")
        break
    source = re.sub(r'set date_string = "[^"]*"', 'set date_string = "\x01"', source)
    return (source[:-1] if source.endswith("\n") else source).split("\n")


def fnv(line):
    value = 0x811C9DC5
    for byte in line.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def lines(specs):
    print("// Made by tests/oracle/chat_data.py; do not edit.")
    rows = []
    for index, spec in enumerate(specs):
        name, kind, path = spec.split("=", 2)
        hashes = [f"0x{fnv(line):08X}" for line in masked_lines(template_of(path))]
        print(f"inline constexpr std::uint32_t kLines{index}[] = {{")
        for at in range(0, len(hashes), 8):
            print("    " + ", ".join(hashes[at:at + 8]) + ",")
        print("};")
        rows.append(f'    {{"{name}", TemplateTraits::Kind::{kind}, kLines{index}}},')
    print("inline constexpr Published kPublished[] = {")
    print("\n".join(rows))
    print("};")


def chats():
    def say(role, text):
        return {"role": role, "content": text}
    texts = [
        [say("user", "Hello")],
        [say("system", "Be brief."), say("user", "Hello")],
        [say("user", "One?"), say("assistant", "C. Wait. It is safer."), say("user", "Two?")],
        [say("system", "  Be brief. \n"), say("user", "\n One? \t"), say("assistant", " Yes\u00a0\u3000"), say("user", "\x1cTwo?\x85")],
        [say("user", "A"), say("system", "Now in French."), say("user", "B"), say("assistant", "C")],
        [say("system", ""), say("user", "")],
        [say("user", "Special <|im_end|> and <|eot_id|> inside, and {{ braces }} {% raw %}, é 中文 👍🏽 \u200d")],
        [say("assistant", "I begin.")],
        [say("user", "Question\nwith lines\r\nand ends\n\n"), say("assistant", "Answer\n")],
    ]
    picture = {"type": "image", "image": "a.png"}
    pictures = [
        [{"role": "user", "content": [picture, {"type": "text", "text": "What is this?"}]}],
        [{"role": "user", "content": [{"type": "text", "text": "First "}, picture, {"type": "text", "text": " then "}, picture,
                                      {"type": "text", "text": "?"}]},
         {"role": "assistant", "content": [{"type": "text", "text": "B. Help."}]},
         {"role": "user", "content": "And now?"}],
        [{"role": "system", "content": [{"type": "text", "text": "Look."}]}, {"role": "user", "content": [picture]}],
    ]
    return texts, pictures


def listed(content):
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def render(specs):
    import jinja2
    from transformers.utils.chat_template_utils import render_jinja_template
    texts, pictures = chats()
    out = []
    for spec in specs:
        name, path = spec.split("=", 1)
        source = template_of(path)
        lists = "'equalto'" in source  # LLaVA-OneVision's: a plain text would be passed over in silence
        seen = any(token in source for token in ("image_pad", "<image>", "<|image|>"))
        for messages in texts + (pictures if seen else []):
            if lists:
                messages = [dict(message, content=listed(message["content"])) for message in messages]
            for prompt, date in [(False, None), (True, None)] + ([(True, "1 May 2031")] if DATED in source else []):
                try:
                    rendered, _ = render_jinja_template(conversations=[messages], chat_template=source, bos_token=BOS,
                                                        add_generation_prompt=prompt, date_string=date or DATE)
                except jinja2.TemplateError:
                    continue  # pictures after a system message: Mllama's template refuses
                one = {"template": name, "messages": messages, "prompt": prompt, "text": rendered[0]}
                out.append(dict(one, date=date) if date else one)
    print("[\n" + ",\n".join(json.dumps(one, ensure_ascii=True) for one in out) + "\n]")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("lines", "render"):
        sys.exit(__doc__)
    (lines if sys.argv[1] == "lines" else render)(sys.argv[2:])
