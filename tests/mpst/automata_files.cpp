// SPDX-License-Identifier: AGPL-3.0-or-later
// Automata as JSON: what is printed can be read, and whatever bytes come, there is an answer.
#include <rapidcheck.h>

#include <nlohmann/json.hpp>

#include "sdk/mpst/compiler/automaton.hpp"
#include "sdk/mpst/compiler/compatible_report.hpp"
#include "sdk/mpst/compiler/print_automaton.hpp"
#include "tests/mpst/corpus.hpp"
#include "tests/support/catch.hpp"

using namespace mpst;
using namespace mpst::test;

namespace {

std::unique_ptr<compiler::Automata> read(const std::vector<std::string>& texts,
                                         const core::Limits& limits = {}) {
    std::vector<compiler::Source> sources;
    for (const std::string& text : texts) sources.push_back({"file", text});
    return compiler::read_automata(std::move(sources), limits);
}

// "061 /states/0; 063 /states/0/transitions/0/to; ": all that is said.
std::string said_of(const std::vector<std::string>& texts, const core::Limits& limits = {}) {
    std::string all;
    for (const auto& finding : compiler::findings_of(*read(texts, limits)))
        all += compiler::code_of(finding.what).substr(8) + " " + finding.at.pointer + "; ";
    return all;
}

// An automaton of A whose only state has these transitions, and one of B that has ended.
std::string with_transitions(const std::string& transitions) {
    return R"([{"role":"A","states":[{"id":0,"transitions":[)" + transitions +
           R"(]}]},{"role":"B","states":[{"id":0,"transitions":[]}]}])";
}

const std::string good = R"({"action":"send","peer":"B","label":"x","to":0})";

}  // namespace

TEST_CASE("what is printed is read as it was", "[automata_files]") {
    for (const Sample& sample : corpus("accept")) {
        INFO(sample.name);
        core::Check check(sample.text, {});
        check.run();
        for (const core::Checked& protocol : check.protocols()) {
            nlohmann::json printed = nlohmann::json::array();
            std::vector<compiler::Automaton> automata;
            for (core::Role role = 0; role < protocol.locals.size(); ++role) {
                automata.push_back(compiler::automaton_of(check.file(), protocol, role));
                printed.push_back(compiler::automaton_json(automata.back(), nullptr));
            }
            const auto in = read({printed.dump()});
            REQUIRE(compiler::findings_of(*in).empty());
            REQUIRE(in->machines.size() == automata.size());
            for (core::Role role = 0; role < automata.size(); ++role) {
                const core::Graph& graph = in->locals[role].graph;
                REQUIRE(graph.size() == automata[role].states.size());
                for (std::uint32_t state = 0; state < graph.size(); ++state) {
                    auto e = graph.first[state];
                    for (const auto& wanted : automata[role].states[state].transitions) {
                        REQUIRE(e != core::none);
                        const core::Edge& edge = graph.edges[e];
                        const core::Role peer = wanted.is_send ? edge.receiver : edge.sender;
                        REQUIRE((edge.sender == role) == wanted.is_send);
                        REQUIRE(in->names.text(in->machines[peer].role) == wanted.peer);
                        REQUIRE(in->names.text(edge.label) == wanted.label);
                        REQUIRE(in->payloads[edge.payload].size() == wanted.payload.size());
                        REQUIRE(edge.to == wanted.to);
                        e = edge.next;
                    }
                    REQUIRE(e == core::none);
                }
            }
            CHECK(core::compatible(in->locals, {}).verdict == core::Verdict::compatible);
        }
    }
}

