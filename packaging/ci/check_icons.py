#!/usr/bin/env python3
"""The icons of resources/icons as one set: well-formed, on the same grid, with the one stroke, and in colours that the
window can replace; and the names that the window asks for. packaging/ci/style.sh calls this."""
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ICONS = ROOT / "resources/icons"
SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 1024

# Everything else is a line icon, whose #000 the window replaces by a colour of the palette.
COLOURED = {"wordsight", "wordsight-small", "wordsight-document"}
LINE_ROOT = {"viewBox": "0 0 20 20", "fill": "none", "stroke": "#000", "stroke-width": "1.5",
             "stroke-linecap": "round", "stroke-linejoin": "round"}
SHAPES = {"path": {"d"}, "circle": {"cx", "cy", "r"}, "ellipse": {"cx", "cy", "rx", "ry"},
          "rect": {"x", "y", "width", "height", "rx"}}
GRADIENT = {"linearGradient": {"id", "x1", "y1", "x2", "y2"}, "stop": {"offset", "stop-color"}}

findings = []


def note(path, reason):
    findings.append(f"{path.relative_to(ROOT)}: {reason}")


def check_line_icon(path, root):
    for key, value in LINE_ROOT.items():
        if root.get(key) != value:
            note(path, f"its root has {key}=\"{root.get(key)}\", where every line icon has \"{value}\"")
    for shape in root.iter():
        if shape is root:
            continue
        tag = shape.tag.removeprefix(SVG)
        if tag not in SHAPES:
            note(path, f"<{tag}> is not one of {', '.join(sorted(SHAPES))}")
            continue
        for key, value in shape.attrib.items():
            if key in ("fill", "stroke"):
                if value not in ("none", "#000"):
                    note(path, f"{key}=\"{value}\": a line icon has no colour but #000, which the window replaces")
            elif key not in SHAPES[tag]:
                note(path, f"<{tag} {key}=…> is not used in this set")
        check_inside(path, tag, shape)


def check_inside(path, tag, shape):
    """Circles and rectangles stay on the grid of 20 with their stroke; paths are judged by eye."""
    stroke = 0 if shape.get("stroke") == "none" else 0.75
    number = {key: float(shape.get(key, "0")) for key in SHAPES[tag] if key != "d"}
    if tag == "circle":
        sides = [number["cx"] - number["r"], number["cx"] + number["r"], number["cy"] - number["r"], number["cy"] + number["r"]]
    elif tag == "rect":
        sides = [number["x"], number["x"] + number["width"], number["y"], number["y"] + number["height"]]
    else:
        return
    if min(sides) - stroke < 1 or max(sides) + stroke > 19:
        note(path, f"<{tag}> comes nearer than 1 to the edge of its 20 × 20")


def check_coloured_icon(path, root):
    if root.get("viewBox") != "0 0 48 48":
        note(path, "a coloured icon has viewBox=\"0 0 48 48\"")
    for shape in root.iter():
        tag = shape.tag.removeprefix(SVG)
        if shape is not root and tag not in SHAPES and tag not in GRADIENT:
            note(path, f"<{tag}> is not used in this set")
        for key in ("fill", "stroke", "stop-color"):
            value = shape.get(key)
            if value is None or value in ("none", "url(#a)"):
                continue
            if not re.fullmatch(r"#[0-9A-F]{3}|#[0-9A-F]{6}", value):
                note(path, f"{key}=\"{value}\" is no colour in capital hexadecimal digits")
            elif value.startswith("#000"):
                note(path, f"{key}=\"{value}\": the window would replace #000 by a colour of the palette")


def check_icon(path):
    data = path.read_bytes()
    if len(data) > MOST_BYTES:
        note(path, f"{len(data)} bytes are more than {MOST_BYTES}")
    if not re.fullmatch(r"[a-z0-9-]+", path.stem):
        note(path, "a name has small letters, digits and hyphens only")
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        note(path, f"is no well-formed XML: {error}")
        return
    if root.tag != SVG + "svg":
        note(path, "its root is no <svg xmlns=\"http://www.w3.org/2000/svg\">")
    elif path.stem in COLOURED:
        check_coloured_icon(path, root)
    else:
        check_line_icon(path, root)


def arguments(text, start):
    """What stands between the bracket before start and its counterpart."""
    depth = 1
    for at in range(start, min(start + 400, len(text))):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return text[start:at]
    return ""


def check_uses(names):
    """Names in calls of icon(…), also those chosen by a condition; names from a table are not seen."""
    for source in sorted([*ROOT.glob("ui/**/*.cpp"), *ROOT.glob("app/workbench/*.cpp")]):
        text = source.read_text(errors="replace")
        for call in re.finditer(r"\bicon\(", text):
            for name in re.findall(r"\"([^\"]*)\"", arguments(text, call.end())):
                if name not in names:
                    note(source, f"asks for the icon \"{name}\", which resources/icons does not have")


def main():
    icons = sorted(ICONS.glob("*.svg"))
    if not icons:
        sys.exit("icons: resources/icons holds no SVG file")
    for path in icons:
        check_icon(path)
    for path in COLOURED - {icon.stem for icon in icons}:
        note(ICONS / f"{path}.svg", "is missing")
    check_uses({icon.stem for icon in icons})
    for finding in findings:
        print("icons:", finding)
    print(f"icons: {len(findings)} findings in {len(icons)} files" if findings else f"icons: {len(icons)} files, nothing to say")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
