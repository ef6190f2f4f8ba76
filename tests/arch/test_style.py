#!/usr/bin/env python3
"""Plants what packaging/ci/style.sh must find, one fault at a time, in a small repository of its own."""
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_CLANG_FORMAT = shutil.which("clang-format-14") is None


@unittest.skipIf(shutil.which("git") is None, "git is not installed")
class Style(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp(prefix="wordsight-style-"))
        self.addCleanup(shutil.rmtree, self.root)
        self.git("init", "-q")
        (self.root / "packaging/ci").mkdir(parents=True)
        for name in ("style.sh", "style.py"):
            shutil.copy(ROOT / "packaging/ci" / name, self.root / "packaging/ci" / name)
        shutil.copy(ROOT / ".clang-format", self.root / ".clang-format")
        self.write("packaging/ci/long_files.txt", "# none\n")
        self.write("core/base/a.cpp", "int a() { return 1; }\n")

    def git(self, *arguments):
        subprocess.run(["git", "-C", self.root, "-c", "core.autocrlf=false", *arguments], check=True, capture_output=True)

    def write(self, name, text, executable=False):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.chmod(0o755 if executable else 0o644)

    def style(self):
        self.git("add", "-A")
        environment = {key: value for key, value in os.environ.items() if key != "CI"}
        done = subprocess.run([self.root / "packaging/ci/style.sh"], capture_output=True, text=True, env=environment)
        return done.returncode, done.stdout

    def expect(self, fragment):
        code, out = self.style()
        self.assertEqual(code, 1, out)
        self.assertIn(fragment, out)
        self.assertIn("style: 1 findings", out)

    def test_clean(self):
        code, out = self.style()
        self.assertEqual(code, 0, out)

    @unittest.skipIf(WITHOUT_CLANG_FORMAT, "clang-format-14 is not installed")
    def test_format(self):
        self.write("core/base/b.cpp", "int b(){return   1;}\n")
        self.expect("core/base/b.cpp: not as clang-format-14 writes it")

    def test_carriage_return(self):
        self.write("notes.txt", "a\nb\r\n")
        self.expect("notes.txt:2: carriage return")

    def test_tab(self):
        self.write("notes.txt", "a\n\tb\n")
        self.expect("notes.txt:2: tab")

    def test_trailing_space(self):
        self.write("notes.txt", "a \n")
        self.expect("notes.txt:1: white space")

    def test_no_final_line_break(self):
        self.write("notes.txt", "a")
        self.expect("notes.txt: no line break at the end")

    def test_script_without_exec_bit(self):
        self.write("tool.py", "#!/usr/bin/env python3\n")
        self.expect("tool.py: begins with #! but is not executable")

    def test_exec_bit_without_script(self):
        self.write("notes.txt", "a\n", executable=True)
        self.expect("notes.txt: executable, but no script")

    def test_script_that_does_not_parse(self):
        self.write("tool.sh", "#!/usr/bin/env bash\nif true; then\n", executable=True)
        self.expect("tool.sh: bash cannot parse it")

    def test_long_file(self):
        self.write("core/base/b.h", "int b();\n" * 501)
        self.expect("core/base/b.h: 501 lines are more than 500")

    def test_long_file_with_a_reason(self):
        self.write("core/base/b.h", "int b();\n" * 501)
        self.write("packaging/ci/long_files.txt", "core/base/b.h | a table\n")
        self.assertEqual(self.style()[0], 0)
        self.write("core/base/b.h", "int b();\n")
        self.expect("needs no row in packaging/ci/long_files.txt any more")

    def test_machine_path(self):
        self.write("notes.txt", "see /" + "home/somebody/x\n")
        self.expect("notes.txt:1: names a path of one machine")

    def test_unfinished(self):
        self.write("core/base/b.cpp", "// TO" + "DO: later\n")
        self.expect("marks unfinished work")

    def test_switched_off_test(self):
        self.write("core/base/b.cpp", "int DISABLED" + "_b();\n")
        self.expect("a test that is switched off")

    def test_layer_without_readme(self):
        self.write("core/base/CMakeLists.txt", "wordsight_layer(base)\n")
        self.expect("core/base/README.md: missing")

    def test_data_is_left_as_it_is(self):
        self.write("tests/data/x.json", "\t{} \r\n")
        self.write("LICENSE", "a \r\n")
        self.assertEqual(self.style()[0], 0)


if __name__ == "__main__":
    unittest.main()