TEST_CASE("ids are names of states, and the initial one is the beginning", "[automata_files]") {
    const auto in = read({R"({"role":"A","initial":7,"states":[{"id":9,"transitions":[]},
        {"id":7,"transitions":[{"action":"send","peer":"B","label":"x","to":9}]}]})",
                          R"({"role":"B","states":[{"id":7,"transitions":[
        {"action":"receive","peer":"A","label":"x","payload":[],"to":9}]},
        {"id":9,"name":"Done","kind":"end","transitions":[]}]})"});
    REQUIRE(compiler::findings_of(*in).empty());
    CHECK(core::compatible(in->locals, {}).verdict == core::Verdict::compatible);
    CHECK(in->locals[0].graph.edges[in->locals[0].graph.first[0]].to == 1);
}

TEST_CASE("each fault of the data has its code and its place", "[automata_files]") {
    CHECK(said_of({with_transitions(good)}) == "");
    CHECK(said_of({""}) == "060 ; ");
    CHECK(said_of({"[1, 2"}) == "060 ; ");
    CHECK(said_of({"7"}) == "062 ; ");
    CHECK(said_of({"[]"}) == "061 ; ");
    CHECK(said_of({"[7]"}) == "062 /0; ");
    CHECK(said_of({"{}"}) == "061 ; 061 ; ");  // role, states
    CHECK(said_of({R"({"role":"","states":[]})"}) == "062 /role; 061 /states; ");
    CHECK(said_of({R"({"role":"A","states":{}})"}) == "062 /states; ");
    CHECK(said_of({R"({"role":"A","role":"A","states":[{"id":0,"transitions":[]}]})"}) ==
          "062 /role; ");
    CHECK(said_of({R"({"role":"A","states":[{"id":0,"transitions":[],"sates":1}]})"}) ==
          "062 /states/0/sates; ");
    CHECK(said_of({R"({"role":"A","states":[{"id":-1,"transitions":[]}]})"}) ==
          "062 /states/0/id; ");
    CHECK(said_of({R"({"role":"A","states":[{"id":0,"kind":"send","transitions":[]}]})"}) ==
          "062 /states/0/kind; ");
    CHECK(said_of({R"({"role":"A","initial":1,"states":[{"id":0,"transitions":[]}]})"}) ==
          "063 /initial; ");
    CHECK(said_of({R"({"role":"A","states":[{"id":0,"transitions":[]},
                                            {"id":0,"transitions":[]}]})"}) ==
          "064 /states/1/id; ");
    CHECK(said_of({R"({"role":"A","roles":["A","B"],"states":[{"id":0,"transitions":[]}]})"}) ==
          "065 /roles/1; ");
    CHECK(said_of({with_transitions(R"({"action":"send","peer":"B","label":"x","to":1})")}) ==
          "063 /0/states/0/transitions/0/to; ");
    CHECK(said_of({with_transitions(R"({"action":"send","peer":"C","label":"x","to":0})")}) ==
          "065 /0/states/0/transitions/0/peer; ");
    CHECK(said_of({with_transitions(R"({"action":"send","peer":"A","label":"x","to":0})")}) ==
          "066 /0/states/0/transitions/0/peer; ");
    CHECK(said_of({with_transitions(R"({"action":"sends","peer":"B","label":"x","to":0})")}) ==
          "062 /0/states/0/transitions/0/action; ");
    CHECK(said_of({with_transitions(good +
                                    R"(,{"action":"receive","peer":"B","label":"x","to":0})")}) ==
          "067 /0/states/0/transitions/1; ");
    const std::string other =
        R"({"action":"send","peer":"B","label":"x","payload":["int"],"to":0})";
    CHECK(said_of({with_transitions(good + "," + good)}) == "");  // the same twice
    CHECK(said_of({with_transitions(good + "," + other)}) == "068 /0/states/0/transitions/1; ");
    CHECK(said_of({with_transitions(""), with_transitions("")}) == "069 /0/role; 069 /1/role; ");
    CHECK(said_of({R"([{"role":"A","states":[{"id":0,"transitions":[
        {"action":"receive","peer":"B","label":"x","to":0},
        {"action":"receive","peer":"C","label":"x","to":0}]}]},
        {"role":"B","states":[{"id":0,"transitions":[]}]},
        {"role":"C","states":[{"id":0,"transitions":[]}]}])"}) ==
          "057 /0/states/0/transitions/1; ");
}

