# SPDX-License-Identifier: AGPL-3.0-or-later
"""szmpst generate: headers that compile, whatever a protocol calls things, and that mean it."""
import json
import re
import shutil
import subprocess
import unittest
from pathlib import Path

from generating import PROGRAM, VIDEO, Generating

HERE = Path(__file__).resolve().parent
INCLUDE = HERE.parent.parent / "sdk/mpst/include"
COMPILERS = [c for c in ("g++", "clang++") if shutil.which(c)]
FLAGS = (
    "-std=c++20 -fsyntax-only -O0 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror".split()
)

# Labels, types, roles and payloads called like words of C++, of its library, of what is written
# around them, and like each other.
NASTY = """type <cpp> "std::vector<int>" from "<vector>" as IntList;
type <C++> "shop::Table" from "shop table.hpp" as Table;
data <java> "java.lang.Integer" from "rt.jar" as int;
payload <c#> "System.Object" from "" as Hash;
global protocol class(role class, role int', role Start, role 1, role std, role _x, role mpst) {
  int(int: int, class: int, value: string, x: string, x: bool) from class to int';
  move(move: string) from class to int';
  value(value: IntList) from class to int';
  value() from class to int';
  value(IntList: IntList, shop: Table, std: string, label: string, Hash: Hash) from int' to class;
  shop(Table) from class to int';
  end() from class to Start;
  End() from class to Start;
  Start() from Start to class;
  send(send: send) from Start to class;
  receive(Video) from class to 1;
  states() from class to 1;
  peers() from class to 1;
  label(label: string) from class to 1;
  label(int, int, int, int, int, int, long, Video: Video) from class to 1;
  members(int, int, int, int, int, int, int, members: int) from class to 1;
  Video(Video) from class to std;
  std() from class to std;
  SendStd() from class to std;
  SendMove() from class to std;
  AwaitX() from class to std;
  x'() from class to std;
  x''() from class to std;
  x_() from class to std;
  7() from class to std;
  7(7) from class to std;
  NULL(7: unit) from std to class;
  NULL(7: unit, void, int, 8: int) from std to class;
  (unit) from std to class;
  () from std to class;
  (class) from std to class;
  (_ex.a__b.C, x: a.b) from _x to class;
  EAGAIN() from _x to class;
  INT_MAX() from mpst to class;
  protocol_hash() from mpst to class;
  mpst(mpst) from mpst to class;
  int64_t(int64_t) from mpst to class;
  string_view(string_view: string) from mpst to class;
  string(string) from mpst to class;
  role(operations: int) from mpst to class;
  choice at class { role() from class to mpst; } or { peer() from class to mpst; }
  or { ways() from class to mpst; } or { name() from class to mpst; }
}
"""
SHOP = """#pragma once
#include <cstdint>
namespace shop {
struct Table { std::int32_t rows; std::int32_t columns; };
}
"""

def fnv(text):
    value = 14695981039346656037
    for byte in text.encode():
        value = (value ^ byte) * 1099511628211 % 2**64
    return value


