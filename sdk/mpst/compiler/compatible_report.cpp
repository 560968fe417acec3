// SPDX-License-Identifier: AGPL-3.0-or-later
#include "compatible_report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

namespace mpst::compiler {

namespace {

using core::Fault;
using core::none;

// A name may hold anything; a message is one line, and not a long one.
std::string named(std::string_view word) {
    constexpr std::size_t most = 60;
    std::size_t end = std::min(word.size(), most);
    // No character of several bytes is torn.
    while (end < word.size() && end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U)
        --end;
    std::string text = "“";
    for (const char c : word.substr(0, end)) {
        const bool is_plain = static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
        text += is_plain ? c : '?';
    }
    return text + (end < word.size() ? "…”" : "”");
}

Sentence of_member(const DataFault& fault) {
    const auto& w = fault.words;
    if (fault.what == Fault::missing_member && w[0].empty())
        return {"There is not " + w[1] + " in this list.", "", ""};
    if (fault.what == Fault::missing_member)
        return {"The member " + named(w[0]) + " is missing.", "",
                "This is " + w[1] + ", which must have it."};
    if (w[0].empty()) return {"Here is expected " + w[1] + ".", "", ""};
    if (!w[2].empty())
        return {"There is no member " + named(w[0]) + " in " + w[2] + ".", "", "Take it out."};
    return {"The member " + named(w[0]) + " is to be " + w[1] + ".", "", ""};
}

Sentence of_data(const DataFault& fault) {
    const auto& w = fault.words;
    switch (fault.what) {
        case Fault::limit:
            return {"This goes past the limit of " + w[0] + ".", "",
                    "Write the automata into smaller files."};
        case Fault::not_json:
            return {"From here on this is not JSON.", "",
                    "“szmpst project --format json” prints what is read here."};
        case Fault::missing_member:
        case Fault::wrong_member: return of_member(fault);
        case Fault::unknown_state:
            return {"There is no state with the id " + w[0] + " in this automaton.", "", ""};
        case Fault::state_twice:
            return {"There are two states with the id " + w[0] + ".", "the first one", ""};
        case Fault::unknown_peer:
            return {"There is no automaton of a role " + named(w[0]) + " in the files.", "",
                    "Name the file that has it, too."};
        case Fault::peer_is_itself:
            return {"The role " + named(w[0]) + " has itself as its peer.", "", ""};
        case Fault::sends_and_receives:
            return {"The role " + named(w[0]) + " sends and receives in one state.",
                    "what it does in the other direction",
                    "Take two states: szmpst does not decide about automata with such states."};
        case Fault::label_twice:
            return {"The label " + named(w[1]) +
                        " stands twice in this state, with other payloads or another way on.",
                    "the other one", "Give them different labels."};
        case Fault::several_peers:
            return {"That the role " + named(w[0]) + " receives from " + named(w[1]) +
                        " and from " + named(w[2]) + " in one state is not supported.",
                    "the other one", "Let a state receive from one peer."};
        default:
            return {"There are two automata of the role " + named(w[0]) + ".", "the first one",
                    "Name only one of the files."};
    }
}

class Words {
  public:
    Words(const Automata& automata, const core::Compatibility& outcome)
        : in_(automata), outcome_(outcome) {}

    AutomatonFinding finding() {
        AutomatonFinding made;
        made.what = outcome_.verdict == core::Verdict::limit ? Fault::limit : outcome_.what;
        if (outcome_.role != none) {
            made.at = place(outcome_.role, outcome_.state);
            made.role = role(outcome_.role);
            made.state = state(outcome_.role, outcome_.state);
            made.peer = role(outcome_.peer);
            made.message = message();
            if (outcome_.label != none) made.label = in_.names.text(outcome_.label);
        } else {
            made.at = {0, 0, ""};
        }
        made.sentence = sentence(made);
        for (std::size_t i = 0; i < outcome_.run.size(); ++i) {
            const core::Act& act = outcome_.run[i];
            const core::Edge& edge = in_.locals[act.role].graph.edges[act.edge];
            if (edge.sender != act.role) continue;
            (i + outcome_.round < outcome_.run.size() ? made.run : made.round)
                .push_back({in_.names.text(edge.label), role(edge.sender), role(edge.receiver)});
        }
        return made;
    }

