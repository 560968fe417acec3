// SPDX-License-Identifier: AGPL-3.0-or-later
#include "print_automaton.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace mpst::compiler {

namespace {

std::string message_of(const Transition& transition) {
    std::string text = transition.label + "(";
    for (std::size_t i = 0; i < transition.payload.size(); ++i)
        text += (i > 0 ? ", " : "") + transition.payload[i];
    return text + ")";
}

// Writes states as nested blocks, with a stack of its own: no nesting is too deep.
class ScribbleWriter {
  public:
    ScribbleWriter(const Automaton& automaton, std::size_t bytes_max)
        : in_(automaton), bytes_max_(bytes_max), is_open_(in_.states.size(), false) {
        find_loops();
    }

    std::optional<std::string> run() {
        text_ = "local protocol " + in_.protocol + " at " + in_.role + "(";
        for (std::size_t i = 0; i < in_.roles.size(); ++i)
            text_ += (i > 0 ? ", role " : "role ") + in_.roles[i];
        text_ += ") {\n";
        depth_ = 1;
        todo_.push_back({Task::state, 0, {}});
        while (!todo_.empty()) {
            const Item item = std::move(todo_.back());
            todo_.pop_back();
            work(item);
            if (text_.size() > bytes_max_) return std::nullopt;
        }
        return text_ + "}\n";
    }

  private:
    enum class Task { state, message, line, close_loop };
    struct Item {
        Task task;
        std::uint32_t state;  // of message: to
        std::string text;
    };

    // States that a way from them leads back to, by a search in depth.
    void find_loops() {
        enum : std::uint8_t { fresh, open, done };
        struct Visit {
            std::uint32_t state;
            std::size_t next;
        };
        is_loop_.assign(in_.states.size(), false);
        std::vector<std::uint8_t> mark(in_.states.size(), fresh);
        std::vector<Visit> path{{0, 0}};
        mark[0] = open;
        while (!path.empty()) {
            Visit& at = path.back();
            const auto& transitions = in_.states[at.state].transitions;
            if (at.next == transitions.size()) {
                mark[at.state] = done;
                path.pop_back();
                continue;
            }
            const std::uint32_t to = transitions[at.next++].to;
            if (mark[to] == open) is_loop_[to] = true;
            // A way that joins another may come back to a loop that is not open there.
            if (mark[to] != fresh) continue;
            mark[to] = open;
            path.push_back({to, 0});
        }
    }

    void line(const std::string& text) {
        text_.append(depth_ * 4, ' ');
        text_ += text + '\n';
    }

    void work(const Item& item) {
        switch (item.task) {
            case Task::line:
                if (item.text.front() == '}') --depth_;
                line(item.text);
                if (item.text.back() == '{') ++depth_;
                return;
            case Task::message: line(item.text); return state(item.state);
            case Task::close_loop:
                --depth_;
                line("}");
                is_open_[item.state] = false;
                return;
            case Task::state: return state(item.state);
        }
    }

    void state(std::uint32_t index) {
        const State& state = in_.states[index];
        if (is_open_[index]) return line("continue " + state.name + ";");
        if (state.transitions.empty()) return;
        if (is_loop_[index]) {
            line("rec " + state.name + " {");
            ++depth_;
            is_open_[index] = true;
            todo_.push_back({Task::close_loop, index, {}});
        }
        const auto& transitions = state.transitions;
        if (transitions.size() == 1) return push(transitions.front());
        const std::string chooser =
            transitions.front().is_send ? in_.role : transitions.front().peer;
        todo_.push_back({Task::line, 0, "}"});
        for (auto t = transitions.rbegin(); t != transitions.rend(); ++t) {
            push(*t);
            const bool is_first = t + 1 == transitions.rend();
            todo_.push_back({Task::line, 0, is_first ? "choice at " + chooser + " {" : "} or {"});
        }
    }
    void push(const Transition& transition) {
        todo_.push_back({Task::message, transition.to,
                         message_of(transition) + (transition.is_send ? " to " : " from ") +
                             transition.peer + ";"});
    }

    const Automaton& in_;
    std::size_t bytes_max_;
    std::size_t depth_ = 0;
    std::string text_;
    std::vector<bool> is_loop_, is_open_;
    std::vector<Item> todo_;
};

}  // namespace

std::optional<std::string> scribble_text(const Automaton& automaton, std::size_t bytes_max) {
    return ScribbleWriter(automaton, bytes_max).run();
}

std::string dot_text(const Automaton& automaton) {
    std::string text = "digraph \"" + automaton.protocol + " at " + automaton.role +
                       "\" {\n    rankdir = LR;\n    node [shape = box, style = rounded];\n";
    for (std::size_t i = 0; i < automaton.states.size(); ++i) {
        const State& state = automaton.states[i];
        text += "    s" + std::to_string(i) + " [label = \"" + state.name + "\"" +
                (i == 0 ? ", penwidth = 2" : "") +
                (state.transitions.empty() ? ", peripheries = 2" : "") + "];\n";
    }
    for (std::size_t i = 0; i < automaton.states.size(); ++i) {
        for (const Transition& transition : automaton.states[i].transitions)
            text += "    s" + std::to_string(i) + " -> s" + std::to_string(transition.to) +
                    " [label = \"" + transition.peer + (transition.is_send ? "!" : "?") +
                    message_of(transition) + "\"];\n";
    }
    return text + "}\n";
}

nlohmann::json automaton_json(const Automaton& automaton, const Lines* lines) {
    nlohmann::json states = nlohmann::json::array();
    for (std::size_t i = 0; i < automaton.states.size(); ++i) {
        const State& state = automaton.states[i];
        nlohmann::json transitions = nlohmann::json::array();
        for (const Transition& transition : state.transitions) {
            nlohmann::json one{{"action", transition.is_send ? "send" : "receive"},
                               {"peer", transition.peer},
                               {"label", transition.label},
                               {"payload", transition.payload},
                               {"to", transition.to}};
            if (lines != nullptr) one["line"] = lines->of(transition.at.begin).line;
            transitions.push_back(std::move(one));
        }
        const char* kind = state.transitions.empty()           ? "end"
                           : state.transitions.front().is_send ? "send"
                                                               : "receive";
        states.push_back({{"id", i},
                          {"name", state.name},
                          {"kind", kind},
                          {"transitions", std::move(transitions)}});
    }
    return {{"protocol", automaton.protocol},
            {"role", automaton.role},
            {"roles", automaton.roles},
            {"initial", 0},
            {"states", std::move(states)}};
}

}  // namespace mpst::compiler
