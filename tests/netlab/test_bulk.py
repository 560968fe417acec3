# SPDX-License-Identifier: AGPL-3.0-or-later
"""A line of 20 Mbit/s that lets 100 ms wait: what is large goes over it, and play feels little."""
import os
import unittest

from lab import BUILD, Lab
from talking import call, listen, now_ms, share

HAS_LINE = os.path.exists(f"{BUILD}/test-bin/netlab_line")
LINE = ("rate=20", "buffer=100", "delay=10")
ALICE = "11.22.33.11"


@unittest.skipUnless(HAS_LINE, "libnetfilter_queue was not there when this was built")
class Bulk(unittest.TestCase):
    def hosting(self, *places):
        """alice, behind that line, and guests elsewhere."""
        lab = self.enterContext(Lab(router_a="full"))
        lab.line("a", *LINE)
        host, port = listen(lab, "alice")
        return [call(lab, host, place, ALICE, port) for place in places]

    def fetch(self, guests, size, echoes):
        """All at once, with echoes beside it; when it began."""
        begun = now_ms()
        for guest in guests:
            guest.tell("fetch", size)
            guest.tell("echo", echoes, 50)
        for guest in guests:
            self.assertEqual(guest.hears("fetched", patience=60)["bytes"], size)
        return begun

    def test_ten_megabytes_are_hardly_felt_beside_them(self):
        [bob] = self.hosting("bob")
        begun = self.fetch([bob], 10_000_000, 100)
        took = bob.hears("fetched")["at"] - begun
        ms = bob.hears("echoes")["ms"]
        print(f"took {took:.0f} ms; echoes: median {share(ms, 0.5):.0f}, 99 % "
              f"{share(ms, 0.99):.0f}, longest {max(ms):.0f}")
        self.assertGreater(took, 4000)  # it is that line
        self.assertLess(took, 10_000)   # and it is used
        self.assertEqual(len(ms), 100)
        self.assertLessEqual(share(ms, 0.99), 250)

    def test_eight_who_fetch_at_once_get_like_shares(self):
        """Jain's index of what each has when the first has all: 1 are equal shares, 1/8 is all to
        one."""
        size = 2_500_000
        guests = self.hosting(*["bob", "paula"] * 4)
        self.fetch(guests, size, 120)
        first = min(guest.hears("fetched")["at"] for guest in guests)
        got = [max([one["bytes"] for one in guest.said("progress") if one["at"] <= first] +
                   [size * (guest.hears("fetched")["at"] <= first)]) for guest in guests]
        index = sum(got) ** 2 / (len(got) * sum(one * one for one in got))
        ms = [guest.hears("echoes")["ms"] for guest in guests]
        worst = max(share(one, 0.99) for one in ms)
        print(f"shares {[one // 1000 for one in got]} kB, index {index:.3f}; echoes: 99 % of the "
              f"worst {worst:.0f}, of all {share([x for one in ms for x in one], 0.99):.0f} ms")
        self.assertGreaterEqual(index, 0.9)
        for one in ms:
            self.assertEqual(len(one), 120)
        self.assertLessEqual(worst, 500)


if __name__ == "__main__":
    unittest.main()
