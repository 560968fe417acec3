// SPDX-License-Identifier: AGPL-3.0-or-later
// An identity store as a C++ class. The words and contracts stand in ext/identity.h: list() and
// sign() are called at any time, also while another function runs.
#pragma once

#include <string>
#include <string_view>

#include "../ext/identity.h"
#include "border.hpp"

namespace sz::plugin {

class IdentityStore {
  public:
    IdentityStore() noexcept
        : table_{sizeof(sz_identity), 0,      this,     c_list,  c_create, c_use, c_unlock, c_lock,
                 c_passphrase,        c_sign, c_export, c_import} {}
    virtual ~IdentityStore() = default;
    IdentityStore(const IdentityStore&) = delete;
    IdentityStore& operator=(const IdentityStore&) = delete;

    // As in sz_identity; a Fault's message becomes a finding.
    // A JSON array. Warnings in `findings`: what is kept but cannot be used.
    [[nodiscard]] virtual Result<std::string> list(Findings& findings) const = 0;
    [[nodiscard]] virtual Result<std::string> create(std::string_view name,
                                                     std::string_view passphrase) = 0;
    [[nodiscard]] virtual Status use(std::string_view client_id) = 0;
    [[nodiscard]] virtual Status unlock(std::string_view client_id,
                                        std::string_view passphrase) = 0;
    [[nodiscard]] virtual Status lock(std::string_view client_id) = 0;
    [[nodiscard]] virtual Status set_passphrase(std::string_view client_id,
                                                std::string_view old_passphrase,
                                                std::string_view new_passphrase) = 0;
    [[nodiscard]] virtual Result<std::string> sign(std::string_view client_id,
                                                   std::string_view message) const = 0;  // 64 bytes
    [[nodiscard]] virtual Result<std::string> export_secret(std::string_view client_id) const = 0;
    [[nodiscard]] virtual Result<std::string> import_secret(std::string_view token,
                                                            std::string_view name,
                                                            std::string_view passphrase) = 0;

    [[nodiscard]] const sz_identity* table() const noexcept { return &table_; }

  private:
    // The table is handed out as const; the object behind it is not.
    static IdentityStore& of(const void* self) noexcept {
        return *static_cast<IdentityStore*>(const_cast<void*>(self));
    }

    static sz_status c_list(const void* self, sz_sink out, const sz_findings* findings) noexcept {
        return guard_text(out, findings, [&] {
            Findings reporter(findings);
            return of(self).list(reporter);
        });
    }
    static sz_status c_create(const void* self, sz_str name, sz_str passphrase, sz_sink out,
                              const sz_findings* findings) noexcept {
        return guard_text(out, findings,
                          [&] { return of(self).create(view(name), view(passphrase)); });
    }
    static sz_status c_use(const void* self, sz_str client_id,
                           const sz_findings* findings) noexcept {
        return guard(findings, [&] { return of(self).use(view(client_id)); });
    }
    static sz_status c_unlock(const void* self, sz_str client_id, sz_str passphrase,
                              const sz_findings* findings) noexcept {
        return guard(findings, [&] { return of(self).unlock(view(client_id), view(passphrase)); });
    }
    static sz_status c_lock(const void* self, sz_str client_id,
                            const sz_findings* findings) noexcept {
        return guard(findings, [&] { return of(self).lock(view(client_id)); });
    }
    static sz_status c_passphrase(const void* self, sz_str client_id, sz_str old_passphrase,
                                  sz_str new_passphrase, const sz_findings* findings) noexcept {
        return guard(findings, [&] {
            return of(self).set_passphrase(view(client_id), view(old_passphrase),
                                           view(new_passphrase));
        });
    }
    static sz_status c_sign(const void* self, sz_str client_id, sz_bytes message, sz_sink out,
                            const sz_findings* findings) noexcept {
        return guard_text(out, findings,
                          [&] { return of(self).sign(view(client_id), chars(message)); });
    }
    static sz_status c_export(const void* self, sz_str client_id, sz_sink out,
                              const sz_findings* findings) noexcept {
        return guard_text(out, findings, [&] { return of(self).export_secret(view(client_id)); });
    }
    static sz_status c_import(const void* self, sz_str token, sz_str name, sz_str passphrase,
                              sz_sink out, const sz_findings* findings) noexcept {
        return guard_text(out, findings, [&] {
            return of(self).import_secret(view(token), view(name), view(passphrase));
        });
    }

    sz_identity table_;
};

}  // namespace sz::plugin
