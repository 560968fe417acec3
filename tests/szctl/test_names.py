# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a person names instead of typing its id, and for whom a character is made."""
import unittest

from story import CampaignStory


class Names(CampaignStory):
    def setUp(self):
        super().setUp()
        self.begin()
        self.host = self.run_json("identity", "show")["client_id"]
        self.bo = self.run_json("identity", "new", "--name", "Bo's own")["client_id"]
        self.run_json("campaign", "member", self.campaign, self.bo, "--name", "Bo")

    def new(self, name, *more, code=0):
        words = ("--campaign", self.campaign, "--template", "Ember/hero", "--name", name, *more)
        return self.run_json("character", "new", *words, code=code)

    def listed(self, *more):
        answer = self.run_json("character", "list", "--campaign", self.campaign, *more)
        return {c["name"]: c["owner"] for c in answer["characters"]}

    def test_a_character_is_made_for_a_member_and_kept_from_another(self):
        self.new("Bran", "--owner", "bo")
        self.new("Secret", "--visibility", "gm")
        self.new("Cara", "--owner", self.bo)
        everything = {"Mira": self.host, "Bran": self.bo, "Secret": self.host, "Cara": self.bo}
        self.assertEqual(self.listed(), everything)
        del everything["Secret"]
        self.assertEqual(self.listed("--as", "Bo"), everything)
        unknown = self.new("Dara", "--owner", "Nobody", code=1)["error"]
        self.assertEqual(unknown["code"], "SZ-CLI-020")
        self.assertIn(f"szctl campaign members {self.campaign}", unknown["hint"])
        made = self.run_json(
            *("character", "new", "--campaign", "the long road", "--template", "Ember/hero"),
            *("--name", "Eda", "--owner", "Bo"),
        )
        self.assertEqual(self.run_json("character", "show", made["id"])["owner"], self.bo)

    def test_a_campaign_is_named_where_one_has_that_name(self):
        shown = self.run_json("campaign", "show", "The Long Road")
        self.assertEqual(shown["id"], self.campaign)
        self.assertEqual(
            self.run_json("character", "list", "--campaign", "the long road")["characters"][0]["id"],
            self.mira,
        )
        self.assertEqual(self.error("campaign", "log", "Short Road", code=1)["code"], "SZ-CLI-020")
        self.run_json("campaign", "remove", "The Long Road")
        self.assertEqual(
            self.error("campaign", "show", "The Long Road", code=1)["code"], "SZ-CLI-020"
        )
        self.run_json("campaign", "restore", "The Long Road")
        other = self.run_json(
            "campaign", "new", "--template", "Ember/evening", "--name", "The Long Road"
        )["id"]
        several = self.error("campaign", "show", "The Long Road", code=1)
        self.assertEqual(several["code"], "SZ-CLI-021")
        self.assertIn(self.campaign, several["hint"])
        self.assertIn(other, several["hint"])

    def test_an_export_takes_a_campaigns_name_too(self):
        file = self.folder / "road.szp"
        exported = self.run_json("campaign", "export", "The Long Road", "-o", file)
        self.assertEqual(exported["id"], self.campaign)

    def test_an_identity_is_used_by_its_name(self):
        self.run_json("identity", "use", "bo's own")
        self.assertEqual(self.run_json("identity", "show")["client_id"], self.bo)
        anew = self.run_json("identity", "new", "--name", "Anew")["client_id"]
        again = self.run_json("identity", "new", "--name", "Bo's own")["client_id"]
        several = self.error("identity", "use", "Bo's own", code=1)
        self.assertEqual(several["code"], "SZ-CLI-021")
        self.assertIn(self.bo, several["hint"])
        self.assertIn(again, several["hint"])
        self.assertEqual(self.error("identity", "use", "Nobody", code=1)["code"], "SZ-CLI-020")
        token = self.run_json("identity", "export", "Anew")["secret_token"]
        self.assertEqual(token, self.run_json("identity", "export", anew)["secret_token"])

    def test_a_value_is_explained_as_a_member_sees_it(self):
        words = ("character", "explain", self.mira)
        self.assertEqual(self.run_json(*words, "hits", "--as", "Bo")["text"], "10")
        self.error(*words, "secret", "--as", "Bo", code=1)
        self.assertEqual(self.error(*words, "hits", "--as", "Al", code=1)["code"], "SZ-CAMPAIGN-050")


if __name__ == "__main__":
    unittest.main()
