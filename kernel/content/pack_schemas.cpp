// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/pack_schemas.hpp"

#include <array>
#include <map>
#include <stdexcept>

#include "kernel/bus/bus.hpp"

namespace sz {

namespace {

constexpr std::array kinds{"szpack", "dataset", "character-template", "session-template",
                           "translation"};

template <class Value>
using ByName = std::map<std::string, Value, std::less<>>;

ByName<Json> parse_all() {
    ByName<Json> documents;
    const auto add = [&](const std::string& name) {
        documents.emplace(name + ".json", Json::parse(embedded_schema("v1/" + name)));
    };
    add("definitions");
    for (const auto* kind : kinds) add(kind);
    return documents;
}

ByName<std::shared_ptr<const CompiledSchema>> compile_all() {
    ByName<std::shared_ptr<const CompiledSchema>> compiled;
    for (const std::string kind : kinds) {
        auto one = CompiledSchema::compile(*schema_document(kind + ".json"), schema_document);
        // A defect of ours that the first test finds: the text is part of the program.
        if (!one)
            throw std::logic_error(kind + ": " + one.error().message + " " + one.error().where);
        compiled.emplace(kind, std::move(*one));
    }
    return compiled;
}

}  // namespace

const Json* schema_document(std::string_view name) {
    static const auto documents = parse_all();
    const auto found = documents.find(name);
    return found == documents.end() ? nullptr : &found->second;
}

const CompiledSchema& pack_schema(std::string_view kind) {
    static const auto compiled = compile_all();
    return *compiled.find(kind)->second;
}

}  // namespace sz
