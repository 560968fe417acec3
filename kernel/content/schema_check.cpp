// SPDX-License-Identifier: AGPL-3.0-or-later
// check_schema, and the cache of compiled schemas behind it.
#include "kernel/content/schema_check.hpp"

#include <mutex>
#include <unordered_map>

#include "kernel/base/result.hpp"
#include "kernel/content/library.hpp"
#include "kernel/content/schema_valijson.hpp"

namespace sz {

namespace {

constexpr std::size_t schemas_max =
    2000;  // a plugin that makes up schemas must not fill the memory

}  // namespace

struct CompiledSchema::Impl {
    std::optional<SchemaPlan> plan;
    std::unique_ptr<const ValijsonSchema> valijson;  // where the plan does not know every keyword
};

CompiledSchema::CompiledSchema(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CompiledSchema::~CompiledSchema() = default;

Result<std::shared_ptr<const CompiledSchema>> CompiledSchema::compile(
    const Json& schema, const SchemaPlan::Documents& documents) {
    auto impl = std::make_unique<Impl>();
    SZ_ASSIGN(auto plan, SchemaPlan::compile(schema, documents));
    if (!plan.is_complete()) {
        SZ_ASSIGN(impl->valijson, ValijsonSchema::compile(schema, documents));
    }
    impl->plan = std::move(plan);
    return std::shared_ptr<const CompiledSchema>(new CompiledSchema(std::move(impl)));
}

std::vector<SchemaFault> CompiledSchema::faults(const Json& value, bool& has_unknown) const {
    if (impl_->valijson == nullptr) {
        if (impl_->plan->accepts(value, has_unknown)) return {};
        return impl_->plan->explain(value);
    }
    auto faults = impl_->valijson->check(value);
    if (faults.empty()) return {};
    auto explained = impl_->plan->explain(value);
    return explained.empty() ? faults : explained;
}

std::vector<SchemaFault> CompiledSchema::unknown_keys(const Json& value) const {
    return impl_->plan->unknown_keys(value);
}

Result<std::shared_ptr<const CompiledSchema>> compiled_schema(const std::string& text) {
    static std::mutex mutex;
    static std::unordered_map<std::string, std::shared_ptr<const CompiledSchema>> cache;
    {
        const std::lock_guard lock(mutex);
        if (const auto found = cache.find(text); found != cache.end()) return found->second;
    }
    SZ_ASSIGN(auto schema, parse_json(text));
    SZ_ASSIGN(auto compiled, CompiledSchema::compile(schema));
    const std::lock_guard lock(mutex);
    if (cache.size() >= schemas_max) cache.clear();
    return cache.emplace(text, std::move(compiled)).first->second;
}

Findings check_schema(const std::string& schema, const Json& value) {
    const auto compiled = compiled_schema(schema);
    Findings findings;
    if (!compiled) {
        findings.push_back({"SZ-SCHEMA-002", Severity::error, "", compiled.error().where, 0, 0,
                            compiled.error().message, compiled.error().hint});
        return findings;
    }
    bool has_unknown = false;
    for (auto& fault : (*compiled)->faults(value, has_unknown)) {
        findings.push_back({"SZ-SCHEMA-001", Severity::error, "", std::move(fault.pointer), 0, 0,
                            std::move(fault.message), std::move(fault.hint)});
    }
    return findings;
}

}  // namespace sz
