# SPDX-License-Identifier: AGPL-3.0-or-later
"""The System Reference Document, imported, searched and used; skipped where it is not at hand."""
import json
import sys
import unittest

from szctl import CONTENT, SzctlTest

SRD = CONTENT / "open5e-srd-2024"


if not SRD.is_dir():
    print(f"skipped: no System Reference Document at {SRD} (tests/README.md)", file=sys.stderr)
    sys.exit(77)


class Srd(SzctlTest):
    def test_it_is_imported_searched_and_linked_to(self):
        archive = self.folder / "srd.szp"
        converted = self.run_json("pack", "import", SRD, "-o", archive)
        self.assertTrue(converted["ok"], converted["findings"][:5])
        self.assertEqual([f for f in converted["findings"] if f["severity"] == "error"], [])
        self.assertEqual(converted["read"], 6712)
        self.assertEqual(self.run_json("pack", "validate", archive)["ok"], True)

        imported = self.run_json("pack", "import", archive)
        pack = imported["packs"][0]["id"]
        self.assertEqual(imported["packs"][0]["entries"], converted["written"])

        hits = self.run_json("library", "search", "firebal", "--pack", pack)["hits"]
        self.assertEqual(hits[0]["name"], "Fireball")
        owlbear = self.run_json("library", "search", "owlbear", "--pack", pack)["hits"][0]
        self.assertEqual(owlbear["name"], "Owlbear")

        campaign = self.run_json(
            "campaign", "new", "--template", "Salt & Signal/station", "--name", "Visitors"
        )["id"]
        keeper = self.run_json(
            "character",
            "new",
            "--campaign",
            campaign,
            "--template",
            "Salt & Signal/keeper",
            "--name",
            "Wren",
        )["id"]
        link = {
            "datapackId": pack,
            "datasetId": owlbear["dataset"],
            "entryId": owlbear["entry"],
            "version": "1.0.0",
        }
        self.run_json("character", "do", keeper, "keepsakes", "insert", json.dumps([link]))
        shown = self.run_json("character", "show", keeper)
        self.assertEqual(
            [item["value"] for item in shown["fields"]["things.carried.keepsakes"]["value"]], [link]
        )
        resolved = self.run_json("call", "library.resolve", json.dumps({"link": link}))
        self.assertEqual(resolved["name"], "Owlbear")


if __name__ == "__main__":
    unittest.main()
