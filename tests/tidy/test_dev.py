# SPDX-License-Identifier: AGPL-3.0-or-later
"""./dev refuses what it does not know before it installs or builds anything."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

REPOSITORY = Path(os.environ["SZ_REPOSITORY"])
BUILD = Path(os.environ["SZ_BUILD"])
# All that ./dev calls before it looks at packages; nothing here could install or build.
PROGRAMS = ("bash", "cat", "dirname", "env", "id")


class Dev(unittest.TestCase):
    def setUp(self):
        self.path = Path(tempfile.mkdtemp(prefix="sz-dev-"))
        self.addCleanup(shutil.rmtree, self.path)
        for program in PROGRAMS:
            (self.path / program).symlink_to(shutil.which(program))

    def dev(self, *words):
        done = subprocess.run(
            [REPOSITORY / "dev", *words],
            env={"PATH": str(self.path), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout + done.stderr

    def test_what_it_does_not_know_is_exit_code_2_and_named(self):
        for words, named in (
            (("frobnicate",), "'frobnicate'"),
            (("test", "--preset"), "--preset wants a name"),
            (("test", "--preset", "nosuch"), "'nosuch'"),
            (("test", "fast", "nosuch"), "'nosuch'"),
            (("test", "fas."), "'fas.'"),
            (("test", "fast plugin"), "'fast plugin'"),
            (("test", ""), "no label ''"),
            (("test", "--verbose"), "'--verbose'"),
            (("build", "nosuch"), "'nosuch'"),
            (("build", "dev", "more"), "'more'"),
            (("lint", "nosuch"), "'nosuch'"),
            (("lint", "all", "more"), "'more'"),
            (("format", "more"), "'more'"),
            (("packages", "more"), "'more'"),
            (("run", "more"), "'more'"),  # there is no display
        ):
            code, said = self.dev(*words)
            self.assertEqual(code, 2, (words, said))
            self.assertIn(named, said, words)

    def test_the_usage_names_every_label_that_a_test_has(self):
        code, usage = self.dev("help")
        self.assertEqual(code, 0)
        named = set(re.search(r"\((fast [a-z -]+)\)", usage).group(1).split())
        printed = subprocess.run(
            ["ctest", "--test-dir", BUILD, "--print-labels"],
            capture_output=True,
            text=True,
            check=True,
        )
        labels = set(re.findall(r"^  (\S+)$", printed.stdout, re.MULTILINE))
        self.assertIn("fast", labels)
        self.assertEqual(labels - named, set())

    def test_where_debian_s_packages_are_not_known_they_are_listed(self):
        for words in (("build",), ("test", "fast"), ("format",)):
            code, said = self.dev(*words)
            self.assertEqual(code, 3, said)
            self.assertIn("not Debian", said)
            self.assertNotIn("network", said)
        self.assertIn("libsodium-dev", self.dev("build")[1])


if __name__ == "__main__":
    unittest.main()
