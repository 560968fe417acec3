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
            (("check", "--protocol", "Adder", self.adder), 2),
            (("check", "--bound", "3", self.adder), 2),
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
        self.assertIn("SZ-MPST-", self.run_it("check", "/dev/zero", code=1).stdout)
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "--help"], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 3)

    def automata(self, name, text, *words):
        """The projections of a protocol, as a file for `compatible`."""
        path = self.write(name + ".scr", text)
        told = self.run_it("project", path, "--format", "json", *words).stdout
        return self.write(name + ".json", told)

    def test_projections_are_compatible_in_one_file_or_in_several(self):
        whole = self.automata("adder", ADDER)
        self.assertEqual(self.run_it("compatible", whole).stdout, "k-compatible, with k = 1.\n")
        parts = [self.automata(role, ADDER, "--role", role) for role in "CS"]
        self.assertEqual(self.run_it("compatible", *parts).stdout, "k-compatible, with k = 1.\n")
        alone = self.run_it("compatible", parts[0], code=1).stdout
        self.assertIn("There is no automaton of a role “S” in the files. [SZ-MPST-065]", alone)
        twice = self.run_it("compatible", whole, whole, code=1).stdout
        self.assertIn("There are two automata of the role “C”. [SZ-MPST-069]", twice)

    def test_automata_whose_others_go_round_are_refused_unless_choices_are_fair(self):
        path = self.automata("waits", WAITS, "--fair")
        lines = self.run_it("compatible", path, code=1).stdout.splitlines()
        told = json.loads(path.read_text())
        state = next(i for i, machine in enumerate(told) if machine["role"] == "C")
        self.assertIn(
            "error: The role “C” may wait in the state “Await2” for “2()” from “B” for ever: "
            "the others can go round without it. [SZ-MPST-054]",
            lines[0],
        )
        self.assertTrue(lines[1].endswith(f"in the document this is “/{state}/states/0”"), lines)
        self.assertTrue(lines[2].endswith("for example: again and again: 1 from A to B"), lines)
        self.assertIn("--fair", lines[3])
        place = lines[0].removeprefix(f"{path}:").split(":")
        self.assertEqual(path.read_text().splitlines()[int(place[0]) - 1].strip(), "{")
        self.assertEqual(
            self.run_it("compatible", "--fair", path).stdout,
            "k-compatible, with k = 1, if choices are fair.\n",
        )

    def machine(self, role, *states):
        """One automaton; each state lists (action, peer, label, to)."""
        members = ("action", "peer", "label", "to")
        return {
            "role": role,
            "states": [
                {"id": i, "transitions": [dict(zip(members, one)) for one in state]}
                for i, state in enumerate(states)
            ],
        }

    def test_what_goes_wrong_is_named_with_a_run(self):
        path = self.write(
            "wrong.json",
            json.dumps(
                [
                    self.machine("A", [("send", "B", "x", 1)], [("send", "B", "z", 2)], []),
                    self.machine("B", [("receive", "A", "x", 1)], [("receive", "A", "y", 2)], []),
                ]
            ),
        )
        said = self.run_it("compatible", path, code=1).stdout
        self.assertIn(
            "The role “B” cannot take “z()” from “A” in the state “1”, and it is the next that "
            "comes. [SZ-MPST-050]",
            said,
        )
        self.assertIn("for example: x from A to B; z from A to B\n", said)
        told = json.loads(self.run_it("compatible", "--json", path, code=1).stdout)
        self.assertEqual((told["ok"], told["verdict"], told["k"]), (False, "faulty", 1))
        finding = told["findings"][0]
        self.assertEqual(
            [finding[name] for name in ("code", "role", "state", "peer", "label", "pointer")],
            ["SZ-MPST-050", "B", "1", "A", "z", "/1/states/1"],
        )
        self.assertEqual(
            finding["run"],
            [{"label": label, "sender": "A", "receiver": "B"} for label in "xz"],
        )
        self.assertEqual(finding["round"], [])

    def test_the_bound_is_tried_and_what_is_not_known_is_said(self):
        path = self.write(
            "ahead.json",
            json.dumps(
                [
                    self.machine(
                        "A",
                        *[[("send", "B", "x", i + 1)] for i in range(3)],
                        *[[("receive", "B", "y", i + 1)] for i in range(3, 6)],
                        [],
                    ),
                    self.machine(
                        "B",
                        *[[("send", "A", "y", i + 1)] for i in range(3)],
                        *[[("receive", "A", "x", i + 1)] for i in range(3, 6)],
                        [],
                    ),
                ]
            ),
        )
        self.assertEqual(self.run_it("compatible", path).stdout, "k-compatible, with k = 3.\n")
        said = self.run_it("compatible", path, "--bound", "2", code=1).stdout
        self.assertIn("Unknown up to k = 2: the question is undecidable in general", said)
        self.assertIn("--bound 4", said)
        self.assertIn("[SZ-MPST-056]", said)
        told = json.loads(self.run_it("compatible", path, "--bound=2", "--json", code=1).stdout)
        self.assertEqual((told["verdict"], told["k"], told["roles"]), ("unknown", 2, ["A", "B"]))
        told = json.loads(self.run_it("compatible", path, "--json").stdout)
        self.assertEqual(
            told,
            {
                "ok": True,
                "verdict": "compatible",
                "k": 3,
                "fair": False,
                "roles": ["A", "B"],
                "findings": [],
            },
        )

    def test_automata_that_are_none_are_told_with_all_their_faults(self):
        path = self.write(
            "faults.json",
            '{\n "role": "A",\n "states": [\n'
            '  {"id": 0, "transitions": [{"action": "send", "peer": "A", "to": 5}]}\n ]\n}\n',
        )
        other = self.write("other.json", "no JSON")
        told = json.loads(self.run_it("compatible", "--json", path, other, code=1).stdout)
        self.assertEqual(told["verdict"], "unreadable")
        self.assertEqual(
            [(f["code"][-3:], f["line"], f["pointer"]) for f in told["findings"]],
            [
                ("061", 4, "/states/0/transitions/0"),
                ("066", 4, "/states/0/transitions/0/peer"),
                ("063", 4, "/states/0/transitions/0/to"),
                ("060", 1, ""),
            ],
        )
        for nonsense in ("", "null", "[[]]", '"x"', "{", "[" * 1000):
            path.write_text(nonsense)
            self.assertIn("error: ", self.run_it("compatible", path, code=1).stdout, nonsense)
        path.write_bytes(bytes(range(256)))
        self.run_it("compatible", path, code=1)

    def test_compatible_is_used_as_it_says(self):
        for words, code in (
            (("compatible",), 2),
            (("compatible", "--bound", "0", self.adder), 2),
            (("compatible", "--bound", "many", self.adder), 2),
            (("compatible", "--bound", "1001", self.adder), 2),
            (("compatible", "--bound", "-1", self.adder), 2),
            (("compatible", self.adder, "--bound"), 2),
            (("compatible", self.folder / "none.json"), 3),
            (("compatible", self.folder), 3),
        ):
            said = self.run_it(*words, code=code)
            self.assertTrue(said.stderr.startswith("szmpst: "), words)


if __name__ == "__main__":
    unittest.main()
