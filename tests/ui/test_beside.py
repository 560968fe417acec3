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


def choose_row(window, row):
    """Chooses in the tree without taking the keyboard there, as a panel's link does."""
    tree = window.see("tree table", "Campaigns and characters")
    tree.queryTable().addRowSelection(row)
    window.see("page tab", "Journey")


def what_nobody_decided_does_not_overwrite_when_the_sheet_is_left(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    character = make_character(profile, programs)
    with open_on_mira(profile, programs) as window:
        window.enter("Calling", "Lamplighter", key=None)
        do(profile, character, "core.traits.calling", "set", "Cook")
        window.says('Changed meanwhile to "Cook"')
        choose_row(window, 0)
        window.says('Calling was changed meanwhile to "Cook"; what you typed was not kept')
        window.says('It was "Lamplighter"')
        window.picture("undecided")
        assert value(profile, character, "core.traits.calling") == "Cook"
        assert window.close() == 0
    with Window(profile, programs=programs) as window:
        window.see("page tab", "Journey")
        assert window.close() == 0
    assert value(profile, character, "core.traits.calling") == "Cook"


def closing_does_not_overwrite_what_somebody_else_wrote(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    character = make_character(profile, programs)
    with open_on_mira(profile, programs) as window:
        window.enter("Calling", "Lamplighter", key=None)
        do(profile, character, "core.traits.calling", "set", "Cook")
        window.says('Changed meanwhile to "Cook"')
        assert window.close() == 0
    assert value(profile, character, "core.traits.calling") == "Cook"


def a_refusal_is_told_though_its_sheet_is_left(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    character = make_character(profile, programs)
    with open_on_mira(profile, programs) as window:
        window.enter("Strength", "99", key=None)
        choose_row(window, 0)
        window.says("30")  # the largest Strength that there is
        window.picture("refused")
        assert value(profile, character, "core.traits.strength") == 10
        assert window.close() == 0


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
        window.key("Left")
        window.wait("the history", lambda: len(window.all("table cell", begins="20")) >= 3)
        window.picture("history")
        assert window.close() == 0


if __name__ == "__main__":
    main(
        [
            the_window_shows_what_szctl_changes,
            what_is_being_typed_survives_a_change_elsewhere,
            a_change_of_the_field_that_is_being_typed_shows_both,
            what_nobody_decided_does_not_overwrite_when_the_sheet_is_left,
            closing_does_not_overwrite_what_somebody_else_wrote,
            a_refusal_is_told_though_its_sheet_is_left,
            undo_and_history_follow,
        ]
    )
