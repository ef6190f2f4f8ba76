#!/usr/bin/env python3
"""The form of every file that git tracks. packaging/ci/style.sh calls this; one process, so that it stays quick."""
import ast
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLANG_FORMAT = "clang-format-14"  # pinned: another version formats differently
ALLOWED = "packaging/ci/long_files.txt"
MOST_LINES, MOST_BYTES, MOST_README_LINES = 500, 8 << 20, 40

BINARY = {".safetensors", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".npz", ".bin", ".ico", ".db", ".wordsight"}
# Data, and other people's text: as it was made.
AS_MADE = re.compile(r"tests/data/|resources/demo/model/|LICENSE$|.*\.(jsonl|inc)$")
CXX = {".cpp", ".h", ".cu", ".cuh"}
CODE = CXX | {".py", ".sh", ".cmake"}

# Brackets keep the patterns from finding themselves.
LEFTOVERS = [
    (re.compile(r"/wor[k]/|/far[m]/|/tmp/bash_job[s]|/home/[a-z]+[/]|/Users/[a-z]+[/]"), "names a path of one machine"),
    (re.compile(r"\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b"), "marks unfinished work: finish it, or file an issue"),
    (re.compile(r"^(<<<<<[<]<|>>>>>[>]>) "), "conflict marker"),
    (re.compile(r"\bDISABLED[_]|EXPECT_TRUE\(tru[e]\)"), "a test that is switched off"),
]

findings = []


def note(place, reason):
    findings.append(f"{place}: {reason}")


def tracked():
    """{path: mode} of what git tracks and is there: a file that is gone is somebody's deletion in progress."""
    try:
        listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-s", "-z"], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"style: git could not list the files of {ROOT}: {error}")
    rows = (row.split("\t", 1) for row in listed.decode().split("\0") if row)
    return {path: about.split()[0] for about, path in rows if (ROOT / path).is_file()}


def check_format(paths, fix):
    if not shutil.which(CLANG_FORMAT):
        if os.environ.get("CI") == "true":
            note(CLANG_FORMAT, "is not installed (packaging/deps/install.sh --tests)")
        else:
            print(f"style: {CLANG_FORMAT} is not installed, so formatting was not checked (packaging/deps/install.sh --tests)")
        return

    def differs(path):
        if fix:
            subprocess.run([CLANG_FORMAT, "-i", path], cwd=ROOT, check=False)
        done = subprocess.run([CLANG_FORMAT, "--dry-run", "--Werror", path], cwd=ROOT, capture_output=True, check=False)
        return done.returncode != 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, different in zip(paths, pool.map(differs, paths)):
            if different:
                note(path, f"not as {CLANG_FORMAT} writes it (packaging/ci/style.sh --fix)")


def check_text(path, text):
    for number, line in enumerate(text.split("\n"), 1):
        if line.endswith("\r"):
            note(f"{path}:{number}", "carriage return at the end of the line")
            line = line[:-1]
        if "\t" in line:
            note(f"{path}:{number}", "tab")
        if line != line.rstrip(" ") and not path.endswith(".md"):
            note(f"{path}:{number}", "white space at the end of the line")
        for pattern, reason in LEFTOVERS:
            if pattern.search(line):
                note(f"{path}:{number}", f"{reason}: {line.strip()[:80]}")
    if text and not text.endswith("\n"):
        note(path, "no line break at the end of the file")


def check_script(path, text):
    if path.endswith(".sh") or path == ".ci/run":
        if subprocess.run(["bash", "-n", ROOT / path], capture_output=True, check=False).returncode:
            note(path, "bash cannot parse it")
    elif path.endswith(".py"):
        try:
            ast.parse(text)
        except SyntaxError as error:
            note(path, f"Python cannot parse it: line {error.lineno}")


def check_exec_bit(path, mode, data):
    if data.startswith(b"#!") and mode != "100755":
        note(path, "begins with #! but is not executable (git update-index --chmod=+x)")
    elif mode == "100755" and not data.startswith(b"#!"):
        note(path, "executable, but no script (git update-index --chmod=-x)")


def read_allowed():
    """{path: reason} of files that may be long."""
    rows = (line.partition("|") for line in (ROOT / ALLOWED).read_text().splitlines() if line.strip() and line[0] != "#")
    allowed = {path.strip(): reason.strip() for path, _, reason in rows}
    for path, reason in allowed.items():
        if not (ROOT / path).is_file():
            note(ALLOWED, f"names {path}, which is not there")
        if not reason:
            note(ALLOWED, f"gives no reason for {path}")
    return allowed


def check_length(path, text, allowed):
    lines = text.count("\n")
    if path in allowed and lines <= MOST_LINES:
        note(path, f"has {lines} lines and needs no row in {ALLOWED} any more")
    elif path not in allowed and lines > MOST_LINES:
        note(path, f"{lines} lines are more than {MOST_LINES}; split it, or give the reason in {ALLOWED}")


def check_readmes():
    for made in sorted([*ROOT.glob("core/*/CMakeLists.txt"), *ROOT.glob("ui/*/CMakeLists.txt")]):
        readme = made.with_name("README.md")
        if not readme.is_file():
            note(readme.relative_to(ROOT), f"missing; a layer says in at most {MOST_README_LINES} lines what it is")
        elif readme.read_text().count("\n") > MOST_README_LINES:
            note(readme.relative_to(ROOT), f"longer than {MOST_README_LINES} lines")


def main():
    if sys.argv[1:] not in ([], ["--fix"]):
        sys.exit("usage: packaging/ci/style.sh [--fix]")
    files = tracked()
    cxx = [path for path in files if Path(path).suffix in CXX and not AS_MADE.match(path)]
    if not cxx:
        sys.exit("style: git tracks no C++ source")
    check_format(cxx, "--fix" in sys.argv)
    allowed = read_allowed()
    for path, mode in files.items():
        data = (ROOT / path).read_bytes()
        if len(data) > MOST_BYTES:
            note(path, "over 8 MiB; large data does not belong in the repository")
        check_exec_bit(path, mode, data)
        if Path(path).suffix in BINARY or AS_MADE.match(path):
            continue
        text = data.decode("utf-8", "replace")
        check_text(path, text)
        check_script(path, text)
        if Path(path).suffix in CODE:
            check_length(path, text, allowed)
    check_readmes()
    for finding in findings:
        print("style:", finding)
    print(f"style: {len(findings)} findings in {len(files)} files" if findings else f"style: {len(files)} files, nothing to say")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
