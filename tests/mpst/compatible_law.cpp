// SPDX-License-Identifier: AGPL-3.0-or-later
// The automata of the corpus put together, and what becomes of them when something is changed, and
// random ones: held against brute force.
#include <sz/mpst/core/check.hpp>
#include <sz/mpst/core/compatible.hpp>

#include <rapidcheck.h>

#include <functional>
#include <random>

#include "tests/mpst/automata_law.hpp"
#include "tests/mpst/corpus.hpp"
#include "tests/support/catch.hpp"

using namespace mpst;
using namespace mpst::test;
using core::Verdict;

namespace {

// The projections of a text's protocols.
std::vector<std::vector<core::Local>> projected(const std::string& text, bool is_fair = false) {
    core::Options options;
    options.is_fair = is_fair;
    core::Check check(text, options);
    check.run();
    std::vector<std::vector<core::Local>> all;
    for (const core::Checked& protocol : check.protocols()) all.push_back(protocol.locals);
    return all;
}

// How often each verdict was given.
using Tally = std::map<Verdict, std::size_t>;

// What brute force says of a bound is what is decided at it, and what goes wrong can be shown.
void hold_against_everything(const std::vector<core::Local>& locals, Tally& tally) {
    constexpr std::size_t scenes_max = 150;
    for (const bool is_fair : {false, true}) {
        for (const std::uint32_t bound : {1U, 2U}) {
            const auto found = together(locals, is_fair, bound);
            if (found.bound != bound) continue;
            ++tally[found.verdict];
            RC_ASSERT(found.verdict != Verdict::limit);
            if (found.verdict == Verdict::faulty && !is_fair)
                RC_ASSERT(Stage(locals).shows(found) == "");
            const Everything all(locals, bound, scenes_max);
            if (!all.is_whole()) continue;
            const bool is_exhaustive = all.is_exhaustive();
            const bool is_good = is_fair ? all.is_safe() : all.is_live();
            if (is_exhaustive) {
                RC_ASSERT((found.verdict == Verdict::compatible) == is_good);
                RC_ASSERT((found.verdict == Verdict::faulty) != is_good);
            } else {
                RC_ASSERT(found.verdict != Verdict::compatible);
            }
        }
    }
}

// One edge is left out, says another label, leads elsewhere, or changes places with the next.
void change(core::Graph& graph, const std::function<std::size_t(std::size_t)>& below) {
    std::vector<std::pair<std::uint32_t, core::Edge>> edges;  // with where each begins
    for (std::uint32_t state = 0; state < graph.size(); ++state) {
        for (auto e = graph.first[state]; e != core::none; e = graph.edges[e].next)
            edges.emplace_back(state, graph.edges[e]);
    }
    if (edges.empty()) return;
    const std::size_t at = below(edges.size());
    auto& [from, edge] = edges[at];
    switch (below(4)) {
        case 0: edge.label = edges[below(edges.size())].second.label; break;
        case 1: edge.to = static_cast<std::uint32_t>(below(graph.size())); break;
        case 2:
            for (auto& [state, other] : edges) {
                if (state != edge.to) continue;
                std::swap(edge.to, other.to);
                std::swap(edge, other);
                break;
            }
            break;
        default: edges.erase(edges.begin() + static_cast<std::ptrdiff_t>(at));
    }
    core::Graph made;
    while (made.size() < graph.size()) made.add_state();
    for (const auto& [state, one] : edges) made.add(state, one);
    graph = made;
}

}  // namespace

TEST_CASE("the roles of what is accepted are compatible", "[compatible][law]") {
    for (const Sample& sample : corpus("accept")) {
        INFO(sample.name);
        for (const auto& locals : projected(sample.text)) {
            CHECK(core::misshapen(locals).empty());
            for (const bool is_fair : {false, true}) {
                const auto found = together(locals, is_fair);
                CHECK(found.verdict == Verdict::compatible);
                // A protocol can be followed message by message: no queue needs to hold two.
                CHECK(found.bound == 1);
            }
        }
    }
}

TEST_CASE("the roles of what waits for ever are compatible if choices are fair, and only then",
          "[compatible][law]") {
    std::size_t seen = 0;
    for (const Sample& sample : corpus("reject")) {
        if (sample.reason.find("SZ-MPST-044") == std::string::npos) continue;
        INFO(sample.name);
        for (const auto& locals : projected(sample.text, true)) {
            ++seen;
            const auto found = together(locals);
            CHECK((found.what == core::Fault::waits_for_others ||
                   found.what == core::Fault::message_left_by_others));
            CHECK(Stage(locals).shows(found) == "");
            CHECK(together(locals, true).verdict == Verdict::compatible);
        }
    }
    CHECK(seen >= 5);
}

TEST_CASE("the roles of the corpus, changed, are judged as by brute force", "[compatible][law]") {
    std::vector<std::vector<core::Local>> all;
    for (const Sample& sample : corpus("accept")) {
        for (auto& locals : projected(sample.text)) {
            if (locals.size() <= 6) all.push_back(std::move(locals));
        }
    }
    Tally tally;
    rc::check("law", [&](std::uint64_t seed) {
        std::mt19937_64 random(seed);
        const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
        for (int i = 0; i < 10; ++i) {
            auto locals = all[below(all.size())];
            for (std::size_t changes = 1 + below(2); changes > 0; --changes)
                change(locals[below(locals.size())].graph, below);
            if (core::misshapen(locals).empty()) hold_against_everything(locals, tally);
        }
    });
    CHECK(tally[Verdict::compatible] >= 20);  // else nothing was shown
    CHECK(tally[Verdict::faulty] >= 100);
}

TEST_CASE("random automata are judged as by brute force", "[compatible][law]") {
    Tally tally;
    rc::check("law", [&](std::uint64_t seed) {
        std::mt19937_64 random(seed);
        const auto below = [&](std::size_t n) { return static_cast<std::uint32_t>(random() % n); };
        for (int i = 0; i < 40; ++i) {
            std::vector<core::Local> locals(2 + below(2));
            const auto roles = static_cast<core::Role>(locals.size());
            for (core::Role role = 0; role < roles; ++role) {
                core::Graph& graph = locals[role].graph;
                for (std::uint32_t states = 1 + below(3); states > 0; --states) graph.add_state();
                for (std::uint32_t state = 0; state < graph.size(); ++state) {
                    const bool sends = below(2) == 0;
                    const core::Role peer = (role + 1 + below(roles - 1)) % roles;
                    for (core::Name label = 0; label < 2; ++label) {
                        if (below(3) == 0) continue;
                        core::Edge edge;
                        edge.sender = sends ? role : peer;
                        edge.receiver = sends ? peer : role;
                        edge.label = label;
                        edge.payload = 0;
                        edge.to = below(graph.size());
                        graph.add(state, edge);
                    }
                }
            }
            hold_against_everything(locals, tally);
        }
    });
    CHECK(tally[Verdict::compatible] >= 20);
    CHECK(tally[Verdict::faulty] >= 100);
}
