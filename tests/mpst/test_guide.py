#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The guide's five minutes, literally: its files in an empty folder, against an installed SDK."""
import os
import pathlib
import re
import subprocess
import tempfile
import textwrap
import unittest

GUIDE = pathlib.Path(__file__).resolve().parents[2] / "sdk" / "mpst" / "README.md"
BUILD = os.environ["SZ_BUILD"]


def run(*words, **how):
    return subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, timeout=300, **how
    )


class Guide(unittest.TestCase):
    def setUp(self):
        kept = tempfile.TemporaryDirectory(prefix="sz-guide-")
        self.addCleanup(kept.cleanup)
        self.folder = pathlib.Path(kept.name) / "empty"
        self.folder.mkdir()
        self.sdk = pathlib.Path(kept.name) / "sdk"
        done = run("cmake", "--install", BUILD, "--component", "sdk", "--prefix", self.sdk)
        self.assertEqual(done.returncode, 0, done.stderr)
        blocks = [
            textwrap.dedent("   " + block if block.startswith("   ") else block)
            for block in re.findall(r" *```\w*\n(.*?)```", GUIDE.read_text(), re.S)
        ]
        for name, text in zip(("greet.scr", "CMakeLists.txt", "greet.cpp"), blocks):
            (self.folder / name).write_text(textwrap.dedent(text))
        self.error = blocks[3]
        typed = re.search(r"4\. `(cmake .+?) && cmake --build build && build/greet`", GUIDE.read_text())
        self.configure = typed[1].replace("WHERE-THE-SDK-IS", str(self.sdk)).split()

    def build(self):
        configured = run(*self.configure, cwd=self.folder)
        self.assertEqual(configured.returncode, 0, configured.stderr)
        return run("cmake", "--build", "build", cwd=self.folder)

    def test_the_protocol_is_checked_built_and_played(self):
        checked = run(self.sdk / "bin" / "szmpst", "check", "greet.scr", cwd=self.folder)
        self.assertEqual((checked.returncode, checked.stdout, checked.stderr), (0, "", ""))
        built = self.build()
        self.assertEqual(built.returncode, 0, built.stdout + built.stderr)
        played = run(self.folder / "build" / "greet")
        self.assertEqual(played.stdout, "Mira is here\nSeat 7\n")

    def test_the_error_that_the_guide_shows_is_what_the_build_says(self):
        file = self.folder / "greet.scr"
        right = "sorry() from Host to Guest;"
        file.write_text(file.read_text().replace(right, "sorry() from Guest to Host;"))
        built = self.build()
        self.assertNotEqual(built.returncode, 0)
        said = (built.stdout + built.stderr).replace(f"{self.folder}/", "")
        for line in self.error.strip().splitlines():
            self.assertIn(line, said)


if __name__ == "__main__":
    unittest.main()
