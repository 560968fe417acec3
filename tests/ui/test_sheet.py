# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet on any screen: texts survive, nothing is cut off, and a reason stands where it belongs.

Run once as the screen is and once with large text on a small one (CMakeLists.txt).
"""
import json
import os

import pyatspi

from drive import STATE, Window, main, prefix_without_samples, role_of, szctl
from test_evening import make_character

CONTROLS = (
    "push button",
    "toggle button",
    "check box",
    "combo box",
    "text",
    "table",
    "label",
    "statusbar",
    "status bar",
)


def place(node):
    return node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)


def do(profile, character, path, operation, *arguments):
    return szctl(
        profile, "character", "do", character, path, operation, json.dumps(list(arguments))
    )


def value(profile, character, path):
    return szctl(profile, "character", "show", character)["fields"][path]["value"]


def choose_character(window, name):
    window.focus("tree table", "Campaigns and characters")
    window.key("Home", "Down")
    window.sees_text("Name", name)


def go_to_section(window, name):
    """With the keys that the help names, from wherever the keyboard is in the sheet."""
    tabs = window.see("page tab list", "Sections of the sheet")
    for _ in range(tabs.childCount):
        before = selected_tab(tabs)
        if before == name:
            return
        window.key("ctrl+Next")
        window.wait("another section", lambda: selected_tab(tabs) != before)
    assert selected_tab(tabs) == name


def selected_tab(tabs):
    selected = [
        tab.name for tab in Window.children(tabs) if tab.getState().contains(STATE["selected"])
    ]
    return selected[0] if selected else None


def notice(window, part):
    """The sentence on the screen, which is wholly on its page and not below its edge."""
    node = window.says(part)
    frame = place(window.find("frame"))

    def is_inside():
        at = place(node)
        return at.height > 0 and frame.y < at.y and at.y + at.height <= bottom_of_pages(window)

    window.wait(f"{part!r} inside the page", is_inside)
    return node


def check_inside(window, node):
    """Not wider than what it stands in."""
    at, around = place(node), place(node.parent)
    assert at.x >= around.x and at.x + at.width <= around.x + around.width, (node.name, at, around)


def bottom_of_pages(window):
    """Of the innermost pages: a scrolled page ends there."""
    return min(
        place(node).y + place(node).height for node in window.all("page tab list", state="showing")
    )


def a_text_that_was_written_is_there_again_whatever_page_was_left(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    character = make_character(profile, programs)
    with Window(profile, programs=programs) as window:
        window.see("page tab", "Journey")
        choose_character(window, "Mira")
        window.focus("text", "Past")
        window.type("Born on a barge")
        window.sees_text("Past", "Born on a barge")  # the keys have come to the window
        assert window.close() == 0
    assert value(profile, character, "core.story.past") == "Born on a barge"
    for section in ("Core", "Things", "History"):
        with Window(profile, programs=programs) as window:
            window.see("page tab", "Core")
            window.sees_text("Past", "Born on a barge")
            window.focus("text", "Name")
            go_to_section(window, section)
            assert window.close() == 0
        with Window(profile, programs=programs) as window:
            window.see("page tab", section, state="selected")
            window.sees_text("Past", "Born on a barge")
            window.focus("tree table", "Campaigns and characters")
            window.key("Home")  # another sheet, and back: built while the window is there
            window.see("page tab", "Journey")
            window.key("Down")
            window.sees_text("Past", "Born on a barge")
            assert window.close() == 0


def sample_character(profile, template):
    szctl(profile, "plugin", "list")
    campaign = szctl(
        profile, "campaign", "new", "--template", "Salt & Signal/station", "--name", "Reach"
    )
    return szctl(
        profile,
        "character",
        "new",
        "--campaign",
        campaign["id"],
        "--template",
        template,
        "--name",
        "Wren",
    )["id"]


def cut_off(window, tabs):
    """The controls of the shown section that reach over its sides."""
    around = place(tabs)
    found = []
    for node in window.all(state="showing", within=tabs):
        at = place(node)
        if role_of(node) not in CONTROLS:
            continue
        if at.width > 0 and (at.x < around.x or at.x + at.width > around.x + around.width):
            found.append(f"{role_of(node)} {node.name!r}: {at.x} to {at.x + at.width}")
    return found


def short_choices(window, tabs):
    """Choices that are lower than a button, which is as high as a line of text needs."""
    line = min(
        (place(n).height for n in window.all("push button", state="showing", within=tabs)),
        default=0,
    )
    choices = window.all("combo box", state="showing", within=tabs)
    return [n.name for n in choices if place(n).height < line - 2]


def every_control_of_every_section_is_inside_the_window(folder):
    for number, template in enumerate(["Bounds & Briars/beater", "Salt & Signal/keeper"]):
        profile = os.path.join(folder, str(number))
        sample_character(profile, template)
        with Window(profile) as window:
            window.see("page tab", "History", timeout=60)
            choose_character(window, "Wren")
            tabs = window.see("page tab list", "Sections of the sheet")
            for tab in [node.name for node in window.all("page tab", within=tabs)]:
                window.focus("text", "Name")
                go_to_section(window, tab)
                window.settled(lambda: not cut_off(window, tabs))
                assert cut_off(window, tabs) == [], (tab, place(tabs))
                assert short_choices(window, tabs) == []
                window.picture(f"{number}-{tab}")
            assert window.close() == 0


def long_names_leave_questions_and_buttons_whole(folder):
    profile = os.path.join(folder, "profile")
    character = sample_character(profile, "Bounds & Briars/beater")
    name = (
        "Ferdinand-Maximilian of the Long Bridge at the Lower End of the Very Deep Lake, the Third"
    )
    szctl(profile, "call", "character.rename", json.dumps({"id": character, "name": name}))
    with Window(profile) as window:
        window.see("page tab", "History", timeout=60)
        choose_character(window, name)
        window.press("Remove...")
        question = window.says("Undo in the campaign brings it back.")
        answers = [window.see("push button", words) for words in ("Keep it", "Remove it")]
        window.picture("question")
        frame = place(window.find("frame"))
        for node in [question, *answers]:
            at = place(node)
            assert frame.x < at.x and at.x + at.width <= frame.x + frame.width, (node.name, at)
            assert at.y + at.height < place(window.see("page tab list", "Sections of the sheet")).y
        assert place(question).y + place(question).height <= place(answers[0]).y
        window.key("space")
        window.gone("push button", "Keep it")
        assert window.close() == 0


def a_removed_campaign_says_how_it_comes_back(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    make_character(profile, programs)
    campaign = szctl(profile, "campaign", "list")["campaigns"][0]["id"]
    with Window(profile, programs=programs) as window:
        window.see("page tab", "Journey")
        window.press("Remove...")
        window.says("Remove the campaign Long Road with all of its characters? Its file is kept")
        window.picture("remove-campaign")
        window.press("Remove it")
        window.see("heading", "Start here")
        window.says(f"szctl campaign restore {campaign}")
        window.says("the file of a campaign that you remove is kept")
        check_inside(window, window.says(f"szctl campaign restore {campaign}"))
        window.picture("removed-campaign")
        assert os.listdir(os.path.join(profile, "campaigns", "removed")) != []
        assert window.close() == 0


def the_reason_stands_beside_the_part_that_it_is_about(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    character = make_character(profile, programs)
    do(profile, character, "things.pack.friends", "insert", {"who": "Ansel"})
    with Window(profile, programs=programs) as window:
        window.see("page tab", "Journey")
        choose_character(window, "Mira")
        window.enter("Weight", "heavy")  # a number's field is narrow, its reason is not
        reason = notice(window, 'Error: "heavy" is not a number')
        window.picture("weight")
        assert place(reason).width > place(window.find("text", "Weight")).width * 2
        window.key("Escape")
        go_to_section(window, "Things")

        window.enter("Purse: Gold", "lots")
        check_beside(window, notice(window, 'Error: "lots" is not a number'), "Gold", "Note")
        window.picture("gold-typed")
        window.key("Escape")
        window.gone("statusbar", begins='Error: "lots"')

        window.enter("Purse: Gold", "-5")  # refused by the field's type, not by the editor
        check_beside(window, notice(window, "Error: -5"), "Gold", "Note")
        window.enter("Purse: Note", "in the boot")  # what is right does not hide what is wrong
        window.wait("the note", lambda: purse(profile, character).get("note") == "in the boot")
        notice(window, "Error: -5")
        window.enter("Purse: Gold", "5")
        window.wait("the gold", lambda: purse(profile, character).get("gold") == 5)
        window.gone("statusbar", begins="Error:")

        choose_row(window, "Friends", 0)
        window.enter("Friends: Trust", "much")
        reason = notice(window, 'Error: "much" is not a number')
        trust = place(window.see("text", "Friends: Trust"))
        assert 0 <= place(reason).y - (trust.y + trust.height) < trust.height
        window.picture("trust")
        window.key("Escape")
        window.gone("statusbar", begins="Error:")
        assert window.close() == 0


def a_step_in_a_cell_is_one_from_what_was_typed(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    character = make_character(profile, programs)
    for friend in ("Ansel", "Wren"):
        do(profile, character, "things.pack.friends", "insert", {"who": friend})

    def trust():
        return [row["cells"].get("trust") for row in value(profile, character, FRIENDS)]

    with Window(profile, programs=programs) as window:
        window.see("page tab", "Journey")
        choose_character(window, "Mira")
        window.focus("text", "Name")
        go_to_section(window, "Things")
        choose_row(window, "Friends", 0)
        window.enter("Friends: Trust", "4", key="Up")  # both are sent before either is answered
        window.wait("a trust of 5", lambda: trust()[0] == 5)
        window.sees_text("Friends: Trust", "5")
        window.focus("table", "Friends")
        window.key("Delete")  # the next one is chosen
        window.sees_text("Friends: Who", "Wren")
        window.key("Insert")
        window.wait("a new row", lambda: len(trust()) == 2)
        window.see("text", "Friends: Who", state="focused")
        window.sees_text("Friends: Who", "")
        assert window.close() == 0


FRIENDS = "things.pack.friends"


def purse(profile, character):
    return value(profile, character, "things.pack.purse")


def choose_row(window, table, row):
    window.focus("table", table)
    window.key("Home")
    window.see("text", f"{table}: Trust")


def check_beside(window, node, part, following):
    field = place(window.see("text", f"Purse: {part}"))
    below = place(window.see("text", f"Purse: {following}"))
    at = place(node)
    assert field.y + field.height <= at.y and at.y + at.height <= below.y + below.height, (
        field,
        at,
        below,
    )
    assert at.y < below.y


def a_picture_that_is_not_there_is_told(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    make_character(profile, programs)
    with Window(profile, programs=programs) as window:
        window.see("page tab", "Journey")
        choose_character(window, "Mira")
        window.enter("Portrait", "nothing.png")
        reason = notice(window, "nothing.png")
        assert reason.name.startswith("Error:"), reason.name
        window.picture("portrait")
        window.enter("Portrait", "lantern.svg")
        window.gone("statusbar", begins="Error:")
        assert window.close() == 0


def a_name_that_is_missing_is_asked_for_where_it_is_typed(folder):
    profile = os.path.join(folder, "profile")
    with Window(profile) as window:
        window.see("heading", "Start here", timeout=60)
        window.wait("the samples", lambda: szctl(profile, "library", "templates")["templates"], 60)
        window.wait(
            "a game to choose", lambda: window.find("combo box", "Game", state="enabled"), 60
        )
        window.enter("Campaign's name", "Winter")
        reason = notice(window, "Error: Give the character a name.")
        window.picture("missing")
        window.wait(
            "the keyboard there", lambda: window.find("text", "Character's name", state="focused")
        )
        field = place(window.find("text", "Character's name"))
        assert 0 <= place(reason).y - (field.y + field.height) < field.height
        assert window.close() == 0


def keys_go_from_section_to_section_from_the_name_too(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    make_character(profile, programs)
    with Window(profile, programs=programs) as window:
        window.see("page tab", "Journey")
        choose_character(window, "Mira")
        window.focus("text", "Name")
        for section in ("Things", "History", "Snapshots", "Core"):
            window.key("ctrl+Next")
            window.see("page tab", section, state="selected")
            window.see("page tab", "Campaigns", state="selected")
        window.see("text", "Name", state="focused")
        window.key("ctrl+Prior")
        window.see("page tab", "Snapshots", state="selected")
        window.key("ctrl+Prior", "ctrl+Prior")
        window.see("page tab", "Things", state="selected")
        window.focus("push button", "Carried: Add...")
        window.key("ctrl+Prior")
        window.see("page tab", "Core", state="selected")
        window.see("text", "Strength", state="focused")
        assert window.close() == 0


if __name__ == "__main__":
    main(
        [
            a_text_that_was_written_is_there_again_whatever_page_was_left,
            every_control_of_every_section_is_inside_the_window,
            long_names_leave_questions_and_buttons_whole,
            a_removed_campaign_says_how_it_comes_back,
            the_reason_stands_beside_the_part_that_it_is_about,
            a_step_in_a_cell_is_one_from_what_was_typed,
            a_picture_that_is_not_there_is_told,
            a_name_that_is_missing_is_asked_for_where_it_is_typed,
            keys_go_from_section_to_section_from_the_name_too,
        ]
    )
