# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a story of a campaign begins: a pack, a campaign, a character, and what is done with it."""
from szctl import SzctlTest, small_pack


class CampaignStory(SzctlTest):
    def begin(self, pack=None):
        """Event 1: the campaign and its game master; event 2: Mira."""
        self.run_json("pack", "import", self.write_pack("ember", **(pack or small_pack())))
        self.campaign = self.run_json(
            "campaign", "new", "--template", "Ember/evening", "--name", "The Long Road"
        )["id"]
        self.mira = self.make("Mira")

    def make(self, name, template="Ember/hero"):
        words = ["--campaign", self.campaign, "--template", template, "--name", name]
        return self.run_json("character", "new", *words)["id"]

    def do(self, path, operation, arguments="[]", code=0):
        return self.run_json("character", "do", self.mira, path, operation, arguments, code=code)

    def shown_fields(self):
        return self.run_json("character", "show", self.mira)["fields"]

    def fields(self):
        return {path: field["value"] for path, field in self.shown_fields().items()}
