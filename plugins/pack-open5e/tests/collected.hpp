// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tests of this importer share.
#pragma once

#include "plugins/pack-open5e/open5e_format.hpp"
#include "tests/support/collected.hpp"

namespace open5e::test {

using Json = nlohmann::json;
using sz::test::Bounds;
using sz::test::Collected;
using sz::test::Finding;

inline Collected import(const std::filesystem::path& source, const std::string& options = "{}",
                        Bounds bounds = {}) {
    return sz::test::collect(Open5eFormat(), source, options, bounds);
}

// A folder of fixtures that has its document.
class Folder : public sz::test::Folder {
  public:
    Folder() {
        add("Document.json",
            R"([{"model":"api_v2.document","pk":"vale","fields":{"name":"The Vale","author":"A. Nonymous",
        "desc":"Hills and rain.","licenses":["cc-by-40"],"publication_date":"2020-05-06T00:00:00","permalink":"https://example.org/vale"}}])");
    }
};

}  // namespace open5e::test
