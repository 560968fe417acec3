# SPDX-License-Identifier: AGPL-3.0-or-later
"""What formulas and things make of a sheet, from the command line."""
import unittest

from story import CampaignStory
from szctl import dataset, hero, small_pack

LIFE = "core.stats.life"
BREATH = "core.stats.breath"


def play_pack(breath="3 + hits"):
    """A hero whose life a sword on the belt lifts, and whose breath follows from the hits."""
    pack = small_pack()
    things = dataset()
    things["entries"]["sword"]["effects"] = [{"field": "life", "add": 2}]
    template = hero()
    fields = template["sections"][0]["groups"][0]["fields"]
    next(field for field in fields if field["id"] == "kit")["effects"] = True
    fields += [
        {"id": "life", "name": "Life", "type": "Resource", "defaultValue": 10},
        {
            "id": "breath",
            "name": "Breath",
            "type": "Resource",
            "defaultValue": {"current": 99},
            "formula": breath,
            "rules": [{"id": "rest", "name": "Rest", "to": "maximum"}],
        },
    ]
    pack["objects/datasets/things.json"] = things
    pack["objects/character-templates/hero.json"] = template
    return pack


class Computed(CampaignStory):
    def text(self, path):
        return self.shown_fields()[path]["text"]

    def test_a_sword_lifts_life_and_healing_goes_that_far(self):
        self.begin(play_pack())
        self.assertEqual(self.text(LIFE), "10/10")
        self.do("kit", "insert", '["sword"]')
        self.assertEqual(self.text(LIFE), "10/12")
        self.do("life", "add", "[50]")
        self.assertEqual(self.text(LIFE), "12/12")
        self.assertEqual(self.fields()[LIFE], {"current": 12, "maximum": 10, "temporary": 0})
        why = self.run_json("character", "explain", self.mira, "life")
        self.assertEqual(
            [(term["op"], term["value"], term["text"]) for term in why["terms"]],
            [("add", 10, "Life"), ("add", 2, "Sword")],
        )
        sword = self.fields()["core.stats.kit"][0]["id"]
        self.do("kit", "remove", f'["{sword}"]')
        self.assertEqual(self.text(LIFE), "10/10")
        self.do("life", "add", "[-1]")
        self.assertEqual(self.text(LIFE), "9/10")
        self.assertTrue(self.run_json("campaign", "verify", self.campaign)["ok"])

    def test_what_a_formula_says_is_the_maximum(self):
        self.begin(play_pack())
        self.assertEqual(self.text(BREATH), "13/13")
        self.do("hits", "set", "[1]")
        self.assertEqual(self.text(BREATH), "4/4")
        self.do("breath", "add", "[-3]")
        self.assertEqual(self.text(BREATH), "1/4")
        self.do("breath", "reset", '["rest"]')
        self.assertEqual(self.text(BREATH), "4/4")
        self.run_json("campaign", "undo", self.campaign)
        self.assertEqual(self.text(BREATH), "1/4")
        refused = self.error("character", "do", self.mira, "breath", "setMaximum", "[9]", code=1)
        self.assertEqual(refused["code"], "SZ-FIELD-204")
        self.assertTrue(self.run_json("campaign", "verify", self.campaign)["ok"])

    def test_a_formula_of_a_maximum_is_checked_with_the_pack(self):
        for name, formula, code in (
            ("lost", "3 + mood", "SZ-PACK-035"),
            ("circle", "breath.current", "SZ-PACK-036"),
            ("broken", "3 +", "SZ-PACK-033"),
        ):
            folder = self.write_pack(name, **play_pack(formula))
            found = self.run_json("pack", "validate", folder, code=1)["findings"]
            self.assertEqual([f["code"] for f in found if f["severity"] == "error"], [code])


if __name__ == "__main__":
    unittest.main()
