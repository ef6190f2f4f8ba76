#!/usr/bin/env python3
"""Splits VIVA's annotation file into items to learn from and items to be tested on.

usage: split_viva.py ANNOTATIONS.json OUT_DIR [--learn 900] [--seed 1] [--take-learn N] [--take-test N]

Writes OUT_DIR/learn.json and OUT_DIR/test.json in the same form, quirks (null keys, NaN) included. VIVA repeats itself:
1,240 items have 1,235 pictures, 1,142 captions and 998 lists of options. Items that share a picture, a caption or a list of
options stay on one side, or the test would ask what was learned by heart. The order of the groups is that of
sha256("SEED:" + a group's first URL), so the split is the same on every machine. --take-… cuts either side to its first
items after the split.
"""
import argparse
import hashlib
import json
import os


def folded(text):
    return " ".join(str(text).lower().split())


def traits(item):
    yield "url", item["image_url"]
    if isinstance(item["situation_description"], str):
        yield "caption", folded(item["situation_description"])
    yield "options", tuple(folded(option) for option in item["action_list"])


def groups(items):
    """Lists of items that are connected through a shared trait."""
    parent = list(range(len(items)))

    def root(i):
        while parent[i] != i:
            parent[i] = i = parent[parent[i]]
        return i

    first = {}
    for i, item in enumerate(items):
        for trait in traits(item):
            parent[root(i)] = root(first.setdefault(trait, i))
    members = {}
    for i, item in enumerate(items):
        members.setdefault(root(i), []).append(item)
    return list(members.values())


def split(items, learn, seed):
    def order(group):
        return hashlib.sha256(f"{seed}:{min(item['image_url'] for item in group)}".encode()).digest()
    sides = [], []
    for group in sorted(groups(items), key=order):
        # A group that would not fit any more goes to the other side; the next smaller ones fill the place.
        sides[0 if len(sides[0]) + len(group) <= learn else 1].extend(group)
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
    seen = {trait for item in learn for trait in traits(item)}
    if any(trait in seen for item in test for trait in traits(item)) or len(learn) + len(test) != len(items):
        raise SystemExit("the two sides overlap or lost an item")
    os.makedirs(options.out, exist_ok=True)
    for name, side in ("learn", learn[:options.take_learn]), ("test", test[:options.take_test]):
        with open(os.path.join(options.out, name + ".json"), "w", encoding="utf-8") as file:
            json.dump(side, file, ensure_ascii=False, indent=1)
        print(f"{name}.json: {len(side)} items")


if __name__ == "__main__":
    main()
