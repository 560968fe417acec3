# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bad networks are survived, by programs that talk over all of it: session, channel and udp://."""
import os
import signal
import time
import unittest

from lab import BUILD, Lab
from talking import call, listen, now_ms, share

HAS_LINE = os.path.exists(f"{BUILD}/test-bin/netlab_line")
PAULA = "11.22.33.50"
OUTAGE_S = 20
BACK_MS = 2000


class Talk(unittest.TestCase):
    def assert_once_in_order(self, messages):
        self.assertGreater(len(messages), 0)
        self.assertEqual([number for number, _, _ in messages], list(range(len(messages))))

    def assert_came_by(self, messages, when, time_ms=BACK_MS):
        """What was said before `when` had come this long after it."""
        late = [round(came - when) for _, said, came in messages
                if said <= when and came > when + time_ms]
        self.assertEqual(late, [])

    def talk_a_while(self, talker):
        """A second of echoes."""
        number = len(talker.said("echoes")) + 1
        talker.tell("echo", 20, 50)
        self.assertEqual(len(talker.hears("echoes", number)["ms"]), 20)

    def numbers(self, host, *guests):
        """Begins to say numbers both ways; gives what ends it, and gives what came: of each guest
        what came there, and at the host."""
        for one in (host, *guests):
            one.tell("numbers", 50)

        def end():
            for one in (host, *guests):
                one.tell("stop")
            return [(guest.hears("numbers")["messages"],
                     host.hears("numbers", peer=guest.name)["messages"]) for guest in guests]
        return end


@unittest.skipUnless(HAS_LINE, "libnetfilter_queue was not there when this was built")
class BadLines(Talk):
    def test_small_messages_are_quick_though_one_in_twenty_is_lost_each_way(self):
        """80 ms ± 20 as the time of one way, and as that of both. The round trip of the path is
        what a datagram takes that nothing happens to."""
        with Lab() as lab:
            host, port = listen(lab, "paula")
            slow = [call(lab, host, place, PAULA, port) for place in ("alice", "anna")]
            quick = call(lab, host, "bob", PAULA, port)
            lab.line("a", "delay=80", "jitter=20", "loss=5", "seed=1")
            lab.line("b", "delay=40", "jitter=10", "loss=5", "seed=2")
            for talker in slow:
                talker.tell("echo", 200, 100)
            quick.tell("echo", 400, 50)
            for talkers, round_trip in ((slow, 160), ([quick], 80)):
                ms = [one for talker in talkers
                      for one in talker.hears("echoes", patience=60)["ms"]]
                figures = f"{round_trip} ms: median {share(ms, 0.5):.0f}, " \
                          f"99 % {share(ms, 0.99):.0f}, longest {max(ms):.0f}"
                print(figures)
                self.assertEqual(len(ms), 400)
                self.assertGreaterEqual(share(ms, 0.5), round_trip * 0.8)  # it is that line
                self.assertLessEqual(share(ms, 0.5), round_trip * 1.2, figures)
                self.assertLessEqual(share(ms, 0.99), round_trip * 6, figures)

    def test_an_outage_of_twenty_seconds_costs_nothing_but_time(self):
        """alice's line delays; bob's also loses one in twenty of what he calls again with: he
        mostly is back as soon, and has more time here."""
        with Lab() as lab:
            host, port = listen(lab, "paula")
            guests = [call(lab, host, place, PAULA, port) for place in ("alice", "bob")]
            lines = [lab.line("a", "delay=80", "jitter=20"),
                     lab.line("b", "delay=80", "jitter=20", "loss=5")]
            end = self.numbers(host, *guests)
            self.talk_a_while(guests[0])
            for line in lines:
                line.set("loss=100")
            time.sleep(OUTAGE_S)
            for line, loss in zip(lines, (0, 5)):
                line.set(f"loss={loss}")
            returned = now_ms()
            for guest in guests:
                self.talk_a_while(guest)
            all_numbers = end()
            for guest, numbers, time_ms in zip(guests, all_numbers, (BACK_MS, 2 * BACK_MS)):
                self.assert_came_back(host, guest, returned, time_ms)
                for messages in numbers:
                    self.assert_once_in_order(messages)
                    self.assertGreater(len(messages), OUTAGE_S * 1000 / 50)  # said during it, too
                    self.assert_came_by(messages, returned, time_ms)

    def test_a_laptop_that_was_suspended_goes_on(self):
        """It stands still; whoever waits for it does not."""
        with Lab() as lab:
            host, port = listen(lab, "paula")
            alice = call(lab, host, "alice", PAULA, port)
            lab.line("a", "delay=40")
            end = self.numbers(host, alice)
            self.talk_a_while(alice)
            alice.process.send_signal(signal.SIGSTOP)
            time.sleep(OUTAGE_S)
            returned = now_ms()
            alice.process.send_signal(signal.SIGCONT)
            self.talk_a_while(alice)
            [numbers] = end()
            self.assert_came_back(host, alice, returned, BACK_MS)
            for messages in numbers:
                self.assert_once_in_order(messages)
                self.assert_came_by(messages, returned)

    def assert_came_back(self, host, guest, returned, time_ms):
        """Both saw that the other was gone, and was back."""
        for talker, peer in ((guest, "host"), (host, guest.name)):
            self.assertEqual(talker.story_of(peer), ["waiting", "back"])
            back = talker.hears("back", peer=peer)["at"] - returned
            print(f"back after {back:.0f} ms")
            self.assertGreater(back, 0)
            self.assertLessEqual(back, time_ms)


class Addresses(Talk):
    def address_of(self, host):
        number = len(host.said("report")) + 1
        host.tell("report")
        return host.hears("report", number)["others"][0]["address"]

    def assert_goes_on(self, host, guest, change):
        """Nobody has to call again: the path is followed."""
        end = self.numbers(host, guest)
        self.talk_a_while(guest)
        before = self.address_of(host)
        change()
        changed = now_ms()
        self.talk_a_while(guest)
        for messages in end()[0]:
            self.assert_once_in_order(messages)
            self.assert_came_by(messages, changed)
        self.assertNotEqual(self.address_of(host), before)
        self.assertEqual(guest.said("waiting") + host.said("waiting"), [])

    def test_a_caller_gets_another_address_behind_a_router(self):
        with Lab(router_a="full") as lab:
            host, port = listen(lab, "alice")
            bob = call(lab, host, "bob", "11.22.33.11", port)
            self.assert_goes_on(host, bob, lambda: lab.change_address("bob", "192.168.2.77"))

    def test_a_caller_of_a_public_host_gets_another_address(self):
        with Lab() as lab:
            host, port = listen(lab, "paula")
            alice = call(lab, host, "alice", PAULA, port)
            self.assert_goes_on(host, alice, lambda: lab.change_address("alice", "192.168.1.77"))

    def test_a_router_forgets_what_it_had_let_through(self):
        with Lab(router_b="symmetric") as lab:
            host, port = listen(lab, "paula")
            bob = call(lab, host, "bob", PAULA, port)
            self.assert_goes_on(host, bob, lambda: lab.set_router("b", "symmetric"))


if __name__ == "__main__":
    unittest.main()
