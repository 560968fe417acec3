# SPDX-License-Identifier: AGPL-3.0-or-later
"""A pack's new version under a campaign that lives, from the command line."""
import json
import unittest

from szctl import SzctlTest, manifest, small_pack


class Upgrade(SzctlTest):
    def begin(self):
        self.run_json("pack", "import", self.write_pack("ember", **small_pack()))
        self.campaign = self.run_json(
            "campaign", "new", "--template", "Ember/evening", "--name", "The Long Road"
        )["id"]
        self.mira = self.run_json(
            "character", "new", "--campaign", self.campaign,
            "--template", "Ember/hero", "--name", "Mira",
        )["id"]  # fmt: skip

    def second_version(self):
        """Hits are called Wounds and may be more, the motto is gone, luck is new."""
        files = small_pack(version="2.0.0")
        stats = files["objects/character-templates/hero.json"]["sections"][0]["groups"][0]
        stats["fields"] = [
            dict(field, name="Wounds", max=30) if field["id"] == "hits" else field
            for field in stats["fields"]
            if field["id"] != "motto"
        ] + [{"id": "luck", "name": "Luck", "type": "Number", "defaultValue": 3}]
        return self.write_pack("ember-2", **files)

    def upgrade(self, *words, pack="Ember", code=0):
        return self.run_json("pack", "upgrade", pack, "--campaign", self.campaign, *words, code=code)

    def values(self):
        shown = self.run_json("character", "show", self.mira)
        return {path: field["value"] for path, field in shown["fields"].items()}

    def test_an_author_sends_a_new_version_and_the_table_plays_on(self):
        self.begin()
        self.run_json("character", "do", self.mira, "hits", "add", "[-3]")
        self.run_json("character", "do", self.mira, "motto", "set", '["Onwards"]')
        self.assertEqual(self.upgrade()["sheets"], [])
        words = ("pack", "upgrade", "Ember", "--campaign", self.campaign)
        self.assertIn("already", self.run_text(*words).text)
        self.run_json("pack", "import", self.second_version())
        before = self.values()

        plan = self.upgrade("--dry-run")
        self.assertEqual((plan["dry_run"], plan["events"]), (True, []))
        self.assertEqual(plan["pack"]["version"], "2.0.0")
        mira = next(sheet for sheet in plan["sheets"] if sheet["id"] == self.mira)
        self.assertEqual((mira["from"], mira["outcome"]), ("1.0.0", "upgraded"))
        self.assertEqual(
            {c["path"].split(".")[-1]: c["change"] for c in mira["changes"]},
            {"hits": "redefined", "motto": "gone", "luck": "new"},
        )
        self.assertEqual(self.values(), before)

        done = self.upgrade()
        self.assertEqual(done["sheets"], plan["sheets"])
        self.assertEqual(done["snapshot"], "s1")
        self.assertEqual(self.values(), before | {"core.stats.luck": 3})
        self.assertTrue(self.run_json("campaign", "verify", self.campaign)["ok"])
        log = self.run_json("campaign", "log", self.campaign)["events"]
        self.assertIn("brought “Mira” to Ember 2.0.0", json.dumps(log, ensure_ascii=False))

        self.run_json("campaign", "restore", self.campaign, "s1")
        self.assertEqual(self.values(), before)
        shown = self.run_json("character", "show", self.mira)
        self.assertEqual(shown["template"]["version"], "1.0.0")
        self.upgrade(pack="Ember@2.0.0")
        self.run_json("campaign", "undo", self.campaign)
        self.assertEqual(self.values(), before)

    def test_a_maximum_that_nobody_wrote_may_become_a_formula(self):
        files = small_pack()
        stats = files["objects/character-templates/hero.json"]["sections"][0]["groups"][0]
        pool = {"id": "grit", "name": "Grit", "type": "Resource"}
        stats["fields"].append(dict(pool, defaultValue={"current": 10, "maximum": 10}))
        self.run_json("pack", "import", self.write_pack("ember", **files))
        self.campaign = self.run_json(
            "campaign", "new", "--template", "Ember/evening", "--name", "The Long Road"
        )["id"]
        new = ("character", "new", "--campaign", self.campaign, "--template", "Ember/hero")
        mira = self.run_json(*new, "--name", "Mira")["id"]
        odo = self.run_json(*new, "--name", "Odo")["id"]
        self.run_json("character", "do", mira, "grit", "add", "[-3]")
        self.run_json("character", "do", odo, "grit", "setMaximum", "[17]")
        stats["fields"][-1] = dict(pool, formula="4 + 5")
        files["szpack.json"]["version"] = "2.0.0"
        self.run_json("pack", "import", self.write_pack("ember-2", **files))
        changes = {
            (sheet["name"], change["change"])
            for sheet in self.upgrade()["sheets"]
            for change in sheet["changes"]
            if change["path"].endswith("grit")
        }
        self.assertIn(("Mira", "redefined"), changes)
        self.assertNotIn(("Mira", "held"), changes)
        self.assertIn(("Odo", "held"), changes)
        grit = self.run_json("character", "show", mira)["fields"]["core.stats.grit"]
        self.assertEqual(grit["value"]["current"], 7)
        self.assertEqual(grit["computed"]["maximum"], 9)

    def test_a_pack_that_a_campaign_has_nothing_of_is_refused(self):
        self.begin()
        other = {"szpack.json": manifest(id="other", name="Other")}
        self.run_json("pack", "import", self.write_pack("other", **other))
        words = ("pack", "upgrade", "Other", "--campaign", self.campaign)
        self.assertEqual(self.error(*words, code=1)["code"], "SZ-CAMPAIGN-100")
        words = ("pack", "upgrade", "Ember@9.0.0", "--campaign", self.campaign)
        self.assertEqual(self.error(*words, code=1)["code"], "SZ-LIB-001")
        self.assertEqual(self.error("pack", "upgrade", "Ember", code=2)["code"], "SZ-CLI-002")


if __name__ == "__main__":
    unittest.main()
