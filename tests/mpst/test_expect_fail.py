# SPDX-License-Identifier: AGPL-3.0-or-later
"""Programs that do not keep to their protocol do not compile, and the first error says which state.

Each file of expect_fail/ says in its first lines what its mistake is, and for each compiler what the
first error must match. A file without these lines must compile; one with lines of clang-tidy, too.
"""
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).resolve().parent / "expect_fail"
INCLUDE = ["-I", str(ROOT / "sdk/mpst/include"), "-I", str(ROOT)]
WARNINGS = "-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror".split()
FLAGS = ["-std=c++20", *WARNINGS, *INCLUDE]
ASIO = "#include <sz/mpst/asio.hpp>\n"
JOBS = 2
SECONDS_MAX = 120


def installed(name):
    """The program, also where only one that says its version is installed."""
    names = [name] + [f"{name}-{version}" for version in range(25, 13, -1)]
    return next(filter(None, map(shutil.which, names)), None)


def run(words):
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(
        words, capture_output=True, text=True, timeout=SECONDS_MAX, env=environment
    )


def first_error(said):
    return next((line for line in said.splitlines() if "error:" in line), "")


class Source:
    def __init__(self, path):
        self.path = path
        text = path.read_text()
        self.expected = dict(re.findall(r"^// (g\+\+|clang\+\+): (.+)$", text, re.MULTILINE))
        self.of_tidy = re.findall(r"^// clang-tidy: (.+)$", text, re.MULTILINE)
        self.unseen_by = set(re.findall(r"^// (\S+) does not see it\.$", text, re.MULTILINE))
        self.includes = set(re.findall(r"^#include .+\n", text, re.MULTILINE))


class Compiler:
    """Reads the headers once for all files: they take most of the time."""

    def __init__(self, name, path, folder):
        self.name = name
        self.path = path
        self.folder = Path(folder)
        # Else each file would instantiate again what the headers use.
        self.of_headers = ["-fpch-instantiate-templates"] if name == "clang++" else []

    def compile(self, sources):
        """What the compiler says to each."""
        # Without asio.hpp for those that are about its absence, and because they are quicker so.
        preludes = {True: set(), False: set()}
        for source in sources:
            preludes[ASIO in source.includes] |= source.includes
        paths = {with_asio: self.folder / f"{self.name}-{with_asio}.hpp" for with_asio in preludes}
        with ThreadPoolExecutor(JOBS) as pool:
            list(pool.map(self.read_headers, preludes.values(), paths.values()))
            return list(
                pool.map(lambda one: self.look_at(one, paths[ASIO in one.includes]), sources)
            )

    def read_headers(self, includes, path):
        path.write_text("".join(sorted(includes)))
        to = ["-x", "c++-header", str(path), "-o", f"{path}.gch"]
        done = run([self.path, *FLAGS, *self.of_headers, *to])
        if done.returncode != 0:
            raise AssertionError(f"{self.name} does not read the headers.\n{done.stderr}")

    def look_at(self, source, prelude):
        words = ["-fsyntax-only", "-Wfatal-errors", "-include", str(prelude), str(source.path)]
        return run([self.path, *FLAGS, *words])

    def complaint(self, source, done):
        wanted = source.expected.get(self.name)
        if done.returncode == 0:
            return "" if wanted is None else f"{source.path.name}: compiles."
        if self.name in source.unseen_by:
            return ""
        if wanted is None:
            return f"{source.path.name}: should compile.\n{done.stderr}"
        error = first_error(done.stderr)
        if re.search(wanted, error):
            return ""
        return f"{source.path.name}: the first error does not match “{wanted}”:\n{error}\n"


class ExpectFail(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="sz-mpst-")
        self.addCleanup(shutil.rmtree, self.folder)

    def check(self, name):
        path = installed(name)
        if path is None:
            self.skipTest(f"{name} is not installed.")
        compiler = Compiler(name, path, self.folder)
        sources = [Source(path) for path in sorted(FOLDER.glob("*.cpp"))]
        said = compiler.compile(sources)
        complaints = filter(None, map(compiler.complaint, sources, said))
        self.assertEqual("", "\n".join(complaints))

    def test_every_mistake_is_found_by_gcc(self):
        self.check("g++")

    def test_every_mistake_is_found_by_clang(self):
        self.check("clang++")

    def test_a_state_used_twice_is_found_by_clang_tidy(self):
        path = installed("clang-tidy")
        if path is None:
            self.skipTest("clang-tidy is not installed.")
        twice = Source(FOLDER / "tidy_used_twice.cpp")
        files = [twice.path, FOLDER / "good_loop.cpp"]
        checks = ["--quiet", "--checks=-*,bugprone-use-after-move"]
        command = [path, *checks, *map(str, files), "--", "-std=c++20", *INCLUDE]
        found = re.findall(r"/([^/]+):(\d+):\d+: \w+: ('.+)$", run(command).stdout, re.MULTILINE)
        told = [f"{line}: {sentence}" for file, line, sentence in found if file == twice.path.name]
        self.assertEqual(len(told), len(found), f"clang-tidy tells more: {found}")
        self.assertEqual(
            [sentence.split(" [")[0] for sentence in told], twice.of_tidy, "line: sentence"
        )

    def test_every_file_says_what_is_expected(self):
        for one in map(Source, FOLDER.glob("*.cpp")):
            kind = one.path.stem.split("_")[0]
            wanted = set() if kind in ("good", "tidy") else {"g++", "clang++"}
            self.assertEqual(set(one.expected) | one.unseen_by, wanted, one.path.name)
            self.assertEqual(bool(one.of_tidy), kind == "tidy", one.path.name)


if __name__ == "__main__":
    unittest.main()
