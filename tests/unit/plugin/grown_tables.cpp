// SPDX-License-Identifier: AGPL-3.0-or-later
// Tables of plugins that were built before or after this program: fields are only appended.
#include <map>

#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/field_types.hpp"
#include "kernel/plugin/pack_formats.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

namespace {

// What a header of a later minor version would declare: today's struct and a field more.
template <class Table>
struct Grown {
    Table first;
    std::uint64_t appended;
};

struct GrownTables {
    KernelThread kernel;
    Grown<sz_field_type> type{{sizeof(Grown<sz_field_type>), 0, "Plain", nullptr, describe,
                               normalize, apply, format, search_text, references, nullptr, nullptr},
                              7};
    const sz_field_type* type_items[1] = {&type.first};
    Grown<sz_field_types> types{{sizeof(Grown<sz_field_types>), 1, type_items}, 7};
    Grown<sz_pack_format> pack{{sizeof(Grown<sz_pack_format>), SZ_PACK_FORMAT_READS, "plain",
                                "Plain", "", nullptr, probe, read, nullptr},
                               7};
    const sz_pack_format* pack_items[1] = {&pack.first};
    Grown<sz_pack_formats> packs{{sizeof(Grown<sz_pack_formats>), 1, pack_items}, 7};

    [[nodiscard]] bool takes_types() const {
        return PluginFieldTypes().add("org.test.x", &types.first).has_value();
    }
    [[nodiscard]] bool takes_packs() const {
        return PluginPackFormats(kernel).add("org.test.x", &packs.first).has_value();
    }

    static sz_status describe(const void*, sz_sink) { return SZ_OK; }
    static sz_status normalize(const void*, const sz_field_host*, sz_str, sz_str, sz_sink,
                               const sz_findings*) {
        return SZ_OK;
    }
    static sz_status apply(const void*, const sz_field_host*, sz_str, sz_str, sz_str, sz_sink,
                           const sz_findings*) {
        return SZ_OK;
    }
    static sz_status format(const void*, const sz_field_host*, sz_str, sz_str, sz_str, sz_sink) {
        return SZ_OK;
    }
    static sz_status search_text(const void*, const sz_field_host*, sz_str, sz_str, sz_sink) {
        return SZ_OK;
    }
    static sz_status references(const void*, const sz_field_host*, sz_str, sz_str, sz_sink) {
        return SZ_OK;
    }
    static std::int32_t probe(const void*, sz_str) { return 0; }
    static sz_status read(const void*, sz_str, sz_str, const sz_pack_writer*, const sz_progress*,
                          const sz_findings*) {
        return SZ_OK;
    }
};

}  // namespace

TEST_CASE("tables that are longer than the program's are taken") {
    const GrownTables grown;
    CHECK(grown.takes_types());
    CHECK(grown.takes_packs());
}

// The literals are those of tests/abi/layout.h: they stay when a field is appended, and then these
// are tables of plugins that are older than the program.
TEST_CASE("tables of exactly the first version are taken, and shorter ones are not") {
    GrownTables tables;
    tables.type.first.size = 72;
    tables.types.first.size = 16;
    tables.pack.first.size = 64;
    tables.packs.first.size = 16;
    CHECK(tables.takes_types());
    CHECK(tables.takes_packs());
    tables.type.first.size = 71;
    tables.pack.first.size = 63;
    CHECK_FALSE(tables.takes_types());
    CHECK_FALSE(tables.takes_packs());
    tables.type.first.size = 72;
    tables.pack.first.size = 64;
    tables.types.first.size = 15;
    tables.packs.first.size = 15;
    CHECK_FALSE(tables.takes_types());
    CHECK_FALSE(tables.takes_packs());
}

TEST_CASE("findings of older and newer plugins are heard") {
    Findings findings;
    FindingSink sink(findings);
    Grown<sz_finding> finding{};
    finding.first.message = str("It is too hot.");
    const std::map<std::uint32_t, std::size_t> heard{{sizeof finding, 1}, {96, 2}, {95, 2}, {0, 2}};
    for (const std::uint32_t size : {std::uint32_t{sizeof finding}, 96u, 95u, 0u}) {
        finding.first.size = size;
        sink.table()->report(sink.table()->self, &finding.first);
        CAPTURE(size);
        CHECK(findings.size() == heard.at(size));
    }
}
