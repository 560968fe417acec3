# SPDX-License-Identifier: AGPL-3.0-or-later
"""Identities whose files are damaged, and passphrases that are none."""
import unittest

from szctl import SzctlTest, small_pack


class Damaged(SzctlTest):
    def setUp(self):
        super().setUp()
        self.first = self.run_json("identity", "show")["client_id"]
        self.folder_of_identities = self.profile / "plugin-data" / "org.sessionzero.identity-local"
        self.file = self.folder_of_identities / f"{self.first}.json"

    def files(self):
        return {p.name: p.read_bytes() for p in self.folder_of_identities.iterdir()}

    def identities(self):
        return self.run_json("identity", "list")["identities"]

    def notices(self):
        return self.run_json("call", "app.info")["notices"]

    def test_no_new_identity_takes_the_place_of_a_damaged_one(self):
        self.run_json("pack", "import", self.write_pack("ember", **small_pack()))
        campaign = self.run_json(
            "campaign", "new", "--template", "Ember/evening", "--name", "The Long Road"
        )["id"]
        self.file.write_bytes(b"")
        before = self.files()
        self.assertEqual(self.identities(), [])
        self.assertEqual(self.files(), before)
        (notice,) = self.notices()
        self.assertEqual(notice["code"], "SZ-IDENTITY-011")
        self.assertIn("There is no identity to play with", notice["message"])
        self.assertIn(self.file.name, notice["message"])
        for way in ("from a copy", "szctl identity import", "szctl identity new"):
            self.assertIn(way, notice["hint"])
        self.assertIn("SZ-IDENTITY-011", self.run_text("identity", "list").words)
        self.assertEqual(self.run_json("campaign", "show", campaign)["name"], "The Long Road")
        refused = self.error("campaign", "rename", campaign, "The Short Road", code=1)
        self.assertEqual(refused["code"], "SZ-IDENTITY-001")
        self.assertIn("szctl identity import", refused["hint"])

    def test_a_file_that_is_gone_is_not_replaced_either(self):
        self.file.unlink()
        before = self.files()
        self.assertEqual(self.identities(), [])
        self.assertEqual(self.files(), before)
        self.assertEqual([n["code"] for n in self.notices()], ["SZ-IDENTITY-017"])

    def test_a_copy_or_the_secret_token_brings_the_identity_back(self):
        good = self.file.read_bytes()
        token = self.folder / "token"
        token.write_text(self.run_json("identity", "export")["secret_token"])
        self.file.write_bytes(b"{")
        self.assertEqual(self.identities(), [])
        self.file.write_bytes(good)
        self.assertEqual(self.run_json("identity", "show")["client_id"], self.first)
        self.file.write_bytes(b"{")
        self.run_json("identity", "import", "--token-file", token)
        self.assertEqual(self.run_json("identity", "show")["client_id"], self.first)
        self.assertEqual(self.notices(), [])

    def test_a_new_one_is_made_on_purpose_and_is_active(self):
        self.file.write_bytes(b"{")
        made = self.run_json("identity", "new", "--name", "Anew")["client_id"]
        self.assertEqual(self.run_json("identity", "show")["client_id"], made)
        self.assertEqual(self.file.read_bytes(), b"{")

    def test_no_other_identity_becomes_active_in_place_of_a_damaged_one(self):
        other = self.run_json("identity", "new", "--name", "Other")["client_id"]
        self.file.write_bytes(b"{")
        before = self.files()
        left = [(i["client_id"], i["active"]) for i in self.identities()]
        self.assertEqual(left, [(other, False)])
        self.assertEqual(self.files(), before)
        self.assertEqual(
            [n["code"] for n in self.notices()], ["SZ-IDENTITY-011", "SZ-IDENTITY-017"]
        )
        self.assertEqual(self.error("identity", "show", code=1)["code"], "SZ-IDENTITY-001")
        self.run_json("identity", "use", other)
        self.assertEqual(self.run_json("identity", "show")["client_id"], other)

    def test_a_damaged_identity_that_is_not_active_is_told(self):
        other = self.run_json("identity", "new", "--name", "Other")["client_id"]
        self.run_json("identity", "use", other)
        self.file.write_bytes(b"{")
        self.assertEqual([n["code"] for n in self.notices()], ["SZ-IDENTITY-011"])
        self.assertEqual(self.run_json("identity", "show")["client_id"], other)


class EmptyPassphrases(SzctlTest):
    def setUp(self):
        super().setUp()
        self.empty = self.folder / "empty"
        self.empty.write_text("\n")
        self.phrase = self.folder / "phrase"
        self.phrase.write_text("correct horse\n")

    def refused(self, *words):
        error = self.error(*words, code=2)
        self.assertEqual(error["code"], "SZ-CLI-013")
        self.assertIn("--remove", error["hint"])

    def test_an_empty_file_makes_no_unprotected_identity(self):
        before = self.run_json("identity", "list")
        token = self.folder / "token"
        token.write_text(self.run_json("identity", "export")["secret_token"])
        self.refused("identity", "new", "--name", "X", "--passphrase-file", self.empty)
        self.refused("identity", "new", "--name", "X", "--protect", "--passphrase-file", self.empty)
        self.refused("identity", "import", "--token-file", token, "--passphrase-file", self.empty)
        self.assertEqual(self.run_json("identity", "list"), before)

    def test_an_empty_file_takes_no_protection_away(self):
        self.refused("identity", "passphrase", "--new-passphrase-file", self.empty)
        self.run_json("identity", "passphrase", "--new-passphrase-file", self.phrase)
        known = ("identity", "passphrase", "--passphrase-file", self.phrase)
        self.refused(*known, "--new-passphrase-file", self.empty)
        self.assertTrue(self.run_json("identity", "show")["protected"])
        self.run_json(*known, "--remove")
        self.assertFalse(self.run_json("identity", "show")["protected"])

    def test_enter_alone_at_the_question_is_refused(self):
        before = self.run_json("identity", "list")
        code, words, _ = self.at_a_terminal("New passphrase: ", "\n", "identity", "new", "--protect")
        self.assertEqual(code, 2, words)
        self.assertIn("SZ-CLI-013", words)
        self.assertEqual(self.run_json("identity", "list"), before)


if __name__ == "__main__":
    unittest.main()
