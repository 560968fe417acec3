// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/cli/names.hpp"

#include <Poco/UTF8String.h>

#include <nlohmann/json.hpp>

#include "kernel/base/ids.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

// What is looked through for a name, and how its ids are called.
struct Register {
    const char* noun;
    const char* method;
    Json params;
    const char* list;     // of the answer
    const char* id;       // of one in the list
    std::string command;  // lists them for a person
};

bool is_client_id(std::string_view text) { return text.starts_with("szid1"); }

Result<std::string> id_of(Session& session, const Register& where, const std::string& name) {
    SZ_ASSIGN(const Json answer, session.send(where.method, where.params));
    const std::string wanted = Poco::UTF8::toLower(name);
    std::vector<std::string> found;
    for (const Json& one : items(answer, where.list)) {
        if (Poco::UTF8::toLower(string_or(one, "name")) == wanted)
            found.push_back(string_or(one, where.id));
    }
    if (found.size() == 1) return found.front();
    const std::string noun = where.noun;
    if (found.empty()) {
        return fail(ErrorKind::not_found, "SZ-CLI-020", "There is no " + noun + " “" + name + "”.",
                    where.command + " lists names and ids.", name);
    }
    std::string ids;
    for (const std::string& id : found) ids += (ids.empty() ? "" : ", ") + id;
    return fail(ErrorKind::input, "SZ-CLI-021",
                "More than one " + noun + " is named “" + name + "”.",
                "Say which by its id: " + ids + ".", name);
}

Status name_to_id(Session& session, const Register& where, bool (*is_id)(std::string_view),
                  Json& params, const char* key) {
    const std::string typed = string_or(params, key);
    if (typed.empty() || is_id(typed)) return {};
    SZ_ASSIGN(params[key], id_of(session, where, typed));
    return {};
}

bool is_campaign_id(std::string_view text) { return is_uuid(text); }

// The member that holds a campaign's id; nullptr: none does.
const char* campaign_key(const std::string& method) {
    if (method.starts_with("campaign.")) return "id";
    return method.starts_with("character.") ? "campaign" : nullptr;
}

}  // namespace

Result<Json> with_ids(Session& session, const std::string& method, const Json& given) {
    Json params = given;
    if (const char* key = campaign_key(method)) {
        const bool is_removed = method == "campaign.restore";
        SZ_TRY(name_to_id(session,
                          {"campaign", "campaign.list",
                           is_removed ? Json{{"removed", true}} : Json::object(), "campaigns", "id",
                           is_removed ? "szctl campaign list --removed" : "szctl campaign list"},
                          is_campaign_id, params, key));
    }
    if (method.starts_with("character.") && params.contains("owner")) {
        const std::string campaign = string_or(params, "campaign");
        SZ_TRY(name_to_id(session,
                          {"member", "campaign.members", Json{{"id", campaign}}, "members",
                           "client_id", "szctl campaign members " + campaign},
                          is_client_id, params, "owner"));
    }
    if (method.starts_with("identity.")) {
        SZ_TRY(name_to_id(session,
                          {"identity", "identity.list", Json::object(), "identities", "client_id",
                           "szctl identity list"},
                          is_client_id, params, "client_id"));
    }
    return params;
}

}  // namespace sz::cli
