# SPDX-License-Identifier: AGPL-3.0-or-later
"""The laboratory does what its README says."""
import os
import signal
import socket
import subprocess
import sys
import time
import unittest

from lab import BUILD, HOSTS, Lab, LabError, wait_for

HERE = os.path.dirname(os.path.abspath(__file__))
HAS_LINE = os.path.exists(f"{BUILD}/test-bin/netlab_line")


def arrives(sender, target, receiver, patience=5):
    """Does a datagram get there, and from which address is it seen?"""
    sender.sendto(b"hello", target)
    receiver.settimeout(patience)
    try:
        return receiver.recvfrom(100)[1]
    except socket.timeout:
        return None


def nothing_comes(receiver, barrier, to):
    """Nothing is on its way: what was sent later, on another way, has arrived."""
    barrier.sendto(b"barrier", to)
    receiver.settimeout(5)
    return receiver.recvfrom(100)[0] == b"barrier"


class Routers(unittest.TestCase):
    def test_a_home_reaches_the_public_host_and_hears_its_answer(self):
        with Lab() as lab, lab.udp("alice", 5000) as alice, lab.udp("paula", 6000) as paula:
            seen = arrives(alice, ("11.22.33.50", 6000), paula)
            self.assertEqual(seen, ("11.22.33.11", 5000))
            self.assertEqual(arrives(paula, seen, alice), ("11.22.33.50", 6000))

    def test_a_cone_keeps_its_port_and_a_symmetric_router_does_not(self):
        with Lab(router_b="symmetric") as lab, lab.udp("paula", 6000) as one, \
                lab.udp("internet", 6001) as two, lab.udp("alice") as alice, lab.udp("bob") as bob:
            places = [(("11.22.33.50", 6000), one), (("11.22.33.2", 6001), two)]
            cone = {arrives(alice, target, receiver)[1] for target, receiver in places}
            self.assertEqual(cone, {alice.getsockname()[1]})
            symmetric = {arrives(bob, target, receiver)[1] for target, receiver in places}
            self.assertEqual(len(symmetric), 2)

    def test_a_stranger_is_not_let_in_but_by_a_full_cone(self):
        with Lab() as lab, lab.udp("paula") as paula, lab.udp("alice", 5000) as alice, \
                lab.udp("anna") as anna:
            paula.sendto(b"knock", ("11.22.33.11", 5000))
            self.assertTrue(nothing_comes(alice, anna, ("192.168.1.10", 5000)))
            lab.set_router("a", "full")
            self.assertEqual(arrives(paula, ("11.22.33.11", 5000), alice)[0], "11.22.33.50")

    def test_two_cones_are_punched_and_a_symmetric_router_is_not(self):
        for mode, opens in (("cone", True), ("symmetric", False)):
            with self.subTest(mode), Lab(router_b=mode) as lab, \
                    lab.udp("alice", 5000) as alice, lab.udp("bob", 5001) as bob, \
                    lab.udp("anna") as anna:
                bob.sendto(b"punch", ("11.22.33.11", 5000))
                alice.sendto(b"punch", ("11.22.33.12", 5001))
                bob.sendto(b"hello", ("11.22.33.11", 5000))
                if opens:
                    self.assertEqual(arrives(bob, ("11.22.33.11", 5000), alice)[0], "11.22.33.12")
                else:
                    self.assertTrue(nothing_comes(alice, anna, ("192.168.1.10", 5000)))

    def test_an_open_router_answers_an_early_packet_itself(self):
        with Lab(router_a="open") as lab, lab.udp("paula") as paula:
            with self.assertRaises(ConnectionRefusedError):
                paula.connect(("11.22.33.11", 5000))
                paula.send(b"early")
                paula.recv(100)

    def test_a_host_changes_its_address_while_it_runs(self):
        with Lab() as lab, lab.udp("paula", 6000) as paula:
            with lab.udp("alice") as alice:
                self.assertTrue(arrives(alice, ("11.22.33.50", 6000), paula))
            lab.change_address("alice", "192.168.1.77")
            with lab.udp("alice") as alice:
                self.assertTrue(arrives(alice, ("11.22.33.50", 6000), paula))
                with lab.udp("anna", 7000) as anna:
                    self.assertEqual(arrives(alice, ("192.168.1.20", 7000), anna)[0],
                                     "192.168.1.77")
            lab.change_address("paula", "11.22.33.60")
            with lab.udp("alice") as alice:
                self.assertEqual(arrives(alice, ("11.22.33.60", 6000), paula)[0], "11.22.33.11")


class Echo:
    """Round trips from alice to paula and back."""

    def __init__(self, lab):
        self.near, self.far = lab.udp("alice"), lab.udp("paula", 6000)
        self.near.connect(("11.22.33.50", 6000))

    def close(self):
        self.near.close()
        self.far.close()

    def round_trip_ms(self):
        began = time.monotonic()
        self.near.send(b"ping")
        _, where = self.far.recvfrom(100)
        self.far.sendto(b"pong", where)
        self.near.recv(100)
        return (time.monotonic() - began) * 1000


