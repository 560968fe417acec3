// SPDX-License-Identifier: AGPL-3.0-or-later
// What our own check says of JSON files, for test_editors.py: reads lines "SCHEMA<tab>PATH" and
// writes {"PATH": true, false, or null where there is no JSON}.
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "kernel/bus/bus.hpp"
#include "kernel/content/pack_schemas.hpp"

namespace {

using namespace sz;

// plugin.json and bundle.json name no other document.
std::shared_ptr<const CompiledSchema> schema_of(const std::string& name) {
    const Json schema = Json::parse(embedded_schema("v1/" + name));
    auto compiled = CompiledSchema::compile(schema, schema_document);
    if (compiled) return *compiled;
    std::cerr << name << ": " << compiled.error().message << '\n';
    return nullptr;
}

}  // namespace

int main() {
    std::map<std::string, std::shared_ptr<const CompiledSchema>> schemas;
    Json verdicts = Json::object();
    std::string schema, path;
    while (std::getline(std::cin, schema, '\t') && std::getline(std::cin, path)) {
        const auto [known, is_new] = schemas.try_emplace(schema);
        if (is_new) known->second = schema_of(schema);
        if (known->second == nullptr) return 1;
        std::ifstream file(path, std::ios::binary);
        const auto value = parse_json(std::string(std::istreambuf_iterator<char>(file), {}));
        bool ignored = false;
        verdicts[path] = value ? Json(known->second->faults(*value, ignored).empty()) : Json();
    }
    std::cout << verdicts.dump() << '\n';
    return 0;
}
