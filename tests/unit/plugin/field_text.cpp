// SPDX-License-Identifier: AGPL-3.0-or-later
// What a person types, as the kernel asks the field types about it.
#include "kernel/base/limits.hpp"
#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/field_types.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

namespace {

namespace typed {

sz_status say(sz_sink out, std::string_view text) {
    return out.write(out.self, text.data(), text.size());
}
sz_status describe(const void*, sz_sink out) { return say(out, "{}"); }
sz_status normalize(const void*, const sz_field_host*, sz_str, sz_str value, sz_sink out,
                    const sz_findings*) {
    return say(out, view(value));
}
sz_status apply(const void*, const sz_field_host*, sz_str, sz_str, sz_str, sz_sink,
                const sz_findings*) {
    return SZ_ERR_INVALID;
}
sz_status format(const void*, const sz_field_host*, sz_str, sz_str, sz_str, sz_sink) {
    return SZ_OK;
}
sz_status text(const void*, const sz_field_host*, sz_str, sz_str, sz_sink) { return SZ_OK; }
// "json" is left to the host, "bad" is refused, "mad" is not JSON; else [locale, text].
sz_status parse(const void*, const sz_field_host*, sz_str, sz_str text, sz_str locale, sz_sink out,
                const sz_findings* findings) {
    if (view(text).starts_with("json")) return SZ_ERR_UNSUPPORTED;
    if (view(text) == "mad") return say(out, "[");
    if (view(text) == "bad") {
        const sz_finding finding{
            sizeof(sz_finding), SZ_SEVERITY_ERROR, str("SZ-FIELD-199"), str(""), str(""), 0, 0,
            str("No."),         str("Type good.")};
        findings->report(findings->self, &finding);
        return SZ_ERR_INVALID;
    }
    return say(out, Json::array({std::string(view(locale)), std::string(view(text))}).dump());
}

sz_field_type type_of(std::uint32_t size, const char* name) {
    return {size, 0, name, nullptr, describe, normalize, apply, format, text, text, nullptr, parse};
}

}  // namespace typed

struct Readers {
    sz_field_type reads = typed::type_of(sizeof(sz_field_type), "Reads");
    sz_field_type old = typed::type_of(SZ_FIELD_TYPE_SIZE_1, "Old");
    const sz_field_type* items[2] = {&reads, &old};
    sz_field_types table{sizeof(sz_field_types), 2, items};
    PluginFieldTypes fields;
    Readers() { REQUIRE(fields.add("org.test.typed", &table)); }

    [[nodiscard]] Result<Json> parse(const char* type, const std::string& text) const {
        return fields.parse(Json{{"type", type}}, text, "de");
    }
};

}  // namespace

TEST_CASE("a type reads what was typed, in the person's language") {
    const Readers types;
    CHECK(types.parse("Reads", "1,5").value_or(Json()) == Json::array({"de", "1,5"}));
    const auto refused = types.parse("Reads", "bad");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-FIELD-199");
    CHECK(refused.error().hint == "Type good.");
    CHECK(types.parse("Reads", "mad").error().code == "SZ-PLUGIN-061");
    CHECK(types.parse("Other", "1").error().code == "SZ-FIELD-001");
}

TEST_CASE("a type that reads no text takes JSON") {
    const Readers types;
    CHECK(types.parse("Reads", "json").error().code == "SZ-FIELD-008");
    // Of a plugin that is older than parse; the function behind its table's end is not called.
    CHECK(types.parse("Old", R"( {"a": [1]} )").value_or(Json()) == Json{{"a", Json::array({1})}});
    CHECK(types.parse("Old", " \t").value_or(Json(1)).is_null());
    CHECK(types.parse("Old", "").value_or(Json(1)).is_null());
    const auto wrong = types.parse("Old", "{");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == "SZ-FIELD-008");
    CHECK(wrong.error().kind == ErrorKind::input);
}

TEST_CASE("what is typed has a limit") {
    const Readers types;
    const std::string most(limits::field_value_bytes_max, ' ');
    CHECK(types.parse("Old", most));
    CHECK(types.parse("Reads", most));
    CHECK(types.parse("Old", most + " ").error().code == "SZ-FIELD-002");
    CHECK(types.parse("Reads", most + " ").error().code == "SZ-FIELD-002");
}
