// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "protocol_file.hpp"

namespace mpst::compiler {

using nlohmann::json;

int check_command(const Arguments& arguments) {
    int code = done;
    json findings = json::array();
    json files = json::array();
    for (const std::string& path : arguments.files) {
        const auto file = ProtocolFile::open(path, arguments.fair);
        if (file == nullptr) {
            code = environment;
            files.push_back({{"file", path}, {"ok", false}, {"protocols", json::array()}});
            continue;
        }
        const bool is_good = file->check.findings().empty();
        if (!is_good) code = std::max<int>(code, at_fault);
        if (!arguments.json) {
            print_findings(std::cout, path, file->lines, file->check);
            continue;
        }
        for (json& finding : findings_json(path, file->lines, file->check))
            findings.push_back(std::move(finding));
        json protocols = json::array();
        for (const core::Checked& one : file->check.protocols())
            protocols.push_back(
                file->check.file().text(file->check.file().protocols[one.protocol].name.name));
        files.push_back({{"file", path}, {"ok", is_good}, {"protocols", std::move(protocols)}});
    }
    if (arguments.json) {
        const json document{{"ok", code == done}, {"files", files}, {"findings", findings}};
        std::cout << document.dump(2, ' ', false, json::error_handler_t::replace) << '\n';
    }
    return code;
}

}  // namespace mpst::compiler
