// SPDX-License-Identifier: AGPL-3.0-or-later
// Calls a port mapper's plugin as the kernel does, from a shell inside a namespace:
//     port_probe LIBRARY map '{"protocol":"udp","port":41977}'
//     port_probe LIBRARY unmap MAPPING PATIENCE_MS
// Prints one JSON document: {"status", "ms", "answer", "findings": [{"code","message","hint"}]}.
#include <sz/ext/port_mapper.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <sz/cpp/testing.hpp>

namespace {

using Json = nlohmann::json;
using sz::plugin::str;

Json findings_json(const sz::plugin::testing::FindingList& findings) {
    Json list = Json::array();
    for (const auto& item : findings.items)
        list.push_back({{"code", item.code}, {"message", item.message}, {"hint", item.hint}});
    return list;
}

int run(const std::string& library, const std::string& what, const std::string& text,
        std::uint32_t patience_ms) {
    const sz::plugin::testing::LoadedPlugin plugin(library, ".");
    const auto& mapper = plugin.extension<sz_port_mapper>(SZ_PORT_MAPPER_ID);
    sz::plugin::testing::FindingList findings;
    sz::plugin::TextSink out;
    const auto began = std::chrono::steady_clock::now();
    const sz_status status =
        what == "map" ? mapper.map(mapper.self, str(text), out.table(), nullptr, findings.table())
                      : mapper.unmap(mapper.self, str(text), patience_ms, findings.table());
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - began);
    std::cout << Json{{"status", status},
                      {"ms", took.count()},
                      {"answer", out.text.empty() ? Json() : Json::parse(out.text)},
                      {"findings", findings_json(findings)}}
                     .dump()
              << "\n";
    return 0;
}

}  // namespace

int main(int argc, char** argv) try {
    const bool is_map = argc == 4 && std::string(argv[2]) == "map";
    const bool is_unmap = argc == 5 && std::string(argv[2]) == "unmap";
    if (!is_map && !is_unmap) {
        std::cerr << "usage: port_probe LIBRARY map REQUEST | unmap MAPPING PATIENCE_MS\n";
        return 2;
    }
    return run(argv[1], argv[2], argv[3],
               is_unmap ? static_cast<std::uint32_t>(std::atoi(argv[4])) : 0);
} catch (const std::exception& wrong) {
    std::cerr << "port_probe: " << wrong.what() << "\n";
    return 3;
}
