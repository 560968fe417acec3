// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/field_host.hpp"

#include <nlohmann/json.hpp>

#include "kernel/base/limits.hpp"
#include "kernel/plugin/abi_status.hpp"

namespace sz {

namespace {

void report(const sz_findings* findings, std::string_view code, std::string_view message,
            std::string_view hint) {
    if (findings == nullptr) return;
    const sz_finding finding{
        sizeof(sz_finding), SZ_SEVERITY_ERROR, str(code), str({}), str({}), 0, 0,
        str(message),       str(hint)};
    findings->report(findings->self, &finding);
}

}  // namespace

FieldHost::FieldHost(const PluginFieldTypes& types, std::size_t depth)
    : types_(types),
      depth_(depth),
      table_{sizeof(sz_field_host), 0, this, normalize, apply, format, search_text, references} {}

// Finds the type that the definition names and calls `fn(type, deeper host)`.
template <class Fn>
sz_status FieldHost::nested(void* self, sz_str definition, const char* call,
                            const sz_findings* findings, Fn&& fn) noexcept {
    const auto& host = *static_cast<FieldHost*>(self);
    try {
        if (host.depth_ + 1 >= limits::field_depth_max) {
            report(findings, "SZ-FIELD-003", "Fields are nested too deeply.",
                   "Use fewer levels of groups, lists and tables.");
            return SZ_ERR_LIMIT;
        }
        const auto json = parse_json(view(definition));
        if (!json) return SZ_ERR_INVALID;
        const std::string name = string_or(*json, "type");
        const auto* type = host.types_.find(name);
        if (type == nullptr) {
            report(findings, "SZ-FIELD-001", "No plugin offers the field type “" + name + "”.",
                   "“szctl plugin list” shows what is installed.");
            return SZ_ERR_NOT_FOUND;
        }
        const FieldHost deeper(host.types_, host.depth_ + 1);
        return call_plugin(type->plugin, call, [&] { return fn(*type->table, deeper.table()); });
    } catch (...) {
        return SZ_ERR_INTERNAL;
    }
}

sz_status FieldHost::normalize(void* self, sz_str definition, sz_str value, sz_sink out,
                               const sz_findings* findings) noexcept {
    return nested(self, definition, "field.normalize", findings,
                  [&](const sz_field_type& type, const sz_field_host* host) {
                      return type.normalize(type.self, host, definition, value, out, findings);
                  });
}

sz_status FieldHost::apply(void* self, sz_str definition, sz_str value, sz_str operation,
                           sz_sink out, const sz_findings* findings) noexcept {
    return nested(self, definition, "field.apply", findings,
                  [&](const sz_field_type& type, const sz_field_host* host) {
                      return type.apply(type.self, host, definition, value, operation, out,
                                        findings);
                  });
}

sz_status FieldHost::format(void* self, sz_str definition, sz_str value, sz_str locale,
                            sz_sink out) noexcept {
    return nested(self, definition, "field.format", nullptr,
                  [&](const sz_field_type& type, const sz_field_host* host) {
                      return type.format(type.self, host, definition, value, locale, out);
                  });
}

sz_status FieldHost::search_text(void* self, sz_str definition, sz_str value,
                                 sz_sink out) noexcept {
    return nested(self, definition, "field.search_text", nullptr,
                  [&](const sz_field_type& type, const sz_field_host* host) {
                      return type.search_text(type.self, host, definition, value, out);
                  });
}

sz_status FieldHost::references(void* self, sz_str definition, sz_str value, sz_sink out) noexcept {
    return nested(self, definition, "field.references", nullptr,
                  [&](const sz_field_type& type, const sz_field_host* host) {
                      return type.references(type.self, host, definition, value, out);
                  });
}

}  // namespace sz
