# SPDX-License-Identifier: AGPL-3.0-or-later
"""Panels of others that misbehave: the window stays, the others work, and the page says why."""
import os
import shutil
import signal

from drive import Window, main, prefix_without_samples, szctl

FAULTY = os.environ["SZ_FAULTY_PANELS"]
WHY = "Why this panel is not shown"


def with_panels(folder, *names):
    """A profile that trusts these panels: its path, and the programs to use it with."""
    profile, programs = os.path.join(folder, "profile"), prefix_without_samples(folder)
    for name in names:
        plugin = f"org.test.{name}"
        shutil.copytree(
            os.path.join(FAULTY, plugin), os.path.join(profile, "plugins", plugin), symlinks=True
        )
        szctl(profile, "plugin", "trust", plugin, programs=programs)
    return profile, programs


def state_of(profile, programs, name):
    plugins = szctl(profile, "plugin", "list", programs=programs)["plugins"]
    return next(one["state"] for one in plugins if one["id"] == f"org.test.{name}")


def choose(window, number, panel):
    window.key(f"ctrl+{number}")
    window.wait(panel, lambda: window.find("page tab", panel, state="selected"))


def reason(window):
    """What stands in the place of the panel that is on the screen."""
    node = window.find("text", WHY, state="showing")
    return node.queryText().getText(0, -1) if node else ""


def reads(window, *parts):
    for part in parts:
        window.wait(f"{part!r} in the panel's place", lambda: part in reason(window))


def own_panels_work(window):
    for number, panel in enumerate(("Library", "Campaigns", "Packs"), 1):
        choose(window, number, panel)
        window.wait(f"{panel} itself", lambda: reason(window) == "")


def press_by_key(window, name):
    """The accessibility bus would wait until what the button does has ended, a dialog too."""
    window.focus("push button", name)
    window.key("space")


def do_it(window, number, panel):
    window.see("page tab", panel, state="showing")
    choose(window, number, panel)
    press_by_key(window, "Do it")


def panels_that_cannot_be_made_say_so_in_their_place(folder):
    profile, programs = with_panels(folder, "create-throws", "foreign-window", "short-instance")
    for _ in range(2):
        with Window(profile, programs=programs) as window:
            window.see("page tab", "Unmade", state="showing")
            own_panels_work(window)
            choose(window, 4, "Unmade")
            reads(window, "cannot be shown", "org.test.create-throws", "let an error out")
            reads(window, "szctl plugin disable org.test.create-throws")
            window.picture("unmade")
            choose(window, 5, "Foreign")
            reads(window, "org.test.foreign-window", "its window does not stand where")
            choose(window, 6, "Short")
            reads(window, "org.test.short-instance", "its table is too short")
            own_panels_work(window)
            assert window.close() == 0


def gives_way(folder, name, panel):
    profile, programs = with_panels(folder, name)
    with Window(profile, programs=programs) as window:
        do_it(window, 4, panel)
        reads(window, "This panel has stopped", f"org.test.{name}", "let an error out")
        assert window.find("push button", "Do it") is None
        # The keyboard was in the panel: it is where the reason can be read.
        window.wait("the keyboard", lambda: window.find("text", WHY, state="focused"))
        window.picture(name)
        own_panels_work(window)
        assert window.close() == 0
    assert state_of(profile, programs, name) == "found", "a panel that throws is tried again"


def a_handler_that_throws_ends_its_panel(folder):
    gives_way(folder, "handler-throws", "Throws")


def so_does_what_a_panel_puts_off(folder):
    gives_way(folder, "later-throws", "Later")


def a_handler_that_ends_the_program_is_known_at_the_next_start(folder):
    profile, programs = with_panels(folder, "timer-aborts")
    with Window(profile, programs=programs) as window:
        do_it(window, 4, "Aborts")
        assert window.process.wait(20) == -signal.SIGABRT
    with Window(profile, programs=programs) as window:
        window.see("page tab", "Library", state="showing")
        window.says("org.test.timer-aborts is not running")
        assert window.find("page tab", "Aborts") is None
        own_panels_work(window)
        window.says("szctl plugin enable org.test.timer-aborts")
        window.picture("quarantined")
        window.press("Put away")
        window.gone("push button", "Put away")
        assert state_of(profile, programs, "timer-aborts") == "quarantined"
        assert window.close() == 0
    record = szctl(profile, "plugin", "info", "org.test.timer-aborts", programs=programs)
    assert "panel.event" in record["reason"], record


def asked(window):
    do_it(window, 4, "Asks")
    window.see("push button", "Fail")


def a_panel_ends_after_the_dialog_that_it_waits_for(folder):
    profile, programs = with_panels(folder, "dialog-throws")
    with Window(profile, programs=programs) as window:
        asked(window)
        press_by_key(window, "Fail")
        press_by_key(window, "Leave it")
        reads(window, "This panel has stopped")
        own_panels_work(window)
        assert window.close() == 0


def a_program_that_is_ended_while_a_panel_asks_blames_nobody(folder):
    profile, programs = with_panels(folder, "dialog-throws")
    with Window(profile, programs=programs) as window:
        asked(window)
        window.process.kill()
        window.process.wait(10)
    with Window(profile, programs=programs) as window:
        asked(window)
        assert state_of(profile, programs, "dialog-throws") == "running"
        # The end of a desktop session does not wait for an answer.
        assert window.close() == 0


if __name__ == "__main__":
    main(
        [
            panels_that_cannot_be_made_say_so_in_their_place,
            a_handler_that_throws_ends_its_panel,
            so_does_what_a_panel_puts_off,
            a_handler_that_ends_the_program_is_known_at_the_next_start,
            a_panel_ends_after_the_dialog_that_it_waits_for,
            a_program_that_is_ended_while_a_panel_asks_blames_nobody,
        ]
    )
