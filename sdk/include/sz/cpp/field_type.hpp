// SPDX-License-Identifier: AGPL-3.0-or-later
// A field type as a C++ class, with JSON as text. json.hpp has the same with a JSON library, which
// is shorter. The words and contracts stand in ext/field_type.h.
#pragma once

#include <string>
#include <string_view>

#include "../ext/field_type.h"
#include "border.hpp"

namespace sz::plugin {

// Other field types, for types that contain fields.
class FieldHost {
  public:
    explicit FieldHost(const sz_field_host* table) noexcept : table_(table) {}

    // Findings go to `findings`; their pointers begin at the nested value.
    [[nodiscard]] Result<std::string> normalize(std::string_view definition, std::string_view value,
                                                const sz_findings* findings) const {
        return ask([&](sz_sink out) {
            return table_->normalize(table_->self, str(definition), str(value), out, findings);
        });
    }
    [[nodiscard]] Result<std::string> apply(std::string_view definition, std::string_view value,
                                            std::string_view operation,
                                            const sz_findings* findings) const {
        return ask([&](sz_sink out) {
            return table_->apply(table_->self, str(definition), str(value), str(operation), out,
                                 findings);
        });
    }
    [[nodiscard]] Result<std::string> format(std::string_view definition, std::string_view value,
                                             std::string_view locale) const {
        return ask([&](sz_sink out) {
            return table_->format(table_->self, str(definition), str(value), str(locale), out);
        });
    }
    [[nodiscard]] Result<std::string> search_text(std::string_view definition,
                                                  std::string_view value) const {
        return ask([&](sz_sink out) {
            return table_->search_text(table_->self, str(definition), str(value), out);
        });
    }
    [[nodiscard]] Result<std::string> references(std::string_view definition,
                                                 std::string_view value) const {
        return ask([&](sz_sink out) {
            return table_->references(table_->self, str(definition), str(value), out);
        });
    }

  private:
    template <class Fn>
    [[nodiscard]] Result<std::string> ask(Fn&& fn) const {
        if (table_ == nullptr) return fault(SZ_ERR_UNSUPPORTED);
        return read_text(fn);
    }

    const sz_field_host* table_;
};

// What a computed value is computed from.
class FieldResolver {
  public:
    explicit FieldResolver(const sz_field_resolver* table) noexcept : table_(table) {}

    // `path` is a JSON array of steps; the answer as in sz_field_resolver. Findings have gone to
    // `findings` when it fails.
    [[nodiscard]] Result<std::string> resolve(std::string_view path,
                                              const sz_findings* findings) const {
        if (table_ == nullptr) return fault(SZ_ERR_UNSUPPORTED);
        return read_text(
            [&](sz_sink out) { return table_->resolve(table_->self, str(path), out, findings); });
    }

  private:
    const sz_field_resolver* table_;
};

// The field that a call is about. Lives for the call.
struct Field {
    std::string_view definition;
    const FieldHost& types;
    Findings& findings;
};

class FieldType {
  public:
    // A computed type has evaluate_text().
    enum class Computed : bool { no, yes };

    // `name` as in "type": NAME; static.
    explicit FieldType(const char* name, Computed computed = Computed::no) noexcept
        : table_{sizeof(sz_field_type),
                 0,
                 name,
                 this,
                 c_describe,
                 c_normalize,
                 c_apply,
                 c_format,
                 c_search,
                 c_references,
                 computed == Computed::yes ? c_evaluate : nullptr,
                 c_parse} {}
    virtual ~FieldType() = default;
    FieldType(const FieldType&) = delete;
    FieldType& operator=(const FieldType&) = delete;

