// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/manifest.hpp"

#include "kernel/base/limits.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

namespace {

const std::string good =
    R"({"id":"org.example.dice","name":"Dice","version":"1.2.0","license":"MIT","kind":"field-type","abi":"1.0",
  "extensions":["sz.field-type/draft-1"],"capabilities":["data"],"dependencies":[{"id":"org.example.base","version":"^1.0.0"}],
  "library":"dice.so","files":{"dice.so":"aa","locale/de.json":"bb"}})";

std::string with(const std::string& from, const std::string& to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
}

std::string code_of(const std::string& text) {
    const auto manifest = parse_manifest(text, {});
    return manifest ? "" : manifest.error().code;
}

}  // namespace

TEST_CASE("a manifest is read") {
    const auto manifest = parse_manifest(good, {});
    REQUIRE(manifest);
    CHECK(manifest->id == "org.example.dice");
    CHECK(manifest->abi_major == 1);
    CHECK(manifest->abi_minor == 0);
    CHECK(manifest->asks_for("data"));
    CHECK_FALSE(manifest->asks_for("bus"));
    REQUIRE(manifest->dependencies.size() == 1);
    CHECK(manifest->dependencies[0].version == "^1.0.0");
    CHECK(manifest->files.at("locale/de.json") == "bb");
}

TEST_CASE("a manifest that contradicts itself is refused") {
    CHECK(code_of(with("\"library\":\"dice.so\"", "\"library\":\"other.so\"")) == "SZ-PLUGIN-003");
    CHECK(code_of(with("\"abi\":\"1.0\"", "\"abi\":\"one\"")) == "SZ-PLUGIN-003");
    CHECK(code_of(with("\"abi\":\"1.0\"", "\"abi\":\"1.\"")) == "SZ-PLUGIN-003");
    CHECK(code_of("[]") == "SZ-PLUGIN-002");
    CHECK(code_of("{\"id\":1,\"id\":2}") == "SZ-PLUGIN-001");
    CHECK(code_of("") == "SZ-PLUGIN-001");
}

TEST_CASE("a manifest may be as long as the limit and not a byte longer") {
    std::string text = good;
    text.append(limits::plugin_manifest_bytes_max - text.size(), ' ');
    CHECK(code_of(text).empty());
    CHECK(code_of(text + " ") == "SZ-PLUGIN-001");
}

TEST_CASE("a manifest may list as many files as the limit") {
    std::string files = "\"dice.so\":\"aa\"";
    for (std::size_t i = 1; i < limits::plugin_files_max; ++i)
        files += ",\"f" + std::to_string(i) + "\":\"aa\"";
    const std::string old = R"("dice.so":"aa","locale/de.json":"bb")";
    CHECK(code_of(with(old, files)).empty());
    CHECK(code_of(with(old, files + ",\"one-more\":\"aa\"")) == "SZ-PLUGIN-003");
}

TEST_CASE("the schema's word counts") {
    const auto manifest = parse_manifest(good, [](const std::string&, const Json&) {
        return Findings{{"SZ-SCHEMA-001",
                         Severity::error,
                         {},
                         "/kind",
                         0,
                         0,
                         "That is no kind.",
                         "Choose another."}};
    });
    REQUIRE_FALSE(manifest);
    CHECK(manifest.error().code == "SZ-PLUGIN-002");
    CHECK(manifest.error().message == "Its plugin.json is wrong at “/kind”: That is no kind.");
}

TEST_CASE("everything that the schema says is told, and a fault of the whole has no empty place") {
    const auto message_of = [](Findings faults) {
        const auto manifest =
            parse_manifest(good, [&](const std::string&, const Json&) { return faults; });
        return manifest ? "" : manifest.error().message;
    };
    const auto fault = [](std::string pointer, std::string message, std::string hint) {
        return Finding{"SZ-SCHEMA-001",    Severity::error, {}, std::move(pointer), 0, 0,
                       std::move(message), std::move(hint)};
    };
    const Finding root = fault("", "“name” is missing.", "Add it.");
    const Finding kind = fault("/kind", "That is no kind.", "");
    CHECK(message_of({root}) == "Its plugin.json is wrong: “name” is missing.");
    CHECK(message_of({root, kind}) ==
          "Its plugin.json is wrong in 2 places. As a whole: “name” is missing. Add it. "
          "At “/kind”: That is no kind.");
    CHECK_THAT(message_of(Findings(12, kind)), ContainsSubstring("And 2 more."));
}

TEST_CASE("an older or the same interface fits, a newer or another one does not") {
    CHECK(check_abi(1, 0));
    CHECK(check_abi(1, 1).error().hint == "Update SessionZero.");
    CHECK(check_abi(2, 0).error().hint == "Update SessionZero.");
    CHECK(check_abi(0, 9).error().hint == "Ask the plugin's author for a newer version.");
}
