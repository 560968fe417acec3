// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/identity.hpp"

#include <nlohmann/json.hpp>

#include "kernel/base/limits.hpp"
#include "kernel/plugin/abi_status.hpp"

namespace sz {

namespace {

constexpr std::size_t answer_bytes_max = limits::mib;
constexpr std::size_t signature_bytes = 64;

// A plugin that gives no finding still gets a sentence.
Error plain_error(sz_status status) {
    switch (status) {
        case SZ_ERR_DENIED:
            return {ErrorKind::denied,
                    "SZ-IDENTITY-003",
                    "The identity is locked, or the passphrase is wrong.",
                    "Unlock it: szctl identity unlock",
                    {}};
        case SZ_ERR_NOT_FOUND:
            return {ErrorKind::not_found,
                    "SZ-IDENTITY-004",
                    "There is no such identity here.",
                    "szctl identity list shows them.",
                    {}};
        case SZ_ERR_CONFLICT:
            return {
                ErrorKind::conflict, "SZ-IDENTITY-005", "The identity is here already.", {}, {}};
        case SZ_ERR_ENVIRONMENT:
            return {ErrorKind::environment,
                    "SZ-IDENTITY-006",
                    "The identities cannot be read or written.",
                    "Check the disk and the permissions of the profile's folder.",
                    {}};
        default:
            return {ErrorKind::input,
                    "SZ-IDENTITY-007",
                    "The identity plugin refused this.",
                    "The log may say more.",
                    {}};
    }
}

// Why there is no active identity, and what a person can do.
Error none_active(bool has_others, const Findings& warnings) {
    Error none{ErrorKind::not_found,
               "SZ-IDENTITY-001",
               "There is no identity yet.",
               "Make one: szctl identity new --name NAME",
               {}};
    if (has_others) {
        none.message = "No identity is active.";
        none.hint = "szctl identity list shows them, szctl identity use chooses one.";
    } else if (!warnings.empty()) {
        none.message = "There is no identity that can be used. " + warnings.front().message;
        none.hint = warnings.front().hint;
        none.where = warnings.front().file;
    }
    return none;
}

}  // namespace

Status PluginIdentity::add(const std::string& plugin, const sz_identity* table) {
    const auto broken = [&](const char* what) {
        return fail(ErrorKind::input, "SZ-PLUGIN-036", what,
                    "Disable one of the two, or ask its author for a newer version.", plugin);
    };
    if (table_ != nullptr) return broken("Another plugin keeps identities already.");
    if (table->size < SZ_IDENTITY_SIZE_1) return broken("Its table of functions is too short.");
    if (table->list == nullptr || table->create == nullptr || table->use == nullptr ||
        table->unlock == nullptr || table->lock == nullptr || table->set_passphrase == nullptr ||
        table->sign == nullptr || table->export_secret == nullptr ||
        table->import_secret == nullptr)
        return broken("A function of its table is missing.");
    const std::lock_guard guard(used_);
    table_ = table;
    plugin_ = plugin;
    return {};
}

void PluginIdentity::remove(const std::string& plugin) {
    const std::lock_guard guard(used_);
    if (plugin == plugin_) table_ = nullptr;
}

template <class Fn>
Result<std::string> PluginIdentity::ask(const char* call, Fn&& fn) const {
    Findings findings;
    return ask(call, findings, std::forward<Fn>(fn));
}

template <class Fn>
Result<std::string> PluginIdentity::ask(const char* call, Findings& findings, Fn&& fn) const {
    const std::shared_lock guard(used_);
    if (table_ == nullptr) {
        return fail(ErrorKind::environment, "SZ-IDENTITY-002",
                    "No plugin that keeps identities is running.", "“szctl plugin list” says why.");
    }
    FindingSink sink(findings);
    TextSink out(answer_bytes_max);
    const sz_status status =
        call_plugin(plugin_, call, [&] { return fn(*table_, out.table(), sink.table()); });
    if (status == SZ_OK && sink.error() == nullptr) return std::move(out.text);
    if (status == SZ_ERR_INTERNAL && sink.error() == nullptr)
        return fail(misbehaved(plugin_, std::string(call) + " failed inside."));
    return fail(error_of(status == SZ_OK ? SZ_ERR_INVALID : status, sink, plain_error(status)));
}

template <class Fn>
Result<std::string> PluginIdentity::change(const char* call, Fn&& fn) {
    const std::lock_guard guard(one_change_);
    return ask(call, std::forward<Fn>(fn));
}

template <class Fn>
Status PluginIdentity::tell(const char* call, Fn&& fn) {
    SZ_TRY(change(call, [&](const sz_identity& table, sz_sink, const sz_findings* findings) {
        return fn(table, findings);
    }));
    return {};
}

Result<Json> PluginIdentity::list() const {
    Findings findings;
    return list(findings);
}

Findings PluginIdentity::warnings() const {
    Findings findings;
    if (!list(findings)) return {};
    return findings;
}

Result<Json> PluginIdentity::list(Findings& warnings) const {
    SZ_ASSIGN(const std::string text,
              ask("identity.list", warnings,
                  [](const sz_identity& t, sz_sink out, const sz_findings* findings) {
                      return t.list(t.self, out, findings);
                  }));
    auto json = parse_json(text);
    if (!json || !json->is_array())
        return fail(misbehaved(plugin_, "the list of identities is not a JSON list."));
    return json;
}

Result<std::string> PluginIdentity::active() const {
    Findings warnings;
    SZ_ASSIGN(const Json all, list(warnings));
    for (const Json& item : all)
        if (item.is_object() && item.contains("active") && item.at("active") == true)
            return string_or(item, "client_id");
    return fail(none_active(!all.empty(), warnings));
}

Result<std::string> PluginIdentity::create(const std::string& name, const std::string& passphrase) {
    return change("identity.create",
                  [&](const sz_identity& t, sz_sink out, const sz_findings* findings) {
                      return t.create(t.self, str(name), str(passphrase), out, findings);
                  });
}

Status PluginIdentity::use(const std::string& client_id) {
    return tell("identity.use", [&](const sz_identity& t, const sz_findings* findings) {
        return t.use(t.self, str(client_id), findings);
    });
}

Status PluginIdentity::unlock(const std::string& client_id, const std::string& passphrase) {
    return tell("identity.unlock", [&](const sz_identity& t, const sz_findings* findings) {
        return t.unlock(t.self, str(client_id), str(passphrase), findings);
    });
}

Status PluginIdentity::lock(const std::string& client_id) {
    return tell("identity.lock", [&](const sz_identity& t, const sz_findings* findings) {
        return t.lock(t.self, str(client_id), findings);
    });
}

Status PluginIdentity::set_passphrase(const std::string& client_id,
                                      const std::string& old_passphrase,
                                      const std::string& new_passphrase) {
    return tell("identity.set_passphrase", [&](const sz_identity& t, const sz_findings* findings) {
        return t.set_passphrase(t.self, str(client_id), str(old_passphrase), str(new_passphrase),
                                findings);
    });
}

Result<std::string> PluginIdentity::sign(const std::string& client_id, std::string_view message) {
    auto signature =
        ask("identity.sign", [&](const sz_identity& t, sz_sink out, const sz_findings* findings) {
            return t.sign(t.self, str(client_id), abi_bytes(message), out, findings);
        });
    if (signature && signature->size() != signature_bytes)
        return fail(misbehaved(plugin_, "a signature has not 64 bytes."));
    return signature;
}

Result<std::string> PluginIdentity::export_secret(const std::string& client_id) {
    return change("identity.export",
                  [&](const sz_identity& t, sz_sink out, const sz_findings* findings) {
                      return t.export_secret(t.self, str(client_id), out, findings);
                  });
}

Result<std::string> PluginIdentity::import_secret(const std::string& token, const std::string& name,
                                                  const std::string& passphrase) {
    return change(
        "identity.import", [&](const sz_identity& t, sz_sink out, const sz_findings* findings) {
            return t.import_secret(t.self, str(token), str(name), str(passphrase), out, findings);
        });
}

}  // namespace sz
