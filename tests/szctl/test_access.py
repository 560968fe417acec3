# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who sees and who changes what, and goblins from a bestiary, as a game master types it."""
import unittest

from szctl import SzctlTest, dataset, small_pack


def pack_with_bestiary():
    goblin = {
        "id": "goblin",
        "name": "Goblin",
        "topLevelFields": {
            "Hit Points": {"type": "Number", "value": 7, "min": 0, "max": 7},
            "Speed": {"type": "Text", "value": "30 ft."},
        },
        "groups": [
            {
                "id": "actions",
                "name": "Actions",
                "fields": {"Scimitar": {"type": "Text", "value": "1d6 + 2", "visibility": "gm"}},
            }
        ],
    }
    bestiary = dataset(id="bestiary", name="Bestiary", entries={"goblin": goblin})
    return {**small_pack(), "objects/datasets/bestiary.json": bestiary}


class Access(SzctlTest):
    def begin(self):
        self.run_json("pack", "import", self.write_pack("ember", **pack_with_bestiary()))
        self.campaign = self.run_json(
            "campaign", "new", "--template", "Ember/evening", "--name", "The Long Road"
        )["id"]
        self.host = self.run_json("identity", "show")["client_id"]
        self.ada = self.run_json("identity", "new", "--name", "Ada's own")["client_id"]
        self.run_json("identity", "use", self.host)
        self.run_json("campaign", "member", self.campaign, self.ada, "--name", "Ada")

    def goblins(self, *more):
        return self.run_json(
            *("character", "from-entry", "--campaign", self.campaign, *more),
            *("Ember", "Bestiary", "Goblin"),
        )["characters"]

    def hero(self):
        return self.run_json(
            *("character", "new", "--campaign", self.campaign),
            *("--template", "Ember/hero", "--name", "Mira"),
        )["id"]

    def shown(self, character, *more):
        return self.run_json("character", "show", character, *more)["fields"]

    def names_for_ada(self):
        shown = self.run_json("campaign", "show", self.campaign, "--as", "Ada")
        return [character["name"] for character in shown["characters"]]

    def test_members_come_change_and_go(self):
        self.begin()
        listed = self.run_json("campaign", "members", self.campaign)["members"]
        self.assertEqual(
            {(m["client_id"], m["role"]) for m in listed}, {(self.host, "gm"), (self.ada, "player")}
        )
        changed = self.run_json("campaign", "member", self.campaign, "ada", "--role", "spectator")
        self.assertEqual(
            changed["member"], {"client_id": self.ada, "name": "Ada", "role": "spectator"}
        )
        said = self.run_text("campaign", "member", self.campaign, "Ada", "--role", "none").text
        self.assertEqual(said, "Ada is no member any more.\n")
        gone = self.error("campaign", "show", self.campaign, "--as", "Ada", code=1)
        self.assertEqual(gone["code"], "SZ-CAMPAIGN-050")
        self.error("campaign", "member", self.campaign, self.ada, code=1)  # without a name
        self.error("campaign", "member", self.campaign, self.ada, "--role", "king", code=2)
        self.error("campaign", "member", self.campaign, self.host, "--role", "player", code=3)

    def test_three_goblins_each_with_its_own_hit_points(self):
        self.begin()
        made = self.goblins("--count", 3)
        self.assertEqual([g["name"] for g in made], ["Goblin 1", "Goblin 2", "Goblin 3"])
        second = made[1]["id"]
        self.run_json("character", "do", second, "Hit Points", "add", "[-5]")
        points = [self.shown(g["id"])["entry.general.hit-points"]["value"] for g in made]
        self.assertEqual(points, [7, 2, 7])
        self.error("character", "do", second, "Hit Points", "set", "[8]", code=1)
        self.assertEqual([g["name"] for g in self.goblins()], ["Goblin 4"])
        self.assertEqual(self.names_for_ada(), [])
        self.error("character", "show", second, "--as", "Ada", code=1)
        said = self.run_text("character", "visibility", second, ".", "everyone").text
        self.assertEqual(said, "The whole sheet is now seen by: everyone\n")
        self.assertEqual(self.names_for_ada(), ["Goblin 2"])
        fields = self.shown(second, "--as", "Ada")
        self.assertEqual(set(fields), {"entry.general.hit-points", "entry.general.speed"})
        self.run_json("campaign", "undo", self.campaign)
        self.assertEqual(self.names_for_ada(), [])
        self.assertTrue(self.run_json("campaign", "verify", self.campaign)["ok"])
        self.error(
            *("character", "from-entry", "--campaign", self.campaign, "--count", 101),
            *("Ember", "Bestiary", "Goblin"),
            code=2,
        )

    def test_a_goblin_on_the_sheet_of_a_template(self):
        self.begin()
        made = self.goblins("--template", "Ember/hero", "--name", "Grik", "--visibility", "players")
        self.assertEqual([g["name"] for g in made], ["Grik"])
        self.assertIn("core.stats.hits", self.shown(made[0]["id"]))
        self.assertEqual(self.names_for_ada(), ["Grik"])

    def test_a_field_is_shown_to_one_member_and_hidden_again(self):
        self.begin()
        mira = self.hero()
        self.run_json("character", "do", mira, "secret", "set", '["the king is dead"]')
        secret = "core.stats.secret"
        self.assertNotIn(secret, self.shown(mira, "--as", "Ada"))
        shown = self.run_json("character", "visibility", mira, "secret", "ada")
        self.assertEqual(shown["path"], secret)
        self.assertEqual(shown["to"], {"visibility": "named", "named": [self.ada]})
        self.assertEqual(
            self.shown(mira, "--as", self.ada)[secret]["value"], "the king is dead"
        )
        self.assertEqual(self.shown(mira)[secret]["visible_to"], [self.ada])
        self.assertIn(
            f"seen by: {self.ada[:12]}…", self.run_text("character", "show", mira).text
        )
        decided = {"visibility": {secret: [self.ada]}, "editability": {}}
        self.assertEqual(self.run_json("character", "show", mira)["decided"], decided)
        self.assertNotIn("decided", self.run_json("character", "show", mira, "--as", "Ada"))
        said = self.run_text("character", "visibility", mira, "secret", "default").text
        self.assertEqual(said, "core.stats.secret is now seen by: as the template says\n")
        self.assertNotIn(secret, self.shown(mira, "--as", "Ada"))
        self.run_json("character", "visibility", mira, "Core.Stats", "owner")
        self.assertEqual(self.shown(mira, "--as", "Ada"), {})

    def test_a_field_is_left_to_one_member(self):
        self.begin()
        mira = self.hero()
        motto = "core.stats.motto"
        self.assertFalse(self.shown(mira, "--as", "Ada")[motto]["editable"])
        self.run_json("character", "editability", mira, "Motto", "Ada")
        self.assertTrue(self.shown(mira, "--as", "Ada")[motto]["editable"])
        self.assertFalse(self.shown(mira, "--as", "Ada")["core.stats.hits"]["editable"])
        self.assertEqual(self.shown(mira)[motto]["editable_by"], [self.ada])
        self.run_json("character", "editability", mira, ".", "gm")
        self.assertEqual(self.shown(mira)["core.stats.hits"]["editable_by"], "gm")
        self.assertTrue(self.shown(mira, "--as", "Ada")[motto]["editable"])

    def test_what_does_not_fit_says_so(self):
        self.begin()
        mira = self.hero()
        for words, code, exit_code in (
            (("visibility", mira, "secret", "Bo"), "SZ-CAMPAIGN-050", 1),
            (("visibility", mira, "secret", "Ada", "gm"), "SZ-CLI-017", 2),
            (("visibility", mira, "nothing", "gm"), "SZ-CAMPAIGN-005", 1),
            (("visibility", self.campaign, ".", "gm"), "SZ-CAMPAIGN-022", 1),
            (("editability", mira, "core", "players"), "SZ-CAMPAIGN-050", 1),
            (("visibility", mira, "core"), "SZ-CLI-002", 2),
        ):
            with self.subTest(words=words):
                error = self.error("character", *words, code=exit_code)
                self.assertEqual(error["code"], code)
                self.assertTrue(error["hint"])


if __name__ == "__main__":
    unittest.main()
