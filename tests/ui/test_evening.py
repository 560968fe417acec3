# SPDX-License-Identifier: AGPL-3.0-or-later
"""A game master's first evening, by keyboard: from an empty profile to a saved character."""
import os

from drive import Window, main, prefix_without_samples, szctl

PACK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pack")


def import_by_path(window, path):
    window.key("ctrl+i")
    window.wait(
        "the keyboard in the path field",
        lambda: window.find("text", "File or folder", state="focused"),
    )
    window.key("ctrl+a")
    window.type(path)
    window.key("Return")


def an_evening_from_an_empty_profile_to_a_saved_character(folder):
    profile = os.path.join(folder, "profile")
    with Window(profile) as window:
        # The first start leads to the first character.
        window.see("heading", "Start here")
        window.picture("start")
        import_by_path(window, PACK)
        window.says("Imported Window Test 1.0.0 with 3 entries")
        window.picture("imported")

        window.key("ctrl+f")
        window.wait(
            "the keyboard in the search field",
            lambda: window.find("text", "Search", state="focused"),
        )
        window.type("storm lant")
        window.see("table cell", "Storm Lantern")
        window.key("Return")
        window.contains_text("Entry", "A lantern that no wind puts out.")
        window.contains_text("Entry", "weight: 3")
        window.see("table cell", "Lamp Oil")  # the link in it, by name
        window.picture("entry")

        window.key("ctrl+2")
        window.see("heading", "Start here")
        window.choose("Game", "The Road (Window Test 1.0.0)")
        window.enter("Campaign's name", "Long Road", key="Tab")
        window.enter("Character's name", "Mira")

        window.see("page tab", "Core")
        window.sees_text("Name", "Mira")
        window.enter("Strength", "17")
        window.wait("the answer", lambda: strength(profile) == 17)
        window.key("Up")
        window.sees_text("Strength", "18")
        window.enter("Calling", "Lamplighter", key="Tab")
        window.press("Wounded", "check box")
        window.picture("sheet")

        # What is not a number stays for mending, with the reason beside it.
        window.enter("Weight", "heavy")
        window.says('"heavy" is not a number')
        window.key("Escape")
        window.sees_text("Weight", "70")
        assert window.close() == 0

    with Window(profile) as window:
        window.sees_text("Name", "Mira")
        window.sees_text("Strength", "18")
        window.sees_text("Calling", "Lamplighter")
        assert (
            window.see("check box", "Wounded").getState().contains(4)
        ), "Wounded is not checked any more"  # STATE_CHECKED
        window.key("ctrl+1")
        window.contains_text("Entry", "A lantern that no wind puts out.")
        assert window.close() == 0

    assert strength(profile) == 18


def strength(profile):
    campaigns = szctl(profile, "campaign", "list")["campaigns"]
    characters = szctl(profile, "character", "list", "--campaign", campaigns[0]["id"])["characters"]
    return szctl(profile, "character", "show", characters[0]["id"])["fields"][
        "core.traits.strength"
    ]["value"]


def typed_text_that_was_not_sent_is_kept_when_the_window_closes(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    character = make_character(profile, programs)
    with Window(profile, programs=programs) as window:
        window.see("page tab", "Journey")
        window.key("Down")
        window.sees_text("Name", "Mira")
        window.enter("Calling", "Cartographer", key=None)
        assert window.close() == 0
    assert (
        szctl(profile, "character", "show", character)["fields"]["core.traits.calling"]["value"]
        == "Cartographer"
    )


def a_second_window_on_one_profile_says_the_way_out(folder):
    profile = os.path.join(folder, "profile")
    with Window(profile) as first:
        first.see("page tab", "Library")
        with Window(profile) as second:
            second.contains_text("What is happening", "SessionZero is open already")
            second.contains_text("What is happening", "szctl works beside the open window")
            assert second.close() == 3
        assert first.close() == 0


def make_character(profile, programs=None):
    szctl(profile, "pack", "import", PACK, programs=programs)
    campaign = szctl(
        profile,
        "campaign",
        "new",
        "--template",
        "org.example.window-test/road",
        "--name",
        "Long Road",
        programs=programs,
    )["id"]
    return szctl(
        profile,
        "character",
        "new",
        "--campaign",
        campaign,
        "--template",
        "org.example.window-test/wanderer",
        "--name",
        "Mira",
        programs=programs,
    )["id"]


if __name__ == "__main__":
    main(
        [
            an_evening_from_an_empty_profile_to_a_saved_character,
            typed_text_that_was_not_sent_is_kept_when_the_window_closes,
            a_second_window_on_one_profile_says_the_way_out,
        ]
    )
