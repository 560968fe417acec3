# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a screen reader is told, panel by panel: roles and names against golden/*.txt.

SZ_UPDATE_GOLDEN=1 writes them anew; read them before you commit: every control must have a name
that says what it is.
"""
import difflib
import os

from drive import Window, main, prefix_without_samples, role_of
from test_evening import make_character

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden")
NEED_NAMES = {
    "push button",
    "check box",
    "combo box",
    "text",
    "table",
    "tree table",
    "progress bar",
    "toggle button",
    "spin button",
}


def tree(window):
    lines = []
    for depth, node in window.walk():
        role, name = role_of(node), node.name or ""
        if role in ("application", "frame"):
            continue
        if (
            role in ("filler", "panel", "scroll pane", "scroll bar", "separator", "viewport")
            and not name
        ):
            continue
        if role == "status bar" and name.endswith(
            ": done"
        ):  # a task of the start may or may not have ended yet
            name = ""
        lines.append(f"{role} {name!r}")
    return lines


def check(window, name):
    found = tree(window)
    path = os.path.join(GOLDEN, f"{name}.txt")
    if os.environ.get("SZ_UPDATE_GOLDEN"):
        with open(path, "w") as file:
            file.write("\n".join(found) + "\n")
    with open(path) as file:
        expected = file.read().splitlines()
    difference = list(
        difflib.unified_diff(expected, found, f"golden/{name}.txt", "on the screen", lineterm="")
    )
    assert not difference, "\n".join(difference)


def nameless(window):
    return [
        f"{role_of(node)} in {node.parent.name!r}"
        for _, node in window.walk()
        if role_of(node) in NEED_NAMES and not (node.name or "").strip()
    ]


def every_control_has_its_role_and_name(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    with Window(profile, programs=programs) as window:
        window.see("heading", "Start here")
        window.wait("the keyboard in the panel", lambda: window.find(state="focused"))
        check(window, "start")
        assert window.close() == 0
    make_character(profile, programs)
    with Window(profile, programs=programs) as window:
        window.see("page tab", "Journey")
        check(window, "campaign")
        assert nameless(window) == []
        window.key("Down")
        window.see("page tab", "Core")
        check(window, "sheet")
        assert nameless(window) == []
        window.key("ctrl+1")
        window.see("tree table", "Packs and datasets")
        window.see("table cell", "Gear (3)")
        window.key("ctrl+f")
        window.type("lantern")
        window.says("found in All packs.")
        window.key("Return")
        window.contains_text("Entry", "no wind")
        window.see("table cell", "Lamp Oil")
        check(window, "library")
        assert nameless(window) == []
        window.key("ctrl+3")
        window.see("table cell", "Window Test")
        check(window, "packs")
        assert nameless(window) == []
        window.key("F1")
        window.contains_text("Help", "Ctrl+Shift+N")
        check(window, "help")
        assert window.close() == 0


if __name__ == "__main__":
    main([every_control_has_its_role_and_name])
