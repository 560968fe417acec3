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

sz_status refuse_spent(FieldBudget& budget, const sz_findings* findings) {
    if (findings != nullptr && !budget.is_reported) {
        budget.is_reported = true;
        report(findings, "SZ-FIELD-004", "The field holds too many fields inside it.",
               "Take items out, or shorten the defaults of what the items hold.");
    }
    return SZ_ERR_LIMIT;
}

// Passes an answer on as far as the budget goes.
struct BudgetSink {
    sz_sink out;
    FieldBudget& budget;
    std::size_t depth;

    [[nodiscard]] sz_sink table() noexcept { return {this, take}; }
    static sz_status take(void* self, const void* data, std::uint64_t size) noexcept {
        auto& sink = *static_cast<BudgetSink*>(self);
        if (!sink.budget.take_output(sink.depth, static_cast<std::size_t>(size)))
            return SZ_ERR_LIMIT;
        return sink.out.write(sink.out.self, data, size);
    }
};

bool take(std::size_t& left, std::size_t bytes, bool& is_spent) noexcept {
    if (is_spent || bytes > left) {
        is_spent = true;
        return false;
    }
    left -= bytes;
    return true;
}

}  // namespace

bool FieldBudget::take_call(std::size_t bytes) noexcept {
    return take(calls, 1, is_spent) && take(input_bytes, bytes, is_spent);
}

bool FieldBudget::take_output(std::size_t depth, std::size_t bytes) noexcept {
    return take(output_bytes.at(depth), bytes, is_spent);
}

FieldHost::FieldHost(const PluginFieldTypes& types, FieldBudget& budget, std::size_t depth)
    : types_(types),
      budget_(budget),
      depth_(depth),
      table_{sizeof(sz_field_host), 0, this, normalize, apply, format, search_text, references} {}

// The items of a list all have one definition, which may be long: it is read once.
std::optional<std::string> FieldHost::type_in(std::string_view definition) const {
    if (last_type_ && definition == last_definition_) return last_type_;
    const auto json = parse_json(definition);
    if (!json) return std::nullopt;
    last_definition_ = definition;
    last_type_ = string_or(*json, "type");
    return last_type_;
}

// Finds the type that the definition names and calls `fn(type, deeper host, out)`.
template <class Fn>
sz_status FieldHost::run(const Call& call, Fn&& fn) const {
    if (depth_ + 1 >= limits::field_depth_max) {
        report(call.findings, "SZ-FIELD-003", "Fields are nested too deeply.",
               "Use fewer levels of groups, lists and tables.");
        return SZ_ERR_LIMIT;
    }
    const auto name = type_in(view(call.definition));
    if (!name) return SZ_ERR_INVALID;
    const auto* type = types_.find(*name);
    if (type == nullptr) {
        report(call.findings, "SZ-FIELD-001", "No plugin offers the field type “" + *name + "”.",
               "“szctl plugin list” shows what is installed.");
        return SZ_ERR_NOT_FOUND;
    }
    const FieldHost deeper(types_, budget_, depth_ + 1);
    BudgetSink sink{call.out, budget_, depth_};
    return call_plugin(type->plugin, call.name,
                       [&] { return fn(*type->table, deeper.table(), sink.table()); });
}

// A spent budget ends every call on the way out, whatever a type in between made of it.
template <class Fn>
sz_status FieldHost::nested(void* self, const Call& call, Fn&& fn) noexcept {
    const auto& host = *static_cast<FieldHost*>(self);
    if (!is_allowed(host.thread_.is_current(), {}, "sz_field_host")) return SZ_ERR_INTERNAL;
    try {
        auto& budget = host.budget_;
        const auto bytes = view(call.definition).size() + view(call.value).size();
        const sz_status status = budget.take_call(bytes) ? host.run(call, fn) : SZ_ERR_LIMIT;
        return budget.is_spent ? refuse_spent(budget, call.findings) : status;
    } catch (...) {
        return SZ_ERR_INTERNAL;
    }
}

sz_status FieldHost::normalize(void* self, sz_str definition, sz_str value, sz_sink out,
                               const sz_findings* findings) noexcept {
    return nested(self, {"field.normalize", definition, value, out, findings},
                  [&](const sz_field_type& type, const sz_field_host* host, sz_sink limited) {
                      return type.normalize(type.self, host, definition, value, limited, findings);
                  });
}

sz_status FieldHost::apply(void* self, sz_str definition, sz_str value, sz_str operation,
                           sz_sink out, const sz_findings* findings) noexcept {
    return nested(self, {"field.apply", definition, value, out, findings},
                  [&](const sz_field_type& type, const sz_field_host* host, sz_sink limited) {
                      return type.apply(type.self, host, definition, value, operation, limited,
                                        findings);
                  });
}

sz_status FieldHost::format(void* self, sz_str definition, sz_str value, sz_str locale,
                            sz_sink out) noexcept {
    return nested(self, {"field.format", definition, value, out, nullptr},
                  [&](const sz_field_type& type, const sz_field_host* host, sz_sink limited) {
                      return type.format(type.self, host, definition, value, locale, limited);
                  });
}

sz_status FieldHost::search_text(void* self, sz_str definition, sz_str value,
                                 sz_sink out) noexcept {
    return nested(self, {"field.search_text", definition, value, out, nullptr},
                  [&](const sz_field_type& type, const sz_field_host* host, sz_sink limited) {
                      return type.search_text(type.self, host, definition, value, limited);
                  });
}

sz_status FieldHost::references(void* self, sz_str definition, sz_str value, sz_sink out) noexcept {
    return nested(self, {"field.references", definition, value, out, nullptr},
                  [&](const sz_field_type& type, const sz_field_host* host, sz_sink limited) {
                      return type.references(type.self, host, definition, value, limited);
                  });
}

}  // namespace sz
