# SPDX-License-Identifier: AGPL-3.0-or-later
"""An evening from the command line: identity, campaign, character, changes, undo, verify."""
import os
import stat
import unittest

from story import CampaignStory


class Evening(CampaignStory):
    def test_what_was_changed_is_there_at_the_next_start(self):
        self.begin()
        self.do("hits", "add", "[-3]")
        self.do("core.stats.motto", "set", '["Onwards, 勇気"]')
        self.do("kit", "insert", '["sword"]')
        fields = self.fields()
        self.assertEqual(fields["core.stats.hits"], 7)
        self.assertEqual(fields["core.stats.motto"], "Onwards, 勇気")
        self.assertEqual([item["value"]["entryId"] for item in fields["core.stats.kit"]], ["sword"])
        listed = self.run_json("campaign", "list")["campaigns"]
        self.assertEqual(
            [(c["name"], c["characters"], c["ok"]) for c in listed], [("The Long Road", 1, True)]
        )
        self.assertEqual(
            self.run_json("character", "list", "--campaign", self.campaign)["characters"][0][
                "name"
            ],
            "Mira",
        )

    def test_the_log_goes_back_piece_by_piece(self):
        self.begin()
        for _ in range(3):
            self.do("hits", "add", "[-1]")
        newest = self.run_json("campaign", "log", self.campaign, "--limit", "2")
        self.assertEqual([e["index"] for e in newest["events"]], [5, 4])
        older = self.run_json("campaign", "log", self.campaign, "--before", "4")
        self.assertEqual([e["index"] for e in older["events"]], [3, 2, 1])
        said = self.run_text("campaign", "log", self.campaign, "--limit", "2").text
        self.assertIn(f"szctl campaign log {self.campaign} --limit 2 --before 4;", said)
        self.assertNotIn("--before", self.run_text("campaign", "log", self.campaign).text)
        self.error("campaign", "log", self.campaign, "--limit", "0", code=2)

    def test_undo_takes_one_change_back_and_keeps_what_came_after(self):
        self.begin()  # event 1: the campaign and its game master; event 2: the character
        self.do("hits", "add", "[-3]")
        self.do("hits", "add", "[-1]")
        self.run_json("campaign", "undo", self.campaign, "--event", 3)
        self.assertEqual(self.fields()["core.stats.hits"], 9)
        verified = self.run_json("campaign", "verify", self.campaign)
        self.assertTrue(verified["ok"])
        self.assertEqual(verified["events"], 5)  # what is taken back stays, and the undo is added

    def test_what_does_not_fit_is_refused_and_changes_nothing(self):
        self.begin()
        for path, operation, arguments, code in (
            ("hits", "set", '["many"]', 1),
            ("hits", "set", "[21]", 1),
            ("hits", "explode", "[]", 1),
            ("nothing", "set", "[1]", 1),
            ("hits", "set", "[", 2),
        ):
            error = self.error(
                "character", "do", self.mira, path, operation, arguments, code=code
            )
            self.assertTrue(error["message"].endswith("."), error)
        self.assertEqual(self.fields()["core.stats.hits"], 10)

    def test_an_outsider_does_not_get_the_secrets_of_the_game_master(self):
        self.begin()
        self.do("secret", "set", '["the king is dead"]')
        host = self.run_json("identity", "show")["client_id"]
        ada = self.run_json("identity", "new", "--name", "Ada")["client_id"]
        self.run_json("identity", "use", host)
        self.run_json("campaign", "member", self.campaign, ada, "--name", "Ada")
        shown = self.start("--json", "character", "show", self.mira, "--as", ada)
        self.assertEqual(shown.returncode, 0)
        self.assertNotIn("the king is dead", shown.stdout + shown.stderr)
        self.assertEqual(self.fields()["core.stats.secret"], "the king is dead")

    def test_an_identity_is_made_at_the_first_start_and_moves_by_its_token(self):
        mine = self.run_json("identity", "list")["identities"]
        self.assertEqual([one["active"] for one in mine], [True])
        self.assertTrue(mine[0]["client_id"].startswith("szid1"))
        token = self.run_json("identity", "export")["secret_token"]
        self.assertTrue(token.startswith("szsecret1"))
        self.assertEqual(stat.S_IMODE(os.stat(self.profile).st_mode), 0o700)
        kept = [file for file in (self.profile / "plugin-data").rglob("*") if file.is_file()]
        self.assertTrue(kept)
        for file in kept:
            self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600, file.name)

        first = self.profile
        self.profile = self.folder / "elsewhere"
        token_file = self.folder / "token"
        token_file.write_text(token + "\n")
        self.assertEqual(
            self.run_json("identity", "import", "--token-file", token_file)["client_id"],
            mine[0]["client_id"],
        )
        typo = "q" if token[20] != "q" else "p"
        token_file.write_text(token[:20] + typo + token[21:])
        self.profile = self.folder / "third"
        self.error("identity", "import", "--token-file", token_file, code=1)
        self.profile = first

    def test_a_passphrase_protects_the_secret(self):
        phrase = self.folder / "phrase"
        phrase.write_text("correct horse\n")
        made = self.run_json("identity", "new", "--name", "Safe", "--passphrase-file", phrase)[
            "client_id"
        ]
        wrong = self.folder / "wrong"
        wrong.write_text("correct hose\n")
        self.error("identity", "export", made, "--passphrase-file", wrong, code=3)
        self.assertTrue(
            self.run_json("identity", "export", made, "--passphrase-file", phrase)["secret_token"]
        )

    def test_the_demonstration_plays_to_its_end(self):
        answer = self.run_text("demo")
        self.assertIn("Wren Osk", answer.text)
        self.assertFalse(
            self.profile.exists(), "the demonstration touched a profile that is not its own"
        )


if __name__ == "__main__":
    unittest.main()
