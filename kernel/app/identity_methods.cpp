// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/app/identity_methods.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace sz {

namespace {

// What the commands answer: the object when all went well.
Result<Json> done(const Status& status, Json object = Json::object()) {
    if (!status) return fail(status.error());
    return object;
}

Result<Json> with_client_id(Result<std::string> client_id) {
    if (!client_id) return fail(std::move(client_id).error());
    return Json{{"client_id", std::move(*client_id)}};
}

}  // namespace

IdentityMethods::IdentityMethods(Identity& identity, Bus& bus)
    : identity_(identity), bus_(bus), pool_("sz-identity", 1) {}
IdentityMethods::~IdentityMethods() { stop(); }
void IdentityMethods::stop() { pool_.stop(); }

Status IdentityMethods::add(const char* name, Effect effect, Work work) {
    return bus_.add_method(
        {name, {}, {}, "kernel"}, [this, effect, work = std::move(work)](const Call& call) {
            pool_.post([this, effect, work, call] {
                auto result = work(call.params());
                if (result && effect == Effect::changes) {
                    auto client_id =
                        string_or(*result, "client_id", string_or(call.params(), "client_id"));
                    bus_.publish("identity.changed", {{"client_id", std::move(client_id)}});
                }
                call.answer(std::move(result));
            });
        });
}

Result<std::string> IdentityMethods::named_or_active(const Json& params) const {
    auto client_id = string_or(params, "client_id");
    if (!client_id.empty()) return client_id;
    return identity_.active();
}

Result<Json> IdentityMethods::find(const std::string& client_id) const {
    SZ_ASSIGN(Json identities, identity_.list());
    for (auto& identity : identities) {
        if (string_or(identity, "client_id") == client_id) return std::move(identity);
    }
    return fail(ErrorKind::not_found, "SZ-IDENTITY-004", "There is no such identity here.",
                "szctl identity list shows them.", client_id);
}

Result<Json> IdentityMethods::export_secret(const Json& params) {
    SZ_ASSIGN(const std::string client_id, named_or_active(params));
    SZ_ASSIGN(const Json identity, find(client_id));
    const auto passphrase = string_or(params, "passphrase");
    const bool was_locked = identity.value("protected", Json(false)) == true &&
                            identity.value("unlocked", Json(false)) != true;
    if (!passphrase.empty()) SZ_TRY(identity_.unlock(client_id, passphrase));
    auto token = identity_.export_secret(client_id);
    // Showing the secret once is no reason to leave it open.
    if (was_locked && !passphrase.empty()) SZ_TRY(identity_.lock(client_id));
    if (!token) return fail(std::move(token).error());
    return Json{{"secret_token", std::move(*token)}};
}

Status IdentityMethods::add_methods() {
    SZ_TRY(add("identity.list", Effect::none, [this](const Json&) -> Result<Json> {
        SZ_ASSIGN(Json identities, identity_.list());
        return Json{{"identities", std::move(identities)}};
    }));
    SZ_TRY(add("identity.show", Effect::none, [this](const Json& params) -> Result<Json> {
        SZ_ASSIGN(const std::string client_id, named_or_active(params));
        return find(client_id);
    }));
    SZ_TRY(add("identity.new", Effect::changes, [this](const Json& params) {
        return with_client_id(
            identity_.create(string_or(params, "name"), string_or(params, "passphrase")));
    }));
    SZ_TRY(add("identity.import", Effect::changes, [this](const Json& params) {
        return with_client_id(identity_.import_secret(string_or(params, "token"),
                                                      string_or(params, "name", "Imported"),
                                                      string_or(params, "passphrase")));
    }));
    SZ_TRY(add("identity.use", Effect::changes, [this](const Json& params) {
        return done(identity_.use(string_or(params, "client_id")));
    }));
    SZ_TRY(add("identity.unlock", Effect::changes, [this](const Json& params) {
        return done(
            identity_.unlock(string_or(params, "client_id"), string_or(params, "passphrase")));
    }));
    SZ_TRY(add("identity.lock", Effect::changes, [this](const Json& params) -> Result<Json> {
        SZ_ASSIGN(const std::string client_id, named_or_active(params));
        return done(identity_.lock(client_id), {{"client_id", client_id}});
    }));
    SZ_TRY(add("identity.passphrase", Effect::changes, [this](const Json& params) {
        return done(identity_.set_passphrase(string_or(params, "client_id"),
                                             string_or(params, "old"), string_or(params, "new")));
    }));
    return add("identity.export", Effect::none,
               [this](const Json& params) { return export_secret(params); });
}

}  // namespace sz
