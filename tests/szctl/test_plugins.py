# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plugins as a person adds, decides about and removes them."""
import unittest

from szctl import BUILD, SzctlTest

HELLO = BUILD / "tests" / "faulty_plugins" / "org.example.hello-field"
PACK_SZP = BUILD / "plugins" / "org.sessionzero.pack-szp"
PLUGIN = "org.example.hello-field"


class Plugins(SzctlTest):
    def said(self, *words):
        return self.run_text("plugin", *words).text

    def test_what_a_decision_changes_is_said_and_that_it_changes_nothing(self):
        self.assertIn(f"szctl plugin trust {PLUGIN}", self.said("add", HELLO))
        self.assertIn("next start", self.said("trust", PLUGIN))
        for again in ("trust", "enable"):
            self.assertEqual(self.said(again, PLUGIN), "Nothing changes: it is running.\n")
        self.assertTrue(self.said("disable", PLUGIN).startswith("Done. You turned it off"))
        self.assertEqual(self.said("disable", PLUGIN), "You turned it off.\n")
        self.assertIn("starts with the program's next start", self.said("enable", PLUGIN))

    def test_a_plugin_that_can_never_run_is_not_added(self):
        error = self.error("plugin", "add", PACK_SZP, code=1)
        self.assertEqual(error["code"], "SZ-PLUGIN-011")
        self.assertEqual(list((self.profile / "plugins").iterdir()), [])

    def test_a_plugin_is_removed_and_comes_again_as_trusted_as_it_was(self):
        self.run_json("plugin", "add", HELLO)
        self.run_json("plugin", "trust", PLUGIN)
        self.assertTrue(self.run_json("plugin", "remove", PLUGIN)["restart"])
        self.assertEqual(self.error("plugin", "info", PLUGIN, code=1)["code"], "SZ-PLUGIN-020")
        self.assertIn("starts with the program's next start", self.said("add", HELLO))
        self.assertEqual(self.run_json("plugin", "info", PLUGIN)["state"], "running")

    def test_a_plugin_of_the_program_is_not_removed(self):
        error = self.error("plugin", "remove", "org.sessionzero.pack-szp", code=3)
        self.assertEqual(error["code"], "SZ-PLUGIN-025")


if __name__ == "__main__":
    unittest.main()
