// SPDX-License-Identifier: AGPL-3.0-or-later
// What the person at this profile decided about plugins, and who owns an id.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.hpp"
#include "kernel/plugin/breadcrumb.hpp"
#include "kernel/plugin/manifest.hpp"

namespace sz {

// What is known about a folder when its grant is decided.
struct Claim {
    std::string id, manifest_sha256;
    std::optional<std::string> signer;  // a Client ID whose signature was verified
    bool is_in_bundle_folder = false;
};

enum class Grant : std::uint8_t {
    bundled,  // the bundle names exactly this manifest
    trusted,  // the person granted this signer or this manifest
    none,     // nobody granted it yet
    refused,  // it claims an id that is somebody else's
};

// trust.json of a profile. [kernel-thread]
class Trust {
  public:
    struct Entry {
        std::optional<std::string> signer;           // the id belongs to this signer
        std::optional<std::string> manifest_sha256;  // unsigned: to this one manifest
        bool is_disabled = false;
        std::string quarantined;  // the call it was in when the program ended; empty: it is not
        std::string lost;         // the same, forgiven once: a plugin that came with the program
    };

    // An unreadable file is put aside under another name and nothing is trusted: the safe side.
    // damage() says so.
    [[nodiscard]] static Trust open(std::filesystem::path file);
    // SZ-PLUGIN-012: it cannot be written.
    [[nodiscard]] Status save() const;

    [[nodiscard]] Grant decide(const Claim& claim, const Bundle& bundle) const;
    // Why decide() said none or refused, and the way out.
    [[nodiscard]] Error why_not(const Claim& claim, const Bundle& bundle) const;

    // SZ-PLUGIN-011: the id is somebody else's, so that no grant can ever let it run.
    [[nodiscard]] Status check_owner(const Claim& claim, const Bundle& bundle) const;
    // The person grants it. As check_owner.
    [[nodiscard]] Status grant(const Claim& claim, const Bundle& bundle);

    // Takes in which calls the last kernel did not come back from. A plugin of the bundle is
    // forgiven once: more often than itself, what it was given is to blame, or somebody ended the
    // program in the midst of its start. Lost by two kernels in a row it is quarantined like any
    // other. True: there is something to save.
    [[nodiscard]] bool take_lost(const std::vector<LostCall>& lost, const Bundle& bundle);

    [[nodiscard]] const std::optional<Error>& damage() const noexcept { return damage_; }

    [[nodiscard]] const Entry& entry(std::string_view id) const;
    Entry& change(const std::string& id) { return entries_[id]; }

  private:
    explicit Trust(std::filesystem::path file) : file_(std::move(file)) {}
    std::filesystem::path file_;
    std::optional<Error> damage_;
    std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace sz