    // As in sz_field_type. All pure and [any-thread].
    [[nodiscard]] virtual Result<std::string> describe_text() const = 0;
    [[nodiscard]] virtual Result<std::string> normalize_text(const Field& field,
                                                             std::string_view value) const = 0;
    [[nodiscard]] virtual Result<std::string> apply_text(const Field& field, std::string_view value,
                                                         std::string_view operation) const = 0;
    [[nodiscard]] virtual Result<std::string> format_text(const Field& field,
                                                          std::string_view value,
                                                          std::string_view locale) const = 0;
    [[nodiscard]] virtual Result<std::string> parse_text(const Field&, std::string_view /*text*/,
                                                         std::string_view /*locale*/) const {
        return fault(SZ_ERR_UNSUPPORTED);
    }
    [[nodiscard]] virtual Result<std::string> find_text(const Field&, std::string_view) const {
        return std::string{};
    }
    [[nodiscard]] virtual Result<std::string> references_text(const Field&,
                                                              std::string_view) const {
        return std::string{"[]"};
    }
    [[nodiscard]] virtual Result<std::string> evaluate_text(const Field&, const FieldResolver&,
                                                            std::string_view /*value*/,
                                                            std::string_view /*effects*/) const {
        return fault(SZ_ERR_UNSUPPORTED);
    }

    [[nodiscard]] const char* name() const noexcept { return table_.name; }
    [[nodiscard]] const sz_field_type* table() const noexcept { return &table_; }

  private:
    template <class Body>
    static sz_status run(const void* self, const sz_field_host* host, sz_str definition,
                         sz_sink out, const sz_findings* findings, Body&& body) noexcept {
        return guard_text(out, findings, [&] {
            const FieldHost types(host);
            Findings reporter(findings);
            return body(*static_cast<const FieldType*>(self),
                        Field{view(definition), types, reporter});
        });
    }
    static sz_status c_describe(const void* self, sz_sink out) noexcept {
        return guard_text(out, nullptr,
                          [&] { return static_cast<const FieldType*>(self)->describe_text(); });
    }
    static sz_status c_normalize(const void* self, const sz_field_host* host, sz_str definition,
                                 sz_str value, sz_sink out, const sz_findings* findings) noexcept {
        return run(self, host, definition, out, findings,
                   [&](const FieldType& type, const Field& field) {
                       return type.normalize_text(field, view(value));
                   });
    }
    static sz_status c_apply(const void* self, const sz_field_host* host, sz_str definition,
                             sz_str value, sz_str operation, sz_sink out,
                             const sz_findings* findings) noexcept {
        return run(self, host, definition, out, findings,
                   [&](const FieldType& type, const Field& field) {
                       return type.apply_text(field, view(value), view(operation));
                   });
    }
    static sz_status c_format(const void* self, const sz_field_host* host, sz_str definition,
                              sz_str value, sz_str locale, sz_sink out) noexcept {
        return run(self, host, definition, out, nullptr,
                   [&](const FieldType& type, const Field& field) {
                       return type.format_text(field, view(value), view(locale));
                   });
    }
    static sz_status c_parse(const void* self, const sz_field_host* host, sz_str definition,
                             sz_str text, sz_str locale, sz_sink out,
                             const sz_findings* findings) noexcept {
        return run(self, host, definition, out, findings,
                   [&](const FieldType& type, const Field& field) {
                       return type.parse_text(field, view(text), view(locale));
                   });
    }
    static sz_status c_search(const void* self, const sz_field_host* host, sz_str definition,
                              sz_str value, sz_sink out) noexcept {
        return run(self, host, definition, out, nullptr,
                   [&](const FieldType& type, const Field& field) {
                       return type.find_text(field, view(value));
                   });
    }
    static sz_status c_references(const void* self, const sz_field_host* host, sz_str definition,
                                  sz_str value, sz_sink out) noexcept {
        return run(self, host, definition, out, nullptr,
                   [&](const FieldType& type, const Field& field) {
                       return type.references_text(field, view(value));
                   });
    }
    static sz_status c_evaluate(const void* self, const sz_field_host* host,
                                const sz_field_resolver* resolver, sz_str definition, sz_str value,
                                sz_str effects, sz_sink out, const sz_findings* findings) noexcept {
        return run(self, host, definition, out, findings,
                   [&](const FieldType& type, const Field& field) {
                       return type.evaluate_text(field, FieldResolver(resolver), view(value),
                                                 view(effects));
                   });
    }

    sz_field_type table_;
};

}  // namespace sz::plugin
