// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/known_hosts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/base/files.hpp"
#include "kernel/base/json.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/base/sys/file.hpp"
#include "kernel/base/text.hpp"
#include "kernel/crypto/crypto.hpp"

namespace sz::net {

namespace {

tl::unexpected<Error> damaged(const std::string& what) {
    return fail(ErrorKind::environment, "SZ-NET-060", what);
}

Result<KnownHosts::Host> read_host(const std::string& campaign, const Json& item) {
    const std::string where = "the host of " + campaign;
    if (!is_uuid(campaign) || !item.is_object()) return damaged(where + " is not described");
    KnownHosts::Host host{string_or(item, "host"), string_or(item, "name"), 0, 0};
    if (!client_id_key(host.client_id)) return damaged(where + " has no Client ID");
    for (const auto& [key, place] :
         {std::pair{"firstSeen", &host.first_seen}, std::pair{"lastSeen", &host.last_seen}}) {
        const auto found = item.find(key);
        if (found == item.end() || !found->is_number_integer())
            return damaged(where + " has no “" + key + "”");
        *place = found->get<UnixMs>();
    }
    return host;
}

std::string cut_name(std::string_view name) {
    return std::string(whole_letters(name, limits::name_bytes_max));
}

}  // namespace

KnownHosts KnownHosts::open(std::filesystem::path file, UnixMs now) {
    KnownHosts known(std::move(file));
    std::error_code ignored;
    if (fs::symlink_status(known.file_, ignored).type() == fs::file_type::not_found) return known;
    if (const Status status = known.read(); !status) known.put_aside(status.error(), now);
    return known;
}

Status KnownHosts::read() {
    SZ_ASSIGN(const std::string text, read_file(file_, limits::known_hosts_bytes_max));
    SZ_ASSIGN(const Json json, parse_json(text));
    const auto hosts = json.is_object() ? json.find("hosts") : json.end();
    if (hosts == json.end() || !hosts->is_object()) return damaged("it has no object “hosts”");
    if (hosts->size() > limits::known_hosts_max) return damaged("it has too many hosts");
    for (const auto& [campaign, item] : hosts->items()) {
        SZ_ASSIGN(Host host, read_host(campaign, item));
        hosts_.emplace(campaign, std::move(host));
    }
    return {};
}

void KnownHosts::put_aside(const Error& why, UnixMs now) {
    hosts_.clear();
    const auto aside = broken_name(file_, now);
    if (const auto failed = sys::rename_to_new(file_, aside)) {
        is_read_only_ = true;
        damage_ = {ErrorKind::environment, "SZ-NET-061",
                   "The list of known hosts is damaged (" + why.message +
                       ") and cannot be moved aside: " + sys::reason(failed) + ".",
                   "A changed host is not noticed, and nothing is remembered in this run. Mend or "
                   "remove the file.",
                   file_.string()};
        return;
    }
    damage_ = {ErrorKind::environment, "SZ-NET-060",
               "The list of known hosts was damaged (" + why.message + ") and is empty now.",
               "A host that has changed would not be noticed the next time: compare who answers. "
               "The damaged file is kept as " +
                   aside.filename().string() + ".",
               aside.string()};
}

const KnownHosts::Host* KnownHosts::find(std::string_view campaign) const {
    const auto found = hosts_.find(campaign);
    return found == hosts_.end() ? nullptr : &found->second;
}

std::vector<ExpectedPeer> KnownHosts::expected(std::string_view campaign) const {
    const Host* host = find(campaign);
    if (host == nullptr) return {};
    return {{HostMark::parse(host->client_id).value(), ExpectedPeer::From::memory}};
}

Status KnownHosts::remember(const std::string& campaign, const std::string& client_id,
                            std::string_view name, UnixMs now) {
    if (!is_uuid(campaign))
        return fail(ErrorKind::input, "SZ-NET-064",
                    "“" + cut_name(campaign) + "” names no campaign.");
    SZ_TRY(client_id_key(client_id));
    SZ_TRY(check_expected(expected(campaign), client_id));
    if (find(campaign) == nullptr && hosts_.size() >= limits::known_hosts_max) {
        return fail(ErrorKind::limit, "SZ-NET-063",
                    "There are " + std::to_string(limits::known_hosts_max) +
                        " known hosts, and no more can be remembered.",
                    "Forget the hosts of campaigns that are over.");
    }
    const auto [place, is_new] = hosts_.try_emplace(campaign, Host{client_id, {}, now, now});
    place->second.name = cut_name(name);
    place->second.last_seen = now;
    return save();
}

Status KnownHosts::forget(const std::string& campaign) {
    if (hosts_.erase(campaign) == 0) {
        return fail(ErrorKind::not_found, "SZ-NET-065",
                    "No host of “" + cut_name(campaign) + "” is remembered.");
    }
    return save();
}

Status KnownHosts::save() const {
    const auto not_kept = [&](const std::string& why, const std::string& hint) {
        return fail(ErrorKind::environment, "SZ-NET-062",
                    "What is known about hosts holds for this run only: " + why, hint,
                    file_.string());
    };
    if (is_read_only_) return not_kept("the file is damaged.", "Mend or remove the file.");
    Json hosts = Json::object();
    for (const auto& [campaign, host] : hosts_) {
        hosts[campaign] = {{"host", host.client_id},
                           {"name", host.name},
                           {"firstSeen", host.first_seen},
                           {"lastSeen", host.last_seen}};
    }
    const Json json{{"schemaVersion", "1.0.0"}, {"hosts", std::move(hosts)}};
    const std::string text = json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    const Status written = write_file(file_, text, FileMode::secret);
    return written ? Status() : Status(not_kept(written.error().message, written.error().hint));
}

}  // namespace sz::net
