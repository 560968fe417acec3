# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drives the window as a person does: AT-SPI to look and to wait, xdotool to type.

Run under session.sh with the system's Python. Nothing here sleeps for a fixed time: `wait` looks
until a condition holds, and fails with what is on the screen.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pyatspi
from gi.repository import Atspi

BIN = os.environ.get("SZ_BIN", "")
STATE = {
    "focused": pyatspi.STATE_FOCUSED,
    "showing": pyatspi.STATE_SHOWING,
    "checked": pyatspi.STATE_CHECKED,
    "enabled": pyatspi.STATE_ENABLED,
    "selected": pyatspi.STATE_SELECTED,
}


# A button has another name since AT-SPI 2.54 (Debian 13), a status bar in older ATKs.
ROLE = {Atspi.role_get_name(Atspi.Role(i)): Atspi.Role(i) for i in range(Atspi.Role.LAST_DEFINED)}
ROLE["push button"] = Atspi.Role.PUSH_BUTTON
ROLE["statusbar"] = Atspi.Role.STATUS_BAR


def role_of(node):
    """The role's name."""
    role = node.getRoleName()
    return "push button" if role == "button" else role


def is_shown(node):
    """Looked at by `walk`: a menu is, though it is closed."""
    return role_of(node) in ("menu", "menu item") or node.getState().contains(
        pyatspi.STATE_VISIBLE
    )


def below(node, role, state):
    """All below a node that have a role and a state, in the order of `walk`.

    The program looks for them itself: one question instead of some for each of its nodes.
    """
    rule = Atspi.MatchRule.new(
        Atspi.StateSet.new([STATE[state]] if state else []),
        Atspi.CollectionMatchType.ALL,
        {},
        Atspi.CollectionMatchType.ALL,
        [ROLE[role]] if role else [],
        Atspi.CollectionMatchType.ANY,
        [],
        Atspi.CollectionMatchType.ALL,
        False,
    )
    order = Atspi.CollectionSortOrder.CANONICAL
    return Atspi.Collection.get_matches(node, rule, order, 0, True)


def prefix_without_samples(folder):
    """The built program at a place of its own, with the plugins and without the sample packs.

    What a test sees then depends on that test alone.
    """
    os.makedirs(os.path.join(folder, "bin"), exist_ok=True)
    for program in ("sessionzero", "szctl"):
        target = os.path.join(folder, "bin", program)
        try:
            os.link(os.path.join(BIN, program), target)
        except OSError:
            shutil.copy2(os.path.join(BIN, program), target)
    os.symlink(os.path.join(os.path.dirname(BIN), "plugins"), os.path.join(folder, "plugins"))
    return os.path.join(folder, "bin")


