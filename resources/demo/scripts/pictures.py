"""Draws the 300 test pictures and writes test_items.json beside them:  python3 pictures.py [OUT_FOLDER] [--scenarios FILE]

Without a folder: the one above this script. --scenarios also writes 800 text scenarios, for training without Wordsight."""
import argparse
import json
from pathlib import Path

from finetune_eval import picture, scenarios, test_items

ap = argparse.ArgumentParser()
ap.add_argument("out", nargs="?", type=Path, default=Path(__file__).resolve().parent.parent)
ap.add_argument("--scenarios", type=Path)
a = ap.parse_args()
items = test_items(300)
(a.out / "pictures").mkdir(parents=True, exist_ok=True)
(a.out / "test_items.json").write_text(json.dumps(items, indent=1, ensure_ascii=False) + "\n")
for x in items:
    picture(x).convert("P", palette=1, colors=256).save(a.out / "pictures" / x["image_file"], optimize=True)
if a.scenarios:
    with open(a.scenarios, "w") as f:
        for s in scenarios(800):
            f.write(json.dumps(s, ensure_ascii=False) + "\n")
