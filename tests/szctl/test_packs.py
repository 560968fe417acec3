# SPDX-License-Identifier: AGPL-3.0-or-later
"""Packs from the command line: validate, build, unpack, import, list, search, get, remove."""
import hashlib
import json
import unittest
import uuid

import jsonschema

from szctl import PACK_ID, SzctlTest, dataset, manifest, small_pack


class Packs(SzctlTest):
    def test_a_good_pack_goes_all_the_way_round(self):
        source = self.write_pack("ember", **small_pack())
        verdict = self.run_json("pack", "validate", source)
        self.assertEqual(verdict, {"ok": True, "findings": []})

        archive = self.folder / "ember.szp"
        self.run_json("pack", "build", source, "-o", archive)
        again = self.folder / "again.szp"
        self.run_json("pack", "build", source, "-o", again)
        self.assertEqual(
            hashlib.sha256(archive.read_bytes()).digest(),
            hashlib.sha256(again.read_bytes()).digest(),
        )

        unpacked = self.folder / "unpacked"
        self.run_json("pack", "unpack", archive, unpacked)
        self.assertEqual(
            (unpacked / "szpack.json").read_text(), (source / "szpack.json").read_text()
        )

        imported = self.run_json("pack", "import", archive)
        self.assertTrue(imported["ok"])
        self.assertEqual(
            [(p["id"], p["version"], p["datasets"], p["entries"]) for p in imported["packs"]],
            [(PACK_ID, "1.0.0", 1, 1)],
        )
        self.assertIn(PACK_ID, [p["id"] for p in self.run_json("pack", "list")["packs"]])
        self.assertEqual(self.run_json("pack", "show", "Ember")["id"], PACK_ID)
        self.assertEqual(self.run_json("pack", "show", archive)["id"], PACK_ID)

        hits = self.run_json("library", "search", "swo", "--pack", PACK_ID)
        self.assertEqual(
            [(h["dataset"], h["entry"], h["name"]) for h in hits["hits"]],
            [("things", "sword", "Sword")],
        )
        for path, value, kind in (
            ("Sword.damage", 10, "Number"),
            ("Sword.Stats.rarity", "Common", "Text"),
            ("sword.rarity", "Common", "Text"),
        ):
            found = self.run_json("library", "get", "Ember", "things", path)
            self.assertEqual((found["value"], found["type"]), (value, kind))

        self.run_json("pack", "remove", PACK_ID)
        self.assertEqual(
            self.run_json("library", "search", "sword", "--pack", PACK_ID, code=1)["error"]["code"][
                :3
            ],
            "SZ-",
        )

    def test_a_new_pack_is_good_from_the_start(self):
        folder = self.folder / "mine"
        words = ("--name", "My Game", "--author", "Mira", "--license", "CC-BY-4.0")
        made = self.run_json("pack", "new", folder, *words)
        self.assertEqual(made["files"][-1], "szpack.json")
        self.assertEqual(uuid.UUID(made["id"]).version, 4)
        named = self.run_json("pack", "new", self.folder / "n", "--name", "N", "--id", "my-game")
        self.assertEqual(named["id"], "my-game")
        self.assertEqual(self.run_json("pack", "show", self.folder / "n")["id"], "my-game")
        self.assertEqual(self.run_json("pack", "validate", folder), {"ok": True, "findings": []})
        # What it is about is left to its author, and nothing else.
        advice = self.run_json("pack", "lint", folder)["findings"]
        self.assertEqual([one["code"] for one in advice], ["SZ-LINT-003"])
        archive = self.folder / "mine.szp"
        self.run_json("pack", "build", folder, "-o", archive)
        self.assertEqual(self.run_json("pack", "import", archive)["packs"][0]["id"], made["id"])
        campaign = self.run_json("campaign", "new", "--template", "My Game/campaign", "--name", "C")
        words = ("--campaign", campaign["id"], "--template", "My Game/character", "--name", "Ada")
        character = self.run_json("character", "new", *words)
        shown = self.run_json("character", "show", character["id"])
        self.assertEqual(shown["fields"]["about.about.level"]["value"], 1)
        self.assertEqual(shown["fields"]["about.about.health"]["computed"]["maximum"], 10)
        # What is carried weighs something, and changes another field.
        for thing in ("lantern", "charm"):
            link = {"datapackId": made["id"], "datasetId": "items", "entryId": thing}
            words = ("things.things.carried", "insert", json.dumps([link]))
            self.run_json("character", "do", character["id"], *words)
        shown = self.run_json("character", "show", character["id"])
        self.assertEqual(shown["fields"]["things.things.load"]["computed"], 2)
        self.assertEqual(shown["fields"]["about.about.nerve"]["computed"], 3)

        again = self.error("pack", "new", folder, "--name", "x", code=1)
        self.assertEqual(again["code"], "SZ-LIB-023")
        wrong = self.error("pack", "new", self.folder / "o", "--name", "x", "--id", "a b", code=2)
        self.assertEqual(wrong["code"], "SZ-LIB-034")
        self.assertFalse((self.folder / "o").exists())

    def test_an_editor_finds_the_schemas_of_a_new_pack(self):
        folder = self.folder / "mine"
        made = self.run_json("pack", "new", folder, "--name", "My Game")
        files = [folder / name for name in made["files"] if name.endswith(".json")]
        written = [path for path in files if path.parent.name != ".schemas"]
        self.assertEqual(len(written), 5)
        for path in written:
            content = json.loads(path.read_text())
            place = (path.parent / content["$schema"]).resolve()
            kind = content.get("szType", "szpack")
            self.assertEqual(place, (folder / ".schemas" / f"{kind}.json").resolve())
            schema = json.loads(place.read_text())
            resolver = jsonschema.RefResolver(place.as_uri(), schema)  # follows paths, as they do
            editor = jsonschema.Draft7Validator(schema, resolver=resolver)
            self.assertEqual(list(editor.iter_errors(content)), [])
            del content["name"]
            self.assertNotEqual(list(editor.iter_errors(content)), [])
        archive = self.folder / "mine.szp"
        self.run_json("pack", "build", folder, "-o", archive)
        shown = self.run_json("pack", "show", archive)
        self.assertEqual(shown["files"], 6)  # without the schemas

    def test_versions_stand_side_by_side(self):
        for version, damage in (("1.0.0", 10), ("1.10.0", 12), ("1.9.0", 11)):
            things = dataset()
            things["entries"]["sword"]["topLevelFields"]["damage"]["value"] = damage
            files = {
                "szpack.json": manifest(version=version),
                "objects/datasets/things.json": things,
            }
            self.assertTrue(
                self.run_json("pack", "import", self.write_pack("v" + version, **files))["ok"]
            )
        self.assertEqual(
            self.run_json("library", "get", "Ember", "things", "Sword.damage")["value"], 12
        )
        self.assertEqual(
            self.run_json("library", "get", "Ember@1.9.0", "things", "Sword.damage")["value"], 11
        )
        self.run_json("pack", "remove", "Ember@1.10.0")
        self.assertEqual(
            self.run_json("library", "get", "Ember", "things", "Sword.damage")["value"], 11
        )

    def test_the_same_pack_twice_is_no_fault_and_another_content_under_its_version_is(self):
        source = self.write_pack("ember", **small_pack())
        self.assertTrue(self.run_json("pack", "import", source)["ok"])
        self.assertTrue(self.run_json("pack", "import", source)["ok"])
        other = self.write_pack("other", **small_pack(description="Changed."))
        verdict = self.run_json("pack", "import", other, code=1)
        self.assertFalse(verdict["ok"])
        self.assertEqual(self.run_json("pack", "show", "Ember")["description"], "A small pack.")

    def test_an_existing_file_is_not_written_over(self):
        source = self.write_pack("ember", **small_pack())
        target = self.folder / "precious.szp"
        target.write_text("mine")
        answer = self.start("--json", "pack", "build", source, "-o", target)
        self.assertNotEqual(answer.returncode, 0)
        self.assertEqual(target.read_text(), "mine")
        self.run_json("pack", "build", source, "-o", target, "--force")
        self.assertNotEqual(target.read_bytes(), b"mine")

    def test_a_new_profile_has_the_sample_packs(self):
        names = {p["name"] for p in self.run_json("pack", "list")["packs"]}
        self.assertIn("Salt & Signal", names)
        self.assertGreaterEqual(len(names), 3)


if __name__ == "__main__":
    unittest.main()
