# SPDX-License-Identifier: AGPL-3.0-or-later
"""What sz_add_protocol reads of a protocol's file before szmpst is there."""
import subprocess
import tempfile
import unittest
from pathlib import Path

MODULE = Path(__file__).resolve().parents[2] / "sdk/cmake/sz_add_protocol.cmake"


class Roles(unittest.TestCase):
    def roles(self, text, protocol="P"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "p.scr"
            path.write_text(text)
            script = Path(folder) / "read.cmake"
            script.write_text(
                f"cmake_minimum_required(VERSION 3.25)\ninclude({MODULE})\nsz_read_roles(roles {path} {protocol})\n"
                'message("roles: ${roles}")\n'
            )
            done = subprocess.run(
                ["cmake", "-P", str(script)], capture_output=True, text=True, timeout=60
            )
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr.partition("roles: ")[2].strip()

    def test_roles_are_named_as_inside(self):
        self.assertEqual(self.roles("global protocol P(role A, role Bob as B) {}"), "A;B")
        self.assertEqual(self.roles("protocol Q(role X){}\nprotocol P (role\tA\n, role B) {}"), "A;B")
        self.assertEqual(self.roles("global protocol Q(role A, role B) {}"), "")

    def test_comments_are_passed_over_as_szmpst_does(self):
        rest = "protocol P(role A, role B) {}"
        for comment in (
            "// protocol P(role N) {}\n",
            "/* protocol P(role N) {} */",
            "/* /* old */ protocol P(role N) {} */ ",
            "/* one /* and no more */",
            "(* old: (* v0 *) protocol P(role N, role M) {} *)",
            "/**/(**)// (* \n",
        ):
            self.assertEqual(self.roles(comment + rest), "A;B", comment)
        self.assertEqual(self.roles("protocol P(role A, /* role N, */ role B // role M\n) {}"), "A;B")
        self.assertEqual(self.roles("(* never closed " + rest), "")

    def test_a_long_comment_and_many_comments_are_read(self):
        rest = "protocol P(role A, role B) {}"
        self.assertEqual(self.roles("/*" + "*x" * 50_000 + "*/" + rest), "A;B")
        self.assertEqual(self.roles("// x\n" * 2000 + rest), "A;B")
        self.assertEqual(self.roles(" " * 300_000 + rest), "")


if __name__ == "__main__":
    unittest.main()
