// SPDX-License-Identifier: AGPL-3.0-or-later
// The identity plugin behind one face.
#pragma once

#include <sz/ext/identity.h>

#include <mutex>
#include <shared_mutex>
#include <string>

#include "kernel/plugin/services.hpp"

namespace sz {

// Without a plugin every function fails with SZ-IDENTITY-002. The plugin sees one changing call at
// a time. Making and unlocking an identity takes a second or two (Argon2id) and runs off the kernel
// thread; a signature that is asked for meanwhile does not wait for it.
class PluginIdentity final : public Identity {
  public:
    // Takes what get_extension(SZ_IDENTITY_ID) gave. SZ-PLUGIN-036; also when another plugin keeps
    // identities already.
    [[nodiscard]] Status add(const std::string& plugin, const sz_identity* table);
    void remove(const std::string& plugin);

    [[nodiscard]] Result<Json> list() const override;
    [[nodiscard]] Findings warnings() const override;
    [[nodiscard]] Result<std::string> active() const override;
    [[nodiscard]] Result<std::string> create(const std::string& name,
                                             const std::string& passphrase) override;
    [[nodiscard]] Status use(const std::string& client_id) override;
    [[nodiscard]] Status unlock(const std::string& client_id,
                                const std::string& passphrase) override;
    [[nodiscard]] Status lock(const std::string& client_id) override;
    [[nodiscard]] Status set_passphrase(const std::string& client_id,
                                        const std::string& old_passphrase,
                                        const std::string& new_passphrase) override;
    [[nodiscard]] Result<std::string> sign(const std::string& client_id,
                                           std::string_view message) override;
    [[nodiscard]] Result<std::string> export_secret(const std::string& client_id) override;
    [[nodiscard]] Result<std::string> import_secret(const std::string& token,
                                                    const std::string& name,
                                                    const std::string& passphrase) override;

  private:
    [[nodiscard]] Result<Json> list(Findings& findings) const;
    template <class Fn>
    [[nodiscard]] Result<std::string> ask(const char* call, Findings& findings, Fn&& fn) const;
    template <class Fn>
    [[nodiscard]] Result<std::string> ask(const char* call, Fn&& fn) const;
    // One at a time.
    template <class Fn>
    [[nodiscard]] Result<std::string> change(const char* call, Fn&& fn);
    template <class Fn>
    [[nodiscard]] Status tell(const char* call, Fn&& fn);

    std::mutex one_change_;
    mutable std::shared_mutex used_;  // shared while the table is called, alone to put or take it
    const sz_identity* table_ = nullptr;
    std::string plugin_;
};

}  // namespace sz
