// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol_hash.hpp"

#include <algorithm>
#include <tuple>

namespace mpst::compiler {

namespace {

// The transitions of a state in an order that the text does not decide.
std::vector<const Transition*> sorted(const State& state) {
    std::vector<const Transition*> all;
    for (const Transition& transition : state.transitions) all.push_back(&transition);
    std::sort(all.begin(), all.end(), [](const Transition* a, const Transition* b) {
        return std::tie(a->peer, a->label, a->payload) < std::tie(b->peer, b->label, b->payload);
    });
    return all;
}

std::uint64_t hash_of_role(std::uint64_t hash, const Automaton& automaton) {
    hash = hash_of_text(hash, "role " + automaton.role + '\n');
    std::vector<std::uint32_t> number(automaton.states.size(), core::none);
    std::vector<std::uint32_t> order{0};
    number[0] = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        hash = hash_of_text(hash, "state\n");
        for (const Transition* transition : sorted(automaton.states[order[i]])) {
            std::uint32_t& to = number[transition->to];
            if (to == core::none) {
                to = static_cast<std::uint32_t>(order.size());
                order.push_back(transition->to);
            }
            std::string line = (transition->is_send ? "!" : "?") + transition->peer + ' ';
            line += transition->label + '(';
            for (const std::string& type : transition->payload)
                line += (&type == transition->payload.data() ? "" : ",") + type;
            hash = hash_of_text(hash, line + ") " + std::to_string(to) + '\n');
        }
    }
    return hash;
}

}  // namespace

std::uint64_t hash_of_text(std::uint64_t begin, std::string_view text) {
    for (const char c : text) begin = core::hash_on(begin, static_cast<unsigned char>(c));
    return begin;
}

std::uint64_t protocol_hash(const std::vector<Automaton>& roles) {
    std::vector<const Automaton*> all;
    for (const Automaton& role : roles) all.push_back(&role);
    std::sort(all.begin(), all.end(),
              [](const Automaton* a, const Automaton* b) { return a->role < b->role; });
    std::uint64_t hash = core::hash_begin;
    if (!all.empty()) hash = hash_of_text(hash, "protocol " + all.front()->protocol + '\n');
    for (const Automaton* role : all) hash = hash_of_role(hash, *role);
    return hash;
}

std::string hash_digits(std::uint64_t hash) {
    std::string digits(16, '0');
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, hash >>= 4U)
        *digit = "0123456789abcdef"[hash & 15U];
    return digits;
}

}  // namespace mpst::compiler
