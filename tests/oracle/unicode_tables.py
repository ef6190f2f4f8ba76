#!/usr/bin/env python3
"""Writes core/text/unicode_tables.inc: what the reference tokenizer library knows of Unicode, probed from outside.

PCRE2, utf8proc and the reference each carry a Unicode version of their own (14, 15, and 16 / 17 / about 9 in its three
parts, when this was written). Token ids must not depend on which of them is installed, so what differs is a table.

    python unicode_tables.py [--base 14] > core/text/unicode_tables.inc

`--base`: tables for regular expressions hold only what the reference has beyond this Unicode version, which must be that
of Python's unicodedata (so: Python 3.11), and not newer than PCRE2's.
"""
import json
import sys
import unicodedata

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers

SCALARS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
PROPERTIES = ["L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No",
              "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So"]


def ranges(points):
    out = []
    for c in sorted(points):
        if out and out[-1][1] == c - 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    return out


def matched_by(pattern):
    """Code points that the reference's regular expressions match."""
    split = pre_tokenizers.Split(Regex(pattern), "removed")
    kept = set()
    for piece, _ in split.pre_tokenize_str("".join(map(chr, SCALARS))):
        kept.update(map(ord, piece))
    return set(SCALARS) - kept


def digits():
    """Code points that the Digits pre-tokenizer takes for digits."""
    split = pre_tokenizers.Digits(individual_digits=True)
    pieces = split.pre_tokenize_str("".join("aa" + chr(c) + "aa" for c in SCALARS))
    return {ord(piece) for piece, _ in pieces if len(piece) == 1}


def word_characters():
    """Code points that count as part of a word beside an added token with single_word."""
    token = dict(id=1, content="<m>", single_word=True, lstrip=False, rstrip=False, normalized=False, special=False)
    tokenizer = Tokenizer.from_str(json.dumps(dict(
        version="1.0", truncation=None, padding=None, added_tokens=[token], normalizer=None, pre_tokenizer=None,
        post_processor=None, decoder=None,
        model=dict(type="BPE", dropout=None, unk_token=None, continuing_subword_prefix=None, end_of_word_suffix=None,
                   fuse_unk=False, byte_fallback=False, vocab={"!": 0}, merges=[]))))
    return {c for c in SCALARS if not tokenizer.encode(chr(c) + "<m>").ids.count(1)}


def inert_marks():
    """Code points that move, compose or decompose in today's Unicode, but are plain starters in the reference's NFC.

    Up to Unicode 14 Python's unicodedata knows which those are. Later ones are listed as whole blocks: a character that
    is plain in both worlds may be in the table, too.
    """
    nfc, nfd = normalizers.NFC(), normalizers.NFD()
    blocks = [(0x897, 0x897), (0x1ACF, 0x1AFF), (0x105C0, 0x105FF), (0x10D40, 0x10D8F), (0x10EFA, 0x10EFF),
              (0x11380, 0x113FF), (0x11B60, 0x11B7F), (0x11DB0, 0x11DEF), (0x11F00, 0x11F5F), (0x16100, 0x1613F),
              (0x16D40, 0x16D7F), (0x16FF0, 0x16FFF), (0x1E030, 0x1E08F), (0x1E4D0, 0x1E4FF), (0x1E5D0, 0x1E5FF),
              (0x1E6C0, 0x1E6FF)]
    later = {c for low, high in blocks for c in range(low, high + 1)}
    later |= {0x11930, 0x11935, 0x11938}  # compose since Unicode 13
    marks = {c for c in SCALARS if unicodedata.combining(chr(c))}

    # What takes part in a composition of the reference must not be fenced off.
    composing = set(range(0x1100, 0x1200))
    for c in SCALARS:
        parts = nfd.normalize_str(chr(c))
        if parts != chr(c):
            composing.update([c, *map(ord, parts)])

    def inert(c):
        probes = ["q\u0345" + chr(c) + "\u0334", "q\u0315" + chr(c) + "\u0345"]
        return c not in composing and all(nfc.normalize_str(p) == p for p in probes)

    return {c for c in marks | later if inert(c)}


def write(name, points):
    rows = ranges(points)
    print(f"inline constexpr Range {name}[] = {{")
    line = "   "
    for low, high in rows:
        item = f" {{0x{low:X}, 0x{high:X}}},"
        if len(line) + len(item) > 100:
            print(line)
            line = "   "
        line += item
    print(line)
    print("};")


def main():
    base = sys.argv[sys.argv.index("--base") + 1] if "--base" in sys.argv else "14"
    if unicodedata.unidata_version.split(".")[0] != base:
        sys.exit(f"Python's unicodedata is {unicodedata.unidata_version}, not {base}")
    print("// Made by tests/oracle/unicode_tables.py; do not edit.")
    print(f"// Regular-expression properties: what the reference has beyond Unicode {base}.")
    table = []
    for name in PROPERTIES:
        known = {c for c in SCALARS if unicodedata.category(chr(c)).startswith(name)}
        extra = matched_by(f"\\p{{{name}}}")
        lost = known - extra
        if lost:
            # Re-categorised since: an exact translation would have to take them away again.
            print(f"// {name}: no longer in it: {', '.join(hex(a) if a == b else f'{a:#x}-{b:#x}' for a, b in ranges(lost))}")
            continue
        extra -= known
        if extra:
            write(f"kLater{name}", extra)
        table.append((name, bool(extra)))
    print("struct Property {\n  std::string_view name;\n  std::span<const Range> later;\n};")
    print("inline constexpr Property kProperties[] = {")
    for name, some in table:
        print(f'    {{"{name}", ' + (f"kLater{name}" if some else "{}") + "},")
    print("};")
    print("// White space of the reference's regular expressions (\\s), and of its strip flags.")
    write("kSpace", matched_by("\\s"))
    print("// Digits pre-tokenizer: numeric characters.")
    write("kNumeric", digits())
    print("// Word characters beside an added token with single_word.")
    write("kWord", word_characters())
    print("// Plain starters in the reference's NFC, whatever newer Unicode versions say.")
    write("kInertInNfc", inert_marks())


if __name__ == "__main__":
    main()
