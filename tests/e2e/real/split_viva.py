#!/usr/bin/env python3
"""Splits VIVA's annotation file into items to learn from and items to be tested on.

usage: split_viva.py ANNOTATIONS.json OUT_DIR [--learn 900] [--seed 1] [--take-learn N] [--take-test N]

Writes OUT_DIR/learn.json and OUT_DIR/test.json in the same form, quirks (null keys, NaN) included. The order is that of
sha256("SEED:URL"), so the split is the same on every machine, and the items of one picture stay on one side. --take-…
cuts either side to its first items after the split.
"""
import argparse
import hashlib
import json
import os


def split(items, learn, seed):
    pictures = {}
    for item in items:
        pictures.setdefault(item["image_url"], []).append(item)
    order = sorted(pictures, key=lambda url: hashlib.sha256(f"{seed}:{url}".encode()).digest())
    sides = [], []
    for url in order:
        # A picture whose items would not fit any more goes to the other side; the next single one fills the place.
        sides[0 if len(sides[0]) + len(pictures[url]) <= learn else 1].extend(pictures[url])
    return sides


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotations")
    parser.add_argument("out")
    parser.add_argument("--learn", type=int, default=900)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--take-learn", type=int)
    parser.add_argument("--take-test", type=int)
    options = parser.parse_args()
    with open(options.annotations, encoding="utf-8") as file:
        items = json.load(file)  # takes NaN, as Python writes it
    learn, test = split(items, options.learn, options.seed)
    if {i["image_url"] for i in learn} & {i["image_url"] for i in test} or len(learn) + len(test) != len(items):
        raise SystemExit("the two sides overlap or lost an item")
    os.makedirs(options.out, exist_ok=True)
    for name, side in ("learn", learn[:options.take_learn]), ("test", test[:options.take_test]):
        with open(os.path.join(options.out, name + ".json"), "w", encoding="utf-8") as file:
            json.dump(side, file, ensure_ascii=False, indent=1)
        print(f"{name}.json: {len(side)} items")


if __name__ == "__main__":
    main()
