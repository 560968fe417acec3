// SPDX-License-Identifier: AGPL-3.0-or-later
// Computed values, as the kernel asks the field types for them.
#include "kernel/base/limits.hpp"
#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/field_change.hpp"
#include "kernel/plugin/field_types.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

namespace {

namespace computing {

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

sz_status append(void* self, const void* data, std::uint64_t size) {
    static_cast<std::string*>(self)->append(static_cast<const char*>(data), size);
    return SZ_OK;
}

// What the definition's "does" says: "ask" passes on what the resolver has at "path", as often as
// "times"; "mad" and "bare" answer what is no evaluation.
sz_status evaluate(const void*, const sz_field_host*, const sz_field_resolver* resolver,
                   sz_str definition, sz_str value, sz_str effects, sz_sink out,
                   const sz_findings* findings) {
    const Json json = Json::parse(view(definition));
    if (json["does"] == "mad") return say(out, "[");
    if (json["does"] == "bare") return say(out, R"({"value": 1, "terms": [{"op": "add"}]})");
    std::string answer;
    const std::string path = json["path"].dump();
    for (int i = 0; i < json.value("times", 1); ++i) {
        answer.clear();
        const sz_status status =
            resolver->resolve(resolver->self, str(path), {&answer, append}, findings);
        if (status != SZ_OK) return status;
    }
    const Json term{{"op", "add"},
                    {"text", "t"},
                    {"value", Json::parse(answer)},
                    {"inputs", Json::parse(view(effects))}};
    return say(out,
               Json{{"value", Json::parse(view(value))}, {"terms", Json::array({term})}}.dump());
}

}  // namespace computing

// Has one field, "wit".
class OneField final : public FieldResolver {
  public:
    [[nodiscard]] Result<Json> resolve(const std::vector<std::string>& steps) override {
        ++asked;
        if (steps == std::vector<std::string>{"wit"}) return Json(3);
        return fail(ErrorKind::not_found, "SZ-TEST-001", "Nothing there.", "Look elsewhere.");
    }
    std::size_t asked = 0;
};

struct Computers {
    sz_field_type table_of(const char* name, decltype(sz_field_type::evaluate) how,
                           std::uint32_t size = sizeof(sz_field_type)) {
        using namespace computing;
        return {size,  0,      name, nullptr, describe, normalize,
                apply, format, text, text,    how,      nullptr};
    }
    sz_field_type computes = table_of("Computes", computing::evaluate);
    sz_field_type plain = table_of("Plain", nullptr);
    sz_field_type old = table_of("Old", computing::evaluate, SZ_FIELD_TYPE_SIZE_1);
    const sz_field_type* items[3] = {&computes, &plain, &old};
    sz_field_types table{sizeof(sz_field_types), 3, items};
    PluginFieldTypes fields;
    OneField sheet;
    Computers() { REQUIRE(fields.add("org.test.computing", &table)); }

    [[nodiscard]] Result<FieldEvaluation> evaluate(Json definition) {
        if (!definition.contains("type")) definition["type"] = "Computes";
        return fields.evaluate(definition, 7, Json::array({"ring"}), sheet);
    }
    [[nodiscard]] std::string code(const Json& definition) {
        const auto result = evaluate(definition);
        return result ? "no error" : result.error().code;
    }
};

}  // namespace

TEST_CASE("a type computes from what it asks the sheet for") {
    Computers types;
    const auto result = types.evaluate({{"does", "ask"}, {"path", {"wit"}}});
    REQUIRE(result);
    CHECK(result->value == 7);
    CHECK(result->terms[0]["value"] == 3);
    CHECK(result->terms[0]["inputs"] == Json::array({"ring"}));
}

TEST_CASE("what the sheet has not is said as the sheet says it") {
    Computers types;
    const auto result = types.evaluate({{"does", "ask"}, {"path", {"wits"}}});
    REQUIRE_FALSE(result);
    CHECK(result.error().code == "SZ-TEST-001");
    CHECK(result.error().hint == "Look elsewhere.");
}

TEST_CASE("a type that computes nothing says so") {
    Computers types;
    CHECK(types.code({{"type", "Plain"}}) == "SZ-FIELD-005");
    CHECK(types.code({{"type", "Old"}}) == "SZ-FIELD-005");  // older than evaluate
    CHECK(types.code({{"type", "Lost"}}) == "SZ-FIELD-001");
}

TEST_CASE("an answer that is no evaluation is the plugin's fault") {
    Computers types;
    CHECK(types.code({{"does", "mad"}}) == "SZ-PLUGIN-061");
    CHECK(types.code({{"does", "bare"}}) == "SZ-PLUGIN-061");
}

TEST_CASE("paths are paths, and have limits") {
    Computers types;
    CHECK(types.code({{"does", "ask"}, {"path", Json::array()}}) == "SZ-FIELD-007");
    CHECK(types.code({{"does", "ask"}, {"path", "wit"}}) == "SZ-FIELD-007");
    CHECK(types.code({{"does", "ask"}, {"path", {1}}}) == "SZ-FIELD-007");
    const std::string longest(limits::resolved_path_bytes_max - 4, 'x');  // with [""] around it
    CHECK(types.code({{"does", "ask"}, {"path", {longest}}}) == "SZ-TEST-001");
    CHECK(types.code({{"does", "ask"}, {"path", {longest + "x"}}}) == "SZ-FIELD-007");
    types.sheet.asked = 0;
    const Json often{{"does", "ask"}, {"path", {"wit"}}, {"times", limits::resolved_paths_max}};
    CHECK(types.code(often) == "no error");
    Json too_often = often;
    too_often["times"] = limits::resolved_paths_max + 1;
    CHECK(types.code(too_often) == "SZ-FIELD-006");
    CHECK(types.sheet.asked == 2 * limits::resolved_paths_max);
}
