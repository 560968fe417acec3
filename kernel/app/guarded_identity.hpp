// SPDX-License-Identifier: AGPL-3.0-or-later
// One call at a time into the identity plugin, from whichever thread.
#pragma once

#include <mutex>

#include "kernel/plugin/services.hpp"

namespace sz {

// Making and unlocking an identity takes a second or two (Argon2id) and runs on a thread of its own (identity_methods.hpp),
// while a campaign signs on the kernel thread. A signature that is asked for during an unlock waits for it.
class GuardedIdentity final : public Identity {
  public:
    explicit GuardedIdentity(Identity& inner) : inner_(inner) {}

    [[nodiscard]] Result<Json> list() const override {
        const std::lock_guard lock(mutex_);
        return inner_.list();
    }
    [[nodiscard]] Result<std::string> active() const override {
        const std::lock_guard lock(mutex_);
        return inner_.active();
    }
    [[nodiscard]] Result<std::string> create(const std::string& name, const std::string& passphrase) override {
        const std::lock_guard lock(mutex_);
        return inner_.create(name, passphrase);
    }
    [[nodiscard]] Status use(const std::string& client_id) override {
        const std::lock_guard lock(mutex_);
        return inner_.use(client_id);
    }
    [[nodiscard]] Status unlock(const std::string& client_id, const std::string& passphrase) override {
        const std::lock_guard lock(mutex_);
        return inner_.unlock(client_id, passphrase);
    }
    [[nodiscard]] Status lock(const std::string& client_id) override {
        const std::lock_guard guard(mutex_);
        return inner_.lock(client_id);
    }
    [[nodiscard]] Status set_passphrase(const std::string& client_id, const std::string& old_passphrase,
                                        const std::string& new_passphrase) override {
        const std::lock_guard lock(mutex_);
        return inner_.set_passphrase(client_id, old_passphrase, new_passphrase);
    }
    [[nodiscard]] Result<std::string> sign(const std::string& client_id, std::string_view message) override {
        const std::lock_guard lock(mutex_);
        return inner_.sign(client_id, message);
    }
    [[nodiscard]] Result<std::string> export_secret(const std::string& client_id) override {
        const std::lock_guard lock(mutex_);
        return inner_.export_secret(client_id);
    }
    [[nodiscard]] Result<std::string> import_secret(const std::string& token, const std::string& name,
                                                    const std::string& passphrase) override {
        const std::lock_guard lock(mutex_);
        return inner_.import_secret(token, name, passphrase);
    }

  private:
    Identity& inner_;
    mutable std::mutex mutex_;
};

}  // namespace sz
