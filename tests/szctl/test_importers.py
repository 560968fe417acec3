# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables and rules packages of others become packs, as a person imports them."""
import json
import unittest

from szctl import CONTENT, SzctlTest

GEAR = "Name;Cost;Kind\nRope;1,5;tool\nLantern;10;light\nTorch;0,1;light\n"
STARFORGED = CONTENT / "starforged" / "starforged.json"


class Importers(SzctlTest):
    def test_a_table_becomes_a_dataset_with_the_types_that_were_asked_for(self):
        table = self.folder / "gear.csv"
        table.write_text(GEAR)
        options = json.dumps({"packName": "My gear", "types": {"Kind": "Tags"}})
        done = self.run_json("pack", "import", table, "--options", options)
        self.assertTrue(done["ok"])
        self.assertEqual((done["read"], done["written"]), (3, 3))
        told = [f["message"] for f in done["findings"] if f["code"] == "SZ-CSV-012"]
        self.assertEqual(
            told,
            [
                "“Cost” is read as Number: all 3 values are numbers, with a decimal comma.",
                "“Kind” is read as Tags: you asked for it.",
            ],
        )
        hit = self.run_json("library", "search", "lantern", "--pack", done["packs"][0]["id"])
        place = {key: hit["hits"][0][key] for key in ("pack", "dataset", "entry")}
        entry = self.run_json("call", "library.entry", json.dumps(place))
        values = {f["name"]: f["value"] for f in entry["fields"]}
        self.assertEqual((values["Cost"], values["Kind"]), (10, ["light"]))

    def test_importing_twice_gives_the_same_bytes(self):
        table = self.folder / "gear.csv"
        table.write_text(GEAR)
        for name in ("one.szp", "two.szp"):
            self.run_json("pack", "import", table, "-o", self.folder / name)
        one, two = ((self.folder / name).read_bytes() for name in ("one.szp", "two.szp"))
        self.assertEqual(one, two)

    def test_options_that_are_none_are_said_and_nothing_is_imported(self):
        table = self.folder / "gear.csv"
        table.write_text(GEAR)
        for options in ("[1]", "{"):
            error = self.error("pack", "import", table, "--options", options, code=2)
            self.assertEqual(error["code"], "SZ-CLI-006")
            self.assertIn("""'{"separator": ";"}'""", error["hint"])
        self.run_text("pack", "import", table, "--options", '{"seperator": ";"}', code=1)
        packs = self.run_json("pack", "list")["packs"]
        self.assertNotIn("gear", [pack["name"].lower() for pack in packs])

    @unittest.skipUnless(STARFORGED.is_file(), f"no Starforged at {STARFORGED} (tests/README.md)")
    def test_starforged_is_imported_without_an_error(self):
        done = self.run_json("pack", "import", STARFORGED)
        self.assertTrue(done["ok"])
        self.assertEqual([f for f in done["findings"] if f["severity"] != "note"], [])
        self.assertEqual(done["written"], 598)
        pack = done["packs"][0]["id"]
        hits = self.run_json("library", "search", "face danger", "--pack", pack)["hits"]
        self.assertEqual(hits[0]["name"], "Face Danger")


if __name__ == "__main__":
    unittest.main()
