#!/usr/bin/env python3
"""Whatever one page hands to another is understood there.

Pages do not see each other: they ask the window to go elsewhere with a few named values
(`navigate(PageId::X, {...})`). This reads every such place and holds its names against those that
the page's `open()` asks for.
"""
import pathlib
import re
import sys

GO = re.compile(r"\b(?:navigate|showPage|go)\(\s*PageId::(\w+)\s*,")


def closing(text, start, pair):
    """Where the bracket that opens at `start` closes."""
    depth = 0
    for place in range(start, len(text)):
        if text[place] == pair[0]:
            depth += 1
        elif text[place] == pair[1]:
            depth -= 1
            if depth == 0:
                return place
    return len(text)


def function_around(text, place):
    """The function (as clang-format lays it out: from one line that begins in the first column)."""
    start = text.rfind("\n}\n", 0, place)
    end = text.find("\n}\n", place)
    return text[max(start, 0):end if end >= 0 else len(text)]


def keys_of_call(text, match):
    call = text[match.start():closing(text, text.index("(", match.start()), "()") + 1]
    arguments = call.split(",", 1)[1]
    # Names are the first of a pair; values may be literals too.
    keys = set(re.findall(r'\{\s*QStringLiteral\("(\w+)"\)\s*,', arguments))
    variable = re.fullmatch(r"\s*(\w+)\s*\)", arguments)
    if variable:
        body = function_around(text, match.start())
        keys |= set(re.findall(re.escape(variable[1]) + r'\[QStringLiteral\("(\w+)"\)\]', body))
    helper = re.fullmatch(r"\s*(\w+)\(.*\)\s*\)", arguments, re.S)
    if helper:
        made = re.search(r"QVariantMap " + helper[1] + r"\(.*?\n}\n", text, re.S)
        if made:
            keys |= set(re.findall(r'\{\{?\s*QStringLiteral\("(\w+)"\)\s*,', made[0]))
    return keys


def understood(page_folder):
    for source in sorted(page_folder.glob("*.cpp")):
        text = source.read_text(encoding="utf-8")
        match = re.search(r"\bvoid \w+::open\(const QVariantMap& what\) \{", text)
        if match:
            body = text[match.start():closing(text, text.index("{", match.start()), "{}")]
            return set(re.findall(r'"(\w+)"', body))
    return set()


def main(root):
    root = pathlib.Path(root)
    pages = root / "ui" / "pages"
    faults, seen = [], 0
    for source in sorted((root / "ui").rglob("*.cpp")):
        text = source.read_text(encoding="utf-8")
        for match in GO.finditer(text):
            folder = pages / match[1].lower()
            for key in sorted(keys_of_call(text, match)):
                seen += 1
                if key not in understood(folder):
                    line = text.count("\n", 0, match.start()) + 1
                    faults.append(f"{source.relative_to(root)}:{line}: the page {match[1]} does not "
                                  f"know \"{key}\" in open()")
    print("\n".join(faults) or f"{seen} values between pages are understood")
    if seen < 10:
        print("fewer links than expected were found: the search no longer fits the sources")
        return 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
