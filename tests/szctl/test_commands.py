# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every command there is, its result held against its schema and its effect looked at once."""
import json
import re
import unittest

from szctl import BUILD, METHODS, OTHERS, PACK_ID, SzctlTest, dataset, manifest, small_pack

HELLO = BUILD / "tests" / "faulty_plugins" / "org.example.hello-field"


class Commands(SzctlTest):
    def begin(self):
        self.run_json("pack", "import", self.write_pack("ember", **small_pack()))
        campaign = self.run_json(
            "campaign", "new", "--template", "Ember/evening", "--name", "The Long Road"
        )["id"]
        character = self.run_json(
            "character", "new", "--campaign", campaign, "--template", "Ember/hero", "--name", "Mira"
        )["id"]
        return campaign, character

    def test_the_help_names_no_command_that_has_no_schema(self):
        named = re.findall(r"^  (\w[\w-]*(?: [\w-]+)?) {2,}\S", self.run_text("help").text, re.MULTILINE)
        self.assertIn("pack import", named)
        self.assertEqual(set(named), {" ".join(words) for words in {*METHODS, *OTHERS}})

    def test_the_library_is_looked_through(self):
        self.run_json("pack", "import", self.write_pack("ember", **small_pack()))
        datasets = self.run_json("library", "datasets", "Ember")["datasets"]
        self.assertEqual([(d["id"], d["entries"]) for d in datasets], [("things", 1)])
        unknown = self.error("library", "search", "sword", "--dataset", "spells", code=1)
        self.assertEqual(unknown["code"], "SZ-LIB-003")
        self.assertIn("szctl library datasets PACK", unknown["hint"])
        entry = self.run_json("library", "show", "Ember", "things", "sword")
        self.assertEqual(
            [(field["id"], field["value"]) for field in entry["fields"]],
            [("damage", 10), ("rarity", "Common")],
        )
        templates = {
            (t["kind"], t["reference"])
            for t in self.run_json("library", "templates")["templates"]
            if t["pack"]["id"] == PACK_ID
        }
        self.assertEqual(
            templates,
            {
                ("session-template", f"{PACK_ID}@1.0.0/evening"),
                ("character-template", f"{PACK_ID}@1.0.0/hero"),
            },
        )
        formats = {f["name"]: f for f in self.run_json("pack", "formats")["formats"]}
        self.assertEqual((formats["szp"]["reads"], formats["szp"]["writes"]), (True, True))

    def test_the_entries_of_a_dataset_are_listed_a_page_at_a_time(self):
        things = dataset()
        sword = things["entries"]["sword"]
        for name in ("Axe", "Bow"):
            things["entries"][name.lower()] = {**sword, "id": name.lower(), "name": name}
        pack = {**small_pack(), "objects/datasets/things.json": things}
        self.run_json("pack", "import", self.write_pack("ember", **pack))
        words = ("library", "entries", "Ember", "Things")
        self.assertEqual(
            self.run_text(*words).text, "NAME   ENTRY\nAxe    axe\nBow    bow\nSword  sword\n"
        )
        page = self.run_json(*words, "--limit", 1, "--offset", 1)
        self.assertEqual(([e["id"] for e in page["entries"]], page["total"]), (["bow"], 3))
        self.assertIn("1 of 3", self.run_text(*words, "--limit", 1, "--offset", 0).text)
        self.assertEqual(len(self.run_json(*words, "--limit", 10_000)["entries"]), 3)
        self.assertEqual(self.error(*words, "--limit", 10_001, code=2)["code"], "SZ-CLI-004")
        self.assertIn("it has 3", self.run_text(*words, "--offset", 3).text)
        self.assertIn("szctl library entries", self.run_text("library", "search", "").text)

    def test_what_is_shown_in_a_language_is_read_in_it(self):
        number = {"definition": {"type": "Number", "unit": "lb"}, "locale": "de"}
        shown = self.run_json("call", "field.format", json.dumps({**number, "value": 1234.5}))
        self.assertEqual(shown["text"], "1.234,5 lb")
        typed = self.run_json("call", "field.parse", json.dumps({**number, "text": "1.234,5 lb"}))
        self.assertEqual(typed, {"value": 1234.5})
        wrong = self.error("call", "field.parse", json.dumps({**number, "text": "lots"}), code=1)
        self.assertEqual(wrong["code"], "SZ-FIELD-110")
        self.assertEqual(wrong["hint"], "Type a number such as 3 or 2,5.")
        words = json.dumps({"definition": {"type": "List"}, "text": '["a"]'})
        self.assertEqual(self.run_json("call", "field.parse", words), {"value": ["a"]})

    def test_a_field_is_set_to_what_is_typed(self):
        _, character = self.begin()
        typed = ("character", "set", character)
        self.assertEqual(self.run_json(*typed, "hits", "12,5", "--locale", "de")["value"], 12.5)
        self.assertEqual(self.run_json(*typed, "hits", "1.000")["value"], 1)
        german = self.error(*typed, "hits", "1.000", "--language", "de", code=1)
        self.assertIn("1000", german["message"])
        self.run_json(*typed, "hits", "12,5", "--language", "de")
        self.assertEqual(self.run_json(*typed, "Motto", '"Ho" [')["value"], '"Ho" [')
        shown = self.run_json("character", "show", character)["fields"]
        self.assertEqual(shown["core.stats.hits"]["value"], 12.5)
        self.assertEqual(self.run_json(*typed, "hits", "")["value"], 10)  # back to the default
        for words, code in (
            (("hits", "many"), "SZ-FIELD-110"),
            (("hits", "21"), "SZ-FIELD-112"),
            (("kit", "sword"), "SZ-FIELD-008"),
        ):
            self.assertEqual(self.error(*typed, *words, code=1)["code"], code)
        self.error(*typed, "wits", "1", code=1)

    def test_campaigns_and_characters_are_renamed_and_removed(self):
        campaign, character = self.begin()
        self.run_json("campaign", "rename", campaign, "The Short Road")
        self.assertEqual(self.run_json("campaign", "show", campaign)["name"], "The Short Road")
        self.run_json("character", "rename", character, "Mira the Younger")
        self.assertEqual(self.run_json("character", "show", character)["name"], "Mira the Younger")

        listed = ("character", "list", "--campaign", campaign)
        self.run_json("character", "remove", character)
        self.assertEqual(self.run_json(*listed)["characters"], [])
        self.run_json("campaign", "undo", campaign)
        self.assertEqual([c["id"] for c in self.run_json(*listed)["characters"]], [character])
        self.run_json("campaign", "remove", campaign)
        self.assertEqual(self.run_json("campaign", "list")["campaigns"], [])

    def test_another_identity_becomes_the_active_one(self):
        other = self.run_json("identity", "new", "--name", "Other")["client_id"]
        self.assertNotEqual(self.run_json("identity", "show")["client_id"], other)
        self.run_json("identity", "use", other)
        self.assertEqual(self.run_json("identity", "show")["client_id"], other)

    def test_a_passphrase_is_set_asked_for_and_taken_away(self):
        phrase = self.folder / "phrase"
        phrase.write_text("correct horse\n")
        wrong = self.folder / "wrong"
        wrong.write_text("correct hose\n")
        self.run_json("identity", "passphrase", "--new-passphrase-file", phrase)
        self.assertTrue(self.run_json("identity", "show")["protected"])
        self.error("identity", "unlock", "--passphrase-file", wrong, code=3)
        self.run_json("identity", "unlock", "--passphrase-file", phrase)
        self.run_json("identity", "lock")
        self.run_json("identity", "passphrase", "--passphrase-file", phrase, "--remove")
        self.assertFalse(self.run_json("identity", "show")["protected"])

    def test_a_plugin_is_added_trusted_and_turned_off_and_on(self):
        plugin = "org.example.hello-field"

        def state():
            return self.run_json("plugin", "info", plugin)["state"]

        self.assertEqual(self.run_json("plugin", "add", HELLO)["state"], "untrusted")
        for command, then in (("trust", "running"), ("disable", "disabled"), ("enable", "running")):
            answer = self.run_json("plugin", command, plugin)
            self.assertEqual((answer["plugin"]["id"], answer["restart"]), (plugin, True))
            self.assertEqual(state(), then)
        states = {p["id"]: p["state"] for p in self.run_json("plugin", "list")["plugins"]}
        self.assertEqual(states[plugin], "running")
        self.assertEqual(states["org.sessionzero.fields-core"], "running")

    def test_a_method_is_called_by_its_name_and_its_task_is_waited_for(self):
        source = self.write_pack("ember", **small_pack())
        methods = self.run_json("call", "bus.methods")["methods"]
        self.assertIn("pack.import", [method["name"] for method in methods])
        imported = self.run_json("call", "pack.import", json.dumps({"paths": [str(source)]}))
        self.assertEqual([p["id"] for p in imported["packs"]], [manifest()["id"]])

    def test_the_demonstration_gives_an_account(self):
        played = self.run_json("demo")
        # The campaign; two notes; the character; three choices; twice Strain; the undo.
        self.assertEqual((played["ok"], played["events"]), (True, 10))
        self.assertFalse(self.profile.exists())


if __name__ == "__main__":
    unittest.main()
