# SPDX-License-Identifier: AGPL-3.0-or-later
"""Importing in the window: faults are listed, a long import is cancelled, a pack removed."""
import json
import os
import shutil

from drive import Window, main, prefix_without_samples, szctl
from test_evening import PACK, import_by_path


def installed(profile, programs):
    return szctl(profile, "pack", "list", programs=programs)["packs"]


def faults_of_a_pack_stand_in_a_list(folder):
    broken = os.path.join(folder, "broken")
    shutil.copytree(PACK, broken)
    path = os.path.join(broken, "objects", "datasets", "gear.json")
    with open(path) as file:
        gear = json.load(file)
    gear["entries"]["rope"]["topLevelFields"]["weight"]["value"] = "much"
    del gear["entries"]["oil"]["name"]
    with open(path, "w") as file:
        json.dump(gear, file, indent=2)
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    with Window(profile, programs=programs) as window:
        window.see("page tab", "Packs")
        import_by_path(window, broken)
        window.says("Nothing was imported.")
        window.wait("two errors", lambda: len(window.all("table cell", "Error")) >= 2)
        window.wait(
            "their place",
            lambda: window.all("table cell", begins="objects/datasets/gear.json, line "),
        )
        window.picture("findings")
        assert window.close() == 0
    assert installed(profile, programs) == []


def a_long_import_is_cancelled(folder):
    big = os.path.join(folder, "big")
    shutil.copytree(PACK, big)
    entries = {}
    for number in range(40000):
        name = f"thing-{number}"
        entries[name] = {
            "id": name,
            "name": f"Thing {number}",
            "description": "One of very many things, so that this takes a while. " * 4,
            "topLevelFields": {"weight": {"type": "Number", "value": number}},
        }
    with open(os.path.join(big, "objects", "datasets", "many.json"), "w") as file:
        json.dump(
            {
                "id": "many",
                "szType": "dataset",
                "datasetType": "items",
                "name": "Many",
                "description": "",
                "version": "1.0.0",
                "schemaVersion": "1.0.0",
                "entries": entries,
            },
            file,
        )
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    with Window(profile, programs=programs) as window:
        window.see("page tab", "Packs")
        import_by_path(window, big)
        window.key("Return")
        window.says("An import is running.")
        window.press("Cancel")
        window.says("Cancelled. Nothing was changed.")
        # The window was never blocked: it still answers.
        window.key("ctrl+f")
        window.wait(
            "the keyboard in the search field",
            lambda: window.find("text", "Search", state="focused"),
        )
        assert window.close() == 0
    assert installed(profile, programs) == []


def an_address_is_understood_and_a_very_long_entry_is_cut_with_a_word(folder):
    long = os.path.join(folder, "long pack")
    shutil.copytree(PACK, long)
    path = os.path.join(long, "objects", "datasets", "gear.json")
    with open(path) as file:
        gear = json.load(file)
    gear["entries"]["rope"]["description"] = "- a *line* of a list\n" * 5000  # 105 kB
    with open(path, "w") as file:
        json.dump(gear, file)
    profile = os.path.join(folder, "profile")
    with Window(profile, programs=prefix_without_samples(folder)) as window:
        window.see("page tab", "Packs")
        import_by_path(window, "file://" + long.replace(" ", "%20"))
        window.says("Imported Window Test 1.0.0")
        window.key("ctrl+f")
        window.wait("the search", lambda: window.find("text", "Search", state="focused"))
        window.type("rope")
        window.see("table cell", "Hemp Rope")
        window.key("Return")
        # 32,768 bytes have room for 1560 lines of 21; 72,240 are left.
        window.contains_text("Entry", "73 kB more are not shown here")
        window.picture("long-entry")
        assert window.close() == 0


def a_pack_is_removed_after_a_question_in_the_panel(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    szctl(profile, "pack", "import", PACK, programs=programs)
    with Window(profile, programs=programs) as window:
        window.see("page tab", "Packs")
        window.key("ctrl+3")
        window.see("table cell", "Window Test")
        window.press("Remove...")
        window.says("Remove Window Test 1.0.0?")
        window.wait(
            "the keyboard on the safe answer",
            lambda: window.find("push button", "Keep it", state="focused"),
        )
        window.press("Remove it")
        window.gone("table cell", "Window Test")
        assert window.close() == 0
    assert installed(profile, programs) == []


if __name__ == "__main__":
    main(
        [
            faults_of_a_pack_stand_in_a_list,
            a_long_import_is_cancelled,
            an_address_is_understood_and_a_very_long_entry_is_cut_with_a_word,
            a_pack_is_removed_after_a_question_in_the_panel,
        ]
    )
