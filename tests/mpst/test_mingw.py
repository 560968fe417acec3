# SPDX-License-Identifier: AGPL-3.0-or-later
"""The session types and szmpst compile for Windows, too, where a GCC for it is installed."""
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMPILER = ROOT / "sdk/mpst/compiler"
# The one with POSIX threads: the other has neither std::thread nor std::mutex.
GXX = "x86_64-w64-mingw32-g++-posix"
WARNINGS = "-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror".split()
SECONDS_MAX = 120

PROGRAM = """
#include <sz/mpst/join.hpp>
#include <sz/mpst/monitor.hpp>
#include <sz/mpst/protocol.hpp>
#include <sz/mpst/session.hpp>

#include <functional>
#include <thread>

using Greeting = mpst::protocol<
    "global protocol Greeting(role A, role B) {"
    "  hello(string) from A to B; bye(int) from B to A; }">;
using Hello = Greeting::message<"hello">;
using Bye = Greeting::message<"bye">;
using A = Greeting::role<"A">;
using B = Greeting::role<"B">;

struct Nowhere {
    mpst::Passage send(const mpst::Frame&, mpst::Clock::time_point) {
        return mpst::Passage::disconnected;
    }
    mpst::Passage receive(mpst::Frame&, mpst::Clock::time_point) {
        return mpst::Passage::disconnected;
    }
    void cancel(const mpst::Notice&) noexcept {}
    void when_ready(std::function<void()>) {}
    [[nodiscard]] mpst::Notice notice() const { return {}; }
};

int main() {
    auto [a, b] = mpst::connect<A, B>();
    mpst::Outcome of_b;
    std::thread second([&of_b, start = std::move(b)]() mutable {
        of_b = mpst::perform(std::move(start), [](B::Start state) {
            auto [hello, next] = std::move(state).receive();
            return std::move(next).send(Bye{static_cast<std::int64_t>(hello.value.size())});
        });
    });
    const auto of_a = mpst::perform(std::move(a), [](A::Start state) {
        return std::move(state).send(Hello{"you"}).receive().next;
    });
    second.join();
    auto monitor = mpst::Monitor::of<A>();
    const bool is_refused = monitor.received("B", {"hello", {}}).has_value();
    const auto alone = mpst::perform(mpst::join<A>({}, mpst::to_role<B>(Nowhere{})),
                                     [](A::Start state) {
                                         return std::move(state).send(Hello{""}).receive().next;
                                     });
    return !of_a && !of_b && is_refused && alone ? 0 : 1;
}
"""


def run(words):
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(
        words, capture_output=True, text=True, timeout=SECONDS_MAX, env=environment
    )


class MinGW(unittest.TestCase):
    def setUp(self):
        self.path = shutil.which(GXX)
        if self.path is None:
            self.skipTest(f"{GXX} is not installed.")
        self.folder = Path(tempfile.mkdtemp(prefix="sz-mingw-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def compile(self, source, *flags):
        include = ["-I", str(ROOT / "sdk/mpst/include")]
        done = run([self.path, "-std=c++20", *WARNINGS, *include, *flags, str(source)])
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_program_with_a_session(self):
        source = self.folder / "session.cpp"
        source.write_text(PROGRAM)
        program = self.folder / "session.exe"
        self.compile(source, "-static", "-o", str(program))
        self.assertEqual(program.read_bytes()[:2], b"MZ")
        wine = shutil.which("wine64") or shutil.which("wine")
        if wine is not None:
            self.assertEqual(run([wine, str(program)]).returncode, 0)

    def test_szmpst(self):
        # A folder that has headers of this system besides would put them before those of Windows.
        places = [Path(place) for place in ("/usr/local/include", "/usr/include")]
        json = next((place for place in places if (place / "nlohmann/json.hpp").exists()), None)
        if json is None:
            self.skipTest("nlohmann/json is in none of the usual places.")
        include = self.folder / "include"
        include.mkdir()
        (include / "nlohmann").symlink_to(json / "nlohmann")
        # All in one unit, as our builds have them: each by itself takes ten times as long.
        sources = sorted(COMPILER.glob("*.cpp"))
        self.assertGreater(len(sources), 10)
        unit = self.folder / "szmpst.cpp"
        unit.write_text("".join(f'#include "{path}"\n' for path in sources))
        named = ['-DSZ_VERSION="0"', "-Wno-subobject-linkage", "-isystem", str(include)]
        self.compile(unit, "-fsyntax-only", *named)


if __name__ == "__main__":
    unittest.main()
