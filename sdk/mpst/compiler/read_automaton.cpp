// SPDX-License-Identifier: AGPL-3.0-or-later
#include "read_automaton.hpp"

#include <algorithm>
#include <unordered_map>

namespace mpst::compiler {

namespace {

using core::Fault;
using core::none;
using Index = JsonTree::Index;
using Kind = JsonTree::Kind;

// One kind of object: the members it may have, what they are, and which it must have.
struct Member {
    std::string_view name;
    Kind kind;
    bool is_needed;
};
constexpr std::array<Member, 6> of_automaton{{{"role", Kind::text, true},
                                              {"states", Kind::list, true},
                                              {"initial", Kind::number, false},
                                              {"roles", Kind::list, false},
                                              {"protocol", Kind::text, false},
                                              {"protocolHash", Kind::text, false}}};
constexpr std::array<Member, 4> of_state{{{"id", Kind::number, true},
                                          {"transitions", Kind::list, true},
                                          {"name", Kind::text, false},
                                          {"kind", Kind::text, false}}};
constexpr std::array<Member, 6> of_transition{{{"action", Kind::text, true},
                                               {"peer", Kind::text, true},
                                               {"label", Kind::text, true},
                                               {"to", Kind::number, true},
                                               {"payload", Kind::list, false},
                                               {"line", Kind::number, false}}};

const char* kind_text(Kind kind) {
    switch (kind) {
        case Kind::object: return "an object";
        case Kind::list: return "a list";
        case Kind::text: return "a text";
        case Kind::number: return "a whole number";
        default: return "something else";
    }
}

class Reader {
  public:
    Reader(Automata& to, const core::Limits& limits) : to_(to), limits_(limits) {}

    void run(std::vector<Source> sources) {
        for (Source& source : sources) file(std::move(source));
        to_.locals.resize(to_.machines.size());
        for (Parts& parts : parts_) {
            file_ = parts.machine.file;
            // One without a name, or with another's, is read for what else is wrong with it.
            core::Graph unused;
            const bool is_used = parts.role != none && !parts.is_again;
            states(parts, is_used ? to_.locals[parts.role].graph : unused);
            if (is_used) to_.machines[parts.role] = std::move(parts.machine);
        }
        std::sort(to_.faults.begin(), to_.faults.end(), [](const DataFault& a, const DataFault& b) {
            if (a.at.file != b.at.file) return a.at.file < b.at.file;
            if (a.at.byte != b.at.byte) return a.at.byte < b.at.byte;
            if (a.what != b.what) return a.what < b.what;
            return a.words < b.words;
        });
    }

  private:
    struct Parts {
        Automata::Machine machine;
        core::Role role = none;
        bool is_again = false;
        Index states = none, initial = none, roles = none;
    };

    // ---- faults

    // Then there is one more that is not kept.
    bool is_full() {
        to_.has_more = to_.has_more || to_.faults.size() == limits_.findings;
        return to_.faults.size() == limits_.findings;
    }
    // nullptr when it is not kept.
    DataFault* fault(Fault what, Spot at, std::array<std::string, 3> words = {}) {
        if (is_full()) return nullptr;
        to_.faults.push_back({what, std::move(at), std::move(words), {}});
        return &to_.faults.back();
    }
    DataFault* fault(Fault what, Index at, std::array<std::string, 3> words = {}) {
        if (is_full()) return nullptr;
        return fault(what, to_.spot(file_, at), std::move(words));
    }
    void refer(DataFault* made, Spot other) {
        if (made != nullptr) made->other = std::move(other);
    }
    [[nodiscard]] const JsonTree& tree() const { return to_.files[file_]->tree; }

    // ---- files

    void file(Source source) {
        file_ = static_cast<std::uint32_t>(to_.files.size());
        const bool is_long = source.text.size() > limits_.text_bytes;
        if (is_long) source.text.clear();
        to_.files.push_back(
            std::make_unique<JsonFile>(std::move(source.path), std::move(source.text)));
        JsonFile& made = *to_.files.back();
        if (is_long) {
            fault(Fault::limit, Spot{file_, 0, ""}, {"bytes of a file"});
            return;
        }
        if (const auto failure = made.tree.read(made.text)) {
            fault(failure->limit.empty() ? Fault::not_json : Fault::limit,
                  Spot{file_, failure->byte, ""}, {std::string(failure->limit)});
            return;
        }
        switch (made.tree.kind(JsonTree::root)) {
            case Kind::object: return declare(JsonTree::root);
            case Kind::list:
                if (made.tree.first(JsonTree::root) == none)
                    fault(Fault::missing_member, JsonTree::root, {"", "an automaton"});
                for (Index v = made.tree.first(JsonTree::root); v != none; v = made.tree.next(v)) {
                    if (made.tree.kind(v) == Kind::object) {
                        declare(v);
                    } else {
                        fault(Fault::wrong_member, v, {"", "an automaton, an object"});
                    }
                }
                return;
            default:
                fault(Fault::wrong_member, JsonTree::root,
                      {"", "an automaton, an object, or a list of them"});
        }
    }

