# SPDX-License-Identifier: AGPL-3.0-or-later
"""Links to entries inside a text: followed by a click, by a key, from the list; and back."""
import json
import os
import subprocess

import pyatspi
from drive import Window, main, prefix_without_samples, szctl

ABOUT = "Row it with **[an oar](entry:gear/oar)**, twice with [the same](entry:gear/oar)."


def sea(folder):
    """A pack in which a boat's text leads to an oar."""
    place = os.path.join(folder, "sea", "objects", "datasets")
    os.makedirs(place)
    about = {"about": {"type": "MultiText", "value": ABOUT}}
    dataset = {
        "id": "gear",
        "name": "Gear",
        "szType": "dataset",
        "version": "1.0.0",
        "schemaVersion": "1.0.0",
        "entries": {
            "boat": {"id": "boat", "name": "Boat", "topLevelFields": about},
            "oar": {"id": "oar", "name": "The Oar", "description": "Of ash."},
        },
    }
    manifest = {"id": "org.example.sea", "name": "Sea", "version": "1.0.0", "dependencies": []}
    with open(os.path.join(place, "gear.json"), "w") as file:
        json.dump(dataset, file)
    with open(os.path.join(folder, "sea", "szpack.json"), "w") as file:
        json.dump(manifest, file)
    return os.path.join(folder, "sea")


def shows(window, part):
    window.wait(f"{part!r} in the entry", lambda: part in (window.text("text", "Entry") or ""))


def offset_of(window, words):
    return window.find("text", "Entry").queryText().getText(0, -1).index(words)


def click_on(window, words):
    text = window.find("text", "Entry").queryText()
    x, y, width, height = text.getCharacterExtents(
        offset_of(window, words) + 1, pyatspi.DESKTOP_COORDS
    )
    place = [str(x + width // 2), str(y + height // 2)]
    subprocess.run(["xdotool", "mousemove", "--sync", *place, "click", "1"], check=True)


def links_in_a_text_lead_to_entries_and_back(folder):
    profile, programs = os.path.join(folder, "profile"), prefix_without_samples(folder)
    szctl(profile, "pack", "import", sea(folder), programs=programs)
    with Window(profile, programs=programs) as window:
        window.see("text", "Search")
        window.key("ctrl+f")
        window.wait("the search field", lambda: window.find("text", "Search", state="focused"))
        window.type("boat")
        window.see("table cell", "Boat")
        window.key("Return", "Return")
        shows(window, "Row it with an oar, twice with the same.")
        window.picture("text-links")
        # Each target once in the list, by its name.
        window.see("table cell", "The Oar")
        window.wait(
            "one link, though the text has it twice",
            lambda: len(window.all("table cell", "The Oar", state="showing")) == 1,
        )

        click_on(window, "an oar")
        shows(window, "Of ash.")
        window.key("alt+Left")
        shows(window, "Row it with")

        window.wait("the text", lambda: window.find("text", "Entry", state="focused"))
        window.find("text", "Entry").queryText().setCaretOffset(offset_of(window, "the same"))
        window.key("Return")
        shows(window, "Of ash.")
        window.press("Back")
        shows(window, "Row it with")

        # Beside a link a click and a key do nothing.
        click_on(window, "Row it")
        window.find("text", "Entry").queryText().setCaretOffset(offset_of(window, "twice"))
        window.key("Return")
        window.settled(lambda: "Row it with" in window.text("text", "Entry"))
        assert window.close() == 0


if __name__ == "__main__":
    main([links_in_a_text_lead_to_entries_and_back])
