#!/usr/bin/env python3
"""Holds every #include of core/, app/ and ui/ against the layer table in packaging/cmake/layers.cmake.

usage: check_includes.py [ROOT]     exit 0: no breach; 1: breaches, one a line on standard output; 2: nothing to check

The configure step checks what a layer links. Only this sees what it includes: Qt's modules share one include root, and
a library that a neighbour links publicly can be reached unnoticed. Includes are followed through the project's own
headers, so that a header which drags in torch is found at the file that must not see torch.
"""
import functools
import re
import sys
from pathlib import Path

SOURCES = {".h", ".hpp", ".cpp", ".cc", ".cu", ".cuh", ".inc"}

# Outside library: (pattern of the name between <> or "", names in WORDSIGHT_OUTSIDE_<layer> that allow it).
OUTSIDE = [
    (r"tl/expected\.hpp", {"tl::expected"}),
    (r"(spdlog|fmt)/", {"spdlog::spdlog"}),
    (r"openssl/", {"OpenSSL::Crypto"}),
    (r"nlohmann/", {"nlohmann_json::nlohmann_json"}),
    (r"pcre2(posix)?\.h", {"PkgConfig::pcre2"}),
    (r"utf8proc\.h", {"PkgConfig::utf8proc"}),
    (r"opencv2?/", {"opencv_core", "opencv_imgproc", "opencv_imgcodecs"}),
    (r"(torch|ATen|c10|caffe2)/", {"Torch::Torch"}),
    (r"boost/", {"Boost::headers"}),
    (r"SQLiteCpp/", {"SQLiteCpp"}),
    (r"sqlite3(ext)?\.h", {"PkgConfig::sqlite3"}),
    (r"curl/", {"CURL::libcurl", "PkgConfig::libcurl"}),
    (r"CLI/", {"CLI11::CLI11"}),
    (r"(cuda|cublas|cudnn|nvrtc|driver_types|device_launch|cooperative_groups)", {"CUDA::cudart", "CUDA::cublas"}),
    (r"nccl", {"NCCL::NCCL"}),
    (r"mpi\.h", {"MPI::MPI_CXX"}),
    (r"qcustomplot", {"QCustomPlotQt6"}),
    (r"Q[A-Z]|Qt[A-Z]|q[a-z]+\.h$", {"Qt"}),
    (r"(gtest|gmock|benchmark)/", {"GTest"}),
]
# Headers of the compiler and the system, which every layer may use; C++'s own have neither dot nor slash.
SYSTEM = re.compile(
    r"[a-z_0-9]+$|(sys|arpa|netinet|linux|net)/[a-z_0-9]+\.h$|"
    r"(unistd|fcntl|dirent|poll|pthread|sched|signal|spawn|termios|time|dlfcn|malloc|errno|pwd|"
    r"[a-z]*intrin|cpuid|arm_neon|omp)\.h$")

# What reaches a layer because a header of a layer below it shows it on purpose.
JSON = {"nlohmann_json::nlohmann_json"}
THROUGH_HEADERS = {"tl::expected"} | JSON
# "neural knows no JSON, picture or SQL library", and pictures need no JSON either: not even through domain/json.h.
NO_JSON = {"neural", "vision"}
# Torch in sources, never in headers: whoever includes a header of these layers sees no tensor.
HEADERS_WITHOUT_TORCH = {"infer", "jobs"}
APP_OUTSIDE = {"CLI11::CLI11"}
UI_PLOTS = "plots"

SQL = re.compile(r"SELECT\s+[\w*(].*?\sFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|"
                 r"(CREATE|DROP|ALTER)\s+(VIRTUAL\s+|TEMP\s+)?(TABLE|INDEX|VIEW|TRIGGER)\s|PRAGMA\s+\w+")
MAIN_LINES = 80


def read_table(root):
    text = re.sub(r"#.*", "", (root / "packaging/cmake/layers.cmake").read_text())
    values = {name: words.split() for name, words in re.findall(r"set\(\s*(\w+)\s*([^)]*)\)", text)}
    layers = values.get("WORDSIGHT_LAYERS", [])
    uses = {layer: values.get(f"WORDSIGHT_USES_{layer}", []) for layer in layers}
    outside = {layer: set(values.get(f"WORDSIGHT_OUTSIDE_{layer}", [])) for layer in layers}
    return layers, uses, outside


