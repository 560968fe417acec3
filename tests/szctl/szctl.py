# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs szctl in a profile of the test's own and holds what it prints against schemas/bus."""
import json
import os
import pty
import select
import shutil
import signal
import subprocess
import tempfile
import termios
import time
import unittest
from pathlib import Path

import jsonschema

REPOSITORY = Path(os.environ["SZ_REPOSITORY"])
BUILD = Path(os.environ["SZ_BUILD"])
# The folder that holds open5e-srd-2024; tests/support/content.hpp has the same rule.
CONTENT = Path(os.environ.get("SZ_CONTENT") or REPOSITORY.parent / "shared" / "content")
PROGRAM = BUILD / "bin" / "szctl"

# The method behind a command: its result schema is the command's.
METHODS = {
    ("doctor",): "net.doctor",
    ("host-info",): "net.host-info",
    ("pack", "new"): "pack.new",
    ("pack", "validate"): "pack.validate",
    ("pack", "build"): "pack.build",
    ("pack", "unpack"): "pack.unpack",
    ("pack", "show"): "pack.show",
    ("pack", "import"): "pack.import",
    ("pack", "list"): "pack.list",
    ("pack", "remove"): "pack.remove",
    ("pack", "formats"): "pack.formats",
    ("pack", "lint"): "pack.lint",
    ("pack", "diff"): "pack.diff",
    ("pack", "deps"): "pack.deps",
    ("pack", "migrate"): "pack.migrate",
    ("pack", "upgrade"): "campaign.upgrade",
    ("library", "search"): "library.search",
    ("library", "get"): "library.get",
    ("library", "show"): "library.entry",
    ("library", "datasets"): "library.datasets",
    ("library", "entries"): "library.entries",
    ("library", "templates"): "library.templates",
    ("identity", "list"): "identity.list",
    ("identity", "new"): "identity.new",
    ("identity", "show"): "identity.show",
    ("identity", "use"): "identity.use",
    ("identity", "export"): "identity.export",
    ("identity", "import"): "identity.import",
    ("identity", "passphrase"): "identity.passphrase",
    ("identity", "unlock"): "identity.unlock",
    ("identity", "lock"): "identity.lock",
    ("campaign", "new"): "campaign.new",
    ("campaign", "list"): "campaign.list",
    ("campaign", "show"): "campaign.show",
    ("campaign", "log"): "campaign.log",
    ("campaign", "verify"): "campaign.verify",
    ("campaign", "undo"): "campaign.undo",
    ("campaign", "rename"): "campaign.rename",
    ("campaign", "remove"): "campaign.remove",
    ("campaign", "restore"): "campaign.restore",
    ("campaign", "export"): "campaign.export",
    ("campaign", "import"): "campaign.import",
    ("campaign", "repair"): "campaign.repair",
    ("campaign", "backups"): "campaign.backups",
    ("campaign", "snapshot"): "campaign.snapshot",
    ("campaign", "snapshots"): "campaign.snapshots",
    ("campaign", "redo"): "campaign.redo",
    ("campaign", "diff"): "campaign.diff",
    ("campaign", "recap"): "campaign.recap",
    ("campaign", "members"): "campaign.members",
    ("campaign", "member"): "campaign.member",
    ("character", "new"): "character.new",
    ("character", "from-entry"): "character.from-entry",
    ("character", "visibility"): "character.visibility",
    ("character", "editability"): "character.editability",
    ("character", "list"): "character.list",
    ("character", "show"): "character.show",
    ("character", "do"): "character.do",
    ("character", "explain"): "character.explain",
    ("character", "set"): "character.type",
    ("character", "rename"): "character.rename",
    ("character", "remove"): "character.remove",
    ("plugin", "list"): "plugin.list",
    ("plugin", "info"): "plugin.info",
    ("plugin", "enable"): "plugin.enable",
    ("plugin", "disable"): "plugin.disable",
    ("plugin", "trust"): "plugin.trust",
    ("plugin", "add"): "plugin.add",
    ("plugin", "remove"): "plugin.remove",
}

# Commands that ask another method when they have more words or an option.
WITH_MORE = {
    ("campaign", "restore"): (4, "campaign.restore-snapshot"),
    ("campaign", "snapshots"): (5, "campaign.remove-snapshot"),
}

# Whose schema is not a method's result: what szctl says of itself, anything.
OTHERS = {("demo",), ("call",)}
OWN_SCHEMAS = Path(__file__).parent / "schemas"


def result_schema(method, folder=REPOSITORY / "schemas" / "bus"):
    schema = json.loads((folder / f"{method}.json").read_text())
    result = schema.get("task_result", schema["result"])
    return {"definitions": schema.get("definitions", {}), **result}


def schema_of(words, document):
    """The schema of what a command printed. KeyError: METHODS lacks the command."""
    if "error" in document:
        return result_schema("error", OWN_SCHEMAS)
    if words[0] == "demo":
        return result_schema("demo", OWN_SCHEMAS)
    if words[0] == "call":
        return result_schema(words[1])
    if words[:2] == ("doctor", "--listen"):
        return result_schema("net.doctor-listen")
    if words[:1] in METHODS:
        return result_schema(METHODS[words[:1]])
    number, method = WITH_MORE.get(tuple(words[:2]), (None, None))
    return result_schema(method if len(words) == number else METHODS[tuple(words[:2])])


class Answer:
    def __init__(self, process):
        self.code = process.returncode
        self.text = process.stdout
        self.words = process.stderr

    @property
    def json(self):
        return json.loads(self.text)


class SzctlTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="sz-szctl-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.profile = self.folder / "profile"

    def start(self, *words, stdin=None):
        return subprocess.run(
            [PROGRAM, "--profile", self.profile, *map(str, words)],
            input=stdin,
            text=True,
            capture_output=True,
            timeout=60,
        )

    def run_json(self, *words, code=0):
        """Runs with --json, expects the exit code, returns the one document that was printed."""
        answer = Answer(self.start("--json", *words))
        self.assertEqual(answer.code, code, f"{words}\n{answer.text}\n{answer.words}")
        document = answer.json
        jsonschema.validate(document, schema_of(words, document))
        return document

    def run_text(self, *words, code=0):
        answer = Answer(self.start(*words))
        self.assertEqual(answer.code, code, f"{words}\n{answer.text}\n{answer.words}")
        return answer

    def error(self, *words, code):
        """The error of a command that must fail: a code, a sentence, words on standard error."""
        answer = Answer(self.start("--json", *words))
        self.assertEqual(answer.code, code, f"{words}\n{answer.text}\n{answer.words}")
        jsonschema.validate(answer.json, schema_of(words, {"error": True}))
        self.assertNotEqual(answer.words, "")
        return answer.json["error"]

    def at_a_terminal(self, question, answer, *words):
        """The exit code, what the terminal showed, and whether it shows what is typed again."""
        child, terminal = pty.fork()
        if child == 0:
            os.execv(PROGRAM, [str(PROGRAM), "--profile", str(self.profile), *words])
        shown, is_answered, until = "", False, time.monotonic() + 60
        while time.monotonic() < until:
            if not select.select([terminal], [], [], 1)[0]:
                continue
            try:
                shown += os.read(terminal, 4096).decode()
            except OSError:  # the program has ended
                break
            if question in shown and not is_answered:
                os.write(terminal, answer.encode())
                is_answered = True
        else:
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        echoes = termios.tcgetattr(terminal)[3] & termios.ECHO != 0
        os.close(terminal)
        return code, shown, echoes

    def write_pack(self, name, **files):
        """A source folder with the given files (path → JSON or text)."""
        folder = self.folder / name
        for path, content in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(
                content if isinstance(content, str) else json.dumps(content, indent=2)
            )
        return folder


PACK_ID = "c9a3f9c8-8b8a-4f1f-9f3b-2d8c7f2c6c62"


def manifest(**changes):
    return {
        "id": PACK_ID,
        "name": "Ember",
        "version": "1.0.0",
        "author": "A. Writer",
        "license": "CC-BY-SA-4.0",
        "description": "A small pack.",
        "createdAt": "2026-01-01T00:00:00Z",
        "sessionZeroVersion": "0.1.0",
        "dependencies": [],
        **changes,
    }


def dataset(**changes):
    return {
        "id": "things",
        "szType": "dataset",
        "datasetType": "items",
        "name": "Things",
        "description": "What there is.",
        "version": "1.0.0",
        "schemaVersion": "1.0.0",
        "entries": {
            "sword": {
                "id": "sword",
                "name": "Sword",
                "description": "It is sharp.",
                "topLevelFields": {"damage": {"type": "Number", "value": 10}},
                "groups": [
                    {
                        "id": "stats",
                        "name": "Stats",
                        "fields": {"rarity": {"type": "Text", "value": "Common"}},
                    }
                ],
            }
        },
        **changes,
    }


def hero(**changes):
    return {
        "id": "hero",
        "szType": "character-template",
        "name": "Hero",
        "description": "Somebody.",
        "version": "1.0.0",
        "schemaVersion": "1.0.0",
        "sections": [
            {
                "id": "core",
                "name": "Core",
                "groups": [
                    {
                        "id": "stats",
                        "name": "Stats",
                        "fields": [
                            {
                                "id": "hits",
                                "name": "Hits",
                                "type": "Number",
                                "defaultValue": 10,
                                "min": 0,
                                "max": 20,
                            },
                            {"id": "motto", "name": "Motto", "type": "Text"},
                            {"id": "secret", "name": "Secret", "type": "Text", "visibility": "gm"},
                            {
                                "id": "kit",
                                "name": "Kit",
                                "type": "List",
                                "datasetLink": {
                                    "datapackId": PACK_ID,
                                    "datasetId": "things",
                                    "version": "1.0.0",
                                },
                            },
                        ],
                    }
                ],
            }
        ],
        **changes,
    }


def evening(**changes):
    return {
        "id": "evening",
        "szType": "session-template",
        "name": "Evening",
        "description": "One evening.",
        "version": "1.0.0",
        "schemaVersion": "1.0.0",
        "characterTemplateLink": {"datapackId": PACK_ID, "templateId": "hero", "version": "1.0.0"},
        "requiredDatasets": [{"datapackId": PACK_ID, "datasetId": "things", "version": "1.0.0"}],
        "sections": [
            {
                "id": "info",
                "name": "Info",
                "groups": [
                    {
                        "id": "details",
                        "name": "Details",
                        "fields": [
                            {
                                "id": "place",
                                "name": "Place",
                                "type": "Text",
                                "defaultValue": "The inn",
                            }
                        ],
                    }
                ],
            }
        ],
        **changes,
    }


def small_pack(**changes):
    return {
        "szpack.json": manifest(**changes),
        "objects/datasets/things.json": dataset(),
        "objects/character-templates/hero.json": hero(),
        "objects/session-templates/evening.json": evening(),
    }
