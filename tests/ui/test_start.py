# SPDX-License-Identifier: AGPL-3.0-or-later
"""Starting: another program that has the profile, help at any time, the window as it was left."""
import fcntl
import os
import subprocess

from drive import Window, main, prefix_without_samples, szctl
from test_beside import open_on_mira
from test_evening import make_character


class Held:
    """The lock of a profile, as a program holds it that serves no window: szctl at work."""

    def __init__(self, profile):
        os.makedirs(os.path.join(profile, "run"), mode=0o700, exist_ok=True)
        self.file = open(os.path.join(profile, "run", "kernel.lock"), "w")
        fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.file.write(f"{os.getpid()}\n")
        self.file.flush()

    def let_go(self):
        self.file.close()


def can_choose(window, panel):
    """The View menu has the panel, which it has when the profile is open."""
    return window.find("menu item", panel)


def help_is_left(window):
    window.key("F1")
    window.contains_text("Help", "Ctrl+Shift+N")
    window.wait("the keyboard in the help", lambda: window.find("text", "Help", state="focused"))
    window.key("Escape")
    window.gone("text", "Help")


def the_window_waits_for_a_program_that_is_finishing(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    make_character(profile, programs)
    other = Held(profile)
    with Window(profile, programs=programs) as window:
        window.contains_text("What is happening", "Another program is finishing its work")
        window.picture("waiting")
        # Help is there before anything else is, and does not get in the way of what comes.
        help_is_left(window)
        window.contains_text("What is happening", "Another program is finishing its work")
        window.key("F1")
        window.contains_text("Help", "Ctrl+Shift+N")
        other.let_go()
        # Whoever reads stays there; help is no panel, so that the panels keep their numbers.
        window.wait("the program to be open", lambda: can_choose(window, "Library"))
        window.contains_text("Help", "Ctrl+Shift+N")
        window.key("F1")
        window.see("page tab", "Journey")
        for key, panel in (("ctrl+1", "Library"), ("ctrl+3", "Packs"), ("ctrl+2", "Campaigns")):
            window.key(key)
            window.wait(panel, lambda: window.find("page tab", panel, state="selected"))
        assert window.close() == 0


def a_program_that_does_not_end_is_not_called_a_window(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    make_character(profile, programs)
    other = Held(profile)
    with Window(profile, programs=programs) as window:
        window.contains_text(
            "What is happening", "Another program has your packs and campaigns open", timeout=30
        )
        window.picture("held")
        assert "window that is open" not in window.text("text", "What is happening")
        # Help hides the explanation for as long as it is read.
        help_is_left(window)
        window.contains_text("What is happening", f"process {os.getpid()}")
        assert window.close() == 3
    other.let_go()


def closing_while_waiting_ends_at_once(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    other = Held(profile)
    with Window(profile, programs=programs) as window:
        window.contains_text("What is happening", "Another program is finishing its work")
        assert window.close(timeout=5) == 0
    other.let_go()


def size_of_window(window):
    extents = window.find("frame").queryComponent().getExtents(0)
    return extents.width, extents.height


def resize(window, width, height):
    number = subprocess.run(
        ["xdotool", "search", "--pid", str(window.process.pid), "--name", "SessionZero"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()[-1]
    subprocess.run(["xdotool", "windowsize", number, str(width), str(height)], check=True)


def extents(window, name):
    return window.see("tree table", name).queryComponent().getExtents(0)


def width(window, name):
    return extents(window, name).width


def drag_right_edge(window, name, pixels):
    """The sash beside a list, moved with the mouse."""
    place = extents(window, name)
    x, y = place.x + place.width + 2, place.y + place.height // 2
    words = ["mousemove", x, y, "mousedown", 1]
    for step in range(1, 5):
        words += ["mousemove", x + pixels * step // 4, y]
    subprocess.run(["xdotool", *map(str, words + ["mouseup", 1])], check=True)


def the_window_opens_as_it_was_left(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    make_character(profile, programs)
    with open_on_mira(profile, programs) as window:
        before = size_of_window(window)
        resize(window, 900, 600)
        window.wait("the new size", lambda: size_of_window(window) != before)
        size = size_of_window(window)
        narrow = width(window, "Campaigns and characters")
        drag_right_edge(window, "Campaigns and characters", 80)
        window.wait("a wider tree", lambda: width(window, "Campaigns and characters") > narrow + 40)
        wide = width(window, "Campaigns and characters")
        window.focus("page tab list", "Sections of the sheet")
        window.key("Right")
        window.wait("the section", lambda: window.find("page tab", "Things", state="selected"))
        assert window.close() == 0
    with Window(profile, programs=programs) as window:
        window.sees_text("Name", "Mira")
        window.wait("the section", lambda: window.find("page tab", "Things", state="selected"))
        window.wait(f"the size {size}", lambda: size_of_window(window) == size)
        window.wait(
            f"a tree {wide} wide", lambda: width(window, "Campaigns and characters") == wide
        )
        window.key("ctrl+3")
        window.wait("Packs", lambda: window.find("page tab", "Packs", state="selected"))
        window.key("F1")  # help is not a panel to come back to
        window.contains_text("Help", "Ctrl+Shift+N")
        assert window.close() == 0
    with Window(profile, programs=programs) as window:
        window.wait("Packs", lambda: window.find("page tab", "Packs", state="selected"))
        assert window.close() == 0


if __name__ == "__main__":
    main(
        [
            the_window_waits_for_a_program_that_is_finishing,
            a_program_that_does_not_end_is_not_called_a_window,
            closing_while_waiting_ends_at_once,
            the_window_opens_as_it_was_left,
        ]
    )
