# SPDX-License-Identifier: AGPL-3.0-or-later
"""A pack author's day: a new pack, mistakes, findings followed, a second version, what it needs."""
import json
import shutil
import unittest

from szctl import REPOSITORY, SzctlTest, dataset, manifest


def codes(result):
    return [finding["code"] for finding in result["findings"]]


class PackTools(SzctlTest):
    def change(self, file, change):
        document = json.loads(file.read_text())
        change(document)
        file.write_text(json.dumps(document, indent=2, ensure_ascii=False))

    def test_a_day_of_a_pack_author(self):
        mine = self.folder / "mine"
        words = ("--name", "Nine Lanterns", "--id", "org.example.lanterns")
        self.run_json("pack", "new", mine, *words)

        # The advice on a new pack is to say who made it, how it may be used, and what it is.
        new = self.run_json("pack", "lint", mine)
        self.assertEqual(codes(new), ["SZ-LINT-001", "SZ-LINT-002", "SZ-LINT-003"])
        self.run_json("pack", "lint", mine, "--strict", code=1)
        self.change(
            mine / "szpack.json",
            lambda m: m.update(author="Mira", license="CC-BY-4.0", description="Lamps for rent."),
        )
        self.assertEqual(self.run_json("pack", "lint", mine, "--strict")["findings"], [])

        # A mistake that the check finds comes before all advice.
        items = mine / "objects/datasets/items.json"
        self.change(items, lambda d: d["entries"]["lantern"].update(id="lamp"))
        self.assertEqual(codes(self.run_json("pack", "lint", mine, code=1)), ["SZ-PACK-024"])
        self.change(items, lambda d: d["entries"]["lantern"].update(id="lantern", name="Lantern "))
        (mine / "media/images/spare.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        spoiled = self.run_json("pack", "lint", mine)
        self.assertEqual(codes(spoiled), ["SZ-LINT-040", "SZ-LINT-033"])
        self.assertEqual(spoiled["findings"][0]["file"], "media/images/spare.svg")
        self.assertEqual(spoiled["findings"][1]["pointer"], "/entries/lantern/name")
        self.assertGreater(spoiled["findings"][1]["line"], 1)
        (mine / "media/images/spare.svg").unlink()
        self.change(items, lambda d: d["entries"]["lantern"].update(name="Lantern"))
        self.assertEqual(self.run_json("pack", "lint", mine)["findings"], [])
        self.assertIn("good order", self.run_text("pack", "lint", mine).text)

        archive = self.folder / "lanterns.szp"
        self.run_json("pack", "build", mine, "-o", archive)
        self.run_json("pack", "import", archive)
        self.assertEqual(self.run_json("pack", "lint", "Nine Lanterns")["findings"], [])

        # More entries, and one that went: the version has to say so.
        def second(things):
            entries = things["entries"]
            entries["torch"] = {
                "id": "torch",
                "name": "Torch",
                "description": "It smokes.",
                "topLevelFields": {"weight": {"type": "Number", "value": 2}},
            }

        self.change(items, second)
        same = self.run_json("pack", "diff", "Nine Lanterns", mine)
        self.assertEqual(codes(same), ["SZ-DIFF-001"])
        self.assertEqual(same["advice"], {"part": "minor", "version": "1.1.0", "is_enough": False})
        self.assertEqual(
            [(c["change"], c["what"], c["entry"]) for c in same["changes"]],
            [("added", "entry", "torch")],
        )
        self.change(items, lambda d: d["entries"].pop("lantern"))
        self.change(mine / "szpack.json", lambda m: m.update(version="1.1.0"))
        small = self.run_json("pack", "diff", archive, mine)
        self.assertEqual(codes(small), ["SZ-DIFF-002"])
        self.assertEqual(small["advice"]["version"], "2.0.0")
        people = self.run_text("pack", "diff", archive, mine).text
        self.assertIn("- items / lantern  entry “Lantern”  (major)", people)
        self.assertIn("2.0.0", people)

        # The links in the pack itself ask for the old version: the check says so.
        self.change(mine / "szpack.json", lambda m: m.update(version="2.0.0"))
        stale = self.run_json("pack", "diff", archive, mine)
        self.assertEqual((codes(stale), stale["advice"]["is_enough"]), ([], True))
        for file in mine.glob("objects/*/*.json"):
            file.write_text(file.read_text().replace('"version": "1.0.0"', '"version": "2.0.0"'))
        self.assertEqual(self.run_json("pack", "validate", mine)["findings"], [])
        archive2 = self.folder / "lanterns2.szp"
        self.run_json("pack", "build", mine, "-o", archive2)
        self.run_json("pack", "import", archive2)
        both = self.run_json("pack", "diff", "Nine Lanterns@1.0.0", "Nine Lanterns@2.x")
        self.assertEqual((both["a"]["version"], both["b"]["version"]), ("1.0.0", "2.0.0"))

    def test_mistakes_of_authors_are_found_where_they_are_made(self):
        folder = self.folder / "mistakes"
        self.run_json("pack", "new", folder, "--name", "Mistakes")
        sheet = folder / "objects/character-templates/character.json"
        items = folder / "objects/datasets/items.json"
        good = {file: file.read_text() for file in (sheet, items)}

        def found(file, before, after, code):
            text = good[file].replace(before, after, 1)
            self.assertNotEqual(text, good[file])
            file.write_text(text)
            findings = self.run_json("pack", "validate", folder, code=code)["findings"]
            file.write_text(good[file])
            line = text[: text.index(after)].count("\n") + 1
            for finding in findings:
                self.assertEqual(finding["line"], line, finding)
                self.assertTrue(finding["hint"], finding)
            return [
                (one["code"], one["pointer"].split("/")[-1], one["hint"]) for one in findings
            ]

        load, health = '"sum(carried.weight)"', '"8 + 2 * level"'
        several = "Write sum(carried.weight), or count, min, max or avg."
        for file, before, after, wanted in [
            (items, '"nerve"', '"nevre"', ("SZ-PACK-080", "field", "Did you mean “nerve”?")),
            (items, '"nerve"', '"look"', ("SZ-PACK-081", "field", None)),
            (sheet, load, '"carried.weight + 1"', ("SZ-PACK-082", "formula", several)),
            (sheet, load, '"sum(carried.wieght)"',
             ("SZ-PACK-083", "formula", "Did you mean “weight”?")),
            (sheet, load, '"nerve + look"', ("SZ-PACK-084", "formula", None)),
            (sheet, load, '"nerve / 0"', ("SZ-PACK-033", "formula", None)),
            (sheet, load, '"nerve +"', ("SZ-PACK-033", "formula", None)),
            (sheet, health, '"\\"much\\""', ("SZ-PACK-033", "formula", None)),
            (sheet, '"defaultValue"', '"defaultVaule"',
             ("SZ-PACK-016", "defaultVaule", "Did you mean “defaultValue”?")),
        ]:
            with self.subTest(after):
                is_error = wanted[0] in ("SZ-PACK-033", "SZ-PACK-082", "SZ-PACK-084")
                (one,) = found(file, before, after, 1 if is_error else 0)
                self.assertEqual(one[:2], wanted[:2])
                self.assertIn(wanted[2], (None, one[2]))

    def test_a_difference_is_shown_where_it_is(self):
        before, after = self.folder / "before", self.folder / "after"
        for folder in (before, after):
            self.run_json("pack", "new", folder, "--name", "Twice", "--id", "org.example.twice")
        sheet = after / "objects/character-templates/character.json"

        def change(document):
            about, things, hidden = (s["groups"][0]["fields"] for s in document["sections"])
            about[0]["type"] = "MultiText"
            things[0]["datasetLink"]["datasetId"] = "tables"
            hidden[0]["help"] += " Nobody else, whatever happens to them at this table."

        self.change(sheet, change)
        first = json.loads((before / sheet.relative_to(after)).read_text())
        first["sections"][2]["groups"][0]["fields"][0]["help"] += (
            " Nobody else, whatever happens to them at this place."
        )
        (before / sheet.relative_to(after)).write_text(json.dumps(first))
        text = self.run_text("pack", "diff", before, after).text
        self.assertIn("type  Text → MultiText", text)
        self.assertIn("datasetLink .datasetId  “items” → “tables”", text)
        self.assertIn("place.” → …", text)
        self.assertIn("table.”", text)

    def pack_that_needs(self, name, version="1.0.0", **needs):
        files = {
            "szpack.json": manifest(
                id=f"org.example.{name}",
                name=name,
                version=version,
                dependencies=[
                    {"id": f"org.example.{other}", "name": other, "version": wanted}
                    for other, wanted in needs.items()
                ],
            ),
            "objects/datasets/things.json": dataset(),
        }
        return self.write_pack(f"{name}-{version}", **files)

    def test_what_a_pack_needs(self):
        for name, version, needs in (
            ("base", "1.0.0", {}),
            ("base", "1.5.0", {}),
            ("base", "2.0.0", {}),
            ("rules", "1.0.0", {"base": "1.x"}),
            ("world", "1.0.0", {"base": "^1.0.0 || ^2.0.0"}),
            ("game", "1.0.0", {"rules": "~1.0", "world": "*"}),
            ("late", "1.0.0", {"base": ">=2"}),
            ("clash", "1.0.0", {"rules": "^1", "late": "*"}),
            ("lost", "1.0.0", {"nowhere": "*", "base": "^3.0.0"}),
        ):
            folder = self.pack_that_needs(name, version, **needs)
            self.assertTrue(self.run_json("pack", "import", folder)["ok"])

        game = self.run_json("pack", "deps", "game")
        self.assertEqual(
            [(p["name"], p["version"], p["state"]) for p in game["packs"]],
            [("rules", "1.0.0", "ok"), ("world", "1.0.0", "ok"), ("base", "1.5.0", "ok")],
        )
        self.assertEqual(
            self.run_text("pack", "deps", "game").text,
            "game 1.0.0\n"
            "  rules ~1.0 → 1.0.0\n"
            "    base 1.x → 1.5.0\n"
            "  world * → 1.0.0\n"
            "    base ^1.0.0 || ^2.0.0 → 1.5.0\n",
        )
        self.assertIn("needs no other pack", self.run_text("pack", "deps", "base@1.0.0").text)

        clash = self.run_json("pack", "deps", "clash@1.0.0", code=1)
        self.assertEqual(codes(clash), ["SZ-DEPS-003"])
        said = clash["findings"][0]["message"]
        for word in ("“rules” 1.0.0 asks for 1.x", "“late” 1.0.0 asks for >=2"):
            self.assertIn(word, said)
        lost = self.run_json("pack", "deps", "lost", code=1)
        self.assertEqual(sorted(codes(lost)), ["SZ-DEPS-001", "SZ-DEPS-002"])
        self.assertIn("[missing]", self.run_text("pack", "deps", "lost", code=1).text)

        # Of a folder that is not installed, too; and who is not there is not found.
        folder = self.pack_that_needs("fresh", base="^2.0.0")
        self.assertEqual(self.run_json("pack", "deps", folder)["edges"][0]["version"], "2.0.0")
        self.assertEqual(self.error("pack", "deps", "nobody", code=1)["code"], "SZ-LIB-001")

    def test_a_draft_is_migrated(self):
        files = {
            "szpack.json": '{ "Id": "org.example.draft", "Name": "Draft", "Version": "0.1" }\n',
            "objects/datasets/things.json": '{\n\t"Name": "Things",\n\t"mine": [1,2],\n'
            '\t"Entries": { "sword": { "Name": "Sword" } }\n}\n',
        }
        draft = self.write_pack("draft", **files)
        self.run_json("pack", "validate", draft, code=1)
        said = self.run_text("pack", "migrate", draft, "--dry-run").text
        self.assertIn("/Entries/sword/Name: “Name” → “name”", said)
        self.assertIn("2 files would change.", said)
        for path, text in files.items():
            self.assertEqual((draft / path).read_text(), text)

        done = self.run_json("pack", "migrate", draft)
        self.assertEqual(done["files"], sorted(files, reverse=False))
        self.assertEqual(
            (draft / "objects/datasets/things.json").read_text(),
            '{\n\t"id": "things",\n\t"schemaVersion": "1.0.0",\n\t"szType": "dataset",\n'
            '\t"name": "Things",\n\t"mine": [1,2],\n'
            '\t"entries": { "sword": { "id": "sword", "name": "Sword" } }\n}\n',
        )
        self.assertEqual(codes(self.run_json("pack", "validate", draft)), ["SZ-PACK-016"])
        self.assertIn("Nothing to do", self.run_text("pack", "migrate", draft).text)
        self.assertEqual(
            sorted(p.name for p in draft.rglob("*") if p.is_file()), ["szpack.json", "things.json"]
        )

    def test_what_cannot_be_migrated_stays(self):
        newer = self.write_pack(
            "newer",
            **{
                "szpack.json": manifest(),
                "objects/datasets/old.json": {"id": "old"},
                "objects/datasets/things.json": dataset(schemaVersion="2.0.0"),
            },
        )
        before = (newer / "objects/datasets/old.json").read_text()
        refused = self.run_json("pack", "migrate", newer, code=1)
        self.assertEqual(codes(refused), ["SZ-MIGRATE-001"])
        self.assertIn("newer SessionZero", refused["findings"][0]["hint"])
        self.assertEqual((newer / "objects/datasets/old.json").read_text(), before)
        self.assertIn("Nothing was changed.", self.run_text("pack", "migrate", newer, code=1).text)
        self.assertEqual(
            self.error("pack", "migrate", self.folder / "none", code=3)["code"], "SZ-FILE-001"
        )

        # A folder around the pack is not the pack's.
        outer = self.folder / "outer"
        outer.mkdir()
        shutil.copytree(newer, outer / "newer")
        self.assertEqual(self.error("pack", "migrate", outer, code=1)["code"], "SZ-LIB-038")

    def test_our_own_packs_are_in_good_order(self):
        packs = sorted(p.parent for p in REPOSITORY.glob("packs/*/szpack.json"))
        self.assertGreaterEqual(len(packs), 3)
        # Those that others need first.
        packs.sort(key=lambda p: len(json.loads((p / "szpack.json").read_text())["dependencies"]))
        for pack in packs:
            self.run_json("pack", "import", pack)
            with self.subTest(pack.name):
                self.assertEqual(self.run_json("pack", "lint", pack, "--strict")["findings"], [])
                self.assertEqual(self.run_json("pack", "migrate", pack, "--dry-run")["files"], [])


if __name__ == "__main__":
    unittest.main()
