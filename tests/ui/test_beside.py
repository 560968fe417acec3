# SPDX-License-Identifier: AGPL-3.0-or-later
"""szctl beside an open window: what it changes is seen at once, around what is being typed."""
import json
import os

from drive import Window, main, prefix_without_samples, szctl
from test_evening import make_character


def open_on_mira(profile, programs):
    window = Window(profile, programs=programs)
    window.see("page tab", "Journey")
    window.wait(
        "the keyboard in the tree",
        lambda: window.find("tree table", "Campaigns and characters", state="focused"),
    )
    window.key("Down")
    window.sees_text("Name", "Mira")
    return window


def do(profile, character, path, operation, *arguments):
    return szctl(
        profile, "character", "do", character, path, operation, json.dumps(list(arguments))
    )


def value(profile, character, path):
    return szctl(profile, "character", "show", character)["fields"][path]["value"]


def the_window_shows_what_szctl_changes(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    character = make_character(profile, programs)
    with open_on_mira(profile, programs) as window:
        do(profile, character, "core.traits.strength", "set", 14)
        window.sees_text("Strength", "14")
        do(profile, character, "core.traits.wounded", "set", True)
        window.wait("the check", lambda: window.find("check box", "Wounded", state="checked"))
        do(profile, character, "things.pack.vows", "insert", "Never sleep under a roof")
        window.key("ctrl+Next")
        window.wait("the vow", lambda: window.find("table cell", "Never sleep under a roof"))
        assert window.close() == 0


def what_is_being_typed_survives_a_change_elsewhere(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    character = make_character(profile, programs)
    with open_on_mira(profile, programs) as window:
        window.enter("Calling", "Lamp", key=None)
        do(profile, character, "core.traits.strength", "set", 14)
        window.sees_text("Strength", "14")
        window.sees_text("Calling", "Lamp")
        window.type("lighter")  # the keyboard is still there
        window.sees_text("Calling", "Lamplighter")
        window.key("Return")
        window.wait(
            "the answer", lambda: value(profile, character, "core.traits.calling") == "Lamplighter"
        )
        assert window.close() == 0


def a_change_of_the_field_that_is_being_typed_shows_both(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    character = make_character(profile, programs)
    with open_on_mira(profile, programs) as window:
        window.enter("Calling", "Lamplighter", key=None)
        do(profile, character, "core.traits.calling", "set", "Cook")
        window.says('Changed meanwhile to "Cook"')
        window.sees_text("Calling", "Lamplighter")
        window.picture("conflict")
        window.key("Return")
        window.wait(
            "mine", lambda: value(profile, character, "core.traits.calling") == "Lamplighter"
        )
        window.gone("statusbar", begins="Changed meanwhile")

        window.enter("Calling", "Baker", key=None)
        do(profile, character, "core.traits.calling", "set", "Smith")
        window.says('Changed meanwhile to "Smith"')
        window.key("Escape")
        window.sees_text("Calling", "Smith")
        assert window.close() == 0
    assert value(profile, character, "core.traits.calling") == "Smith"


def undo_and_history_follow(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    character = make_character(profile, programs)
    with open_on_mira(profile, programs) as window:
        window.enter("Strength", "12")
        window.wait("the change", lambda: value(profile, character, "core.traits.strength") == 12)
        window.key("ctrl+z")
        window.sees_text("Strength", "10")
        window.focus("page tab list", "Sections of the sheet")
        window.key("End")
        window.wait("the history", lambda: len(window.all("table cell", begins="20")) >= 3)
        window.picture("history")
        assert window.close() == 0


if __name__ == "__main__":
    main(
        [
            the_window_shows_what_szctl_changes,
            what_is_being_typed_survives_a_change_elsewhere,
            a_change_of_the_field_that_is_being_typed_shows_both,
            undo_and_history_follow,
        ]
    )
