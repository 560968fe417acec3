#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The examples, as somebody would run them."""
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAMS = pathlib.Path(os.environ["SZ_EXAMPLES"])
SZMPST = pathlib.Path(os.environ["SZ_BIN"]) / "szmpst"
SOURCES = pathlib.Path(__file__).resolve().parents[2] / "sdk" / "mpst" / "examples"


def run(*words):
    return subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, timeout=60, check=False
    )


class Examples(unittest.TestCase):
    def lines(self, name, *words):
        done = run(PROGRAMS / f"mpst_{name}", *words)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.splitlines()

    def test_adder(self):
        self.assertEqual(self.lines("adder"), ["The sum is 55."])

    def test_ring(self):
        expected = [f"The token went through {n} roles." for n in (3, 5, 12)]
        self.assertEqual(self.lines("ring"), expected)

    def test_double_buffering(self):
        self.assertEqual(self.lines("double_buffering"), ["1", "4", "9", "16", "25"])

    def test_bottom_up(self):
        self.assertEqual(self.lines("bottom_up"), ["1", "4", "9", "16", "25"])

    def test_the_types_of_bottom_up_are_what_szmpst_reads(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write("\n".join(self.lines("bottom_up", "--json")))
            file.flush()
            done = run(SZMPST, "compatible", file.name)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("k-compatible", done.stdout)

    def test_two_buyers_who_can_pay(self):
        lines = self.lines("two_buyer")
        self.assertIn("Bob: it comes on 22 September.", lines)
        self.assertIn("Alice: it is ours, I pay 15.", lines)

    def test_two_buyers_of_whom_one_is_poor(self):
        self.assertIn("Alice: a pity.", self.lines("two_buyer", "3"))
        self.assertEqual(run(PROGRAMS / "mpst_two_buyer", "much").returncode, 2)

    def test_travel_agency(self):
        self.assertEqual(self.lines("travel_agency")[-1], "Customer: To the Shire, sent to Bag End.")

    def test_video_streaming_in_one_process(self):
        expected = ["Client: I am number 1007."]
        expected += [f"Client: video {i} has {24 * i} frames." for i in (1, 2, 3)]
        self.assertEqual(self.lines("video_streaming"), expected)

    def test_video_streaming_as_three_programs(self):
        if not (PROGRAMS / "mpst_video_client").exists():
            self.skipTest("built without Eclipse Paho")
        done = run(SOURCES / "video_streaming" / "over_mqtt.sh", PROGRAMS)
        if done.returncode == 77:
            self.skipTest(done.stderr.strip())
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout.splitlines()[-1], "Client: video 3 has 72 frames.")

    def test_a_broker_that_is_not_there_is_a_sentence(self):
        if not (PROGRAMS / "mpst_video_client").exists():
            self.skipTest("built without Eclipse Paho")
        done = run(PROGRAMS / "mpst_video_client", "tcp://127.0.0.1:1", "nobody")
        self.assertEqual(done.returncode, 3)
        self.assertIn("Client", done.stderr)


if __name__ == "__main__":
    unittest.main()
