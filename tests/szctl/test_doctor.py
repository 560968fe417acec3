# SPDX-License-Identifier: AGPL-3.0-or-later
"""The doctor: two programs, two profiles, one way between them."""

import signal
import subprocess
import unittest

from szctl import BUILD, PROGRAM, SzctlTest

MAKE_CERTIFICATE = BUILD / "test-bin/make_certificate"


class Listening:
    """szctl doctor --listen, with a profile of its own."""

    def __init__(self, folder, url, *options):
        self.process = subprocess.Popen(
            [PROGRAM, "--profile", folder, "doctor", "--listen", url, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines = []
        for line in self.process.stdout:
            self.lines.append(line)
            if " is for " in line:
                self.url = line.split(" is for ")[0].split()[-1]
                break

    def end(self):
        """All that it said, on standard output."""
        self.process.send_signal(signal.SIGINT)
        out, _ = self.process.communicate(timeout=60)
        return "".join(self.lines) + out


class TheDoctor(SzctlTest):
    def listening(self, url, *options):
        host = Listening(self.folder / "host", url, *options)
        self.addCleanup(host.process.kill)
        return host

    def test_a_good_way_is_measured_over_each_transport(self):
        for url in ("udp://127.0.0.1:0", "udp://[::1]:0", "ws://127.0.0.1:0"):
            with self.subTest(url):
                host = self.listening(url)
                report = self.run_json("doctor", host.url, "--bytes", "100000")
                said = host.end()
                done = [s["step"] for s in report["steps"] if s["state"] == "done"]
                for step in ("connect", "handshake", "join", "round trip", "rate", "under load"):
                    self.assertIn(step, done)
                self.assertEqual(len(report["words"].split()), 6)
                self.assertIn(f"Both can read aloud: {report['words']}.", said)
                self.assertEqual(host.process.returncode, 0)
                self.assertIn("has come, from", said)
                self.assertIn("1 visitor came.", said)

    def test_other_commands_work_on_the_profile_of_who_listens(self):
        host = self.listening("udp://127.0.0.1:0")
        beside = subprocess.run(
            [PROGRAM, "--profile", self.folder / "host", "doctor", host.url, "--bytes", "1000"],
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertIn("The way is good.", beside.stdout)
        self.assertEqual((beside.returncode, beside.stderr), (0, ""))
        self.assertIn("1 visitor came.", host.end())

    def test_a_certificate_is_held_against_who_is_trusted(self):
        subprocess.run([MAKE_CERTIFICATE, self.folder, "host"], check=True)
        certificate, key = f"{self.folder}/host.pem", f"{self.folder}/host.key"
        host = self.listening("wss://127.0.0.1:0", "--certificate", certificate, "--key", key)
        report = self.run_json("doctor", host.url, "--authorities", certificate, "--bytes", "9000")
        done = [s["step"] for s in report["steps"] if s["state"] == "done"]
        for step in ("connect", "handshake", "join", "round trip", "rate"):
            self.assertIn(step, done)
        answer = self.run_text("doctor", host.url, code=3)
        self.assertIn("FAILED", answer.text)
        self.assertIn("certificate", answer.text)
        self.assertIn("1 visitor came.", host.end())

    def test_an_address_of_somebody_else_is_not_trusted(self):
        host = self.listening("udp://127.0.0.1:0")
        other = self.run_json("host-info", "--url", "udp://127.0.0.1:0")
        mark = other["addresses"][0]["url"].split("#")[1]
        answer = self.run_text("doctor", host.url.split("#")[0] + "#" + mark, code=3)
        said = host.end()
        self.assertIn("FAILED  handshake", answer.text)
        self.assertIn("answers there. Nothing was told to them.", answer.text)
        self.assertNotIn("has come", said)

    def test_nobody_there_is_said_with_what_to_do(self):
        answer = self.run_text("doctor", "ws://127.0.0.1:9", code=3)
        self.assertIn("FAILED  connect", answer.text)
        self.assertIn("Has the host opened the table?", answer.text)

    def test_nonsense_is_refused_at_once(self):
        for words, code, said in (
            (("doctor",), 2, "SZ-CLI-002"),
            (("doctor", "udp://a", "--listen", "udp://b"), 2, "SZ-CLI-002"),
            (("doctor", "nonsense"), 1, "SZ-NET-071"),
            (("doctor", "gopher://x"), 1, "SZ-NET-101"),
            (("doctor", "udp://x:99999"), 1, "SZ-TRANSPORT-001"),
            (("doctor", "udp://x", "--bytes", "99999999999"), 2, "SZ-CLI-004"),
            (("doctor", "udp://x", "--router"), 2, "SZ-CLI-002"),
            (("doctor", "udp://x", "--certificate", "x.pem"), 2, "SZ-CLI-002"),
            (("doctor", "--listen", "udp://x", "--bytes", "1"), 2, "SZ-CLI-002"),
            (("doctor", "--listen", "wss://127.0.0.1:0"), 1, "SZ-TRANSPORT-002"),
        ):
            with self.subTest(words):
                self.assertEqual(self.error(*words, code=code)["code"], said)

    def test_a_port_that_is_taken_is_said(self):
        host = self.listening("udp://127.0.0.1:0")
        answer = self.run_text("doctor", "--listen", host.url.split("#")[0], code=3)
        host.end()
        self.assertIn("is in use by another program", answer.text)

    def test_host_info_gives_addresses_with_the_mark(self):
        report = self.run_json("host-info", "--url", "udp://127.0.0.1:0")
        self.assertEqual([one["scope"] for one in report["addresses"]], ["loopback"])
        self.assertRegex(
            report["addresses"][0]["url"],
            r"^udp://127\.0\.0\.1:\d+#([0-9a-z]{4}-){4}[0-9a-z]{4}$",
        )


if __name__ == "__main__":
    unittest.main()
