# SPDX-License-Identifier: AGPL-3.0-or-later
"""A pack in a second language: made, mended, imported, read, played, and taken away again."""
import json
import os
import unittest

from szctl import REPOSITORY, SzctlTest, dataset, manifest

GAME = REPOSITORY / "packs" / "bounds-and-briars"
GERMAN = REPOSITORY / "packs" / "bounds-and-briars-de"
NAME = "Bounds & Briars"


def codes(result):
    return [finding["code"] for finding in result["findings"]]


def names(hits):
    return [hit["name"] for hit in hits["hits"]]


class Languages(SzctlTest):
    def change(self, file, change):
        document = json.loads(file.read_text())
        change(document)
        file.write_text(json.dumps(document, indent=2, ensure_ascii=False))

    def test_our_translation_has_every_text_of_our_game(self):
        self.run_json("pack", "import", GAME)
        self.assertEqual(self.run_json("pack", "validate", GERMAN)["findings"], [])
        self.assertEqual(self.run_json("pack", "lint", GERMAN, "--strict")["findings"], [])
        (counted,) = self.run_json("pack", "validate", GERMAN)["translations"]
        self.assertEqual((counted["language"], counted["translated"]), ("de", counted["texts"]))
        self.assertGreater(counted["texts"], 500)
        line = f"(de): {counted['texts']} of {counted['texts']} texts are translated."
        self.assertIn(line, self.run_text("pack", "validate", GERMAN).text)
        missing = self.folder / "fr"
        words = ("--name", "Fr", "--translates", NAME, "--language", "fr")
        self.run_json("pack", "new", missing, *words)
        # Whatever the skeleton wants to be translated is another text in German but for names.
        same = 0
        for file in sorted((missing / "objects/translations").glob("*.json")):
            english = json.loads(file.read_text())
            german = json.loads((GERMAN / "objects/translations" / file.name).read_text())
            same += self.count_same(english.get("entries", {}), german.get("entries", {}))
        self.assertLess(same, 40)

    def count_same(self, a, b):
        if isinstance(a, dict):
            return sum(self.count_same(a[key], b[key]) for key in a if key in b)
        return int(a == b)

    def test_a_game_is_read_found_and_played_in_german(self):
        self.run_json("pack", "import", GAME, GERMAN)
        kin = ("library", "show", NAME, "kin", "hedgeborn")
        self.assertEqual(self.run_json(*kin)["name"], "Hedgeborn")
        german = self.run_json(*kin, "--language", "de")
        self.assertEqual(german["name"], "Heckenkinder")
        fields = {field["id"]: field for field in german["fields"]}
        self.assertEqual(fields["raises"]["value"], "grace")
        self.assertEqual(fields["raises"]["text"], "Anmut")
        self.assertEqual(fields["paces"]["text"], "25 Schritte")
        self.assertEqual(fields["seesInTheDark"]["text"], "ja")

        search = ("library", "search")
        self.assertIn("Haselstab", names(self.run_json(*search, "Haselst", "--language", "de")))
        self.assertIn("Haselstab", names(self.run_json(*search, "Hazel Wand", "--language=de-AT")))
        self.assertEqual(names(self.run_json(*search, "Haselst")), [])

        # The setting, when nothing is typed; and what is typed comes before it.
        self.run_json("call", "settings.set", '{"key": "language", "value": "de"}')
        self.assertEqual(self.run_json(*kin)["name"], "Heckenkinder")
        self.assertEqual(self.run_json(*kin, "--language", "en")["name"], "Hedgeborn")
        templates = self.run_json("library", "templates")["templates"]
        self.assertIn("Markgänger", [one["name"] for one in templates])

        # A new character has the translated sheet; what it computes is the same.
        round_ = ("--template", f"{NAME}/a-years-round", "--name", "Runde")
        campaign = self.run_json("campaign", "new", *round_)["id"]
        beater = ("--template", f"{NAME}/beater", "--name", "Wren")
        wren = self.run_json("character", "new", "--campaign", campaign, *beater)["id"]
        text = json.dumps(self.run_json("character", "show", wren), ensure_ascii=False)
        for word in ("Deckung", "Zähigkeit", "Kaltegge", "Umsorgt werden"):
            self.assertIn(word, text)
        self.assertIn('"value": "Cold Harrow"', text)

        self.run_json("pack", "remove", "Bounds & Briars auf Deutsch")
        self.assertEqual(self.run_json(*kin)["name"], "Hedgeborn")
        # What was made stays what it was made as.
        self.assertIn("Deckung", json.dumps(self.run_json("character", "show", wren)))

    def test_the_environment_says_the_language_when_nobody_else_does(self):
        self.run_json("pack", "import", GAME, GERMAN)
        kin = ("library", "show", NAME, "kin", "hedgeborn")
        before = os.environ["LC_ALL"]
        try:
            os.environ["LC_ALL"] = "de_DE.UTF-8"
            self.assertEqual(self.run_json(*kin)["name"], "Heckenkinder")
            self.run_json("call", "settings.set", '{"key": "language", "value": ""}')
            self.assertEqual(self.run_json(*kin)["name"], "Hedgeborn")
        finally:
            os.environ["LC_ALL"] = before

    def test_a_translator_begins_with_every_text_and_is_told_what_is_wrong(self):
        items = dataset(id="core-items")
        items["entries"]["sword"]["groups"][0]["fields"]["rarity"]["maxLength"] = 10
        original = self.write_pack("original", **{
            "szpack.json": manifest(id="org.example.core", name="Core", license="CC0-1.0"),
            "objects/datasets/core-items.json": items,
        })
        self.run_json("pack", "import", original)
        mine = self.folder / "mine"
        words = ("pack", "new", mine, "--name", "Core auf Deutsch", "--translates", "Core")
        self.assertIn("--language de", self.error(*words, code=2)["hint"])
        self.assertEqual(self.error(*words, "--language", "de_DE", code=2)["code"], "SZ-CLI-018")
        made = self.run_json(*words, "--language", "de")
        self.assertIn("objects/translations/core-items.json", made["files"])
        self.assertEqual(self.run_json("pack", "validate", mine)["findings"], [])

        (counted,) = self.run_json("pack", "validate", mine)["translations"]
        self.assertEqual(counted["translated"], counted["texts"])
        texts = mine / "objects/translations/core-items.json"
        entry = next(iter(json.loads(texts.read_text())["entries"]))
        self.change(texts, lambda d: d["entries"].update(nobody={"name": "Niemand"}))
        self.change(texts, lambda d: d["entries"][entry].update(name="Neu"))
        self.change(texts, lambda d: d.pop("name"))
        self.assertEqual(
            sorted(codes(self.run_json("pack", "validate", mine))), ["SZ-PACK-065", "SZ-PACK-068"]
        )
        self.assertIn("texts are translated", self.run_text("pack", "validate", mine).text)
        rarity = {"stats": {"fields": {"rarity": {"value": "Ganz und gar gewöhnlich"}}}}
        self.change(texts, lambda d: d["entries"][entry].update(groups=rarity))
        self.assertIn("SZ-PACK-067", codes(self.run_json("pack", "validate", mine, code=1)))
        rarity["stats"]["fields"]["rarity"]["value"] = "Selten"
        self.change(texts, lambda d: d["entries"][entry].update(groups=rarity))
        self.change(mine / "szpack.json", lambda m: m.pop("language"))
        self.assertIn("SZ-PACK-063", codes(self.run_json("pack", "validate", mine, code=1)))
        self.change(mine / "szpack.json", lambda m: m.update(language="de"))
        self.run_json("pack", "import", mine)
        shown = self.run_json("library", "show", "Core", "core-items", entry, "--language", "de")
        self.assertEqual(shown["name"], "Neu")


if __name__ == "__main__":
    unittest.main()
