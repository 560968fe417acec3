# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is printed for a person: commands that work when they are copied, and whole answers."""
import os
import shlex
import unittest

from story import CampaignStory
from szctl import PROGRAM, hero, manifest, small_pack
from test_computed import play_pack


def table_pack():
    pack = play_pack()
    template = pack["objects/character-templates/hero.json"]
    template["sections"][0]["groups"][0]["fields"].append(
        {
            "id": "sky",
            "name": "Sky",
            "type": "RandomTable",
            "defaultValue": {
                "dice": "2d6",
                "rows": [
                    {"from": 2, "text": "Snow"},
                    {"from": 3, "to": 11, "text": "Rain"},
                    {"from": 12, "text": "Sun"},
                ],
            },
        }
    )
    things = pack["objects/datasets/things.json"]["entries"]["sword"]
    things["topLevelFields"]["sky"] = {
        "type": "RandomTable",
        "value": {"rows": [{"from": 1, "to": 2, "text": "Dull"}, {"from": 3, "text": "Bright"}]},
    }
    return pack


class Copied(CampaignStory):
    def setUp(self):
        super().setUp()
        self.begin()

    def copied(self, text, beginning):
        """Runs the command that `text` holds as it stands there, without what follows it."""
        (line,) = [line for line in text.splitlines() if f"szctl {beginning}" in line]
        words = shlex.split(line[line.index("szctl ") :])[1:]
        return self.run_text(*words)

    def test_a_restored_campaign_goes_back(self):
        self.do("hits", "add", "[-3]")
        said = self.run_text("campaign", "restore", "The Long Road", "2").text
        self.assertEqual(self.fields()["core.stats.hits"], 10)
        self.copied(said, "campaign undo")
        self.assertEqual(self.fields()["core.stats.hits"], 7)

    def test_an_upgrade_is_taken_back(self):
        newer = small_pack(version="1.1.0")
        sheet = hero()
        sheet["sections"][0]["groups"][0]["fields"][0]["max"] = 30
        newer["objects/character-templates/hero.json"] = sheet
        self.run_json("pack", "import", self.write_pack("newer", **newer))
        words = ("pack", "upgrade", "Ember@1.1.0", "--campaign", self.campaign)
        said = self.run_text(*words).text
        self.copied(said, "campaign undo")
        self.do("hits", "set", "[25]", code=1)
        self.run_text(*words)
        self.do("hits", "set", "[25]")
        missing = self.error(
            "pack", "upgrade", "Ember@3.0.0", "--campaign", self.campaign, code=1
        )
        self.assertIn("Installed are versions “", missing["hint"] + "“")

    def test_a_copy_is_made_and_brought_back(self):
        self.run_json("campaign", "backups", self.campaign, "--now")
        self.do("hits", "add", "[-3]")
        said = self.run_text("campaign", "backups", self.campaign).text
        self.copied(said, "campaign import")
        self.assertEqual(self.fields()["core.stats.hits"], 10)

    def test_a_damaged_file_names_itself(self):
        file = self.profile / "campaigns" / f"{self.campaign}.sqlite"
        file.write_bytes(b"x" * 5000)
        hint = self.error("campaign", "show", self.campaign, code=3)["hint"]
        self.assertIn(f"szctl campaign backups {self.campaign}", hint)
        self.assertIn(f"szctl campaign repair {shlex.quote(str(file))} -o ", hint)

    def test_the_log_goes_on(self):
        self.do("hits", "add", "[-3]")
        words = ("campaign", "log", "The Long Road", "--limit", 1, "--instance", "Mira")
        self.assertIn(
            "szctl campaign log 'The Long Road' --limit 1 --instance Mira --before 3;",
            self.run_text(*words).text,
        )

    def test_an_unknown_character_is_looked_for_in_its_campaign(self):
        nobody = self.error("campaign", "log", self.campaign, "--instance", "Nobody", code=1)
        self.assertIn(f"szctl character list --campaign {self.campaign}", nobody["hint"])

    def test_another_machine_is_told_each_step(self):
        host = self.run_json("identity", "show")["client_id"]
        file = self.folder / "the road.szp"
        said = self.run_text("campaign", "export", self.campaign, "-o", file).text
        token = self.copied(said, "identity export").text
        self.assertTrue(token.startswith("szsk1") or token.strip(), token)
        (self.folder / "token").write_text(token)

        self.profile = self.folder / "elsewhere"
        unknown = self.run_json("campaign", "import", file)["findings"][0]["hint"]
        self.assertIn(f"szctl identity use {host}.", unknown)
        denied = self.error("character", "rename", self.mira, "Mara", code=3)
        self.assertIn(f"szctl identity use {host}.", denied["hint"])
        added = self.run_text("identity", "import", "--token-file", self.folder / "token")
        self.assertEqual(added.text, host + "\n")
        self.assertIn(f"szctl identity use {host}", added.words)
        again = self.run_text("campaign", "import", file).text
        self.assertIn(f"szctl identity use {host}\n", again)
        self.copied(said, "identity use")
        here = os.getcwd()
        self.addCleanup(os.chdir, here)
        os.chdir(self.folder)
        again = self.copied(said, "campaign import").text
        self.assertNotIn("identity use", again)
        self.run_json("character", "rename", self.mira, "Mara")

    def test_a_moment_that_is_missing_is_asked_for(self):
        error = self.error("campaign", "restore", self.campaign, code=1)
        self.assertEqual(error["code"], "SZ-CAMPAIGN-009")
        self.assertIn(f"szctl campaign snapshots {self.campaign}", error["hint"])
        named = self.error("campaign", "restore", "The Long Road", code=1)
        self.assertEqual(named["code"], "SZ-CAMPAIGN-009")
        self.assertIn("szctl campaign log 'The Long Road'", named["hint"])
        unknown = self.error("campaign", "restore", "The Short Road", code=1)
        self.assertEqual(unknown["code"], "SZ-CLI-020")

    def test_a_new_member_is_asked_for_who_they_are(self):
        member = ("campaign", "member", self.campaign)
        nonsense = self.error(*member, "Bo", code=1)
        self.assertIn("szctl identity show", nonsense["hint"])
        self.assertIn(f"szctl campaign member {self.campaign} CLIENT-ID --name Bo", nonsense["hint"])
        bo = self.run_json("identity", "new", "--name", "Bo's own")["client_id"]
        nameless = self.error(*member, bo, code=1)
        self.assertIn(f"szctl campaign member {self.campaign} {bo} --name", nameless["hint"])
        for word in ("king", "null"):
            role = self.error(*member, bo, "--name", "Bo", "--role", word, code=2)
            self.assertEqual(role["code"], "SZ-CLI-022")
            self.assertIn("none: no member any more", role["hint"])
        self.run_json(*member, bo, "--name", "Bo")
        said = self.run_text("character", "visibility", self.mira, "secret", bo).text
        self.assertEqual(said, "core.stats.secret is now seen by: Bo\n")

    def test_a_conflict_is_told_in_words(self):
        self.do("hits", "add", "[-1]")
        self.do("hits", "set", "[5]")
        refused = self.start("campaign", "undo", self.campaign, "--event", "3")
        self.assertEqual(refused.returncode, 1, refused.stderr)
        self.assertNotIn("{", refused.stderr)
        self.assertIn("\n  at event 4, 20", refused.stderr)


