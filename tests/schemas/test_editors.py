# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schemas serve editors too: ajv says of every example and of our own packs what we say."""
import json
import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

REPOSITORY = Path(os.environ["SZ_REPOSITORY"])
OURS = Path(os.environ["SZ_BUILD"]) / "test-bin" / "schema_verdicts"
SCHEMAS = REPOSITORY / "schemas" / "v1"
EXAMPLES = REPOSITORY / "schemas" / "examples"
# Packs are refused for more than their schema says, and these for what no schema can say.
NO_JSON = "SZ-PACK-011"
REPEATED_KEY = "SZ-PACK-012"
OF_THE_SCHEMA = "SZ-PACK-015"


def verdicts(command, files):
    """{path: does it fit its schema?}"""
    lines = "".join(f"{schema}\t{path}\n" for path, schema in files.items())
    done = subprocess.run(command, input=lines, capture_output=True, text=True)
    if done.returncode == 77:
        print(done.stderr, file=sys.stderr, end="")
        sys.exit(77)
    assert done.returncode == 0, done.stderr
    return {Path(path): fits for path, fits in json.loads(done.stdout).items()}


def of_ajv(files):
    return verdicts(["node", Path(__file__).with_name("verdicts.js"), SCHEMAS], files)


def of_ours(files):
    return verdicts([OURS], files)


def examples(kind):
    return {path: path.parent.name for path in sorted((EXAMPLES / kind).glob("*/*.json"))}


if not shutil.which("node"):
    print("skipped: there is no node; the package nodejs brings it", file=sys.stderr)
    sys.exit(77)
of_ajv({})


class Editors(unittest.TestCase):
    maxDiff = None

    def test_a_valid_example_is_valid_for_both(self):
        files = examples("valid")
        self.assertGreaterEqual(len(files), 16)
        self.assertEqual(of_ours(files), dict.fromkeys(files, True))
        self.assertEqual(of_ajv(files), dict.fromkeys(files, True))

    def test_an_invalid_example_has_the_same_verdict_from_both(self):
        files = examples("invalid")
        self.assertGreaterEqual(len(files), 60)
        ours, theirs = of_ours(files), of_ajv(files)
        for path in files:
            code = path.name.split(".")[0]
            with self.subTest(path.name):
                if code == REPEATED_KEY:  # to JavaScript the last one counts; editors underline it
                    self.assertEqual((ours[path], theirs[path]), (None, True))
                    continue
                self.assertEqual(ours[path], theirs[path])
                if code == NO_JSON:
                    self.assertIsNone(ours[path])
                elif code == OF_THE_SCHEMA or files[path] in ("plugin", "bundle"):
                    self.assertIs(ours[path], False)

    def test_our_packs_name_their_schema_by_a_path_that_leads_to_it(self):
        files = {}
        for manifest in sorted(REPOSITORY.glob("packs/*/szpack.json")):
            files[manifest] = "szpack"
            for path in manifest.parent.glob("objects/*s/*.json"):
                files[path] = path.parent.name[:-1]
        self.assertGreaterEqual(len(files), 25)
        for path, kind in files.items():
            named = json.loads(path.read_text())["$schema"]
            self.assertEqual((path.parent / named).resolve(), SCHEMAS / f"{kind}.json", path)
        self.assertEqual(of_ajv(files), dict.fromkeys(files, True))
        self.assertEqual(of_ours(files), dict.fromkeys(files, True))


if __name__ == "__main__":
    unittest.main()