    // The values of the members by their places in `members`; none where there is none, or one of
    // another kind.
    template <std::size_t n>
    std::array<Index, n> take(Index object, const std::array<Member, n>& members,
                              const char* what) {
        std::array<Index, n> found{};
        found.fill(none);
        std::array<bool, n> is_there{};
        for (Index v = tree().first(object); v != none; v = tree().next(v)) {
            const auto known =
                std::find_if(members.begin(), members.end(),
                             [&](const Member& member) { return member.name == tree().key(v); });
            if (known == members.end()) {
                fault(Fault::wrong_member, v, {std::string(tree().key(v)), "", what});
                continue;
            }
            const auto at = static_cast<std::size_t>(known - members.begin());
            if (is_there[at]) {
                fault(Fault::wrong_member, v, {std::string(known->name), "there once", ""});
            } else if (tree().kind(v) != known->kind) {
                fault(Fault::wrong_member, v,
                      {std::string(known->name), kind_text(known->kind), ""});
            } else {
                found[at] = v;
            }
            is_there[at] = true;
        }
        for (std::size_t i = 0; i < n; ++i) {
            if (members[i].is_needed && !is_there[i])
                fault(Fault::missing_member, object, {std::string(members[i].name), what, ""});
        }
        return found;
    }

    void declare(Index value) {
        const auto [role, states, initial, roles, protocol, hash] =
            take(value, of_automaton, "an automaton");
        Parts parts;
        parts.states = states;
        parts.initial = initial;
        parts.roles = roles;
        parts.machine.file = file_;
        parts.machine.value = value;
        if (role != none && tree().text(role).empty()) {
            fault(Fault::wrong_member, role, {"role", "a text that is not empty", ""});
        } else if (role != none) {
            parts.machine.role = to_.names(tree().text(role));
            const auto fresh = static_cast<core::Role>(to_.machines.size());
            const auto [known, is_new] = role_of_.emplace(parts.machine.role, fresh);
            parts.role = known->second;
            parts.is_again = !is_new;
            if (is_new) {
                to_.machines.push_back(parts.machine);
            } else {
                const Automata::Machine& first = to_.machines[parts.role];
                refer(fault(Fault::automaton_twice, role, {std::string(tree().text(role))}),
                      to_.spot(first.file, first.value));
            }
        }
        parts_.push_back(std::move(parts));
    }

    // ---- automata

    // The role of that name; one that no automaton has, when there is none.
    core::Role peer(Index at, std::string_view name) {
        const core::Name number = to_.names(name);
        const auto fresh = static_cast<core::Role>(to_.machines.size() + strangers_);
        const auto [known, is_new] = role_of_.emplace(number, fresh);
        if (is_new) ++strangers_;
        if (known->second >= to_.machines.size())
            fault(Fault::unknown_peer, at, {std::string(name)});
        return known->second;
    }

    void states(Parts& parts, core::Graph& graph) {
        for (Index v = parts.roles == none ? none : tree().first(parts.roles); v != none;
             v = tree().next(v)) {
            if (tree().kind(v) == Kind::text) {
                peer(v, tree().text(v));
            } else {
                fault(Fault::wrong_member, v, {"roles", "a list of texts", ""});
            }
        }
        if (parts.states == none) return;
        std::vector<Index> transitions;  // by state: the list
        number_of_.clear();
        for (Index v = tree().first(parts.states); v != none; v = tree().next(v)) {
            if (tree().kind(v) != Kind::object) {
                fault(Fault::wrong_member, v, {"", "a state, an object", ""});
                continue;
            }
            const auto [id, list, name, kind] = take(v, of_state, "a state");
            kind_agrees(kind, list);
            if (id != none) {
                const auto [known, is_new] =
                    number_of_.emplace(tree().number(id), parts.machine.states.size());
                if (!is_new)
                    refer(fault(Fault::state_twice, id, {std::to_string(tree().number(id))}),
                          to_.spot(file_, parts.machine.states[known->second]));
            }
            parts.machine.states.push_back(v);
            transitions.push_back(list);
            graph.add_state();
        }
        if (parts.machine.states.empty())
            fault(Fault::missing_member, parts.states, {"", "a state", ""});
        std::uint32_t begin = 0;
        if (parts.initial != none) begin = state_of(parts.initial);
        for (std::uint32_t state = 0; state < graph.size(); ++state) {
            if (transitions[state] != none) edges(parts, state, transitions[state], graph);
        }
        if (parts.role != none) shapes(parts, graph);
        if (begin != none && begin != 0) begin_at(begin, parts.machine, graph);
    }

    // The number of the state that a number names; none, and a fault, when there is no such state.
    std::uint32_t state_of(Index id) {
        const auto known = number_of_.find(tree().number(id));
        if (known != number_of_.end()) return static_cast<std::uint32_t>(known->second);
        fault(Fault::unknown_state, id, {std::to_string(tree().number(id))});
        return none;
    }