class Whole(CampaignStory):
    def test_a_table_to_roll_on_is_printed_row_by_row(self):
        self.begin(table_pack())
        self.assertIn(
            "  Sky: 2d6    [core.stats.sky]\n    2     Snow\n    3–11  Rain\n    12    Sun\n",
            self.run_text("character", "show", self.mira).text,
        )
        self.assertIn(
            "sky: \n  1–2  Dull\n  3    Bright\n",
            self.run_text("library", "show", "Ember", "things", "sword").text,
        )

    def test_what_cannot_be_computed_says_why(self):
        self.begin(play_pack("3 + sum(kit.damage)"))
        self.do("kit", "insert", '["sword"]')
        self.assertIn("Breath: 13/13", self.run_text("character", "show", self.mira).text)
        self.run_json("pack", "remove", manifest()["id"])
        shown = self.run_text("character", "show", self.mira).text
        problem = self.shown_fields()["core.stats.breath"]["problem"]
        self.assertIn("is not installed", problem)
        self.assertIn(f"  Breath: ! {problem}    [core.stats.breath]\n", shown)

    def test_the_help_knows_groups(self):
        said = self.run_text("help", "campaign").text
        self.assertIn("  campaign new ", said)
        self.assertIn("Begins a campaign from a session template\n", said)
        self.assertNotIn("character new", said)
        self.assertEqual(self.run_text("campaign", "--help").text, said)
        self.assertEqual(self.run_text("campaign", code=2).words, said)
        self.assertEqual(self.error("campaign", code=2)["code"], "SZ-CLI-003")
        self.assertIn("'pack x'", self.error("help", "pack", "x", code=2)["message"])
        for command in ("show", "set", "do"):
            said = self.run_text("help", "character", command).text
            self.assertIn("With a campaign's id, it is about the campaign's own sheet", said)
        self.begin()
        shown = self.run_text("campaign", "show", self.campaign).text
        self.assertIn(f"szctl character show {self.campaign}\n", shown)

    def test_one_is_not_told_as_many(self):
        said = self.run_text("pack", "import", self.write_pack("ember", **small_pack())).text
        self.assertIn("Ember 1.0.0: 1 entry in 1 dataset (", said)
        newer = self.write_pack("newer", **small_pack(version="2.0.0"))
        words = ("library", "show", "Ember@3.0.0", "things", "sword")
        self.assertEqual(
            self.error(*words, code=1)["hint"], "Installed is version “1.0.0”."
        )
        self.run_json("pack", "import", newer)
        hint = self.error(*words, code=1)["hint"]
        self.assertEqual(hint, "Installed are versions “2.0.0”, “1.0.0”.")


if __name__ == "__main__":
    unittest.main()
