#!/usr/bin/env python3
"""Plants breaches of the architecture and expects each to be named: a check that cannot fail proves nothing."""
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHECK = ROOT / "tests/arch/check_includes.py"
CMAKE = "cmake"


class Planted(unittest.TestCase):
    """A small tree with the real layer table, in which every file obeys; each test adds one breach."""

    def setUp(self):
        self.root = Path(tempfile.mkdtemp(prefix="wordsight-arch-"))
        self.addCleanup(shutil.rmtree, self.root)
        table = self.root / "packaging/cmake/layers.cmake"
        table.parent.mkdir(parents=True)
        shutil.copy(ROOT / "packaging/cmake/layers.cmake", table)
        self.write("core/base/result.h", "#pragma once\n#include <tl/expected.hpp>\n")
        self.write("core/domain/json.h", "#pragma once\n#include <nlohmann/json.hpp>\n#include \"base/result.h\"\n")
        self.write("core/domain/pixels.h", "#pragma once\n#include <vector>\n")
        self.write("core/text/tokenizer.h", "#pragma once\n#include \"domain/json.h\"\n")
        self.write("core/neural/model.h", "#pragma once\n#include <torch/types.h>\n#include \"domain/pixels.h\"\n")
        self.write("core/infer/local.h", "#pragma once\n#include \"text/tokenizer.h\"\n")
        self.write("core/infer/local.cpp", "#include \"infer/local.h\"\n\n#include \"neural/model.h\"\n")
        self.write("core/store/project.cpp", "#include <SQLiteCpp/SQLiteCpp.h>\nauto q = \"SELECT id FROM run WHERE 1\";\n")
        self.write("app/cli/main.cpp", "#include <CLI/CLI.hpp>\n#include \"text/tokenizer.h\"\nint main() {}\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def check(self):
        done = subprocess.run([sys.executable, CHECK, self.root], capture_output=True, text=True)
        return done.returncode, done.stdout

    def expect_breach(self, name, text, *fragments):
        self.write(name, text)
        code, out = self.check()
        self.assertEqual(code, 1, out)
        for fragment in fragments:
            self.assertIn(fragment, out)

    def test_obedient_tree_passes(self):
        self.assertEqual(self.check(), (0, ""))

    def test_empty_tree_is_an_error(self):
        shutil.rmtree(self.root / "core")
        shutil.rmtree(self.root / "app")
        self.assertEqual(self.check()[0], 2)

    def test_layer_beyond_the_row(self):
        self.expect_breach("core/domain/x.cpp", '#include <vector>\n#include "text/tokenizer.h"\n',
                           "core/domain/x.cpp:2:", "layer 'domain' may not include \"text/tokenizer.h\"")

    def test_layers_beside_each_other(self):
        self.expect_breach("core/vision/x.cpp", '#include "neural/model.h"\n', "layer 'vision' may not include")

    def test_indirect_use_is_allowed(self):
        self.write("core/synth/x.cpp", '#include "base/result.h"\n#include "domain/json.h"\n')
        self.assertEqual(self.check(), (0, ""))

    def test_qt_in_core(self):
        for name in ("QString", "QtCore/QObject", "qobject.h"):
            self.expect_breach("core/jobs/x.h", f"#pragma once\n#include <{name}>\n", "no Qt in core/jobs")

    def test_qt_in_the_command_line(self):
        self.expect_breach("app/cli/x.cpp", "#include <QCoreApplication>\n", "no Qt in app/cli")

    def test_json_library_outside_domain(self):
        self.expect_breach("core/eval/x.cpp", "#include <nlohmann/json.hpp>\n", "may not include <nlohmann/json.hpp>")
        self.expect_breach("app/cli/y.cpp", "#include <nlohmann/json.hpp>\n", "app/cli/y.cpp:1:")

    def test_json_reaches_neither_tensors_nor_pictures(self):
        for layer in ("neural", "vision"):
            self.expect_breach(f"core/{layer}/x.cpp", '#include "domain/json.h"\n',
                               f"core/{layer}/x.cpp:1: reaches <nlohmann/json.hpp>", "through core/domain/json.h")

    def test_torch_elsewhere(self):
        for header in ("torch/torch.h", "ATen/ATen.h", "c10/core/Device.h"):
            self.expect_breach("core/jobs/x.cpp", f"#include <{header}>\n", f"may not include <{header}>")

    def test_torch_in_a_header_of_infer(self):
        self.expect_breach("core/infer/x.h", "#pragma once\n#include <torch/types.h>\n", "core/infer/x.h:2:")
        self.expect_breach("core/infer/y.h", '#pragma once\n#include "neural/model.h"\n',
                           "core/infer/y.h:1: reaches <torch/types.h>")

    def test_torch_reached_through_headers(self):
        self.write("core/train/tensors.h", '#pragma once\n#include "neural/model.h"\n')
        self.expect_breach("core/jobs/x.cpp", '#include "train/tensors.h"\n',
                           "core/jobs/x.cpp:1: reaches <torch/types.h>",
                           "through core/train/tensors.h -> core/neural/model.h")
        self.expect_breach("app/cli/x.cpp", '#include "train/tensors.h"\n', "app/cli/x.cpp:1: reaches <torch/types.h>")

    def test_database_elsewhere(self):
        self.expect_breach("core/jobs/x.cpp", "#include <SQLiteCpp/SQLiteCpp.h>\n", "may not include <SQLiteCpp/")
        self.expect_breach("core/curate/x.cpp", "#include <sqlite3.h>\n", "may not include <sqlite3.h>")

    def test_pictures_elsewhere(self):
        self.expect_breach("core/eval/x.cpp", "#include <opencv2/core.hpp>\n", "may not include <opencv2/core.hpp>")

    def test_sql_elsewhere(self):
        for sql in ('"SELECT a, b FROM t"', '"INSERT INTO t VALUES (1)"', 'R"(\nUPDATE t SET a = 1)"', '"PRAGMA user_version"',
                    '"CREATE VIRTUAL TABLE t USING fts5(a)"'):
            self.expect_breach("core/jobs/x.cpp", f"auto q = {sql};\n", "core/jobs/x.cpp:1: SQL outside core/store")

    def test_words_that_are_no_sql(self):
        self.write("core/jobs/x.cpp", '// "SELECT a FROM b"\nauto a = "Select one from the list", b = "UPDATE the file";\n')
        self.assertEqual(self.check(), (0, ""))

    def test_unknown_library(self):
        self.expect_breach("core/base/x.cpp", "#include <absl/strings/str_cat.h>\n", "does not know")

    def test_unknown_header(self):
        self.expect_breach("core/base/x.cpp", '#include "nowhere/x.h"\n', "is no header of a layer")

    def test_climbing_out(self):
        self.expect_breach("core/base/x.cpp", '#include "../text/tokenizer.h"\n', "climbs out of its folder")

    def test_comment_hides_nothing_and_nothing_hides_in_one(self):
        self.write("core/base/x.cpp", "/* #include <QString>\n#include <QString>\n*/\n// #include <QString>\n")
        self.assertEqual(self.check(), (0, ""))
        self.expect_breach("core/base/x.cpp", "#  include   <QString> // why\n", "no Qt in core/base")

    def test_folder_without_a_row(self):
        self.expect_breach("core/cloud/x.cpp", "#include <vector>\n", "'cloud' is no layer")
        self.expect_breach("ui/dock/x.cpp", "#include <QWidget>\n", "'dock' is no layer")

    def test_own_header_first(self):
        self.write("core/base/x.h", "#pragma once\n")
        self.expect_breach("core/base/x.cpp", '#include <vector>\n#include "base/x.h"\n', "own header x.h first")

    def test_form_of_headers(self):
        self.expect_breach("core/base/x.h", "#include <vector>\n", "#pragma once")
        self.expect_breach("core/base/x.h", "#pragma once\nusing namespace std;\n", "core/base/x.h:2: no 'using namespace'")

    def test_main_only_wires(self):
        self.expect_breach("app/cli/main.cpp", "int x;\n" * 200, "main.cpp only wires")


class Configure(unittest.TestCase):
    """wordsight_layer() itself: a breach stops the configure with a sentence that names the layers."""

    def configure(self, **settings):
        build = tempfile.mkdtemp(prefix="wordsight-arch-")
        self.addCleanup(shutil.rmtree, build)
        done = subprocess.run([CMAKE, "-S", ROOT / "tests/arch/breach", "-B", build] +
                              [f"-D{name}={value}" for name, value in settings.items()], capture_output=True, text=True)
        return done.returncode, re.sub(r"\s+", " ", done.stderr)

    def test_allowed_use(self):
        self.assertEqual(self.configure(LAYER="text", USES="domain;base", LIBRARIES="PkgConfig::pcre2")[0], 0)

    def test_use_beyond_the_row(self):
        code, said = self.configure(LAYER="base", USES="jobs")
        self.assertNotEqual(code, 0)
        self.assertIn("Layer 'base' may not use layer 'jobs'", said)
        self.assertIn("packaging/cmake/layers.cmake", said)

    def test_library_beyond_the_row(self):
        code, said = self.configure(LAYER="vision", USES="domain", LIBRARIES="Torch::Torch")
        self.assertNotEqual(code, 0)
        self.assertIn("Layer 'vision' may not link 'Torch::Torch'", said)

    def test_unknown_layer(self):
        code, said = self.configure(LAYER="cloud")
        self.assertNotEqual(code, 0)
        self.assertIn("Layer 'cloud' is not in packaging/cmake/layers.cmake", said)


if __name__ == "__main__":
    if len(sys.argv) > 2 and sys.argv[1] == "--cmake":
        CMAKE = sys.argv[2]
        del sys.argv[1:3]
    unittest.main()
