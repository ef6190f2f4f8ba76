#!/usr/bin/env python3
"""Holds the event files that run.sh wrote against each other. usage: check_records.py DIR short|all"""
import json
import math
import os
import re
import sys

failures = []


def expect(what, holds):
    if not holds:
        failures.append(what)
        print("check_records: " + what, file=sys.stderr)


def usable(items):
    """Items that can be scored: a key (as given, or at the end of action_answer) and a situation."""
    count = 0
    for item in items:
        situation = item["situation_description"]
        key = item["answer"] or (re.search(r"\b([A-E])\W*$", item["action_answer"] or "") or [None])[0]
        letters = {option[:1] for option in item["action_list"]}
        count += bool(key and isinstance(situation, str) and key[0] in letters)
    return count


def main():
    folder, mode = sys.argv[1:]
    events = {}
    for name in ("import", "freeze", "bench", "base", "train", "tuned", "compare", "runs"):
        with open(os.path.join(folder, name + ".jsonl"), encoding="utf-8") as file:
            events[name] = [json.loads(line) for line in file]
    last = {name: lines[-1] for name, lines in events.items()}
    learn, test = (json.load(open(os.path.join(folder, name), encoding="utf-8")) for name in ("learn.json", "test.json"))

    expect("every finished event says done", all(event.get("status", "done") == "done" for event in last.values()))
    imported, file = last["import"]["imported"], last["import"]["files"][0]
    expect("import says of every item what became of it",
           file["lines"] == len(learn) == imported + file["duplicates"] + file["bad"])
    expect(f"no item that can be used is bad: {file}", len(learn) - file["bad"] >= usable(learn))
    expect("the benchmark holds every item of test.json", last["bench"]["items"] == len(test))
    scored = last["bench"]["items"] - last["bench"]["unusable"]
    expect(f"{scored} items can be scored", usable(test) <= scored <= len(test))
    for name in ("base", "tuned"):
        n, accuracy = last[name]["n"], last[name]["accuracy"]
        expect(f"{name}: all {scored} usable items were scored, not {n}", n == scored)
        expect(f"{name}: accuracy {accuracy} lies in its interval", last[name]["low"] <= accuracy <= last[name]["high"])
        expect(f"{name}: letter scoring reads every answer", last[name]["unread"] == 0)
    losses = [event["loss"] for event in events["train"] if event.get("event") == "step"]
    steps = [event["step"] for event in events["train"] if event.get("event") == "step"]
    expect(f"steps come in order: {steps[:3]}…", steps == list(range(1, len(steps) + 1)))
    expect("losses are finite", losses and all(math.isfinite(loss) for loss in losses))
    if mode == "short":
        expect(f"10 steps were asked for, {len(steps)} came", len(steps) == 10)
    third = max(1, len(losses) // 3)
    first, final = sum(losses[:third]) / third, sum(losses[-third:]) / third
    held_out = [event["eval_loss"] for event in events["train"] if event.get("eval_loss") is not None]
    expect("held-out loss was measured before and after", len(held_out) >= 2)
    # Ten steps see ten different batches, whose losses differ by more than ten steps teach: the same held-out items do not.
    before, after = (held_out[0], held_out[-1]) if mode == "short" else (first, final)
    expect(f"the loss fell: {before:.4f} -> {after:.4f}", after < before)
    cells = {cell["model"]: cell for cell in last["compare"]["cells"]}
    expect("the comparison has the cells base and tuned", set(cells) == {"base", "tuned"})
    for name, cell in cells.items():
        expect(f"{name}: the comparison says what the evaluation said",
               abs(cell["accuracy"] - last[name]["accuracy"]) < 1e-9 and cell["n"] == scored)
    report = os.path.join(folder, "report.html")
    expect("the report was written", os.path.getsize(report) > 10000)
    with open(report, encoding="utf-8") as file:
        expect("the report loads nothing from elsewhere", not re.search(r"(src|href)=[\"']https?:", file.read()))
    tokens = [event["tokens_per_s"] for event in events["train"] if event.get("tokens_per_s")]
    rate = f", {sum(tokens) / len(tokens):.0f} tokens/s" if tokens else ""
    print(f"real: {imported} scenarios; {len(steps)} steps, loss {first:.3f} (first third) -> {final:.3f} (last), held out "
          f"{' -> '.join(f'{loss:.3f}' for loss in (held_out[:1] + held_out[-1:]))}{rate}; "
          f"{scored} of {len(test)} items scored")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
