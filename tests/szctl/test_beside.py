# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several programs on one profile, which has one owner at a time: the others wait their turn."""
import fcntl
import json
import socket
import subprocess
import threading
import unittest

from szctl import PROGRAM, SzctlTest, small_pack


class Beside(SzctlTest):
    def test_many_at_once_lose_nothing(self):
        self.run_json("pack", "import", self.write_pack("ember", **small_pack()))
        campaign = self.run_json(
            "campaign", "new", "--template", "Ember/evening", "--name", "Crowd"
        )["id"]
        hero = self.run_json(
            "character", "new", "--campaign", campaign, "--template", "Ember/hero", "--name", "All"
        )["id"]
        self.run_json("character", "do", hero, "hits", "set", "[0]")
        words = [
            PROGRAM,
            "--profile",
            self.profile,
            "--json",
            "character",
            "do",
            hero,
            "hits",
            "add",
            "[1]",
        ]
        running = [
            subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(8)
        ]
        outcomes = [(process.communicate(timeout=60), process.returncode) for process in running]
        for (text, said), code in outcomes:
            self.assertEqual(code, 0, text + said)
        value = self.run_json("character", "show", hero)["fields"]["core.stats.hits"]["value"]
        self.assertEqual(value, 8)
        self.assertTrue(self.run_json("campaign", "verify", campaign)["ok"])


class Window:
    """What szctl sees of an open window: it owns the profile, and answers on its socket."""

    def __init__(self, profile, **answers):
        (profile / "run").mkdir(parents=True)
        self.lock = open(profile / "run" / "kernel.lock", "w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        self.answers = answers
        self.asked = []
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(profile / "run" / "bus.sock"))
        self.socket.listen()
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self):
        while True:
            try:
                guest, _ = self.socket.accept()
            except OSError:  # closed
                return
            with guest, guest.makefile("rw", encoding="utf-8") as lines:
                self.say(lines, {"hello": {"protocol": 1, "version": "test"}})
                for line in lines:
                    request = json.loads(line)
                    method = request.get("call", "subscribe")
                    self.asked.append(method)
                    self.say(lines, {"id": request["id"], "result": self.answers.get(method, {})})

    @staticmethod
    def say(lines, message):
        lines.write(json.dumps(message) + "\n")
        lines.flush()

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()
        self.lock.close()


class SafeMode(SzctlTest):
    def beside(self, safe_mode):
        window = Window(
            self.profile,
            **{
                "app.info": {"safe_mode": safe_mode, "notices": []},
                "plugin.list": {"plugins": []},
            },
        )
        self.addCleanup(window.close)
        return window

    def test_it_is_not_promised_beside_a_window_that_loaded_every_plugin(self):
        window = self.beside(safe_mode=False)
        error = self.error("--safe-mode", "plugin", "list", code=3)
        self.assertEqual(error["code"], "SZ-CLI-015")
        self.assertIn("Close the window", error["hint"])
        self.assertNotIn("plugin.list", window.asked)
        self.assertEqual(self.run_json("plugin", "list"), {"plugins": []})

    def test_it_is_had_beside_a_window_in_safe_mode_and_alone(self):
        self.beside(safe_mode=True)
        answer = self.start("--json", "--safe-mode", "plugin", "list")
        self.assertEqual((answer.returncode, json.loads(answer.stdout)), (0, {"plugins": []}))
        self.profile = self.folder / "another"
        alone = self.start("--json", "--safe-mode", "call", "app.info")
        self.assertTrue(json.loads(alone.stdout)["safe_mode"])


if __name__ == "__main__":
    unittest.main()
