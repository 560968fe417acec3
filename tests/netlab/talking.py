# SPDX-License-Identifier: AGPL-3.0-or-later
"""Talkers on the hosts of a laboratory: the programs of talker/, and what they have said."""
import json
import math
import subprocess
import threading
import time

from lab import BUILD, LabError, PATIENCE

PROGRAM = f"{BUILD}/test-bin/netlab_talker"
LIBRARY = f"{BUILD}/plugins/org.sessionzero.transport-direct/transport_direct.so"


def now_ms():
    """The clock of a talker's times."""
    return time.monotonic() * 1000


def share(numbers, part):
    """The least number that so much of all of them do not exceed: 0.5 is the median."""
    ordered = sorted(numbers)
    return ordered[math.ceil(part * len(ordered)) - 1]


class Talker:
    def __init__(self, lab, host, seed, *what):
        self.name = None  # by which the host knows this guest
        self.process = lab.start(host, [PROGRAM, LIBRARY, str(seed), *what],
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.events = []
        self.changed = threading.Condition()
        threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True).start()

    def _listen(self, out):
        try:
            for line in out:
                with self.changed:
                    self.events.append(json.loads(line))
                    self.changed.notify_all()
        except ValueError:  # the laboratory has ended, and closed it
            pass

    def tell(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()

    def said(self, event):
        with self.changed:
            return [one for one in self.events if one["event"] == event]

    def story_of(self, peer):
        """What has become of the connection to them, in order."""
        with self.changed:
            return [one["event"] for one in self.events
                    if one.get("peer") == peer and one["event"] in ("waiting", "back", "ended")]

    def hears(self, event, number=1, patience=PATIENCE, peer=None):
        """The so-manieth such event, of that peer; waits for it."""
        with self.changed:
            def there():
                return [one for one in self.events if one["event"] == event
                        and peer in (None, one.get("peer"))]
            if not self.changed.wait_for(lambda: len(there()) >= number, patience):
                raise LabError(f"waited {patience} s in vain for {event}; there were "
                               f"{[one for one in self.events if one['event'] != 'progress']}")
            return there()[number - 1]


def listen(lab, host):
    """A host who listens, and its port."""
    talker = Talker(lab, host, 1, "listen", "udp://*:0")
    return talker, talker.hears("listening")["port"]


def call(lab, host, place, address, port):
    """A guest at that place, whom the host knows. Each is another identity."""
    number = len(host.said("up")) + 1
    guest = Talker(lab, place, number + 1, "call", f"udp://{address}:{port}")
    guest.hears("up")
    guest.name = host.hears("up", number)["peer"]
    return guest
