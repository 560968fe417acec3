# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nonsense from the command line: each gets an error with a way out and a defined exit code."""
import json
import os
import signal
import subprocess
import unittest
import zipfile

from szctl import PROGRAM, SzctlTest, dataset, evening, hero, manifest, small_pack


class Faults(SzctlTest):
    def test_usage_is_exit_code_2(self):
        for words in (
            ("frobnicate",),
            ("pack", "frobnicate"),
            ("pack", "validate"),
            ("pack", "list", "one-too-many"),
            ("pack", "list", "--nonsense"),
            ("library", "search", "x", "--limit", "minus"),
            ("campaign", "new", "--name", "X"),
            ("call", "no.such.method"),
            ("library", "search", "x", "--limit", "1001"),
            ("campaign", "log", "x", "--limit", "501"),
            ("campaign", "log", "x", "--limit", "0"),
            ("library", "templates", "--kind", "bogus"),
            ("call", "pack.list", '{"bad":1}'),
            ("call", "pack.list", "{"),
            ("call", "pack.list", "[]"),
        ):
            self.error(*words, code=2)
        self.assertEqual(subprocess.run([PROGRAM], capture_output=True).returncode, 2)

    def test_usage_names_what_may_be_typed(self):
        for words, said in (
            (("campaign", "log", "x", "--limit", "501"), "a whole number from 1 to 500, not '501'"),
            (("library", "search", "x", "--limit", "0"), "a whole number from 1 to 1000, not '0'"),
            (("call", "pack.list", "{"), "not a JSON object: The text ends"),
            (("call", "pack.list", "[]"), "not a JSON object"),
        ):
            self.assertIn(said, self.error(*words, code=2)["message"])
        hint = self.error("call", "library.search", "lantern", code=2)["hint"]
        self.assertIn("""'{"text": "lantern"}'""", hint)
        kinds = self.error("library", "templates", "--kind", "bogus", code=2)["hint"]
        self.assertIn("session-template and character-template", kinds)

    def test_whoever_stops_reading_is_told_nothing(self):
        for words in (("call", "field.types"), ("pack", "formats", "--json"), ("help",)):
            for default in (True, False):  # with the signal that ends a program, and without
                reads, writes = os.pipe()
                os.close(reads)
                done = subprocess.run(
                    [PROGRAM, "--profile", self.profile, *words],
                    stdout=writes,
                    stderr=subprocess.PIPE,
                    text=True,
                    restore_signals=default,
                )
                os.close(writes)
                self.assertEqual(done.stderr, "", words)
                self.assertIn(done.returncode, (0, -signal.SIGPIPE), words)

    def test_a_word_that_is_not_utf_8_is_refused_in_words(self):
        for words in (
            (b"call", b"foo\xff"),
            (b"call", b"pack.list", b'{"\xff":1}'),
            (b"x\xff",),
            (b"pack", b"validate", b"/tmp/\xff"),
            (b"pack", b"list", b"--profile", b"\xff"),
        ):
            error = self.error(*map(os.fsdecode, words), code=2)
            self.assertEqual(error["code"], "SZ-CLI-014")
            self.assertIn("\ufffd", error["message"])

    def test_a_path_in_a_folder_whose_name_is_not_utf_8_is_refused_in_words(self):
        folder = os.fsencode(self.folder) + b"/\xff"
        os.mkdir(folder)
        done = subprocess.run(
            [PROGRAM, "--profile", self.profile, "--json", "pack", "validate", "here"],
            cwd=folder,
            capture_output=True,
            text=True,
        )
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(json.loads(done.stdout)["error"]["code"], "SZ-CLI-014")

    def test_an_answer_with_a_name_that_is_not_utf_8_is_printed(self):
        profile = os.fsencode(self.folder) + b"/\xff"
        for extra in ([], ["--json"]):
            done = subprocess.run(
                [PROGRAM, "call", "app.info", *extra],
                env={**os.environ, "SESSIONZERO_PROFILE": os.fsdecode(profile)},
                capture_output=True,
                text=True,
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(json.loads(done.stdout)["profile"].endswith("/\ufffd"))

    def test_help_is_not_an_error(self):
        self.assertIn("pack import", self.run_text("help").text)
        self.assertIn("--output", self.run_text("help", "pack", "build").text)
        self.assertIn("--output", self.run_text("pack", "build", "--help").text)
        self.assertIn("complete -F", self.run_text("completion").text)
        completed = subprocess.run(
            ["bash", "-n"], input=self.run_text("completion").text, text=True
        )
        self.assertEqual(completed.returncode, 0)

    def test_what_is_not_there_is_said_so(self):
        self.error("pack", "import", self.folder / "missing.szp", code=3)
        self.error("pack", "show", "No Such Pack", code=1)
        self.error("campaign", "show", "7b0c7a52-7f0e-4d0a-9a2e-2f1f3f0f9b10", code=1)
        self.error("character", "show", "7b0c7a52-7f0e-4d0a-9a2e-2f1f3f0f9b10", code=1)
        self.error("character", "show", "nonsense", code=2)

    def test_broken_and_hostile_archives_leave_nothing_behind(self):
        before = self.run_json("pack", "list")
        broken = self.folder / "broken.szp"
        broken.write_bytes(b"PK\x03\x04 this is no archive")
        hostile = self.folder / "hostile.szp"
        with zipfile.ZipFile(hostile, "w") as archive:
            archive.writestr("szpack.json", json.dumps(manifest()))
            archive.writestr("../../escaped.json", "{}")
        for path in (broken, hostile):
            verdict = self.run_json("pack", "import", path, code=1)
            self.assertFalse(verdict["ok"])
            self.assertTrue(
                any(f["severity"] == "error" and f["hint"] for f in verdict["findings"]), verdict
            )
        self.assertEqual(self.run_json("pack", "list"), before)
        self.assertFalse(list(self.folder.rglob("escaped.json")))

    def test_ten_faults_are_all_reported_each_at_its_line(self):
        things = json.dumps(dataset(), indent=2).replace('"value": 10', '"value": "ten"')
        template = hero()
        template["sections"][0]["groups"][0]["fields"] += [
            {"id": "hits", "name": "Hits Again", "type": "Number"},
            {"id": "odd", "name": "Odd", "type": "NoSuchType"},
            {"id": "bad", "name": "Bad", "type": "Boolean", "defaultValue": 7},
            {
                "id": "lost",
                "name": "Lost",
                "type": "List",
                "datasetLink": {
                    "datapackId": manifest()["id"],
                    "datasetId": "nowhere",
                    "version": "1.0.0",
                },
            },
        ]
        session = evening()
        session["characterTemplateLink"]["templateId"] = "nobody"
        session["requiredDatasets"].append(
            {
                "datapackId": "7b0c7a52-7f0e-4d0a-9a2e-2f1f3f0f9b10",
                "datasetId": "x",
                "version": "1.0.0",
            }
        )
        pack = self.write_pack(
            "faulty",
            **{
                "szpack.json": manifest(version="one"),
                "objects/datasets/things.json": things,
                "objects/datasets/wrong-name.json": dataset(id="other"),
                "objects/character-templates/hero.json": template,
                "objects/session-templates/evening.json": session,
                "objects/datasets/torn.json": '{\n  "id": "torn",\n',
            }
        )
        verdict = self.run_json("pack", "validate", pack, code=1)
        errors = [f for f in verdict["findings"] if f["severity"] == "error"]
        places = {(f["file"].split("/")[-1], f["line"]) for f in errors}

        def line(name, text, last=False):
            lines = next(pack.rglob(name)).read_text().splitlines()
            found = [n for n, content in enumerate(lines, 1) if text in content]
            return found[-1 if last else 0]

        wanted = [
            ("szpack.json", line("szpack.json", '"version"')),
            ("things.json", line("things.json", '"ten"')),
            ("wrong-name.json", line("wrong-name.json", '"id"')),
            ("hero.json", line("hero.json", "NoSuchType")),
            ("hero.json", line("hero.json", '"defaultValue": 7')),
            ("hero.json", line("hero.json", '"datasetLink"', True)),
            ("evening.json", line("evening.json", '"characterTemplateLink"')),
            ("hero.json", line("hero.json", '"id": "hits"', True)),
            ("torn.json", 3),
        ]
        missing = [place for place in wanted if place not in places]
        self.assertEqual(missing, [], json.dumps(errors, indent=1))
        self.assertTrue(
            any(
                f["file"].endswith("evening.json") and "7b0c7a52" in json.dumps(f)
                for f in verdict["findings"]
            )
        )
        self.assertTrue(all(f["code"].startswith("SZ-") and f["message"] for f in errors))
        self.assertGreaterEqual(len(errors), 10)

    def test_a_damaged_campaign_does_not_hide_the_others(self):
        self.run_json("pack", "import", self.write_pack("ember", **small_pack()))
        first = self.run_json("campaign", "new", "--template", "Ember/evening", "--name", "First")[
            "id"
        ]
        second = self.run_json(
            "campaign", "new", "--template", "Ember/evening", "--name", "Second"
        )["id"]
        files = [f for f in (self.profile / "campaigns").iterdir() if first in f.name]
        for file in files:
            file.write_bytes(b"this was a campaign")
        listed = {c["id"]: c for c in self.run_json("campaign", "list")["campaigns"]}
        self.assertFalse(listed[first]["ok"])
        self.assertTrue(listed[first]["reason"])
        self.assertTrue(listed[second]["ok"])
        self.assertTrue(all(f.exists() for f in files))

    def test_a_corrupt_profile_is_explained_and_nothing_is_deleted(self):
        self.run_json("identity", "list")
        (self.profile / "profile.json").write_text("{ this is not JSON")
        error = self.error("identity", "list", code=3)
        self.assertTrue(error["hint"])
        self.assertTrue((self.profile / "profile.json").exists())

    def test_lost_decisions_about_plugins_are_told(self):
        self.run_json("plugin", "disable", "org.sessionzero.pack-open5e")
        (self.profile / "trust.json").write_text("{bad")
        said = self.run_text("plugin", "list")
        self.assertIn("SZ-PLUGIN-018", said.words)
        self.assertEqual((self.profile / "trust.json.damaged").read_text(), "{bad")

    def test_a_result_that_cannot_be_written_is_exit_code_3(self):
        words = [PROGRAM, "--profile", self.profile, "pack", "list"]
        for extra in ([], ["--json"]):
            with open("/dev/full", "w") as full:
                done = subprocess.run(words + extra, stdout=full, stderr=subprocess.PIPE, text=True)
            self.assertEqual(done.returncode, 3)
            self.assertIn("could not be written", done.stderr)

    def test_json_is_one_document_whatever_was_typed(self):
        for words, key in (
            ([], "error"),
            (["--profile"], "error"),
            (["help"], "text"),
            (["help", "nonsense"], "error"),
            (["pack", "list", "--help"], "text"),
        ):
            done = subprocess.run([PROGRAM, "--json", *words], capture_output=True, text=True)
            self.assertIn(key, json.loads(done.stdout), words)

    def test_ctrl_c_at_a_question_leaves_the_terminal_as_it_was(self):
        for _ in range(5):  # it may come before the program has begun to wait, or after
            code, shown, echoes = self.at_a_terminal("Secret Token: ", "\x03", "identity", "import")
            self.assertEqual(code, 3, shown)
            self.assertIn("SZ-CLI-010", shown)
            self.assertTrue(echoes)

    def test_a_corrupt_library_index_is_rebuilt_from_the_packs(self):
        self.run_json("pack", "import", self.write_pack("ember", **small_pack()))
        before = self.run_json("pack", "list")
        (self.profile / "library.sqlite").write_bytes(b"nonsense" * 1000)
        after = self.run_json("pack", "list")
        self.assertEqual({p["id"] for p in before["packs"]}, {p["id"] for p in after["packs"]})
        self.assertTrue(self.run_json("library", "search", "sword")["hits"])


if __name__ == "__main__":
    unittest.main()