class Generate(Generating):
    def begin_compiling(self, compiler, text):
        if "mpst::" in text:  # what the headers by themselves do not bring
            text = "#include <sz/mpst/session.hpp>\n" + text
        path = self.write(f"unit_{compiler}.cpp", text)
        return subprocess.Popen(
            [compiler, *FLAGS, f"-I{INCLUDE}", f"-I{self.out}", f"-I{self.folder}", path],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def compiles(self, *texts, compilers=COMPILERS):
        """With every compiler; `texts` are one for all, or one for each."""
        running = [
            self.begin_compiling(compiler, texts[min(i, len(texts) - 1)])
            for i, compiler in enumerate(compilers)
        ]
        said = [compiler.communicate()[0] for compiler in running]
        for compiler, words in zip(running, said):
            self.assertEqual(compiler.returncode, 0, words[:4000])

    def test_the_hash_in_a_header_is_the_one_of_the_projection(self):
        text = "global protocol P(role A, role B) { 1() from A to B; }"
        path = self.write("hash.scr", text)
        told = json.loads(self.run_it("project", "--format", "json", path).stdout)
        digits = {automaton["protocolHash"] for automaton in told}
        self.assertEqual(digits, {f"{self.hash_of(text):016x}"})
        one = json.loads(self.run_it("project", "--format", "json", "--role", "B", path).stdout)
        self.assertEqual({one["protocolHash"]}, digits)

    def hash_of(self, text, name="P", role="A"):
        out = self.folder / "hashes"
        self.generate(text, out=out)
        header = (out / name / f"{role}.hpp").read_text()
        return int(re.search(r"protocol_hash = 0x([0-9a-f]{16})ULL;", header).group(1), 16)

    def test_a_header_is_the_role_with_its_states_in_words(self):
        self.generate(VIDEO)
        self.assertEqual(
            sorted(path.name for path in (self.out / "VideoStreaming").iterdir()),
            ["Authenticator.hpp", "Client.hpp", "Server.hpp"],
        )
        text = (self.out / "VideoStreaming/Client.hpp").read_text()
        self.assertNotIn(str(self.folder), text)
        self.assertTrue(text.startswith("// Made by szmpst from protocol.scr. Do not edit it"))
        self.assertIn("//       rec SendRequestOrClose {\n", text)
        self.assertIn(
            "    // Sends Request or Close to Authenticator, as it chooses. (protocol.scr:7, 13)\n"
            '    struct [[nodiscard("Client::SendRequestOrClose was not used")]] '
            "SendRequestOrClose\n"
            "        : mpst::sends<SendRequestOrClose, Client, Authenticator, "
            "mpst::to<Request, AwaitVideo>,\n"
            "                      mpst::to<Close, End>> {};\n",
            text,
        )
        self.assertTrue(all(len(line) <= 100 for line in text.splitlines()))
        self.compiles("""
#include <VideoStreaming/Server.hpp>
#include <VideoStreaming/Client.hpp>
#include <VideoStreaming/Authenticator.hpp>
#include <VideoStreaming/Client.hpp>
using namespace VideoStreaming;
template <class A, class B> constexpr bool is = std::is_same_v<A, B>;
static_assert(is<Client::Start, Client::SendId> && is<Client::End, mpst::end<Client>>);
static_assert(is<Client::peers, mpst::roles<Authenticator>>);
static_assert(is<Authenticator::peers, mpst::roles<Client, Server>>);
static_assert(is<Client::states, mpst::states<Client::SendId, Client::AwaitAnswer,
                                              Client::SendRequestOrClose, Client::AwaitVideo>>);
static_assert(is<decltype(Id::number), std::int64_t> && is<decltype(Answer::value), std::int64_t>);
static_assert(is<decltype(Request::value), std::string>);
static_assert(is<decltype(Video::value), std::vector<std::byte>> && std::is_empty_v<Close>);
static_assert(mpst::label_of<Close>() == "Close" && mpst::state_name<Client::SendId>() ==
              "Client::SendId" && mpst::role_name<Client>() == "Client");
static_assert(Client::protocol_hash == Server::protocol_hash);
using Queue = mpst::order<Authenticator>::after<Id>::after<Answer>::after<Close>;
static_assert(is<Queue::peer, Server> && is<Queue::after<Close>::peer, void>);
auto f() { return mpst::connect<Client, Authenticator, Server>(); }
""")

    def test_every_good_protocol_compiles_for_all_roles_and_its_pairs_fit(self):
        includes, pairs, count = [], [], 0
        files = sorted((HERE / "accept").glob("*.scr"))
        told = json.loads(self.run_it("check", "--json", *files).stdout)
        for file in told["files"]:
            for protocol in file["protocols"]:
                count += 1
                done = subprocess.run(
                    [PROGRAM, "generate", file["file"], "--protocol", protocol]
                    + ["--namespace", f"n{count}::in", "--out", self.out / f"{count}"],
                    capture_output=True,
                    text=True,
                )
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                for header in sorted((self.out / f"{count}").rglob("*.hpp")):
                    text = header.read_text()
                    includes.append(f'#include "{header.relative_to(self.out)}"\n')
                    role = re.search(r"^struct (\w+) \{\n    struct", text, re.M).group(1)
                    peers = re.search(r"using peers = mpst::roles<([^>]*)>", text).group(1)
                    for peer in peers.replace("\n", "").split(","):
                        a, b = f"n{count}::in::{role}", f"n{count}::in::{peer.strip()}"
                        pairs.append(f"fits<{a}, {b}>")
        self.assertGreater(len(pairs), 350)
        headers = "".join(includes)
        dual = (
            "template <class A, class B> constexpr bool fits ="
            " mpst::dual_v<mpst::binary<A, B>, mpst::binary<B, A>>;\n"
        )
        asserts = "".join(f'static_assert({pair}, "{pair}");\n' for pair in pairs)
        self.compiles(headers + dual + asserts, headers)

    def test_names_that_are_something_else_in_cpp(self):
        self.write("shop table.hpp", SHOP)
        self.generate(NASTY)
        headers = sorted((self.out / "class").iterdir())
        self.assertEqual(
            [path.name for path in headers],
            ["1.hpp", "Start.hpp", "_x.hpp", "class.hpp", "int_.hpp", "mpst.hpp", "std.hpp"],
        )
        includes = "".join(f"#include <class/{path.name}>\n" for path in headers)
        structs = set(re.findall(r"^struct (\w+) \{(?:\};)?$", headers[3].read_text(), re.M))
        opaque = {"Hash", "sendData", "VideoData", "Type7", "classData", "mpstData"}
        opaque |= {"Type_ex_a_b_C", "a_b"}
        self.assertLessEqual(opaque, structs)
        messages = sorted(structs - opaque - {"class_"})
        self.assertEqual(len(messages), 44)
        roles = ["class_", "int_", "StartRole", "Role1", "stdRole", "Role_x", "mpstRole"]
        asserts = "".join(
            f"static_assert(mpst::encodable<n::{m}> && mpst::message<n::{m}>);\n" for m in messages
        )
        text = f"""{includes}namespace n = ::class_;
template <class A, class B> constexpr bool is = std::is_same_v<A, B>;
{asserts}
static_assert(mpst::label_of<n::intMessage>() == "int" && mpst::label_of<n::x_>() == "x_");
static_assert(mpst::label_of<n::end>() == "end" && mpst::label_of<n::EndMessage>() == "End");
static_assert(mpst::label_of<n::xMessage>() == "x'" && mpst::label_of<n::Message>() == "");
static_assert(is<decltype(n::intMessage::x_value), bool>);
static_assert(is<decltype(n::value::value), std::vector<int>>);
static_assert(is<decltype(n::shopMessage::value), shop::Table>);
static_assert(is<decltype(n::receive::value), n::VideoData>);
static_assert(is<decltype(n::Video::value), n::VideoData>);
"""
        played = ", ".join(f"n::{role}" for role in roles)
        self.compiles(text + f"auto f() {{ return mpst::connect<{played}>(); }}\n", text)

    def test_one_label_with_two_payloads_is_two_messages_and_roles_may_differ_in_case(self):
        self.generate(
            "global protocol P(role A, role a) { Id(int) from A to a; Id(string) from a to A;"
            " Id() from A to a; Id(first: string) from A to a; }"
        )
        self.compiles("""
#include <P/A.hpp>
#include <P/a.hpp>
static_assert(mpst::dual_v<mpst::binary<P::A, P::a>, mpst::binary<P::a, P::A>>);
static_assert(mpst::label_of<P::Id>() == "Id" && mpst::label_of<P::Id_string>() == "Id");
static_assert(mpst::label_of<P::Id_empty>() == "Id" && std::is_empty_v<P::Id_empty>);
static_assert(std::is_same_v<decltype(P::Id_string::first), std::string>);
static_assert(mpst::tag_of<P::Id> != mpst::tag_of<P::Id_string>);
""", compilers=["g++"])

    def test_two_versions_in_two_namespaces_stand_side_by_side(self):
        text = "global protocol P(role A, role B) { m(%s) from A to B; }"
        for name, type_name in (("old", "int"), ("one::more", "string")):
            self.generate(text % type_name, "--namespace", name, out=self.out / name[:3])
        self.compiles("""
#include <old/P/A.hpp>
#include <one/P/A.hpp>
static_assert(old::A::protocol_hash != one::more::A::protocol_hash);
static_assert(std::is_same_v<decltype(one::more::m::value), std::string>);
""", compilers=["g++"])

    def test_a_declared_type_that_is_none_is_refused_at_its_place(self):
        rest = "global protocol P(role A, role B) { m(T) from A to B; }"
        for head, place in (
            ('type <cpp> "" from "" as T;', "1:12"),
            ('type <cpp> "int; int" from "" as T;', "1:12"),
            ('type <cpp> "int} //" from "" as T;', "1:12"),
            ('type <cpp> "int /* " from "" as T;', "1:12"),
            ('type <cpp> "int" from "<vector" as T;', "1:23"),
            ('type <cpp> "int" from "<a>b>" as T;', "1:23"),
            ('type <cpp> "int" from "" as T;type <c++> "long" from "" as T;', "1:60"),
        ):
            said = self.generate(head + rest, code=1).stderr
            self.assertTrue(said.startswith(f"{self.folder}/protocol.scr:{place}: error: "), said)
        self.assertFalse(self.out.exists())
        # Of a type that no message has nothing is asked.
        self.generate('type <cpp> "" from "" as U;' + rest)

    def test_a_namespace_is_no_function_of_c(self):
        for name in ("clone", "floor", "ctime", "trunc"):
            self.generate(f"global protocol {name}(role A, role B) {{ m() from A to B; }}")
            self.assertIn(f"namespace {name}_ {{", (self.out / name / "A.hpp").read_text())

    def test_a_local_protocol_that_is_long_is_left_out(self):
        many = "".join(f"m{i}() from A to B;" for i in range(250))
        self.generate("global protocol P(role A, role B) {" + many + "}")
        text = (self.out / "P/A.hpp").read_text()
        self.assertIn("// The local protocol at A is too long to stand here", text)
        self.assertNotIn("//       m249", text)

    def test_the_hash_is_of_what_is_meant(self):
        plain = "global protocol P(role A, role B) { m(int) from A to B; }"
        self.assertEqual(
            self.hash_of(plain),
            fnv(
                "protocol P\nrole A\nstate\n!B m(int) 1\nstate\n"
                "role B\nstate\n?A m(int) 1\nstate\n"
            ),
        )
        base = (
            "global protocol P(role A, role B) { rec X { choice at A { m(int) from A to B;"
            " continue X; } or { n() from A to B; n() from B to A; } } }"
        )
        same = (
            "// again\ntype <cpp> \"long\" from \"\" as int;\nprotocol P(role B, role A) {\nrec Y {"
            " choice at A { n() from A to B; n() from B to A; } or { m(x: int) from A to B;"
            " rec Z { choice at A { m(int) from A to B; continue Y; } or { n() from A to B;"
            " n() from B to A; } } } } }"
        )
        self.assertEqual(self.hash_of(base), self.hash_of(same))
        others = [
            base.replace("m(int)", "m(string)"),
            base.replace("m(int)", "k(int)"),
            base.replace(" n() from B to A;", ""),
            base.replace("n() from B to A", "n() from A to B"),
            base.replace("continue X;", ""),
        ]
        hashes = {self.hash_of(text) for text in [base, plain] + others}
        self.assertEqual(len(hashes), 7)
        self.assertNotIn(self.hash_of(base.replace("P(", "Q("), name="Q"), hashes)

    def test_what_cannot_be_done_is_said_with_a_defined_code(self):
        path = self.write("video.scr", VIDEO)
        a_file = self.write("file", "")
        out = ("--out", self.out)
        for words, code in (
            ((path,), 2),
            ((path, *out, "--role", "Nobody"), 2),
            ((path, *out, "--protocol", "Nothing"), 2),
            ((path, *out, "--namespace", "std"), 2),
            ((path, *out, "--namespace", "a::mpst"), 2),
            ((path, *out, "--namespace", "a::"), 2),
            ((path, *out, "--namespace", "new"), 2),
            ((path, *out, "--format", "json"), 2),
            ((path, *out, "--json"), 2),
            ((path, path, *out), 2),
            ((path, "--out", a_file), 3),
            ((path, "--out", "/proc/none"), 3),
            ((self.folder / "none.scr", *out), 3),
        ):
            said = self.run_it("generate", *words, code=code)
            self.assertTrue(said.stderr.startswith("szmpst: "), words)
            self.assertEqual(said.stdout, "")
        self.run_it("project", path, "--out", self.out, code=2)
        self.run_it("check", path, "--namespace", "a", code=2)
        self.assertFalse(self.out.exists())

    def test_a_fault_is_told_as_a_compiler_does(self):
        said = self.generate(VIDEO.replace("to Server", "to Nobody", 1), code=1).stderr
        self.assertTrue(
            said.startswith(f"{self.folder}/protocol.scr:8:45: error: There is no role “Nobody”"),
            said,
        )
        said = self.generate(
            "global protocol P(role x', role x_) { m() from x' to x_; }", code=1
        ).stderr
        self.assertTrue(
            said.startswith(f"{self.folder}/protocol.scr:1:33: error: The roles “x'” and “x_”"),
            said,
        )
        waits = (
            "global protocol P(role A, role B, role C) { rec X { choice at A { 1() from A to B;"
            " continue X; } or { 2() from A to B; 2() from B to C; } } }"
        )
        self.assertIn("--fair", self.generate(waits, code=1).stderr)
        self.generate(waits, "--fair")


if __name__ == "__main__":
    unittest.main()
