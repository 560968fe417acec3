// SPDX-License-Identifier: AGPL-3.0-or-later
#include "automaton.hpp"

#include <algorithm>
#include <cctype>
#include <unordered_map>

#include "minimise.hpp"

namespace mpst::compiler {

namespace {

using core::Edge;
using core::Graph;
using core::none;

std::vector<std::uint32_t> blocks_of(const Graph& graph) {
    core::Lists letters;  // {sender, receiver, label, payload}
    std::vector<Arrow> arrows;
    arrows.reserve(graph.edges.size());
    for (std::uint32_t state = 0; state < graph.size(); ++state) {
        for (auto e = graph.first[state]; e != none; e = graph.edges[e].next) {
            const Edge& edge = graph.edges[e];
            const std::uint32_t letter[4] = {edge.sender, edge.receiver, edge.label, edge.payload};
            arrows.push_back({state, letters(letter), edge.to});
        }
    }
    return coarsest_partition(graph.size(), arrows);
}

std::string word_of(const Transition& transition) {
    std::string word = transition.label;
    if (word.empty()) word = transition.payload.empty() ? "Message" : transition.payload.front();
    for (char& c : word) {
        if (c == '\'' || c == '.') c = '_';
    }
    word.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(word.front())));
    return word;
}

// "AwaitAnswer", "SendIdOrClose", "Choose5"; "End".
std::string name_of(const State& state) {
    if (state.transitions.empty()) return "End";
    constexpr std::size_t most = 3;
    const bool is_send = state.transitions.front().is_send;
    if (state.transitions.size() > most)
        return (is_send ? "Choose" : "AwaitOne") + std::to_string(state.transitions.size());
    std::string name;
    for (const Transition& transition : state.transitions)
        name += (name.empty() ? "" : "Or") + word_of(transition);
    return (is_send ? "Send" : "Await") + name;
}

void give_names(Automaton& automaton) {
    std::unordered_map<std::string, int> times;
    for (State& state : automaton.states) {
        state.name = name_of(state);
        const int time = ++times[state.name];
        // A digit at the end is the label's own, or a number that is to stand apart from it.
        if (time > 1) state.name += "_" + std::to_string(time);
    }
}

// Builds the automaton of blocks, breadth first from state 0.
class Quotient {
  public:
    Quotient(const core::File& file, const core::Protocol& protocol, const Graph& graph,
             core::Role role)
        : file_(file),
          protocol_(protocol),
          graph_(graph),
          role_(role),
          blocks_(blocks_of(graph)),
          number_(graph.size(), none) {}

    void build(Automaton& made) {
        visit(0);
        for (std::uint32_t i = 0; i < members_.size(); ++i) {
            State state;
            for (auto e = graph_.first[members_[i]]; e != none; e = graph_.edges[e].next)
                state.transitions.push_back(transition(graph_.edges[e]));
            made.states.push_back(std::move(state));
        }
    }

  private:
    std::uint32_t visit(std::uint32_t state) {
        std::uint32_t& number = number_[blocks_[state]];
        if (number == none) {
            number = static_cast<std::uint32_t>(members_.size());
            members_.push_back(state);
        }
        return number;
    }
    Transition transition(const Edge& edge) {
        Transition made;
        made.is_send = edge.sender == role_;
        const core::Role peer = made.is_send ? edge.receiver : edge.sender;
        made.peer = file_.text(protocol_.roles[peer].inside.name);
        made.label = file_.text(edge.label);
        for (const std::uint32_t type : file_.payloads[edge.payload])
            made.payload.emplace_back(file_.text(type));
        made.to = visit(edge.to);
        made.at = edge.at;
        return made;
    }

    const core::File& file_;
    const core::Protocol& protocol_;
    const Graph& graph_;
    core::Role role_;
    std::vector<std::uint32_t> blocks_;
    std::vector<std::uint32_t> number_;   // by block
    std::vector<std::uint32_t> members_;  // one of each block
};

}  // namespace

Automaton automaton_of(const core::File& file, const core::Checked& checked, core::Role role) {
    const core::Protocol& protocol = file.protocols[checked.protocol];
    Automaton made;
    made.protocol = file.text(protocol.name.name);
    made.role = file.text(protocol.roles[role].inside.name);
    for (const auto& declared : protocol.roles)
        made.roles.emplace_back(file.text(declared.inside.name));
    Quotient(file, protocol, checked.locals[role].graph, role).build(made);
    give_names(made);
    return made;
}

}  // namespace mpst::compiler
