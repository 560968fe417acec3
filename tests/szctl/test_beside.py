# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several programs on one profile: whoever comes second talks to the one that owns it."""
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
        done = sum(code == 0 for _, code in outcomes)
        for (text, said), code in outcomes:
            self.assertIn(
                code, (0, 3), text + said
            )  # 3: the owner ended just then; said so, and nothing was changed
        value = self.run_json("character", "show", hero)["fields"]["core.stats.hits"]["value"]
        self.assertEqual(value, done)
        self.assertTrue(self.run_json("campaign", "verify", campaign)["ok"])


if __name__ == "__main__":
    unittest.main()
