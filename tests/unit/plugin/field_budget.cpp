// SPDX-License-Identifier: AGPL-3.0-or-later
// What the fields inside one field may cost together.
#include <nlohmann/json.hpp>

#include "kernel/base/limits.hpp"
#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/field_host.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

namespace {

// The test programs are built as one unit, where other files have types of their own.
namespace fan_type {

// A value N has ten of N - 1 inside it; whatever comes of them, the type writes `said`.
std::size_t calls = 0;
std::string said = "0";

sz_status describe(const void*, sz_sink out) { return out.write(out.self, "{}", 2); }
sz_status normalize(const void*, const sz_field_host* host, sz_str definition, sz_str value,
                    sz_sink out, const sz_findings* findings) {
    ++calls;
    const int levels = std::stoi(std::string(view(value)));
    const std::string inner = std::to_string(levels - 1);
    TextSink ignored(limits::mib);
    for (int i = 0; levels > 0 && i < 10; ++i)
        (void)host->normalize(host->self, definition, str(inner), ignored.table(), findings);
    return out.write(out.self, said.data(), said.size());
}
sz_status apply(const void*, const sz_field_host*, sz_str, sz_str, sz_str, sz_sink,
                const sz_findings*) {
    return SZ_ERR_UNSUPPORTED;
}
sz_status format(const void*, const sz_field_host*, sz_str, sz_str, sz_str, sz_sink) {
    return SZ_ERR_UNSUPPORTED;
}
sz_status search(const void*, const sz_field_host*, sz_str, sz_str, sz_sink) {
    return SZ_ERR_UNSUPPORTED;
}
sz_status references(const void*, const sz_field_host*, sz_str, sz_str, sz_sink) {
    return SZ_ERR_UNSUPPORTED;
}

const sz_field_type fan{sizeof(sz_field_type),
                        0,
                        "Fan",
                        nullptr,
                        describe,
                        normalize,
                        apply,
                        format,
                        search,
                        references,
                        nullptr,
                        nullptr};
const sz_field_type* const items[] = {&fan};
constexpr sz_field_types table{sizeof(sz_field_types), 1, items};

}  // namespace fan_type

struct Fan {
    PluginFieldTypes fields;
    FieldBudget budget;
    TextSink out{limits::mib};

    Fan() {
        REQUIRE(fields.add("org.test.fan", &fan_type::table));
        fan_type::calls = 0;
        fan_type::said = "0";
    }
    sz_status normalize(std::string_view value) {
        const FieldHost host(fields, budget);
        const auto* face = host.table();
        return face->normalize(face->self, str(R"({"type":"Fan"})"), str(value), out.table(),
                               nullptr);
    }
};

}  // namespace

TEST_CASE("all calls that one call leads to share a number of calls") {
    Fan fan;
    fan.budget.calls = 25;
    CHECK(fan.normalize("3") == SZ_ERR_LIMIT);
    CHECK(fan_type::calls == 25);
    CHECK(fan.normalize("0") == SZ_ERR_LIMIT);  // spent is spent
    CHECK(fan_type::calls == 25);
}

TEST_CASE("a budget that is enough is not noticed") {
    Fan fan;
    fan.budget.calls = 1 + 10 + 100;
    CHECK(fan.normalize("2") == SZ_OK);
    CHECK(fan.out.text == "0");
    CHECK(fan_type::calls == 111);
}

TEST_CASE("nested answers are refused past the bytes of their level, and that ends all calls") {
    Fan fan;
    fan_type::said = "123";
    fan.budget.output_bytes[2] = 3 * 7;
    CHECK(fan.normalize("2") == SZ_ERR_LIMIT);
    CHECK(fan_type::calls ==
          2 + 8);  // two levels lead to the innermost, whose eighth answer is too much
}

TEST_CASE("what is given to nested calls is counted too") {
    Fan fan;
    fan.budget.input_bytes = 10 * std::string(R"({"type":"Fan"}0)").size();
    CHECK(fan.normalize("2") == SZ_ERR_LIMIT);
    CHECK(fan_type::calls == 10);
}

TEST_CASE("a value that costs too much is refused with words") {
    const Fan fan;
    Findings findings;
    const auto refused = fan.fields.normalize(Json{{"type", "Fan"}}, 6, findings);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-FIELD-004");
    CHECK_FALSE(refused.error().hint.empty());
    CHECK(fan_type::calls == 1 + limits::nested_calls_max);
}
