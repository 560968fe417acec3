// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether roles whose types were written by hand are safe and live together, decided while the
// program is compiled, by core/compatible.hpp:
//
//   static_assert(mpst::compatible_v<Kernel, Source, Sink>);
//
// And the same types as the JSON that `szmpst compatible` reads, which shows a run where it is not.
#pragma once

#include <string>
#include <vector>

#include "binary.hpp"
#include "core/compatible.hpp"

namespace mpst {

namespace detail {

template <class... Role>
constexpr core::Role number_of_role(Tag peer) {
    core::Role number = 0;
    bool is_found = false;
    ((is_found = is_found || tag_of<Role> == peer, number += is_found ? 0U : 1U), ...);
    return number;
}

// A role's steps as an automaton whose state 0 is the beginning.
template <class Role, class... All>
constexpr core::Local local_of() {
    core::Local local;
    constexpr unsigned states = StateNumbers<Role>::count;
    constexpr unsigned start = start_of<Role>();
    const auto turned = [](unsigned state) {  // the beginning and state 0 change places
        return state == start ? 0U : state == 0 ? start : state;
    };
    for (unsigned state = 0; state <= states; ++state) local.graph.add_state();
    for (const Step& step : steps_of<Role>) {
        core::Edge edge;
        const core::Role self = number_of_role<All...>(tag_of<Role>);
        const core::Role peer = number_of_role<All...>(step.peer);
        edge.sender = step.is_send ? self : peer;
        edge.receiver = step.is_send ? peer : self;
        edge.label = step.message;
        edge.payload = 0;
        edge.to = turned(step.to);
        local.graph.add(turned(step.from), edge);
    }
    return local;
}

template <class... Role>
constexpr core::Verdict verdict(bool is_fair) {
    std::vector<core::Local> locals;
    locals.reserve(sizeof...(Role));
    (locals.push_back(local_of<Role, Role...>()), ...);
    core::CompatibilityOptions options;
    options.is_fair = is_fair;
    return core::compatible(locals, options).verdict;
}

inline void add_text(std::string& json, std::string_view text) {
    json += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') json += '\\';
        json += c;
    }
    json += '"';
}

}  // namespace detail

// Every role of the session, in any order.
template <class... Role>
inline constexpr bool compatible_v = detail::verdict<Role...>(false) == core::Verdict::compatible;
// The same when choices are taken to be fair.
template <class... Role>
inline constexpr bool fairly_compatible_v =
    detail::verdict<Role...>(true) == core::Verdict::compatible;

// {"role","initial","states":[{"id","name","transitions":[
//   {"action","peer","label","payload","to"}]}]}
template <class Role>
[[nodiscard]] std::string automaton_json() {
    constexpr auto names = []<class... S>(states<S...>) {
        return std::array<std::string_view, sizeof...(S) + 1>{state_name<S>()..., "End"};
    }(typename Role::states{});
    std::string json = "{\"role\": ";
    detail::add_text(json, role_name<Role>());
    json += ", \"initial\": " + std::to_string(start_of<Role>()) + ", \"states\": [";
    for (unsigned state = 0; state < names.size(); ++state) {
        json += (state == 0 ? "\n" : ",\n") + std::string("  {\"id\": ") + std::to_string(state);
        json += ", \"name\": ";
        detail::add_text(json, names[state]);
        json += ", \"transitions\": [";
        bool is_first = true;
        for (const Step& step : steps_of<Role>) {
            if (step.from != state) continue;
            json += is_first ? "\n" : ",\n";
            is_first = false;
            json += step.is_send ? "    {\"action\": \"send\", \"peer\": "
                                 : "    {\"action\": \"receive\", \"peer\": ";
            detail::add_text(json, step.peer_name);
            json += ", \"label\": ";
            detail::add_text(json, step.label);
            json += ", \"payload\": [], \"to\": " + std::to_string(step.to) + "}";
        }
        json += "]}";
    }
    return json + "]}\n";
}

}  // namespace mpst