  private:
    [[nodiscard]] std::string_view role(core::Role role) const {
        return in_.names.text(in_.machines[role].role);
    }
    [[nodiscard]] Spot place(core::Role role, std::uint32_t state) const {
        const Automata::Machine& machine = in_.machines[role];
        return in_.spot(machine.file, machine.states[state]);
    }
    // Its name, else its id.
    [[nodiscard]] std::string state(core::Role role, std::uint32_t state) const {
        const Automata::Machine& machine = in_.machines[role];
        const JsonTree& tree = in_.files[machine.file]->tree;
        std::string id;
        for (auto v = tree.first(machine.states[state]); v != none; v = tree.next(v)) {
            if (tree.key(v) == "name") return std::string(tree.text(v));
            if (tree.key(v) == "id") id = std::to_string(tree.number(v));
        }
        return id;
    }
    // "add(int, int)"; empty when it may be one of several.
    [[nodiscard]] std::string message() const {
        if (outcome_.label == none) return "";
        std::string text(in_.names.text(outcome_.label));
        text += '(';
        for (const core::Name type : in_.payloads[outcome_.payload])
            text += (text.back() == '(' ? "" : ", ") + std::string(in_.names.text(type));
        return text + ")";
    }

    [[nodiscard]] Sentence sentence(const AutomatonFinding& made) const {
        const std::string who = "The role " + named(made.role);
        const std::string where = "in the state " + named(made.state);
        const std::string peer = named(made.peer);
        const std::string what = made.message.empty() ? "a message" : named(made.message);
        switch (made.what) {
            case Fault::wrong_message:
                return {who + " cannot take " + what + " from " + peer + " " + where +
                            ", and it is the next that comes.",
                        "", "Let this state receive it, or its sender send something else."};
            case Fault::message_never_taken:
                return {who + " never takes " + what + " from " + peer + ": it is " + where +
                            ", and no way leads from there to where it does.",
                        "", ""};
            case Fault::deadlock:
                return {"Roles wait for each other, and nobody sends first: " + circle() + ".", "",
                        "Let one of them send before it receives."};
            case Fault::message_never_comes:
                return {who + " waits " + where + " for " + what + " from " + peer +
                            ", who has no way left to send it one.",
                        "", ""};
            case Fault::waits_for_others:
                return {who + " may wait " + where + " for " + what + " from " + peer +
                            " for ever: the others can go round without it.",
                        "", "Give it a part in the round, or check with --fair."};
            case Fault::message_left_by_others:
                return {who + " may leave " + what + " from " + peer +
                            " in its queue for ever: it can go round, through the state " +
                            named(made.state) + ", without taking it.",
                        "", "Let it take the message in the round, or check with --fair."};
            case Fault::limit:
                return {"This goes past the limit of " + std::string(outcome_.which) +
                            ", at k = " + std::to_string(std::max(outcome_.bound, 1U)) + ".",
                        "", "Take fewer roles at a time, or a smaller --bound."};
            default: break;
        }
        const std::string k = std::to_string(outcome_.bound);
        return {"Unknown up to k = " + k +
                    ": the question is undecidable in general, and with at most " + k +
                    (outcome_.bound == 1 ? " message" : " messages") + " in a queue the role " +
                    named(made.role) + " can come to wait for ever " + where +
                    " for room in its queue to " + peer + ".",
                "",
                "Try a larger bound: --bound " + std::to_string(2 * outcome_.bound) +
                    ". If one role can always get further ahead of another, no bound will do: let "
                    "it wait for an answer."};
    }
    // "“A” (in “AwaitX”) waits for “B”, “B” (in “AwaitY”) for “A”"
    [[nodiscard]] std::string circle() const {
        std::string text;
        for (std::size_t i = 0; i < outcome_.circle.size(); ++i) {
            const core::Role one = outcome_.circle[i];
            const core::Role next = outcome_.circle[(i + 1) % outcome_.circle.size()];
            text += (i == 0 ? "" : ", ") + named(role(one)) + " (in " +
                    named(state(one, outcome_.circle_states[i])) +
                    (i == 0 ? ") waits for " : ") for ") + named(role(next));
        }
        return text;
    }

