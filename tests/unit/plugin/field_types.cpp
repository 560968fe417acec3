// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/field_types.hpp"

#include "kernel/base/limits.hpp"
#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/field_change.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

namespace {

sz_status say(sz_sink out, std::string_view text) {
    return out.write(out.self, text.data(), text.size());
}

// What the types below answer to describe and apply; a test sets it. Types are pure, so this stands
// for other plugins.
std::string answer;

sz_status describe(const void*, sz_sink out) { return say(out, answer); }

// A value N stands for N more levels of nesting.
sz_status normalize(const void*, const sz_field_host* host, sz_str definition, sz_str value,
                    sz_sink out, const sz_findings* findings) {
    const std::string text(view(value));
    if (text == "0") return say(out, "0");
    const std::string inner = std::to_string(std::stoul(text) - 1);
    return host->normalize(host->self, definition, str(inner), out, findings);
}
sz_status apply(const void*, const sz_field_host*, sz_str, sz_str, sz_str, sz_sink out,
                const sz_findings* findings) {
    if (answer.empty()) {
        const sz_finding finding{
            sizeof(sz_finding), SZ_SEVERITY_ERROR, str("SZ-FIELD-123"), str(""), str("/a"), 0, 0,
            str("No."),         str("Try yes.")};
        findings->report(findings->self, &finding);
        return SZ_OK;  // an error among the findings counts more than the status
    }
    return say(out, answer);
}
sz_status format(const void*, const sz_field_host*, sz_str, sz_str, sz_str locale, sz_sink out) {
    return say(out, "\xff" + std::string(view(locale)));
}
sz_status search(const void*, const sz_field_host*, sz_str, sz_str, sz_sink) {
    return SZ_ERR_UNSUPPORTED;
}
sz_status references(const void*, const sz_field_host*, sz_str, sz_str, sz_sink out) {
    return say(out, "{}");
}

constexpr sz_field_type nest{sizeof(sz_field_type),
                             0,
                             "Nest",
                             nullptr,
                             describe,
                             normalize,
                             apply,
                             format,
                             search,
                             references,
                             nullptr,
                             nullptr};
const sz_field_type* const items[] = {&nest};
constexpr sz_field_types table{sizeof(sz_field_types), 1, items};

const Json definition{{"type", "Nest"}};

struct Types {
    PluginFieldTypes fields;
    Types() { REQUIRE(fields.add("org.test.nest", &table)); }

    // The error's code, or "".
    [[nodiscard]] std::string apply_code(const std::string& said) const {
        answer = said;
        const auto change = fields.apply(definition, 0, {{"op", "set"}, {"args", {1}}});
        return change ? "" : change.error().code;
    }
};

}  // namespace

TEST_CASE("fields may be nested as deep as the limit and no deeper") {
    const Types types;
    Findings findings;
    const std::size_t deepest = limits::field_depth_max - 1;  // the field itself is the first level
    CHECK(types.fields.normalize(definition, deepest, findings).value_or(Json()) == 0);
    CHECK(findings.empty());
    const auto deeper = types.fields.normalize(definition, deepest + 1, findings);
    REQUIRE_FALSE(deeper);
    CHECK(deeper.error().code == "SZ-FIELD-003");
}

TEST_CASE("effects of each kind are understood") {
    const Types types;
    const std::string inverse =
        R"(,"inverse":{"op":"undo","args":[]},"relative":true,"touches":["a","b"]})";
    for (const char* effect :
         {R"({"set":null})", R"({"insert":{"at":0,"item":{"id":"a"}}})", R"({"remove":{"id":"a"}})",
          R"({"move":{"id":"a","to":2}})", R"({"replace":{"id":"a","item":{"id":"a"}}})"}) {
        INFO(effect);
        CHECK(types.apply_code(std::string(R"({"effect":)") + effect + inverse).empty());
    }
    const auto change = types.fields.apply(definition, 0, {{"op", "set"}});
    REQUIRE(change);
    CHECK(change->relative);
    CHECK(change->touches == std::vector<std::string>{"a", "b"});
    CHECK(change->inverse.at("op") == "undo");
}

TEST_CASE("effects that the kernel could not apply later are refused now") {
    const Types types;
    const std::string inverse = R"(,"inverse":{"op":"undo","args":[]}})";
    for (const char* effect :
         {"1", "{}", R"({"set":1,"remove":{"id":"a"}})",
          R"({"insert":{"at":-1,"item":{"id":"a"}}})", R"({"insert":{"at":0,"item":{}}})",
          R"({"insert":{"at":0,"item":{"id":7}}})", R"({"remove":{}})",
          R"({"move":{"id":"a","to":"b"}})", R"({"replace":{"id":"a"}})"}) {
        INFO(effect);
        CHECK(types.apply_code(std::string(R"({"effect":)") + effect + inverse) == "SZ-PLUGIN-061");
    }
    CHECK(types.apply_code(R"({"effect":{"set":1}})") == "SZ-PLUGIN-061");
    CHECK(types.apply_code(R"({"effect":{"set":1},"inverse":{"op":1,"args":[]}})") ==
          "SZ-PLUGIN-061");
    CHECK(types.apply_code(R"({"effect":{"set":1,"set":2},"inverse":{"op":"x","args":[]}})") ==
          "SZ-PLUGIN-061");
}

TEST_CASE("a finding with an error is a refusal, whatever the status says") {
    const Types types;
    CHECK(types.apply_code("") == "SZ-FIELD-123");
    const auto change = types.fields.apply(definition, 0, {{"op", "set"}});
    REQUIRE_FALSE(change);
    CHECK(change.error().kind == ErrorKind::input);
    CHECK(change.error().hint == "Try yes.");
    CHECK(change.error().where == "/a");
}

TEST_CASE("answers of the wrong kind do not come through") {
    const Types types;
    CHECK(types.fields.format(definition, 0, "de").error().code == "SZ-PLUGIN-061");
    CHECK(types.fields.references(definition, 0).error().code == "SZ-PLUGIN-061");
    CHECK(types.fields.search_text(definition, 0).error().kind == ErrorKind::unsupported);
    answer = "[]";
    CHECK(types.fields.describe("Nest").error().code == "SZ-PLUGIN-061");
    answer = "{}";
    CHECK(types.fields.describe("Nest").value_or(Json()) == Json::object());
    CHECK(types.fields.describe("Other").error().code == "SZ-FIELD-001");
}

TEST_CASE("a type's name is taken once") {
    Types types;
    const auto again = types.fields.add("org.test.other", &table);
    REQUIRE_FALSE(again);
    CHECK_THAT(again.error().message, ContainsSubstring("offered by org.test.nest already"));
    types.fields.remove("org.test.nest");
    CHECK(types.fields.names().empty());
    CHECK(types.fields.add("org.test.other", &table));
    CHECK(types.fields.plugin_of("Nest") == "org.test.other");
}

TEST_CASE("a table of an older, shorter version is refused") {
    sz_field_types shorter = table;
    shorter.size = 8;
    PluginFieldTypes fields;
    CHECK_FALSE(fields.add("org.test.nest", &shorter));
    sz_field_type cut = nest;
    cut.size = SZ_FIELD_TYPE_SIZE_1 - 8;
    const sz_field_type* const cut_items[] = {&cut};
    const sz_field_types with_cut{sizeof(sz_field_types), 1, cut_items};
    CHECK_FALSE(fields.add("org.test.nest", &with_cut));
}
