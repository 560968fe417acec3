// SPDX-License-Identifier: AGPL-3.0-or-later
// What fields-core does once its host says that a limit is reached.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <sz/cpp/testing.hpp>

#include "kernel/plugin/abi_status.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

namespace {

// A host whose budget is spent. It has said so; now it only counts who still asks.
struct SpentHost {
    std::size_t questions = 0;
    sz_field_host table{};

    SpentHost() {
        table.size = sizeof(sz_field_host);
        table.self = this;
        table.normalize = [](void* self, sz_str, sz_str, sz_sink, const sz_findings*) -> sz_status {
            ++static_cast<SpentHost*>(self)->questions;
            return SZ_ERR_LIMIT;
        };
    }

    sz_status normalize(std::string_view type_name, const nlohmann::json& definition,
                        const nlohmann::json& value) {
        using sz::plugin::testing::LoadedPlugin;
        static const LoadedPlugin fields_core{
            SZ_BUILD "/plugins/org.sessionzero.fields-core/fields_core.so", "/nowhere"};
        const auto& types = fields_core.extension<sz_field_types>(SZ_FIELD_TYPES_ID);
        const auto* type = std::find_if(types.items, types.items + types.count,
                                        [&](const auto* one) { return one->name == type_name; });
        TextSink out(limits::mib);
        Findings findings;
        FindingSink sink(findings);
        const std::string definition_text = definition.dump();
        const std::string value_text = value.dump();
        const auto status = (*type)->normalize((*type)->self, &table, str(definition_text),
                                               str(value_text), out.table(), sink.table());
        CHECK(findings.empty());  // the host says it once, and has
        return status;
    }
};

}  // namespace

TEST_CASE("a list whose host has reached a limit asks no further") {
    SpentHost host;
    CHECK(host.normalize("List", {{"itemType", {{"type", "Rating"}}}},
                         nlohmann::json(std::size_t{1000}, "a")) == SZ_ERR_LIMIT);
    CHECK(host.questions == 1);
}

TEST_CASE("a table whose host has reached a limit ends at that cell") {
    SpentHost host;
    const nlohmann::json column = {{"id", "a"}, {"type", "Rating"}};
    const nlohmann::json row = {{"a", "x"}};
    const nlohmann::json other = {{"id", "b"}, {"type", "Rating"}};
    CHECK(host.normalize("Table", {{"columns", {column, other}}},
                         nlohmann::json(std::size_t{1000}, row)) == SZ_ERR_LIMIT);
    CHECK(host.questions == 1);
}
