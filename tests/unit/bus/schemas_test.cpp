// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "kernel/base/files.hpp"
#include "kernel/bus/bus.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

namespace {

const fs::path schemas_folder = fs::path(SZ_REPOSITORY) / "schemas";

bool begins_with(std::string_view text, std::string_view begin) {
    return text.substr(0, begin.size()) == begin;
}

}  // namespace

TEST_CASE("an embedded schema has the bytes of its file", "[bus][schemas]") {
    for (const auto path : embedded_schemas()) {
        INFO(path);
        const auto file = read_file(schemas_folder / (std::string(path) + ".json"), 10'000'000);
        REQUIRE(file);
        CHECK(embedded_schema(path) == *file);
    }
}

TEST_CASE("every schema of a method or topic is embedded and complete", "[bus][schemas]") {
    const auto paths = embedded_schemas();
    CHECK(std::is_sorted(paths.begin(), paths.end()));
    CHECK(std::count(paths.begin(), paths.end(), "bus/bus.methods") == 1);
    CHECK(std::count(paths.begin(), paths.end(), "bus/topics/task.progress") == 1);
    for (const auto path : paths) {
        INFO(path);
        const auto schema = parse_json(embedded_schema(path));
        REQUIRE(schema);
        if (begins_with(path, "bus/topics/")) {
            CHECK(schema->at("summary").is_string());
            CHECK(schema->contains("message"));
        } else if (begins_with(path, "bus/")) {
            CHECK(schema->at("summary").is_string());
            CHECK(schema->contains("params"));
            CHECK(schema->contains("result"));
        }
    }
}

TEST_CASE("a schema that does not exist is empty", "[bus][schemas]") {
    CHECK(embedded_schema("bus/no.such").empty());
}
