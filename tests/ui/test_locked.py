# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person whose identity has a passphrase: everything is read, nothing changed until it is given."""
import os

from drive import Window, main, prefix_without_samples, role_of, szctl
from test_beside import value
from test_evening import make_character

SECRET = "four lanterns on a wall"


def protect(folder, profile, programs):
    """Puts a passphrase on the identity that made the campaign."""
    path = os.path.join(folder, "passphrase")
    with open(path, "w") as file:
        file.write(SECRET + "\n")
    szctl(profile, "identity", "passphrase", "--new-passphrase-file", path, programs=programs)


def asked(window):
    return window.wait(
        "the keyboard in the passphrase field",
        lambda: window.find("password text", "Passphrase", state="focused"),
    )


def can_unlock(window):
    item = next(
        node
        for _, node in window.walk(hidden=True)
        if role_of(node) == "menu item" and node.name == "Unlock identity..."
    )
    return item.getState().contains(8)  # STATE_ENABLED


def a_passphrase_is_asked_for_and_a_field_is_changed(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    character = make_character(profile, programs)
    protect(folder, profile, programs)
    with Window(profile, programs=programs) as window:
        asked(window)
        window.says("is locked. Everything can be read")
        assert can_unlock(window)
        window.picture("locked")
        window.type("four lamps")
        window.key("Return")
        window.says("The passphrase is wrong")
        asked(window)
        window.picture("wrong")
        window.type(SECRET)  # over the wrong one, which is selected
        window.key("Return")
        window.gone("password text", "Passphrase")
        window.says("is unlocked.")
        window.wait("the menu entry to go grey", lambda: not can_unlock(window))
        # The keyboard is where it would have been without the question.
        window.wait(
            "the keyboard in the tree",
            lambda: window.find("tree table", "Campaigns and characters", state="focused"),
        )
        window.key("Down")
        window.sees_text("Name", "Mira")
        window.enter("Calling", "Lamplighter")
        window.wait(
            "the change", lambda: value(profile, character, "core.traits.calling") == "Lamplighter"
        )
        assert window.close() == 0


def without_the_passphrase_everything_is_read_and_a_change_asks_again(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    character = make_character(profile, programs)
    protect(folder, profile, programs)
    with Window(profile, programs=programs) as window:
        asked(window)
        window.key("Escape")
        window.gone("password text", "Passphrase")
        window.wait(
            "the keyboard in the tree",
            lambda: window.find("tree table", "Campaigns and characters", state="focused"),
        )
        window.key("Down")
        window.sees_text("Name", "Mira")
        window.sees_text("Strength", "10")

        window.enter("Calling", "Lamplighter")
        asked(window)
        window.picture("asked-by-a-change")
        window.type(SECRET)
        window.key("Return")
        window.gone("password text", "Passphrase")
        # Back in the field, with what was typed.
        window.wait(
            "the keyboard in Calling", lambda: window.find("text", "Calling", state="focused")
        )
        window.sees_text("Calling", "Lamplighter")
        window.key("Return")
        window.wait(
            "the change", lambda: value(profile, character, "core.traits.calling") == "Lamplighter"
        )
        assert window.close() == 0


def the_menu_asks_and_a_lock_from_elsewhere_is_seen(folder):
    profile = os.path.join(folder, "profile")
    programs = prefix_without_samples(folder)
    make_character(profile, programs)
    with Window(profile, programs=programs) as window:
        window.see("page tab", "Journey")
        assert not can_unlock(window)
        protect(folder, profile, programs)  # beside the window
        szctl(profile, "identity", "lock")
        window.wait("the menu entry", lambda: can_unlock(window))
        window.key("alt+f", "u")
        asked(window)
        # Unlocked by another program: there is nothing to ask any more.
        szctl(
            profile, "identity", "unlock", "--passphrase-file", os.path.join(folder, "passphrase")
        )
        window.gone("password text", "Passphrase")
        window.wait("the menu entry to go grey", lambda: not can_unlock(window))
        assert window.close() == 0


if __name__ == "__main__":
    main(
        [
            a_passphrase_is_asked_for_and_a_field_is_changed,
            without_the_passphrase_everything_is_read_and_a_change_asks_again,
            the_menu_asks_and_a_lock_from_elsewhere_is_seen,
        ]
    )
