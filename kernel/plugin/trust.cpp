// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/trust.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/base/files.hpp"
#include "kernel/base/json.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"

namespace sz {

namespace {

std::optional<std::string> optional_text(const Json& object, const char* key) {
    std::string text = string_or(object, key);
    return text.empty() ? std::nullopt : std::optional<std::string>(std::move(text));
}

Result<Json> read_trust(const std::filesystem::path& file) {
    SZ_ASSIGN(const std::string text, read_file(file, 4 * limits::mib));
    SZ_ASSIGN(Json json, parse_json(text));
    if (!json.is_object() || !json.contains("plugins") || !json.at("plugins").is_object())
        return fail(ErrorKind::input, "SZ-PLUGIN-012", "it has no object “plugins”");
    return json;
}

}  // namespace

Trust Trust::open(std::filesystem::path file) {
    Trust trust(std::move(file));
    std::error_code ignored;
    if (!fs::exists(trust.file_, ignored)) return trust;
    const auto json = read_trust(trust.file_);
    if (!json) {
        auto aside = trust.file_;
        aside += ".damaged";
        fs::rename(trust.file_, aside, ignored);
        trust.damage_ = {ErrorKind::environment, "SZ-PLUGIN-018",
                         "What you had decided about plugins was damaged (" + json.error().message +
                             ") and is at its beginning.",
                         "The damaged file is kept as trust.json.damaged. Trust your own plugins "
                         "anew with “szctl plugin trust ID”, and look at “szctl plugin list”.",
                         aside.string()};
        return trust;
    }
    for (const auto& [id, item] : json->at("plugins").items()) {
        Entry entry;
        entry.signer = optional_text(item, "signer");
        entry.manifest_sha256 = optional_text(item, "manifest");
        entry.is_disabled =
            item.is_object() && item.contains("disabled") && item.at("disabled") == true;
        entry.quarantined = string_or(item, "quarantined");
        entry.lost = string_or(item, "lost");
        trust.entries_.emplace(id, std::move(entry));
    }
    return trust;
}

Status Trust::save() const {
    Json plugins = Json::object();
    for (const auto& [id, entry] : entries_) {
        Json item = Json::object();
        if (entry.signer) item["signer"] = *entry.signer;
        if (entry.manifest_sha256) item["manifest"] = *entry.manifest_sha256;
        if (entry.is_disabled) item["disabled"] = true;
        if (!entry.quarantined.empty()) item["quarantined"] = entry.quarantined;
        if (!entry.lost.empty()) item["lost"] = entry.lost;
        if (!item.empty()) plugins[id] = std::move(item);
    }
    const Json json{{"schemaVersion", "1.0.0"}, {"plugins", std::move(plugins)}};
    auto written = write_file(file_, json.dump(2) + "\n", FileMode::secret);
    if (written) return {};
    Error wrong = std::move(written).error();
    return fail(wrong.kind, "SZ-PLUGIN-012",
                "Your decision about the plugin cannot be saved: " + wrong.message, wrong.hint,
                file_.string());
}

bool Trust::take_lost(const std::vector<LostCall>& lost, const Bundle& bundle) {
    bool is_changed = !lost.empty();
    std::map<std::string, std::string> before;  // what the kernel before the last one lost
    for (auto& [id, entry] : entries_) {
        if (entry.lost.empty()) continue;
        is_changed = true;
        before.emplace(id, std::exchange(entry.lost, {}));
    }
    for (const LostCall& one : lost) {
        const std::string call = one.call.empty() ? "?" : one.call;
        const bool is_forgiven = bundle.contains(one.plugin) && !before.contains(one.plugin);
        Entry& entry = entries_[one.plugin];
        (is_forgiven ? entry.lost : entry.quarantined) = call;
        if (is_forgiven)
            log::warning("plugin", one.plugin + " was busy (" + call +
                                       ") when the program ended. If that happens again it is put "
                                       "into quarantine.");
    }
    return is_changed;
}

const Trust::Entry& Trust::entry(std::string_view id) const {
    static const Entry none;
    const auto found = entries_.find(id);
    return found == entries_.end() ? none : found->second;
}

Grant Trust::decide(const Claim& claim, const Bundle& bundle) const {
    if (const auto bundled = bundle.find(claim.id); bundled != bundle.end()) {
        const bool is_the_one =
            claim.is_in_bundle_folder && bundled->second.manifest_sha256 == claim.manifest_sha256;
        return is_the_one ? Grant::bundled : Grant::refused;
    }
    const Entry& known = entry(claim.id);
    if (known.signer) return claim.signer == known.signer ? Grant::trusted : Grant::refused;
    if (known.manifest_sha256)
        return claim.manifest_sha256 == *known.manifest_sha256 ? Grant::trusted : Grant::none;
    return Grant::none;
}

Error Trust::why_not(const Claim& claim, const Bundle& bundle) const {
    const auto because = [&](const char* code, std::string message, std::string hint) {
        return Error{ErrorKind::denied, code, std::move(message), std::move(hint), claim.id};
    };
    if (bundle.contains(claim.id)) {
        return claim.is_in_bundle_folder
                   ? because("SZ-PLUGIN-010", "It is not the version that the program came with.",
                             "Install SessionZero again.")
                   : because("SZ-PLUGIN-011",
                             "It uses the id of a plugin that comes with the program.",
                             "Remove it: szctl plugin remove " + claim.id +
                                 ". Its author has to choose an id of their own.");
    }
    const Entry& known = entry(claim.id);
    if (known.signer) {
        return because("SZ-PLUGIN-011",
                       "The id belongs to " + *known.signer + ", who did not sign this.",
                       "Get the plugin again from that author.");
    }
    const std::string way = "If you trust its author: szctl plugin trust " + claim.id;
    if (known.manifest_sha256)
        return because("SZ-PLUGIN-013", "It has changed since you trusted it.", way);
    return because("SZ-PLUGIN-013",
                   claim.signer
                       ? "You have not trusted it yet; it is signed by " + *claim.signer + "."
                       : "You have not trusted it yet.",
                   way);
}

Status Trust::check_owner(const Claim& claim, const Bundle& bundle) const {
    if (decide(claim, bundle) != Grant::refused) return {};
    Error wrong = why_not(claim, bundle);
    wrong.kind = ErrorKind::conflict;
    if (bundle.contains(claim.id) && !claim.is_in_bundle_folder)
        wrong.hint = "Ask its author to choose an id of their own.";
    return fail(std::move(wrong));
}

Status Trust::grant(const Claim& claim, const Bundle& bundle) {
    SZ_TRY(check_owner(claim, bundle));
    Entry& entry = entries_[claim.id];
    entry.signer = claim.signer;
    entry.manifest_sha256 =
        claim.signer ? std::nullopt : std::optional<std::string>(claim.manifest_sha256);
    return {};
}

}  // namespace sz