def without_comments(text):
    """Comments become spaces; strings and line numbers stay."""
    pattern = r'R"([^(\s]*)\((?:.|\n)*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*(?:.|\n)*?\*/'

    def keep(match):
        found = match.group(0)
        return re.sub(r"[^\n]", " ", found) if found.startswith(("//", "/*")) else found
    return re.sub(pattern, keep, text)


class Tree:
    def __init__(self, root):
        self.root = root
        self.layers, uses, self.outside = read_table(root)
        self.allowed = {}
        for layer in self.layers:
            seen, queue = set(), list(uses[layer])
            while queue:
                used = queue.pop()
                if used not in seen:
                    seen.add(used)
                    queue += uses.get(used, [])
            self.allowed[layer] = seen
        self.breaches = []

    def breach(self, path, line, sentence):
        self.breaches.append(f"{path.relative_to(self.root)}:{line}: {sentence}")

    @functools.lru_cache(maxsize=None)
    def text(self, path):
        return without_comments(path.read_text(encoding="utf-8", errors="replace"))

    @functools.lru_cache(maxsize=None)
    def includes(self, path):
        """(line, kind, name): kind is '<' or '"'."""
        found = []
        for number, line in enumerate(self.text(path).split("\n"), 1):
            match = re.match(r'\s*#\s*(?:include|include_next|import)\s*(?:<([^>]+)>|"([^"]+)")', line)
            if match:
                found.append((number, "<" if match.group(1) else '"', match.group(1) or match.group(2)))
        return found

    def layer_of(self, path):
        """("core", "neural"), ("app", "cli"), ("ui", "plots"), by folder."""
        parts = path.relative_to(self.root).parts
        return parts[0], parts[1] if len(parts) > 2 else ""

    def resolve(self, path, name):
        """The project's file that a quoted include names, or None: from a layer's root, or beside the file."""
        first = name.split("/")[0]
        for candidate in (self.root / "core" / name, self.root / "ui" / name, path.parent / name):
            if candidate.is_file() and (first in self.layers or candidate.parent == path.parent or len(name.split("/")) > 1):
                return candidate.resolve()
        return None

    @staticmethod
    def library_of(name):
        for pattern, targets in OUTSIDE:
            if re.match(pattern, name):
                return targets
        return None

    @functools.lru_cache(maxsize=None)
    def reached(self, path):
        """{outside header: chain of project headers that leads to it} over everything `path` includes."""
        found, seen, queue = {}, {path}, [(path, ())]
        while queue:
            current, chain = queue.pop(0)
            for _, _, name in self.includes(current):
                target = self.resolve(current, name)
                if target is None:
                    if self.library_of(name):
                        found.setdefault(name, chain)
                elif target not in seen:
                    seen.add(target)
                    queue.append((target, chain + (target,)))
        return found

    def may_include(self, area, layer, is_header):
        """The outside targets that a file there may include itself, and those that may reach it through headers."""
        if area == "core":
            own = set(self.outside[layer])
            if is_header and layer in HEADERS_WITHOUT_TORCH:
                own -= {"Torch::Torch"}
            return own, (own | THROUGH_HEADERS) - (JSON if layer in NO_JSON else set())
        if area == "app":
            return set(APP_OUTSIDE), APP_OUTSIDE | THROUGH_HEADERS
        own = {"Qt"} | ({"QCustomPlotQt6"} if layer == UI_PLOTS else set())
        return own, own | THROUGH_HEADERS

    def check_file(self, path):
        area, layer = self.layer_of(path)
        if layer and area != "app" and layer not in self.layers:
            self.breach(path, 1, f"'{layer}' is no layer: add its row to packaging/cmake/layers.cmake")
            return
        if area != "app" and not layer:
            self.breach(path, 1, f"a source file directly in {area}/ belongs to no layer: move it into one")
            return
        is_header = path.suffix in {".h", ".hpp", ".cuh"}
        own, through = self.may_include(area, layer, is_header)
        for line, kind, name in self.includes(path):
            self.check_include(path, area, layer, line, kind, name, own)
        for name, chain in self.reached(path).items():
            if chain and not self.library_of(name) & through:
                via = " -> ".join(str(step.relative_to(self.root)) for step in chain)
                self.breach(path, 1, f"reaches <{name}>, which layer '{layer}' may not see, through {via}")
        self.check_form(path, area, layer, is_header)

    def check_include(self, path, area, layer, line, kind, name, own):
        if ".." in name.split("/"):
            self.breach(path, line, f"\"{name}\" climbs out of its folder: write \"LAYER/header.h\"")
            return
        target = self.resolve(path, name)
        if target is not None:
            target_area, used = self.layer_of(target)
            if target_area == "core" and area == "core" and used != layer and used not in self.allowed[layer]:
                self.breach(path, line, f"layer '{layer}' may not include \"{name}\" of layer '{used}' "
                                        f"(allowed: {' '.join(l for l in self.layers if l in self.allowed[layer]) or 'none'})")
            elif (area, layer) == ("app", "workbench") and used == "shell":
                pass  # the window's program is its shell's one function
            elif target_area == "ui" and area != "ui":
                self.breach(path, line, f"'{area}/{layer}' may not include \"{name}\": ui/ is above it")
            elif area == "ui" and used != layer and used not in self.allowed[layer]:
                self.breach(path, line, f"layer '{layer}' may not include \"{name}\" of layer '{used}'")
            elif kind == "<":
                self.breach(path, line, f"<{name}> is the project's own: include it with quotes")
            return
        targets = self.library_of(name)
        if targets:
            if not targets & own:
                if targets == {"Qt"}:
                    self.breach(path, line, f"<{name}>: no Qt in {area}/{layer}")
                else:
                    self.breach(path, line, f"layer '{layer}' may not include <{name}> ({' or '.join(sorted(targets))} "
                                            "is not in its row of packaging/cmake/layers.cmake)")
        elif kind == '"':
            if not re.match(r"embedded_\w+\.h$", name):  # made by wordsight_embed() in the build folder
                self.breach(path, line, f"\"{name}\" is no header of a layer: write \"LAYER/header.h\"")
        elif not SYSTEM.match(name):
            self.breach(path, line, f"<{name}> is of a library that tests/arch/check_includes.py does not know: "
                                    "add it to OUTSIDE there and to packaging/cmake/layers.cmake")

    def check_form(self, path, area, layer, is_header):
        text = self.text(path)
        if is_header and "#pragma once" not in text:
            self.breach(path, 1, "a header begins with #pragma once")
        own_header = path.with_suffix(".h")
        if path.suffix == ".cpp" and own_header.is_file() and self.includes(path):
            line, _, first = self.includes(path)[0]
            if self.resolve(path, first) != own_header.resolve():
                self.breach(path, line, f"includes its own header {own_header.name} first: a header must compile alone")
        if is_header and (match := re.search(r"^\s*using\s+namespace\b", text, re.MULTILINE)):
            self.breach(path, text.count("\n", 0, match.start()) + 1, "no 'using namespace' in a header")
        if path.name == "main.cpp" and area == "app" and text.count("\n") > MAIN_LINES:
            self.breach(path, 1, f"main.cpp only wires: {text.count(chr(10))} lines are more than {MAIN_LINES}")
        if (area, layer) != ("core", "store"):
            for match in re.finditer(r'R"([^(\s]*)\((?:.|\n)*?\)\1"|"(?:\\.|[^"\\\n])*"', text):
                if SQL.search(match.group(0)):
                    self.breach(path, text.count("\n", 0, match.start()) + 1, "SQL outside core/store")

    def run(self):
        files = sorted(path for top in ("core", "app", "ui") if (self.root / top).is_dir()
                       for path in (self.root / top).rglob("*") if path.suffix in SOURCES and path.is_file())
        for path in files:
            self.check_file(path.resolve())
        return files


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()
    tree = Tree(root)
    files = tree.run()
    if not files or not tree.layers:
        print(f"check_includes: no sources or no layer table under {root}", file=sys.stderr)
        return 2
    for breach in tree.breaches:
        print(breach)
    print(f"{len(files)} files, {len(tree.breaches)} breaches", file=sys.stderr)
    return 1 if tree.breaches else 0


if __name__ == "__main__":
    sys.exit(main())
