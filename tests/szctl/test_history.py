# SPDX-License-Identifier: AGPL-3.0-or-later
"""The history of a campaign from the command line: snapshots, restore, redo, log, diff, recap."""
import unittest

from story import CampaignStory


class History(CampaignStory):
    def on(self, command, *words, code=0):
        return self.run_json("campaign", command, self.campaign, *words, code=code)

    def refused(self, command, *words, code=1):
        return self.error("campaign", command, self.campaign, *words, code=code)["code"]

    def hits(self):
        return self.fields()["core.stats.hits"]

    def names(self):
        listed = self.run_json("character", "list", "--campaign", self.campaign)
        return [c["name"] for c in listed["characters"]]

    def test_a_fight_that_went_wrong_is_played_again(self):
        self.begin()
        self.do("motto", "set", '["Onwards"]')  # 3
        kept = self.on("snapshot", "--note", "before the dragon")
        self.assertEqual((kept["snapshot"], kept["event"], kept["kind"]), ("s1", 3, "hand"))
        self.do("hits", "add", "[-9]")  # 4
        self.do("motto", "set", '["Run"]')  # 5
        self.make("Wolf")  # 6
        self.assertEqual(
            [s for sheet in self.on("diff", "s1", "now")["sheets"] for s in sheet["sentences"]],
            [
                "Mira’s Hits went from 10 to 1.",
                "Mira’s Motto changed from “Onwards” to “Run”.",
                "“Wolf” is new.",
            ],
        )

        restored = self.on("restore", "s1")  # 7
        self.assertEqual((restored["event"], restored["restored"]), (7, 3))
        self.assertEqual((self.hits(), self.names()), (10, ["Mira"]))
        nothing = self.on("diff", "s1", "now")
        self.assertEqual((nothing["members"], nothing["sheets"]), ([], []))
        said = self.run_text("campaign", "log", self.campaign, "--limit", "1").text
        self.assertIn("took the campaign back to how it was after event 3: ", said)
        # The moment before it was kept by itself.
        listed = self.on("snapshots")["snapshots"]
        self.assertEqual(
            [(s["snapshot"], s["event"], s["kind"], s["note"]) for s in listed],
            [("s2", 6, "restore", ""), ("s1", 3, "hand", "before the dragon")],
        )
        self.assertEqual(self.refused("restore", "s1"), "SZ-CAMPAIGN-095")

        # It was no good idea after all.
        self.on("undo")  # 8
        self.assertEqual((self.hits(), self.names()), (1, ["Mira", "Wolf"]))
        self.assertEqual(self.on("redo")["redone"], 7)  # 9
        self.assertEqual((self.hits(), self.names()), (10, ["Mira"]))
        proof = self.on("verify")
        self.assertEqual((proof["ok"], proof["events"]), (True, 9))
        self.assertEqual(self.on("snapshots", "--remove", "s1")["removed"], "s1")
        self.assertEqual(self.refused("restore", "s1"), "SZ-CAMPAIGN-091")
        self.on("restore", "6")  # any moment will do
        self.assertEqual(self.hits(), 1)

    def test_undo_and_redo_go_back_and_forth(self):
        self.begin()
        self.do("hits", "set", "[9]")
        self.do("hits", "set", "[8]")
        for command, then in (("undo", 9), ("undo", 10), ("redo", 9), ("redo", 8), ("undo", 9)):
            self.on(command)
            self.assertEqual(self.hits(), then)
        self.do("motto", "set", '["New"]')
        self.assertEqual(self.refused("redo"), "SZ-CAMPAIGN-093")
        said = self.run_text("campaign", "log", self.campaign).text
        self.assertIn("did again what event 5 had taken back: set “Hits” of “Mira” to 8.", said)

    def test_the_log_answers_who_what_where_and_when(self):
        self.begin()
        self.make("Wolf")  # 3
        self.do("hits", "add", "[-1]")  # 4
        self.do("motto", "set", '["Onwards"]')  # 5
        self.do("hits", "set", "[5]")  # 6

        def events(*words):
            return [event["index"] for event in self.on("log", *words)["events"]]

        self.assertEqual(events("--instance", "mira"), [6, 5, 4, 2])
        self.assertEqual(events("--instance", "Wolf"), [3])
        self.assertEqual(events("--what", "hits"), [6, 4])
        self.assertEqual(events("--what", "create,add"), [4, 3, 2, 1])
        self.assertEqual(events("--since", "4"), [6, 5])
        self.assertEqual(events("--since", "1h", "--until", "3"), [3, 2, 1])
        self.assertEqual(events("--since", "2026-01-01T00:00", "--limit", 1), [6])
        me = self.run_json("identity", "show")["client_id"]
        self.assertEqual(events("--who", me, "--what", "motto"), [5])
        found = self.on("log", "--what", "hits", "--limit", 1)
        self.assertEqual((found["next"], found["total"]), (6, 6))
        self.assertEqual(events("--what", "hits", "--limit", 1, "--before", found["next"]), [4])
        self.assertEqual(self.refused("log", "--who", "Nobody"), "SZ-CAMPAIGN-098")
        self.assertEqual(self.refused("log", "--since", "soon"), "SZ-CAMPAIGN-090")

    def test_a_recap_tells_each_what_they_may_see(self):
        self.begin()
        guest = self.run_json("identity", "new", "--name", "Guest")["client_id"]
        self.do("hits", "add", "[-3]")
        self.do("secret", "set", '["the king is dead"]')
        mine = self.on("recap", "--since", "2")
        self.assertEqual(
            mine["sheets"][0]["sentences"],
            ["Mira’s Hits went from 10 to 7.", "Mira’s Secret is now “the king is dead”."],
        )
        # Made a member only after what is told: before, they saw what everybody may see.
        self.run_json("campaign", "member", self.campaign, guest, "--name", "Guest")
        theirs = self.start(
            "--json", "campaign", "recap", self.campaign, "--since", "2", "--as", "Guest"
        ).stdout
        self.assertIn("Mira’s Hits went from 10 to 7.", theirs)
        self.assertNotIn("king", theirs)
        self.assertNotIn("ecret", theirs)
        said = self.run_text("campaign", "recap", self.campaign, "--since", "2").text
        self.assertIn("Previously, since ", said)
        self.assertIn("Mira\n  Mira’s Hits went from 10 to 7.\n", said)
        since_now = self.run_text("campaign", "recap", self.campaign, "--since", "now").text
        self.assertIn("nothing has changed.", since_now)

    def test_what_does_not_fit_is_refused_with_a_way_out(self):
        self.begin()
        self.assertEqual(self.refused("restore", "0"), "SZ-CAMPAIGN-048")
        self.assertEqual(self.refused("restore", "99"), "SZ-CAMPAIGN-048")
        self.assertEqual(self.refused("diff", "1", "s9"), "SZ-CAMPAIGN-091")
        self.assertEqual(self.refused("diff", "yesterday"), "SZ-CAMPAIGN-090")
        self.assertEqual(self.refused("redo"), "SZ-CAMPAIGN-093")
        self.assertEqual(self.refused("snapshot", "--note", "a\nb"), "SZ-CAMPAIGN-097")
        self.error("campaign", "recap", self.campaign, code=2)  # since when?
        # Without a moment it is the removed campaign that comes back, as ever.
        self.assertEqual(self.refused("restore"), "SZ-CAMPAIGN-009")
        self.on("remove")
        self.assertEqual(self.on("restore")["restored"], self.campaign)


if __name__ == "__main__":
    unittest.main()
