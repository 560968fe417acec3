# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several programs on one profile, which has one owner at a time: the others wait their turn."""
import subprocess
import unittest

from szctl import PROGRAM, SzctlTest, small_pack


class Beside(SzctlTest):
    def test_many_at_once_lose_nothing(self):
        self.run_json("pack", "import", self.write_pack("ember", **small_pack()))
        campaign = self.run_json(
            "campaign", "new", "--template", "Ember/evening", "--name", "Crowd"
        )["id"]
        hero = self.run_json(
            "character", "new", "--campaign", campaign, "--template", "Ember/hero", "--name", "All"
        )["id"]
        self.run_json("character", "do", hero, "hits", "set", "[0]")
        words = [
            PROGRAM,
            "--profile",
            self.profile,
            "--json",
            "character",
            "do",
            hero,
            "hits",
            "add",
            "[1]",
        ]
        running = [
            subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(8)
        ]
        outcomes = [(process.communicate(timeout=60), process.returncode) for process in running]
        for (text, said), code in outcomes:
            self.assertEqual(code, 0, text + said)
        value = self.run_json("character", "show", hero)["fields"]["core.stats.hits"]["value"]
        self.assertEqual(value, 8)
        self.assertTrue(self.run_json("campaign", "verify", campaign)["ok"])


if __name__ == "__main__":
    unittest.main()
