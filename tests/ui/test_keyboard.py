# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole evening with the keyboard alone: nothing here touches a control but by keys."""
import os

from drive import Window, main, szctl


def tab_to(window, role, name, most=60):
    """Presses Tab until the control has the keyboard, as a person does who does not know the way."""
    if window.find(role, name, state="focused"):
        return
    for _ in range(most):
        window.key("Tab")
        if window.settled(lambda: window.find(role, name, state="focused")):
            return
    raise AssertionError(f"{most} times Tab did not lead to {role} {name!r}")


def fill(window, name, value, key="Tab"):
    tab_to(window, "text", name)
    window.key("ctrl+a")
    window.type(value)
    window.key(key)


def a_campaign_a_character_and_a_pack_by_keys_alone(folder):
    profile = os.path.join(folder, "profile")
    with Window(profile) as window:
        window.see("heading", "Start here", timeout=60)
        window.wait("the samples", lambda: szctl(profile, "library", "templates")["templates"], 60)
        fill(window, "Campaign's name", "Winter")
        fill(window, "Character's name", "Wren", key="Return")
        window.see("page tab", "History")
        window.wait("Wren in the profile", lambda: characters(profile) == ["Wren"])

        # The sheet: a field is found by Tab, changed, and taken back by the menu's key.
        fill(window, "Look", "tall and grey", key="Return")
        window.wait("the new look", lambda: look(profile) == "tall and grey")
        window.key("ctrl+z")
        window.wait("the old look", lambda: look(profile) == "")

        # The library: search, an entry, and its link back.
        window.key("ctrl+f")
        window.wait("the search field", lambda: window.find("text", "Search", state="focused"))
        window.type("lantern")
        window.see("table cell")
        window.key("Return")
        window.wait("an entry", lambda: (window.text("text", "Entry") or "").strip())

        # Packs: one is chosen and removed, and the question is answered by a key.
        before = len(szctl(profile, "pack", "list")["packs"])
        window.key("ctrl+3")
        tab_to(window, "table", "Installed packs")
        window.key("End")
        tab_to(window, "push button", "Remove...")
        window.key("space")
        window.wait(
            "the safe answer", lambda: window.find("push button", "Keep it", state="focused")
        )
        window.key("space")
        window.gone("push button", "Keep it")
        assert len(szctl(profile, "pack", "list")["packs"]) == before

        # A new campaign by its key, left by Escape; help by F1; and out.
        window.key("ctrl+n")
        window.see("heading", "New campaign")
        window.key("Escape")
        window.gone("heading", "New campaign")
        window.key("F1")
        window.contains_text("Help", "Ctrl+Shift+N")
        window.key("ctrl+q")
        assert window.process.wait(20) == 0


def characters(profile):
    found = []
    for campaign in szctl(profile, "campaign", "list")["campaigns"]:
        listed = szctl(profile, "character", "list", "--campaign", campaign["id"])["characters"]
        found += [character["name"] for character in listed]
    return found


def look(profile):
    campaign = szctl(profile, "campaign", "list")["campaigns"][0]["id"]
    character = szctl(profile, "character", "list", "--campaign", campaign)["characters"][0]["id"]
    fields = szctl(profile, "character", "show", character)["fields"]
    return next(field["value"] for path, field in fields.items() if path.endswith(".look"))


if __name__ == "__main__":
    main([a_campaign_a_character_and_a_pack_by_keys_alone])