@unittest.skipUnless(HAS_LINE, "libnetfilter_queue was not there when this was built")
class BadLines(unittest.TestCase):
    def setUp(self):
        self.lab = self.enterContext(Lab())
        self.echo = Echo(self.lab)
        self.addCleanup(self.echo.close)

    def test_what_is_delayed_comes_later_by_that_much(self):
        self.lab.line("a", "delay=40")
        for _ in range(5):
            self.assertGreaterEqual(self.echo.round_trip_ms(), 80)
        self.lab.line("b", "delay=4000")  # another home's is another line
        self.assertLess(self.echo.round_trip_ms(), 4000)

    def test_the_directions_are_set_apart(self):
        line = self.lab.line("a", "up.loss=100")
        self.echo.near.send(b"lost")
        wait_for("the packet is seen", lambda: line.report()["up"]["seen"] == 1)
        self.assertEqual(line.report()["up"], {"seen": 1, "passed": 0, "lost": 1, "overflowed": 0})
        self.assertEqual(line.report()["down"]["seen"], 0)

    def test_the_same_seed_loses_the_same(self):
        line = self.lab.line("a", "loss=30")
        lost = []
        for seed in (7, 7, 8):
            line.set("loss=30", f"seed={seed}")
            before = line.report()["up"]
            for _ in range(200):
                self.echo.near.send(b"x")
            wait_for("all are seen", lambda: line.report()["up"]["seen"] == before["seen"] + 200)
            lost.append(line.report()["up"]["lost"] - before["lost"])
        self.assertEqual(lost[0], lost[1])
        self.assertTrue(all(30 < count < 90 for count in lost), lost)

    def test_an_outage_begins_and_ends(self):
        line = self.lab.line("a", "delay=1")
        self.echo.round_trip_ms()
        line.set("loss=100")
        self.echo.near.send(b"nobody hears this")
        wait_for("it is lost", lambda: line.report()["up"]["lost"] == 1)
        line.set("loss=0")
        self.echo.round_trip_ms()

    def test_a_slow_line_takes_its_time_and_drops_what_overflows(self):
        line = self.lab.line("a", "up.rate=1", "up.buffer=100")
        began = time.monotonic()
        for _ in range(100):  # 1028 bytes each with headers: 8.2 ms on the line, 12 fit in 100 ms
            self.echo.near.send(b"x" * 1000)
        wait_for("all are seen", lambda: line.report()["up"]["seen"] == 100)
        took_ms = (time.monotonic() - began) * 1000
        report = wait_for("the line is empty", lambda: self.empty(line))
        self.assertGreaterEqual(report["passed"], 12)
        self.assertLessEqual(report["passed"], 14 + took_ms / 8.2)
        self.assertEqual(report["passed"] + report["overflowed"], 100)

    @staticmethod
    def empty(line):
        report = line.report()["up"]
        return report if report["passed"] + report["overflowed"] == report["seen"] else None

    def test_what_is_no_setting_is_refused(self):
        line = self.lab.line("a")
        for text in ("loss", "loss=", "loss=x", "speed=1", "loss=-1", "left.loss=1"):
            with self.assertRaises(LabError):
                line.set(text)


class Ends(unittest.TestCase):
    def test_a_laboratory_that_fails_leaves_nothing(self):
        try:
            with Lab() as lab:
                sleeper = lab.start("alice", ["sleep", "1000"])
                raise KeyError("the test is wrong")
        except KeyError:
            pass
        self.assertIsNotNone(sleeper.poll())
        self.assertEqual(os.listdir("/run/netns"), [])
        self.assertFalse(os.path.exists(lab.folder))

    def test_what_is_killed_takes_all_of_it_along(self):
        mark = f"7{os.getpid()}7"  # seconds that nothing else sleeps
        script = ("import sys, lab\nwith lab.Lab() as l:\n"
                  f"  l.start('alice', ['sleep', '{mark}'])\n  print('up', flush=True)\n"
                  "  sys.stdin.read()\n")
        inner = subprocess.Popen([sys.executable, f"{HERE}/inside.py", "--", sys.executable, "-c",
                                  script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.assertEqual(inner.stdout.readline(), b"up\n")
        wait_for("it sleeps", lambda: self.sleeping(mark) == 1)
        inner.send_signal(signal.SIGKILL)
        inner.wait()
        inner.stdin.close()
        inner.stdout.close()
        wait_for("all processes are gone", lambda: self.sleeping(mark) == 0)

    @staticmethod
    def sleeping(mark):
        count = 0
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{process}/cmdline", "rb") as words:
                    count += words.read() == b"sleep\0" + mark.encode() + b"\0"
            except OSError:
                pass
        return count

    def test_hosts_have_the_addresses_that_are_written_down(self):
        with Lab(net="100.64.0") as lab:
            for host, (_, address) in HOSTS.items():
                self.assertIn(f"inet {address}/24", lab.run(host, ["ip", "addr"]))
            self.assertIn("inet 100.64.0.11/24", lab.run("router_a", ["ip", "addr"]))


if __name__ == "__main__":
    unittest.main()
