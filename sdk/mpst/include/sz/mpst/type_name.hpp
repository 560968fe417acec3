// SPDX-License-Identifier: AGPL-3.0-or-later
// What types are called, so that an error can name a state, a role or a message.
#pragma once

#include <cstddef>
#include <string_view>

namespace mpst {

namespace detail {

template <class T>
constexpr std::string_view signature() {
#if defined(_MSC_VER) && !defined(__clang__)
    return __FUNCSIG__;
#else
    return __PRETTY_FUNCTION__;
#endif
}
inline constexpr std::size_t name_begins = signature<double>().find("double");
inline constexpr std::size_t behind_name = signature<double>().size() - name_begins - 6;

}  // namespace detail

// As the compiler writes it, with its namespaces.
template <class T>
constexpr std::string_view type_name() {
    const std::string_view all = detail::signature<T>();
    return all.substr(detail::name_begins, all.size() - detail::name_begins - detail::behind_name);
}

// The last `parts` of a name such as "shop::Client::AwaitPrice".
constexpr std::string_view last_parts(std::string_view name, int parts) {
    int depth = 0;
    for (std::size_t i = name.size(); i > 1; --i) {
        const char c = name[i - 1];
        depth += c == '>' || c == ')' ? 1 : 0;
        depth -= c == '<' || c == '(' ? 1 : 0;
        if (depth == 0 && c == ':' && name[i - 2] == ':' && --parts == 0) return name.substr(i);
    }
    return name;
}

// What errors call a state or a role. Roles may be incomplete where they are only peers.
template <class T>
struct NameOf {
    static constexpr std::string_view state = last_parts(type_name<T>(), 2);
    static constexpr std::string_view role = last_parts(type_name<T>(), 1);
};
template <class State>
constexpr std::string_view state_name() {
    return NameOf<State>::state;
}
template <class Role>
constexpr std::string_view role_name() {
    return NameOf<Role>::role;
}

}  // namespace mpst
