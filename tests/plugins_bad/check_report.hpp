// SPDX-License-Identifier: AGPL-3.0-or-later
// What sz-plugin-check says of a folder.
#pragma once

#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>

#include <iterator>
#include <string>
#include <vector>

#include "tests/plugins_bad/faulty.hpp"

namespace sz::test {

struct Report {
    int exit_code = 0;
    Json json;

    // The message about one rule; "-" when the rule was not tried, "" when it is kept.
    [[nodiscard]] std::string about(const std::string& check) const {
        for (const Json& item : json.at("checks"))
            if (item.at("check") == check) return item.at("message").get<std::string>();
        return "-";
    }
};

inline Report check(const std::filesystem::path& folder, std::vector<std::string> words = {}) {
    words.insert(words.begin(), "--json");
    words.push_back(folder.string());
    Poco::Pipe out;
    auto process = Poco::Process::launch(std::string(SZ_BUILD) + "/bin/sz-plugin-check", words,
                                         nullptr, &out, nullptr);
    Poco::PipeInputStream stream(out);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    Report report;
    report.exit_code = process.wait();
    if (!text.empty()) report.json = Json::parse(text);
    return report;
}

}  // namespace sz::test
