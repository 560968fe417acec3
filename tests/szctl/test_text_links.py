# SPDX-License-Identifier: AGPL-3.0-or-later
"""Links to entries inside texts: checked in a pack, words on the screen, targets in JSON."""
import json
import unittest

from szctl import SzctlTest

PACK = {"id": "org.example.sea", "name": "Sea", "version": "1.0.0", "dependencies": []}


def text(value):
    return {"type": "MultiText", "value": value}


class TextLinks(SzctlTest):
    def pack(self, about, description="", **manifest):
        folder = self.folder / "sea"
        (folder / "objects" / "datasets").mkdir(parents=True, exist_ok=True)
        entries = {
            "oar": {"id": "oar", "name": "The Oar"},
            "boat": {
                "id": "boat",
                "name": "Boat",
                "description": description,
                "topLevelFields": {"about": text(about)},
            },
        }
        dataset = {
            "id": "gear",
            "name": "Gear",
            "szType": "dataset",
            "version": "1.0.0",
            "schemaVersion": "1.0.0",
            "entries": entries,
        }
        (folder / "szpack.json").write_text(json.dumps({**PACK, **manifest}))
        (folder / "objects" / "datasets" / "gear.json").write_text(json.dumps(dataset, indent=1))
        return folder

    def found(self, *words, code):
        result = self.run_json("pack", "validate", self.pack(*words), code=code)
        return [(f["code"], f["pointer"], f["hint"]) for f in result["findings"]]

    def test_a_link_that_leads_nowhere_is_found_where_it_stands(self):
        value = "/entries/boat/topLevelFields/about/value"
        self.assertEqual(self.found("Take [an oar](entry:gear/oar).", code=0), [])
        self.assertEqual(
            self.found("Take [an oar](entry:gear/aor).", code=1),
            [("SZ-PACK-040", value, "Did you mean “oar”?")],
        )
        self.assertEqual(
            [f[:2] for f in self.found("", "[a](entry:oar) [b](entry:land/gear/oar)", code=1)],
            [
                ("SZ-PACK-041", "/entries/boat/description"),
                ("SZ-PACK-070", "/entries/boat/description"),
            ],
        )

    def test_people_read_words_and_programs_targets(self):
        link = "Take **[an *oar*](entry:gear/oar)**."
        self.run_json("pack", "import", self.pack(link, link))
        shown = self.run_text("library", "show", "Sea", "gear", "boat").text
        self.assertIn("about: Take **an *oar***.", shown)
        self.assertNotIn("entry:", shown)
        entry = self.run_json("library", "show", "Sea", "gear", "boat")
        self.assertEqual(entry["description"], link)
        field = entry["fields"][0]
        self.assertEqual((field["value"], field["text"]), (link, "Take **an *oar***."))
        mention = {
            "datapackId": "org.example.sea",
            "datasetId": "gear",
            "entryId": "oar",
            "words": "an oar",
        }
        self.assertEqual(field["mentions"], [mention])
        question = json.dumps({"link": mention, "from": "org.example.sea@1.0.0"})
        self.assertEqual(self.run_json("call", "library.resolve", question)["name"], "The Oar")
        self.assertEqual(self.run_json("library", "search", "entry", "--pack", "Sea")["hits"], [])


if __name__ == "__main__":
    unittest.main()