def szctl(profile, *words, programs=None, code=0):
    done = subprocess.run(
        [os.path.join(programs or BIN, "szctl"), "--profile", profile, "--json", *words],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == code, f"szctl {words}: {done.returncode} {done.stdout} {done.stderr}"
    return json.loads(done.stdout) if done.stdout.strip() else {}


class Window:
    def __init__(self, profile, *options, programs=None, timeout=30):
        self.log_path = os.path.join(os.environ["UIHOME"], "window.log")
        self.log = open(self.log_path, "a")
        self.process = subprocess.Popen(
            [os.path.join(programs or BIN, "sessionzero"), "--profile", profile, *options],
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self.root = None
        try:
            self.root = self.wait("the program on the accessibility bus", self._mine, timeout)
            self.wait("the window", lambda: self.find("frame"), timeout)
        except BaseException:
            self.process.kill()
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None:
            print("---- on the screen when it failed:")
            try:
                for line in self.dump():
                    print(line)
            except Exception as problem:  # the window may be gone
                print(f"(cannot be read: {problem})")
            self.picture("failed")
            print("---- the program said:")
            print(open(self.log_path).read()[-4000:])
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)

    def _mine(self):
        assert self.process.poll() is None, f"the program ended with {self.process.returncode}"
        for child in self.children(pyatspi.Registry.getDesktop(0)):
            if child.get_process_id() == self.process.pid:
                return child
        return None

    # ---- looking ----

    @staticmethod
    def children(node):
        for index in range(node.childCount):
            child = node.getChildAtIndex(index)
            if child is not None:
                yield child

    def walk(self, node=None, depth=0, hidden=False):
        node = node or self.root
        yield depth, node
        try:
            kids = list(self.children(node))
        except Exception:  # gone while it was looked at
            return
        for kid in kids:
            try:
                shown = hidden or depth == 0 or is_shown(kid)
            except Exception:
                continue
            if shown:
                yield from self.walk(kid, depth + 1, hidden)

    def each(self, role=None, name=None, state=None, begins=None, within=None):
        """Those that `walk` would come by and that are so."""
        for top in [within] if within else list(self.children(self.root)):
            try:
                found = [node for node in (top,) if self._is(node, role, state)]
                found += below(top, role, state)
            except Exception:  # gone while it was looked at
                continue
            for node in found:
                try:
                    if name is not None and node.name != name:
                        continue
                    if begins is not None and not (node.name or "").startswith(begins):
                        continue
                    if self._reached(node, within or self.root):
                        yield node
                except Exception:
                    continue

    @staticmethod
    def _is(node, role, state):
        return (role is None or role_of(node) == role) and (
            state is None or node.getState().contains(STATE[state])
        )

    @staticmethod
    def _reached(node, start):
        """Whether `walk` gets there from `start`: all on the way are shown."""
        while node is not None and node != start and node.parent != start:
            if not is_shown(node):
                return False
            node = node.parent
        return node is not None

    def all(self, role=None, name=None, state=None, begins=None, within=None):
        return list(self.each(role, name, state, begins, within))

    def find(self, role=None, name=None, state=None, begins=None, within=None):
        return next(self.each(role, name, state, begins, within), None)

    def see(self, role=None, name=None, begins=None, state=None, timeout=15):
        what = " ".join(str(word) for word in (role, name, begins, state) if word)
        return self.wait(what, lambda: self.find(role, name, state, begins), timeout)

    def gone(self, role=None, name=None, begins=None, timeout=15):
        self.wait(
            f"{role} {name or begins} to go",
            lambda: self.find(role, name, begins=begins) is None,
            timeout,
        )

    def text(self, role="text", name=None):
        node = self.find(role, name)
        if node is None:
            return None
        content = node.queryText()
        return content.getText(0, content.characterCount)

    def sees_text(self, name, value, role="text", timeout=15):
        self.wait(
            f"{name} to say {value!r}, not {self.text(role, name)!r}",
            lambda: self.text(role, name) == value,
            timeout,
        )

    def contains_text(self, name, part, role="text", timeout=15):
        self.wait(
            f"{name} to contain {part!r}", lambda: part in (self.text(role, name) or ""), timeout
        )

    def says(self, part, timeout=15):
        """A status or label on the screen contains these words."""
        return self.wait(
            f"words {part!r}",
            lambda: next(
                (
                    node
                    for role in ("statusbar", "label", "status bar")
                    for node in self.all(role)
                    if part in (node.name or "")
                ),
                None,
            ),
            timeout,
        )

    def dump(self):
        for depth, node in self.walk():
            try:
                yield "%s%s %r" % ("  " * depth, role_of(node), node.name)
            except Exception:
                continue

    def focused(self):
        return self.find(state="focused")

    def settled(self, condition, looks=15):
        """Whether it holds soon: looks again while the window is busy with the last key."""
        for _ in range(looks):
            if condition():
                return True
            time.sleep(0.02)
        return False

    def wait(self, what, condition, timeout=15):
        end = time.monotonic() + timeout
        while True:
            result = condition()
            if result:
                return result
            if time.monotonic() > end:
                raise AssertionError(f"waited {timeout} s in vain for {what}")
            time.sleep(0.02)  # between two looks; the condition decides, not the time

    # ---- doing ----

    def key(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "20", *keys], check=True)

    def type(self, text):
        subprocess.run(
            ["xdotool", "type", "--clearmodifiers", "--delay", "8", "--", text], check=True
        )

    def press(self, name, role="push button"):
        node = self.see(role, name, state="enabled")
        node.queryAction().doAction(0)
        return node

    def focus(self, role, name):
        node = self.see(role, name)
        node.queryComponent().grabFocus()
        self.wait(f"the keyboard in {name}", lambda: self.find(role, name, state="focused"))
        return node

    def enter(self, name, value, role="text", key="Return"):
        """Types a value into a named field, over what is there, and sends it with a key."""
        self.focus(role, name)
        self.key("ctrl+a")
        self.type(value)
        if key:
            self.key(key)

    def choose(self, name, item):
        box = self.see("combo box", name)
        box.queryAction().doAction(0)
        node = self.wait(f"{item} in {name}", lambda: self.find("menu item", item, within=box))
        node.queryAction().doAction(0)

    def picture(self, name):
        folder = os.environ.get("SZ_PICTURES")
        if folder:
            subprocess.run(
                ["import", "-window", "root", os.path.join(folder, f"{name}.png")], check=False
            )

    def close(self, timeout=20):
        """As the window manager does; returns the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout)


def main(tests):
    """Runs the functions in order; each gets a folder of its own."""
    for test in tests:
        folder = os.path.join(os.environ["UIHOME"], test.__name__)
        os.makedirs(folder)
        begun = time.monotonic()
        test(folder)
        print(f"ok  {test.__name__}  {time.monotonic() - begun:.1f} s", flush=True)
    sys.exit(0)
