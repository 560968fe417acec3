// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tests of this importer share.
#pragma once

#include "plugins/pack-datasworn/datasworn_format.hpp"
#include "tests/support/collected.hpp"

namespace datasworn::test {

using Json = nlohmann::json;
using sz::test::Bounds;
using sz::test::Collected;
using sz::test::Finding;
using sz::test::Folder;

inline Collected import(const std::filesystem::path& source, const std::string& options = "{}",
                        Bounds bounds = {}) {
    return sz::test::collect(DataswornFormat(), source, options, bounds);
}

// A ruleset with `parts` ("\"moves\": {…}, …") beside its head.
inline std::string vale(const std::string& parts) {
    return R"({"_id":"vale","datasworn_version":"0.0.10","type":"ruleset","title":"The Vale",
        "authors":[{"name":"A. Nonymous"}],"date":"2020-05-06","url":"https://example.org/vale",
        "license":"https://creativecommons.org/licenses/by-sa/4.0")" +
           (parts.empty() ? "" : ",\n" + parts) + "}";
}

// An expansion of it.
inline std::string coast(const std::string& parts) {
    return R"({"_id":"coast","datasworn_version":"0.0.10","type":"expansion","ruleset":"vale",
        "title":"The Coast","license":null)" +
           (parts.empty() ? "" : ",\n" + parts) + "}";
}

// The ids of the packs: UUIDs of version 5 of https://ironswornrpg.com/datasworn/ID, in the
// namespace of URLs.
inline const std::string vale_pack = "94e97a4e-926a-588e-8e2e-f6e460b67000";
inline const std::string coast_pack = "0ee775cb-e46f-5104-abed-748fe0314f88";

inline Json link_to(const std::string& dataset, const std::string& entry,
                    const std::string& pack = vale_pack, const std::string& version = "1.0.0") {
    return {{"datapackId", pack}, {"datasetId", dataset}, {"entryId", entry}, {"version", version}};
}

}  // namespace datasworn::test