    const Automata& in_;
    const core::Compatibility& outcome_;
};

std::string steps_text(const std::vector<core::RunStep>& run) {
    constexpr std::size_t most = 40;
    core::Finding shown;
    shown.run.assign(run.begin(),
                     run.begin() + static_cast<std::ptrdiff_t>(std::min(run.size(), most)));
    std::string text = run_text(shown);
    if (run.size() > most) text += "; … and " + std::to_string(run.size() - most) + " more";
    return text;
}

nlohmann::json steps_json(const std::vector<core::RunStep>& run) {
    nlohmann::json all = nlohmann::json::array();
    for (const core::RunStep& step : run)
        all.push_back(
            {{"label", step.label}, {"sender", step.sender}, {"receiver", step.receiver}});
    return all;
}

}  // namespace

std::vector<AutomatonFinding> findings_of(const Automata& automata) {
    std::vector<AutomatonFinding> found;
    for (const DataFault& fault : automata.faults) {
        AutomatonFinding made;
        made.what = fault.what;
        made.at = fault.at;
        made.sentence = of_data(fault);
        made.other = fault.other;
        found.push_back(std::move(made));
    }
    return found;
}

AutomatonFinding finding_of(const Automata& automata, const core::Compatibility& outcome) {
    return Words(automata, outcome).finding();
}

void print_finding(std::ostream& out, const Automata& automata, const AutomatonFinding& finding) {
    const auto at = [&automata](const Spot& spot) {
        const JsonFile& file = *automata.files[spot.file];
        const Position position = file.lines.of(spot.byte);
        return file.path + ":" + std::to_string(position.line) + ":" +
               std::to_string(position.column) + ": ";
    };
    const std::string here = at(finding.at);
    out << here << "error: " << finding.sentence.what << " [" << code_of(finding.what) << "]\n";
    if (!finding.at.pointer.empty())
        out << here << "note: in the document this is " << named(finding.at.pointer) << '\n';
    if (finding.other && !finding.sentence.other.empty())
        out << at(*finding.other) << "note: " << finding.sentence.other << '\n';
    if (!finding.run.empty() || !finding.round.empty()) {
        out << here << "note: for example: " << steps_text(finding.run);
        if (!finding.round.empty())
            out << (finding.run.empty() ? "again and again: " : "; then again and again: ")
                << steps_text(finding.round);
        out << '\n';
    }
    if (!finding.sentence.hint.empty()) out << here << "note: " << finding.sentence.hint << '\n';
}

nlohmann::json finding_json(const Automata& automata, const AutomatonFinding& finding) {
    const auto position = [&automata](const Spot& spot) {
        return automata.files[spot.file]->lines.of(spot.byte);
    };
    nlohmann::json made{{"code", code_of(finding.what)},
                        {"severity", "error"},
                        {"file", automata.files[finding.at.file]->path},
                        {"line", position(finding.at).line},
                        {"column", position(finding.at).column},
                        {"pointer", finding.at.pointer},
                        {"message", finding.sentence.what},
                        {"hint", finding.sentence.hint}};
    if (finding.other && !finding.sentence.other.empty())
        made["other"] = {{"file", automata.files[finding.other->file]->path},
                         {"line", position(*finding.other).line},
                         {"column", position(*finding.other).column},
                         {"pointer", finding.other->pointer},
                         {"message", finding.sentence.other}};
    if (finding.role.empty()) return made;
    made["role"] = finding.role;
    made["state"] = finding.state;
    made["peer"] = finding.peer;
    if (!finding.message.empty()) made["label"] = finding.label;
    made["run"] = steps_json(finding.run);
    made["round"] = steps_json(finding.round);
    return made;
}

}  // namespace mpst::compiler