    void kind_agrees(Index kind, Index list) {
        if (kind == none) return;
        const std::string_view said = tree().text(kind);
        if (said != "send" && said != "receive" && said != "end") {
            fault(Fault::wrong_member, kind, {"kind", "“send”, “receive” or “end”", ""});
        } else if (list != none && (said == "end") != (tree().first(list) == none)) {
            fault(Fault::wrong_member, kind, {"kind", "what its transitions are", ""});
        }
        for (Index v = list == none ? none : tree().first(list); v != none; v = tree().next(v)) {
            for (Index m = tree().kind(v) == Kind::object ? tree().first(v) : none; m != none;
                 m = tree().next(m)) {
                if (tree().key(m) != "action" || tree().kind(m) != Kind::text) continue;
                const std::string_view done = tree().text(m);
                if ((done != "send" && done != "receive") || said == "end" || done == said)
                    continue;
                fault(Fault::wrong_member, kind, {"kind", "what its transitions are", ""});
                return;
            }
        }
    }

    void edges(Parts& parts, std::uint32_t state, Index list, core::Graph& graph) {
        std::vector<std::pair<core::Edge, Index>> found;
        for (Index v = tree().first(list); v != none; v = tree().next(v)) {
            core::Edge edge;
            if (transition(parts.role, v, edge)) found.emplace_back(edge, v);
        }
        // A state's chain begins with what was added last.
        for (auto one = found.rbegin(); one != found.rend(); ++one) {
            graph.add(state, one->first);
            parts.machine.transitions.push_back(one->second);
        }
    }

    // Whether enough of it is good to be an edge.
    bool transition(core::Role own, Index value, core::Edge& edge) {
        if (tree().kind(value) != Kind::object) {
            fault(Fault::wrong_member, value, {"", "a transition, an object", ""});
            return false;
        }
        const auto [action, name, label, to, payload, line] =
            take(value, of_transition, "a transition");
        const bool sends = action != none && tree().text(action) == "send";
        const bool is_action = sends || (action != none && tree().text(action) == "receive");
        if (action != none && !is_action)
            fault(Fault::wrong_member, action, {"action", "“send” or “receive”", ""});
        core::Role other = none;
        if (name != none) {
            other = peer(name, tree().text(name));
            if (other == own) fault(Fault::peer_is_itself, name, {std::string(tree().text(name))});
        }
        if (to != none) edge.to = state_of(to);
        std::vector<core::Name> types;
        for (Index v = payload == none ? none : tree().first(payload); v != none;
             v = tree().next(v)) {
            if (tree().kind(v) == Kind::text) {
                types.push_back(to_.names(tree().text(v)));
            } else {
                fault(Fault::wrong_member, v, {"payload", "a list of texts", ""});
            }
        }
        if (!is_action || other == none || other == own || label == none || edge.to == none)
            return false;
        edge.sender = sends ? own : other;
        edge.receiver = sends ? other : own;
        edge.label = to_.names(tree().text(label));
        edge.payload = to_.payloads(types);
        edge.at = {tree().byte(value), tree().byte(value)};
        return true;
    }

    void shapes(const Parts& parts, const core::Graph& graph) {
        std::vector<core::Misshapen> found;
        core::ShapeOfStates(graph, parts.role, found).run();
        for (const core::Misshapen& one : found) {
            if (is_full()) break;
            const core::Edge& edge = graph.edges[one.edge];
            const core::Edge& other = graph.edges[one.other];
            const auto role = [&](core::Name number) {
                return std::string(to_.names.text(number));
            };
            std::array<std::string, 3> words{role(parts.machine.role), role(edge.label), ""};
            if (one.what == Fault::several_peers)
                words = {role(parts.machine.role), name_of(edge.sender), name_of(other.sender)};
            refer(fault(one.what, parts.machine.transitions[one.edge], words),
                  to_.spot(file_, parts.machine.transitions[one.other]));
        }
    }
    [[nodiscard]] std::string name_of(core::Role role) const {
        for (const auto& [name, number] : role_of_) {
            if (number == role) return std::string(to_.names.text(name));
        }
        return "";
    }

    // The state `begin` becomes number 0.
    static void begin_at(std::uint32_t begin, Automata::Machine& machine, core::Graph& graph) {
        std::swap(machine.states[0], machine.states[begin]);
        std::swap(graph.first[0], graph.first[begin]);
        for (core::Edge& edge : graph.edges) {
            if (edge.to == 0 || edge.to == begin) edge.to = begin - edge.to;
        }
    }

    Automata& to_;
    const core::Limits& limits_;
    std::uint32_t file_ = 0;  // that is read
    std::vector<Parts> parts_;
    std::unordered_map<core::Name, core::Role> role_of_;
    std::uint32_t strangers_ = 0;  // names in role_of_ that no automaton has
    std::unordered_map<std::uint32_t, std::size_t> number_of_;  // of the automaton that is read
};

}  // namespace

std::unique_ptr<Automata> read_automata(std::vector<Source> sources, const core::Limits& limits) {
    auto made = std::make_unique<Automata>();
    Reader(*made, limits).run(std::move(sources));
    return made;
}

}  // namespace mpst::compiler
