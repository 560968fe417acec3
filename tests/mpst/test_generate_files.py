# SPDX-License-Identifier: AGPL-3.0-or-later
"""szmpst generate: which files are written, left alone and taken away."""
import os
import unittest

from generating import VIDEO, Generating


class GenerateFiles(Generating):
    def test_what_is_unchanged_is_not_written_again(self):
        self.generate(VIDEO)
        path = self.out / "VideoStreaming/Client.hpp"
        os.utime(path, (1, 1))
        self.generate(VIDEO)
        self.assertEqual(path.stat().st_mtime, 1)
        self.generate(VIDEO.replace("Answer", "Reply"))
        self.assertGreater(path.stat().st_mtime, 1)
        self.assertIn("AwaitReply", path.read_text())
        self.assertEqual(len(list((self.out / "VideoStreaming").iterdir())), 3)

    def test_one_role_alone(self):
        self.generate(VIDEO, "--role", "Server")
        self.assertEqual([p.name for p in (self.out / "VideoStreaming").iterdir()], ["Server.hpp"])
        self.generate("global protocol P(role Alice as A, role B) { m() from A to B; }")
        self.assertEqual(sorted(p.name for p in (self.out / "P").iterdir()), ["A.hpp", "B.hpp"])

    def test_the_header_of_a_role_that_is_gone_goes(self):
        text = "global protocol P(role %s, role B) { m() from %s to B; }"
        self.generate(text % ("Old", "Old"))
        own = self.out / "P/own.hpp"
        own.write_text("// written by a person\n")
        self.generate(text % ("New", "New"), "--role", "B")
        self.assertTrue((self.out / "P/Old.hpp").exists())
        self.generate(text % ("New", "New"))
        self.assertEqual(
            sorted(p.name for p in (self.out / "P").iterdir()), ["B.hpp", "New.hpp", "own.hpp"]
        )

    def test_two_protocols_do_not_write_into_one_folder(self):
        one = "global protocol %s(role A, role B) { m() from A to B; }"
        said = self.generate(one % "Q'" + one % "Q_", "--protocol", "Q_", code=1).stderr
        self.assertIn("“Q_” and “Q'” would be written into one folder", said)
        self.assertFalse(self.out.exists())


if __name__ == "__main__":
    unittest.main()
