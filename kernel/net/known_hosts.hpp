// SPDX-License-Identifier: AGPL-3.0-or-later
// Who hosts the campaigns that a player has joined: the first host that was met is remembered, and
// another one later is not let pass.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/base/ids.hpp"
#include "kernel/base/result.hpp"
#include "kernel/net/expected_peer.hpp"

namespace sz::net {

// known-hosts.json of a profile. [kernel-thread]
class KnownHosts {
  public:
    struct Host {
        std::string client_id;
        std::string name;  // as the host called itself; for people
        UnixMs first_seen = 0, last_seen = 0;
    };

    // A damaged file is moved aside to known-hosts.json.broken-TIME, and nobody is known
    // (SZ-NET-060); if it cannot be moved it stays, and nothing is kept in this run (SZ-NET-061).
    // damage() says so.
    [[nodiscard]] static KnownHosts open(std::filesystem::path file, UnixMs now);
    [[nodiscard]] const std::optional<Error>& damage() const noexcept { return damage_; }

    [[nodiscard]] const Host* find(std::string_view campaign) const;
    // For a handshake: the host that is to answer, if one is known.
    [[nodiscard]] std::vector<ExpectedPeer> expected(std::string_view campaign) const;

    // The host of a campaign was met, and has proven who it is. SZ-NET-011 another is remembered,
    // which stays; 062 it cannot be written (it holds for this run); 063 too many. Campaigns are
    // named by their uuids (SZ-NET-064); a longer name than limits::name_bytes_max is cut.
    [[nodiscard]] Status remember(const std::string& campaign, const std::string& client_id,
                                  std::string_view name, UnixMs now);
    // The way out when a host has a new identity. SZ-NET-062; 065 none was remembered.
    [[nodiscard]] Status forget(const std::string& campaign);

  private:
    explicit KnownHosts(std::filesystem::path file) : file_(std::move(file)) {}
    [[nodiscard]] Status read();
    [[nodiscard]] Status save() const;
    void put_aside(const Error& why, UnixMs now);

    std::filesystem::path file_;
    bool is_read_only_ = false;
    std::optional<Error> damage_;
    std::map<std::string, Host, std::less<>> hosts_;
};

}  // namespace sz::net
