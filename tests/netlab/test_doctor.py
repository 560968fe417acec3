# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two programs as people start them, in two homes: what the doctor tries, finds and says."""
import json
import shutil
import signal
import subprocess
import threading
import unittest

from lab import BUILD, Lab, wait_for

PROGRAM = f"{BUILD}/bin/szctl"
EVERY_STEP = {"resolve", "cookie", "connect", "handshake", "join", "round trip", "under load",
              "rate", "loss"}


class Hosting:
    """szctl doctor --listen at a host of the laboratory, with a profile of its own."""

    def __init__(self, lab, host):
        self.process = lab.start(host, [PROGRAM, "--profile", f"{lab.folder}/{host}", "doctor",
                                        "--listen", "udp://*:0", "--router"],
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines = []
        self.reader = threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self.reader.start()

    def _read(self, out):
        try:
            self.lines += iter(out.readline, "")
        except ValueError:  # the laboratory has ended, and closed it
            pass

    def said(self):
        return "".join(self.lines)

    def hears(self, what):
        """The first line with these words; waits for it."""
        return wait_for(what, lambda: next((line for line in list(self.lines) if what in line),
                                           None))

    def end(self):
        """As with Ctrl+C; its status."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(60)
        self.reader.join()
        return status


class TwoHomes(unittest.TestCase):
    def look(self, lab, host, url):
        """What szctl doctor finds, its status first."""
        done = subprocess.run(["nsenter", f"--net=/run/netns/{host}", "--", PROGRAM, "--profile",
                               f"{lab.folder}/{host}", "doctor", url, "--json"],
                              capture_output=True, text=True, timeout=60)
        return done.returncode, json.loads(done.stdout)

    @staticmethod
    def forwarded(lab):
        """How many ports the router lets in."""
        return lab.run("router_a", ["nft", "list", "ruleset"]).count("dnat ip to 192.168.1.10")

    @unittest.skipIf(shutil.which("miniupnpd") is None, "not installed: miniupnpd")
    def test_a_player_comes_in_where_the_router_was_asked_and_the_port_is_given_back(self):
        with Lab() as lab:
            lab.start_upnp("a")
            host = Hosting(lab, "alice")
            url = host.hears("is for everybody").split(" is for ")[0].split()[-1]
            self.assertRegex(url, r"^udp://11\.22\.33\.11:\d+#([0-9a-z]{4}-){4}[0-9a-z]{4}$")
            port = url.split("#")[0].rsplit(":", 1)[1]
            self.assertIn(f"forwards port {port} to this computer", host.said())
            self.assertEqual(self.forwarded(lab), 1)
            status, report = self.look(lab, "bob", url)
            self.assertEqual((status, report["ok"]), (0, True), report)
            self.assertEqual({step["step"] for step in report["steps"]}, EVERY_STEP)
            self.assertEqual({step["state"] for step in report["steps"]}, {"done"})
            self.assertIn("has come, from udp://11.22.33.12:", host.hears("has come"))
            self.assertEqual(host.end(), 0)
            self.assertEqual(self.forwarded(lab), 0)
            self.assertIn("1 visitor came.", host.said())

    def test_without_a_router_that_helps_both_are_told_what_to_do(self):
        with Lab() as lab:
            host = Hosting(lab, "alice")
            home = host.hears("is for computers in this home").split(" is for ")[0].split()[-1]
            port = home.split("#")[0].rsplit(":", 1)[1]
            self.assertIn("UPnP: No router in this network answered.", host.hears("router"))
            self.assertIn(f"forward UDP port {port} to 192.168.1.10 (this computer) by hand",
                          host.hears("by hand"))
            self.assertNotIn("is for everybody", host.said())
            # Somebody tells bob the address all the same.
            status, report = self.look(lab, "bob", home.replace("192.168.1.10", "11.22.33.11"))
            self.assertEqual((status, report["ok"]), (3, False), report)
            last = report["steps"][-1]
            self.assertEqual((last["step"], last["state"]), ("cookie", "failed"))
            self.assertEqual(last["message"], f"Nobody answers at udp://11.22.33.11:{port}.")
            self.assertEqual(last["hint"], f"Is the table open? Is UDP port {port} forwarded to "
                                           "the host's computer, and let in by its firewall?")
            # Who does what the host was told to do finds it.
            lab.set_router("a", "full")
            status, report = self.look(lab, "bob", home.replace("192.168.1.10", "11.22.33.11"))
            self.assertEqual((status, report["ok"]), (0, True), report)
            self.assertEqual(host.end(), 0)


if __name__ == "__main__":
    unittest.main()
