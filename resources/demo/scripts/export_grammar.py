"""Writes the world's language as data, grammar.json, for the generator in core/synth:  python3 export_grammar.py [FILE]

Without a file: ../grammar.json. "held_out" lists the (event, place, actor) triples of the test pictures; the generator never
tells a scene with one of them. --check compares instead of writing, and fails when the file is not what the world says."""
import argparse
import json
import sys
from pathlib import Path

import world


def grammar():
    named = lambda table: [{"name": n, "phrases": p} for n, p in table.items()]
    held_out = sorted({s.triple for s in world.split()[1]})
    assert not {s.triple for s in world.split()[0]} & set(held_out)
    return {
        "format": "wordsight-demo-grammar",
        "version": 1,
        "question": world.ASK_ACTION,
        "captions": world.CAPTIONS,
        "places": named(world.PLACES),
        "actors": named(world.ACTORS),
        "weathers": named(world.WEATHERS),
        "actions": named(world.ACTIONS),
        "none": world.NONE,
        "unwise": world.UNWISE,
        "events": [{"name": e.name, "phrases": e.phrases, "action": e.action, "reason": e.reason, "category": e.category,
                    "places": e.places, "actors": e.actors} for e in world.EVENTS.values()],
        "held_out": held_out,
    }


def layout(g):
    """JSON with one entry a line."""
    line = lambda x: json.dumps(x, ensure_ascii=False)
    rows = []
    for k, v in g.items():
        if isinstance(v, list) and v and not isinstance(v[0], str):
            rows.append(f" {line(k)}: [\n" + ",\n".join(f"  {line(x)}" for x in v) + "\n ]")
        else:
            rows.append(f" {line(k)}: {line(v)}")
    return "{\n" + ",\n".join(rows) + "\n}\n"


ap = argparse.ArgumentParser()
ap.add_argument("file", nargs="?", type=Path, default=Path(__file__).resolve().parent.parent / "grammar.json")
ap.add_argument("--check", action="store_true")
a = ap.parse_args()
if a.check:
    sys.exit(0 if a.file.read_text() == layout(grammar()) else f"{a.file} is not what world.py says: run export_grammar.py")
a.file.write_text(layout(grammar()))
