# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the tests of szmpst generate share: a folder of their own, and a protocol to begin with."""
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = Path(os.environ["SZ_BIN"]) / "szmpst"

VIDEO = """module examples.video;
global protocol VideoStreaming(role Authenticator, role Client, role Server) {
  Id(number: int) from Client to Authenticator;
  Answer(int) from Authenticator to Client;
  rec Loop {
    choice at Client {
      Request(string) from Client to Authenticator;
      Request(string) from Authenticator to Server;
      Video(bytes) from Server to Authenticator;
      Video(bytes) from Authenticator to Client;
      continue Loop;
    } or {
      Close() from Client to Authenticator;
      Close() from Authenticator to Server;
    }
  }
}
"""


class Generating(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="sz-mpst-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.out = self.folder / "out"

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def run_it(self, *words, code=0):
        done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}\n{done.stderr}")
        return done

    def generate(self, text, *words, code=0, out=None):
        path = self.write("protocol.scr", text)
        return self.run_it("generate", path, "--out", out or self.out, *words, code=code)
