# SPDX-License-Identifier: AGPL-3.0-or-later
"""The program: what it prints, and how it ends."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = Path(os.environ["SZ_BIN"]) / "szmpst"

ADDER = """global protocol Adder(role C, role S) {
  rec Loop {
    choice at C {
      add(int, int) from C to S;
      sum(int) from S to C;
      continue Loop;
    } or {
      bye() from C to S;
    }
  }
}
"""
WAITS = """global protocol P(role A, role B, role C) {
  rec X {
    choice at A {
      1() from A to B;
      continue X;
    } or {
      2() from A to B;
      2() from B to C;
    }
  }
}
"""


class Szmpst(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="sz-mpst-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.adder = self.write("adder.scr", ADDER)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def run_it(self, *words, code=0):
        done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}\n{done.stderr}")
        return done

    def test_what_is_good_is_not_talked_about(self):
        self.assertEqual(self.run_it("check", self.adder).stdout, "")

    def test_a_finding_has_its_place_its_second_place_a_run_and_a_way_out(self):
        path = self.write("waits.scr", WAITS)
        lines = self.run_it("check", path, code=1).stdout.splitlines()
        self.assertTrue(lines[0].startswith(f"{path}:8:7: error: The role “C” may wait"))
        self.assertTrue(lines[0].endswith("[SZ-MPST-044]"))
        self.assertEqual(lines[1], f"{path}:4:7: note: the round begins here")
        self.assertEqual(lines[2], f"{path}:8:7: note: for example: 1 from A to B; 1 from A to B")
        self.assertIn("--fair", lines[3])
        self.run_it("check", "--fair", path)

    def test_all_files_are_checked_and_told_as_one_document(self):
        path = self.write("waits.scr", WAITS)
        told = json.loads(self.run_it("check", "--json", self.adder, path, code=1).stdout)
        self.assertEqual([file["ok"] for file in told["files"]], [True, False])
        self.assertEqual(told["files"][0]["protocols"], ["Adder"])
        finding = told["findings"][0]
        self.assertEqual((finding["code"], finding["line"]), ("SZ-MPST-044", 8))
        self.assertEqual(finding["run"], [{"label": "1", "sender": "A", "receiver": "B"}] * 2)

    def test_a_local_protocol_in_scribble(self):
        self.assertEqual(
            self.run_it("project", self.adder, "--role", "S").stdout,
            "local protocol Adder at S(role C, role S) {\n"
            "    rec AwaitAddOrBye {\n"
            "        choice at C {\n"
            "            add(int, int) from C;\n"
            "            sum(int) to C;\n"
            "            continue AwaitAddOrBye;\n"
            "        } or {\n"
            "            bye() from C;\n"
            "        }\n"
            "    }\n"
            "}\n",
        )

    def test_an_automaton_as_data(self):
        told = json.loads(self.run_it("project", self.adder, "--role", "C", "--format=json").stdout)
        self.assertEqual((told["role"], told["initial"]), ("C", 0))
        self.assertEqual(
            [(state["name"], state["kind"]) for state in told["states"]],
            [("SendAddOrBye", "send"), ("AwaitSum", "receive"), ("End", "end")],
        )
        self.assertEqual(
            told["states"][1]["transitions"],
            [
                {
                    "action": "receive",
                    "peer": "S",
                    "label": "sum",
                    "payload": ["int"],
                    "to": 0,
                    "line": 5,
                }
            ],
        )

    def test_an_automaton_as_a_picture(self):
        drawn = self.run_it("project", self.adder, "--role", "C", "--format", "dot").stdout
        self.assertIn('s0 -> s1 [label = "S!add(int, int)"];', drawn)

    def test_states_that_do_the_same_are_one(self):
        path = self.write(
            "same.scr",
            "global protocol P(role A, role B) { rec X { m() from A to B; m() from A to B;"
            " m() from A to B; continue X; } }",
        )
        told = json.loads(self.run_it("project", path, "--role", "A", "--format", "json").stdout)
        self.assertEqual(len(told["states"]), 1)

    def test_what_cannot_be_done_is_said_with_a_defined_code(self):
        for words, code in (
            ((), 2),
            (("frobnicate",), 2),
            (("check",), 2),
            (("check", "--frobnicate", self.adder), 2),
            (("check", "--out", "x", self.adder), 2),
            (("project", self.adder, self.adder), 2),
            (("project", self.adder, "--role", "X"), 2),
            (("project", self.adder, "--protocol", "X"), 2),
            (("project", self.adder, "--format", "png"), 2),
            (("project", self.adder, "--role"), 2),
            (("check", self.folder / "none.scr"), 3),
            (("check", self.folder), 3),
        ):
            said = self.run_it(*words, code=code)
            self.assertTrue(said.stderr.startswith("szmpst: "), words)
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "--help"], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 3)


if __name__ == "__main__":
    unittest.main()
