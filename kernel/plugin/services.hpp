// SPDX-License-Identifier: AGPL-3.0-or-later
// What the rest of the kernel sees of plugins: C++ faces of the extensions, every call guarded by a
// breadcrumb. Interfaces, so that a test can stand in for plugins.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/json.hpp"

namespace sz {

// What an operation on a field comes to (sdk/include/sz/ext/field_type.h).
struct FieldChange;  // services.hpp keeps nlohmann out: see field_change.hpp

struct FieldEvaluation;  // field_change.hpp

// What a computed field reads (sdk/include/sz/ext/field_type.h, sz_field_resolver). On the thread
// of the call that got it.
class FieldResolver {
  public:
    virtual ~FieldResolver() = default;
    // {"values": [{"value","path","name","of"}], "many": bool}. `steps` has at least one.
    [[nodiscard]] virtual Result<Json> resolve(const std::vector<std::string>& steps) = 0;
};

class FieldTypes {
  public:
    virtual ~FieldTypes() = default;
    [[nodiscard]] virtual bool has(std::string_view type) const = 0;
    [[nodiscard]] virtual std::vector<std::string> names() const = 0;
    // All [any-thread]. SZ-FIELD-001: no plugin offers this type; the message names the type and
    // says what to enable.
    [[nodiscard]] virtual Result<Json> describe(std::string_view type) const = 0;
    // The canonical value, or findings with at least one error (codes SZ-FIELD-1xx, pointers begin
    // at the value).
    [[nodiscard]] virtual Result<Json> normalize(const Json& definition, const Json& value,
                                                 Findings& findings) const = 0;
    [[nodiscard]] virtual Result<FieldChange> apply(const Json& definition, const Json& value,
                                                    const Json& operation) const = 0;
    [[nodiscard]] virtual Result<std::string> format(const Json& definition, const Json& value,
                                                     std::string_view locale) const = 0;
    // What a person typed for a field, as the operation "set" takes it; null: nothing. JSON where
    // the type reads no text: SZ-FIELD-008. SZ-FIELD-002: more than limits::field_value_bytes_max.
    [[nodiscard]] virtual Result<Json> parse(const Json& definition, std::string_view text,
                                             std::string_view locale) const;
    [[nodiscard]] virtual Result<std::string> search_text(const Json& definition,
                                                          const Json& value) const = 0;
    [[nodiscard]] virtual Result<Json> references(const Json& definition,
                                                  const Json& value) const = 0;
    // The computed value of a type that computes ("computed" in its description), or SZ-FIELD-005.
    // `effects` are those of things, in order.
    [[nodiscard]] virtual Result<FieldEvaluation> evaluate(const Json& definition,
                                                           const Json& value, const Json& effects,
                                                           FieldResolver& resolver) const = 0;
};

struct PackFile {
    std::string path;  // relative, '/', checked
    std::string content;
};
// The files of one pack, ordered by path.
using PackFiles = std::vector<PackFile>;

struct PackFormatInfo {
    std::string name, title, plugin;
    std::vector<std::string> extensions;
    bool reads = false, writes = false, foreign = false;
};

struct ReadPacks;  // field_change.hpp

using ProgressFn = std::function<bool(std::uint64_t done, std::uint64_t total,
                                      std::string_view what)>;  // false: cancel

class PackFormats {
  public:
    virtual ~PackFormats() = default;
    [[nodiscard]] virtual std::vector<PackFormatInfo> list() const = 0;
    // The surest format for a path, or SZ-PACK-001 that names what can be read. [worker-thread]
    [[nodiscard]] virtual Result<std::string> probe(const std::string& path) const = 0;
    // SZ-PACK-002 unknown format. Findings are added; errors among them make the result a failure.
    // [worker-thread]
    [[nodiscard]] virtual Result<ReadPacks> read(std::string_view format, const std::string& path,
                                                 const Json& options, const ProgressFn& progress,
                                                 Findings& findings) const = 0;
    [[nodiscard]] virtual Status write(std::string_view format, const PackFiles& files,
                                       const std::string& path, const ProgressFn& progress,
                                       Findings& findings) const = 0;
};

class Identity {
  public:
    virtual ~Identity() = default;
    // list, warnings, active and sign: [any-thread], at once. All others: [worker-thread], one at a
    // time; create, unlock, set_passphrase and import_secret may take seconds.
    [[nodiscard]] virtual Result<Json> list() const = 0;  // as sz_identity.list
    // What is kept but cannot be used, or had to be mended.
    [[nodiscard]] virtual Findings warnings() const { return {}; }
    [[nodiscard]] virtual Result<std::string> active()
        const = 0;  // Client ID; SZ-IDENTITY-001 there is none
    [[nodiscard]] virtual Result<std::string> create(const std::string& name,
                                                     const std::string& passphrase) = 0;
    [[nodiscard]] virtual Status use(const std::string& client_id) = 0;
    [[nodiscard]] virtual Status unlock(const std::string& client_id,
                                        const std::string& passphrase) = 0;
    [[nodiscard]] virtual Status lock(const std::string& client_id) = 0;
    [[nodiscard]] virtual Status set_passphrase(const std::string& client_id,
                                                const std::string& old_passphrase,
                                                const std::string& new_passphrase) = 0;
    // 64 bytes. SZ-IDENTITY-003: locked.
    [[nodiscard]] virtual Result<std::string> sign(const std::string& client_id,
                                                   std::string_view message) = 0;
    [[nodiscard]] virtual Result<std::string> export_secret(const std::string& client_id) = 0;
    [[nodiscard]] virtual Result<std::string> import_secret(const std::string& token,
                                                            const std::string& name,
                                                            const std::string& passphrase) = 0;
};

}  // namespace sz
