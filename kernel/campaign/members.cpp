// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/members.hpp"

#include <Poco/UTF8String.h>

#include "kernel/crypto/crypto.hpp"

namespace sz::campaign {

namespace {

tl::unexpected<Error> no_member(std::string_view typed) {
    return fail(ErrorKind::not_found, "SZ-CAMPAIGN-050",
                "“" + std::string(typed) + "” is not a member of this campaign.",
                "szctl campaign members lists them; szctl campaign member makes somebody one.",
                std::string(typed));
}

}  // namespace

Result<std::string> client_id_of(const State& state, std::string_view typed) {
    if (client_id_key(typed)) return std::string(typed);
    const std::string lower = Poco::UTF8::toLower(std::string(typed));
    std::string found;
    for (const auto& [id, member] : state.members()) {
        if (Poco::UTF8::toLower(member.name) != lower) continue;
        if (!found.empty()) {
            return fail(ErrorKind::input, "SZ-CAMPAIGN-052",
                        "Several members are named “" + std::string(typed) + "”.",
                        "Give the Client ID; szctl campaign members lists them.",
                        std::string(typed));
        }
        found = id;
    }
    if (found.empty()) return no_member(typed);
    return found;
}

Result<std::string> member_of(const State& state, std::string_view typed) {
    SZ_ASSIGN(std::string id, client_id_of(state, typed));
    if (!state.members().contains(id)) return no_member(typed);
    return id;
}

}  // namespace sz::campaign
