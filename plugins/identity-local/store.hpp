// SPDX-License-Identifier: AGPL-3.0-or-later
// The identities of one profile: a file each, and a small file that names the active one. Nothing
// is ever deleted, and no identity takes the place of another unless a person said so.
//
// list() and sign() come from other threads while a passphrase is being worked out: what is kept is
// changed under a lock that is held for no longer than that. Changes come one at a time, so that
// they read without it.
#pragma once

#include <sz/cpp/identity.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "private_files.hpp"
#include "record.hpp"

namespace identity {

class LocalStore final : public sz::plugin::IdentityStore {
  public:
    struct Options {
        Effort effort = Effort::moderate();
        std::function<std::int64_t()> now_ms;  // since 1970-01-01T00:00:00Z
        // What a person should know; never a secret.
        std::function<void(const std::string& message)> warn;
    };

    // Reads the folder. A file that cannot be used is warned of and stays as it is.
    // SZ-IDENTITY-006: the folder itself.
    [[nodiscard]] static Result<std::unique_ptr<LocalStore>> create(std::string folder,
                                                                    Options options);

    // As in sz/ext/identity.h.
    [[nodiscard]] Result<std::string> list(sz::plugin::Findings& findings) const override;
    [[nodiscard]] Result<std::string> create(std::string_view name,
                                             std::string_view passphrase) override;
    [[nodiscard]] Status use(std::string_view client_id) override;
    [[nodiscard]] Status unlock(std::string_view client_id, std::string_view passphrase) override;
    [[nodiscard]] Status lock(std::string_view client_id) override;
    [[nodiscard]] Status set_passphrase(std::string_view client_id, std::string_view old_passphrase,
                                        std::string_view new_passphrase) override;
    [[nodiscard]] Result<std::string> sign(std::string_view client_id,
                                           std::string_view message) const override;
    [[nodiscard]] Result<std::string> export_secret(std::string_view client_id) const override;
    [[nodiscard]] Result<std::string> import_secret(std::string_view token, std::string_view name,
                                                    std::string_view passphrase) override;

  private:
    struct Kept {
        Record record;
        std::optional<SigningKey> key;  // there while it is not locked
    };

    LocalStore(std::string folder, Options options)
        : files_(std::move(folder)), options_(std::move(options)) {}

    [[nodiscard]] Status load();
    [[nodiscard]] bool load_one(const std::string& name);  // whether it can be used
    void load_active(bool all_usable);
    void warn(const Fault& wrong);
    void warn_unusable(const std::string& name, Fault wrong);

    [[nodiscard]] Result<Kept*> find(std::string_view client_id);
    [[nodiscard]] Result<const SigningKey*> key_of(std::string_view client_id) const;
    [[nodiscard]] Result<std::string> add(SigningKey key, std::string_view name,
                                          std::string_view passphrase);
    [[nodiscard]] Status write(const Record& record, const SigningKey& key) const;
    [[nodiscard]] std::string next_time() const;

    PrivateFiles files_;
    Options options_;
    std::vector<Fault> warnings_;

    mutable std::mutex kept_lock_;
    std::vector<Kept> kept_;  // in order of making
    std::string active_;      // Client ID; empty: none
};

}  // namespace identity
