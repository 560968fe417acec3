# SPDX-License-Identifier: AGPL-3.0-or-later
"""The types of play on the sheet: what is used up, tags, colours, dates, dice, what is computed.

Run once as the screen is and once with large text on a small one (CMakeLists.txt).
"""
import os

from drive import Window, main
from test_sheet import choose_character, do, go_to_section, notice, sample_character, value


def types_of_play_are_changed_as_they_are_spoken_of(folder):
    profile = os.path.join(folder, "profile")
    character = sample_character(profile, "Bounds & Briars/beater")

    def becomes(path, wanted):
        window.wait(f"{path} to be {wanted}", lambda: value(profile, character, path) == wanted)

    with Window(profile) as window:
        choose_character(window, "Wren")
        window.focus("text", "Notches")
        window.key("Up", "Up")
        becomes("who.standing.notches", 2)
        window.enter("Spoken of As", "quiet, muddy ,late")
        becomes("who.standing.repute", ["late", "muddy", "quiet"])
        window.sees_text("Spoken of As", "late, muddy, quiet")
        window.enter("Ribbon", "#F00")
        becomes("who.standing.ribbon", "#ff0000")
        window.enter("Born", "3 Mayhedge 891")
        becomes("who.standing.born", {"year": 891, "month": "mayhedge", "day": 3})
        window.focus("text", "Born")
        window.key("ctrl+a", "Delete", "Return")
        becomes("who.standing.born", None)
        window.enter("Born", "yesterday")
        notice(window, '"yesterday" is not a date.')
        window.key("Escape")

        go_to_section(window, "Body and Mind")
        window.focus("text", "Vigour")
        window.key("Down", "Down", "Down")
        becomes("body.holding.vigour", {"current": 7, "maximum": 10, "temporary": 0})
        do(profile, character, "body.holding.vigour", "setTemporary", 4)
        window.see("label", "of 10 (and 4 for a while)")
        window.picture("play")
        window.enter("Vigour", "9")
        becomes("body.holding.vigour", {"current": 9, "maximum": 10, "temporary": 4})

        go_to_section(window, "Crafts and Charms")
        window.enter("Your Blow", "D8 + 1")
        becomes("skill.learned.blow", "1d8+1")
        assert window.close() == 0


BRIARS = "1f06b5aa-19a8-463d-837a-ff06d7904de3"


def entry(dataset, entry_id):
    return {"datapackId": BRIARS, "datasetId": dataset, "entryId": entry_id, "version": "1.0.0"}


def what_is_computed_is_shown_and_explained(folder):
    profile = os.path.join(folder, "profile")
    character = sample_character(profile, "Bounds & Briars/beater")
    with Window(profile) as window:
        choose_character(window, "Wren")
        window.focus("text", "Notches")
        go_to_section(window, "Body and Mind")
        window.sees_text("Guard", "10")
        window.enter("Grace", "2")
        window.sees_text("Guard", "12")
        do(profile, character, "pack.carried.gear", "insert", entry("gear", "quilted-coat"))
        window.sees_text("Guard", "13")
        do(profile, character, "who.person.kin", "set", entry("kin", "hedgeborn"))
        window.see("label", "With effects: 3")
        window.sees_text("Guard", "14")
        window.sees_text("Grace", "2")
        window.press("Why is Guard so?")
        window.says("14 = 10 + 3 (Grace 3) + 1 (Quilted Coat)")
        window.press("Why is Grace so?")
        window.says("3 = 2 (Grace) + 1 (Hedgeborn)")
        window.picture("computed")
        assert window.close() == 0


def a_maximum_that_is_computed_is_shown_and_not_set(folder):
    profile = os.path.join(folder, "profile")
    character = sample_character(profile, "Bounds & Briars/beater")

    def stored(current):
        pool = {"current": current, "maximum": None, "temporary": 0}
        window.wait(
            f"breath {current}", lambda: value(profile, character, "body.holding.breath") == pool
        )

    with Window(profile) as window:
        choose_character(window, "Wren")
        window.focus("text", "Notches")
        go_to_section(window, "Body and Mind")
        window.enter("Heart", "4")
        window.see("label", "of 7")
        window.enter("Breath", "6")
        stored(6)
        window.sees_text("Breath", "6")
        window.enter("Breath", "5/9")
        notice(window, "The maximum is computed; it is not set.")
        window.key("Escape")
        window.sees_text("Breath", "6")
        # What is more than the maximum is not there, and a loss is one of what is.
        window.enter("Heart", "2")
        window.see("label", "of 5")
        window.sees_text("Breath", "5")
        stored(6)
        window.focus("text", "Breath")
        window.key("Down")
        stored(4)
        window.sees_text("Breath", "4")
        window.press("Why is Breath so?")
        assert window.says("5 = 3 + 2 (Heart 2)").name[:2] == "5 ", "not of the current number"
        assert not [node.name for node in window.all("label") if "null" in node.name]
        window.picture("resource")
        assert window.close() == 0


if __name__ == "__main__":
    main(
        [
            types_of_play_are_changed_as_they_are_spoken_of,
            what_is_computed_is_shown_and_explained,
            a_maximum_that_is_computed_is_shown_and_not_set,
        ]
    )
