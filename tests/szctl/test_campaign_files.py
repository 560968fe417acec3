# SPDX-License-Identifier: AGPL-3.0-or-later
"""A campaign's file: handed to another machine, copied, brought back, damaged, repaired."""
import json
import os
import sqlite3
import unittest
import zipfile
from pathlib import Path

from story import CampaignStory
from szctl import small_pack


class CampaignFiles(CampaignStory):
    def setUp(self):
        super().setUp()
        self.begin()
        self.hits(-1)
        self.hits(-2)  # event 4
        self.archive = self.folder / "road.szp"

    def hits(self, change, code=0):
        return self.do("hits", "add", f"[{change}]", code=code)

    def shown(self):
        return self.run_json("campaign", "show", self.campaign)

    def file(self):
        return self.profile / "campaigns" / f"{self.campaign}.sqlite"

    def export(self, *more):
        return self.run_json("campaign", "export", self.campaign, "-o", self.archive, *more)

    def other_machine(self, with_identity=True):
        """From here on szctl works in another profile, with the same identity or one of its own."""
        token = self.run_json("identity", "export")["secret_token"]
        self.profile = self.folder / "elsewhere"
        if with_identity:
            file = self.folder / "token"
            file.write_text(token + "\n")
            mine = self.run_json("identity", "import", "--token-file", file)["client_id"]
            self.run_json("identity", "use", mine)

    def test_a_game_master_takes_the_campaign_to_another_machine_and_back(self):
        here = self.profile
        before = self.shown()
        exported = self.export()
        self.assertTrue(exported["sealed"])
        self.assertEqual((exported["events"], exported["head"]), (4, before["head"]))

        self.other_machine()
        imported = self.run_json("campaign", "import", self.archive)
        self.assertEqual(imported["state"], "new")
        self.assertTrue(imported["host_is_here"])
        self.assertEqual(self.shown(), before)
        self.assertTrue(self.run_json("campaign", "verify", self.campaign)["ok"])
        self.hits(-3)
        self.archive = self.folder / "back.szp"
        self.export()

        self.profile = here
        back = self.run_json("campaign", "import", self.archive)
        self.assertEqual((back["state"], back["events"]), ("continued", 5))
        self.assertTrue(Path(back["kept"]).is_file())
        self.assertEqual(
            self.run_json("character", "show", self.mira)["fields"]["core.stats.hits"][
                "value"
            ],
            4,
        )
        self.hits(1)
        self.assertTrue(self.run_json("campaign", "verify", self.campaign)["ok"])
        # The older one is behind now, and what was there twice is nothing to do.
        self.assertEqual(self.refused(self.folder / "road.szp"), "SZ-CAMPAIGN-063")

    def refused(self, file, *more):
        answer = self.run_json("campaign", "import", file, *more, code=1)
        self.assertFalse(answer["ok"])
        self.assertTrue(answer["findings"][0]["hint"], answer)
        return answer["findings"][0]["code"]

    def test_the_same_campaign_gives_the_same_bytes(self):
        first = self.export()["sha256"]
        self.assertEqual(self.export("--force")["sha256"], first)
        self.assertEqual(
            self.run_json("campaign", "export", self.campaign, "-o", self.archive, code=1)["error"][
                "code"
            ],
            "SZ-LIB-023",
        )
        self.other_machine()
        self.run_json("campaign", "import", self.archive)
        self.archive = self.folder / "second.szp"
        self.assertEqual(self.export()["sha256"], first)

    def test_whoever_is_not_the_host_may_read_and_not_change(self):
        self.export()
        self.other_machine(with_identity=False)
        imported = self.run_json("campaign", "import", self.archive)
        self.assertFalse(imported["host_is_here"])
        self.assertIn("SZ-CAMPAIGN-072", [f["code"] for f in imported["findings"]])
        self.assertEqual(self.shown()["name"], "The Long Road")
        self.assertTrue(self.run_json("campaign", "verify", self.campaign)["ok"])
        denied = self.error("character", "do", self.mira, "hits", "add", "[1]", code=3)
        self.assertEqual(denied["code"], "SZ-CAMPAIGN-069")
        self.assertIn("szctl identity import", denied["hint"])
        # What they pass on is not sealed.
        self.archive = self.folder / "passed-on.szp"
        self.assertFalse(self.export()["sealed"])

    def test_two_machines_that_both_played_on_are_not_joined(self):
        here = self.profile
        self.export()
        self.other_machine()
        self.run_json("campaign", "import", self.archive)
        self.hits(-3)
        self.archive = self.folder / "back.szp"
        self.export()
        self.profile = here
        self.hits(1)
        self.hits(1)
        head = self.shown()["head"]
        self.assertEqual(self.refused(self.archive), "SZ-CAMPAIGN-064")
        self.assertEqual(self.shown()["head"], head)
        replaced = self.run_json("campaign", "import", self.archive, "--force")
        self.assertEqual((replaced["state"], replaced["events"]), ("replaced", 5))
        # Nothing is lost: the other history is among the copies, and can be brought back.
        kept = self.run_json("campaign", "import", replaced["kept"], "--force")
        self.assertEqual((kept["events"], self.shown()["head"]), (6, head))

    def changed_archive(self, path, change):
        hostile = self.folder / "hostile.szp"
        with zipfile.ZipFile(self.archive) as old, zipfile.ZipFile(
            hostile, "w", zipfile.ZIP_DEFLATED
        ) as new:
            for name in old.namelist():
                data = old.read(name)
                new.writestr(name, change(data) if name == path else data)
        return hostile

    def test_a_hostile_session_datapack_leaves_nothing_behind(self):
        self.export()
        self.other_machine()
        ledger = "campaign/ledger-0001.jsonl"
        for path, change, code in (
            (ledger, lambda data: data.replace(b"Mira", b"Mara"), "SZ-CAMPAIGN-062"),
            (ledger, lambda data: data[: data.rfind(b"\n", 0, -1) + 1], "SZ-CAMPAIGN-062"),
            (ledger, lambda data: b"", "SZ-CAMPAIGN-068"),
            (
                "campaign/verdicts-0001.jsonl",
                lambda data: data[: data.rfind(b"\n", 0, -1) + 1],
                "SZ-CAMPAIGN-062",
            ),
            (
                "campaign/seal.json",
                lambda data: data.replace(b'\\"events\\":4', b'\\"events\\":5'),
                "SZ-CAMPAIGN-071",
            ),
            (
                "szpack.json",
                lambda data: data.replace(b'"session"', b'"content"'),
                "SZ-CAMPAIGN-060",
            ),
            ("campaign/campaign.json", lambda data: b"{}", "SZ-CAMPAIGN-060"),
        ):
            self.assertEqual(self.refused(self.changed_archive(path, change)), code, path)
        self.assertEqual(self.run_json("campaign", "list")["campaigns"], [])
        self.assertEqual([f.name for f in (self.profile / "campaigns").iterdir()], [])
        broken = self.folder / "broken.szp"
        broken.write_bytes(self.archive.read_bytes()[:1000])
        self.assertTrue(self.refused(broken).startswith("SZ-SZP-"))
        self.error("campaign", "import", self.folder / "missing.szp", code=3)

    def test_a_session_datapack_is_not_for_the_library(self):
        self.export()
        for command in ("import", "validate"):
            verdict = self.run_json("pack", command, self.archive, code=1)
            self.assertEqual([f["code"] for f in verdict["findings"]], ["SZ-PACK-029"])
            self.assertIn("szctl campaign import", verdict["findings"][0]["hint"])
        content = self.run_json("campaign", "import", self.write_pack("p2", **small_pack()), code=1)
        self.assertIn("szctl pack import", content["findings"][0]["hint"])

    def test_copies_are_made_listed_and_brought_back(self):
        listed = self.run_json("campaign", "backups", self.campaign)["backups"]
        self.assertEqual([c["kind"] for c in listed], ["copy"])  # of the first moment
        made = self.run_json("campaign", "backups", self.campaign, "--now")["backups"]
        self.assertEqual(made[0]["events"], 4)
        self.assertEqual(len(made), 2)
        self.assertEqual(os.path.getsize(made[0]["file"]), made[0]["bytes"])
        again = self.run_json("campaign", "backups", self.campaign, "--now")["backups"]
        self.assertEqual(again, made)  # nothing has happened since
        self.hits(-3)
        said = self.run_text("campaign", "backups", self.campaign).text
        self.assertIn("szctl campaign import /", said)
        self.assertEqual(self.refused(made[0]["file"]), "SZ-CAMPAIGN-063")
        back = self.run_json("campaign", "import", made[0]["file"], "--force")
        self.assertEqual((back["state"], back["events"]), ("replaced", 4))
        self.hits(-1)
        self.assertTrue(self.run_json("campaign", "verify", self.campaign)["ok"])
        self.error("campaign", "backups", "7b0c7a52-7f0e-4d0a-9a2e-2f1f3f0f9b10", code=1)

    def damage(self, statement):
        with sqlite3.connect(self.file()) as database:
            database.execute(statement)
        database.close()

    def repaired(self, content):
        """What a repair makes of an archive: its result, or the codes of a refusal."""
        torn, fixed = self.folder / "torn.szp", self.folder / "fixed.sqlite"
        torn.write_bytes(content)
        fixed.unlink(missing_ok=True)
        answer = self.start("--json", "campaign", "repair", torn, "-o", fixed)
        self.assertIn(answer.returncode, (0, 1), answer.stderr)
        self.assertEqual(fixed.exists(), answer.returncode == 0)
        return json.loads(answer.stdout)

    def test_a_torn_archive_gives_the_events_that_can_be_read(self):
        self.export()
        whole = self.archive.read_bytes()
        before = 0
        for cut in range(0, len(whole), len(whole) // 12):
            result = self.repaired(whole[:cut])
            codes = [finding["code"] for finding in result["findings"]]
            if not result["ok"]:
                self.assertEqual((before, codes), (0, ["SZ-CAMPAIGN-068"]), cut)
                continue
            self.assertEqual(codes, ["SZ-CAMPAIGN-074"])
            self.assertFalse(result["whole"])
            self.assertGreaterEqual(result["events"], before)
            self.assertEqual(result["events"] + result["lost"], 4)
            before = result["events"]
        self.assertEqual(before, 4)
        for place in range(7, len(whole), len(whole) // 12):
            damaged = bytearray(whole)
            damaged[place] ^= 0xFF
            result = self.repaired(bytes(damaged))
            codes = [finding["code"] for finding in result["findings"]]
            self.assertIn(codes[:1], ([], ["SZ-CAMPAIGN-074"], ["SZ-CAMPAIGN-068"]), place)
            self.assertEqual(result["ok"], "SZ-CAMPAIGN-068" not in codes, place)

        # Cut within the ledger: events are lost, and what is saved goes on.
        with zipfile.ZipFile(self.archive) as archive:
            ledger = archive.getinfo("campaign/ledger-0001.jsonl")
        cut = ledger.header_offset + ledger.compress_size * 3 // 4
        result = self.repaired(whole[:cut])
        self.assertTrue(0 < result["events"] < 4)
        self.assertEqual(result["fault"]["index"], result["events"] + 1)
        imported = self.run_json(
            "campaign", "import", self.folder / "fixed.sqlite", "--force", code=0
        )
        self.assertEqual(imported["events"], result["events"])
        self.assertTrue(self.run_json("campaign", "verify", self.campaign)["ok"])

    def test_a_torn_archive_of_a_pack_is_refused_as_that(self):
        built = self.folder / "ember.szp"
        self.run_json("pack", "build", self.write_pack("p3", **small_pack()), "-o", built)
        result = self.repaired(built.read_bytes()[:-30])
        self.assertEqual([f["code"] for f in result["findings"]], ["SZ-CAMPAIGN-060"])

    def test_a_damaged_campaign_says_what_to_do_and_is_repaired(self):
        self.damage("UPDATE parts SET audience = 'gm' WHERE event = 3 AND n = 1")
        self.damage("DELETE FROM cache")
        damaged = self.error("campaign", "show", self.campaign, code=3)
        self.assertEqual(damaged["code"], "SZ-CAMPAIGN-002")
        self.assertIn("szctl campaign repair", damaged["hint"])
        self.assertIn("szctl campaign backups", damaged["hint"])
        before = self.file().read_bytes()

        fixed = self.folder / "fixed.sqlite"
        repaired = self.run_json("campaign", "repair", self.file(), "-o", fixed)
        self.assertEqual((repaired["events"], repaired["lost"]), (2, 2))
        self.assertEqual((repaired["fault"]["index"], repaired["later_readable"]), (3, 2))
        self.assertFalse(repaired["whole"])
        self.assertEqual(self.file().read_bytes(), before)
        self.error("campaign", "repair", self.file(), "-o", fixed, code=1)  # it is there
        said = self.run_text("campaign", "repair", self.file(), "-o", fixed, "--force").text
        self.assertIn("is the first that does not hold", said)
        self.assertIn("szctl campaign import", said)

        imported = self.run_json("campaign", "import", fixed)
        self.assertEqual((imported["state"], imported["events"]), ("repaired", 2))
        self.hits(-3)
        self.assertTrue(self.run_json("campaign", "verify", self.campaign)["ok"])
        kinds = [c["kind"] for c in self.run_json("campaign", "backups", self.campaign)["backups"]]
        self.assertIn("damaged", kinds)

    def test_a_repair_works_anywhere_and_takes_archives_too(self):
        self.export()
        torn = self.changed_archive(
            "campaign/ledger-0001.jsonl", lambda data: data.replace(b'"index":4', b'"index":x')
        )
        self.profile = self.folder / "empty"
        fixed = self.folder / "fixed.sqlite"
        repaired = self.run_json("campaign", "repair", torn, "-o", fixed)
        self.assertEqual((repaired["events"], repaired["lost"]), (3, 1))
        self.assertEqual(self.run_json("campaign", "import", fixed)["state"], "new")
        letter = self.folder / "letter.sqlite"
        letter.write_text("Dear Mira,\n" * 1000)
        answer = self.run_json(
            "campaign", "repair", letter, "-o", self.folder / "no.sqlite", code=1
        )
        self.assertTrue(answer["findings"][0]["hint"])
        self.assertFalse((self.folder / "no.sqlite").exists())

    def test_exported_words_say_that_the_secrets_are_in_it(self):
        said = self.run_text("campaign", "export", self.campaign, "-o", self.archive).text
        self.assertIn("secrets", said)
        self.assertIn("szctl identity export", said)
        secret = self.run_json("identity", "export")["secret_token"]
        with zipfile.ZipFile(self.archive) as archive:
            for name in archive.namelist():
                self.assertNotIn(secret.encode(), archive.read(name))
            self.assertEqual(json.loads(archive.read("szpack.json"))["packType"], "session")


if __name__ == "__main__":
    unittest.main()
