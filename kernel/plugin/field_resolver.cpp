// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/field_resolver.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "kernel/base/limits.hpp"
#include "kernel/plugin/abi_status.hpp"

namespace sz {

namespace {

constexpr JsonLimits path_limits{limits::resolved_path_bytes_max, 2,
                                 limits::resolved_path_bytes_max};

void report(const sz_findings* findings, const Error& error) {
    if (findings == nullptr) return;
    const sz_finding finding{
        sizeof(sz_finding), SZ_SEVERITY_ERROR, str(error.code), str({}), str({}), 0, 0,
        str(error.message), str(error.hint)};
    findings->report(findings->self, &finding);
}

sz_status status_of(const Error& error) {
    switch (error.kind) {
        case ErrorKind::not_found: return SZ_ERR_NOT_FOUND;
        case ErrorKind::limit: return SZ_ERR_LIMIT;
        default: return SZ_ERR_INVALID;
    }
}

}  // namespace

Result<Json> ResolverTable::answer(sz_str path) {
    if (++calls_ > limits::resolved_paths_max) {
        return fail(ErrorKind::limit, "SZ-FIELD-006", "The field reads too many others.",
                    "Split the formula.");
    }
    const auto steps = parse_json(view(path), path_limits);
    const auto is_text = [](const Json& step) { return step.is_string(); };
    if (!steps || !steps->is_array() || steps->empty() ||
        !std::all_of(steps->begin(), steps->end(), is_text)) {
        return fail(ErrorKind::input, "SZ-FIELD-007", "That is no path to a field.",
                    "A path has at least one step, and no more than four kibibytes.");
    }
    return resolver_.resolve(steps->get<std::vector<std::string>>());
}

sz_status ResolverTable::resolve(void* self, sz_str path, sz_sink out,
                                 const sz_findings* findings) noexcept {
    auto& table = *static_cast<ResolverTable*>(self);
    if (!is_allowed(table.thread_.is_current(), {}, "sz_field_resolver")) return SZ_ERR_INTERNAL;
    try {
        const auto found = table.answer(path);
        if (!found) {
            report(findings, found.error());
            return status_of(found.error());
        }
        const std::string text = found->dump();
        return out.write(out.self, text.data(), text.size());
    } catch (...) {
        return SZ_ERR_INTERNAL;
    }
}

}  // namespace sz