TEST_CASE("all faults of all files are found at once, each at its line", "[automata_files]") {
    const auto in =
        read({"{\"role\": \"A\",\n \"states\": [\n  {\"id\": 0, \"transitions\": [\n"
              "   {\"action\": 7, \"label\": \"x\", \"to\": 3}\n  ]}\n ]}",
              "[\n  nonsense"});
    std::string all;
    for (const auto& finding : compiler::findings_of(*in)) {
        const auto position = in->files[finding.at.file]->lines.of(finding.at.byte);
        all += compiler::code_of(finding.what).substr(8) + " " + std::to_string(finding.at.file) +
               ":" + std::to_string(position.line) + ":" + std::to_string(position.column) + "; ";
    }
    // No peer; an action that is no text; an unknown state; no JSON.
    CHECK(all == "061 0:4:4; 062 0:4:15; 063 0:4:38; 060 1:2:3; ");
}

TEST_CASE("past a limit of the data a finding names it", "[automata_files]") {
    CHECK(said_of({std::string(65, '[') + std::string(65, ']')}) == "006 ; ");
    CHECK(said_of({std::string(1'000'000, '[')}) == "006 ; ");
    std::string many = "[0";
    for (int i = 0; i < 2'000'000; ++i) many += ",0";
    CHECK(said_of({many + "]"}) == "006 ; ");
    core::Limits limits;
    limits.text_bytes = static_cast<std::uint32_t>(with_transitions(good).size());
    CHECK(said_of({with_transitions(good)}, limits) == "");
    CHECK(said_of({with_transitions(good) + " "}, limits) == "006 ; ");
    limits = {};
    limits.findings = 2;
    const auto in = read({"[1,2,3]"}, limits);
    CHECK(in->faults.size() == 2);
    CHECK(in->has_more);
}

TEST_CASE("JSON that was cut or had bytes changed is answered", "[automata_files]") {
    std::vector<std::string> texts;
    for (const Sample& sample : corpus("accept")) {
        core::Check check(sample.text, {});
        check.run();
        for (const core::Checked& protocol : check.protocols()) {
            if (protocol.locals.size() > 4) continue;
            nlohmann::json printed = nlohmann::json::array();
            for (core::Role role = 0; role < protocol.locals.size(); ++role)
                printed.push_back(compiler::automaton_json(
                    compiler::automaton_of(check.file(), protocol, role), nullptr));
            texts.push_back(printed.dump());
        }
    }
    std::size_t decided = 0;
    rc::check("any bytes", [&](const std::vector<std::pair<std::uint16_t, char>>& changes,
                               std::uint16_t which, std::uint16_t cut) {
        // Other digits leave it JSON, with other states and payloads.
        for (const bool is_digits : {false, true}) {
            std::string text = texts[which % texts.size()];
            for (const auto& [at, byte] : changes) {
                char& old = text[at % text.size()];
                const bool is_digit = old >= '0' && old <= '9';
                if (!is_digits) old = byte;
                if (is_digits && is_digit) old = static_cast<char>('0' + (byte & 3));
            }
            if (!is_digits) text.resize(text.size() - cut % text.size());
            const auto in = read({text});
            auto findings = compiler::findings_of(*in);
            if (findings.empty()) {
                ++decided;
                const auto outcome = core::compatible(in->locals, {});
                if (outcome.verdict != core::Verdict::compatible)
                    findings.push_back(compiler::finding_of(*in, outcome));
            }
            for (const auto& finding : findings) {
                RC_ASSERT(finding.at.byte <= text.size());
                RC_ASSERT(!finding.sentence.what.empty());
                RC_ASSERT(!compiler::finding_json(*in, finding).empty());
            }
        }
    });
    CHECK(decided >= 10);
}
